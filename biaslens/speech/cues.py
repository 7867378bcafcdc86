"""Cues: reporting verbs and "according to", each with its source and the words it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from biaslens.attributions import CueClass
from biaslens.lexicons import Lexicon
from biaslens.matching import Matches
from biaslens.speech.scan import Scan
from biaslens.speech.sources import Range, follows_quotation, source_left, source_right

# Content shorter than this many words is no reported speech ("as he said").
_MIN_CONTENT_WORDS = 3
# "told reporters that": how far the clause may lie behind the cue, in tokens.
_ADDRESSEE_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its source and its content as token ranges; an empty content means a bare cue.

    row  row of the cue in the lexicon
    """

    first: int
    last: int
    row: int
    cue_class: CueClass
    source: Range
    content: Range


def find_cues(scan: Scan, matches: Matches, lexicon: Lexicon) -> list[Cue]:
    """Every cue outside quotation marks that has a source, in reading order."""
    cues: list[Cue] = []
    rows = zip(matches.first.tolist(), matches.last.tolist(), matches.row.tolist(), strict=True)
    for first, last, row in rows:
        start, end = scan.sentence_of(first)
        if scan.in_quote[first] or not _can_report(scan, first, last, start):
            continue
        before = cues[-1] if cues and cues[-1].first >= start else None
        is_verb = lexicon.pos[row] == "verb"
        source = _subject(scan, first, last, before) if is_verb else source_right(scan, last, end)
        if source is not None:
            cue_class = cast(CueClass, lexicon.category[row])
            cues.append(Cue(first, last, row, cue_class, source, _content(scan, first, last, source)))
    return [_bounded(scan, cue, cues[i + 1 :]) for i, cue in enumerate(cues)]


def _can_report(scan: Scan, cue: int, last: int, start: int) -> bool:
    """Not a name ("State"), not "to say", not "was told", not "the claim", "his appeal" or "claims of"."""
    if scan.is_capital[cue] and cue > start:
        return False
    after = scan.form[last] if last < len(scan.form) else ""
    if scan.form[cue].endswith("s") and (after in scan.kinds.link - scan.kinds.determiner or after in scan.kinds.be):
        return False
    before = cue - 1
    while before >= start and scan.form[before].endswith("ly"):
        before -= 1
    if before < start:
        return True
    form = scan.form[before]
    is_progressive = form in scan.kinds.be and scan.form[cue].endswith("ing")
    is_noun = form in scan.kinds.determiner or form.endswith(("'s", "s'"))
    return is_progressive or not (form == "to" or form in scan.kinds.be or is_noun)


def _subject(scan: Scan, first: int, last: int, before: Cue | None) -> Range | None:
    """Who says it: left of the cue, right of it after a quotation, or the subject of the cue before."""
    start, end = scan.sentence_of(first)
    joins = first > start and scan.form[first - 1] in ("and", "but", "or", ",")
    is_participle = scan.form[first].endswith("ing")
    if follows_quotation(scan, first, start) and not is_participle:
        found = source_right(scan, last, end)
        if found is not None:
            return found
    if joins and before is not None and (is_participle or scan.form[first - 1] != ","):
        return before.source
    if first == start and is_participle:
        comma = next((token for token in range(last, end) if scan.form[token] == ","), end)
        return source_right(scan, comma + 1, end)
    return source_left(scan, first, start)


def _content(scan: Scan, first: int, last: int, source: Range) -> Range:
    """The words that the cue reports: the clause after it, or the sentence before it."""
    start, end = scan.sentence_of(first)
    outer_first, outer_last = min(first, source[0]), source[1] if source[0] >= last else last
    before = _clause_before(scan, start, outer_first)
    after = _clause_after(scan, outer_last, end)
    follows_quote = scan.in_quote[before[1] - 1] if before[1] > before[0] else False
    # "said in a statement", "said, before flying": what follows tells of the saying, not of what is said.
    has_clause = (
        scan.n_words(*after) >= _MIN_CONTENT_WORDS
        and (scan.is_word[outer_last] or scan.in_quote[outer_last] or scan.form[outer_last] == ":")
        and scan.form[after[0]] not in scan.kinds.circumstance
    )
    if has_clause and not follows_quote:
        return after
    return before if scan.n_words(*before) >= _MIN_CONTENT_WORDS else (last, last)


def _clause_after(scan: Scan, first: int, end: int) -> Range:
    near = range(first, min(end, first + _ADDRESSEE_TOKENS))
    opening = next((token for token in near if scan.form[token] in scan.kinds.clause), None)
    if opening is not None and not scan.in_quote[opening]:
        first = opening + 1
    while first < end and not scan.is_word[first] and not scan.in_quote[first]:
        first += 1
    while first < end and scan.form[first] in scan.kinds.calendar:
        first += 1
    while end > first and not scan.is_word[end - 1] and not scan.in_quote[end - 1]:
        end -= 1
    return first, end


def _clause_before(scan: Scan, start: int, source_first: int) -> Range:
    """The sentence up to the comma or closing mark before the source; empty without either."""
    last = source_first - 1
    if last < start:
        return start, start
    if scan.in_quote[last]:
        return start, source_first
    return (start, last) if scan.form[last] == "," else (start, start)


def _bounded(scan: Scan, cue: Cue, later: Sequence[Cue]) -> Cue:
    """Content after a cue ends where a later cue of the sentence names the source of all that stands before it."""
    _, end = scan.sentence_of(cue.first)
    for other in later:
        if other.first >= end:
            break
        border = min(other.first, other.source[0])
        if other.content[0] < other.first and cue.content[0] < border < cue.content[1]:
            while border > cue.content[0] and not scan.is_word[border - 1] and not scan.in_quote[border - 1]:
                border -= 1
            return replace(cue, content=(cue.content[0], border))
    return cue
