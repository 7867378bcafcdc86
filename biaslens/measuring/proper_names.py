"""Proper names: what a run of capitalised words names, apart from its titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.codebook import Corpus
from biaslens.measuring.name_kinds import (
    BODY,
    DOT,
    EPITHET,
    GIVEN,
    HONORIFIC,
    LABEL,
    NATIONALITY,
    ORGANISATION,
    POSSESSIVE,
    ROLE,
)
from biaslens.measuring.name_runs import NameRuns, find_name_runs
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

_TITLE = HONORIFIC | ROLE


@dataclass(frozen=True, slots=True)
class ProperNames:
    """The proper name in each run, its titles left aside.

    begin        shape (n_names,): first token of the run
    first, last  shape (n_names,): tokens of the name, last excluded
    n_words      words in it
    is_titled    bool: a title or role stands in the same run before it
    modifies     bool: a role or body follows: "the Trump administration" is no mention of Trump
    """

    begin: IntArray
    first: IntArray
    last: IntArray
    n_words: IntArray
    is_titled: BoolArray
    modifies: BoolArray

    def take(self, rows: IntArray) -> ProperNames:
        return ProperNames(
            self.begin[rows],
            self.first[rows],
            self.last[rows],
            self.n_words[rows],
            self.is_titled[rows],
            self.modifies[rows],
        )


def find_proper_names(corpus: Corpus) -> ProperNames:
    """The proper name in every run: what stands behind the last title, nationality or epithet, else from the
    first given name on ("Downing Street Boris Johnson")."""
    runs = corpus.once(find_name_runs)
    kinds, index = runs.kinds, np.arange(len(runs.kinds))
    is_title = (kinds & _TITLE != 0) & runs.is_name
    # In "Martin Luther King" the last word is a family name.
    is_title[1:] &= ~((kinds[:-1] & GIVEN != 0) & runs.is_name[:-1])
    title = np.maximum.accumulate(np.where(is_title, index, -1))[runs.last - 1]
    is_titled = title >= runs.first
    first = np.where(is_titled, title + 1, runs.first)
    first += is_titled & (first < runs.last) & runs.has(first, DOT)
    for _ in range(2):
        first += (first < runs.last - 1) & runs.has(first, NATIONALITY | EPITHET | LABEL)
    given = np.where((kinds & GIVEN != 0) & runs.is_name, index, len(index))
    next_given = np.append(np.minimum.accumulate(given[::-1])[::-1], len(index))[first]
    first = np.where(~is_titled & (next_given < runs.last - 1), next_given, first)
    n_words = runs.last - first - runs.n_of(DOT, first, runs.last)
    names = ProperNames(runs.first, first, runs.last, n_words, is_titled, _modifies(corpus, runs))
    return names.take(np.flatnonzero(n_words > 0))


def _modifies(corpus: Corpus, runs: NameRuns) -> BoolArray:
    """Whether each run, without a possessive ending, stands right before a role or body in small letters."""
    after = np.minimum(runs.last, len(runs.kinds) - 1)
    inside = (runs.last < len(runs.kinds)) & ~runs.begins[after] & corpus.is_unquoted[after]
    small = inside & ~corpus.tokens.is_capital[after] & ~runs.has(runs.last - 1, POSSESSIVE)
    return np.asarray(small & runs.has(runs.last, ROLE | LABEL | BODY | ORGANISATION))
