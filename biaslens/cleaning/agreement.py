"""Which finds are believed: what is long, reports speech, or comes from an unproven rule takes two layers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from biaslens.cleaning.by_model import Look, look_at
from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line
from biaslens.cleaning.repetition import Repeats, find_repeats
from biaslens.rules import PROVEN, Precision

# One layer is believed alone for this many words: to lose a line that looked like a caption costs little, to
# lose a paragraph may cost a finding.
_MAX_WORDS_ALONE = 25
_MAX_PROBABILITY = 0.999

_SPEECH = re.compile(
    r"(?i)\b(?:said|says|told|tells|wrote|writes|asked|added|argued|announced|tweeted|testified)\b"
    r"|\baccording to\b|[\"“”]"
)

# These bring their second witness with them: the title that came with the article, the other line that
# holds the same words.
_SELF_WITNESSED = frozenset({"headline.title", "repeated.pull-quote"})


class OtherLayers:
    """What the line model and repetition say about some lines of an outlet, worked out when asked for."""

    def __init__(self, lines: Sequence[Line], outlet: str, repeats: Repeats) -> None:
        self.lines = lines
        self._outlet, self._repeats = outlet, repeats

    @cached_property
    def look(self) -> Look:
        return look_at(self.lines)

    @cached_property
    def repeated(self) -> list[Removal]:
        return find_repeats(self.lines, self._outlet, self._repeats)

    def is_repeated(self, find: Removal) -> bool:
        return bool(overlapping(self.repeated, find.start, find.end))

    def odds_ratio(self, find: Removal) -> float:
        """By how much the model's look at its lines, averaged over words, moves the odds of boilerplate.

        1 for a part of a line: the model speaks about whole lines only.
        """
        rows = overlapping(self.lines, find.start, find.end)
        first, last = self.lines[rows.start], self.lines[rows.stop - 1]
        if first.start < find.start or last.end > find.end:
            return 1.0
        n_words = [line.n_words for line in self.lines[rows.start : rows.stop]]
        mean = float(self.look.probability[rows.start : rows.stop] @ n_words) / sum(n_words)
        return _odds(mean) / _odds(self.look.prior)


def believe(find: Removal, precision: Precision, others: OtherLayers) -> Removal | None:
    """The find of a rule with its confidence, or None where it takes a second layer and has none.

    A proven rule is believed alone for a short line in which nobody speaks. Else the model's look at the
    line must bring the odds that it is boilerplate, which start from the rule's lower bound, to those of a
    proven rule (Bayes' rule, with rule and model taken for independent), or the outlet must repeat the line.
    """
    bound = precision.lower_bound
    if precision.is_proven and (find.rule in _SELF_WITNESSED or may_stand_alone(find, others.lines)):
        return replace(find, confidence=bound)
    odds = _odds(bound) * others.odds_ratio(find)
    if others.is_repeated(find):
        odds = max(odds, _odds(PROVEN))
    return replace(find, confidence=odds / (1 + odds)) if odds >= _odds(PROVEN) else None


def _odds(probability: float) -> float:
    # Certainty would stand above any other layer's doubt.
    return min(probability, _MAX_PROBABILITY) / (1 - min(probability, _MAX_PROBABILITY))


def may_stand_alone(find: Removal, lines: Sequence[Line]) -> bool:
    """Whether one layer's word is enough: the find is short, and nobody speaks in it."""
    rows = overlapping(lines, find.start, find.end)
    text = "\n".join(
        line.text[max(0, find.start - line.start) : find.end - line.start]
        for line in lines[rows.start : rows.stop]
    )
    return is_short_and_plain(text)


def is_short_and_plain(text: str) -> bool:
    """Whether a text has few words, and nobody speaks in it."""
    return len(text.split(None, _MAX_WORDS_ALONE)) <= _MAX_WORDS_ALONE and _SPEECH.search(text) is None


def overlapping(places: Sequence[Line] | Sequence[Removal], start: int, end: int) -> range:
    """The rows that share characters with [start, end), of places in reading order that do not overlap."""
    first = bisect_right(places, start, key=lambda place: place.end)
    return range(first, max(first, bisect_left(places, end, key=lambda place: place.start)))
