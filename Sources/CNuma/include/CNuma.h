// What Swift needs of libnuma: <numa.h>, <numaif.h>, and wrappers for what Swift's importer refuses.
#ifndef CNUMA_H
#define CNUMA_H

#include <numa.h>
#include <numaif.h>
#include <stdbool.h>

// `numa_nodes_ptr` is a mutable global, which Swift 6 rejects.
static inline bool cnuma_node_exists(unsigned int node) {
  return numa_bitmask_isbitset(numa_nodes_ptr, node);
}

#endif
