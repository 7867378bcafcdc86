"""Agency: passives, and passives that name no agent, without a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.lexicons import Lexicon, irregular_participles, load_lexicon
from biaslens.spans import Spans

# Adverbs that may stand between "be" and the participle, and how far the by-phrase may follow it, in tokens.
_MAX_ADVERBS, _BY_TOKENS = 4, 4


def passives(corpus: Corpus) -> Counted:
    """Forms of "be" with a past participle, outside quotation marks."""
    return _count(corpus, lambda _: True)


def agentless_passives(corpus: Corpus) -> Counted:
    """Of these, the ones without "by" right after: who did it stays unsaid."""
    return _count(corpus, lambda category: category == "agentless")


def _count(corpus: Corpus, wanted: Callable[[str], bool]) -> Counted:
    tokens = corpus.tokens
    found = [(first, last, kind) for first, last, kind in _find(corpus) if wanted(kind)]
    first = np.array([row[0] for row in found], dtype=np.int64)
    last = np.array([row[1] for row in found], dtype=np.int64)
    hits = Hits(
        spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last]),
        category=tuple(row[2] for row in found),
        weight=np.ones(len(found), dtype=np.int64),
    )
    return Counted.from_hits(hits, corpus.unquoted_words)


def _find(corpus: Corpus) -> list[tuple[int, int, str]]:
    """Passives as (token of "be", token of the participle, "agent" or "agentless")."""
    tokens, words = corpus.tokens, _PassiveWords(corpus.language)
    form = [tokens.types[row] for row in tokens.type.tolist()]
    is_be = np.isin(tokens.type, [row for row, name in enumerate(tokens.types) if name in words.be])
    found: list[tuple[int, int, str]] = []
    for first in np.flatnonzero(is_be & corpus.is_unquoted).tolist():
        end = int(tokens.sentence_first[int(tokens.sentence[first]) + 1])
        place = words.participle_after(form, first, end)
        if place is not None and (not found or found[-1][1] != place):
            has_agent = "by" in form[place + 1 : min(end, place + 1 + _BY_TOKENS)]
            if has_agent or form[place] not in words.adjectives:
                found.append((first, place, "agent" if has_agent else "agentless"))
    return found


class _PassiveWords:
    """The closed classes that passives are told by."""

    def __init__(self, language: str) -> None:
        small = load_lexicon("attribution_words", language)
        special = load_lexicon("passive_words", language)
        self.be = _terms(small, "be")
        self.between = _terms(small, "adverb", "be") | {"not", "never"}
        self.irregular = irregular_participles(language)
        self.adjectives = _terms(special, "adjective")
        self.others = _terms(special, "other")

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


def _terms(lexicon: Lexicon, *categories: str) -> frozenset[str]:
    rows = zip(lexicon.term, lexicon.category, strict=True)
    return frozenset(term for term, category in rows if category in categories)
