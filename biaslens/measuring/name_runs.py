"""Name runs: neighbouring capitalised words outside quotation marks, as one name with its titles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.codebook import Corpus
from biaslens.measuring.name_kinds import (
    CALENDAR,
    CLOSED,
    DOT,
    EPITHET,
    GIVEN,
    HONORIFIC,
    INITIAL,
    NATIONALITY,
    PARTICIPLE,
    PARTICLE,
    POSSESSIVE,
    PREFIXED,
    ROLE,
    SUFFIX,
    KindArray,
    name_kinds,
)
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable

# An odd number of 64 random bits: it spreads the rows of articles over all keys of words.
ARTICLE_FACTOR = np.int64(0x1E3779B97F4A7C15)
_BYTES = 8
# No place that is asked for lies further outside.
_MARGIN = 16


@dataclass(frozen=True, slots=True)
class NameRuns:
    """Runs of capitalised words in narration, one per row, in reading order.

    kinds        shape (n_tokens,): what each token can be, as bits; see name_kinds
    padded       the same between margins of nothing, so that a place just outside can be asked for
    is_name      bool, shape (n_tokens,): part of a run
    begins       bool, shape (n_tokens,): first of its sentence
    first, last  shape (n_runs,): tokens, last excluded
    """

    kinds: KindArray
    padded: KindArray
    is_name: BoolArray
    begins: BoolArray
    first: IntArray
    last: IntArray

    def has(self, places: IntArray, kind: int) -> BoolArray:
        """Whether the tokens at some places are of a kind; none is where there is no token."""
        return np.asarray(self.padded[places + _MARGIN] & kind != 0)

    def any_of(self, kind: int, first: IntArray, last: IntArray) -> BoolArray:
        """Whether a token of a kind stands in each range."""
        return self.n_of(kind, first, last) > 0

    def n_of(self, kind: int, first: IntArray, last: IntArray) -> IntArray:
        """How many tokens of a kind stand in each range."""
        found = np.zeros(len(first), dtype=np.int64)
        place, rows = first.copy(), np.flatnonzero(first < last)
        # Most ranges hold two or three tokens: a running sum over all tokens takes longer.
        while len(rows):
            found[rows] += self.has(place[rows], kind)
            place[rows] += 1
            rows = rows[place[rows] < last[rows]]
        return found


def find_name_runs(corpus: Corpus) -> NameRuns:
    """Every run of capitalised words outside quotation marks.

    Initials and small particles inside a name belong to it ("George W. Bush", "Ursula von der Leyen");
    function words and days do not; a possessive ends a run. The first word of a sentence belongs to a run
    where it is a known name, title or nationality, or the article has it capitalised inside a sentence, too.
    """
    tokens = corpus.tokens
    kinds = tokens.look_up(name_kinds(corpus.language).bits_of)
    begins = np.zeros(len(tokens) + 1, dtype=bool)
    begins[tokens.sentence_first] = True
    # No sentence begins behind "Ms.", whatever the sentence splitter makes of it.
    abbreviated = (kinds[:-2] & HONORIFIC != 0) & (kinds[1:-1] & DOT != 0)
    behind_title = np.flatnonzero(abbreviated) + 2
    begins[behind_title[tokens.article[behind_title] == tokens.article[behind_title - 2]]] = False
    named = tokens.is_capital & corpus.is_narration & (kinds & (CLOSED | CALENDAR) == 0)
    named = _without_openings(tokens, named, kinds, begins[:-1])
    named = _joined(kinds, begins[:-1], named, corpus.is_unquoted)
    goes_on = named[1:] & named[:-1] & ~begins[1:-1] & (kinds[:-1] & POSSESSIVE == 0)
    first = np.flatnonzero(named & ~np.append(False, goes_on)[: len(tokens)])
    last = np.flatnonzero(named & ~np.append(goes_on, False)[: len(tokens)]) + 1
    return NameRuns(kinds, np.pad(kinds, _MARGIN), named, begins[:-1], first, last)


def _without_openings(tokens: TokenTable, named: BoolArray, kinds: KindArray, begins: BoolArray) -> BoolArray:
    """The name words without those that may have their capital from the beginning of a sentence."""
    split = np.zeros(len(tokens), dtype=bool)
    split[tokens.sentence_first[:-1]] = ~begins[tokens.sentence_first[:-1]]
    opens = tokens.opens & ~split
    opening, inner = np.flatnonzero(named & opens), np.flatnonzero(named & ~opens)
    word = tokens.vocabulary.table(word_keys)[tokens.type] ^ (tokens.article * ARTICLE_FACTOR)
    known = np.isin(word[opening], word[inner])
    known |= kinds[opening] & (GIVEN | HONORIFIC | ROLE | NATIONALITY | EPITHET | PARTICIPLE) != 0
    kept = named.copy()
    kept[opening[~known]] = False
    return kept


def _joined(kinds: KindArray, begins: BoolArray, named: BoolArray, allowed: BoolArray) -> BoolArray:
    """The name words with the full stops and particles that stand between two of them."""
    if len(kinds) == 0:
        return named
    follows = np.append(named[1:] & ~begins[1:], False)
    before = np.append(False, named[:-1]) & ~begins & allowed
    abbreviates = np.append(False, kinds[:-1] & (INITIAL | HONORIFIC | SUFFIX) != 0)
    dots = (kinds & DOT != 0) & before & abbreviates & follows
    prefixed = (kinds & PREFIXED != 0) & before
    particle = (kinds & PARTICLE != 0) & allowed & ~named & ~begins
    leads = particle & before
    second = particle & np.append(False, leads[:-1]) & follows
    leads &= follows | np.append(second[1:] | prefixed[1:], False)
    return np.asarray(named | dots | prefixed | leads | second)


def word_keys(forms: Sequence[str]) -> npt.NDArray[np.int64]:
    """For Vocabulary.table: 64 bits of each word, whatever its prefix and possessive ending."""
    return np.array([_word_key(form) for form in forms], dtype=np.int64)


def _word_key(form: str) -> int:
    base = form.removesuffix("'s").removesuffix("'")
    head, _, rest = base.partition("-")
    stem = rest if rest and len(head) == len("al") else base
    digest = hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "little", signed=True)
