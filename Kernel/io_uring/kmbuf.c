// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel-managed buffer rings that sockets, pipes and files can receive into.
 *
 * A buffer is always in one of three states. It is free, and in the queue of
 * its pool; or busy, named by one request that may be filling it; or out, and
 * the application's until it is handed back. All transitions but busy -> out
 * happen under ->uring_lock; that one is a release store, before the
 * completion is posted.
 *
 * A request that keeps the lock from selection to completion only looks at
 * the head of the queue and commits when it is done, like with other buffer
 * rings. One that doesn't (io-wq, direct I/O, a receive that waits for the
 * rest of its data) holds the buffer and with it a reference on the pool, so
 * that the pages stay until it is done with them, whatever happens to the
 * group. What the application maps keeps its pages by itself.
 *
 * Addresses and lengths are the kernel's alone. Of what the application can
 * write, only the tail and the buffer ids of the refill page are read, once
 * each, and an id is taken for nothing but an index that has to be in range
 * and out.
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
#include <linux/slab.h>
#include <linux/io_uring.h>

#include "io_uring.h"
#include "kmbuf.h"
#include "memmap.h"
#include "rsrc.h"

#define KMBUF_GFP	(GFP_USER | __GFP_ACCOUNT | __GFP_ZERO | __GFP_NOWARN)

enum io_kmbuf_state {
	KMBUF_FREE,
	KMBUF_BUSY,
	KMBUF_OUT,
};

struct io_kmbuf {
	struct io_kmbuf_pool	*pool;
	/* &whole where the pages are contiguous, an array where not */
	struct bio_vec		*vec;
	struct bio_vec		whole;
	u32			nr_vecs;
	u16			bid;
	u8			state;
};

struct io_kmbuf_pool {
	/* the group, and every request that holds a buffer */
	refcount_t		refs;
	u32			buf_size;
	u32			nr_entries;
	/* of free ids in ->queue; free-running */
	u16			head;
	u16			tail;
	u16			mask;
	u16			bgid;
	u16			*queue;

	struct io_kmbuf_refill	*refill;
	u32			refill_head;
	u32			refused;

	/* the buffers' in order of ids, then those of the refill page */
	struct page		**pages;
	u32			nr_pages;
	struct user_struct	*user;

	struct io_kmbuf		bufs[] __counted_by(nr_entries);
};

/* The series makes the first eight bytes a union with a __u32 buf_size. */
static u32 io_kmbuf_reg_size(const struct io_uring_buf_reg *reg)
{
	u32 size;

	memcpy(&size, &reg->ring_addr, sizeof(size));
	return size;
}

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
	if (pool->user)
		__io_unaccount_mem(pool->user, pool->nr_pages);
	kvfree(pool->pages);
	kvfree(pool->queue);
	kvfree(pool);
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
	struct bio_vec *vec;
	u32 i;

	vec = kvmalloc_array(nr, sizeof(*vec), GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!vec)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		if (!io_kmbuf_alloc_contiguous(pages + i, 1)) {
			kvfree(vec);
			return -ENOMEM;
		}
		bvec_set_page(&vec[i], pages[i], PAGE_SIZE, 0);
	}
	buf->vec = vec;
	buf->nr_vecs = nr;
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
	gfp_t gfp = GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN;
	u32 i, entries = reg->ring_entries;
	struct io_kmbuf_pool *pool;

	pool = kvzalloc(struct_size(pool, bufs, entries), gfp);
	if (!pool)
		return NULL;
	refcount_set(&pool->refs, 1);
	pool->nr_entries = entries;
	pool->mask = entries - 1;
	pool->tail = entries;
	pool->bgid = reg->bgid;
	pool->buf_size = io_kmbuf_reg_size(reg);
	pool->nr_pages = nr_pages;
	for (i = 0; i < entries; i++) {
		struct io_kmbuf *buf = &pool->bufs[i];

		buf->pool = pool;
		buf->bid = i;
		buf->vec = &buf->whole;
		buf->nr_vecs = 1;
	}

	pool->queue = kvmalloc_array(entries, sizeof(*pool->queue), gfp);
	pool->pages = kvmalloc_array(nr_pages, sizeof(*pool->pages), gfp);
	if (!pool->queue || !pool->pages) {
		io_kmbuf_pool_free(pool);
		return NULL;
	}
	for (i = 0; i < entries; i++)
		pool->queue[i] = i;
	return pool;
}

/* What the posted interface refuses, and what goes with the extension. */
int io_kmbuf_check_reg(const struct io_uring_buf_reg *reg)
{
	if (!(reg->flags & IOU_PBUF_RING_KERNEL_MANAGED))
		return -EINVAL;
	if (!(reg->flags & IOU_PBUF_RING_MMAP))
		return -EINVAL;
	if (reg->flags & IOU_PBUF_RING_INC)
		return -EINVAL;
	if (!io_kmbuf_reg_size(reg) || !PAGE_ALIGNED(io_kmbuf_reg_size(reg)))
		return -EINVAL;
	return 0;
}

int io_kmbuf_register(struct io_ring_ctx *ctx, struct io_buffer_list *bl,
		      const struct io_uring_buf_reg *reg)
{
	struct io_kmbuf_refill *refill;
	struct io_kmbuf_pool *pool;
	u32 nr_pages, refill_pages = 0;
	int ret;

	if (check_mul_overflow(io_kmbuf_reg_size(reg) >> PAGE_SHIFT,
			       reg->ring_entries, &nr_pages))
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
	if (ctx->user) {
		ret = __io_account_mem(ctx->user, nr_pages);
		if (ret)
			goto fail;
		pool->user = ctx->user;
	}
	ret = io_kmbuf_alloc_memory(pool, refill_pages);
	if (ret)
		goto fail;

	bl->kmbuf = pool;
	bl->flags |= IOBL_BUF_RING | IOBL_MMAP | IOBL_KERNEL_MANAGED;
	return 0;
fail:
	io_kmbuf_pool_free(pool);
	return ret;
}

/* The last reference on the list is gone: no lookup finds it any more. */
void io_kmbuf_unregister(struct io_buffer_list *bl)
{
	io_kmbuf_pool_put(bl->kmbuf);
	bl->kmbuf = NULL;
	INIT_LIST_HEAD(&bl->buf_list);
	bl->flags &= ~(IOBL_BUF_RING | IOBL_MMAP | IOBL_KERNEL_MANAGED);
}

/* The caller's reference on the list keeps the pages. */
int io_kmbuf_mmap(struct io_buffer_list *bl, struct vm_area_struct *vma)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	unsigned long nr = min_t(unsigned long, vma_pages(vma), pool->nr_pages);

	vm_flags_set(vma, VM_DONTEXPAND);
	return vm_insert_pages(vma, vma->vm_start, pool->pages, &nr);
}

__u16 io_kmbuf_head(const struct io_buffer_list *bl)
{
	return bl->kmbuf->head;
}

static void io_kmbuf_push(struct io_kmbuf_pool *pool, struct io_kmbuf *buf)
{
	buf->state = KMBUF_FREE;
	pool->queue[pool->tail++ & pool->mask] = buf->bid;
}

static bool io_kmbuf_is_out(const struct io_kmbuf *buf)
{
	/* pairs with io_kmbuf_put() */
	return smp_load_acquire(&buf->state) == KMBUF_OUT;
}

/* By an id that the application names. */
static struct io_kmbuf *io_kmbuf_find(struct io_kmbuf_pool *pool, u32 bid)
{
	if (bid >= pool->nr_entries)
		return NULL;
	return &pool->bufs[array_index_nospec(bid, pool->nr_entries)];
}

/* The queue has run empty: take what came back through the refill page. */
static bool io_kmbuf_take_refill(struct io_kmbuf_pool *pool)
{
	struct io_kmbuf_refill *refill = pool->refill;
	u32 nr, head = pool->refill_head;

	if (!refill)
		return false;
	nr = smp_load_acquire(&refill->tail) - head;
	pool->refill_head += nr;
	/* no more can be out than there are; the rest of a wild tail is skipped */
	for (nr = min(nr, pool->nr_entries); nr; nr--) {
		u16 bid = READ_ONCE(refill->bids[head++ & pool->mask]);
		struct io_kmbuf *buf = io_kmbuf_find(pool, bid);

		if (buf && io_kmbuf_is_out(buf))
			io_kmbuf_push(pool, buf);
		else
			WRITE_ONCE(refill->refused, ++pool->refused);
	}
	return pool->head != pool->tail;
}

static struct io_kmbuf *io_kmbuf_first(struct io_kmbuf_pool *pool)
{
	return &pool->bufs[pool->queue[pool->head & pool->mask]];
}

/* Takes the buffer that was looked at out of the queue, for longer. */
void io_kmbuf_hold(struct io_kiocb *req, struct io_buffer_list *bl)
{
	struct io_kmbuf *buf = io_kmbuf_first(bl->kmbuf);

	lockdep_assert_held(&req->ctx->uring_lock);

	bl->kmbuf->head++;
	refcount_inc(&bl->kmbuf->refs);
	buf->state = KMBUF_BUSY;
	req->kmbuf = buf;
	req->flags &= ~REQ_F_BUFFERS_COMMIT;
	req->flags |= REQ_F_KMBUF;
}

/*
 * A read may complete later, in interrupt context, when nothing of the request
 * can be changed any more; of pipes it is known that it doesn't.
 */
void io_kmbuf_hold_for_read(struct io_kiocb *req, struct io_br_sel *sel)
{
	if (!sel->buf_list || req->opcode == IORING_OP_READ_MULTISHOT ||
	    S_ISFIFO(file_inode(req->file)->i_mode))
		return;
	io_kmbuf_hold(req, sel->buf_list);
	sel->buf_list = NULL;
}

struct io_br_sel io_kmbuf_select(struct io_kiocb *req, size_t *len,
				 struct io_buffer_list *bl,
				 unsigned int issue_flags)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	struct io_br_sel sel = { };

	if (pool->head == pool->tail && !io_kmbuf_take_refill(pool))
		return sel;

	sel.kmbuf = io_kmbuf_first(pool);
	if (*len == 0 || *len > pool->buf_size)
		*len = pool->buf_size;
	req->buf_index = sel.kmbuf->bid;
	req->flags |= REQ_F_BUFFER_RING | REQ_F_BUFFERS_COMMIT;
	if (issue_flags & IO_URING_F_UNLOCKED || !io_file_can_poll(req))
		io_kmbuf_hold(req, bl);
	else
		sel.buf_list = bl;
	return sel;
}

int io_kmbuf_import(struct io_kmbuf *buf, size_t len, struct iov_iter *iter)
{
	iov_iter_bvec(iter, ITER_DEST, buf->vec, buf->nr_vecs,
		      min_t(size_t, len, MAX_RW_COUNT));
	return 0;
}

/* The header is shorter than a page, and a buffer's first page is a page. */
int io_kmbuf_recvmsg_header(struct io_kmbuf *buf, const void *header, size_t len)
{
	if (WARN_ON_ONCE(len > PAGE_SIZE))
		return -EFAULT;
	memcpy(page_address(buf->vec->bv_page), header, len);
	return 0;
}

/* Completes a selection that has kept the lock. */
void io_kmbuf_commit(struct io_buffer_list *bl)
{
	io_kmbuf_first(bl->kmbuf)->state = KMBUF_OUT;
	bl->kmbuf->head++;
}

/* Completes one that has not: the completion will name the buffer. */
void io_kmbuf_put(struct io_kiocb *req)
{
	struct io_kmbuf_pool *pool = req->kmbuf->pool;

	req->buf_index = pool->bgid;
	/* pairs with io_kmbuf_is_out(); the application may know at once */
	smp_store_release(&req->kmbuf->state, KMBUF_OUT);
	req->kmbuf = NULL;
	req->flags &= ~REQ_F_KMBUF;
	io_kmbuf_pool_put(pool);
}

/*
 * A held buffer was not needed: back to where it came from. Its slot is still
 * there, as at most all others are in the queue.
 */
void io_kmbuf_recycle(struct io_kiocb *req, unsigned int issue_flags)
{
	struct io_kmbuf *buf = req->kmbuf;
	struct io_kmbuf_pool *pool = buf->pool;

	io_ring_submit_lock(req->ctx, issue_flags);
	buf->state = KMBUF_FREE;
	pool->queue[--pool->head & pool->mask] = buf->bid;
	io_ring_submit_unlock(req->ctx, issue_flags);

	req->buf_index = pool->bgid;
	req->kmbuf = NULL;
	req->flags &= ~(REQ_F_KMBUF | REQ_F_BUFFER_RING);
	io_kmbuf_pool_put(pool);
}

/* All of them or none. */
int io_kmbuf_give_back(struct io_buffer_list *bl, unsigned int first,
		       unsigned int nr)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	unsigned int i;

	if (first + nr > pool->nr_entries)
		return -EINVAL;
	for (i = first; i < first + nr; i++)
		if (!io_kmbuf_is_out(io_kmbuf_find(pool, i)))
			return -EINVAL;
	for (i = first; i < first + nr; i++)
		io_kmbuf_push(pool, io_kmbuf_find(pool, i));
	return 0;
}
