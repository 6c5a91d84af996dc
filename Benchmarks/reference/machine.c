#include "machine.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { POLICY_BIND = 2 };  // MPOL_BIND of <linux/mempolicy.h>

// Reads a list such as `0-3,8`; -1 where there is no such node.
static int read_node_cpus(unsigned node, cpu_set_t *cpus) {
  char path[64];
  snprintf(path, sizeof path, "/sys/devices/system/node/node%u/cpulist", node);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  CPU_ZERO(cpus);
  int first, last;
  while (fscanf(file, "%d", &first) == 1) {
    if (fscanf(file, "-%d", &last) != 1) last = first;
    for (int cpu = first; cpu <= last && cpu < CPU_SETSIZE; cpu++) CPU_SET(cpu, cpus);
    if (fgetc(file) != ',') break;
  }
  fclose(file);
  return 0;
}

int pin_to_node(unsigned node, struct failure *failure) {
  cpu_set_t allowed, cpus;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
    return fail(failure, STATUS_FAILED, "setup", errno, "the CPU affinity cannot be read");
  }
  if (read_node_cpus(node, &cpus) == 0) {
    CPU_AND(&allowed, &allowed, &cpus);
  } else if (node != 0 || access("/sys/devices/system/node", F_OK) == 0) {
    return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "this machine has no node %u", node);
  }
  for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    CPU_ZERO(&cpus);
    CPU_SET(cpu, &cpus);
    if (sched_setaffinity(0, sizeof cpus, &cpus) == 0) return cpu;
    return fail(failure, STATUS_FAILED, "setup", errno, "the worker cannot be pinned to CPU %d", cpu);
  }
  return fail(failure, STATUS_UNSUPPORTED, "setup", 0, "this process may run on no CPU of node %u", node);
}

void *allocate_on_node(size_t bytes, unsigned node, struct failure *failure) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    fail(failure, STATUS_FAILED, "setup", errno, "%zu bytes of memory cannot be mapped", bytes);
    return NULL;
  }
  unsigned long nodes[1024 / (8 * sizeof(long))] = {0};
  nodes[node / (8 * sizeof(long))] = 1UL << node % (8 * sizeof(long));
  // The kernel reads one bit less than it is told; ENOSYS is a kernel that has no nodes to choose from.
  long bound = syscall(SYS_mbind, memory, bytes, POLICY_BIND, nodes, 1024UL + 1, 0U);
  if (bound != 0 && (errno != ENOSYS || node != 0)) {
    fail(failure, STATUS_UNSUPPORTED, "setup", errno, "memory cannot be bound to node %u", node);
    return NULL;
  }
  memset(memory, 0, bytes);
  return memory;
}

struct pages query_placement(const void *memory, size_t bytes) {
  enum { CHUNK = 512 };
  struct pages pages = {0};
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), count = (bytes + page - 1) / page;
  for (size_t done = 0; done < count; done += CHUNK) {
    void *addresses[CHUNK];
    int nodes[CHUNK] = {0};  // stays so where a kernel has no nodes and no such call
    size_t chunk = count - done < CHUNK ? count - done : CHUNK;
    for (size_t i = 0; i < chunk; i++) addresses[i] = (char *)memory + (done + i) * page;
    if (syscall(SYS_move_pages, 0, chunk, addresses, NULL, nodes, 0) != 0 && errno != ENOSYS) return pages;
    for (size_t i = 0; i < chunk; i++) {
      if (nodes[i] >= 0 && nodes[i] < MAXIMUM_NODES) pages.on_node[nodes[i]]++;
    }
  }
  return pages;
}

struct cpu_time read_cpu_time(int cpu) {
  struct cpu_time time = {0};
  char name[16], line[512];
  int length = snprintf(name, sizeof name, "cpu%d ", cpu);
  FILE *file = fopen("/proc/stat", "re");
  if (!file) return time;
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, name, (size_t)length) != 0) continue;
    char *rest = line + length;
    // user nice system idle iowait irq softirq steal; guest time is part of user time.
    for (int field = 0; field < 8; field++) {
      uint64_t jiffies = strtoull(rest, &rest, 10);
      time.total += jiffies;
      if (field == 7) time.stolen = jiffies;
    }
    break;
  }
  fclose(file);
  return time;
}

bool counts_instructions(void) {
  char line[4096] = "";
  FILE *file = fopen("/proc/cmdline", "re");
  if (!file) return false;
  const bool is_read = fgets(line, sizeof line, file);
  fclose(file);
  return is_read && (strstr(line, "ringbench.deterministic=1") || strstr(line, "ringbench.clock=instructions"));
}

uint64_t locked_bytes(void) {
  uint64_t kilobytes = 0;
  char line[256];
  FILE *file = fopen("/proc/self/status", "re");
  if (!file) return 0;
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, "VmLck:", 6) == 0 || strncmp(line, "VmPin:", 6) == 0) kilobytes += strtoull(line + 6, NULL, 10);
  }
  fclose(file);
  return kilobytes * 1024;
}
