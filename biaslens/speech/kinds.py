"""Kinds: what attribution asks of a word, as far as its form alone tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import irregular_participles, load_lexicon
from biaslens.tokens import TokenTable


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which tokens are of which kind: one byte per token and kind, 1 or 0. A token can be of several kinds.

    A column is indexed like a list; ``comma.find(1, first, last)`` is the first comma of a range, faster than
    a loop finds it.

    closed        function words: they end a noun phrase
    determiner    they may begin a noun phrase
    pronoun       any pronoun
    link          they may stand inside a noun phrase
    never_first   links and marks that a noun phrase does not begin with
    never_last    links and marks that it does not end with
    role          nouns for people and institutions that speak ("spokesman")
    document      nouns for what is said or written ("survey")
    plural        plural nouns without s that can be a source ("police")
    utterance     nouns for what a speaker gives out ("statement")
    any_role, any_utterance  the same, with a possessive ending or without
    calendar      days and months
    subject       pronouns that can be a source
    relative      pronouns that stand for a source just named
    relates       the same, and "that"
    be            forms of be
    is_be         the same, and contractions that hold one ("he's")
    contracted    pronouns with a contracted auxiliary ("he's"): subject and auxiliary at once
    copula        other verbs that link an adjective to its subject ("seems worried")
    opens_complement  words that begin what a passive cue reports ("accused of", "expected to")
    asks          words that begin a question as part of it, and "about"
    period        what "last" or "this" makes a time ("last week")
    points_to     words that make a time of the one behind them ("last")
    between       other words between a subject and its verb
    aside         the same, and every word in -ly
    possible      "to", and auxiliaries of what may be or will be
    number        numbers in words, "other"
    have          forms of have
    only_participle  past participles that are no past tense ("known")
    past          what can be a past tense or participle
    finite        the same, auxiliaries and forms of be: a clause has one of them
    circumstance  words that begin the circumstances of an utterance
    clause        words that introduce a reported clause
    clause_first  words that a reported clause, question or infinitive begins with
    conjunction   "and", "but", "or"
    couples       "and", "&"
    goes_on       words that go on telling behind a comma, and report nothing ("said, and left")
    before_ing    words and marks behind which a form in -ing has its subject further left ("by saying")
    introducer    words that introduce a term or a name ("so-called", "dubbed")
    work          nouns for what has a title of its own ("book")
    title         titles that are abbreviated before a name ("Ms.")
    label         words before a colon that name no speaker ("Correction")
    comma, colon, dot, stop  the comma, the colon, the full stop; the marks that end a clause
    closing       marks behind which the subject of a verb stands further left
    initial, percent  marks inside a noun phrase: behind a capital ("J. P.", "AT&T"), and "%"
    ends_ing, ends_ly, ends_s, ends_possessive  by their last letters
    """

    closed: bytes
    determiner: bytes
    pronoun: bytes
    link: bytes
    never_first: bytes
    never_last: bytes
    role: bytes
    any_role: bytes
    document: bytes
    plural: bytes
    utterance: bytes
    any_utterance: bytes
    calendar: bytes
    subject: bytes
    relative: bytes
    relates: bytes
    be: bytes
    is_be: bytes
    contracted: bytes
    copula: bytes
    opens_complement: bytes
    asks: bytes
    period: bytes
    points_to: bytes
    between: bytes
    aside: bytes
    possible: bytes
    number: bytes
    have: bytes
    only_participle: bytes
    past: bytes
    finite: bytes
    circumstance: bytes
    clause: bytes
    clause_first: bytes
    conjunction: bytes
    couples: bytes
    goes_on: bytes
    before_ing: bytes
    introducer: bytes
    work: bytes
    title: bytes
    label: bytes
    comma: bytes
    colon: bytes
    dot: bytes
    stop: bytes
    closing: bytes
    initial: bytes
    percent: bytes
    ends_ing: bytes
    ends_ly: bytes
    ends_s: bytes
    ends_possessive: bytes


# Kinds that are categories of the lexicon "attribution_words".
_CATEGORIES = (
    *("be", "link", "subject", "relative", "circumstance", "clause"),
    *(
        "utterance",
        "calendar",
        "plural",
        "contracted",
        "period",
        "copula",
        "title",
        "introducer",
        "work",
        "number",
    ),
)
_WORDS = {
    "conjunction": frozenset(("and", "but", "or")),
    "opens_complement": frozenset(("to", "of", "as", "for", "by", "about", "over", "that", "whether")),
    "asks": frozenset(("about", "how", "if", "what", "where", "why", "who", "whether")),
    "points_to": frozenset(("last", "this", "next")),
    "have": frozenset(("has", "have", "had", "having", "hasn't", "haven't", "hadn't")),
    "only_participle": frozenset(
        ("known", "seen", "shown", "written", "spoken", "sworn", "forbidden", "foreseen")
    ),
    "couples": frozenset(("and", "&")),
    "goes_on": frozenset(("and", "but", "or", "who", "which", "while", "when", "as", "after", "before")),
    "before_ing": frozenset((",", "and", "but", "or", "by", "while", "after", "before", "in")),
    "comma": frozenset(","),
    "colon": frozenset(":"),
    "dot": frozenset("."),
    "stop": frozenset(",;:"),
    "closing": frozenset((",", ")", "–", "—", "--")),
    "initial": frozenset(".&"),
    "percent": frozenset("%"),
}
# Words that head a note, too, beside what the lexicon has them for.
_ALSO_LABELS = frozenset(("note", "notice", "answer", "reason", "rule", "email", "read"))
_BIT = {field.name: row for row, field in enumerate(fields(Kinds))}
_ENDINGS = {
    "ed": ("past", "finite"),
    "ly": ("ends_ly", "aside"),
    "ing": ("ends_ing",),
    "s": ("ends_s",),
    "'s": ("ends_possessive",),
    "s'": ("ends_possessive",),
}
# Most new forms end in another letter than any of these.
_ENDINGS_BY_LETTER = {
    letter: tuple(ending for ending in _ENDINGS if ending[-1] == letter)
    for letter in {ending[-1] for ending in _ENDINGS}
}


def find_kinds(tokens: TokenTable, language: str) -> Kinds:
    """The kinds of every token."""
    bits = tokens.look_up(_known_words(language).bits_of)
    # Whole bytes of bits first: a column is then cut from an eighth of the memory.
    eights = np.ascontiguousarray(bits.view(np.uint8).reshape(len(bits), 8)[:, : len(_BIT) // 8 + 1].T)
    return Kinds(**{name: (eights[bit // 8] >> (bit % 8) & 1).tobytes() for name, bit in _BIT.items()})


@dataclass(frozen=True, eq=False)
class _KnownWords:
    """The kinds of the words in the lists, by word, as bits.

    base_bits  what a word is with a possessive ending, too
    never_adverbs  words in -ly that are none ("family")
    """

    bits: Mapping[str, int]
    base_bits: Mapping[str, int]
    never_adverbs: frozenset[str]

    def bits_of(self, forms: Sequence[str]) -> npt.NDArray[np.uint64]:
        """The kinds of each form as bits, shape (n_forms,), lowest byte first on every machine."""
        return np.array([self._of(form) for form in forms], dtype=np.dtype("<u8"))

    def _of(self, form: str) -> int:
        bits = self.bits.get(form, 0) | self.base_bits.get(form.removesuffix("'s"), 0)
        if form in self.never_adverbs:
            return bits
        for ending in _ENDINGS_BY_LETTER.get(form[-1:], ()):
            if form.endswith(ending):
                for name in _ENDINGS[ending]:
                    bits |= 1 << _BIT[name]
        return bits


@cache
def _known_words(language: str) -> _KnownWords:
    words = _listed_words(language) | _WORDS
    bases = {"any_role": words["role"], "any_utterance": words["utterance"]}
    nouns = load_lexicon("attribution_words", language).terms_of("noun")
    return _KnownWords(_as_bits(words), _as_bits(bases), nouns)


def _as_bits(words: Mapping[str, frozenset[str]]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for name, forms in words.items():
        for form in forms:
            bits[form] = bits.get(form, 0) | 1 << _BIT[name]
    return bits


def _listed_words(language: str) -> dict[str, frozenset[str]]:
    """The words of each kind that a lexicon lists."""
    closed = load_lexicon("function_words", language)
    small = load_lexicon("attribution_words", language)
    auxiliary = small.terms_of("auxiliary", "modal")
    between = auxiliary | small.terms_of("adverb")
    determiner = closed.terms_of("determiner")
    past = irregular_participles(language) | small.terms_of("past")
    contracted = small.terms_of("contracted")
    own = {name: small.terms_of(name) for name in _CATEGORIES}
    return own | {
        "closed": frozenset(closed.term),
        "determiner": determiner,
        "pronoun": closed.terms_of("pronoun"),
        "never_first": own["link"] - determiner | {".", "%"},
        "never_last": own["link"] | {"."},
        "role": frozenset(words[-1] for words in load_lexicon("roles", language).forms),
        "document": _documents(language),
        "possible": small.terms_of("modal") | {"to"},
        "relates": own["relative"] | {"that"},
        "between": between,
        "aside": between,
        "is_be": own["be"] | {form for form in contracted if form.endswith(("'s", "'re", "'m"))},
        "clause_first": own["subject"] | contracted | small.terms_of("question") | {"to"},
        "label": small.terms_of("label") | _ALSO_LABELS,
        "past": past,
        "finite": past | own["be"] | auxiliary | closed.terms_of("contraction"),
    }


def _documents(language: str) -> frozenset[str]:
    """The last words of the roles that are said or written."""
    roles = load_lexicon("roles", language)
    return frozenset(words[-1] for words, row in roles.forms.items() if roles.category[row] == "document")
