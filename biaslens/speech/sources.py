"""Sources: the noun phrase that a reporting cue belongs to, to its left or to its right."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan

# How far a noun phrase may reach, and how far an apposition between a name and its verb, in tokens.
_PHRASE_TOKENS, _APPOSITION_TOKENS = 12, 16
# "Lavrov (left), the minister, said": more interruptions than this are no longer one phrase.
_MAX_APPOSITIONS = 2


def subject_before(scan: Scan, cue: int, start: int, is_plain: bool) -> Range | None:
    """The subject of a cue, to its left: "Lavrov, the minister, has also said", "a letter that says".

    start     first token of the sentence
    is_plain  whether the cue means nothing but speech, so that any noun phrase will do
    """
    last = _before_time(scan, _before_auxiliaries(scan, cue, start), start)
    relative = last - 1
    if relative > start and (scan.form[relative] in scan.kinds.relative or scan.form[relative] == "that"):
        comma = scan.form[relative - 1] == ","
        antecedent = _phrase_ending(scan, relative - comma, start, is_plain)
        is_pronoun = scan.form[relative] == "who"
        return antecedent or ((relative, last) if is_pronoun else None)
    return _phrase_ending(scan, last, start, is_plain)


def subject_after(scan: Scan, first: int, end: int, is_plain: bool) -> Range | None:
    """The noun phrase that begins here: ", said the spokesman", "according to the ministry".

    A role with its name behind a comma gives the name: "said Russia's foreign minister, Sergei Lavrov".
    """
    if first < end and scan.form[first] in scan.kinds.subject:
        return first, first + 1
    last = first
    while last < end and last - first < _PHRASE_TOKENS and _in_phrase(scan, last):
        last += 1
    found = _checked(scan, first, last, is_plain)
    if found is None or last >= end or scan.form[last] != ",":
        return found
    name_last = last + 1
    while name_last < end and _is_name_part(scan, name_last):
        name_last += 1
    closes = name_last == end or scan.form[name_last] in (",", ".")
    is_named = closes and scan.form[found[1] - 1] in scan.kinds.role and name_last - last > 2
    return (last + 1, name_last) if is_named else found


def possessor(scan: Scan, noun: int, start: int) -> Range | None:
    """Whose words a noun tells of: "the ministry's claim that"."""
    is_possessive = noun > start and scan.form[noun - 1].endswith(("'s", "s'"))
    return _phrase_ending(scan, noun, start, is_plain=False) if is_possessive else None


def sentence_subject(scan: Scan, start: int, end: int) -> Range | None:
    """The noun phrase that a sentence begins with: "But the ministry denied it and said"."""
    first = start
    if scan.form[first] in scan.kinds.circumstance:
        near = range(first, min(end, first + _APPOSITION_TOKENS))
        first = next((token + 1 for token in near if scan.form[token] == ","), end)
    while first < end and scan.form[first] in ("but", "and", "however", ","):
        first += 1
    if first < end and scan.form[first] in scan.kinds.subject:
        return first, first + 1
    if first < end and scan.is_past(first):
        # "Uneased by the vote, the ministry said"
        return None
    last = first
    while last < min(end, first + _PHRASE_TOKENS) and _in_phrase(scan, last):
        # Behind the head of the phrase, a word that is no part of it is the verb.
        goes_on = _is_head(scan, last) or scan.form[last] in scan.kinds.closed
        if last > first and _is_head(scan, last - 1) and not goes_on:
            break
        last += 1
    return _checked(scan, first, last, is_plain=False)


def follows_quotation(scan: Scan, cue: int, start: int) -> bool:
    """Whether the cue comes right after a quotation or a comma, so that its subject may follow it."""
    return cue > start and (scan.in_quote[cue - 1] or scan.form[cue - 1] == ",")


def _phrase_ending(scan: Scan, last: int, start: int, is_plain: bool) -> Range | None:
    """The noun phrase that ends here, appositions aside; a name in apposition to a role is preferred."""
    for _ in range(_MAX_APPOSITIONS):
        head = _before_apposition(scan, last, start)
        if head == last:
            break
        apposed = (head + 1, last - 1)
        is_name = scan.n_words(apposed) > 1 and all(_is_name_part(scan, token) for token in range(*apposed))
        if is_name and head > start and scan.form[head - 1] in scan.kinds.role and scan.form[last - 1] == ",":
            return apposed
        last = head
    if last <= start or scan.in_quote[last - 1]:
        return None
    if scan.form[last - 1] in scan.kinds.subject:
        return last - 1, last
    first = last
    while first > start and last - first < _PHRASE_TOKENS and _in_phrase(scan, first - 1):
        first -= 1
        if _is_verb_between(scan, first, start):
            first += 1
            break
    return _checked(scan, first, last, is_plain)


def _before_auxiliaries(scan: Scan, cue: int, start: int) -> int:
    """Step over "has also" between the subject and its verb, and over "is" before a form in -ing."""
    last = cue
    is_progressive = scan.form[cue].endswith("ing")
    while last > start:
        form = scan.form[last - 1]
        is_between = form in scan.kinds.between or form.endswith("ly")
        if not (is_between or (is_progressive and form in scan.kinds.be)):
            break
        last -= 1
    return last


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
    return last if opening == "(" else start


def _in_phrase(scan: Scan, token: int) -> bool:
    """Whether a token can be part of a noun phrase."""
    form = scan.form[token]
    is_verb = scan.is_cue[token] and not scan.is_capital[token] and form not in scan.kinds.role
    if scan.in_quote[token] or is_verb or form in scan.kinds.calendar or form in scan.kinds.clause:
        return False
    if not scan.is_word[token]:
        return form in (".", "&", "%") and token > 0 and (scan.is_capital[token - 1] or form == "%")
    return form not in scan.kinds.closed or form in scan.kinds.link or form in scan.kinds.determiner


def _is_verb_between(scan: Scan, token: int, start: int) -> bool:
    """Whether a past form follows a name or a role, so that it is its verb: "Russia made a statement"."""
    if scan.is_capital[token] or not scan.is_past(token) or token == start:
        return False
    return _is_head(scan, token - 1)


def _is_head(scan: Scan, token: int) -> bool:
    """Whether the token can end a noun phrase as part of a name, or as a role."""
    return scan.is_capital[token] or scan.form[token] in scan.kinds.role


def _is_name_part(scan: Scan, token: int) -> bool:
    return scan.is_capital[token] and scan.form[token] not in scan.kinds.closed and not scan.in_quote[token]


def _checked(scan: Scan, first: int, last: int, is_plain: bool) -> Range | None:
    """The phrase without loose ends, if it can name a speaker: it has a name, or a role ("officials").

    Before a plain verb of speech, any noun phrase is one ("the clip says").
    """
    while first < last and scan.form[first] in scan.kinds.link - scan.kinds.determiner | {".", "%"}:
        first += 1
    while last > first and scan.form[last - 1] in scan.kinds.link | {"."}:
        last -= 1
    if first == last:
        return None
    names = any(_is_name_part(scan, token) for token in range(first, last))
    roles = any(_base(scan.form[token]) in scan.kinds.role for token in range(first, last))
    opening = scan.form[first]
    is_phrase = opening in scan.kinds.determiner or opening[0].isdigit() or scan.form[last - 1].endswith("s")
    return (first, last) if names or roles or (is_plain and is_phrase) else None


def _base(form: str) -> str:
    return form.removesuffix("'s").removesuffix("'")
