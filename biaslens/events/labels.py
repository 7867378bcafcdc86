"""What each event is about: its words, a name, and its dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import find_words, plain_form
from biaslens.events.pairs import ranges
from biaslens.events.postings import run_bounds
from biaslens.events.sketch import NAME, Sketch, lead, shorten
from biaslens.events.vectors import term_weights
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray

DateArray = npt.NDArray[np.datetime64]

MAX_TERMS = 8
LABEL_TERMS = 3
# Articles whose words are looked at together: memory only.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class EventTerms:
    """What each event is about; columns of length n_events, by event code.

    terms                  up to eight words, the most telling first
    label                  first date and first three words, made unique by a number where needed
    name                   your own label where you gave one, else ``label``; unique, too
    first_date, last_date  datetime64[D], NaT where no article has a date
    """

    terms: tuple[tuple[str, ...], ...]
    label: tuple[str, ...]
    name: tuple[str, ...]
    first_date: DateArray
    last_date: DateArray


def event_terms(
    event: IntArray,
    sketch: Sketch,
    dates: DateArray,
    titles: Sequence[str],
    bodies: Sequence[str],
    given: Sequence[str] = (),
    ids: Sequence[str] = (),
) -> EventTerms:
    """Words, names and dates of every event (or story: any codes 0, 1, 2, ... per article).

    given  your own event label per article, "" where none; articles of one event have one label
    ids    of the articles: events of the same label are numbered by their first id in the alphabet

    A word counts with the sum of its TF-IDF weights over the event's articles; names count double, because
    who and where tell one happening from another sooner than what. Of equal words the first in the alphabet
    comes first; each stands in its most frequent form in the event. Days and months date an event already: as
    its terms they say nothing.

    >>> from biaslens.events.sketch import sketch_articles
    >>> titles, bodies = ["Kerry meets Lavrov", "Lavrov, Kerry talk"], ["", ""]
    >>> dates = np.array(["2014-03-14", "2014-03-15"], "M8[D]")
    >>> event_terms(np.array([0, 0]), sketch_articles(titles, bodies), dates, titles, bodies).label
    ('2014-03-14 kerry lavrov meets',)
    """
    n_events = int(event.max()) + 1 if len(event) else 0
    weight = term_weights(sketch) * np.where(sketch.kind == NAME, 2, 1)
    terms: list[list[str]] = [[] for _ in range(n_events)]
    for rows in _whole_events(event, n_events):
        words = _words_in(event, rows, titles, bodies)
        place = ranges(sketch.first[rows], np.diff(sketch.first)[rows])
        of_event = np.repeat(event[rows], np.diff(sketch.first)[rows])
        for code, word in _heaviest(_cells(of_event, sketch.term[place]), weight[place], words):
            terms[code].append(word)
    first, last = _date_ranges(event, dates, n_events)
    days = ["" if np.isnat(day) else str(day) for day in first]
    labels = [
        " ".join(filter(None, [day, *words[:LABEL_TERMS]])) or "no text"
        for day, words in zip(days, terms, strict=True)
    ]
    label = _unique(labels, _by_first_id(event, ids, n_events), taken=set(given))
    own = dict(zip(event.tolist(), given, strict=True)) if len(given) else {}
    name = tuple(own.get(code) or made for code, made in enumerate(label))
    return EventTerms(tuple(map(tuple, terms)), tuple(label), name, first, last)


def _whole_events(event: IntArray, n_events: int) -> Iterator[IntArray]:
    """The rows of some events at a time."""
    by_event = np.argsort(event, kind="stable")
    starts = np.searchsorted(event[by_event], np.arange(n_events))
    new_block = np.flatnonzero(np.diff(starts // _BLOCK)) + 1
    yield from np.split(by_event, starts[new_block]) if len(event) else []


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of some events that may name them, in order of ``cell``.

    cell   an event and the hash of a word, as one number; each once
    form   row in ``forms``, which are in order of the alphabet: how the event writes the word most often
    """

    cell: IntArray
    form: IntArray
    forms: npt.NDArray[np.object_]


def _words_in(event: IntArray, rows: IntArray, titles: Sequence[str], bodies: Sequence[str]) -> _Words:
    words = find_words([f"{titles[row]}\n{lead(bodies[row])}".lower() for row in rows.tolist()])
    telling = np.flatnonzero(words.known["stem"])
    lower, row = np.unique(words.known["lower"][telling], return_inverse=True)
    # In order of the alphabet, so that a number stands for a form and for its place.
    plain = np.array([plain_form(words.forms[number]) for number in lower.tolist()], dtype=object)
    forms, form = np.unique(plain, return_inverse=True)
    form = form[row]
    cell = _cells(event[rows][words.text[telling]], shorten(words.known["stem"][telling]))
    order = np.lexsort((form, cell))
    cell, form = cell[order], form[order]
    uses = np.flatnonzero(np.append(True, (cell[1:] != cell[:-1]) | (form[1:] != form[:-1])))[: len(cell)]
    n_uses = np.diff(np.append(uses, len(cell)))
    cell, form = cell[uses], form[uses]
    # Of forms that are equally frequent the last in the alphabet.
    best = np.lexsort((form, n_uses, cell))[run_bounds(cell)[1:] - 1]
    dating = sorted(load_lexicon("attribution_words").terms_of("calendar"))
    best = best[~np.isin(forms, dating)[form[best]]]
    return _Words(cell[best], form[best], forms)


def _cells(event: IntArray, term: npt.NDArray[np.uint32]) -> IntArray:
    return (event << 32) | term.astype(np.int64)


def _heaviest(cell: IntArray, weight: npt.NDArray[np.floating], words: _Words) -> Iterator[tuple[int, str]]:
    """Each event's words with the largest summed weights, event by event."""
    # Summed in order of size, so that the order of the articles cannot change the last digit.
    order = np.lexsort((weight, cell))
    bounds = run_bounds(cell[order])[:-1]
    total = np.add.reduceat(weight[order], bounds) if len(bounds) else weight
    _, in_cells, in_words = np.intersect1d(cell[order[bounds]], words.cell, return_indices=True)
    total, event = np.round(total[in_cells], 12), words.cell[in_words] >> 32
    ranked = np.lexsort((words.form[in_words], -total, event))
    ranked = ranked[total[ranked] > 0]
    starts = run_bounds(event[ranked])
    nth = np.arange(len(ranked)) - np.repeat(starts[:-1], np.diff(starts))
    chosen = ranked[nth < MAX_TERMS]
    yield from zip(event[chosen].tolist(), words.forms[words.form[in_words[chosen]]].tolist(), strict=True)


def _date_ranges(event: IntArray, dates: DateArray, n_events: int) -> tuple[DateArray, DateArray]:
    """First and last known date of each event, NaT where none is known."""
    date = dates.astype("datetime64[D]")
    by_date = np.lexsort((date, event))
    by_date = by_date[~np.isnat(date[by_date])]
    dated, start, size = np.unique(event[by_date], return_index=True, return_counts=True)
    first = np.full(n_events, np.datetime64("NaT", "D"))
    last = first.copy()
    first[dated], last[dated] = date[by_date[start]], date[by_date[start + size - 1]]
    return first, last


def _by_first_id(event: IntArray, ids: Sequence[str], n_events: int) -> list[int]:
    """The events in the order of their articles' ids, which no order of the articles changes."""
    first: dict[int, str] = {}
    for code, id in zip(event.tolist(), ids, strict=False):
        first[code] = min(id, first.get(code, id))
    return sorted(range(n_events), key=lambda code: first.get(code, ""))


def _unique(labels: Sequence[str], order: Sequence[int], taken: set[str]) -> list[str]:
    """The labels, with a number behind those that an earlier event in the order has, or that are taken."""
    used = set(taken)
    unique = list(labels)
    for code in order:
        numbered = chain([labels[code]], (f"{labels[code]} ({n})" for n in count(2)))
        unique[code] = next(name for name in numbered if name not in used)
        used.add(unique[code])
    return unique
