"""Plain ways to group articles into events, tuned on AllSides train: what biaslens must be better than."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from event_sets import F1, EventSet, counts, scores

from biaslens.reading.dates import parse_dates

Labels = npt.NDArray[np.int64]
Parameters = Mapping[str, Any]

LEAD_CHARACTERS = 1_500
# The decay of biaslens, so that a baseline does not lose for want of dates; an unknown gap counts as one day.
DECAY_DAYS, UNKNOWN_DAYS = 3.0, 1.0
# Texts that go through a sentence encoder at a time, and where it cuts them (MiniLM was trained on 256).
BATCH_TEXTS, MAX_TOKENS = 32, 256
WORDLLAMA = "wordllama"
ENCODER_FILES = ("tokenizer.json", "model.onnx")


@dataclass(frozen=True, eq=False)
class Similar:
    """What a baseline sees: how alike any two articles are, and when they appeared.

    cosine  float32, shape (n_articles, n_articles)
    day     float64, shape (n_articles,): days since 1970, NaN where unknown
    """

    cosine: npt.NDArray[np.float32]
    day: npt.NDArray[np.float64]

    def decayed(self) -> Similar:
        """The cosines times exp(-days between / 3)."""
        cosine = self.cosine.copy()
        for row, day in enumerate(self.day):
            gap = np.abs(self.day - day)
            cosine[row] *= np.exp(-np.where(np.isnan(gap), UNKNOWN_DAYS, gap) / DECAY_DAYS)
        return Similar(cosine, self.day)

    def distance(self) -> npt.NDArray[np.float32]:
        """1 - cosine, never below 0 and 0 to oneself."""
        distance = np.maximum(1 - self.cosine, 0)
        np.fill_diagonal(distance, 0)
        return np.asarray(distance, dtype=np.float32)


Group = Callable[[Similar, Parameters], Labels]


@dataclass(frozen=True)
class Baseline:
    """A way to group, and the values that its parameters are tried with, all with all."""

    group: Group
    grid: Mapping[str, Sequence[Any]]

    def settings(self) -> Iterator[Parameters]:
        for values in product(*self.grid.values()):
            yield dict(zip(self.grid, values, strict=True))

    def tuned(self, seen: Similar, gold: npt.NDArray[np.object_]) -> Parameters:
        """The parameters with the highest BCubed F1; of equals the first."""
        return max(self.settings(), key=lambda chosen: _f1(self.group(seen, chosen), gold))


def _f1(found: Labels, gold: npt.NDArray[np.object_]) -> float:
    return float(scores(counts(found, gold).sum(axis=0))[F1])


def leads(articles: EventSet) -> list[str]:
    """What all baselines read: the title twice and the first 1,500 characters, as they are."""
    rows = articles.articles
    return [
        f"{title}\n{title}\n{text[:LEAD_CHARACTERS]}"
        for title, text in zip(rows["title"], rows["text"], strict=True)
    ]


def days(articles: EventSet) -> npt.NDArray[np.float64]:
    dates = parse_dates(articles.articles["date"].tolist()).date.astype("M8[D]")
    return np.where(np.isnat(dates), np.nan, dates.astype(np.int64))


def by_words(articles: EventSet) -> Similar:
    """Cosines of TF-IDF vectors of words and pairs of words, without English stop words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=2, max_df=0.1, sublinear_tf=True, stop_words="english", dtype=np.float32
    )
    vectors = vectorizer.fit_transform(leads(articles))
    return Similar((vectors @ vectors.T).toarray(), days(articles))


def by_encoder(articles: EventSet, encoder: str) -> Similar:
    """Cosines of sentence embeddings, by "wordllama" or an encoder in a folder."""
    texts = leads(articles)
    vectors = static_embeddings(texts) if encoder == WORDLLAMA else embeddings(texts, Path(encoder))
    return Similar(vectors @ vectors.T, days(articles))


def static_embeddings(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Embeddings by WordLlama, whose package brings its 16 MB of weights; shape (n_texts, 256), length 1."""
    import wordllama

    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return np.asarray(model.embed(list(texts), norm=True), dtype=np.float32)


def embeddings(texts: Sequence[str], encoder: Path) -> npt.NDArray[np.float32]:
    """Mean of the token vectors of an encoder in ONNX format, length 1; shape (n_texts, n_dimensions).

    encoder  a folder with tokenizer.json and model.onnx
    """
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(encoder / ENCODER_FILES[0]))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    session = onnxruntime.InferenceSession(str(encoder / ENCODER_FILES[1]))
    wanted = [node.name for node in session.get_inputs()]
    parts = []
    for begin in range(0, len(texts), BATCH_TEXTS):
        found = tokenizer.encode_batch(list(texts[begin : begin + BATCH_TEXTS]))
        mask = np.array([one.attention_mask for one in found], dtype=np.int64)
        inputs = {
            "input_ids": np.array([one.ids for one in found], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        tokens = session.run(None, {name: inputs[name] for name in wanted})[0]
        total = (tokens * mask[:, :, None]).sum(axis=1)
        parts.append(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9))
    return np.concatenate(parts).astype(np.float32)


def dbscan(seen: Similar, chosen: Parameters) -> Labels:
    """DBSCAN (Ester et al. 1996); what it calls noise stays alone."""
    from sklearn.cluster import DBSCAN

    model = DBSCAN(eps=1 - chosen["cosine"], min_samples=chosen["min_samples"], metric="precomputed")
    return _noise_alone(model.fit_predict(seen.distance()))


def hdbscan(seen: Similar, chosen: Parameters) -> Labels:
    """HDBSCAN (Campello et al. 2013); what it calls noise stays alone."""
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(
        min_cluster_size=2,
        min_samples=chosen["min_samples"],
        cluster_selection_method=chosen["method"],
        metric="precomputed",
        copy=False,
    )
    return _noise_alone(model.fit_predict(seen.distance()))


def _noise_alone(found: npt.NDArray[np.integer]) -> Labels:
    labels = found.astype(np.int64)
    noise = np.flatnonzero(labels < 0)
    labels[noise] = labels.max(initial=-1) + 1 + np.arange(len(noise))
    return labels


def online_centroids(seen: Similar, chosen: Parameters) -> Labels:
    """One pass in order of date: each article joins the nearest centroid that is near enough, or opens one.

    A centroid is the mean of its articles' vectors; it closes when so many days have gone by since its last
    article. Articles without a date come last and find all centroids open; equal dates keep the order given.
    """
    n = len(seen.day)
    labels, n_groups = np.full(n, -1), 0
    # Squared length of each centroid's sum of vectors, and the day of its last article.
    length, last = np.zeros(n), np.zeros(n)
    for row in np.argsort(seen.day, kind="stable"):
        placed = labels >= 0
        total = np.bincount(labels[placed], weights=seen.cosine[row, placed], minlength=n_groups)
        cosine = total / np.sqrt(length[:n_groups])
        cosine[seen.day[row] - last[:n_groups] > chosen["window_days"]] = -1
        best = int(np.argmax(cosine)) if n_groups else 0
        if not n_groups or cosine[best] < chosen["cosine"]:
            best, n_groups = n_groups, n_groups + 1
            total = np.append(total, 0.0)
        labels[row], last[best] = best, seen.day[row]
        length[best] += 1 + 2 * total[best]
    return labels


def average_linkage(seen: Similar, chosen: Parameters) -> Labels:
    """Groups merge while the mean cosine across is high enough (Sokal & Michener 1958)."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(seen.distance(), checks=False), "average")
    return fcluster(tree, 1 - chosen["cosine"], "distance").astype(np.int64)


def _steps(low: float, high: float, step: float) -> list[float]:
    return [round(value, 3) for value in np.arange(low, high + step / 2, step).tolist()]


# On cosines of TF-IDF vectors; each with and without dates.
ON_WORDS = {
    "DBSCAN": Baseline(dbscan, {"cosine": _steps(0.08, 0.5, 0.02), "min_samples": (2, 3)}),
    # Its cluster_selection_epsilon cannot be tried: scikit-learn 1.9.1 fails on it with NumPy 2.4.
    "HDBSCAN": Baseline(hdbscan, {"min_samples": (2, 3), "method": ("eom", "leaf")}),
    "online centroids": Baseline(
        online_centroids, {"cosine": _steps(0.08, 0.3, 0.02), "window_days": (0, 1, 3, 8)}
    ),
}
ON_EMBEDDINGS = {"sentence encoder": Baseline(average_linkage, {"cosine": _steps(0.1, 0.9, 0.02)})}
