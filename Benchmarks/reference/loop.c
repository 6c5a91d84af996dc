#include "loop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "calls.h"
#include "machine.h"
#include "syscall_probe.h"

enum { READ_MULTISHOT = 49 };  // IORING_OP_READ_MULTISHOT, Linux 6.7; liburing 2.3 does not know it
enum { MAXIMUM_VERIFY_ROUNDS = 16 };

#define INLINE static inline __attribute__((always_inline))

// MARK: One round. Everything here is inlined once for each combination of mode, operation and transport.

INLINE void prepare_receive(struct loop *loop, const enum mode mode, const bool multishot, const bool stream) {
  struct supply *supply = loop->supply;
  const int receiver = loop->receiver;
  const size_t length = multishot ? 0 : loop->traffic->message_size;
  struct io_uring_sqe *entry = io_uring_get_sqe(&supply->ring);
  unsigned id = 0;
  void *buffer = NULL;
  if (mode == MODE_PLAIN) {
    id = loop->next_buffer;
    loop->next_buffer = id + 1 == supply->count ? 0 : id + 1;
    buffer = buffer_at(supply, id);
  }
  if (stream && multishot) {
    io_uring_prep_rw(READ_MULTISHOT, entry, receiver, NULL, 0, (uint64_t)-1);
  } else if (stream) {
    io_uring_prep_read(entry, receiver, buffer, (unsigned)length, (uint64_t)-1);
  } else {
    io_uring_prep_recv(entry, receiver, buffer, length, 0);
    if (multishot) entry->ioprio |= IORING_RECV_MULTISHOT;
  }
  entry->flags |= (__u8)loop->file_flag;
  if (mode != MODE_PLAIN) {
    entry->flags |= IOSQE_BUFFER_SELECT;
    entry->buf_group = GROUP;
  }
  io_uring_sqe_set_data64(entry, id);
  loop->counts.submissions++;
}

// Prepares what the messages that are left need; returns how many completions to wait for.
INLINE unsigned prepare_receives(struct loop *loop, size_t bytes_left, const enum mode mode, const bool multishot,
                                 const bool stream) {
  const size_t size = loop->traffic->message_size;
  // Never more than there are buffers: a receive without one would only be told so.
  unsigned receives = (unsigned)((bytes_left + size - 1) / size);
  if (receives > loop->supply->count) receives = loop->supply->count;
  if (multishot) {
    if (!loop->armed) prepare_receive(loop, mode, multishot, stream);
    loop->armed = true;
    return stream ? 1 : receives;  // on a stream one completion may hold several messages
  }
  if (loop->in_flight == 0) {
    for (unsigned i = 0; i < receives; i++) prepare_receive(loop, mode, multishot, stream);
    loop->in_flight = receives;
  }
  return loop->in_flight;
}

// Prepares to hand a buffer back, the index'th of the reaped batch: legacy requests go out with the next enter, entries
// of a ring when the batch is published.
INLINE void release(struct loop *loop, unsigned id, unsigned index, const enum mode mode) {
  struct supply *supply = loop->supply;
  if (mode == MODE_LEGACY) {
    struct io_uring_sqe *entry = io_uring_get_sqe(&supply->ring);
    io_uring_prep_provide_buffers(entry, buffer_at(supply, id), (int)supply->buffer_size, 1, GROUP, (int)id);
    entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
  }
  if (mode == MODE_PBUF) add_to_ring(supply, id, index);
}

INLINE void publish(struct loop *loop, unsigned count, const enum mode mode) {
  if (mode == MODE_PLAIN) return;
  if (mode == MODE_LEGACY) loop->counts.submissions += count;
  if (mode == MODE_PBUF) io_uring_buf_ring_advance(loop->supply->buffer_ring, (int)count);
  loop->counts.recycled += count;
}

__attribute__((cold, noinline)) static int receive_failed(struct loop *loop, int result) {
  if (result == 0) return fail(loop->failure, STATUS_FAILED, "receive", 0, "a receive found the end of the stream");
  return fail(loop->failure, STATUS_FAILED, "receive", -result, "a receive failed: %s", strerror(-result));
}

__attribute__((cold, noinline)) static int wrong_data(struct loop *loop) {
  return fail(loop->failure, STATUS_FAILED, "verify", 0, "wrong data at message %llu",
              (unsigned long long)loop->traffic->expected - 1);
}

INLINE bool check(struct traffic *traffic, const unsigned char *data, size_t length, const bool stream,
                  const bool verify) {
  if (!stream && length != traffic->message_size) return false;
  return verify ? check_payload(traffic, data, length) : check_headers(traffic, data, length);
}

// Takes what has completed, at most one submission queue full of it; returns the bytes received or -1.
INLINE int64_t reap(struct loop *loop, const enum mode mode, const bool multishot, const bool stream,
                    const bool verify) {
  struct supply *supply = loop->supply;
  const unsigned limit = supply->ring.sq.ring_entries - multishot;  // handed back one by one, beside a new receive
  struct io_uring_cqe *completion;
  unsigned head, reaped = 0, received = 0;
  int64_t bytes = 0;
  io_uring_for_each_cqe(&supply->ring, head, completion) {
    if (reaped == limit) break;
    reaped++;
    if (multishot && !(completion->flags & IORING_CQE_F_MORE)) loop->armed = false;
    if (completion->res <= 0) {
      if (completion->res != -ENOBUFS) return receive_failed(loop, completion->res);
      loop->counts.out_of_buffers++;
      continue;
    }
    const unsigned id = mode == MODE_PLAIN ? (unsigned)completion->user_data
                                           : completion->flags >> IORING_CQE_BUFFER_SHIFT;
    const unsigned char *data = (unsigned char *)buffer_at(supply, id);
    if (!check(loop->traffic, data, (size_t)completion->res, stream, verify)) return wrong_data(loop);
    release(loop, id, received++, mode);
    bytes += completion->res;
  }
  io_uring_cq_advance(&supply->ring, reaped);
  if (!multishot) loop->in_flight -= reaped;
  loop->counts.completions += reaped;
  loop->dry_reaps = received == 0 ? loop->dry_reaps + 1 : 0;
  publish(loop, received, mode);
  return bytes;
}

INLINE int drain(struct loop *loop, const enum mode mode, const bool multishot, const bool stream,
                 const bool verify) {
  size_t bytes_left = loop->batch * loop->traffic->message_size;
  while (bytes_left > 0) {
    unsigned wanted = prepare_receives(loop, bytes_left, mode, multishot, stream);
    int result = io_uring_submit_and_wait(&loop->supply->ring, wanted);
    loop->counts.enters++;
    if (result < 0 && result != -EINTR) return receive_failed(loop, result);
    int64_t bytes = reap(loop, mode, multishot, stream, verify);
    if (bytes < 0) return -1;
    if (loop->dry_reaps > 2) return receive_failed(loop, -ENOBUFS);
    bytes_left -= (size_t)bytes;
  }
  return 0;
}

// MARK: The specialised rounds

#define ROUND(name, mode, multishot, stream)                                                                  \
  static int name##_timed(struct loop *loop) { return drain(loop, mode, multishot, stream, false); }          \
  static int name##_verified(struct loop *loop) { return drain(loop, mode, multishot, stream, true); }

ROUND(packet_plain_oneshot, MODE_PLAIN, false, false)
ROUND(packet_legacy_oneshot, MODE_LEGACY, false, false)
ROUND(packet_legacy_multishot, MODE_LEGACY, true, false)
ROUND(packet_pbuf_oneshot, MODE_PBUF, false, false)
ROUND(packet_pbuf_multishot, MODE_PBUF, true, false)
ROUND(stream_plain_oneshot, MODE_PLAIN, false, true)
ROUND(stream_legacy_oneshot, MODE_LEGACY, false, true)
ROUND(stream_legacy_multishot, MODE_LEGACY, true, true)
ROUND(stream_pbuf_oneshot, MODE_PBUF, false, true)
ROUND(stream_pbuf_multishot, MODE_PBUF, true, true)

#define ROUNDS(name) {name##_timed, name##_verified}

// By stream, mode, multishot and verify; plain has no multishot.
static const round_function functions[2][3][2][2] = {
    {{ROUNDS(packet_plain_oneshot)},
     {ROUNDS(packet_legacy_oneshot), ROUNDS(packet_legacy_multishot)},
     {ROUNDS(packet_pbuf_oneshot), ROUNDS(packet_pbuf_multishot)}},
    {{ROUNDS(stream_plain_oneshot)},
     {ROUNDS(stream_legacy_oneshot), ROUNDS(stream_legacy_multishot)},
     {ROUNDS(stream_pbuf_oneshot), ROUNDS(stream_pbuf_multishot)}},
};

static round_function find_round(const struct plan *plan, bool verify) {
  if (plan->mode == MODE_SYSCALL) return find_call_round(plan, verify);
  return functions[plan->stream][plan->mode][plan->multishot][verify];
}

// MARK: Rounds in a row

// Spreads a batch over the connections in turn.
static int queue_batch(struct loop *loop) {
  const unsigned connections = loop->connections, first = loop->turn;
  for (unsigned i = 0; i < connections && i < loop->batch; i++) {
    const unsigned share = loop->batch / connections + (i < loop->batch % connections);
    if (queue_messages(&loop->traffic[(first + i) % connections], share, loop->failure) != 0) return -1;
  }
  loop->turn = (first + loop->batch) % connections;
  return 0;
}

int verify_rounds(struct loop *loop, const struct plan *plan) {
  const round_function round = find_round(plan, true);
  // Every buffer is used at least once.
  unsigned rounds = (loop->supply->count + loop->batch - 1) / loop->batch + 1;
  if (rounds > MAXIMUM_VERIFY_ROUNDS) rounds = MAXIMUM_VERIFY_ROUNDS;
  for (unsigned i = 0; i < rounds; i++) {
    if (queue_batch(loop) != 0) return -1;
    if (round(loop) == 0) continue;
    // A kernel that lacks the operation refuses the first one.
    const int error = loop->failure->error;
    if (i == 0 && (error == EINVAL || error == EOPNOTSUPP)) loop->failure->status = STATUS_UNSUPPORTED;
    return -1;
  }
  return 0;
}

// The CPU time of this thread. The times in struct rusage are counted in ticks.
static uint64_t thread_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// What thread_time() itself takes: the shortest time between two calls.
static uint64_t shortest_thread_time(void) {
  uint64_t shortest = UINT64_MAX;
  for (int i = 0; i < 31; i++) {
    const uint64_t start = thread_time(), spent = thread_time() - start;
    if (spent < shortest) shortest = spent;
  }
  return shortest;
}

static void accumulate(struct usage *usage, const struct rusage *before, const struct rusage *after) {
  usage->switches += (uint64_t)(after->ru_nvcsw - before->ru_nvcsw + after->ru_nivcsw - before->ru_nivcsw);
}

static int enlarge(uint64_t **values, uint64_t capacity) {
  uint64_t *larger = realloc(*values, capacity * sizeof *larger);
  if (larger) *values = larger;
  return larger ? 0 : -1;
}

// The time of the kernel's last timer tick.
static uint64_t last_tick(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static int record(struct timing *timing, uint64_t *capacity, uint64_t elapsed, uint64_t probe, bool is_ticked) {
  if (timing->rounds == *capacity) {
    *capacity = *capacity ? 2 * *capacity : 4096;
    if (enlarge(&timing->round_ns, *capacity) != 0 || enlarge(&timing->probe_ns, *capacity) != 0) return -1;
  }
  timing->probe_ns[timing->rounds] = probe;
  timing->undisturbed_rounds += probe <= timing->undisturbed_probe;
  timing->round_ns[timing->rounds++] = elapsed;
  timing->elapsed_ns += elapsed;
  timing->unticked_rounds += !is_ticked;
  timing->unticked_ns += is_ticked ? 0 : elapsed;
  return 0;
}

// Whether there is another round: on a disturbed core there are up to four times as many as asked for.
static bool goes_on(const struct timing *timing, const struct options *options, uint64_t end) {
  const uint64_t wanted = options->rounds;
  if (wanted == 0) return timing->rounds == 0 || now() < end;
  if (timing->rounds < wanted) return true;
  return timing->undisturbed_probe > 0 && timing->undisturbed_rounds < wanted / 4 && timing->rounds < 4 * wanted;
}

int timed_rounds(struct loop *loop, const struct plan *plan, const struct options *options, struct timing *timing) {
  const round_function round = find_round(plan, false);
  uint64_t capacity = 0, end = UINT64_MAX;
  const uint64_t reading_ns = shortest_thread_time();
  loop->counts = (struct counts){0};
  timing->undisturbed_probe = (uint64_t)(options->undisturbed_syscall_ns * SYSCALL_PROBE_CALLS);
  while (goes_on(timing, options, end)) {
    if (queue_batch(loop) != 0) return -1;
    const uint64_t probe = syscall_probe();
    struct rusage before, after;
    const uint64_t tick = last_tick();
    getrusage(RUSAGE_THREAD, &before);
    const uint64_t cpu_before = thread_time();
    const uint64_t start = now();
    const int result = round(loop);
    const uint64_t stop = now();
    const uint64_t spent = thread_time() - cpu_before;
    timing->usage.cpu_ns += spent > reading_ns ? spent - reading_ns : 0;
    getrusage(RUSAGE_THREAD, &after);
    if (result != 0) return -1;
    if (timing->rounds == 0) {
      timing->first_start = start;
      end = start + (uint64_t)(options->duration * 1e9);
    }
    accumulate(&timing->usage, &before, &after);
    if (record(timing, &capacity, stop - start, probe, last_tick() != tick) != 0) {
      return fail(loop->failure, STATUS_FAILED, "setup", ENOMEM, "no memory for the rounds");
    }
  }
  return 0;
}
