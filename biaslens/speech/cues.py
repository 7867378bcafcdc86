"""Cues: reporting verbs and "according to", each with its source and the words it reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from biaslens.matching import Matches
from biaslens.speech.contents import find_block, find_complement, find_contents
from biaslens.speech.labels import Label, find_labels
from biaslens.speech.scan import Range, Scan, behind_last, first_of
from biaslens.speech.sources import (
    follows_quotation,
    giver,
    loose_subject,
    phrase_before,
    possessor,
    sentence_subject,
    subject_after,
    subject_before,
)
from biaslens.speech.tags import closes_apposition, is_quantity, is_tag
from biaslens.speech.verbs import LABEL, CueTerm, Verb, is_finite, is_passive, is_predicate

# "Speaking to reporters after the talks, Lavrov": how far the subject may lie behind, in tokens.
_OPENING_TOKENS = 40
# "warned of fears that it fell and urged": how many cues back the one with the shared subject may stand.
_NEAR_CUES = 3


class Cue(NamedTuple):
    """A cue with its source and what it reports, as token ranges.

    source     an empty range where none is named ("is expected to")
    start      first token of its sentence
    is_joined  whether it shares the subject of an earlier verb ("and vowed")
    contents   nothing for a bare cue, two ranges where the cue stands inside them ("X, he said, Y")
    """

    first: int
    last: int
    start: int
    term: CueTerm
    source: Range
    is_joined: bool
    contents: tuple[Range, ...]


def find_cues(scan: Scan, matches: Matches, terms: Sequence[CueTerm]) -> list[Cue]:
    """Every cue outside quotation marks, in reading order; one without a source only if it reports something.

    terms  by row of the lexicon that the matches come from
    """
    cues: list[Cue] = []
    for verb in _candidates(scan, matches, terms):
        cue = _cue(scan, verb, _before(scan, cues, verb))
        if cue is not None:
            cues.append(cue)
    named = [_labelled(scan, label) for label in find_labels(scan)]
    return sorted([*_without_overlap(scan, cues), *named], key=attrgetter("first"))


def _before(scan: Scan, cues: Sequence[Cue], verb: Verb) -> Cue | None:
    """The cue before a term in its sentence, the nearest with a source if there is one near.

    For a participle behind a comma, the outer one: "Berg said the book reminded her of it, adding".
    """
    if not cues or cues[-1].start != verb.start:
        return None
    near = [cue for cue in cues[-_NEAR_CUES:] if cue.start == verb.start]
    named = [cue for cue in near if cue.source[0] < cue.source[1]]
    if named and scan.kinds.ends_ing[verb.first] and follows_quotation(scan, verb.first, verb.start):
        nearest = named[-1]
        named += [cue for cue in named[-2:-1] if any(a <= nearest.first < b for a, b in cue.contents)]
    return named[-1] if named else near[-1] if near else None


def _cue(scan: Scan, verb: Verb, before: Cue | None) -> Cue | None:
    """A term as a cue, if it is one; ``before`` is the cue before it in the sentence."""
    if verb.term.pos == "adv":
        return _hearsay(scan, verb)
    is_verb = verb.term.pos == "verb"
    if is_verb and is_passive(scan, verb):
        return _passive(scan, verb)
    if is_verb and not is_finite(scan, verb):
        return None
    is_joined = is_verb and _is_joined(scan, verb)
    source = _source(scan, verb, before, is_joined) or _unnamed(scan, verb, before, is_joined)
    if source is None or (before and _is_own_report(scan, source, before)):
        return None
    contents = find_contents(scan, verb, source, is_joined) or find_block(scan, verb)
    if not contents and source[0] == source[1] and not _adjoins_quotation(scan, verb):
        return None
    goes_on = is_joined and not (before and _is_nested(scan, verb, before))
    return Cue(verb.first, verb.last, verb.start, verb.term, source, goes_on, contents)


def _adjoins_quotation(scan: Scan, verb: Verb) -> bool:
    """Whether a quotation stands beside a cue, a mark between them or not: "said, “We go.”"."""
    last = verb.last
    last += last < verb.end and not scan.is_word[last] and not scan.in_quote[last]
    is_before = verb.first > verb.start and scan.in_quote[verb.first - 1]
    return bool(is_before or (last < verb.end and scan.in_quote[last]))


def _labelled(scan: Scan, label: Label) -> Cue:
    start, _ = scan.sentence_of(label.colon)
    return Cue(label.colon, label.colon + 1, start, LABEL, label.source, False, (label.content,))


def _candidates(scan: Scan, matches: Matches, terms: Sequence[CueTerm]) -> Iterator[Verb]:
    """Every term outside quotation marks."""
    rows = np.flatnonzero(~np.frombuffer(scan.in_quote, dtype=np.bool_)[matches.first])
    first = matches.first[rows]
    sentence = np.asarray(scan.sentence)[first]
    bounds = np.asarray(scan.bounds)
    return map(
        Verb,
        first.tolist(),
        matches.last[rows].tolist(),
        [terms[row] for row in matches.row[rows].tolist()],
        bounds[sentence].tolist(),
        bounds[sentence + 1].tolist(),
    )


def _passive(scan: Scan, verb: Verb) -> Cue:
    """A cue in the passive, with the source that "by" names, if any."""
    last = verb.last
    agent = subject_after(scan, last + 1, verb.end, is_plain=True) if scan.form(last) == "by" else None
    if agent:
        agent = agent[0], _before_charge(scan, agent)
    source = agent or (verb.first, verb.first)
    contents = find_complement(scan, verb, source[1] if agent else last)
    if not contents and not _adjoins_quotation(scan, verb):
        praised = phrase_before(scan, _before_be(scan, verb), verb.start)
        contents = (praised,) if praised else ()
    return Cue(verb.first, last, verb.start, verb.term, source, False, contents)


def _before_charge(scan: Scan, agent: Range) -> int:
    """Where the agent ends: "accused by critics | of taking bribes"."""
    charges = (i for i in range(agent[0], agent[1]) if scan.form(i) == "of" and scan.kinds.ends_ing[i + 1])
    return next(charges, agent[1])


def _before_be(scan: Scan, verb: Verb) -> int:
    """The token where the auxiliaries of a passive begin: "has also been"."""
    kinds = scan.kinds
    first = verb.first
    while first > verb.start and (kinds.aside[first - 1] or kinds.be[first - 1]):
        first -= 1
    return first


def _hearsay(scan: Scan, verb: Verb) -> Cue:
    """An adverb that leaves what follows to others who are not named: "was reportedly killed"."""
    content = find_complement(scan, verb, verb.last)
    return Cue(verb.first, verb.last, verb.start, verb.term, (verb.first, verb.first), False, content)


def _source(scan: Scan, verb: Verb, before: Cue | None, is_joined: bool) -> Range | None:
    """Who says it; ``before`` is the cue before this one in the sentence."""
    if verb.term.pos == "verb":
        return _subject(scan, verb, before, is_joined)
    if verb.term.pos == "noun":
        return possessor(scan, verb)
    if verb.term.pos == "adj":
        return subject_before(scan, verb, is_plain=True) if is_predicate(scan, verb) else None
    return subject_after(scan, verb.last, verb.end, is_plain=True)


def _unnamed(scan: Scan, verb: Verb, before: Cue | None, is_joined: bool) -> Range | None:
    """Where no source is recognised: any noun phrase in its place, an empty range, or None if it is no cue.

    A word that can be a noun, or a participle, is a cue only with a source.
    """
    kinds, term, first = scan.kinds, verb.term, verb.first
    nobody = (first, first)
    if before and before.contents and before.contents[-1][0] >= first:
        # "said in a statement that": the words are reported already.
        return None
    if term.pos == "noun":
        return nobody
    if term.pos != "verb" or term.is_noun_too or first == verb.start:
        return None
    if is_joined:
        return nobody
    is_example = kinds.comma[first - 1] and scan.form(first) == term.lemma
    if kinds.ends_ing[first] or is_example:
        return None
    return loose_subject(scan, verb) or sentence_subject(scan, verb.start, first) or nobody


def _subject(scan: Scan, verb: Verb, before: Cue | None, is_joined: bool) -> Range | None:
    """The subject of a verb.

    Right of the cue after a quotation (", said the spokesman"); the subject of the cue before, or of the
    sentence, for a cue that is joined to it ("and said", ", adding", "by saying"); else left of the cue.
    """
    kinds = scan.kinds
    first, last, end = verb.first, verb.last, verb.end
    is_plain = verb.term.is_plain or (last < end and kinds.clause[last] == 1)
    is_participle = kinds.ends_ing[first]
    goes_on = last < end and kinds.never_first[last]
    may_tag = follows_quotation(scan, first, verb.start) and not closes_apposition(scan, verb)
    if not is_participle and not goes_on and may_tag:
        found = subject_after(scan, last, end, is_plain)
        if found and is_tag(scan, first, found[1], end):
            return found
    if first == verb.start:
        near = min(end, last + _OPENING_TOKENS)
        comma = first_of(kinds.comma, last, near)
        # "Speaking in town, Orlov"; "Said Orlov, the mayor, “We go.”"
        behind = comma + 1 if is_participle else last
        is_inverted = kinds.past[first] and last < near and scan.is_name[last]
        is_opening = comma < near and (is_participle or is_inverted)
        return subject_after(scan, behind, end, is_plain=False) if is_opening else None
    if is_joined:
        return _shared_source(scan, verb, before)
    found = subject_before(scan, verb, is_plain)
    if found and is_participle:
        found = giver(scan, verb, found)
    return None if found and verb.term.is_noun_too and is_quantity(scan, verb, found) else found


def _shared_source(scan: Scan, verb: Verb, before: Cue | None) -> Range | None:
    """The subject of the cue before, or of the sentence; one in -ing behind "and" has another's."""
    ends_ing = scan.kinds.ends_ing
    if ends_ing[verb.first] and scan.kinds.conjunction[verb.first - 1]:
        is_one_row = before is not None and ends_ing[before.first]
        return before.source if before and is_one_row else None
    if before and _is_in_closed_clause(scan, before, verb.first):
        return sentence_subject(scan, verb.start, before.source[0]) or before.source
    return before.source if before else sentence_subject(scan, verb.start, verb.first)


def _is_in_closed_clause(scan: Scan, before: Cue, token: int) -> bool:
    """Whether the cue before stands in a relative clause that ends: "the agency, which said so, but"."""
    kinds = scan.kinds
    relative = kinds.relative.rfind(1, before.start + 1, before.first)
    if relative < 0 or not kinds.comma[relative - 1] or before.source[1] < relative - 1:
        return False
    is_subject = kinds.finite.find(1, before.start, relative) < 0
    return not is_subject and kinds.comma.find(1, before.last, token) >= 0


def _is_own_report(scan: Scan, source: Range, before: Cue) -> bool:
    """Whether a pronoun opens what the cue before reports: "she said she thinks" is one report of hers."""
    first, last = source
    is_pronoun = last - first == 1 and scan.kinds.subject[first]
    return bool(is_pronoun) and any(begin <= first <= begin + 1 < end for begin, end in before.contents)


def _is_joined(scan: Scan, verb: Verb) -> bool:
    """Whether the cue shares a subject that stands further left: "and has said", ", adding", "by saying"."""
    kinds = scan.kinds
    token = kinds.aside.rfind(0, verb.start, verb.first)
    if token < 0:
        return False
    if kinds.ends_ing[verb.first]:
        return bool(kinds.before_ing[token] or scan.in_quote[token])
    return kinds.conjunction[token] == 1


def _is_nested(scan: Scan, verb: Verb, before: Cue) -> bool:
    """Whether a joined cue in another tense belongs to what is reported: "said he has seen it and agrees"."""
    kinds = scan.kinds
    is_verb = before.term.pos == "verb"
    if not is_verb or kinds.ends_ing[verb.first] or kinds.ends_ing[before.first] or not before.contents:
        return False
    content = before.contents[-1]
    reports_clause = content[0] > before.first and kinds.finite.find(1, *content) >= 0
    return reports_clause and kinds.past[verb.first] != kinds.past[before.first]


def _without_overlap(scan: Scan, cues: Sequence[Cue]) -> list[Cue]:
    """What follows a cue ends where a later cue of the sentence claims all that stands before itself."""
    return list(_ended_by_later(scan, cues))[::-1]


def _ended_by_later(scan: Scan, cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues from the last to the first."""
    later: Cue | None = None
    for cue in reversed(cues):
        if later and later.start == cue.start:
            border = _border(scan, later)
            yield cue._replace(contents=tuple(_ended(scan, content, border) for content in cue.contents))
        else:
            yield cue
        if cue.is_joined or (cue.contents and cue.contents[0][0] < cue.first):
            later = cue


def _border(scan: Scan, cue: Cue) -> int:
    """The token before which everything belongs to what was said earlier."""
    if not cue.is_joined:
        return min(cue.first, cue.source[0])
    border = cue.first
    while scan.kinds.between[border - 1] or scan.kinds.conjunction[border - 1]:
        border -= 1
    return border


def _ended(scan: Scan, content: Range, border: int) -> Range:
    """The content up to the border, where the border lies inside it."""
    first, last = content
    return (first, behind_last(scan.is_solid, first, border)) if first < border < last else content
