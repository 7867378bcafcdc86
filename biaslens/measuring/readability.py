"""Readability: the figures that need no syllables, by textstat's definitions and to its digits.

textstat itself is not imported here: importing it takes longer than a whole comparison of a few articles, and
its later releases download a dictionary. The tests hold every figure against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from biaslens.codebook import FIXED_POINT, Corpus
from biaslens.hits import Counted, Hits

_LONE_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
_NO_WORD = re.compile(r"[^\w\s']")
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
# textstat does not count a sentence of two words or fewer.
_MIN_SENTENCE_WORDS = 3


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What the figures are made of, as textstat 0.7.13 counts it.

    words       pieces between blanks once punctuation is gone
    pieces      pieces between blanks, punctuation included
    sentences   at least 1 where there is any character
    characters  all that is not white space
    letters     of these, letters, digits and underscores
    """

    words: int
    pieces: int
    sentences: int
    characters: int
    letters: int


def count_text(text: str) -> TextCounts:
    """The counts of one text.

    >>> count_text("He didn't go. She left early - at 9.")
    TextCounts(words=8, pieces=9, sentences=2, characters=28, letters=24)
    """
    dense = "".join(text.split())
    sentences = [len(_words(sentence)) for sentence in _SENTENCE.findall(text)]
    n_sentences = max(1, sum(n >= _MIN_SENTENCE_WORDS for n in sentences)) if text else 0
    return TextCounts(
        words=len(_words(text)),
        pieces=len(text.split()),
        sentences=n_sentences,
        characters=len(dense),
        letters=len(re.sub(r"[^\w\s]", "", dense)),
    )


def _words(text: str) -> list[str]:
    return _NO_WORD.sub("", _LONE_APOSTROPHE.sub("", text)).split()


def automated_readability_index(counts: TextCounts) -> float:
    """4.71 characters/words + 0.5 words/sentences - 21.43 (Smith & Senter 1967)."""
    return 4.71 * (counts.characters / counts.pieces) + 0.5 * (counts.words / counts.sentences) - 21.43


def coleman_liau_index(counts: TextCounts) -> float:
    """5.8 letters/words - 29.6 sentences/words - 15.8 (Coleman & Liau 1975)."""
    letters, sentences = counts.letters / counts.words * 100, counts.sentences / counts.words * 100
    return 0.058 * letters - 0.296 * sentences - 15.8


def words_per_sentence(counts: TextCounts) -> float:
    """Words by sentences."""
    return counts.words / counts.sentences


def lexicon_count(counts: TextCounts) -> float:
    """Words."""
    return counts.words


def sentence_count(counts: TextCounts) -> float:
    """Sentences."""
    return counts.sentences


def mean_of(figure: Callable[[TextCounts], float]) -> Callable[[Corpus], Counted]:
    """The figure of each article's kept text, in fixed point; an article without words has none."""

    def count(corpus: Corpus) -> Counted:
        counts = [count_text(text) for text in _kept_texts(corpus)]
        has_words = np.array([c.words > 0 for c in counts], dtype=np.int64)
        total = [round(figure(c) * FIXED_POINT) if c.words > 0 else 0 for c in counts]
        return Counted(np.array(total, dtype=np.int64), has_words, Hits.none())

    return count


def _kept_texts(corpus: Corpus) -> list[str]:
    lines: list[list[str]] = [[] for _ in corpus.texts]
    for row, line in zip(corpus.kept.article.tolist(), corpus.kept.slices(corpus.texts), strict=True):
        lines[row].append(line)
    return ["\n".join(kept) for kept in lines]
