// The rounds before which the core was undisturbed, chosen as Sources/Instruments/RoundSamples.swift does.
#ifndef RINGBENCH_UNDISTURBED_H
#define RINGBENCH_UNDISTURBED_H

#include <stdint.h>

#include "loop.h"

struct undisturbed {
  uint64_t rounds;
  double round_ns;  // the median of these rounds
  double probe_ns;  // the median of the probes before them
};

// Leaves only these rounds in the arrays of the timing, sorted; their counts stay as they are.
struct undisturbed keep_undisturbed(struct timing *timing);

#endif
