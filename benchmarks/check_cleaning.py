"""Cleaning loses nothing, does not depend on order or partitions, and is quick.

Run: python benchmarks/check_cleaning.py [restore] [partitions] [speed]     (all by default)
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine
from labelled import corpus, domain, jsonl

import biaslens
from biaslens.cleaning.clean import clean_articles
from biaslens.cleaning.repetition import learn_repeats


def all_texts() -> Iterator[tuple[str, str]]:
    """Every document of every set: its set and its text."""
    for file, column in (
        ("allsides_10k", "text"), ("allsides_events", "text"), ("ukraine_2022", "text"),
        ("basil_articles", "text"), ("polnear_articles", "text"), ("ecbplus", "text"),
        ("pages_scrapinghub", "gold_text"),
    ):  # fmt: skip
        for text in pd.read_parquet(folder() / f"{file}.parquet")[column]:
            yield file, text
    for file in ("cleaning_hand.jsonl", "cleaning_pages.jsonl.gz", "cleaning_residue.jsonl.gz"):
        for row in jsonl(folder() / file):
            yield file, "\n".join(line["t"] for line in row["lines"])


def print_restore() -> None:
    """restore() gives back the input."""
    n, wrong = Counter(), Counter()
    for name, text in all_texts():
        n[name] += 1
        wrong[name] += bool(text.strip()) and biaslens.clean(text).restore() != text
    print(f"\nrestore() differs from the input in {dict(wrong)} of {dict(n)} documents")


def print_partitions() -> None:
    frame = corpus().drop_duplicates("text").head(3_000)
    columns = {"id": frame["url"], "outlet": frame["url"].map(domain), "text": frame["text"]}
    rows = pd.DataFrame(columns).drop_duplicates("id").to_dict("records")
    expected = ledgers(rows, biaslens.Settings())
    for n_parts in (1, 7, 64):
        shuffled = random.Random(n_parts).sample(rows, len(rows))
        found = ledgers(shuffled, biaslens.Settings(part_size=-(-len(rows) // n_parts)))
        verdict = "identical" if found == expected else "DIFFER"
        print(f"{len(rows)} articles shuffled, in {n_parts} parts: ledgers {verdict}")


def ledgers(rows: list[dict[str, str]], settings: biaslens.Settings) -> dict[str, list[tuple]]:
    table = biaslens.compare(rows, settings=settings).removed
    return {key: list(map(tuple, group.to_numpy().tolist())) for key, group in table.groupby("id")}


def print_speed() -> None:
    """Milliseconds an article: medians over rounds, in one process."""
    frame = corpus().head(1_000)
    articles = biaslens.read(pd.DataFrame({"outlet": frame["url"].map(domain), "text": frame["text"]}))
    steps = {
        "learn repeats": lambda: learn_repeats(articles),
        "clean": lambda: clean_articles(articles, repeats),
    }
    repeats = learn_repeats(articles)
    mean = np.mean([len(text) for text in articles.text])
    print(f"\nSpeed on {len(articles)} articles of {mean:,.0f} characters")
    for name, step in steps.items():
        print(f"  {name:14} {median_ms(step) / len(articles):.3f} ms an article")
    for size in (10_000, 100_000, 1_000_000):
        text = "\n".join(articles.text)[:size]
        one = biaslens.read([{"outlet": "A", "text": text}])
        ms = median_ms(lambda one=one: clean_articles(one, repeats))
        print(f"  one text of {size:9,} characters: {ms:.1f} ms")


def median_ms(step: Callable[[], object], rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        step()
        times.append(time.perf_counter() - started)
    return float(np.median(times)) * 1_000


PARTS = {"restore": print_restore, "partitions": print_partitions, "speed": print_speed}


def main() -> None:
    print_machine()
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
