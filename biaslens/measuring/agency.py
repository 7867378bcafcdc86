"""Agency: passives, and passives that name no agent, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.lexicons import irregular_participles, load_lexicon
from biaslens.spans import Spans

# Adverbs that may stand between "be" and the participle, and how far the by-phrase may follow it, in tokens.
_MAX_ADVERBS, _BY_TOKENS = 4, 4
_Category = Literal["agent", "agentless"]


def passives(corpus: Corpus) -> Counted:
    """Forms of "be" with a past participle, outside quotation marks."""
    return _count(corpus, ("agent", "agentless"))


def agentless_passives(corpus: Corpus) -> Counted:
    """Of these, the ones without "by" right after: who did it stays unsaid."""
    return _count(corpus, ("agentless",))


def _count(corpus: Corpus, wanted: tuple[_Category, ...]) -> Counted:
    tokens = corpus.tokens
    found = [passive for passive in _find(corpus) if passive.category in wanted]
    first = np.array([passive.first for passive in found], dtype=np.int64)
    last = np.array([passive.last for passive in found], dtype=np.int64)
    hits = Hits(
        spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last]),
        category=tuple(passive.category for passive in found),
        weight=np.ones(len(found), dtype=np.int64),
    )
    return Counted.from_hits(hits, corpus.unquoted_words)


@dataclass(frozen=True, slots=True)
class _Passive:
    """The tokens of a form of "be" and of its participle."""

    first: int
    last: int
    category: _Category


def _find(corpus: Corpus) -> list[_Passive]:
    """Every passive outside quotation marks, in reading order."""
    tokens, words = corpus.tokens, _PassiveWords(corpus.language)
    unquoted = corpus.is_unquoted
    form = [tokens.types[row] for row in tokens.type.tolist()]
    is_be = np.array([name in words.be for name in tokens.types], dtype=bool)
    chosen = unquoted & is_be[tokens.type] if len(tokens) else unquoted
    found: list[_Passive] = []
    for first in np.flatnonzero(chosen).tolist():
        end = int(tokens.sentence_first[int(tokens.sentence[first]) + 1])
        last = words.participle_after(form, first, end)
        # "is being held" has two forms of be and one participle.
        if last is None or not unquoted[last] or (found and found[-1].last == last):
            continue
        has_agent = "by" in form[last + 1 : min(end, last + 1 + _BY_TOKENS)]
        if has_agent or form[last] not in words.adjectives:
            found.append(_Passive(first, last, "agent" if has_agent else "agentless"))
    return found


class _PassiveWords:
    """The closed classes that passives are told by."""

    def __init__(self, language: str) -> None:
        small = load_lexicon("attribution_words", language)
        special = load_lexicon("passive_words", language)
        self.be = small.terms_of("be")
        self.between = small.terms_of("adverb", "be") | {"not", "never"}
        self.irregular = irregular_participles(language)
        self.adjectives = special.terms_of("adjective")
        self.others = special.terms_of("other")

    def participle_after(self, form: Sequence[str], be: int, end: int) -> int | None:
        """The token of the participle that this "be" belongs to, if there is one."""
        place = be + 1
        while place < min(end, be + 1 + _MAX_ADVERBS) and self._is_between(form[place]):
            place += 1
        return place if place < end and self._is_participle(form[place]) else None

    def _is_between(self, word: str) -> bool:
        return word in self.between or word.endswith("ly")

    def _is_participle(self, word: str) -> bool:
        return word in self.irregular or (word.endswith("ed") and word not in self.others)
