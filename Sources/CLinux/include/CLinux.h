// Linux interfaces that Swift's view of glibc lacks: GNU extensions, and system calls without a function.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <sys/resource.h>

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

#endif
