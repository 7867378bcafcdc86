"""VADER: the sentiment of sentences by the rules of vaderSentiment, on arrays, equal to the last bit.

VADER (Hutto & Gilbert 2014) sees a sentence as pieces between white space. What a piece tells by itself is
looked up once per distinct piece (vader_words.py). ``polarity`` then goes only where words of VADER's lexicon
stand, and looks at the three words before and the two after each, rule by rule, in VADER's order:

    "no", capitals, then for each of the three words before it boosters, negations (and idioms at the third),
    "least", "kind of", "but"; then sums, and exclamation and question marks

Word lists and named constants are read from the installed package; the rules are written out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.measuring.vader_sums import Polarity, sum_of, sum_up, weigh_by_value
from biaslens.measuring.vader_words import (
    BUT,
    EMPHATIC,
    SCORED,
    UNKNOWN,
    UPPER,
    CodeArray,
    Words,
    describe,
    known_words,
    spelled_out,
)
from biaslens.spans import FloatArray, IntArray
from biaslens.tokens import BoolArray
from biaslens.vocabulary import HashedVocabulary

# Numbers that vaderSentiment writes inside its functions, where they cannot be read.
_FADING = {1: 1.0, 2: 0.95, 3: 0.9}
_NEVER_SO = 1.25
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_PER_EXCLAMATION_MARK, _MAX_EXCLAMATION_MARKS = 0.292, 4
_PER_QUESTION_MARK, _MAX_QUESTION_MARKS, _MORE_QUESTION_MARKS = 0.18, 3, 0.96
# Sentences scored at a time: enough to spread the cost of a call, few enough to stay in a processor's cache.
_BATCH = 4_000
# Where VADER looks for idioms, by distance from a word of the lexicon; of several found the last counts.
_IDIOMS_FROM_LAST = ((-3, -2), (-3, -2, -1), (-2, -1), (-2, -1, 0), (-1, 0), (0, 1), (0, 1, 2))


def score_sentences(sentences: Sequence[str]) -> Polarity:
    """The scores that vaderSentiment gives each sentence, in time linear in their length.

    Source: Hutto & Gilbert (2014), as implemented in vaderSentiment 3.3.2.

    >>> score_sentences(["VADER is VERY SMART, handsome, and FUNNY!!!", "Not bad at all"]).compound
    array([0.9342, 0.431 ])
    """
    vocabulary = HashedVocabulary()
    begins = range(0, len(sentences), _BATCH)
    parts = [_score_some(sentences[begin : begin + _BATCH], vocabulary) for begin in begins]
    nothing = Polarity(*[np.zeros(0)] * 4)
    columns = {name: [getattr(part, name) for part in (nothing, *parts)] for name in Polarity.__slots__}
    return Polarity(**{name: np.concatenate(column) for name, column in columns.items()})


def _score_some(sentences: Sequence[str], vocabulary: HashedVocabulary) -> Polarity:
    pieces = vocabulary.pieces_of(sentences)
    words = spelled_out(Words(np.arange(len(pieces.row)), pieces.row), vocabulary)
    return polarity(words.row, vocabulary.table(describe), np.searchsorted(words.piece, pieces.first))


def polarity(rows: IntArray, known: npt.NDArray[np.void], first: IntArray) -> Polarity:
    """The scores of each sentence, from its words, emoji spelled out.

    rows   shape (n_words,): for each word of all sentences, in reading order, its row in ``known``
    known  shape (n_pieces,): records of `describe`
    first  shape (n_sentences + 1,): where in ``rows`` each sentence begins, then n_words
    """
    assert first[0] == 0
    assert first[-1] == len(rows)
    notable = _Notable.among(rows, known, first)
    near = _Near.around(notable, rows, known, first)
    valence = _weigh_around_but(_valences(near), near, notable)
    return sum_up(valence, near.sentence, np.diff(first), _emphasis(notable, rows, known))


@dataclass(frozen=True, slots=True)
class _Notable:
    """The words that some rule is about, in reading order; each array has shape (n_notable,).

    place     place in the text, over all sentences
    sentence  number of its sentence
    bits      what is notable about it
    mixed     shape (n_sentences,): some words are in capitals, and some are not
    """

    place: IntArray
    sentence: IntArray
    bits: npt.NDArray[np.uint8]
    mixed: BoolArray

    @classmethod
    def among(cls, rows: IntArray, known: npt.NDArray[np.void], first: IntArray) -> _Notable:
        all_bits = known["notable"][rows]
        place = np.flatnonzero(all_bits != 0)
        bits = all_bits[place]
        sentence = np.repeat(np.arange(len(first) - 1), np.diff(np.searchsorted(place, first)))
        n_upper = np.bincount(sentence[(bits & UPPER) > 0], minlength=len(first) - 1)
        return cls(place, sentence, bits, (n_upper > 0) & (n_upper < np.diff(first)))

    def which(self, bit: int) -> IntArray:
        """Rows of the words that have a bit set."""
        return np.flatnonzero((self.bits & bit) != 0)


# The words that the rules look at, by distance, in an order that lets a distance be its own index.
_DISTANCES = np.array([[0], [1], [2], [-3], [-2], [-1]])


@dataclass(frozen=True, slots=True)
class _Near:
    """Words of the lexicon and the words near them, by column.

    place, sentence  shape (n_scored,): as in _Notable
    word             codes, shape (6, n_scored): word[0] is the word itself, word[-1] the one before it
    shouted          the same shape: in capitals, in a sentence that is not all capitals
    modifies         the same shape: the sentence has a word there, and it is not in the lexicon itself
    """

    place: IntArray
    sentence: IntArray
    word: CodeArray
    shouted: BoolArray
    modifies: BoolArray

    @classmethod
    def around(cls, notable: _Notable, rows: IntArray, known: npt.NDArray[np.void], first: IntArray) -> _Near:
        scored = notable.which(SCORED)
        place, sentence = notable.place[scored], notable.sentence[scored]
        near = place + _DISTANCES
        exists = (near >= first[sentence]) & (near < first[sentence + 1])
        piece = known[rows.take(near, mode="clip")]
        is_upper = (piece["notable"] & UPPER) > 0
        word = np.where(exists, piece["word"], UNKNOWN)
        modifies = exists & ~known_words().in_lexicon[word]
        return cls(place, sentence, word, is_upper & notable.mixed[sentence], modifies)

    def is_word(self, distance: int, *words: str) -> BoolArray:
        """The word at that distance is one of these."""
        code = known_words().code
        found: BoolArray = self.word[distance] == code[words[0]]
        for word in words[1:]:
            found |= self.word[distance] == code[word]
        return found


def _valences(near: _Near) -> FloatArray:
    """The valence of each word after every rule that looks at words near it."""
    valence = _capitals(_no(near), near)
    for distance in (1, 2, 3):
        changed = _negations(_boosters(valence, near, distance), near, distance)
        if distance == 3:
            changed = _idioms(changed, near)
        valence = np.where(near.modifies[-distance], changed, valence)
    return _kind_of(_least(valence, near), near)


def _no(near: _Near) -> FloatArray:
    """The lexicon's valence; "no" right before a word of the lexicon has none and turns that word round.

    So does "no" two words before, and three words before "or" or "nor" ("no mercy or hope").
    """
    words = known_words()
    valence = words.valence[near.word[0]]
    after_no = near.is_word(-1, "no") | near.is_word(-2, "no")
    after_no |= near.is_word(-3, "no") & near.is_word(-1, "or", "nor")
    is_modifier = near.is_word(0, "no") & words.in_lexicon[near.word[1]]
    return np.where(after_no, valence * words.negation, np.where(is_modifier, 0.0, valence))


def _capitals(valence: FloatArray, near: _Near) -> FloatArray:
    """A shouted word is stronger; one without a positive valence becomes more negative."""
    return np.where(near.shouted[0], _away_from_zero(valence, valence, known_words().capitals), valence)


def _boosters(valence: FloatArray, near: _Near, distance: int) -> FloatArray:
    """A booster before ("very") strengthens it, a dampener ("hardly") weakens it; less so from afar."""
    words = known_words()
    rows = np.flatnonzero(words.is_booster[near.word[-distance]])
    boosted = valence[rows]
    boost = words.boost[near.word[-distance][rows]] * np.where(boosted < 0, -1, 1)
    shouted = _away_from_zero(boost, boosted, words.capitals)
    boost = np.where(near.shouted[-distance][rows], shouted, boost)
    changed = valence.copy()
    changed[rows] += boost * _FADING[distance]
    return changed


def _away_from_zero(number: FloatArray, valence: FloatArray, step: float) -> FloatArray:
    """A number raised where the valence is positive, lowered elsewhere."""
    return np.where(valence > 0, number + step, number - step)


def _negations(valence: FloatArray, near: _Near, distance: int) -> FloatArray:
    """A negation before the word turns it round.

    But "never so" and "never this" strengthen it, and "without doubt" leaves it. At three words before, "so"
    or "this" right before the word is enough, and "doubt" may stand right before the word too.
    """
    words = known_words()
    turned = np.where(words.is_negation[near.word[-distance]], valence * words.negation, valence)
    if distance == 1:
        return turned
    never_so = near.is_word(-distance, "never") & near.is_word(1 - distance, "so", "this")
    without_doubt = near.is_word(1 - distance, "doubt")
    if distance == 3:
        never_so |= near.is_word(-1, "so", "this")
        without_doubt |= near.is_word(-1, "doubt")
    without_doubt &= near.is_word(-distance, "without")
    return np.where(never_so, valence * _NEVER_SO, np.where(without_doubt, valence, turned))


def _idioms(valence: FloatArray, near: _Near) -> FloatArray:
    """An idiom near the word has a valence of its own, and "sort of" before it dampens."""
    words = known_words()
    opens, closes = words.opens[near.word[[-3, -2, -1, 0, 1]]], words.closes[near.word[[-2, -1, 0, 1, 2]]]
    rows = np.flatnonzero(((opens & closes) != 0).any(axis=0) & near.modifies[-3])
    changed = valence.copy()
    for row, codes in zip(rows.tolist(), near.word[:, rows].T.tolist(), strict=True):
        changed[row] = _idiom(float(valence[row]), [words.word[code] for code in codes])
    return changed


def _idiom(valence: float, word: Sequence[str]) -> float:
    """The valence of one word after the phrases it stands near: the last idiom found, then every dampener.

    word  the word and those near it, as in _Near

    >>> _idiom(1.8, ["kiss", "of", "death", "is", "sort", "of"])
    -1.793
    """
    words = known_words()
    for distances in _IDIOMS_FROM_LAST:
        valence = words.idioms.get(" ".join([word[distance] for distance in distances]), valence)
    for distances in ((-3, -2, -1), (-3, -2), (-2, -1)):
        valence += words.boosters.get(" ".join([word[distance] for distance in distances]), 0.0)
    return valence


def _least(valence: FloatArray, near: _Near) -> FloatArray:
    """A "least" right before the word turns it round; "at least" and "very least" do not."""
    turns = near.is_word(-1, "least") & ~near.is_word(-2, "at", "very")
    return np.where(turns & near.modifies[-1], valence * known_words().negation, valence)


def _kind_of(valence: FloatArray, near: _Near) -> FloatArray:
    """The "kind" of "kind of" has no valence."""
    return np.where(near.is_word(0, "kind") & near.is_word(1, "of"), 0.0, valence)


def _weigh_around_but(valence: FloatArray, near: _Near, notable: _Notable) -> FloatArray:
    """Words before the first "but" of their sentence count half, words after it half as much again."""
    buts = notable.which(BUT)
    none = -1
    but = np.full(len(notable.mixed), none)
    # Backwards, so that the first "but" of a sentence stays.
    but[notable.sentence[buts][::-1]] = notable.place[buts][::-1]
    rows = np.flatnonzero(but[near.sentence] != none)
    side = np.sign(near.place[rows] - but[near.sentence[rows]])
    weight = np.where(side < 0, _BEFORE_BUT, np.where(side > 0, _AFTER_BUT, 1.0))
    weighed = valence.copy()
    weighed[rows] = weigh_by_value(valence[rows], weight, near.sentence[rows])
    return weighed


def _emphasis(notable: _Notable, rows: IntArray, known: npt.NDArray[np.void]) -> FloatArray:
    """What exclamation and question marks add to a sentence, shape (n_sentences,).

    Up to four exclamation marks count; one question mark does not, two or three count each, more count alike.
    """
    marked = notable.which(EMPHATIC)
    piece, sentence = rows[notable.place[marked]], notable.sentence[marked]
    n_sentences = len(notable.mixed)
    n_exclamation = sum_of(known["n_exclamation"][piece], sentence, n_sentences)
    n_question = sum_of(known["n_question"][piece], sentence, n_sentences)
    by_question = np.where(
        n_question > _MAX_QUESTION_MARKS, _MORE_QUESTION_MARKS, n_question * _PER_QUESTION_MARK
    )
    by_exclamation = np.minimum(n_exclamation, _MAX_EXCLAMATION_MARKS) * _PER_EXCLAMATION_MARK
    return by_exclamation + np.where(n_question > 1, by_question, 0.0)
