"""Salient terms: words that the reports of one event share and the other reports lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from biaslens.cells import TermCells
from biaslens.inflection import inflections
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray

# Terms of an event, at most: reports of one event share hundreds of words, and these stand for them.
MAX_TERMS = 8
# Of the reports by other outlets of other events, so many must be known before a word can be called rare.
MIN_ELSEWHERE = 50
# How many times more of the event's outlets than of the others must have a word.
MIN_LIFT = 5.0
# Imagined reports elsewhere, of which one in a hundred holds any given word: what was never seen is not
# infinitely rare.
_IMAGINED, _IMAGINED_SHARE = 10.0, 0.01
_MIN_LETTERS = 4
# Forms of one word, and words of names, share the places: so many are looked at.
_CANDIDATES = 4 * MAX_TERMS


@dataclass(frozen=True, slots=True)
class SalientTerms:
    """The terms of some events, one per row, the most telling of an event first.

    event  codes, ascending
    forms  the forms in which the event's reports have it, the dictionary form or the most frequent first
    """

    event: IntArray
    forms: tuple[tuple[str, ...], ...]

    @classmethod
    def none(cls) -> SalientTerms:
        """No terms."""
        return cls(np.zeros(0, dtype=np.int64), ())


def salient_terms(cells: TermCells, words: Sequence[str], language: str = "en") -> SalientTerms:
    """Up to four times MAX_TERMS words per event that three outlets or more report.

    cells  uses of each word per event and outlet; ``term`` is a row in ``words``

    A word is salient where two outlets of the event or more have it, a third of them at least, each of them
    twice on average, and its share of the event's outlets is MIN_LIFT times its share of all other cells (an
    outlet's reports of another event) or more. Words are ranked by their uses times the logarithm of that
    ratio, then by the alphabet; forms of one word are one term; names of days and months are none. There are
    none where fewer than MIN_ELSEWHERE other cells are known: nothing then tells which words are rare.
    """
    cell = np.unique(cells.event * (int(cells.outlet.max(initial=0)) + 1) + cells.outlet)
    n_outlets = np.bincount(cell // (int(cells.outlet.max(initial=0)) + 1))
    key, row = np.unique(cells.event * max(1, len(words)) + cells.term, return_inverse=True)
    n_with, n_uses = np.bincount(row), np.zeros(len(key), dtype=np.int64)
    np.add.at(n_uses, row, cells.count)
    event, term = np.divmod(key, max(1, len(words)))
    fits = (n_outlets[event] >= 3) & (n_with >= 2) & (3 * n_with >= n_outlets[event]) & (n_uses >= 2 * n_with)
    elsewhere = len(cell) - n_outlets[event]
    n_elsewhere = np.bincount(term, weights=n_with, minlength=len(words))[term] - n_with
    lift = (n_with / n_outlets[event]) / (
        (n_elsewhere + _IMAGINED * _IMAGINED_SHARE) / (elsewhere + _IMAGINED)
    )
    rows = np.flatnonzero(fits & (elsewhere >= MIN_ELSEWHERE) & (lift >= MIN_LIFT))
    # Rounded, so that the last digit of a logarithm cannot decide.
    score = np.round(n_uses[rows] * np.log(lift[rows]), 9)
    ranked = sorted(
        zip(
            event[rows].tolist(),
            (-score).tolist(),
            (words[word] for word in term[rows].tolist()),
            strict=True,
        )
    )
    known = {code: frozenset(found) for code, found in _words_of(event, term, event[rows], words)}
    calendar = load_lexicon("attribution_words", language).terms_of("calendar")
    return _grouped([(code, word) for code, _, word in ranked if word not in calendar], known)


def _words_of(
    event: IntArray, term: IntArray, wanted: IntArray, words: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The wanted events, each with all its words; ``event`` ascends."""
    for code in np.unique(wanted).tolist():
        first, last = np.searchsorted(event, [code, code + 1])
        yield code, [words[row] for row in term[first:last].tolist()]


def _grouped(ranked: Sequence[tuple[int, str]], words: Mapping[int, frozenset[str]]) -> SalientTerms:
    """The ranked words of each event with their forms; a form of a word before it is no term of its own."""
    taken: dict[int, set[str]] = defaultdict(set)
    chosen: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for code, word in ranked:
        is_word = word.isalpha() and len(word) >= _MIN_LETTERS
        if is_word and word not in taken[code] and len(chosen[code]) < _CANDIDATES:
            forms = _forms_in(word, words[code])
            taken[code].update(forms)
            chosen[code].append(forms)
    rows = [(code, forms) for code in sorted(chosen) for forms in chosen[code]]
    return SalientTerms(
        event=np.array([code for code, _ in rows], dtype=np.int64), forms=tuple(forms for _, forms in rows)
    )


def _forms_in(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The word's dictionary form and its other forms, as far as they are known."""
    bases = [base for base in _bases(word) if base in known]
    lemma = min(bases, key=lambda base: (len(base), base)) if bases else word
    return tuple(form for form in _inflected(lemma) if form == lemma or form in known)


@lru_cache(maxsize=1 << 15)
def _inflected(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*inflections(word, "noun", {}), *inflections(word, "verb", {}))))


@lru_cache(maxsize=1 << 15)
def _bases(word: str) -> tuple[str, ...]:
    """What the word may be a form of: itself, and what is left without an ending."""
    cut = [word[:-n] for n in range(1, 5)] + [word[:-2] + "e", word[:-3] + "e", word[:-3] + "y"]
    return (word, *(base for base in cut if len(base) >= _MIN_LETTERS and word in _inflected(base)))


def term_places(text: str, forms: Iterable[str]) -> list[int]:
    """Where one of some forms begins as a whole word in a text of small letters.

    >>> term_places("a strike, or airstrikes, or strikes", ("strike", "strikes"))
    [2, 28]
    """
    found = []
    for form in forms:
        place = text.find(form)
        while place >= 0:
            last = place + len(form)
            if not text[place - 1 : place].isalnum() and not text[last : last + 1].isalnum():
                found.append(place)
            place = text.find(form, last)
    return sorted(found)
