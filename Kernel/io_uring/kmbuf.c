// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel-managed buffer rings that sockets, pipes and files can receive into.
 *
 * A buffer is always in one of three states. It is free, and in the queue of
 * its pool. Or it is busy: one request may be filling it. Or it is out, and
 * the application's until it is handed back. All changes but busy -> out
 * happen under ->uring_lock. That one is a release store, before the
 * completion is posted.
 *
 * A request that keeps the lock from selection to completion only looks at
 * the head of the queue and commits when it is done, as with other buffer
 * rings. Any other request (io-wq, direct I/O, a receive that waits for the
 * rest of its data) takes the buffer out of the queue and a reference on the
 * pool. It has REQ_F_KMBUF and ->kmbuf from then on. The reference is given
 * back when the request is freed, not when it completes: a file system may
 * look at its iterator after it has completed the request. So the pages stay
 * until nobody uses them, whatever happens to the group. Mappings hold the
 * pool, too.
 *
 * For the code that knows other rings, a kernel-managed ring is always empty.
 * It asks here before it gives up.
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
	/* the group, every mapping, and every request with REQ_F_KMBUF */
	refcount_t		refs;
	u32			buf_size;
	u32			nr_entries;
	/* of free ids in ->queue; free-running */
	u16			head;
	u16			tail;
	u16			mask;
	u16			bgid;
	u16			*queue;

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

/* What the code for other rings sees: head and tail are equal. */
static struct io_uring_buf_ring io_kmbuf_empty_ring;

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
	kvfree(pool->queue);
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

	buf->vec = kvmalloc_array(nr, sizeof(*buf->vec),
				  GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
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
	pool->buf_size = reg->buf_size;
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
	if (!reg->buf_size || !PAGE_ALIGNED(reg->buf_size))
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
	bl->buf_ring = &io_kmbuf_empty_ring;
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

u16 io_kmbuf_head(const struct io_buffer_list *bl)
{
	return bl->kmbuf->head;
}

/*
 * The buffers
 */

static struct io_kmbuf *io_kmbuf_first(struct io_kmbuf_pool *pool)
{
	return &pool->bufs[pool->queue[pool->head & pool->mask]];
}

static void io_kmbuf_push(struct io_kmbuf_pool *pool, struct io_kmbuf *buf)
{
	buf->state = KMBUF_FREE;
	pool->queue[pool->tail++ & pool->mask] = buf->bid;
}

static bool io_kmbuf_is_out(const struct io_kmbuf *buf)
{
	/* pairs with io_kmbuf_hand_out() */
	return smp_load_acquire(&buf->state) == KMBUF_OUT;
}

/* By an id that the application names. */
static struct io_kmbuf *io_kmbuf_find(struct io_kmbuf_pool *pool, u32 bid)
{
	if (bid >= pool->nr_entries)
		return NULL;
	return &pool->bufs[array_index_nospec(bid, pool->nr_entries)];
}

/* The queue has run empty: collects what came back through the refill page. */
static bool io_kmbuf_collect_refill(struct io_kmbuf_pool *pool)
{
	struct io_uring_kmbuf_refill *refill = pool->refill;
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

/* Takes the buffer that was looked at: the request has it until it is freed. */
static void io_kmbuf_take(struct io_kiocb *req, struct io_buffer_list *bl)
{
	struct io_kmbuf *buf = io_kmbuf_first(bl->kmbuf);

	lockdep_assert_held(&req->ctx->uring_lock);

	bl->kmbuf->head++;
	io_kmbuf_pool_get(bl->kmbuf);
	buf->state = KMBUF_BUSY;
	req->kmbuf = buf;
	req->flags |= REQ_F_KMBUF;
}

static void io_kmbuf_release(struct io_kiocb *req)
{
	struct io_kmbuf_pool *pool = req->kmbuf->pool;

	req->kmbuf = NULL;
	req->flags &= ~REQ_F_KMBUF;
	io_kmbuf_pool_put(pool);
}

struct io_br_sel io_kmbuf_select(struct io_kiocb *req, size_t *len,
				 struct io_buffer_list *bl,
				 unsigned int issue_flags)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	struct io_br_sel sel = { };

	/* a driver would take it for a user address */
	if (req->opcode == IORING_OP_URING_CMD)
		return sel;
	if (pool->head == pool->tail && !io_kmbuf_collect_refill(pool))
		return sel;

	if (*len == 0 || *len > pool->buf_size)
		*len = pool->buf_size;
	*len = min_t(size_t, *len, MAX_RW_COUNT);
	req->buf_index = pool->queue[pool->head & pool->mask];
	req->flags |= REQ_F_BUFFER_RING;
	sel.addr = (void __user *)IO_KMBUF_ADDR;
	if (issue_flags & IO_URING_F_UNLOCKED || !io_file_can_poll(req)) {
		io_kmbuf_take(req, bl);
	} else {
		req->flags |= REQ_F_BUFFERS_COMMIT;
		sel.buf_list = bl;
	}
	return sel;
}

/* Completes a selection that has kept the lock. */
void io_kmbuf_commit(struct io_buffer_list *bl)
{
	io_kmbuf_first(bl->kmbuf)->state = KMBUF_OUT;
	bl->kmbuf->head++;
}

/*
 * Completes one that has not: the completion will name the buffer. A multishot
 * receive is done with it by then, and will select again.
 */
void io_kmbuf_hand_out(struct io_kiocb *req)
{
	struct io_kmbuf *buf = req->kmbuf;

	req->buf_index = buf->pool->bgid;
	/* pairs with io_kmbuf_is_out(); the application may know at once */
	smp_store_release(&buf->state, KMBUF_OUT);
	if (req->flags & REQ_F_APOLL_MULTISHOT)
		io_kmbuf_release(req);
}

/*
 * A buffer that was taken is not needed: back to where it came from. Its slot
 * is still there, as at most all others are in the queue.
 */
bool io_kmbuf_recycle(struct io_kiocb *req, unsigned int issue_flags)
{
	struct io_kmbuf *buf = req->kmbuf;
	struct io_kmbuf_pool *pool;

	if (!(req->flags & REQ_F_KMBUF))
		return false;
	pool = buf->pool;
	io_ring_submit_lock(req->ctx, issue_flags);
	buf->state = KMBUF_FREE;
	pool->queue[--pool->head & pool->mask] = buf->bid;
	io_ring_submit_unlock(req->ctx, issue_flags);

	req->buf_index = pool->bgid;
	req->flags &= ~(REQ_F_BUFFER_RING | REQ_F_BUFFERS_COMMIT);
	io_kmbuf_release(req);
	return true;
}

/* The request is freed. A buffer that no completion has named is free again. */
void io_kmbuf_drop(struct io_kiocb *req)
{
	lockdep_assert_held(&req->ctx->uring_lock);

	if (req->flags & REQ_F_BUFFER_RING)
		io_kmbuf_push(req->kmbuf->pool, req->kmbuf);
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

	/* an application's address, and a bad one */
	if (!buf)
		return -EFAULT;
	/* ->read() knows user addresses only */
	if (!req->file->f_op->read_iter) {
		req->flags |= REQ_F_BUFFERS_COMMIT;
		return -EINVAL;
	}
	if (sel->buf_list && req->opcode != IORING_OP_READ_MULTISHOT &&
	    !S_ISFIFO(file_inode(req->file)->i_mode)) {
		io_kmbuf_take(req, sel->buf_list);
		sel->buf_list = NULL;
	}
	io_kmbuf_import(buf, 0, len, iter);
	return 0;
}

/* A receive that may have to wait for the rest of its data takes its buffer. */
int io_kmbuf_import_recv(struct io_kiocb *req, struct io_br_sel *sel,
			 size_t len, unsigned int flags, unsigned int msg_flags,
			 struct iov_iter *iter)
{
	struct io_kmbuf *buf = io_kmbuf_selected(req, sel);

	/* an application's address, and a bad one */
	if (!buf)
		return -EFAULT;
	if (flags & IORING_RECVSEND_BUNDLE)
		return -EINVAL;
	if (msg_flags & MSG_WAITALL && sel->buf_list) {
		io_kmbuf_take(req, sel->buf_list);
		req->flags &= ~REQ_F_BUFFERS_COMMIT;
		sel->buf_list = NULL;
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

/* All of them or none. The kernel knows where the buffers are. */
int io_kmbuf_hand_back(struct io_buffer_list *bl, u64 addr, u32 len, u32 first,
		       u32 nr)
{
	struct io_kmbuf_pool *pool = bl->kmbuf;
	u32 i;

	if (!io_bl_is_kernel_managed(bl) || addr || len)
		return -EINVAL;
	if (first + nr > pool->nr_entries)
		return -EINVAL;
	for (i = first; i < first + nr; i++)
		if (!io_kmbuf_is_out(io_kmbuf_find(pool, i)))
			return -EINVAL;
	for (i = first; i < first + nr; i++)
		io_kmbuf_push(pool, io_kmbuf_find(pool, i));
	return 0;
}
