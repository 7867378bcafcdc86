"""Sketches: what an article is about, as a few hundred hashed and counted terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.blanks import BoolArray
from biaslens.events.digests import are_digests
from biaslens.events.hashing import HashArray, Words, find_words, hash_pairs, hash_text, offsets, plain_form
from biaslens.spans import IntArray

TermArray = npt.NDArray[np.uint32]

# A term is a word, a word that its article always writes with a capital inside sentences, or two words
# in a row.
WORD, NAME, PAIR = 0, 1, 2
# A mark holds the kind in two bits, and above them whether the term stands in the title.
_KIND_BITS, _TITLE_BIT = 3, 4

# News tells what happened first: 1,500 characters tell events apart as well as full texts do, and the later
# background paragraphs, which articles on different events share, stay out.
LEAD_CHARACTERS = 1_500
TITLE_WEIGHT = 2

# Articles sketched at a time: enough to make loops cheap, few enough to stay in a processor's cache.
_BLOCK = 200
# After one of these and a blank, as after a word, a capital is not due to the beginning of a sentence.
_INNER_MARKS = ",;_"
# The kinds by rank: where terms of one article have the same hash, the first of these kinds is theirs.
_KINDS = np.array([NAME, WORD, PAIR], dtype=np.int8)
_NAME_RANK, _WORD_RANK, _PAIR_RANK = range(3)


class _Column:
    """An array that grows in place: unlike parts that are put together, it is not held twice."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._room = np.zeros(0, dtype=dtype)
        self._n = 0

    def append(self, rows: npt.NDArray[Any]) -> None:
        n = self._n + len(rows)
        if n > len(self._room):
            # An eighth more than needed: an array is rarely moved, and little room is left over.
            # Nobody else has the array before it is complete, which is what ``refcheck`` would look for.
            self._room.resize(n + n // 8, refcheck=False)
        self._room[self._n : n] = rows
        self._n = n

    def complete(self) -> npt.NDArray[Any]:
        self._room.resize(self._n, refcheck=False)
        return self._room


@dataclass(frozen=True, slots=True)
class Sketch:
    """Hashed terms of some articles, each article's in ascending order of hash.

    first  int64, shape (n_articles + 1,): first term of each article, then n_terms
    term   uint32, shape (n_terms,): hash of the term, the same on every machine and in every session
    mark   int8, shape (n_terms,): ``kind`` and ``is_titled`` in one byte
    count  uint8, shape (n_terms,): occurrences, those in the title counting twice; 255 at most
    key    uint64, shape (n_articles,): hash of the title and of the beginning and length of the body; orders
           articles whatever order they came in
    is_digest
           shape (n_articles,): whether the title announces several events
    """

    first: IntArray
    term: TermArray
    mark: npt.NDArray[np.int8]
    count: npt.NDArray[np.uint8]
    key: HashArray
    is_digest: BoolArray

    def __len__(self) -> int:
        return len(self.key)

    @property
    def kind(self) -> npt.NDArray[np.int8]:
        """WORD, NAME or PAIR, shape (n_terms,)."""
        return self.mark & np.int8(_KIND_BITS)

    @property
    def is_titled(self) -> BoolArray:
        """Whether the article's title holds the term, shape (n_terms,)."""
        return np.asarray(self.mark >= _TITLE_BIT)

    @classmethod
    def concatenate(cls, parts: Iterable[Sketch]) -> Sketch:
        """The articles of all parts, one part after the other.

        Parts that are made one by one need not all be in memory: each may go once the next one comes.
        """
        sizes, term, mark, count, key, is_digest = (
            _Column(dtype) for dtype in (np.int64, np.uint32, np.int8, np.uint8, np.uint64, np.bool_)
        )
        for part in parts:
            sizes.append(np.diff(part.first))
            term.append(part.term)
            mark.append(part.mark)
            count.append(part.count)
            key.append(part.key)
            is_digest.append(part.is_digest)
        columns = (column.complete() for column in (term, mark, count, key, is_digest))
        return cls(offsets(sizes.complete()), *columns)

    @classmethod
    def blank(cls, n_articles: int) -> Sketch:
        """Articles without a term, for similarities that come from elsewhere."""
        empty = cls.concatenate([])
        first, key = np.zeros(n_articles + 1, dtype=np.int64), np.arange(n_articles, dtype=np.uint64)
        return cls(first, empty.term, empty.mark, empty.count, key, np.zeros(n_articles, dtype=bool))

    def take(self, rows: Sequence[int] | IntArray) -> Sketch:
        """The articles in the given rows, in that order."""
        index = np.asarray(rows, dtype=np.int64)
        sizes = np.diff(self.first)[index]
        first = offsets(sizes)
        chosen = np.repeat(self.first[index] - first[:-1], sizes) + np.arange(first[-1])
        return Sketch(
            first=first,
            term=self.term[chosen],
            mark=self.mark[chosen],
            count=self.count[chosen],
            key=self.key[index],
            is_digest=self.is_digest[index],
        )


def sketch_articles(titles: Sequence[str], bodies: Sequence[str]) -> Sketch:
    """Sketch of every article: words and word pairs of the title and of the first 1,500 characters.

    titles, bodies  texts of the same articles, "" where there is none

    Function words are left out and plural endings cut. A word is a name where the first 1,500 characters have
    it with a capital inside a sentence, and nowhere in lower case. Linear in the length of the texts.

    >>> sketch = sketch_articles(["Kerry meets Lavrov"], ["Kerry met Lavrov in London."])
    >>> len(sketch), int(sketch.count.sum())
    (1, 17)
    """
    articles = list(zip(titles, bodies, strict=True))
    blocks = [articles[row : row + _BLOCK] for row in range(0, len(articles), _BLOCK)]
    return Sketch.concatenate(map(_sketch_block, blocks))


def lead(body: str) -> str:
    """The part of a body that is sketched."""
    return body[:LEAD_CHARACTERS]


def readable_terms(titles: Iterable[str], bodies: Iterable[str]) -> dict[int, str]:
    """From the hash of each sketched word to its most frequent form in these texts, in lower case.

    Of forms that are equally frequent it is the last in alphabetical order.

    >>> sorted(readable_terms(["London"], ["London's talks; a talk, talks"]).values())
    ['london', 'talks']
    """
    words = find_words([f"{title}\n{lead(body)}".lower() for title, body in zip(titles, bodies, strict=True)])
    known = words.known[words.known["stem"] != 0]
    _, first, count = np.unique(known["lower"], return_index=True, return_counts=True)
    forms = [words.forms[row] for row in known["lower"][first].tolist()]
    found = sorted(zip(count.tolist(), forms, shorten(known["stem"][first]).tolist(), strict=True))
    return {term: plain_form(form) for _, form, term in found}


def _sketch_block(articles: Sequence[tuple[str, str]]) -> Sketch:
    """Sketch of a few articles, each a title and a body."""
    titles, leads = [title for title, _ in articles], [lead(body) for _, body in articles]
    words = find_words([text for pair in zip(titles, leads, strict=True) for text in pair])
    # What the sketch does not look at counts by its length: hashing it all would take a tenth of the time.
    sizes = [len(body) for _, body in articles]
    keys = [
        hash_text(f"{title}\0{size}\0{begin}")
        for title, size, begin in zip(titles, sizes, leads, strict=True)
    ]
    return _counted(_occurrences(words), np.array(keys, dtype=np.uint64), are_digests(titles))


def _occurrences(words: Words) -> IntArray:
    """Each occurrence of a term, packed; the texts of the words are title, lead, title, lead, ..."""
    rank = np.where(_are_names(words), _NAME_RANK, _WORD_RANK)
    telling = np.flatnonzero(words.known["stem"] != 0)
    text, stem, rank = words.text[telling], words.known["stem"][telling], rank[telling]
    follows = np.flatnonzero(text[1:] == text[:-1])
    pair = hash_pairs(stem[follows], stem[follows + 1])
    return np.concatenate([_packed(text, stem, rank), _packed(text[follows], pair, _PAIR_RANK)])


def _are_names(words: Words) -> BoolArray:
    """Words that stand in a lead with a capital inside a sentence, and nowhere in lower case."""
    lower, in_lead = words.known["lower"], words.text & 1 == 1
    capital = np.flatnonzero(words.known["is_capital"] & in_lead)
    capital = capital[_are_inside_sentences(words, capital)]
    is_wanted = np.zeros(len(words.forms), dtype=bool)
    is_wanted[lower[capital]] = True
    small = np.flatnonzero(is_wanted.take(lower) & words.known["is_lower"])
    # What each text has in lower case, in order; the last one stands for nothing.
    cell = words.text << 32 | lower
    others = np.append(np.sort(cell[small]), -1)
    is_name = np.zeros(len(cell), dtype=bool)
    is_name[capital] = others[np.searchsorted(others[:-1], cell[capital])] != cell[capital]
    return is_name


def _are_inside_sentences(words: Words, at: IntArray) -> BoolArray:
    """Whether another word, or one of the inner marks, and one blank stand before each of these words."""
    start = words.start[at]
    mark = words.codes[start - 2]
    follows = words.end[at - 1] == start - 1
    for inner in _INNER_MARKS:
        follows |= mark == ord(inner)
    return np.asarray(follows & (words.codes[start - 1] == ord(" ")))


def shorten(hashes: HashArray) -> TermArray:
    """The terms that some hashes of stems are in a sketch: their upper halves.

    32 bits keep the terms of some weeks of news apart at half the memory.
    """
    return (hashes >> np.uint64(32)).astype(np.uint32)


def _packed(text: IntArray, hashes: HashArray, rank: IntArray | int) -> IntArray:
    """One number for each occurrence of a term, which sort by article, term and rank.

    From the lowest bit on: whether it is in the title in 1 bit, the rank in 2, the term in 32, the article.
    """
    term = (hashes >> np.uint64(32)).astype(np.int64)
    return np.asarray((text >> 1 << 35) | (term << 3) | (rank << 1) | (~text & 1))


def _counted(packed: IntArray, key: HashArray, is_digest: BoolArray) -> Sketch:
    """Occurrences added up per article and term."""
    packed = np.sort(packed)
    is_new = np.ones(len(packed), dtype=bool)
    is_new[1:] = packed[1:] >> 3 != packed[:-1] >> 3
    starts = np.flatnonzero(is_new)
    titled = np.searchsorted(starts, np.flatnonzero(packed & 1 != 0), side="right") - 1
    n_titled = np.bincount(titled, minlength=len(starts))
    count = np.diff(starts, append=len(packed)) + (TITLE_WEIGHT - 1) * n_titled
    first = packed[starts]
    cell = first >> 3
    return Sketch(
        first=np.searchsorted(cell, np.arange(len(key) + 1) << 32),
        term=cell.astype(np.uint32),
        mark=_KINDS[first >> 1 & 3] + np.int8(_TITLE_BIT) * (n_titled > 0),
        count=np.minimum(count, 255).astype(np.uint8),
        key=key,
        is_digest=is_digest,
    )
