"""Contents: the words that a cue reports, behind it, before it, or on both sides."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan
from biaslens.speech.verbs import Verb

# A clause shorter than this many words is no reported speech ("as he said"), and none is longer in tokens.
_MIN_WORDS, _MAX_TOKENS = 3, 200
# "told reporters that": how far the clause may lie behind the cue, in tokens.
_ADDRESSEE_TOKENS = 8
# "says at a campaign stop in Toledo, Ohio, that": the same where the circumstances come first.
_CIRCUMSTANCE_TOKENS = 14
_NOTHING: Range = (0, 0)
# Behind a comma these go on telling, and report nothing ("said, and left").
_JOINING = frozenset(("and", "but", "or", "who", "which", "while", "when", "as", "after", "before"))
_STOPS = frozenset(",;:")


def find_contents(scan: Scan, verb: Verb, source: Range, is_joined: bool) -> tuple[Range, ...]:
    """What a cue with this source reports, in reading order: the clause behind it, or the sentence before it.

    Both, where the cue stands between two commas inside what it reports ("The museum, he said, honours"). A
    cue that is joined to another ("and said", ", adding") reports only what follows.
    """
    start, end = scan.sentence_of(verb.first)
    first = min(verb.first, source[0])
    last = source[1] if source[0] >= verb.last else verb.last
    before = _NOTHING if is_joined else _clause_before(scan, max(start, first - _MAX_TOKENS), first)
    if source[0] > verb.last + 1:
        # "Speaking of the vote, Orlov said": the participle's words stand before its subject.
        return _reported(scan, verb, _clause_after(scan, verb.last, source[0] - 1))
    after = _clause_after(scan, last, _clause_end(scan, verb, min(end, last + _MAX_TOKENS)))
    is_parenthesis = last < end and scan.form[last] == ","
    if before == _NOTHING:
        # "According to the ministry, it fired" reports what follows; "he said, looking up" does not.
        is_aside = is_parenthesis and source[0] < verb.last
        return () if is_aside else _reported(scan, verb, after)
    if is_parenthesis:
        is_one = after != _NOTHING and not scan.in_quote[before[1] - 1] and not scan.has_quote(after)
        return (before, after) if is_one else _long_enough(scan, before)
    if scan.in_quote[before[1] - 1]:
        return _long_enough(scan, before)
    return _reported(scan, verb, after) or _long_enough(scan, before)


def _clause_end(scan: Scan, verb: Verb, end: int) -> int:
    """Where the clause of the cue ends: ", who denied it," ends with its comma."""
    start, _ = scan.sentence_of(verb.first)
    relative = verb.first - 1
    while relative > start and scan.form[relative] in scan.kinds.between:
        relative -= 1
    if relative <= start or scan.form[relative] not in scan.kinds.relative or scan.form[relative - 1] != ",":
        return end
    return next((token for token in range(verb.last, end) if scan.form[token] == ","), end)


def _reported(scan: Scan, verb: Verb, after: Range) -> tuple[Range, ...]:
    """The clause behind a cue; nothing for a noun phrase where the cue needs a clause ("called leaders")."""
    if after == _NOTHING:
        return ()
    if verb.lemma in scan.kinds.clausal and not _is_clause(scan, verb, after):
        return ()
    return (after,) if scan.has_quote(after) else _long_enough(scan, after)


def _long_enough(scan: Scan, content: Range) -> tuple[Range, ...]:
    return (content,) if scan.n_words(content) >= _MIN_WORDS else ()


def _is_clause(scan: Scan, verb: Verb, content: Range) -> bool:
    """Whether the words hold a quotation, open as a clause does, or have a finite verb before a comma."""
    first, last = content
    skipped = scan.form[verb.last : first]
    if scan.has_quote(content) or ":" in skipped or not scan.kinds.clause.isdisjoint(skipped):
        return True
    if scan.form[first] in scan.kinds.subject | scan.kinds.question | {"to"}:
        return True
    comma = next((token for token in range(first, last) if scan.form[token] in _STOPS), last)
    return _has_finite_verb(scan, (first, comma))


def _has_finite_verb(scan: Scan, tokens: Range) -> bool:
    return any(scan.form[token] in scan.kinds.finite or scan.is_past(token) for token in range(*tokens))


def _clause_after(scan: Scan, first: int, end: int) -> Range:
    """What follows a cue, from the conjunction or quotation that opens it; circumstances are no content.

    "said in a statement", "said, before flying": these tell of the saying.
    """
    if first < end and scan.form[first] == ",":
        first += 1
        if first < end and (scan.form[first].endswith("ing") or scan.form[first] in _JOINING):
            return _NOTHING
    is_circumstance = first < end and scan.form[first] in scan.kinds.circumstance
    is_circumstance = is_circumstance and not _is_infinitive(scan, first)
    reach = _CIRCUMSTANCE_TOKENS if is_circumstance else _ADDRESSEE_TOKENS
    near = range(first, min(end, first + reach))
    opening = next((token for token in near if scan.form[token] in scan.kinds.clause), end)
    # "said it was late, adding that": what follows is another cue's.
    is_mine = not _has_finite_verb(scan, (first, opening)) and not any(
        scan.is_cue[token] and scan.form[token - 1] == "," for token in range(first, opening)
    )
    if opening < end and is_mine and not scan.has_quote((first, opening + 1)):
        first = opening + 1
    elif is_circumstance:
        first = _after_circumstance(scan, first, end)
    return _trimmed(scan, first, end)


def _trimmed(scan: Scan, first: int, end: int) -> Range:
    """The tokens without punctuation at either end, and without "Sunday" at the first."""
    while first < end and not scan.in_quote[first]:
        if scan.is_word[first] and scan.form[first] not in scan.kinds.calendar:
            break
        first += 1
    while end > first and not scan.is_word[end - 1] and not scan.in_quote[end - 1]:
        end -= 1
    return (first, end) if first < end else _NOTHING


def _is_infinitive(scan: Scan, token: int) -> bool:
    """Whether "to" stands before a verb, and not before a noun phrase."""
    if scan.form[token] != "to" or token + 1 == len(scan.form):
        return False
    after = scan.form[token + 1]
    is_phrase = after in scan.kinds.determiner or after in scan.kinds.pronoun or after in scan.kinds.calendar
    return not (is_phrase or scan.is_capital[token + 1])


def _after_circumstance(scan: Scan, first: int, end: int) -> int:
    """Where the content begins behind "on Sunday" or "in a statement": at a quotation or a pronoun."""
    if first + 1 < end and scan.form[first + 1] in scan.kinds.calendar:
        return first + 2
    for token in range(first + 1, min(end, first + _CIRCUMSTANCE_TOKENS)):
        if scan.in_quote[token]:
            return token
        if scan.form[token] in scan.kinds.subject and scan.form[token - 1] != ",":
            return token
    return end


def _clause_before(scan: Scan, start: int, source_first: int) -> Range:
    """The sentence up to the comma or closing mark before the source; nothing without either."""
    last = source_first - 1
    if last < start:
        return _NOTHING
    if scan.in_quote[last]:
        return start, source_first
    if scan.form[last] != "," or last == start:
        return _NOTHING
    # "During the meeting, he said": when and where it was said.
    is_phrase = not _has_finite_verb(scan, (start, last))
    return _NOTHING if is_phrase and scan.form[start] in scan.kinds.circumstance else (start, last)
