"""How well cleaning tells boilerplate from content in articles: hand-labelled lines, and traps.

Run: python benchmarks/quality_cleaning.py [hand] [blind] [traps] [appeals]     (all by default)

hand   cleaning_hand.jsonl, 119 documents: all of it was read while rules were written, so its figures are an
       upper bound.
blind  60 articles of allsides_10k from other outlets, one each, labelled line by line by a reader who had not
       seen the rules, while the rules' authors had not seen the articles; labels in blind_labels.jsonl.

Repetition is learned from all articles of allsides_10k, by their web domain.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from cleaning_baselines import BASELINES
from evaluation_data import folder, print_machine
from labelled import Document, blind, corpus, domain, hand, jsonl, sha

import biaslens
from biaslens.articles import Articles
from biaslens.cleaning.by_model import score_lines
from biaslens.cleaning.by_rule import RuleFinder, RuleIndex
from biaslens.cleaning.clean import clean_articles, without
from biaslens.cleaning.headlines import find_headlines
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.cleaning.repetition import Repeats, find_repeats, learn_repeats
from biaslens.rules import load_rules

# A line counts as removed when this share of its characters is.
REMOVED_SHARE = 0.8
DRAWS = 1_000
CASES = Path(__file__).parent.parent / "tests" / "cases"

Spans = list[tuple[int, int]]
Method = Callable[[Document], Spans]


@dataclass(frozen=True)
class Counts:
    """Lines rightly and wrongly removed and missed; characters of content and boilerplate, lost or left."""

    right: int
    wrong: int
    missed: int
    content: int
    content_lost: int
    boilerplate: int
    boilerplate_left: int


@cache
def learned() -> Repeats:
    frame = corpus().assign(outlet=corpus()["url"].map(domain))
    return learn_repeats(biaslens.read(frame[["outlet", "text"]]))


def article(document: Document, *, with_title: bool = True) -> Articles:
    row = {"outlet": document.outlet, "text": document.text}
    return biaslens.read([row | ({"title": document.title} if with_title else {})])


def by_all(document: Document) -> Spans:
    return ledger_of(article(document), learned())


def by_all_unknown_outlet(document: Document) -> Spans:
    """As one text alone: no title, and nothing known of its outlet."""
    return ledger_of(article(document, with_title=False), Repeats({}))


def ledger_of(found: Articles, repeats: Repeats) -> Spans:
    spans = found.original_spans(clean_articles(found, repeats).ledger.spans)
    return list(zip(spans.start.tolist(), spans.end.tolist(), strict=True))


def by_rules(document: Document) -> Spans:
    """Every find of a rule believed, whatever its length."""
    finder, lines = RuleFinder(RuleIndex(load_rules()), document.text), split_lines(document.text)
    spans: Spans = []
    while found := (
        finder.from_top(lines)
        or finder.from_bottom(lines)
        or find_headlines(lines, document.title)
        or find_pull_quotes(lines)
    ):
        spans += [(removal.start, removal.end) for removal in found]
        lines = without(lines, found)
    return spans


def by_repetition(document: Document) -> Spans:
    found = find_repeats(split_lines(document.text), document.outlet, learned())
    return [(removal.start, removal.end) for removal in found]


def by_model(document: Document) -> Spans:
    lines = split_lines(document.text)
    return [(line.start, line.end) for line, p in zip(lines, score_lines(lines), strict=True) if p >= 0.5]


def by_baseline(name: str) -> Method:
    def method(document: Document) -> Spans:
        lines = split_lines(document.text)
        removed = BASELINES[name](lines)
        return [(line.start, line.end) for line, gone in zip(lines, removed, strict=True) if gone]

    return method


METHODS: dict[str, Method] = {
    **{name: by_baseline(name) for name in BASELINES},
    "rules, all believed": by_rules,
    "repetition alone": by_repetition,
    "line model alone, p >= .5": by_model,
    "biaslens, text alone": by_all_unknown_outlet,
    "biaslens, in its corpus": by_all,
}


def count(document: Document, spans: Spans) -> Counts:
    gone = np.zeros(len(document.text) + 1, dtype=bool)
    for start, end in spans:
        gone[start:end] = True
    counts: Counter[str] = Counter()
    start = 0
    for line, label in zip(document.lines, document.labels, strict=True):
        n_gone, n = int(gone[start : start + len(line)].sum()), max(1, len(line))
        start += len(line) + 1
        is_removed = n_gone >= REMOVED_SHARE * n
        if label == "keep":
            counts.update(content=n, content_lost=n_gone, wrong=is_removed)
        elif label == "strip":
            counts.update(boilerplate=n, boilerplate_left=n - n_gone, right=is_removed, missed=not is_removed)
    return Counts(**{field: counts[field] for field in Counts.__dataclass_fields__})


def figures(rows: np.ndarray) -> np.ndarray:
    """Precision, recall, F1, content lost, boilerplate removed, boilerplate in the output: percent."""
    right, wrong, missed, content, lost, boilerplate, left = rows.sum(axis=0)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    output = content - lost + left
    return np.array([precision, recall, f1, lost / content, 1 - left / boilerplate, left / output]) * 100


def print_table(name: str, documents: Sequence[Document]) -> None:
    n_lines = Counter(label for document in documents for label in document.labels)
    print(f"\n{name}: {len(documents)} documents, {dict(n_lines)} lines; 95 % intervals over documents")
    names = f"{'line P':>20}{'line R':>20}{'F1':>7}{'content lost':>20}"
    print(f"{'':28}{names}{'boilerplate removed':>22}{'left in output':>20}")
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(documents), (DRAWS, len(documents)))
    for method, function in METHODS.items():
        counted = [count(document, function(document)) for document in documents]
        rows = np.array([astuple(c) for c in counted])
        value = figures(rows)
        low, high = np.quantile([figures(rows[draw]) for draw in draws], [0.025, 0.975], axis=0)
        cells = [f"{v:6.1f} ({a:5.1f}-{b:5.1f})" for v, a, b in zip(value, low, high, strict=True)]
        fine = [f"{v:6.2f} ({a:.2f}-{b:.2f})" for v, a, b in zip(value, low, high, strict=True)]
        lines = f"{cells[0]:>20}{cells[1]:>20}{value[2]:7.1f}"
        print(f"{method:28}{lines}{fine[3]:>20}{cells[4]:>22}{fine[5]:>20}")


def print_hand() -> None:
    print_table("Hand-labelled, read while rules were written", hand())


def print_blind() -> None:
    print_table("Hand-labelled, blind", blind())


def print_traps() -> None:
    """Sentences and lines that must stay, and boilerplate in unforeseen words."""
    rows = list(jsonl(folder() / "cleaning_traps.jsonl"))
    expected = [row.get("label") == "strip" for row in rows]
    found = [bool(biaslens.clean(row["t"]).removed) for row in rows]
    wrong = [row["t"] for row, a, b in zip(rows, found, expected, strict=True) if a != b]
    print(f"\nTraps of the evaluation data: {len(wrong)} of {len(rows)} wrong {wrong}")
    stay = json.loads((CASES / "cleaning_traps.json").read_text(encoding="utf-8"))["stay"]
    wrong = [row["text"] for row in stay if biaslens.clean(row["text"]).text != row["text"]]
    print(f"Traps of the tests, sentences: {len(wrong)} of {len(stay)} wrongly removed {wrong}")
    hard = json.loads((CASES / "cleaning_hard.json").read_text(encoding="utf-8"))
    lost = [row["lines"][i] for row in hard["stay"] for i in set(row["keep"]) - set(kept_lines(row["lines"]))]
    n = sum(len(row["keep"]) for row in hard["stay"])
    print(f"Traps of the tests, written blind: {len(lost)} of {n} lines in {len(hard['stay'])} articles lost")
    for line in lost:
        print(f"  {line}")
    go = [(row["category"], i in kept_lines(row["lines"])) for row in hard["go"] for i in row["strip"]]
    for category, total in sorted(Counter(category for category, _ in go).items()):
        left = sum(is_left for found, is_left in go if found == category)
        print(f"  boilerplate in unforeseen words, {category:14} {total - left:3} of {total:3} lines removed")
    print(f"  together {sum(not is_left for _, is_left in go)} of {len(go)}")


def kept_lines(lines: Sequence[str]) -> list[int]:
    """The rows of the lines that cleaning leaves whole."""
    text = "\n".join(lines)
    kept = biaslens.clean(text).kept
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])]).tolist()
    places = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    return [i for i, place in enumerate(places) if place in kept]


def print_appeals() -> None:
    """Appeals as the last line of an article whose outlet is unknown: how many are mostly removed."""
    appeals = sorted({row["text"] for row in jsonl(folder() / "appeals.jsonl")})
    hosts = sorted((text for text in corpus()["text"] if text.count("\n") > 8), key=sha)
    n_removed = 0
    for appeal, host in zip(appeals, hosts, strict=False):
        text = f"{host.rstrip()}\n{appeal}"
        start = len(text) - len(appeal)
        spans = [(max(start, span.start), span.end) for span in biaslens.clean(text).removed]
        n_removed += sum(end - a for a, end in spans if end > start) >= REMOVED_SHARE * len(appeal)
    print(f"\nAppeals below one article each: {n_removed} of {len(appeals)} mostly removed")


PARTS = {
    "hand": print_hand,
    "blind": print_blind,
    "traps": print_traps,
    "appeals": print_appeals,
}


def main() -> None:
    chosen = sys.argv[1:] or list(PARTS)
    unknown = sorted(set(chosen) - set(PARTS))
    if unknown:
        sys.exit(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    print_machine()
    for part in chosen:
        PARTS[part]()


if __name__ == "__main__":
    main()
