"""Cues: reporting verbs and "according to", each with its source and the words it reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from biaslens.matching import Matches
from biaslens.speech.contents import find_contents
from biaslens.speech.scan import Range, Scan, behind_last, first_of
from biaslens.speech.sources import (
    follows_quotation,
    possessor,
    sentence_subject,
    subject_after,
    subject_before,
)
from biaslens.speech.verbs import CueTerm, Verb, is_finite

# "Speaking to reporters after the talks, Lavrov": how far the subject may lie behind, in tokens.
_OPENING_TOKENS = 40


class Cue(NamedTuple):
    """A cue with its source and what it reports, as token ranges.

    start      first token of its sentence
    is_joined  whether it shares the subject of an earlier verb ("and vowed")
    contents   nothing for a bare cue, two ranges where the cue stands inside them ("X, he said, Y")
    """

    first: int
    last: int
    start: int
    term: CueTerm
    source: Range
    is_joined: bool
    contents: tuple[Range, ...]


def find_cues(scan: Scan, matches: Matches, terms: Sequence[CueTerm]) -> list[Cue]:
    """Every cue outside quotation marks that has a source, in reading order.

    terms  by row of the lexicon that the matches come from
    """
    cues: list[Cue] = []
    for verb in _candidates(scan, matches, terms):
        before = cues[-1] if cues and cues[-1].start == verb.start else None
        is_verb = verb.term.pos == "verb"
        if is_verb and not is_finite(scan, verb):
            continue
        is_joined = is_verb and _is_joined(scan, verb)
        source = _source(scan, verb, before, is_joined)
        if source is None or (before and _is_own_report(scan, source, before)):
            continue
        contents = find_contents(scan, verb, source, is_joined)
        cues.append(Cue(verb.first, verb.last, verb.start, verb.term, source, is_joined, contents))
    return _without_overlap(scan, cues)


def _candidates(scan: Scan, matches: Matches, terms: Sequence[CueTerm]) -> Iterator[Verb]:
    """Every term outside quotation marks."""
    rows = np.flatnonzero(~np.frombuffer(scan.in_quote, dtype=np.bool_)[matches.first])
    first = matches.first[rows]
    sentence = np.asarray(scan.sentence)[first]
    bounds = np.asarray(scan.bounds)
    return map(
        Verb,
        first.tolist(),
        matches.last[rows].tolist(),
        [terms[row] for row in matches.row[rows].tolist()],
        bounds[sentence].tolist(),
        bounds[sentence + 1].tolist(),
    )


def _source(scan: Scan, verb: Verb, before: Cue | None, is_joined: bool) -> Range | None:
    """Who says it; ``before`` is the cue before this one in the sentence."""
    if verb.term.pos == "verb":
        return _subject(scan, verb, before, is_joined)
    if verb.term.pos == "noun":
        return possessor(scan, verb)
    return subject_after(scan, verb.last, verb.end, is_plain=True)


def _subject(scan: Scan, verb: Verb, before: Cue | None, is_joined: bool) -> Range | None:
    """The subject of a verb.

    Right of the cue after a quotation (", said the spokesman"); the subject of the cue before, or of the
    sentence, for a cue that is joined to it ("and said", ", adding", "by saying"); else left of the cue.
    """
    kinds = scan.kinds
    first, last, end = verb.first, verb.last, verb.end
    is_plain = verb.term.is_plain or (last < end and kinds.clause[last] == 1)
    is_participle = kinds.ends_ing[first]
    if not is_participle and follows_quotation(scan, first, verb.start):
        found = subject_after(scan, last, end, is_plain)
        if found and (scan.in_quote[first - 1] or _closes_clause(scan, found[1], end)):
            return found
    if first == verb.start:
        near = min(end, last + _OPENING_TOKENS)
        comma = first_of(kinds.comma, last, near)
        is_opening = is_participle and comma < near
        return subject_after(scan, comma + 1, end, is_plain=False) if is_opening else None
    if is_joined:
        return _shared_source(scan, verb, before)
    found = subject_before(scan, verb, is_plain)
    # "Poland and the Baltic states": two do not "states".
    is_singular = verb.term.is_noun_too and kinds.ends_s[first]
    return None if is_singular and found and "and" in scan.forms(found) else found


def _shared_source(scan: Scan, verb: Verb, before: Cue | None) -> Range | None:
    """The subject of the cue before, or of the sentence; one in -ing behind "and" has another's."""
    ends_ing = scan.kinds.ends_ing
    if ends_ing[verb.first] and scan.kinds.conjunction[verb.first - 1]:
        return before.source if before and ends_ing[before.first] else None
    return before.source if before else sentence_subject(scan, verb.start, verb.first)


def _closes_clause(scan: Scan, token: int, end: int) -> bool:
    """Whether only circumstances follow: "X, said Orlov on Sunday", not "said the talks failed"."""
    is_over = token == end or not scan.is_word[token]
    return is_over or bool(scan.kinds.circumstance[token] or scan.kinds.calendar[token])


def _is_own_report(scan: Scan, source: Range, before: Cue) -> bool:
    """Whether a pronoun opens what the cue before reports: "she said she thinks" is one report of hers."""
    first, last = source
    is_pronoun = last - first == 1 and scan.kinds.subject[first]
    return bool(is_pronoun) and any(begin <= first <= begin + 1 < end for begin, end in before.contents)


def _is_joined(scan: Scan, verb: Verb) -> bool:
    """Whether the cue shares a subject that stands further left: "and has said", ", adding", "by saying"."""
    kinds = scan.kinds
    token = kinds.aside.rfind(0, verb.start, verb.first)
    if token < 0:
        return False
    if kinds.ends_ing[verb.first]:
        return bool(kinds.before_ing[token] or scan.in_quote[token])
    return kinds.conjunction[token] == 1


def _without_overlap(scan: Scan, cues: Sequence[Cue]) -> list[Cue]:
    """What follows a cue ends where a later cue of the sentence claims all that stands before itself."""
    return list(_ended_by_later(scan, cues))[::-1]


def _ended_by_later(scan: Scan, cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues from the last to the first."""
    later: Cue | None = None
    for cue in reversed(cues):
        if later and later.start == cue.start:
            border = _border(scan, later)
            yield cue._replace(contents=tuple(_ended(scan, content, border) for content in cue.contents))
        else:
            yield cue
        if cue.is_joined or (cue.contents and cue.contents[0][0] < cue.first):
            later = cue


def _border(scan: Scan, cue: Cue) -> int:
    """The token before which everything belongs to what was said earlier."""
    if not cue.is_joined:
        return min(cue.first, cue.source[0])
    border = cue.first
    while scan.kinds.between[border - 1] or scan.kinds.conjunction[border - 1]:
        border -= 1
    return border


def _ended(scan: Scan, content: Range, border: int) -> Range:
    """The content up to the border, where the border lies inside it."""
    first, last = content
    return (first, behind_last(scan.is_solid, first, border)) if first < border < last else content
