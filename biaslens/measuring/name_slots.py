"""Name slots: the nouns and verbs that stand beside names in one and the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.codebook import Corpus
from biaslens.measuring.name_heads import ADJECTIVE, NOUN, OTHER, PASSED, VERB, name_heads
from biaslens.measuring.name_kinds import (
    CLOSED,
    DETERMINER,
    LABEL,
    LINK,
    NATIONALITY,
    POSSESSIVE,
    ROLE,
    SUFFIX,
    country_names,
)
from biaslens.measuring.name_runs import NameRuns, find_name_runs
from biaslens.measuring.persons import People, find_people
from biaslens.name_mentions import NameSlots
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray

# Prepositions behind which the same noun stands for the same thing: "annexation of Crimea", "war in Ukraine".
_PREPOSITIONS = ("of", "in", "on", "against", "over", "with")
# "Russia's unprovoked and brutal invasion": adjectives before the head.
_MOST_ADJECTIVES = 3
# "Russian long-range missile strike": nouns before the head.
_MOST_NOUNS = 2


def find_slots(corpus: Corpus) -> NameSlots:
    """The words that stand beside names outside quotation marks, in slots that say how.

    A slot is a name and a construction:
    - "Crimea: of", and "in", "on", "against", "over", "with": the noun before the preposition;
    - "Crimea: possessive": the head of the noun phrase after "Crimea's" or "Crimean";
    - "Crimea: object": the verb right before the name;
    - "Lukashenko: before": the role or label right before the name.

    Persons are named by their first and last name, as far as the article has it. Words are dictionary forms.
    Closed classes, light verbs and nouns fill no slot; see the lexicon head_words.
    """
    scene = _scene(corpus)
    fillings = [*_after_nouns(scene), _owned(scene), _objects(scene), _titles(scene)]
    return _columns(scene, fillings)


@dataclass(frozen=True, slots=True)
class _Scene:
    """The names of a corpus and the classes of its words.

    word_class  shape (n_tokens,): what each token can fill, OTHER for quoted and capitalised ones
    """

    corpus: Corpus
    runs: NameRuns
    people: People
    word_class: IntArray


@dataclass(frozen=True, slots=True)
class _Filling:
    """Words that stand beside names in one construction.

    name    rows of names
    head    tokens
    """

    construction: str
    name: IntArray
    head: IntArray


def _scene(corpus: Corpus) -> _Scene:
    tokens = corpus.tokens
    classes = tokens.look_up(name_heads(corpus.language).classes_of).astype(np.int64)
    classes[~corpus.is_narration | tokens.is_capital] = OTHER
    runs = corpus.once(find_name_runs)
    return _Scene(corpus, runs, corpus.once(find_people), classes)


def _before(scene: _Scene, places: IntArray) -> IntArray:
    """The token before each place in its sentence; the place itself where there is none."""
    return places - ~scene.runs.begins[places]


def _without_determiner(scene: _Scene, places: IntArray) -> IntArray:
    """The places, or those of the determiners before them."""
    before = _before(scene, places)
    return np.where(scene.runs.has(before, DETERMINER), before, places)


def _after_nouns(scene: _Scene) -> list[_Filling]:
    """The noun before the preposition before the name: "war in Ukraine"."""
    tokens, names = scene.corpus.tokens, scene.people.names
    is_whole = ~names.is_titled & ~names.modifies
    rows = np.flatnonzero(is_whole & ~scene.runs.has(names.last - 1, POSSESSIVE | NATIONALITY))
    link = _before(scene, _without_determiner(scene, names.first[rows]))
    head = _before(scene, link)
    fits = (head < link) & _is_one(scene.word_class[head], NOUN, VERB)
    rows, link, head = rows[fits], link[fits], head[fits]
    form = tokens.vocabulary.table(_prepositions)[tokens.type[link]]
    return [
        _Filling(word, rows[form == code], head[form == code]) for code, word in enumerate(_PREPOSITIONS, 1)
    ]


def _owned(scene: _Scene) -> _Filling:
    """The last noun of the phrase behind the name: "Russia's war", "the Russian security forces"."""
    names = scene.people.names
    rows = np.flatnonzero(scene.runs.has(names.last - 1, POSSESSIVE | NATIONALITY))
    head = names.last[rows]
    for _ in range(_MOST_ADJECTIVES):
        head = head + _holds(scene, head, (ADJECTIVE,))
    fits = _holds(scene, head, (NOUN, VERB))
    rows, head = rows[fits], head[fits]
    for _ in range(_MOST_NOUNS):
        head = head + _holds(scene, head + 1, (NOUN, VERB))
    return _Filling("possessive", rows, head)


def _holds(scene: _Scene, places: IntArray, classes: tuple[int, ...]) -> BoolArray:
    """Whether words of some classes stand at some places, inside a sentence."""
    at = np.minimum(places, len(scene.word_class) - 1)
    fits = _is_one(scene.word_class[at], *classes) & ~scene.runs.begins[at]
    return np.asarray(fits & (places < len(scene.word_class)))


def _is_one(classes: IntArray, *wanted: int) -> BoolArray:
    """Whether each class is one of a few."""
    found = classes == wanted[0]
    for other in wanted[1:]:
        found = found | (classes == other)
    return np.asarray(found)


def _objects(scene: _Scene) -> _Filling:
    """The verb before the name: "seized Crimea"."""
    names = scene.people.names
    rows = np.flatnonzero(~scene.runs.has(names.last - 1, POSSESSIVE | NATIONALITY) & ~names.modifies)
    first = names.begin[rows]
    head = _before(scene, _without_determiner(scene, first))
    fits = (head < first) & _is_one(scene.word_class[head], VERB, PASSED)
    return _Filling("object", rows[fits], head[fits])


def _titles(scene: _Scene) -> _Filling:
    """The role or label before a person's name: "President Lukashenko", "strongman Lukashenko"."""
    names, runs = scene.people.names, scene.runs
    rows = np.flatnonzero(scene.people.anchor >= 0)
    head = _before(scene, names.first[rows])
    fits = (head < names.first[rows]) & scene.corpus.is_narration[head]
    fits &= runs.has(head, ROLE | LABEL) & ~runs.has(head, POSSESSIVE)
    # "To host Trump": behind such words a role in small letters is a verb.
    small = ~scene.corpus.tokens.is_capital[head]
    fits &= ~(small & runs.has(head - 1, CLOSED) & ~runs.has(head - 1, DETERMINER | LINK))
    return _Filling("before", rows[fits], head[fits])


def _columns(scene: _Scene, fillings: Sequence[_Filling]) -> NameSlots:
    """The fillings in reading order."""
    tokens = scene.corpus.tokens
    name = np.concatenate([filling.name for filling in fillings])
    head = np.concatenate([filling.head for filling in fillings])
    code = np.repeat(np.arange(len(fillings)), [len(filling.name) for filling in fillings])
    order = np.lexsort((code, head))
    name, head = name[order], head[order]
    constructions = [fillings[row].construction for row in code[order].tolist()]
    sentence = tokens.sentence[head]
    return NameSlots(
        sentence=Spans(
            tokens.sentence_article[sentence],
            tokens.start[tokens.sentence_first[sentence]],
            tokens.end[tokens.sentence_first[sentence + 1] - 1],
        ),
        slot=tuple(f"{text}: {how}" for text, how in zip(_shown(scene, name), constructions, strict=True)),
        word=_lemmas(scene, head, constructions),
        is_person=scene.people.anchor[name] >= 0,
    )


def _lemmas(scene: _Scene, head: IntArray, constructions: Sequence[str]) -> tuple[str, ...]:
    heads, forms = name_heads(scene.corpus.language), scene.corpus.tokens.vocabulary.forms
    types = scene.corpus.tokens.type
    words = [forms[row] for row in types[head].tolist()]
    noun = {word: heads.noun(word) for word in set(words)}
    before = [forms[row] for row in types[np.maximum(head - 1, 0)].tolist()]
    lemmas = []
    for word, previous, how in zip(words, before, constructions, strict=True):
        if how == "object":
            lemmas.append(heads.verb[word])
        elif how == "before":
            lemmas.append(heads.roles.get((previous, word)) or noun[word])
        else:
            lemmas.append(noun[word])
    return tuple(lemmas)


def _shown(scene: _Scene, rows: IntArray) -> list[str]:
    """The names: of a person first and last name, of a nationality the country."""
    tokens, names = scene.corpus.tokens, scene.people.names
    means = np.where(scene.people.anchor[rows] >= 0, scene.people.anchor[rows], rows)
    distinct, row = np.unique(means, return_inverse=True)
    first, last = names.first[distinct], names.last[distinct] - 1
    last = last - ((last > first) & scene.runs.has(last, SUFFIX))
    spans = Spans(tokens.article[first], tokens.start[first], tokens.end[last])
    is_person = (scene.people.anchor[distinct] >= 0).tolist()
    cuts = list(zip(spans.slices(scene.corpus.texts), is_person, strict=True))
    countries = country_names(scene.corpus.language)
    # Most names stand in many articles.
    plain = {cut: _plain(*cut, countries) for cut in set(cuts)}
    return [plain[cuts[number]] for number in row.reshape(-1).tolist()]


def _plain(text: str, is_person: bool, countries: Mapping[str, str]) -> str:
    """A name without possessive ending and middle names; the country instead of its adjective."""
    words = _POSSESSIVE.sub("", text).split()
    if is_person and len(words) > 1:
        return f"{words[0]} {words[-1]}"
    name = " ".join(words)
    return countries.get(name.lower(), name)


_POSSESSIVE = re.compile(r"['’]s?$")


def _prepositions(forms: Sequence[str]) -> npt.NDArray[np.int8]:
    """For Vocabulary.table: place of each form among the prepositions, from 1, 0 for none."""
    place = {word: code for code, word in enumerate(_PREPOSITIONS, 1)}
    return np.array([place.get(form, 0) for form in forms], dtype=np.int8)
