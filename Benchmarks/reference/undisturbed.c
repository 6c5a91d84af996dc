#include "undisturbed.h"

#include <stdlib.h>

#include "syscall_probe.h"

enum { FEWEST_ROUNDS = 8 };

static int compare(const void *left, const void *right) {
  const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

static double median(uint64_t *values, uint64_t count) {
  qsort(values, count, sizeof *values, compare);
  const uint64_t low = values[(count - 1) / 2], high = values[count / 2];
  return ((double)low + (double)high) / 2;
}

// The longest probe of a round that counts. A trial with too few such rounds falls back on its own fastest probe.
static double longest_probe(const struct timing *timing) {
  if (timing->undisturbed_rounds >= FEWEST_ROUNDS) return (double)timing->undisturbed_probe;
  uint64_t fastest = UINT64_MAX;
  for (uint64_t i = 0; i < timing->rounds; i++) {
    if (timing->probe_ns[i] < fastest) fastest = timing->probe_ns[i];
  }
  return (double)fastest * SYSCALL_TOLERANCE;
}

struct undisturbed keep_undisturbed(struct timing *timing) {
  const double limit = longest_probe(timing);
  uint64_t kept = 0;
  for (uint64_t i = 0; i < timing->rounds; i++) {
    if ((double)timing->probe_ns[i] > limit) continue;
    timing->probe_ns[kept] = timing->probe_ns[i];
    timing->round_ns[kept++] = timing->round_ns[i];
  }
  return (struct undisturbed){
      .rounds = kept, .round_ns = median(timing->round_ns, kept), .probe_ns = median(timing->probe_ns, kept)};
}
