"""What LoadedSentenceClassifier is worth: BABE with whole topics held out, then applied to BASIL.

Run: python benchmarks/quality_scorer.py [--more]. Everything is learned inside the training folds: penalty
and calibration too. What the features are was chosen on BABE, so its figures flatter a little; BASIL had no
say. "gun control" and "gun-control" are one topic. --more adds folds of one topic each, and models learned
from a part of each training fold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline

import biaslens
from biaslens.loaded_sentences import LoadedSentenceClassifier

N_BINS, N_DRAWS, N_FOLDS = 10, 1_000, 5


@dataclass(frozen=True)
class Labelled:
    """Sentences, whether they are biased, and their topics."""

    sentences: np.ndarray
    label: np.ndarray
    topic: np.ndarray

    @classmethod
    def babe(cls) -> Labelled:
        rows = pd.read_parquet(folder() / "babe_sentences.parquet")
        biased = rows["label_bias"].astype(str).str.casefold().isin(["biased", "1"])
        topic = rows["topic"].fillna("").str.casefold().str.replace("-", " ")
        return cls(rows["text"].to_numpy(dtype=object), biased.to_numpy(dtype=int), topic.to_numpy(dtype=str))


def calibration_error(label: np.ndarray, probability: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width, of the probability of "biased"."""
    bins = np.minimum((probability * N_BINS).astype(int), N_BINS - 1)
    gaps = np.bincount(bins, probability - label, minlength=N_BINS)
    return float(np.abs(gaps).sum() / len(label))


def macro_f1(label: np.ndarray, probability: np.ndarray) -> float:
    return float(f1_score(label, probability > 0.5, average="macro"))


FIGURES: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "macro-F1": macro_f1,
    "AUC": roc_auc_score,
    "ECE": calibration_error,
}


def with_interval(figure: Callable[[np.ndarray, np.ndarray], float], *columns: np.ndarray) -> str:
    """The figure, with a 95 % interval over sentences drawn again."""
    rng = np.random.default_rng(0)
    n = len(columns[0])
    draws = (rng.integers(0, n, n) for _ in range(N_DRAWS))
    low, high = np.quantile([figure(*(column[rows] for column in columns)) for rows in draws], [0.025, 0.975])
    return f"{figure(*columns):.3f} ({low:.3f} to {high:.3f})"


def out_of_fold(data: Labelled, model: Any, n_folds: int, share: float = 1.0) -> np.ndarray:
    """The probability of "biased" for each sentence by a model that has seen nothing of its topic.

    share  part of the training sentences to learn from
    """
    probability = np.zeros(len(data.label))
    rng = np.random.default_rng(0)
    for learned, held_out in GroupKFold(n_folds).split(data.sentences, data.label, data.topic):
        rows = np.sort(rng.permutation(learned)[: round(share * len(learned))])
        if isinstance(model, LoadedSentenceClassifier):
            model.fit(data.sentences[rows], data.label[rows], groups=data.topic[rows])
        else:
            model.fit(data.sentences[rows], data.label[rows])
        probability[held_out] = model.predict_proba(data.sentences[held_out])[:, 1]
    return probability


def print_row(name: str, data: Labelled, probability: np.ndarray) -> None:
    figures = ", ".join(
        f"{label} {with_interval(figure, data.label, probability)}" for label, figure in FIGURES.items()
    )
    print(f"{name}: {figures}", flush=True)


def print_topics(data: Labelled, probability: np.ndarray) -> None:
    for topic in np.unique(data.topic):
        rows = data.topic == topic
        share, score = data.label[rows].mean(), macro_f1(data.label[rows], probability[rows])
        print(f"  {topic}: {rows.sum()} sentences, {share:.2f} biased, macro-F1 {score:.3f}")


def print_transfer(data: Labelled, model: LoadedSentenceClassifier) -> None:
    """Learned from all of BABE, applied to every sentence of BASIL."""
    basil = pd.read_parquet(folder() / "basil_sentences_r1.parquet")
    sentences, label = basil["sentence"].tolist(), basil["lex"].to_numpy(dtype=int)
    plain = biaslens.Settings(clean=False)
    start = time.perf_counter()
    model.fit(data.sentences, data.label, groups=data.topic)
    fitted = time.perf_counter()
    probability = model.predict_proba(sentences)[:, 1]
    predicted = time.perf_counter() - fitted
    print(
        f"classifier: learns {len(data.label)} sentences in {fitted - start:.0f} s (strength "
        f"{model.strength_:g}), scores {len(sentences)} in {predicted:.1f} s"
    )
    scores = {
        "words in the sentence": np.array([len(sentence.split()) for sentence in sentences]),
        "loaded_rate": biaslens.score(sentences, settings=plain)["loaded_rate"].fillna(0).to_numpy(),
        "classifier": probability,
    }
    for name, score in scores.items():
        print(f"BASIL, lexical bias, {label.sum()} of {len(label)}: {name}: AUC "
              f"{with_interval(roc_auc_score, label, score)}")  # fmt: skip


def print_more(data: Labelled, model: LoadedSentenceClassifier, n_topics: int) -> None:
    print_row("classifier, each topic by itself", data, out_of_fold(data, model, n_topics))
    for share in (0.125, 0.25, 0.5, 0.75):
        rows = out_of_fold(data, model, N_FOLDS, share)
        print_row(f"classifier, 5 folds, {share:.3g} of them learned from", data, rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--more", action="store_true")
    asked = parser.parse_args()
    print_machine()
    data = Labelled.babe()
    n_topics = len(np.unique(data.topic))
    print(f"BABE: {len(data.label)} sentences, {data.label.mean():.2f} biased, {n_topics} topics")
    words = make_pipeline(TfidfVectorizer(sublinear_tf=True), LogisticRegression(max_iter=1000))
    print_row("tf-idf of words, 5 folds", data, out_of_fold(data, words, N_FOLDS))
    model = LoadedSentenceClassifier()
    probability = out_of_fold(data, model, N_FOLDS)
    print_row("classifier, 5 folds", data, probability)
    print_topics(data, probability)
    print_transfer(data, model)
    if asked.more:
        print_more(data, model, n_topics)


if __name__ == "__main__":
    main()
