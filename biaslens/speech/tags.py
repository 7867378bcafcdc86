"""Tags: whether the noun phrase beside a cue is its subject: behind it (", said Orlov") or before it."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan, behind_last, first_of
from biaslens.speech.verbs import Verb, opens_object


def is_tag(scan: Scan, cue: int, token: int, end: int) -> bool:
    """Whether a cue and the noun phrase behind it, which ends here, tag what precedes them."""
    kinds = scan.kinds
    if token < end and (kinds.contracted[token] or (kinds.finite[token] and not kinds.past[token])):
        return False
    if scan.in_quote[cue - 1]:
        return True
    if token < end and kinds.past[token]:
        return False
    # "Orlov, the mayor, called Berg a “hero”": what stands right before a quotation is the object.
    is_object = token < end and scan.in_quote[token] == 1
    return not is_object and _closes_clause(scan, token, end)


def _closes_clause(scan: Scan, token: int, end: int) -> bool:
    """Whether only circumstances follow: "X, said Orlov on Sunday", not "said the talks failed"."""
    kinds = scan.kinds
    if token == end or not scan.is_word[token]:
        return True
    begins = kinds.circumstance[token] or kinds.calendar[token]
    return bool(begins) and kinds.finite.find(1, token, first_of(kinds.stop, token, end)) < 0


def closes_apposition(scan: Scan, verb: Verb) -> bool:
    """Whether a subject with an apposition stands between a quotation and the cue: “Late,” Berg, 58, told."""
    opening = behind_last(scan.in_quote, verb.start, verb.first)
    if opening == verb.start or opening + 1 >= verb.first:
        return False
    return scan.is_word[opening] == 1 and scan.kinds.comma.find(1, opening, verb.first - 1) >= 0


def is_quantity(scan: Scan, verb: Verb, found: Range) -> bool:
    """Whether the words before a form that can be a noun belong to it: "the 15 states", "many state workers".

    "Poland and the Baltic states": two do not "states".
    """
    kinds = scan.kinds
    if kinds.ends_s[verb.first] and "and" in scan.forms(found):
        return True
    is_number = [
        kinds.closed[token] or kinds.aside[token] or kinds.number[token] or not scan.form(token).isalpha()
        for token in range(*found)
    ]
    is_pronoun = kinds.subject[found[1] - 1] and not kinds.determiner[found[1] - 1]
    is_bare = not kinds.ends_s[verb.first]
    if is_pronoun or kinds.relative[found[1] - 1] or (is_bare and opens_object(scan, verb.last)):
        return False
    return all(is_number)
