"""How well articles are grouped into events and stories: default settings against labels, beside baselines.

Run: python benchmarks/quality_events.py [events] [stories] [seeds] [confidence] [undated] [tiny]
     [--quick] [--encoder wordllama | --encoder FOLDER]
All parts by default, in about five minutes; --quick leaves the baselines out. Sentence encoders: wordllama,
a package that brings static vectors of words, or what a FOLDER holds in tokenizer.json and model.onnx
(all-MiniLM-L6-v2, say), which needs onnxruntime and tokenizers.

Scores are BCubed precision, recall and F1 (Bagga & Baldwin 1998) and the F1 of pairs. Intervals: 95 %, gold
events drawn again and again; of few, as Ukraine's seven, they are too narrow. The baselines are tuned on
AllSides train alone; what biaslens' own numbers were chosen on stands beside them in its code. Where only
some articles are labelled all are grouped, and the labelled ones scored: what else stands in their groups
costs nothing, so that precision says little where the labelled events lie far apart (Ukraine). There see
"largest", the articles of the largest group that holds a labelled one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from evaluation_data import print_machine
from event_baselines import (
    ENCODER_FILES,
    ON_EMBEDDINGS,
    ON_WORDS,
    WORDLLAMA,
    Baseline,
    Labels,
    Parameters,
    Similar,
    by_encoder,
    by_words,
)
from event_sets import (
    F1,
    EventSet,
    P,
    R,
    allsides,
    allsides_in_pool,
    article_counts,
    basil,
    by_event,
    counts,
    drawn_means,
    drawn_scores,
    ecbplus,
    numbered,
    samples,
    scores,
    ukraine,
)

import biaslens

SETS = (partial(allsides, "train"), partial(allsides, "val"), basil, ecbplus, ukraine, allsides_in_pool)
DATED_SETS = SETS[:3]
# Encoding a pool of ten thousand articles takes a quarter of an hour.
ENCODED_ARTICLES = 5_000
N_TINY = 200
QUINTILES = 5
# Of a printed score with its interval.
WIDTH = 24


@dataclass(frozen=True)
class Options:
    quick: bool
    encoder: str | None


@dataclass(frozen=True, eq=False)
class Tuned:
    """A baseline with the parameters that suit AllSides train best, and what it sees of a set."""

    baseline: Baseline
    parameters: Parameters
    seen: Callable[[EventSet], Similar]

    def group(self, articles: EventSet) -> Labels:
        return self.baseline.group(self.seen(articles), self.parameters)


@cache
def grouped(articles: EventSet) -> biaslens.EventGroups:
    """What biaslens makes of a set with default settings."""
    return biaslens.group_events(articles.articles.assign(outlet=""))


def print_events(options: Options) -> None:
    baselines = {} if options.quick else tuned_baselines(options)
    for load in SETS:
        articles = load()
        started = time.process_time()
        found = {"biaslens": codes(grouped(articles).event)}
        seconds = time.process_time() - started
        found["all alone"] = np.arange(len(articles))
        for name, tuned in baselines.items():
            if tuned.baseline in ON_WORDS.values() or len(articles) <= ENCODED_ARTICLES:
                found[name] = tuned.group(articles)
        title = f"Events, {size_of(articles, articles.event)}; biaslens in {seconds:.1f} CPU s"
        print_table(title, found, articles.event)


def tuned_baselines(options: Options) -> dict[str, Tuned]:
    """Every baseline with and without dates, tuned on AllSides train; the parameters are printed."""
    words = last_seen(by_words)
    ways = {name: (baseline, words) for name, baseline in ON_WORDS.items()}
    if options.encoder is None:
        print("\nNo encoder given: no baseline on sentence embeddings (--encoder FOLDER).")
    else:
        embedded = last_seen(partial(by_encoder, encoder=options.encoder))
        ways |= {name: (baseline, embedded) for name, baseline in ON_EMBEDDINGS.items()}
    found, train = {}, allsides("train")
    print("\nBaselines, tuned on AllSides train; with dates: cosines decay as biaslens' do")
    for name, (baseline, see) in ways.items():
        for label, way in ((name, see), (f"{name}, dates", with_dates(see))):
            parameters = baseline.tuned(way(train), train.event)
            found[label] = Tuned(baseline, parameters, way)
            print(f"  {label:26} {', '.join(f'{key} {value}' for key, value in parameters.items())}")
    return found


def last_seen(see: Callable[[EventSet], Similar]) -> Callable[[EventSet], Similar]:
    """The same, remembered for the last set: a matrix over ten thousand articles is not kept for long."""
    kept: dict[EventSet, Similar] = {}

    def remembered(articles: EventSet) -> Similar:
        if articles not in kept:
            kept.clear()
            kept[articles] = see(articles)
        return kept[articles]

    return remembered


def with_dates(see: Callable[[EventSet], Similar]) -> Callable[[EventSet], Similar]:
    return lambda articles: see(articles).decayed()


def size_of(articles: EventSet, gold: npt.NDArray[np.object_]) -> str:
    labelled = gold != ""
    among = f" among {len(articles):,}" if not labelled.all() else ""
    return f"{articles.name}: {labelled.sum():,} articles{among}, {len(set(gold[labelled])):,} groups"


def print_table(title: str, found: Mapping[str, Labels], gold: npt.NDArray[np.object_]) -> None:
    """One line per way to group; how far its F1 is below that of the first, on the same draws."""
    heads = ("P", "R", "F1", "pair F1", "F1 below the first")
    print(f"\n{title}\n  {'':26}{'largest':>8}" + "".join(f"{head:>{WIDTH}}" for head in heads))
    first: np.ndarray | None = None
    for name, labels in found.items():
        counted = counts(labels, gold)
        # The score itself, then its draws.
        rows = np.vstack([scores(counted.sum(axis=0)), drawn_scores(counted)])
        columns = [figure(column) for column in rows.T]
        if first is None:
            first = rows[:, F1]
        else:
            columns.append(figure(first - rows[:, F1]))
        largest = np.bincount(labels)[labels[gold != ""]].max()
        print(f"  {name:26}{largest:8,}" + "".join(f"{column:>{WIDTH}}" for column in columns))


def figure(values: np.ndarray) -> str:
    """The first value, with the interval that the others give."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return f"{values[0]:.3f} ({low:.3f}, {high:.3f})"


def codes(labels: Sequence[str]) -> Labels:
    return numbered(np.array(labels))


def print_stories(_: Options) -> None:
    """The topics of ECB+, and Ukraine's seven affairs of some days each; nothing is tuned to either."""
    for articles, gold in ((ecbplus(), ecbplus().topic), (ukraine(), ukraine().event)):
        groups = grouped(articles)
        found = {
            "biaslens, stories": codes(groups.story),
            "biaslens, events": codes(groups.event),
            "all alone": np.arange(len(articles)),
            "all one story": np.zeros(len(articles), dtype=np.int64),
        }
        print_table(f"Stories, {size_of(articles, gold)}", found, gold)


def print_seeds(_: Options) -> None:
    """The five seeds at both granularities."""
    seeds = biaslens.load_seeds()
    undated = replace(seeds, date=np.full(len(seeds), np.datetime64("NaT"), dtype=seeds.date.dtype))
    for name, articles in (("with their dates", seeds), ("undated", undated)):
        groups = biaslens.group_events(articles)
        print(f"\nThe five seeds, {name}")
        for row in zip(groups.id, groups.event, groups.story, groups.confidence, strict=True):
            print("  {}  event: {:44} story: {:44} confidence {:.2f}".format(*row))


def print_confidence(_: Options) -> None:
    """Scores of single articles by fifths of their confidence."""
    sets = [allsides("train"), allsides("val")]
    rows = np.concatenate([article_counts(grouped(one).event, one.event) for one in sets])
    event = np.concatenate([one.event for one in sets])
    confidence = np.concatenate([grouped(one).confidence for one in sets])
    together = np.concatenate([sizes(grouped(one).event) > 1 for one in sets])
    print("\nBy confidence, AllSides train and val, each grouped by itself")
    everyone = np.ones_like(together)
    for name, chosen in (("all articles", everyone), ("in events of two articles or more", together)):
        print(f"  {name:34}{'articles':>10}{'P':>{WIDTH}}{'R':>{WIDTH}}")
        order = np.flatnonzero(chosen)[np.argsort(confidence[chosen], kind="stable")]
        for fifth in np.array_split(order, QUINTILES):
            low, high = confidence[fifth[[0, -1]]]
            counted = by_event(rows[fifth], event[fifth])
            values = np.vstack([scores(counted.sum(axis=0)), drawn_scores(counted)])
            label, n = f"confidence {low:.2f} to {high:.2f}", len(fifth)
            print(f"    {label:32}{n:10,}" + "".join(f"{figure(values[:, i]):>{WIDTH}}" for i in (P, R)))


def sizes(labels: Sequence[str]) -> Labels:
    """How many articles share the label of each."""
    numbers = codes(labels)
    return np.bincount(numbers)[numbers]


def print_undated(_: Options) -> None:
    """What is lost where no date is known."""
    for load in DATED_SETS:
        articles = load()
        found = {"dated": grouped(articles), "undated": grouped(articles.undated())}
        labels = {name: codes(groups.event) for name, groups in found.items()}
        print_table(f"Without dates, {size_of(articles, articles.event)}", labels, articles.event)


def print_tiny(_: Options) -> None:
    """Means over corpora as small as a person collects."""
    print(f"\nTiny corpora: {N_TINY} samples of 5 to 10 articles of 2 to 4 events; mean BCubed F1 of each")
    print(f"  {'':28}{'mean F1':>{WIDTH}}{'all right':>{WIDTH}}")
    for load in SETS[:4]:
        dated = load()
        for articles in (dated, dated.undated()) if any(dated.articles["date"]) else (dated,):
            print_samples(articles.name, samples(articles, N_TINY))
    print_samples("ECB+, of one topic", samples(ecbplus(), N_TINY, ecbplus().topic))


def print_samples(name: str, tiny: Iterator[EventSet]) -> None:
    rows = [counts(grouped(sample).event, sample.event).sum(axis=0) for sample in tiny]
    f1 = scores(np.array(rows))[:, F1]
    columns = [figure(np.append(values.mean(), drawn_means(values))) for values in (f1, f1 == 1)]
    print(f"  {name:28}" + "".join(f"{column:>{WIDTH}}" for column in columns))


PRINTED = (print_events, print_stories, print_seeds, print_confidence, print_undated, print_tiny)
PARTS = {part.__name__.removeprefix("print_"): part for part in PRINTED}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="no baselines")
    parser.add_argument("--encoder", help=f"{WORDLLAMA}, or a folder with tokenizer.json and model.onnx")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.parts) - set(PARTS))
    if unknown:
        parser.error(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    if chosen.encoder not in (None, WORDLLAMA) and not all(
        (Path(chosen.encoder) / file).is_file() for file in ENCODER_FILES
    ):
        parser.error(f"{chosen.encoder} does not hold {' and '.join(ENCODER_FILES)}.")
    print_machine()
    for part in chosen.parts or PARTS:
        PARTS[part](Options(chosen.quick, chosen.encoder))


if __name__ == "__main__":
    main()
