"""The scikit-learn face: the same functions as estimators, for pipelines and grids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, Self, get_args

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClusterMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from biaslens.errors import BadSetting, UnreadableInput
from biaslens.event_groups import given_similarity, group_events
from biaslens.events.group import group_articles, numbered
from biaslens.events.sketch import Sketch
from biaslens.loaded_sentences import LoadedSentenceClassifier as LoadedSentenceClassifier
from biaslens.measuring.registry import measures_for
from biaslens.reading.dates import parse_dates
from biaslens.settings import Settings
from biaslens.steps import clean_all, score

Affinity = Literal["terms", "embeddings", "precomputed"]


class _TextTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Several texts in, one row per text out; there is nothing to learn from them."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings

    def fit(self, X: Iterable[str], y: object = None) -> Self:
        """Nothing is learned."""
        del y
        _texts(X)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True


class BoilerplateStripper(_TextTransformer):
    """Texts in, the outlets' own texts out; stateless.

    X is an iterable of n texts; the result a numpy array of dtype object, shape (n_texts,).

    >>> BoilerplateStripper().fit_transform(["Talks ended.\\nShare"]).tolist()
    ['Talks ended.']
    """

    def transform(self, X: Iterable[str]) -> npt.NDArray[np.object_]:
        """The kept text of each text."""
        cleaned = clean_all({"": _texts(X)}, settings=self.settings)
        return np.array([text.text for text in cleaned], dtype=object)


class FramingFeatures(_TextTransformer):
    """Texts in, one column per measure out; stateless. NaN where a measure has nothing to say.

    X is an iterable of n texts; the result float64, shape (n_texts, n_measures).

    settings  what can change a number, see Settings
    n_jobs    processes to use: 1 (the default) for this one, -1 for one per core

    >>> features = FramingFeatures().fit(["Talks ended."])
    >>> features.transform(["Talks ended."]).shape[1] == len(features.get_feature_names_out())
    True
    """

    def __init__(self, settings: Settings | None = None, n_jobs: int | None = None) -> None:
        super().__init__(settings)
        self.n_jobs = n_jobs

    def transform(self, X: Iterable[str]) -> npt.NDArray[np.float64]:
        """The value of every available measure for each text."""
        frame = score(_texts(X), settings=self.settings, n_jobs=self.n_jobs)
        values: npt.NDArray[np.float64] = frame[list(self.get_feature_names_out())].to_numpy()
        return values

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Names of the available measures, in the order of the codebook."""
        del input_features
        measures = measures_for(self.settings if self.settings is not None else Settings())
        return np.array([measure.name for measure in measures if measure.count], dtype=object)


class EventGrouper(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, one event number per text out.

    settings  what can change a number, see Settings
    affinity  what X is. "terms": an iterable of n texts, or of dicts with text, title, date and so on;
              "embeddings": float array, shape (n, n_dimensions); "precomputed": how alike any two are, from 0
              to 1, array or sparse matrix of shape (n, n). The last two ask for ``settings`` with an
              ``event_similarity`` to fit
    labels_   int64, shape (n,), after fit: the events, numbered in order of their first text

    >>> texts = ["Kerry meets Lavrov.", "Floods hit Ohio.", "Lavrov meets Kerry."]
    >>> EventGrouper().fit_predict(texts).tolist()
    [0, 1, 0]
    >>> alike = [[1, 0, 0.8], [0, 1, 0], [0.8, 0, 1]]
    >>> EventGrouper(Settings(event_similarity=0.5), affinity="precomputed").fit_predict(alike).tolist()
    [0, 1, 0]
    """

    labels_: npt.NDArray[np.int64]

    def __init__(self, settings: Settings | None = None, affinity: Affinity = "terms") -> None:
        self.settings = settings
        self.affinity = affinity

    def fit(self, X: Any, y: object = None, *, dates: Sequence[object] | None = None) -> Self:
        """Group the texts.

        dates  of the rows of X, in any form that read() takes; for embeddings and precomputed, whose rows
               bring none
        """
        del y
        if self.affinity not in get_args(Affinity):
            known = ", ".join(map(repr, get_args(Affinity)))
            raise BadSetting(f"affinity is {self.affinity!r}; it can be {known}.")
        events = self._events_of_texts(X, dates) if self.affinity == "terms" else self._events(X, dates)
        self.labels_ = numbered(events)
        return self

    def _events_of_texts(self, X: Iterable[Any], dates: Sequence[object] | None) -> npt.NDArray[np.str_]:
        rows = [{"text": item} if isinstance(item, str) else dict(item) for item in X]
        if dates is not None:
            rows = [row | {"date": date} for row, date in zip(rows, _dates(dates, len(rows)), strict=True)]
        return np.array(list(group_events(rows, settings=self.settings)))

    def _events(self, X: Any, dates: Sequence[object] | None) -> npt.NDArray[np.int64]:
        is_matrix = self.affinity == "precomputed"
        source = given_similarity(None if is_matrix else X, X if is_matrix else None, self.settings)
        assert source is not None
        assert self.settings is not None
        known = parse_dates([None] * len(source) if dates is None else _dates(dates, len(source))).date
        blank = Sketch.blank(len(source))
        return group_articles(blank, known, [""] * len(source), self.settings, source).event

    def fit_predict(self, X: Any, y: object = None, **kwargs: Any) -> npt.NDArray[np.int64]:
        """fit, then ``labels_``."""
        self.fit(X, y, **kwargs)
        check_is_fitted(self)
        return self.labels_


def _dates(dates: Sequence[object], n_rows: int) -> list[object]:
    if len(dates) != n_rows:
        raise BadSetting(f"There are {len(dates)} dates for {n_rows} rows of X; each row needs one, or None.")
    return list(dates)


def _texts(X: Iterable[str]) -> Sequence[str]:
    """The texts as a list; a single text or anything but texts is refused."""
    listed = [X] if isinstance(X, str) else list(X)
    if isinstance(X, str) or not all(isinstance(text, str) for text in listed):
        raise UnreadableInput("X must be several texts, such as a list of str; one text goes in as [text].")
    return listed
