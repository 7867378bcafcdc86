"""Outlets whose quotation marks did not survive extraction."""

import pandas as pd
import pytest

import biaslens

MARKED = '"We will talk," the minister said. "They lied," the mayor said. '
BARE = "We will talk, the minister said. The mayor said that they lied. "


def compared(bare: str) -> biaslens.Comparison:
    rows = [{"outlet": "Marked", "text": MARKED * 24}, {"outlet": "Bare", "text": bare}]
    return biaslens.compare([row | {"event": "talks"} for row in rows])


@pytest.fixture(scope="module")
def result() -> biaslens.Comparison:
    return compared(BARE * 24)


@pytest.mark.parametrize("measure", ["quote_share", "attributed_share", "scare_quote_rate"])
def test_quotations_are_not_scored_where_no_mark_is_left(result: biaslens.Comparison, measure: str) -> None:
    values = result.outlets.query("measure == @measure").set_index("outlet")
    assert pd.isna(values.loc["Bare", "value"])
    assert values.loc["Bare", "note"] == "its quotation marks seem to be lost: not scored"
    assert pd.notna(values.loc["Marked", "value"])
    assert result.articles.set_index("outlet")[measure].isna().tolist() == [False, True]


def test_other_measures_are_scored_and_the_summary_warns(result: biaslens.Comparison) -> None:
    values = result.outlets.query("measure == 'neutral_cue_share'").set_index("outlet")
    assert pd.notna(values.loc["Bare", "value"])
    assert any("Quotation marks seem to be lost in the texts of Bare" in line for line in result.summary)


def test_a_few_reports_without_a_quotation_tell_nothing() -> None:
    values = compared(BARE * 4).outlets.query("measure == 'quote_share'").set_index("outlet")
    assert values.loc["Bare", "value"] == 0
