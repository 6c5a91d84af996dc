"""Which functions an operation's instructions are spent in, as kept call trees, and in groups."""

import collections
import json
import pathlib
import re

# A node of a tree is a list: its own instructions over all explained operations, then a dictionary of what it calls.


def trees(folders):
    """The call tree of each cell that `ringbench explain --kernel K` explained in one of the folders."""
    cells = {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("**/explanation.json")):
            side = json.loads(path.read_text())["sides"][0]
            top = [0, {}]
            for line in (path.parent / "profile.collapsed").read_text().splitlines():
                stack, count = line.rsplit(" ", 1)
                node = top
                for name in stack.split(";"):
                    node = node[1].setdefault(name, [0, {}])
                node[0] += int(count)
            cells[side["cell"]] = {
                "kernel_release": side["kernel_release"],
                "trial": side["trial"],
                "operations": side["operations"],
                "instructions_per_operation": side["instructions_per_operation"],
                "calls": top[1],
            }
    return dict(sorted(cells.items()))


def stacks(cell):
    """Each call path of a cell with its own instructions per operation."""

    def walk(calls, path):
        for name, (own, callees) in calls.items():
            yield (*path, name), own / cell["operations"]
            yield from walk(callees, (*path, name))

    return [(path, own) for path, own in walk(cell["calls"], ()) if own]


def functions(cell):
    """Each function's own instructions per operation."""
    sums = collections.Counter()
    for path, own in stacks(cell):
        sums[path[-1]] += own
    return sums


# The innermost function of a call path that has a group decides. What has none counts for its caller.
workload = "the workload's own loop, reading the clock"
entering = "entering the kernel, and whatever no other row has"
request = "submitting, issuing and completing requests: `io_submit_sqes` and below"
handing_back = "handing back: `io_provide_buffers` and below"
group_lookup = "looking up the group: `xa_load` and below"
selecting = "selecting: `io_buffer_select` and below, `io_kmbuf_take`"
importing = "importing: `import_ubuf`, `iov_iter_bvec`, `io_kmbuf_import`"
receiving = "receiving: the transport's own code"
copying = "copying: `_copy_to_iter` and below"
completing = "completing: `__io_put_kbufs` and below, `io_kmbuf_drop`"
slab_of_mode = "slab: buffers that the mode allocates and frees"
slab_of_transport = "slab: the message that the transport frees"
slab_of_request = "slab: the request's own data"
queue = "the worker's queue: `io_queue_iowq`, `io_wq_worker` and below"
switching = "waking a thread and switching to it"

groups = [
    request, handing_back, group_lookup, selecting, importing, receiving, copying, completing, slab_of_mode,
    slab_of_transport, slab_of_request, queue, switching, entering, workload,
]

slab = "a mark: which row it is depends on the callers"
by_name = [
    (r"\[clock\]|Engine\..*|main|io_uring_\w+|__io_uring_\w+", workload),
    (r"entry_SYSCALL\w*|syscall_return_\w+|asm_\w+|do_syscall_64|__(x64|do)_sys_\w+", entering),
    (r"_*(schedule|schedule_timeout|schedule_tail|try_to_wake_up|wake_up_\w+|ret_from_fork\w*)", switching),
    (r"_*kv?free|_*kv?malloc(_\w+)?|_*kmem_cache_\w+|_*slab_\w+", slab),
    (r"io_wq_\w+|io_worker_\w+|io_queue_iowq", queue),
    (r"io_provide_buffers|io_kmbuf_hand_back", handing_back),
    (r"xa_load", group_lookup),
    (r"io_buffer_select|io_kmbuf_take\w*|io_kmbuf_select_refilled", selecting),
    (r"import_ubuf|iov_iter_\w+|io_kmbuf_import\w*|io_kmbuf_selected", importing),
    (r"_copy_to_iter", copying),
    (r"__io_put_kbufs|io_kbuf_\w+|io_kmbuf_(hand_out|drop|recycle)", completing),
    (r"io_submit_sqes|io_issue_sqe|io_recv|io_recvmsg|_*io_read|_*io_submit_flush_completions", request),
    (r"io_cqring_\w+|_*io_run_local_work", request),
]
receivers = {"io_recv", "io_recvmsg", "io_read", "__io_read"}


def named(path):
    """The group of the last function of a path, or nothing."""
    for pattern, group in by_name:
        if re.fullmatch(pattern, path[-1]):
            return group
    own = path[-1].lstrip("_").startswith("io_")
    return receiving if len(path) > 1 and path[-2] in receivers and not own else None


def group(path):
    found = None
    while path and found in (None, slab):
        outer = named(path)
        if found is None:
            found = outer
        elif outer in (handing_back, completing):
            return slab_of_mode
        elif outer == receiving:
            return slab_of_transport
        elif outer not in (None, slab):
            return slab_of_request
        path = path[:-1]
    return found or entering


def grouped(cell):
    """A cell's instructions per operation in groups. They add up to its figure."""
    sums = collections.Counter()
    for path, own in stacks(cell):
        place = group(path)
        mode = place == request and any(name.startswith("io_kmbuf_") for name in path)
        sums[completing if mode else place] += own
    return sums
