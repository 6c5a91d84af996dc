#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const transports[] = {"tcp",  "udp",         "unix-stream", "unix-seqpacket",
                                         "pipe", "pipe-packet", "file",        "file-direct", NULL};
static const char *const modes[] = {"plain",    "fixed", "legacy",     "pbuf",         "pbuf-mmap",
                                    "pbuf-inc", "kmbuf", "kmbuf-runs", "kmbuf-refill", NULL};
static const char *const operations[] = {"oneshot", "multishot", "bundle", "vectored", NULL};
static const char *const patterns[] = {"drain", "stream", "pingpong", "paced", NULL};

static const struct option long_options[] = {
    {"transport", required_argument, NULL, 't'},    {"mode", required_argument, NULL, 'm'},
    {"operation", required_argument, NULL, 'o'},    {"pattern", required_argument, NULL, 'p'},
    {"message-size", required_argument, NULL, 's'}, {"buffer-size", required_argument, NULL, 'S'},
    {"buffers", required_argument, NULL, 'n'},      {"batch", required_argument, NULL, 'b'},
    {"connections", required_argument, NULL, 'c'},  {"rate", required_argument, NULL, 'r'},
    {"rounds", required_argument, NULL, 'R'},       {"duration", required_argument, NULL, 'd'},
    {"cpu-node", required_argument, NULL, 'C'},     {"memory-node", required_argument, NULL, 'M'},
    {"quiet-call-ns", required_argument, NULL, 'q'},
    {"started-at", required_argument, NULL, 'a'},   {"directory", required_argument, NULL, 'D'},
    {"help", no_argument, NULL, 'h'},               {NULL, 0, NULL, 0},
};

__attribute__((noreturn, format(printf, 1, 2))) static void usage_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("ringbench-reference: ", stderr);
  vfprintf(stderr, format, arguments);
  fputs("\n", stderr);
  va_end(arguments);
  exit(2);
}

__attribute__((noreturn)) static void print_help(void) {
  puts("The C and liburing loop that the overhead of ringbench is measured against; prints one JSON document.\n"
       "\n"
       "  --transport unix-seqpacket|pipe   --mode plain|legacy|pbuf   --operation oneshot|multishot\n"
       "  --pattern drain   --message-size BYTES   --buffer-size BYTES   --buffers N   --batch N\n"
       "  --connections 1   --rounds N | --duration SECONDS   --cpu-node N   --memory-node N\n"
       "  --started-at NS (CLOCK_MONOTONIC at spawn)   --directory DIR (not used)");
  exit(0);
}

static const char *parse_word(const char *name, const char *text, const char *const words[]) {
  for (size_t i = 0; words[i]; i++) {
    if (strcmp(words[i], text) == 0) return words[i];
  }
  char known[200] = "";
  for (size_t i = 0; words[i]; i++) {
    strcat(strcat(known, i == 0 ? "" : ", "), words[i]);
  }
  usage_error("--%s '%s': want one of %s", name, text, known);
}

static uint64_t parse_number(const char *name, const char *text, uint64_t low, uint64_t high) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  bool digits = text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
  if (!digits || value < low || value > high) {
    usage_error("--%s '%s': want a whole number from %llu to %llu", name, text, (unsigned long long)low,
                (unsigned long long)high);
  }
  return value;
}

// `64`, `4k`, `1M`, with powers of 1024.
static uint64_t parse_size(const char *name, const char *text) {
  char *end = NULL;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  bool digits = text[0] >= '0' && text[0] <= '9' && errno == 0;
  unsigned shift = strcasecmp(end, "k") == 0 ? 10 : strcasecmp(end, "m") == 0 ? 20 : 0;
  bool suffix = shift != 0 || *end == '\0';
  if (!digits || !suffix || value == 0 || value > (1ULL << 30) >> shift) {
    usage_error("--%s '%s': want a size from 1 to 1024M, such as 64, 4k or 1M", name, text);
  }
  return value << shift;
}

static double parse_positive(const char *name, const char *text) {
  char *end = NULL;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !isfinite(value) || value <= 0 || value > 3600) {
    usage_error("--%s '%s': want a number more than 0 and at most 3600", name, text);
  }
  return value;
}

static void parse_option(struct options *options, const char *name, int option, const char *text) {
  struct cell *cell = &options->cell;
  switch (option) {
    case 't': cell->transport = parse_word(name, text, transports); break;
    case 'm': cell->mode = parse_word(name, text, modes); break;
    case 'o': cell->operation = parse_word(name, text, operations); break;
    case 'p': cell->pattern = parse_word(name, text, patterns); break;
    case 's': cell->message_size = parse_size(name, text); break;
    case 'S': cell->buffer_size = parse_size(name, text); break;
    case 'n': cell->buffers = parse_number(name, text, 1, 32768); break;
    case 'b': cell->batch = parse_number(name, text, 1, 16384); break;
    case 'c': cell->connections = parse_number(name, text, 1, 65536); break;
    case 'r': cell->rate = parse_number(name, text, 1, 1000000000); break;
    case 'R': options->rounds = parse_number(name, text, 1, 100000000); break;
    case 'd': options->duration = parse_positive(name, text); break;
    case 'C': cell->cpu_node = parse_number(name, text, 0, 1023); break;
    case 'M': cell->memory_node = parse_number(name, text, 0, 1023); break;
    case 'q': options->quiet_call_ns = parse_positive(name, text); break;
    case 'a': options->started_at = parse_number(name, text, 0, UINT64_MAX); break;
    case 'D': options->directory = text; break;
    case 'h': print_help();
    default: exit(2);  // getopt has said what is wrong
  }
}

static void check_sizes(const struct options *options) {
  const struct cell *cell = &options->cell;
  bool ring = strcmp(cell->mode, "plain") != 0 && strcmp(cell->mode, "fixed") != 0 && strcmp(cell->mode, "legacy") != 0;
  if (ring && (cell->buffers & (cell->buffers - 1)) != 0) {
    usage_error("--buffers %llu: %s wants a power of two", (unsigned long long)cell->buffers, cell->mode);
  }
  if (cell->buffer_size < cell->message_size) {
    usage_error("--buffer-size %llu: smaller than the message, want at least %llu",
                (unsigned long long)cell->buffer_size, (unsigned long long)cell->message_size);
  }
  if (options->rounds != 0 && options->duration != 0) usage_error("--rounds and --duration: give one of them");
}

void parse_options(struct options *options, int count, char **arguments) {
  *options = (struct options){
      .cell = {.transport = "unix-seqpacket", .mode = "plain", .operation = "oneshot", .pattern = "drain",
               .message_size = 64, .buffer_size = 4096, .buffers = 256, .batch = 64, .connections = 1}};
  int index = 0, option;
  while ((option = getopt_long(count, arguments, "", long_options, &index)) != -1) {
    parse_option(options, option == '?' ? "" : long_options[index].name, option, optarg);
  }
  if (optind < count) usage_error("'%s': no such argument", arguments[optind]);
  check_sizes(options);
  if (options->rounds == 0 && options->duration == 0) options->rounds = 2000;
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
  if (missing) return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "the reference loop does not do %s", missing);
  if (plan->multishot && plan->mode == MODE_PLAIN) {
    return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "a multishot receive needs a buffer group, plain has none");
  }
  return 0;
}
