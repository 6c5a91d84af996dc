"""What the tables of several pages have in common."""

import gzip
import json
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent.parent / "Results"


def document(folder):
    """A run's document; where there are many cells it is kept compressed."""
    packed = root / folder / "results.json.gz"
    if packed.exists():
        return json.loads(gzip.decompress(packed.read_bytes()))
    plain = root / folder / "results.json"
    if not plain.exists():
        sys.exit(f"Results/{folder}: no results.json or results.json.gz: measure it as the page says")
    return json.loads(plain.read_text())


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def number(value):
    return f"{value:.1f}" if value < 1000 else f"{value:.0f}"
