// Calls that process 1 of a virtual machine needs and that Swift's Glibc module lacks.
#ifndef CGUEST_H
#define CGUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The file in the initramfs with the host's request.
#define CGUEST_REQUEST "/ringbench.json"

/// Whether this is process 1 of a ringbench virtual machine. The number alone is not enough: ringbench can be process 1
/// in a container as well.
bool cguest_is_init(void);

/// `finit_module(2)` for an uncompressed module.
int cguest_load_module(int fd, const char *parameters);

/// Brings the loopback interface up (`netdevice(7)`, `SIOCSIFFLAGS`).
int cguest_loopback_up(void);

/// `reboot(2)` with `RB_POWER_OFF`; returns only when it fails.
int cguest_power_off(void);

/// The device that pauses the machine, mapped into this process.
struct cguest_pause_device {
  volatile uint8_t *address;
};

/// Maps QEMU's `pvpanic-pci` through `/sys/bus/pci`: -1 with `errno` where the kernel doesn't show it.
int cguest_open_pause_device(struct cguest_pause_device *device);

/// Stores to the device, which pauses the machine unless it is a rehearsal, and returns how far the processor's clock
/// (`rdtsc`) went over the store. A pause in which the clock stood still takes as long as a rehearsal.
uint64_t cguest_pause_machine(const struct cguest_pause_device *device, bool rehearses);

/// Pages by which the host gives orders to a guest that was saved: it looks for their marks in the saved memory, and
/// writes behind them.
enum {
  CGUEST_ORDER_PAGES = 8,
  CGUEST_ORDER_PAGE_SIZE = 4096,
  /// Bytes of the mark at the beginning of a page.
  CGUEST_ORDER_MARK_SIZE = 32,
};

/// Marks the pages, which are empty but for the marks afterwards.
void cguest_mark_order_pages(void);

/// A byte of a page, as it stands in memory now.
uint8_t cguest_order_byte(int page, int offset);

/// Writes the mark of a page, which nothing else in memory looks like.
void cguest_order_mark(int page, uint8_t mark[CGUEST_ORDER_MARK_SIZE]);

/// The kernel's functions, in the form of `KernelSymbols`.
///
/// \returns text to be freed, of `count` bytes; NULL where the kernel doesn't name them.
char *cguest_kernel_functions(size_t *count);

#endif
