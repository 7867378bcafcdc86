"""Agency: passives, and passives that name no agent, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.lexicons import irregular_participles, load_lexicon
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import Derive, is_one_of

# Adverbs that may stand between "be" and the participle, and how far the by-phrase may follow it, in tokens.
_MAX_ADVERBS, _BY_TOKENS = 4, 4
_BY = frozenset({"by"})


@dataclass(frozen=True, slots=True)
class Passives:
    """Passives, one per row, in reading order; every column has shape (n_passives,).

    first      token of the form of "be"
    last       token of the participle
    has_agent  whether "by" follows
    """

    first: IntArray
    last: IntArray
    has_agent: BoolArray


def passives(corpus: Corpus) -> Counted:
    """Forms of "be" with a past participle, outside quotation marks."""
    found = corpus.once(find_passives)
    return _count(corpus, found, np.ones(len(found.first), dtype=bool))


def agentless_passives(corpus: Corpus) -> Counted:
    """Of these, the ones without "by" right after: who did it stays unsaid."""
    found = corpus.once(find_passives)
    return _count(corpus, found, ~found.has_agent)


def _count(corpus: Corpus, found: Passives, wanted: BoolArray) -> Counted:
    tokens = corpus.tokens
    first, last = found.first[wanted], found.last[wanted]
    hits = Hits(
        spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last]),
        category=tuple("agent" if agent else "agentless" for agent in found.has_agent[wanted].tolist()),
        weight=np.ones(len(first), dtype=np.int64),
    )
    return Counted.from_hits(hits, corpus.unquoted_words)


def find_passives(corpus: Corpus) -> Passives:
    """Every passive outside quotation marks: "be", up to 4 adverbs or forms of "be", and a participle."""
    tokens, words = corpus.tokens, _passive_words(corpus.language)
    unquoted = corpus.is_unquoted
    first = np.flatnonzero(unquoted & tokens.look_up(is_one_of(words.be)))
    end = tokens.sentence_first[1:][tokens.sentence[first]]
    last = first + 1
    for _ in range(_MAX_ADVERBS):
        last = last + ((last < end) & _holds(tokens, words.are_between, last))
    chosen = (last < end) & _holds(tokens, words.are_participles, last)
    chosen[chosen] &= unquoted[last[chosen]]
    # "Is being held" has two forms of be and one participle.
    first, (last, kept) = first[chosen], np.unique(last[chosen], return_index=True)
    first, end = first[kept], end[chosen][kept]
    has_agent = np.zeros(len(last), dtype=bool)
    for distance in range(1, _BY_TOKENS + 1):
        has_agent |= (last + distance < end) & _holds(tokens, is_one_of(_BY), last + distance)
    told = has_agent | ~_holds(tokens, words.are_adjectives, last)
    return Passives(first[told], last[told], has_agent[told])


def _holds(tokens: TokenTable, derive: Derive, places: IntArray) -> BoolArray:
    """What a function tells of the forms at some places; places behind the last token count as it."""
    types = tokens.type[np.minimum(places, len(tokens) - 1)]
    return np.asarray(tokens.vocabulary.table(derive)[types])


@dataclass(frozen=True, eq=False)
class _PassiveWords:
    """The closed classes that passives are told by."""

    be: frozenset[str]
    between: frozenset[str]
    irregular: frozenset[str]
    adjectives: frozenset[str]
    reversals: frozenset[str]
    others: frozenset[str]

    def are_between(self, forms: Sequence[str]) -> BoolArray:
        """For Vocabulary.table: whether a form may stand between "be" and the participle."""
        return np.array([form in self.between or form.endswith("ly") for form in forms], dtype=bool)

    def are_adjectives(self, forms: Sequence[str]) -> BoolArray:
        """For Vocabulary.table: whether a participle is an adjective unless "by" follows ("unprovoked")."""
        return np.array([form in self.adjectives or self._is_negated(form) for form in forms], dtype=bool)

    def _is_negated(self, form: str) -> bool:
        return form.startswith("un") and not form.startswith(("under", "uni")) and form not in self.reversals

    def are_participles(self, forms: Sequence[str]) -> BoolArray:
        """For Vocabulary.table: whether a form can be a past participle."""
        return np.array(
            [form in self.irregular or (form.endswith("ed") and form not in self.others) for form in forms],
            dtype=bool,
        )


@cache
def _passive_words(language: str) -> _PassiveWords:
    small = load_lexicon("attribution_words", language)
    special = load_lexicon("passive_words", language)
    return _PassiveWords(
        be=small.terms_of("be"),
        between=small.terms_of("adverb", "be") | {"not", "never"},
        irregular=irregular_participles(language),
        adjectives=special.terms_of("adjective"),
        reversals=special.terms_of("reversal"),
        others=special.terms_of("other"),
    )
