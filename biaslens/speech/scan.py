"""Scan: the tokens of some articles with all that attribution needs to know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from biaslens.lexicons import irregular_participles, load_lexicon
from biaslens.matching import Matches
from biaslens.speech.quotes import Quote
from biaslens.tokens import TokenTable

# Tokens first to last - 1.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordKinds:
    """Classes of words that a scan steps over or stops at; lower-case forms.

    closed        function words: they end a noun phrase
    determiner    they may begin a noun phrase
    pronoun       any pronoun
    link          they may stand inside a noun phrase
    role          nouns for people and institutions that speak ("spokesman")
    utterance     nouns for what a speaker gives out ("statement")
    be, between   forms of be; other words between a subject and its verb
    modal         auxiliaries of what may be or will be
    finite        auxiliaries and forms of be: a clause has one of them, or a past tense
    past          participles that do not end in -ed, most of them past tenses as well
    subject       pronouns that can be a source
    relative      pronouns that stand for a source just named
    circumstance  words that begin the circumstances of an utterance
    clause        words that introduce a reported clause
    question      words that begin a reported question
    calendar      days and months
    plain         cues that any noun phrase can be the subject of ("say")
    clausal       cues that report only with a clause or a quotation ("show", "call")
    plural        plural nouns without s that can be a source ("police")
    """

    closed: frozenset[str]
    determiner: frozenset[str]
    pronoun: frozenset[str]
    link: frozenset[str]
    role: frozenset[str]
    utterance: frozenset[str]
    be: frozenset[str]
    between: frozenset[str]
    modal: frozenset[str]
    finite: frozenset[str]
    past: frozenset[str]
    subject: frozenset[str]
    relative: frozenset[str]
    circumstance: frozenset[str]
    clause: frozenset[str]
    question: frozenset[str]
    calendar: frozenset[str]
    plain: frozenset[str]
    clausal: frozenset[str]
    plural: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """Tokens as plain lists, which a scan reads faster than arrays.

    form, is_word, is_capital, sentence, article, in_quote, is_cue  one entry per token
    words_before     words before each token; one entry more
    quoted_before    tokens in quotations before each token
    narrated_before  words outside quotations before each token
    bounds, line     first token of each sentence, then n_tokens; the line that each sentence stands in
    """

    form: list[str]
    is_word: list[bool]
    is_capital: list[bool]
    sentence: list[int]
    article: list[int]
    in_quote: list[bool]
    is_cue: list[bool]
    words_before: list[int]
    quoted_before: list[int]
    narrated_before: list[int]
    bounds: list[int]
    line: list[int]
    kinds: WordKinds

    def sentence_of(self, token: int) -> Range:
        """The tokens of the sentence that a token stands in."""
        sentence = self.sentence[token]
        return self.bounds[sentence], self.bounds[sentence + 1]

    def is_past(self, token: int) -> bool:
        """Whether the form can be a past tense or participle."""
        return self.form[token].endswith("ed") or self.form[token] in self.kinds.past

    def n_words(self, tokens: Range) -> int:
        return self.words_before[tokens[1]] - self.words_before[tokens[0]]

    def n_narrated(self, tokens: Range) -> int:
        """Words outside quotation marks."""
        return self.narrated_before[tokens[1]] - self.narrated_before[tokens[0]]

    def has_quote(self, tokens: Range) -> bool:
        return self.quoted_before[tokens[1]] > self.quoted_before[tokens[0]]


def scan(tokens: TokenTable, quotes: Sequence[Quote], cues: Matches, language: str) -> Scan:
    """The tokens, ready for scanning; ``cues`` are all candidates for reporting cues."""
    is_cue = [False] * len(tokens)
    for first, last in zip(cues.first.tolist(), cues.last.tolist(), strict=True):
        is_cue[first:last] = [True] * (last - first)
    in_quote = [False] * len(tokens)
    for quote in quotes:
        in_quote[quote.first : quote.last] = [True] * (quote.last - quote.first)
    is_word = tokens.is_word.tolist()
    narrated = (word and not quoted for word, quoted in zip(is_word, in_quote, strict=True))
    return Scan(
        form=tokens.words(0, len(tokens)),
        is_word=is_word,
        is_capital=tokens.is_capital.tolist(),
        sentence=tokens.sentence.tolist(),
        article=tokens.article.tolist(),
        in_quote=in_quote,
        is_cue=is_cue,
        words_before=list(accumulate(is_word, initial=0)),
        quoted_before=list(accumulate(in_quote, initial=0)),
        narrated_before=list(accumulate(narrated, initial=0)),
        bounds=tokens.sentence_first.tolist(),
        line=tokens.sentence_line.tolist(),
        kinds=_word_kinds(language),
    )


@cache
def _word_kinds(language: str) -> WordKinds:
    closed = load_lexicon("function_words", language)
    small = load_lexicon("attribution_words", language)
    be, modal = small.terms_of("be"), small.terms_of("modal")
    auxiliary = small.terms_of("auxiliary") | modal
    return WordKinds(
        closed=frozenset(closed.term),
        determiner=closed.terms_of("determiner"),
        pronoun=closed.terms_of("pronoun"),
        link=small.terms_of("link"),
        role=frozenset(words[-1] for words in load_lexicon("roles", language).forms),
        utterance=small.terms_of("utterance"),
        be=be,
        between=auxiliary | small.terms_of("adverb"),
        modal=modal,
        finite=be | auxiliary | closed.terms_of("contraction"),
        past=irregular_participles(language),
        subject=small.terms_of("subject"),
        relative=small.terms_of("relative"),
        circumstance=small.terms_of("circumstance"),
        clause=small.terms_of("clause"),
        question=small.terms_of("question"),
        calendar=small.terms_of("calendar"),
        plain=small.terms_of("plain"),
        clausal=small.terms_of("clausal"),
        plural=small.terms_of("plural"),
    )
