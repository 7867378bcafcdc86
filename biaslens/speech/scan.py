"""Scan: the tokens of some articles with all that attribution needs to know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biaslens.lexicons import Lexicon, load_lexicon
from biaslens.matching import Matches
from biaslens.speech.quotes import Quote
from biaslens.tokens import TokenTable


@dataclass(frozen=True, slots=True)
class WordKinds:
    """Closed classes of words that a scan steps over or stops at; lower-case forms.

    closed       function words: they end a noun phrase
    determiner   they may begin one
    link         they may stand inside one
    role         nouns for people and institutions that speak ("spokesman")
    be, between  forms of be; other words between a subject and its verb
    subject      pronouns that can be a source
    circumstance words that begin the circumstances of an utterance
    clause       words that begin a reported clause
    calendar     days and months
    """

    closed: frozenset[str]
    determiner: frozenset[str]
    link: frozenset[str]
    role: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    subject: frozenset[str]
    circumstance: frozenset[str]
    clause: frozenset[str]
    calendar: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """Tokens as plain lists, which a scan reads faster than arrays.

    form, is_word, is_capital, sentence, in_quote, is_cue  one entry per token
    bounds  first token of each sentence, then n_tokens
    """

    form: list[str]
    is_word: list[bool]
    is_capital: list[bool]
    sentence: list[int]
    in_quote: list[bool]
    is_cue: list[bool]
    bounds: list[int]
    kinds: WordKinds

    def sentence_of(self, token: int) -> tuple[int, int]:
        """First and last (excluded) token of the sentence that a token stands in."""
        sentence = self.sentence[token]
        return self.bounds[sentence], self.bounds[sentence + 1]

    def n_words(self, first: int, last: int) -> int:
        return sum(self.is_word[first:last])


def scan(tokens: TokenTable, quotes: Sequence[Quote], cues: Matches, language: str) -> Scan:
    """The tokens, ready for scanning; ``cues`` are all candidates for reporting cues."""
    is_cue = [False] * len(tokens)
    for first in cues.first.tolist():
        is_cue[first] = True
    in_quote = [False] * len(tokens)
    for quote in quotes:
        in_quote[quote.first : quote.last] = [True] * (quote.last - quote.first)
    return Scan(
        form=[tokens.types[row] for row in tokens.type.tolist()],
        is_word=tokens.is_word.tolist(),
        is_capital=tokens.is_capital.tolist(),
        sentence=tokens.sentence.tolist(),
        in_quote=in_quote,
        is_cue=is_cue,
        bounds=tokens.sentence_first.tolist(),
        kinds=_word_kinds(language),
    )


def _word_kinds(language: str) -> WordKinds:
    closed = load_lexicon("function_words", language)
    small = load_lexicon("attribution_words", language)
    return WordKinds(
        closed=frozenset(closed.term),
        determiner=_terms(closed, "determiner"),
        link=_terms(small, "link"),
        role=frozenset(words[-1] for words in load_lexicon("roles", language).forms),
        be=_terms(small, "be"),
        between=_terms(small, "auxiliary", "adverb"),
        subject=_terms(small, "subject"),
        circumstance=_terms(small, "circumstance"),
        clause=_terms(small, "clause"),
        calendar=_terms(small, "calendar"),
    )


def _terms(lexicon: Lexicon, *categories: str) -> frozenset[str]:
    rows = zip(lexicon.term, lexicon.category, strict=True)
    return frozenset(term for term, category in rows if category in categories)
