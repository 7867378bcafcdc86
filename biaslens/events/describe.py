"""Say why two articles are in one event or in two."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from biaslens.events.group import Grouping, reading_order
from biaslens.events.mentions import named_days
from biaslens.events.near import NearPairs, Source
from biaslens.events.similarity import event_decay
from biaslens.events.sketch import NAME, Sketch, lead, readable_terms
from biaslens.events.vectors import clues_of, term_weights
from biaslens.events.windows import Turn, as_days, look_back, window_of
from biaslens.lexicons import load_lexicon
from biaslens.settings import Settings

MAX_TERMS = 8


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
    entities    up to eight shared names, likewise: words that one of the two always writes with a capital,
                days and months left out
    dates       weekdays ("tuesday") and days of a month ("mar 14") that both name, in order of the alphabet
    days        between the two dates, NaN where either is missing
    cosine      of the two articles' term vectors, 0 to 1, or of what was given in their place
    similarity  the cosine, higher or lower for what titles, weekdays and the days between say, 0 to 1; 0
                where these days are too many to be compared
    sentence    all that in words
    """

    together: bool
    same_story: bool
    shared: tuple[str, ...]
    entities: tuple[str, ...]
    dates: tuple[str, ...]
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
    similarity: Source | None = None,
) -> Explanation:
    """Why two articles are together or apart; all but the pair itself is that of the grouping."""
    met = _terms_when_met(pair, sketch, dates, settings)
    words = readable_terms(pair.titles, pair.bodies)
    calendar = load_lexicon("attribution_words").terms_of("calendar")
    names = {term: word for term, word in words.items() if word not in calendar}
    first, second = pair.rows
    cosine, factor = min(float(met.product.sum()), 1.0), met.factor
    if similarity is not None:
        cosine, factor = _given_cosine(similarity, pair.rows), 1.0
    days = np.abs(np.diff(as_days(dates[[first, second]])))
    meet = not days[0] > look_back(settings.event_days)
    decay = event_decay(settings, similarity)
    alike = float(decay.similarity(np.array([cosine * factor]), days)[0]) if meet else 0.0
    explained = Explanation(
        together=bool(grouping.event[first] == grouping.event[second]),
        same_story=bool(grouping.story[first] == grouping.story[second]),
        shared=_heaviest(met.term, met.product, words),
        entities=_heaviest(met.term[met.is_name], met.product[met.is_name], names),
        dates=_shared_days(pair),
        days=float(days[0]),
        cosine=cosine,
        similarity=alike,
        sentence="",
    )
    placed = ""
    if grouping.digest[[first, second]].any():
        placed = "Different events: one of them reports several"
    elif grouping.given[[first, second]].any():
        placed = "One event, as given" if explained.together else "Different events: one of them was given"
    return _with_sentence(explained, placed, settings.event_similarity)


@dataclass(frozen=True, slots=True)
class _SharedTerms:
    """The terms that two articles share.

    term     hash of each
    product  of its two weights: what it adds to the cosine
    is_name  whether it is a name in either
    factor   what titles and weekdays multiply the sum of the products by
    """

    term: npt.NDArray[np.uint32]
    product: npt.NDArray[np.float64]
    is_name: npt.NDArray[np.bool_]
    factor: float


def _terms_when_met(
    pair: Pair, sketch: Sketch, dates: npt.NDArray[np.datetime64], settings: Settings
) -> _SharedTerms:
    """Terms with their weights among all the articles that the later one was compared with."""
    order = reading_order(sketch.key, dates)
    earlier, later = np.sort(np.argsort(order)[list(pair.rows)]).tolist()
    window = window_of(as_days(dates)[order], (earlier, later), settings.event_days)
    met = np.union1d(window.positions, [earlier, later])
    among = sketch.take(order[met])
    weight = term_weights(among).astype(np.float64)
    one, two = (
        slice(*among.first[[row, row + 1]]) for row in np.searchsorted(met, [earlier, later]).tolist()
    )
    term, in_one, in_two = np.intersect1d(among.term[one], among.term[two], return_indices=True)
    is_name = (among.kind[one][in_one] == NAME) | (among.kind[two][in_two] == NAME)
    product = weight[one][in_one] * weight[two][in_two]
    a, b = np.searchsorted(met, [[earlier], [later]])
    cosine = np.minimum(product.sum(keepdims=True), 1).astype(np.float32)
    factor = float(clues_of(among).factor(NearPairs(a, b, cosine))[0])
    return _SharedTerms(term, product, is_name, factor)


def _given_cosine(similarity: Source, rows: tuple[int, int]) -> float:
    vectors = similarity.vectors(np.array(rows), np.ones(2, dtype=np.int64))
    return float(sum(pairs.cosine.sum() for pairs in vectors.near(Turn(slice(1, 2), slice(0, 1)), 0.0)))


def _shared_days(pair: Pair) -> tuple[str, ...]:
    texts = zip(pair.titles, pair.bodies, strict=True)
    one, two = (named_days(f"{title}\n{lead(body)}") for title, body in texts)
    return tuple(sorted(one & two))


def _with_sentence(found: Explanation, placed: str, threshold: float) -> Explanation:
    words = ", ".join(found.shared) or "no telling word"
    apart = (
        "an unknown time" if np.isnan(found.days) else f"{found.days:.0f} day{'' if found.days == 1 else 's'}"
    )
    days = f"; both name {', '.join(found.dates)}" if found.dates else ""
    facts = f"they share {words}{days}; {apart} apart, cosine {found.cosine:.2f}, "
    facts += f"similarity {found.similarity:.2f}"
    if placed:
        return replace(found, sentence=f"{placed}; {facts}.")
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
