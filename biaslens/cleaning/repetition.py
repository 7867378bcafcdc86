"""The second layer: lines that an outlet prints again and again, learned from its own articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biaslens.articles import Articles
from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line, split_lines

# Prudent until measured: a line must stand in this many articles of one outlet and in none of another.
_MIN_ARTICLES = 5
_MAX_WORDS = 40
# ... and at the head or foot of nearly all of them: what recurs inside bodies is a sub-head, content.
# In short articles head and foot are a quarter of the lines each, so that a middle remains.
_EDGE_LINES, _N_PARTS = 4, 4
_EDGE_SHARE = 0.9

_VARIABLE = re.compile(
    r"\d+(?:[.,:]\d+)*|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_SPEECH = re.compile(r"\b(?:said|says|told|wrote|asked|according to|declined to comment)\b|[\"“”]")


@dataclass(frozen=True, slots=True)
class Repeats:
    """Per outlet, the masked lines it repeats, and in how many of its articles each stands."""

    n_articles: Mapping[str, Mapping[str, int]]


def learn_repeats(articles: Articles) -> Repeats:
    """What each outlet repeats. Counts only: the order of the articles cannot matter.

    The same text read twice counts once; articles without an outlet teach nothing.
    """
    seen: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    outlets: dict[str, set[str]] = defaultdict(set)
    for outlet, text in sorted(set(zip(articles.outlet, articles.text, strict=True))):
        if outlet:
            for key, at_edge in _keys(split_lines(text)).items():
                counts = seen[outlet][key]
                counts[0] += 1
                counts[1] += at_edge
                outlets[key].add(outlet)
    return Repeats({
        outlet: {
            key: n
            for key, (n, n_edge) in keys.items()
            if n >= _MIN_ARTICLES and n_edge >= _EDGE_SHARE * n and len(outlets[key]) == 1
        }
        for outlet, keys in seen.items()
    })  # fmt: skip


def find_repeats(lines: Sequence[Line], outlet: str, repeats: Repeats) -> list[Removal]:
    """The lines that this outlet is known to repeat."""
    known = repeats.n_articles.get(outlet, {})
    removals = []
    for line in lines if known else ():
        n = known.get(mask(line.text), 0)
        if n:
            reason = f"Stands at the edge of {n} articles of {outlet} and in no other outlet's."
            removals.append(Removal(line.start, line.end, "repeated", "repeated.line", reason, 0.9))
    return removals


def mask(text: str) -> str:
    """The line without what varies from day to day: case, numbers, dates, punctuation.

    >>> mask("Updated: 3 March 2022, 10:15")
    'updated 0 0 0 0'
    """
    return " ".join(re.findall(r"\w+", _VARIABLE.sub("0", text.casefold())))


def _keys(lines: Sequence[Line]) -> dict[str, bool]:
    """Masked lines of one article that may be boilerplate, and whether they stand at its edge."""
    keys: dict[str, bool] = {}
    edge = min(_EDGE_LINES, max(1, len(lines) // _N_PARTS))
    for row, line in enumerate(lines):
        if line.n_words <= _MAX_WORDS and not _SPEECH.search(line.text.casefold()):
            key = mask(line.text)
            if len(key) > 2:
                at_edge = row < edge or row >= len(lines) - edge
                keys[key] = keys.get(key, False) or at_edge
    return keys
