"""Own names."""

import pytest

from biaslens.stats.own_names import agency_aliases, author_names, contains, outlet_names


@pytest.mark.parametrize(
    ("outlet", "names"),
    [
        ("The Guardian", {("guardian",)}),
        ("Fox News", {("fox", "news"), ("fox",), ("foxnews",)}),
        ("BBC News Online", {("bbc", "news", "online"), ("bbc",), ("bbcnewsonline",)}),
        ("CNN (Web News)", {("cnn",)}),
        ("New York Times - Opinion", {("new", "york", "times"), ("newyorktimes",), ("nyt",)}),
        ("NBCNews.com", {("nbcnews",)}),
        ("www.mirror.co.uk", {("mirror",)}),
        ("USA TODAY", {("usa", "today"), ("usatoday",)}),
        ("Le Monde", {("le", "monde"), ("lemonde",)}),
    ],
)
def test_an_outlet_is_named_without_what_does_not_distinguish_it(
    outlet: str, names: set[tuple[str, ...]]
) -> None:
    assert {name.words for name in outlet_names(outlet)} == names


def test_a_name_of_an_article_alone_is_no_name() -> None:
    assert outlet_names("The") == outlet_names("") == []


def test_initials_of_two_letters_are_left_out() -> None:
    # "Union Sentinel" would take "us" out of every comparison.
    assert ("us",) not in {name.words for name in outlet_names("Union Sentinel")}


def test_an_agency_is_known_under_all_names_that_credit_it() -> None:
    words = {name.words for name in agency_aliases("Associated Press")}
    assert {("ap",), ("associated", "press")} <= words


def test_words_for_agencies_in_general_are_no_names() -> None:
    assert agency_aliases("wire services") == []


def test_authors_have_names_with_and_without_initials() -> None:
    found = {name.words: name.short for name in author_names("By Joel B. Pollak and Nikole Hannah-Jones")}
    assert found == {
        ("joel", "b.", "pollak"): "pollak",
        ("joel", "pollak"): "pollak",
        ("nikole", "hannah-jones"): "hannah-jones",
    }


@pytest.mark.parametrize("byline", ["Staff", "", "our own correspondents in Kyiv", "Daily Mail reporter"])
def test_a_byline_that_names_no_person_has_no_author(byline: str) -> None:
    assert author_names(byline) == []


def test_a_name_is_contained_word_after_word() -> None:
    assert contains(("told", "fox", "news"), ("fox", "news"))
    assert not contains(("fox", "hunting", "news"), ("fox", "news"))
