"""Pairing: every quotation with its cue, and every cue with what it reports."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from biaslens.attributions import AttributionKind
from biaslens.speech.cues import Cue
from biaslens.speech.quotes import Quote
from biaslens.speech.scan import Range, Scan, first_of

# A quotation of this many words is speech; a shorter one is a fragment of it or, without a cue, scare quotes.
_DIRECT_WORDS, _SCARE_WORDS = 5, 4
# Narration left around a quotation without a cue that still lets it continue the speaker before.
_NARRATION_WORDS = 4
# A speaker's name and "," around a quotation are no content of their own.
_REPORTED_WORDS = 3
# '"Why?" Foreign Minister Sergei Lavrov asked reporters in Moscow on Monday.'
_TAG_WORDS = 12
# "known as the 'Fat Man'": how far a word that introduces a term may stand before it, in tokens.
_INTRODUCTION_TOKENS = 3
# So many cues on either side of a quotation can be the nearest.
_NEIGHBOURS = 2


class Row(NamedTuple):
    """One attribution as token ranges."""

    content: Range
    kind: AttributionKind
    cue: Cue | None


def pair(scan: Scan, quotes: Sequence[Quote], cues: Sequence[Cue]) -> list[Row]:
    """Every attribution, in reading order; an outer one comes before those inside it."""
    rows = [row for cue in cues for row in _reported(scan, cue)]
    starts = [cue.first for cue in cues]
    for quote in quotes:
        nearest = _nearest_cue(scan, quote, cues, starts)
        if nearest is None:
            rows.append(_unattributed(scan, quote))
        else:
            content = (quote.inner_first, quote.inner_last)
            is_speech = scan.n_words(content) >= _DIRECT_WORDS or _is_utterance(scan, quote)
            rows.append(Row(content, "direct" if is_speech else "fragment", cues[nearest]))
    rows.sort(key=lambda row: (row.content[0], -row.content[1]))
    return rows


def _reported(scan: Scan, cue: Cue) -> list[Row]:
    """The attributions of what a cue reports outside quotation marks."""
    return [
        Row(content, "mixed" if scan.has_quote(content) else "indirect", cue)
        for content in cue.contents
        if _is_narrated(scan, content)
    ]


def _is_narrated(scan: Scan, content: Range) -> bool:
    """Whether words enough stand outside quotation marks to be content of their own."""
    n_narrated = scan.n_narrated(content)
    return n_narrated >= _REPORTED_WORDS or 0 < n_narrated == scan.n_words(content)


def _nearest_cue(scan: Scan, quote: Quote, cues: Sequence[Cue], starts: Sequence[int]) -> int | None:
    """The row of the cue nearest to a quotation, among those in the sentences that it touches."""
    last = quote.last if _ends_sentence(scan, quote) else quote.last - 1
    begin, end = _announced_from(scan, quote), scan.sentence_of(last)[1]
    place = bisect_left(starts, quote.first)
    near = range(max(0, place - _NEIGHBOURS), min(len(cues), place + _NEIGHBOURS))
    inside = [row for row in near if begin <= starts[row] < end]
    candidates = [row for row in inside if not _is_cut_off(scan, quote, cues[row])]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    return min(candidates, key=lambda row: (*_distance(quote, cues[row]), row))


def _announced_from(scan: Scan, quote: Quote) -> int:
    """Where the sentence of a quotation begins, or the one before it that announces it: "He said:"."""
    begin, _ = scan.sentence_of(quote.first)
    is_announced = begin == quote.first and begin > 0 and scan.form(begin - 1) == ":"
    if is_announced and scan.article[begin - 1] == scan.article[begin]:
        return scan.sentence_of(begin - 1)[0]
    return begin


def _is_cut_off(scan: Scan, quote: Quote, cue: Cue) -> bool:
    """Whether a sentence ends with the quotation and the cue stands in the next: “It broke.” Some say so."""
    is_behind = cue.first > quote.last and scan.article[quote.last] == scan.article[cue.first]
    if is_behind and scan.kinds.relates[quote.last] and scan.kinds.finite.find(1, quote.last, cue.first) < 0:
        # "a “chief prosecutor” who reports directly": the quotation is the subject.
        return True
    nearest = min(cue.first, cue.source[0]) if cue.source[0] < cue.source[1] else cue.first
    if nearest < quote.last or not scan.form(quote.inner_last - 1).endswith("."):
        return False
    after = first_of(scan.is_word, quote.last, cue.first)
    begins_anew = scan.is_capital[after] and scan.is_capital[quote.inner_first]
    return bool(begins_anew) and not any(first <= quote.first < last for first, last in cue.contents)


def _is_utterance(scan: Scan, quote: Quote) -> bool:
    """Whether a short quotation is punctuated as a sentence of its own: "No," he said."""
    start, _ = scan.sentence_of(quote.first)
    opens = quote.first == start or scan.form(quote.first - 1) in (",", ":")
    goes_on = not scan.is_last(quote.last - 1)
    is_tagged = quote.first == start and goes_on and scan.kinds.comma[quote.last] == 1
    closes = is_tagged or scan.form(quote.inner_last - 1) in (",", ".", "?", "!")
    return opens and closes and scan.is_capital[quote.inner_first] == 1


def _ends_sentence(scan: Scan, quote: Quote) -> bool:
    """Whether a splitter took the quotation's own mark for the end of the sentence: "Why?" he asked."""
    if scan.is_last(quote.last - 1) or scan.form(quote.inner_last - 1) not in ("?", "!"):
        return False
    sentence, after = scan.sentence[quote.last - 1], scan.sentence[quote.last]
    if after == sentence or scan.line[after] != scan.line[after - 1]:
        return False
    return scan.n_narrated(scan.sentence_of(quote.last)) <= _TAG_WORDS


def _distance(quote: Quote, cue: Cue) -> tuple[bool, int]:
    """Cues that report the quotation come first; then the fewest tokens between it and cue or source."""
    reports = any(first <= quote.first and quote.last <= last for first, last in cue.contents)
    edges = (cue.first, cue.last, *cue.source)
    return not reports, min([abs(edge - mark) for edge in edges for mark in (quote.first, quote.last)])


def _unattributed(scan: Scan, quote: Quote) -> Row:
    """A quotation without a cue: speech that goes on, a fragment, or scare quotes."""
    content = (quote.inner_first, quote.inner_last)
    n_words = scan.n_words(content)
    around = (scan.sentence_of(quote.first)[0], scan.sentence_of(quote.last - 1)[1])
    n_narrated = scan.n_narrated(around)
    is_sentence = n_narrated == 0 and scan.form(content[1] - 1) in (".", "?", "!")
    if is_sentence or (n_words >= _DIRECT_WORDS and n_narrated < _NARRATION_WORDS):
        return Row(content, "direct", None)
    is_scare = n_words <= _SCARE_WORDS and quote.first > around[0] and not _is_name(scan, quote)
    return Row(content, "scare" if is_scare else "fragment", None)


def _is_name(scan: Scan, quote: Quote) -> bool:
    """Whether the marks stand around a term that is introduced, a title, or a nickname.

    "the so-called 'reform'", "her book 'The Dam'", "Anna 'Annie' Berg".
    """
    kinds, before = scan.kinds, quote.first - 1
    near = range(max(scan.sentence_of(quote.first)[0], quote.first - _INTRODUCTION_TOKENS), quote.first)
    if any(kinds.introducer[token] for token in near):
        return True
    words = [token for token in range(quote.inner_first, quote.inner_last) if scan.is_word[token]]
    is_title = all(scan.is_capital[token] or kinds.closed[token] for token in words)
    return is_title and bool(kinds.work[before] or scan.is_name[before])
