"""Articles: what was read, one row per article, and the way back to the text as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray, Spans

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where the characters of a repaired text stood in the text as read.

    start, end  shape (n_characters,): the original start and end of each repaired character

    >>> Offsets(np.array([0, 1, 4]), np.array([1, 4, 5])).original(1, 3)
    (1, 5)
    """

    start: IntArray
    end: IntArray

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span that the repaired span [start, end) came from."""
        first = int(self.start[start]) if start < len(self.start) else self._length
        return first, (int(self.end[end - 1]) if end > start else first)

    @property
    def _length(self) -> int:
        return int(self.end[-1]) if len(self.end) else 0


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles, one per row; every column has length n_articles.

    id               text, unique
    outlet           name of the outlet, "" where none is known yet
    outlet_inferred  bool, True where the name comes from the article's own credit line
    text             the text that is analysed: as read, with wrongly decoded characters repaired
    original         the text as read, character for character; of a web page, what extraction left of it
    offsets          None where text and original are the same, else the way from text to original
    title            "" where unknown
    date             datetime64[D], NaT where unknown
    event            the user's own event label, "" where none was given
    note             what a reader should know of this row ("empty text", "read as cp1252"), "" for nothing
    author           the byline that a web page declares, "" where unknown, and in every row where left out
    """

    id: tuple[str, ...]
    outlet: tuple[str, ...]
    outlet_inferred: npt.NDArray[np.bool_]
    text: tuple[str, ...]
    original: tuple[str, ...]
    offsets: tuple[Offsets | None, ...]
    title: tuple[str, ...]
    date: npt.NDArray[np.datetime64]
    event: tuple[str, ...]
    note: tuple[str, ...]
    author: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.author:
            object.__setattr__(self, "author", ("",) * len(self.id))

    def __len__(self) -> int:
        return len(self.id)

    def take(self, rows: Sequence[int] | IntArray) -> Articles:
        """The articles in the given rows, in that order."""
        index = np.asarray(rows, dtype=np.int64)

        def pick(column: tuple[_T, ...]) -> tuple[_T, ...]:
            return tuple(column[row] for row in index.tolist())

        return Articles(
            id=pick(self.id),
            outlet=pick(self.outlet),
            outlet_inferred=self.outlet_inferred[index],
            text=pick(self.text),
            original=pick(self.original),
            offsets=pick(self.offsets),
            title=pick(self.title),
            date=self.date[index],
            event=pick(self.event),
            note=pick(self.note),
            author=pick(self.author),
        )

    def completed(
        self, outlet: Sequence[str], inferred: npt.NDArray[np.bool_], date: npt.NDArray[np.datetime64]
    ) -> Articles:
        """The same articles with outlets and dates filled in."""
        return replace(self, outlet=tuple(outlet), outlet_inferred=inferred, date=date)

    def as_read(self) -> Articles:
        """The same articles without inferred outlets: cleaning and counting went by those that were given."""
        given = zip(self.outlet, self.outlet_inferred.tolist(), strict=True)
        return replace(self, outlet=tuple("" if inferred else outlet for outlet, inferred in given))

    def original_spans(self, spans: Spans) -> Spans:
        """Spans of ``text`` as spans of ``original``: what users see and slice."""
        if all(self.offsets[row] is None for row in np.unique(spans.article).tolist()):
            return spans
        start, end = spans.start.copy(), spans.end.copy()
        for i, row in enumerate(spans.article.tolist()):
            offsets = self.offsets[row]
            if offsets is not None:
                start[i], end[i] = offsets.original(int(start[i]), int(end[i]))
        return Spans(spans.article, start, end)
