"""Persons: who is named in the narration, and with which titles and epithets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.codebook import Corpus
from biaslens.measuring.name_kinds import (
    AGE,
    CLOSED,
    COMMA,
    COUNTRY,
    DOT,
    GIVEN,
    HONORIFIC,
    LABEL,
    NATIONALITY,
    ORGANISATION,
    ROLE,
    SAYS,
    SUFFIX,
)
from biaslens.measuring.name_runs import NameRuns, find_name_runs
from biaslens.measuring.person_titles import find_titles
from biaslens.measuring.proper_names import ProperNames, find_proper_names
from biaslens.measuring.surnames import Keys, main_bearers, surname_keys
from biaslens.name_mentions import PersonMentions
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray

_NO_PERSON = ORGANISATION
# More words than that are a headline or a list.
_MOST_WORDS = 4


def find_persons(corpus: Corpus) -> PersonMentions:
    """Every mention of a person by name, outside quotation marks, with title and epithets.

    Who is a person, and who is meant by a family name, find_people says; what titles and epithets are,
    find_titles.
    """
    people = corpus.once(find_people)
    rows = np.flatnonzero(people.anchor >= 0)
    tokens, names = corpus.tokens, people.names.take(rows)
    titles = find_titles(corpus, corpus.once(find_name_runs), names.first, names.last)
    return PersonMentions(
        mention=Spans(tokens.article[titles.first], tokens.start[titles.first], tokens.end[names.last - 1]),
        name=_texts(corpus, people.names, people.anchor[rows]),
        title=titles.title,
        epithet=titles.epithet,
        is_bare=(names.n_words == 1) & ~titles.is_before,
    )


@dataclass(frozen=True, slots=True)
class People:
    """The proper names of a corpus, and whom they mean.

    names
    anchor  shape (n_names,): row of the name that says in full whom each one means, -1 for no person
    """

    names: ProperNames
    anchor: IntArray


def find_people(corpus: Corpus) -> People:
    """Which names are persons, and the same person, inside each article.

    A name of two to four words is a person where it begins with a known given name, where a title or role
    stands before it, where an age follows ("Oyub Titiev, 60,"), or where a verb of speech follows and the
    article has its last word alone, too. A single word is a person where a title stands before it
    ("Mr. Lavrov"), or where it is the family name of a person in the same article; see main_bearers. Before a
    role or body in small letters ("the Trump administration") a name is no mention.
    """
    runs, names = corpus.once(find_name_runs), corpus.once(find_proper_names)
    keys = surname_keys(corpus.tokens, runs, names.first, names.last)
    return People(names, _anchors(names, _proven(runs, names, keys), keys))


@dataclass(frozen=True, slots=True)
class _Proven:
    """Which names are persons by what stands in or beside them; bool, shape (n_names,) each."""

    full: BoolArray
    titled: BoolArray
    may_be_bare: BoolArray


def _proven(runs: NameRuns, names: ProperNames, keys: Keys) -> _Proven:
    first, last = names.first, names.last
    foreign = runs.n_of(NATIONALITY | COUNTRY, first, last) - (
        runs.has(first, GIVEN) & runs.has(first, NATIONALITY | COUNTRY)
    )
    plain = (runs.n_of(_NO_PERSON, first, last) == 0) & (foreign == 0)
    single = plain & (names.n_words == 1) & ~runs.has(first, ROLE)
    several = plain & (names.n_words > 1) & (names.n_words <= _MOST_WORDS)
    behind_role = ~runs.begins[first] & runs.has(first - 1, ROLE | LABEL | HONORIFIC)
    has_age = runs.has(last, COMMA) & runs.has(last + 1, AGE) & runs.has(last + 2, COMMA | DOT)
    repeated = runs.has(last, SAYS) & np.isin(keys.surname, keys.surname[single])
    evidence = runs.has(first, GIVEN) | names.is_titled | behind_role | has_age | repeated
    full = several & evidence
    # A full name without evidence beside it is known from another place in the article.
    full |= several & np.isin(keys.full, keys.full[full])
    return _Proven(full, single & names.is_titled, single & ~runs.has(first, CLOSED | SUFFIX))


def _anchors(names: ProperNames, proven: _Proven, keys: Keys) -> IntArray:
    """For each name the row of the name that says in full whom it means, -1 for no person."""
    rows = np.arange(len(names.first))
    anchor = np.where(proven.full, rows, -1)
    bare = proven.may_be_bare
    anchor[bare] = main_bearers(keys, rows[proven.full], rows[proven.titled])[bare]
    # "The Trump administration" is no mention of Trump, but it may name him first and in full.
    return np.where(names.modifies & ~names.is_titled, -1, anchor)


def _texts(corpus: Corpus, names: ProperNames, anchor: IntArray) -> tuple[str, ...]:
    """The text of each anchor, without a possessive ending."""
    tokens = corpus.tokens
    distinct, row = np.unique(anchor, return_inverse=True)
    first, last = names.first[distinct], names.last[distinct]
    spans = Spans(tokens.article[first], tokens.start[first], tokens.end[last - 1])
    cut = spans.slices(corpus.texts)
    plain = {text: _without_possessive(" ".join(text.split())) for text in set(cut)}
    return tuple(plain[cut[number]] for number in row.reshape(-1).tolist())


def _without_possessive(text: str) -> str:
    return text.removesuffix("’s").removesuffix("'s").rstrip("'’")
