"""How well agency credits are found, and for how much of the text each of them is.

Run: python benchmarks/quality_credits.py [polnear] [counts]                   (all by default)
     python benchmarks/quality_credits.py sample 30                            prints finds to be read

polnear  articles of PolNeAR against its ``wire`` field. Patterns were written while its train split was read;
         the dev split was only counted. The field says where an outlet had its article from, and not whether
         the text says so too: a text without any credit cannot be found.
counts   articles with a credit in allsides_10k and ukraine_2022, by agency and scope.
sample   as many finds of each scope, drawn from the same articles on a fixed seed, with what stands around.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens
from biaslens.cleaning.clean import clean_articles
from biaslens.cleaning.credits import Credit, find_credits
from biaslens.cleaning.lines import Line, split_lines
from biaslens.cleaning.repetition import Repeats

Z = 1.959964
SHOWN = 15


@dataclass(frozen=True)
class Credited:
    """The texts of a set, and the agency and scope of each."""

    text: tuple[str, ...]
    outlet: tuple[str, ...]
    agency: tuple[str, ...]
    scope: tuple[str, ...]


def credited(frame: pd.DataFrame, outlet: str) -> Credited:
    articles = biaslens.read(pd.DataFrame({"outlet": frame[outlet], "text": frame["text"]}))
    harvest = clean_articles(articles, Repeats({})).harvest
    return Credited(articles.text, articles.outlet, harvest.agency, harvest.agency_scope)


def interval(right: int, n: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not n:
        return "none"
    share, square = right / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return f"{share:.3f} ({centre - half:.3f}-{centre + half:.3f}) of {n}"


def print_polnear() -> None:
    frame = pd.read_parquet(folder() / "polnear_articles.parquet")
    found = credited(frame, "publisher")
    is_wire, split = frame["wire"].notna().to_numpy(), frame["split"].to_numpy()
    is_found = np.array([scope == "article" for scope in found.scope])
    print("\nPolNeAR, credit for the whole article against the wire field; 95 % intervals")
    for name in ("train", "dev", "both"):
        rows = np.full(len(frame), True) if name == "both" else split == name
        n_right = int((is_wire & is_found & rows).sum())
        precision = interval(n_right, int((is_found & rows).sum()))
        recall = interval(n_right, int((is_wire & rows).sum()))
        print(f"  {name:6} precision {precision:32} recall {recall}")
    for row in np.flatnonzero(is_wire != is_found).tolist():
        kind = "found, not in the field" if is_found[row] else "in the field, not found"
        print(f"  {kind}: {split[row]} {frame['file'][row]} {frame['wire'][row]} {found.agency[row]}")
    n_passages = sum(scope == "passage" for scope in found.scope)
    print(f"  credits for a passage: {n_passages}")


def print_counts() -> None:
    for name in ("allsides_10k", "ukraine_2022"):
        frame = pd.read_parquet(folder() / f"{name}.parquet")
        found = credited(frame, "outlet")
        counts = Counter(
            (agency, scope) for agency, scope in zip(found.agency, found.scope, strict=True) if agency
        )
        print(f"\n{name}: {sum(counts.values())} of {len(frame)} articles credit an agency")
        for (agency, scope), n in counts.most_common(SHOWN):
            print(f"  {n:6} {scope:8} {agency}")


def print_sample(n: int) -> None:
    """Finds to be read: the credit between brackets, what stands around it, outlet and scope."""
    rng = np.random.default_rng(0)
    finds: dict[str, list[str]] = {"article": [], "passage": []}
    for name in ("allsides_10k", "ukraine_2022"):
        frame = pd.read_parquet(folder() / f"{name}.parquet")
        found = credited(frame, "outlet")
        for text, outlet, scope in zip(found.text, found.outlet, found.scope, strict=True):
            if scope:
                finds[scope].append(f"{outlet}: {shown(text, scope)}")
    for scope, rows in finds.items():
        print(f"\n{scope}, {n} of {len(rows)}")
        for row in sorted(rng.choice(len(rows), n, replace=False).tolist()):
            print(f"  {rows[row]}")


def shown(text: str, scope: str) -> str:
    lines: Sequence[Line] = split_lines(text)
    found: Sequence[Credit] = find_credits(text, lines, lines, ())
    credit = next(iter([*(credit for credit in found if credit.scope == scope), *found]), None)
    if credit is None:
        return "?"
    above, below = text[max(0, credit.start - 80) : credit.start], text[credit.end : credit.end + 60]
    return f"{credit.agency} {credit.pattern} {above!r} [[{text[credit.start : credit.end]}]] {below!r}"


PARTS = {"polnear": print_polnear, "counts": print_counts}


def main() -> None:
    print_machine()
    if sys.argv[1:2] == ["sample"]:
        print_sample(int(sys.argv[2]) if len(sys.argv) > 2 else 30)
        return
    chosen = sys.argv[1:] or list(PARTS)
    unknown = sorted(set(chosen) - set(PARTS))
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)} and sample.")
    for part in chosen:
        PARTS[part]()


if __name__ == "__main__":
    main()
