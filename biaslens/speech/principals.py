"""Principals: whose position is reported, where it is not the speaker's own."""

from __future__ import annotations

from collections.abc import Sequence

from biaslens.speech.cues import Cue
from biaslens.speech.names import HUMAN, PLACE, Names
from biaslens.speech.scan import Range, Scan, run_end, run_start

# "said on behalf of the families": how far it may stand from the cue, in tokens.
_NEAR_TOKENS = 16
# A noun phrase is hardly longer, in tokens.
_PHRASE_TOKENS = 8
_FOR, _BY = frozenset(("for", "of")), frozenset(("by", "from", "of"))


def spoken_for(scan: Scan, names: Names, descriptions: Sequence[Range]) -> Range | None:
    """For whom a speaker speaks by office, None for nobody but the speaker.

    "a spokesman for the ministry", "the minister's spokesman", "the Kremlin spokesman".

    descriptions  the words that describe the speaker anywhere in the article
    """
    description = next((words for words in descriptions if names.voice.find(1, *words) >= 0), None)
    if description is None:
        return None
    first, place = description[0], names.voice.find(1, *description)
    _, end = scan.sentence_of(place)
    if place + 1 < end and scan.form(place + 1) in _FOR:
        return _phrase(scan, place + 2, end)
    return _before(scan, names, first, place)


def spoken_for_here(scan: Scan, names: Names, cue: Cue | None, source: Range) -> Range | None:
    """For whom somebody speaks in one sentence: "on behalf of the town", "the statement by the ministry"."""
    return (_behalf(scan, names, cue) if cue else None) or _author(scan, source)


def _before(scan: Scan, names: Names, first: int, place: int) -> Range | None:
    """The possessor, or the name or body that stands before the word: "the defence ministry spokesman"."""
    start, _ = scan.sentence_of(place)
    floor = max(start, place - _PHRASE_TOKENS)
    first = run_start(scan.in_phrase, floor, place) if first > floor else first
    possessive = scan.kinds.ends_possessive.rfind(1, first, place)
    if possessive >= 0:
        return _without_article(scan, first, possessive + 1)
    begin = run_start(scan.is_head, first, place)
    names_body = begin < place and _is_body(scan, names, place - 1)
    return _without_article(scan, begin, place) if names_body else None


def _is_body(scan: Scan, names: Names, token: int) -> bool:
    """Whether a word before "spokesman" names a person or a body: no "Russian", no "chief"."""
    meaning = names.meaning[token]
    if scan.kinds.any_role[token]:
        return not meaning & HUMAN
    return bool(scan.is_name[token]) and not meaning & PLACE


def _behalf(scan: Scan, names: Names, cue: Cue) -> Range | None:
    """Behind "on behalf of" and "speaking for" in the sentence of a cue."""
    token = names.behalf.find(1, max(0, cue.first - _NEAR_TOKENS), cue.last + _NEAR_TOKENS)
    start, end = scan.sentence_of(cue.first)
    if not start <= token < end - 2 or scan.in_quote[token] or scan.form(token + 1) not in _FOR:
        return None
    return _phrase(scan, token + 2, end)


def _author(scan: Scan, source: Range) -> Range | None:
    """Who issued the document that speaks: "the statement by the ministry"."""
    token = scan.kinds.utterance.find(1, *source)
    if token < 0:
        return None
    _, end = scan.sentence_of(token)
    is_signed = token + 2 < end and scan.form(token + 1) in _BY
    return _phrase(scan, token + 2, end) if is_signed else None


def _phrase(scan: Scan, first: int, end: int) -> Range | None:
    """The noun phrase that begins at a token, without its article; None where none begins there."""
    last = run_end(scan.in_phrase, first, min(end, first + _PHRASE_TOKENS))
    for token in range(first + 1, last):
        if (
            scan.kinds.ends_possessive[token - 1]
            and not scan.is_capital[token]
            and not scan.kinds.any_role[token]
        ):
            last = token
            break
    return _without_article(scan, first, last)


def _without_article(scan: Scan, first: int, last: int) -> Range | None:
    while first < last and (scan.kinds.determiner[first] or scan.kinds.closed[first]):
        first += 1
    while last > first and scan.kinds.closed[last - 1]:
        last -= 1
    return (first, last) if first < last else None
