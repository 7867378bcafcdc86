"""Readability: twelve figures by textstat's definitions and to its digits, for many texts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

import numpy as np

from biaslens.codebook import FIXED_POINT, Corpus
from biaslens.hits import Counted, Hits
from biaslens.measuring.text_counts import TextCounts, count_texts, describe
from biaslens.spans import FloatArray
from biaslens.vocabulary import HashedVocabulary

# Texts cut at a time: enough to spread the cost of a call, few enough to stay in a processor's cache.
_BATCH = 100

Figure = Callable[[TextCounts], FloatArray]


def _needs_words(figure: Figure) -> Figure:
    """The figure, and NaN for a text without words."""

    @wraps(figure)
    def value(counts: TextCounts) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(counts.n_words > 0, figure(counts), np.nan)

    return value


@_needs_words
def flesch_reading_ease(counts: TextCounts) -> FloatArray:
    """206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch 1948); 0 without a syllable."""
    ease = 206.835 - 1.015 * words_per_sentence(counts) - 84.6 * (counts.n_syllables / counts.n_words)
    return np.where(counts.n_syllables > 0, ease, 0.0)


@_needs_words
def flesch_kincaid_grade(counts: TextCounts) -> FloatArray:
    """0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid et al. 1975); 0 without a syllable."""
    grade = 0.39 * words_per_sentence(counts) + 11.8 * (counts.n_syllables / counts.n_words) - 15.59
    return np.where(counts.n_syllables > 0, grade, 0.0)


@_needs_words
def gunning_fog(counts: TextCounts) -> FloatArray:
    """0.4 (words/sentences + complex words in percent) (Gunning 1952)."""
    return 0.4 * (words_per_sentence(counts) + 100 * counts.n_complex / counts.n_words)


@_needs_words
def smog_index(counts: TextCounts) -> FloatArray:
    """1.043 (30 polysyllables/sentences) ** 0.5 + 3.1291 (McLaughlin 1969)."""
    in_30_sentences = 30 * (counts.n_polysyllables / counts.n_sentences)
    # numpy's power may differ from Python's in the last digit.
    return 1.043 * np.array([number**0.5 for number in in_30_sentences.tolist()]) + 3.1291


@_needs_words
def automated_readability_index(counts: TextCounts) -> FloatArray:
    """4.71 characters/pieces + 0.5 words/sentences - 21.43 (Smith & Senter 1967)."""
    return 4.71 * (counts.n_characters / counts.n_pieces) + 0.5 * words_per_sentence(counts) - 21.43


@_needs_words
def coleman_liau_index(counts: TextCounts) -> FloatArray:
    """5.8 letters/words - 29.6 sentences/words - 15.8 (Coleman & Liau 1975)."""
    letters, sentences = counts.n_letters / counts.n_words * 100, counts.n_sentences / counts.n_words * 100
    return 0.058 * letters - 0.296 * sentences - 15.8


@_needs_words
def dale_chall_readability_score(counts: TextCounts) -> FloatArray:
    """0.1579 unfamiliar words in percent + 0.0496 words/sentences, + 3.6365 above 5 % (Dale & Chall 1948)."""
    percent = 100 * counts.n_unfamiliar / counts.n_words
    score = 0.1579 * percent + 0.0496 * words_per_sentence(counts)
    return np.where(percent > 5, score + 3.6365, score)


@_needs_words
def difficult_words(counts: TextCounts) -> FloatArray:
    """Unfamiliar words of two syllables or more, each spelling once."""
    return counts.n_difficult.astype(np.float64)


@_needs_words
def lexicon_count(counts: TextCounts) -> FloatArray:
    """Words."""
    return counts.n_words.astype(np.float64)


@_needs_words
def sentence_count(counts: TextCounts) -> FloatArray:
    """Sentences."""
    return counts.n_sentences.astype(np.float64)


@_needs_words
def syllable_count(counts: TextCounts) -> FloatArray:
    """Syllables."""
    return counts.n_syllables.astype(np.float64)


@_needs_words
def words_per_sentence(counts: TextCounts) -> FloatArray:
    """Words by sentences."""
    return counts.n_words / counts.n_sentences


# In the order of the codebook.
FIGURES: Mapping[str, Figure] = {
    figure.__name__: figure
    for figure in (
        flesch_reading_ease,
        flesch_kincaid_grade,
        gunning_fog,
        smog_index,
        automated_readability_index,
        coleman_liau_index,
        dale_chall_readability_score,
        difficult_words,
        lexicon_count,
        sentence_count,
        syllable_count,
        words_per_sentence,
    )
}


def score_texts(texts: Sequence[str]) -> dict[str, FloatArray]:
    """textstat's figures of plain texts by name, each of shape (n_texts,); NaN for a text without words.

    >>> score_texts(["The cat sat on the mat."])["flesch_reading_ease"].round(2).tolist()
    [116.15]
    """
    vocabulary = HashedVocabulary()
    begins = range(0, len(texts), _BATCH)
    counts = [_count_strings(texts[begin : begin + _BATCH], vocabulary) for begin in begins]
    return {
        name: np.concatenate([np.zeros(0), *(figure(part) for part in counts)])
        for name, figure in FIGURES.items()
    }


def mean_of(figure: Figure) -> Callable[[Corpus], Counted]:
    """The figure of each article's kept text, in fixed point; an article without words has none."""

    def count(corpus: Corpus) -> Counted:
        counts = corpus.once(_count_kept)
        has_words = counts.n_words > 0
        figures = figure(counts)
        total = np.rint(np.where(has_words, figures, 0.0) * FIXED_POINT)
        return Counted(total.astype(np.int64), has_words.astype(np.int64), Hits.none(), exact=figures)

    return count


def _count_kept(corpus: Corpus) -> TextCounts:
    pieces = corpus.tokens.pieces.uncut()
    return count_texts(pieces.row, pieces.vocabulary.table(describe), pieces.article_first)


def _count_strings(texts: Sequence[str], vocabulary: HashedVocabulary) -> TextCounts:
    pieces = vocabulary.pieces_of(texts)
    return count_texts(pieces.row, vocabulary.table(describe), pieces.first)
