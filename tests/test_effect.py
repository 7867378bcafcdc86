"""What cleaning changed, without counting the articles a second time."""

import pytest

import biaslens
from biaslens import Settings, compare

CAPTION = "Photo: a brutal, vicious, savage, barbaric, ruthless and shameless attack on the harbor"
BODY = (
    "The ruthless council met in the town hall on Tuesday and voted for the budget after a long debate.\n"
    "Prices rose by three percent in May, and the brutal weather did the rest, the ministry found.\n"
    "The bridge is to open in June, and the shameless owners of the harbor will vote again on Friday.\n"
    "Nobody had expected the savage storm that closed the vicious road along the coast for a week.\n"
    "A barbaric noise woke the village at four in the morning, and the horrific news came at noon.\n"
)


def articles() -> list[dict[str, str]]:
    return [
        {"outlet": "A", "text": BODY + CAPTION, "event": "e"},
        {"outlet": "B", "text": BODY, "event": "e"},
    ]


def test_the_summary_says_what_cleaning_moved_most() -> None:
    [line] = [line for line in compare(articles()).summary if "Cleaning moved" in line]
    assert "moved loaded_rate of A most" in line


def test_the_values_in_that_line_are_those_of_before_cleaning_and_of_the_outlets() -> None:
    result = compare(articles())
    [line] = [line for line in result.summary if "Cleaning moved" in line]

    def loaded(table: object) -> float:
        rows = biaslens_rows(table)
        return rows.loc[("A", "loaded_rate"), "value"]

    assert f"{loaded(result.outlets):.1f} per 1,000" in line
    assert f"instead of {loaded(result.before_cleaning()):.1f}" in line


def biaslens_rows(table: object) -> object:
    return table.set_index(["outlet", "measure"])  # type: ignore[attr-defined]


def test_on_the_seeds_the_effect_counts_what_before_cleaning_counts() -> None:
    result = compare(biaslens.load_seeds())
    [line] = [line for line in result.summary if "Cleaning moved" in line]
    before = biaslens_rows(result.before_cleaning())["value"]
    after = biaslens_rows(result.outlets)["value"]
    outlet, measure = next(
        (outlet, measure) for outlet, measure in before.index if f"moved {measure} of {outlet} most" in line
    )
    assert f"{after[outlet, measure]:.1f} " in line
    assert float(line.split("instead of ")[1].split(".")[0]) == pytest.approx(before[outlet, measure], abs=1)


def test_where_nothing_was_set_aside_cleaning_moved_nothing() -> None:
    rows = [{"outlet": outlet, "text": BODY, "event": "e"} for outlet in "AB"]
    assert "Nothing was set aside as boilerplate, so cleaning moved no number." in compare(rows).summary


def test_with_cleaning_off_the_summary_says_so() -> None:
    summary = compare(articles(), settings=Settings(clean=False)).summary
    assert "Cleaning was switched off: boilerplate counts as the outlets' own words." in summary


def test_rates_too_rare_to_move_are_not_spoken_of() -> None:
    rows = [
        {"outlet": outlet, "text": "The vote is on. The council met on Monday.\nShare", "event": "e"}
        for outlet in "AB"
    ]
    line = "Cleaning moved no rate of 5 occurrences or more in an outlet."
    assert line in compare(rows).summary
