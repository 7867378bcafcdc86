"""Sources: the noun phrase that a reporting cue belongs to, to its left or to its right."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan, first_of, run_end, run_start
from biaslens.speech.verbs import Verb

# How far a noun phrase may reach, and how far an apposition between a name and its verb, in tokens.
_PHRASE_TOKENS, _APPOSITION_TOKENS = 12, 16
# "Lavrov (left), the minister, said": more interruptions than this are no longer one phrase.
_MAX_APPOSITIONS = 2


def subject_before(scan: Scan, verb: Verb, is_plain: bool) -> Range | None:
    """The subject of a cue, to its left: "Lavrov, the minister, has also said", "a letter that says".

    is_plain  whether the cue means nothing but speech, so that any noun phrase will do
    """
    last = _before_time(scan, _before_auxiliaries(scan, verb), verb.start)
    relative = last - 1
    if relative > verb.start and scan.kinds.relates[relative]:
        comma = scan.kinds.comma[relative - 1]
        antecedent = _phrase_ending(scan, relative - comma, verb.start, is_plain)
        is_pronoun = scan.form(relative) == "who"
        return antecedent or ((relative, last) if is_pronoun else None)
    return _phrase_ending(scan, last, verb.start, is_plain)


def loose_subject(scan: Scan, verb: Verb) -> Range | None:
    """Any noun phrase in the place of a subject: right before the verb, or before an interruption."""
    kinds = scan.kinds
    last = _before_time(scan, _before_auxiliaries(scan, verb), verb.start)
    if last > verb.start and (kinds.comma[last - 1] or scan.in_quote[last - 1]):
        return sentence_subject(scan, verb.start, last - 1)
    first = run_start(scan.in_phrase, max(verb.start, last - _PHRASE_TOKENS), last)
    first = run_end(kinds.never_first, first, last)
    last = run_start(kinds.never_last, first, last)
    # "on March 16 reflected": a number alone names nobody.
    return (first, last) if first < last and scan.form(last - 1)[-1].isalpha() else None


def subject_after(scan: Scan, first: int, end: int, is_plain: bool) -> Range | None:
    """The noun phrase that begins here: ", said the spokesman", "according to the ministry".

    A role with its name behind a comma gives the name: "said Russia's foreign minister, Sergei Lavrov".
    """
    if first >= end:
        return None
    if scan.kinds.subject[first]:
        return first, first + 1
    last = run_end(scan.in_phrase, first, min(end, first + _PHRASE_TOKENS))
    found = _checked(scan, first, last, is_plain)
    if found is None or last >= end or not scan.kinds.comma[last]:
        return found
    name_last = run_end(scan.is_name, last + 1, end)
    closes = name_last == end or scan.form(name_last) in (",", ".")
    is_named = closes and scan.kinds.role[found[1] - 1] and name_last - last > 2
    return (last + 1, name_last) if is_named else found


def possessor(scan: Scan, noun: Verb) -> Range | None:
    """Whose words a noun tells of: "the ministry's claim that"."""
    is_possessive = noun.first > noun.start and scan.kinds.ends_possessive[noun.first - 1]
    return _phrase_ending(scan, noun.first, noun.start, is_plain=False) if is_possessive else None


def phrase_before(scan: Scan, last: int, start: int) -> Range | None:
    """The noun phrase that ends here, whatever it names: of "The dam was praised", "The dam"."""
    first = run_start(scan.in_phrase, max(start, last - _PHRASE_TOKENS), last)
    first = run_end(scan.kinds.never_first, first, last)
    if scan.kinds.subject[last - 1]:
        first = last - 1
    return (first, last) if first < last else None


def sentence_subject(scan: Scan, start: int, end: int) -> Range | None:
    """The noun phrase that a sentence begins with: "But the ministry denied it and said"."""
    kinds = scan.kinds
    first = start
    if kinds.circumstance[first]:
        near = min(end, first + _APPOSITION_TOKENS)
        comma = first_of(kinds.comma, first, near)
        first = comma + 1 if comma < near else end
    while first < end and scan.form(first) in ("but", "and", "however", ","):
        first += 1
    if first < end and kinds.subject[first]:
        return first, first + 1
    if first < end and kinds.past[first]:
        # "Uneased by the vote, the ministry said"
        return None
    last = first
    while last < min(end, first + _PHRASE_TOKENS) and scan.in_phrase[last]:
        # Behind the head of the phrase, a word that is no part of it is the verb.
        goes_on = scan.is_head[last] or kinds.closed[last] or kinds.initial[last]
        if last > first and scan.is_head[last - 1] and not goes_on:
            break
        last += 1
    return _checked(scan, first, last, is_plain=False)


def follows_quotation(scan: Scan, cue: int, start: int) -> bool:
    """Whether the cue comes right after a quotation or a comma, so that its subject may follow it."""
    return cue > start and bool(scan.in_quote[cue - 1] or scan.kinds.comma[cue - 1])


def _phrase_ending(scan: Scan, last: int, start: int, is_plain: bool) -> Range | None:
    """The noun phrase that ends here, appositions aside; a name in apposition to a role is preferred."""
    kinds = scan.kinds
    for _ in range(_MAX_APPOSITIONS):
        if last <= start or not kinds.closing[last - 1]:
            break
        head = _before_apposition(scan, last, start)
        if head == last:
            break
        apposed = (head + 1, last - 1)
        is_name = scan.is_name.find(0, *apposed) < 0 and scan.n_words(apposed) > 1
        if is_name and head > start and kinds.role[head - 1] and kinds.comma[last - 1]:
            return apposed
        last = head
    if last <= start or scan.in_quote[last - 1]:
        return None
    if kinds.subject[last - 1] or kinds.contracted[last - 1]:
        return last - 1, last
    first = run_start(scan.in_phrase, max(start, last - _PHRASE_TOKENS), last)
    # A past form that opens the sentence belongs to what follows it.
    verb = scan.is_its_verb.rfind(1, max(first, start + 1), last)
    if verb == last - 1:
        # "polls released Sunday showed": a participle that belongs to the noun.
        return _checked(scan, first, verb, is_plain)
    return _checked(scan, verb + 1 if verb >= 0 else first, last, is_plain)


def _before_auxiliaries(scan: Scan, verb: Verb) -> int:
    """Step over "has also" between the subject and its verb, and over "is" before a form in -ing."""
    last = verb.first
    kinds = scan.kinds
    takes_be = kinds.ends_ing[last] or verb.term.pos == "adj"
    while last > verb.start and (
        kinds.aside[last - 1] or (takes_be and (kinds.be[last - 1] or kinds.copula[last - 1]))
    ):
        last -= 1
    return last


def _before_time(scan: Scan, last: int, start: int) -> int:
    """Step over "on Sunday" and "last week" between the subject and its verb."""
    kinds = scan.kinds
    if last > start + 2 and kinds.period[last - 1] and kinds.points_to[last - 2]:
        return last - 2
    if last > start + 1 and kinds.calendar[last - 1]:
        last -= 1
        if kinds.circumstance[last - 1]:
            last -= 1
    return last


def _before_apposition(scan: Scan, last: int, start: int) -> int:
    """Step over ", the minister," or "(left)" between the subject and its verb."""
    opening = "," if scan.kinds.comma[last - 1] else "("
    floor = max(start, last - 1 - _APPOSITION_TOKENS)
    for token in range(last - 2, floor, -1):
        if not scan.is_word[token] and not scan.in_quote[token] and scan.form(token) == opening:
            return token
    return last if opening == "(" else start


def _checked(scan: Scan, first: int, last: int, is_plain: bool) -> Range | None:
    """The phrase without loose ends, if it can name a speaker: it has a name, or a role ("officials").

    Before a plain verb of speech, any noun phrase is one ("the clip says").
    """
    kinds = scan.kinds
    first = run_end(kinds.never_first, first, last)
    last = run_start(kinds.never_last, first, last)
    if first == last:
        return None
    if scan.is_name.find(1, first, last) >= 0 or kinds.any_role.find(1, first, last) >= 0:
        return first, last
    is_phrase = kinds.determiner[first] or kinds.ends_s[last - 1] or scan.form(first)[0].isdigit()
    return (first, last) if is_plain and is_phrase else None
