"""Two layers must agree on what is long, reports speech, or comes from an unproven rule."""

import numpy as np
import pytest

from biaslens.cleaning.agreement import OtherLayers, believe, may_stand_alone, overlapping
from biaslens.cleaning.by_model import Look
from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line, split_lines
from biaslens.cleaning.repetition import Repeats
from biaslens.rules import Precision

PROVEN, UNPROVEN = Precision(right=50, judged=50), Precision(right=20, judged=20)
LONG = "Photo: " + "the harbor " * 14


def find(text: str, rule: str = "caption.label") -> tuple[Removal, list[Line]]:
    return Removal(0, len(text), "caption", rule, "Because."), split_lines(f"{text}\nThe vote is on.")


def others(lines: list[Line], probability: float, repeated: tuple[Removal, ...] = ()) -> OtherLayers:
    """Other layers that give every line this probability."""
    found = OtherLayers(lines, "A", Repeats({}))
    found.__dict__["look"] = Look(np.full(len(lines), probability), prior=0.1, is_page=False)
    found.__dict__["repeated"] = list(repeated)
    return found


def test_a_short_find_of_a_proven_rule_is_believed_alone() -> None:
    removal, lines = find("Photo: Jane Smith")
    believed = believe(removal, PROVEN, others(lines, 0.0))
    assert believed is not None
    assert believed.confidence == pytest.approx(PROVEN.lower_bound)


@pytest.mark.parametrize(
    "text", [LONG, "Photo: the mayor, who said no", "Photo: “No”"], ids=["long", "speech", "quotation"]
)
def test_what_is_long_or_reports_speech_must_not_look_like_content(text: str) -> None:
    removal, lines = find(text)
    assert believe(removal, PROVEN, others(lines, 0.05)) is None
    assert believe(removal, PROVEN, others(lines, 0.10)) is not None


def test_what_an_unproven_rule_finds_must_look_like_boilerplate() -> None:
    removal, lines = find("Photo: Jane Smith")
    assert believe(removal, UNPROVEN, others(lines, 0.10)) is None
    assert believe(removal, UNPROVEN, others(lines, 0.20)) is not None


def test_odds_of_rule_and_model_multiply() -> None:
    removal, lines = find(LONG)
    believed = believe(removal, PROVEN, others(lines, 0.5))
    odds = PROVEN.lower_bound / (1 - PROVEN.lower_bound) * 1 / (0.1 / 0.9)
    assert believed is not None
    assert believed.confidence == pytest.approx(odds / (1 + odds))


def test_a_rule_of_which_nothing_was_judged_is_never_believed_on_the_model_alone() -> None:
    removal, lines = find("Photo: Jane Smith")
    assert believe(removal, Precision(0, 0), others(lines, 0.999)) is None


@pytest.mark.parametrize("precision", [PROVEN, UNPROVEN])
def test_repetition_is_a_second_layer(precision: Precision) -> None:
    removal, lines = find(LONG)
    repeated = (Removal(0, 5, "repeated", "repeated.line", "Again and again."),)
    assert believe(removal, precision, others(lines, 0.0, repeated)) is not None


def test_a_title_that_came_with_the_article_is_its_own_second_witness() -> None:
    removal, lines = find("Mayor said: “No”", rule="headline.title")
    assert believe(removal, PROVEN, others(lines, 0.0)) is not None


def test_the_model_speaks_about_whole_lines_only() -> None:
    lines = split_lines("OSLO - The talks have ended.")
    start = Removal(0, 7, "dateline", "dateline.place", "Because.")
    assert others(lines, 0.99).odds_ratio(start) == 1


def test_the_model_is_asked_on_average_over_words() -> None:
    lines = split_lines("one two three\nShare")
    both = Removal(0, lines[-1].end, "appeal", "appeal.block", "Because.")
    found = others(lines, 0.0)
    found.__dict__["look"] = Look(np.array([0.6, 0.2]), prior=0.5, is_page=False)
    assert found.odds_ratio(both) == pytest.approx(1.0)


@pytest.mark.parametrize(("n_words", "alone"), [(25, True), (26, False)])
def test_one_layer_is_believed_for_25_words(n_words: int, alone: bool) -> None:
    removal, lines = find(" ".join(["word"] * n_words))
    assert may_stand_alone(removal, lines) is alone


def test_overlapping_rows_share_characters() -> None:
    lines = split_lines("ab\ncd\nef")
    assert list(overlapping(lines, 1, 4)) == [0, 1]
    assert list(overlapping(lines, 2, 3)) == []
    assert list(overlapping(lines, 0, 99)) == [0, 1, 2]


def test_a_bound_grows_with_what_was_judged_and_falls_with_what_was_wrong() -> None:
    assert Precision(0, 0).lower_bound == 0
    # Wilson 1927: 20 of 20 at 95 %.
    assert Precision(20, 20).lower_bound == pytest.approx(20 / (20 + 1.959964**2))
    assert Precision(49, 50).lower_bound < Precision(50, 50).lower_bound < Precision(90, 90).lower_bound
    assert not Precision(34, 34).is_proven
    assert Precision(35, 35).is_proven
