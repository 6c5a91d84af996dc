#include "calls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "machine.h"

struct calls {
  int poll;
  struct epoll_event *events;
  int capacity;            // the most connections that one call names
  uint64_t file_messages;  // in the file
};

#define INLINE static inline __attribute__((always_inline))

// MARK: One round. Everything here is inlined once for each medium.

__attribute__((cold, noinline)) static int call_failed(struct loop *loop, ssize_t result, int error) {
  if (result == 0) return fail(loop->failure, STATUS_FAILED, "receive", 0, "a receive found the end of the stream");
  return fail(loop->failure, STATUS_FAILED, "receive", error, "a call failed: %s", strerror(error));
}

__attribute__((cold, noinline)) static int wrong_data(struct loop *loop, const struct traffic *traffic) {
  return fail(loop->failure, STATUS_FAILED, "verify", 0, "wrong data at message %llu",
              (unsigned long long)traffic->expected - 1);
}

INLINE bool check(struct traffic *traffic, const unsigned char *data, size_t length, const enum medium medium,
                  const bool verify) {
  if (medium == MEDIUM_SEQPACKET && length != traffic->message_size) return false;
  return verify ? check_payload(traffic, data, length) : check_headers(traffic, data, length);
}

// Serves each ready connection until nothing is left there: until a call finds nothing, or on a stream fills less than
// it was offered. Calls nothing once the batch is there.
INLINE int drain_polled(struct loop *loop, const enum medium medium, const bool verify) {
  struct calls *calls = loop->calls;
  unsigned char *buffer = (unsigned char *)loop->supply->buffers;
  const size_t size = loop->traffic->message_size;
  size_t bytes_left = loop->batch * size;
  while (bytes_left > 0) {
    const int ready = epoll_wait(calls->poll, calls->events, calls->capacity, -1);
    loop->counts.enters++;
    if (ready < 0 && errno != EINTR) return call_failed(loop, ready, errno);
    int at = 0;
    while (at < ready && bytes_left > 0) {
      struct traffic *traffic = calls->events[at].data.ptr;
      const ssize_t received = medium == MEDIUM_PIPE ? read(traffic->receiver, buffer, size)
                                                     : recv(traffic->receiver, buffer, size, MSG_DONTWAIT);
      loop->counts.enters++;
      if (received <= 0) {
        if (received == 0 || errno != EAGAIN) return call_failed(loop, received, errno);
        at++;
        continue;
      }
      if (!check(traffic, buffer, (size_t)received, medium, verify)) return wrong_data(loop, traffic);
      bytes_left -= (size_t)received;
      if (medium != MEDIUM_SEQPACKET && (size_t)received < size) at++;
    }
  }
  return 0;
}

// Checks one whole message.
INLINE bool check_message(struct traffic *traffic, const unsigned char *data, size_t length, const bool verify) {
  if (length != traffic->message_size) return false;
  return verify ? check_payload(traffic, data, length) : is_header(data, length, traffic->expected++);
}

// Reads the next messages of the file, each whole.
INLINE int drain_file(struct loop *loop, const bool verify) {
  struct traffic *traffic = loop->traffic;
  unsigned char *buffer = (unsigned char *)loop->supply->buffers;
  const size_t size = traffic->message_size;
  for (unsigned left = loop->batch; left > 0; left--) {
    const ssize_t received = pread(traffic->receiver, buffer, size, (off_t)(traffic->expected * size));
    loop->counts.enters++;
    if (received <= 0) return call_failed(loop, received, errno);
    if (!check_message(traffic, buffer, (size_t)received, verify)) return wrong_data(loop, traffic);
    if (traffic->expected == loop->calls->file_messages) traffic->expected = 0;
  }
  return 0;
}

// MARK: The specialised rounds

static int seqpacket_timed(struct loop *loop) { return drain_polled(loop, MEDIUM_SEQPACKET, false); }
static int seqpacket_verified(struct loop *loop) { return drain_polled(loop, MEDIUM_SEQPACKET, true); }
static int tcp_timed(struct loop *loop) { return drain_polled(loop, MEDIUM_TCP, false); }
static int tcp_verified(struct loop *loop) { return drain_polled(loop, MEDIUM_TCP, true); }
static int pipe_timed(struct loop *loop) { return drain_polled(loop, MEDIUM_PIPE, false); }
static int pipe_verified(struct loop *loop) { return drain_polled(loop, MEDIUM_PIPE, true); }
static int file_timed(struct loop *loop) { return drain_file(loop, false); }
static int file_verified(struct loop *loop) { return drain_file(loop, true); }

round_function find_call_round(const struct plan *plan, bool verify) {
  // In the order of `enum medium`.
  static const round_function rounds[][2] = {
      {seqpacket_timed, seqpacket_verified},
      {tcp_timed, tcp_verified},
      {pipe_timed, pipe_verified},
      {file_timed, file_verified},
  };
  return rounds[plan->medium][verify];
}

// MARK: Setting up

unsigned messages_in_file(const struct cell *cell) {
  const uint64_t batches = (4 << 20) / (cell->batch * cell->message_size);
  return (unsigned)(cell->batch * (batches < 1 ? 1 : batches > 64 ? 64 : batches));
}

static int register_connections(struct loop *loop) {
  struct calls *calls = loop->calls;
  const uint64_t start = now();
  calls->poll = epoll_create1(EPOLL_CLOEXEC);
  if (calls->poll < 0) return -1;
  for (unsigned i = 0; i < loop->connections; i++) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.ptr = &loop->traffic[i]};
    if (epoll_ctl(calls->poll, EPOLL_CTL_ADD, loop->traffic[i].receiver, &event) != 0) return -1;
  }
  loop->supply->times.register_ns = now() - start;
  return 0;
}

int open_calls(struct loop *loop, const struct plan *plan, const struct cell *cell) {
  struct calls *calls = malloc(sizeof *calls);
  if (!calls) return fail(loop->failure, STATUS_FAILED, "setup", ENOMEM, "no memory for the loop");
  *calls = (struct calls){.poll = -1, .file_messages = messages_in_file(cell)};
  loop->calls = calls;
  if (plan->medium == MEDIUM_FILE) return 0;
  calls->capacity = (int)(loop->connections < loop->batch ? loop->connections : loop->batch);
  calls->events = malloc((size_t)calls->capacity * sizeof *calls->events);
  if (!calls->events) return fail(loop->failure, STATUS_FAILED, "setup", ENOMEM, "no memory for events");
  if (register_connections(loop) == 0) return 0;
  return fail(loop->failure, STATUS_UNSUPPORTED, "register", errno, "epoll: %s", strerror(errno));
}

void close_calls(struct loop *loop) {
  struct calls *calls = loop->calls;
  if (!calls) return;
  if (calls->poll >= 0) {
    const uint64_t start = now();
    close(calls->poll);
    loop->supply->times.unregister_ns = now() - start;
  }
  free(calls->events);
  free(calls);
}
