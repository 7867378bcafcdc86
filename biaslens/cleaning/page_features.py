"""What the line classifier sees of a line on a page: its place, and what a first look found around it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biaslens.cleaning.line_features import COLUMN, NEAR, NEAR_NAMES, sums_between
from biaslens.spans import FloatArray

_IntArray = npt.NDArray[np.int64]

# Where the effect of a distance bends: lines to the edge of the text, lines to the next prose.
_EDGE_KNOTS = (1, 3, 8, 20, 60)
_GAP_KNOTS = (1, 2, 4, 10, 30)
_PLACES = ("top", "bottom", "prose above", "prose below")
_KNOTS = (_EDGE_KNOTS, _EDGE_KNOTS, _GAP_KNOTS, _GAP_KNOTS)
_REACHES = (2, 5)
_MASSES = (2, 6, 20)
# Surer than this, log-odds tell nothing more.
_MAX_LOG_ODDS = 10.0
# A line stands inside the text where more than this share of the text is on either side of it.
_EDGE = 0.01
# Farther than this, distance tells nothing more.
_FAR = 1_000

_MASS_NAMES = (
    "before", "after", "inside", "place", *(f"within {reach} of most" for reach in _MASSES),
    *(f"within {reach} of words" for reach in _MASSES),
    *(f"log words within {reach} {side}" for side in ("above", "below") for reach in _MASSES),
)  # fmt: skip
# The features of the place of a line among all lines of a page.
PLACE_FEATURES = (
    *(f"{name} within {reach}" for reach in _REACHES for name in NEAR_NAMES),
    *(f"lines to {place}" for place in _PLACES),
    *(f"lines to {place} over {k}" for place, knots in zip(_PLACES, _KNOTS, strict=True) for k in knots),
    *(f"prose {name}" for name in _MASS_NAMES),
    "page lines", "page prose lines", "page prose words", "page log words",
)  # fmt: skip
_LOOKS = (1, 3, 8, 20)
# What a second look adds once a first has told content from boilerplate.
SECOND_FEATURES = (
    "first log-odds", *(f"content within {reach}" for reach in _LOOKS),
    *(f"content {name}" for name in _MASS_NAMES), "page content words",
)  # fmt: skip


def place_features(features: FloatArray) -> FloatArray:
    """The place of each line on its page, from ``line_features``; shape (n_lines, len(PLACE_FEATURES))."""
    n_lines = len(features)
    if not n_lines:
        return np.zeros((0, len(PLACE_FEATURES)))
    words = np.expm1(features[:, COLUMN["log words"]])
    is_prose = features[:, COLUMN["prose"]] > 0
    windows = [_around(features[:, NEAR], reach) for reach in _REACHES]
    page = np.array([
        np.log1p(n_lines), is_prose.mean(), words @ is_prose / max(words.sum(), 1.0), np.log1p(words).mean(),
    ])  # fmt: skip
    distances = _distances(is_prose)
    return np.hstack([*windows, distances, _masses(words, is_prose), np.tile(page, (n_lines, 1))])


def second_features(features: FloatArray, log_odds: FloatArray) -> FloatArray:
    """Where content stands, after a first look; shape (n_lines, len(SECOND_FEATURES))."""
    if not len(features):
        return np.zeros((0, len(SECOND_FEATURES)))
    bounded = np.clip(log_odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS)
    content = 1 / (1 + np.exp(bounded))
    words = np.expm1(features[:, COLUMN["log words"]])
    around = [_around(content[:, None], reach) for reach in _LOOKS]
    total = np.full((len(features), 1), np.log1p(words @ content))
    return np.hstack([bounded[:, None], *around, _masses(words, content), total])


def _around(values: FloatArray, reach: int) -> FloatArray:
    """Means over the lines within reach, the line itself left out."""
    low, high = _window(len(values), reach)
    means: FloatArray = (sums_between(values, low, high) - values) / np.maximum(high - low - 1, 1)[:, None]
    return means


def _window(n_lines: int, reach: int) -> tuple[_IntArray, _IntArray]:
    row = np.arange(n_lines)
    return np.maximum(row - reach, 0), np.minimum(row + reach + 1, n_lines)


def _distances(is_prose: npt.NDArray[np.bool_]) -> FloatArray:
    """How far the edges of the page and the next prose are, in lines."""
    n_lines = len(is_prose)
    row = np.arange(n_lines)
    above = row - np.maximum.accumulate(np.where(is_prose, row, -_FAR))
    below = np.minimum.accumulate(np.where(is_prose, row, n_lines + _FAR)[::-1])[::-1] - row
    logs = np.log1p(np.minimum([row, n_lines - 1 - row, above, below], _FAR)).T
    hinges = [np.maximum(0.0, logs[:, [i]] - np.log1p(knots)) for i, knots in enumerate(_KNOTS)]
    return np.hstack([logs, *hinges])


def _masses(words: FloatArray, share: npt.NDArray[np.floating | np.bool_]) -> FloatArray:
    """How many of the words of a kind stand before, behind and around each line.

    share  of the words of each line that are of that kind: prose, or content
    """
    n_lines, prose = len(words), words * share
    total = max(prose.sum(), 1.0)
    before = (np.cumsum(prose) - prose) / total
    after = 1.0 - before - prose / total
    bounds = [_window(n_lines, reach) for reach in _MASSES]
    near = [sums_between(prose, *bound) for bound in bounds]
    row = np.arange(n_lines)
    sides = [sums_between(prose, low, row) for low, _ in bounds] + [
        sums_between(prose, row + 1, high) for _, high in bounds
    ]
    return np.column_stack([
        before, after, (before > _EDGE) & (after > _EDGE), row / n_lines,
        *(mass / max(mass.max(), 1.0) for mass in near),
        *(mass / (sums_between(words, *bound) + 1) for mass, bound in zip(near, bounds, strict=True)),
        *np.log1p(sides),
    ])  # fmt: skip
