// The drain loop without a ring: epoll and non-blocking receives, or reads of a file.
#ifndef RINGBENCH_CALLS_H
#define RINGBENCH_CALLS_H

#include <stdbool.h>

#include "cell.h"
#include "loop.h"
#include "plan.h"

struct calls;

// How many messages a file has: a multiple of the batch, up to 4 MiB.
unsigned messages_in_file(const struct cell *cell);

int open_calls(struct loop *loop, const struct plan *plan, const struct cell *cell);
void close_calls(struct loop *loop);

round_function find_call_round(const struct plan *plan, bool verify);

#endif
