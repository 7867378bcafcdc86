"""Cues: reporting verbs and "according to", each with its source and the words it reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from biaslens.attributions import CueClass
from biaslens.lexicons import Lexicon
from biaslens.matching import Matches
from biaslens.speech.contents import find_contents
from biaslens.speech.scan import Range, Scan
from biaslens.speech.sources import (
    follows_quotation,
    possessor,
    sentence_subject,
    subject_after,
    subject_before,
)
from biaslens.speech.verbs import Verb, is_finite

_CONJUNCTIONS = frozenset(("and", "but", "or"))
_PARTICIPLE_OPENERS = frozenset((",", "by", "while", "after", "before", "in"))
# "Speaking to reporters after the talks, Lavrov": how far the subject may lie behind, in tokens.
_OPENING_TOKENS = 40


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its source and what it reports, as token ranges.

    is_joined  whether it shares the subject of an earlier verb ("and vowed")
    contents   nothing for a bare cue, two ranges where the cue stands inside them ("X, he said, Y")
    """

    first: int
    last: int
    lemma: str
    cue_class: CueClass
    source: Range
    is_joined: bool
    contents: tuple[Range, ...]


def find_cues(scan: Scan, matches: Matches, lexicon: Lexicon) -> list[Cue]:
    """Every cue outside quotation marks that has a source, in reading order."""
    cues: list[Cue] = []
    rows = zip(matches.first.tolist(), matches.last.tolist(), matches.row.tolist(), strict=True)
    for first, last, row in rows:
        if scan.in_quote[first]:
            continue
        start, end = scan.sentence_of(first)
        verb = Verb(first, last, lexicon.term[row], "also a noun" in lexicon.note[row])
        is_joined = lexicon.pos[row] == "verb" and _is_joined(scan, verb)
        if lexicon.pos[row] == "verb":
            before = cues[-1] if cues and cues[-1].first >= start else None
            source = _source(scan, verb, before) if is_finite(scan, verb) else None
        elif lexicon.pos[row] == "noun":
            source = possessor(scan, first, start)
        else:
            source = subject_after(scan, last, end, is_plain=True)
        if source is not None and not (cues and _is_own_report(scan, source, cues[-1])):
            cue_class = cast(CueClass, lexicon.category[row])
            contents = find_contents(scan, verb, source, is_joined)
            cues.append(Cue(first, last, verb.lemma, cue_class, source, is_joined, contents))
    return _without_overlap(scan, cues)


def _source(scan: Scan, verb: Verb, before: Cue | None) -> Range | None:
    """Who says it; ``before`` is the cue before this one in the sentence.

    Right of the cue after a quotation (", said the spokesman"); the subject of the cue before, or of the
    sentence, for a cue that is joined to it ("and said", ", adding", "by saying"); else left of the cue.
    """
    start, end = scan.sentence_of(verb.first)
    has_clause = verb.last < end and scan.form[verb.last] in scan.kinds.clause
    is_plain = verb.lemma in scan.kinds.plain or has_clause
    is_participle = scan.form[verb.first].endswith("ing")
    if follows_quotation(scan, verb.first, start) and not is_participle:
        found = subject_after(scan, verb.last, end, is_plain)
        is_inverted = scan.in_quote[verb.first - 1] or (found and _closes_clause(scan, found[1], end))
        if found is not None and is_inverted:
            return found
    if verb.first == start:
        near = range(verb.last, min(end, verb.last + _OPENING_TOKENS))
        comma = next((token for token in near if scan.form[token] == ","), end)
        return subject_after(scan, comma + 1, end, is_plain=False) if is_participle else None
    if _is_joined(scan, verb):
        return _shared_source(scan, verb, before)
    found = subject_before(scan, verb.first, start, is_plain)
    # "Poland and the Baltic states": two do not "states".
    is_plural = found is not None and "and" in scan.form[slice(*found)]
    return None if verb.is_noun_too and is_plural and scan.form[verb.first].endswith("s") else found


def _shared_source(scan: Scan, verb: Verb, before: Cue | None) -> Range | None:
    """The subject of the cue before, or of the sentence; one in -ing behind "and" has another's."""
    start, _ = scan.sentence_of(verb.first)
    if scan.form[verb.first].endswith("ing") and scan.form[verb.first - 1] in _CONJUNCTIONS:
        return before.source if before and scan.form[before.first].endswith("ing") else None
    return before.source if before else sentence_subject(scan, start, verb.first)


def _closes_clause(scan: Scan, token: int, end: int) -> bool:
    """Whether only circumstances follow: "X, said Orlov on Sunday", not "said the talks failed"."""
    is_over = token == end or not scan.is_word[token]
    return is_over or scan.form[token] in scan.kinds.circumstance | scan.kinds.calendar


def _is_own_report(scan: Scan, source: Range, before: Cue) -> bool:
    """Whether a pronoun opens what the cue before reports: "she said she thinks" is one report of hers."""
    is_pronoun = source[1] - source[0] == 1 and scan.form[source[0]] in scan.kinds.subject
    return is_pronoun and any(first <= source[0] <= first + 1 < last for first, last in before.contents)


def _is_joined(scan: Scan, verb: Verb) -> bool:
    """Whether the cue shares a subject that stands further left: "and has said", ", adding", "by saying"."""
    start, _ = scan.sentence_of(verb.first)
    token = verb.first - 1
    while token >= start and (scan.form[token] in scan.kinds.between or scan.form[token].endswith("ly")):
        token -= 1
    if token < start:
        return False
    form = scan.form[token]
    if scan.form[verb.first].endswith("ing"):
        return form in _CONJUNCTIONS | _PARTICIPLE_OPENERS or scan.in_quote[token]
    return form in _CONJUNCTIONS


def _without_overlap(scan: Scan, cues: Sequence[Cue]) -> list[Cue]:
    """What follows a cue ends where a later cue of the sentence claims all that stands before itself."""
    return list(_ended_by_later(scan, cues))[::-1]


def _ended_by_later(scan: Scan, cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues from the last to the first."""
    later: Cue | None = None
    for cue in reversed(cues):
        if later and scan.sentence[later.first] == scan.sentence[cue.first]:
            border = _border(scan, later)
            yield replace(cue, contents=tuple(_ended(scan, content, border) for content in cue.contents))
        else:
            yield cue
        if cue.is_joined or any(first < cue.first for first, _ in cue.contents):
            later = cue


def _border(scan: Scan, cue: Cue) -> int:
    """The token before which everything belongs to what was said earlier."""
    if not cue.is_joined:
        return min(cue.first, cue.source[0])
    border = cue.first
    while scan.form[border - 1] in scan.kinds.between or scan.form[border - 1] in _CONJUNCTIONS:
        border -= 1
    return border


def _ended(scan: Scan, content: Range, border: int) -> Range:
    """The content up to the border, where the border lies inside it."""
    first, last = content
    if not first < border < last:
        return content
    while border > first and not scan.is_word[border - 1] and not scan.in_quote[border - 1]:
        border -= 1
    return first, border
