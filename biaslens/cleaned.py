"""What cleaning hands on: the kept text, the ledger of what was set aside, and what was harvested."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import Spans


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every removed span, in reading order; each column has length n_removed.

    spans       where, in the articles' text
    category    kind of boilerplate ("appeal", "caption", ...)
    rule        name of the rule that found it
    reason      one sentence for the reader
    confidence  0 to 1
    """

    spans: Spans
    category: tuple[str, ...]
    rule: tuple[str, ...]
    reason: tuple[str, ...]
    confidence: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What boilerplate tells about its article; columns of length n_articles, "" where nothing was found.

    captions and headlines hold one tuple per article: the captions, and headlines from inside the body
    """

    title: tuple[str, ...]
    dateline: tuple[str, ...]
    agency: tuple[str, ...]
    byline: tuple[str, ...]
    published: tuple[str, ...]
    outlet: tuple[str, ...]
    captions: tuple[tuple[str, ...], ...]
    headlines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The outcome of cleaning some articles.

    kept     the outlet's body text, line by line, in reading order
    spared   bool, shape (n_articles,): True where rules found so much boilerplate that they were not
             believed, and the article was kept
    ledger   every removed span with its reason
    harvest  title, dateline, agency, ... taken from what was removed
    """

    kept: Spans
    spared: npt.NDArray[np.bool_]
    ledger: Ledger
    harvest: Harvest


@dataclass(frozen=True, slots=True)
class Removed:
    """One removed span: ``original[start:end] == text``."""

    start: int
    end: int
    text: str
    category: str
    rule: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CleanedText:
    """One cleaned text.

    text       the outlet's own text: the kept lines, joined by line ends
    original   the text as it came
    removed    what was set aside, in reading order, each with its reason; start and end slice ``original``
    title, dateline, agency, byline, published, outlet
               what the removed spans tell, "" where they do not
    captions   words about pictures
    headlines  headlines found inside the body, which open another report
    """

    text: str
    original: str
    removed: tuple[Removed, ...]
    title: str
    dateline: str
    agency: str
    byline: str
    published: str
    outlet: str
    captions: tuple[str, ...]
    headlines: tuple[str, ...]
