"""Blinding: no form of an outlet's name is left, and ordinary words are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.coding.blinding import MASK, OutletNames

NAMES = OutletNames.of(
    ["The New York Times", "Trend", "RIA Novosti", "Fox News", "Reuters", "M&G Post", "L'Express", "***"]
)


@pytest.mark.parametrize(
    "name",
    [
        "The New York Times", "the New York Times", "New York Times", "NEW YORK TIMES", "New\nYork Times",
        "nytimes.com", "NYT", "newyorktimes.com", "Trend", "TREND", "trend.az", "Ria Novosti", "RIA-Novosti",
        "Fox News", "Fox", "foxnews.com", "Reuters", "reuters.com", "Thomson Reuters", "M & G Post",
        "L’Express", "***",
    ],
)  # fmt: skip
def test_a_name_is_masked_in_any_form(name):
    assert NAMES.mask(f"told ({name}), he said") == f"told ({MASK}), he said"


@pytest.mark.parametrize(
    "text", ["a new trend", "trends", "New York", "the times", "a fox", "Foxes", "Reutersburg", "unfoxed"]
)
def test_an_ordinary_word_stays(text):
    assert NAMES.mask(f"It was {text} then") == f"It was {text} then"


def test_short_names_do_not_swallow_countries():
    assert OutletNames.of(["U.S. News"]).mask("The U.S. said so, U.S. News wrote") == (
        f"The U.S. said so, {MASK} wrote"
    )


def test_an_agency_is_masked_by_every_name_that_credits_it():
    assert OutletNames.of(["Xinhua"]).mask("Xinhuanet and the Xinhua News Agency") == f"{MASK} and {MASK}"


def test_a_possessive_keeps_its_ending():
    assert NAMES.mask("Reuters' and Trend's") == f"{MASK}' and {MASK}'s"


def test_a_name_that_crosses_the_border_of_a_mark_goes_inside():
    text = "told the New York Times on Monday"
    parts = NAMES.mask_around(text, text.index("Times"), text.index(" Monday"))
    assert (parts.before, parts.inside, parts.behind) == ("told ", f"{MASK} on", " Monday")


def test_no_outlet_masks_nothing():
    assert OutletNames.of([]).mask("Reuters said") == "Reuters said"


@given(st.lists(st.text(alphabet="abcDEF .-'*[(&", min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_name_is_gone_where_it_stands_alone(names):
    found = OutletNames.of(names)
    for name in filter(None, map(str.strip, names)):
        masked = found.mask(f"« {name} »")
        assert MASK in masked
        assert name == MASK or len(name) < 3 or name not in masked.replace(MASK, "")
