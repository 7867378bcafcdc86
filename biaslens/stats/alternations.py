"""Alternations: different words that outlets put in one slot beside a name, in the reports of one event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np

from biaslens.articles import Articles
from biaslens.framing_tables import AlternationTable
from biaslens.name_mentions import NameSlots
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.persons import PersonKey, person_key
from biaslens.stats.word_likeness import WordLikeness
from biaslens.tabular import texts

# Fewer uses of a set of words in an event are chance.
MIN_USES = 3
# Mean likeness from which words form one set. Chosen by reading the sets of 7 events on the war in Ukraine
# and of 1,310 of AllSides at .09, .10 and .12: below it more sets mix referents ("civilian", "fighter"),
# above it sets like "authority" and "government" are lost.
MIN_LIKENESS = 0.10
# Sets shown of one event, and words of one slot that are compared.
MAX_SETS, MAX_WORDS = 20, 40
# A role before a person's name stands for that person, whatever the word: "President", "strongman".
_SAME_REFERENT = ": before"


def alternation_table(slots: NameSlots, articles: Articles, event: Sequence[str]) -> AlternationTable:
    """For each event, the slots beside a name that outlets fill with different words of one kind.

    event holds one label per article, "" for an article that takes no part (a copy, say). A slot is a name
    and how the words stand beside it ("Crimea: of"). Its words form a set where they are alike: where they
    share other slots, too, in any event (see WordLikeness); roles before a person's name are one set. A set
    is shown where two outlets or more use its words three times or more, and two prefer different words.

    Sets are ranked by what the outlet tells of the word: half of G = 2 sum n log(n / expected) (Dunning
    1993), less half its degrees of freedom, which it reaches by chance alone. Of an event the 20 highest
    above 0 are shown. Several sets of one slot are told apart by numbers: "Russia: possessive (2)".

    Rows are sorted by event, rank, outlet, uses (most first) and word. The evidence is the first use in order
    of article id. Names that are part of an outlet's name have no rows.
    """
    uses = _uses(slots, articles, event)
    shown = sorted(_sets(uses), key=lambda found: (found.event, -found.gain, found.slot, found.words))
    numbered, ranked = Counter[tuple[str, str]](), Counter[str]()
    rows: list[_Row] = []
    for found in shown:
        ranked[found.event] += 1
        if ranked[found.event] <= MAX_SETS:
            numbered[found.event, found.slot] += 1
            rows += _rows(uses, found, numbered[found.event, found.slot])
    return _table(slots, articles, rows)


_Counted = TypeVar("_Counted", str, PersonKey)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Uses of words in slots, by event and slot, and how alike words are.

    row  rows in NameSlots by event and slot, then outlet and word, the first in order of article id first
    """

    row: dict[tuple[str, str], dict[tuple[str, str], list[int]]]
    likeness: WordLikeness


@dataclass(frozen=True, slots=True)
class _Set:
    """Words of one kind in one slot of one event."""

    event: str
    slot: str
    words: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table; ``evidence`` is a row in NameSlots."""

    event: str
    slot: str
    outlet: str
    word: str
    count: int
    evidence: int


def _uses(slots: NameSlots, articles: Articles, event: Sequence[str]) -> _Uses:
    article, start = slots.sentence.article.tolist(), slots.sentence.start.tolist()
    own = {word for outlet in set(articles.outlet) for word in outlet.casefold().split()}
    barred = {slot for slot in set(slots.slot) if _anchor(slot).casefold() in own}
    chosen = [row for row, place in enumerate(article) if event[place] and slots.slot[row] not in barred]
    chosen.sort(key=lambda row: (articles.id[article[row]], start[row]))
    spelling = _spellings(slots, chosen)
    full = _full_names(slots, [(event[article[row]], row) for row in chosen])
    found: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = {}
    slot_of, word_of = [], []
    for row in chosen:
        place = article[row]
        slot = full.get((event[place], slots.slot[row]), slots.slot[row])
        word = spelling[slots.word[row]]
        found.setdefault((event[place], slot), {}).setdefault((articles.outlet[place], word), []).append(row)
        slot_of.append(slot)
        word_of.append(word)
    return _Uses(found, WordLikeness.of([article[row] for row in chosen], slot_of, word_of))


def _full_names(slots: NameSlots, places: Sequence[tuple[str, int]]) -> dict[tuple[str, str], str]:
    """For each event and slot of a person, the slot under the name to show.

    That is the commonest full name of the person in the event; a family name alone is the person most named
    by it there.
    """
    uses = Counter((event, slots.slot[row]) for event, row in places if slots.is_person[row])
    key_of = {slot: person_key(_anchor(slot)) for _, slot in uses}
    names: dict[tuple[str, PersonKey], Counter[str]] = {}
    bearers: dict[tuple[str, str], Counter[PersonKey]] = {}
    for (event, slot), n in uses.items():
        key = key_of[slot]
        if key[0]:
            names.setdefault((event, key), Counter())[_anchor(slot)] += n
            bearers.setdefault((event, key[1]), Counter())[key] += n
    shown = {place: _commonest(counts) for place, counts in names.items()}
    meant = {place: _commonest(counts) for place, counts in bearers.items()}
    found = {}
    for event, slot in uses:
        key = key_of[slot] if key_of[slot][0] else meant.get((event, key_of[slot][1]), key_of[slot])
        if (event, key) in shown:
            found[event, slot] = shown[event, key] + slot[len(_anchor(slot)) :]
    return found


def _commonest(counts: Counter[_Counted]) -> _Counted:
    """Of equally frequent ones the first in the alphabet."""
    return min(counts, key=lambda item: (-counts[item], item))


def _anchor(slot: str) -> str:
    return slot.rpartition(": ")[0]


def _spellings(slots: NameSlots, chosen: Sequence[int]) -> dict[str, str]:
    """For each word its commonest spelling: "mobilisation" and "mobilization" are no choice of words."""
    counts = Counter(slots.word[row] for row in chosen)
    same: dict[str, Counter[str]] = {}
    for word, n in counts.items():
        same.setdefault(_plain_spelling(word), Counter())[word] = n
    return {word: _commonest(forms) for forms in same.values() for word in forms}


def _plain_spelling(word: str) -> str:
    """One spelling for the British, American and hyphenated ones.

    >>> _plain_spelling("counter-offensive"), _plain_spelling("recognise"), _plain_spelling("defence")
    ('counteroffensive', 'recognize', 'defense')
    """
    plain = re.sub(r"^(?:then|now|ex)-", "", word).replace("-", "").replace(" ", "")
    plain = re.sub(r"advisor$", "adviser", plain)
    plain = re.sub(r"(?<=[a-z]{3})is(?=(?:e|ation)$)", "iz", plain)
    return re.sub(r"our$", "or", re.sub(r"tre$", "ter", re.sub(r"(?<=fen)ce$", "se", plain)))


def _sets(uses: _Uses) -> Iterator[_Set]:
    """Every set of words that tells outlets apart."""
    candidates = [found for found in map(_candidate, uses.row, uses.row.values()) if found is not None]
    pairs = [found.pairs() for found in candidates]
    likeness = uses.likeness.pairs(
        [first for listed in pairs for first, _ in listed],
        [second for listed in pairs for _, second in listed],
        [found.slot for found, listed in zip(candidates, pairs, strict=True) for _ in listed],
    )
    end = np.cumsum([0, *map(len, pairs)]).tolist()
    for found, start, stop in zip(candidates, end, end[1:], strict=False):
        by_word = uses.row[found.event, found.slot]
        for words in found.kinds(likeness[start:stop]):
            gain = _gain(_counts(by_word, words))
            if gain > 0:
                yield _Set(found.event, found.slot, words, gain)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A slot of an event that several outlets fill with several words, which are in order of the alphabet."""

    event: str
    slot: str
    words: tuple[str, ...]

    def pairs(self) -> list[tuple[str, str]]:
        """Every two words whose likeness matters: first and second, first and third, ..."""
        return [] if self.slot.endswith(_SAME_REFERENT) else list(combinations(self.words, 2))

    def kinds(self, likeness: FloatArray) -> list[tuple[str, ...]]:
        """The words in sets of alike ones, by average linkage (Sokal & Michener 1958)."""
        if self.slot.endswith(_SAME_REFERENT):
            return [self.words]
        if likeness.max() < MIN_LIKENESS:
            return []
        from scipy.cluster.hierarchy import fcluster, linkage

        labels = fcluster(linkage(1 - likeness, "average"), 1 - MIN_LIKENESS, "distance").tolist()
        sets = [
            tuple(word for word, own in zip(self.words, labels, strict=True) if own == label)
            for label in sorted(set(labels))
        ]
        return [words for words in sets if len(words) > 1]


def _candidate(place: tuple[str, str], by_word: Mapping[tuple[str, str], list[int]]) -> _Candidate | None:
    counts = Counter[str]()
    for (_, word), rows in by_word.items():
        counts[word] += len(rows)
    n_outlets = len({outlet for outlet, _ in by_word})
    if n_outlets < 2 or len(counts) < 2 or counts.total() < MIN_USES:
        return None
    commonest = sorted(counts, key=lambda word: (-counts[word], word))[:MAX_WORDS]
    return _Candidate(*place, tuple(sorted(commonest)))


def _counts(by_word: Mapping[tuple[str, str], list[int]], words: tuple[str, ...]) -> IntArray:
    """Uses, shape (n_outlets, n_words), of the outlets that use one of the words."""
    outlets = sorted({outlet for outlet, word in by_word if word in words})
    rows = [[len(by_word.get((outlet, word), ())) for word in words] for outlet in outlets]
    return np.array(rows, dtype=np.int64)


def _gain(table: IntArray) -> float:
    """What rows tell of columns, in nats, beyond chance; 0 where no two rows prefer different columns.

    >>> round(_gain(np.array([[3, 0], [0, 3]])), 2), _gain(np.array([[3, 1], [5, 0]]))
    (3.66, 0.0)
    """
    n = int(table.sum())
    preferred = (table == table.max(axis=1, keepdims=True)).astype(np.int64)
    if n < MIN_USES or (preferred @ preferred.T).all():
        return 0.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    used = table > 0
    half_g = float(np.sum(table[used] * np.log(table[used] / expected[used])))
    n_outlets, n_words = table.shape
    return round(half_g - int(n_outlets - 1) * int(n_words - 1) / 2, 9)


def _rows(uses: _Uses, found: _Set, number: int) -> Iterator[_Row]:
    by_word = uses.row[found.event, found.slot]
    slot = found.slot if number == 1 else f"{found.slot} ({number})"
    cells = [(outlet, word, rows) for (outlet, word), rows in by_word.items() if word in found.words]
    for outlet, word, rows in sorted(cells, key=lambda cell: (cell[0], -len(cell[2]), cell[1])):
        yield _Row(found.event, slot, outlet, word, len(rows), rows[0])


def _table(slots: NameSlots, articles: Articles, rows: Sequence[_Row]) -> AlternationTable:
    at = [(row.evidence, int(slots.sentence.article[row.evidence])) for row in rows]
    sentences = [
        articles.text[article][int(slots.sentence.start[row]) : int(slots.sentence.end[row])]
        for row, article in at
    ]
    return AlternationTable(
        event=texts(row.event for row in rows),
        slot=texts(row.slot for row in rows),
        outlet=texts(row.outlet for row in rows),
        word=texts(row.word for row in rows),
        count=np.array([row.count for row in rows], dtype=np.int64),
        evidence_id=texts(articles.id[article] for _, article in at),
        evidence_sentence=texts(" ".join(sentence.split()) for sentence in sentences),
    )
