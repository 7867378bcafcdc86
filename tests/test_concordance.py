"""Concordances."""

import pytest

import biaslens
from biaslens.concordance import concordance
from biaslens.errors import BadSetting
from biaslens.statistics_tables import ConcordanceTable

TEXT = (
    "Officials in the White House's press room said so.\n\n"
    '"The White House will not talk," Smith said. The WHITE HOUSE declined. It is a white, house-proud man.'
)


def _result(*texts: str) -> biaslens.Comparison:
    rows = [{"outlet": "Alpha", "id": f"a{n}", "text": text} for n, text in enumerate(texts)]
    return biaslens.compare([*rows, {"outlet": "Beta", "id": "b", "text": "Calm returned to Oslo."}])


def _found(term: str, *texts: str, width: int = 60) -> ConcordanceTable:
    result = _result(*texts)
    return concordance(result._grouped, result._repeats, term, range(len(texts) + 1), width)


def test_every_counted_use_is_found_where_it_stands() -> None:
    table = _found("white house", TEXT)
    assert table.text.tolist() == ["White House's", "WHITE HOUSE"]
    assert [TEXT[a:b] for a, b in zip(table.start, table.end, strict=True)] == table.text.tolist()
    assert table.outlet.tolist() == ["Alpha", "Alpha"]
    assert table.id.tolist() == ["a0", "a0"]


def test_a_single_word_is_found_with_its_possessive() -> None:
    assert _found("house", TEXT).text.tolist() == ["House's", "HOUSE"]


def test_three_words_are_found() -> None:
    assert _found("weapons of mass", "Weapons of mass destruction were found.").text.tolist() == [
        "Weapons of mass"
    ]


@pytest.mark.parametrize("term", ["White House", "white house's", "white  house"])
def test_case_blanks_and_a_possessive_ending_make_no_difference(term: str) -> None:
    assert len(_found(term, TEXT)) == 2


def test_the_context_is_cut_at_the_article_and_at_the_width() -> None:
    table = _found("talks", "The talks ended badly.", width=7)
    assert (table.left.tolist(), table.right.tolist()) == (["The "], [" ended "])


def test_line_ends_are_blanks_in_the_context() -> None:
    table = _found(
        "talks", "The ministers met again in Oslo.\nThe talks ended\nbadly on Monday evening.", width=10
    )
    assert (table.left.tolist(), table.right.tolist()) == (
        [" Oslo. The ".removeprefix(" ")[-10:]],
        [" ended bad"],
    )


def test_what_cleaning_set_aside_has_no_use() -> None:
    table = _found("photo", "The talks ended after a photo call in the city hall.\nPhoto: Jane Smith")
    assert table.text.tolist() == ["photo"]


def test_places_are_those_of_the_text_as_read() -> None:
    text = "The regimeâ€™s envoy left. The envoy returned."
    table = _found("envoy", text)
    assert [text[a:b] for a, b in zip(table.start, table.end, strict=True)] == ["envoy", "envoy"]


def test_a_term_that_nobody_uses_has_an_empty_concordance() -> None:
    assert len(_found("zeppelin", TEXT)) == 0


def test_as_many_uses_are_found_as_were_counted() -> None:
    thing = ("march", "match", "vote", "strike", "fair", "concert")
    rows = [
        {
            "outlet": outlet,
            "event": f"e{n}",
            "text": f"The {word} {name} in {name} town said the {word} police.",
        }
        for n, name in enumerate(thing)
        for outlet, word in (("Alpha", "brutal"), ("Beta", "city"))
    ]
    result = biaslens.compare(rows)
    table = concordance(result._grouped, result._repeats, "brutal police", range(len(rows)))
    row = result.terms.query("outlet == 'Alpha' and term == 'brutal'").iloc[0]
    assert len(table) == 6
    assert (
        len(concordance(result._grouped, result._repeats, "brutal", range(len(rows)))) == row["count"] == 12
    )


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("", "'' has 0 words; a term has 1 to 3, as in .terms"),
        ("one two three four", "has 4 words; a term has 1 to 3"),
        ("the house", "'the house' cannot be a key term: 'the' is a function word"),
        ("2014", "'2014' cannot be a key term: '2014' is a function word, a number or a sign"),
    ],
)
def test_what_cannot_be_a_term_says_why(term: str, message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        _found(term, TEXT)


def test_a_width_below_zero_is_refused() -> None:
    with pytest.raises(BadSetting, match="width is -1; it is a number of characters, 0 or more"):
        _found("talks", TEXT, width=-1)
