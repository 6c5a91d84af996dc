#include "supply.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "machine.h"

// Each round queues a batch of receives behind the buffers of the last batch handed back one by one.
static unsigned queue_entries(unsigned batch) {
  unsigned entries = 1;
  while (entries < 2 * batch) entries *= 2;
  return entries;
}

int open_ring(struct supply *supply, unsigned batch, struct failure *failure) {
  supply->ring_flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
  int error = io_uring_queue_init(queue_entries(batch), &supply->ring, supply->ring_flags);
  if (error == -EINVAL) {  // before Linux 6.1
    supply->ring_flags = 0;
    error = io_uring_queue_init(queue_entries(batch), &supply->ring, 0);
  }
  if (error == 0) return 0;
  return fail(failure, STATUS_UNSUPPORTED, "setup", -error, "io_uring_setup: %s", strerror(-error));
}

int register_descriptors(struct supply *supply, int receiver, struct failure *failure) {
  int result = io_uring_register_ring_fd(&supply->ring);
  if (result < 0) return fail(failure, STATUS_UNSUPPORTED, "register", -result, "RING_FDS: %s", strerror(-result));
  result = io_uring_register_files(&supply->ring, &receiver, 1);
  if (result == 0) return 0;
  return fail(failure, STATUS_UNSUPPORTED, "register", -result, "FILES: %s", strerror(-result));
}

static int provide_all(struct supply *supply, struct failure *failure) {
  struct io_uring_cqe *completion;
  struct io_uring_sqe *entry = io_uring_get_sqe(&supply->ring);
  uint64_t start = now();
  io_uring_prep_provide_buffers(entry, supply->buffers, (int)supply->buffer_size, (int)supply->count, GROUP, 0);
  int result = io_uring_submit_and_wait(&supply->ring, 1);
  if (result >= 0) result = io_uring_wait_cqe(&supply->ring, &completion);
  if (result >= 0) {
    result = completion->res;
    io_uring_cqe_seen(&supply->ring, completion);
  }
  supply->times.provide_ns = now() - start;
  if (result >= 0) return 0;
  return fail(failure, STATUS_UNSUPPORTED, "provide", -result, "PROVIDE_BUFFERS: %s", strerror(-result));
}

static int register_ring(struct supply *supply, unsigned node, struct failure *failure) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = supply->count * sizeof(struct io_uring_buf);
  supply->ring_bytes = (bytes + page - 1) / page * page;
  supply->buffer_ring = allocate_on_node(supply->ring_bytes, node, failure);
  if (!supply->buffer_ring) return -1;
  struct io_uring_buf_reg registration = {
      .ring_addr = (uintptr_t)supply->buffer_ring, .ring_entries = supply->count, .bgid = GROUP};
  uint64_t start = now();
  int error = io_uring_register_buf_ring(&supply->ring, &registration, 0);
  uint64_t registered = now();
  if (error) return fail(failure, STATUS_UNSUPPORTED, "register", -error, "REGISTER_PBUF_RING: %s", strerror(-error));
  for (unsigned id = 0; id < supply->count; id++) add_to_ring(supply, id, id);
  io_uring_buf_ring_advance(supply->buffer_ring, (int)supply->count);
  supply->times.register_ns = registered - start;
  supply->times.provide_ns = now() - registered;
  return 0;
}

int open_supply(struct supply *supply, const struct plan *plan, const struct cell *cell, struct failure *failure) {
  supply->mode = plan->mode;
  supply->buffer_size = cell->buffer_size;
  // Without a ring, one buffer takes everything.
  supply->count = supply->mode == MODE_SYSCALL ? 1 : (unsigned)cell->buffers;
  supply->buffer_bytes = supply->count * cell->buffer_size;
  supply->buffers = allocate_on_node(supply->buffer_bytes, (unsigned)cell->memory_node, failure);
  if (!supply->buffers) return -1;
  uint64_t locked = locked_bytes();
  if (supply->mode == MODE_LEGACY && provide_all(supply, failure) != 0) return -1;
  if (supply->mode == MODE_PBUF && register_ring(supply, (unsigned)cell->memory_node, failure) != 0) return -1;
  supply->locked_bytes = locked_bytes() - locked;
  return 0;
}

void close_supply(struct supply *supply) {
  if (supply->buffer_ring) {
    uint64_t start = now();
    io_uring_unregister_buf_ring(&supply->ring, GROUP);
    supply->times.unregister_ns = now() - start;
  }
  if (supply->mode != MODE_SYSCALL) io_uring_queue_exit(&supply->ring);
}
