#include "CGuest.h"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool cguest_is_init(void) { return getpid() == 1 && access(CGUEST_REQUEST, R_OK) == 0; }

// Swift's runtime reads its path and arguments from /proc, and libnuma reads the nodes from /sys. Both do so in
// constructors, so this one runs before theirs.
__attribute__((constructor(101))) static void mount_what_constructors_read(void) {
  if (!cguest_is_init()) return;
  mkdir("/proc", 0755);
  mkdir("/sys", 0755);
  mount("proc", "/proc", "proc", 0, NULL);
  mount("sysfs", "/sys", "sysfs", 0, NULL);
}

int cguest_load_module(int fd, const char *parameters) { return (int)syscall(SYS_finit_module, fd, parameters, 0); }

int cguest_loopback_up(void) {
  struct ifreq request = {.ifr_name = "lo"};
  int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -1;
  int result = ioctl(descriptor, SIOCGIFFLAGS, &request);
  request.ifr_flags |= IFF_UP;
  if (result == 0) result = ioctl(descriptor, SIOCSIFFLAGS, &request);
  close(descriptor);
  return result;
}

int cguest_power_off(void) { return reboot(RB_POWER_OFF); }
