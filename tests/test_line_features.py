"""What the line classifier looks at."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.cleaning.line_features import LINE_FEATURES, line_features, prose_share
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.page_features import PLACE_FEATURES, SECOND_FEATURES, place_features, second_features

PROSE = "The minister has left the country, two of her aides told the court in the capital on Monday."
TEXTS = st.text(st.characters() | st.sampled_from("aZ9.,:'’“”@|/ \n\u2028\u3000😀İ\ud800"), max_size=300)


def features(text: str) -> dict[str, list[float]]:
    """Every feature of the lines of a text, by name."""
    values = line_features(split_lines(text))
    rows = np.hstack([values, place_features(values)]).T.tolist()
    return dict(zip((*LINE_FEATURES, *PLACE_FEATURES), rows, strict=True))


def of_line(text: str, name: str) -> float:
    [value] = features(text)[name]
    return value


def test_no_two_features_share_a_name() -> None:
    names = (*LINE_FEATURES, *PLACE_FEATURES, *SECOND_FEATURES)
    assert len(set(names)) == len(names)


def test_no_line_has_no_features() -> None:
    assert line_features([]).shape == (0, len(LINE_FEATURES))
    assert place_features(line_features([])).shape == (0, len(PLACE_FEATURES))
    assert second_features(line_features([]), np.zeros(0)).shape == (0, len(SECOND_FEATURES))
    assert prose_share(line_features([])) == 0


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("one two three", "log words", np.log(4)),
        ("Mr. Smith of the BBC", "capitals", 3 / 5),
        ("Mr. Smith of the BBC", "all capitals", 1 / 5),
        ("Mr. Smith of the BBC", "function words", 2 / 5),
        ("Mr. Smith of the BBC", "preposition", 1 / 5),
        ("in June 2019 and 19", "years", 1 / 5),
        ("in June 2019 and 19", "numbers", 2 / 5),
        ("ab12", "digit share", 1 / 2),
        ("Talks ended, walking", "-ed", 1 / 3),
        ("Talks ended, walking", "-ing", 1 / 3),
        ("Talks ended, walking", "-s", 1 / 3),
        ("We value your trust", "address", 1 / 4),
        ("We value your trust", "self", 1 / 4),
        ("we’re here", "self", 1 / 2),
        ("He left.”)", "ends sentence", 1),
        ("He left", "ends sentence", 0),
        ("She spoke. Matt York/AP", "breaks off", 1),
        ("She spoke. He left.", "breaks off", 0),
        ("She spoke. He left. It rained.", "inner sentences", np.log(3)),
        ("See example.com", "has link", 1),
        ("The U.S. team", "has link", 0),
        ("JANE DOE: We left.", "speaker label", 1),
        ("Jane Doe: We left.", "speaker label", 0),
        ("PHOTOS:", "speaker label", 0),
        ("Follow @name", "has at", 1),
        ("© 2024", "has legal", 1),
        ("“Never,” he said", "opens quote", 1),
        ("Photographs:", "closes colon", 1),
        ("You may go", "addresses outside quotes", 1),
        ("“You may go”", "addresses outside quotes", 0),
        (PROSE, "prose", 1),
        (PROSE.removesuffix("."), "prose", 0),
    ],
)
def test_a_feature_of_one_line(text: str, name: str, value: float) -> None:
    assert of_line(text, name) == pytest.approx(value)


def test_names_and_subjects_have_no_features_so_that_exchanging_them_changes_nothing() -> None:
    one, other = "Smith told Reuters the newsletter ended.", "Brown gave Xinhuas the antebellum ended."
    assert line_features(split_lines(one)).tolist() == line_features(split_lines(other)).tolist()


def test_the_line_above_is_told_of_the_line_below() -> None:
    found = features(f"{PROSE}\nShare")
    assert found["prose above"] == [0, 1]
    assert found["log words below"] == pytest.approx([np.log(2), 0])


def test_a_line_that_stands_twice_is_known() -> None:
    assert features("Share\nMore\nShare")["stands twice"] == [1, 0, 1]


def test_the_place_among_the_prose_of_a_page() -> None:
    found = features(f"Menu\n{PROSE}\nShare\n{PROSE}\nFooter")
    assert found["prose inside"] == [0, 0, 1, 0, 0]
    assert found["prose before"] == pytest.approx([0, 0, 0.5, 0.5, 1])
    assert found["lines to prose above"][4] == pytest.approx(np.log(2))
    assert found["prose log words within 2 above"] == pytest.approx(np.log1p([0, 0, 18, 18, 18]))
    assert found["prose within 2 of most"] == pytest.approx([0.5, 1, 1, 1, 0.5])


def test_a_second_look_knows_what_the_first_found_around_a_line() -> None:
    features = line_features(split_lines("One word\nTwo words\nFour words more here"))
    found = second_features(features, np.array([20.0, -20.0, -20.0]))
    values = dict(zip(SECOND_FEATURES, found.T.tolist(), strict=True))
    assert values["first log-odds"] == [10, -10, -10]
    assert values["content within 1"] == pytest.approx([1, 0.5, 1], abs=1e-3)
    assert values["content before"] == pytest.approx([0, 0, 1 / 3], abs=1e-3)


def test_half_of_two_lines_are_prose() -> None:
    assert prose_share(line_features(split_lines(f"{PROSE}\nShare"))) == 0.5


@given(TEXTS)
def test_any_text_has_finite_features(text: str) -> None:
    lines = split_lines(text)
    values = line_features(lines)
    assert values.shape == (len(lines), len(LINE_FEATURES))
    assert np.isfinite(values).all()
    assert np.isfinite(place_features(values)).all()
    assert np.isfinite(second_features(values, np.full(len(lines), 1e9))).all()


@given(TEXTS, TEXTS)
@settings(max_examples=50)
def test_a_line_depends_on_the_next_ones_only_but_for_its_double(above: str, below: str) -> None:
    text = f"{PROSE}\nShare\n{PROSE}"
    own = [i for i, name in enumerate(LINE_FEATURES) if name != "stands twice"]
    alone = line_features(split_lines(text))[1, own]
    n_above = len(split_lines(above))
    assert (
        line_features(split_lines(f"{above}\n{text}\n{below}"))[n_above + 1, own].tolist() == alone.tolist()
    )


@pytest.mark.parametrize("unit", ["word " * 20 + "\n", "a.b “c” ", "x"])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(n_characters: int) -> float:
        lines = split_lines((unit * (n_characters // len(unit) + 1))[:n_characters])
        started = time.perf_counter()
        place_features(line_features(lines))
        return time.perf_counter() - started

    seconds(1_000)
    small = min(seconds(100_000) for _ in range(3))
    assert seconds(1_000_000) < 40 * small
