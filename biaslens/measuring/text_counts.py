"""TextCounts: words, sentences, syllables and so on of many texts, as textstat counts them, from arrays.

textstat's counts follow from the pieces of a text between white space. What it makes of a piece is found once
per distinct piece, and a text's counts are sums over its pieces. textstat itself is not imported: that takes
longer than a comparison of a few articles, and it may download a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.errors import BadData
from biaslens.spans import IntArray
from biaslens.syllables import count_syllables

_LONE_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
_NO_WORD = re.compile(r"[^\w\s']")
_STARTS_WITH_WORD = re.compile(r"[^\w.!?]*+\w")
_ENDS_WITH_WORD = re.compile(r"\w[^\w.!?]*+\Z")
# "İ" is the one letter that becomes a letter and this mark in lower case; textstat drops the mark where it
# looks at a single word, and keeps it where it adds up the syllables of a text.
_DOT_ABOVE = "\u0307"
# textstat does not count a sentence of two words or fewer.
_MIN_SENTENCE_WORDS = 3
_DIFFICULT = 2
_POLYSYLLABLE = 3
# Pieces counted at a time: their records stay in a processor's cache, which halves the time.
_PART = 16_384

# What textstat makes of a piece: one small record, because the pieces of a text are gathered for all fields
# at once. Sums of 32 bits suffice, as no text has 2^31 characters.
_PIECE = np.dtype(
    [
        ("difficult", np.uint64),  # a hash of the word where it is unfamiliar with two or more, else 0
        ("characters", np.int32),
        ("letters", np.int32),
        ("syllables", np.int32),
        ("words", np.int32),  # 1 where anything but punctuation is left
        ("polysyllables", np.int32),  # 1 from three syllables on
        ("unfamiliar", np.int32),  # 1 where it is off the list of easy words
        ("complex", np.int32),  # 1 where it is unfamiliar and has three syllables or more
        ("has_terminator", np.bool_),  # one of . ! ?
        ("starts_with_word", np.bool_),  # a letter or digit stands before the first terminator
        ("ends_with_word", np.bool_),  # or behind the last one
    ],
    align=True,
)


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What the figures are made of, as textstat 0.7.13 counts it; each column is int64 of shape (n_texts,).

    n_words          pieces between blanks with anything left once punctuation is gone
    n_pieces         pieces between blanks
    n_sentences      stretches of three words or more between terminators, at least 1
    n_characters     all that is not white space
    n_letters        of these, letters, digits and underscores
    n_syllables      of all words
    n_polysyllables  words of three syllables or more
    n_unfamiliar     words off the list of easy words (Dale & Chall 1948, without their inflections)
    n_complex        unfamiliar words of three syllables or more
    n_difficult      unfamiliar words of two syllables or more, each spelling once
    """

    n_words: IntArray
    n_pieces: IntArray
    n_sentences: IntArray
    n_characters: IntArray
    n_letters: IntArray
    n_syllables: IntArray
    n_polysyllables: IntArray
    n_unfamiliar: IntArray
    n_complex: IntArray
    n_difficult: IntArray


def describe(pieces: Sequence[str]) -> npt.NDArray[Any]:
    """What textstat makes of each piece, shape (n_pieces,), for ``Vocabulary.table``.

    pieces  what stands between white space, none of it empty

    >>> describe(["well-known,"])[["words", "letters", "syllables"]].tolist()
    [(1, 9, 2)]
    """
    known = np.zeros(len(pieces), dtype=_PIECE)
    # A line per piece, so that one call does for all of them. The cut drops the line that no pieces make.
    joined = _NO_WORD.sub("", _LONE_APOSTROPHE.sub("", "\n".join(pieces)))
    words, spoken = joined.split("\n")[: len(pieces)], joined.lower()
    length = _lengths(words)
    syllables = np.where(length > 0, count_syllables(spoken.split("\n")[: len(pieces)]), 0)
    known["words"] = length > 0
    known["characters"] = _lengths(pieces)
    known["letters"] = length - np.array([word.count("'") for word in words], dtype=np.int64)
    known["syllables"] = syllables
    known["polysyllables"] = syllables >= _POLYSYLLABLE
    _describe_difficulty(known, words, spoken)
    _describe_ends(known, pieces)
    return known


def _describe_difficulty(known: npt.NDArray[Any], words: list[str], spoken: str) -> None:
    easy = load_easy_words()
    is_easy = np.array([word in easy for word in spoken.split("\n")[: len(words)]], dtype=bool)
    syllables = known["syllables"]
    if _DOT_ABOVE in spoken:
        syllables = count_syllables(spoken.replace(_DOT_ABOVE, "").split("\n"))
    known["unfamiliar"] = (known["words"] == 1) & ~is_easy
    known["complex"] = known["unfamiliar"] * (syllables >= _POLYSYLLABLE)
    # Python's own hash: only whether two words of a text are the same is ever asked of it.
    hashes = np.fromiter(map(hash, words), dtype=np.int64, count=len(words)).view(np.uint64) | np.uint64(1)
    known["difficult"] = np.where(known["unfamiliar"] * (syllables >= _DIFFICULT), hashes, np.uint64(0))


def _describe_ends(known: npt.NDArray[Any], pieces: Sequence[str]) -> None:
    for row, piece in enumerate(pieces):
        if "." in piece or "!" in piece or "?" in piece:
            known["has_terminator"][row] = True
            known["starts_with_word"][row] = _STARTS_WITH_WORD.match(piece) is not None
            known["ends_with_word"][row] = _ENDS_WITH_WORD.search(piece) is not None


def _lengths(strings: Sequence[str]) -> IntArray:
    return np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))


@cache
def load_easy_words() -> frozenset[str]:
    """The easy words that the installed textstat brings, lower case.

    Raises BadData where they are missing.
    """
    found = find_spec("textstat")
    origin = found.origin if found is not None else None
    file = Path(origin or "textstat").parent / "resources" / "en" / "easy_words.txt"
    try:
        return frozenset(line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise BadData(
            f"found no list of easy words at {file}; difficult words need the one that textstat brings. "
            "Install it again: pip install --force-reinstall textstat."
        ) from error


def count_texts(rows: IntArray, known: npt.NDArray[Any], first: IntArray) -> TextCounts:
    """The counts of some texts.

    rows   shape (n_pieces,): the row in ``known`` of each piece, in reading order
    known  what ``describe`` tells of every piece
    first  shape (n_texts + 1,): where each text begins in ``rows``, then n_pieces

    >>> counts = count_texts(np.array([0, 1, 1]), describe(["Ministers", "talk."]), np.array([0, 1, 3]))
    >>> counts.n_words.tolist(), counts.n_difficult.tolist()
    ([1, 2], [1, 0])
    """
    cuts = np.unique(np.searchsorted(first[:-1], np.arange(_PART, len(rows), _PART))).tolist()
    parts = [
        _count_part(known.take(rows[first[begin] : first[end]]), first[begin : end + 1] - first[begin])
        for begin, end in pairwise([0, *cuts, len(first) - 1])
    ]
    names = [column.name for column in fields(TextCounts)]
    return TextCounts(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _count_part(pieces: npt.NDArray[Any], first: IntArray) -> TextCounts:
    return TextCounts(
        n_words=_sums(pieces["words"], first),
        n_pieces=np.diff(first),
        n_sentences=_count_sentences(pieces, first),
        n_characters=_sums(pieces["characters"], first),
        n_letters=_sums(pieces["letters"], first),
        n_syllables=_sums(pieces["syllables"], first),
        n_polysyllables=_sums(pieces["polysyllables"], first),
        n_unfamiliar=_sums(pieces["unfamiliar"], first),
        n_complex=_sums(pieces["complex"], first),
        n_difficult=_count_distinct(pieces["difficult"], first),
    )


def _sums(numbers: IntArray, first: IntArray) -> IntArray:
    """The sum over each text's pieces, shape (n_texts,)."""
    sums = np.zeros(len(first) - 1, dtype=np.int64)
    has_pieces = np.diff(first) > 0
    # A text without pieces must not be asked for: reduceat would give it the first number of the next.
    begin = first[:-1][has_pieces]
    if len(begin):
        sums[has_pieces] = np.add.reduceat(numbers, begin)
    return sums


def _count_sentences(pieces: npt.NDArray[Any], first: IntArray) -> IntArray:
    """Stretches of three words or more between terminators, at least 1, shape (n_texts,).

    Two terminators in one piece have no more than one word between them, so that only the word before a
    piece's first terminator and the word behind its last one can be part of a sentence.
    """
    ends = np.flatnonzero(pieces["has_terminator"])
    opens_text = np.zeros(len(pieces) + 1, dtype=bool)
    opens_text[first] = True
    begin = np.flatnonzero(pieces["has_terminator"] | opens_text[:-1])
    if len(begin) == 0:
        return np.ones(len(first) - 1, dtype=np.int64)
    words = pieces["words"].copy()
    words[ends] = pieces["ends_with_word"][ends]
    n_words = np.add.reduceat(words, begin)
    # What stands before the terminator of a text's first piece is one word at most: no sentence.
    closing = ends[~opens_text[ends]]
    n_words[np.searchsorted(begin, closing) - 1] += pieces["starts_with_word"][closing]
    is_sentence = (n_words >= _MIN_SENTENCE_WORDS).astype(np.int64)
    return np.maximum(1, _sums(is_sentence, np.searchsorted(begin, first)))


def _count_distinct(hashes: npt.NDArray[np.uint64], first: IntArray) -> IntArray:
    """Different hashes other than 0 in each text, shape (n_texts,).

    That a text loses one of 1,000 difficult words to another's equal hash has a chance of 6 in 10^14.
    """
    where = np.flatnonzero(hashes != 0)
    text = np.repeat(np.arange(len(first) - 1), np.diff(np.searchsorted(where, first)))
    # The text goes into the hash, so that one sort does for all texts; the products wrap around.
    keys = hashes[where] ^ (text.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    order = np.argsort(keys)
    keys, text = keys[order], text[order]
    is_new = np.ones(len(keys), dtype=bool)
    is_new[1:] = keys[1:] != keys[:-1]
    return np.bincount(text[is_new], minlength=len(first) - 1)
