/* SPDX-License-Identifier: GPL-2.0 */
#ifndef IOU_KMBUF_H
#define IOU_KMBUF_H

/*
 * Kernel-managed buffer rings. kbuf.h includes this file where struct
 * io_buffer_list is known.
 */
#include <linux/mm_types.h>
#include <linux/uio.h>
#include <linux/io_uring_types.h>
#include <uapi/linux/io_uring.h>

struct io_br_sel;
struct io_kmbuf;
struct io_kmbuf_pool;

#define IOU_KMBUF_FLAGS		(IOU_PBUF_RING_KERNEL_MANAGED | IOU_PBUF_RING_REFILL)

/*
 * Selection gives this in place of an address, and the buffer is imported from
 * the list or the request. A header before the data moves it up, by less than
 * MAX_RW_COUNT: it never wraps.
 */
#define IO_KMBUF_ADDR		(-(1UL << 31))

int io_kmbuf_register(struct io_ring_ctx *ctx, struct io_buffer_list *bl,
		      const struct io_uring_buf_reg *reg);
int io_kmbuf_check_reg(const struct io_uring_buf_reg *reg);
void io_kmbuf_unregister(struct io_buffer_list *bl);
unsigned long io_kmbuf_nr_pages(const struct io_buffer_list *bl);
int io_kmbuf_mmap(struct io_buffer_list *bl, struct vm_area_struct *vma);

bool io_kmbuf_may_select(const struct io_kiocb *req,
			 const struct io_buffer_list *bl);
struct io_br_sel io_kmbuf_select_refilled(struct io_kiocb *req, size_t *len,
					  struct io_buffer_list *bl,
					  unsigned int issue_flags);
void io_kmbuf_take(struct io_kiocb *req, struct io_buffer_list *bl);
unsigned int io_kmbuf_hand_out(struct io_kiocb *req);
bool io_kmbuf_recycle(struct io_kiocb *req, unsigned int issue_flags);
void io_kmbuf_drop(struct io_kiocb *req);

struct io_kmbuf *io_kmbuf_selected(const struct io_kiocb *req,
				   const struct io_br_sel *sel);
int io_kmbuf_import_read(struct io_kiocb *req, struct io_br_sel *sel,
			 size_t len, struct iov_iter *iter);
bool io_kmbuf_read_goes_on(const struct io_kiocb *req, int ret);
int io_kmbuf_import_recv(struct io_kiocb *req, struct io_br_sel *sel,
			 size_t len, unsigned int flags, unsigned int msg_flags,
			 struct iov_iter *iter);
int io_kmbuf_copy_header(struct io_kmbuf *buf, const void *header, size_t len);

int io_kmbuf_hand_back(struct io_buffer_list *bl, u32 first, u32 nr);

/*
 * A quick test. An application may give such an address, too, and on some
 * architectures a valid one: only the list or the request tells that a buffer
 * is kernel-managed.
 */
static inline bool io_kmbuf_is_addr(const void __user *addr)
{
	return (long)addr < 0;
}

/* False for NULL, too: selection gives NULL when no buffer is free. */
static inline bool io_kmbuf_is_user_addr(const void __user *addr)
{
	return (long)addr > 0;
}

static inline bool io_bl_is_kernel_managed(const struct io_buffer_list *bl)
{
	return bl && bl->flags & IOBL_KERNEL_MANAGED;
}

/* After a selection that gave this list. */
static inline bool io_kmbuf_is_selected(const struct io_kiocb *req,
					const struct io_buffer_list *bl)
{
	return req->flags & REQ_F_KMBUF || io_bl_is_kernel_managed(bl);
}

/* Whether a read that has ended with this goes on with the buffer it has taken. */
static inline bool io_kmbuf_keeps(const struct io_kiocb *req, int ret)
{
	return req->flags & REQ_F_KMBUF && io_kmbuf_read_goes_on(req, ret);
}

#endif
