// <liburing.h> for Swift: declarations newer than liburing 2.3, and the few inline functions that Swift's importer
// cannot handle. No logic lives here.
#ifndef CURING_H
#define CURING_H

// Comes before <liburing.h>, which would select another variant of <sys/select.h> than Swift's C library module has.
#include <features.h>

#include <liburing.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<liburing/io_uring_version.h>)
#include <liburing/io_uring_version.h>
#endif
#endif

// Interfaces newer than the oldest supported header, under names of their own: newer headers declare some of them as
// enumerators, which #ifndef cannot see. Source: include/uapi/linux/io_uring.h.
enum {
  CURING_PBUF_RING_MMAP = 1,            // IOU_PBUF_RING_MMAP, Linux 6.4
  CURING_PBUF_RING_INC = 2,             // IOU_PBUF_RING_INC, Linux 6.12
  CURING_PBUF_RING_KERNEL_MANAGED = 4,  // IOU_PBUF_RING_KERNEL_MANAGED, posted to the list in 2026, in no release
  CURING_PBUF_RING_REFILL = 0x8000,     // an extension of kernels that receive into such rings, see HandBackRefill
  CURING_OP_READ_MULTISHOT = 49,        // IORING_OP_READ_MULTISHOT, Linux 6.7
  CURING_REGISTER_PBUF_STATUS = 26,     // IORING_REGISTER_PBUF_STATUS, Linux 6.8
  CURING_RECVSEND_BUNDLE = 1 << 4,      // IORING_RECVSEND_BUNDLE, Linux 6.10
  CURING_CQE_F_BUF_MORE = 1 << 4,       // IORING_CQE_F_BUF_MORE, Linux 6.12
  CURING_SETUP_NO_SQARRAY = 1 << 16,    // IORING_SETUP_NO_SQARRAY, Linux 6.6
  CURING_FEAT_RECVSEND_BUNDLE = 1 << 14,  // IORING_FEAT_RECVSEND_BUNDLE, Linux 6.10
};

// Macros with expressions that Swift does not import.
enum {
  CURING_IOSQE_BUFFER_SELECT = IOSQE_BUFFER_SELECT,
  CURING_IOSQE_CQE_SKIP_SUCCESS = IOSQE_CQE_SKIP_SUCCESS,
  CURING_IOSQE_FIXED_FILE = IOSQE_FIXED_FILE,
  CURING_CQE_BUFFER_SHIFT = IORING_CQE_BUFFER_SHIFT,
};

#define CURING_OFF_PBUF_RING 0x80000000ULL  // IORING_OFF_PBUF_RING, Linux 6.4
#define CURING_OFF_PBUF_SHIFT 16            // IORING_OFF_PBUF_SHIFT

/// struct io_uring_buf_reg with the union of the kernel-managed rings series.
struct curing_buf_reg {
  union {
    __u64 ring_addr;
    __u32 buf_size;
  };
  __u32 ring_entries;
  __u16 bgid;
  __u16 flags;
  union {
    __u64 resv[3];
    /// Linux 7.1. Before, it was reserved and had to be 0.
    __u32 min_left;
  };
};

/// struct io_uring_buf_status, Linux 6.8.
struct curing_buf_status {
  __u32 buf_group;
  __u32 head;
  __u32 resv[8];
};

/// What kernels with CURING_PBUF_RING_REFILL map behind the buffers. The application writes `tail` and `bids`.
struct curing_kmbuf_refill {
  __u32 tail;
  __u32 refused;
  __u32 resv[14];
  __u16 bids[];
};

/// The bytes of this struct with `entries` entries.
static inline size_t curing_kmbuf_refill_size(unsigned entries) {
  return offsetof(struct curing_kmbuf_refill, bids) + entries * sizeof(__u16);
}

static inline void curing_kmbuf_refill_set_bid(void *refill, unsigned index, __u16 bid) {
  ((struct curing_kmbuf_refill *)refill)->bids[index] = bid;
}

static inline void curing_kmbuf_refill_set_tail(void *refill, __u32 tail) {
  io_uring_smp_store_release(&((struct curing_kmbuf_refill *)refill)->tail, tail);
}

/// The version of the library this was built with; the header of 2.3 does not name one.
static inline const char *curing_liburing_version(void) {
#ifdef IO_URING_VERSION_MAJOR
#define CURING_TEXT_OF(x) #x
#define CURING_TEXT(x) CURING_TEXT_OF(x)
  return CURING_TEXT(IO_URING_VERSION_MAJOR) "." CURING_TEXT(IO_URING_VERSION_MINOR);
#else
  return "2.3 or older";
#endif
}

/// Calls io_uring_register(2) directly: liburing's own struct lacks the newer fields. Returns 0 or -errno.
static inline int curing_register_buf_ring(struct io_uring *ring, struct curing_buf_reg *reg) {
  return io_uring_register((unsigned)ring->ring_fd, IORING_REGISTER_PBUF_RING, reg, 1);
}

static inline int curing_unregister_buf_ring(struct io_uring *ring, unsigned short bgid) {
  struct curing_buf_reg reg = {.bgid = bgid};
  return io_uring_register((unsigned)ring->ring_fd, IORING_UNREGISTER_PBUF_RING, &reg, 1);
}

static inline int curing_buf_ring_status(struct io_uring *ring, struct curing_buf_status *status) {
  return io_uring_register((unsigned)ring->ring_fd, CURING_REGISTER_PBUF_STATUS, status, 1);
}

static inline struct io_uring_sqe *curing_get_sqe(struct io_uring *ring) { return io_uring_get_sqe(ring); }

/// Completions that the kernel has published and the application has not consumed.
static inline unsigned curing_cq_ready(const struct io_uring *ring) { return io_uring_cq_ready(ring); }

/// The index'th unconsumed completion; index must be below curing_cq_ready().
static inline const struct io_uring_cqe *curing_cqe(const struct io_uring *ring, unsigned index) {
  return &ring->cq.cqes[(*ring->cq.khead + index) & *ring->cq.kring_mask];
}

static inline void curing_cq_advance(struct io_uring *ring, unsigned count) { io_uring_cq_advance(ring, count); }

/// Publishes entries of a buffer ring to the kernel. The tail lies over the first entry's reserved field.
static inline void curing_buf_ring_set_tail(void *ring, __u16 tail) {
  io_uring_smp_store_release((__u16 *)((char *)ring + offsetof(struct io_uring_buf_ring, tail)), tail);
}

/// Writes one entry of a buffer ring except its reserved field, because the tail lies over that of the first entry.
static inline void curing_buf_ring_set_entry(void *ring, unsigned index, __u64 addr, __u32 len, __u16 bid) {
  struct io_uring_buf *entry = (struct io_uring_buf *)ring + index;
  entry->addr = addr;
  entry->len = len;
  entry->bid = bid;
}

static inline __u16 curing_buf_ring_bid(const void *ring, unsigned index) {
  return ((const struct io_uring_buf *)ring)[index].bid;
}

/// A file in memory, memfd_create(2). Returns its descriptor or -1.
static inline int curing_memory_file(void) { return (int)syscall(SYS_memfd_create, "ringbench", 0); }

/// Flags of a send that is to arrive whole and must not raise SIGPIPE.
static inline int curing_send_flags(void) { return MSG_WAITALL | MSG_NOSIGNAL; }

static inline void curing_prep_read_multishot(struct io_uring_sqe *sqe, int fd) {
  io_uring_prep_rw(CURING_OP_READ_MULTISHOT, sqe, fd, NULL, 0, (__u64)-1);
}

static inline void curing_sqe_set_buf_index(struct io_uring_sqe *sqe, __u16 index) { sqe->buf_index = index; }

static inline void curing_sqe_set_buf_group(struct io_uring_sqe *sqe, __u16 group) { sqe->buf_group = group; }

/// A counter that one thread stores and another loads.
static inline void curing_store_release(__u64 *at, __u64 value) { __atomic_store_n(at, value, __ATOMIC_RELEASE); }

static inline __u64 curing_load_acquire(const __u64 *at) { return __atomic_load_n(at, __ATOMIC_ACQUIRE); }

/// Tells the processor that this is a spin loop.
static inline void curing_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

#endif
