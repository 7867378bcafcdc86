"""Names of one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.stats.variants import NameUse, find_variants


def _things(*names: str, acronyms: tuple[str, ...] = ()) -> dict[str, str]:
    """What each name stands for; a name given twice is used twice."""
    return dict(find_variants({name: NameUse(names.count(name), name in acronyms) for name in names}).thing)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("zelensky", "zelenskyy"),
        ("zelensky", "zelenskiy"),
        ("ukraine", "ukrainians"),
        ("russia", "russian"),
        ("israel", "israeli"),
        ("germany", "german"),
        ("britain", "british"),
        ("sweden", "swedish"),
        ("japan", "japanese"),
        ("mexico", "mexican"),
        ("democrat", "democrats"),
        ("merkel", "angela merkel"),
        ("security council", "un security council"),
    ],
)
def test_variants_are_one_thing(name: str, same: str) -> None:
    things = _things(name, same)
    assert things[name] == things[same]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("dugin", "dugina"),
        ("marie", "maria"),
        ("north korea", "south korea"),
        ("fox news", "abc news"),
        ("america", "bank of america"),
        ("iraq", "iran"),
    ],
)
def test_different_names_are_different_things(name: str, other: str) -> None:
    things = _things(name, other, "korea", "news")
    assert things[name] != things[other]


def test_a_surname_belongs_to_its_most_frequent_bearer() -> None:
    things = _things("trump", "donald trump", "donald trump", "melania trump")
    assert things["donald trump"] == things["trump"] == "trump"
    assert things["melania trump"] == "melania trump"


def test_first_names_with_one_initial_are_spellings_of_one() -> None:
    things = _things("lavrov", "sergei lavrov", "sergey lavrov")
    assert set(things.values()) == {"lavrov"}


def test_an_end_that_is_not_surely_a_name_is_none() -> None:
    uses = {"white house": NameUse(2), "house": NameUse(0)}
    assert find_variants(uses).thing["white house"] == "white house"


def test_a_state_behind_a_name_is_not_what_is_named() -> None:
    things = _things("susan collins of maine", "susan collins", "collins", "maine")
    assert things["susan collins of maine"] == "collins"


def test_an_acronym_is_the_name_with_its_initials() -> None:
    names = ("icc", "international criminal court", "fbi", "federal bureau of investigation")
    things = _things(*names, acronyms=("icc", "fbi"))
    assert things["icc"] == "international criminal court"
    assert things["fbi"] == "federal bureau of investigation"


def test_small_letters_are_no_acronym() -> None:
    assert _things("ed", "european deal")["ed"] == "ed"


def test_a_place_is_not_shown_under_the_name_of_its_people() -> None:
    shown = find_variants({"russia": NameUse(1), "russian": NameUse(9)}).shown
    assert (shown["russia"], shown["russian"]) == ("russia", "russian")


WORDS = st.sampled_from(
    ["russia", "russian", "un", "united", "nations", "of", "zelensky", "zelenskyy", "ivan"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(st.dictionaries(NAMES, st.builds(NameUse, st.integers(0, 3), st.booleans()), max_size=8))
def test_order_changes_nothing_and_every_thing_is_a_name(uses: dict[str, NameUse]) -> None:
    things = find_variants(uses).thing
    assert find_variants(dict(reversed(uses.items()))).thing == things
    assert set(things) == set(uses)
    assert set(things.values()) <= set(uses)
