"""The second pass: events, copies and contrasts, from what the first pass found in each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import Cells, TermCells
from biaslens.errors import TooFewOutlets, UnknownOutlet
from biaslens.events.copies import Copies, find_copies
from biaslens.events.group import Grouping, group_articles
from biaslens.events.labels import EventTerms, event_terms
from biaslens.events.origins import rank_origins
from biaslens.first_pass import Counts, Scanned
from biaslens.hits import value
from biaslens.lexicons import agency_names
from biaslens.measuring.in_comparison import WIRE_SHARE
from biaslens.measuring.registry import MEASURES, measures_for
from biaslens.reading.dates import parse_dates
from biaslens.settings import Settings
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Grouped:
    """Articles with their outlets, events and copies.

    articles     with outlets and dates filled in from credit lines where they were missing
    outlets      names in alphabetical order; ``outlet`` is a row in it, per article
    grouping     event and story codes
    event_terms  words, names and dates of each event; story_names the names of each story
    copies       which articles copy which
    credit       the agency that each whole article is credited to, "" for none
    agency       the agency that each article, or a passage of it, is credited to, "" for none
    """

    articles: Articles
    outlets: tuple[str, ...]
    outlet: IntArray
    grouping: Grouping
    event_terms: EventTerms
    story_names: tuple[str, ...]
    copies: Copies
    credit: tuple[str, ...]
    agency: tuple[str, ...]
    settings: Settings

    @property
    def unit(self) -> IntArray:
        """Code of the event or story, as settings.granularity says, that each article is compared in."""
        return self.grouping.event if self.settings.granularity == "event" else self.grouping.story

    @property
    def event_names(self) -> tuple[str, ...]:
        return self.event_terms.name

    @property
    def unit_names(self) -> tuple[str, ...]:
        return self.event_names if self.settings.granularity == "event" else self.story_names

    @property
    def is_voice(self) -> BoolArray:
        """False for copies: one text is one voice, however many print it."""
        return self.copies.copy_of < 0

    @property
    def is_independent(self) -> BoolArray:
        """Articles that speak for their outlet on their event: neither copies nor digests of several."""
        return self.is_voice & ~self.grouping.digest

    def source_name(self, row: int, source: int) -> str:
        """Whose words the article in this row likely shares with the one that had them first.

        An agency that one of the two credits, for the whole of it before a passage; else the other's outlet.
        """
        outlet = self.articles.outlet[row]
        own = ("", outlet, agency_names(self.settings.language).get(outlet, outlet))
        credits = (self.credit[source], self.credit[row], self.agency[source], self.agency[row])
        return next((name for name in credits if name not in own), self.articles.outlet[source])


def fill_in(articles: Articles, scanned: Scanned) -> Articles:
    """Outlets and dates that the input lacks, from the credit lines and time stamps of the texts.

    Raises UnknownOutlet, naming the articles, where a text names no outlet either.
    """
    harvest = scanned.harvest
    credit = [outlet or harvest.credit(row) for row, outlet in enumerate(harvest.outlet)]
    inferred = np.array([outlet == "" for outlet in articles.outlet], dtype=bool)
    outlets = [given or found for given, found in zip(articles.outlet, credit, strict=True)]
    unknown = [id for id, outlet in zip(articles.id, outlets, strict=True) if not outlet]
    if unknown:
        shown = ", ".join(map(repr, unknown[:_NAMED])) + (", ..." if len(unknown) > _NAMED else "")
        raise UnknownOutlet(
            f"{len(unknown)} of {len(articles)} articles name no outlet, and their text has no credit line "
            f"to infer one from: {shown}. Add an outlet column (an index.csv with file,outlet for a folder)."
        )
    missing = np.isnat(articles.date)
    stamped = parse_dates(harvest.published).date
    return articles.completed(outlets, inferred, np.where(missing, stamped, articles.date))


def group(articles: Articles, scanned: Scanned, settings: Settings) -> Grouped:
    """The articles with their events and copies.

    Raises TooFewOutlets where all articles are one outlet's.
    """
    outlets = tuple(sorted(set(articles.outlet)))
    if len(outlets) < 2:
        raise TooFewOutlets(
            f"All {len(articles)} articles are from {outlets[0]!r}; a comparison needs two outlets or more. "
            "To measure texts of one outlet use biaslens.score(texts)."
        )
    grouping = group_articles(scanned.sketch, articles.date, articles.event, settings)
    texts = (articles.date, scanned.title, scanned.lead)
    described = event_terms(grouping.event, scanned.sketch, *texts, articles.event, articles.id)
    stories = event_terms(grouping.story, scanned.sketch, *texts, ids=articles.id)
    return Grouped(
        articles=articles,
        outlets=outlets,
        outlet=_codes(articles.outlet),
        grouping=grouping,
        event_terms=described,
        story_names=stories.label,
        copies=trace_copies(articles, scanned, grouping, settings),
        credit=_credits(articles, scanned, settings),
        agency=scanned.harvest.agency,
        settings=settings,
    )


def trace_copies(articles: Articles, scanned: Scanned, grouping: Grouping, settings: Settings) -> Copies:
    """Which of some articles share copy; versions of one are of one event."""
    credit = _credits(articles, scanned, settings)
    usual = agency_names(settings.language)
    itself = [name == usual.get(outlet) for name, outlet in zip(credit, articles.outlet, strict=True)]
    origins = rank_origins(
        scanned.shingles,
        _codes(articles.outlet),
        articles.date,
        _places(articles.id),
        agency=_codes(credit) - ("" in credit),
        is_agency=np.array(itself, dtype=bool),
        event=grouping.event,
    )
    return find_copies(scanned.shingles, origins, settings)


def _credits(articles: Articles, scanned: Scanned, settings: Settings) -> tuple[str, ...]:
    """The agency that each article as a whole is credited to; an agency does not always credit itself."""
    usual = agency_names(settings.language)
    return tuple(
        scanned.harvest.credit(row) or usual.get(outlet, "") for row, outlet in enumerate(articles.outlet)
    )


def _codes(names: Sequence[str]) -> IntArray:
    """Each name's place in the alphabet of the names; "" comes first."""
    code = {name: row for row, name in enumerate(sorted(set(names)))}
    return np.array([code[name] for name in names], dtype=np.int64)


def _places(ids: tuple[str, ...]) -> IntArray:
    """Place of each id in their alphabetical order."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return np.asarray(np.argsort(order), dtype=np.int64)


def with_wire_share(scanned: Scanned, copies: Copies) -> Scanned:
    """The counts with the one measure that takes other articles to count: words in shared passages."""
    column, words = MEASURES.index(WIRE_SHARE), copies.passages.shared_words
    counts = scanned.counts
    counts = Counts(counts.total.copy(), counts.exposure.copy(), counts.values.copy())
    counts.total[:, column], counts.exposure[:, column] = words, scanned.own_words
    counts.values[:, column] = value(words, scanned.own_words, WIRE_SHARE.scale)
    return replace(scanned, counts=counts)


def sum_cells(grouped: Grouped, scanned: Scanned) -> Cells:
    """Totals and exposures of every event (or story) and outlet.

    Copies are left out, but for ``wire_share``, which measures how much of an outlet is copy.
    """
    n_outlets, measures = len(grouped.outlets), measures_for(grouped.settings)
    keys, row = np.unique(grouped.unit * n_outlets + grouped.outlet, return_inverse=True)
    counts_for = np.repeat(grouped.is_voice[:, None], len(measures), axis=1)
    counts_for |= np.array([measure is WIRE_SHARE for measure in measures])
    n_articles, total, exposure = np.zeros((3, len(keys), len(measures)), dtype=np.int64)
    np.add.at(n_articles, row, counts_for)
    np.add.at(total, row, np.where(counts_for, scanned.counts.total, 0))
    np.add.at(exposure, row, np.where(counts_for, scanned.counts.exposure, 0))
    return Cells(keys // n_outlets, keys % n_outlets, n_articles, total, exposure)


def sum_terms(grouped: Grouped, scanned: Scanned) -> tuple[TermCells, tuple[str, ...]]:
    """Uses of every content word per event and outlet, without copies and own names; the words."""
    own = {word for name in grouped.outlets for word in name.casefold().split()}
    kept = np.array([term not in own for term in scanned.terms.term], dtype=bool)
    kept &= grouped.is_voice[scanned.terms.article]
    words = sorted({scanned.terms.term[row] for row in np.flatnonzero(kept).tolist()})
    code = {word: row for row, word in enumerate(words)}
    term = np.array([code.get(word, 0) for word in scanned.terms.term], dtype=np.int64)[kept]
    article = scanned.terms.article[kept]
    rows = np.stack([grouped.unit[article], grouped.outlet[article], term], axis=1)
    cells, row = np.unique(rows, axis=0, return_inverse=True)
    count = np.zeros(len(cells), dtype=np.int64)
    np.add.at(count, row.reshape(-1), scanned.terms.count[kept])
    return TermCells(cells[:, 0], cells[:, 1], cells[:, 2], count), tuple(words)
