// CPUs, memory and noise of the machine.
#ifndef RINGBENCH_MACHINE_H
#define RINGBENCH_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "failure.h"

enum { MAXIMUM_NODES = 64 };

// Pages on each node, as the kernel reports them.
struct pages {
  uint64_t on_node[MAXIMUM_NODES];
};

// Jiffies of one CPU since boot.
struct cpu_time {
  uint64_t total, stolen;
};

static inline uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// Pins this thread to the highest-numbered CPU of the node that it may use; returns the CPU or -1.
int pin_to_node(unsigned node, struct failure *failure);

// Anonymous zeroed memory, bound to the node before every page is touched; NULL on failure.
void *allocate_on_node(size_t bytes, unsigned node, struct failure *failure);

struct pages query_placement(const void *memory, size_t bytes);
struct cpu_time read_cpu_time(int cpu);

// Whether a nanosecond of the clock is an instruction, as in QEMU's translator: the kernel's command line says so.
bool counts_instructions(void);

// What the kernel counts as locked and as pinned for this process.
uint64_t locked_bytes(void);

#endif
