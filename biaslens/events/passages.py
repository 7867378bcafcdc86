"""Passages: runs of words that stand in another outlet's article too, and where they likely come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from biaslens.events.origins import Origins
from biaslens.events.pairs import BATCH_MEETINGS, ranges
from biaslens.events.postings import Postings, run_bounds
from biaslens.events.shingles import SHINGLE_WORDS, Shingles
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, TokenTable

PassageRelation = Literal["copy", "partial", "original"]

# Of what two outlets share within a day, runs of 9 words are mostly chance, names and titles; each word more
# leaves two thirds of those, down to some 5 in 70 from 16 words on (allsides_10k, ukraine_2022: fewer).
MIN_PASSAGE_WORDS = 16
# Words that an editor may have changed inside a passage.
MAX_GAP_WORDS = 2
# Articles whose passages are looked for at a time: memory only.
BLOCK_ARTICLES = 50_000
# A source has at least this share of what the article that has most of the passage has.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Passages:
    """Runs of narration words that also stand in another outlet's article, in order of article, then place.

    article       int64, shape (n_passages,): row
    first_word    int64: number of its first word among the article's narration words
    n_words       int64, up to two edited words in a row inside it included
    source        int64: row of the article it most likely comes from, -1 where this article was first
    relation      "copy": the article as a whole copies the source; "partial": it shares passages with it;
                  "original": it was first
    shared_words  int64, shape (n_articles,): words of each article inside its passages
    """

    article: IntArray
    first_word: IntArray
    n_words: IntArray
    source: IntArray
    relation: tuple[PassageRelation, ...]
    shared_words: IntArray

    def __len__(self) -> int:
        return len(self.article)

    def take(self, rows: Sequence[int] | IntArray) -> Passages:
        """The passages of the articles in the given rows; ``article`` is a place among these rows, ``source``
        stays a row among all articles."""
        index = np.asarray(rows, dtype=np.int64)
        first, last = np.searchsorted(self.article, index), np.searchsorted(self.article, index, "right")
        chosen = ranges(first, last - first)
        return Passages(
            article=np.repeat(np.arange(len(index), dtype=np.int64), last - first),
            first_word=self.first_word[chosen],
            n_words=self.n_words[chosen],
            source=self.source[chosen],
            relation=tuple(self.relation[row] for row in chosen.tolist()),
            shared_words=self.shared_words[index],
        )


@dataclass(frozen=True, slots=True)
class Copied:
    """Articles that as a whole are copies: rows of the originals and of the copies, shape (n_pairs,)."""

    original: IntArray
    copy: IntArray


def find_passages(shingles: Shingles, postings: Postings, origins: Origins, copied: Copied) -> Passages:
    """The passages of 16 words and more that two outlets have, whoever had them first, with their sources.

    A stretch is a longest run of words in shingles that this article and one of another outlet have, with at
    most two other words in a row between them; a passage is what stretches that overlap cover together. Its
    source: of the earlier articles with at least half as much of it as any other outlet's has, one by an
    agency, else the first; see ``rank_origins``.
    """
    stretches = _find_stretches(postings, origins.outlet, shingles)
    passage, bounds = _overlapping(stretches)
    first, article = stretches.first_word[bounds[:-1]], stretches.article[bounds[:-1]]
    n_words = _ends(stretches.first_word + stretches.n_words, bounds) - first
    source = _sources(stretches, passage, article, origins)
    whole = np.isin(
        _pair_code(source, article, len(shingles)), _pair_code(copied.original, copied.copy, len(shingles))
    )
    relation = np.where(source < 0, "original", np.where(whole, "copy", "partial"))
    shared = np.bincount(article, weights=n_words, minlength=len(shingles)).astype(np.int64)
    return Passages(article, first, n_words, source, tuple(relation.tolist()), shared)


def passage_spans(passages: Passages, tokens: TokenTable, chosen: BoolArray) -> Spans:
    """Where the passages stand, in their order: from the first to the last word, quotations between included.

    passages  of the articles in ``tokens``, see ``Passages.take``
    chosen    the tokens that were shingled
    """
    words = np.flatnonzero(chosen & tokens.is_word)
    first = np.searchsorted(words, tokens.article_first)[passages.article] + passages.first_word
    last = first + passages.n_words - 1
    return Spans(passages.article, tokens.start[words[first]], tokens.end[words[last]])


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Runs of words that an article shares with one other, sorted by article, then first word.

    article, other       rows
    first_word, n_words  in the article's narration
    """

    article: IntArray
    other: IntArray
    first_word: IntArray
    n_words: IntArray


def _in_two_outlets(postings: Postings, outlet: IntArray) -> BoolArray:
    """Occurrences of shingles that articles of two outlets or more have."""
    if not len(postings):
        return np.zeros(0, dtype=bool)
    of_occurrence, starts = outlet.astype(np.int32)[postings.article], postings.first[:-1]
    several = np.minimum.reduceat(of_occurrence, starts) < np.maximum.reduceat(of_occurrence, starts)
    return np.repeat(several, np.diff(postings.first))


def _find_stretches(postings: Postings, outlet: IntArray, shingles: Shingles) -> _Stretches:
    """Every stretch that is long enough, sorted."""
    shared, firsts = _in_two_outlets(postings, outlet), postings.take(postings.is_new)
    parts = []
    for low in range(0, len(shingles), BLOCK_ARTICLES):
        inside = shared & (postings.article >= low) & (postings.article < low + BLOCK_ARTICLES)
        chosen = np.flatnonzero(inside)
        chosen = chosen[np.argsort(postings.place[chosen])]
        # What others have together bounds what any one of them has.
        chosen = chosen[_in_long_runs(postings.place[chosen], postings.article[chosen])]
        for batch in _batches(postings, chosen, firsts):
            pair, place = _meetings(postings, batch, firsts, outlet)
            parts.append(_stretches(pair, place, shingles))
    return _sorted(parts)


def _batches(postings: Postings, chosen: IntArray, firsts: Postings) -> Iterator[IntArray]:
    """Occurrences of some articles after the other, so that what they meet fits into one batch."""
    article = postings.article[chosen]
    shingle = _shingle_of(postings, chosen)
    met = np.cumsum(firsts.first[shingle + 1] - firsts.first[shingle]) // BATCH_MEETINGS
    bounds = run_bounds(article)
    # An article belongs where its first occurrence does.
    batch = np.repeat(met[bounds[:-1]], np.diff(bounds))
    yield from np.split(chosen, np.flatnonzero(np.diff(batch)) + 1)


def _shingle_of(postings: Postings, chosen: IntArray) -> IntArray:
    """Number of each occurrence's shingle."""
    # In ascending order they are found many times as fast: each search ends near the one before.
    order = np.argsort(chosen)
    shingle = np.empty_like(chosen)
    shingle[order] = np.searchsorted(postings.first, chosen[order], side="right") - 1
    return shingle


def _meetings(
    postings: Postings, chosen: IntArray, firsts: Postings, outlet: IntArray
) -> tuple[IntArray, IntArray]:
    """Each chosen occurrence with each article of another outlet that has its shingle: both as one number,
    and the place.

    firsts  the first occurrence of each shingle in each article: a phrase that an article repeats a thousand
            times is met once
    """
    shingle = _shingle_of(postings, chosen)
    sizes = firsts.first[shingle + 1] - firsts.first[shingle]
    other = firsts.article[ranges(firsts.first[shingle], sizes)]
    place, article = (np.repeat(column[chosen], sizes) for column in (postings.place, postings.article))
    apart = outlet[other] != outlet[article]
    pair = article[apart].astype(np.int64) * len(outlet) + other[apart]
    return pair, place[apart]


def _in_long_runs(place: IntArray, article: npt.NDArray[np.int32]) -> BoolArray:
    """Whether each shingle, in reading order, is in a run of enough words."""
    bounds = _run_bounds(place, article)
    n_words = place[bounds[1:] - 1] - place[bounds[:-1]] + SHINGLE_WORDS
    return np.repeat(n_words >= MIN_PASSAGE_WORDS, np.diff(bounds))


def _run_bounds(place: IntArray, group: npt.NDArray[np.integer]) -> IntArray:
    """Where each run of shingles begins, then how many shingles there are; runs lie within a group."""
    begins = np.ones(len(place), dtype=bool)
    begins[1:] = (np.diff(place) > SHINGLE_WORDS + MAX_GAP_WORDS) | (group[1:] != group[:-1])
    return np.append(np.flatnonzero(begins), len(place))


def _stretches(pair: IntArray, place: IntArray, shingles: Shingles) -> _Stretches:
    """Long enough runs of each pair's shingles; the places of a pair are ascending."""
    order = np.argsort(pair, kind="stable")
    pair, place = pair[order], place[order]
    bounds = _run_bounds(place, pair)
    first, last = place[bounds[:-1]], place[bounds[1:] - 1]
    kept = last - first + SHINGLE_WORDS >= MIN_PASSAGE_WORDS
    article, other = np.divmod(pair[bounds[:-1]][kept], max(1, len(shingles)))
    n_words = (last - first + SHINGLE_WORDS)[kept]
    return _Stretches(article, other, first[kept] - shingles.first[article], n_words)


def _sorted(parts: Sequence[_Stretches]) -> _Stretches:
    nothing = np.zeros(0, dtype=np.int64)
    article = np.concatenate([nothing, *(part.article for part in parts)])
    other = np.concatenate([nothing, *(part.other for part in parts)])
    first = np.concatenate([nothing, *(part.first_word for part in parts)])
    n_words = np.concatenate([nothing, *(part.n_words for part in parts)])
    order = np.lexsort((first, article))
    return _Stretches(article[order], other[order], first[order], n_words[order])


def _overlapping(stretches: _Stretches) -> tuple[IntArray, IntArray]:
    """Row of each stretch's passage, and where each passage's stretches begin, then how many there are."""
    # One axis for all articles; no narration has so many words.
    start = (stretches.article << 32) + stretches.first_word
    reached = np.maximum.accumulate(start + stretches.n_words)
    begins = np.ones(len(start), dtype=bool)
    begins[1:] = start[1:] >= reached[:-1]
    return np.cumsum(begins, dtype=np.int64) - 1, np.append(np.flatnonzero(begins), len(start))


def _ends(end: IntArray, bounds: IntArray) -> IntArray:
    return np.maximum.reduceat(end, bounds[:-1]) if len(end) else end


def _sources(stretches: _Stretches, passage: IntArray, article: IntArray, origins: Origins) -> IntArray:
    """Row of the article that each passage comes from, -1 where its own was first."""
    source = np.full(len(article), -1, dtype=np.int64)
    if not len(passage):
        return source
    n_articles = len(origins.rank)
    code, row = np.unique(passage * n_articles + stretches.other, return_inverse=True)
    n_shared = np.bincount(row, weights=stretches.n_words)
    of, candidate = np.divmod(code, n_articles)
    most = np.maximum.reduceat(n_shared, run_bounds(of)[:-1])
    earlier = origins.rank[candidate] < origins.rank[article[of]]
    found = np.flatnonzero(earlier & (n_shared >= _MOST * most[of]))
    of, candidate = of[found], candidate[found]
    order = np.lexsort((origins.rank[candidate], ~origins.is_wire[candidate], of))
    first = order[run_bounds(of[order])[:-1]]
    source[of[first]] = candidate[first]
    return source


def _pair_code(a: IntArray, b: IntArray, n_articles: int) -> IntArray:
    return np.where(a < 0, -1, a * n_articles + b)
