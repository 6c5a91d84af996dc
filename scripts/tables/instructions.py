"""The tables of Results/instructions."""

import json
import pathlib

from tables.common import document, markdown, number, root

columns = ["l1d_misses", "l1i_misses", "ll_misses", "mispredictions", "locked_operations"]


def sums(folders):
    """Every column of each cell, over all functions and per operation."""
    cells = {}
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("**/explanation.json")):
            for side in json.loads(path.read_text())["sides"]:
                functions = side["functions"]
                figures = {column: sum(function[column] for function in functions) for column in columns}
                cells[side["cell"]] = {
                    "kernel_release": side["kernel_release"],
                    "instructions_per_operation": side["instructions_per_operation"],
                    "constant": side["constant"],
                } | {name: round(value, 6) for name, value in figures.items()}
    return dict(sorted(cells.items()))


class Sources:
    """What a cell costs by every measure."""

    def __init__(self):
        self.columns = json.loads((root / "instructions" / "columns.json").read_text())
        self.guest = self.summaries("instructions/debian-7") | self.summaries("instructions/debian-7-4k")
        self.quick = self.summaries("quick")
        self.sizes = self.summaries("instructions/host")

    @staticmethod
    def summaries(folder):
        return {
            cell["id"]: cell
            for cell in document(folder)["cells"]
            if cell["status"] == "ok" and cell["pattern"] == "drain"
        }

    def instructions(self, cell):
        return self.guest[cell]["summary"]["instructions_per_operation"]["median"]

    def apart(self, cell):
        """32 bytes that a string instruction writes stand for one instruction."""
        summary = self.guest[cell]["summary"]
        return (
            summary["instructions_without_string_moves_per_operation"]["median"]
            + self.string_bytes(cell) / 32
        )

    def string_bytes(self, cell):
        return self.guest[cell]["summary"]["string_bytes_per_operation"]["median"]

    def column(self, name):
        return lambda cell: self.columns[cell][name]

    @staticmethod
    def time(cells):
        return lambda cell: cells[cell]["summary"]["ns_per_operation"]["median"]

    def pairs(self, cells):
        """Each cell with the one of the baseline mode that differs from it in the mode alone."""
        for name, cell in cells.items():
            base = baseline(cell)
            other = name.replace(f"/{cell['mode']}/", f"/{base}/", 1)
            if cell["mode"] != base and other in cells and name in self.guest and other in self.guest:
                yield name, other, cell


def baseline(cell):
    return "plain" if cell["operation"] == "oneshot" else "pbuf"


def ratio(measure, pair):
    return f"{measure(pair[0]) / measure(pair[1]):.2f}"


def more(measure, pair):
    value = measure(pair[0]) - measure(pair[1])
    digits = 1 if abs(value) < 100 else 0
    return f"{value:+.{digits}f}" if round(value, digits) != 0 else "0"


def place(cell):
    transport = cell["transport"] + ("" if cell["connections"] == 1 else f" x{cell['connections']}")
    return [transport, cell["operation"], cell["mode"]]


def modes(chosen=lambda *_: True):
    sources = Sources()
    time = sources.time(sources.quick)
    rows = []
    for name, other, cell in sources.pairs(sources.quick):
        pair = (name, other)
        if not chosen(time(name) / time(other), sources.instructions(name) / sources.instructions(other)):
            continue
        measures = [time, sources.instructions, sources.apart]
        further = ["l1d_misses", "ll_misses", "mispredictions", "locked_operations"]
        rows.append(
            place(cell)
            + [ratio(measure, pair) for measure in measures]
            + [more(sources.column(name), pair) for name in further]
        )
    head = ["transport", "operation", "mode", "ns", "instructions", "strings apart"]
    return markdown([*head, "L1d misses", "LL misses", "mispredicted", "locked"], rows)


def baselines():
    """What the modes are held against, by every measure."""
    sources = Sources()
    time = sources.time(sources.quick)
    rows = []
    for name, cell in sources.quick.items():
        if name not in sources.guest or cell["mode"] != baseline(cell):
            continue
        instructions = sources.instructions(name)
        rows.append(
            place(cell)
            + [number(time(name)), number(instructions), f"{time(name) / instructions:.2f}"]
            + [f"{sources.columns[name][column]:.1f}" for column in columns]
        )
    head = ["transport", "operation", "mode", "ns", "instructions", "ns each", "L1d misses", "L1i misses", "LL misses"]
    return markdown([*head, "mispredicted", "locked"], rows)


def is_apart(time, instructions):
    return abs(instructions / time - 1) > 0.1


def agreement():
    sources = Sources()
    time = sources.time(sources.quick)
    pairs = [
        (time(one) / time(two), sources.instructions(one) / sources.instructions(two))
        for one, two, _ in sources.pairs(sources.quick)
    ]
    near = sum(not is_apart(*pair) for pair in pairs)
    close = sum(abs(instructions / time - 1) <= 0.05 for time, instructions in pairs)
    same = [
        sources.instructions(cell) == figures["instructions_per_operation"] for cell, figures in sources.columns.items()
    ].count(True)
    return (
        f"Of {len(pairs)} ratios by instructions, {close} are within 5 % of that by time, and {near} within 10 %.\n\n"
        "The runs and the explanations were measured apart. Their `instructions_per_operation` has the same digits in\n"
        f"{same} of {len(sources.columns)} cells.\n"
    )


def added():
    """What a mode costs more than the baseline, by both measures, where that is a hundred instructions or more."""
    sources = Sources()
    time = sources.time(sources.quick)
    rows = []
    for name, other, cell in sources.pairs(sources.quick):
        instructions = sources.instructions(name) - sources.instructions(other)
        if cell["mode"] not in ["legacy", "pbuf"] or instructions < 100:
            continue
        nanoseconds = time(name) - time(other)
        rows.append(
            place(cell)
            + [f"{instructions:.0f}", f"{nanoseconds:.0f}", f"{nanoseconds / instructions:.2f}"]
            + [f"{time(other) / sources.instructions(other):.2f}"]
            + [more(sources.column("l1d_misses"), (name, other))]
        )
    head = ["transport", "operation", "mode", "instructions added", "ns added", "ns each", "baseline: ns each"]
    return markdown([*head, "L1d misses added"], rows)


def sizes():
    sources = Sources()
    time = sources.time(sources.sizes)
    large = {name: cell for name, cell in sources.sizes.items() if cell["message_size"] == 4096}
    rows = []
    for name, other, cell in sources.pairs(large):
        small = tuple(cell.replace("/msg=4096/", "/msg=64/") for cell in (name, other))
        measures = [time, sources.instructions, sources.apart]
        further = ["l1d_misses", "ll_misses"]
        rows.append(
            place(cell)
            + [ratio(time, small), ratio(sources.instructions, small)]
            + [ratio(measure, (name, other)) for measure in measures]
            + [more(sources.column(column), (name, other)) for column in further]
        )
    head = ["transport", "operation", "mode", "64 B: ns", "instructions", "4 KiB: ns", "instructions", "strings apart"]
    return markdown([*head, "L1d misses", "LL misses"], rows)


def growth():
    sources = Sources()
    time = sources.time(sources.sizes)
    rows = []
    for name, cell in sources.sizes.items():
        small = name.replace("/msg=4096/", "/msg=64/")
        if name == small or name not in sources.guest:
            continue
        pair = (name, small)
        measures = [time, sources.instructions, sources.apart]
        further = [sources.string_bytes, sources.column("l1d_misses"), sources.column("ll_misses")]
        rows.append(
            place(cell)
            + [ratio(measure, pair) for measure in measures]
            + [more(measure, pair) for measure in further]
        )
    head = ["transport", "operation", "mode", "ns", "instructions", "strings apart", "string bytes"]
    return markdown([*head, "L1d misses", "LL misses"], rows)


def write_columns(folders):
    """Keeps the sums of what `explain --caches` counted."""
    lines = ",\n".join(f" {json.dumps(cell)}: {json.dumps(figures)}" for cell, figures in sums(folders).items())
    (root / "instructions" / "columns.json").write_text("{\n" + lines + "\n}\n")


blocks = {
    "agreement": agreement,
    "apart": lambda: modes(is_apart),
    "modes": modes,
    "added": added,
    "baselines": baselines,
    "sizes": sizes,
    "growth": growth,
}
