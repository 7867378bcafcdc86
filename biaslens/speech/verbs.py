"""Verbs: whether a word that can be a reporting verb is one in its place, and the subject's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from biaslens.attributions import CueClass
from biaslens.lexicons import Lexicon, Pos, load_lexicon
from biaslens.speech.scan import Scan

# "officials in Washington say": how long the subject of a clause behind a comma may be, in tokens.
_TAG_TOKENS = 4


@dataclass(frozen=True, slots=True)
class CueTerm:
    """A term of the list of reporting cues.

    lemma, pos, cue_class
    is_noun_too  whether its forms are common nouns as well ("state", "report")
    is_plain     whether any noun phrase can be its subject ("say")
    is_clausal   whether it reports only with a clause or a quotation ("show", "call")
    is_other_before_to  whether "to" or a form in -ing behind it shows another sense ("continue to", "add to")
    is_predicative  whether it reports with an object and what that is said to be, too ("called him a hero")
    is_passive_too  whether it reports in the passive as well ("is expected to")
    """

    lemma: str
    pos: Pos
    cue_class: CueClass
    is_noun_too: bool
    is_plain: bool
    is_clausal: bool
    is_other_before_to: bool
    is_predicative: bool
    is_passive_too: bool


# The colon behind a speaker's name at the start of a line.
LABEL = CueTerm(":", "prep", "neutral", False, False, False, False, False, False)


@cache
def cue_terms(lexicon: Lexicon) -> tuple[CueTerm, ...]:
    """The terms of a lexicon of reporting cues, by row."""
    words = load_lexicon("attribution_words", lexicon.language)
    plain, clausal = words.terms_of("plain"), words.terms_of("clausal")
    predicative = {term for term, note in zip(words.term, words.note, strict=True) if "predicate" in note}
    rows = zip(lexicon.term, lexicon.pos, lexicon.category, lexicon.note, strict=True)
    return tuple(
        CueTerm(
            lemma=term,
            pos=pos,
            cue_class=cast(CueClass, category),
            is_noun_too="also a noun" in note,
            is_plain=term in plain,
            is_clausal=term in clausal,
            is_other_before_to="not with to" in note,
            is_predicative=term in predicative,
            is_passive_too="in the passive" in note,
        )
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


def is_passive(scan: Scan, verb: Verb) -> bool:
    """Whether the word is a passive that tells what others said or think: "is expected to", "Asked whether".

    What it reports must follow it. Without a form of be, it opens its clause ("accused of fraud, he said").
    """
    kinds = scan.kinds
    first, last = verb.first, verb.last
    if not verb.term.is_passive_too or not kinds.past[first] or last >= verb.end:
        return False
    before = kinds.aside.rfind(0, verb.start, first)
    has_be = before >= 0 and kinds.is_be[before]
    is_judgement = verb.term.cue_class in ("directive", "argumentative", "distancing")
    if has_be and is_judgement:
        return True
    is_mark = kinds.comma[last] or kinds.colon[last]
    if has_be and is_mark and last + 1 < verb.end and scan.in_quote[last + 1]:
        return True
    if not kinds.opens_complement[last] or scan.in_quote[last]:
        return False
    if has_be:
        # "was not told that": nothing was said.
        return not (scan.form(last) == "that" and "not" in scan.forms((before + 1, first)))
    is_opening = before < 0 or kinds.circumstance[before] or _opens_clause(scan, verb, before)
    return bool(is_opening and (kinds.asks[last] or before < 0 or scan.form(last) != "by"))


def _opens_clause(scan: Scan, verb: Verb, before: int) -> bool:
    """Whether a participle behind a mark opens its clause: "Berg, asked whether", "Berg, accused of fraud".

    "Berg, a senator, warned of": behind an apposition it is the verb of the sentence.
    """
    kinds = scan.kinds
    if not kinds.comma[before] or (verb.term.is_plain and scan.form(verb.last) != "to"):
        return False
    opening = kinds.comma.rfind(1, verb.start, before)
    return opening < 0 or kinds.finite.find(1, opening, before) >= 0


def is_predicate(scan: Scan, verb: Verb) -> bool:
    """Whether an adjective is said of a subject: "is worried that", "seems to be eager to"."""
    kinds = scan.kinds
    before = kinds.aside.rfind(0, verb.start, verb.first)
    return before >= 0 and bool(kinds.is_be[before] or kinds.copula[before])


def is_finite(scan: Scan, verb: Verb) -> bool:
    """Whether the word is a verb of its clause that tells what was said.

    No name ("State"), infinitive, passive, noun ("the claim") or possibility ("would say").
    """
    kinds = scan.kinds
    first, start = verb.first, verb.start
    if scan.is_capital[first] and first > start and not scan.is_capital[first - 1]:
        return False
    last = verb.last
    if (
        verb.term.is_other_before_to
        and last < verb.end
        and (kinds.ends_ing[last] or scan.form(last) in ("to", "up"))
    ):
        return False
    auxiliary = kinds.aside.rfind(0, start, first)
    if auxiliary >= 0 and kinds.is_be[auxiliary]:
        return kinds.ends_ing[first] == 1
    behind = max(start, auxiliary + 1)
    if kinds.possible.find(1, behind, first) >= 0:
        return False
    if kinds.only_participle[first] and kinds.have.find(1, behind, first) < 0:
        return auxiliary >= 0 and kinds.contracted[auxiliary] == 1
    if verb.term.is_clausal and kinds.past[first] and last < verb.end and kinds.conjunction[last]:
        # "because of the amount found and the rest"
        return False
    before = kinds.ends_ly.rfind(0, start, first)
    if before >= 0:
        if kinds.possible[before] or kinds.ends_possessive[before]:
            return False
        if kinds.determiner[before] and not kinds.subject[before]:
            # "the claim", but "some claim" and "a letter that says".
            return not verb.term.is_noun_too and scan.form(before) in ("that", "all", "both", "most", "few")
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
        return not opens_object(scan, verb.last)
    if kinds.between[before] or kinds.subject[before] or kinds.relative[before]:
        return False
    may_be_plural = kinds.ends_s[before] or kinds.plural[before] or kinds.closing[before]
    is_over = verb.last == verb.end or not scan.is_word[verb.last]
    if is_bare and may_be_plural and is_over and not kinds.closing[before]:
        # "The sale failed, records show."
        return kinds.comma.find(1, max(verb.start, before - _TAG_TOKENS), before) < 0
    return (is_bare and not may_be_plural) or not opens_object(scan, verb.last)


def opens_object(scan: Scan, token: int) -> bool:
    """Whether an object, a clause or a quotation begins here."""
    if scan.is_last(token - 1):
        return False
    kinds = scan.kinds
    is_opening = kinds.determiner[token] or kinds.pronoun[token] or kinds.clause[token]
    is_opening = is_opening or kinds.clause_first[token] or scan.form(token)[0].isdigit()
    is_phrase = is_opening or scan.is_capital[token] or scan.in_quote[token]
    return bool(is_phrase) or scan.form(token) in (":", "to", "not")
