"""Spans: pieces of article text, by character position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spans:
    """Pieces of text, one per row; each array has shape (n_spans,).

    article     row number in Articles
    start, end  characters in that article's text, end excluded

    >>> spans = Spans.of([(0, 0, 3), (1, 4, 7)])
    >>> spans.slices(["one two", "one two"])
    ['one', 'two']
    """

    article: IntArray
    start: IntArray
    end: IntArray

    def __post_init__(self) -> None:
        assert len(self.article) == len(self.start) == len(self.end)

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int]]) -> Spans:
        """Spans from (article, start, end) rows; no rows give no spans."""
        table = np.asarray(rows, dtype=np.int64).reshape(len(rows), 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])

    def __len__(self) -> int:
        return len(self.article)

    def slices(self, texts: Sequence[str]) -> list[str]:
        """The text of each span, cut from ``texts[article]``."""
        rows = zip(self.article.tolist(), self.start.tolist(), self.end.tolist(), strict=True)
        return [texts[article][start:end] for article, start, end in rows]
