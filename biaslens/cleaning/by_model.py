"""The third layer: a logistic model of the build of lines, smoothed over their neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.cleaning.line_features import LINE_FEATURES, line_features, prose_share
from biaslens.cleaning.lines import Line
from biaslens.cleaning.page_features import PLACE_FEATURES, SECOND_FEATURES, place_features, second_features
from biaslens.errors import BadData
from biaslens.spans import FloatArray
from biaslens.weights import (
    Chain,
    LineModel,
    LineWeights,
    PageRule,
    Thresholds,
    load_line_weights,
)

# What a first and a second look at a page know of each line.
PAGE_FEATURES = (*LINE_FEATURES, *PLACE_FEATURES)
SECOND_LOOK_FEATURES = (*PAGE_FEATURES, *SECOND_FEATURES)

_MORE_LIKELY_THAN_NOT = 0.5
_MAX_WORDS_ALONE = 25
# Beyond this, log-odds change no probability that anyone reads, and their exponential stays finite.
_MAX_LOG_ODDS = 30.0


@dataclass(frozen=True, slots=True)
class PageBlock:
    """Lines first to last - 1 of a page: furniture around or between its article."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the model makes of the lines of a text.

    probability  that each line is boilerplate, shape (n_lines,)
    prior        that of any line in such a text
    is_page      whether the text is a whole page
    """

    probability: FloatArray
    prior: float
    is_page: bool


def model_thresholds() -> Thresholds:
    """From which probability on a line counts as boilerplate, alone or where another layer found it."""
    return load_line_weights().thresholds


def score_lines(lines: Sequence[Line]) -> FloatArray:
    """Probability that each line of a text is boilerplate, shape (n_lines,).

    Logistic regression over the build of the line and of those beside it; on whole pages also over its place,
    and a second time over what the first found around it (stacking: Wolpert 1992). Then the posterior of a
    chain of two states (forward-backward: Rabiner 1989, eq. 27).

    >>> from biaslens.cleaning.lines import split_lines
    >>> lines = split_lines("The minister has left the country, two of her aides told the court.\\n© 2024")
    >>> (score_lines(lines) > 0.5).tolist()
    [False, True]
    """
    return look_at(lines).probability


def look_at(lines: Sequence[Line]) -> Look:
    """What the model sees in the lines of a text."""
    features = line_features(lines)
    weights = load_line_weights()
    if is_page(features, weights.page_rule):
        chain = weights.page_chain
        return Look(smooth(_page_log_odds(features, weights), chain), _prior(chain), is_page=True)
    chain = weights.article_chain
    odds = log_odds(features, weights.article, LINE_FEATURES)
    return Look(smooth(odds, chain), _prior(chain), is_page=False)


def _prior(chain: Chain) -> float:
    """Share of boilerplate in the long run of a chain."""
    return chain.to_boilerplate / (chain.to_boilerplate + chain.to_content)


def _page_log_odds(features: FloatArray, weights: LineWeights) -> FloatArray:
    features = np.hstack([features, place_features(features)])
    first = log_odds(features, weights.page, PAGE_FEATURES)
    both = np.hstack([features, second_features(features, first)])
    return log_odds(both, weights.page_second, SECOND_LOOK_FEATURES)


def log_odds(features: FloatArray, model: LineModel, names: tuple[str, ...]) -> FloatArray:
    """Each line's own log-odds of boilerplate, from features of these names; shape (n_lines,).

    Raises BadData where the model was made for other features.
    """
    return np.asarray(features @ _in_order(model, names) + model.intercept, dtype=np.float64)


def is_page(features: FloatArray, rule: PageRule) -> bool:
    """Whether the lines with these features are a whole page, rather than the text of an article."""
    return len(features) >= rule.min_lines and prose_share(features) <= rule.max_prose_share


def smooth(log_odds: FloatArray, chain: Chain) -> FloatArray:
    """Posterior probabilities in a chain, from each line's own log-odds of boilerplate; same shape.

    Chances that hold for any line are part of both, and counted once.
    """
    prior = math.log(chain.to_boilerplate / chain.to_content)
    evidence = (np.clip(log_odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS) - prior).tolist()
    stay, leave = 1.0 - chain.to_content, chain.to_content
    enter, stay_out = chain.to_boilerplate, 1.0 - chain.to_boilerplate
    from_above, message = [], prior
    for one in evidence:
        from_above.append(message)
        odds = math.exp(message + one)
        message = math.log((odds * stay + enter) / (odds * leave + stay_out))
    from_below, message = [], 0.0
    for one in reversed(evidence):
        from_below.append(message)
        odds = math.exp(message + one)
        message = math.log((odds * stay + leave) / (odds * enter + stay_out))
    total = np.array(evidence) + np.array(from_above) + np.array(from_below[::-1])
    return np.asarray(1.0 / (1.0 + np.exp(-total)), dtype=np.float64)


def find_page_blocks(lines: Sequence[Line], look: Look) -> list[PageBlock]:
    """Runs of page furniture on a whole page, in reading order: navigation, teasers, footers.

    Every run of lines that are more likely furniture than not; a single long line may be a paragraph and
    takes more than that. In other texts there are none.
    """
    runs = _runs(look.probability >= _MORE_LIKELY_THAN_NOT) if look.is_page else []
    return [run for run in runs if run.last - run.first > 1 or lines[run.first].n_words <= _MAX_WORDS_ALONE]


def _runs(chosen: npt.NDArray[np.bool_]) -> list[PageBlock]:
    """Each run of chosen lines."""
    inside = np.concatenate([[False], chosen, [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1]).tolist()
    return [PageBlock(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _in_order(model: LineModel, names: tuple[str, ...]) -> FloatArray:
    # The files that the training script writes name the features in their order: the common case, and quick.
    if tuple(model.weights) != names:
        _check_names(model, names)
        return np.array([model.weights[name] for name in names])
    return np.fromiter(model.weights.values(), np.float64, len(names))


def _check_names(model: LineModel, names: tuple[str, ...]) -> None:
    unknown, missing = sorted(model.weights.keys() - set(names)), sorted(set(names) - model.weights.keys())
    if unknown or missing:
        raise BadData(
            f"The line weights name unknown features {unknown} and lack {missing}; make the file again with "
            "benchmarks/train_lines.py."
        )
