#include "reply.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "machine.h"
#include "syscall_probe.h"
#include "undisturbed.h"

// The key of an axis is its name with '_' for '-'.
static void print_key(const char *name) {
  printf("    \"");
  for (; *name; name++) putchar(*name == '-' ? '_' : *name);
  printf("\": ");
}

static void print_number(const char *name, uint64_t value) {
  print_key(name);
  printf("%" PRIu64 ",\n", value);
}

static void print_cell(const struct cell *cell, bool tight) {
  printf("  \"cell\": {\n");
  for (int i = 0; i < WORDS; i++) {
    print_key(word_axes[i].name);
    printf("\"%s\",\n", cell->words[i]);
  }
  for (int i = 0; i < NUMBERS; i++) {
    if (cell->numbers[i] >= number_axes[i].lowest) {
      print_number(number_axes[i].name, cell->numbers[i]);
    } else {
      print_key(number_axes[i].name);
      printf("null,\n");
    }
  }
  for (unsigned i = 0; i < cell->other_count; i++) print_number(cell->others[i].name, cell->others[i].value);
  printf("    \"implementation\": \"%s\"\n  },\n", tight ? "tight" : "reference");
}

static void print_outcome(const struct failure *failure) {
  static const char *const names[] = {"ok", "unsupported", "failed"};
  printf("  \"status\": \"%s\",\n", names[failure->status]);
  if (failure->status == STATUS_OK) {
    printf("  \"reason\": null,\n");
    return;
  }
  const char *name = failure->error ? strerrorname_np(failure->error) : NULL;
  const char *quote = name ? "\"" : "";
  printf("  \"reason\": {\"stage\": \"%s\", \"errno\": %s%s%s, \"message\": \"%s\"},\n", failure->stage, quote,
         name ? name : "null", quote, failure->message);
}

static void print_pages(const char *name, const struct pages *pages) {
  const char *separator = "";
  printf("\"%s\": {", name);
  for (int node = 0; node < MAXIMUM_NODES; node++) {
    if (pages->on_node[node] == 0) continue;
    printf("%s\"%d\": %" PRIu64, separator, node, pages->on_node[node]);
    separator = ", ";
  }
  printf("}");
}

static void print_setup(const struct reply *reply) {
  const struct setup_times *times = &reply->supply->times;
  printf("    \"setup_ns\": {\"register\": %" PRIu64 ", \"mmap\": 0, \"provide\": %" PRIu64 ", \"unregister\": %" PRIu64
         ", \"start_to_first_operation\": ",
         times->register_ns, times->provide_ns, times->unregister_ns);
  if (reply->options->started_at) {
    printf("%" PRIu64, reply->timing->first_start - reply->options->started_at);
  } else {
    printf("null");
  }
  printf("},\n");
}

// A number and the comma behind it; null where there is none.
static void print_measured(const char *key, double value, bool is_known) {
  if (is_known) {
    printf("    \"%s\": %.9g,\n", key, value);
  } else {
    printf("    \"%s\": null,\n", key);
  }
}

// The mean of the rounds without a timer tick, or of all rounds where hardly one is without.
static double mean_round(const struct timing *timing) {
  if (timing->unticked_rounds > timing->rounds / 4) return (double)timing->unticked_ns / (double)timing->unticked_rounds;
  return (double)timing->elapsed_ns / (double)timing->rounds;
}

static void print_measurements(const struct reply *reply) {
  const struct cell *cell = &reply->options->cell;
  const struct counts *counts = reply->counts;
  struct timing *timing = reply->timing;
  const uint64_t operations = timing->rounds * cell->batch;
  const double each = (double)operations;
  printf("    \"operations\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"elapsed_ns\": %" PRIu64 ",\n", operations,
         operations * cell->message_size, timing->elapsed_ns);
  const struct undisturbed undisturbed = keep_undisturbed(timing);
  const bool is_time = !counts_instructions();
  const double cost = undisturbed.round_ns / (double)cell->batch;
  print_measured("ns_per_operation", cost, is_time);
  print_measured("instructions_per_operation", mean_round(timing) / (double)cell->batch, !is_time);
  printf("    \"syscall_ns\": %.9g, \"undisturbed_rounds\": %" PRIu64 ",\n",
         undisturbed.probe_ns / SYSCALL_PROBE_CALLS, undisturbed.rounds);
  print_measured("operations_per_second", 1e9 / cost, is_time);
  print_measured("bytes_per_second", 1e9 / cost * (double)cell->message_size, is_time);
  print_measured("cpu_ns_per_operation", (double)timing->usage.cpu_ns / each, is_time);
  printf("    \"cpu_user_ns_per_operation\": null, \"cpu_system_ns_per_operation\": null,\n");
  printf("    \"enters_per_operation\": %.9g, \"sqes_per_operation\": %.9g, \"cqes_per_operation\": %.9g,\n",
         (double)counts->enters / each, (double)counts->submissions / each, (double)counts->completions / each);
  printf("    \"buffers_recycled\": %" PRIu64 ", \"out_of_buffers\": %" PRIu64 ", \"context_switches\": %" PRIu64 ",\n",
         counts->recycled, counts->out_of_buffers, timing->usage.switches);
  print_measured("steal_fraction", reply->steal_fraction, true);
  print_setup(reply);
  printf("    \"memory\": {\"buffer_bytes\": %zu, \"ring_bytes\": %zu, \"locked_bytes\": %" PRIu64 "},\n",
         reply->supply->buffer_bytes, reply->supply->ring_bytes, reply->supply->locked_bytes);
  printf("    \"latency_ns\": null, \"ring_flags\": [%s], \"cpu\": %d, \"peer_cpu\": null\n",
         reply->supply->ring_flags ? "\"SINGLE_ISSUER\", \"DEFER_TASKRUN\"" : "", reply->cpu);
}

void print_reply(const struct reply *reply) {
  printf("{\n  \"schema\": \"ringbench.trial/1\",\n");
  print_cell(&reply->options->cell, reply->options->tight);
  print_outcome(reply->failure);
  printf("  \"placement\": {");
  print_pages("buffers", &reply->buffer_pages);
  printf(", ");
  print_pages("ring", &reply->ring_pages);
  printf("},\n  \"measurements\": ");
  if (reply->failure->status == STATUS_OK) {
    printf("{\n");
    print_measurements(reply);
    printf("  }\n}\n");
  } else {
    printf("null\n}\n");
  }
}
