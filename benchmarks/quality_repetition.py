"""What the repetition layer alone finds, loses and costs.

Run: python benchmarks/quality_repetition.py. Appeals are planted in news without line breaks; background and
boilerplate that real outlets repeat were judged by one reader (repetition_judgements.tsv, hashes only).
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens
from biaslens.articles import Articles
from biaslens.cleaning import outlet_counts
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.outlet_counts import OutletCounts
from biaslens.cleaning.repetition import Repeats, find_repeats, learn_repeats
from biaslens.cleaning.units import mask, split_units

JUDGEMENTS = Path(__file__).with_name("repetition_judgements.tsv")
Place = Literal["start", "inside", "end"]
# Behind a word of four letters, so that no title or initial is taken for the end of a sentence.
SENTENCE = re.compile(r"(?<=[a-z]{4}[.!?]) (?=[A-Z])")

# Invented outlets; {a}, {b} and {c} are numbers that change from article to article, {m} is a month.
OWN_APPEALS = (
    "The Harbour Courier has no owner but its readers. Only {a} days remain in our spring drive, and we"
    " are still {b},000 pounds short. If everyone who reads this gave {c} pounds, the drive would end "
    "tonight. Please give before {m} {a}.",
    "Before you go. It takes {a} people to print the Valley Ledger, and every one of them is paid by "
    "subscribers. Join {b} neighbours who signed up this month. Your first {c} weeks are free.",
    "Dear reader, this story was free to read. It was not free to make. Reporters travelled, editors "
    "checked, lawyers read every line. The Northern Lantern asks you for {c} euros a month, the price "
    "of one coffee. {b} people have said yes since {m}. Will you be next? Thank you for standing with "
    "us.",
    "Independent reporting from a closed country is costly and dangerous. Our office was shut, our "
    "accounts were frozen and two colleagues had to flee. We carry on because people like you help. "
    "Send {c} dollars today. By {m} {a} we need {b} new supporters.",
    "You have read {a} articles this month. Support the Eastern Mirror from as little as {c} a week. "
    "Cancel whenever you like.",
    "Was this report useful to you? Our newsletter brings {a} more of them to your inbox each morning. "
    "More than {b},000 people already receive it. Sign up by {m} {a}, it costs nothing.",
    "We are a small team with a large task. For {a} years the Plains Dispatch has told the stories that"
    " others leave out. Advertising pays for less than {c} percent of what we do. The rest comes from "
    "you. No foundation tells us what to print. No minister can call our editor. That freedom has a "
    "price, and {b} members pay it gladly. Become one of them before {m} ends.",
    "A note from the editor: costs of paper have risen by {a} percent. We do not want to put up a wall "
    "around our work. {b} of you have chipped in so far. If you can spare {c} dollars, we would be "
    "grateful.",
    "Help us reach {b},000 members by {m} {a}. The Island Observer belongs to those who read it. "
    "Membership starts at {c} a month and comes with a weekly letter from our newsroom.",
    "Thank you for reading the Lakeside Standard. Readers in {a} countries rely on our correspondents, "
    "and we rely on our readers. Until {m} {a} every gift is doubled. Give {c} and we receive twice "
    "that. Give nothing and you can still read on.",
    "If you value this kind of journalism, consider a gift. Our goal for {m} is {b},000. With {a} days "
    "to go we have raised {c} percent of it. Every contribution, large or small, keeps the River "
    "Gazette open to all.",
    "The Mountain Post is published by a cooperative of {a} journalists. Nobody else has a say. You can"
    " own a share for {c} crowns. Visit our office in {m}, write to us, argue with us. And please tell "
    "a friend: we grew by {b} members that way last year.",
    "Our reporting is read by millions and paid for by {b}. Please be one of the few. From {c} a month.",
)
MONTHS = ("January", "March", "May", "June", "September", "December")


@dataclass(frozen=True)
class Planted:
    """One text with an appeal at [start, end); start == end where there is none."""

    outlet: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Outcome:
    """Characters of one document: appeal in all and removed, news in all and lost because of the appeal."""

    appeal: int
    removed: int
    news: int
    lost: int


def news() -> pd.DataFrame:
    frame = pd.read_parquet(folder() / "ukraine_2022.parquet", columns=["outlet", "text"])
    return frame.drop_duplicates().reset_index(drop=True)


def articles(rows: Sequence[tuple[str, str]]) -> Articles:
    return biaslens.read([{"outlet": outlet, "text": text} for outlet, text in rows])


def gone(text: str, outlet: str, repeats: Repeats) -> np.ndarray:
    """Which characters the layer removes."""
    removed = np.zeros(len(text), dtype=bool)
    for removal in find_repeats(split_lines(text), outlet, repeats):
        removed[removal.start : removal.end] = True
    return removed


def filled(appeal: str, rng: np.random.Generator) -> str:
    return (
        appeal.replace("{a}", str(rng.integers(2, 30)))
        .replace("{b}", str(rng.integers(31, 900)))
        .replace("{c}", str(rng.integers(1, 20)))
        .replace("{m}", str(rng.choice(MONTHS)))
    )


def plant(outlet: str, text: str, appeal: str, place: Place, rng: np.random.Generator) -> Planted:
    bounds = [match.end() for match in SENTENCE.finditer(text)]
    at = {"start": 0, "end": len(text), "inside": int(rng.choice(bounds)) if bounds else 0}[place]
    before = text[:at] if not at or text[at - 1] == " " else f"{text[:at]} "
    after = f" {text[at:]}" if at < len(text) else ""
    return Planted(outlet, f"{before}{appeal}{after}", len(before), len(before) + len(appeal))


def run(
    frame: pd.DataFrame, appeals: Sequence[str], n: int, share: float, place: Place, rng: np.random.Generator
) -> list[Outcome]:
    """One corpus of n articles an outlet, each outlet with an appeal of its own in a share of them."""
    planted: list[Planted] = []
    drawn = rng.permutation(len(appeals))
    # Two outlets never share an appeal; with fewer appeals than outlets, some outlets have none.
    for number, (outlet, texts) in zip(drawn, frame.groupby("outlet").text, strict=False):
        appeal = appeals[number]
        sample = texts.sample(min(n, len(texts)), random_state=int(rng.integers(1 << 31)))
        for i, text in enumerate(sample):
            has_appeal = i < round(share * n)
            planted.append(
                plant(str(outlet), text, filled(appeal, rng), place, rng)
                if has_appeal
                else Planted(str(outlet), text, 0, 0)
            )
    with_appeals = learn_repeats(articles([(one.outlet, one.text) for one in planted]))
    plain = [one.text[: one.start] + one.text[one.end :] for one in planted]
    without = learn_repeats(articles([(one.outlet, text) for one, text in zip(planted, plain, strict=True)]))
    outcomes = []
    for one, text in zip(planted, plain, strict=True):
        if one.end == one.start:
            continue
        removed = gone(one.text, one.outlet, with_appeals)
        outside = np.concatenate([removed[: one.start], removed[one.end :]])
        solid = np.array([not character.isspace() for character in text], dtype=bool)
        lost = outside & ~gone(text, one.outlet, without) & solid
        inside = np.array(
            [not character.isspace() for character in one.text[one.start : one.end]], dtype=bool
        )
        outcomes.append(
            Outcome(
                int(inside.sum()),
                int((removed[one.start : one.end] & inside).sum()),
                int(solid.sum()),
                int(lost.sum()),
            )
        )
    return outcomes


def interval(
    outcomes: Sequence[Outcome], part: Callable[[Outcome], int], whole: Callable[[Outcome], int]
) -> str:
    """Share of the parts in the wholes, with a 95 % bootstrap interval over documents."""
    parts = np.array([part(one) for one in outcomes])
    wholes = np.array([whole(one) for one in outcomes])
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(parts), (500, len(parts)))
    low, high = np.quantile(parts[draws].sum(1) / wholes[draws].sum(1), [0.025, 0.975])
    return f"{parts.sum() / wholes.sum():8.3%} ({low:.3%} to {high:.3%})"


def apart(appeals: Sequence[str]) -> list[str]:
    """Appeals of two sentences or more that are whole and share no sentence with those before them."""
    chosen: list[str] = []
    known: set[str] = set()
    for appeal in appeals:
        sentences = {
            re.sub(r"\W+", " ", sentence).casefold() for sentence in re.split(r"(?<=[.!?]) ", appeal)
        }
        is_whole = appeal[0].isupper() and appeal.rstrip('"”')[-1] in ".!?" and len(sentences) > 1
        if is_whole and not sentences & known:
            chosen.append(appeal)
            known |= sentences
    return chosen


def print_planted() -> None:
    frame = news()
    with (folder() / "appeals.jsonl").open(encoding="utf-8") as file:
        real = apart([json.loads(line)["text"] for line in file])
    print("appeals planted in ukraine_2022: removed, and news lost, 95 % over documents")
    for name, appeals, repeats in (("The Guardian's", real, 4), ("invented", OWN_APPEALS, 4)):
        for n in (5, 10, 20, 50):
            for share in (1.0, 0.5):
                for place in ("start", "inside", "end"):
                    rng = np.random.default_rng(0)
                    outcomes = [o for _ in range(repeats) for o in run(frame, appeals, n, share, place, rng)]
                    removed = interval(outcomes, lambda o: o.removed, lambda o: o.appeal)
                    lost = interval(outcomes, lambda o: o.lost, lambda o: o.news)
                    print(
                        f"  {name:14} n={n:2} in {share:4.0%} {place:6} removed {removed}, lost {lost}",
                        flush=True,
                    )


def corpora() -> dict[str, Articles]:
    """ukraine_2022 and allsides_10k."""
    frame = pd.read_parquet(folder() / "allsides_10k.parquet", columns=["outlet", "text"])
    frames = {"ukraine_2022": news(), "allsides_10k": frame[["outlet", "text"]]}
    return {name: articles(list(one.itertuples(index=False, name=None))) for name, one in frames.items()}


def print_background(name: str, found: Articles) -> None:
    """What happens to the recurring sentences that were judged, one verdict for each sentence and outlet."""
    lines = [line for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    verdicts = {row["sha256"]: row["verdict"] for row in csv.DictReader(lines, delimiter="\t")}
    for least in (3, 5, 10):
        outlet_counts.MIN_ARTICLES = least
        repeats = learn_repeats(found)
        # Occurrences of each judged sentence in its outlet, and those removed.
        seen: dict[tuple[str, str], list[int]] = {}
        n_removed = n_all = 0
        for outlet, text in zip(found.outlet, found.text, strict=True):
            removed = gone(text, outlet, repeats)
            n_removed, n_all = n_removed + int(removed.sum()), n_all + len(text)
            units = split_units(text)
            for start, end in zip(units.start.tolist(), units.end.tolist(), strict=True):
                digest = hashlib.sha256(mask(text[start:end]).encode()).hexdigest()[:16]
                if digest in verdicts:
                    counts = seen.setdefault((digest, outlet), [0, 0])
                    counts[0] += 1
                    counts[1] += bool(removed[start:end].mean() > 0.5)
        recurring = {key: counts for key, counts in seen.items() if counts[0] >= 5}
        for verdict in ("content", "boilerplate"):
            rows = [counts for (digest, _), counts in recurring.items() if verdicts[digest] == verdict]
            sentences = sum(2 * gone_ > all_ for all_, gone_ in rows)
            places, taken = sum(all_ for all_, _ in rows), sum(gone_ for _, gone_ in rows)
            print(
                f"  {name:12} from {least:2} articles on: {verdict:11} removed {sentences:3} of {len(rows)} "
                f"sentences, {taken} of {places} places ({taken / max(1, places):.2%})"
            )
        print(f"  {name:12} from {least:2} articles on: {n_removed / n_all:.3%} of all characters removed")
    outlet_counts.MIN_ARTICLES = 5


def print_order(name: str, found: Articles) -> None:
    """Whether order and partitions change anything."""
    rng = np.random.default_rng(0)
    whole = learn_repeats(found)
    shuffled = learn_repeats(found.take(rng.permutation(len(found))))
    print(f"  {name:12} shuffled: {'identical' if shuffled == whole else 'DIFFERENT'}")
    none = found.take([])
    for n_parts in (1, 7, 64):
        part = rng.integers(0, n_parts, len(found))
        profiles = [
            OutletCounts.of(
                outlet, [found.text[row] for row in np.flatnonzero(part == p) if found.outlet[row] == outlet]
            )
            for p in range(n_parts)
            for outlet in sorted({found.outlet[row] for row in np.flatnonzero(part == p)})
        ]
        merged = learn_repeats(none, [profiles[i] for i in rng.permutation(len(profiles))])
        removals = all(
            find_repeats(split_lines(text), outlet, merged) == find_repeats(split_lines(text), outlet, whole)
            for outlet, text in list(zip(found.outlet, found.text, strict=True))[::20]
        )
        same = "identical" if merged == whole and removals else "DIFFERENT"
        print(f"  {name:12} {n_parts:2} partitions merged: repeats and removals {same}")


def print_speed(name: str, found: Articles) -> None:
    sample = found.take(np.random.default_rng(0).permutation(len(found))[:2_000])
    characters = np.mean([len(text) for text in sample.text])
    repeats = learn_repeats(sample)
    lines = [split_lines(text) for text in sample.text]
    steps: dict[str, Callable[[], object]] = {
        "split": lambda: [split_units(text) for text in sample.text],
        "learn": lambda: learn_repeats(sample),
        "find": lambda: [find_repeats(one, o, repeats) for one, o in zip(lines, sample.outlet, strict=True)],
    }
    times = {
        step: min(_seconds(function) for _ in range(5)) / len(sample) * 1000
        for step, function in steps.items()
    }
    print(
        f"  {name:12} {characters:.0f} characters an article, ms: "
        + ", ".join(f"{step} {value:.3f}" for step, value in times.items())
    )
    text = " ".join(sample.text)
    for size in (125_000, 250_000, 500_000, 1_000_000):
        seconds = min(_seconds(lambda: split_units(text[:size])) for _ in range(3))  # noqa: B023
        print(f"  {name:12} one text of {size:9,} characters: {seconds * 1000:.1f} ms")


def _seconds(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def main() -> None:
    print_machine()
    found = corpora()
    print("order and partitions")
    print_order("ukraine_2022", found["ukraine_2022"])
    print("time, best of 5")
    for name, one in found.items():
        print_speed(name, one)
    print("recurring sentences that were judged")
    for name, one in found.items():
        print_background(name, one)
    print_planted()


if __name__ == "__main__":
    main()
