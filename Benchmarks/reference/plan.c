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

int make_plan(struct plan *plan, const struct cell *cell, struct failure *failure) {
  const char *missing = NULL;
  plan->stream = strcmp(cell->transport, "pipe") == 0;
  plan->multishot = strcmp(cell->operation, "multishot") == 0;
  plan->mode = MODE_PLAIN;
  if (strcmp(cell->mode, "legacy") == 0) plan->mode = MODE_LEGACY;
  if (strcmp(cell->mode, "pbuf") == 0) plan->mode = MODE_PBUF;
  if (!plan->stream && strcmp(cell->transport, "unix-seqpacket") != 0) missing = cell->transport;
  if (plan->mode == MODE_PLAIN && strcmp(cell->mode, "plain") != 0) missing = cell->mode;
  if (!plan->multishot && strcmp(cell->operation, "oneshot") != 0) missing = cell->operation;
  if (strcmp(cell->pattern, "drain") != 0) missing = cell->pattern;
  if (cell->connections != 1) missing = "more than one connection";
  if (missing) return unsupported(failure, "", missing);
  if (cell->other_count > 0) return unsupported(failure, "--", cell->others[0].name);
  if (plan->multishot && plan->mode == MODE_PLAIN) {
    return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "a multishot receive needs a buffer group, plain has none");
  }
  check_sizes(plan, cell);
  return 0;
}
