"""Whether conclusions survive: by event, wire copy, cleaning and sentences."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import biaslens
from biaslens.errors import BadSetting
from biaslens.sensitivity import conclusion, sensitivity, wire_copy
from biaslens.statistics_tables import SensitivityTable

CHECKS = ["as reported", "without one event", "without wire copy", "before cleaning", "other sentences"]
N_EVENTS = 9

Writer = Callable[[str, int], str]


def text_of(outlet: str, event: int, loaded: int = 0) -> str:
    """Forty words of the outlet's own, with so many loaded ones among them."""
    first = " ".join(f"{outlet}{event}w{number}" for number in range(20))
    last = " ".join(f"{outlet}{event}v{number}" for number in range(20))
    return f"People in {first} met.\nThey saw {'brutal ' * loaded}{last} today."


def by_word(outlet: str, event: int) -> str:
    return text_of(outlet, event, 2 if outlet == "Alpha" else 1)


def compared(
    write: Writer = by_word, n_events: int = N_EVENTS, *, turned: bool = False, **knobs: Any
) -> biaslens.Comparison:
    rows = [
        {"outlet": outlet, "event": f"march {event}", "text": write(outlet, event)}
        for event in range(n_events)
        for outlet in ("Alpha", "Beta")
    ]
    return biaslens.compare(rows[::-1] if turned else rows, settings=biaslens.Settings(**knobs))


def checked(result: biaslens.Comparison, wanted: list[str] | None = None) -> SensitivityTable:
    return sensitivity(result._grouped, result._repeats, result.findings.contrasts, wanted)


def loaded(result: biaslens.Comparison) -> dict[str, dict[str, Any]]:
    """The rows of loaded_rate by check."""
    return {row["check"]: row for row in checked(result, ["loaded_rate"]).rows()}


def test_a_difference_in_every_event_holds_in_all_checks() -> None:
    table = checked(compared(), ["loaded_rate"])
    assert table.check.tolist() == CHECKS
    assert table.outcome.tolist() == ["same"] * 5
    assert table.survives.all()
    assert set(table.conclusion.tolist()) == {"holds in all 4 checks"}


def test_the_first_row_is_what_was_reported() -> None:
    result = compared()
    (reported,) = [row for row in result.findings.contrasts.rows() if row["measure"] == "loaded_rate"]
    row = loaded(result)["as reported"]
    for name in ("difference", "ratio", "p_value", "n_events", "higher_in"):
        assert row[name] == reported[name]


def test_only_contrasts_with_a_direction_are_checked() -> None:
    result = compared()
    table, contrasts = checked(result), result.findings.contrasts
    directed = {row["measure"] for row in contrasts.rows() if row["higher_in"]}
    assert set(table.measure.tolist()) == directed
    assert "naming" not in directed


def test_a_finding_that_rests_on_one_event_says_which() -> None:
    # Beta has one hit more in each event but one, where Alpha has many.
    def write(outlet: str, event: int) -> str:
        if event == 4:
            return text_of(outlet, event, 30 if outlet == "Alpha" else 0)
        return text_of(outlet, event, 1 if outlet == "Alpha" else 2)

    result = compared(write)
    row = loaded(result)["without one event"]
    assert (row["detail"], row["outcome"], row["higher_in"]) == ("march 4", "other direction", "Beta")
    assert not row["survives"]
    (sentence,) = set(checked(result, ["loaded_rate"]).conclusion.tolist())
    assert sentence == "rests on one event: the direction changes without the event march 4"


def test_with_six_events_one_less_is_judged_by_direction_alone() -> None:
    row = loaded(compared(n_events=6))["without one event"]
    assert (row["p_value"], row["outcome"], row["n_events"]) == (None, "same", 5)
    assert row["detail"] == "march 0 (no p-value without it: direction alone)"


def test_estimates_without_a_test_are_judged_by_direction_alone() -> None:
    rows = loaded(compared(n_events=4))
    assert {row["p_value"] for row in rows.values()} == {None}
    assert {row["outcome"] for row in rows.values()} == {"same"}


def credited(outlet: str, event: int) -> str:
    """Beta prints Reuters in the first events, and only there do the two differ."""
    is_wire = outlet == "Beta" and event < 7
    text = text_of(outlet, event, 3 if outlet == "Alpha" and event < 7 else 1)
    return f"LONDON (Reuters) - {text}" if is_wire else text


def test_a_finding_made_by_wire_copy_does_not_survive_without_it() -> None:
    row = loaded(compared(credited, n_events=10))["without wire copy"]
    assert (row["outcome"], row["detail"], row["n_events"]) == ("other direction", "7 articles left out", 3)


def test_too_few_events_without_wire_copy_leave_no_estimate() -> None:
    row = loaded(compared(credited))["without wire copy"]
    assert (row["outcome"], row["difference"], row["higher_in"]) == ("no estimate", None, "")


def test_an_agency_s_own_articles_are_no_wire_copy() -> None:
    rows = [
        {"outlet": outlet, "event": f"event {event}", "text": f"LONDON (Reuters) - {text_of(outlet, event)}"}
        for event in range(2)
        for outlet in ("Reuters", "Beta")
    ]
    result = biaslens.compare(rows)
    counted = _counted_again(result)
    assert wire_copy(result._grouped, counted).tolist() == [False, True, False, True]


def _counted_again(result: biaslens.Comparison) -> Any:
    from biaslens.passes import scan
    from biaslens.second_pass import with_wire_share

    grouped = result._grouped
    return with_wire_share(scan(grouped.articles, result._repeats, grouped.settings), grouped.copies)


def test_a_passage_of_a_quarter_in_two_outlets_is_wire_copy() -> None:
    shared = "Officials said on Monday that seven roads would stay closed until the water had gone from them."

    def write(outlet: str, event: int) -> str:
        return f"{text_of(outlet, event)}\n{shared}" if event < 2 else text_of(outlet, event)

    result = compared(write, n_events=4)
    assert wire_copy(result._grouped, _counted_again(result)).tolist() == [True] * 4 + [False] * 4


def test_wire_share_itself_is_not_checked_without_wire_copy() -> None:
    shared = "Officials said on Monday that seven roads would stay closed until the water had gone from them."

    def write(outlet: str, event: int) -> str:
        longer = text_of(outlet, event) + (text_of("Gamma", event) if outlet == "Alpha" else "")
        return f"{longer}\n{shared} {event}"

    table = checked(compared(write), ["wire_share"])
    assert table.check.tolist() == [check for check in CHECKS if check != "without wire copy"]


def test_a_finding_made_by_cleaning_does_not_survive_before_it() -> None:
    # Beta's captions hold the loaded words that Alpha has in its text.
    def write(outlet: str, event: int) -> str:
        text = text_of(outlet, event, 2 if outlet == "Alpha" else 1)
        return text if outlet == "Alpha" else f"{text}\nPhoto: Jane Smith / brutal brutal brutal Getty Images"

    rows = loaded(compared(write))
    assert rows["before cleaning"]["outcome"] == "other direction"
    assert rows["other sentences"]["outcome"] == "same"


def test_without_cleaning_there_is_no_check_before_it() -> None:
    assert list(loaded(compared(clean=False))) == [check for check in CHECKS if check != "before cleaning"]


def test_a_finding_made_by_the_splitter_does_not_survive_another_one() -> None:
    # Ends of sentences behind "Mr." are seen by marks alone.
    def write(outlet: str, event: int) -> str:
        titles = "then Mr. Smith and Mr. Jones and Mr. Brown came, " if outlet == "Alpha" else ""
        return text_of(outlet, event).replace("They", f"Later {titles}they")

    rows = {row["check"]: row for row in checked(compared(write), ["sentence_length"]).rows()}
    assert rows["as reported"]["higher_in"] == "Alpha"
    assert rows["other sentences"]["outcome"] == "other direction"


def test_the_splitter_in_use_is_exchanged_for_the_other() -> None:
    (usual,) = [
        row["difference"] for row in _sentence_lengths(compared(by_titles)) if row["check"] == "as reported"
    ]
    (other,) = [
        row["difference"]
        for row in _sentence_lengths(compared(by_titles, sentences="punctuation"))
        if row["check"] == "other sentences"
    ]
    assert usual == other


def by_titles(outlet: str, event: int) -> str:
    return text_of(outlet, event) + (" Then Mr. Smith left us." if outlet == "Alpha" else "")


def _sentence_lengths(result: biaslens.Comparison) -> list[dict[str, Any]]:
    return list(checked(result, ["sentence_length"]).rows())


def test_a_result_without_a_conclusion_is_not_read_again(
    seeds: biaslens.Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("biaslens.sensitivity.scan", lambda *_, **__: pytest.fail("read again"))
    none = replace(seeds.findings.contrasts, higher_in=seeds.findings.contrasts.higher_in * 0)
    assert len(sensitivity(seeds._grouped, seeds._repeats, none)) == 0


def test_neither_the_order_of_articles_nor_their_parts_play_a_part() -> None:
    usual, other = compared(credited), compared(credited, turned=True, part_size=5)
    assert list(checked(usual).rows()) == list(checked(other).rows())


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(
        BadSetting, match="There is no measure 'loaded' in this comparison; there are 'loaded_rate'"
    ):
        checked(compared(n_events=3), ["loaded"])


def test_a_text_in_place_of_a_list_of_measures_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"it must be a list of names, as in \['loaded_rate'\]"):
        checked(compared(n_events=3), "loaded_rate")  # type: ignore[arg-type]


def phrased(*outcomes: str) -> str:
    """The conclusion of a contrast with these outcomes, in the order of the checks."""
    table = checked(compared(n_events=3), ["loaded_rate"])
    assert len(table) == len(outcomes)
    rows = [row | {"outcome": outcome} for row, outcome in zip(table.rows(), outcomes, strict=True)]
    return conclusion(rows[1:])


def test_every_check_that_fails_is_named() -> None:
    sentence = phrased("same", "same", "not significant", "no estimate", "other direction")
    assert sentence == (
        "holds in 1 of 4 checks: not significant without wire copy; too little for an estimate before "
        "cleaning; the direction changes with other sentences"
    )
