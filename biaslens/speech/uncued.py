"""Uncued: the speakers of all attributions, those of quotations that no cue stands beside included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biaslens.speech.cues import Cue
from biaslens.speech.pairing import Row
from biaslens.speech.persons import Persons
from biaslens.speech.scan import Range, Scan, behind_last, run_end
from biaslens.speech.sources import sentence_subject, subject_after
from biaslens.speech.speakers import NOBODY, ArticleMentions, Speaker

# "Lynch, a professor at Brown said": a source right behind one of these may be no subject.
_INSIDE = frozenset(("at", "of", "in", "for", "from", "by"))
# Shorter fragments without a cue may be titles, nicknames or terms: nobody is said to have spoken them.
_MIN_WORDS = 5
_QUOTED = ("direct", "fragment")
# Marks that end a quotation whose sentence goes on.
_TAG_MARKS = (",", "?", "!")
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
        subject = _beside(scan, persons, row) if row.cue is None and row.kind in _QUOTED else None
        subject = subject or (_subject(scan, persons, row) if _is_loose(scan, row) else None)
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
            and not speaker.name
            and (row.kind == "direct" or _is_sentence(scan, row))
        ):
            speaker = _introduced(scan, persons, mentions, row) or _continued(
                scan, persons, mentions, rows[:place], speakers, row
            )
        speakers.append(speaker)
    return speakers


def _author(persons: Persons, row: Row) -> Range | None:
    """Whose words a quotation is among, where they stand between it and its cue."""
    # "Berg called Orlov's remarks a “mistake”": the words are hers.
    can_be = row.kind in _QUOTED and not (row.cue and row.cue.term.is_predicative)
    author = persons.author_before(row.content[0] - 1) if can_be else None
    is_nearer = author is not None and (row.cue is None or row.cue.last <= author[0])
    return author if is_nearer else None


def _beside(scan: Scan, persons: Persons, row: Row) -> Range | None:
    """Who is named right beside a quotation: “Late,” Berg beamed; “Late,” beamed Berg; Berg: “Late.”"""
    first, last = row.content[0] - 2, row.content[1] + 1
    if last < len(scan) and scan.is_one_line(last - 1, last) and scan.form(last - 2) in _TAG_MARKS:
        end = scan.sentence_of(last)[1]
        is_verb = scan.kinds.past[last] and not scan.is_capital[last] and not scan.kinds.be[last]
        found = subject_after(scan, last + is_verb, end, is_plain=False)
        if found and (is_verb or (found[1] < end and scan.kinds.past[found[1]])):
            return found
        if found and not is_verb:
            verb = scan.is_its_verb.find(1, *found)
            return (found[0], verb) if verb > found[0] else None
    if first > 0 and scan.form(first) == ":" and scan.article[first] == scan.article[row.content[0]]:
        name = next(reversed([*persons.in_range((max(0, first - _PHRASE_TOKENS), first))]), -1)
        if name >= 0 and persons.range_of(name)[1] == first:
            return persons.range_of(name)
        return sentence_subject(scan, scan.sentence_of(first)[0], first)
    return None


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
    # “We go,” Orlov, head of the office said: what is quoted is no part of the clause.
    start = behind_last(scan.in_quote, start, first)
    if first >= cue.last and last < end and scan.form(last) == ":":
        # "Orlov, the mayor, wrote on Twitter:": what ends at the colon is no subject.
        return next((persons.range_of(row) for row in _persons_before(persons, cue)), (first, last))
    if scan.kinds.ends_ing[first] and first <= start + 1 and last - first == 1:
        # "Speaking in the town, Orlov called it": the participle opens the sentence, the subject follows.
        return next((persons.range_of(row) for row in _persons_before(persons, cue)), (first, last))
    is_next = all(scan.kinds.aside[token] or scan.kinds.be[token] for token in range(last, cue.first))
    before = first - 1 - scan.kinds.determiner[first - 1]
    if is_next and before >= start and scan.form(before) in _INSIDE:
        return _phrase_around(scan, persons, start, (before + 1, last))
    return first, last


def _persons_before(persons: Persons, cue: Cue) -> Iterator[int]:
    """The names that stand before a cue in its sentence, as its subject can."""
    return (row for row in persons.in_range((cue.start, cue.first)) if persons.is_subject(row))


def _phrase_around(scan: Scan, persons: Persons, start: int, source: Range) -> Range:
    """The subject that a source right behind a preposition is a part of, else the source itself."""
    kinds = scan.kinds
    opening = next(persons.in_range((start, min(start + _OPENING_TOKENS, source[0]))), -1)
    if opening >= 0 and persons.is_subject(opening) and kinds.comma[persons.range_of(opening)[1]]:
        return persons.range_of(opening)
    first, floor, has_verb = source[0], max(start, source[0] - _PHRASE_TOKENS), False
    while first > floor:
        # "a fighter captured in the town": a participle belongs to the noun before it.
        is_participle = kinds.past[first - 1] and scan.form(first) in _INSIDE and first - 2 >= floor
        if not (scan.in_phrase[first - 1] or scan.form(first - 1) in _INSIDE):
            break
        has_verb = has_verb or bool(kinds.finite[first - 1] and not is_participle)
        first -= 1
    first = first + 1 if scan.form(first) in _INSIDE else first
    has_role = kinds.any_role.find(1, first, source[0]) >= 0
    first = run_end(kinds.never_first, first, source[0])
    return (first, source[1]) if has_role and not has_verb else source


def _introduced(scan: Scan, persons: Persons, mentions: ArticleMentions, row: Row) -> Speaker | None:
    """The subject of what leads to a quotation: "Orlov put it on his page: “We go on.”"."""
    lead = row.content[0] - 2
    if lead < 0 or scan.article[lead] != scan.article[row.content[0]] or scan.form(lead) not in (":", ","):
        return None
    subject = persons.subject_of(scan.sentence[lead])
    return mentions.person(subject) if subject >= 0 else None


def _is_near(scan: Scan, row: Row, sentence: int) -> bool:
    """Whether an attribution ends in a sentence or in the one before it."""
    last = max(row.content[1], row.cue.last if row.cue else 0) - 1
    return sentence - scan.sentence[last] <= 1


def _continued(
    scan: Scan,
    persons: Persons,
    mentions: ArticleMentions,
    before: Sequence[Row],
    speakers: Sequence[Speaker],
    row: Row,
) -> Speaker:
    """The speaker that a quotation goes on with, or the person that a sentence in between is about."""
    sentence = scan.sentence[row.content[0]]
    near = [back for back in range(1, len(before[-_RECENT:]) + 1) if _is_near(scan, before[-back], sentence)]
    if near:
        # "“Late,” Orlov said, when asked about it. “Very late.”": who was quoted goes on.
        quoted = (back for back in near if before[-back].kind in _QUOTED and speakers[-back].name)
        return speakers[-next(quoted, near[0])]
    subject = persons.subject_of(sentence - 1) if sentence else -1
    if subject >= 0:
        return mentions.person(subject)
    # Bodies do not go on speaking over sentences about something else.
    return next(
        (s for s in reversed(speakers[-_RECENT:]) if s.person >= 0), speakers[-1] if before else NOBODY
    )
