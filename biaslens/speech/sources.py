"""Sources: the noun phrase that a reporting cue belongs to, to its left or to its right."""

from __future__ import annotations

from biaslens.speech.scan import Scan

Range = tuple[int, int]

# How far a noun phrase may reach, and how far an apposition between a name and its verb, in tokens.
_PHRASE_TOKENS, _APPOSITION_TOKENS = 12, 16



def source_left(scan: Scan, cue: int, start: int) -> Range | None:
    """The subject before the cue: "Lavrov, the minister, has also said"."""
    last = cue
    while last > start and (scan.form[last - 1] in scan.kinds.between or scan.form[last - 1].endswith("ly")):
        last -= 1
    last = _before_time(scan, last, start)
    last = _before_apposition(scan, last, start)
    if last <= start or scan.in_quote[last - 1]:
        return None
    if scan.form[last - 1] in scan.kinds.subject:
        return last - 1, last
    first = last
    while first > start and last - first < _PHRASE_TOKENS and _in_phrase(scan, first - 1):
        first -= 1
    return _checked(scan, first, last)


def source_right(scan: Scan, after: int, end: int) -> Range | None:
    """The subject after the cue: ", said the spokesman", "according to the ministry"."""
    if after < end and scan.form[after] in scan.kinds.subject:
        return after, after + 1
    last = after
    while last < end and last - after < _PHRASE_TOKENS and _in_phrase(scan, last):
        last += 1
    return _checked(scan, after, last)


def follows_quotation(scan: Scan, cue: int, start: int) -> bool:
    """Whether the cue comes right after a quotation or a comma, so that its subject may follow it."""
    return cue > start and (scan.in_quote[cue - 1] or scan.form[cue - 1] == ",")


def _before_time(scan: Scan, last: int, start: int) -> int:
    """Step over "on Sunday" between the subject and its verb."""
    if last > start + 1 and scan.form[last - 1] in scan.kinds.calendar:
        last -= 1
        if scan.form[last - 1] in scan.kinds.circumstance:
            last -= 1
    return last


def _before_apposition(scan: Scan, last: int, start: int) -> int:
    """Step over ", the minister," or "(left)" between the subject and its verb."""
    if last <= start or scan.form[last - 1] not in (",", ")"):
        return last
    opening = {",": ",", ")": "("}[scan.form[last - 1]]
    floor = max(start, last - 1 - _APPOSITION_TOKENS)
    for token in range(last - 2, floor, -1):
        if scan.form[token] == opening and not scan.in_quote[token]:
            return token
    return start


def _in_phrase(scan: Scan, token: int) -> bool:
    """Whether a token can be part of a noun phrase."""
    form = scan.form[token]
    is_verb = scan.is_cue[token] and not scan.is_capital[token] and form not in scan.kinds.role
    if scan.in_quote[token] or is_verb or form in scan.kinds.calendar or form in scan.kinds.clause:
        return False
    if not scan.is_word[token]:
        return form in (".", "&") and token > 0 and scan.is_capital[token - 1]
    return form not in scan.kinds.closed or form in scan.kinds.link or form in scan.kinds.determiner


def _checked(scan: Scan, first: int, last: int) -> Range | None:
    """The phrase without loose ends, if it can name a speaker: it has a name, or a role ("officials")."""
    while first < last and scan.form[first] in scan.kinds.link - scan.kinds.determiner | {"."}:
        first += 1
    while last > first and scan.form[last - 1] in scan.kinds.link:
        last -= 1
    names = any(
        scan.is_capital[token] and scan.form[token] not in scan.kinds.closed for token in range(first, last)
    )
    roles = any(_base(scan.form[token]) in scan.kinds.role for token in range(first, last))
    return (first, last) if names or roles else None


def _base(form: str) -> str:
    return form.removesuffix("'s").removesuffix("'")
