"""Sources: the noun phrase that a reporting cue belongs to, to its left or to its right."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan, first_of, run_end, run_start
from biaslens.speech.verbs import Verb

# How far a noun phrase may reach, and how far an apposition between a name and its verb, in tokens.
_PHRASE_TOKENS, _APPOSITION_TOKENS = 12, 28
# "Lavrov (left), the minister, said": more interruptions than this are no longer one phrase.
_MAX_APPOSITIONS = 2
# "BERLIN, July 1 (Agency) - ": how far a dateline may reach, in tokens.
_DATELINE_TOKENS = 14
_DASHES = frozenset(("–", "—", "-", "--"))
_CONJUNCTIONS = frozenset(("but", "and", "however", "meanwhile", ","))


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


def giver(scan: Scan, verb: Verb, found: Range) -> Range:
    """Who gives out the document that a participle belongs to: "Berg issued a statement saying"."""
    kinds = scan.kinds
    if not (kinds.any_utterance[found[1] - 1] or kinds.document[found[1] - 1]):
        return found
    issued = found[0] if kinds.past[found[0]] else found[0] - 1
    if issued <= verb.start or not kinds.past[issued]:
        return found
    if kinds.subject[issued - 1]:
        return issued - 1, issued
    return _phrase_ending(scan, issued, verb.start, is_plain=False) or found


def phrase_before(scan: Scan, last: int, start: int) -> Range | None:
    """The noun phrase that ends here, whatever it names: of "The dam was praised", "The dam"."""
    first = run_start(scan.in_phrase, max(start, last - _PHRASE_TOKENS), last)
    first = run_end(scan.kinds.never_first, first, last)
    if scan.kinds.subject[last - 1]:
        first = last - 1
    return (first, last) if first < last else None


def sentence_subject(scan: Scan, start: int, end: int) -> Range | None:
    """The noun phrase that a sentence begins with: "But the ministry denied it and said".

    What opens the sentence is passed over: a dateline, "Finally,", "In May,", "Speaking in town,".
    """
    kinds = scan.kinds
    first = _behind_opening(scan, _behind_dateline(scan, start, end), end)
    if first < end and kinds.subject[first]:
        return first, first + 1
    if first < end and kinds.past[first]:
        # "Uneased by the vote, the ministry said"
        return None
    last = first
    while last < min(end, first + _PHRASE_TOKENS) and scan.in_phrase[last]:
        # Behind the head of the phrase, a word that is no part of it is the verb.
        goes_on = scan.is_head[last] or kinds.closed[last] or kinds.initial[last]
        if last > first and scan.is_head[last - 1] and not goes_on and not _modifies(scan, last, end):
            break
        last += 1
    found = _checked(scan, first, last, is_plain=False)
    near = min(end, first + _DATELINE_TOKENS)
    comma = first_of(kinds.comma, first, near)
    if found is None and comma < near and _opens_main_clause(scan, comma + 1, end):
        # "A few days later, Trump reversed himself, telling"
        return sentence_subject(scan, comma + 1, end)
    return found


def _modifies(scan: Scan, token: int, end: int) -> bool:
    """Whether a small word between two heads is no verb: "Republican | presidential nominee Anna Berg"."""
    kinds = scan.kinds
    can_be_verb = kinds.past[token] or kinds.ends_s[token] or kinds.ends_s[token - 1] or scan.is_cue[token]
    return not can_be_verb and token + 1 < end and scan.is_head[token + 1] == 1


def _behind_dateline(scan: Scan, start: int, end: int) -> int:
    """Behind "Moscow (Agency) – ", else the start."""
    near = min(end, start + _DATELINE_TOKENS)
    for token in range(start + 1, near):
        if scan.form(token) in _DASHES:
            is_dateline = not any(
                scan.is_word[t] and not scan.is_capital[t] and scan.form(t).isalpha()
                for t in range(start, token)
            )
            return token + 1 if is_dateline else start
    return start


def _behind_opening(scan: Scan, first: int, end: int) -> int:
    """Behind conjunctions, adverbs and the circumstances or the participle that open a sentence."""
    kinds = scan.kinds
    while first < end and _is_loose(scan, first, end):
        first += 1
    if first == end or not (kinds.circumstance[first] or kinds.ends_ing[first]):
        return first
    nearest = first_of(kinds.comma, first, min(end, first + _APPOSITION_TOKENS))
    comma = nearest
    while comma < end and not _opens_main_clause(scan, comma + 1, end):
        comma = first_of(kinds.comma, comma + 1, end)
    if comma == end:
        comma = nearest
    return comma + 1 if comma < end and kinds.comma[comma] else end


def _is_loose(scan: Scan, token: int, end: int) -> bool:
    """Whether a word stands before the subject: "But", "also", "Finally,"; "Kelly" is a name."""
    if scan.form(token) in _CONJUNCTIONS or scan.kinds.between[token]:
        return True
    is_adverb = scan.form(token).endswith("ly")
    return is_adverb and (not scan.is_name[token] or (token + 1 < end and scan.kinds.comma[token + 1] == 1))


def _opens_main_clause(scan: Scan, first: int, end: int) -> bool:
    """Whether a subject and its verb begin here: "Trump went after Bush", not "New Hampshire,"."""
    if first >= end or scan.kinds.subject[first]:
        return first < end
    last = run_end(scan.in_phrase, first, min(end, first + _PHRASE_TOKENS))
    has_verb = scan.is_its_verb.find(1, first, last) >= 0
    is_followed = first < last < end and (scan.kinds.finite[last] or scan.form(last) in _DASHES)
    return has_verb or bool(is_followed)


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
    closing = scan.form(last - 1)
    opening = "(" if closing == ")" else closing
    floor = max(start, last - 1 - _APPOSITION_TOKENS)
    for token in range(last - 2, floor, -1):
        if not scan.is_word[token] and not scan.in_quote[token] and scan.form(token) == opening:
            return token
    return start if opening == "," else last


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
