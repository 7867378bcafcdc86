"""The scikit-learn face: the same functions as estimators, for pipelines and grids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClusterMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from biaslens.errors import UnreadableInput
from biaslens.measuring.registry import MEASURES
from biaslens.settings import Settings
from biaslens.steps import clean_all, group_events, score


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
        return np.array([measure.name for measure in MEASURES if measure.count], dtype=object)


class EventGrouper(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, one event number per text out.

    X is an iterable of n texts, or of dicts with text and date.
    labels_  int64, shape (n_texts,), after fit

    >>> texts = ["Kerry meets Lavrov.", "Floods hit Ohio.", "Lavrov meets Kerry."]
    >>> EventGrouper().fit_predict(texts).tolist()
    [0, 1, 0]
    """

    labels_: npt.NDArray[np.int64]

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings

    def fit(self, X: Iterable[Any], y: object = None) -> Self:
        """Group the texts; ``labels_`` numbers the events in order of their first text."""
        del y
        rows = [{"text": item} if isinstance(item, str) else item for item in X]
        numbers: dict[str, int] = {}
        groups = group_events(rows, settings=self.settings)
        self.labels_ = np.array([numbers.setdefault(event, len(numbers)) for event in groups], dtype=np.int64)
        return self

    def fit_predict(self, X: Iterable[Any], y: object = None, **kwargs: object) -> npt.NDArray[np.int64]:
        """fit, then ``labels_``."""
        del kwargs
        self.fit(X, y)
        check_is_fitted(self)
        return self.labels_


def _texts(X: Iterable[str]) -> Sequence[str]:
    """The texts as a list; a single text or anything but texts is refused."""
    listed = [X] if isinstance(X, str) else list(X)
    if isinstance(X, str) or not all(isinstance(text, str) for text in listed):
        raise UnreadableInput("X must be several texts, such as a list of str; one text goes in as [text].")
    return listed
