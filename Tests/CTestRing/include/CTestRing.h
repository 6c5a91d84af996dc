// A ring for tests of code that must not know io_uring: its descriptor, and the map of its submission and completion
// queues.
#ifndef CTESTRING_H
#define CTESTRING_H

#include <stddef.h>

/// A ring's descriptor, or a negated error number.
int ctestring_open(unsigned int entries);

/// Maps `byte_count` bytes of the queues of a ring, as `io_uring_setup(2)` describes; NULL on failure.
void *ctestring_map(int ring, size_t byte_count);

#endif
