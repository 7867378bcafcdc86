"""How much of the article read() finds in saved web pages, and what clean_all() then makes of it.

Run: python benchmarks/quality_html.py. The measure is that of Zyte's article-extraction-benchmark (formerly
Scrapinghub; evaluate.py of 2019): precision and recall of shingles of four words, counted as often as they
occur and summed within a page, then the means over pages and the F1 of these means. Gold articles hold some
boilerplate themselves ("Reporting by ..."), so cleaning that removes it loses recall here.
"""

from __future__ import annotations

import csv
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens

SHINGLE = 4
DRAWS = 1000
_WORD = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words and how often each occurs; a shorter text is one run."""
    words = _WORD.findall(text)
    runs = (tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def counts(found: str, gold: str) -> np.ndarray:
    """Shingles that both hold, that only the found text holds, that only the gold text holds; shape (3,)."""
    a, b = shingles(found), shingles(gold)
    return np.array([(a & b).total(), (a - b).total(), (b - a).total()])


def scores(pages: np.ndarray) -> np.ndarray:
    """Precision, recall and F1 of pages, shape (n_pages, 3) to (3,); an empty side of a page is left out."""
    right, wrong, missed = pages.T
    precision = np.mean(right[right + wrong > 0] / (right + wrong)[right + wrong > 0])
    recall = np.mean(right[right + missed > 0] / (right + missed)[right + missed > 0])
    return np.array([precision, recall, 2 * precision * recall / (precision + recall)])


def print_scores(name: str, pages: np.ndarray) -> None:
    draws = np.random.default_rng(0).integers(0, len(pages), (DRAWS, len(pages)))
    low, high = np.quantile([scores(pages[draw]) for draw in draws], [0.025, 0.975], axis=0)
    for label, value, a, b in zip(("precision", "recall", "F1"), scores(pages), low, high, strict=True):
        print(f"{name:24} {label:10} {value:.3f} (95 % over pages: {a:.3f} to {b:.3f})")


def write_pages(pages: pd.DataFrame, to: Path) -> None:
    """One file per page, and an index that names the domain as outlet."""
    with (to / "index.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "outlet"])
        for number, page in enumerate(pages.itertuples()):
            (to / f"{number:04}.html").write_text(str(page.html), encoding="utf-8", newline="")
            rows.writerow([f"{number:04}.html", page.domain])


def main() -> None:
    print_machine()
    pages = pd.read_parquet(folder() / "pages_scrapinghub.parquet")
    with tempfile.TemporaryDirectory() as place:
        write_pages(pages, Path(place))
        # The first page pays for importing trafilatura.
        biaslens.read(Path(place) / "0000.html")
        start = time.perf_counter()
        articles = biaslens.read(place)
        read_seconds = time.perf_counter() - start
    biaslens.clean("Rules are compiled once.")
    start = time.perf_counter()
    cleaned = biaslens.clean_all(articles)
    clean_seconds = time.perf_counter() - start
    golds = pages["gold_text"].tolist()
    by_name = {
        "read()": list(articles.text),
        "read(), clean_all()": [article.text for article in cleaned],
    }
    for name, texts in by_name.items():
        print_scores(name, np.array([counts(*pair) for pair in zip(texts, golds, strict=True)]))
    n_empty, n_domains = sum(text == "" for text in articles.text), pages["domain"].nunique()
    print(f"{len(pages)} pages of {n_domains} domains, {n_empty} without text")
    print(f"read()      {read_seconds / len(pages) * 1000:.1f} ms a page")
    print(f"clean_all() {clean_seconds / len(pages) * 1000:.1f} ms a page")
    known = {"date": ~np.isnat(articles.date), "title": articles.title, "author": articles.author}
    print(
        ", ".join(f"{name} known: {np.mean([bool(v) for v in values]):.0%}" for name, values in known.items())
    )


if __name__ == "__main__":
    main()
