"""Speakers: one name for the several ways in which an article mentions the same source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from biaslens.lexicons import load_lexicon
from biaslens.speech.groups import country_of
from biaslens.speech.names import BODY, FEMALE, HUMAN, MALE, PLACE, Names, stem
from biaslens.speech.persons import Persons
from biaslens.speech.scan import Range, Scan

# "said in a statement on its website": how far the statement may stand from the one who issued it, in tokens.
_NEAR_TOKENS = 20
# A description is compared with so many that end in the same word.
_RECENT = 12
_BEHIND_HEAD = frozenset(("for", "of", "from", "at", "in", "on", "with", "to", "by"))
_POSSESSIVES = frozenset(("its", "their", "his", "her"))
_NEW = frozenset(("a", "an", "another", "one"))

TextOf = Callable[[Range], str]


class Speaker(NamedTuple):
    """Who says something.

    name     as resolved inside the article, "" where nobody is known
    mention  where the speaker is named for this attribution; empty where nowhere
    person   row of the person's fullest name, -1 where the speaker is none that has a name
    """

    name: str
    mention: Range
    person: int


NOBODY = Speaker("", (0, 0), -1)


class _Described(NamedTuple):
    """A source known by a description, "Downing Street spokesperson": stems of its words, and its name."""

    head: int
    words: frozenset[int]
    name: str


@dataclass(frozen=True)
class GeneralWords:
    """Words for any of several roles, "leader", with the roles that each can stand for."""

    roles: Mapping[str, frozenset[str]]
    language: str

    def roles_of(self, word: str) -> frozenset[str]:
        """The roles that a word can stand for, none for a word that is not general."""
        return self.roles.get(word, frozenset())

    def country_of(self, word: str) -> str:
        return country_of(word, self.language)


@cache
def general_words(language: str) -> GeneralWords:
    """The general words of a language.

    >>> "president" in general_words("en").roles_of("leader")
    True
    """
    words = load_lexicon("general_roles", language)
    rows = zip(words.term, words.category, words.note, strict=True)
    return GeneralWords(
        {
            term: words.terms_of(*note.split()) | {term}
            for term, category, note in rows
            if category == "general"
        },
        language,
    )


class ArticleMentions:
    """The speakers of one article so far; ``resolve`` must see the mentions in reading order.

    A surname or a title stands for the fullest name in the article, a description for the one who was
    described by it, a pronoun for the subject of the nearest sentence that fits, "the statement" for the one
    who issued it. Nothing is carried over from other articles.
    """

    def __init__(
        self, scan: Scan, names: Names, persons: Persons, text_of: TextOf, general: GeneralWords
    ) -> None:
        self._scan, self._names, self._persons, self._text_of = scan, names, persons, text_of
        self._general = general
        self._described: dict[int, list[_Described]] = {}
        self._names_of: dict[int, str] = {}
        self._last = self._human = self._many = self._body = self._issuer = NOBODY

    def resolve(self, source: Range) -> Speaker:
        """The speaker that a source stands for; without a name for a pronoun that nobody precedes."""
        if source[0] == source[1]:
            return Speaker("", source, -1)
        found = self._speaker(source)
        speaker = Speaker(found.name, source, found.person)
        if speaker.name:
            self._last = speaker
        if _is_issued(self._scan, source):
            self._issuer = self._last
        return speaker

    def _speaker(self, source: Range) -> Speaker:
        scan = self._scan
        first, last = source
        if last - first == 1 and scan.kinds.subject[first] | scan.kinds.relative[first]:
            return self._pronoun(first)
        words = [token for token in range(first, last) if scan.is_word[token]]
        if not words:
            return self._nameless(source)
        names = [token for token in words if scan.is_name[token] and not scan.kinds.calendar[token]]
        is_utterance = scan.kinds.any_utterance[words[-1]] and scan.form(words[0]) not in _NEW
        if is_utterance and not names and self._last.name:
            is_theirs = any(scan.form(t) in _POSSESSIVES for t in (source[0] - 1, source[0]))
            return self._issuer if self._issuer.name and not is_theirs else self._last
        if names and scan.kinds.couples.find(1, *source) >= 0 and not self._is_titled(words):
            # Several speakers at once: none of them is known by this name later.
            self._many = self._nameless(source)
            return self._many
        return self._named(source, words)

    def _nameless(self, source: Range) -> Speaker:
        return Speaker(plain(self._text_of(source)), source, -1)

    def _pronoun(self, token: int) -> Speaker:
        """He and she are persons, "they" are several, "it" is none; "I" outside quotations is the author."""
        form = self._scan.form(token)
        if form in ("he", "she"):
            return self._he_or_she(token, MALE if form == "he" else FEMALE)
        if form == "they":
            return self._many if self._many.name else self._last
        if form == "it":
            return self._body if self._body.name else self._last
        stands_for_last = form == "we" or self._scan.kinds.relative[token]
        return self._last if stands_for_last else self._nameless((token, token + 1))

    def _he_or_she(self, token: int, gender: int) -> Speaker:
        """The last speaker in this sentence or the one before, if it may be; else the nearest subject."""
        human, persons = self._human, self._persons
        may_be = bool(human.name) and (human.person < 0 or persons.gender(human.person) in (0, gender))
        is_near = self._scan.sentence[token] - self._scan.sentence[human.mention[0]] <= 1
        found = -1 if may_be and is_near else persons.meant_by(gender, token)
        if found >= 0:
            human = self._person(found, (token, token + 1))
        elif not may_be and not (is_near and human.person >= 0):
            return Speaker("", (token, token), -1)
        if human.person >= 0 and (may_be or found >= 0):
            persons.set_gender(human.person, gender)
        self._human = Speaker(human.name, (token, token + 1), human.person)
        return self._human

    def person(self, row: int) -> Speaker:
        """The person of a fullest name, who is not named for the attribution itself."""
        return self._person(row, (0, 0))

    def _person(self, row: int, mention: Range) -> Speaker:
        if row not in self._names_of:
            self._names_of[row] = plain(self._text_of(self._persons.range_of(row)))
        return Speaker(self._names_of[row], mention, row)

    def _named(self, source: Range, words: Sequence[int]) -> Speaker:
        """The speaker that a noun phrase names."""
        head = self._head(words)
        row = self._names.row[head]
        person = self._persons.of(row) if row >= 0 and self._names.last[row] > head else -1
        person = person if person >= 0 and self._scan.is_name[head] else -1
        apposed = self._persons.apposed_to(source[0])
        person = apposed if apposed >= 0 else person
        if person >= 0:
            self._human = self._person(person, source)
            return self._human
        return self._described_as(source, words, head)

    def _is_titled(self, words: Sequence[int]) -> bool:
        """Whether one person follows a title with "of": "Secretary of State and Trade Anna Berg"."""
        scan, names = self._scan, self._names
        row = names.row[words[-1]]
        is_title = (
            scan.is_capital[words[0]] and names.meaning[words[0]] & HUMAN and scan.form(words[1]) == "of"
        )
        return bool(is_title) and row >= 0 and names.is_person[row]

    def _head(self, words: Sequence[int]) -> int:
        """The last word before "for", "of" and the like; of "Secretary of State John Kerry", the name."""
        scan, names = self._scan, self._names
        for place, token in enumerate(words[1:], start=1):
            if scan.form(token) in _BEHIND_HEAD:
                last = words[-1]
                is_titled = scan.is_name[words[place - 1]] and scan.form(token) == "of" and scan.is_name[last]
                row = names.row[last]
                return last if is_titled and row >= 0 and names.is_person[row] else words[place - 1]
        return words[-1]

    def _described_as(self, source: Range, words: Sequence[int], head: int) -> Speaker:
        """The source that was described by these words before, else a new one under these words."""
        scan, names = self._scan, self._names
        content = [token for token in words if not scan.kinds.closed[token]]
        stems = frozenset(names.stem[token] for token in content)
        head_stem = names.stem[head]
        known = None if scan.form(source[0]) in _NEW else self._known(head_stem, stems, source[0])
        known = known or self._generally(words, head)
        known = known or self._nameless(source)
        speaker = Speaker(known.name, source, known.person)
        self._described.setdefault(head_stem, []).append(_Described(head_stem, stems, speaker.name))
        if scan.kinds.finite[source[0]]:
            # "became a fighter" has a verb in it: nobody that a pronoun stands for.
            return speaker
        meaning = names.meaning[head]
        if scan.kinds.ends_s[head] or scan.kinds.plural[head]:
            self._many = speaker
            return speaker
        # "Nazar, another student": one capital word that is neither place nor body can be either.
        is_open = scan.is_name[head] and not meaning & (PLACE | BODY) and not scan.kinds.any_role[head]
        if is_open or meaning & HUMAN or speaker.person >= 0:
            self._human = speaker
        if is_open or not meaning & HUMAN:
            self._body = speaker
        return speaker

    def _known(self, head: int, stems: frozenset[int], before: int) -> Speaker | None:
        """The source that a description was used for, or the person whose title holds all its words.

        Of several persons with the title, the one who spoke last; else the one named last.
        """
        persons, human = self._persons, self._human
        if human.person >= 0 and stems <= persons.words_of(human.person):
            return human
        for described in reversed(self._described.get(head, ())[-_RECENT:]):
            if stems <= described.words:
                return Speaker(described.name, (before, before), -1)
        for person in persons.described_by(head, before):
            if stems <= persons.words_of(person):
                return self._person(person, (before, before))
        return None

    def _generally(self, words: Sequence[int], head: int) -> Speaker | None:
        """The last speaker, if a general word fits: "the Russian leader" for "Russian President Putin"."""
        scan, persons, human = self._scan, self._persons, self._human
        roles = self._general.roles_of(stem(scan.form(head)))
        if human.person < 0 or not roles or scan.form(words[0]) in _NEW:
            return None
        known = {
            stem(scan.form(t))
            for first, last in persons.descriptions(human.person)
            for t in range(first, last)
        }
        if roles.isdisjoint(known):
            return None
        countries = {self._general.country_of(word) for word in known}
        others = [stem(scan.form(t)) for t in words if t != head and not scan.kinds.closed[t]]
        fits = all(word in known or self._general.country_of(word) in countries - {""} for word in others)
        return human if fits else None


def _is_issued(scan: Scan, source: Range) -> bool:
    """Whether the sentence names a statement near its source."""
    first, last = max(0, source[0] - _NEAR_TOKENS), source[1] + _NEAR_TOKENS
    utterance = scan.kinds.utterance
    # Statements are rare: most sources need no look at where their sentence begins.
    if utterance.find(1, first, last) < 0:
        return False
    start, end = scan.sentence_of(source[0])
    return utterance.find(1, max(start, first), min(end, last)) >= 0


def plain(text: str) -> str:
    """A mention without its article, possessive and line breaks: "the Kremlin's" is Kremlin."""
    words = text.split()
    if len(words) > 1 and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words).removesuffix("’s").removesuffix("'s")
