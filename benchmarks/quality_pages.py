"""What cleaning does to whole pages copied as text, and to what extractors leave of pages.

Run: python benchmarks/quality_pages.py

Shingle precision and recall as in Scrapinghub's article extraction benchmark: runs of four words of what is
kept against those of the lines labelled as body, as multisets, per text; means over texts, and their F1. The
labels come from the body that each set's authors marked, which itself holds boilerplate. Line weights were
trained on the train split; all of it may have been read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from evaluation_data import folder, print_machine
from labelled import jsonl

import biaslens

DRAWS = 1_000


def print_pages() -> None:
    """Each text cleaned alone."""
    print("Shingle F1 before -> after cleaning, 95 % interval over texts")
    for file in ("cleaning_pages", "cleaning_residue"):
        rows = list(jsonl(folder() / f"{file}.jsonl.gz"))
        for split in ("dev", "train"):
            chosen = [row for row in rows if row["split"] == split]
            groups = sorted({(row["ds"], row["ex"]) for row in chosen})
            for group in groups:
                members = [row for row in chosen if (row["ds"], row["ex"]) == group]
                print_shingles(f"{file} {split} {' '.join(group)}", members)
            print_shingles(f"{file} {split} together", chosen)


def print_shingles(name: str, rows: Sequence[dict[str, Any]]) -> None:
    before, after = [], []
    for row in rows:
        gold = shingles(line["t"] for line in row["lines"] if line["y"] == "keep")
        text = "\n".join(line["t"] for line in row["lines"])
        before.append(overlap(gold, shingles(text.split("\n"))))
        after.append(overlap(gold, shingles(biaslens.clean(text).text.split("\n"))))
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(rows), (DRAWS, len(rows)))
    scores = [f1(np.array(after)[draw]) for draw in draws]
    low, high = np.quantile(scores, [0.025, 0.975])
    values = f"{f1(np.array(before)):.4f} -> {f1(np.array(after)):.4f} ({low:.3f}-{high:.3f})"
    print(f"  {name:42} {len(rows):4} texts  {values}")


def shingles(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    words = [word for line in lines for word in line.split()]
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def overlap(gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float]:
    """Precision and recall of the shingles; both 1 where nothing was to be found and nothing was."""
    shared = sum((gold & found).values())
    return shared / max(1, found.total()), shared / max(1, gold.total())


def f1(pairs: np.ndarray) -> float:
    precision, recall = pairs.mean(axis=0)
    return float(2 * precision * recall / max(1e-9, precision + recall))


if __name__ == "__main__":
    print_machine()
    print_pages()
