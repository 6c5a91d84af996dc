// The command line, which is that of the Swift workload executables.
#ifndef RINGBENCH_OPTIONS_H
#define RINGBENCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"

struct options {
  struct cell cell;
  uint64_t rounds;
  double duration;                // seconds of timed rounds; 0: count rounds instead
  double undisturbed_syscall_ns;  // the longest empty system call of an undisturbed core; 0: unknown
  bool tight;                     // registered ring and connection
  const char *directory;          // where a file is made; NULL: the system's temporary folder
  uint64_t started_at;            // CLOCK_MONOTONIC of the driver at spawn; 0: unknown
};

// Ends the process with status 2 and one line where the command line makes no sense.
void parse_options(struct options *options, int count, char **arguments);

#endif
