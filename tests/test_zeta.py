"""Tests of Craig's Zeta."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.framing_tables import ZetaTable
from biaslens.stats.stylometry import WordUses, Writings
from biaslens.stats.zeta import MAX_WORDS, preferred_words

NAMES = ("Alpha", "Beta Post", "Gamma")
WORDS = [f"word{row:02}" for row in range(30)]


def table_of(present, outlet, event, words=WORDS, names=NAMES, counts=None) -> ZetaTable:
    """From presence of shape (n_articles, n_words)."""
    article, word = np.nonzero(np.asarray(present))
    texts = Writings(
        outlet_names=names,
        event_names=tuple(f"event {row:02}" for row in range(max(event) + 1)),
        outlet=np.array(outlet),
        event=np.array(event),
        n_words=np.full(len(outlet), 300),
        counts=np.ones(len(outlet), dtype=bool) if counts is None else np.array(counts),
    )
    return preferred_words(WordUses(article, word, np.ones_like(article)), words, texts)


def rows(table: ZetaTable, outlet: str) -> dict[str, tuple[float, float, float]]:
    return {
        row["word"]: (row["zeta"], row["share"], row["share_others"])
        for row in table.rows()
        if row["outlet"] == outlet
    }


# Two outlets, six events, an article each.
OUTLET, EVENT = [0, 1] * 6, [row // 2 for row in range(12)]


def presence(*articles_with_word: list[int]) -> np.ndarray:
    """One column per word, from the rows of the articles that have it."""
    table = np.zeros((12, len(articles_with_word)), dtype=int)
    for word, articles in enumerate(articles_with_word):
        table[articles, word] = 1
    return table


def test_zeta_is_worked_by_hand():
    # word00 in 4 of Alpha's 6 articles and in 1 of Beta's 6: 4/6 + 1 - 1/6.
    found = table_of(presence([0, 2, 4, 6, 1]), OUTLET, EVENT, names=NAMES[:2])
    zeta, share, others = rows(found, "Alpha")["word00"]
    assert (zeta, share, others) == (pytest.approx(1.5), pytest.approx(4 / 6), pytest.approx(1 / 6))


def test_what_one_outlet_prefers_the_other_avoids():
    found = table_of(presence([0, 2, 4, 6, 1]), OUTLET, EVENT, names=NAMES[:2])
    assert rows(found, "Beta Post")["word00"][0] == pytest.approx(0.5)


def test_a_word_of_one_event_says_nothing_of_an_outlet():
    found = table_of(presence([0]), OUTLET, EVENT, names=NAMES[:2])
    assert len(found) == 0


def test_words_of_the_outlets_names_are_left_out():
    words = ["alpha", "post", "minister"]
    found = table_of(presence(*[[0, 2, 4, 6, 8]] * 3), OUTLET, EVENT, words=words, names=NAMES[:2])
    assert set(found.word) == {"minister"}


def test_initials_and_squeezed_names_are_left_out():
    words = ["bp", "betapost", "bpx"]
    found = table_of(presence(*[[0, 2, 4, 6, 8]] * 3), OUTLET, EVENT, words=words, names=NAMES[:2])
    assert set(found.word) == {"bpx"}


def test_fewer_than_five_articles_on_a_side_have_no_rows():
    found = table_of(presence([0, 2, 4, 6])[:8], OUTLET[:8], EVENT[:8], names=NAMES[:2])
    assert len(found) == 0


def test_articles_on_events_of_one_outlet_do_not_count():
    alone = np.concatenate([presence([0, 2, 4, 6, 1]), np.ones((5, 1), dtype=int)])
    found = table_of(alone, [*OUTLET, 0, 0, 0, 0, 0], [*EVENT, 6, 7, 8, 9, 10], names=NAMES[:2])
    assert rows(found, "Alpha")["word00"][0] == pytest.approx(1.5)


def test_copies_take_no_part():
    more = np.concatenate([presence([0, 2, 4, 6, 1]), np.ones((3, 1), dtype=int)])
    counts = [True] * 12 + [False] * 3
    found = table_of(more, [*OUTLET, 1, 1, 1], [*EVENT, 0, 1, 2], names=NAMES[:2], counts=counts)
    assert rows(found, "Alpha")["word00"][0] == pytest.approx(1.5)


def test_others_weigh_as_if_spread_over_events_like_the_outlet():
    # Beta has nine articles on event 0, all with its word, and one on each other event, none with it.
    outlet, event = OUTLET + [1] * 8, EVENT + [0] * 8
    word = np.zeros((20, 1), dtype=int)
    word[[1, *range(12, 20)]] = 1
    word[[0, 2]] = 1
    zeta, share, others = rows(table_of(word, outlet, event, names=NAMES[:2]), "Alpha")["word00"]
    assert (share, others) == (pytest.approx(2 / 6), pytest.approx(1 / 6))
    assert zeta == pytest.approx(1 + 1 / 6)


def test_a_word_and_its_possessive_in_one_article_are_one_article():
    article, word = np.repeat([0, 2, 4, 6], 2), np.zeros(8, dtype=int)
    texts = Writings(
        NAMES[:2],
        tuple("abcdef"),
        np.array(OUTLET),
        np.array(EVENT),
        np.full(12, 300),
        np.ones(12, dtype=bool),
    )
    found = preferred_words(WordUses(article, word, np.ones(8, dtype=int)), WORDS, texts)
    assert rows(found, "Alpha")["word00"][1] == pytest.approx(4 / 6)


def test_of_equal_words_the_first_in_the_alphabet_come_first_and_twenty_are_kept():
    found = table_of(presence(*[[0, 2, 4]] * 30), OUTLET, EVENT, names=NAMES[:2])
    assert [row["word"] for row in found.rows() if row["outlet"] == "Alpha"] == WORDS[:MAX_WORDS]


@given(st.lists(st.integers(0, 1), min_size=12 * 5, max_size=12 * 5))
def test_of_two_outlets_one_ones_zeta_is_the_others_turned_round(cells):
    found = table_of(np.array(cells).reshape(12, 5), OUTLET, EVENT, names=NAMES[:2])
    alpha, beta = rows(found, "Alpha"), rows(found, "Beta Post")
    for word in set(alpha) & set(beta):
        assert alpha[word][0] + beta[word][0] == pytest.approx(2)
    assert set(alpha) == set(beta)
    assert ((found.zeta >= 0) & (found.zeta <= 2)).all()


def test_codes_and_order_change_no_byte():
    rng = np.random.default_rng(8)
    present = rng.integers(0, 2, (36, 30))
    outlet, event = np.tile([0, 1, 2], 12), np.repeat(np.arange(12), 3)
    expected = table_of(present, outlet.tolist(), event.tolist())
    order, words = rng.permutation(36), rng.permutation(30)
    turn = np.array([2, 0, 1])
    moved = table_of(
        present[order][:, words],
        turn[outlet[order]].tolist(),
        event[order].tolist(),
        words=[WORDS[row] for row in words],
        names=tuple(NAMES[row] for row in np.argsort(turn)),
    )
    for name, values in expected.columns().items():
        assert values.tolist() == moved.columns()[name].tolist(), name


def test_no_article_gives_an_empty_table():
    empty = np.zeros(0, dtype=np.int64)
    texts = Writings(NAMES, (), empty, empty, empty, np.zeros(0, dtype=bool))
    assert len(preferred_words(WordUses(empty, empty, empty), [], texts)) == 0
