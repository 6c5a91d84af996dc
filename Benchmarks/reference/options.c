#include "options.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "usage.h"
#include "values.h"

static bool take_word(struct cell *cell, const char *name, const char *text) {
  for (int i = 0; i < WORDS; i++) {
    if (strcmp(word_axes[i].name, name) != 0) continue;
    cell->words[i] = parse_word(name, text);
    return true;
  }
  return false;
}

static bool take_number(struct cell *cell, const char *name, const char *text) {
  for (int i = 0; i < NUMBERS; i++) {
    const struct number_axis *axis = &number_axes[i];
    if (strcmp(axis->name, name) != 0) continue;
    cell->numbers[i] = axis->kind == SIZE ? parse_size(name, text, axis->lowest, axis->highest)
                                          : parse_number(name, text, axis->lowest, axis->highest);
    return true;
  }
  return false;
}

// Takes what is about the trial and not part of the cell.
static bool take_setting(struct options *options, const char *name, const char *text) {
  if (strcmp(name, "rounds") == 0) {
    options->rounds = parse_number(name, text, 1, 100000000);
  } else if (strcmp(name, "duration") == 0) {
    options->duration = parse_positive(name, text);
  } else if (strcmp(name, "undisturbed-syscall-ns") == 0) {
    options->undisturbed_syscall_ns = parse_positive(name, text);
  } else if (strcmp(name, "form") == 0) {
    options->tight = strcmp(text, "tight") == 0;
    if (!options->tight && strcmp(text, "usual") != 0) usage_error("--form '%s': usual and tight are possible", text);
  } else if (strcmp(name, "started-at") == 0) {
    options->started_at = parse_number(name, text, 0, UINT64_MAX);
  } else if (strcmp(name, "directory") == 0) {
    options->directory = text;
  } else {
    return false;
  }
  return true;
}

// Takes an axis that the loop does not know. Readers of the reply hold its value in 63 bits.
static void take_other(struct cell *cell, const char *name, const char *text) {
  uint64_t value;
  // The reply has this key already, with a word.
  if (strcmp(name, "implementation") == 0) usage_error("--implementation: no such option, --form says which");
  if (!read_number(text, &value) || value > INT64_MAX) {
    usage_error("--%s '%s': no such option, and an axis would want a whole number from 0 to %lld", name, text,
                (long long)INT64_MAX);
  }
  if (!keep_other_axis(cell, name, value)) {
    usage_error("--%s: want at most %d axes that the loop does not know", name, MAXIMUM_OTHERS);
  }
}

// Copies the name out of `--name` or `--name=value`; returns that value, or NULL where there is none.
static const char *split_name(const char *argument, char name[MAXIMUM_WORD + 1]) {
  if (strncmp(argument, "--", 2) != 0) usage_error("'%s': no such argument, want --NAME VALUE", argument);
  const char *start = argument + 2, *equals = strchr(start, '=');
  const size_t length = equals ? (size_t)(equals - start) : strlen(start);
  const size_t kept = length <= MAXIMUM_WORD ? length : 0;
  memcpy(name, start, kept);
  name[kept] = '\0';
  if (!is_word(name)) usage_error("'%s': no such option, want a name of " WORD_RULE, argument);
  return equals ? equals + 1 : NULL;
}

// Takes the option that the rest of the command line begins with; returns how many arguments it was.
static int take_option(struct options *options, char *const *arguments) {
  char name[MAXIMUM_WORD + 1];
  const char *attached = split_name(arguments[0], name);
  if (strcmp(name, "help") == 0) {
    if (attached) usage_error("--help: takes no value");
    print_help();
  }
  const char *text = attached ? attached : arguments[1];
  if (!text) usage_error("--%s: want a value behind it", name);
  struct cell *cell = &options->cell;
  if (!take_word(cell, name, text) && !take_number(cell, name, text) && !take_setting(options, name, text)) {
    take_other(cell, name, text);
  }
  return attached ? 1 : 2;
}

void parse_options(struct options *options, int count, char **arguments) {
  *options = (struct options){.cell = default_cell()};
  for (int at = 1; at < count;) at += take_option(options, arguments + at);
  if (options->rounds != 0 && options->duration != 0) usage_error("--rounds and --duration: give one of them");
  if (options->rounds == 0 && options->duration == 0) options->rounds = 2000;
}
