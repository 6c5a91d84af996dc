"""The tables of Results/reference."""

from tables.common import document, markdown, number

kernels = ["debian-6.1", "debian-6.12", "debian-7"]


def documents():
    return [document(f"reference/{kernel}") for kernel in kernels]


def release(document):
    return document["host"]["kernel_release"].removesuffix("-cloud-amd64")


def cost(cell):
    """The median, with the range of the trials where it is more than half a per cent."""
    values = [trial["instructions_per_operation"] for trial in cell["trials"]]
    median = cell["summary"]["instructions_per_operation"]["median"]
    text = number(median)
    if max(values) - min(values) > 0.005 * median:
        text += f" [{min(values):.0f}, {max(values):.0f}]"
    wake = cell["summary"].get("wake_instructions_per_operation")
    return text + (f" + {wake['median']:.0f}" if wake else "")


def reference(pattern, connections, transports):
    runs = documents()
    rows = {}
    for index, run in enumerate(runs):
        for cell in run["cells"]:
            if (cell["pattern"], cell["connections"]) == (pattern, connections) and cell["transport"] in transports:
                key = (cell["transport"], cell["mode"], cell["operation"])
                rows.setdefault(key, ["-"] * len(runs))
                if cell["status"] == "ok":
                    rows[key][index] = cost(cell)
    words = ["unix-seqpacket", "pipe", "oneshot", "multishot", "plain", "legacy", "legacy-runs", "pbuf"]
    order = {word: place for place, word in enumerate(words)}
    known = sorted(
        (key for key, values in rows.items() if any(value != "-" for value in values)),
        key=lambda key: (order[key[0]], order[key[2]], order[key[1]]),
    )
    head = ["transport", "mode", "operation", *[release(run) for run in runs]]
    return markdown(head, [[*key, *rows[key]] for key in known])


blocks = {
    "drain": lambda: reference("drain", 1, ["unix-seqpacket", "pipe"]),
    "armed": lambda: reference("armed", 16, ["unix-seqpacket"]),
}
