"""Resolution: who speaks in every attribution of an article, for whom, and from which group of society."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from biaslens.speech.cues import Cue
from biaslens.speech.groups import UNRESOLVED, GroupTable
from biaslens.speech.names import Names
from biaslens.speech.pairing import Row
from biaslens.speech.persons import Persons
from biaslens.speech.principals import spoken_for, spoken_for_here
from biaslens.speech.scan import Range, Scan
from biaslens.speech.speakers import ArticleMentions, Speaker, TextOf, general_words, plain
from biaslens.speech.uncued import find_speakers

_REPORTS = ("indirect", "mixed")
# Words that begin a clause beside a report rather than in it; the second ones do so behind a comma or a mark.
_BESIDE = frozenset(("but", "while", "though", "although", "whereas", "yet"))
_BESIDE_BEHIND_MARK = frozenset(("and", "with", "as"))
_WHEN = frozenset(("when", "while", "after", "as", "before", "if", "because", "since"))
# A report stands inside so many others at most.
_DEEPEST = 8
# So many mentions tell the group of a speaker without a name.
_ENOUGH = 12
_AND = re.compile(r",? and |, ")


class Voiced(NamedTuple):
    """Who speaks in one attribution.

    speaker    whose name is "" where none was found
    group      "unresolved" where unknown
    principal  whose position is reported, "" where it is the speaker's own
    """

    speaker: Speaker
    group: str
    principal: str


class Article:
    """One article, tokens ``first`` to ``last`` - 1, with its names; groups come from ``table``."""

    def __init__(self, scan: Scan, names: Names, tokens: Range, text_of: TextOf, table: GroupTable) -> None:
        self._scan, self._names, self._text_of, self._table = scan, names, text_of, table
        self._persons = Persons(scan, names, *tokens)
        self._mentions = ArticleMentions(scan, names, self._persons, text_of, general_words(table.language))

    def voiced(self, cues: Sequence[Cue], rows: Sequence[Row]) -> list[Voiced]:
        """Who speaks in each attribution, in the order of the rows.

        Where one report stands inside another ("Orlov said that Berg believes"), the outer source tells it to
        the reader and is the speaker; the inner one is the principal. A news organisation only passes on.
        """
        own = find_speakers(self._scan, self._persons, self._mentions, cues, rows)
        own = self._past_media(rows, own)
        described = self._described(own)
        groups = {name: self._group(name, found) for name, found in described.items()}
        offices = {name: self._name(spoken_for(self._scan, self._names, d)) for name, d in described.items()}
        voiced = []
        for place, outer in enumerate(_reporters(self._scan, rows)):
            speaker, cue = own[place], rows[place].cue
            here = self._name(spoken_for_here(self._scan, self._names, cue, speaker.mention))
            principal = here or offices[speaker.name]
            is_told = outer >= 0 and own[outer].name not in ("", speaker.name)
            is_told = is_told and not _is_backed(rows[outer], rows[place])
            if is_told and not _passes_on(groups[own[outer].name]):
                speaker, principal = own[outer], speaker.name
            is_own = not speaker.name or principal == speaker.name
            voiced.append(Voiced(speaker, groups[speaker.name], "" if is_own else principal))
        return voiced

    def _past_media(self, rows: Sequence[Row], speakers: Sequence[Speaker]) -> list[Speaker]:
        """The speakers, where a quotation is its source's and no news organisation's that passes it on.

        "According to the paper, Orlov said it was “late”": Orlov's word.
        """
        passed_on = list(speakers)
        for place, (row, speaker) in enumerate(zip(rows, speakers, strict=True)):
            if row.kind in _REPORTS or row.cue is None or row.cue.term.pos == "verb":
                continue
            if _passes_on(self._table.group("", [speaker.name])):
                for other in range(max(0, place - _DEEPEST), place):
                    holds = _contains(rows[other], row) and rows[other].kind in _REPORTS
                    if holds and speakers[other].name not in ("", speaker.name):
                        passed_on[place] = speakers[other]
        return passed_on

    def _described(self, speakers: Sequence[Speaker]) -> dict[str, list[Range]]:
        """The words that describe each speaker, by name: of a person everywhere, else where it speaks."""
        described: dict[str, list[Range]] = {}
        for speaker in speakers:
            known = described.setdefault(speaker.name, [])
            if speaker.person >= 0:
                known += () if known else self._persons.descriptions(speaker.person)
            elif speaker.name and speaker.mention[0] < speaker.mention[1] and len(known) < _ENOUGH:
                known += (speaker.mention, self._apposition(speaker.mention))
        return described

    def _apposition(self, mention: Range) -> Range:
        row = self._names.row[mention[1] - 1]
        return self._persons.apposition(row) if row >= 0 else (mention[1], mention[1])

    def _group(self, name: str, described: Sequence[Range]) -> str:
        """The group that all words about a speaker tell; of several at once, what all of them share."""
        texts = [self._text_of(words) for words in described if words[0] < words[1]]
        if "," in name or " and " in name:
            groups = {self._table.group(part, [part]) for part in _AND.split(name)}
            if len(groups) > 1:
                return UNRESOLVED
        return self._table.group(name, texts)

    def _name(self, words: Range | None) -> str:
        """What a noun phrase is called: a person by the fullest name, "" for no phrase."""
        if words is None:
            return ""
        row = self._names.row[words[1] - 1]
        person = self._persons.of(row) if row >= 0 and self._names.last[row] == words[1] else -1
        return self._mentions.person(person).name if person >= 0 else plain(self._text_of(words))


def _reporters(scan: Scan, rows: Sequence[Row]) -> Iterator[int]:
    """For each row the place of the outermost report that holds it, -1 for none; rows stand outer first."""
    holders: list[int] = []
    for place, row in enumerate(rows):
        first, last = row.content
        if not holders:
            yield -1
            if row.kind in _REPORTS:
                holders.append(place)
            continue
        holders = [k for k in holders if rows[k].content[1] > first]
        if row.cue is not None and _stands_beside(scan, row.cue):
            # What follows in the sentence is no report of the outer source either.
            holders = [k for k in holders if not _holds(rows[k], row.cue)]
        elif row.cue is not None:
            holders = [k for k in holders if not _is_circumstance(scan, rows[k], row.cue)]
        yield next((k for k in holders if rows[k].content[1] >= last and _holds(rows[k], row.cue)), -1)
        if row.kind in _REPORTS and len(holders) < _DEEPEST:
            holders.append(place)


def _holds(outer: Row, cue: Cue | None) -> bool:
    """Whether a cue, with its source, stands inside another report."""
    if outer.cue is None or cue is None or outer.cue.first == cue.first:
        return False
    return outer.content[0] <= min(cue.first, cue.source[0]) < outer.content[1]


def _is_backed(outer: Row, row: Row) -> bool:
    """Whether the outer source only vouches for a quotation: "“Late,” Berg said, according to the paper"."""
    if row.cue is None or outer.cue is None or row.kind != "direct":
        return False
    return row.cue.term.is_plain and outer.cue.term.pos == "prep" and outer.cue.first > row.content[1]


def _stands_beside(scan: Scan, cue: Cue) -> bool:
    """Whether the clause of a cue stands beside a report: "Orlov said it was late, but Berg denied it"."""
    before = min(cue.first, cue.source[0]) - 1
    while before > cue.start and scan.kinds.determiner[before]:
        before -= 1
    is_behind_mark = before > cue.start and not scan.is_word[before - 1]
    return scan.form(before) in (_BESIDE | _BESIDE_BEHIND_MARK if is_behind_mark else _BESIDE)


def _is_circumstance(scan: Scan, outer: Row, cue: Cue) -> bool:
    """Whether the outer report only tells when a cue's clause happened: "When Berg left, Orlov said"."""
    before = min(cue.first, cue.source[0]) - 1
    if outer.cue is None or outer.cue.first > before or not scan.kinds.comma[before]:
        return False
    opening = scan.kinds.circumstance.rfind(1, outer.cue.start, outer.cue.first)
    is_free = opening >= 0 and scan.kinds.comma.find(1, opening, outer.cue.first) < 0
    return is_free and scan.form(opening) in _WHEN and opening <= outer.cue.start + 1


def _contains(outer: Row, inner: Row) -> bool:
    return outer.content[0] <= inner.content[0] and inner.content[1] <= outer.content[1]


def _passes_on(group: str) -> bool:
    return group.rpartition(": ")[2] == "media"
