// What the first process of a machine does that Swift's view of glibc lacks.
#ifndef CGUEST_H
#define CGUEST_H

#include <stdbool.h>

/// The file in an initramfs that says what its machine is for.
#define CGUEST_REQUEST "/ringbench.json"

/// Whether this is the first process of a virtual machine of ours: in a container it can be process 1 as well.
bool cguest_is_init(void);

/// `finit_module(2)` of a module that is not compressed.
int cguest_load_module(int fd, const char *parameters);

/// Brings the loopback interface up (`netdevice(7)`, `SIOCSIFFLAGS`).
int cguest_loopback_up(void);

/// `reboot(2)` with `RB_POWER_OFF`; returns only when it fails.
int cguest_power_off(void);

#endif
