"""Digests: articles that report several events, by what their titles announce."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from biaslens.blanks import BoolArray

# Names of the genre; not the weedkiller, nor the briefings that are events themselves. Of 26,582 titles of
# AllSides and of reporting on the war in Ukraine 117 match, 109 of them of three outlets; all 50 that were
# read announce several events. Texts and their neighbours tell too little: parts of a text that share few
# words find round-ups, but essays, too (four of five in AllSides), and articles that are like two events, of
# which neither is like the other, report one (46 of 49 there).
_ANNOUNCED = re.compile(
    r"""
    \bround[-\ ]up (?: \ ?: | $ )
    | [-–—|:] \ (?: \w+\ )? roundup $
    | \b (?: news | opinion | sports | daily | weekly ) \ roundup \b
    | \b (?: latest | key | main ) \ developments \b
    | \b what \ we \ know \ on \ day \ \d
    | ^the \ week \ in \b
    | \b week \ in \ review \b
    | \b (?: your | morning | evening | daily | \w+day ) \ (?: \w+day \ )? briefing \ ?:
    | \b (?: top | biggest ) \ (?: \d+ \ )? (?: \w+ \ )? stories \ of \b
    | \b in \ brief $
    | \b digest \ ?:
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Every match holds one of these; nearly all other titles hold none, and to look for them is much faster.
_HINTS = ("round", "developments", "know on day", "week in", "brief", "stories of", "digest")


def are_digests(titles: Sequence[str]) -> BoolArray:
    """Whether each title announces several events; shape (n_titles,).

    >>> are_digests(["Ukraine round-up: Town falls", "Tuesday briefing: A vote", "Town falls"]).tolist()
    [True, True, False]
    """
    return np.array([_announces_several(title) for title in titles], dtype=bool)


def _announces_several(title: str) -> bool:
    lower = title.lower()
    return any(hint in lower for hint in _HINTS) and _ANNOUNCED.search(title.strip()) is not None
