"""The second pass: events, copies and contrasts, from what the first pass found in each article."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import Cells, TermCells
from biaslens.errors import TooFewOutlets, UnknownOutlet
from biaslens.events.copies import Copies, find_copies
from biaslens.events.describe import EventTerms, event_terms
from biaslens.events.group import Grouping, group_articles
from biaslens.first_pass import Scanned
from biaslens.reading.dates import parse_dates
from biaslens.settings import Settings
from biaslens.spans import IntArray

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Grouped:
    """Articles with their outlets, events and copies.

    articles     with outlets and dates filled in from credit lines where they were missing
    outlets      names in alphabetical order; ``outlet`` is a row in it, per article
    grouping     event and story codes
    event_terms  words and label of each event
    event_names, story_names
                 the user's own label, else first date and three words, by code
    copies       which articles copy which
    """

    articles: Articles
    outlets: tuple[str, ...]
    outlet: IntArray
    grouping: Grouping
    event_terms: EventTerms
    event_names: tuple[str, ...]
    story_names: tuple[str, ...]
    copies: Copies
    settings: Settings

    @property
    def unit(self) -> IntArray:
        """Code of the event or story, as settings.granularity says, that each article is compared in."""
        return self.grouping.event if self.settings.granularity == "event" else self.grouping.story

    @property
    def unit_names(self) -> tuple[str, ...]:
        return self.event_names if self.settings.granularity == "event" else self.story_names

    @property
    def is_voice(self) -> np.ndarray:
        """False for copies: one text is one voice, however many print it."""
        return self.copies.copy_of < 0


def fill_in(articles: Articles, scanned: Scanned) -> Articles:
    """Outlets and dates that the input lacks, from the credit lines and time stamps of the texts.

    Raises UnknownOutlet, naming the articles, where a text names no outlet either.
    """
    harvest = scanned.harvest
    credit = [outlet or agency for outlet, agency in zip(harvest.outlet, harvest.agency, strict=True)]
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
    code = {name: row for row, name in enumerate(outlets)}
    outlet = np.array([code[name] for name in articles.outlet], dtype=np.int64)
    grouping = group_articles(scanned.sketch, articles.date, articles.event, settings)
    described = event_terms(grouping.event, scanned.sketch, articles.date, scanned.title, scanned.lead)
    stories = event_terms(grouping.story, scanned.sketch, articles.date, scanned.title, scanned.lead)
    given = dict(zip(grouping.event.tolist(), articles.event, strict=True))
    return Grouped(
        articles=articles,
        outlets=outlets,
        outlet=outlet,
        grouping=grouping,
        event_terms=described,
        event_names=tuple(given[event] or label for event, label in enumerate(described.label)),
        story_names=stories.label,
        copies=find_copies(scanned.shingles, outlet, articles.date, _places(articles.id), settings),
        settings=settings,
    )


def _places(ids: tuple[str, ...]) -> IntArray:
    """Place of each id in their alphabetical order."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return np.asarray(np.argsort(order), dtype=np.int64)


def sum_cells(grouped: Grouped, scanned: Scanned) -> Cells:
    """Totals and exposures of every event (or story) and outlet, copies left out."""
    chosen = np.flatnonzero(grouped.is_voice)
    n_outlets = len(grouped.outlets)
    keys, row = np.unique(grouped.unit[chosen] * n_outlets + grouped.outlet[chosen], return_inverse=True)
    total = np.zeros((len(keys), scanned.counts.total.shape[1]), dtype=np.int64)
    exposure = np.zeros_like(total)
    np.add.at(total, row, scanned.counts.total[chosen])
    np.add.at(exposure, row, scanned.counts.exposure[chosen])
    return Cells(
        event=keys // n_outlets,
        outlet=keys % n_outlets,
        n_articles=np.bincount(row, minlength=len(keys)).astype(np.int64),
        total=total,
        exposure=exposure,
    )


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
