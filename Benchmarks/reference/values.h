// Reading the values of options. What begins with parse_ ends the process with a usage error where a value is wrong.
#ifndef RINGBENCH_VALUES_H
#define RINGBENCH_VALUES_H

#include <stdbool.h>
#include <stdint.h>

// How a word is written, for messages.
#define WORD_RULE "1 to 40 characters of a-z, 0-9 and -"

// Whether the text keeps to WORD_RULE.
bool is_word(const char *text);

// Reads a whole number of digits only; false where the text is something else, or too large.
bool read_number(const char *text, uint64_t *value);

const char *parse_word(const char *name, const char *text);
uint64_t parse_number(const char *name, const char *text, uint64_t lowest, uint64_t highest);

// `64`, `4k`, `1M`, with powers of 1024.
uint64_t parse_size(const char *name, const char *text, uint64_t lowest, uint64_t highest);

double parse_positive(const char *name, const char *text);

#endif
