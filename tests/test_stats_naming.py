"""Naming compared between outlets: distances by hand, chance, order, and what few events allow."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.cells import LabelCells
from biaslens.contested import LabelSets
from biaslens.lexicons import load_lexicon
from biaslens.settings import Settings
from biaslens.stats.naming import (
    NamingContrasts,
    OutletNaming,
    contrast_naming,
    contrast_naming_with_rest,
    describe_naming,
    naming_table,
)

# Labels 0 to 2 are of one set, 3 and 4 of another.
SETS = LabelSets(
    lexicon=load_lexicon("contested_labels"),
    label_of=np.zeros(0, dtype=np.int64),
    set=("group", "group", "group", "tax", "tax"),
    label=("militant", "rebel", "terrorist", "death tax", "estate tax"),
    stance=("plain", "", "condemns", "against", "legal term"),
)
Use = tuple[int, int, int, int]


def cells_of(uses: Sequence[Use]) -> LabelCells:
    """From (event, outlet, label, count) rows."""
    event, outlet, label, count = np.array(uses, dtype=np.int64).reshape(-1, 4).T
    return LabelCells(event, outlet, label, count)


def names_of(n_events: int) -> list[str]:
    return [f"event {row:03}" for row in range(n_events)]


def contrast(
    uses: Sequence[Use], outlets: Sequence[str] = ("A", "B"), chosen: Settings | None = None
) -> NamingContrasts:
    n_events = max((event for event, *_ in uses), default=-1) + 1
    return contrast_naming(cells_of(uses), SETS, outlets, names_of(n_events), chosen or Settings())


def apart(n_events: int) -> list[Use]:
    """In every event A writes label 0 and B label 2, twice each."""
    return [(event, outlet, 2 * outlet, 2) for event in range(n_events) for outlet in (0, 1)]


def described(uses: Sequence[Use], outlets: Sequence[str] = ("A", "B")) -> OutletNaming:
    n_events = max(event for event, *_ in uses) + 1
    against = contrast_naming_with_rest(cells_of(uses), SETS, outlets, names_of(n_events), Settings())
    return describe_naming(against)


def test_the_table_has_sets_that_two_outlets_name_and_their_shares() -> None:
    uses = [(0, 0, 0, 3), (0, 0, 2, 1), (0, 1, 2, 2), (0, 1, 4, 5), (1, 0, 1, 7)]
    rows = list(naming_table(cells_of(uses), SETS, ("A", "B"), ("e", "f")).rows())
    assert [(r["event"], r["set"], r["outlet"], r["label"], r["count"], r["share"]) for r in rows] == [
        ("e", "group", "A", "militant", 3, 0.75),
        ("e", "group", "A", "terrorist", 1, 0.25),
        ("e", "group", "B", "terrorist", 2, 1.0),
    ]
    assert [r["stance"] for r in rows] == ["plain", "condemns", "condemns"]


def test_the_table_of_nothing_is_empty() -> None:
    assert len(naming_table(cells_of([]), SETS, ("A", "B"), ())) == 0


def test_outlets_without_a_label_in_common_are_at_distance_1() -> None:
    assert contrast(apart(6)).distance.tolist() == [1.0]


def test_outlets_with_the_same_shares_are_at_distance_0() -> None:
    uses = [(e, o, label, (o + 1) * 2) for e in range(6) for o in (0, 1) for label in (0, 2)]
    found = contrast(uses)
    assert (found.distance[0], found.difference[0], found.status[0]) == (0.0, 0.0, "estimate only")


def test_events_in_which_labels_do_not_differ_make_no_p_value_smaller() -> None:
    # Both write the first label in four events; in so many others A writes the first and B the third.
    alike = [(e, o, 0, 2) for e in range(4) for o in (0, 1)]
    for n_apart, status in ((5, "estimate only"), (6, "provisional"), (10, "ok")):
        apart_in = [(e, o, 2 * o, 2) for e in range(4, 4 + n_apart) for o in (0, 1)]
        found = contrast([*alike, *apart_in])
        assert (found.n_events[0], found.status[0]) == (4 + n_apart, status)


def test_a_distance_worked_by_hand() -> None:
    # A: 1 and 0; B: 1/2 and 1/2; mixture 3/4 and 1/4. JSD = (1 * log2(4/3) + 1/2 log2(2/3) + 1/2 log2 2) / 2.
    found = contrast([(0, 0, 0, 2), (0, 1, 0, 1), (0, 1, 2, 1)])
    assert found.distance[0] == pytest.approx(np.sqrt((np.log2(4 / 3) + 0.5 * np.log2(2 / 3) + 0.5) / 2))


def test_sets_weigh_as_much_as_the_smaller_number_of_uses() -> None:
    # The first set is named apart with weight 1, the second alike with weight 3.
    uses = [(0, 0, 0, 1), (0, 1, 2, 9), (0, 0, 3, 3), (0, 1, 3, 5)]
    assert contrast(uses).distance[0] == pytest.approx(np.sqrt(1 / 4))


def test_an_outlet_that_writes_more_does_not_shift_the_mix_of_events() -> None:
    # Both outlets name alike in both events, but A writes much on the first and B much on the second.
    uses = [(0, 0, 0, 90), (0, 1, 0, 1), (1, 0, 2, 1), (1, 1, 2, 90)]
    assert contrast(uses).distance[0] == 0.0


def test_a_null_worked_by_hand() -> None:
    # Of three events that all point one way, an arrangement keeps all on their side (1 of 4: distance 1)
    # or turns one round (3 of 4: shares 2/3 and 1/3 against 1/3 and 2/3).
    turned = np.sqrt(1 + (2 / 3) * np.log2(2 / 3) + (1 / 3) * np.log2(1 / 3))
    found = contrast(apart(3))
    assert found.difference[0] == pytest.approx(1 - (1 + 3 * turned) / 4)


@pytest.mark.parametrize("n_events", [6, 9, 12])
def test_events_that_all_point_one_way_have_the_smallest_p_there_is(n_events: int) -> None:
    assert contrast(apart(n_events)).p_value[0] == 2.0 ** (1 - n_events)


def test_with_drawn_signs_p_counts_the_observed_arrangement() -> None:
    found = contrast(apart(20), chosen=Settings(draws=999))
    assert found.p_value[0] == 1 / 1000


def test_one_event_shows_counts_only() -> None:
    found = contrast([(0, 0, 0, 5), (0, 1, 2, 5)])
    assert found.status == ("counts only",)
    assert np.isnan([found.difference[0], found.p_value[0]]).all()
    assert found.distance[0] == 1.0


def test_fewer_than_five_uses_are_too_rare() -> None:
    found = contrast(apart(1))
    assert (found.status, found.n_uses.tolist()) == (("too rare",), [4])


def test_three_events_have_an_estimate_and_no_p() -> None:
    found = contrast(apart(3))
    assert found.status == ("estimate only",)
    assert found.difference[0] > 0
    assert np.isnan(found.p_value[0])


@pytest.mark.parametrize(("n_events", "status"), [(6, "provisional"), (10, "ok")])
def test_more_events_have_a_p(n_events: int, status: str) -> None:
    found = contrast(apart(n_events))
    assert found.status == (status,)
    assert found.p_value[0] < 0.05


def test_events_in_which_only_one_outlet_names_a_set_are_not_shared() -> None:
    uses = [(0, 0, 0, 5), (1, 1, 0, 5), (2, 0, 0, 5), (2, 1, 4, 5)]
    found = contrast(uses)
    assert (found.status, found.n_events.tolist()) == (("no shared event",), [0])
    assert np.isnan([found.distance[0], found.difference[0], found.p_value[0]]).all()


def test_pairs_stand_in_the_order_of_the_alphabet() -> None:
    found = contrast(apart(3), outlets=("B", "A", "C"))
    assert (found.outlet_a, found.outlet_b) == (("A", "A", "B"), ("B", "C", "C"))
    assert found.n_events.tolist() == [3, 0, 0]


def test_no_cell_at_all_shares_no_event() -> None:
    assert contrast([]).status == ("no shared event",)


def test_an_outlet_is_compared_with_all_others_together() -> None:
    uses = [*apart(4), *((event, 2, 2, 2) for event in range(4))]
    found = described(uses, outlets=("A", "B", "C"))
    assert found.outlet == ("A", "B", "C")
    assert found.n_events.tolist() == [4, 4, 4]
    # B and C agree with each other, so that each is nearer to the rest than A is.
    assert found.value[0] > found.value[1] == found.value[2]


def test_an_outlets_missing_value_has_its_reason() -> None:
    found = described([*apart(2), (2, 2, 3, 1)], outlets=("A", "B", "C"))
    assert np.isnan(found.value).all()
    assert found.note[0] == "2 events: too few for an estimate (3 needed)"
    assert found.note[2] == "no event in which another outlet uses a label of the same set"


uses_strategy = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 4), st.integers(1, 9)),
    max_size=60,
    unique_by=lambda use: use[:3],
)


@given(uses_strategy)
@settings(max_examples=40)
def test_swapped_names_of_outlets_change_nothing_but_their_places(uses: list[Use]) -> None:
    found = contrast(uses, outlets=("A", "B", "C"))
    other = contrast(uses, outlets=("C", "B", "A"))
    np.testing.assert_array_equal(found.distance, other.distance[::-1])
    np.testing.assert_array_equal(found.p_value, other.p_value[::-1])


@given(uses_strategy, st.randoms())
@settings(max_examples=40)
def test_neither_the_order_of_rows_nor_the_codes_of_events_matter(uses: list[Use], random: Random) -> None:
    n_events = max((use[0] for use in uses), default=-1) + 1
    codes = list(range(n_events))
    random.shuffle(codes)
    recoded = [(codes[event], *rest) for event, *rest in uses]
    random.shuffle(recoded)
    names = [""] * n_events
    for event, code in enumerate(codes):
        names[code] = f"event {event:03}"
    outlets = ("A", "B", "C")
    chosen = Settings(min_shared_events=1)
    found = contrast(uses, outlets, chosen)
    again = contrast_naming(cells_of(recoded), SETS, outlets, names, chosen)
    for column in ("distance", "difference", "p_value", "n_events", "n_uses"):
        np.testing.assert_array_equal(getattr(found, column), getattr(again, column))
    table = naming_table(cells_of(uses), SETS, outlets, names_of(n_events))
    assert list(table.rows()) == list(naming_table(cells_of(recoded), SETS, outlets, names).rows())


@given(uses_strategy, st.integers(2, 5))
@settings(max_examples=40)
def test_a_corpus_counted_several_times_keeps_its_distances(uses: list[Use], times: int) -> None:
    found = contrast(uses, outlets=("A", "B", "C"))
    more = contrast([(e, o, label, times * n) for e, o, label, n in uses], outlets=("A", "B", "C"))
    np.testing.assert_allclose(found.distance, more.distance, atol=1e-6)


@given(uses_strategy)
@settings(max_examples=40)
def test_a_distance_lies_between_0_and_1_and_p_above_0(uses: list[Use]) -> None:
    found = contrast(uses, ("A", "B", "C"), Settings(min_shared_events=1))
    shared = found.n_events > 0
    assert ((found.distance[shared] >= 0) & (found.distance[shared] <= 1)).all()
    p_values = found.p_value[~np.isnan(found.p_value)]
    assert ((p_values > 0) & (p_values <= 1)).all()


def test_the_excess_of_outlets_that_do_not_differ_averages_0() -> None:
    random = np.random.default_rng(0)
    found = []
    for _ in range(150):
        # Each article repeats one label: single words are no independent choices.
        uses = [(event, outlet, int(random.integers(3)), 5) for event in range(8) for outlet in (0, 1)]
        found.append(contrast(uses))
    excess = np.array([each.difference[0] for each in found])
    assert abs(excess.mean()) < 3 * excess.std() / np.sqrt(len(excess))
    rejected = np.mean([each.p_value[0] <= 0.05 for each in found])
    assert rejected < 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / 150)


def test_one_event_allows_no_test_however_few_events_one_takes() -> None:
    found = contrast(apart(1), chosen=Settings(min_shared_events=1, min_expected_count=0))
    assert found.status == ("counts only",)
