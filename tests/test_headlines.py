"""Headlines: at the top, repeated, inside; and the sub-heads that stay."""

import pytest

from biaslens.cleaning.headlines import find_headlines
from biaslens.cleaning.lines import split_lines

REPORT = (
    "The council met in the town hall on Tuesday and voted for the harbor budget after a long debate.\n"
    "Prices rose by more than three percent in May, the highest rate for a decade and a half.\n"
)
LEAD = "Ministers agreed on a harbor treaty on Friday after three nights of talks in a villa near Geneva."
HEADLINE = "Ministers agree on harbor treaty after three nights"


def found(text: str, title: str = "") -> list[tuple[str, str]]:
    return [
        (removal.rule, text[removal.start : removal.end])
        for removal in find_headlines(split_lines(text), title)
    ]


def test_a_short_first_line_above_longer_prose_is_the_headline() -> None:
    assert found(f"{HEADLINE}\n{REPORT}") == [("headline.top", HEADLINE)]


def test_the_headline_is_harvested_as_the_title() -> None:
    [removal] = find_headlines(split_lines(f"{HEADLINE}\n{REPORT}"), "")
    assert removal.harvest == (("title", HEADLINE),)


def test_a_known_title_is_found_whatever_its_case_and_punctuation() -> None:
    text = f"COUNCIL MEETS.\n{REPORT}"
    assert found(text, title="Council meets") == [("headline.title", "COUNCIL MEETS.")]


@pytest.mark.parametrize("title", ["Council", "Council meets today", "Mayor meets", "—"])
def test_a_line_with_more_fewer_or_other_words_than_the_title_is_not_the_title(title: str) -> None:
    assert ("headline.title", "Council meets.") not in found(f"Council meets.\n{REPORT}", title=title)


def test_a_title_below_the_third_line_is_not_looked_for() -> None:
    assert found(f"{REPORT}{REPORT}Council meets.", title="Council meets") == []


def test_a_text_of_one_line_has_no_headline() -> None:
    assert found(HEADLINE) == []


def test_a_first_line_that_ends_in_a_full_stop_is_prose() -> None:
    assert found(f"{HEADLINE}.\n{REPORT}") == []


def test_a_first_line_above_a_list_is_no_headline() -> None:
    assert found(f"{HEADLINE}\n{LEAD}\nGrain\nGas\nFish") == []


def test_a_headline_in_the_middle_opens_a_second_report() -> None:
    assert found(f"{REPORT}{HEADLINE}\n{LEAD}\n{REPORT}") == [("headline.inside", HEADLINE)]


def test_a_headline_in_the_middle_is_harvested_apart_from_the_title() -> None:
    [removal] = find_headlines(split_lines(f"{REPORT}{HEADLINE}\n{LEAD}\n{REPORT}"), "")
    assert removal.harvest == (("headline", HEADLINE),)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Why the bridge was never going to hold", LEAD),  # restates nothing
        (HEADLINE, LEAD.replace("on Friday ", "")),  # no news: nothing says when
        ("A harbor treaty", LEAD),  # too short
        (HEADLINE + ",", LEAD),  # runs on
        (HEADLINE, "Ministers agreed on a harbor treaty Friday."),  # not a paragraph
    ],
)
def test_a_sub_head_stays(line: str, below: str) -> None:
    assert found(f"{REPORT}{line}\n{below}\n{REPORT}") == []


def test_several_headlines_inside_are_sub_heads_and_stay() -> None:
    assert found(f"{REPORT}{HEADLINE}\n{LEAD}\n{REPORT}{HEADLINE}\n{LEAD}\n{REPORT}") == []


def test_a_line_of_capitals_between_paragraphs_is_a_link() -> None:
    line = "HARBOR PLAN FAILS AS MAYOR LOSES THREE ALLIES"
    assert found(f"{REPORT}{line}\n{REPORT}") == [("related.capitals", line)]


def test_a_short_line_of_capitals_is_a_sub_head_and_stays() -> None:
    assert found(f"{REPORT}THE HARBOR PLAN\n{REPORT}") == []
