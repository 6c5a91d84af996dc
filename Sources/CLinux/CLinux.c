#include "CLinux.h"

#include <link.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

const char *clinux_errno_name(int error) { return strerrorname_np(error); }

int clinux_set_affinity(const unsigned long *cpus, size_t byte_count) {
  return sched_setaffinity(0, byte_count, (const cpu_set_t *)cpus);
}

int clinux_get_affinity(unsigned long *cpus, size_t byte_count) {
  return sched_getaffinity(0, byte_count, (cpu_set_t *)cpus);
}

int clinux_current_cpu(void) { return sched_getcpu(); }

int clinux_thread_usage(struct rusage *usage) { return getrusage(RUSAGE_THREAD, usage); }

int clinux_perf_event_open(const struct perf_event_attr *attributes, pid_t pid, int cpu, int group,
                           unsigned long flags) {
  return (int)syscall(SYS_perf_event_open, attributes, pid, cpu, group, flags);
}

void clinux_cpuid(unsigned int leaf, unsigned int registers[4]) {
  memset(registers, 0, 4 * sizeof *registers);
#if defined(__x86_64__) || defined(__i386__)
  __cpuid(leaf, registers[0], registers[1], registers[2], registers[3]);
#else
  (void)leaf;
#endif
}

int clinux_finish_output(void) { return fflush(stdout) != 0 || ferror(stdout) ? -1 : 0; }

/// No processor of today has shorter cache lines.
enum { cache_line = 64 };

void clinux_evict(const void *base, size_t count) {
  const char *bytes = base;
  for (size_t offset = 0; offset < count; offset += cache_line) {
#if defined(__x86_64__)
    __builtin_ia32_clflush(bytes + offset);
#elif defined(__aarch64__)
    __asm__ volatile("dc civac, %0" : : "r"(bytes + offset) : "memory");
#else
#error "no instruction is known that puts a line out of the caches"
#endif
  }
#if defined(__x86_64__)
  __builtin_ia32_mfence();
#elif defined(__aarch64__)
  __asm__ volatile("dsb sy" : : : "memory");
#endif
}

static int fetch_code(struct dl_phdr_info *object, size_t size, void *data) {
  (void)size;
  const size_t page = *(const size_t *)data;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
    const volatile char *start = (const volatile char *)(object->dlpi_addr + segment->p_vaddr);
    for (size_t offset = 0; offset < segment->p_memsz; offset += page) (void)start[offset];
    if (segment->p_memsz > 0) (void)start[segment->p_memsz - 1];
  }
  return 0;
}

void clinux_fetch_code(void) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  dl_iterate_phdr(fetch_code, &page);
}
