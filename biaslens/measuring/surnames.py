"""Surnames: which names of one article share a family name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.measuring.name_kinds import DOT, FAMILY, SUFFIX
from biaslens.measuring.name_runs import ARTICLE_FACTOR, NameRuns, word_keys
from biaslens.spans import IntArray
from biaslens.tokens import TokenTable


@dataclass(frozen=True, slots=True)
class Keys:
    """Numbers that are equal where names of one article are, shape (n_names,) each.

    surname  the last word alone, without "Jr", "al-" and possessive endings; the first one of "Xi Jinping"
    full     first and last word
    """

    surname: IntArray
    full: IntArray


def surname_keys(tokens: TokenTable, runs: NameRuns, first: IntArray, last: IntArray) -> Keys:
    """The keys of the names that stand at some tokens, last excluded."""
    final = last - 1
    for _ in range(2):
        final = final - ((final > first) & runs.has(final, SUFFIX | DOT))
    end = final
    # Xi Jinping is Mr. Xi.
    final = np.where(runs.has(first, FAMILY) & (final > first), first, final)
    word = tokens.vocabulary.table(word_keys)
    article = tokens.article[first] * ARTICLE_FACTOR
    surname = word[tokens.type[final]] ^ article
    return Keys(surname, word[tokens.type[end]] ^ (word[tokens.type[first]] >> 1) ^ article)


def main_bearers(keys: Keys, full: IntArray, titled: IntArray) -> IntArray:
    """For each name the row of the person whom its last word alone means, -1 for nobody.

    full    rows of names in full, ascending
    titled  rows of last words with a title, ascending

    That is the person most often named in full by it, of equals the first. Where a title introduces the last
    word before anybody is named in full by it ("President Trump", and then "Melania Trump"), it is a person
    by itself.

    >>> surname, whole = np.array([7, 7, 7, 7, 8]), np.array([71, 72, 72, 0, 0])
    >>> main_bearers(Keys(surname, whole), np.array([0, 1, 2]), np.array([3])).tolist()
    [1, 1, 1, 1, -1]
    """
    _, code = np.unique(keys.surname, return_inverse=True)
    code, none = code.reshape(-1), len(keys.surname)
    bearer = np.full(none, none)
    whole, first, count = np.unique(
        np.stack([code[full], keys.full[full]], axis=1), axis=0, return_index=True, return_counts=True
    )
    order = np.lexsort((first, -count, whole[:, 0]))
    _, leading = np.unique(whole[order, 0], return_index=True)
    bearer[whole[order[leading], 0]] = full[first[order[leading]]]
    introduced = _first_of(code, titled, none) < _first_of(code, full, none)
    bearer = np.where(introduced, _first_of(code, titled, none), bearer)[code]
    return np.where(bearer < none, bearer, -1)


def _first_of(code: IntArray, rows: IntArray, none: int) -> IntArray:
    """The first of some rows by code, ``none`` where there is none; shape (none,)."""
    first = np.full(none, none)
    np.minimum.at(first, code[rows], rows)
    return first
