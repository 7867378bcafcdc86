"""Correction for many tests."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from biaslens.stats.multiplicity import benjamini_hochberg, in_families

chances = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(chances)
def test_agrees_with_scipy(p_values: list[float]) -> None:
    # scipy 1.17.1: scipy.stats.false_discovery_control(ps, method="bh")
    p = np.array(p_values)
    np.testing.assert_allclose(benjamini_hochberg(p), false_discovery_control(p), atol=1e-15)


def test_missing_p_values_are_not_part_of_the_family() -> None:
    q = benjamini_hochberg(np.array([np.nan, 0.02, np.nan, 0.5]))
    np.testing.assert_allclose(q, [np.nan, 0.04, np.nan, 0.5])


def test_no_tests_give_no_q_values() -> None:
    assert benjamini_hochberg(np.array([])).shape == (0,)
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()
    assert in_families(np.array([]), []).shape == (0,)
    assert np.isnan(in_families(np.array([np.nan]), ["words"])).all()


@given(chances)
def test_one_family_is_plain_benjamini_hochberg(p_values: list[float]) -> None:
    p = np.array(p_values)
    np.testing.assert_allclose(in_families(p, ["words"] * len(p)), benjamini_hochberg(p))


def _discoveries(p: list[float], family: list[str], q: float) -> list[bool]:
    """Benjamini and Bogomolov's two steps as they are described, at one level q."""
    names = sorted(set(family))
    inside = {name: [x for x, f in zip(p, family, strict=True) if f == name] for name in names}
    simes = [min(false_discovery_control(inside[name])) for name in names]
    chosen = [name for name, x in zip(names, false_discovery_control(simes), strict=True) if x <= q]
    level = q * len(chosen) / len(names)
    found = {name: false_discovery_control(inside[name]) <= level for name in chosen}
    places = dict.fromkeys(names, 0)
    result = []
    for name in family:
        result.append(name in found and bool(found[name][places[name]]))
        places[name] += 1
    return result


tests_in_families = st.lists(
    st.tuples(st.sampled_from([0.0004, 0.003, 0.012, 0.03, 0.2, 0.7]), st.sampled_from("abcd")),
    min_size=1,
    max_size=25,
)


@given(tests_in_families, st.sampled_from([0.011, 0.049, 0.13]))
def test_a_q_value_is_the_level_from_which_the_two_steps_discover(
    tests: list[tuple[float, str]], level: float
) -> None:
    p, family = [x for x, _ in tests], [f for _, f in tests]
    q_values = in_families(np.array(p), family)
    assert (q_values <= level).tolist() == _discoveries(p, family, level)


def test_where_nothing_differs_a_report_rarely_holds_a_discovery() -> None:
    rng = np.random.default_rng(5)
    families = [f"family {i % 10}" for i in range(200)]
    found = [(in_families(rng.random(200), families) <= 0.05).any() for _ in range(400)]
    # Ten families by themselves would give .40.
    assert np.mean(found) < 0.08
