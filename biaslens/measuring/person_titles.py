"""Person titles: the titles and epithets before a name, and the role behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.codebook import Corpus
from biaslens.measuring.name_heads import NOUN, name_heads
from biaslens.measuring.name_kinds import (
    CLOSED,
    COMMA,
    DETERMINER,
    DOT,
    EPITHET,
    HONORIFIC,
    LABEL,
    LINK,
    MODIFIER,
    NATIONALITY,
    OF,
    OPEN,
    PARTICIPLE,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    SAYS,
    SEVERAL,
    TO,
)
from biaslens.measuring.name_runs import NameRuns
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray
from biaslens.vocabulary import is_one_of

_TITLE = HONORIFIC | ROLE
_FOLLOWS = _TITLE | MODIFIER | NATIONALITY | EPITHET | LABEL
_EPITHETS = EPITHET | PARTICIPLE | OPEN | LABEL
# "The former deputy head of the Russian security council" is as long as titles get.
_MOST_TOKENS = 8
# "Trump, his son said" tells no role of Trump.
_OWN = frozenset(("his", "her", "their", "our", "its"))


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles and epithets, one row per name.

    first      token where they begin, that of the name where there are none
    title      title or role before the name, else behind it, "" for none
    epithet    epithets, joined by ", "
    is_before  bool: the title stands before the name
    """

    first: IntArray
    title: tuple[str, ...]
    epithet: tuple[str, ...]
    is_before: BoolArray


def find_titles(corpus: Corpus, runs: NameRuns, first: IntArray, last: IntArray) -> Titles:
    """What stands before and behind the names at some tokens, last excluded.

    Before a name: honorifics, roles, nationalities and what tells roles apart, without a gap. Behind it,
    after a comma: a role, up to the next comma or full stop. Adjectives that no list holds are epithets only
    behind a determiner ("the hapless president"), forms of verbs only where no verb can stand.
    """
    begin = _begin(runs, corpus.is_unquoted, first)
    behind = _apposition(corpus, runs, last)
    is_before = runs.any_of(_TITLE, begin, first)
    # "A staunch Trump ally" judges the ally.
    begin = np.where(is_before | ~_precedes_noun(corpus, runs, last), begin, first)
    judges = runs.any_of(_EPITHETS, begin, first)
    # Most titles hold nothing but a title, and are cut out as they stand.
    plain = is_before & ~judges & ~runs.any_of(DETERMINER | LINK, begin, first)
    title, epithet = [""] * len(first), [""] * len(first)
    rows = np.flatnonzero(plain)
    article, start = corpus.tokens.article[first[rows]], corpus.tokens.start[begin[rows]]
    spans = Spans(article, start, corpus.tokens.end[first[rows] - 1])
    for row, text in zip(rows.tolist(), spans.slices(corpus.texts), strict=True):
        title[row] = text
    for row in np.flatnonzero((is_before & ~plain) | judges | (behind > 0)).tolist():
        before = _Phrase(corpus, runs, int(begin[row]), int(first[row]))
        after = _Phrase(corpus, runs, int(last[row]) + 1, max(int(behind[row]), int(last[row]) + 1))
        title[row] = title[row] or (before.title() if is_before[row] else "") or after.title()
        epithet[row] = ", ".join(dict.fromkeys([*before.epithets(), *after.epithets()]))
    is_judged = np.array([epithets != "" for epithets in epithet], dtype=bool)
    begin = np.where(is_before | is_judged, begin, first)
    return Titles(begin, tuple(title), tuple(epithet), is_before)


def _precedes_noun(corpus: Corpus, runs: NameRuns, last: IntArray) -> BoolArray:
    """Whether a noun in small letters follows each name."""
    tokens = corpus.tokens
    at = np.minimum(last, len(tokens) - 1)
    noun = tokens.vocabulary.table(name_heads(corpus.language).classes_of)[tokens.type[at]] == NOUN
    return np.asarray(noun & (last < len(tokens)) & ~runs.begins[at] & ~tokens.is_capital[at])


def _begin(runs: NameRuns, allowed: BoolArray, first: IntArray) -> IntArray:
    """Where the titles and epithets before each name begin."""
    begin = first.copy()
    moving = np.ones(len(first), dtype=bool)
    is_titled = np.zeros(len(first), dtype=bool)
    for _ in range(_MOST_TOKENS):
        before = begin - 1
        inside = moving & (begin > 0) & ~runs.begins[begin]
        fits = runs.has(before, _TITLE | MODIFIER | NATIONALITY | EPITHET | LABEL) & ~runs.has(before, CLOSED)
        fits |= runs.is_name[before] | (runs.has(before, PARTICIPLE | OPEN) & _no_verb(runs, before))
        fits |= runs.has(before, DOT) & runs.has(before - 1, HONORIFIC)
        # "Secretary of State Antony Blinken", but no "daughters of President Vladimir Putin".
        fits |= runs.has(before, OF) & runs.has(before - 1, ROLE) & (begin < first) & ~is_titled
        moving = inside & fits & allowed[before]
        begin = begin - moving
        is_titled |= moving & runs.has(begin, _TITLE)
    return begin


def _no_verb(runs: NameRuns, places: IntArray) -> BoolArray:
    """Whether what stands before some places rules a verb out, unlike in "they ousted President Mursi"."""
    rules_out = DETERMINER | POSSESSIVE | PREPOSITION | TO | SAYS
    return runs.begins[places] | runs.has(places - 1, rules_out)


def _apposition(corpus: Corpus, runs: NameRuns, last: IntArray) -> IntArray:
    """Behind the role in the apposition after each name; 0 for none."""
    tokens, found = corpus.tokens, np.zeros(len(last), dtype=np.int64)
    n_tokens = len(tokens)
    opens = runs.has(last + 1, DETERMINER | NATIONALITY | MODIFIER | POSSESSIVE | ROLE | EPITHET)
    opens &= ~tokens.vocabulary.table(is_one_of(_OWN))[tokens.type[np.minimum(last + 1, n_tokens - 1)]]
    open_ = runs.has(last, COMMA) & opens
    for distance in range(1, _MOST_TOKENS):
        place = last + distance
        open_ &= place < n_tokens
        at = np.minimum(place, n_tokens - 1)
        open_ &= corpus.is_narration[at] & ~runs.begins[at]
        open_ &= ~runs.has(at, CLOSED) | runs.has(at, DETERMINER)
        ends = runs.has(at + 1, COMMA | DOT | LINK | TO) | (at + 1 >= n_tokens)
        role = open_ & runs.has(at, ROLE | LABEL) & ends & ~runs.has(at, POSSESSIVE | SEVERAL)
        role &= (distance > 1) | tokens.is_capital[at]
        found[role] = at[role] + 1
        open_ &= ~role
    return found


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The tokens before a name, or in an apposition; last excluded."""

    corpus: Corpus
    runs: NameRuns
    first: int
    last: int

    def title(self) -> str:
        """The words without determiners and epithets; "" where no role is left."""
        kinds = self.runs.kinds[self.first : self.last].tolist()
        barred = set(self._epithet_tokens())
        kept = [
            self.first + n
            for n, kind in enumerate(kinds)
            if self.first + n not in barred
            and not kind & (DETERMINER | OPEN)
            and not (n == 0 and kind & LINK)
        ]
        if not any(kinds[token - self.first] & _TITLE for token in kept):
            return ""
        return " ".join(map(self._text, kept)).replace(" .", ".")

    def epithets(self) -> list[str]:
        return [self._in_lower_case(token) for token in self._epithet_tokens()]

    def _epithet_tokens(self) -> list[int]:
        kinds = self.runs.kinds
        return [token for token in range(self.first, self.last) if self._judges(token, int(kinds[token]))]

    def _judges(self, token: int, kind: int) -> bool:
        tokens = self.corpus.tokens
        if tokens.is_capital[token] and not self.runs.begins[token] and "-" not in tokens.form(token):
            # The Revolutionary Guards are a name.
            return False
        if kind & (EPITHET | LABEL):
            return not kind & POSSESSIVE
        if not kind & OPEN:
            return bool(kind & PARTICIPLE)
        before = 0 if self.runs.begins[token] else int(self.runs.kinds[token - 1])
        # In "an infectious disease expert" the adjective is not the expert's.
        fits = token + 1 == self.last or self.runs.kinds[token + 1] & _FOLLOWS
        small = not tokens.is_capital[token]
        return bool(before & (DETERMINER | POSSESSIVE)) and small and bool(fits)

    def _in_lower_case(self, token: int) -> str:
        """An epithet's own text; of the first word of a sentence, without its capital."""
        text = self._text(token)
        return text[0].lower() + text[1:] if self.runs.begins[token] else text

    def _text(self, token: int) -> str:
        tokens = self.corpus.tokens
        text = self.corpus.texts[int(tokens.article[token])]
        return text[int(tokens.start[token]) : int(tokens.end[token])]
