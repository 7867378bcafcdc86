"""Function words one by one: how often each article uses each, which style distances are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.codebook import Corpus
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray
from biaslens.vocabulary import Derive


@dataclass(frozen=True, slots=True)
class FunctionWordCounts:
    """How often each article uses each function word outside quotation marks, one row per article and word.

    article  row of the article, ascending
    word     row in ``function_words``, ascending within the article
    count    uses, 1 or more; no combination stands twice
    """

    article: IntArray
    word: IntArray
    count: IntArray


@cache
def function_words(language: str = "en") -> tuple[str, ...]:
    """The function words that are counted, in alphabetical order.

    >>> function_words()[:3]
    ('a', 'about', 'above')
    """
    forms = load_lexicon("function_words", language).forms
    return tuple(sorted(words[0] for words in forms if len(words) == 1))


def count_function_words(corpus: Corpus) -> FunctionWordCounts:
    """Uses of each function word per article, outside quotation marks; parts can be joined.

    Letters count without case and apostrophes are straight, so typography makes no difference. A word with a
    capital that its place does not call for ("The Guardian", "the WHO", "last May") is part of a name and
    left out: the outlet's own name, above all, must not tell its style.
    """
    tokens = corpus.tokens
    place = corpus.once(function_word_places)
    n_words = len(function_words(corpus.language))
    word = tokens.vocabulary.table(_code_of(corpus.language))[tokens.type[place]]
    uses, count = np.unique(tokens.article[place] * n_words + word, return_counts=True)
    article, word = np.divmod(uses, n_words)
    return FunctionWordCounts(article, word, count.astype(np.int64))


def function_word_places(corpus: Corpus) -> IntArray:
    """The tokens that are function words outside quotation marks and no part of a name."""
    tokens = corpus.tokens
    known = tokens.look_up(_code_of(corpus.language)) != _OTHER
    by_nature = tokens.look_up(_always_capital)
    in_name = tokens.is_capital & ~tokens.opens & ~by_nature
    return np.flatnonzero(known & corpus.is_unquoted & ~in_name)


_OTHER = -1


@cache
def _code_of(language: str) -> Derive:
    """For Vocabulary.table: the row of each form in ``function_words``, -1 for any other form."""
    row = {word: code for code, word in enumerate(function_words(language))}

    def derive(forms: Sequence[str]) -> IntArray:
        return np.array([row.get(form, _OTHER) for form in forms], dtype=np.int64)

    return derive


def _always_capital(forms: Sequence[str]) -> npt.NDArray[np.bool_]:
    """For Vocabulary.table: whether a form is "I" or begins with it ("I've")."""
    return np.array([form.partition("'")[0] == "i" for form in forms], dtype=bool)
