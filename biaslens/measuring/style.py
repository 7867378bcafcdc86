"""Style: vocabulary diversity, sentence length, function words, on the outlet's own words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.codebook import FIXED_POINT, Corpus
from biaslens.hits import Counted, Hits
from biaslens.measuring.function_profile import function_word_places
from biaslens.spans import FloatArray, IntArray, Spans

# Covington & McFall 2010 leave the window open; 50 is short enough for news briefs.
MATTR_WINDOW = 50
# McCarthy & Jarvis 2010: the type-token ratio that ends a run, and the length below which MTLD is unstable.
MTLD_RATIO, MTLD_MIN_WORDS = 0.72, 100
# Most runs of news are shorter.
_RUN_WORDS = 128
# From so many articles on, reading a run of each at once is faster than reading them one by one.
_FEW = 12


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words outside quotation marks of all articles, in reading order.

    first      shape (n_articles + 1,): first word of each article, then n_words
    previous   shape (n_words,): the same word's previous place in the article, -1 where it is new
    """

    first: IntArray
    previous: IntArray

    def backwards(self) -> OwnWords:
        """The same words read from the last to the first."""
        n_words = len(self.previous)
        following = np.full(n_words, n_words)
        seen_before = np.flatnonzero(self.previous >= 0)
        following[self.previous[seen_before]] = seen_before
        return OwnWords(n_words - self.first[::-1], (n_words - 1 - following)[::-1])


def own_words(corpus: Corpus) -> OwnWords:
    """Where each word outside quotation marks stood before."""
    tokens = corpus.tokens
    chosen = np.flatnonzero(tokens.is_word & corpus.is_unquoted)
    first = np.searchsorted(chosen, tokens.article_first)
    word = tokens.article[chosen] * len(tokens.vocabulary) + tokens.type[chosen]
    return OwnWords(first.astype(np.int64), previous_places(word))


def previous_places(word: IntArray) -> IntArray:
    """The place before each place that holds the same number, -1 where there is none; shape (n_words,).

    >>> previous_places(np.array([7, 8, 7, 7]))
    array([-1, -1,  0,  2])
    """
    n_words = len(word)
    # Sorted with their places, equal words stand side by side in reading order.
    ordered, place = np.divmod(np.sort(word * n_words + np.arange(n_words)), max(1, n_words))
    same = ordered[1:] == ordered[:-1]
    previous = np.full(n_words, -1)
    previous[place[1:][same]] = place[:-1][same]
    return previous


def mattr(corpus: Corpus) -> Counted:
    """Distinct words in every window of 50 own-voice words, over the words in these windows."""
    words = corpus.once(own_words)
    n_windows = np.maximum(0, np.diff(words.first) - MATTR_WINDOW + 1)
    total = distinct_in_windows(words, MATTR_WINDOW)
    return Counted(total, n_windows * MATTR_WINDOW, Hits.none())


def distinct_in_windows(words: OwnWords, window: int) -> IntArray:
    """The number of distinct words in each window of so many words, summed over each article's windows.

    A word is new to the windows that start after its previous occurrence; so each word adds the number of
    windows that hold it but not that occurrence. Shape (n_articles,).

    >>> one = OwnWords(np.array([0, 4]), previous_places(np.array([7, 8, 7, 9])))
    >>> distinct_in_windows(one, 3)  # 7 8 7, then 8 7 9
    array([5])
    """
    n_words = np.diff(words.first)
    place = np.arange(len(words.previous))
    start = np.repeat(words.first[:-1], n_words)
    last_start = np.repeat(words.first[1:], n_words) - window
    first_window = np.maximum(np.maximum(words.previous + 1, place - window + 1), start)
    n_new = np.maximum(0, np.minimum(place, last_start) - first_window + 1)
    before = np.append(0, np.cumsum(n_new))
    return np.asarray(before[words.first[1:]] - before[words.first[:-1]])


def mtld(corpus: Corpus) -> Counted:
    """Mean length of runs that keep a type-token ratio of 0.72, forward and backward averaged."""
    words = corpus.once(own_words)
    is_long = np.diff(words.first) >= MTLD_MIN_WORDS
    forward, backward = run_lengths(words), run_lengths(words.backwards())[::-1]
    length = np.where(is_long, (forward + backward) / 2, np.nan)
    total = np.rint(np.where(is_long, length, 0.0) * FIXED_POINT).astype(np.int64)
    return Counted(total, is_long.astype(np.int64), Hits.none(), exact=length)


def run_lengths(words: OwnWords) -> FloatArray:
    """Words by the number of runs that keep the ratio, each article read forward; shape (n_articles,).

    The last, unfinished run counts in part. All articles are read at once, one run of each at a time, until
    few are left; those are read word by word.
    """
    start, end = words.first[:-1].copy(), words.first[1:]
    runs = np.zeros(len(start))
    active = np.flatnonzero(start < end)
    while len(active) > _FEW:
        run = _next_run(words.previous, start[active], end[active], _RUN_WORDS)
        runs[active] += run.share
        start[active] += run.n_words
        active = active[start[active] < end[active]]
    for article in active.tolist():
        runs[article] = _runs_from(words.previous, int(start[article]), int(end[article]), runs[article])
    n_words = np.diff(words.first)
    # Not one word repeated: the whole text is one unfinished run.
    return np.divide(n_words, runs, out=n_words.astype(np.float64), where=runs > 0)


@dataclass(frozen=True, slots=True)
class _Run:
    """The next run of each article: its words, and 1, or less where the article ends before the run does."""

    n_words: IntArray
    share: FloatArray


def _next_run(previous: IntArray, start: IntArray, end: IntArray, reach: int) -> _Run:
    """The run that begins at each start; ``reach`` is how many words ahead are looked at first."""
    place = np.minimum(start[:, None] + np.arange(reach), end[:, None] - 1)
    # A word is new to the run if it last stood before the run; beyond the end, nothing is new.
    ahead = np.minimum(end - start, reach)
    inside = np.arange(reach) < ahead[:, None]
    n_distinct = np.cumsum((previous[place] < start[:, None]) & inside, axis=1, dtype=np.int32)
    stops = (n_distinct < _distinct_needed(reach)) & inside
    is_over = stops.any(axis=1)
    n_words = np.where(is_over, stops.argmax(axis=1) + 1, ahead)
    ratio = n_distinct[np.arange(len(start)), n_words - 1] / n_words
    unfinished = (1 - ratio) / (1 - MTLD_RATIO)
    share = np.where(is_over, 1.0, unfinished)
    longer = np.flatnonzero(~is_over & (end - start > reach))
    if len(longer):
        run = _next_run(previous, start[longer], end[longer], 4 * reach)
        n_words[longer], share[longer] = run.n_words, run.share
    return _Run(n_words, share)


def _distinct_needed(reach: int) -> npt.NDArray[np.int32]:
    """The fewest distinct words that keep the ratio among 1, 2, ... words, shape (reach,)."""
    n_words = np.arange(1, reach + 1)
    needed = np.ceil(MTLD_RATIO * n_words)
    # The ratio itself decides where a product is rounded to the other side of a whole number.
    needed -= (needed - 1) / n_words >= MTLD_RATIO
    needed += needed / n_words < MTLD_RATIO
    return np.asarray(needed, dtype=np.int32)


def _runs_from(previous: IntArray, start: int, end: int, runs: float) -> float:
    """The runs of one article from some word on, added to those before."""
    n_distinct = length = 0
    for place, before in enumerate(previous[start:end].tolist(), start):
        length += 1
        n_distinct += before < start
        if n_distinct / length < MTLD_RATIO:
            runs, start, n_distinct, length = runs + 1, place + 1, 0, 0
    return runs + (1 - n_distinct / length) / (1 - MTLD_RATIO) if length else runs


def sentence_length(corpus: Corpus) -> Counted:
    """Words by sentences, over the sentences that hold a word; each adds its words."""
    tokens = corpus.tokens
    n_words = np.bincount(tokens.sentence[tokens.is_word], minlength=tokens.n_sentences)
    rows = np.flatnonzero(n_words)
    article = tokens.sentence_article[rows]
    first, last = tokens.sentence_first[rows], tokens.sentence_first[rows + 1] - 1
    hits = Hits(
        spans=Spans(article, tokens.start[first], tokens.end[last]),
        category=("",) * len(rows),
        weight=n_words[rows].astype(np.int64),
    )
    return Counted.from_hits(hits, np.bincount(article, minlength=tokens.n_articles))


def function_word_share(corpus: Corpus) -> Counted:
    """Function words by words, outside quotation marks; those in names ("The Guardian") are left out."""
    tokens, place = corpus.tokens, corpus.once(function_word_places)
    hits = Hits(
        spans=Spans(tokens.article[place], tokens.start[place], tokens.end[place]),
        category=("",) * len(place),
        weight=np.ones(len(place), dtype=np.int64),
    )
    return Counted.from_hits(hits, corpus.unquoted_words)
