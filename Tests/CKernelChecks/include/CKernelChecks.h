// What Swift can't say of Linux: fork(2), and bytes that several threads write at once.
#ifndef CKERNELCHECKS_H
#define CKERNELCHECKS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Forks; the child calls the function, which must not come back to Swift's runtime, and exits with what it returns.
/// Returns the child's process, or -1 and errno.
pid_t cchecks_fork(int (*child)(void *), void *argument);

/// For a child: whether all bytes have this value (0), or the errno-like 1. Then writes `next` over them.
struct cchecks_bytes {
  volatile uint8_t *bytes;
  size_t count;
  uint8_t value, next;
};
int cchecks_replace(void *bytes);

/// Writes random 64-bit values over memory, also ones that look like kernel addresses, until *stop is not 0.
void cchecks_scribble(volatile uint64_t *words, size_t count, const int *stop, uint64_t seed);

/// For a child: writes every page that can be written, through the kernel. Always 0.
int cchecks_touch(void *bytes);

/// Writes to memory that may not be there, at most as much as a pipe holds. Returns 0, or -1 when it could not.
int cchecks_poke(void *at, const void *bytes, size_t count);

/// Stores that other threads see.
void cchecks_store(int *at, int value);
uint32_t cchecks_load32(const uint32_t *at);
void cchecks_store_release32(uint32_t *at, uint32_t value);

/// A pipe with room for a MiB, of packets with O_DIRECT.
int cchecks_pipe(int ends[2], int packets);

/// Gives up root's privileges; at most so many bytes can be locked then. Returns 0, or -1 and errno.
int cchecks_become_nobody(size_t locked_bytes);

/// open(2) for reading with O_DIRECT.
int cchecks_reopen_direct(const char *path);

/// Whether all bytes have this value.
int cchecks_all(const void *bytes, size_t count, uint8_t value);

#endif
