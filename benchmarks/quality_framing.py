"""What the measures of framing are worth: loaded words on BABE, quotations and attributions on PolNeAR.

Run: python benchmarks/quality_framing.py. No model is trained. The development articles of PolNeAR were read
while the rules were written; every eighth training article was not, and shows what to expect of unseen text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd
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
    """Counts over articles: cues, sources that are right, characters of content, shares of the text."""

    found: int = 0
    right: int = 0
    coded: int = 0
    reached: int = 0
    source_right: int = 0
    both: int = 0
    only_found: int = 0
    only_coded: int = 0

    def __post_init__(self) -> None:
        self.shares: list[tuple[float, float]] = []


def ranges(spans: object) -> Ranges:
    """The character ranges in a cell such as "89 106;120 130"."""
    numbers = [int(n) for n in re.findall(r"\d+", spans)] if isinstance(spans, str) else []
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def mask(length: int, where: Ranges) -> np.ndarray:
    marked = np.zeros(length, dtype=bool)
    for start, end in where:
        marked[start:end] = True
    return marked


def count(tally: Tally, text: str, gold: list[Gold]) -> None:
    """Add one article; a cue or source is right where it overlaps the coded one."""
    rows = biaslens.voices(text)
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
            tally.source_right += any(a < row.speaker_end and row.speaker_start < b for a, b in source)
    found_cue = mask(len(text), list(found_cues))
    with_cue = [item for item in gold if item.cue]
    tally.found += len(found_cues)
    tally.coded += len(with_cue)
    tally.reached += sum(found_cue[mask(len(text), item.cue)].any() for item in with_cue)
    said = rows[rows["kind"] != "scare"]
    found = mask(len(text), list(zip(said["start"], said["end"], strict=True)))
    coded = mask(len(text), [place for item in gold for place in item.content])
    tally.both += int((found & coded).sum())
    tally.only_found += int((found & ~coded).sum())
    tally.only_coded += int((coded & ~found).sum())
    tally.shares.append((float(found.mean()), float(coded.mean())))


def print_attributions(name: str, articles: pd.DataFrame, attributions: pd.DataFrame) -> None:
    gold: dict[str, list[Gold]] = defaultdict(list)
    for row in attributions.itertuples():
        gold[row.file].append(Gold(ranges(row.source_span), ranges(row.cue_span), ranges(row.content_span)))
    tally = Tally()
    for row in articles.itertuples():
        count(tally, row.text, gold[row.file])
    precision, recall = tally.right / tally.found, tally.reached / tally.coded
    f1 = 2 * precision * recall / (precision + recall)
    content = 2 * tally.both / (2 * tally.both + tally.only_found + tally.only_coded)
    r = np.corrcoef(np.array(tally.shares).T)[0, 1]
    print(
        f"{name}: {len(articles)} articles, {tally.coded} cues: "
        f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; "
        f"source right {tally.source_right / tally.right:.3f}; content F1 {content:.3f}; share r {r:.3f}"
    )


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
    articles = pd.read_parquet(data / "polnear_articles.parquet")
    attributions = pd.read_parquet(data / "polnear_attributions.parquet")
    dev, train = articles[articles["split"] == "dev"], articles[articles["split"] == "train"]
    print_attributions("PolNeAR dev (read)", dev, attributions)
    print_attributions("PolNeAR train, every 8th (unread)", train.iloc[::8], attributions)


if __name__ == "__main__":
    main()
