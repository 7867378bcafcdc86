"""Persons: who the names of one article stand for, by surname; and which of them a pronoun can mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from biaslens.speech.names import FEMALE, HE, HUMAN, MALE, SAYING, SHE, Names
from biaslens.speech.scan import Range, Scan, first_of

# "Sergei Lavrov, the long-serving Russian foreign minister,": how far an apposition may reach, in tokens.
_APPOSITION_TOKENS = 16
# "Russia's long-serving foreign minister": so many words of a title may have small letters.
_TITLE_TOKENS = 4
# How far the pronouns that tell the gender of a person may stand from the name, in tokens.
_NEAR_TOKENS = 60
# A pronoun stands for somebody named at most so many sentences and tokens before.
_REACH_SENTENCES, _REACH_TOKENS = 6, 240
# So many names tell enough of a surname, and so many back those that a role may belong to; no text is slow.
_MOST_NAMES, _REACH_NAMES = 40, 200


class Persons:
    """The persons of one article: tokens ``first`` to ``last`` - 1.

    A person is known by the row of the fullest name: of most words, then the first in the text.
    """

    def __init__(self, scan: Scan, names: Names, first: int, last: int) -> None:
        self._scan, self._names, self._first = scan, names, first
        self._rows = range(bisect_left(names.first, first), bisect_left(names.first, last))
        self._by_surname: dict[int, list[int]] = {}
        for row in self._rows:
            if names.is_person[row]:
                known = self._by_surname.setdefault(names.stem[names.last[row] - 1], [])
                if len(known) < _MOST_NAMES:
                    known.append(row)
        self._of: dict[int, int] = {}
        self._person: dict[tuple[int, ...], int] = {}
        self._gender: dict[int, int] = {}
        self._beside_names: dict[int, list[Range]] = {}
        self._words: dict[int, frozenset[int]] = {}
        self._titled: dict[int, list[int]] | None = None

    def of(self, row: int) -> int:
        """The person that a name stands for, -1 for none: the same surname, and every word of the name."""
        found = self._of.get(row)
        if found is None:
            found = self._of[row] = self._fullest(row)
        return found

    def _fullest(self, row: int) -> int:
        names = self._names
        own, last = names.own[row], names.last[row]
        known = self._by_surname.get(names.stem[last - 1]) if own < last else None
        if known is None:
            return -1
        words = tuple(names.stem[own:last])
        person = self._person.get(words)
        if person is None:
            fits = [k for k in known if set(words) <= set(names.stem[names.own[k] : names.last[k]])]
            person = self._person[words] = min(fits, key=self._by_fullness, default=-1)
        return person

    def _by_fullness(self, row: int) -> tuple[int, int, int]:
        names = self._names
        return names.own[row] - names.last[row], names.first[row] - names.last[row], row

    def in_range(self, tokens: Range) -> Iterator[int]:
        """The rows of names that begin in a range of tokens and stand for a person."""
        begin = bisect_left(self._names.first, tokens[0])
        for row in range(begin, bisect_left(self._names.first, tokens[1])):
            if self.of(row) >= 0:
                yield row

    def meant_by(self, gender: int, token: int) -> int:
        """The person that "he" or "she" at a token means, -1 for none.

        The subject of the nearest sentence that names somebody who may be meant; a sentence without a subject
        that may be meant counts if it names one such person only.

        gender  MALE or FEMALE
        """
        scan = self._scan
        sentence, article = scan.sentence[token], scan.article[token]
        for back in range(_REACH_SENTENCES + 1):
            if back > sentence or scan.article[scan.bounds[sentence - back]] != article:
                break
            start = max(scan.bounds[sentence - back], token - _REACH_TOKENS)
            end = token if back == 0 else scan.bounds[sentence - back + 1]
            found = self._best((start, end), gender)
            if found >= 0:
                return found
        return -1

    def _best(self, sentence: Range, gender: int) -> int:
        rows = [row for row in self.in_range(sentence) if self._may_be(self.of(row), gender)]
        subjects = [row for row in rows if self.is_subject(row)]
        if subjects:
            return self.of(subjects[0])
        persons = {self.of(row) for row in rows}
        return persons.pop() if len(persons) == 1 else -1

    def author_before(self, token: int) -> Range | None:
        """Whose words are told of up to a token: "Vladimir Putin's appeal for “calm”"; None for nobody's."""
        scan, names = self._scan, self._names
        start = max(scan.sentence_of(token)[0], token - _APPOSITION_TOKENS)
        if token <= start:
            return None
        owner = scan.kinds.ends_possessive.rfind(1, start, token - 1)
        while owner >= 0 and not (
            names.meaning[owner + 1] & SAYING and self._reaches_quotation(owner + 2, token)
        ):
            owner = scan.kinds.ends_possessive.rfind(1, start, owner)
        row = names.row[owner] if owner >= 0 else -1
        return self.range_of(row) if row >= 0 else None

    def _reaches_quotation(self, first: int, token: int) -> bool:
        """Whether no verb stands up to a token: "Orlov's words are “late”" is what somebody says of them."""
        scan = self._scan
        goes_on = scan.kinds.closed[first] or scan.kinds.clause[first] or scan.kinds.ends_ing[first]
        return bool(goes_on) and not any(
            scan.kinds.finite[place] > scan.is_capital[place] for place in range(first, token)
        )

    def range_of(self, row: int) -> Range:
        """The tokens of a name with its title: "Secretary of State John Kerry", where "of" divides it."""
        scan, names = self._scan, self._names
        first, last = names.first[row], names.last[row]
        before = names.row[first - 2] if first > 1 and scan.form(first - 1) == "of" else -1
        is_title = before >= 0 and names.own[before] == names.last[before] and scan.is_capital[first - 2]
        return names.first[before] if is_title else first, last

    def subject_of(self, sentence: int) -> int:
        """The person whose name opens a sentence of this article, -1 for none."""
        start, end = self._scan.bounds[sentence], self._scan.bounds[sentence + 1]
        if not self._names.first or start < self._first or start == end:
            return -1
        row = next((row for row in self.in_range((start, end)) if self.is_subject(row)), -1)
        return self.of(row) if row >= 0 else -1

    def is_subject(self, row: int) -> bool:
        """Whether a name opens its sentence, but for small words and an adverbial that ends in a comma."""
        scan, first = self._scan, self._names.first[row]
        start = scan.sentence_of(first)[0]
        before = first - 1
        while before >= start and scan.kinds.closed[before] and not scan.kinds.circumstance[before]:
            before -= 1
        if before < start or scan.in_quote[before]:
            return True
        # "On Monday, Orlov": nothing but the adverbial stands before its comma.
        return bool(scan.kinds.comma[before] and first_of(scan.kinds.comma, start, first) == before)

    def _may_be(self, person: int, gender: int) -> bool:
        known = self.gender(person)
        return known == 0 or known == gender

    def gender(self, person: int) -> int:
        """MALE, FEMALE, or 0 where neither title nor given name nor the pronouns around it tell."""
        if person not in self._gender:
            self._gender[person] = self._told_gender(person)
        return self._gender[person]

    def set_gender(self, person: int, gender: int) -> None:
        """Remember what a pronoun has told of a person."""
        self._gender.setdefault(person, gender)

    def _told_gender(self, person: int) -> int:
        names = self._names
        rows = self._by_surname[names.stem[names.last[person] - 1]]
        same = [row for row in rows if self.of(row) == person]
        # Titles tell before given names do: "Mrs. Leslie Knope".
        for first, last in ((names.first, names.own), (names.own, names.last)):
            for row in same:
                told = 0
                for token in range(first[row], last[row]):
                    told |= names.meaning[token] & (MALE | FEMALE)
                    if told and first is names.own:
                        break
                if told in (MALE, FEMALE):
                    return told
        return self._gender_nearby(same)

    def _gender_nearby(self, rows: Sequence[int]) -> int:
        """What the pronouns tell in those sentences that name nobody else."""
        men = women = 0
        for row in rows:
            start, end = self._scan.sentence_of(self._names.first[row])
            start, end = (
                max(start, self._names.first[row] - _NEAR_TOKENS),
                min(end, self._names.last[row] + _NEAR_TOKENS),
            )
            if len(set(map(self.of, self.in_range((start, end))))) == 1:
                meaning = self._names.meaning[self._names.last[row] : end]
                men += sum(bits & HE > 0 for bits in meaning)
                women += sum(bits & SHE > 0 for bits in meaning)
        return 0 if men == women else (MALE if men > women else FEMALE)

    def descriptions(self, person: int) -> Sequence[Range]:
        """The words beside a person's names: title with possessor, a role before a comma, each apposition."""
        if person not in self._beside_names:
            found = dict.fromkeys(self._descriptions(person))
            self._beside_names[person] = [words for words in found if words[0] < words[1]]
        return self._beside_names[person]

    def _descriptions(self, person: int) -> Iterator[Range]:
        names = self._names
        for row in self._by_surname[names.stem[names.last[person] - 1]]:
            if self.of(row) == person:
                first = self.range_of(row)[0]
                yield self._with_possessor(first), names.own[row]
                yield self._title_before(first)
                yield self.apposition(row)

    def _with_possessor(self, first: int) -> int:
        """Where a title begins: "Russia's foreign minister", lower-case words included."""
        scan, names, start = self._scan, self._names, first
        floor = max(scan.sentence_of(first)[0], first - _TITLE_TOKENS)
        while start > floor:
            before = names.row[start - 1]
            if before >= 0 and names.last[before] == start:
                return names.first[before]
            if not scan.in_phrase[start - 1] or scan.kinds.finite[start - 1]:
                break
            start -= 1
        return first

    def _title_before(self, first: int) -> Range:
        """The role that a name follows behind a comma: "Russia's foreign minister, Sergei Lavrov"."""
        scan, names = self._scan, self._names
        row = names.row[first - 2] if first > 1 and scan.kinds.comma[first - 1] else -1
        if row < 0 or names.own[row] < names.last[row] or not names.meaning[first - 2] & HUMAN:
            return first, first
        return self._with_possessor(names.first[row]), names.last[row]

    def words_of(self, person: int) -> frozenset[int]:
        """The stems of all words that name and describe a person."""
        if person not in self._words:
            ranges = self.descriptions(person)
            self._words[person] = frozenset(s for first, last in ranges for s in self._names.stem[first:last])
        return self._words[person]

    def described_by(self, stem: int, before: int) -> Iterator[int]:
        """Persons whose title or apposition holds a word, the nearest before a token first."""
        names = self._names
        if self._titled is None:
            self._titled = {}
            for row in self._rows:
                for token in range(names.first[row], names.own[row]):
                    self._titled.setdefault(names.stem[token], []).append(row)
        titled = self._titled.get(stem, [])
        end = bisect_left(titled, before, key=names.first.__getitem__)
        for row in reversed(titled[max(0, end - _REACH_NAMES) : end]):
            person = self.of(row) if names.own[row] < names.last[row] else self._beside(row)
            if person >= 0:
                yield person

    def _beside(self, row: int) -> int:
        """The person that a role stands beside: "Orlov, the minister", "the minister, Orlov"."""
        scan, names = self._scan, self._names
        start, end = scan.sentence_of(names.first[row])
        behind = names.last[row]
        if behind + 1 < end and scan.kinds.comma[behind]:
            next_row = names.row[behind + 1]
            if next_row >= 0 and names.first[next_row] == behind + 1 and self.of(next_row) >= 0:
                return self.of(next_row)
        floor = max(start, names.first[row] - _APPOSITION_TOKENS)
        comma = scan.kinds.comma.rfind(1, floor, names.first[row])
        if comma <= start or scan.kinds.finite.find(1, comma, names.first[row]) >= 0:
            return -1
        before = names.row[comma - 1]
        return self.of(before) if before >= 0 else -1

    def apposed_to(self, token: int) -> int:
        """The person whom a noun phrase that begins here describes: "Orlov, | a diplomat"; -1 for nobody."""
        scan = self._scan
        if token < self._first + 2 or not scan.kinds.comma[token - 1] or not scan.kinds.determiner[token]:
            return -1
        row = self._names.row[token - 2]
        is_subject = row >= 0 and self.of(row) >= 0 and self.is_subject(row)
        return self.of(row) if is_subject else -1

    def apposition(self, row: int) -> Range:
        """The words behind a name and a comma that describe it: ", a teacher from the town,"; or nothing."""
        scan, behind = self._scan, self._names.last[row]
        end = min(scan.sentence_of(behind - 1)[1], behind + _APPOSITION_TOKENS)
        if behind + 1 >= end or not scan.kinds.comma[behind]:
            return behind, behind
        first = behind + 1
        # ", 45, a teacher": the age first.
        if scan.form(first).isdigit() and first + 2 < end and scan.kinds.comma[first + 1]:
            first += 2
        opens = (
            scan.kinds.determiner[first] or self._names.row[first] >= 0 or scan.kinds.ends_possessive[first]
        )
        last = first_of(scan.kinds.comma, first, end) if opens else first
        # Behind a verb nothing describes any more: "Lavrov, the minister who signed it".
        return first, min(first_of(column, first, last) for column in (scan.kinds.finite, scan.is_cue))
