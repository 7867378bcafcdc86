"""Verbs: whether a word that can be a reporting verb is one in its place, and the subject's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from biaslens.attributions import CueClass
from biaslens.lexicons import Lexicon, Pos, load_lexicon
from biaslens.speech.scan import Scan


@dataclass(frozen=True, slots=True)
class CueTerm:
    """A term of the list of reporting cues.

    lemma, pos, cue_class
    is_noun_too  whether its forms are common nouns as well ("state", "report")
    is_plain     whether any noun phrase can be its subject ("say")
    is_clausal   whether it reports only with a clause or a quotation ("show", "call")
    """

    lemma: str
    pos: Pos
    cue_class: CueClass
    is_noun_too: bool
    is_plain: bool
    is_clausal: bool


@cache
def cue_terms(lexicon: Lexicon) -> tuple[CueTerm, ...]:
    """The terms of a lexicon of reporting cues, by row."""
    words = load_lexicon("attribution_words", lexicon.language)
    plain, clausal = words.terms_of("plain"), words.terms_of("clausal")
    rows = zip(lexicon.term, lexicon.pos, lexicon.category, lexicon.note, strict=True)
    return tuple(
        CueTerm(term, pos, cast(CueClass, category), "also a noun" in note, term in plain, term in clausal)
        for term, pos, category, note in rows
    )


class Verb(NamedTuple):
    """A word, or several, that can be a reporting cue: tokens first to last - 1.

    start, end  the sentence that it stands in
    """

    first: int
    last: int
    term: CueTerm
    start: int
    end: int


def is_finite(scan: Scan, verb: Verb) -> bool:
    """Whether the word is a verb of its clause that tells what was said.

    No name ("State"), infinitive, passive, noun ("the claim") or possibility ("would say").
    """
    kinds = scan.kinds
    first, start = verb.first, verb.start
    if scan.is_capital[first] and first > start and not scan.is_capital[first - 1]:
        return False
    before = kinds.ends_ly.rfind(0, start, first)
    if before >= 0:
        if kinds.be[before]:
            return kinds.ends_ing[first] == 1
        if kinds.possible[before] or kinds.ends_possessive[before]:
            return False
        if kinds.determiner[before] and not kinds.subject[before]:
            # "the claim", but "some claim" and "a letter that says".
            return not verb.term.is_noun_too and scan.form(before) == "that"
    return not (verb.term.is_noun_too and _looks_like_noun(scan, verb, before))


def _looks_like_noun(scan: Scan, verb: Verb, before: int) -> bool:
    """Whether a form without tense ("show", "rules") lacks the surroundings of a verb.

    A verb has a subject that it agrees with, or an auxiliary before it; and an object, a clause or a
    quotation follows it. ``before`` is the token before it, adverbs aside, -1 where none is.
    """
    kinds = scan.kinds
    is_bare = scan.form(verb.first) == verb.term.lemma.split(" ")[0]
    if not is_bare and not kinds.ends_s[verb.first]:
        return False
    if before < 0:
        return not _opens_object(scan, verb.last)
    if kinds.between[before] or kinds.subject[before] or kinds.relative[before]:
        return False
    may_be_plural = kinds.ends_s[before] or kinds.plural[before] or kinds.closing[before]
    return (is_bare and not may_be_plural) or not _opens_object(scan, verb.last)


def _opens_object(scan: Scan, token: int) -> bool:
    """Whether an object, a clause or a quotation begins here."""
    if scan.is_last(token - 1):
        return False
    kinds = scan.kinds
    is_opening = kinds.determiner[token] or kinds.pronoun[token] or kinds.clause[token]
    is_phrase = is_opening or scan.is_capital[token] or scan.in_quote[token]
    return bool(is_phrase) or scan.form(token) in (":", "to", "not")
