/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A QEMU plugin that counts a guest's instructions in the timed regions of ringbench's workloads: by function and by call
 * path, exactly, for machines of one CPU that run under -icount.
 *
 * The workloads mark their regions with instructions that do nothing (Sources/CMarkers/include/CMarkers.h). The host
 * gives the addresses of functions, and reads one section of text for each trial. Sources/KernelLab/Profiling is the other
 * side of both.
 *
 *   -plugin profiler.so,out=FILE[,functions=FILE][,level=strings|calls|caches]
 *
 * level=strings only counts string moves, and costs nothing that could be measured.
 *
 * QEMU's interface is declared here, because Debian has no package with its header: QEMU 7.2 has interface version 1,
 * QEMU 9.0 to 10.x have 2 to 6. Only what both have is used, or one of two forms by what is there.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- QEMU's interface (docs/devel/tcg-plugins.rst) ---- */

#define EXPORT __attribute__((visibility("default")))
#define WEAK __attribute__((weak))

typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
struct qemu_plugin_scoreboard;
enum { QEMU_PLUGIN_CB_NO_REGS = 0 };
enum { QEMU_PLUGIN_MEM_R = 1, QEMU_PLUGIN_MEM_W = 2, QEMU_PLUGIN_MEM_RW = 3 };
enum { QEMU_PLUGIN_INLINE_ADD_U64 = 0 };

typedef struct {
  const char *target_name;
  struct {
    int min, cur;
  } version;
  bool system_emulation;
  struct {
    int smp_vcpus, max_vcpus;
  } system;
} qemu_info_t;

typedef struct {
  struct qemu_plugin_scoreboard *score;
  size_t offset;
} qemu_plugin_u64;

typedef void (*cpu_callback)(qemu_plugin_id_t id, unsigned int cpu);
typedef void (*translation_callback)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*execution_callback)(unsigned int cpu, void *data);
typedef void (*memory_callback)(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data);

void qemu_plugin_register_vcpu_init_cb(qemu_plugin_id_t id, cpu_callback callback);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, translation_callback callback);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, execution_callback callback, int flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, execution_callback callback, int flags,
                                            void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, memory_callback callback, int flags, int rw,
                                      void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t address);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *address);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *address);

/* Until interface 2 it returns the bytes; from 3 on it copies them. */
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *insn, void *target, size_t count);

/* Interfaces 0 and 1. */
WEAK void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int operation, void *target,
                                                     uint64_t value);
WEAK void qemu_plugin_register_vcpu_mem_inline(struct qemu_plugin_insn *insn, int rw, int operation, void *target,
                                               uint64_t value);
/* Interface 2 and later. */
WEAK void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct qemu_plugin_insn *insn, int operation,
                                                              qemu_plugin_u64 target, uint64_t value);
WEAK void qemu_plugin_register_vcpu_mem_inline_per_vcpu(struct qemu_plugin_insn *insn, int rw, int operation,
                                                        qemu_plugin_u64 target, uint64_t value);
WEAK struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t size);
WEAK void *qemu_plugin_scoreboard_find(struct qemu_plugin_scoreboard *score, unsigned int cpu);

/* The interface that this plugin asks for. QEMU reads it before it calls anything. */
EXPORT int qemu_plugin_version;

__attribute__((constructor)) static void choose_version(void) {
  qemu_plugin_version = qemu_plugin_scoreboard_new ? 2 : 1;
}

/* ---- What is counted ---- */

/* The columns of a section, in this order. The host has the same list. */
enum column { INSTRUCTIONS, STRING_BYTES, STRING_STEPS, L1D_MISSES, L1I_MISSES, LL_MISSES, MISPREDICTED, LOCKED, COLUMNS };

/* The counters that translated code adds to. */
struct counters {
  uint64_t instructions, string_bytes, string_steps, locked;
};
static struct counters raw_counters;
static struct counters *counters = &raw_counters;
static struct qemu_plugin_scoreboard *score;

enum level { STRINGS, CALLS, CACHES };
static enum level level = CALLS;
/* The version of QEMU's interface. */
static int interface;
static FILE *out;

__attribute__((noreturn)) static void fail(const char *what) {
  fprintf(stderr, "ringbench profiler: %s\n", what);
  exit(1);
}

static void *more(void *memory, size_t size) {
  void *result = realloc(memory, size);
  if (!result) fail("out of memory");
  return result;
}

static void add_per_execution(struct qemu_plugin_insn *insn, size_t offset, uint64_t value) {
  if (score) {
    qemu_plugin_u64 target = {score, offset};
    qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(insn, QEMU_PLUGIN_INLINE_ADD_U64, target, value);
  } else {
    char *target = (char *)counters + offset;
    qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, target, value);
  }
}

/*
 * QEMU 7.2 to 9.0 take the wrong bits for loads and stores when they add inline (accel/tcg/plugin-gen.c, op_rw): what is
 * asked for as "stores" gets loads as well, and what is asked for as "loads" gets stores only.
 */
static void add_per_store(struct qemu_plugin_insn *insn, size_t offset, uint64_t value) {
  const int stores = interface < 3 ? QEMU_PLUGIN_MEM_R : QEMU_PLUGIN_MEM_W;
  if (score) {
    qemu_plugin_u64 target = {score, offset};
    qemu_plugin_register_vcpu_mem_inline_per_vcpu(insn, stores, QEMU_PLUGIN_INLINE_ADD_U64, target, value);
  } else {
    char *target = (char *)counters + offset;
    qemu_plugin_register_vcpu_mem_inline(insn, stores, QEMU_PLUGIN_INLINE_ADD_U64, target, value);
  }
}

/* ---- Functions ---- */

enum entry { NO_ENTRY, INTERRUPT, FAULT };
struct function {
  uint64_t address;
  uint32_t entry; /* what begins here */
  uint32_t padding;
};
static struct function *functions;
static size_t function_count;

static void read_functions(const char *path) {
  FILE *file = fopen(path, "re");
  if (!file) fail("the list of functions can't be opened");
  size_t room = 0, got;
  do {
    room += 1 << 16;
    functions = more(functions, room * sizeof *functions);
    got = fread(functions + function_count, sizeof *functions, room - function_count, file);
    function_count += got;
  } while (got > 0);
  fclose(file);
  if (function_count == 0) fail("the list of functions is empty");
}

/* The last function that begins at or below an address. The first of the list begins at 0. */
static uint32_t function_at(uint64_t address) {
  size_t low = 0, high = function_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (functions[middle].address <= address) low = middle;
    else high = middle;
  }
  return (uint32_t)low;
}

/* ---- The tree of calls ---- */

struct costs {
  uint64_t calls, own[COLUMNS];
};
static void add_costs(struct costs *sum, const struct costs *other) {
  sum->calls += other->calls;
  for (int i = 0; i < COLUMNS; i++) sum->own[i] += other->own[i];
}

struct node {
  uint32_t parent, function;
  uint32_t last_child; /* the child that was entered last; 0 for none */
  bool is_touched;     /* whether `region` has anything */
  struct costs region, counted, aside;
};
static struct node *nodes;
static uint32_t node_count, node_room;
static uint32_t *node_table; /* by parent and function */
static uint32_t table_size;
static uint32_t *touched;
static uint32_t touched_count, touched_room;

/* The root, and what runs in user space for others than the worker. */
enum { ROOT = 0, OTHERS = 1 };
static const uint32_t no_function = UINT32_MAX;

static uint32_t new_node(uint32_t parent, uint32_t function) {
  if (node_count == node_room) {
    node_room = node_room ? 2 * node_room : 1024;
    nodes = more(nodes, node_room * sizeof *nodes);
  }
  nodes[node_count] = (struct node){.parent = parent, .function = function};
  return node_count++;
}

static uint32_t slot_of(uint32_t parent, uint32_t function) {
  uint64_t key = (uint64_t)parent << 32 | function;
  key *= 0x9E3779B97F4A7C15;
  uint32_t slot = (uint32_t)(key >> 32) & (table_size - 1);
  while (node_table[slot] && (nodes[node_table[slot]].parent != parent || nodes[node_table[slot]].function != function)) {
    slot = (slot + 1) & (table_size - 1);
  }
  return slot;
}

static void grow_table(void) {
  table_size = table_size ? 2 * table_size : 4096;
  free(node_table);
  node_table = calloc(table_size, sizeof *node_table);
  if (!node_table) fail("out of memory");
  for (uint32_t i = OTHERS + 1; i < node_count; i++) node_table[slot_of(nodes[i].parent, nodes[i].function)] = i;
}

static uint32_t child(uint32_t parent, uint32_t function) {
  uint32_t last = nodes[parent].last_child;
  if (last && nodes[last].function == function) return last;
  if (2 * node_count >= table_size) grow_table();
  uint32_t slot = slot_of(parent, function);
  if (!node_table[slot]) {
    uint32_t made = new_node(parent, function);
    node_table[slot] = made;
  }
  return nodes[parent].last_child = node_table[slot];
}

static struct costs *region_of(uint32_t index) {
  struct node *node = &nodes[index];
  if (!node->is_touched) {
    node->is_touched = true;
    if (touched_count == touched_room) {
      touched_room = touched_room ? 2 * touched_room : 1024;
      touched = more(touched, touched_room * sizeof *touched);
    }
    touched[touched_count++] = index;
  }
  return &node->region;
}

/* ---- Where the guest is ---- */

/* A part of memory where return addresses lie. A kernel's stack is one or two of them. */
struct frame {
  uint64_t slot;
  uint32_t node; /* the caller */
};
struct stack {
  uint64_t key;
  struct frame *frames;
  uint32_t count, room;
  uint32_t user_node; /* where the thread of this kernel stack left user space; 0 if that wasn't seen */
};
enum { STACKS = 1024, STACK_SHIFT = 14 };
static struct stack stacks[STACKS];
static struct stack *last_stack, *kernel_stack;

static const uint64_t user_end = (uint64_t)1 << 47;
static bool is_user(uint64_t address) { return address < user_end; }

static struct stack *stack_at(uint64_t slot) {
  uint64_t key = slot >> STACK_SHIFT | (uint64_t)1 << 63;
  if (last_stack && last_stack->key == key) return last_stack;
  uint32_t place = (uint32_t)(key * 0x9E3779B97F4A7C15 >> 32) & (STACKS - 1);
  for (int tries = 0; stacks[place].key && stacks[place].key != key; tries++) {
    if (tries == STACKS) fail("the guest has more stacks than are followed");
    place = (place + 1) & (STACKS - 1);
  }
  stacks[place].key = key;
  return last_stack = &stacks[place];
}

static void forget_stacks(void) {
  for (int i = 0; i < STACKS; i++) {
    stacks[i].count = 0;
    stacks[i].user_node = 0;
    stacks[i].key = 0;
  }
  last_stack = kernel_stack = NULL;
}

struct block {
  uint64_t address, next; /* `next`: behind its last instruction */
  uint32_t function;
  bool is_user, is_start;
  enum entry entry;
  enum { PLAIN, CONDITIONAL, INDIRECT } end;
  uint32_t line_count;
  uint64_t first_line;
};

static bool is_inside;    /* between a region's markers */
static bool is_simulated; /* whether caches and predictors are fed */
static uint32_t current;  /* the node that pays */
static const struct block *previous;
enum event { NOTHING, CALLED, RETURNED, RETURNED_FROM_INTERRUPT };
static enum event event;
static uint32_t return_node; /* 0 where the caller isn't known */
static uint32_t left_user;   /* the node that entered the kernel, until the kernel's stack is known */
static struct counters settled;

/* Instructions that began, met a fault and will begin again: they were counted and not executed. */
static uint64_t faulted;

static uint64_t executed(void) { return counters->instructions - faulted; }

/* An instruction of the block before has met a fault. */
static void take_fault(void) {
  faulted++;
  if (is_inside) region_of(current)->own[INSTRUCTIONS]--;
}

/* Charges what has been executed since the last call. */
static void settle(void) {
  struct costs *costs = region_of(current);
  costs->own[INSTRUCTIONS] += counters->instructions - settled.instructions;
  costs->own[STRING_BYTES] += counters->string_bytes - settled.string_bytes;
  costs->own[STRING_STEPS] += counters->string_steps - settled.string_steps;
  costs->own[LOCKED] += counters->locked - settled.locked;
  settled = *counters;
}

static void move_to(uint32_t node, bool is_call) {
  current = node;
  if (is_call) region_of(node)->calls++;
}

/* Follows a change of function without a call or a return: a jump, an interrupt, a system call or the end of one. */
static void follow_jump(const struct block *block) {
  bool was_user = !previous || previous->is_user;
  if (was_user && !block->is_user) {
    left_user = current;
    kernel_stack = NULL;
    return move_to(child(current, block->function), true);
  }
  if (!was_user && block->is_user) {
    uint32_t node = left_user ? left_user : kernel_stack && kernel_stack->user_node ? kernel_stack->user_node : OTHERS;
    left_user = 0;
    return move_to(node, false);
  }
  if (current == OTHERS || nodes[current].function == block->function) return;
  if (block->entry) return move_to(child(current, block->function), true);
  if (event == RETURNED_FROM_INTERRUPT) {
    for (uint32_t node = nodes[current].parent; node > OTHERS; node = nodes[node].parent) {
      if (nodes[node].function == block->function) return move_to(node, false);
    }
  }
  /* A tail call takes its caller's place. */
  move_to(child(nodes[current].parent, block->function), block->is_start);
}

static void follow(const struct block *block) {
  if (event == CALLED && current != OTHERS) {
    move_to(child(current, block->function), true);
  } else if (event == RETURNED && current != OTHERS) {
    uint32_t node = return_node;
    if (!node) {
      move_to(child(ROOT, block->function), false);
    } else if (nodes[node].function == block->function) {
      move_to(node, false);
    } else {
      /* A return that is used as a jump, as retpolines do. */
      move_to(child(nodes[node].parent, block->function), block->is_start);
    }
  } else if (!previous || previous->function != block->function || event != NOTHING) {
    follow_jump(block);
  }
  event = NOTHING;
}

/* ---- Caches and branches, of a stated geometry ---- */

struct cache {
  uint32_t sets, ways, shift;
  uint64_t *tags; /* the most recently used way of a set first */
};
/* 64-byte lines: 32 KiB of 8 ways for data and for instructions, 8 MiB of 16 ways behind both. */
static struct cache l1d = {64, 8, 6, NULL}, l1i = {64, 8, 6, NULL}, ll = {8192, 16, 6, NULL};

static void make_cache(struct cache *cache) {
  cache->tags = calloc((size_t)cache->sets * cache->ways, sizeof *cache->tags);
  if (!cache->tags) fail("out of memory");
}

/* Whether a line was there. It is, afterwards. */
static bool look_up(struct cache *cache, uint64_t line) {
  uint64_t *set = cache->tags + (size_t)(line & (cache->sets - 1)) * cache->ways;
  uint64_t tag = line + 1;
  uint32_t way = 0;
  while (way < cache->ways - 1 && set[way] != tag) way++;
  bool is_hit = set[way] == tag;
  memmove(set + 1, set, way * sizeof *set);
  set[0] = tag;
  return is_hit;
}

static void access_line(struct cache *first, enum column misses, uint64_t line) {
  if (look_up(first, line)) return;
  bool is_far = !look_up(&ll, line);
  if (!is_inside) return;
  struct costs *costs = region_of(current);
  costs->own[misses]++;
  if (is_far) costs->own[LL_MISSES]++;
}

static void access_data(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data) {
  (void)cpu;
  if (!is_simulated || previous != data) return;
  struct qemu_plugin_hwaddr *place = qemu_plugin_get_hwaddr(info, address);
  if (!place || qemu_plugin_hwaddr_is_io(place)) return;
  access_line(&l1d, L1D_MISSES, qemu_plugin_hwaddr_phys_addr(place) >> l1d.shift);
}

/* A gshare predictor with 12 bits of history, and the last target of an indirect branch in a table of 512. */
static uint8_t directions[4096];
static uint32_t history;
static uint64_t targets[512];

static void predict(const struct block *next) {
  if (!previous || previous->end == PLAIN) return;
  bool is_wrong;
  if (previous->end == CONDITIONAL) {
    bool is_taken = next->address != previous->next;
    uint8_t *state = &directions[(previous->next ^ history) & 4095];
    is_wrong = is_taken != (*state >= 2);
    if (is_taken && *state < 3) ++*state;
    if (!is_taken && *state > 0) --*state;
    history = (history << 1 | is_taken) & 4095;
  } else {
    uint64_t *target = &targets[previous->next & 511];
    is_wrong = *target != next->address;
    *target = next->address;
  }
  if (is_wrong && is_inside) region_of(current)->own[MISPREDICTED]++;
}

/* ---- What executed code calls ---- */

/*
 * Whether a memory access is one of this block's. QEMU 7.2 can deliver the callbacks of an instruction that ended a block
 * once more, with an access that a later instruction makes.
 */
static bool is_own(const void *block) { return previous == block; }

static void enter_block(unsigned int cpu, void *data) {
  (void)cpu;
  const struct block *block = data;
  if (is_inside) settle();
  if (block->entry == FAULT && block->is_start) take_fault();
  if (is_simulated) predict(block);
  if (is_inside) follow(block);
  if (is_simulated) {
    /* Instructions are looked up by virtual address. The bit keeps them apart from data. */
    const uint64_t mark = (uint64_t)1 << 60;
    for (uint32_t i = 0; i < block->line_count; i++) access_line(&l1i, L1I_MISSES, mark | (block->first_line + i));
  }
  previous = block;
}

static void push_return(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t slot, void *data) {
  (void)cpu;
  /* A call through memory reads its target first. */
  if (!is_inside || !is_own(data) || current == OTHERS || !qemu_plugin_mem_is_store(info)) return;
  struct stack *stack = stack_at(slot);
  while (stack->count > 0 && stack->frames[stack->count - 1].slot <= slot) stack->count--;
  if (stack->count == stack->room) {
    stack->room = stack->room ? 2 * stack->room : 64;
    stack->frames = more(stack->frames, stack->room * sizeof *stack->frames);
  }
  stack->frames[stack->count++] = (struct frame){slot, current};
  event = CALLED;
  if (is_user(slot)) return;
  kernel_stack = stack;
  if (left_user) stack->user_node = left_user;
  left_user = 0;
}

/* Takes the frames at and below a slot away. Returns the node of the frame at the slot; 0 where there is none. */
static uint32_t pop_frames(uint64_t slot) {
  struct stack *stack = stack_at(slot);
  uint32_t node = 0;
  while (stack->count > 0 && stack->frames[stack->count - 1].slot <= slot) {
    struct frame frame = stack->frames[--stack->count];
    node = frame.slot == slot ? frame.node : 0;
  }
  if (!is_user(slot)) kernel_stack = stack;
  return node;
}

static void pop_return(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t slot, void *data) {
  (void)cpu;
  if (!is_inside || !is_own(data) || current == OTHERS || qemu_plugin_mem_is_store(info)) return;
  return_node = pop_frames(slot);
  event = RETURNED;
}

static void pop_interrupt(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t slot, void *data) {
  (void)cpu;
  if (!is_inside || !is_own(data) || current == OTHERS || qemu_plugin_mem_is_store(info)) return;
  pop_frames(slot);
  event = RETURNED_FROM_INTERRUPT;
}

/* ---- Regions, rounds and trials ---- */

/* Sums over rounds of one kind. */
struct rounds {
  uint64_t count, instructions, inside, string_bytes, string_steps;
};
static struct rounds counted_rounds, aside_rounds, round_now;
static uint64_t last_clock, begin_clock; /* the instructions so far when the clock was read; 0 for never */
static bool awaits_clock;
static struct counters begin;
static uint64_t begin_executed;
static bool is_trial;

/* The clock's own reading of the processor's counter. */
static void read_clock(unsigned int cpu, void *data) {
  (void)cpu, (void)data;
  last_clock = executed();
  if (!awaits_clock) return;
  awaits_clock = false;
  round_now.instructions = begin_clock ? last_clock - begin_clock : 0;
}

static void clear_region(void) {
  for (uint32_t i = 0; i < touched_count; i++) {
    nodes[touched[i]].region = (struct costs){0};
    nodes[touched[i]].is_touched = false;
  }
  touched_count = 0;
}

static void begin_trial(void) {
  clear_region();
  for (uint32_t i = 0; i < node_count; i++) nodes[i].counted = nodes[i].aside = (struct costs){0};
  counted_rounds = aside_rounds = (struct rounds){0};
  is_trial = true;
  is_simulated = level == CACHES;
}

static void begin_region(uint32_t function) {
  if (!is_trial) return;
  clear_region();
  forget_stacks();
  begin = settled = *counters;
  begin_executed = executed();
  begin_clock = last_clock;
  event = NOTHING;
  left_user = 0;
  if (level == STRINGS) return;
  is_inside = true;
  move_to(child(ROOT, function), true);
}

static void end_region(void) {
  if (!is_trial) return;
  if (is_inside) settle();
  is_inside = false;
  round_now = (struct rounds){
      .count = 1,
      .inside = executed() - begin_executed,
      .string_bytes = counters->string_bytes - begin.string_bytes,
      .string_steps = counters->string_steps - begin.string_steps,
  };
  awaits_clock = true;
}

/* The round that ended last belongs to one sum or the other. */
static void take_round(bool is_counted) {
  if (!is_trial || !round_now.count) return;
  struct rounds *sum = is_counted ? &counted_rounds : &aside_rounds;
  sum->count++;
  sum->instructions += round_now.instructions;
  sum->inside += round_now.inside;
  sum->string_bytes += round_now.string_bytes;
  sum->string_steps += round_now.string_steps;
  for (uint32_t i = 0; i < touched_count; i++) {
    struct node *node = &nodes[touched[i]];
    add_costs(is_counted ? &node->counted : &node->aside, &node->region);
  }
  clear_region();
  round_now.count = 0;
}

static void write_costs(const struct costs *costs) {
  fprintf(out, " %" PRIu64, costs->calls);
  for (int i = 0; i < COLUMNS; i++) fprintf(out, " %" PRIu64, costs->own[i]);
}

static void write_rounds(const struct rounds *rounds) {
  fprintf(out, " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, rounds->count, rounds->instructions,
          rounds->inside, rounds->string_bytes, rounds->string_steps);
}

/* trial ROUNDS ROUNDS, then for each node: NUMBER PARENT FUNCTION COSTS COSTS, then end. */
static void end_trial(void) {
  if (!is_trial) return;
  is_trial = false;
  fprintf(out, "trial");
  write_rounds(&counted_rounds);
  write_rounds(&aside_rounds);
  fputc('\n', out);
  for (uint32_t i = OTHERS; i < node_count && level != STRINGS; i++) {
    fprintf(out, "%" PRIu32 " %" PRIu32 " %" PRId64, i, nodes[i].parent,
            nodes[i].function == no_function ? -1 : (int64_t)nodes[i].function);
    write_costs(&nodes[i].counted);
    write_costs(&nodes[i].aside);
    fputc('\n', out);
  }
  fprintf(out, "end\n");
  fflush(out);
}

/* ---- Markers ---- */

/* A no-operation of seven bytes whose displacement is 'R', 'B', the number, 'M' (Sources/CMarkers). */
enum marker { PREPARE = 1, BEGIN, END, COUNTED, ASIDE, FINISHED };
struct marked {
  enum marker marker;
  uint32_t function;
};

static void meet_marker(unsigned int cpu, void *data) {
  (void)cpu;
  const struct marked *marked = data;
  switch (marked->marker) {
    case PREPARE: return begin_trial();
    case BEGIN: return begin_region(marked->function);
    case END: return end_region();
    case COUNTED: return take_round(true);
    case ASIDE: return take_round(false);
    case FINISHED: return end_trial();
  }
}

static void instrument_marker(struct qemu_plugin_insn *insn, const uint8_t *bytes, size_t size) {
  if (size != 7 || memcmp(bytes, "\x0F\x1F\x80RB", 5) != 0 || bytes[6] != 'M') return;
  if (bytes[5] < PREPARE || bytes[5] > FINISHED) return;
  struct marked *marked = more(NULL, sizeof *marked);
  marked->marker = bytes[5];
  marked->function = function_count ? function_at(qemu_plugin_insn_vaddr(insn)) : 0;
  qemu_plugin_register_vcpu_insn_exec_cb(insn, meet_marker, QEMU_PLUGIN_CB_NO_REGS, marked);
}

/* ---- Translation ---- */

/* Intel's manual, volume 2, "Instruction format". */
struct decoded {
  uint8_t opcode, second, modrm;
  bool is_repeated, is_locked, is_wide, is_short; /* prefixes F2 or F3, F0, REX.W, 66 */
};

static struct decoded decode(const uint8_t *bytes, size_t size) {
  struct decoded insn = {0};
  size_t i = 0;
  for (; i < size; i++) {
    uint8_t byte = bytes[i];
    if (byte == 0xF2 || byte == 0xF3) insn.is_repeated = true;
    else if (byte == 0xF0) insn.is_locked = true;
    else if (byte == 0x66) insn.is_short = true;
    else if (byte != 0x67 && byte != 0x2E && byte != 0x36 && byte != 0x3E && byte != 0x26 && byte != 0x64 && byte != 0x65)
      break;
  }
  if (i < size && (bytes[i] & 0xF0) == 0x40) insn.is_wide = bytes[i++] & 8;
  if (i < size) insn.opcode = bytes[i];
  if (i + 1 < size) insn.second = insn.modrm = bytes[i + 1];
  if (insn.opcode == 0x0F && i + 2 < size) insn.modrm = bytes[i + 2];
  return insn;
}

static int operation_of(const struct decoded *insn) { return insn->modrm >> 3 & 7; }
static bool is_group5(const struct decoded *insn, int first, int second) {
  return insn->opcode == 0xFF && (operation_of(insn) == first || operation_of(insn) == second);
}
static bool is_call(const struct decoded *insn) { return insn->opcode == 0xE8 || is_group5(insn, 2, 3); }
static bool is_return(const struct decoded *insn) { return insn->opcode == 0xC3 || insn->opcode == 0xC2; }
static bool is_clock(const struct decoded *insn) {
  return insn->opcode == 0x0F && (insn->second == 0x31 || (insn->second == 0x01 && insn->modrm == 0xF9));
}
static bool is_conditional(const struct decoded *insn) {
  return (insn->opcode & 0xF0) == 0x70 || (insn->opcode == 0x0F && (insn->second & 0xF0) == 0x80);
}
static bool is_indirect(const struct decoded *insn) { return is_group5(insn, 2, 4); }
static bool is_locked(const struct decoded *insn) {
  bool is_exchange = (insn->opcode == 0x86 || insn->opcode == 0x87) && insn->modrm < 0xC0;
  return insn->is_locked || is_exchange;
}

/* The bytes of an element of `rep movs` or `rep stos`; 0 for other instructions. */
static unsigned int string_element(const struct decoded *insn) {
  if (!insn->is_repeated) return 0;
  switch (insn->opcode) {
    case 0xA4:
    case 0xAA: return 1;
    case 0xA5:
    case 0xAB: return insn->is_wide ? 8 : insn->is_short ? 2 : 4;
    default: return 0;
  }
}

static const uint8_t *bytes_of(struct qemu_plugin_insn *insn, uint8_t room[16]) {
  if (interface >= 3) {
    qemu_plugin_insn_data(insn, room, qemu_plugin_insn_size(insn));
    return room;
  }
  const void *(*bytes)(const struct qemu_plugin_insn *) = (const void *(*)(const struct qemu_plugin_insn *))(void *)
      qemu_plugin_insn_data;
  return bytes(insn);
}

static void instrument_calls(struct qemu_plugin_insn *insn, const struct decoded *decoded, struct block *block) {
  memory_callback callback = is_call(decoded) ? push_return
                             : is_return(decoded) ? pop_return
                             : decoded->opcode == 0xCF ? pop_interrupt
                                                       : NULL;
  if (callback) {
    qemu_plugin_register_vcpu_mem_cb(insn, callback, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, block);
  }
  /* The kernel reads the counter for itself, too. */
  if (is_clock(decoded) && is_user(qemu_plugin_insn_vaddr(insn))) {
    qemu_plugin_register_vcpu_insn_exec_cb(insn, read_clock, QEMU_PLUGIN_CB_NO_REGS, NULL);
  }
  add_per_execution(insn, offsetof(struct counters, instructions), 1);
}

static void instrument(struct qemu_plugin_insn *insn, struct block *block, struct decoded *decoded) {
  uint8_t room[16];
  const uint8_t *bytes = bytes_of(insn, room);
  const size_t size = qemu_plugin_insn_size(insn);
  *decoded = decode(bytes, size);
  if (block) instrument_calls(insn, decoded, block);
  unsigned int element = string_element(decoded);
  if (element) {
    add_per_store(insn, offsetof(struct counters, string_bytes), element);
    add_per_execution(insn, offsetof(struct counters, string_steps), 1);
  }
  if (level == CACHES) {
    if (is_locked(decoded)) add_per_execution(insn, offsetof(struct counters, locked), 1);
    qemu_plugin_register_vcpu_mem_cb(insn, access_data, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, block);
  }
  instrument_marker(insn, bytes, size);
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  struct block *block = level == STRINGS ? NULL : more(NULL, sizeof *block);
  struct decoded last = {0};
  const size_t count = qemu_plugin_tb_n_insns(tb);
  for (size_t i = 0; i < count; i++) instrument(qemu_plugin_tb_get_insn(tb, i), block, &last);
  if (!block || count == 0) return;
  const struct qemu_plugin_insn *end = qemu_plugin_tb_get_insn(tb, count - 1);
  block->address = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
  block->next = qemu_plugin_insn_vaddr(end) + qemu_plugin_insn_size(end);
  block->function = function_at(block->address);
  block->is_user = is_user(block->address);
  block->is_start = functions[block->function].address == block->address;
  block->entry = functions[block->function].entry;
  block->end = is_conditional(&last) ? CONDITIONAL : is_indirect(&last) ? INDIRECT : PLAIN;
  block->first_line = block->address >> l1i.shift;
  block->line_count = (uint32_t)(((block->next - 1) >> l1i.shift) - block->first_line + 1);
  qemu_plugin_register_vcpu_tb_exec_cb(tb, enter_block, QEMU_PLUGIN_CB_NO_REGS, block);
}

/* ---- Installation ---- */

static void set_level(const char *name) {
  if (!strcmp(name, "strings")) level = STRINGS;
  else if (!strcmp(name, "calls")) level = CALLS;
  else if (!strcmp(name, "caches")) level = CACHES;
  else fail("level: strings, calls or caches are possible");
}

/* The counters of the one CPU stay where they are. */
static void find_counters(qemu_plugin_id_t id, unsigned int cpu) {
  (void)id;
  counters = qemu_plugin_scoreboard_find(score, cpu);
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv) {
  interface = info->version.cur;
  for (int i = 0; i < argc; i++) {
    char *value = strchr(argv[i], '=');
    if (!value) fail("an argument without a value");
    *value++ = 0;
    if (!strcmp(argv[i], "out")) out = fopen(value, "we");
    else if (!strcmp(argv[i], "functions")) read_functions(value);
    else if (!strcmp(argv[i], "level")) set_level(value);
    else fail("an unknown argument");
  }
  if (!out) fail("its output can't be opened");
  if (level != STRINGS && !functions) fail("the list of functions is missing");
  if (qemu_plugin_scoreboard_new) {
    score = qemu_plugin_scoreboard_new(sizeof(struct counters));
    qemu_plugin_register_vcpu_init_cb(id, find_counters);
  }
  if (level == CACHES) make_cache(&l1d), make_cache(&l1i), make_cache(&ll);
  new_node(ROOT, no_function);
  new_node(ROOT, no_function);
  grow_table();
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  return 0;
}
