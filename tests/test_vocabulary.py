"""Tests of numbered forms and the tables that follow from them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.blanks import codes_of
from biaslens.vocabulary import HashedVocabulary, Vocabulary

forms = st.lists(
    st.text(min_size=1, max_size=8) | st.text(alphabet="ab", min_size=60, max_size=70), max_size=30
)


def length(some):
    return np.array([len(form) for form in some], dtype=np.int64)


@given(forms)
def test_a_form_gets_one_row_in_either_vocabulary(some):
    for vocabulary in (Vocabulary(), HashedVocabulary()):
        rows = vocabulary.rows(some)
        assert [vocabulary.forms[row] for row in rows.tolist()] == some
        assert len(vocabulary) == len(set(some))
        assert vocabulary.rows(some).tolist() == rows.tolist()


@given(forms, forms)
def test_a_table_grows_with_the_forms_and_asks_about_each_once(some, others):
    vocabulary, asked = HashedVocabulary(), []

    def derive(new):
        asked.extend(new)
        return length(new)

    for part in (some, others):
        rows = vocabulary.rows(part)
        assert vocabulary.table(derive)[rows].tolist() == [len(form) for form in part]
    assert asked == vocabulary.forms


def test_pieces_of_a_text_longer_than_a_window_are_found_by_their_places():
    words = [f"word{i % 5000}" for i in range(30_000)]
    text = " ".join(words)
    end = np.cumsum([len(word) + 1 for word in words]) - 1
    vocabulary = HashedVocabulary()
    rows = vocabulary.rows_in(text, codes_of(text), end - length(words), end)
    assert [vocabulary.forms[row] for row in rows.tolist()] == words
    assert len(vocabulary) == 5000


def test_a_piece_of_a_million_characters_is_one_form():
    text = "a" * 1_000_000 + "b"
    vocabulary = HashedVocabulary()
    assert vocabulary.rows_in(
        text, codes_of(text), np.array([0, 1_000_000]), np.array([1_000_000, 1_000_001])
    ).tolist() == [
        0,
        1,
    ]


def test_forms_that_share_a_slot_are_told_apart():
    # More forms than slots: many must share one.
    vocabulary = HashedVocabulary()
    words = [str(i) for i in range(600_000)]
    assert vocabulary.rows(words)[::1000].tolist() == list(range(0, 600_000, 1000))
    assert vocabulary.rows(words[::1000]).tolist() == list(range(0, 600_000, 1000))


@given(st.lists(st.text(alphabet="aá\u0161\u2019中\x00", min_size=1, max_size=20), max_size=30))
def test_forms_that_share_their_low_bytes_are_told_apart(some):
    rows = HashedVocabulary().rows(some).tolist()
    assert rows == Vocabulary().rows(some).tolist()


def test_forms_alike_at_first_are_told_apart():
    words = ["a" * n + ending for n in range(64) for ending in ("", "b", "中")][1:]
    assert len(set(HashedVocabulary().rows(words).tolist())) == len(set(words))


def test_a_form_has_its_row_whatever_stands_beside_it():
    vocabulary = HashedVocabulary()
    found = [vocabulary.pieces_of([text]).row.tolist() for text in ("it’s late", "late it’s中 it’s", "late")]
    assert found == [[0, 1], [1, 2, 0], [1]]


def test_an_interruption_leaves_forms_to_be_found(monkeypatch):
    vocabulary = HashedVocabulary()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(vocabulary._slots, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        vocabulary.rows(["to", "be"])
    monkeypatch.undo()
    assert [vocabulary.forms[row] for row in vocabulary.rows(["be", "or", "to"]).tolist()] == [
        "be",
        "or",
        "to",
    ]


def test_lone_surrogates_and_nul_are_characters():
    assert codes_of("\ud800\x00a").tolist() == [0xD800, 0, 97]
    vocabulary = HashedVocabulary()
    assert vocabulary.rows(["\ud800", "\x00", "\udfff", "\x00\x00"]).tolist() == [0, 1, 2, 3]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_pieces_are_what_split_gives(texts):
    vocabulary = HashedVocabulary()
    found = vocabulary.pieces_of(texts)
    forms = [vocabulary.forms[row] for row in found.row.tolist()]
    bounds = pairwise(found.first.tolist())
    assert [forms[a:b] for a, b in bounds] == [text.split() for text in texts]
