/* SPDX-License-Identifier: GPL-2.0 */
#ifndef IOU_KMBUF_H
#define IOU_KMBUF_H

#include <linux/io_uring_types.h>
#include <linux/uio.h>
#include <uapi/linux/io_uring.h>

#include "kbuf.h"

/*
 * Kernel-managed buffer rings: interface as posted to the io-uring list in
 * March 2026. The rest of this file and of kmbuf.c is ringbench's own.
 */
#define IOU_PBUF_RING_KERNEL_MANAGED	4

/*
 * Extension of this implementation. Buffers are also handed back through a
 * page that is mapped behind the buffers: see struct io_kmbuf_refill.
 */
#define IOU_PBUF_RING_REFILL		0x8000

#define IOU_KMBUF_FLAGS		(IOU_PBUF_RING_KERNEL_MANAGED | IOU_PBUF_RING_REFILL)

/*
 * The application stores buffer ids and advances the tail; both are free to
 * wrap. Nothing in here is an address or a length, and every id is checked
 * against what the kernel knows to be handed out.
 */
struct io_kmbuf_refill {
	__u32 tail;
	/* written only: how many ids were refused */
	__u32 refused;
	__u32 resv[14];
	__u16 bids[];
};

struct io_kmbuf;
struct io_kmbuf_pool;

int io_kmbuf_register(struct io_ring_ctx *ctx, struct io_buffer_list *bl,
		      const struct io_uring_buf_reg *reg);
int io_kmbuf_check_reg(const struct io_uring_buf_reg *reg);
void io_kmbuf_unregister(struct io_buffer_list *bl);
int io_kmbuf_mmap(struct io_buffer_list *bl, struct vm_area_struct *vma);
__u16 io_kmbuf_head(const struct io_buffer_list *bl);

struct io_br_sel io_kmbuf_select(struct io_kiocb *req, size_t *len,
				 struct io_buffer_list *bl,
				 unsigned int issue_flags);
int io_kmbuf_import(struct io_kmbuf *buf, size_t len, struct iov_iter *iter);
int io_kmbuf_recvmsg_header(struct io_kmbuf *buf, const void *header,
			    size_t len);
void io_kmbuf_hold(struct io_kiocb *req, struct io_buffer_list *bl);
void io_kmbuf_hold_for_read(struct io_kiocb *req, struct io_br_sel *sel);
void io_kmbuf_commit(struct io_buffer_list *bl);
void io_kmbuf_put(struct io_kiocb *req);
void io_kmbuf_recycle(struct io_kiocb *req, unsigned int issue_flags);
int io_kmbuf_give_back(struct io_buffer_list *bl, unsigned int first,
		       unsigned int nr);

static inline bool io_kmbuf_list(const struct io_buffer_list *bl)
{
	return bl && bl->flags & IOBL_KERNEL_MANAGED;
}

#endif
