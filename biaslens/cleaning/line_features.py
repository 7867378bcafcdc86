"""What the line classifier looks at: the build of a line and of those around it, never its topic.

Lengths, ends, capitals, digits, punctuation, closed-class words, place in the text. No other word has a
feature, so that nothing is learned of the vocabulary of an outlet or of a subject.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

import numpy as np
import numpy.typing as npt

from biaslens.cleaning.lines import Line
from biaslens.lexicons import load_lexicon
from biaslens.spans import FloatArray

_IntArray = npt.NDArray[np.int64]

# Every character belongs to one class; what is not listed goes by its Unicode category.
_LISTED = {
    "stop": ".!?…", "comma": ",", "colon": ":", "semicolon": ";", "quote": "\"“”„«»", "apostrophe": "'’‘",
    "dash": "-–—−", "slash": "/\\", "opening": "([{", "closing": ")]}", "at": "@", "hash": "#",
    "legal": "©®™", "bar": "|•·›→▶►»_*~=+<>", "money": "$£€¥%",
}  # fmt: skip
_WORD_CLASSES = ("lower", "upper", "letter", "digit", "apostrophe")
_CLASSES = (*_WORD_CLASSES, "space", *(name for name in _LISTED if name != "apostrophe"), "symbol")
_CODE = {name: code for code, name in enumerate(_CLASSES)}
_BY_CATEGORY = {"Ll": "lower", "Lu": "upper", "Lt": "upper", "L": "letter", "M": "letter", "N": "digit"}
# Blanks and typographic signs end here; behind it, every character counts as a letter.
_TABLE_SIZE = 0x3001
# Function words are ASCII: a word with any other letter is none of them.
_OTHER_LETTER = 0xFF

_CLOSERS = np.isin(_CLASSES, ("quote", "apostrophe", "closing"))
_BEHIND_STOP = _CLOSERS | np.isin(_CLASSES, ("space",))


def _codes(names: Sequence[str]) -> list[int]:
    return [_CODE[name] for name in names]


_SHARES = ("comma", "stop", "quote", "dash", "digit", "opening", "money", "apostrophe")
_SIGNS = ("colon", "semicolon", "slash", "at", "hash", "legal", "bar", "symbol", "money", "quote", "opening")
_OPENS = ("lower", "digit", "quote", "dash", "opening", "bar")
_CLOSES = ("stop", "comma", "colon", "digit", "closing", "upper", "bar")

# Closed classes; the pronouns that address the reader, and those an outlet uses of itself, stand apart.
_KINDS = (
    "pronoun", "determiner", "preposition", "conjunction", "auxiliary", "contraction", "particle", "address",
    "self",
)  # fmt: skip

# Where the effect of a length bends: words of a line.
_WORD_KNOTS = (2, 4, 7, 12, 20, 35, 70)


# Prose: a line that ends as a sentence does, with as many words, and this share of function words.
_PROSE_WORDS, _PROSE_FUNCTION_SHARE = 12, 0.25

_SIGN_NAMES = (
    *(f"{name} share" for name in _SHARES), *(f"has {name}" for name in _SIGNS),
    *(f"opens {name}" for name in _OPENS), *(f"closes {name}" for name in _CLOSES),
    "ends sentence", "inner sentences", "breaks off", "has link", "speaker label",
)  # fmt: skip
_WORD_NAMES = (
    "log words", *(f"log words over {knot}" for knot in _WORD_KNOTS),
    "word length", "capitals", "all capitals", "years", "numbers", "-ed", "-ing", "-s", *_KINDS,
    "function words", "has address",
)  # fmt: skip
_BUILD_NAMES = (
    "prose", "stands twice", "log words if ends", "log words x function words", "log words x capitals",
    "addresses outside quotes", "log words x address", "signed post",
)  # fmt: skip
NEAR_NAMES = (
    "log words", "ends sentence", "function words", "capitals", "prose", "has address", "speaker label",
)  # fmt: skip
_OWN_NAMES = (*_SIGN_NAMES, *_WORD_NAMES, *_BUILD_NAMES)
# The features of a line and of the two beside it ...
LINE_FEATURES = (*_OWN_NAMES, *(f"{name} {side}" for side in ("above", "below") for name in NEAR_NAMES))
COLUMN = {name: column for column, name in enumerate(LINE_FEATURES)}
NEAR = [COLUMN[name] for name in NEAR_NAMES]


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of all lines, one behind the other, each line closed by one blank.

    code, kind  shape (n_characters,): code point, and class
    first       shape (n_lines + 1,): where each line begins, then n_characters
    """

    code: npt.NDArray[np.uint32]
    kind: npt.NDArray[np.uint8]
    first: _IntArray


def line_features(lines: Sequence[Line]) -> FloatArray:
    """The build of each line and of the two beside it, shape (n_lines, len(LINE_FEATURES)).

    >>> from biaslens.cleaning.lines import split_lines
    >>> features = line_features(split_lines("The minister left the country.\\nShare"))
    >>> features[:, LINE_FEATURES.index("function words")].tolist()
    [0.4, 0.0]
    """
    if not lines:
        return np.zeros((0, len(LINE_FEATURES)))
    characters = _read_characters(lines)
    own = np.empty((len(lines) + 2, len(_OWN_NAMES)))
    own[[0, -1]] = 0.0
    n_signs, n_words = len(_SIGN_NAMES), len(_WORD_NAMES)
    inner = own[1:-1]
    inner[:, :n_signs] = _sign_features(characters)
    inner[:, n_signs : n_signs + n_words] = _word_features(characters)
    inner[:, n_signs + n_words :] = _build_features(inner, lines)
    return np.hstack([inner, own[:-2, NEAR], own[2:, NEAR]])


def prose_share(features: FloatArray) -> float:
    """Share of the lines that are prose: low on whole pages; 0 without lines."""
    return float(features[:, COLUMN["prose"]].mean()) if len(features) else 0.0


@cache
def _class_table() -> npt.NDArray[np.uint8]:
    """Class of every code point below the table's size; the last entry stands for all others."""
    listed = {sign: name for name, signs in _LISTED.items() for sign in signs}

    def class_of(sign: str) -> str:
        category = unicodedata.category(sign)
        known = "space" if sign.isspace() else listed.get(sign)
        return known or _BY_CATEGORY.get(category) or _BY_CATEGORY.get(category[0], "symbol")

    codes = [_CODE[class_of(chr(code))] for code in range(_TABLE_SIZE)]
    return np.array([*codes, _CODE["letter"]], dtype=np.uint8)


def _read_characters(lines: Sequence[Line]) -> _Characters:
    text = "\n".join([*(line.text for line in lines), ""])
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kind = _class_table().take(code, mode="clip")
    first = np.zeros(len(lines) + 1, dtype=np.int64)
    np.cumsum([len(line.text) + 1 for line in lines], out=first[1:])
    return _Characters(code, kind, first)


def _sign_features(characters: _Characters) -> FloatArray:
    """Shares of classes among a line's characters, and which class opens and closes it."""
    kind, first = characters.kind, characters.first
    n_lines, n_classes = len(first) - 1, len(_CLASSES)
    row = np.repeat(np.arange(0, n_lines * n_classes, n_classes), np.diff(first))
    counts = np.bincount(row + kind, minlength=n_lines * n_classes).reshape(n_lines, n_classes)
    last = first[1:] - 2
    final = kind[last]
    for _ in range(2):
        last = last - (_CLOSERS[kind[last]] & (last > first[:-1]))
    ends = kind[last] == _CODE["stop"]
    stops = np.flatnonzero(kind == _CODE["stop"])
    behind = kind[stops + 1]
    inner = _counts(stops[_BEHIND_STOP[behind]], first) - ends
    return np.column_stack([
        counts[:, _codes(_SHARES)] / (np.diff(first) - 1)[:, None],
        counts[:, _codes(_SIGNS)] > 0,
        kind[first[:-1], None] == _codes(_OPENS),
        final[:, None] == _codes(_CLOSES),
        ends, np.log1p(np.maximum(inner, 0)), (inner > 0) & ~ends,
        _counts(stops[behind == _CODE["lower"]], first) > 0, _has_speaker_label(kind, first),
    ])  # fmt: skip


def _has_speaker_label(kind: npt.NDArray[np.uint8], first: _IntArray) -> npt.NDArray[np.bool_]:
    """Lines that open with capitals and a colon, and go on: who speaks, in a transcript."""
    colons, lowers = (
        np.append(np.flatnonzero(kind == code), len(kind)) for code in _codes(("colon", "lower"))
    )
    colon = colons[np.searchsorted(colons, first[:-1])]
    lower = lowers[np.searchsorted(lowers, first[:-1])]
    opens = kind[first[:-1]] == _CODE["upper"]
    return np.asarray(opens & (colon < lower) & (colon < first[1:] - 2))


def _counts(places: _IntArray, first: _IntArray) -> _IntArray:
    """How many of some places, in rising order, stand in each line."""
    return np.diff(np.searchsorted(places, first))


def _word_features(characters: _Characters) -> FloatArray:
    """Number and build of words, and the share of each closed class."""
    code, kind, first = characters.code, characters.kind, characters.first
    in_word = kind < len(_WORD_CLASSES)
    edges = 1 + np.flatnonzero(in_word[1:] != in_word[:-1])
    edges = np.concatenate([[0], edges]) if in_word[0] else edges
    start, end = edges[::2], edges[1::2]
    words = _lower_words(code)
    found = np.fromiter(map(_closed_classes().get, words, repeat(0)), np.int64, len(words))
    bounds = np.searchsorted(start, first)
    n_kinds = len(_KINDS) + 1
    row = np.repeat(np.arange(0, (len(first) - 1) * n_kinds, n_kinds), np.diff(bounds))
    kinds = np.bincount(row + found, minlength=(len(first) - 1) * n_kinds).reshape(-1, n_kinds)
    is_upper = np.zeros(len(kind) + 1, dtype=np.int32)
    np.cumsum(kind == _CODE["upper"], out=is_upper[1:])
    length, opening, last, before = end - start, kind[start], code[end - 1], code[end - 2]
    is_number = opening == _CODE["digit"]
    sums = _sums([
        opening == _CODE["upper"], (is_upper[end] - is_upper[start] == length) & (length > 1),
        is_number & (length == 4), is_number, (last == ord("d")) & (before == ord("e")),
        (last == ord("g")) & (before == ord("n")), last == ord("s"),
    ], bounds)  # fmt: skip
    n_letters = sums_between(length.astype(np.float64), bounds[:-1], bounds[1:])[:, None]
    n_words = np.diff(bounds)[:, None]
    log_words, share = np.log1p(n_words), 1 / np.maximum(n_words, 1)
    return np.hstack([
        log_words, np.maximum(0.0, log_words - np.log1p(_WORD_KNOTS)),
        n_letters * share, sums * share, kinds[:, 1:] * share,
        (n_words - kinds[:, :1]) * share, kinds[:, [1 + _KINDS.index("address")]] > 0,
    ])  # fmt: skip


def _lower_words(code: npt.NDArray[np.uint32]) -> list[bytes]:
    """The words in lower case, with straight apostrophes; letters beyond ASCII are all the same."""
    return _letter_table().take(code, mode="clip").tobytes().split()


@cache
def _letter_table() -> npt.NDArray[np.uint8]:
    """Of each code point below the table's size, and last for all others, what it is in a lower-case word."""

    def letter_of(sign: str) -> int:
        lower = "'" if sign in _LISTED["apostrophe"] else sign.lower()
        return ord(lower) if lower.isascii() else _OTHER_LETTER

    in_word = _class_table() < len(_WORD_CLASSES)
    letters = [letter_of(chr(code)) for code in range(_TABLE_SIZE)]
    return np.where(in_word, np.array([*letters, _OTHER_LETTER]), ord(" ")).astype(np.uint8)


def _sums(columns: Sequence[npt.NDArray[np.bool_]], bounds: _IntArray) -> _IntArray:
    """How many words of each line have each property, shape (n_lines, n_columns)."""
    total = np.zeros((len(columns), len(columns[0]) + 1), dtype=np.int64)
    np.cumsum(np.array(columns), axis=1, out=total[:, 1:])
    return np.diff(total[:, bounds], axis=1).T


@cache
def _closed_classes() -> dict[bytes, int]:
    """Number of the closed class of each function word, from 1."""
    lexicon = load_lexicon("function_words")
    terms = zip(lexicon.term, lexicon.category, strict=True)
    return {term.encode("ascii"): 1 + _KINDS.index(_kind(term, category)) for term, category in terms}


def _kind(term: str, category: str) -> str:
    if term.startswith("you"):
        return "address"
    if term == "we" or term.startswith(("we'", "our")):
        return "self"
    return category


def _build_features(own: FloatArray, lines: Sequence[Line]) -> FloatArray:
    """What several features make together, and whether the line stands twice in the text."""

    def of(name: str) -> FloatArray:
        return own[:, COLUMN[name]]

    times = Counter(line.text for line in lines)
    twice = [times[line.text] > 1 for line in lines]
    log_words, ends, function_words = of("log words"), of("ends sentence"), of("function words")
    is_prose = (log_words >= np.log1p(_PROSE_WORDS)) & (ends > 0) & (function_words >= _PROSE_FUNCTION_SHARE)
    return np.column_stack([
        is_prose, twice, log_words * ends, log_words * function_words, log_words * of("capitals"),
        of("has address") * (1 - of("has quote")), log_words * of("address"),
        of("has at") * (of("dash share") > 0),
    ])  # fmt: skip


def sums_between(values: FloatArray, low: _IntArray, high: _IntArray) -> FloatArray:
    """Sums over the rows low to high - 1."""
    total = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, out=total[1:])
    sums: FloatArray = total[high] - total[low]
    return sums
