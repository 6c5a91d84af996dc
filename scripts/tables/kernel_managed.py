"""The tables of Results/kernel-managed."""

import json
import statistics
import sys

from tables import calls
from tables.common import document, markdown, root

page = "kernel-managed"
managed = ["kmbuf", "kmbuf-runs", "kmbuf-refill"]
modes = ["plain", "fixed", "legacy", "legacy-runs", "pbuf", *managed]
sockets_and_pipes = ["tcp", "udp", "unix-stream", "unix-seqpacket", "pipe", "pipe-packet"]
transports = [*sockets_and_pipes, "file", "file-direct"]
instructions = "instructions_per_operation"
without_strings = "instructions_without_string_moves_per_operation"
# What patches may add to a 64-byte message of a mode that they are not for.
allowed = 3


class Run:
    """A kernel's document, by cells."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.document = document(f"{page}/{kernel}")
        self.cells = {}
        for cell in self.document["cells"]:
            if cell["status"] != "ok":
                sys.exit(f"Results/{page}/{kernel}: {cell['id']} is {cell['status']}: measure it again")
            self.cells[key(cell)] = cell

    @property
    def release(self):
        return self.document["host"]["kernel_release"]

    def figure(self, where, metric=instructions):
        """The median of the trials; nothing where there is no such cell."""
        cell = self.cells.get(where)
        return cell["summary"][metric]["median"] if cell and metric in cell["summary"] else None


def key(cell):
    return cell["transport"], cell["mode"], cell["operation"], cell["pattern"], cell["message_size"]


runs = {}


def run(kernel):
    if kernel not in runs:
        runs[kernel] = Run(kernel)
    return runs[kernel]


def control(kernel):
    """The run of the same source without patches; nothing where none was measured."""
    name = {"lab": "lab-control", "lab-7": "lab-7-control"}[kernel]
    return run(name) if (root / page / name).exists() else None


# Words for differences, so that sentences are right whatever was measured.


def several(values, unit=""):
    low, high = round(min(values)), round(max(values))
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def more(values, what="", unit=""):
    """`12 to 80 more`, `5 less`, or `4 less to 12 more`; `what` goes before more and less."""
    low, high = round(min(values)), round(max(values))
    if low == high == 0:
        return f"0{what} more"
    if low >= 0:
        return f"{several(values)}{what} more"
    if high <= 0:
        return f"{several([-value for value in values])}{what} less"
    return f"{-low}{what} less to {high} more"


def share(values):
    """Per cent without a sign where the words beside it have one."""
    if min(values) >= 0 or max(values) <= 0:
        return several([abs(value) for value in values], " %")
    return f"{min(values):+.0f} to {max(values):+.0f} %"


def against(kernel, mode, other, operation, pattern, places, size=64, metric=instructions):
    """What a mode takes more than another over the transports that have both."""
    one = [run(kernel).figure((place, mode, operation, pattern, size), metric) for place in places]
    two = [run(kernel).figure((place, other, operation, pattern, size), metric) for place in places]
    pairs = [pair for pair in zip(one, two) if None not in pair]
    return [first - second for first, second in pairs], [100 * (first / second - 1) for first, second in pairs]


# Tables of figures


def figure_text(kernel, where, metric):
    """The figure, and in a mode that is not kernel-managed what the kernel takes more than the control."""
    value = run(kernel).figure(where, metric)
    if value is None:
        return "-"
    plain = control(kernel)
    if where[1] in managed or plain is None:
        return f"{value:.0f}"
    return f"{value:.0f} ({round(value - plain.figure(where, metric)):+d})".replace("(+0)", "(0)")


def figures(kernel, rows, head, metric=instructions):
    """A row for each transport, operation, pattern and size that was measured."""
    lines = []
    for names, (transport, operation, pattern, size) in rows:
        values = [figure_text(kernel, (transport, mode, operation, pattern, size), metric) for mode in modes]
        if any(value != "-" for value in values):
            lines.append([*names, *values])
    return markdown([*head, *modes], lines)


def small(pattern, metric=instructions):
    rows = [
        ([transport, operation], (transport, operation, pattern, 64))
        for transport in transports
        for operation in ["oneshot", "multishot"]
    ]
    return figures("lab", rows, ["transport", "operation"], metric)


def direct():
    return figures("lab", [([str(size)], ("file-direct", "oneshot", "drain", size)) for size in [1024, 4096, 65536]],
                   ["message"])


def large():
    rows = [
        ([transport, str(size)], (transport, "oneshot", "drain", size))
        for transport in transports
        for size in [4096, 65536]
        if transport != "file-direct"
    ]
    return figures("lab", rows, ["transport", "message"], without_strings)


def base_seven():
    rows = [
        ([transport, operation, pattern, str(size)], (transport, operation, pattern, size))
        for size in [64, 4096]
        for pattern in ["drain", "armed"]
        for transport in transports
        for operation in ["oneshot", "multishot"]
        if size == 64 or transport == "file-direct"
    ]
    return figures("lab-7", rows, ["transport", "operation", "pattern", "message"])


# Sentences


def kernels():
    names = ["lab", "lab-control", "lab-7"] + (["lab-7-control"] if control("lab-7") else [])
    return "".join(
        f"* [`{name}`]({name}): Linux {run(name).release}, {len(run(name).cells)} cells\n" for name in names
    )


def short():
    """What each way of handing back costs beside the other modes."""
    rows = []
    kinds = [
        (pattern, pattern, operation, sockets_and_pipes, 64)
        for pattern in ["drain", "armed"]
        for operation in ["oneshot", "multishot"]
    ] + [
        (f"direct I/O, {size} bytes", "drain", "oneshot", ["file-direct"], size) for size in [1024, 4096, 65536]
    ]
    for name, pattern, operation, places, size in kinds:
        for mode in managed:
            others = ["pbuf", "legacy", "legacy-runs"]
            differences = [against("lab", mode, other, operation, pattern, places, size)[0] for other in others]
            rows.append([name, operation, mode, *map(more, differences)])
    return markdown(["pattern", "operation", "mode", "than pbuf", "than legacy", "than legacy-runs"], rows)


def in_words():
    """The table of differences, said for one-shot receives and data first."""

    def said(mode, other, places=sockets_and_pipes, size=64, what=""):
        differences, shares = against("lab", mode, other, "oneshot", "drain", places, size)
        return f"{more(differences, what)} than `{other}` ({share(shares)})"

    def directly(mode, other):
        return " and ".join(f"{said(mode, other, ['file-direct'], size)} for {size} bytes" for size in [4096, 65536])

    lines = [
        f"With one hand-back request for each buffer, `kmbuf` takes {said('kmbuf', 'pbuf', what=' instructions')}, "
        f"{said('kmbuf', 'legacy')}, and {said('kmbuf', 'legacy-runs')}.",
        f"With one request for a run of ids, `kmbuf-runs` takes {said('kmbuf-runs', 'pbuf')}, and "
        f"{said('kmbuf-runs', 'legacy-runs')}, which hands back in the same way.",
        f"With ids in a shared page, `kmbuf-refill` takes {said('kmbuf-refill', 'pbuf')}.",
        f"On direct I/O, `kmbuf` takes {directly('kmbuf', 'pbuf')}; `kmbuf-refill` takes "
        f"{directly('kmbuf-refill', 'pbuf')}, and {directly('kmbuf-refill', 'fixed')}.",
    ]
    return "".join(folded(line, "* ", "  ") for line in lines)


def folded(text, first="", rest=""):
    """A sentence in lines of at most 120 characters."""
    lines, line = [], first
    for word in text.split(" "):
        if len(line) + len(word) + 1 > 120:
            lines.append(line.rstrip())
            line = rest
        line += word + " "
    return "\n".join([*lines, line.rstrip()]) + "\n"


def trial_range(kernel, where):
    return several([trial[instructions] for trial in run(kernel).cells[where]["trials"]])


def name_of(where):
    return "/".join(map(str, where[:4]))


def controlled(kernel):
    """How far the patches move modes that they are not for, and every cell of more than is allowed."""
    plain = control(kernel)
    if plain is None:
        return f"No control of `{kernel}` was measured.\n"
    differences = {
        where: run(kernel).figure(where) - plain.figure(where)
        for where in plain.cells
        if where[4] == 64 and where[1] not in managed and where in run(kernel).cells
    }
    far = {where: value for where, value in differences.items() if abs(round(value)) > allowed}
    largest = max(differences, key=lambda where: abs(differences[where]))
    text = (
        f"Over {len(differences)} cells of 64-byte messages in modes that are not kernel-managed, `{kernel}` takes "
        f"{more(differences.values(), ' instructions')} than `{plain.kernel}`; in {len(far)} cells the difference is more "
        f"than {allowed}. The largest is {differences[largest]:+.1f}, in `{name_of(largest)}`."
    )
    rows = [
        [f"`{name_of(where)}`", f"{value:+.0f}", trial_range(kernel, where), trial_range(plain.kernel, where)]
        for where, value in sorted(far.items(), key=lambda item: -abs(item[1]))
    ]
    table = markdown(["cell", "difference", f"trials on {kernel}", f"trials on {plain.kernel}"], rows)
    return folded(text) + ("\n" + table if rows else "")


def spread():
    """Which cells have trials that differ."""
    wide = {}
    for where, cell in run("lab").cells.items():
        values = [trial[instructions] for trial in cell["trials"]]
        share = 100 * (max(values) - min(values)) / run("lab").figure(where)
        if share > 0.5:
            wide.setdefault(where[0], []).append(share)
    trials = {len(cell["trials"]) for cell in run("lab").cells.values()}
    places = ", ".join(f"{len(shares)} of `{place}` (at most {max(shares):.1f} %)" for place, shares in wide.items())
    return folded(
        f"Each figure is the median of {several(trials)} trials, which begin in different states of the allocators. "
        f"They differ by more than half a per cent in {sum(map(len, wide.values()))} of {len(run('lab').cells)} cells"
        + (f": {places}." if wide else ".")
    )


def large_strings():
    parts = []
    for mode in ["pbuf", "kmbuf-refill"]:
        where = ("unix-seqpacket", mode, "oneshot", "drain", 4096)
        total, rest = run("lab").figure(where), run("lab").figure(where, without_strings)
        moved = run("lab").figure(where, "string_bytes_per_operation")
        parts.append(
            f"`{mode}` executes {total:.0f} instructions, of which {total - rest:.0f} are steps of string moves that "
            f"write {moved:.0f} bytes"
        )
    return folded("For a 4 KiB message over unix-seqpacket, " + ", and ".join(parts) + ".")


# Where the instructions go


def kept_calls():
    return json.loads((root / page / "calls.json").read_text())


def explained(transport, mode, size=64):
    """A cell's call tree. Its figure must be that of the document."""
    start, end = f"{transport}/{mode}/oneshot/drain/msg={size}/bufsize=4096/", "/batch=16/conns=1/cpu=0/mem=0"
    cells = [cell for name, cell in kept_calls().items() if name.startswith(start) and name.endswith(end)]
    if len(cells) != 1:
        sys.exit(f"Results/{page}/calls.json: {start}: {len(cells)} cells instead of one")
    total = sum(own for _, own in calls.stacks(cells[0]))
    reported = run("lab").figure((transport, mode, "oneshot", "drain", size))
    if abs(total - cells[0]["instructions_per_operation"]) > 0.001 or abs(total - reported) > 0.5:
        sys.exit(f"Results/{page}/calls.json: {start}: its functions take {total:.1f} instructions, and {reported:.1f} "
                 "were reported: measure both again")
    return cells[0]


def by_groups(transport, chosen, further=()):
    cells = [explained(transport, mode) for mode in chosen]
    sums = [calls.grouped(cell) for cell in cells]
    rows = [
        [group, *[f"{each[group]:.0f}" if each[group] else "-" for each in sums]]
        for group in calls.groups
        if any(each[group] for each in sums)
    ]
    total = ["**together, as reported**", *[f"**{sum(each.values()):.0f}**" for each in sums]]
    return markdown(["", *chosen], [*rows, total, *further])


def functions():
    return by_groups("unix-seqpacket", ["plain", "legacy", "legacy-runs", "pbuf", *managed])


def file_functions():
    chosen = ["plain", "legacy-runs", "pbuf", *managed]
    row = ["switches of the submitting thread, per 100 messages"]
    for mode in chosen:
        trials = run("lab").cells[("file", mode, "oneshot", "drain", 64)]["trials"]
        row.append(f"{100 * switches(trials[explained('file', mode)['trial']]):.1f}")
    return by_groups("file", chosen, [row])


def switches(trial):
    return trial["context_switches"] / trial["operations"]


def file_trials():
    """Each trial by its thread switches: one price for a switch, and what a mode takes at equal switches."""
    points = {
        mode: [(switches(trial), trial[instructions]) for trial in run("lab").cells[where]["trials"]]
        for mode in modes
        if (where := ("file", mode, "oneshot", "drain", 64)) in run("lab").cells
    }
    means = {mode: tuple(map(statistics.mean, zip(*values))) for mode, values in points.items()}
    apart = [(x - means[mode][0], y - means[mode][1]) for mode, values in points.items() for x, y in values]
    price = sum(x * y for x, y in apart) / sum(x * x for x, _ in apart)
    left = sum((y - price * x) ** 2 for x, y in apart) / sum(y * y for _, y in apart)
    base = means["pbuf"][1] - price * means["pbuf"][0]
    rows = []
    for mode, values in points.items():
        equal = means[mode][1] - price * means[mode][0] - base
        median = run("lab").figure(("file", mode, "oneshot", "drain", 64))
        requests = run("lab").figure(("file", mode, "oneshot", "drain", 64), "sqes_per_operation")
        rows.append(
            [mode, f"{median:.0f}", several([y for _, y in values])]
            + [f"{100 * min(x for x, _ in values):.1f} to {100 * max(x for x, _ in values):.1f}", f"{requests:g}"]
            + [f"{equal:+.0f}" if mode != "pbuf" else "-"]
        )
    head = ["mode", "median", "trials", "switches per 100 messages", "requests per message"]
    return markdown([*head, "more than pbuf at equal switches"], rows) + "\n" + folded(
        f"From trial to trial one switch more costs {price:.0f} instructions, and switches explain "
        f"{100 * (1 - left):.0f} % of what the trials of one mode differ by (variance)."
    )


def pinning():
    """The functions in which pbuf spends more than kmbuf on a direct read."""
    one, two = (calls.functions(explained("file-direct", mode, 4096)) for mode in ["pbuf", "kmbuf"])
    dearer = {name: one[name] - two[name] for name in one if one[name] - two[name] >= 50}
    ordered = sorted(dearer, key=dearer.get, reverse=True)
    others = [one[name] - two[name] for name in one if 0 < one[name] - two[name] < 50]
    return folded(
        ", ".join(f"`{name}` {dearer[name]:.0f}" for name in ordered)
        + f", and {len(others)} functions with {sum(others):.0f} together."
    )


def write_calls(folders):
    """Keeps the call trees of what was explained."""
    cells = calls.trees(folders)
    lines = [f" {json.dumps(name)}: {json.dumps(cell, separators=(',', ':'))}" for name, cell in cells.items()]
    (root / page / "calls.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


blocks = {
    "kernels": kernels,
    "spread": spread,
    "in-words": in_words,
    "short": short,
    "drain": lambda: small("drain"),
    "armed": lambda: small("armed"),
    "armed-sender": lambda: small("armed", "wake_instructions_per_operation"),
    "control": lambda: controlled("lab"),
    "base-7": base_seven,
    "control-7": lambda: controlled("lab-7"),
    "functions": functions,
    "file-functions": file_functions,
    "file-trials": file_trials,
    "direct": direct,
    "pinning": pinning,
    "large": large,
    "large-strings": large_strings,
}
