#include "values.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "usage.h"

_Static_assert(MAXIMUM_WORD == 40, "WORD_RULE says so");

bool is_word(const char *text) {
  const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return length >= 1 && length <= MAXIMUM_WORD && text[length] == '\0';
}

// Reads the digits that a text begins with, and says where they end; false where there are none, or too many.
static bool read_digits(const char *text, uint64_t *value, const char **end) {
  char *rest = NULL;
  errno = 0;
  *value = strtoull(text, &rest, 10);
  *end = rest;
  return text[0] >= '0' && text[0] <= '9' && errno == 0;
}

bool read_number(const char *text, uint64_t *value) {
  const char *end;
  return read_digits(text, value, &end) && *end == '\0';
}

const char *parse_word(const char *name, const char *text) {
  if (!is_word(text)) usage_error("--%s '%s': want a word of " WORD_RULE, name, text);
  return text;
}

uint64_t parse_number(const char *name, const char *text, uint64_t lowest, uint64_t highest) {
  uint64_t value;
  if (!read_number(text, &value) || value < lowest || value > highest) {
    usage_error("--%s '%s': want a whole number from %" PRIu64 " to %" PRIu64, name, text, lowest, highest);
  }
  return value;
}

uint64_t parse_size(const char *name, const char *text, uint64_t lowest, uint64_t highest) {
  uint64_t value;
  const char *end;
  bool right = read_digits(text, &value, &end);
  const unsigned shift = strcasecmp(end, "k") == 0 ? 10 : strcasecmp(end, "m") == 0 ? 20 : 0;
  right = right && (shift != 0 || *end == '\0') && value <= highest >> shift;
  if (!right || value << shift < lowest) {
    usage_error("--%s '%s': want a size from %" PRIu64 " to %" PRIu64 ", such as 64, 4k or 1M", name, text, lowest,
                highest);
  }
  return value << shift;
}

double parse_positive(const char *name, const char *text) {
  char *end = NULL;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !isfinite(value) || value <= 0 || value > 3600) {
    usage_error("--%s '%s': want a number more than 0 and at most 3600", name, text);
  }
  return value;
}
