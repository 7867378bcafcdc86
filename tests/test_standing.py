"""The report's order of outlets, and its tests over all of them."""

from report_examples import OUTLETS, evidence, findings

from biaslens.report import render_page
from biaslens.report.standing import omnibus_shown, ranked_measures, reasons_unranked


def test_outlets_stand_in_order_with_the_chance_of_their_rank() -> None:
    measures = ranked_measures(findings(24))
    assert [measure.measure for measure in measures] == ["loaded_rate", "hedge_rate", "booster_rate"]
    assert [place.rank for place in measures[0].places] == [1, 2, 3, 4, 5]
    first = measures[0].places[0]
    assert (first.outlet, first.chance, first.effect) == (OUTLETS[-1], 0.6, "1.49 ×")


def test_reasons_are_counted_by_measure_without_their_numbers() -> None:
    assert reasons_unranked(findings(24)) == [("not reliable enough to rank", 31)]


def test_omnibus_tests_without_a_p_value_are_not_shown() -> None:
    assert omnibus_shown(findings(5)) == []
    assert len(omnibus_shown(findings(12))) == 34


def test_the_page_shows_what_there_is() -> None:
    page = render_page(findings(24), evidence())
    for words in ("Each outlet against the others", "All outlets at once", "Where each outlet stands"):
        assert words in page
    few = render_page(findings(12), evidence())
    assert "All outlets at once" in few
    assert "Where each outlet stands" not in few
    assert "Not ranked, by number of measures" in few
