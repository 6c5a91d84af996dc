// What the program says about its command line, and then ends.
#ifndef RINGBENCH_USAGE_H
#define RINGBENCH_USAGE_H

// Ends the process with status 2 and one line: what is wrong, and what would be right.
__attribute__((noreturn, format(printf, 1, 2))) void usage_error(const char *format, ...);

__attribute__((noreturn)) void print_help(void);

#endif
