#include "failure.h"

#include <stdarg.h>
#include <stdio.h>

int fail(struct failure *failure, enum status status, const char *stage, int error, const char *format, ...) {
  failure->status = status;
  failure->stage = stage;
  failure->error = error;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->message, sizeof failure->message, format, arguments);
  va_end(arguments);
  return -1;
}
