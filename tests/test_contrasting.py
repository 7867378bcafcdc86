"""Pairs, each outlet and the others, all at once: a whole comparison's tests, corrected together."""

import numpy as np
import pytest

import biaslens
from biaslens.stats.multiplicity import in_families
from biaslens.stats.rest import THE_OTHERS

OUTLETS = ("Alpha", "Beta", "Gamma")
# One event in so many has a loaded word.
EVERY = {"Alpha": 1, "Beta": 2, "Gamma": 6}


@pytest.fixture(scope="module")
def result() -> biaslens.Comparison:
    """Three outlets on 24 events: Alpha always writes a loaded word, Beta and Gamma now and then."""
    return biaslens.compare(
        [
            {
                "outlet": outlet,
                "event": f"march {number}",
                "text": f"The {'long' if number % EVERY[outlet] else 'brutal'} march ended in town {number}. "
                + "Shops opened again, and buses ran as on any other day. " * (1 + number % 3),
            }
            for number in range(24)
            for outlet in OUTLETS
        ]
    )


def test_every_measure_has_its_pairs_its_outlets_and_one_test(result: biaslens.Comparison) -> None:
    n_measures = len(set(result.contrasts["measure"]))
    assert len(result.contrasts) == len(result.against_rest) == 3 * n_measures
    assert set(result.against_rest["outlet_b"]) == {THE_OTHERS}
    # A distance between labels is one of pairs, and of one outlet and the others.
    assert set(result.contrasts["measure"]) - set(result.omnibus["measure"]) == {"naming"}


def test_the_outlet_that_differs_is_found_by_each_of_them(result: biaslens.Comparison) -> None:
    loaded = "measure == 'loaded_rate'"
    assert result.omnibus.query(loaded)["q_value"].item() < 0.01
    alpha = result.against_rest.query(f"{loaded} and outlet_a == 'Alpha'").iloc[0]
    assert (alpha["higher_in"], alpha["q_value"] < 0.01) == ("Alpha", True)
    pair = result.contrasts.query(f"{loaded} and outlet_a == 'Alpha' and outlet_b == 'Gamma'").iloc[0]
    assert pair["q_value"] < 0.01


def test_q_values_are_those_of_all_three_tables_together(result: biaslens.Comparison) -> None:
    family = biaslens.measures().set_index("name")["family"]
    tables = [result.contrasts, result.against_rest, result.omnibus]
    p = np.concatenate([table["p_value"].where(table["status"] == "ok").to_numpy() for table in tables])
    names = [family[name] for table in tables for name in table["measure"]]
    q = np.concatenate([table["q_value"].to_numpy() for table in tables])
    np.testing.assert_array_equal(q, in_families(p, names))


def test_the_reliability_of_a_measure_stands_beside_every_value(result: biaslens.Comparison) -> None:
    by_rank = result.ranking.set_index(["measure", "outlet"])["reliability"]
    by_value = result.outlets.set_index(["measure", "outlet"])["reliability"]
    shared = by_rank.index.intersection(by_value.index)
    np.testing.assert_array_equal(by_value.loc[shared], by_rank.loc[shared])
    assert (by_value.loc["loaded_rate"] > 0.9).all()


def test_outlets_are_ranked_where_that_can_be_relied_on(result: biaslens.Comparison) -> None:
    loaded = result.ranking.query("measure == 'loaded_rate'").set_index("outlet")
    assert loaded["rank"].to_dict() == {"Alpha": 1, "Beta": 2, "Gamma": 3}
    naming = result.ranking.query("measure == 'naming'")
    assert naming["rank"].isna().all()
    assert (naming["note"] != "").all()


def test_two_outlets_have_pairs_alone() -> None:
    rows = [{"outlet": outlet, "event": "e", "text": f"{outlet} wrote a line."} for outlet in "AB"]
    two = biaslens.compare(rows)
    assert len(two.contrasts) > 0
    assert len(two.against_rest) == len(two.omnibus) == 0
