// What a cell means to the loop.
#ifndef RINGBENCH_PLAN_H
#define RINGBENCH_PLAN_H

#include <stdbool.h>

#include "cell.h"
#include "failure.h"

enum mode { MODE_PLAIN, MODE_LEGACY, MODE_PBUF, MODE_SYSCALL };

enum medium { MEDIUM_SEQPACKET, MEDIUM_TCP, MEDIUM_PIPE, MEDIUM_FILE };

struct plan {
  enum mode mode;
  enum medium medium;
  bool multishot;
  bool stream;  // receives do not keep message boundaries
};

// Says `unsupported` for what this program does not do. Ends the process with a usage error where the sizes of a cell
// that it does make no sense.
int make_plan(struct plan *plan, const struct cell *cell, struct failure *failure);

#endif
