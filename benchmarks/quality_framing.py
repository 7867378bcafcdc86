"""What the measures of framing are worth: loaded words on BABE and BASIL, attributions on PolNeAR.

Run: python benchmarks/quality_framing.py. No model is trained. The development articles of PolNeAR, and seven
of eight training articles, were read while the rules were written; every eighth training article was not, and
shows what to expect of unseen text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from basil_agreement import print_basil
from evaluation_data import folder, print_machine
from sklearn.metrics import roc_auc_score

import biaslens

Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Gold:
    """One coded attribution: where source, cue and content stand."""

    source: Ranges
    cue: Ranges
    content: Ranges


@dataclass
class Tally:
    """Counts of one article: cues, sources that are right, characters of content, shares of the text."""

    found: int = 0
    right: int = 0
    coded: int = 0
    reached: int = 0
    sourced: int = 0
    source_right: int = 0
    both: int = 0
    only_found: int = 0
    only_coded: int = 0
    share_found: float = 0.0
    share_coded: float = 0.0


def ranges(spans: object) -> Ranges:
    """The character ranges in a cell such as "89 106;120 130"."""
    numbers = [int(n) for n in re.findall(r"\d+", spans)] if isinstance(spans, str) else []
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def mask(length: int, where: Ranges) -> np.ndarray:
    marked = np.zeros(length, dtype=bool)
    for start, end in where:
        marked[start:end] = True
    return marked


def count(text: str, gold: list[Gold]) -> Tally:
    """The counts of one article; a cue or source is right where it overlaps the coded one."""
    rows = biaslens.voices(text)
    tally = Tally()
    cue_of = np.full(len(text), -1)
    for number, item in enumerate(gold):
        for start, end in item.cue:
            cue_of[start:end] = number
    found_cues = {(row.cue_start, row.cue_end): row for row in rows.itertuples() if row.cue}
    for (start, end), row in found_cues.items():
        number = cue_of[start:end].max()
        if number >= 0:
            tally.right += 1
            source = gold[number].source
            tally.sourced += bool(source)
            tally.source_right += any(a < row.speaker_end and row.speaker_start < b for a, b in source)
    found_cue = mask(len(text), list(found_cues))
    with_cue = [item for item in gold if item.cue]
    tally.found = len(found_cues)
    tally.coded = len(with_cue)
    tally.reached = sum(found_cue[mask(len(text), item.cue)].any() for item in with_cue)
    said = rows[rows["kind"] != "scare"]
    found = mask(len(text), list(zip(said["start"], said["end"], strict=True)))
    coded = mask(len(text), [place for item in gold for place in item.content])
    tally.both = int((found & coded).sum())
    tally.only_found = int((found & ~coded).sum())
    tally.only_coded = int((coded & ~found).sum())
    tally.share_found, tally.share_coded = float(found.mean()), float(coded.mean())
    return tally


def scores(tallies: pd.DataFrame) -> dict[str, float]:
    """The scores over some articles, one per row."""
    total = tallies.sum()
    precision, recall = total["right"] / total["found"], total["reached"] / total["coded"]
    return {
        "P": precision,
        "R": recall,
        "F1": 2 * precision * recall / (precision + recall),
        "source right, where one is coded": total["source_right"] / total["sourced"],
        "content F1": 2 * total["both"] / (2 * total["both"] + total["only_found"] + total["only_coded"]),
        "share r": float(np.corrcoef(tallies["share_found"], tallies["share_coded"])[0, 1]),
    }


def print_attributions(name: str, articles: pd.DataFrame, attributions: pd.DataFrame) -> None:
    """Scores with 95 % intervals: percentiles of a bootstrap over articles, seed 0."""
    gold: dict[str, list[Gold]] = defaultdict(list)
    for row in attributions.itertuples():
        gold[row.file].append(Gold(ranges(row.source_span), ranges(row.cue_span), ranges(row.content_span)))
    tallies = pd.DataFrame([asdict(count(row.text, gold[row.file])) for row in articles.itertuples()])
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(tallies), len(tallies)) for _ in range(1000)]
    drawn = pd.DataFrame([scores(tallies.iloc[draw]) for draw in draws])
    print(f"{name}: {len(articles)} articles, {tallies['coded'].sum()} cues:")
    for score, value in scores(tallies).items():
        low, high = drawn[score].quantile([0.025, 0.975])
        print(f"  {score} {value:.3f} ({low:.3f} to {high:.3f})")


def main() -> None:
    print_machine()
    data = folder()
    babe = pd.read_parquet(data / "babe_sentences.parquet")
    scores = biaslens.score(babe["text"].tolist(), settings=biaslens.Settings(clean=False))[
        "loaded_rate"
    ].fillna(0)
    biased = babe["label_bias"].astype(str).str.casefold().isin(["biased", "1"])
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(babe), len(babe)) for _ in range(200)]
    low, high = np.quantile([roc_auc_score(biased.iloc[d], scores.iloc[d]) for d in draws], [0.025, 0.975])
    auc = roc_auc_score(biased, scores)
    print(
        f"BABE: loaded_rate, zero-shot, {len(babe)} sentences: AUC {auc:.3f} (95 %: {low:.3f} to {high:.3f})"
    )
    print_basil()
    articles = pd.read_parquet(data / "polnear_articles.parquet")
    attributions = pd.read_parquet(data / "polnear_attributions.parquet")
    dev, train = articles[articles["split"] == "dev"], articles[articles["split"] == "train"]
    print_attributions("PolNeAR dev (read)", dev, attributions)
    print_attributions("PolNeAR train, every 8th (unread)", train.iloc[::8], attributions)


if __name__ == "__main__":
    main()
