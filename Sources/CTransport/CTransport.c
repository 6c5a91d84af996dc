#include "CTransport.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sched.h>
#include <sys/vfs.h>
#include <unistd.h>

int ctransport_unshare_files(void) { return unshare(CLONE_FILES); }

int ctransport_pipe(int ends[2], bool packets) { return pipe2(ends, O_CLOEXEC | (packets ? O_DIRECT : 0)); }

int ctransport_pipe_size(int fd) { return fcntl(fd, F_GETPIPE_SZ); }

int ctransport_set_pipe_size(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }

int ctransport_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_CLOEXEC); }

int ctransport_create_file(char *template_path) { return mkostemp(template_path, O_CLOEXEC); }

int ctransport_open_direct(const char *path) { return open(path, O_RDONLY | O_DIRECT | O_CLOEXEC); }

bool ctransport_is_in_memory(const char *path) {
  struct statfs information;
  if (statfs(path, &information) != 0) return false;
  return information.f_type == TMPFS_MAGIC || information.f_type == RAMFS_MAGIC;
}

int ctransport_readable_bytes(int fd) {
  int bytes = 0;
  return ioctl(fd, FIONREAD, &bytes) == 0 ? bytes : 0;
}

unsigned ctransport_receive_memory(int fd) {
  unsigned information[SK_MEMINFO_VARS] = {0};
  socklen_t length = sizeof information;
  if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, information, &length) != 0) return 0;
  return information[SK_MEMINFO_RMEM_ALLOC];
}

_Static_assert(sizeof(struct ctransport_message) == sizeof(struct mmsghdr), "the same layout");
_Static_assert(offsetof(struct ctransport_message, header.vectors) == offsetof(struct mmsghdr, msg_hdr.msg_iov), "the same layout");
_Static_assert(offsetof(struct ctransport_message, length) == offsetof(struct mmsghdr, msg_len), "the same layout");

int ctransport_receive_messages(int fd, struct ctransport_message *messages, unsigned count) {
  return recvmmsg(fd, (struct mmsghdr *)messages, count, MSG_DONTWAIT, NULL);
}

#ifdef RINGBENCH_TEST_HOOKS
void ctransport_spend_instructions(unsigned count) {
#ifdef __x86_64__
  // Jumps into a row of one-byte instructions, `count` before its end.
  __asm__ volatile("lea 1f(%%rip), %%rax\n\tsub %0, %%rax\n\tjmp *%%rax\n\t.rept 64\n\tnop\n\t.endr\n1:"
                   :
                   : "r"((unsigned long)count)
                   : "rax", "cc");
#else
  (void)count;
#endif
}
#endif

int ctransport_send_messages(int fd, void *messages, size_t size, unsigned count) {
  enum { ATONCE = 64 };
  struct mmsghdr headers[ATONCE];
  struct iovec vectors[ATONCE];
  unsigned done = 0;
  while (done < count) {
    const unsigned now = count - done < ATONCE ? count - done : ATONCE;
    memset(headers, 0, now * sizeof *headers);
    for (unsigned i = 0; i < now; i++) {
      vectors[i] = (struct iovec){.iov_base = (char *)messages + (done + i) * size, .iov_len = size};
      headers[i].msg_hdr.msg_iov = &vectors[i];
      headers[i].msg_hdr.msg_iovlen = 1;
    }
    const int sent = sendmmsg(fd, headers, now, MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR && errno != EAGAIN) return -1;
    if (sent > 0) done += (unsigned)sent;
  }
  return 0;
}
