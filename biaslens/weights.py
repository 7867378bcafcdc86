"""Weights of the line classifier: the only reader of ``data/boilerplate/line_weights.json``."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from biaslens.errors import BadData

_VERSION = 1
_FILE = "line_weights.json"


@dataclass(frozen=True, slots=True)
class Chain:
    """How likely a line is of another kind than the line above it.

    to_boilerplate  probability of boilerplate below a line of content
    to_content      probability of content below a line of boilerplate
    """

    to_boilerplate: float
    to_content: float


@dataclass(frozen=True, slots=True)
class LineModel:
    """A logistic model of lines: log-odds of boilerplate are the intercept and the weighted features.

    weights  by name of feature, for features in their own unit
    """

    intercept: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PageRule:
    """A text is a whole page where it has as many lines, and at most this share of them is prose."""

    min_lines: int
    max_prose_share: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a line is believed to be boilerplate on the model's word alone."""

    strip: float


@dataclass(frozen=True, slots=True)
class LineWeights:
    """Models for the text of an article and for a whole page, and how to use them.

    page_second                a second look at a page, which knows what the first found around each line
    article_chain, page_chain  how neighbouring lines hang together
    """

    article: LineModel
    page: LineModel
    page_second: LineModel
    article_chain: Chain
    page_chain: Chain
    page_rule: PageRule
    thresholds: Thresholds


@cache
def load_line_weights() -> LineWeights:
    """The weights that ship with biaslens.

    >>> 0.5 < load_line_weights().thresholds.strip < 1
    True
    """
    return read_line_weights(_text(), _FILE)


@cache
def line_weights_checksum() -> dict[str, str]:
    """sha256 of the file of weights by its path below data/, with line ends as \\n."""
    return {f"boilerplate/{_FILE}": hashlib.sha256(_text().encode()).hexdigest()}


def read_line_weights(text: str, file: str) -> LineWeights:
    """The weights in a file's text.

    Raises BadData where the file is of another version or breaks the format.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadData(f"{file} is not JSON: {error}; restore it from the release.") from error
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        found = data.get("version") if isinstance(data, dict) else None
        raise BadData(
            f"{file}: format version {found!r}, but this release reads {_VERSION}; make the file again with "
            "benchmarks/train_lines.py."
        )
    try:
        return _line_weights(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadData(
            f"{file} lacks a part or has one of the wrong kind: {error}; make the file again with "
            "benchmarks/train_lines.py."
        ) from error
    except ValueError as error:
        raise BadData(f"{file}: {error}; make the file again with benchmarks/train_lines.py.") from error


def _text() -> str:
    return (resources.files("biaslens") / "data" / "boilerplate" / _FILE).read_text(encoding="utf-8")


def _line_weights(data: dict[str, Any]) -> LineWeights:
    page, thresholds = data["page_rule"], data["thresholds"]
    return LineWeights(
        article=_model(data["models"]["article"]),
        page=_model(data["models"]["page"]),
        page_second=_model(data["models"]["page_second"]),
        article_chain=_chain(data["chains"]["article"]),
        page_chain=_chain(data["chains"]["page"]),
        page_rule=PageRule(int(page["min_lines"]), _share(page, "max_prose_share")),
        thresholds=Thresholds(_share(thresholds, "strip")),
    )


def _model(row: dict[str, Any]) -> LineModel:
    weights = {str(name): _finite(value, name) for name, value in row["weights"].items()}
    return LineModel(_finite(row["intercept"], "intercept"), weights)


def _chain(row: dict[str, Any]) -> Chain:
    return Chain(_share(row, "to_boilerplate"), _share(row, "to_content"))


def _share(row: dict[str, Any], name: str) -> float:
    """A number between 0 and 1, ends excluded: certainty would end in a logarithm of 0."""
    value = float(row[name])
    if not 0 < value < 1:
        raise ValueError(f"{name} is {value:g}, and must lie between 0 and 1")
    return value


def _finite(value: Any, name: str) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} is {number}, and must be a finite number")
    return number
