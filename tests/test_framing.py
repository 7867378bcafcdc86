"""Labels and omission inside a comparison: the numbers in its tables, and the sentences behind them."""

import numpy as np
import pytest

import biaslens
from biaslens.voiced import personal_name

GIVEN = ("Anna", "Boris", "Carla", "Dmitry", "Elena", "Frank")
FAMILY = ("Berg", "Orlov", "Ruiz", "Volkov", "Petrov", "Meyer")
PLACES = ("Oslo", "Lima", "Cairo", "Delhi", "Quito", "Tunis")


# Each outlet in words of its own, so that none copies another; C is silent about the persons.
WORDING = {
    "A": ("The invasion of Ukraine was the topic in {} on Monday.", "In the hall {} met the crowd again."),
    "B": (
        "A debate on the military operation in Ukraine filled {}.",
        "Near a door the guests saw {} and waited.",
    ),
    "D": ("On a military operation in Ukraine they spoke in {}.", "For an hour a band played to {} there."),
    "C": (
        "Talk in {} turned to the military operation in Ukraine.",
        "Rain fell over roofs while people slept.",
    ),
}


def names(event: int) -> list[str]:
    """The persons of an event: no name is in two."""
    return [f"{given} {FAMILY[(place + event) % 6]}" for place, given in enumerate(GIVEN)]


def report(outlet: str, event: int) -> str:
    """A says invasion, the others military operation."""
    opening, sentence = WORDING[outlet]
    return " ".join([opening.format(PLACES[event]), *(sentence.format(name) for name in names(event))])


@pytest.fixture(scope="module")
def result() -> biaslens.Comparison:
    rows = [
        {"id": f"{outlet}{event}", "outlet": outlet, "event": f"e{event}", "text": report(outlet, event)}
        for event in range(6)
        for outlet in "ABCD"
    ]
    return biaslens.compare(rows)


def test_nobody_is_left_out(result: biaslens.Comparison) -> None:
    assert (result.articles["left_out"] == "").all()


def test_labels_of_two_outlets_are_apart_only_where_they_differ(result: biaslens.Comparison) -> None:
    naming = result.contrasts.query("measure == 'naming'").set_index(["outlet_a", "outlet_b"])
    assert naming["n_events"].tolist() == [6] * 6
    # Every arrangement of places but the observed one and its mirror lies nearer: p is 2 in 64.
    assert naming.loc[("A", "B"), "p_value"] == pytest.approx(2 / 64)
    assert naming.loc[("A", "B"), "difference"] > 0.3
    assert naming.loc[("A", "B"), "status"] == "provisional"
    # Where labels are the same in every event no change of places moves anything: there is nothing to test.
    assert np.isnan(naming.loc[("B", "C"), "p_value"])
    assert naming.loc[("B", "C"), "difference"] == pytest.approx(0)
    assert naming.loc[("B", "C"), "status"] == "estimate only"


def test_the_outlet_with_a_label_of_its_own_is_furthest_from_the_others(result: biaslens.Comparison) -> None:
    values = result.outlets.query("measure == 'naming'").set_index("outlet")["value"]
    assert values["A"] > max(values["B"], values["C"], values["D"]) + 0.1


def test_every_label_has_its_sentence(result: biaslens.Comparison) -> None:
    hits = result.evidence("naming", outlet="A")
    assert hits["text"].str.contains("invasion").all()
    assert len(hits) == result.naming.query("outlet == 'A'")["count"].sum() == 6


def test_silence_raises_omission_of_the_silent_outlet_alone(result: biaslens.Comparison) -> None:
    values = result.outlets.query("measure == 'omission'").set_index("outlet")["value"]
    assert values["C"] > 0 > max(values["A"], values["B"], values["D"])
    contrast = result.contrasts.query("measure == 'omission'").set_index(["outlet_a", "outlet_b"])
    assert contrast.loc[("A", "C"), "difference"] == pytest.approx(values["A"] - values["C"])
    assert contrast.loc[("A", "C"), "higher_in"] == contrast.loc[("C", "D"), "higher_in"] == "C"
    assert contrast.loc[("B", "D"), "higher_in"] == ""


def test_what_is_left_out_is_shown_where_another_outlet_has_it(result: biaslens.Comparison) -> None:
    hits = result.evidence("omission", outlet="C", event="e2")
    assert {f"name: {name}" for name in names(2)} <= set(hits["category"])
    assert (hits["outlet"] == "C").all()
    for row in hits.itertuples():
        assert row.id in ("A2", "B2", "D2")
        assert report(row.id[0], 2)[row.start : row.end] == row.text
    assert not len(result.evidence("omission", outlet="A", event="e2"))


def test_articles_alone_have_neither_number(result: biaslens.Comparison) -> None:
    assert np.isnan(result.articles[["naming", "omission"]].to_numpy(float)).all()


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("Kremlin spokesman Dmitry Peskov", "dmitry peskov"),
        ("Dmitry Peskov", "dmitry peskov"),
        ("Bank of Jordan officials", "bank of jordan officials"),
        ("officials", "officials"),
        ("", ""),
    ],
)
def test_a_person_is_known_by_name_under_every_title(speaker: str, name: str) -> None:
    assert personal_name(speaker) == name
