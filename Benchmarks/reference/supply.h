// The ring and the three ways of supplying it with buffers.
#ifndef RINGBENCH_SUPPLY_H
#define RINGBENCH_SUPPLY_H

#include <liburing.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "failure.h"
#include "plan.h"

enum { GROUP = 1 };

// How long the steps of setting up and tearing down took.
struct setup_times {
  uint64_t register_ns, provide_ns, unregister_ns;
};

struct supply {
  struct io_uring ring;
  unsigned ring_flags;
  enum mode mode;
  char *buffers;
  size_t buffer_size, buffer_bytes;
  unsigned count;
  struct io_uring_buf_ring *buffer_ring;  // pbuf only
  size_t ring_bytes;
  uint64_t locked_bytes;
  struct setup_times times;
};

int open_ring(struct supply *supply, unsigned batch, struct failure *failure);
int open_supply(struct supply *supply, const struct plan *plan, const struct cell *cell, struct failure *failure);
void close_supply(struct supply *supply);

// Registers the ring, so that a call looks up no descriptor, and the descriptor that receives come from.
int register_descriptors(struct supply *supply, int receiver, struct failure *failure);

static inline char *buffer_at(const struct supply *supply, unsigned id) {
  return supply->buffers + (size_t)id * supply->buffer_size;
}

// Adds one buffer to the ring, `offset` places behind the tail; the kernel sees it when the tail moves.
static inline void add_to_ring(struct supply *supply, unsigned id, unsigned offset) {
  io_uring_buf_ring_add(supply->buffer_ring, buffer_at(supply, id), (unsigned)supply->buffer_size,
                        (unsigned short)id, io_uring_buf_ring_mask(supply->count), (int)offset);
}

#endif
