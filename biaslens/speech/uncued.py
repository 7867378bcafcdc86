"""Uncued: the speakers of all attributions, those of quotations that no cue stands beside included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biaslens.speech.cues import Cue
from biaslens.speech.pairing import Row
from biaslens.speech.persons import Persons
from biaslens.speech.scan import Range, Scan
from biaslens.speech.sources import sentence_subject
from biaslens.speech.speakers import NOBODY, ArticleMentions, Speaker

# "Lynch, a professor at Brown said": a source right behind one of these may be no subject.
_INSIDE = frozenset(("at", "of", "in", "for", "from", "by"))
# Shorter fragments without a cue may be titles, nicknames or terms: nobody is said to have spoken them.
_MIN_WORDS = 5
_QUOTED = ("direct", "fragment")
# The subject of a sentence is sought among its first tokens.
_OPENING_TOKENS = 3
# A noun phrase with its prepositions is hardly longer, in tokens.
_PHRASE_TOKENS = 12
# A quotation goes on with nobody who spoke longer ago, in attributions.
_RECENT = 12


def find_speakers(
    scan: Scan, persons: Persons, mentions: ArticleMentions, cues: Sequence[Cue], rows: Sequence[Row]
) -> list[Speaker]:
    """The speaker of each attribution of one article, as its cue or its place tells.

    A fragment without a cue has the subject of its sentence; a quotation alone goes on with the speaker
    before it, or has the person who is the subject of the sentence before.
    """
    sources = {cue.first: _whole_source(scan, persons, cue) for cue in cues}
    # "The council backed Orlov's appeal for “calm”": Orlov's word, whatever the cue before it.
    authors = {row.content[0]: author for row in rows if (author := _author(persons, row))}
    for row in rows:
        if _is_loose(scan, row):
            subject = _subject(scan, persons, row)
            if subject:
                sources[row.content[0]] = subject
    sources |= authors
    known = {place: mentions.resolve(source) for place, source in sorted(sources.items())}
    speakers: list[Speaker] = []
    for place, row in enumerate(rows):
        has_author = row.content[0] in authors and row.kind in _QUOTED
        is_cued = row.cue is not None and not has_author
        speaker = known.get(row.cue.first if row.cue and is_cued else row.content[0], NOBODY)
        if (
            not is_cued
            and not has_author
            and (row.kind == "direct" or (not speaker.name and _is_sentence(scan, row)))
        ):
            before = rows[place - 1] if place else None
            speaker = _introduced(scan, persons, mentions, row) or _continued(
                scan, persons, mentions, before, speakers, row
            )
        speakers.append(speaker)
    return speakers


def _author(persons: Persons, row: Row) -> Range | None:
    """Whose words a quotation is among, where they stand between it and its cue."""
    author = persons.author_before(row.content[0] - 1) if row.kind in _QUOTED else None
    is_nearer = author is not None and (row.cue is None or row.cue.last <= author[0])
    return author if is_nearer else None


def _subject(scan: Scan, persons: Persons, row: Row) -> Range | None:
    """The subject of the sentence that a quotation stands in."""
    start = scan.sentence_of(row.content[0])[0]
    subject = sentence_subject(scan, start, row.content[0])
    if subject and scan.kinds.ends_ing[subject[0]]:
        rows = persons.in_range((start, row.content[0]))
        return next((persons.range_of(name) for name in rows if persons.is_subject(name)), None)
    return subject


def _is_sentence(scan: Scan, row: Row) -> bool:
    """Whether a fragment opens a sentence: a splitter may have joined it to what follows."""
    return _is_loose(scan, row) and row.content[0] - 1 <= scan.sentence_of(row.content[0])[0]


def _is_loose(scan: Scan, row: Row) -> bool:
    """Whether a row is a fragment without a cue, too long for a name or a term."""
    return row.cue is None and row.kind == "fragment" and scan.n_words(row.content) >= _MIN_WORDS


def _whole_source(scan: Scan, persons: Persons, cue: Cue) -> Range:
    """The source of a cue as a whole: "Scott Kelly told", "a spokesman for the office in town said"."""
    first, last = cue.source
    if first == last:
        return first, last
    while last < cue.first and scan.is_name[last]:
        last += 1
    start, end = scan.sentence_of(first)
    if first >= cue.last and last < end and scan.form(last) == ":":
        # "Orlov, the mayor, wrote on Twitter:": what ends at the colon is no subject.
        return next((persons.range_of(row) for row in _persons_before(persons, cue)), (first, last))
    if scan.kinds.ends_ing[first] and first <= start + 1 and last - first == 1:
        # "Speaking in the town, Orlov called it": the participle opens the sentence, the subject follows.
        return next((persons.range_of(row) for row in _persons_before(persons, cue)), (first, last))
    if last == cue.first and first > start and scan.form(first - 1) in _INSIDE:
        return _phrase_around(scan, persons, start, (first, last))
    return first, last


def _persons_before(persons: Persons, cue: Cue) -> Iterator[int]:
    """The names that stand before a cue in its sentence, as its subject can."""
    return (row for row in persons.in_range((cue.start, cue.first)) if persons.is_subject(row))


def _phrase_around(scan: Scan, persons: Persons, start: int, source: Range) -> Range:
    """The subject that a source right behind a preposition is a part of, else the source itself."""
    opening = next(persons.in_range((start, min(start + _OPENING_TOKENS, source[0]))), -1)
    if opening >= 0 and persons.is_subject(opening) and scan.kinds.comma[persons.range_of(opening)[1]]:
        return persons.range_of(opening)
    first, floor = source[0], max(start, source[0] - _PHRASE_TOKENS)
    while first > floor and (scan.in_phrase[first - 1] or scan.form(first - 1) in _INSIDE):
        first -= 1
    first = first + 1 if scan.form(first) in _INSIDE else first
    has_role = scan.kinds.any_role.find(1, first, source[0]) >= 0
    has_verb = scan.kinds.finite.find(1, first, source[0]) >= 0
    return (first, source[1]) if has_role and not has_verb else source


def _introduced(scan: Scan, persons: Persons, mentions: ArticleMentions, row: Row) -> Speaker | None:
    """The subject of what leads to a quotation: "Orlov put it on his page: “We go on.”"."""
    lead = row.content[0] - 2
    if lead < 0 or scan.article[lead] != scan.article[row.content[0]] or scan.form(lead) not in (":", ","):
        return None
    subject = persons.subject_of(scan.sentence[lead])
    return mentions.person(subject) if subject >= 0 else None


def _continued(
    scan: Scan,
    persons: Persons,
    mentions: ArticleMentions,
    before: Row | None,
    speakers: Sequence[Speaker],
    row: Row,
) -> Speaker:
    """The speaker that a quotation goes on with, or the person that a sentence in between is about."""
    sentence = scan.sentence[row.content[0]]
    last = max(before.content[1], before.cue.last if before.cue else 0) - 1 if before else -1
    if before and sentence - scan.sentence[last] <= 1:
        return speakers[-1]
    subject = persons.subject_of(sentence - 1) if sentence else -1
    if subject >= 0:
        return mentions.person(subject)
    # Bodies do not go on speaking over sentences about something else.
    return next(
        (s for s in reversed(speakers[-_RECENT:]) if s.person >= 0), speakers[-1] if before else NOBODY
    )
