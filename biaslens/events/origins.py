"""Origins: where and when articles were printed, and which of two that share copy is the original."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.shingles import Shingles
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

UNKNOWN_AGENCY = -1

# Agencies send a story before their clients print it, but date it by another clock.
_AGENCY_DAYS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Origins:
    """What tells an original from a copy, besides the words; columns of length n_articles.

    outlet     codes in alphabetical order of the outlets
    date       datetime64[D], NaT where unknown
    agency     code of the news agency that the whole article is credited to, -1 for none
    is_agency  True where the outlet is itself that agency
    event      codes of the events that they report
    rank       place of each article in the order of originals, the first is 0
    """

    outlet: IntArray
    date: npt.NDArray[np.datetime64]
    agency: IntArray
    is_agency: BoolArray
    event: IntArray
    rank: IntArray

    @property
    def is_wire(self) -> BoolArray:
        """Articles by an agency, whoever prints them."""
        return np.asarray(self.is_agency | (self.agency != UNKNOWN_AGENCY))

    def days_apart(self, a: IntArray, b: IntArray) -> npt.NDArray[np.float64]:
        """Days between articles a and b, 0 where both are undated, infinite where one is."""
        undated_a, undated_b = np.isnat(self.date[a]), np.isnat(self.date[b])
        days = self.date.astype(np.int64)
        apart = np.abs(days[a] - days[b]).astype(np.float64)
        return np.where(undated_a | undated_b, np.where(undated_a & undated_b, 0.0, np.inf), apart)


def rank_origins(
    shingles: Shingles,
    outlet: npt.NDArray[np.integer],
    dates: npt.NDArray[np.datetime64],
    id_place: npt.NDArray[np.integer],
    agency: npt.NDArray[np.integer] | None = None,
    is_agency: BoolArray | None = None,
    event: IntArray | None = None,
) -> Origins:
    """The articles as printed, and the order of originals.

    outlet     shape (n_articles,): outlet codes in alphabetical order of the outlets
    dates      datetime64[D], shape (n_articles,), NaT where unknown
    id_place   shape (n_articles,): place of each article in the alphabetical order of ids
    agency     shape (n_articles,): code of the agency that the whole article is credited to, -1 for none
    is_agency  shape (n_articles,): True where the outlet is itself that agency
    event      shape (n_articles,): codes of the events that the articles report; None for one

    First the earlier, undated last; what an agency prints itself counts as a day earlier.

    Of one date: an agency's own article, then one credited to an agency, then others; then the longer; then
    in order of text, outlet and id.
    """
    credited = np.full(len(shingles), UNKNOWN_AGENCY) if agency is None else agency
    own = np.zeros(len(shingles), dtype=bool) if is_agency is None else is_agency
    undated = np.isnat(dates)
    day = np.where(undated, 0, dates.astype("datetime64[D]").astype(np.int64))
    kind = np.where(own, 0, np.where(credited != UNKNOWN_AGENCY, 1, 2))
    keys = (id_place, outlet, shingles.key, -shingles.n_words, kind, day - _AGENCY_DAYS_AHEAD * own, undated)
    return Origins(
        outlet=outlet.astype(np.int64),
        date=dates.astype("datetime64[D]"),
        agency=credited.astype(np.int64),
        is_agency=own,
        event=np.zeros(len(shingles), dtype=np.int64) if event is None else event,
        rank=np.argsort(np.lexsort(keys)),
    )
