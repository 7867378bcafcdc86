"""Agency credits: which agency an article names, and for how much of its text."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens import read
from biaslens.cleaned import Harvest
from biaslens.cleaning.clean import clean_articles, keep_all
from biaslens.cleaning.credits import Credit, find_credits, main_credit
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.repetition import Repeats
from biaslens.credit_patterns import CreditPattern, load_credit_patterns, read_credit_patterns
from biaslens.errors import BadData
from biaslens.lexicons import agency_names
from biaslens.rules import load_rules

PATTERNS = load_credit_patterns().patterns
PARAGRAPH = "The council met in the town hall on Tuesday and voted for the budget after a long debate."
BODY = "\n".join([PARAGRAPH] * 12)

FILE = """
version = 1
language = "en"

[[credit]]
name = "test.one"
scope = "article"
place = "line"
pattern = '''^By (?P<agency>{agencies})$'''
matches = ["By Reuters"]
keeps = []
"""


def examples(field: str) -> list[tuple[CreditPattern, str]]:
    return [(pattern, text) for pattern in PATTERNS for text in getattr(pattern, field)]


def name(value: CreditPattern | str) -> str:
    return value.name if isinstance(value, CreditPattern) else value[:30]


def found(text: str) -> tuple[Credit, ...]:
    """The credits of a text of which nothing is removed."""
    lines = split_lines(text)
    return find_credits(text, lines, lines, ())


def harvest(text: str, outlet: str = "Daily Herald") -> Harvest:
    return clean_articles(read([{"outlet": outlet, "text": text}]), Repeats({})).harvest


def credit(text: str) -> tuple[str, str]:
    told = harvest(text)
    return told.agency[0], told.agency_scope[0]


@pytest.mark.parametrize(("pattern", "text"), examples("matches"), ids=name)
def test_a_pattern_finds_its_examples(pattern: CreditPattern, text: str) -> None:
    assert {one.pattern for one in found(text)} == {pattern.name}


@pytest.mark.parametrize(("pattern", "text"), examples("keeps"), ids=name)
def test_no_pattern_at_all_finds_what_a_pattern_must_not(pattern: CreditPattern, text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize("pattern", PATTERNS, ids=name)
def test_a_pattern_names_its_agency_or_is_one_agencys_own(pattern: CreditPattern) -> None:
    assert bool(pattern.agency) != bool(pattern.pattern.groupindex)


def test_the_rules_about_pictures_exist() -> None:
    rules = load_rules()
    assert load_credit_patterns().pictures <= {rule.name for rule in rules} | {
        rule.category for rule in rules
    }


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"(Reuters) - {BODY}", "Reuters"),
        (f"MOSCOW, May 5 (AP) — {BODY}", "Associated Press"),
        (f"MACAU (Reuters) – {BODY}", "Reuters"),
        (f"Talks end\nBy Jane Smith, Associated Press\n{BODY}", "Associated Press"),
        (f"By Reuters\n{BODY}", "Reuters"),
        (f"{BODY}\nReuters", "Reuters"),
        (f"{BODY}\nSource: Xinhuanet", "Xinhua"),
        (f"{BODY}\n(Reporting by Jane Smith; Editing by John Doe)", "Reuters"),
        (f"{BODY} (Reporting by Jane Smith; Editing by John Doe)", "Reuters"),
        (f"{BODY}\nbur-ah/np", "Agence France-Presse"),
        (f"{BODY}\n© 2017 AFP", "Agence France-Presse"),
        (f"{BODY}\nCopyright 2019 The Associated Press. All rights reserved.", "Associated Press"),
        (f"{BODY}\nThis story was provided by The Associated Press.", "Associated Press"),
        (f"{BODY}\nAssociated Press writer Jane Smith in Gary, Ind., contributed.", "Associated Press"),
        (f"From wire reports\n{BODY}", "wire services"),
        (f"{BODY}\nCompiled from wire services", "wire services"),
    ],
)
def test_a_credit_for_the_whole_article(text: str, agency: str) -> None:
    assert credit(text) == (agency, "article")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"{BODY}\nAgence France-Presse contributed to this report.", "Agence France-Presse"),
        (f"{BODY} Daily Herald’s Jane Smith and AP contributed to this report.", "Associated Press"),
        (f"{BODY}\nReuters and AP contributed to this report", "Reuters"),
        (f"{BODY}\nWith inputs from PTI", "Press Trust of India"),
        (f"{BODY}\n(With agency inputs)", "wire services"),
        (f"{BODY}\nAdditional reporting by Reuters", "Reuters"),
        (f"Staff and agencies\n{BODY}", "wire services"),
        (f"{BODY}\nFrom staff and wire reports", "wire services"),
        (f"{BODY}\nKYIV, Ukraine (AP) — Shells fell on the harbor.\n{BODY}", "Associated Press"),
        (f"HARBOR CITY (HeraldNews/AP) — {BODY}", "Associated Press"),
    ],
)
def test_a_credit_for_a_passage(text: str, agency: str) -> None:
    assert credit(text) == (agency, "passage")


@pytest.mark.parametrize(
    "text",
    [
        f"Image copyright Reuters\n{BODY}",
        f"A woman walks past the town hall. (AP Photo/Jane Smith)\n{BODY}",
        f"Rescuers at the site on Monday. (Reuters)\n{BODY}",
        f"{BODY}\nPhoto: Jane Smith/Reuters",
        f"{BODY}\n© AFP",
        f"The mayor told Reuters that the talks had ended.\n{BODY}",
        f"{BODY}\nThe talks have ended, Reuters reported.",
        f"{PARAGRAPH}\nAP\n{BODY}\n{BODY}".replace("\nAP\n", f"\n{BODY}\nAP\n"),
        f"{BODY}\nFrom Bloomberg:\n{BODY}",
        f"The Associated Press contributed to the growth of the town.\n{BODY}",
        f"{BODY}\nDaily Herald writer Jane Smith contributed to this report.",
        f"{BODY}\nAdditional reporting by Jane Smith.",
    ],
)
def test_photo_credits_and_what_an_agency_reported_are_no_credit_of_the_text(text: str) -> None:
    assert credit(text) == ("", "")


def test_an_agency_credits_itself() -> None:
    told = harvest(f"LONDON (Reuters) - {BODY}", outlet="Reuters")
    assert (told.agency, told.agency_scope) == (("Reuters",), ("article",))


def test_the_credit_for_the_whole_article_comes_before_an_earlier_one_for_a_passage() -> None:
    text = f"By Jane Smith and Reuters\n{BODY}\nCopyright 2019 The Associated Press. All rights reserved."
    assert [one.scope for one in found(text)] == ["passage", "article"]
    assert credit(text) == ("Associated Press", "article")


def test_a_credit_that_names_several_agencies_is_one_for_each() -> None:
    credits = found(f"KYIV (Reuters, AP and AFP) — {BODY}")
    assert [one.agency for one in credits] == ["Reuters", "Associated Press", "Agence France-Presse"]


def test_without_any_credit_there_is_no_main_one() -> None:
    assert main_credit(found(BODY)) is None


def test_captions_do_not_push_a_dateline_into_the_body() -> None:
    caption = "A woman who has lived here for years walks past the old town hall (AP Photo/Jane Smith)"
    text = "\n".join([caption] * 20) + f"\nKYIV (AP) — {BODY}"
    assert [one.scope for one in found(text)] == ["article"]


def test_what_cleaning_takes_for_words_about_a_picture_credits_no_text() -> None:
    text = f"{BODY}\nRescuers at the site on Monday. (Reuters)"
    assert [one.pattern for one in found(text)] == ["end.source"]
    assert credit(text) == ("", "")


def test_a_credit_for_a_passage_names_no_outlet() -> None:
    told = harvest(f"{BODY}\nReuters contributed to this report.", outlet="")
    assert (told.agency, told.outlet) == (("Reuters",), ("",))


def test_an_agencys_dateline_is_no_notice_of_the_outlet() -> None:
    assert harvest(f"KYIV (AP) — {BODY}\n© 2020 The Daily Herald", outlet="").outlet == ("The Daily Herald",)
    assert harvest(f"KYIV (AP) — {BODY}", outlet="").outlet == ("",)


def test_a_source_that_is_no_agency_names_the_outlet() -> None:
    told = harvest(f"{BODY}\nSource: Daily Herald", outlet="")
    assert (told.agency, told.outlet) == (("",), ("Daily Herald",))


def test_without_cleaning_nothing_is_credited() -> None:
    told = keep_all(read([{"outlet": "A", "text": f"KYIV (AP) — {BODY}"}])).harvest
    assert (told.agency, told.agency_scope) == (("",), ("",))


@given(
    agency=st.sampled_from(sorted(agency_names())),
    text=st.sampled_from([
        "KYIV, May 5 ({}) — {}", "By {}\n{}", "{}\n{}", "{1}\nCopyright 2019 {0}. All rights reserved.",
        "{1}\nWith inputs from {0}", "{1}\n{0} contributed to this report.",
    ]),
)  # fmt: skip
def test_every_agency_is_credited_by_its_usual_name(agency: str, text: str) -> None:
    credits = found(text.format(agency, BODY))
    assert {one.agency for one in credits} == {agency_names()[agency]} or agency == "Dow Jones"


@given(st.lists(st.sampled_from([text for _, text in examples("matches")] + [PARAGRAPH]), max_size=20))
def test_credits_slice_the_text_in_order_and_do_not_overlap(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    places = sorted({(one.start, one.end) for one in found(text)})
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    "text",
    ["Reuters\n", "(AP) — ", "AP contributed ", "KYIV (AP) — A\n", "With reporting by AP, ", "© 2017 "],
)
def test_a_text_made_to_be_slow_is_read_in_seconds(text: str) -> None:
    started = time.perf_counter()
    found(text * (200_000 // len(text)))
    assert time.perf_counter() - started < 10


def test_another_language_has_no_patterns() -> None:
    assert read_credit_patterns(FILE, "xx").patterns == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 1", "version = ", "agency_credits.toml is not TOML"),
        ("version = 1", "version = 2", "format version 2, but this release reads 1"),
        ("scope =", "scop =", r"'test\.one' has unknown fields \['scop'\] and lacks \['scope'\]"),
        ('"article"', '"some"', "says 'some'; scope can be article, passage"),
        (
            '"line"',
            '"anywhere"',
            "stands 'anywhere'; those that stand anywhere, and only those, have 'needs'",
        ),
        ("^By (", "^By ((", "the pattern of credit 'test.one' does not compile"),
        ("[[credit]]", FILE.split("\n\n")[1] + "\n[[credit]]", "credits share a name: test.one; rename"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        read_credit_patterns(FILE.replace(old, new, 1), "en")


def test_wire_articles_of_a_labelled_set_are_credited(evaluation_data: Path) -> None:
    import pandas as pd

    frame = pd.read_parquet(evaluation_data / "polnear_articles.parquet")
    frame = frame[frame["publisher"].isin(["breitbart", "huff-post"])]
    credits = [main_credit(found(text)) for text in frame["text"]]
    is_found = [one is not None and one.scope == "article" for one in credits]
    is_wire = frame["wire"].notna().tolist()
    n_right = sum(a and b for a, b in zip(is_found, is_wire, strict=True))
    # Four of the 75 texts hold no credit that could be found.
    assert n_right >= 71
    assert sum(is_found) - n_right <= 1
