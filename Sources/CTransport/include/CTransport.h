// Calls that open and query transports and that Swift's C library module lacks: GNU extensions, ioctls and socket
// options. Each returns what the call of the same name returns, with its errno.
#ifndef CTRANSPORT_H
#define CTRANSPORT_H

#include <stddef.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/uio.h>

/// unshare(2) with CLONE_FILES: the calling thread gets a table of descriptors of its own.
int ctransport_unshare_files(void);

/// pipe2(2), close-on-exec; `packets` asks for packet mode (O_DIRECT).
int ctransport_pipe(int ends[2], bool packets);

/// Bytes that a pipe holds (F_GETPIPE_SZ), or -1.
int ctransport_pipe_size(int fd);

/// Asks for a pipe of at least `bytes` bytes (F_SETPIPE_SZ). Returns its size, or -1 with EPERM beyond the system's
/// limit.
int ctransport_set_pipe_size(int fd, int bytes);

/// accept4(2), close-on-exec, without the address.
int ctransport_accept(int fd);

/// mkostemp(3), close-on-exec.
int ctransport_create_file(char *template_path);

/// open(2) for reading past the page cache (O_DIRECT), close-on-exec.
int ctransport_open_direct(const char *path);

/// Whether a path lies on a file system that keeps its files in memory (statfs(2)): tmpfs and ramfs.
bool ctransport_is_in_memory(const char *path);

/// Bytes that can be read from a stream socket now (FIONREAD); 0 when the call fails.
int ctransport_readable_bytes(int fd);

/// Bytes that a socket's receive queue is charged for (SO_MEMINFO, Linux 4.12); 0 when the call fails.
unsigned ctransport_receive_memory(int fd);

/// Sends `count` messages of `size` bytes that lie one behind the other, all of them (sendmmsg). Returns 0, or -1 when the
/// other end is gone.
int ctransport_send_messages(int fd, void *messages, size_t size, unsigned count);

/// What a message of recvmmsg(2) is received into: struct msghdr.
struct ctransport_header {
  void *name;
  unsigned name_length;
  struct iovec *vectors;
  size_t vector_count;
  void *control;
  size_t control_length;
  int flags;
};

/// A message of recvmmsg(2), and how many bytes it has: struct mmsghdr.
struct ctransport_message {
  struct ctransport_header header;
  unsigned length;
};

/// recvmmsg(2) without waiting: as many messages as there are, at most `count`.
int ctransport_receive_messages(int fd, struct ctransport_message *messages, unsigned count);

/// Executes `count` (at most 64) more instructions than with a count of 0. Defined only with `RINGBENCH_TEST_HOOKS`.
void ctransport_spend_instructions(unsigned count);

#endif
