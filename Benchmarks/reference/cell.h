// The cell: one combination of everything that is varied.
//
// The words and numbers that the loop knows are declared here and nowhere else. Their options, defaults, limits, help
// and keys in the reply all follow from the two lists.
#ifndef RINGBENCH_CELL_H
#define RINGBENCH_CELL_H

#include <stdbool.h>
#include <stdint.h>

// WORD(field, default). The option is named like the field.
#define CELL_WORDS(WORD)            \
  WORD(transport, "unix-seqpacket") \
  WORD(mode, "plain")               \
  WORD(operation, "oneshot")        \
  WORD(pattern, "drain")

enum number_kind {
  COUNT,
  SIZE,  // may be written with k or M
};

// NUMBER(field, option, kind, default, lowest, highest). A default below the lowest value says that there is none.
#define CELL_NUMBERS(NUMBER)                                 \
  NUMBER(message_size, "message-size", SIZE, 64, 1, 1 << 30) \
  NUMBER(buffer_size, "buffer-size", SIZE, 4096, 1, 1 << 30) \
  NUMBER(buffers, "buffers", COUNT, 256, 1, 32768)           \
  NUMBER(batch, "batch", COUNT, 64, 1, 16384)                \
  NUMBER(connections, "connections", COUNT, 1, 1, 65536)     \
  NUMBER(rate, "rate", COUNT, 0, 1, 1000000000)              \
  NUMBER(cpu_node, "cpu-node", COUNT, 0, 0, 1023)            \
  NUMBER(memory_node, "memory-node", COUNT, 0, 0, 1023)

#define ADD_ONE(...) +1
enum { WORDS = 0 CELL_WORDS(ADD_ONE), NUMBERS = 0 CELL_NUMBERS(ADD_ONE) };
#undef ADD_ONE

enum { MAXIMUM_WORD = 40, MAXIMUM_OTHERS = 16 };

struct word_axis {
  const char *name;
  const char *initial;
};

struct number_axis {
  const char *name;
  enum number_kind kind;
  uint64_t initial, lowest, highest;
};

// In the order of `words` and `numbers` of a cell.
extern const struct word_axis word_axes[WORDS];
extern const struct number_axis number_axes[NUMBERS];

// A number axis that the loop does not know: kept for the reply.
struct other_axis {
  char name[MAXIMUM_WORD + 1];
  uint64_t value;
};

#define WORD_FIELD(field, ...) const char *field;
#define NUMBER_FIELD(field, ...) uint64_t field;
struct cell {
  union {
    struct {
      CELL_WORDS(WORD_FIELD)
    };
    const char *words[WORDS];
  };
  union {
    struct {
      CELL_NUMBERS(NUMBER_FIELD)
    };
    uint64_t numbers[NUMBERS];
  };
  struct other_axis others[MAXIMUM_OTHERS];
  unsigned other_count;
};
#undef WORD_FIELD
#undef NUMBER_FIELD

struct cell default_cell(void);

// Keeps an axis that the loop does not know, in place of an earlier value of the same; false where there is no room.
bool keep_other_axis(struct cell *cell, const char *name, uint64_t value);

#endif
