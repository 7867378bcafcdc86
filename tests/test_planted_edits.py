"""The edits that benchmarks/statistics_planted.py plants."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import biaslens
from biaslens.cleaning.clean import keep_all
from biaslens.codebook import Corpus
from biaslens.first_pass import annotate
from biaslens.lexicons import load_lexicon
from biaslens.measuring.agency import agentless_passives
from biaslens.measuring.lexical import in_unquoted_text
from biaslens.settings import Settings
from biaslens.stats.items import find_items

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
TEXTS = (
    'Mayor Ann Lee said the 340 rebels left Poltava on Monday. "He said no," she said.\n'
    "The brutal regime denied it. The bridge was closed and the road was blocked.",
    'The White House said "the talks are over and nobody will return to them soon." It rained in Poltava.\n'
    "Rebels left the town after a week in which the weather turned, the roads were cut and the food that "
    "people had stored in the cellars ran out.",
    "About 340 rebels were seen in Poltava. He asserted his innocence.",
)


@pytest.fixture(scope="module")
def edits() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield importlib.import_module("planted_edits")


@pytest.fixture(scope="module")
def words(edits: ModuleType) -> ModuleType:
    return importlib.import_module("planted_words")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def annotated(*texts: str) -> Corpus:
    articles = biaslens.read({"A": list(texts)})
    return annotate(articles, keep_all(articles).kept, Settings(clean=False))


def test_said_becomes_claimed_or_alleged_outside_quotation_marks(edits, rng):
    text = edits.verbs_swapped(annotated(TEXTS[0]), 1.0, rng)[0]
    assert '"He said no,"' in text
    assert text.count("claimed") + text.count("alleged") == 2
    assert text.count("said") == 1


def test_verbs_are_inflected_alike(edits, rng):
    text = edits.verbs_swapped(annotated("He says it. They say it. Says who?"), 1.0, rng)[0]
    assert [word in ("claims", "alleges", "claim", "allege") for word in text.split()[1:5:3]] == [True, True]
    assert text.split()[6] in ("Claims", "Alleges")


def test_an_edit_of_no_strength_changes_nothing(edits, rng):
    corpus = annotated(*TEXTS)
    items, others = find_items(corpus), np.array([[1, 2], [0, 2], [0, 1]])
    half = edits.half_of_lexicon(rng)
    assert edits.verbs_swapped(corpus, 0.0, rng) == corpus.texts
    assert edits.words_inserted(corpus, 0.0, half, rng) == corpus.texts
    assert edits.clauses_planted(corpus, 0.0, rng).passive == corpus.texts
    assert edits.labels_swapped(corpus, 0.0, rng) == corpus.texts
    assert edits.facts_dropped(corpus, items, others, 0.0, rng) == corpus.texts
    assert edits.paragraphs_spliced(corpus, np.array([1, 2, 0]), 0, rng) == corpus.texts
    assert len(edits.quoting_sentences(corpus, 0.0, rng)) == 0


def test_inserted_words_are_counted_as_loaded(edits, rng):
    corpus = annotated(*TEXTS)
    count = in_unquoted_text("loaded")
    after = annotated(*edits.words_inserted(corpus, 3.0, edits.half_of_lexicon(rng), rng))
    assert count(after).total.sum() > count(corpus).total.sum()


def test_words_off_the_list_are_not_counted_as_loaded(edits, words, rng):
    corpus = annotated(*TEXTS)
    count = in_unquoted_text("loaded")
    after = annotated(*edits.words_inserted(corpus, 3.0, edits.of_any_weight(words.OUTSIDE), rng))
    assert after.tokens.n_words.sum() > corpus.tokens.n_words.sum()
    assert count(after).total.sum() == count(corpus).total.sum()


def test_words_off_the_list_are_in_no_list_of_loaded_words(words):
    forms = load_lexicon("loaded").forms
    assert [word for word in words.OUTSIDE if (word,) in forms] == []
    assert len(set(words.OUTSIDE)) == len(words.OUTSIDE) >= 150


def test_clauses_with_and_without_agent_have_as_many_words(words):
    assert [pair for pair in words.CLAUSES if len(pair[0].split()) != len(pair[1].split())] == []


def test_only_clauses_without_agent_are_passives(words):
    active, passive = (annotated(*(pair[side] for pair in words.CLAUSES)) for side in (0, 1))
    assert agentless_passives(active).total.sum() == 0
    assert agentless_passives(passive).total.tolist() == [1] * len(words.CLAUSES)


def test_labels_become_another_label_of_their_set_in_the_same_number(edits, rng):
    corpus = annotated("The rebels fled. " * 40)
    text = edits.labels_swapped(corpus, 1.0, rng)[0]
    word = text.split()[1]
    labels = load_lexicon("contested_labels")
    sets = [labels.category[labels.forms[form,]] for form in ("rebels", word)]
    assert word != "rebels"
    assert sets[0] == sets[1]
    assert word.endswith(("s", "men"))


def test_sentences_go_whose_facts_both_others_tell(edits, rng):
    corpus = annotated(*TEXTS)
    dropped = edits.facts_dropped(corpus, find_items(corpus), np.array([[1, 2], [0, 2], [0, 1]]), 1.0, rng)
    assert "Poltava" not in dropped[0]
    assert "The brutal regime denied it." in dropped[0]


def test_quotations_of_politicians_go_with_their_sentences(edits, rng):
    corpus = annotated(TEXTS[1])
    left = edits.without_sentences(corpus, edits.quoting_sentences(corpus, 1.0, rng))[0]
    assert "talks" not in left
    assert "It rained in Poltava." in left


def test_spliced_paragraphs_are_the_other_text_word_for_word(edits, rng):
    corpus = annotated(*TEXTS)
    spliced = edits.paragraphs_spliced(corpus, np.array([1, 0, 0]), 2, rng)
    assert TEXTS[1].split("\n")[1] in spliced[0]
    assert spliced[1] == corpus.texts[1]


def test_of_changes_that_overlap_the_first_is_made(edits):
    changes = [edits.Change(0, 2, 5, "X"), edits.Change(0, 4, 6, "Y"), edits.Change(0, 6, 6, "Z")]
    assert edits.applied(("abcdefg",), changes) == ("abXfZg",)
