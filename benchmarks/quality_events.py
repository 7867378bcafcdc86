"""BCubed precision, recall and F1 of group_events() against labelled events, default settings for all sets.

Run: python benchmarks/quality_events.py (about two minutes). Thresholds were compared on these same sets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd
from evaluation_data import folder, print_machine

import biaslens


@dataclass(frozen=True)
class BCubed:
    """BCubed scores (Bagga & Baldwin 1998), each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def bcubed(found: list[str], gold: list[str]) -> BCubed:
    """Mean over articles of the share of its found (gold) event that is of its gold (found) event."""
    both = Counter(zip(found, gold, strict=True))
    size_found, size_gold = Counter(found), Counter(gold)
    n = len(found)
    return BCubed(
        sum(k * k / size_found[f] for (f, _), k in both.items()) / n,
        sum(k * k / size_gold[g] for (_, g), k in both.items()) / n,
    )


def main() -> None:
    print_machine()
    data = folder()
    allsides = pd.read_parquet(data / "allsides_events.parquet")
    split = "split" if "split" in allsides else None
    sets = (
        {f"AllSides {name}": part for name, part in allsides.groupby(split)}
        if split
        else {"AllSides": allsides}
    )
    sets["BASIL"] = pd.read_parquet(data / "basil_articles.parquet")
    sets["ECB+"] = pd.read_parquet(data / "ecbplus.parquet")
    print(f"{'set':16} {'articles':>8} {'events':>7} {'P':>6} {'R':>6} {'F1':>6}")
    for name, frame in sets.items():
        rows = frame.drop(columns=[c for c in ("id", "event", "outlet") if c in frame]).reset_index(drop=True)
        groups = biaslens.group_events(rows.assign(outlet=""))
        score = bcubed(list(groups), frame["event_id"].astype(str).tolist())
        sizes = f"{len(frame):8,} {frame['event_id'].nunique():7,}"
        print(f"{name:16} {sizes} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}")


if __name__ == "__main__":
    main()
