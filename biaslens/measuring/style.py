"""Style: vocabulary diversity, sentence length, function words, on the outlet's own words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biaslens.codebook import FIXED_POINT, Corpus
from biaslens.hits import Counted, Hits
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray

# Covington & McFall 2010 leave the window open; 50 is short enough for news briefs.
MATTR_WINDOW = 50
# McCarthy & Jarvis 2010: the type-token ratio that ends a run, and the length below which MTLD is unstable.
MTLD_RATIO, MTLD_MIN_WORDS = 0.72, 100


def mattr(corpus: Corpus) -> Counted:
    """Distinct words in every window of 50 own-voice words, over the words in these windows."""
    total = np.zeros(len(corpus.texts), dtype=np.int64)
    exposure = np.zeros(len(corpus.texts), dtype=np.int64)
    for row, words in enumerate(_own_words(corpus)):
        if len(words) >= MATTR_WINDOW:
            total[row] = distinct_in_windows(words, MATTR_WINDOW)
            exposure[row] = (len(words) - MATTR_WINDOW + 1) * MATTR_WINDOW
    return Counted(total, exposure, Hits.none())


def distinct_in_windows(words: npt.NDArray[np.int32], window: int) -> int:
    """The number of distinct words in each window of so many words, summed over all windows.

    A word is new to the windows that start after its previous occurrence; so each word adds the number of
    windows that hold it but not that occurrence.

    >>> distinct_in_windows(np.array([7, 8, 7, 9]), 3)  # 7 8 7, then 8 7 9
    5
    """
    n = len(words)
    order = np.argsort(words, kind="stable")
    previous = np.full(n, -1)
    same = words[order][1:] == words[order][:-1]
    previous[order[1:][same]] = order[:-1][same]
    place = np.arange(n)
    first_window = np.maximum(previous + 1, place - window + 1)
    last_window = np.minimum(place, n - window)
    return int(np.maximum(0, last_window - np.maximum(first_window, 0) + 1).sum())


def mtld(corpus: Corpus) -> Counted:
    """Mean length of runs that keep a type-token ratio of 0.72, forward and backward averaged."""
    total = np.zeros(len(corpus.texts), dtype=np.int64)
    exposure = np.zeros(len(corpus.texts), dtype=np.int64)
    for row, words in enumerate(_own_words(corpus)):
        if len(words) >= MTLD_MIN_WORDS:
            listed = words.tolist()
            length = (_run_length(listed) + _run_length(listed[::-1])) / 2
            total[row], exposure[row] = round(length * FIXED_POINT), 1
    return Counted(total, exposure, Hits.none())


def _run_length(words: list[int]) -> float:
    """Words by the number of runs in one direction; the last, unfinished run counts in part."""
    runs, length = 0.0, 0
    seen: set[int] = set()
    for word in words:
        length += 1
        seen.add(word)
        if len(seen) / length < MTLD_RATIO:
            runs, length = runs + 1, 0
            seen.clear()
    if length:
        runs += (1 - len(seen) / length) / (1 - MTLD_RATIO)
    # Not one word repeated: the whole text is one unfinished run.
    return len(words) / runs if runs else float(len(words))


def sentence_length(corpus: Corpus) -> Counted:
    """Words by sentences, over the sentences that hold a word."""
    tokens = corpus.tokens
    has_word = np.zeros(tokens.n_sentences, dtype=bool)
    has_word[tokens.sentence[tokens.is_word]] = True
    n_sentences = np.bincount(tokens.sentence_article[has_word], minlength=tokens.n_articles)
    return Counted(tokens.n_words, n_sentences.astype(np.int64), Hits.none())


def function_word_share(corpus: Corpus) -> Counted:
    """Function words by words, outside quotation marks."""
    tokens = corpus.tokens
    closed = {words[0] for words in load_lexicon("function_words", corpus.language).forms if len(words) == 1}
    is_function = np.array([form in closed for form in tokens.types], dtype=bool)
    chosen = is_function[tokens.type] if len(tokens) else np.zeros(0, dtype=bool)
    return Counted(tokens.count_words(chosen & corpus.is_unquoted), corpus.unquoted_words, Hits.none())


def _own_words(corpus: Corpus) -> list[npt.NDArray[np.int32]]:
    """The types of each article's words outside quotation marks, in reading order."""
    tokens = corpus.tokens
    chosen = tokens.is_word & corpus.is_unquoted
    bounds: IntArray = np.r_[0, np.cumsum(tokens.count_words(corpus.is_unquoted))]
    words = tokens.type[chosen]
    return [words[a:b] for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
