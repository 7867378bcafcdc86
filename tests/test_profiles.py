"""OutletProfile: learned, merged, written, read and refused."""

import json
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.repetition import find_repeats, learn_repeats
from biaslens.errors import BadData, BadSetting, UnknownOutlet
from biaslens.profiles import OutletProfile
from biaslens.reading.source import read

STORIES = [
    "The harbor was closed after a storm tore two cranes from the quay. Ships wait outside the bay.",
    "Wheat prices fell for a third week as rain reached the southern plains. Millers bought little.",
    "A court freed two bankers accused of fraud. Prosecutors had asked for nine years in prison for both.",
    "The national team lost its opening match by one goal. A late penalty decided it near the whistle.",
    "Doctors at the island clinic ran out of vaccines. A boat with supplies turned back in dense fog.",
    "Parliament passed the budget by a single vote. Spending on roads rises while pensions stay frozen.",
]
APPEAL = "Please keep the Herald going."
TEXTS = [f"{story} {APPEAL}" for story in STORIES]
LISTS = st.lists(st.sampled_from(TEXTS), max_size=6)


def profile(texts: list[str], outlet: str = "Herald") -> OutletProfile:
    return OutletProfile.learn([{"outlet": outlet, "text": text} for text in texts] or {outlet: [""]}, outlet)


def changed(**parts: object) -> str:
    return json.dumps(json.loads(profile(TEXTS).to_json()) | parts)


def test_a_profile_finds_what_few_articles_would_not_teach() -> None:
    few = read({"Herald": TEXTS[:1]})
    assert len(learn_repeats(few).outlets["Herald"].key) == 0
    repeats = learn_repeats(few, [profile(TEXTS[1:]).counts])
    [removal] = find_repeats(split_lines(TEXTS[0]), "Herald", repeats)
    assert TEXTS[0][removal.start : removal.end] == APPEAL


@pytest.mark.parametrize(
    "source", [TEXTS, tuple(TEXTS), {"Herald": TEXTS}, [{"text": text} for text in TEXTS]]
)
def test_texts_are_read_in_whatever_form(source: object) -> None:
    assert OutletProfile.learn(source, outlet="Herald") == profile(TEXTS)


def test_files_are_read(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(len(TEXTS))]
    for path, text in zip(paths, TEXTS, strict=True):
        path.write_text(text, encoding="utf-8")
    assert OutletProfile.learn([str(path) for path in paths], outlet="Herald") == profile(TEXTS)


def test_one_of_several_outlets_is_chosen() -> None:
    articles = {"Herald": TEXTS[:4], "Post": TEXTS[4:]}
    assert OutletProfile.learn(articles, outlet="Post") == profile(TEXTS[4:], "Post")


def test_the_only_outlet_needs_no_choice() -> None:
    assert OutletProfile.learn({"Herald": TEXTS}).outlet == "Herald"


def test_several_outlets_need_a_choice() -> None:
    with pytest.raises(
        UnknownOutlet, match=r"from 2 outlet\(s\), 'Herald', 'Post', and no outlet was chosen"
    ):
        OutletProfile.learn({"Herald": TEXTS, "Post": TEXTS})


def test_an_outlet_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownOutlet, match="there is no 'Times'"):
        OutletProfile.learn({"Herald": TEXTS}, outlet="Times")


def test_texts_alone_need_a_name() -> None:
    with pytest.raises(UnknownOutlet, match="pass outlet='Name'"):
        OutletProfile.learn(TEXTS)


def test_profiles_of_two_outlets_do_not_merge() -> None:
    with pytest.raises(BadSetting, match="profile of 'Herald' cannot be merged with one of 'Post'"):
        profile(TEXTS).merge(profile(TEXTS, "Post"))


@settings(max_examples=40, deadline=None)
@given(LISTS, LISTS, LISTS)
def test_merging_is_exact_associative_and_commutative(a: list[str], b: list[str], c: list[str]) -> None:
    one, two, three = profile(a), profile(b), profile(c)
    assert (one + two) + three == one + (two + three) == (three + one) + two
    if a or b or c:
        assert one + two + three == profile(a + b + c)


@settings(max_examples=25, deadline=None)
@given(LISTS, st.integers(1, 6))
def test_json_gives_back_the_same(texts: list[str], min_articles: int) -> None:
    kept = profile(texts).trimmed(min_articles)
    assert OutletProfile.from_json(kept.to_json()) == kept


def test_a_file_gives_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "herald.json"
    profile(TEXTS).to_json(path)
    assert OutletProfile.from_json(path) == OutletProfile.from_json(str(path)) == profile(TEXTS)


def test_the_header_can_be_read_and_no_text_is_in_the_file() -> None:
    text = profile(TEXTS).to_json()
    held = json.loads(text)
    assert (held["outlet"], held["n_articles"], held["version"]) == ("Herald", 6, 1)
    assert "harbor" not in text


def test_a_trimmed_profile_keeps_what_recurs() -> None:
    trimmed = profile(TEXTS).trimmed(5)
    assert repr(trimmed) == "OutletProfile('Herald', n_articles=6, n_sentences=1, min_articles=5)"
    assert learn_repeats(read({"Herald": ""}), [trimmed.counts]) == learn_repeats(read({"Herald": TEXTS}))


def test_a_profile_cannot_be_trimmed_to_nothing_at_all() -> None:
    with pytest.raises(BadSetting, match="min_articles is 0; it must be 1 or more"):
        profile(TEXTS).trimmed(0)


def test_other_texts_make_another_profile() -> None:
    assert profile(TEXTS) != profile(TEXTS[:5])
    assert profile(TEXTS) != profile(TEXTS).trimmed(2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format": ', "it is no JSON"),
        ("{}", "no biaslens outlet profile"),
        (changed(version=2), "has version 2, and this biaslens reads 1"),
        (changed(hashing="words-9"), "hashed as 'words-9'"),
        (changed(columns={}), "parts of it are missing"),
        (changed(outlet="Post"), "checksum does not fit"),
        (changed(min_articles=3), "checksum does not fit"),
        (changed(checksum=""), "checksum does not fit"),
    ],
)
def test_what_is_no_whole_profile_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        OutletProfile.from_json(text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"There is no file .*herald\.json"):
        OutletProfile.from_json(tmp_path / "herald.json")
