"""Words and their hashes: the same on every machine, in every session and every part of a corpus."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.blanks import BoolArray, CodeArray, codes_of, piece_bounds
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray
from biaslens.vocabulary import Growing, HashedVocabulary, Vocabulary

HashArray = npt.NDArray[np.uint64]

WORD_PATTERN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHE, _CURLY_APOSTROPHE = ord("'"), ord("’")
# Distinct words, and characters in them, after which they are forgotten, so that memory stays bounded.
MAX_FORMS, MAX_CHARACTERS = 200_000, 10_000_000
# What a word tells by itself; see Words.
_KNOWN = np.dtype(
    [("stem", np.uint64), ("lower", np.int32), ("is_lower", np.bool_), ("is_capital", np.bool_)], align=True
)


def hash_text(text: str) -> int:
    """64 bits of any text.

    >>> hash_text("Kerry") == hash_text("Kerry"), hash_text("Kerry") == hash_text("kerry")
    (True, False)
    """
    # Lone surrogates occur in damaged files; they must hash like any other character.
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def hash_pairs(left: HashArray, right: HashArray) -> HashArray:
    """Hash of each two things in a row; their order matters."""
    # Odd 64-bit constants of the xxHash family spread the bits; products wrap around.
    mixed = left * np.uint64(0x9E3779B97F4A7C15) + right * np.uint64(0xC2B2AE3D27D4EB4F)
    return np.asarray((mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x165667B19E3779F9))


def offsets(sizes: npt.NDArray[np.integer]) -> IntArray:
    """Where each of some pieces of these sizes starts, then where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, in reading order, as ``WORD_PATTERN`` finds them.

    text        shape (n_words,): number of its text
    start, end  shape (n_words,): characters in ``codes``, end excluded
    codes       characters of all texts, a line end between each two
    known       shape (n_words,): a record of what each tells by itself: ``stem``, hash of its stem, 0 where
                it tells nothing of an event; ``lower``, row of its lower case in ``forms``; ``is_lower``,
                whether it is written so; ``is_capital``, whether it starts with a capital letter
    forms       distinct words in lower case, these and others
    """

    text: IntArray
    start: IntArray
    end: IntArray
    codes: CodeArray
    known: npt.NDArray[np.void]
    forms: Sequence[str]


def find_words(texts: Sequence[str]) -> Words:
    """The words of some texts, and what each tells by itself.

    What a distinct word tells is worked out once and remembered.

    >>> found = find_words(["Russia's talks, and talks", "", "_talks_"])
    >>> [found.forms[row] for row in found.known["lower"].tolist()], found.text.tolist()
    (["russia's", 'talks', 'and', 'talks', 'talks'], [0, 0, 0, 0, 2])
    """
    text = "\n".join(texts)
    codes = codes_of(text)
    start, end = piece_bounds(_are_in_words(codes))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    n_words = np.diff(np.searchsorted(start, offsets(sizes + 1)))
    seen = _seen_words()
    row = seen.vocabulary.rows_in(text, codes, start, end)
    seen.learn_new()
    return Words(
        text=np.repeat(np.arange(len(texts)), n_words),
        start=start,
        end=end,
        codes=codes,
        known=seen.known.values[row],
        forms=seen.lower.forms,
    )


def _are_in_words(codes: CodeArray) -> BoolArray:
    """Whether each character is part of a word: a letter, a digit, or an apostrophe between two of these."""
    inside = _are_alphanumeric(codes)
    is_apostrophe = (codes[1:-1] == _APOSTROPHE) | (codes[1:-1] == _CURLY_APOSTROPHE)
    inside[1:-1] |= is_apostrophe & inside[:-2] & inside[2:]
    return inside


def _are_alphanumeric(codes: CodeArray) -> BoolArray:
    """Whether each character is a letter or a digit, as ``str.isalnum`` says."""
    # Bytes are compared faster than codes; what does not go into one is looked at again.
    low = codes.astype(np.uint8)
    is_letter = (low | np.uint8(0x20)) - np.uint8(ord("a")) < 26
    inside = is_letter | (low - np.uint8(ord("0")) < 10)
    others = np.flatnonzero(codes >= 0x80)
    if len(others):
        inside[others] = _other_alphanumeric(codes[others])
    return np.asarray(inside)


def _other_alphanumeric(codes: CodeArray) -> BoolArray:
    table = _alphanumeric()
    inside = table[np.minimum(codes, len(table) - 1)]
    far = np.flatnonzero(codes >= len(table))
    inside[far] = [chr(code).isalnum() for code in codes[far].tolist()]
    return np.asarray(inside)


@cache
def _alphanumeric() -> BoolArray:
    """Whether each of the first characters, alphabets and marks among them, is a letter or a digit."""
    return np.array([chr(code).isalnum() for code in range(0x3000)])


class _SeenWords:
    """The distinct words seen so far as they are written, their lower case, and what is known of them."""

    def __init__(self) -> None:
        self.vocabulary = HashedVocabulary()
        self.lower = Vocabulary()
        self.known = Growing(np.zeros(0, dtype=_KNOWN))
        self.n_characters = 0

    def learn_new(self) -> None:
        """Look at the words that came since the last time."""
        forms = self.vocabulary.forms[len(self.known) :]
        if not forms:
            return
        # Lower case of a whole list at once: no letter's depends on what stands beyond a line end.
        lower = "\n".join(forms).lower().split("\n")
        new = np.zeros(len(forms), dtype=_KNOWN)
        new["lower"] = self.lower.rows(lower)
        new["stem"] = self.lower.table(stem_hashes)[new["lower"]]
        new["is_lower"] = [form == low for form, low in zip(forms, lower, strict=True)]
        new["is_capital"] = [form[0].isupper() for form in forms]
        # Last of all: whoever is interrupted before, as in a notebook, looks at the same words next time.
        self.n_characters += sum(map(len, forms))
        self.known.append(new)


_remembered = threading.local()


def _seen_words() -> _SeenWords:
    """The words that this thread has seen so far; begun afresh when they have become many."""
    words: _SeenWords | None = getattr(_remembered, "words", None)
    if words is None or len(words.vocabulary) > MAX_FORMS or words.n_characters > MAX_CHARACTERS:
        words = _remembered.words = _SeenWords()
    return words


def stem_hashes(words: Sequence[str]) -> HashArray:
    """Hash of the stem of each word, 0 for a word that tells nothing of an event; shape (n_words,).

    words  in lower case

    >>> hashes = stem_hashes(["talk", "talks", "the"])
    >>> bool(hashes[0] == hashes[1]), int(hashes[2])
    (True, 0)
    """
    idle = _function_words()
    plain = [plain_form(word) for word in words]
    tells = [
        len(bare) > 1 and bare not in idle and _straight(word) not in idle
        for word, bare in zip(words, plain, strict=True)
    ]
    hashes = [hash_text(_stem(bare)) if telling else 0 for bare, telling in zip(plain, tells, strict=True)]
    return np.array(hashes, dtype=np.uint64)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("function_words").term)


def plain_form(word: str) -> str:
    """A word in lower case with straight apostrophes and without a possessive ending.

    >>> plain_form("london’s")
    'london'
    """
    return _straight(word).removesuffix("'s")


def _straight(word: str) -> str:
    return word.replace("’", "'")


def _stem(word: str) -> str:
    """The word without a plural or third-person ending; short words and -ss, -us, -is stay."""
    if len(word) <= 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith("sses") else word[:-1]
