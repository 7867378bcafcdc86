"""Speed and memory of grouping articles into events, as their number grows, and of finding shared copy.

Run: python benchmarks/speed_events.py [growth] [copies] [--million] [1000 10000]
Both parts by default, growth at 1,000 to 100,000 articles; --million adds a million. Times are CPU
seconds, of sketching and grouping alone: reading and cleaning come before. Every size runs in a process of
its own, which gets its articles in chunks from another one and holds the texts of a chunk or two at a time.

Articles are real ones, again and again: every copy of the pool after the first has made-up words in place of
its names, so that its events are others, and a stretch of days of its own. All stretches together are 1,000
days at every size: more articles are a longer list of outlets, not more years. A copy in a short stretch is
denser than news is, as years of one country's politics meet in it. Fewer articles than the pool holds are
taken evenly over its time.
"""

from __future__ import annotations

import argparse
import calendar
import json
import math
import pickle
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine
from speed_scoring import peak_bytes, print_target

import biaslens
from biaslens.cleaning.clean import keep_all
from biaslens.events.copies import find_copies
from biaslens.events.group import Grouping, group_articles
from biaslens.events.origins import rank_origins
from biaslens.events.shingles import Shingles, shingle_corpus
from biaslens.events.sketch import Sketch, sketch_articles
from biaslens.first_pass import annotate

SIZES, MILLION = (1_000, 3_000, 10_000, 30_000, 100_000), 1_000_000
COPY_SIZES = (1_000, 10_000)
TOTAL_DAYS, FIRST_DAY = 1_000, np.datetime64("2015-01-01")
CHUNK = 1_000
# CPU seconds, and the growth exponent between neighbouring sizes.
TARGET_SECONDS = {100_000: 25, MILLION: 180}
TARGET_EXPONENT, TARGET_MILLION_GB = 1.2, 2.5

_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]+")
# A calendar is no name: "Tuesday" stays.
_CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name))
_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwxyz" for vowel in "aeiou"]


@dataclass(frozen=True)
class Chunk:
    """Some articles, column by column; day is datetime64[D]."""

    titles: list[str]
    bodies: list[str]
    outlets: list[str]
    day: npt.NDArray[np.datetime64]


class MadeUp(dict[str, str]):
    """From each name to the made-up word that stands for it in one copy of the pool."""

    def __init__(self, names: frozenset[str], copy: int) -> None:
        super().__init__()
        self._names, self._copy = names, copy

    def __missing__(self, word: str) -> str:
        self[word] = word
        if word.lower() in self._names:
            number = crc32(f"{self._copy} {word.lower()}".encode())
            made = "".join(_SYLLABLES[number // 100**place % 100] for place in range(4))
            self[word] = made.upper() if word.isupper() else made.capitalize()
        return self[word]

    def rename(self, text: str) -> str:
        return _CAPITALISED.sub(lambda found: self[found[0]], text)


def articles(size: int) -> Iterator[Chunk]:
    """So many articles, copy after copy of the pool, chunk by chunk."""
    pool = dated_pool()
    n_copies = -(-size // len(pool))
    names = names_in(pool["text"]) if n_copies > 1 else frozenset()
    stretch = TOTAL_DAYS / n_copies
    for copy in range(n_copies):
        n = size // n_copies + (copy < size % n_copies)
        rows = pool.iloc[np.linspace(0, len(pool) - 1, n).astype(np.int64)]
        made_up = MadeUp(names if copy else frozenset(), copy)
        # Articles of one day stay on one day.
        place = np.searchsorted(rows["date"], rows["date"]) / n
        day = FIRST_DAY + ((copy + place) * stretch).astype(np.int64)
        for begin in range(0, n, CHUNK):
            part = slice(begin, begin + CHUNK)
            titles = [made_up.rename(title) for title in rows["title"][part]]
            bodies = [made_up.rename(text) for text in rows["text"][part]]
            yield Chunk(titles, bodies, rows["outlet"][part].tolist(), day[part])


def dated_pool() -> pd.DataFrame:
    """The articles in order of date; one that has none gets another's: undated ones meet all others."""
    pool = pd.read_parquet(folder() / "allsides_10k.parquet")
    date = pd.to_datetime(pool["date"], errors="coerce", format="%Y-%m-%d").to_numpy(copy=True)
    missing = np.isnat(date)
    date[missing] = np.random.default_rng(0).choice(date[~missing], missing.sum())
    return pool.assign(date=date).sort_values(["date", "id"])


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Words that mostly stand with a capital, in lower case."""
    forms = Counter(word for text in texts for word in _WORD.findall(text))
    mostly: Counter[str] = Counter()
    for word, n in forms.items():
        mostly[word.lower()] += n if word[0].isupper() else -n
    return frozenset(word for word, n in mostly.items() if n > 0) - _CALENDAR


def write_articles(size: int) -> None:
    """Chunks to standard output, for the process that is measured."""
    for chunk in articles(size):
        pickle.dump(chunk, sys.stdout.buffer)


def read_articles(size: int) -> Iterator[Chunk]:
    """What another process writes, so that neither its time nor its memory counts."""
    command = [sys.executable, __file__, "--job", "write_articles", str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        left = size
        while left:
            chunk = pickle.load(writer.stdout)
            left -= len(chunk.titles)
            yield chunk


# Jobs: what a process of its own measures. Seconds are of the process's own CPU time.


def time_events(size: int) -> dict[str, float]:
    """Sketching chunk by chunk, grouping all at once, and bytes at the peak over what there was before."""
    group_some(sketch_articles(["Kerry meets Lavrov"] * 2, ["In London"] * 2), np.array([FIRST_DAY] * 2))
    before, days, reading = peak_bytes(), [], 0.0

    def sketches() -> Iterator[Sketch]:
        nonlocal reading
        began = time.process_time()
        for chunk in read_articles(size):
            reading += time.process_time() - began
            days.append(chunk.day)
            yield sketch_articles(chunk.titles, chunk.bodies)
            began = time.process_time()

    started = time.process_time()
    sketch = Sketch.concatenate(sketches())
    seconds = time.process_time() - started - reading
    started = time.process_time()
    grouping = group_some(sketch, np.concatenate(days))
    return {
        "sketching": seconds,
        "grouping": time.process_time() - started,
        "peak": peak_bytes() - before if before else math.nan,
        "events": int(grouping.event.max()) + 1,
        "stories": int(grouping.story.max()) + 1,
    }


def group_some(sketch: Sketch, day: npt.NDArray[np.datetime64]) -> Grouping:
    return group_articles(sketch, day, [""] * len(sketch), biaslens.Settings())


def time_copies(size: int) -> dict[str, float]:
    """Hashing the narrations, and finding what they share; cleaning and voices come before."""
    parts, days, outlets, seconds = [], [], [], 0.0
    settings = biaslens.Settings(clean=False)
    for chunk in read_articles(size):
        rows = [{"text": text, "outlet": "-"} for text in chunk.bodies]
        found = biaslens.read(rows, settings=settings)
        corpus = annotate(found, keep_all(found).kept, settings)
        started = time.process_time()
        parts.append(shingle_corpus(corpus.tokens, corpus.is_unquoted))
        seconds += time.process_time() - started
        days.append(chunk.day)
        outlets += chunk.outlets
    del chunk, found, corpus
    _, outlet = np.unique(outlets, return_inverse=True)
    shingles = Shingles.concatenate(parts)
    del parts
    started = time.process_time()
    origins = rank_origins(shingles, outlet, np.concatenate(days), np.arange(size))
    copies = find_copies(shingles, origins, settings)
    return {"hashing": seconds, "finding": time.process_time() - started, "pairs": len(copies)}


JOBS = {job.__name__: job for job in (time_events, time_copies, write_articles)}


def run_job(job: str, size: int) -> dict[str, float]:
    """What a job finds in a process of its own."""
    command = [sys.executable, __file__, "--job", job, str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


def print_growth(sizes: Sequence[int]) -> None:
    heads = (
        "articles",
        "sketch s",
        "group s",
        "both s",
        "us each",
        "peak MiB",
        "events",
        "stories",
        "exponent",
    )
    print("\nEvents: CPU seconds; peak memory over imports; exponent of both from the size above")
    print("".join(f"{head:>11}" for head in heads))
    found: dict[int, dict[str, float]] = {}
    for size in sizes:
        now = found[size] = run_job("time_events", size)
        both, peak = total(now), now["peak"] / 2**20
        cells = [f"{size:,}", f"{now['sketching']:.2f}", f"{now['grouping']:.2f}", f"{both:.2f}"]
        cells += [f"{both / size * 1e6:.0f}", f"{peak:,.0f}", f"{now['events']:,}", f"{now['stories']:,}"]
        before = [other for other in found if other < size]
        if before:
            cells.append(f"{exponent(found, before[-1], size):.2f}")
        print("".join(f"{cell:>11}" for cell in cells), flush=True)
    print_targets(found)


def print_targets(found: Mapping[int, dict[str, float]]) -> None:
    for size, target in TARGET_SECONDS.items():
        if size in found:
            print_target(f"{size:,} articles, CPU s", total(found[size]), target, at_most=True)
    if MILLION in found:
        print_target("a million, peak GB", found[MILLION]["peak"] / 1e9, TARGET_MILLION_GB, at_most=True)
    for a, b in pairwise(sorted(found)):
        name = f"growth exponent, {a:,} to {b:,}"
        print_target(name, exponent(found, a, b), TARGET_EXPONENT, at_most=True)


def total(found: Mapping[str, float]) -> float:
    return found["sketching"] + found["grouping"]


def exponent(found: Mapping[int, dict[str, float]], a: int, b: int) -> float:
    """Up to 1, an article costs no more among many."""
    return math.log(total(found[b]) / total(found[a])) / math.log(b / a)


def print_copies(_: Sequence[int]) -> None:
    """At sizes of the pool and below: renamed copies of an article would share copy."""
    print("\nShared copy: CPU seconds")
    for size in COPY_SIZES:
        found = run_job("time_copies", size)
        each = {name: found[name] / size * 1e6 for name in ("hashing", "finding")}
        print(
            f"  {size:,} articles: hashing {found['hashing']:.2f} s ({each['hashing']:.0f} us each), finding "
            f"{found['finding']:.2f} s ({each['finding']:.0f} us each), {found['pairs']:,} pairs",
            flush=True,
        )


PARTS = {"growth": print_growth, "copies": print_copies}


def main() -> None:
    if sys.argv[1:2] == ["--job"]:
        result = JOBS[sys.argv[2]](int(sys.argv[3]))
        if result is not None:
            print(json.dumps(result))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="part or size", help=f"{', '.join(PARTS)}, or numbers")
    parser.add_argument("--million", action="store_true", help="also a million articles: some minutes, 3 GB")
    chosen = parser.parse_args()
    parts = [word for word in chosen.words if not word.isdigit()]
    sizes = [int(word) for word in chosen.words if word.isdigit()] or list(SIZES)
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        parser.error(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    print_machine()
    for part in parts or PARTS:
        PARTS[part](sorted({*sizes, *([MILLION] if chosen.million else [])}))


if __name__ == "__main__":
    main()
