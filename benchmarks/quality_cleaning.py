"""Line precision and recall of clean() on hand-labelled articles, and the traps that must stay.

Run: python benchmarks/quality_cleaning.py. All of this set may have been read while rules were written: it is
development data, and the figures are an upper bound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from evaluation_data import folder, print_machine

import biaslens

# A line counts as removed when this share of its characters is.
REMOVED_SHARE = 0.8


@dataclass(frozen=True)
class Lines:
    """Counts of one document: right and wrong removals, misses, and characters of content lost and in all."""

    right: int
    wrong: int
    missed: int
    lost: int
    content: int


def count(document: dict[str, list[dict[str, str]]]) -> Lines:
    lines = document["lines"]
    text = "\n".join(line["t"] for line in lines)
    gone = np.zeros(len(text) + 1, dtype=bool)
    for span in biaslens.clean(text).removed:
        gone[span.start : span.end] = True
    start = right = wrong = missed = lost = content = 0
    for line in lines:
        end = start + len(line["t"])
        is_removed = gone[start:end].sum() >= REMOVED_SHARE * max(1, end - start)
        if line["label"] == "keep":
            content += end - start
            lost += int(gone[start:end].sum())
            wrong += bool(is_removed)
        elif line["label"] == "strip":
            right += bool(is_removed)
            missed += not is_removed
        start = end + 1
    return Lines(right, wrong, missed, lost, content)


def scores(documents: list[Lines]) -> tuple[float, float]:
    """Precision and recall over the lines of all documents."""
    right = sum(d.right for d in documents)
    return right / (right + sum(d.wrong for d in documents)), right / (
        right + sum(d.missed for d in documents)
    )


def main() -> None:
    print_machine()
    with (folder() / "cleaning_hand.jsonl").open(encoding="utf-8") as file:
        documents = [count(json.loads(line)) for line in file]
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(documents), (500, len(documents)))
    resampled = np.array([scores([documents[i] for i in draw]) for draw in draws])
    low, high = np.quantile(resampled, [0.025, 0.975], axis=0)
    for name, value, a, b in zip(("precision", "recall"), scores(documents), low, high, strict=True):
        print(f"line {name:10} {value:.3f} (95 % over documents: {a:.3f} to {b:.3f})")
    lost, content = sum(d.lost for d in documents), sum(d.content for d in documents)
    print(f"content lost    {lost / content:.3%} of {content:,} characters, {len(documents)} documents")
    with (folder() / "cleaning_traps.jsonl").open(encoding="utf-8") as file:
        traps = [json.loads(line) for line in file]
    wrong = [t["t"] for t in traps if bool(biaslens.clean(t["t"]).removed) != (t.get("label") == "strip")]
    print(f"traps           {len(wrong)} of {len(traps)} wrong: {wrong}")


if __name__ == "__main__":
    main()
