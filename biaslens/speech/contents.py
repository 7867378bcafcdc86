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
_LOOSE_TOKENS = 4
# "According to a poll of 400 voters by two papers, he leads": how long a source may be.
_SOURCE_TOKENS = 30
_NOTHING: Range = (0, 0)


def find_contents(scan: Scan, verb: Verb, source: Range, is_joined: bool) -> tuple[Range, ...]:
    """What a cue with this source reports, in reading order: the clause behind it, or the sentence before it.

    Both, where the cue stands between two commas inside what it reports ("The museum, he said, honours"). A
    cue that is joined to another ("and said", ", adding") reports only what follows.
    """
    if verb.term.pos == "prep":
        return _around_source(scan, verb, source[1])
    if source[0] > verb.last + 1:
        # "Speaking of the vote, Orlov said": the participle's words stand before its subject.
        return _reported(scan, verb, source, _clause_after(scan, verb.last, source[0] - 1))
    first = min(verb.first, source[0])
    last = source[1] if source[0] >= verb.last else verb.last
    last = _behind_aside(scan, last, verb.end)
    is_parenthesis = last < verb.end and scan.kinds.comma[last]
    before = _NOTHING if is_joined else _clause_before(scan, max(verb.start, first - _MAX_TOKENS), first)
    if before == _NOTHING:
        # "According to the ministry, it fired" reports what follows; "he said, looking up" does not.
        is_aside = is_parenthesis and source[0] < verb.last and not _is_interposed(scan, verb, first, last)
        return () if is_aside else _reported(scan, verb, source, _clause_behind(scan, verb, last))
    if scan.in_quote[before[1] - 1]:
        return _long_enough(scan, verb, before)
    after = _clause_behind(scan, verb, last)
    if is_parenthesis:
        is_one = after != _NOTHING and not scan.has_quote(after)
        return (before, after) if is_one else _long_enough(scan, verb, before)
    return _reported(scan, verb, source, after) or _long_enough(scan, verb, before)


def _behind_aside(scan: Scan, last: int, end: int) -> int:
    """Step over one word between commas before a conjunction: "he said, however, that it closed"."""
    kinds = scan.kinds
    is_aside = last + 3 < end and kinds.comma[last] and kinds.comma[last + 2] and kinds.clause[last + 3]
    return last + 3 if is_aside else last


def _around_source(scan: Scan, verb: Verb, last: int) -> tuple[Range, ...]:
    """What "according to" reports: the clause before it, or else what follows the comma behind its source."""
    kinds = scan.kinds
    near = min(verb.end, last + _SOURCE_TOKENS)
    comma = first_of(kinds.comma, last, near)
    behind = _trimmed(scan, comma + 1, verb.end) if comma + 1 < near else _NOTHING
    before = _trimmed(scan, max(verb.start, verb.first - _MAX_TOKENS), verb.first)
    # "because, according to Berg, it fell": what precedes ends with a word that opens a clause.
    is_clause = _has_finite_verb(scan, before) and not kinds.circumstance[before[1] - 1]
    is_phrase = scan.n_words(before) > 1 and not kinds.circumstance[before[0]]
    if is_clause and not (kinds.circumstance[before[0]] and _has_finite_verb(scan, behind)):
        return (before,)
    if is_clause or is_phrase:
        return (before, behind) if _has_finite_verb(scan, behind) else (before,)
    if behind == _NOTHING and last < verb.end and not kinds.never_first[last]:
        behind = _trimmed(scan, last, verb.end)
        behind = behind if _has_finite_verb(scan, behind) else _NOTHING
    return (behind,) if behind != _NOTHING else ()


def find_block(scan: Scan, verb: Verb) -> tuple[Range, ...]:
    """The line behind a sentence that announces it, if no quotation marks stand around it: "Berg wrote:"."""
    end = verb.end
    if end >= len(scan) or scan.form(end - 1) != ":" or scan.n_words((verb.last, end)) > _ADDRESSEE_TOKENS:
        return ()
    last = scan.line_end(end)
    is_block = not scan.is_one_line(end - 1, end) and scan.article[end - 1] == scan.article[end]
    if not is_block or scan.in_quote[end] or scan.n_words((end, last)) < _MIN_WORDS:
        return ()
    return ((end, behind_last(scan.is_solid, end, last)),)


def _is_interposed(scan: Scan, verb: Verb, first: int, last: int) -> bool:
    """Whether source and cue interrupt the sentence behind its opening: "In May, he said, it closed".

    So does "as": "As the paper noted, it closed".
    """
    if first == verb.start:
        return False
    near = max(verb.start, first - _ADDRESSEE_TOKENS)
    opens = scan.kinds.comma.find(1, near, first) >= 0 or scan.form(first - 1) == "as"
    stop = first_of(scan.kinds.stop, last + 1, verb.end)
    return opens and _has_finite_verb(scan, (last + 1, stop))


def find_complement(scan: Scan, verb: Verb, last: int) -> tuple[Range, ...]:
    """What a passive cue reports, from ``last`` on: "expected to win", "accused of fraud"."""
    end = min(verb.end, last + _MAX_TOKENS)
    content = _trimmed(scan, last, first_of(scan.kinds.comma, last, end))
    return _long_enough(scan, verb, content) if content != _NOTHING else ()


def _clause_behind(scan: Scan, verb: Verb, last: int) -> Range:
    """What follows a cue and its subject, which end at ``last``."""
    return _clause_after(scan, last, _clause_end(scan, verb, min(verb.end, last + _MAX_TOKENS)))


def _clause_end(scan: Scan, verb: Verb, end: int) -> int:
    """Where the clause of the cue ends: ", who denied it," ends with its comma."""
    kinds = scan.kinds
    relative = kinds.between.rfind(0, verb.start + 1, verb.first)
    if relative < 0 or not kinds.relative[relative] or not kinds.comma[relative - 1]:
        return end
    comma = first_of(kinds.comma, verb.last, end)
    while comma < end and scan.in_quote[comma]:
        comma = first_of(kinds.comma, comma + 1, end)
    return comma


def _reported(scan: Scan, verb: Verb, source: Range, after: Range) -> tuple[Range, ...]:
    """The clause behind a cue; nothing for a noun phrase where the cue needs a clause ("called leaders")."""
    # "The survey found Berg ahead": of a document even a noun phrase is what it says.
    is_document = source[0] < source[1] and scan.kinds.document[source[1] - 1]
    needs_clause = verb.term.is_clausal and (verb.term.is_predicative or not is_document)
    if after == _NOTHING or (needs_clause and not _is_clause(scan, verb, after)):
        return ()
    return (after,) if scan.has_quote(after) else _long_enough(scan, verb, after)


def _long_enough(scan: Scan, verb: Verb, content: Range) -> tuple[Range, ...]:
    is_object = not (verb.term.is_plain or verb.term.is_clausal) and content[0] >= verb.last
    return (content,) if scan.n_words(content) >= (1 if is_object else _MIN_WORDS) else ()


def _is_clause(scan: Scan, verb: Verb, content: Range) -> bool:
    """Whether the words hold a quotation, open as a clause does, or have a finite verb before a comma."""
    kinds = scan.kinds
    first, last = content
    if kinds.clause_first[first] or kinds.clause.find(1, verb.last, first) >= 0 or scan.has_quote(content):
        return True
    stop = first_of(kinds.stop, first, last)
    if verb.term.is_predicative and _has_predicate(scan, (first, stop)):
        return True
    return _has_finite_verb(scan, (first, stop)) or ":" in scan.forms((verb.last, first))


def _has_predicate(scan: Scan, tokens: Range) -> bool:
    """Whether an object is said to be something: "called him a hero", "the plan a mistake"."""
    first, last = tokens
    is_named = scan.kinds.pronoun[first] and not scan.kinds.determiner[first]
    return any(scan.form(token) in ("a", "an") for token in range(first + 1, last)) or (
        bool(is_named) and last - first > 1
    )


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
    if scan.form(first) in ("when", "while"):
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
    last = _before_loose_words(scan, start, source_first) - 1
    if last < start:
        return _NOTHING
    if scan.in_quote[last]:
        return start, source_first
    if last == start or not scan.kinds.comma[last]:
        return _NOTHING
    # "During the meeting, he said": when and where it was said.
    is_phrase = scan.kinds.circumstance[start] and not _has_finite_verb(scan, (start, last))
    return _NOTHING if is_phrase else (first_of(scan.is_solid, start, last), last)


def _before_loose_words(scan: Scan, start: int, source_first: int) -> int:
    """Step over words of a source that is known by its last ones only: "one longtime friend"."""
    first, near = source_first, max(start + 1, source_first - _LOOSE_TOKENS)
    while first > near and scan.kinds.closed[first - 1] and not scan.in_quote[first - 1]:
        first -= 1
    return first if first > start and scan.kinds.comma[first - 1] else source_first
