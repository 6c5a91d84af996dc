// The JSON document `ringbench.trial/1`.
#ifndef RINGBENCH_REPLY_H
#define RINGBENCH_REPLY_H

#include "failure.h"
#include "loop.h"
#include "machine.h"
#include "options.h"
#include "supply.h"

struct reply {
  const struct options *options;
  const struct failure *failure;
  const struct supply *supply;
  const struct counts *counts;
  struct timing *timing;
  struct pages buffer_pages, ring_pages;
  double steal_fraction;
  int cpu;
};

void print_reply(const struct reply *reply);

#endif
