#include "CKernelChecks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

pid_t cchecks_fork(int (*child)(void *), void *argument) {
  pid_t process = fork();
  if (process == 0) _exit(child(argument));
  return process;
}

int cchecks_replace(void *argument) {
  struct cchecks_bytes *bytes = argument;
  for (size_t i = 0; i < bytes->count; i++) {
    if (bytes->bytes[i] != bytes->value) return 1;
    bytes->bytes[i] = bytes->next;
  }
  return 0;
}

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

void cchecks_scribble(volatile uint64_t *words, size_t count, const int *stop, uint64_t seed) {
  uint64_t state = seed | 1;
  while (!__atomic_load_n(stop, __ATOMIC_ACQUIRE)) {
    uint64_t value = next(&state);
    switch (value & 3) {
      case 0: value |= 0xffff888000000000; break;  // the kernel's own memory
      case 1: value = 0xffffffff81000000 | (value & 0xffffff); break;
      case 2: value &= 0xffff; break;
    }
    words[next(&state) % count] = value;
  }
}

void cchecks_store(int *at, int value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }
uint32_t cchecks_load32(const uint32_t *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }
void cchecks_store_release32(uint32_t *at, uint32_t value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }

int cchecks_all(const void *bytes, size_t count, uint8_t value) {
  const uint8_t *start = bytes;
  return count == 0 || (start[0] == value && memcmp(start, start + 1, count - 1) == 0);
}

int cchecks_pipe(int ends[2], int packets) {
  int result = pipe2(ends, O_CLOEXEC | (packets ? O_DIRECT : 0));
  if (result == 0) fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  return result;
}

int cchecks_reopen_direct(const char *path) { return open(path, O_RDONLY | O_DIRECT | O_CLOEXEC); }

int cchecks_become_nobody(size_t locked_bytes) {
  struct rlimit limit = {locked_bytes, locked_bytes};
  if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0) return -1;
  return setresuid(65534, 65534, 65534);
}

int cchecks_poke(void *at, const void *bytes, size_t count) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  int result = -1;
  if (write(ends[1], bytes, count) == (ssize_t)count && read(ends[0], at, count) == (ssize_t)count) result = 0;
  close(ends[0]);
  close(ends[1]);
  return result;
}

int cchecks_touch(void *argument) {
  const struct cchecks_bytes *bytes = argument;
  for (size_t i = 0; i < bytes->count; i += 4096) cchecks_poke((void *)(bytes->bytes + i), &bytes->next, 1);
  return 0;
}

int cchecks_terminal(int ends[2]) {
  int unlocked = 0, number = 0;
  ends[0] = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (ends[0] < 0) {
    mkdir("/dev/pts", 0755);
    mount("devpts", "/dev/pts", "devpts", 0, "mode=620");
    ends[0] = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  if (ends[0] < 0) return -1;
  char path[32];
  if (ioctl(ends[0], TIOCSPTLCK, &unlocked) == 0 && ioctl(ends[0], TIOCGPTN, &number) == 0) {
    snprintf(path, sizeof(path), "/dev/pts/%d", number);
    ends[1] = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct termios settings;
    if (ends[1] >= 0 && tcgetattr(ends[1], &settings) == 0) {
      cfmakeraw(&settings);
      return tcsetattr(ends[1], TCSANOW, &settings);
    }
  }
  close(ends[0]);
  return -1;
}

int cchecks_event_counter(void) { return eventfd(0, EFD_CLOEXEC); }

ssize_t cchecks_send_descriptor(int socket, const void *bytes, size_t count, int descriptor) {
  struct iovec vector = {(void *)bytes, count};
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
  struct msghdr message = {
      .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
  memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  return sendmsg(socket, &message, 0);
}

int cchecks_received_descriptor(const void *control, size_t count) {
  struct msghdr message = {.msg_control = (void *)control, .msg_controllen = count};
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  int descriptor = -1;
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy(&descriptor, CMSG_DATA(header), sizeof(int));
  return descriptor;
}

int cchecks_await_end(void *ends) {
  char byte;
  close(((int *)ends)[1]);
  return (int)read(((int *)ends)[0], &byte, 1);
}

int cchecks_remap(void *at, size_t old_count, size_t new_count, void *to) {
  void *moved = mremap(at, old_count, new_count, MREMAP_MAYMOVE | (to ? MREMAP_FIXED : 0), to);
  return moved == MAP_FAILED ? -errno : 0;
}

ssize_t cchecks_splice_pages(int pipe, void *pages, size_t count) {
  struct iovec vector = {pages, count};
  return vmsplice(pipe, &vector, 1, SPLICE_F_NONBLOCK);
}

int cchecks_register_failing(int make_it_fail, int ring, unsigned opcode, void *argument) {
  if (pwrite(make_it_fail, "1", 1, 0) != 1) return -EBADF;
  long result = syscall(__NR_io_uring_register, ring, opcode, argument, 1);
  int error = errno;
  if (pwrite(make_it_fail, "0", 1, 0) != 1) abort();
  return result < 0 ? -error : (int)result;
}

int cchecks_unread(int descriptor, int *count) { return ioctl(descriptor, FIONREAD, count); }
