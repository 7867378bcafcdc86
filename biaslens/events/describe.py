"""Say what an event is about, and why two articles are in one event or in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from biaslens.events.group import Grouping, reading_order
from biaslens.events.similarity import as_days, decayed, term_weights, window_of
from biaslens.events.sketch import NAME, Sketch, readable_terms
from biaslens.lexicons import load_lexicon
from biaslens.settings import Settings
from biaslens.spans import IntArray

MAX_TERMS = 8
LABEL_TERMS = 3


@dataclass(frozen=True, slots=True)
class EventTerms:
    """What each event is about; columns of length n_events, by event code.

    terms  up to eight words, the most telling first
    label  first date and first three words, made unique by a number where needed
    """

    terms: tuple[tuple[str, ...], ...]
    label: tuple[str, ...]


def event_terms(
    event: IntArray,
    sketch: Sketch,
    dates: npt.NDArray[np.datetime64],
    titles: Sequence[str],
    bodies: Sequence[str],
) -> EventTerms:
    """Words and label of every event (or story: any codes 0, 1, 2, ... per article).

    A word counts with the sum of its TF-IDF weights over the event's articles; names count double, because
    who and where tell one happening from another sooner than what.

    >>> from biaslens.events.sketch import sketch_articles
    >>> titles, bodies = ["Kerry meets Lavrov", "Lavrov, Kerry talk"], ["", ""]
    >>> dates = np.array(["2014-03-14", "2014-03-15"], "M8[D]")
    >>> event_terms(np.array([0, 0]), sketch_articles(titles, bodies), dates, titles, bodies).label
    ('2014-03-14 kerry lavrov meets',)
    """
    # Days and months date an event already; as its name they say nothing.
    calendar = load_lexicon("attribution_words").terms_of("calendar")
    weight = term_weights(sketch) * np.where(sketch.kind == NAME, 2, 1)
    by_event = np.argsort(event, kind="stable")
    bounds = np.searchsorted(event[by_event], np.arange(_n_groups(event) + 1))
    terms: list[tuple[str, ...]] = []
    labels: list[str] = []
    for rows in np.split(by_event, bounds[1:-1]) if len(event) else []:
        words = readable_terms([titles[row] for row in rows], [bodies[row] for row in rows])
        names = {term: word for term, word in words.items() if word not in calendar}
        chosen = np.concatenate([np.arange(sketch.first[row], sketch.first[row + 1]) for row in rows])
        terms.append(_heaviest(sketch.term[chosen], weight[chosen], names))
        known = dates[rows][~np.isnat(dates[rows])]
        day = [str(known.min().astype("datetime64[D]"))] if len(known) else []
        labels.append(" ".join([*day, *terms[-1][:LABEL_TERMS]]) or "no text")
    return EventTerms(tuple(terms), tuple(_unique(labels)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles: their rows, and their texts."""

    rows: tuple[int, int]
    titles: tuple[str, str]
    bodies: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two articles are in one event, or why not.

    together    whether they are in one event
    same_story  whether they are in one story
    shared      up to eight shared words, those that join most first
    days        between the two dates, NaN where either is missing
    cosine      of the two articles' term vectors, 0 to 1
    similarity  the cosine, decayed over the days between
    sentence    all that in words
    """

    together: bool
    same_story: bool
    shared: tuple[str, ...]
    days: float
    cosine: float
    similarity: float
    sentence: str


def explain_pair(
    pair: Pair,
    sketch: Sketch,
    dates: npt.NDArray[np.datetime64],
    grouping: Grouping,
    settings: Settings,
) -> Explanation:
    """Why two articles are together or apart; sketch, dates and settings are those of the grouping."""
    one, two = _term_weights_when_met(pair, sketch, dates, settings)
    products = {term: one[term] * two[term] for term in sorted(one.keys() & two.keys())}
    names = readable_terms(pair.titles, pair.bodies)
    shared = _heaviest(np.array(list(products)), np.array(list(products.values())), names)
    first, second = pair.rows
    cosine = min(float(sum(products.values())), 1.0)
    days = np.abs(np.diff(as_days(dates[[first, second]])))
    similarity = float(decayed(np.array([cosine]), days, settings.event_days)[0])
    together = bool(grouping.event[first] == grouping.event[second])
    same_story = bool(grouping.story[first] == grouping.story[second])
    given = bool(grouping.given[first] or grouping.given[second])
    explained = Explanation(together, same_story, shared, float(days[0]), cosine, similarity, "")
    return _with_sentence(explained, given, settings.event_similarity)


def _term_weights_when_met(
    pair: Pair, sketch: Sketch, dates: npt.NDArray[np.datetime64], settings: Settings
) -> tuple[dict[int, float], dict[int, float]]:
    """Weight of each term by hash, for both articles, among all that the later one was compared with."""
    order = reading_order(sketch.key, dates)
    place = np.argsort(order)[list(pair.rows)]
    scale_days = max(settings.event_days, settings.story_days)
    window = window_of(as_days(dates)[order], int(place.max()), scale_days)
    met = np.union1d(np.arange(window.start, window.end), place)
    among = sketch.take(order[met])
    weight = term_weights(among)
    one, two = (slice(*among.first[[row, row + 1]].tolist()) for row in np.searchsorted(met, place))
    return _by_hash(among, weight, one), _by_hash(among, weight, two)


def _by_hash(sketch: Sketch, weight: npt.NDArray[np.float64], terms: slice) -> dict[int, float]:
    return dict(zip(sketch.term[terms].tolist(), weight[terms].tolist(), strict=True))


def _with_sentence(found: Explanation, given: bool, threshold: float) -> Explanation:
    words = ", ".join(found.shared) or "no telling word"
    apart = (
        "an unknown time" if np.isnan(found.days) else f"{found.days:.0f} day{'' if found.days == 1 else 's'}"
    )
    facts = f"they share {words}; {apart} apart, cosine {found.cosine:.2f}, similarity {found.similarity:.2f}"
    if given:
        reason = "One event, as given" if found.together else "Different events: one of them was given"
        return replace(found, sentence=f"{reason}; {facts}.")
    near = found.similarity >= threshold
    reason = "One event" if found.together else "Different events"
    if not found.together and found.same_story:
        reason += " of one story"
    if near != found.together:
        reason += ", because of the articles around them"
    bound = f"{'at least' if near else 'below'} the {threshold:.2f} that one event needs"
    return replace(found, sentence=f"{reason}: {facts}, {bound}.")


def _heaviest(
    term: npt.NDArray[np.integer], weight: npt.NDArray[np.float64], names: dict[int, str]
) -> tuple[str, ...]:
    """The words with the largest summed weights; of equal ones the first in the alphabet."""
    distinct, inverse = np.unique(term, return_inverse=True)
    # Summed in order of size, so that the order of the articles cannot change the last digit.
    order = np.argsort(weight, kind="stable")
    total = np.bincount(inverse[order], weights=weight[order], minlength=len(distinct))
    ranked = sorted(
        (-round(size, 12), names[number])
        for number, size in zip(distinct.tolist(), total.tolist(), strict=True)
        if size > 0 and number in names
    )
    return tuple(name for _, name in ranked[:MAX_TERMS])


def _unique(labels: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        unique.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return unique


def _n_groups(event: IntArray) -> int:
    return int(event.max()) + 1 if len(event) else 0
