"""Omission against a random text of the same length."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from item_examples import Sketch, articles_of, items_of

from biaslens.stats.omission import MIN_ITEMS, OmissionCells, chance_missing, missing_items, omission_cells
from biaslens.stats.salient import SalientTerms
from biaslens.stats.tally import Tally
from biaslens.stats.tallying import tally_items


def _tally(sketches: list[Sketch]) -> Tally:
    labels = sorted({sketch[0] for sketch in sketches})
    event = np.array([labels.index(sketch[0]) for sketch in sketches], dtype=np.int64)
    return tally_items(items_of(sketches), articles_of(sketches), event, SalientTerms.none())


def _omission(sketches: list[Sketch]) -> OmissionCells:
    return omission_cells(_tally(sketches))


# Four names in one sentence of each of A, B and C; D has the first only. All texts have four words.
NAMES = ["Ann", "Bob", "Cid", "Dan"]
FOUR: list[Sketch] = [
    *(("e", outlet, f"{outlet} b c d", NAMES) for outlet in "ABC"),
    ("e", "D", "D b c d", ["Ann"]),
]


def test_what_is_missing_is_counted() -> None:
    cells = _omission(FOUR)
    assert cells.outlet.tolist() == [0, 1, 2, 3]
    assert cells.n_items.tolist() == [4, 4, 4, 4]
    assert cells.n_missing.tolist() == [0, 0, 0, 3]


def test_the_expectation_is_that_of_all_ways_to_deal_the_sentences() -> None:
    # Four sentences, one each: Ann is in all. Of the others, three sentences of four mention them, so one
    # outlet lacks them, and two others always have them.
    cells = _omission(FOUR)
    assert cells.expected.tolist() == [round(1e6 * 3 / 4 * 1 / 4)] * 4
    assert cells.value.tolist() == [-187500, -187500, -187500, 750000 - 187500]


def test_the_value_is_observed_less_expected() -> None:
    cells = _omission(FOUR)
    observed = np.rint(1e6 * cells.n_missing / cells.n_items).astype(np.int64)
    assert (observed - cells.expected == cells.value).all()


@pytest.mark.parametrize("k", [2, 3, 5])
@pytest.mark.parametrize("sizes", [(2, 3, 4), (1, 2, 2, 3)])
def test_the_chance_is_exact(k: int, sizes: tuple[int, ...]) -> None:
    owner = [outlet for outlet, size in enumerate(sizes) for _ in range(size)]
    asked, missing = [0] * len(sizes), [0] * len(sizes)
    for drawn in combinations(owner, k):
        for outlet in range(len(sizes)):
            if len(set(drawn) - {outlet}) >= 2:
                asked[outlet] += 1
                missing[outlet] += outlet not in drawn
    assert comb(len(owner), k) >= max(asked)
    exact = [float(Fraction(m, a)) for m, a in zip(missing, asked, strict=True)]
    assert chance_missing(np.array([k]), np.array(sizes, dtype=float))[0] == pytest.approx(exact, abs=1e-12)


def test_a_longer_text_is_expected_to_lack_less() -> None:
    chance = chance_missing(np.array([3]), np.array([5.0, 10.0, 20.0, 40.0]))[0]
    assert (np.diff(chance) < 0).all()


def test_an_item_mentioned_more_often_is_expected_to_be_missing_less() -> None:
    chance = chance_missing(np.array([2, 4, 8]), np.array([5.0, 10.0, 20.0]))
    assert (np.diff(chance, axis=0) <= 0).all()


def test_of_two_outlets_there_is_no_number() -> None:
    assert len(_omission([("e", outlet, f"{outlet} b", NAMES) for outlet in "AB"])) == 0


def test_of_too_few_items_there_is_no_number() -> None:
    few = NAMES[: MIN_ITEMS - 1]
    assert len(_omission([("e", outlet, f"{outlet} b", few) for outlet in "ABC"])) == 0
    assert len(_omission([("e", outlet, f"{outlet} b", NAMES) for outlet in "ABC"])) == 3


def test_each_missing_item_has_the_sentence_of_another_outlet() -> None:
    tally = _tally(FOUR)
    missing = missing_items(tally, omission_cells(tally))
    assert missing.text == ("Bob", "Cid", "Dan")
    assert missing.outlet.tolist() == [3, 3, 3]
    assert missing.place.slices([sketch[2] for sketch in FOUR]) == ["A b c d"] * 3


def test_missing_items_are_as_many_as_the_cells_say() -> None:
    sketches = _dealt(np.random.default_rng(3), shares=(0.1, 0.3, 0.6), n_events=5)
    tally = _tally(sketches)
    cells = omission_cells(tally)
    missing = missing_items(tally, cells)
    n_of = dict.fromkeys(zip(cells.event.tolist(), cells.outlet.tolist(), strict=True), 0)
    for pair in zip(missing.event.tolist(), missing.outlet.tolist(), strict=True):
        n_of[pair] += 1
    assert list(n_of.values()) == cells.n_missing.tolist()


def test_order_of_articles_changes_nothing() -> None:
    sketches = _dealt(np.random.default_rng(4), shares=(0.2, 0.3, 0.5), n_events=3)
    first, second = _omission(sketches), _omission(sketches[::-1])
    for column in ("event", "outlet", "n_items", "n_missing", "expected", "value"):
        assert getattr(first, column).tolist() == getattr(second, column).tolist()


def _dealt(
    rng: np.random.Generator, shares: tuple[float, ...], n_events: int, silent: int = 0
) -> list[Sketch]:
    """Events of 60 sentences, dealt to the outlets at random; the first outlet leaves some names out.

    silent  the first outlet never mentions the names whose number is divisible by this
    """
    sketches: list[Sketch] = []
    frequency = 1 / np.arange(1, 31)
    for event in range(n_events):
        outlet = np.repeat(np.arange(len(shares)), np.round(60 * np.array(shares)).astype(int))
        for sentence, who in enumerate(rng.permutation(outlet).tolist()):
            names = np.flatnonzero(rng.random(30) < 0.4 * frequency).tolist()
            told = [name for name in names if who > 0 or not silent or name % silent]
            text = " ".join(["x"] * int(rng.integers(5, 30)))
            # Letters only, and none the plural of another.
            items = ["N" + "abcdefghijklmnopqrstuvwxyzäöüß"[name] + "q" for name in told]
            sketches.append((f"{event:03}", "ABCDE"[who], f"{event} {sentence} {text}", items))
    return sketches


@pytest.mark.parametrize("shares", [(0.05, 0.25, 0.7), (0.3, 0.3, 0.4), (0.1, 0.2, 0.3, 0.4)])
def test_random_parts_of_one_text_omit_what_is_expected_at_any_length(shares: tuple[float, ...]) -> None:
    cells = _omission(_dealt(np.random.default_rng(1), shares, n_events=80))
    for outlet in range(len(shares)):
        value = cells.value[cells.outlet == outlet] / 1e6
        assert abs(value.mean()) < 3 * value.std() / np.sqrt(len(value))


def test_leaving_names_out_raises_the_value_of_that_outlet_alone() -> None:
    cells = _omission(_dealt(np.random.default_rng(2), (0.3, 0.3, 0.4), n_events=80, silent=3))
    value = [cells.value[cells.outlet == outlet].mean() / 1e6 for outlet in range(3)]
    assert value[0] > 0.08
    assert abs(value[1]) < 0.04
    assert abs(value[2]) < 0.04
