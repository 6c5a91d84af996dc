#include "CLinux.h"

#include <sched.h>
#include <string.h>

const char *clinux_errno_name(int error) { return strerrorname_np(error); }

int clinux_set_affinity(const unsigned long *cpus, size_t byte_count) {
  return sched_setaffinity(0, byte_count, (const cpu_set_t *)cpus);
}

int clinux_get_affinity(unsigned long *cpus, size_t byte_count) {
  return sched_getaffinity(0, byte_count, (cpu_set_t *)cpus);
}

int clinux_current_cpu(void) { return sched_getcpu(); }

int clinux_thread_usage(struct rusage *usage) { return getrusage(RUSAGE_THREAD, usage); }
