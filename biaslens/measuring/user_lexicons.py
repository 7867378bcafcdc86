"""Lexicons of the user: one measure for each category."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from biaslens.codebook import FIXED_POINT, Corpus, Measure
from biaslens.hits import Counted, Hits
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans
from biaslens.user_lexicons import UserLexicon
from biaslens.vocabulary import Derive


def measures_of(lexicon: UserLexicon) -> tuple[Measure, ...]:
    """One measure per category: ``<lexicon>_<category>_rate``, or ``_mean`` where weights are no counts.

    >>> from biaslens.user_lexicons import read_lexicon
    >>> [measure.name for measure in measures_of(read_lexicon({"fear": ["panic"]}, name="moods"))]
    ['moods_fear_rate']
    """
    return tuple(_measure(lexicon, code) for code in range(len(lexicon.categories)))


def _measure(lexicon: UserLexicon, code: int) -> Measure:
    is_rate = lexicon.kind == "rate"
    category = lexicon.categories[code]
    of_what = f"terms of {category!r} in" if category else "terms of"
    parts = (lexicon.name, re.sub(r"\W+", "_", category.casefold()).strip("_"), lexicon.kind)
    rate = f"1000 x sum of the weights of {of_what} {lexicon.name!r} / words outside quotation marks"
    mean = f"mean weight of {of_what} {lexicon.name!r}, over its terms outside quotation marks"
    return Measure(
        name="_".join(filter(None, parts)),
        family="user",
        unit="per 1,000 own words" if is_rate else "mean weight",
        low=0 if is_rate else None,
        high=None,
        kind="rate" if is_rate else "mean",
        scale=1000.0 if is_rate else 1 / FIXED_POINT,
        voice="own",
        formula=rate if is_rate else mean,
        citation=f"your lexicon {lexicon.name!r}, checksum {lexicon.checksum[:12]}",
        caveat="Words of your list: whether they mean there what the list takes them for is yours to check.",
        tested_on="",
        figure="Yours to validate: code a sample of .evidence() by hand.",
        misses="What the list does not hold, and other senses of what it holds.",
        count=partial(_count, lexicon=lexicon, code=code),
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """Terms of a lexicon outside quotation marks, one per row: tokens first to last - 1, row of the term."""

    first: IntArray
    last: IntArray
    row: IntArray


def _count(corpus: Corpus, lexicon: UserLexicon, code: int) -> Counted:
    found = corpus.once(_finder(lexicon))
    entries = np.flatnonzero(lexicon.entry_category == code)
    weight_of = np.full(len(lexicon), np.nan)
    weight_of[lexicon.entry_term[entries]] = lexicon.entry_weight[entries]
    weight = weight_of[found.row]
    chosen = np.isfinite(weight)
    tokens, unit = corpus.tokens, 1 if lexicon.kind == "rate" else FIXED_POINT
    first, last = found.first[chosen], found.last[chosen]
    hits = Hits(
        spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last - 1]),
        category=(lexicon.categories[code],) * len(first),
        weight=np.round(weight[chosen] * unit).astype(np.int64),
    )
    n_listed = np.bincount(tokens.article[first], minlength=len(corpus.texts))
    return Counted.from_hits(hits, corpus.unquoted_words if lexicon.kind == "rate" else n_listed)


@lru_cache(maxsize=64)
def _finder(lexicon: UserLexicon) -> Callable[[Corpus], _Found]:
    """Finds the terms; one object per lexicon, so that all its categories share one search."""
    stem_rows = _stem_rows(lexicon.stems)

    def find(corpus: Corpus) -> _Found:
        tokens = corpus.tokens
        exact = find_terms(tokens, lexicon.exact)
        taken = np.zeros(len(tokens), dtype=bool)
        for start, end in zip(exact.first.tolist(), exact.last.tolist(), strict=True):
            taken[start:end] = True
        row = tokens.look_up(stem_rows)
        stemmed = np.flatnonzero((row >= 0) & ~taken & tokens.is_word)
        first = np.concatenate([exact.first, stemmed])
        last = np.concatenate([exact.last, stemmed + 1])
        order = np.argsort(first, kind="stable")
        order = order[corpus.is_unquoted[first[order]] & corpus.is_unquoted[last[order] - 1]]
        return _Found(first[order], last[order], np.concatenate([exact.row, row[stemmed]])[order])

    return find


def _stem_rows(stems: Mapping[str, int]) -> Derive:
    """For Vocabulary.table: row of the longest stem that each form begins with, -1 for none."""
    sizes = sorted({len(stem) for stem in stems}, reverse=True)

    def derive(forms: Sequence[str]) -> IntArray:
        found = (next((stems[form[:n]] for n in sizes if form[:n] in stems), -1) for form in forms)
        return np.array(list(found), dtype=np.int64)

    return derive
