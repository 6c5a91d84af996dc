#include "CGuest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
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

static const char pci_folder[] = "/sys/bus/pci/devices";

// A number from a file such as `vendor`; -1 without one.
static long read_number(const char *device, const char *file) {
  char path[512];
  long number = -1;
  snprintf(path, sizeof path, "%s/%s/%s", pci_folder, device, file);
  FILE *stream = fopen(path, "re");
  if (!stream) return -1;
  if (fscanf(stream, "%li", &number) != 1) number = -1;
  fclose(stream);
  return number;
}

// Where a resource begins, and its size.
static bool read_resource(const char *device, int index, uint64_t *start, uint64_t *size) {
  char path[512];
  unsigned long long first = 0, last = 0, flags;
  snprintf(path, sizeof path, "%s/%s/resource", pci_folder, device);
  FILE *stream = fopen(path, "re");
  if (!stream) return false;
  int lines = 0;
  while (lines <= index && fscanf(stream, "%llx %llx %llx", &first, &last, &flags) == 3) lines++;
  fclose(stream);
  *start = first;
  *size = last - first + 1;
  return lines > index && last > first;
}

// Maps a resource of a device: uncached memory of the device itself.
static volatile uint8_t *map_resource(const char *device, int index) {
  char path[512];
  uint64_t start, length;
  if (!read_resource(device, index, &start, &length)) return NULL;
  const uint64_t offset = start % 4096;
  snprintf(path, sizeof path, "%s/%s/resource%d", pci_folder, device, index);
  const int descriptor = open(path, O_RDWR | O_SYNC | O_CLOEXEC);
  if (descriptor < 0) return NULL;
  void *memory = mmap(NULL, offset + length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  close(descriptor);
  if (memory == MAP_FAILED) return NULL;
  return (volatile uint8_t *)memory + offset;
}

int cguest_open_pause_device(struct cguest_pause_device *device) {
  device->address = NULL;
  DIR *folder = opendir(pci_folder);
  if (!folder) return -1;
  struct dirent *entry;
  while (!device->address && (entry = readdir(folder))) {
    // QEMU docs/specs/pci-ids.rst.
    if (read_number(entry->d_name, "vendor") == 0x1B36 && read_number(entry->d_name, "device") == 0x0011) {
      device->address = map_resource(entry->d_name, 0);
    }
  }
  closedir(folder);
  if (device->address) return 0;
  errno = ENODEV;
  return -1;
}

uint64_t cguest_pause_machine(const struct cguest_pause_device *device, bool rehearses) {
#if defined(__x86_64__)
  const uint8_t event = rehearses ? 0 : 1;  // PVPANIC_PANICKED, QEMU docs/specs/pvpanic.rst
  uint32_t low[2], high[2];
  __asm__ volatile(
      "rdtsc\n\t"
      "mov %%eax, %0\n\t"
      "mov %%edx, %1\n\t"
      "movb %b5, (%4)\n\t"
      "rdtsc\n\t"
      "mov %%eax, %2\n\t"
      "mov %%edx, %3"
      : "=&r"(low[0]), "=&r"(high[0]), "=&r"(low[1]), "=&r"(high[1])
      : "r"(device->address), "q"(event)
      : "eax", "edx", "memory");
  return ((uint64_t)high[1] << 32 | low[1]) - ((uint64_t)high[0] << 32 | low[0]);
#else
  (void)device, (void)rehearses;
  return UINT64_MAX;
#endif
}

static _Alignas(CGUEST_ORDER_PAGE_SIZE) volatile uint8_t order_pages[CGUEST_ORDER_PAGES][CGUEST_ORDER_PAGE_SIZE];

void cguest_order_mark(int page, uint8_t mark[CGUEST_ORDER_MARK_SIZE]) {
  // Computed, so that the executable's own bytes don't contain it.
  uint64_t word = 0x52494E4742454E43 + (uint64_t)page;
  for (int offset = 0; offset < CGUEST_ORDER_MARK_SIZE; offset += 8) {
    word = (word ^ word >> 29) * 0xBF58476D1CE4E5B9;
    memcpy(mark + offset, &word, sizeof word);
  }
}

void cguest_mark_order_pages(void) {
  uint8_t mark[CGUEST_ORDER_MARK_SIZE];
  for (int page = 0; page < CGUEST_ORDER_PAGES; page++) {
    cguest_order_mark(page, mark);
    for (int offset = 0; offset < CGUEST_ORDER_PAGE_SIZE; offset++) {
      order_pages[page][offset] = offset < CGUEST_ORDER_MARK_SIZE ? mark[offset] : 0;
    }
    memset(mark, 0, sizeof mark);
  }
}

uint8_t cguest_order_byte(int page, int offset) { return order_pages[page][offset]; }

char *cguest_kernel_functions(size_t *count) {
  // proc_kallsyms(5): an address, a letter, a name, and the module's name.
  FILE *stream = fopen("/proc/kallsyms", "re");
  if (!stream) return NULL;
  char *text = NULL, *line = NULL;
  size_t room = 0, used = 0, line_room = 0;
  unsigned long last = 0;
  // A part of the list would give all later functions wrong names.
  bool is_whole = true;
  while (getline(&line, &line_room, stream) > 0) {
    unsigned long address;
    char kind, name[512];
    if (sscanf(line, "%lx %c %511s", &address, &kind, name) != 3) continue;
    // Functions; not the padding in front of them. A kernel that hides addresses shows 0.
    if (!strchr("tTwW", kind) || !strncmp(name, "__pfx_", 6) || address == 0) continue;
    if (room - used < sizeof name + 32) {
      room = room ? 2 * room : 1 << 20;
      char *more = realloc(text, room);
      if (!more) {
        is_whole = false;
        break;
      }
      text = more;
    }
    used += (size_t)sprintf(text + used, "%lx %s\n", address - last, name);
    last = address;
  }
  is_whole = is_whole && !ferror(stream);
  free(line);
  fclose(stream);
  *count = used;
  if (is_whole && used > 0) return text;
  free(text);
  return NULL;
}
