"""Tests of the word lists and of the reader that refuses broken ones."""

import tomllib
from importlib import resources

import pytest

from biaslens.errors import BadData
from biaslens.lexicons import (
    agency_names,
    data_checksums,
    irregular_participles,
    lexicon_names,
    load_lexicon,
    read_lexicon,
)

HEADER = """\
# format: 1
# version: 0.1.0
# language: en
# author: Somebody
# licence: CC0-1.0
# case: any
# about: an example
# category good: praise (Somebody 2020)
# category bad: blame (Somebody 2020)
term\tpos\tmatch\tcategory\tweight\tpolarity\tsource\tnote\tsince
"""
NAMES = lexicon_names()


def row(term, pos="noun", match="lemma", category="bad", weight="1", polarity="-"):
    return "\t".join((term, pos, match, category, weight, polarity, "Somebody 2020", "", "0.1.0")) + "\n"


@pytest.fixture
def read(tmp_path):
    def write_and_read(text):
        path = tmp_path / "mine.tsv"
        path.write_bytes(text.encode("utf-8"))
        return read_lexicon(path)

    return write_and_read


def sources():
    text = (resources.files("biaslens") / "data" / "SOURCES.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_a_lexicon_of_ones_own_reads_with_all_its_columns(read):
    lexicon = read(HEADER + row("make clear", "verb", weight="3") + row("thug"))
    assert (lexicon.name, lexicon.version, lexicon.language, len(lexicon)) == ("mine", "0.1.0", "en", 2)
    assert lexicon.term == ("make clear", "thug")
    assert lexicon.weight.tolist() == [3, 1]
    assert lexicon.categories["bad"] == "blame (Somebody 2020)"
    assert lexicon.forms == {
        ("make", "clear"): 0,
        ("makes", "clear"): 0,
        ("made", "clear"): 0,
        ("making", "clear"): 0,
        ("thug",): 1,
        ("thugs",): 1,
    }


def test_windows_line_ends_change_neither_terms_nor_checksum(read):
    text = HEADER + row("thug")
    unix, windows = read(text), read(text.replace("\n", "\r\n"))
    assert unix.sha256 == windows.sha256
    assert unix.note == windows.note == ("",)


def test_a_terms_own_spelling_beats_an_inflection_of_another_term(read):
    text = HEADER + row("appall", "verb", weight="2") + row("appalling", "adj", weight="3")
    assert read(text).forms["appalling",] == 1
    assert read(text).forms["appalled",] == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER.replace("# licence: CC0-1.0\n", ""), r"mine.tsv, line 9: the header lacks licence"),
        (HEADER.replace("format: 1", "format: 9"), r"format is '9'; this version of biaslens reads format 1"),
        (HEADER.replace("# about:", "# abuot:"), r"line 7: header line '# abuot: an example' is unknown"),
        (HEADER.replace("# category bad", "# category good"), r"line 9: .* repeated"),
        (HEADER.replace("term\tpos", "word\tpos"), r"line 10: found 'word.*need the column names term pos"),
        (HEADER.replace("case: any", "case: upper"), r"case is 'upper'; it can be 'any', 'as written'"),
        (HEADER + row(""), r"line 11: the term is empty"),
        (HEADER + row("thug") + "\n", r"line 12: the term is empty"),
        (HEADER + row("thug") + "# a comment\n", r"line 12: a comment stands among the terms"),
        (HEADER + "thug\tnoun\n", r"line 11: found 2 columns, need 9"),
        (HEADER + row("thug", pos="n"), r"line 11: pos is 'n'; it can be 'verb', 'noun'"),
        (HEADER + row("thug", match="regex"), r"match is 'regex'; it can be 'lemma', 'form', 'phrase'"),
        (HEADER + row("thug", category="ugly"), r"category is 'ugly'; it can be 'good', 'bad'"),
        (HEADER + row("thug", weight="4"), r"weight is '4'; it can be '1', '2', '3'"),
        (HEADER + row("thug", weight="1.0"), r"weight is '1.0'"),
        (HEADER + row("thug", polarity="?"), r"polarity is '\?'; it can be '-', '\+', ''"),
        (HEADER + row("of course", match="form"), r"'of course' is no form"),
        (HEADER + row("course", match="phrase"), r"'course' is no phrase"),
        (HEADER + row("witch  hunt"), r"'witch  hunt' has spare spaces"),
        (HEADER + row("thug") + row("thug"), r"line 12: 'thug' \(noun, lemma\) stands here twice"),
        (HEADER + row("thug") + row("goon"), r"line 12: 'goon' comes after 'thug'; sort"),
        (
            HEADER + row("smear", weight="1") + row("smear", "verb", weight="2"),
            r"line 12: 'smear' is also a form of 'smear' \(line 11\), which scores differently",
        ),
        (HEADER.replace("language: en", "language: de") + row("Schläger"), r"inflected by English rules"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(read, text, message):
    with pytest.raises(BadData, match=message):
        read(text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_bytes(HEADER.encode("utf-16"))
    with pytest.raises(BadData, match=r"mine.tsv is not UTF-8"):
        read_lexicon(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadData, match=r"There is no file .*none\.tsv"):
        read_lexicon(tmp_path / "none.tsv")


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(
        BadData, match=r"no lexicon 'hedge' for language 'en'; choose from agencies, .*hedges"
    ):
        load_lexicon("hedge")


def test_an_unknown_language_is_answered_with_the_known_ones():
    with pytest.raises(BadData, match=r"no lexicons for language 'xx'; choose from en"):
        load_lexicon("hedges", "xx")


def test_a_lexicon_is_read_once():
    assert load_lexicon("hedges") is load_lexicon("hedges")


def test_irregular_verbs_are_no_lexicon_but_have_a_checksum():
    assert "irregular_verbs" not in NAMES
    assert "lexicons/en/irregular_verbs.tsv" in data_checksums()


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_lexicon_reads_and_cites_the_literature(name):
    lexicon = load_lexicon(name)
    assert lexicon.language == "en"
    assert set(lexicon.category) == set(lexicon.categories), "a category without terms"
    assert all(any(character.isdigit() for character in source) for source in lexicon.source)


@pytest.mark.parametrize("path", sorted(data_checksums()))
def test_sources_name_the_file_as_it_is(path):
    entry = sources().get(path)
    assert entry is not None, f"add an entry [{path!r}] to SOURCES.toml"
    found = data_checksums()[path]
    assert entry["sha256"] == found, f"{path} changed; its checksum in SOURCES.toml is to be {found}"
    assert {"what", "author", "licence", "made", "categories_after", "version"} <= set(entry)


def test_sources_name_no_lexicon_that_does_not_exist():
    named = {path for path in sources() if path.startswith("lexicons/")}
    assert named <= set(data_checksums())


@pytest.mark.parametrize("path", sorted(data_checksums()))
def test_sources_and_header_agree_on_version_author_and_licence(path):
    lines = (resources.files("biaslens") / "data").joinpath(path).read_text(encoding="utf-8").splitlines()
    header = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    entry = sources()[path]
    assert all(header[key] == entry[key] for key in ("version", "author", "licence"))


def test_participles_are_the_irregular_ones_only():
    participles = irregular_participles()
    assert {"written", "built", "overthrown", "held", "proven"} <= participles
    assert not any(word.endswith("ed") for word in participles)


def test_agency_credits_lead_to_one_name():
    names = agency_names()
    assert {names[credit] for credit in ("AP", "The Associated Press")} == {"Associated Press"}
    assert names["ITAR-TASS"] == names["TASS"] == "TASS"
    assert all(names.values())


def test_reporting_cues_have_the_five_classes():
    classes = {"neutral", "endorsing", "distancing", "directive", "argumentative"}
    assert set(load_lexicon("reporting_cues").categories) == classes


@pytest.mark.parametrize(
    ("cue", "cue_class"),
    [
        ("said", "neutral"),
        ("according to", "neutral"),
        ("admitted", "endorsing"),
        ("pointed out", "endorsing"),
        ("claims", "distancing"),
        ("alleging", "distancing"),
        ("urged", "directive"),
        ("condemned", "directive"),
        ("insisted", "argumentative"),
    ],
)
def test_a_cue_has_its_class(cue, cue_class):
    cues = load_lexicon("reporting_cues")
    assert cues.category[cues.forms[tuple(cue.split())]] == cue_class


@pytest.mark.parametrize("word", ["killed", "war", "died", "attack", "said", "government", "wounded"])
def test_bad_news_alone_is_not_loaded(word):
    assert (word,) not in load_lexicon("loaded").forms


@pytest.mark.parametrize("word", ["regime", "thugs", "so-called", "slammed", "ruthlessly", "puppets"])
def test_taking_sides_is_loaded(word):
    assert (word,) in load_lexicon("loaded").forms


@pytest.mark.parametrize("name", ["hedges", "boosters", "factives", "implicatives", "assertives"])
def test_a_list_of_devices_counts_every_term_once(name):
    assert set(load_lexicon(name).weight.tolist()) == {1}
