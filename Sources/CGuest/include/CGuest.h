// Calls that process 1 of a virtual machine needs and that Swift's Glibc module lacks.
#ifndef CGUEST_H
#define CGUEST_H

#include <stdbool.h>

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

#endif
