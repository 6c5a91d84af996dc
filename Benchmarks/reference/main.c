// ringbench-reference: the drain pattern in C, with liburing and without a ring: what the Swift loop is held against.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "failure.h"
#include "loop.h"
#include "machine.h"
#include "options.h"
#include "plan.h"
#include "reply.h"
#include "supply.h"
#include "traffic.h"

static double steal_fraction(struct cpu_time before, struct cpu_time after) {
  const uint64_t total = after.total - before.total;
  return total ? (double)(after.stolen - before.stolen) / (double)total : 0;
}

static int drain_and_place(struct reply *reply, struct loop *loop, const struct plan *plan) {
  const struct supply *supply = loop->supply;
  if (verify_rounds(loop, plan) != 0) return -1;
  const struct cpu_time before = read_cpu_time(reply->cpu);
  if (timed_rounds(loop, plan, reply->options, reply->timing) != 0) return -1;
  reply->steal_fraction = steal_fraction(before, read_cpu_time(reply->cpu));
  reply->buffer_pages = query_placement(supply->buffers, supply->buffer_bytes);
  if (supply->buffer_ring) reply->ring_pages = query_placement(supply->buffer_ring, supply->ring_bytes);
  return 0;
}

// Opens the connections, each for its share of a batch.
static int open_connections(struct loop *loop, const struct plan *plan, const struct options *options) {
  const struct cell *cell = &options->cell;
  const unsigned share = (loop->batch + loop->connections - 1) / loop->connections;
  const unsigned messages = plan->medium == MEDIUM_FILE ? messages_in_file(cell) : share;
  for (unsigned i = 0; i < loop->connections; i++) {
    int result = open_traffic(&loop->traffic[i], plan->medium, cell->message_size, messages, options->directory,
                              loop->failure);
    if (result != 0) return -1;
  }
  return 0;
}

static int measure(struct reply *reply, struct loop *loop, const struct plan *plan) {
  const struct cell *cell = &reply->options->cell;
  struct failure *failure = loop->failure;
  if (plan->mode != MODE_SYSCALL && open_ring(loop->supply, loop->batch, failure) != 0) return -1;
  int result = open_supply(loop->supply, plan, cell, failure);
  if (result == 0) result = open_connections(loop, plan, reply->options);
  if (result == 0 && plan->mode == MODE_SYSCALL) result = open_calls(loop, plan, cell);
  if (result == 0) {
    loop->receiver = reply->options->tight ? 0 : loop->traffic->receiver;
    loop->file_flag = reply->options->tight ? IOSQE_FIXED_FILE : 0;
  }
  if (result == 0 && reply->options->tight && plan->mode != MODE_SYSCALL) {
    result = register_descriptors(loop->supply, loop->traffic->receiver, failure);
  }
  if (result == 0) result = drain_and_place(reply, loop, plan);
  close_calls(loop);
  close_supply(loop->supply);
  for (unsigned i = 0; i < loop->connections; i++) close_traffic(&loop->traffic[i]);
  return result;
}

int main(int count, char **arguments) {
  struct options options;
  parse_options(&options, count, arguments);
  struct failure failure = {0};
  struct supply supply = {0};
  const unsigned connections = (unsigned)options.cell.connections;
  struct traffic *traffic = malloc(connections * sizeof *traffic);
  if (!traffic) return 3;
  for (unsigned i = 0; i < connections; i++) traffic[i] = (struct traffic){.sender = -1, .receiver = -1};
  struct timing timing = {0};
  struct loop loop = {.supply = &supply,
                      .traffic = traffic,
                      .failure = &failure,
                      .batch = (unsigned)options.cell.batch,
                      .connections = connections};
  struct reply reply = {
      .options = &options, .failure = &failure, .supply = &supply, .counts = &loop.counts, .timing = &timing};
  struct plan plan;
  if (make_plan(&plan, &options.cell, &failure) == 0) {
    reply.cpu = pin_to_node((unsigned)options.cell.cpu_node, &failure);
    if (reply.cpu >= 0) measure(&reply, &loop, &plan);
  }
  print_reply(&reply);
  free(traffic);
  free(timing.round_ns);
  free(timing.probe_ns);
  return failure.status == STATUS_FAILED ? 3 : 0;
}
