"""LoadedSentenceClassifier: learn from your own labels which sentences are loaded, and see why."""

# scikit-learn calls its input X.
# ruff: noqa: N803

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils.validation import check_is_fitted

from biaslens.errors import BadSetting, UnreadableInput
from biaslens.sentence_features import Described, Part, SentenceFeatures, describe
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray, Spans

if TYPE_CHECKING:
    import pandas as pd


# Rows to learn from, and rows held out.
_Fold = tuple[IntArray, IntArray]

# Inverse strengths of the penalty that are tried, and the folds that they are tried on.
STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0)
N_FOLDS = 5
_MAX_ITERATIONS = 1_000
# Nearly no penalty on the two numbers that turn decisions into probabilities (Platt 1999).
_FREE = 1e6


@dataclass(frozen=True, slots=True)
class _Calibration:
    """Log odds are ``slope * decision + offset``; ``loss`` is their log loss on sentences held out."""

    strength: float
    slope: float
    offset: float
    loss: float


class LoadedSentenceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Sentences in, one of two labels out, learned from sentences that you have labelled yourself.

    A logistic regression on groups of two to five letters (tf-idf), on words of the list of loaded words, and
    on what the measures count. How strongly it is penalised, and how its decisions become probabilities
    (Platt 1999), is learned from held-out folds of the training sentences. Nothing trained ships with
    biaslens: what is loaded is what your labels say.

    strength  inverse strength of the penalty, above 0; None to choose it
    settings  language, seed of the folds, and lexicons of your own; see Settings. Sentences are not cleaned

    classes_     the two labels, ascending; the second is what probabilities and contributions are of
    coef_, intercept_
                 of the log odds; coef_ has shape (n_features,)
    strength_    the strength used

    >>> loaded = ["The brutal regime lied.", "A vile and shameful scheme.", "This absurd, corrupt circus."]
    >>> plain = ["The ministers met on Monday.", "Talks will go on in May.", "The vote is on Friday."]
    >>> model = LoadedSentenceClassifier().fit(loaded * 4 + plain * 4, [1] * 12 + [0] * 12)
    >>> model.predict(["A shameful, brutal lie.", "Ministers will vote on Monday."]).tolist()
    [1, 0]
    """

    classes_: npt.NDArray[Any]
    features_: SentenceFeatures
    coef_: FloatArray
    intercept_: float
    strength_: float

    def __init__(self, strength: float | None = None, settings: Settings | None = None) -> None:
        self.strength = strength
        self.settings = settings

    def fit(self, X: Iterable[str], y: Iterable[Any], *, groups: Iterable[Any] | None = None) -> Self:
        """Learn from sentences and their labels.

        y       a label per sentence, of two kinds
        groups  what sentences have in common that new ones will not share (topic, event, article), one per
                sentence: probabilities are then right for new groups

        The order of the sentences does not matter. Raises UnreadableInput where X is not several texts,
        BadSetting for labels or groups that cannot be learned from.
        """
        sentences = np.array(_sentences(X), dtype=object)
        classes, label = _labels(y, len(sentences))
        place = np.unique(sentences, return_inverse=True)[1]
        # Repeated sentences stay together, so that none is tested on what it was learned from.
        group = place if groups is None else _group_numbers(groups, len(sentences))
        strengths = _strengths(self.strength)
        # Sorted, so that folds and the last digits are the same in whatever order the sentences come.
        order = np.lexsort((label, group, place))
        sentences, label, group = sentences[order], label[order], group[order]
        folds = _folds(label, group, self._settings.seed)
        described = describe(sentences.tolist(), self._settings)
        decisions = _held_out_decisions(described, label, folds, strengths)
        tried = [_calibrate(*pair, label) for pair in zip(strengths, decisions, strict=True)]
        best = min(tried, key=lambda calibration: (calibration.loss, calibration.strength))
        self._fit_all(described, label, best)
        self.classes_ = classes
        return self

    def _fit_all(self, described: Described, label: IntArray, best: _Calibration) -> None:
        rows = np.arange(len(described))
        self.features_ = SentenceFeatures().fit(described, rows)
        model = _regression(best.strength).fit(self.features_.transform(described, rows), label)
        self.strength_ = best.strength
        self.coef_ = best.slope * model.coef_[0]
        self.intercept_ = float(best.slope * model.intercept_[0] + best.offset)

    def decision_function(self, X: Iterable[str]) -> FloatArray:
        """Calibrated log odds of the second class, shape (n_sentences,)."""
        check_is_fitted(self)
        described = describe(_sentences(X), self._settings)
        numbers = self.features_.transform(described, np.arange(len(described)))
        return np.asarray(numbers @ self.coef_ + self.intercept_)

    def predict_proba(self, X: Iterable[str]) -> FloatArray:
        """Probability of each class, shape (n_sentences, 2)."""
        from scipy.special import expit

        decision = self.decision_function(X)
        return np.stack([expit(-decision), expit(decision)], axis=1)

    def predict(self, X: Iterable[str]) -> npt.NDArray[Any]:
        """The more probable class of each sentence, shape (n_sentences,); of a tie, the first."""
        decision = self.decision_function(X)
        return self.classes_[(decision > 0).astype(np.int64)]

    def explain(self, sentence: str) -> pd.DataFrame:
        """What adds up to the decision on one sentence, one row each, in reading order.

        Columns: kind ("intercept", "letters", "hit"), feature, start, end, text, contribution. start and end
        slice the sentence. The contributions sum to ``decision_function([sentence])[0]``; those above 0 speak
        for the second class.
        """
        import pandas as pd

        check_is_fitted(self)
        described = describe(_sentences([sentence]), self._settings)
        intercept = Part("intercept", "", 0, 0, self.intercept_)
        parts = [intercept, *self.features_.parts(described, self.coef_)]
        spans = described.articles.original_spans(Spans.of([(0, part.start, part.end) for part in parts]))
        return pd.DataFrame(
            {
                "kind": [part.kind for part in parts],
                "feature": [part.feature for part in parts],
                "start": spans.start,
                "end": spans.end,
                "text": spans.slices([sentence]),
                "contribution": [part.contribution for part in parts],
            }
        )

    @property
    def _settings(self) -> Settings:
        return self.settings if self.settings is not None else Settings()

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_class = False
        return tags


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=_MAX_ITERATIONS)


def _held_out_decisions(
    described: Described, label: IntArray, folds: Sequence[_Fold], strengths: Sequence[float]
) -> FloatArray:
    """Decisions on every sentence by a model that has not seen its fold, shape (n_strengths, n_sentences)."""
    decisions = np.zeros((len(strengths), len(label)))
    for learned, held_out in folds:
        features = SentenceFeatures().fit(described, learned)
        seen, unseen = features.transform(described, learned), features.transform(described, held_out)
        for i, strength in enumerate(strengths):
            model = _regression(strength).fit(seen, label[learned])
            decisions[i, held_out] = model.decision_function(unseen)
    return decisions


def _calibrate(strength: float, decision: FloatArray, label: IntArray) -> _Calibration:
    """The line from decisions to log odds. It never falls: what speaks for a class is not turned round."""
    column = decision[:, np.newaxis]
    line = LogisticRegression(C=_FREE).fit(column, label)
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    if slope <= 0:
        slope, offset = 0.0, float(np.log(label.mean() / (1 - label.mean())))
    probability = 1 / (1 + np.exp(-(slope * decision + offset)))
    return _Calibration(strength, slope, offset, float(log_loss(label, probability)))


def _folds(label: IntArray, group: IntArray, seed: int) -> list[_Fold]:
    """Up to five folds of whole groups, each with its part of either class as far as groups allow."""
    n_groups, n_rarer = len(np.unique(group)), int(np.bincount(label).min())
    n_folds = min(N_FOLDS, n_groups, n_rarer)
    if n_folds < 2:
        raise BadSetting(
            f"There are {n_groups} groups and {n_rarer} sentences of the rarer label; probabilities need two "
            "groups and two sentences of each label at least. Label more, or divide them into more groups."
        )
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    folds = [fold for fold in splitter.split(label, label, group) if len(fold[1])]
    if any(len(np.unique(label[learned])) < 2 for learned, _ in folds):
        raise BadSetting(
            "Without one part of the groups, all sentences have the same label, so that nothing can be "
            "tested on groups held out; give both labels in two groups or more."
        )
    return folds


def _sentences(X: Iterable[str]) -> list[str]:
    if isinstance(X, str) or not isinstance(X, Iterable):
        raise UnreadableInput(
            "X must be several sentences, such as a list of str; one goes in as [sentence]."
        )
    sentences = list(X)
    for place, sentence in enumerate(sentences):
        if not isinstance(sentence, str):
            raise UnreadableInput(
                f"X[{place}] is of type {type(sentence).__name__}; every sentence must be a str."
            )
    if not sentences:
        raise UnreadableInput("X holds no sentence; it must hold one or more.")
    return [str(sentence) for sentence in sentences]


def _column(values: Iterable[Any], name: str, n_sentences: int) -> npt.NDArray[Any]:
    """The values as one array, without gaps, one per sentence."""
    import pandas as pd

    listed = list(values)
    column = np.asarray(listed)
    if column.ndim != 1 or len(column) != n_sentences:
        raise BadSetting(
            f"{name} has shape {column.shape} for {n_sentences} sentences; each needs one value."
        )
    missing = np.flatnonzero(pd.isna(pd.Series(listed, dtype=object)))
    if len(missing):
        raise BadSetting(
            f"{name} is missing for {len(missing)} of {n_sentences} sentences, the first of them at place "
            f"{missing[0]}; leave these sentences out."
        )
    return column


def _labels(y: Iterable[Any], n_sentences: int) -> tuple[npt.NDArray[Any], IntArray]:
    """The two labels, ascending, and the number of each sentence's."""
    classes, label = np.unique(_column(y, "y", n_sentences), return_inverse=True)
    if len(classes) != 2:
        shown = ", ".join(map(repr, classes[:5].tolist()))
        raise BadSetting(
            f"y holds {len(classes)} different labels ({shown}); it must hold two, such as 0 and 1."
        )
    return classes, label


def _group_numbers(groups: Iterable[Any], n_sentences: int) -> IntArray:
    return np.unique(_column(groups, "groups", n_sentences), return_inverse=True)[1]


def _strengths(strength: float | None) -> tuple[float, ...]:
    if strength is None:
        return STRENGTHS
    if not strength > 0:
        raise BadSetting(f"strength is {strength!r}; it must be above 0, or None to choose it.")
    return (float(strength),)
