"""What cleaning hands on: the kept text, the ledger of what was set aside, and what was harvested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from biaslens.spans import Spans

# How much of an article a credit is for; "" where it has none.
AgencyScope = Literal["article", "passage", ""]


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

    agency        usual name of the news agency that the article credits
    agency_scope  how much of the article that credit is for: "article", "passage", or "" for no credit
    captions, headlines
                  one tuple per article: the captions, and headlines from inside the body
    """

    title: tuple[str, ...]
    dateline: tuple[str, ...]
    agency: tuple[str, ...]
    agency_scope: tuple[AgencyScope, ...]
    byline: tuple[str, ...]
    published: tuple[str, ...]
    outlet: tuple[str, ...]
    captions: tuple[tuple[str, ...], ...]
    headlines: tuple[tuple[str, ...], ...]

    def credit(self, row: int) -> str:
        """The agency that an article as a whole is credited to, "" for none."""
        return self.agency[row] if self.agency_scope[row] == "article" else ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The outcome of cleaning some articles.

    kept     the outlet's body text, line by line, in reading order
    spared   bool, shape (n_articles,): True where rules found so much boilerplate that they were not
             believed, and the article was kept
    ledger   every removed span with its reason
    flagged  spans that one layer takes for boilerplate and no second one confirms; they are kept
    harvest  title, dateline, agency, ... taken from what was removed
    """

    kept: Spans
    spared: npt.NDArray[np.bool_]
    ledger: Ledger
    flagged: Ledger
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
    kept       where the kept lines stand in ``original``: (start, end), in reading order
    removed    what was set aside, in reading order, each with its reason; start and end slice ``original``
    flagged    what one layer takes for boilerplate and no other confirms; it is kept
    title, dateline, byline, published, outlet
               what the removed spans tell, "" where they do not
    agency     the news agency that the text, or a part of it, is credited to, "" for none
    agency_scope
               "article" or "passage": how much of the text that credit is for
    captions   words about pictures
    headlines  headlines found inside the body, which open another report
    """

    text: str
    original: str
    kept: tuple[tuple[int, int], ...]
    removed: tuple[Removed, ...]
    flagged: tuple[Removed, ...]
    title: str
    dateline: str
    agency: str
    agency_scope: AgencyScope
    byline: str
    published: str
    outlet: str
    captions: tuple[str, ...]
    headlines: tuple[str, ...]

    def restore(self, *categories: str) -> str:
        """The text as it came, put together again from what was kept and removed and the space between.

        categories  put back these kinds of removed spans only, as lines; see the ``category`` of ``removed``

        >>> import biaslens
        >>> cleaned = biaslens.clean("Talks have ended.\\nPhoto: Jane Smith\\n\\nShare\\n")
        >>> cleaned.restore()
        'Talks have ended.\\nPhoto: Jane Smith\\n\\nShare\\n'
        >>> cleaned.restore("caption")
        'Talks have ended.\\nPhoto: Jane Smith'
        """
        back = [span for span in self.removed if not categories or span.category in categories]
        pieces = sorted([*self.kept, *((span.start, span.end) for span in back)])
        if categories:
            return "\n".join(self.original[start:end].rstrip() for start, end in pieces)
        restored, place = [], 0
        for start, end in pieces:
            # Where wrongly decoded characters were repaired, two lines may come from the same characters.
            restored += [self.original[place:start], self.original[max(place, start) : end]]
            place = max(place, end)
        return "".join([*restored, self.original[place:]])
