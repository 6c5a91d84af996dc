// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel-managed buffer rings that sockets, pipes and files can receive into.
 *
 * The free buffers are in an ordinary buffer ring that only the kernel sees.
 * So selecting and committing are the work of kbuf.c, as for any other ring.
 * The entries give IO_KMBUF_ADDR in place of an address.
 *
 * A buffer is always in one of three states. It is free: in the ring. Or it is
 * busy: one request may be filling it. Or it is out, and the application's
 * until it is handed back. All changes but busy -> out happen under
 * ->uring_lock. That one is a release store, before the completion is posted.
 *
 * A request that keeps the lock from selection to completion leaves its buffer
 * in the ring until it commits. Any other request (io-wq, direct I/O, a receive
 * that waits for the rest of its data) takes the buffer, and a reference on the
 * pool. It has REQ_F_KMBUF and ->kmbuf from then on. The reference is given
 * back when the request is freed, not when it completes: a file system may
 * look at its iterator after it has completed the request. So the pages stay
 * until nobody uses them, whatever happens to the group. Mappings hold the
 * pool, too.
 *
 * Addresses and lengths are the kernel's alone. Of what the application can
 * write, only the tail and the buffer ids of the refill page are read, once
 * each. An id is an index that has to be in range, and its buffer out.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/bvec.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/overflow.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <linux/socket.h>
#include <linux/io_uring.h>

#include "io_uring.h"
#include "kbuf.h"
#include "memmap.h"
#include "rsrc.h"
#include "rw.h"

/* No allocation may have a task killed: to fail is an answer. */
#define KMBUF_GFP	(GFP_USER | __GFP_ACCOUNT | __GFP_ZERO | __GFP_NOWARN)
#define KMBUF_KVGFP	(GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN | \
			 __GFP_RETRY_MAYFAIL)

struct io_kmbuf {
	struct io_kmbuf_pool	*pool;
	/* &whole where the pages are contiguous, an array where not */
	struct bio_vec		*vec;
	struct bio_vec		whole;
	u32			nr_vecs;
	u16			bid;
	/* where in the ring it is, or was last */
	u16			pos;
	bool			busy;
};

struct io_kmbuf_pool {
	/* the group, every mapping, and every request with REQ_F_KMBUF */
	refcount_t		refs;
	u32			buf_size;
	u32			nr_entries;
	u16			mask;
	u16			bgid;
	/* the free buffers, from the head of the list to the ring's tail */
	struct io_uring_buf_ring *ring;

	struct io_uring_kmbuf_refill *refill;
	u32			refill_head;
	u32			refused;

	/* the buffers' in order of ids, then those of the refill page */
	struct page		**pages;
	u32			nr_pages;
	/* who is charged for the pages; NULL when nobody is */
	struct user_struct	*user;

	struct io_kmbuf		bufs[] __counted_by(nr_entries);
};

/*
 * The pool
 */

static void io_kmbuf_free_pages(struct page **pages, u32 nr)
{
	while (nr--) {
		if (pages[nr])
			put_page(pages[nr]);
		cond_resched();
	}
}

static void io_kmbuf_pool_free(struct io_kmbuf_pool *pool)
{
	u32 i;

	for (i = 0; i < pool->nr_entries; i++)
		if (pool->bufs[i].vec != &pool->bufs[i].whole)
			kvfree(pool->bufs[i].vec);
	if (pool->pages)
		io_kmbuf_free_pages(pool->pages, pool->nr_pages);
	if (pool->user) {
		__io_unaccount_mem(pool->user, pool->nr_pages);
		free_uid(pool->user);
	}
	kvfree(pool->pages);
	kvfree(pool->ring);
	kvfree(pool);
}

static void io_kmbuf_pool_get(struct io_kmbuf_pool *pool)
{
	refcount_inc(&pool->refs);
}

static void io_kmbuf_pool_put(struct io_kmbuf_pool *pool)
{
	if (refcount_dec_and_test(&pool->refs))
		io_kmbuf_pool_free(pool);
}

/*
 * On the node of the running CPU, whatever the memory policy of the task.
 * Contiguous pages are split: each is freed, and mapped, by itself.
 */
static bool io_kmbuf_alloc_contiguous(struct page **pages, u32 nr)
{
	unsigned int order = get_order((unsigned long)nr << PAGE_SHIFT);
	gfp_t gfp = KMBUF_GFP;
	struct page *page;
	u32 i;

	if (order > MAX_PAGE_ORDER)
		return false;
	gfp |= order ? __GFP_NORETRY : __GFP_RETRY_MAYFAIL;
	page = alloc_pages_node(NUMA_NO_NODE, gfp, order);
	if (!page)
		return false;
	if (order)
		split_page(page, order);
	for (i = 0; i < nr; i++)
		pages[i] = page + i;
	for (; i < 1U << order; i++)
		__free_page(page + i);
	return true;
}

static int io_kmbuf_alloc_scattered(struct io_kmbuf *buf, struct page **pages,
				    u32 nr)
{
	u32 i;

	buf->vec = kvmalloc_array(nr, sizeof(*buf->vec), KMBUF_KVGFP);
	if (!buf->vec)
		return -ENOMEM;
	buf->nr_vecs = nr;
	for (i = 0; i < nr; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		if (!io_kmbuf_alloc_contiguous(pages + i, 1))
			return -ENOMEM;
		bvec_set_page(&buf->vec[i], pages[i], PAGE_SIZE, 0);
		cond_resched();
	}
	return 0;
}

static int io_kmbuf_alloc_buffer(struct io_kmbuf_pool *pool, u32 bid)
{
	u32 nr = pool->buf_size >> PAGE_SHIFT;
	struct io_kmbuf *buf = &pool->bufs[bid];
	struct page **pages = pool->pages + (size_t)bid * nr;

	if (!io_kmbuf_alloc_contiguous(pages, nr))
		return io_kmbuf_alloc_scattered(buf, pages, nr);
	bvec_set_page(&buf->whole, pages[0], pool->buf_size, 0);
	return 0;
}

static int io_kmbuf_alloc_refill(struct io_kmbuf_pool *pool, u32 nr)
{
	struct page **pages = pool->pages + pool->nr_pages - nr;

	if (!io_kmbuf_alloc_contiguous(pages, nr))
		return -ENOMEM;
	pool->refill = page_address(pages[0]);
	return 0;
}

static int io_kmbuf_alloc_memory(struct io_kmbuf_pool *pool, u32 refill_pages)
{
	u32 i;
	int ret;

	for (i = 0; i < pool->nr_entries; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		ret = io_kmbuf_alloc_buffer(pool, i);
		if (ret)
			return ret;
		cond_resched();
	}
	return refill_pages ? io_kmbuf_alloc_refill(pool, refill_pages) : 0;
}

static struct io_kmbuf_pool *
io_kmbuf_pool_alloc(const struct io_uring_buf_reg *reg, u32 nr_pages)
{
	u32 i, entries = reg->ring_entries;
	struct io_kmbuf_pool *pool;

	pool = kvzalloc(struct_size(pool, bufs, entries), KMBUF_KVGFP);
	if (!pool)
		return NULL;
	refcount_set(&pool->refs, 1);
	pool->nr_entries = entries;
	pool->mask = entries - 1;
	pool->bgid = reg->bgid;
	pool->buf_size = reg->buf_size;
	pool->nr_pages = nr_pages;
	for (i = 0; i < entries; i++) {
		struct io_kmbuf *buf = &pool->bufs[i];

		buf->pool = pool;
		buf->bid = i;
		buf->pos = i;
		buf->vec = &buf->whole;
		buf->nr_vecs = 1;
	}

	pool->ring = kvzalloc(struct_size(pool->ring, bufs, entries), KMBUF_KVGFP);
	pool->pages = kvmalloc_array(nr_pages, sizeof(*pool->pages), KMBUF_KVGFP);
	if (!pool->ring || !pool->pages) {
		io_kmbuf_pool_free(pool);
		return NULL;
	}
	for (i = 0; i < entries; i++) {
		struct io_uring_buf *entry = &pool->ring->bufs[i];

		entry->addr = IO_KMBUF_ADDR;
		entry->len = min_t(u32, pool->buf_size, MAX_RW_COUNT);
		entry->bid = i;
	}
	pool->ring->tail = entries;
	return pool;
}

static int io_kmbuf_pool_charge(struct io_kmbuf_pool *pool,
				struct io_ring_ctx *ctx)
{
	int ret;

	if (!ctx->user)
		return 0;
	ret = __io_account_mem(ctx->user, pool->nr_pages);
	if (!ret)
		pool->user = get_uid(ctx->user);
	return ret;
}

/*
 * Registering and mapping
 */

/* What the posted interface refuses, and what goes with the extension. */
int io_kmbuf_check_reg(const struct io_uring_buf_reg *reg)
{
	if (!(reg->flags & IOU_PBUF_RING_KERNEL_MANAGED))
		return -EINVAL;
	if (!(reg->flags & IOU_PBUF_RING_MMAP))
		return -EINVAL;
	if (reg->flags & IOU_PBUF_RING_INC)
		return -EINVAL;
	if (!reg->buf_size || !PAGE_ALIGNED(reg->buf_size) || reg->buf_resv)
		return -EINVAL;
	return 0;
}

int io_kmbuf_register(struct io_ring_ctx *ctx, struct io_buffer_list *bl,
		      const struct io_uring_buf_reg *reg)
{
	struct io_uring_kmbuf_refill *refill;
	struct io_kmbuf_pool *pool;
	u32 nr_pages, refill_pages = 0;
	int ret;

	if (check_mul_overflow(reg->buf_size >> PAGE_SHIFT, reg->ring_entries,
			       &nr_pages))
		return -EINVAL;
	if (reg->flags & IOU_PBUF_RING_REFILL)
		refill_pages = PFN_UP(struct_size(refill, bids, reg->ring_entries));
	if (check_add_overflow(nr_pages, refill_pages, &nr_pages))
		return -EINVAL;
	/* what can't succeed must not drive everyone else out of memory first */
	if (nr_pages > totalram_pages())
		return -ENOMEM;

	pool = io_kmbuf_pool_alloc(reg, nr_pages);
	if (!pool)
		return -ENOMEM;
	ret = io_kmbuf_pool_charge(pool, ctx);
	if (!ret)
		ret = io_kmbuf_alloc_memory(pool, refill_pages);
	if (ret) {
		io_kmbuf_pool_free(pool);
		return ret;
	}

	bl->kmbuf = pool;
	bl->buf_ring = pool->ring;
	bl->mask = pool->mask;
	bl->flags |= IOBL_BUF_RING | IOBL_KERNEL_MANAGED;
	return 0;
}

/* The last reference on the list is gone: no lookup finds it any more. */
void io_kmbuf_unregister(struct io_buffer_list *bl)
{
	io_kmbuf_pool_put(bl->kmbuf);
	bl->kmbuf = NULL;
}

unsigned long io_kmbuf_nr_pages(const struct io_buffer_list *bl)
{
	return bl->kmbuf->nr_pages;
}

static void io_kmbuf_vm_open(struct vm_area_struct *vma)
{
	io_kmbuf_pool_get(vma->vm_private_data);
}

static void io_kmbuf_vm_close(struct vm_area_struct *vma)
{
	io_kmbuf_pool_put(vma->vm_private_data);
}

/* The pages are charged for as long as they are mapped. */
static const struct vm_operations_struct io_kmbuf_vm_ops = {
	.open	= io_kmbuf_vm_open,
	.close	= io_kmbuf_vm_close,
};

/* The caller keeps the list. */
int io_kmbuf_mmap(struct io_buffer_list *bl, struct vm_area_struct *vma)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	unsigned long nr = min_t(unsigned long, vma_pages(vma), pool->nr_pages);
	int ret;

	vm_flags_set(vma, VM_DONTEXPAND);
	ret = vm_insert_pages(vma, vma->vm_start, pool->pages, &nr);
	if (ret)
		return ret;
	io_kmbuf_pool_get(pool);
	vma->vm_private_data = pool;
	vma->vm_ops = &io_kmbuf_vm_ops;
	return 0;
}

/*
 * The buffers
 */

static void io_kmbuf_store(struct io_kmbuf *buf, u16 pos)
{
	struct io_kmbuf_pool *pool = buf->pool;

	pool->ring->bufs[pos & pool->mask].bid = buf->bid;
	buf->pos = pos;
}

/* Makes a buffer free, the last of all. */
static void io_kmbuf_push(struct io_kmbuf *buf)
{
	io_kmbuf_store(buf, buf->pool->ring->tail++);
}

/*
 * Makes a buffer that was not needed free, the first of all. There is room:
 * at most all others are in the ring.
 */
static void io_kmbuf_unselect(struct io_buffer_list *bl, struct io_kmbuf *buf)
{
	io_kmbuf_store(buf, --bl->head);
}

/*
 * Positions wrap. So one that has been out for long may seem to be in the ring
 * again, and the entry tells.
 */
static bool io_kmbuf_is_free(const struct io_buffer_list *bl,
			     const struct io_kmbuf *buf)
{
	u16 ahead = buf->pos - bl->head;
	u16 nr = bl->buf_ring->tail - bl->head;

	return ahead < nr && bl->buf_ring->bufs[buf->pos & bl->mask].bid == buf->bid;
}

static bool io_kmbuf_is_out(const struct io_buffer_list *bl,
			    const struct io_kmbuf *buf)
{
	/* pairs with io_kmbuf_hand_out() */
	return !smp_load_acquire(&buf->busy) && !io_kmbuf_is_free(bl, buf);
}

/* The list of a pool; NULL when it was unregistered. */
static struct io_buffer_list *io_kmbuf_list(struct io_ring_ctx *ctx,
					    const struct io_kmbuf_pool *pool)
{
	struct io_buffer_list *bl;

	lockdep_assert_held(&ctx->uring_lock);

	bl = xa_load(&ctx->io_bl_xa, pool->bgid);
	return bl && bl->kmbuf == pool ? bl : NULL;
}

/* By an id that the application names. */
static struct io_kmbuf *io_kmbuf_find(struct io_kmbuf_pool *pool, u32 bid)
{
	if (bid >= pool->nr_entries)
		return NULL;
	return &pool->bufs[array_index_nospec(bid, pool->nr_entries)];
}

/* No buffer is free: collects what came back through the refill page. */
static void io_kmbuf_collect_refill(struct io_buffer_list *bl)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	struct io_uring_kmbuf_refill *refill = pool->refill;
	u32 nr, head = pool->refill_head;

	if (!refill)
		return;
	nr = smp_load_acquire(&refill->tail) - head;
	pool->refill_head += nr;
	/* no more can be out than there are; the rest of a wild tail is skipped */
	for (nr = min(nr, pool->nr_entries); nr; nr--) {
		u16 bid = READ_ONCE(refill->bids[head++ & pool->mask]);
		struct io_kmbuf *buf = io_kmbuf_find(pool, bid);

		if (buf && io_kmbuf_is_out(bl, buf))
			io_kmbuf_push(buf);
		else
			WRITE_ONCE(refill->refused, ++pool->refused);
	}
}

/* The selected buffer has left the ring: the request has it until it is freed. */
void io_kmbuf_take(struct io_kiocb *req, struct io_buffer_list *bl)
{
	struct io_kmbuf *buf = &bl->kmbuf->bufs[req->buf_index];

	lockdep_assert_held(&req->ctx->uring_lock);

	/* it would never give the first one back */
	WARN_ON_ONCE(req->flags & REQ_F_KMBUF);
	io_kmbuf_pool_get(bl->kmbuf);
	buf->busy = true;
	req->kmbuf = buf;
	req->flags |= REQ_F_KMBUF;
}

/* Takes a selected buffer that is still in the ring. */
static void io_kmbuf_take_first(struct io_kiocb *req, struct io_br_sel *sel)
{
	sel->buf_list->head++;
	io_kmbuf_take(req, sel->buf_list);
	sel->buf_list = NULL;
}

static void io_kmbuf_release(struct io_kiocb *req)
{
	struct io_kmbuf_pool *pool = req->kmbuf->pool;

	req->kmbuf = NULL;
	req->flags &= ~REQ_F_KMBUF;
	io_kmbuf_pool_put(pool);
}

/* Drivers select for themselves, too. They would take it for a user address. */
bool io_kmbuf_may_select(const struct io_kiocb *req,
			 const struct io_buffer_list *bl)
{
	if (!io_bl_is_kernel_managed(bl))
		return false;
	switch (req->opcode) {
	case IORING_OP_READ:
	case IORING_OP_READV:
	case IORING_OP_READ_MULTISHOT:
	case IORING_OP_RECV:
	case IORING_OP_RECVMSG:
		return true;
	}
	return false;
}

/*
 * The ring has run empty, and what came back through the refill page may fill
 * it again. Gives what selection gives.
 */
struct io_br_sel io_kmbuf_select_refilled(struct io_kiocb *req, size_t *len,
					  struct io_buffer_list *bl,
					  unsigned int issue_flags)
{
	struct io_br_sel sel = { };
	struct io_uring_buf *entry;

	io_kmbuf_collect_refill(bl);
	if (bl->buf_ring->tail == bl->head || !io_kmbuf_may_select(req, bl))
		return sel;

	entry = &bl->buf_ring->bufs[bl->head & bl->mask];
	if (*len == 0 || *len > entry->len)
		*len = entry->len;
	req->flags |= REQ_F_BUFFER_RING;
	req->buf_index = entry->bid;
	sel.addr = (void __user *)IO_KMBUF_ADDR;
	sel.buf_list = bl;
	if (issue_flags & IO_URING_F_UNLOCKED || !io_file_can_poll(req))
		io_kmbuf_take_first(req, &sel);
	else
		req->flags |= REQ_F_BUFFERS_COMMIT;
	return sel;
}

/*
 * Completes a request that has taken its buffer.
 *
 * Returns the flags of the completion, which name the buffer.
 */
unsigned int io_kmbuf_hand_out(struct io_kiocb *req)
{
	struct io_kmbuf *buf = req->kmbuf;
	unsigned int cflags;

	/* the device was busy: no completion yet, the request goes on in io-wq */
	if (req->flags & REQ_F_REISSUE)
		return 0;
	cflags = IORING_CQE_F_BUFFER | (buf->bid << IORING_CQE_BUFFER_SHIFT);
	req->buf_index = buf->pool->bgid;
	req->flags &= ~REQ_F_BUFFER_RING;
	/* pairs with io_kmbuf_is_out(); the application may know at once */
	smp_store_release(&buf->busy, false);
	return cflags;
}

/* A buffer that was taken is not needed. */
bool io_kmbuf_recycle(struct io_kiocb *req, unsigned int issue_flags)
{
	struct io_buffer_list *bl;
	struct io_kmbuf *buf;

	if (!(req->flags & REQ_F_KMBUF))
		return false;
	buf = req->kmbuf;
	io_ring_submit_lock(req->ctx, issue_flags);
	buf->busy = false;
	bl = io_kmbuf_list(req->ctx, buf->pool);
	if (bl)
		io_kmbuf_unselect(bl, buf);
	io_ring_submit_unlock(req->ctx, issue_flags);

	req->buf_index = buf->pool->bgid;
	req->flags &= ~(REQ_F_BUFFER_RING | REQ_F_BUFFERS_COMMIT);
	io_kmbuf_release(req);
	return true;
}

/* The request is freed. A buffer that no completion has named is free again. */
void io_kmbuf_drop(struct io_kiocb *req)
{
	if (req->flags & REQ_F_BUFFER_RING) {
		req->kmbuf->busy = false;
		if (io_kmbuf_list(req->ctx, req->kmbuf->pool))
			io_kmbuf_push(req->kmbuf);
	}
	io_kmbuf_release(req);
}

/*
 * Importing
 */

/* The buffer of a selection; NULL where it is not kernel-managed. */
struct io_kmbuf *io_kmbuf_selected(const struct io_kiocb *req,
				   const struct io_br_sel *sel)
{
	if (req->flags & REQ_F_KMBUF)
		return req->kmbuf;
	if (io_bl_is_kernel_managed(sel->buf_list))
		return &sel->buf_list->kmbuf->bufs[req->buf_index];
	return NULL;
}

static void io_kmbuf_import(struct io_kmbuf *buf, size_t offset, size_t len,
			    struct iov_iter *iter)
{
	iov_iter_bvec(iter, ITER_DEST, buf->vec, buf->nr_vecs, offset + len);
	if (offset)
		iov_iter_advance(iter, offset);
}

/*
 * A read may complete later, in interrupt context, when nothing of the request
 * can be changed any more. So it takes its buffer first. It keeps
 * REQ_F_BUFFERS_COMMIT: while it waits for poll it gives the buffer back.
 * Pipes and multishot reads never complete later.
 */
int io_kmbuf_import_read(struct io_kiocb *req, struct io_br_sel *sel,
			 size_t len, struct iov_iter *iter)
{
	struct io_kmbuf *buf = io_kmbuf_selected(req, sel);

	/* ->read() knows user addresses only */
	if (!req->file->f_op->read_iter) {
		req->flags |= REQ_F_BUFFERS_COMMIT;
		return -EINVAL;
	}
	if (sel->buf_list && req->opcode != IORING_OP_READ_MULTISHOT &&
	    !S_ISFIFO(file_inode(req->file)->i_mode))
		io_kmbuf_take_first(req, sel);
	io_kmbuf_import(buf, 0, len, iter);
	return 0;
}

/* A read keeps a buffer that has a part of the data, or that will get it later. */
bool io_kmbuf_read_goes_on(const struct io_kiocb *req, int ret)
{
	const struct io_async_rw *io = req->async_data;

	if (ret == IOU_ISSUE_SKIP_COMPLETE)
		return true;
	return ret == -EAGAIN && io->bytes_done;
}

/* A receive that may have to wait for the rest of its data takes its buffer. */
int io_kmbuf_import_recv(struct io_kiocb *req, struct io_br_sel *sel,
			 size_t len, unsigned int flags, unsigned int msg_flags,
			 struct iov_iter *iter)
{
	struct io_kmbuf *buf = io_kmbuf_selected(req, sel);

	if (flags & IORING_RECVSEND_BUNDLE)
		return -EINVAL;
	if (msg_flags & MSG_WAITALL && sel->buf_list) {
		io_kmbuf_take_first(req, sel);
		req->flags &= ~REQ_F_BUFFERS_COMMIT;
	}
	io_kmbuf_import(buf, (unsigned long)sel->addr - IO_KMBUF_ADDR, len, iter);
	return 0;
}

/* The header is shorter than a page, and a buffer's first page is a page. */
int io_kmbuf_copy_header(struct io_kmbuf *buf, const void *header, size_t len)
{
	if (WARN_ON_ONCE(len > PAGE_SIZE))
		return -EFAULT;
	memcpy(page_address(buf->vec->bv_page), header, len);
	return 0;
}

/*
 * Handing back
 */

/* All of them or none. */
int io_kmbuf_hand_back(struct io_buffer_list *bl, u32 first, u32 nr)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	u32 i;

	if (first + nr > pool->nr_entries)
		return -EINVAL;
	for (i = first; i < first + nr; i++)
		if (!io_kmbuf_is_out(bl, io_kmbuf_find(pool, i)))
			return -EINVAL;
	for (i = first; i < first + nr; i++)
		io_kmbuf_push(io_kmbuf_find(pool, i));
	return 0;
}
