#include "usage.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cell.h"

void usage_error(const char *format, ...) {
  char line[400];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  // An argument may hold a line feed, and the message must stay one line.
  for (char *at = line; *at; at++) {
    if (iscntrl((unsigned char)*at)) *at = '?';
  }
  fprintf(stderr, "ringbench-reference: %s\n", line);
  exit(2);
}

static void print_axes(void) {
  for (int i = 0; i < WORDS; i++) printf("  --%s WORD (%s)\n", word_axes[i].name, word_axes[i].initial);
  for (int i = 0; i < NUMBERS; i++) {
    const struct number_axis *axis = &number_axes[i];
    printf("  --%s %s from %" PRIu64 " to %" PRIu64, axis->name, axis->kind == SIZE ? "BYTES" : "N", axis->lowest,
           axis->highest);
    if (axis->initial >= axis->lowest) printf(" (%" PRIu64 ")", axis->initial);
    printf("\n");
  }
}

void print_help(void) {
  puts("The C loops, with liburing or without a ring, that the overhead of ringbench is measured against; prints one JSON document.\n"
       "\n"
       "The cell, with its defaults:");
  print_axes();
  puts("  --NAME N: any other axis\n"
       "\n"
       "What the loop does not do gets the status `unsupported`. It does\n"
       "  the pattern drain, and\n"
       "  the modes plain, legacy and pbuf over unix-seqpacket and pipe, oneshot and multishot, with one connection,\n"
       "  the mode syscall over unix-seqpacket, tcp, pipe and file, oneshot, with any number of connections.\n"
       "\n"
       "The trial:\n"
       "  --form usual | tight (usual; tight: the ring and the connection are registered)\n"
       "  --rounds N (2000) | --duration SECONDS\n"
       "  --undisturbed-syscall-ns NS (the longest empty system call of an undisturbed core)\n"
       "  --started-at NS (CLOCK_MONOTONIC at spawn)   --directory DIR (of the file)");
  exit(0);
}
