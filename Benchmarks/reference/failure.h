// How a cell ends without numbers: the `status` and `reason` of the reply.
#ifndef RINGBENCH_FAILURE_H
#define RINGBENCH_FAILURE_H

enum status { STATUS_OK, STATUS_UNSUPPORTED, STATUS_FAILED };

struct failure {
  enum status status;
  const char *stage;
  int error;  // an errno, 0 where no system call said no
  char message[200];
};

// Fills in the reason and returns -1, so that a failing function can end with it.
__attribute__((format(printf, 5, 6))) int fail(struct failure *failure, enum status status, const char *stage,
                                               int error, const char *format, ...);

#endif
