"""Measure: one row of the codebook, with the function that counts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

import numpy as np

from biaslens.attributions import OWN, QUOTED, Voices
from biaslens.hits import Counted
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, TokenTable

# How a measure is compared: a rate of countable things, a share of a whole, or a mean of article values.
MeasureKind = Literal["rate", "share", "mean"]

_Shared = TypeVar("_Shared")

# Means are kept as integers in millionths, so that sums do not depend on the order of addition.
FIXED_POINT = 1_000_000


@dataclass(frozen=True)
class Corpus:
    """Some articles, tokenised once, with the voice of every token: all that a measure may look at.

    texts     the articles' texts that all positions refer to
    kept      their body text, line by line
    tokens    the kept text as tokens
    voices    attributions, and the voice of each token
    language  two-letter code of the word lists to use
    """

    texts: tuple[str, ...]
    kept: Spans
    tokens: TokenTable
    voices: Voices
    language: str

    @cached_property
    def is_unquoted(self) -> BoolArray:
        """Tokens outside quotation marks, shape (n_tokens,): the outlet's own voice and what it reports."""
        return np.asarray(self.voices.voice != QUOTED)

    @cached_property
    def is_narration(self) -> BoolArray:
        """Words outside quotation marks, shape (n_tokens,): what one outlet can copy from another."""
        return self.tokens.is_word & self.is_unquoted

    @cached_property
    def is_own(self) -> BoolArray:
        """Tokens neither quoted nor reported, shape (n_tokens,): the outlet speaking for itself."""
        return np.asarray(self.voices.voice == OWN)

    @cached_property
    def unquoted_words(self) -> IntArray:
        """Words outside quotation marks, per article: the base of rates, shape (n_articles,)."""
        return self.tokens.count_words(self.is_unquoted)

    @cached_property
    def own_words(self) -> IntArray:
        """Words neither quoted nor reported, per article, shape (n_articles,)."""
        return self.tokens.count_words(self.is_own)

    @cached_property
    def _shared(self) -> dict[Callable[[Corpus], Any], Any]:
        return {}

    def once(self, compute: Callable[[Corpus], _Shared]) -> _Shared:
        """What a function makes of this corpus, computed once for all the measures that ask for it."""
        if compute not in self._shared:
            self._shared[compute] = compute(self)
        shared: _Shared = self._shared[compute]
        return shared


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is, how it is counted, what it can and cannot tell.

    name        the name that other code relies on
    family      lexical, sentiment, sourcing, agency, naming, coverage, war and peace, style, readability,
                user
    unit        unit of the value
    low, high   range of the value; None for no bound
    kind        how it is compared between outlets
    scale       value = scale * total / exposure
    voice       "own" where only the outlet's own voice is counted, else "all"
    formula     in words and symbols
    citation    where the formula comes from
    caveat      what must be printed beside the number
    tested_on   data with the answers of others that it was held against, "" for none
    figure      what came out
    misses      what it does not see, or takes for something else
    count       the function that counts it in an article by itself; None where none can
    missing     why it has no value, "" where it has one
    in_comparison
                True where it is counted once all articles of a comparison are known
    """

    name: str
    family: str
    unit: str
    low: float | None
    high: float | None
    kind: MeasureKind
    scale: float
    voice: Literal["own", "all"]
    formula: str
    citation: str
    caveat: str
    tested_on: str
    figure: str
    misses: str
    count: Callable[[Corpus], Counted] | None
    missing: str = ""
    in_comparison: bool = False

    @property
    def validated(self) -> str:
        """What it was tested on, and with what figure."""
        return f"{self.tested_on}: {self.figure}" if self.tested_on else self.figure

    @property
    def available(self) -> bool:
        """Whether this version counts it at all."""
        return self.count is not None or self.in_comparison
