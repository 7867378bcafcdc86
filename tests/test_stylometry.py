"""Tests of Burrows's Delta and Cosine Delta, against plain loops and figures worked by hand."""

from math import isnan, sqrt

import numpy as np
import pytest

from biaslens.framing_tables import StyleTable
from biaslens.settings import Settings
from biaslens.stats.stylometry import (
    MAX_FEATURES,
    WordUses,
    Writings,
    burrows_delta,
    cosine_delta,
    style_distances,
)

NAMES = ("Alpha", "Beta", "Gamma")


def writings(outlet, event, n_words, counts=None, n_outlets=3) -> Writings:
    outlet, event = np.array(outlet, dtype=np.int64), np.array(event, dtype=np.int64)
    return Writings(
        outlet_names=NAMES[:n_outlets],
        event_names=tuple(f"event {row:02}" for row in range(int(event.max(initial=0)) + 1)),
        outlet=outlet,
        event=event,
        n_words=np.array(n_words, dtype=np.int64),
        counts=np.ones(len(outlet), dtype=bool) if counts is None else np.array(counts, dtype=bool),
    )


def uses_of(table) -> WordUses:
    """From uses of shape (n_articles, n_words)."""
    article, word = np.nonzero(table)
    return WordUses(article, word, np.asarray(table)[article, word])


def corpus(n_events=8, n_outlets=3, n_words=900, habit=0.0, seed=1):
    """One article per outlet and event; Alpha uses words 0 to 3 more often by ``habit``."""
    rng = np.random.default_rng(seed)
    event, outlet = np.divmod(np.arange(n_events * n_outlets), n_outlets)
    topic = rng.uniform(0.5, 2, (n_events, 12))[event]
    rate = np.linspace(0.03, 0.005, 12) * topic
    rate[outlet == 0, :4] *= 1 + habit
    length = rng.integers(n_words // 2, n_words * 2, len(event))
    return rng.poisson(rate * length[:, None]), writings(outlet, event, length, n_outlets=n_outlets)


def column(table: StyleTable, name: str) -> list:
    return getattr(table, name).tolist()


def naive(table, texts: Writings, a: int, b: int) -> tuple[float, float]:
    """Burrows's and Cosine Delta by plain loops, where every outlet has one article on each event."""
    n_events, n_outlets = len(texts.event_names), len(texts.outlet_names)
    length = texts.n_words.reshape(n_events, n_outlets).tolist()
    z_a, z_b = [], []
    for word in range(table.shape[1]):
        counts = table[:, word].reshape(n_events, n_outlets).tolist()
        share = [[counts[e][o] / length[e][o] for o in range(n_outlets)] for e in range(n_events)]
        rest = [[one - sum(row) / n_outlets for one in row] for row in share]
        deviation = sqrt(sum(x * x for row in rest for x in row) / (n_events * n_outlets - n_events))
        weight = [length[e][a] * length[e][b] / (length[e][a] + length[e][b]) for e in range(n_events)]
        for z, outlet in ((z_a, a), (z_b, b)):
            mean = sum(w * row[outlet] for w, row in zip(weight, rest, strict=True)) / sum(weight)
            z.append(mean / deviation)
    burrows = sum(abs(x - y) for x, y in zip(z_a, z_b, strict=True)) / len(z_a)
    dot = sum(x * y for x, y in zip(z_a, z_b, strict=True))
    return burrows, 1 - dot / sqrt(sum(x * x for x in z_a) * sum(y * y for y in z_b))


@pytest.mark.parametrize("seed", range(5))
def test_both_distances_equal_plain_loops(seed):
    table, texts = corpus(seed=seed)
    found = style_distances(uses_of(table), texts, Settings())
    for row, (a, b) in enumerate(((0, 1), (0, 2), (1, 2))):
        burrows, cosine = naive(table, texts, a, b)
        assert found.burrows_delta[row] == pytest.approx(burrows, rel=1e-12)
        assert found.cosine_delta[row] == pytest.approx(cosine, rel=1e-12)


def test_two_words_and_three_events_are_worked_by_hand():
    # Shares of word 0: 3 % against 1 % on every event, of word 1: 2 % against 2 %, in 1,000 words each. Word
    # 0 lies 1 % off the mean in six reports: s = sqrt(6 x 0.01^2 / 3), z = 1 / sqrt(2) and -1 / sqrt(2).
    # Word 1 does not vary and is left out.
    table = np.array([[30, 20], [10, 20]] * 3)
    texts = writings([0, 1] * 3, [0, 0, 1, 1, 2, 2], [1_000] * 6, n_outlets=2)
    found = style_distances(uses_of(table), texts, Settings())
    assert column(found, "burrows_delta") == [pytest.approx(2 / sqrt(2))]
    assert (column(found, "n_features"), column(found, "status")) == ([1], ["estimate only"])
    assert (column(found, "n_words_a"), column(found, "n_words_b")) == ([3_000], [3_000])


def test_deltas_of_z_scores_are_worked_by_hand():
    # |1 - 0|, |2 - 0|, |-3 - 3|; cosine of (3, 4) and (4, 3) is 24 / 25.
    assert burrows_delta(np.array([1.0, 2.0, -3.0]), np.array([0.0, 0.0, 3.0])) == 3
    assert cosine_delta(np.array([3.0, 4.0]), np.array([4.0, 3.0])) == pytest.approx(1 / 25)
    assert isnan(cosine_delta(np.zeros(2), np.ones(2)))
    assert isnan(burrows_delta(np.zeros(0), np.zeros(0)))


def test_several_articles_on_an_event_are_one_report():
    table, texts = corpus()
    half = table // 2
    halves = writings(
        np.repeat(texts.outlet, 2),
        np.repeat(texts.event, 2),
        np.stack([texts.n_words // 2, texts.n_words - texts.n_words // 2], axis=1).ravel(),
    )
    parts = np.stack([half, table - half], axis=1).reshape(-1, table.shape[1])
    whole = style_distances(uses_of(table), texts, Settings())
    assert column(style_distances(uses_of(parts), halves, Settings()), "burrows_delta") == column(
        whole, "burrows_delta"
    )


def test_a_habit_is_beyond_chance_and_moves_the_distance():
    table, texts = corpus(n_events=12, habit=0.8)
    found = style_distances(uses_of(table), texts, Settings())
    assert column(found, "status")[:2] == ["ok", "ok"]
    assert found.burrows_delta[2] < min(found.burrows_delta[:2])


def test_texts_of_one_style_are_within_chance_most_of_the_time():
    status = [
        style_distances(uses_of(table), texts, Settings()).status[0]
        for table, texts in (corpus(n_events=10, seed=seed) for seed in range(40))
    ]
    # At 5 %, 99.9 % of binomial(40, 0.05) is 7 or less.
    assert set(status) <= {"ok", "within chance"}
    assert status.count("ok") <= 7


def test_what_an_event_is_about_does_not_pass_for_style():
    table, texts = corpus(n_events=12)
    # Word 3 stands for a topic: as frequent as the event has it, alike in all outlets.
    topic = np.repeat(np.random.default_rng(3).uniform(0, 0.2, 12), 3)
    with_topic = table.copy()
    with_topic[:, 3] = np.rint(topic * texts.n_words)
    plain = style_distances(uses_of(np.delete(table, 3, axis=1)), texts, Settings())
    found = style_distances(uses_of(with_topic), texts, Settings())
    assert found.burrows_delta == pytest.approx(plain.burrows_delta, abs=0.15)


def test_two_outlets_have_no_cosine_delta():
    table, texts = corpus(n_outlets=2)
    found = style_distances(uses_of(table), texts, Settings())
    assert not np.isnan(found.burrows_delta).any()
    assert np.isnan(found.cosine_delta).all()


def test_below_2500_words_there_is_no_number():
    table, texts = corpus(n_words=200, n_events=6)
    found = style_distances(uses_of(table), texts, Settings())
    assert set(column(found, "status")) == {"too few words"}
    assert np.isnan(found.burrows_delta).all()
    assert (np.minimum(found.n_words_a, found.n_words_b) < 2_500).all()


@pytest.mark.parametrize(
    ("n_events", "status"), [(2, "counts only"), (3, "estimate only"), (5, "estimate only")]
)
def test_few_events_are_said_to_be_few(n_events, status):
    table, texts = corpus(n_events=n_events, n_words=4_000)
    found = style_distances(uses_of(table), texts, Settings())
    assert set(column(found, "status")) == {status}
    assert np.isnan(found.burrows_delta).all() == (status == "counts only")


def test_outlets_without_a_shared_event_are_not_compared():
    texts = writings([0, 1, 2], [0, 1, 1], [5_000] * 3)
    found = style_distances(uses_of(np.full((3, 4), 50)), texts, Settings())
    assert column(found, "status") == ["no shared event", "no shared event", "counts only"]


def test_copies_take_no_part():
    table, texts = corpus()
    more = np.concatenate([table, np.full((1, table.shape[1]), 500)])
    with_copy = writings(
        [*texts.outlet, 0], [*texts.event, 0], [*texts.n_words, 9_000], [True] * len(table) + [False]
    )
    assert column(style_distances(uses_of(more), with_copy, Settings()), "burrows_delta") == column(
        style_distances(uses_of(table), texts, Settings()), "burrows_delta"
    )


def test_reports_under_100_words_take_no_part():
    table, texts = corpus()
    n_words = texts.n_words.copy()
    n_words[0] = 99
    found = style_distances(uses_of(table), writings(texts.outlet, texts.event, n_words), Settings())
    assert found.n_words_a[0] == n_words[texts.outlet == 0][1:].sum()


def test_the_commonest_words_are_compared():
    rng = np.random.default_rng(2)
    texts = writings(*np.divmod(np.arange(24), 8), rng.integers(3_000, 5_000, 24))
    table = rng.poisson(np.linspace(60, 2, MAX_FEATURES + 40), (24, MAX_FEATURES + 40))
    found = style_distances(uses_of(table), texts, Settings())
    order = np.argsort(-table.sum(axis=0), kind="stable")[:MAX_FEATURES]
    fewer = style_distances(uses_of(table[:, np.sort(order)]), texts, Settings())
    assert set(column(found, "n_features")) == {MAX_FEATURES}
    assert column(found, "burrows_delta") == pytest.approx(column(fewer, "burrows_delta"), rel=1e-12)


def test_codes_and_order_change_no_byte():
    table, texts = corpus(habit=0.4, n_events=14)
    rng = np.random.default_rng(5)
    outlets, events, rows = rng.permutation(3), rng.permutation(14), rng.permutation(len(table))
    moved = Writings(
        outlet_names=tuple(np.array(NAMES)[np.argsort(outlets)]),
        event_names=tuple(np.array(texts.event_names)[np.argsort(events)]),
        outlet=outlets[texts.outlet][rows],
        event=events[texts.event][rows],
        n_words=texts.n_words[rows],
        counts=texts.counts[rows],
    )
    expected = style_distances(uses_of(table), texts, Settings()).columns()
    uses = uses_of(table[rows])
    shuffled = rng.permutation(len(uses.count))
    uses = WordUses(uses.article[shuffled], uses.word[shuffled], uses.count[shuffled])
    for name, values in style_distances(uses, moved, Settings()).columns().items():
        assert values.tobytes() == expected[name].tobytes() or values.tolist() == expected[name].tolist(), (
            name
        )


def test_no_article_gives_a_row_per_pair_and_no_number():
    empty = np.zeros(0, dtype=np.int64)
    found = style_distances(WordUses(empty, empty, empty), writings([], [], []), Settings())
    assert column(found, "status") == ["no shared event"] * 3
