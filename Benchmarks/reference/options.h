// The command line, which is that of the Swift workload executables.
#ifndef RINGBENCH_OPTIONS_H
#define RINGBENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"

enum mode { MODE_PLAIN, MODE_LEGACY, MODE_PBUF };

struct cell {
  const char *transport, *mode, *operation, *pattern;
  uint64_t message_size, buffer_size, buffers, batch, connections;
  uint64_t rate;  // 0: none
  uint64_t cpu_node, memory_node;
};

struct options {
  struct cell cell;
  uint64_t rounds;
  double duration;      // seconds of timed rounds; 0: count rounds instead
  double quiet_call_ns;  // the longest empty system call of an undisturbed core; 0: unknown
  uint64_t started_at;  // CLOCK_MONOTONIC of the driver at spawn; 0: unknown
  const char *directory;
};

// What the words of the cell mean to the loop.
struct plan {
  enum mode mode;
  bool multishot;
  bool stream;  // receives do not keep message boundaries
};

// Ends the process with status 2 and one line where the command line makes no sense.
void parse_options(struct options *options, int count, char **arguments);

// Says `unsupported` for what the vocabulary knows and this program does not do.
int make_plan(struct plan *plan, const struct cell *cell, struct failure *failure);

#endif
