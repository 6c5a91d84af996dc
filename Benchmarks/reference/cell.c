#include "cell.h"

#include <stdio.h>
#include <string.h>

#define WORD_AXIS(field, initial) {#field, initial},
#define NUMBER_AXIS(field, ...) {__VA_ARGS__},

const struct word_axis word_axes[WORDS] = {CELL_WORDS(WORD_AXIS)};
const struct number_axis number_axes[NUMBERS] = {CELL_NUMBERS(NUMBER_AXIS)};

struct cell default_cell(void) {
  struct cell cell = {0};
  for (int i = 0; i < WORDS; i++) cell.words[i] = word_axes[i].initial;
  for (int i = 0; i < NUMBERS; i++) cell.numbers[i] = number_axes[i].initial;
  return cell;
}

bool keep_other_axis(struct cell *cell, const char *name, uint64_t value) {
  unsigned at = 0;
  while (at < cell->other_count && strcmp(cell->others[at].name, name) != 0) at++;
  if (at == MAXIMUM_OTHERS) return false;
  if (at == cell->other_count) cell->other_count++;
  struct other_axis *other = &cell->others[at];
  snprintf(other->name, sizeof other->name, "%s", name);
  other->value = value;
  return true;
}
