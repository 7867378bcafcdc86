"""The charts are valid Vega-Lite and hold what the tables hold."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from report_examples import MEASURES, OUTLETS, findings

from biaslens.errors import MissingExtra
from biaslens.plots import Plots


def rows_of(chart: dict[str, Any]) -> list[dict[str, Any]]:
    """All data rows of a chart's specification."""
    return [row for rows in chart["datasets"].values() for row in rows]


@pytest.fixture
def altair() -> Any:
    return pytest.importorskip("altair", reason="altair is not installed: pip install 'biaslens[charts]'")


def test_profile_is_valid_and_holds_every_known_value(altair: Any) -> None:
    chart = Plots(findings(12)).profile().to_dict()
    assert len(rows_of(chart)) == (len(MEASURES) - 1) * len(OUTLETS)


def test_profile_has_one_panel_per_measure_in_order(altair: Any) -> None:
    shares, means = Plots(findings(12)).profile().to_dict()["vconcat"]
    first = ["loaded_rate (per 1,000 words)", "hedge_rate (per 1,000 words)"]
    assert shares["facet"]["sort"][:2] == first
    n_measures = len(shares["facet"]["sort"]) + len(means["facet"]["sort"])
    assert n_measures == len(MEASURES) - 1


def test_axes_of_rates_and_shares_begin_at_zero_and_those_of_means_do_not(altair: Any) -> None:
    parts = Plots(findings(12)).profile().to_dict()["vconcat"]
    zero = [part["spec"]["layer"][1]["encoding"]["x"]["scale"]["zero"] for part in parts]
    assert zero == [True, False]


def test_lines_keep_the_order_of_the_outlets(altair: Any) -> None:
    for part in Plots(findings(12)).profile().to_dict()["vconcat"]:
        assert part["spec"]["layer"][1]["encoding"]["y"]["sort"] == list(OUTLETS)


def test_contrasts_hold_exactly_those_with_a_size(altair: Any) -> None:
    result = findings(12)
    chart = Plots(result).contrasts().to_dict()
    assert len(rows_of(chart)) == int((result.contrasts.status == "ok").sum())


def test_ratios_stand_on_a_logarithmic_axis_around_one(altair: Any) -> None:
    ratios, differences = Plots(findings(12)).contrasts().to_dict()["vconcat"]
    assert ratios["spec"]["layer"][0]["encoding"]["x"]["datum"] == 1
    assert ratios["spec"]["layer"][2]["encoding"]["x"]["scale"]["type"] == "log"
    assert differences["spec"]["layer"][0]["encoding"]["x"]["datum"] == 0


def test_nothing_to_compare_is_said_in_the_title(altair: Any) -> None:
    chart = Plots(findings(1)).contrasts().to_dict()
    assert chart["title"] == "No two outlets share enough events for the size of any contrast."


def test_infinite_ends_leave_valid_json(altair: Any) -> None:
    result = findings(12)
    high = np.full(len(result.contrasts), np.inf)
    chart = Plots(replace(result, contrasts=replace(result.contrasts, ci_high=high))).contrasts().to_dict()
    json.dumps(chart, allow_nan=False)
    assert all(row["ci_high"] is None for row in rows_of(chart))
    assert {row["shape"] for row in rows_of(chart)} == {"triangle-right"}


def test_missing_altair_names_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match=r'pip install "biaslens\[charts\]"'):
        Plots(findings(1)).profile()
