#include "plan.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "usage.h"

static int unsupported(struct failure *failure, const char *prefix, const char *what) {
  return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "the reference loop does not do %s%s", prefix, what);
}

static void check_sizes(const struct plan *plan, const struct cell *cell) {
  if (plan->mode == MODE_PBUF && (cell->buffers & (cell->buffers - 1)) != 0) {
    usage_error("--buffers %" PRIu64 ": %s wants a power of two", cell->buffers, cell->mode);
  }
  if (cell->buffer_size < cell->message_size) {
    usage_error("--buffer-size %" PRIu64 ": smaller than the message, want at least %" PRIu64, cell->buffer_size,
                cell->message_size);
  }
}

// The transports in the order of `enum medium`; -1 for another.
static int find_medium(const char *transport) {
  static const char *const names[] = {"unix-seqpacket", "tcp", "pipe", "file"};
  for (int i = 0; i < 4; i++) {
    if (strcmp(transport, names[i]) == 0) return i;
  }
  return -1;
}

int make_plan(struct plan *plan, const struct cell *cell, struct failure *failure) {
  const char *missing = NULL;
  const int medium = find_medium(cell->transport);
  plan->medium = medium < 0 ? MEDIUM_SEQPACKET : (enum medium)medium;
  plan->stream = plan->medium == MEDIUM_PIPE || plan->medium == MEDIUM_TCP;
  plan->multishot = strcmp(cell->operation, "multishot") == 0;
  plan->mode = MODE_PLAIN;
  if (strcmp(cell->mode, "legacy") == 0) plan->mode = MODE_LEGACY;
  if (strcmp(cell->mode, "pbuf") == 0) plan->mode = MODE_PBUF;
  if (strcmp(cell->mode, "syscall") == 0) plan->mode = MODE_SYSCALL;
  const bool calls = plan->mode == MODE_SYSCALL;
  if (medium < 0 || (!calls && (medium == MEDIUM_TCP || medium == MEDIUM_FILE))) missing = cell->transport;
  if (plan->mode == MODE_PLAIN && strcmp(cell->mode, "plain") != 0) missing = cell->mode;
  if (!plan->multishot && strcmp(cell->operation, "oneshot") != 0) missing = cell->operation;
  if (strcmp(cell->pattern, "drain") != 0) missing = cell->pattern;
  if (cell->connections != 1 && (!calls || medium == MEDIUM_FILE)) missing = "more than one connection";
  if (missing) return unsupported(failure, "", missing);
  if (cell->other_count > 0) return unsupported(failure, "--", cell->others[0].name);
  if (plan->multishot && (plan->mode == MODE_PLAIN || calls)) {
    return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "a multishot receive needs a buffer group, %s has none",
                cell->mode);
  }
  check_sizes(plan, cell);
  return 0;
}
