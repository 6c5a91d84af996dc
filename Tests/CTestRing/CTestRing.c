#include "CTestRing.h"

#include <errno.h>
#include <liburing.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int ctestring_open(unsigned int entries) {
  struct io_uring_params params = {0};
  int ring = (int)syscall(SYS_io_uring_setup, entries, &params);
  return ring < 0 ? -errno : ring;
}

void *ctestring_map(int ring, size_t byte_count) {
  void *map = mmap(NULL, byte_count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
  return map == MAP_FAILED ? NULL : map;
}
