"""Verbs: whether a word that can be a reporting verb is one in its place, and the subject's own."""

from __future__ import annotations

from dataclasses import dataclass

from biaslens.speech.scan import Scan

# Marks behind which the subject stands further left.
_CLOSING_MARKS = frozenset((",", ")"))


@dataclass(frozen=True, slots=True)
class Verb:
    """A word, or several, that can be a reporting cue: tokens first to last - 1.

    is_noun_too  whether its forms are common nouns as well ("state", "report")
    """

    first: int
    last: int
    lemma: str
    is_noun_too: bool


def is_finite(scan: Scan, verb: Verb) -> bool:
    """Whether the word is a verb of its clause that tells what was said.

    No name ("State"), infinitive, passive, noun ("the claim") or possibility ("would say").
    """
    start, _ = scan.sentence_of(verb.first)
    if scan.is_capital[verb.first] and verb.first > start and not scan.is_capital[verb.first - 1]:
        return False
    before = verb.first - 1
    while before >= start and scan.form[before].endswith("ly"):
        before -= 1
    form = scan.form[before] if before >= start else ""
    if form in scan.kinds.be:
        return scan.form[verb.first].endswith("ing")
    # "the claim", but "some claim" and "a letter that says".
    is_pronoun = form in scan.kinds.subject or (form == "that" and not verb.is_noun_too)
    if form in scan.kinds.determiner and not is_pronoun:
        return False
    is_possible = form == "to" or form in scan.kinds.modal
    return not (is_possible or form.endswith(("'s", "s'")) or _looks_like_noun(scan, verb, form))


def _looks_like_noun(scan: Scan, verb: Verb, before: str) -> bool:
    """Whether a form without tense ("show", "rules") lacks the surroundings of a verb.

    A verb has a subject that it agrees with, or an auxiliary before it; and an object, a clause or a
    quotation follows it.
    """
    form = scan.form[verb.first]
    head = verb.lemma.split(" ")[0]
    if form != head and not form.endswith("s"):
        return False
    if before in scan.kinds.between or before in scan.kinds.subject or before in scan.kinds.relative:
        return False
    disagrees = form == head and before != "" and not _may_be_plural(scan, before)
    return verb.is_noun_too and (disagrees or not _opens_object(scan, verb.last))


def _may_be_plural(scan: Scan, form: str) -> bool:
    return form.endswith("s") or form in scan.kinds.plural or form in _CLOSING_MARKS


def _opens_object(scan: Scan, token: int) -> bool:
    """Whether an object, a clause or a quotation begins here."""
    if token >= len(scan.form):
        return False
    form = scan.form[token]
    is_opening = form in scan.kinds.determiner or form in scan.kinds.pronoun or form in scan.kinds.clause
    return is_opening or scan.is_capital[token] or scan.in_quote[token] or form in (":", "to", "not")
