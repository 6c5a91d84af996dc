// Parts of Linux that Swift can't use: fork(2), and bytes that several threads write at once.
#ifndef CKERNELCHECKS_H
#define CKERNELCHECKS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Forks. The child calls the function and exits with its result. The function must not use Swift's runtime.
/// Returns the child's process, or -1 and errno.
pid_t cchecks_fork(int (*child)(void *), void *argument);

/// For a child: checks that each byte has this value, and writes `next` over it. Returns 0, or 1 when a byte differs.
struct cchecks_bytes {
  volatile uint8_t *bytes;
  size_t count;
  uint8_t value, next;
};
int cchecks_replace(void *bytes);

/// Writes random 64-bit values over memory until *stop is not 0. Some values look like kernel addresses.
void cchecks_scribble(volatile uint64_t *words, size_t count, const int *stop, uint64_t seed);

/// For a child: writes to every writable page, through the kernel. Always returns 0.
int cchecks_touch(void *bytes);

/// Writes to memory that may not be mapped, at most as much as a pipe holds. Returns 0, or -1 when it fails.
int cchecks_poke(void *at, const void *bytes, size_t count);

/// Atomic accesses to memory that threads share.
void cchecks_store(int *at, int value);
uint32_t cchecks_load32(const uint32_t *at);
void cchecks_store_release32(uint32_t *at, uint32_t value);

/// Opens a pipe with room for a MiB. With `packets` it keeps packets apart (O_DIRECT).
int cchecks_pipe(int ends[2], int packets);

/// Gives up root's privileges and limits locked memory to so many bytes. Returns 0, or -1 and errno.
int cchecks_become_nobody(size_t locked_bytes);

/// open(2) for reading with O_DIRECT.
int cchecks_reopen_direct(const char *path);

/// Whether all bytes have this value.
int cchecks_all(const void *bytes, size_t count, uint8_t value);

/// Opens both ends of a terminal that passes bytes on as they are. Mounts devpts if needed. Returns 0, or -1 and errno.
int cchecks_terminal(int ends[2]);

/// eventfd(2) with nothing counted.
int cchecks_event_counter(void);

/// Sends bytes with a descriptor (SCM_RIGHTS). Returns the count, or -1 and errno.
ssize_t cchecks_send_descriptor(int socket, const void *bytes, size_t count, int descriptor);

/// The descriptor in the control data of a message; -1 when there is none.
int cchecks_received_descriptor(const void *control, size_t count);

/// For a child: waits for the end of a pipe. The argument points to the pipe's two ends.
int cchecks_await_end(void *ends);

/// mremap(2), to an address or to any. Returns 0 or a negated errno.
int cchecks_remap(void *at, size_t old_count, size_t new_count, void *to);

/// Counts the bytes that can be read at once (FIONREAD). Returns 0, or -1 and errno.
int cchecks_unread(int descriptor, int *count);

/// Puts pages into a pipe by reference, as many as have room. Returns the number of bytes, or -1 and errno.
ssize_t cchecks_splice_pages(int pipe, void *pages, size_t count);

/// io_uring_register(2) for a registration, with the file `make-it-fail` set meanwhile. Touches no memory in between:
/// a page fault could not be served. Returns the result, or a negated errno.
int cchecks_register_failing(int make_it_fail, int ring, unsigned opcode, void *argument);

/// Mounts a file system of this process (FUSE) over a folder. Its only file is `data`. Returns the connection, or -1 and
/// errno.
int cchecks_serve_mount(const char *folder);

/// Answers the kernel's requests on a connection until it is unmounted. A read gets `cchecks_served` bytes, but only when
/// *answered counts more than the reads before it. *asked counts the reads.
void cchecks_serve(int connection, uint32_t *asked, const uint32_t *answered);

/// The byte of the file `data` at an offset.
uint8_t cchecks_served(uint64_t offset);

#endif
