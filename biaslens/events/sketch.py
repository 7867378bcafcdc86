"""Sketches: what an article is about, as a few hundred hashed and counted terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import WORD_PATTERN, HashArray, hash_pairs, hash_text, offsets
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray

TermArray = npt.NDArray[np.uint32]

# A term is a word, a word that its article always writes with a capital inside sentences, or two words
# in a row.
WORD, NAME, PAIR = 0, 1, 2

# News tells what happened first: 1,500 characters tell events apart as well as full texts do, and the later
# background paragraphs, which articles on different events share, stay out.
LEAD_CHARACTERS = 1_500
TITLE_WEIGHT = 2

# Capitalised words that cannot open a sentence, because another word or a comma stands before them.
_CAPITALISED = re.compile(r" (?<=[\w,;] )([^\W\d_a-z][^\W_]*(?:['’][^\W_]+)*)")
_POSSESSIVE = re.compile(r"'s?$")


@dataclass(frozen=True, slots=True)
class Sketch:
    """Hashed terms of some articles, each article's in ascending order of hash.

    first  int64, shape (n_articles + 1,): first term of each article, then n_terms
    term   uint32, shape (n_terms,): hash of the term, the same on every machine and in every session
    kind   int8, shape (n_terms,): WORD, NAME or PAIR
    count  uint8, shape (n_terms,): occurrences, those in the title counting twice; 255 at most
    key    uint64, shape (n_articles,): hash of title and body; orders articles whatever order they came in
    """

    first: IntArray
    term: TermArray
    kind: npt.NDArray[np.int8]
    count: npt.NDArray[np.uint8]
    key: HashArray

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def concatenate(cls, parts: Sequence[Sketch]) -> Sketch:
        """The articles of all parts, one part after the other."""
        sizes = [np.diff(part.first) for part in parts]
        return cls(
            first=offsets(np.concatenate([np.zeros(0, dtype=np.int64), *sizes])),
            term=np.concatenate([np.zeros(0, dtype=np.uint32), *(part.term for part in parts)]),
            kind=np.concatenate([np.zeros(0, dtype=np.int8), *(part.kind for part in parts)]),
            count=np.concatenate([np.zeros(0, dtype=np.uint8), *(part.count for part in parts)]),
            key=np.concatenate([np.zeros(0, dtype=np.uint64), *(part.key for part in parts)]),
        )

    def take(self, rows: Sequence[int] | IntArray) -> Sketch:
        """The articles in the given rows, in that order."""
        index = np.asarray(rows, dtype=np.int64)
        sizes = np.diff(self.first)[index]
        first = offsets(sizes)
        chosen = np.repeat(self.first[index] - first[:-1], sizes) + np.arange(first[-1])
        return Sketch(first, self.term[chosen], self.kind[chosen], self.count[chosen], self.key[index])


def sketch_articles(titles: Sequence[str], bodies: Sequence[str]) -> Sketch:
    """Sketch of every article: words and word pairs of the title and of the first 1,500 characters.

    titles, bodies  texts of the same articles, "" where there is none

    Function words are left out and plural endings cut. Linear in the length of the texts.

    >>> sketch = sketch_articles(["Kerry meets Lavrov"], ["Kerry met Lavrov in London."])
    >>> len(sketch), int(sketch.count.sum())
    (1, 17)
    """
    vocabulary = _Vocabulary()
    pieces = [text for title, body in zip(titles, bodies, strict=True) for text in (title, lead(body))]
    words = [WORD_PATTERN.findall(text) for text in pieces]
    names = [_names(text, set(found)) for text, found in zip(pieces[1::2], words[1::2], strict=True)]
    piece, word = _flatten(words, vocabulary)
    piece, word = piece[word >= 0], word[word >= 0]
    hashes = vocabulary.hashes()
    follows = piece[1:] == piece[:-1]
    pair = hash_pairs(hashes[word[:-1]], hashes[word[1:]])[follows]
    name_article, name = _flatten(names, vocabulary)
    is_name = np.isin(_joint(piece // 2, word), _joint(name_article, name))
    return _counted(
        piece=np.concatenate([piece, piece[1:][follows]]),
        term=np.concatenate([_short(hashes[word]), _short(pair)]),
        kind=np.concatenate([np.where(is_name, NAME, WORD), np.full(len(pair), PAIR)]).astype(np.int8),
        key=_keys(titles, bodies),
    )


def lead(body: str) -> str:
    """The part of a body that is sketched."""
    return body[:LEAD_CHARACTERS]


def readable_terms(titles: Iterable[str], bodies: Iterable[str]) -> dict[int, str]:
    """From the hash of each sketched word to its most frequent form in these texts, in lower case.

    >>> sorted(readable_terms(["London"], ["London's talks; a talk, talks"]).values())
    ['london', 'talks']
    """
    vocabulary = _Vocabulary()
    forms: Counter[str] = Counter()
    for title, body in zip(titles, bodies, strict=True):
        forms.update(WORD_PATTERN.findall(f"{title}\n{lead(body)}".lower()))
    known = [(word, vocabulary[word]) for word in sorted(forms, key=lambda form: (forms[form], form))]
    hashes = _short(vocabulary.hashes()).tolist()
    return {hashes[row]: _POSSESSIVE.sub("", word.replace("’", "'")) for word, row in known if row >= 0}


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("function_words").term)


class _Vocabulary(dict[str, int]):
    """From a word to the number of its stem, -1 for words that tell nothing of an event."""

    def __init__(self) -> None:
        super().__init__()
        self._stems: dict[str, int] = {}
        self._function_words = _function_words()

    def __missing__(self, word: str) -> int:
        straight = word.lower().replace("’", "'")
        plain = _POSSESSIVE.sub("", straight)
        idle = len(plain) < 2 or plain in self._function_words or straight in self._function_words
        self[word] = -1 if idle else self._stems.setdefault(_stem(plain), len(self._stems))
        return self[word]

    def hashes(self) -> HashArray:
        """Hash of every stem, by number."""
        return np.array([hash_text(stem) for stem in self._stems], dtype=np.uint64)


def _stem(word: str) -> str:
    """The word without a plural or third-person ending; short words and -ss, -us, -is stay."""
    if len(word) <= 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith("sses") else word[:-1]


def _names(text: str, words: set[str]) -> list[str]:
    """Words that stand inside the text's sentences with a capital, and nowhere without."""
    capitalised = {word for word in _CAPITALISED.findall(text) if word[0].isupper()}
    return [word for word in capitalised if word.lower() not in words]


def _keys(titles: Sequence[str], bodies: Sequence[str]) -> HashArray:
    joined = [f"{title}\0{body}" for title, body in zip(titles, bodies, strict=True)]
    return np.array([hash_text(text) for text in joined], dtype=np.uint64)


def _short(hashes: HashArray) -> TermArray:
    """The upper half: 32 bits keep the terms of some weeks of news apart at half the memory."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def _counted(piece: IntArray, term: TermArray, kind: npt.NDArray[np.int8], key: HashArray) -> Sketch:
    """Occurrences added up per article and term; pieces are title, body, title, body, ..."""
    cell, weight = _joint(piece // 2, term.astype(np.int64)), np.where(piece % 2 == 0, TITLE_WEIGHT, 1)
    order = np.argsort(cell, kind="stable")
    cell, weight = cell[order], weight[order]
    new = np.ones(len(cell), dtype=bool)
    new[1:] = cell[1:] != cell[:-1]
    starts = np.flatnonzero(new)
    count = np.add.reduceat(weight, starts) if len(starts) else weight
    sizes = np.bincount(cell[starts] >> 32, minlength=len(key))
    found = order[starts]
    return Sketch(offsets(sizes), term[found], kind[found], np.minimum(count, 255).astype(np.uint8), key)


def _flatten(lists: Sequence[Sequence[str]], vocabulary: _Vocabulary) -> tuple[IntArray, IntArray]:
    """Row and number of every word."""
    sizes = [len(words) for words in lists]
    numbers = map(vocabulary.__getitem__, chain.from_iterable(lists))
    return np.repeat(np.arange(len(lists)), sizes), np.fromiter(numbers, dtype=np.int64, count=sum(sizes))


def _joint(article: IntArray, number: IntArray) -> IntArray:
    """One number per article and word or term, in order of article."""
    return (article << 32) | number
