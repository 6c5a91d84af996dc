// Linux interfaces that Swift's view of glibc lacks: GNU extensions, system calls without a function, instructions.
#ifndef CLINUX_H
#define CLINUX_H

#include <linux/perf_event.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

/// `strerrorname_np(3)`.
const char *clinux_errno_name(int error);

/// `sched_setaffinity(2)` of the calling thread.
int clinux_set_affinity(const unsigned long *cpus, size_t byte_count);

/// `sched_getaffinity(2)` of the calling thread; writes all of `cpus`.
int clinux_get_affinity(unsigned long *cpus, size_t byte_count);

/// `sched_getcpu(3)`.
int clinux_current_cpu(void);

/// `getrusage(2)` with `RUSAGE_THREAD`.
int clinux_thread_usage(struct rusage *usage);

/// `perf_event_open(2)`: -1 and `errno`, or a descriptor.
int clinux_perf_event_open(const struct perf_event_attr *attributes, pid_t pid, int cpu, int group, unsigned long flags);

/// The x86 instruction `cpuid`: EAX, EBX, ECX and EDX in this order; zeros on other machines.
void clinux_cpuid(unsigned int leaf, unsigned int registers[4]);

/// Writes what standard output has buffered: 0, or -1 when this write or an earlier one failed.
int clinux_finish_output(void);

/// Puts `count` bytes from `base` on out of all data caches of the processor, and waits until that is done.
void clinux_evict(const void *base, size_t count);

/// Reads a byte of every page of code that the process has mapped, its own and that of shared objects.
void clinux_fetch_code(void);

#endif
