"""Runs of two and three words that begin and end in a content word: "white house", "weapons of mass"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.blanks import codes_of
from biaslens.codebook import Corpus
from biaslens.lexicons import load_lexicon
from biaslens.slots import HashArray, hash_pieces
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray
from biaslens.vocabulary import Derive

# Words of the longest run.
MAX_WORDS = 3
_THREE = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Every run of two or three words that may be a key term, one row per use, in reading order.

    first  int64, shape (n_articles + 1,): first row of each article, then n_uses
    hash   uint64, shape (n_uses,): of the words, as ``ngram_hash`` has it; odd where there are three
    start  int32, shape (n_uses,): character in the article's text where the run begins

    Twelve bytes a use, about three and a half kilobytes an article: words are found again where they are
    shown.
    """

    first: IntArray
    hash: HashArray
    start: npt.NDArray[np.int32]

    @property
    def article(self) -> npt.NDArray[np.int32]:
        """Row of each use's article, shape (n_uses,)."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))

    @classmethod
    def concatenate(cls, parts: Sequence[Ngrams]) -> Ngrams:
        """The articles of all parts, one part after the other."""
        sizes = np.concatenate([np.zeros(1, dtype=np.int64), *(np.diff(part.first) for part in parts)])
        return cls(
            first=np.cumsum(sizes),
            hash=np.concatenate([np.zeros(0, dtype=np.uint64), *(part.hash for part in parts)]),
            start=np.concatenate([np.zeros(0, dtype=np.int32), *(part.start for part in parts)]),
        )


@dataclass(frozen=True, slots=True)
class NgramPlaces:
    """Where the runs of some articles stand, in reading order; columns of shape (n_uses,).

    token    first token of the run
    n_words  2 or 3
    hash     as in Ngrams
    """

    token: IntArray
    n_words: IntArray
    hash: HashArray


def find_ngrams(corpus: Corpus) -> Ngrams:
    """The runs of two and three words of each article; see ``ngram_places``.

    >>> from biaslens.spans import Spans
    >>> from biaslens.speech.find import find_voices
    >>> from biaslens.tokenise import tokenise
    >>> text = "The White House's plan, officials said, had weapons of mass destruction in view."
    >>> kept = Spans.of([(0, 0, len(text))])
    >>> tokens = tokenise((text,), kept)
    >>> found = find_ngrams(Corpus((text,), kept, tokens, find_voices((text,), tokens), "en"))
    >>> [text[start : start + 9] for start in found.start.tolist()]
    ['White Hou', 'White Hou', "House's p", 'officials', 'weapons o', 'mass dest', 'destructi']
    """
    places, tokens = ngram_places(corpus), corpus.tokens
    return Ngrams(
        first=np.searchsorted(places.token, tokens.article_first),
        hash=places.hash,
        start=tokens.start[places.token].astype(np.int32),
    )


def ngram_places(corpus: Corpus) -> NgramPlaces:
    """Every two or three words in a row that may be a term, outside quotation marks.

    They stand in one sentence without a mark between them; the first and the last are content words, the
    middle one of three may be any word. Letters count without case, and a possessive ending of the last word
    does not count.
    """
    tokens = corpus.tokens
    # Before a sentence ends comes its last token: runs never reach over it, nor over the last of all.
    inner = np.ones(len(tokens) + 2, dtype=bool)
    inner[tokens.sentence_first] = False
    inner[len(tokens) :] = False
    word = np.append(corpus.is_narration, [False, False])
    content = word.copy()
    content[: len(tokens)] &= tokens.look_up(content_words(corpus.language))
    two = content[:-2] & content[1:-1] & inner[1:-1]
    three = content[:-2] & word[1:-1] & content[2:] & inner[1:-1] & inner[2:]
    token, is_three = np.divmod(np.flatnonzero(np.stack([two, three], axis=1)), 2)
    hashes = tokens.vocabulary.table(_form_hashes)[tokens.type[token]][:, 0]
    later = tokens.type[token + 1], tokens.type[token + 1 + is_three]
    middle, last = (tokens.vocabulary.table(_form_hashes)[rows] for rows in later)
    left = np.where(is_three == 1, _chained(hashes, middle[:, 0]), hashes)
    return NgramPlaces(token, is_three + 2, _marked(_chained(left, last[:, 1]), is_three == 1))


def ngram_hash(words: Sequence[str]) -> int:
    """The hash that a run of two or three words has; the last one without a possessive ending.

    >>> ngram_hash(["white", "house"]) == ngram_hash(["house", "white"])
    False
    """
    assert 2 <= len(words) <= MAX_WORDS
    hashes = _form_hashes(words)
    left = hashes[:1, 0]
    if len(words) == MAX_WORDS:
        left = _chained(left, hashes[1:2, 0])
    marked = _marked(_chained(left, hashes[-1:, 1]), np.array([len(words) == MAX_WORDS]))
    return int(marked[0])


def n_words_of(hashes: HashArray) -> IntArray:
    """2 or 3 for the hash of each run."""
    return (hashes & _THREE).astype(np.int64) + 2


def without_possessive(form: str) -> str:
    """The form without a possessive ending, as terms are counted.

    >>> without_possessive("russia's")
    'russia'
    """
    return form.removesuffix("'s")


@cache
def content_words(language: str) -> Derive:
    """For Vocabulary.table: whether a form is a word of an open class."""
    closed = {words[0] for words in load_lexicon("function_words", language).forms}

    def derive(forms: Sequence[str]) -> BoolArray:
        return np.array(
            [form not in closed and form[0].isalpha() and len(form) > 1 for form in forms], dtype=bool
        )

    return derive


def _form_hashes(forms: Sequence[str]) -> HashArray:
    """For Vocabulary.table: the hash of each form, and that of the form without a possessive ending."""
    return np.stack([_hashes(forms), _hashes([without_possessive(form) for form in forms])], axis=1)


def _hashes(forms: Sequence[str]) -> HashArray:
    end = np.cumsum(np.fromiter(map(len, forms), np.int64, len(forms)))
    start = np.append(0, end[:-1]) if len(end) else end
    return hash_pieces(codes_of("".join(forms)), start, end)


def _chained(left: HashArray, right: HashArray) -> HashArray:
    """The hash of each two things in a row; their order matters."""
    # Odd 64-bit constants of the xxHash family spread the bits; products wrap around.
    mixed = left * np.uint64(0x9E3779B97F4A7C15) + right * np.uint64(0xC2B2AE3D27D4EB4F)
    return np.asarray((mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x165667B19E3779F9))


def _marked(hashes: HashArray, is_three: BoolArray) -> HashArray:
    """The number of words in the lowest bit, so that it takes no column of its own."""
    return np.asarray((hashes & ~_THREE) | is_three.astype(np.uint64))
