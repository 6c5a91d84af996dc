// The drain loop.
#ifndef RINGBENCH_LOOP_H
#define RINGBENCH_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "options.h"
#include "plan.h"
#include "supply.h"
#include "traffic.h"

struct counts {
  uint64_t enters, submissions, completions, recycled, out_of_buffers;
};

struct loop {
  struct supply *supply;
  struct traffic *traffic;
  struct failure *failure;
  unsigned batch;
  unsigned connections;  // `traffic` has as many
  unsigned turn;         // the connection that gets the next message
  struct calls *calls;   // syscall only
  int receiver;         // the descriptor to receive from, or its index where it is registered
  unsigned file_flag;   // of a receive: IOSQE_FIXED_FILE where it is
  bool armed;            // a multishot receive is in the kernel
  unsigned next_buffer;  // plain only: the buffer of the next request
  unsigned in_flight;    // one-shot only: receives in the kernel
  unsigned dry_reaps;    // reaps in a row that brought no data
  struct counts counts;
};

struct usage {
  uint64_t cpu_ns, switches;
};

// What the timed rounds took.
struct timing {
  uint64_t *round_ns;
  uint64_t *probe_ns;  // what syscall_probe() said before each round
  uint64_t rounds, elapsed_ns, first_start;
  uint64_t unticked_rounds, unticked_ns;  // of rounds during which no timer tick came
  uint64_t undisturbed_probe;   // the longest probe of an undisturbed core; 0: unknown
  uint64_t undisturbed_rounds;  // rounds whose probe was not longer
  struct usage usage;
};

// A round: receives the batch that is queued; -1 on failure.
typedef int (*round_function)(struct loop *);

// Rounds that check every byte, not timed.
int verify_rounds(struct loop *loop, const struct plan *plan);

// The rounds that are measured; the caller frees `round_ns` and `probe_ns`.
int timed_rounds(struct loop *loop, const struct plan *plan, const struct options *options, struct timing *timing);

#endif
