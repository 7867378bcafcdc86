"""The line classifier alone: whole pages, hand-labelled articles, residue of extractors, rounds, time.

Run: python benchmarks/quality_lines.py. Pages and residue are of domains that training did not see; articles
are predicted by cross-validation over outlets. Residue is labelled by gold bodies that hold boilerplate
themselves: what is "lost" there is an upper bound. A prototype that also knew some words reached .921 shingle
F1 on whole pages, and .926 smoothed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from evaluation_data import print_machine
from train_lines import (
    LONG_WORDS,
    Document,
    f1,
    read_documents,
    shingle_scores,
    unseen_articles,
)  # fmt: skip

from biaslens.cleaning.by_model import (
    PAGE_FEATURES,
    SECOND_LOOK_FEATURES,
    find_page_blocks,
    is_page,
    log_odds,
    look_at,
    score_lines,
    smooth,
)
from biaslens.cleaning.line_features import LINE_FEATURES
from biaslens.cleaning.lines import Line
from biaslens.weights import LineWeights, load_line_weights

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
N_RESAMPLES = 500
N_ROUNDS = 3


def interval(rows: FloatArray, score: Callable[[FloatArray], float]) -> str:
    """A score over documents (rows) with its 95 % bootstrap interval."""
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(rows), (N_RESAMPLES, len(rows)))
    low, high = np.quantile([score(rows[draw]) for draw in draws], [0.025, 0.975])
    return f"{score(rows):.4f} ({low:.4f} to {high:.4f})"


def ratio(rows: FloatArray) -> float:
    """Sum of the first column over the sum of the second."""
    numerator, denominator = rows.sum(axis=0)
    return float(numerator / denominator) if denominator else float("nan")


def removed(lines: Sequence[Line], weights: LineWeights) -> BoolArray:
    """What the layer takes by itself: runs of furniture on pages, else short lines that it is sure of."""
    look = look_at(lines)
    gone: BoolArray = np.zeros(len(lines), dtype=bool)
    for block in find_page_blocks(lines, look):
        gone[block.first : block.last] = True
    if not look.is_page:
        is_short = np.array([line.n_words <= LONG_WORDS and not line.is_prose for line in lines], dtype=bool)
        gone |= (look.probability >= weights.thresholds.strip) & is_short
    return gone


def looks(page: Document, weights: LineWeights) -> tuple[FloatArray, FloatArray]:
    """Log-odds of boilerplate at the first look and at the last, before smoothing."""
    if not is_page(page.article_features, weights.page_rule):
        only = log_odds(page.article_features, weights.article, LINE_FEATURES)
        return only, only
    first = log_odds(page.page_features, weights.page, PAGE_FEATURES)
    return first, log_odds(page.second_features(first), weights.page_second, SECOND_LOOK_FEATURES)


def print_pages(pages: Sequence[Document], weights: LineWeights) -> None:
    print("\nshingle F1 of mean precision and mean recall, whole pages of unseen domains")
    rows: dict[str, list[tuple[float, float]]] = {}
    for page in pages:
        first, last = looks(page, weights)
        smoothed = score_lines(page.lines)
        kept = {
            "nothing": np.ones(len(page.lines), dtype=bool),
            "model, first look": first < 0,
            "model, unsmoothed": last < 0,
            "model, smoothed": smoothed < 0.5,
            "as the cleaning uses it": ~removed(page.lines, weights),
        }
        for method, stays in kept.items():
            rows.setdefault(method, []).append(shingle_scores(page, stays))
    for method, scores in rows.items():
        table = np.array(scores)
        for source in ("all", *sorted({page.source for page in pages})):
            chosen = table[[source in ("all", page.source) for page in pages]]
            precision, recall = chosen.mean(axis=0)
            print(
                f"{method:26} {source:4} {len(chosen):4} pages  F1 {interval(chosen, f1)}"
                f"  P {precision:.3f} R {recall:.3f}"
            )


def print_articles(hand: Sequence[Document], residue: Sequence[Document], weights: LineWeights) -> None:
    odds = unseen_articles(hand, residue)
    probabilities = [smooth(one, weights.article_chain) for one in odds]
    print(f"\narticles labelled by hand, {len(hand)} documents, by cross-validation over outlets")
    threshold = weights.thresholds.strip
    for reach, longest in (("short lines", LONG_WORDS), ("all lines", 10**6)):
        counts = np.array([
            line_counts(d, (p >= threshold) & (d.n_words <= longest), longest)
            for d, p in zip(hand, probabilities, strict=True)
        ])  # fmt: skip
        print(f"p >= {threshold} {reach:12} precision {interval(counts[:, [0, 1]], ratio)}")
        print(f"{'':24} recall    {interval(counts[:, [0, 2]], ratio)}")
        print(f"{'':24} content lost {interval(counts[:, [3, 4]], ratio)}")


def line_counts(document: Document, taken: BoolArray, longest: int) -> list[int]:
    """Right lines, taken lines, boilerplate lines within reach, characters of content taken and in all."""
    known, positive = document.label >= 0, document.label == 1
    return [
        int((taken & positive).sum()), int((taken & known).sum()),
        int((positive & (document.n_words <= longest)).sum()),
        int(document.content[taken].sum()), int(document.content.sum()),
    ]  # fmt: skip


def print_residue(residue: Sequence[Document], weights: LineWeights) -> None:
    print(
        "\nresidue of extractors, unseen domains: boilerplate among characters before and after; content lost"
    )
    for source in sorted({d.source for d in residue}):
        for extractor in sorted({d.extractor for d in residue}):
            chosen = [d for d in residue if (d.source, d.extractor) == (source, extractor)]
            rows = np.array([residue_counts(d, weights) for d in chosen])
            print(
                f"{source} {extractor:13} {len(chosen):3} documents  {interval(rows[:, [0, 1]], ratio)} to "
                f"{interval(rows[:, [2, 3]], ratio)}; lost {interval(rows[:, [4, 5]], ratio)}"
            )


def residue_counts(document: Document, weights: LineWeights) -> list[int]:
    stays = ~removed(document.lines, weights)
    boilerplate = document.n_characters * (document.label == 1)
    return [
        int(boilerplate.sum()), int(document.n_characters.sum()),
        int(boilerplate[stays].sum()), int(document.n_characters[stays].sum()),
        int(document.content[~stays].sum()), int(document.content.sum()),
    ]  # fmt: skip


def print_rounds(documents: Sequence[Document], weights: LineWeights) -> None:
    """How many lines further rounds over what is left take."""
    taken = np.zeros(N_ROUNDS, dtype=np.int64)
    for document in documents:
        lines = list(document.lines)
        for number in range(N_ROUNDS):
            gone = removed(lines, weights) if lines else np.zeros(0, dtype=bool)
            taken[number] += gone.sum()
            lines = [line for line, away in zip(lines, gone, strict=True) if not away]
    n_lines = sum(len(document.lines) for document in documents)
    print(f"{documents[0].kind:8} {n_lines:,} lines; taken in rounds 1 to {N_ROUNDS}: {taken.tolist()}")


def print_time(documents: Sequence[Document]) -> None:
    times = []
    for document in documents:
        best = np.inf
        for _ in range(5):
            started = time.perf_counter()
            find_page_blocks(document.lines, look_at(document.lines))
            best = min(best, time.perf_counter() - started)
        times.append(best)
    n_lines = np.mean([len(d.lines) for d in documents])
    n_characters = np.mean([d.n_characters.sum() for d in documents])
    print(
        f"{documents[0].kind:8} {np.mean(times) * 1e3:.3f} ms a document (mean of {n_lines:.0f} lines, "
        f"{n_characters:,.0f} characters)"
    )


def main() -> None:
    print_machine()
    weights = load_line_weights()
    documents = read_documents()
    hand = [d for d in documents if d.kind == "hand"]
    pages = [d for d in documents if d.kind == "page" and d.split == "dev"]
    residue = [d for d in documents if d.kind == "residue"]
    unseen = [d for d in residue if d.split == "dev"]
    print_pages(pages, weights)
    print_articles(hand, [d for d in residue if d.split == "train"], weights)
    print_residue(unseen, weights)
    print("\nrounds: what is left is scored again")
    for group in (hand, unseen, pages):
        print_rounds(group, weights)
    print("\ntime, features to blocks, best of five")
    for group in (hand, pages):
        print_time(group)


if __name__ == "__main__":
    main()
