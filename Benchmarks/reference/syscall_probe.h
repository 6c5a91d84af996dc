// The syscall probe: how long empty system calls take now, which tells the speed of the core.
#ifndef RINGBENCH_SYSCALL_PROBE_H
#define RINGBENCH_SYSCALL_PROBE_H

#include <stdint.h>

enum { SYSCALL_PROBE_CALLS = 20 };

// How many times as long as the fastest a probe of an undisturbed core may be. Sources/Vocabulary/CoreSpeed.swift has
// the same number, and a test compares them.
#define SYSCALL_TOLERANCE 1.04

// Nanoseconds of one probe, which is SYSCALL_PROBE_CALLS calls.
uint64_t syscall_probe(void);

#endif
