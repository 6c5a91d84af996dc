#include "CKernelChecks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { root_node = 1, data_node = 2, data_size = 1 << 16 };

int cchecks_serve_mount(const char *folder) {
  char options[64];
  int connection = open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (connection < 0)
    return -1;
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", connection);
  if (mount("checks", folder, "fuse", MS_NOSUID | MS_NODEV, options) != 0) {
    int error = errno;
    close(connection);
    errno = error;
    return -1;
  }
  return connection;
}

uint8_t cchecks_served(uint64_t offset) { return (uint8_t)(offset * 7 + (offset >> 8)); }

static void reply(int connection, uint64_t unique, int error, const void *data, size_t count) {
  struct fuse_out_header header = {sizeof header + count, -error, unique};
  struct iovec parts[2] = {{&header, sizeof header}, {(void *)data, count}};
  (void)!writev(connection, parts, count ? 2 : 1);
}

static struct fuse_attr attributes(uint64_t node) {
  struct fuse_attr attr = {.ino = node, .nlink = 1, .blksize = 4096};
  attr.mode = node == root_node ? S_IFDIR | 0755 : S_IFREG | 0444;
  attr.size = node == root_node ? 0 : data_size;
  return attr;
}

static void start(int connection, uint64_t unique, const struct fuse_init_in *in) {
  struct fuse_init_out out = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 4096, .max_background = 64};
  out.flags = in->flags & (FUSE_ASYNC_READ | FUSE_ASYNC_DIO);
  reply(connection, unique, 0, &out, sizeof out);
}

static void find(int connection, uint64_t unique, const char *name) {
  if (strcmp(name, "data") != 0) {
    reply(connection, unique, ENOENT, NULL, 0);
    return;
  }
  struct fuse_entry_out out = {.nodeid = data_node, .entry_valid = 60, .attr_valid = 60};
  out.attr = attributes(data_node);
  reply(connection, unique, 0, &out, sizeof out);
}

static void pass(int connection, uint64_t unique, const struct fuse_read_in *in) {
  uint8_t bytes[data_size];
  size_t count = in->offset < data_size ? data_size - in->offset : 0;
  if (count > in->size)
    count = in->size;
  for (size_t index = 0; index < count; index++)
    bytes[index] = cchecks_served(in->offset + index);
  reply(connection, unique, 0, bytes, count);
}

static void answer(int connection, const struct fuse_in_header *header, const void *body) {
  uint64_t unique = header->unique;
  switch (header->opcode) {
  case FUSE_INIT:
    start(connection, unique, body);
    break;
  case FUSE_LOOKUP:
    find(connection, unique, body);
    break;
  case FUSE_GETATTR: {
    struct fuse_attr_out out = {.attr_valid = 60, .attr = attributes(header->nodeid)};
    reply(connection, unique, 0, &out, sizeof out);
    break;
  }
  case FUSE_OPEN: {
    struct fuse_open_out out = {.fh = 1};
    reply(connection, unique, 0, &out, sizeof out);
    break;
  }
  case FUSE_FLUSH:
  case FUSE_RELEASE:
    reply(connection, unique, 0, NULL, 0);
    break;
  case FUSE_FORGET:
  case FUSE_BATCH_FORGET:
  case FUSE_INTERRUPT:
    break;
  default: // FUSE_POLL is among them: then the kernel takes the file for always ready.
    reply(connection, unique, ENOSYS, NULL, 0);
  }
}

void cchecks_serve(int connection, uint32_t *asked, const uint32_t *answered) {
  static uint8_t request[FUSE_MIN_READ_BUFFER + 4096];
  for (;;) {
    ssize_t count = read(connection, request, sizeof request);
    if (count < 0 && (errno == EINTR || errno == EAGAIN || errno == ENOENT))
      continue;
    if (count < (ssize_t)sizeof(struct fuse_in_header))
      return;
    const struct fuse_in_header *header = (const void *)request;
    if (header->opcode != FUSE_READ) {
      answer(connection, header, header + 1);
      continue;
    }
    uint32_t before = __atomic_fetch_add(asked, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(answered, __ATOMIC_ACQUIRE) <= before)
      usleep(1000);
    pass(connection, header->unique, (const void *)(header + 1));
  }
}
