"""What the tables of several pages have in common."""

import gzip
import json
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent.parent / "Results"


def document(folder):
    """A run's document; where there are many cells it is kept compressed."""
    packed = root / folder / "results.json.gz"
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    return json.loads((root / folder / "results.json").read_text())


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def number(value):
    return f"{value:.1f}" if value < 1000 else f"{value:.0f}"
