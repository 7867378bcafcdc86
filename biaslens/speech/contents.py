"""Contents: the words that a cue reports, behind it, before it, or on both sides."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan, behind_last, first_of
from biaslens.speech.verbs import Verb

# A clause shorter than this many words is no reported speech ("as he said"), and none is longer in tokens.
_MIN_WORDS, _MAX_TOKENS = 3, 200
# "told reporters that": how far the clause may lie behind the cue, in tokens.
_ADDRESSEE_TOKENS = 8
# "says at a campaign stop in Toledo, Ohio, that": the same where the circumstances come first.
_CIRCUMSTANCE_TOKENS = 14
_NOTHING: Range = (0, 0)


def find_contents(scan: Scan, verb: Verb, source: Range, is_joined: bool) -> tuple[Range, ...]:
    """What a cue with this source reports, in reading order: the clause behind it, or the sentence before it.

    Both, where the cue stands between two commas inside what it reports ("The museum, he said, honours"). A
    cue that is joined to another ("and said", ", adding") reports only what follows.
    """
    if source[0] > verb.last + 1:
        # "Speaking of the vote, Orlov said": the participle's words stand before its subject.
        return _reported(scan, verb, _clause_after(scan, verb.last, source[0] - 1))
    first = min(verb.first, source[0])
    last = source[1] if source[0] >= verb.last else verb.last
    is_parenthesis = last < verb.end and scan.kinds.comma[last]
    before = _NOTHING if is_joined else _clause_before(scan, max(verb.start, first - _MAX_TOKENS), first)
    if before == _NOTHING:
        # "According to the ministry, it fired" reports what follows; "he said, looking up" does not.
        is_aside = is_parenthesis and source[0] < verb.last
        return () if is_aside else _reported(scan, verb, _clause_behind(scan, verb, last))
    if scan.in_quote[before[1] - 1]:
        return _long_enough(scan, before)
    after = _clause_behind(scan, verb, last)
    if is_parenthesis:
        is_one = after != _NOTHING and not scan.has_quote(after)
        return (before, after) if is_one else _long_enough(scan, before)
    return _reported(scan, verb, after) or _long_enough(scan, before)


def _clause_behind(scan: Scan, verb: Verb, last: int) -> Range:
    """What follows a cue and its subject, which end at ``last``."""
    return _clause_after(scan, last, _clause_end(scan, verb, min(verb.end, last + _MAX_TOKENS)))


def _clause_end(scan: Scan, verb: Verb, end: int) -> int:
    """Where the clause of the cue ends: ", who denied it," ends with its comma."""
    kinds = scan.kinds
    relative = kinds.between.rfind(0, verb.start + 1, verb.first)
    if relative < 0 or not kinds.relative[relative] or not kinds.comma[relative - 1]:
        return end
    return first_of(kinds.comma, verb.last, end)


def _reported(scan: Scan, verb: Verb, after: Range) -> tuple[Range, ...]:
    """The clause behind a cue; nothing for a noun phrase where the cue needs a clause ("called leaders")."""
    if after == _NOTHING or (verb.term.is_clausal and not _is_clause(scan, verb, after)):
        return ()
    return (after,) if scan.has_quote(after) else _long_enough(scan, after)


def _long_enough(scan: Scan, content: Range) -> tuple[Range, ...]:
    return (content,) if scan.n_words(content) >= _MIN_WORDS else ()


def _is_clause(scan: Scan, verb: Verb, content: Range) -> bool:
    """Whether the words hold a quotation, open as a clause does, or have a finite verb before a comma."""
    kinds = scan.kinds
    first, last = content
    if kinds.clause_first[first] or kinds.clause.find(1, verb.last, first) >= 0 or scan.has_quote(content):
        return True
    stop = first_of(kinds.stop, first, last)
    return _has_finite_verb(scan, (first, stop)) or ":" in scan.forms((verb.last, first))


def _has_finite_verb(scan: Scan, tokens: Range) -> bool:
    return scan.kinds.finite.find(1, *tokens) >= 0


def _clause_after(scan: Scan, first: int, end: int) -> Range:
    """What follows a cue, from the conjunction or quotation that opens it; circumstances are no content.

    "said in a statement", "said, before flying": these tell of the saying.
    """
    if first >= end:
        return _NOTHING
    kinds = scan.kinds
    if kinds.comma[first]:
        first += 1
        if first == end or kinds.ends_ing[first] or kinds.goes_on[first]:
            return _NOTHING
    is_circumstance = kinds.circumstance[first] and not _is_infinitive(scan, first)
    reach = _CIRCUMSTANCE_TOKENS if is_circumstance else _ADDRESSEE_TOKENS
    opening = kinds.clause.find(1, first, min(end, first + reach))
    if opening >= 0 and _opens_own(scan, first, opening):
        first = opening + 1
    elif is_circumstance:
        first = _after_circumstance(scan, first, end)
    return _trimmed(scan, first, end)


def _opens_own(scan: Scan, first: int, opening: int) -> bool:
    """Whether a conjunction opens the content of this cue: "said it was late, adding that" has another's."""
    is_free = not _has_finite_verb(scan, (first, opening)) and scan.adds.find(1, first, opening) < 0
    return is_free and not scan.has_quote((first, opening + 1))


def _trimmed(scan: Scan, first: int, end: int) -> Range:
    """The tokens without punctuation at either end, and without "Sunday" at the first."""
    first = first_of(scan.opens, first, end)
    return (first, behind_last(scan.is_solid, first, end)) if first < end else _NOTHING


def _is_infinitive(scan: Scan, token: int) -> bool:
    """Whether "to" stands before a verb, and not before a noun phrase."""
    if scan.form(token) != "to" or scan.is_last(token):
        return False
    kinds, after = scan.kinds, token + 1
    is_phrase = kinds.determiner[after] or kinds.pronoun[after] or kinds.calendar[after]
    return not (is_phrase or scan.is_capital[after])


def _after_circumstance(scan: Scan, first: int, end: int) -> int:
    """Where the content begins behind "on Sunday" or "in a statement": at a quotation or a pronoun."""
    if first + 1 < end and scan.kinds.calendar[first + 1]:
        return first + 2
    found = scan.resumes.find(1, first + 1, min(end, first + _CIRCUMSTANCE_TOKENS))
    return found if found >= 0 else end


def _clause_before(scan: Scan, start: int, source_first: int) -> Range:
    """The sentence up to the comma or closing mark before the source; nothing without either."""
    last = source_first - 1
    if last < start:
        return _NOTHING
    if scan.in_quote[last]:
        return start, source_first
    if last == start or not scan.kinds.comma[last]:
        return _NOTHING
    # "During the meeting, he said": when and where it was said.
    is_phrase = scan.kinds.circumstance[start] and not _has_finite_verb(scan, (start, last))
    return _NOTHING if is_phrase else (start, last)
