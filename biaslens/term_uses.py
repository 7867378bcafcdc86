"""Uses of key terms, of one to three words, per event and outlet, without what outlets call themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from biaslens.cells import TermCells
from biaslens.first_pass import Scanned, TermCounts
from biaslens.lexicons import agency_names
from biaslens.measuring.ngrams import MAX_WORDS, Ngrams, n_words_of, ngram_hash, without_possessive
from biaslens.second_pass import Grouped
from biaslens.slots import HashArray
from biaslens.spans import IntArray, Spans
from biaslens.stats.keyness import MAX_TERMS, MIN_COUNT, MIN_EVENTS
from biaslens.stats.own_names import (
    OwnName,
    Words,
    agency_aliases,
    author_names,
    contains,
    distinct,
    outlet_names,
)
from biaslens.tokenise import tokenise
from biaslens.tokens import BoolArray

_Name = TypeVar("_Name")

# A name over one article may be a guest's, or that of somebody whom the outlet writes about.
_MIN_CREDITS = 2
# A surname stands for its author where every third use or more is in the whole name.
_USES_PER_NAME = 3
# Characters in which the words of a run are found again.
_REACH = 200


def sum_key_terms(grouped: Grouped, scanned: Scanned) -> tuple[TermCells, tuple[str, ...]]:
    """Uses of content words, and of runs of two and three words, in the events of two outlets or more.

    Copies take no part; of runs, the 5,000 commonest that two events have and that are used five times.
    What an outlet calls itself, its agencies and the authors of two of its articles or more are masked for
    this outlet alone, with all terms that hold such a name; a word of a name is counted outside it only.
    """
    counted = _takes_part(grouped)
    own = [_own_names(grouped, scanned, outlet) for outlet in range(len(grouped.outlets))]
    keys = {ngram_hash(name.words[:MAX_WORDS]) for names in own for name in names if len(name.words) > 1}
    words = _word_uses(grouped, scanned.terms, counted)
    runs = _run_uses(grouped, scanned.ngrams, counted, np.array(sorted(keys), dtype=np.uint64))
    texts = _texts_of(grouped, scanned.ngrams, counted, runs.frequent)
    uses = _Uses.of(words, runs, texts, len(grouped.outlets))
    for outlet, names in enumerate(own):
        for name in names:
            uses.mask(outlet, name, runs)
    return uses.cells(), uses.terms


@dataclass(frozen=True, slots=True)
class _WordUses:
    """One row per cell (event x number of outlets + outlet) and word, sorted by word, then cell."""

    cell: IntArray
    word: IntArray
    count: IntArray
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _RunUses:
    """One row per cell and run, sorted by hash, then cell; ``frequent`` are the hashes worth comparing."""

    cell: IntArray
    hash: HashArray
    count: IntArray
    frequent: HashArray

    def rows(self, key: int) -> slice:
        """The rows of one run."""
        wanted = np.array([key], dtype=np.uint64)
        return slice(*(int(np.searchsorted(self.hash, wanted, side)[0]) for side in ("left", "right")))


@dataclass
class _Uses:
    """Uses of terms that are still being masked.

    key        cell + n_cells x term, ascending
    code       row of each term in ``terms``
    holders    the runs that hold each word
    """

    n_outlets: int
    n_cells: int
    key: IntArray
    count: IntArray
    terms: tuple[str, ...]
    code: Mapping[str, int]
    holders: Mapping[str, list[int]]
    masked: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, words: _WordUses, runs: _RunUses, texts: Sequence[str], n_outlets: int) -> _Uses:
        order = sorted(range(len(texts)), key=texts.__getitem__)
        terms = (*words.words, *(texts[row] for row in order))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(words.words), len(terms))
        rows = np.isin(runs.hash, runs.frequent)
        term = np.append(words.word, place[np.searchsorted(runs.frequent, runs.hash[rows])])
        cell = np.append(words.cell, runs.cell[rows])
        n_cells = int(cell.max(initial=0)) + 1
        key = cell + n_cells * term
        ascending = np.argsort(key)
        holders = defaultdict(list)
        for code in range(len(words.words), len(terms)):
            for word in set(terms[code].split()):
                holders[word].append(code)
        count = np.append(words.count, runs.count[rows])[ascending]
        code_of = {term: row for row, term in enumerate(terms)}
        return cls(n_outlets, n_cells, key[ascending], count, terms, code_of, holders)

    def mask(self, outlet: int, name: OwnName, runs: _RunUses) -> None:
        """Take an outlet's own name, and what holds it, out of what can be its key terms."""
        for words in _windows(name.words, MAX_WORDS):
            self._mask(outlet, words)
        if len(name.words) > 1:
            self._mask_parts(outlet, name, runs)

    def _mask_parts(self, outlet: int, name: OwnName, runs: _RunUses) -> None:
        """Count the words of a longer name outside it only; a long one is known by its first three words."""
        rows = runs.rows(ngram_hash(name.words[:MAX_WORDS]))
        of_outlet = runs.cell[rows] % self.n_outlets == outlet
        cell, count = runs.cell[rows][of_outlet], runs.count[rows][of_outlet]
        if name.short and 0 < self._total(outlet, name.short) <= _USES_PER_NAME * count.sum():
            self._mask(outlet, (name.short,))
        for n in range(1, min(len(name.words), MAX_WORDS)):
            for words in _windows(name.words[:MAX_WORDS], n):
                self._subtract(" ".join(words), cell, count)

    def cells(self) -> TermCells:
        used = self.count > 0
        term, cell = np.divmod(self.key[used], self.n_cells)
        masked = np.array(sorted(self.masked), dtype=np.int64).reshape(-1, 2)
        event, outlet = np.divmod(cell, self.n_outlets)
        return TermCells(event, outlet, term, self.count[used], masked[:, 0], masked[:, 1])

    def _mask(self, outlet: int, words: Words) -> None:
        exact = self.code.get(" ".join(words))
        if exact is not None:
            self.masked.add((outlet, exact))
        for code in self.holders.get(words[0], ()):
            run = tuple(self.terms[code].split())
            if contains(run, words) and (outlet, code) not in self.masked:
                self.masked.add((outlet, code))
                self._subtract_rest(outlet, code, run)

    def _subtract_rest(self, outlet: int, code: int, run: Words) -> None:
        """Half a name is none: "news digital" is counted outside "fox news digital" only."""
        rows = self._rows(outlet, code)
        cell, count = self.key[rows] - code * self.n_cells, self.count[rows]
        for part in _windows(run, 2) if len(run) > 2 else ():
            self._subtract(" ".join(part), cell, count)

    def _rows(self, outlet: int, code: int) -> IntArray:
        """The rows of an outlet's uses of a term."""
        first, last = np.searchsorted(self.key, [code * self.n_cells, (code + 1) * self.n_cells]).tolist()
        cell = self.key[first:last] - code * self.n_cells
        return np.asarray(first + np.flatnonzero(cell % self.n_outlets == outlet))

    def _total(self, outlet: int, word: str) -> int:
        code = self.code.get(word)
        return 0 if code is None else int(self.count[self._rows(outlet, code)].sum())

    def _subtract(self, term: str, cell: IntArray, count: IntArray) -> None:
        code = self.code.get(term)
        if code is not None and len(cell):
            key = cell + code * self.n_cells
            row = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
            known = self.key[row] == key
            self.count[row[known]] = np.maximum(self.count[row[known]] - count[known], 0)


def _takes_part(grouped: Grouped) -> BoolArray:
    """Articles that are no copies, in events (or stories) of two outlets or more."""
    voices = np.flatnonzero(grouped.is_voice)
    n_outlets = len(grouped.outlets)
    cell = np.unique(grouped.unit[voices] * n_outlets + grouped.outlet[voices])
    n_with = np.bincount(cell // n_outlets, minlength=int(grouped.unit.max(initial=0)) + 1)
    return np.asarray(grouped.is_voice & (n_with[grouped.unit] > 1))


def _word_uses(grouped: Grouped, uses: TermCounts, counted: BoolArray) -> _WordUses:
    rows = np.flatnonzero(counted[uses.article])
    found = [uses.term[row] for row in rows.tolist()]
    words = tuple(sorted(set(found)))
    code = {word: row for row, word in enumerate(words)}
    cell = _cells(grouped)[uses.article[rows]]
    n_cells = int(cell.max(initial=0)) + 1
    word = np.fromiter((code[word] for word in found), np.int64, len(found))
    key, row = np.unique(word * n_cells + cell, return_inverse=True)
    count = np.zeros(len(key), dtype=np.int64)
    np.add.at(count, row, uses.count[rows])
    return _WordUses(key % n_cells, key // n_cells, count, words)


def _run_uses(grouped: Grouped, ngrams: Ngrams, counted: BoolArray, wanted: HashArray) -> _RunUses:
    """Uses of every frequent run, and of the wanted ones."""
    article = ngrams.article
    taken = counted[article]
    hashes, n_uses = np.unique(ngrams.hash[taken], return_counts=True)
    known = np.union1d(hashes[n_uses >= MIN_COUNT], wanted)
    taken[taken] = _is_in(known, ngrams.hash[taken])
    kept, cell = ngrams.hash[taken], _cells(grouped)[article[taken]]
    order = np.lexsort((cell, kept))
    kept, cell = kept[order], cell[order]
    first = np.flatnonzero(_changes(kept) | _changes(cell))
    count = np.diff(np.append(first, len(kept)))
    kept, cell = kept[first], cell[first]
    return _RunUses(cell, kept, count, _frequent(kept, cell // len(grouped.outlets), count))


def _frequent(hashes: HashArray, event: IntArray, count: IntArray) -> HashArray:
    """The commonest runs that are used often enough and in events enough, ascending; ties by hash."""
    first = np.flatnonzero(_changes(hashes))
    n_uses = np.add.reduceat(count, first) if len(first) else count
    new_event = _changes(hashes) | _changes(event)
    n_events = np.add.reduceat(new_event.astype(np.int64), first) if len(first) else count
    fits = np.flatnonzero((n_uses >= MIN_COUNT) & (n_events >= MIN_EVENTS))
    commonest = fits[np.lexsort((hashes[first[fits]], -n_uses[fits]))][:MAX_TERMS]
    return np.sort(hashes[first[commonest]])


def _changes(values: HashArray | IntArray) -> BoolArray:
    """Where a value differs from the one before it; True in the first row."""
    return np.append(True, values[1:] != values[:-1])[: len(values)]


def _is_in(ascending: HashArray, hashes: HashArray) -> BoolArray:
    if not len(ascending):
        return np.zeros(len(hashes), dtype=bool)
    place = np.minimum(np.searchsorted(ascending, hashes), len(ascending) - 1)
    return np.asarray(ascending[place] == hashes)


def _texts_of(grouped: Grouped, ngrams: Ngrams, counted: BoolArray, hashes: HashArray) -> list[str]:
    """The words behind some hashes, found again where a counted article has them."""
    article = ngrams.article
    rows = np.flatnonzero(counted[article] & _is_in(hashes, ngrams.hash))
    _, first = np.unique(ngrams.hash[rows], return_index=True)
    places = zip(article[rows[first]].tolist(), ngrams.start[rows[first]].tolist(), strict=True)
    texts = [grouped.articles.text[row][start : start + _REACH] for row, start in places]
    whole = Spans.of([(row, 0, len(text)) for row, text in enumerate(texts)])
    tokens = tokenise(texts, whole, grouped.settings.language)
    found = []
    for token, n_words in zip(tokens.article_first[:-1].tolist(), n_words_of(hashes).tolist(), strict=True):
        *before, last = tokens.words(token, token + n_words)
        found.append(" ".join([*before, without_possessive(last)]))
    return found


def _cells(grouped: Grouped) -> IntArray:
    """Code of each article's event (or story) and outlet."""
    return grouped.unit * len(grouped.outlets) + grouped.outlet


def _own_names(grouped: Grouped, scanned: Scanned, outlet: int) -> list[OwnName]:
    """The names that one outlet has for itself, its agencies and its authors."""
    language, rows = grouped.settings.language, np.flatnonzero(grouped.outlet == outlet).tolist()
    name, harvest, declared = grouped.outlets[outlet], scanned.harvest, grouped.articles.author
    agencies = Counter(scanned.harvest.agency[row] for row in rows)
    bylines = Counter(
        author for row in rows for author in set(author_names(harvest.byline[row] or declared[row]))
    )
    own_agencies = {agency_names(language).get(name, ""), *_often(agencies)} - {""}
    aliases = (alias for agency in own_agencies for alias in agency_aliases(agency, language))
    return distinct([*outlet_names(name), *aliases, *_often(bylines)])


def _often(credits: Counter[_Name]) -> list[_Name]:
    return [name for name, n in credits.items() if n >= _MIN_CREDITS]


def _windows(words: Words, n: int) -> Iterator[Words]:
    """Every n words in a row; all of them where there are fewer."""
    return (words[i : i + n] for i in range(max(len(words) - n, 0) + 1))
