#include "CKernelChecks.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
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
