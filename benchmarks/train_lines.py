"""Train the line classifier, and write its weights to biaslens/data/boilerplate/line_weights.json.

Run: python benchmarks/train_lines.py. Logistic models, over features of the build of lines:
- "article", for the text of an article: lines labelled by hand, and what extractors leave of the training
  domains, at a small weight, because its labels come from gold bodies that hold boilerplate themselves;
- "page", for whole pages: pages of the training domains; "page_second" looks again, and knows what the first
  found around each line, on pages of domains that the first had not seen.
Whatever is chosen here (smoothing, thresholds, blocks) is chosen on predictions for outlets or domains that
the fit had not seen. The final fit uses all lines labelled by hand.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sklearn
from evaluation_data import folder
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import biaslens
from biaslens.cleaning.by_model import (
    PAGE_FEATURES,
    SECOND_LOOK_FEATURES,
    is_page,
    log_odds,
    smooth,
)
from biaslens.cleaning.line_features import LINE_FEATURES, line_features
from biaslens.cleaning.lines import Line
from biaslens.cleaning.page_features import place_features, second_features
from biaslens.weights import Chain, LineModel, PageRule

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

TARGET = Path(biaslens.__file__).parent / "data" / "boilerplate" / "line_weights.json"
RANDOM_STATE = 0
N_FOLDS = 10
# Strength of the ridge (inverse), and what a line of residue counts against a line labelled by hand.
ARTICLE_C, PAGE_C, RESIDUE_WEIGHT = 0.1, 0.1, 0.02
# Mixed and ambiguous lines count as neither.
LABELS = {"strip": 1, "keep": 0}
# Longer lines need a second layer; the model only moves the odds.
LONG_WORDS = 25
# From here on the model strips a short line by itself: in cross-validation all such lines were boilerplate.
STRIP = 0.9
# A page is told from articles with this margin in the share of prose.
PAGE_MARGIN = 0.05
# The two probabilities of a chain add to this where neighbours (almost) do not matter; 1 would be the same.
INDEPENDENT = 0.999
LICENCES = {
    "articles labelled by hand": "texts from an Apache-2.0 collection, labels by the biaslens authors",
    "residue of extractors, whole pages": "benchmark collections under MIT, CC BY 4.0 and Apache-2.0",
}


@dataclass(frozen=True)
class Document:
    """One text: lines with labels (1 boilerplate, 0 content, -1 neither), and where it comes from."""

    kind: str
    source: str
    site: str
    split: str
    extractor: str
    lines: tuple[Line, ...]
    label: IntArray
    category: tuple[str, ...]

    @cached_property
    def article_features(self) -> FloatArray:
        return line_features(self.lines)

    @cached_property
    def page_features(self) -> FloatArray:
        return np.hstack([self.article_features, place_features(self.article_features)])

    def second_features(self, first: FloatArray) -> FloatArray:
        """Features of a second look, from the log-odds of the first."""
        return np.hstack([self.page_features, second_features(self.page_features, first)])

    @cached_property
    def n_words(self) -> IntArray:
        return np.array([line.n_words for line in self.lines])

    @cached_property
    def n_characters(self) -> IntArray:
        return np.array([len(line.text) for line in self.lines])

    @property
    def content(self) -> IntArray:
        """Characters of content in each line."""
        return np.where(self.label == 0, self.n_characters, 0)


def read_documents() -> list[Document]:
    """Hand-labelled articles, whole pages, and what extractors leave."""
    return [
        *_documents("hand", "cleaning_hand.jsonl", "outlet", "label"),
        *_documents("page", "cleaning_pages.jsonl.gz", "dom", "y"),
        *_documents("residue", "cleaning_residue.jsonl.gz", "dom", "y"),
    ]


def _documents(kind: str, file: str, site: str, label: str) -> Iterator[Document]:
    path = folder() / file
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            texts = [line["t"].strip() for line in row["lines"]]
            starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
            yield Document(
                kind=kind,
                source=row.get("ds", "hand"),
                site=row[site],
                split=row["split"],
                extractor=row.get("ex", ""),
                lines=tuple(
                    Line.at(start, text)
                    for start, text in zip(starts, texts, strict=False)
                    if text
                ),
                label=np.array([
                    LABELS.get(line[label], -1) for line in row["lines"] if line["t"].strip()
                ]),
                category=tuple(line.get("cat") or "" for line in row["lines"] if line["t"].strip()),
            )  # fmt: skip


def fit(
    features: Sequence[FloatArray], documents: Sequence[Document], weights: Sequence[FloatArray],
    names: tuple[str, ...], c: float,
) -> LineModel:  # fmt: skip
    """A logistic model of the labelled lines, with its scales folded in, at five digits."""
    label = np.concatenate([d.label for d in documents])
    known = label >= 0
    rows = np.vstack(features)[known]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=c, max_iter=1000, random_state=RANDOM_STATE)
    model.fit(scaler.transform(rows), label[known], sample_weight=np.concatenate(weights)[known])
    slopes = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - slopes @ scaler.mean_)
    return LineModel(_rounded(intercept), dict(zip(names, map(_rounded, slopes), strict=True)))


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")


def fit_article(documents: Sequence[Document]) -> LineModel:
    weights = [np.full(len(d.label), 1.0 if d.kind == "hand" else RESIDUE_WEIGHT) for d in documents]
    return fit([d.article_features for d in documents], documents, weights, LINE_FEATURES, ARTICLE_C)


def fit_page(documents: Sequence[Document]) -> LineModel:
    return fit(
        [d.page_features for d in documents], documents, _page_weights(documents), PAGE_FEATURES, PAGE_C
    )


def fit_second(documents: Sequence[Document], first: Sequence[FloatArray]) -> LineModel:
    """The second look, from the log-odds that the first gives pages it has not seen."""
    features = [d.second_features(one) for d, one in zip(documents, first, strict=True)]
    return fit(features, documents, _page_weights(documents), SECOND_LOOK_FEATURES, PAGE_C)


def _page_weights(documents: Sequence[Document]) -> list[FloatArray]:
    """Longer lines hold more of the text; longer pages should not outvote the others."""
    return [np.log1p(d.n_words) / np.sqrt(len(d.lines)) for d in documents]


def unseen_articles(hand: Sequence[Document], residue: Sequence[Document]) -> list[FloatArray]:
    """Log-odds of hand-labelled articles from fits without their outlets; residue is learned from too."""
    fold = folds(hand)
    result: list[FloatArray] = [np.zeros(0)] * len(hand)
    for number in range(N_FOLDS):
        unseen = {_domain(d) for d, f in zip(hand, fold, strict=True) if f == number}
        model = fit_article([d for d in (*hand, *residue) if _domain(d) not in unseen])
        for i in np.flatnonzero(fold == number).tolist():
            result[i] = log_odds(hand[i].article_features, model, LINE_FEATURES)
    return result


def _domain(document: Document) -> str:
    return document.site.removeprefix("www.")


def unseen_pages(pages: Sequence[Document]) -> list[FloatArray]:
    """Log-odds of pages at a first look, from fits without their domains."""
    fold = folds(pages)
    result: list[FloatArray] = [np.zeros(0)] * len(pages)
    for number in range(N_FOLDS):
        model = fit_page([d for d, f in zip(pages, fold, strict=True) if f != number])
        for i in np.flatnonzero(fold == number).tolist():
            result[i] = log_odds(pages[i].page_features, model, PAGE_FEATURES)
    return result


def unseen_second(pages: Sequence[Document], first: Sequence[FloatArray]) -> list[FloatArray]:
    """Log-odds of pages at a second look, from fits without their domains."""
    fold = folds(pages)
    result: list[FloatArray] = [np.zeros(0)] * len(pages)
    for number in range(N_FOLDS):
        rows = np.flatnonzero(fold != number).tolist()
        model = fit_second([pages[i] for i in rows], [first[i] for i in rows])
        for i in np.flatnonzero(fold == number).tolist():
            result[i] = log_odds(pages[i].second_features(first[i]), model, SECOND_LOOK_FEATURES)
    return result


def folds(documents: Sequence[Document]) -> IntArray:
    """A fold for each document; documents of one site share it."""
    sites = np.unique([d.site for d in documents], return_inverse=True)[1]
    return np.random.default_rng(RANDOM_STATE).permutation(int(sites.max()) + 1)[sites] % N_FOLDS


def shingles(document: Document, kept: npt.NDArray[np.bool_]) -> Counter[tuple[str, ...]]:
    """Runs of four words in the kept lines, and how often each stands there."""
    words = [
        word for line, stays in zip(document.lines, kept, strict=True) if stays for word in line.text.split()
    ]
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def shingle_scores(document: Document, kept: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Precision and recall of a page's kept lines against its content."""
    gold, found = shingles(document, document.label == 0), shingles(document, kept)
    right = (gold & found).total()
    return right / max(found.total(), 1), right / max(gold.total(), 1)


def f1(scores: FloatArray) -> float:
    """F1 of mean precision and mean recall, from rows of both."""
    precision, recall = scores.mean(axis=0)
    return float(2 * precision * recall / (precision + recall))


def wilson_lower(share: float, n: int) -> float:
    """Lower end of the 95 % interval of a share among n (Wilson 1927)."""
    z = 1.96
    spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float((share + z * z / (2 * n) - spread) / (1 + z * z / n))


def choose_page_rule(documents: Sequence[Document]) -> PageRule:
    """The rule that knows most pages among those that take no hand-labelled article for one, with a margin.

    A page scored as an article keeps furniture; an article scored as a page loses its short lines.
    """
    pages = [d.article_features for d in documents if d.kind == "page"]
    articles = [d.article_features for d in documents if d.kind == "hand"]
    rules = [PageRule(lines, share / 100) for lines in (10, 15, 20, 30) for share in range(5, 60, 5)]

    def known(rule: PageRule) -> float:
        wider = PageRule(rule.min_lines, rule.max_prose_share + PAGE_MARGIN)
        if any(is_page(features, wider) for features in articles):
            return -1.0
        return float(np.mean([is_page(features, rule) for features in pages]))

    return max(rules, key=lambda rule: (round(known(rule), 4), rule.min_lines))


def choose_page_chain(pages: Sequence[Document], odds: Sequence[FloatArray]) -> Chain:
    """The chain whose kept lines (probability below one half) have the best shingle F1."""
    chains = [
        Chain(round(s * p, 4), round(s * (1 - p), 4))
        for s in (0.4, 0.6, 0.8, INDEPENDENT)
        for p in (0.5, 0.6, 0.7)
    ]
    return max(chains, key=lambda chain: f1(page_scores(pages, odds, chain)))


def page_scores(pages: Sequence[Document], odds: Sequence[FloatArray], chain: Chain) -> FloatArray:
    return np.array([
        shingle_scores(page, smooth(one, chain) < 0.5) for page, one in zip(pages, odds, strict=True)
    ])  # fmt: skip


def choose_article_chain(articles: Sequence[Document], odds: Sequence[FloatArray]) -> Chain:
    """The chain under which the labels are most likely."""
    label = np.concatenate([d.label for d in articles])
    known = label >= 0
    share = float(label[known].mean())

    def loss(chain: Chain) -> float:
        p = np.clip(np.concatenate([smooth(one, chain) for one in odds]), 1e-9, 1 - 1e-9)[known]
        return float(-np.mean(np.log(np.where(label[known] == 1, p, 1 - p))))

    strengths = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, INDEPENDENT)
    return min((Chain(round(s * share, 4), round(s * (1 - share), 4)) for s in strengths), key=loss)


def _short(articles: Sequence[Document], probabilities: Sequence[FloatArray]) -> tuple[FloatArray, IntArray]:
    """Probabilities and labels of the lines that the model is asked to strip: short, and no sentences."""
    p, label = np.concatenate(probabilities), np.concatenate([d.label for d in articles])
    chosen = (label >= 0) & (np.concatenate([d.n_words for d in articles]) <= LONG_WORDS)
    chosen &= ~np.array([line.is_prose for d in articles for line in d.lines])
    return p[chosen], label[chosen]


def main() -> None:
    documents = read_documents()
    hand = [d for d in documents if d.kind == "hand"]
    residue = [d for d in documents if d.kind == "residue" and d.split == "train"]
    pages = [d for d in documents if d.kind == "page" and d.split == "train"]
    article_odds = unseen_articles(hand, residue)
    first_odds = unseen_pages(pages)
    page_odds = unseen_second(pages, first_odds)
    article_chain = choose_article_chain(hand, article_odds)
    page_chain = choose_page_chain(pages, page_odds)
    on_hand = [smooth(one, article_chain) for one in article_odds]
    on_pages = [smooth(one, page_chain) for one in page_odds]
    data = {
        "version": 1,
        "about": "Log-odds that a line is boilerplate = intercept + sum of weight x feature, "
        "smoothed by a chain of two states. Features are named in cleaning/line_features.py and "
        "page_features.py.",
        "provenance": provenance(hand, residue, pages),
        "measured": {
            **measured_articles(hand, on_hand),
            **measured_pages(pages, first_odds, page_odds, on_pages),
        },
        "page_rule": asdict(choose_page_rule([*hand, *residue, *pages])),
        "thresholds": {"strip": STRIP},
        "models": {
            "article": asdict(fit_article([*hand, *residue])),
            "page": asdict(fit_page(pages)),
            "page_second": asdict(fit_second(pages, first_odds)),
        },
        "chains": {"article": asdict(article_chain), "page": asdict(page_chain)},
    }
    TARGET.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    print(json.dumps({key: value for key, value in data.items() if key != "models"}, indent=1))


def provenance(*sets: Sequence[Document]) -> dict[str, Any]:
    names = ("articles labelled by hand", "residue of extractors", "whole pages")
    return {
        "made": date.today().isoformat(),
        "script": "benchmarks/train_lines.py",
        "scikit_learn": sklearn.__version__,
        "random_state": RANDOM_STATE,
        "data": {
            name: {"documents": len(documents), "sites": len({d.site for d in documents}),
                   "lines": sum(int((d.label >= 0).sum()) for d in documents)}
            for name, documents in zip(names, sets, strict=True)
        },
        "licences": LICENCES,
        "held": "Numbers only; no text of the data is in this file.",
    }  # fmt: skip


def measured_articles(hand: Sequence[Document], on_hand: Sequence[FloatArray]) -> dict[str, Any]:
    p, label = _short(hand, on_hand)
    strips = p >= STRIP
    return {
        "how": f"{N_FOLDS}-fold cross-validation over outlets or domains; predictions for unseen ones",
        "short_lines_stripped": int(strips.sum()),
        "short_lines_precision": round(float(label[strips].mean()), 3),
        "short_lines_wilson_low": round(wilson_lower(float(label[strips].mean()), int(strips.sum())), 3),
        "short_lines_recall": round(float(strips[label == 1].mean()), 3),
    }


def measured_pages(
    pages: Sequence[Document], first_odds: Sequence[FloatArray], page_odds: Sequence[FloatArray],
    on_pages: Sequence[FloatArray],
) -> dict[str, Any]:  # fmt: skip
    def shingle_f1(kept: Sequence[npt.NDArray[np.bool_]]) -> float:
        return round(f1(np.array([shingle_scores(d, k) for d, k in zip(pages, kept, strict=True)])), 4)

    return {
        "pages_shingle_f1_first_look": shingle_f1([one < 0 for one in first_odds]),
        "pages_shingle_f1_second_look": shingle_f1([one < 0 for one in page_odds]),
        "pages_shingle_f1_smoothed": shingle_f1([one < 0.5 for one in on_pages]),
    }


if __name__ == "__main__":
    main()
