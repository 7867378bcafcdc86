"""What VADER knows of a word by itself: its lexicon and lists, read from the installed package."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from biaslens.spans import FloatArray, IntArray
from biaslens.tokens import BoolArray
from biaslens.vocabulary import Vocabulary

CodeArray = npt.NDArray[np.int32]

# What is left of an emoticon, at most, when its punctuation is stripped.
_LONGEST_BARE = 2
# What `polarity` asks of every word, in one byte: most words are none of these and are never looked at again.
SCORED, BUT, UPPER, EMPHATIC = 1, 2, 4, 8
_PIECE = np.dtype(
    [
        ("word", np.int32),
        ("notable", np.uint8),
        ("n_exclamation", np.uint8),
        ("n_question", np.uint8),
        ("needs_spelling_out", np.bool_),
    ]
)
# The code of a word that VADER does not know, and of no word at all.
UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What VADER takes for words, in reading order; both of shape (n_words,).

    piece  the piece that each is, or is made from
    row    its row in the vocabulary of pieces
    """

    piece: IntArray
    row: IntArray


def spell_out(text: str) -> list[str]:
    """The pieces between white space that VADER sees in a piece of text: each emoji it knows becomes words.

    >>> spell_out("so😀good")
    ['so', 'grinning', 'facegood']
    """
    # No emoji is ASCII.
    return (text if text.isascii() else text.translate(known_words().emoji)).split()


def spelled_out(words: Words, vocabulary: Vocabulary) -> Words:
    """The words, with the name of each emoji in its place."""
    known = vocabulary.table(describe)
    with_emoji = np.flatnonzero(known["needs_spelling_out"][words.row])
    forms = [spell_out(vocabulary.forms[row]) for row in words.row[with_emoji].tolist()]
    return replaced(words, with_emoji, forms, vocabulary)


def replaced(words: Words, at: IntArray, forms: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Words:
    """The words, with the forms given for some of them in their place."""
    if not len(at):
        return words
    count = np.ones(len(words.row), dtype=np.int64)
    count[at] = [len(some) for some in forms]
    row = np.repeat(words.row, count)
    is_replaced = np.zeros(len(words.row), dtype=bool)
    is_replaced[at] = True
    row[np.repeat(is_replaced, count)] = vocabulary.rows(list(chain.from_iterable(forms)))
    return Words(np.repeat(words.piece, count), row)


def describe(pieces: Sequence[str]) -> npt.NDArray[np.void]:
    """What VADER knows of each piece by itself, one record per piece, shape (n_pieces,).

    word                the code of the piece without punctuation around it, in lower case; 0 if it is unknown
    notable             bits: scored by the lexicon, "but", in capitals, with ! or ?
    n_exclamation       exclamation marks; 255 stands for more, too
    n_question          question marks; 255 stands for more, too
    needs_spelling_out  holds an emoji, so that `spell_out` gives the pieces to describe in its place

    pieces  without white space and not empty; any other character will do

    >>> describe(["Why?!", "so😀good"])[["n_exclamation", "n_question", "needs_spelling_out"]].tolist()
    [(1, 1, False), (0, 0, True)]
    """
    words = known_words()
    bare = [_bare(piece) for piece in pieces]
    known = np.zeros(len(pieces), dtype=_PIECE)
    known["word"] = _codes(bare)
    known["n_exclamation"] = _count_mark("!", pieces)
    known["n_question"] = _count_mark("?", pieces)
    known["notable"] = words.notable[known["word"]]
    known["notable"] |= np.fromiter(map(str.isupper, bare), np.bool_, len(bare)) * np.uint8(UPPER)
    known["notable"] |= ((known["n_exclamation"] | known["n_question"]) > 0) * np.uint8(EMPHATIC)
    no_emoji = words.emoji_characters.isdisjoint
    known["needs_spelling_out"] = [not (piece.isascii() or no_emoji(piece)) for piece in pieces]
    return known


def _bare(piece: str, marks: str = string.punctuation) -> str:
    """A piece without the punctuation around it, unless that leaves so little that it may be an emoticon."""
    bare = piece.strip(marks)
    return bare if len(bare) > _LONGEST_BARE else piece


def _codes(bare: Sequence[str]) -> CodeArray:
    """The code of each word; one that VADER knows only by its "n't" has the code of "n't"."""
    code = known_words().code
    # No character changes in lower case by what stands beyond a line break, not even a final sigma.
    joined = "\n".join(bare).lower()
    lower = joined.split("\n") if bare else []
    found = [code.get(word, UNKNOWN) for word in lower]
    if "n't" in joined:
        contracted = code["n't"]
        found = [k or ("n't" in word and contracted) for k, word in zip(found, lower, strict=True)]
    return np.array(found, dtype=np.int32)


def _count_mark(mark: str, pieces: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.minimum(np.array([piece.count(mark) for piece in pieces], dtype=np.int64), 255)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What the installed vaderSentiment knows of words; arrays by code, shape (n_codes,), 0 an unknown word.

    code, word   the code of each word, the word of each code
    notable      whether the word is scored or "but", in bits
    valence      the lexicon's, 0 outside it
    in_lexicon
    boost        what a booster adds, 0 for other words
    is_booster
    is_negation
    opens, closes  bit k tells that the word is the first, or the second, of the k-th pair of words in phrases
    idioms       valences of phrases
    boosters     what boosters add, phrases among them
    capitals     what capitals add
    negation     what a negation multiplies by
    emoji        the words of each emoji, with a blank before, by its code point
    emoji_characters
    """

    code: Mapping[str, int]
    word: Sequence[str]
    notable: npt.NDArray[np.uint8]
    valence: FloatArray
    in_lexicon: BoolArray
    boost: FloatArray
    is_booster: BoolArray
    is_negation: BoolArray
    opens: IntArray
    closes: IntArray
    idioms: Mapping[str, float]
    boosters: Mapping[str, float]
    capitals: float
    negation: float
    emoji: Mapping[int, str]
    emoji_characters: frozenset[str]


# Words that the rules above name.
_NAMED = ["no", "or", "nor", "never", "so", "this", "without", "doubt"]
_NAMED += ["least", "at", "very", "kind", "of", "but", "n't"]


@cache
def known_words() -> KnownWords:
    from vaderSentiment import vaderSentiment

    analyzer = vaderSentiment.SentimentIntensityAnalyzer()
    lexicon, boosters, idioms = analyzer.lexicon, vaderSentiment.BOOSTER_DICT, vaderSentiment.SPECIAL_CASES
    phrases = [phrase.split(" ") for phrase in (*idioms, *boosters)]
    named = [*_NAMED, *vaderSentiment.NEGATE, *chain.from_iterable(phrases)]
    # No piece is the empty string, so it holds the code of words that are not in the list.
    words = list(dict.fromkeys(["", *named, *boosters, *lexicon]))
    in_lexicon = np.array([word in lexicon for word in words])
    is_booster = np.array([word in boosters for word in words])
    notable = (in_lexicon & ~is_booster) * SCORED + (np.array(words) == "but") * BUT
    emoji = {character: text for character, text in analyzer.emojis.items() if len(character) == 1}
    opens, closes = _pair_bits(phrases, words)
    return KnownWords(
        code={word: code for code, word in enumerate(words)},
        word=words,
        notable=notable.astype(np.uint8),
        valence=np.array([lexicon.get(word, 0.0) for word in words]),
        in_lexicon=in_lexicon,
        boost=np.array([boosters.get(word, 0.0) for word in words]),
        is_booster=is_booster,
        is_negation=np.array([word in vaderSentiment.NEGATE or "n't" in word for word in words]),
        opens=opens,
        closes=closes,
        idioms=idioms,
        boosters=boosters,
        capitals=vaderSentiment.C_INCR,
        negation=vaderSentiment.N_SCALAR,
        # VADER goes through a text character by character: it never finds an emoji of several.
        emoji={ord(character): " " + text for character, text in emoji.items()},
        emoji_characters=frozenset(emoji),
    )


def _pair_bits(phrases: Sequence[Sequence[str]], words: Sequence[str]) -> npt.NDArray[np.int64]:
    """For each word the pairs that it opens and those that it closes, one bit each, shape (2, n_words)."""
    bits = np.zeros((2, len(words)), dtype=np.int64)
    code = {word: code for code, word in enumerate(words)}
    for k, (first, second) in enumerate(chain.from_iterable(map(pairwise, phrases))):
        bits[0, code[first]] |= 1 << k
        bits[1, code[second]] |= 1 << k
    return bits
