"""The steps of a comparison, each alone."""

import numpy as np
import pytest

import biaslens
from biaslens.errors import BadSetting

TALKS = "Kerry meets Lavrov in London to talk about Crimea on Friday."
MORE_TALKS = "In London, Lavrov and Kerry talked about Crimea on Friday."
THINGS = ["march", "match", "vote", "strike", "fair", "concert", "trial", "parade"]
FLOODS = "Floods in Ohio leave thousands without power and clean water."


def article_about(thing: str) -> str:
    """A text of its own: what repeats in versions of one report is not the outlet's."""
    places = " and ".join(f"{thing} {place}" for place in ("halls", "squares", "streets", "gates"))
    return f"All {places} were open for {thing} visitors from {thing} towns in May."


def test_clean_gives_text_and_reasons() -> None:
    cleaned = biaslens.clean("Talks end\nThe talks ended on Monday.\nShare on Facebook")
    assert cleaned.text == "The talks ended on Monday." or cleaned.text.endswith("on Monday.")
    assert cleaned.removed[-1].category == "social"
    assert cleaned.original[cleaned.removed[-1].start : cleaned.removed[-1].end] == "Share on Facebook"


def test_clean_can_be_switched_off() -> None:
    text = "The talks ended.\nShare on Facebook"
    assert biaslens.clean(text, settings=biaslens.Settings(clean=False)).text == text


def test_clean_all_learns_what_an_outlet_repeats() -> None:
    line = "Daily Planet brings you the world from Metropolis"
    texts = [f"{article_about(thing)}\n{line}" for thing in THINGS]
    cleaned = biaslens.clean_all({"Daily Planet": texts, "Other": "The talks ended."})
    assert [span.category for span in cleaned[0].removed] == ["repeated"]
    assert "8 articles of Daily Planet" in cleaned[0].removed[0].reason


def test_clean_all_does_not_depend_on_order() -> None:
    line = "Daily Planet brings you the world from Metropolis"
    texts = [f"{article_about(thing)}\n{line}" for thing in THINGS]
    one = [cleaned.text for cleaned in biaslens.clean_all({"A": texts})]
    other = [cleaned.text for cleaned in biaslens.clean_all({"A": texts[::-1]})]
    assert one == other[::-1]


def test_score_gives_a_row_per_text_and_a_column_per_measure() -> None:
    table = biaslens.score([TALKS, ""])
    assert table.shape == (2, len(biaslens.measures()))
    assert table.loc[1].isna().all()
    assert table.loc[0, "lexicon_count"] == 11


def test_score_takes_one_text_and_articles_too() -> None:
    assert len(biaslens.score(TALKS)) == 1
    assert biaslens.score(biaslens.load_seeds()).index[0] == "000_31a2ee3f6947d21b"


def test_score_equals_compare() -> None:
    scored = biaslens.score(biaslens.load_seeds())
    compared = biaslens.compare(biaslens.load_seeds()).articles.set_index("id")
    # What an article shares with others no article tells by itself.
    for name in scored.columns.drop("wire_share"):
        assert np.array_equal(scored[name], compared[name], equal_nan=True), name


def test_shared_copy_takes_a_comparison() -> None:
    assert biaslens.score(biaslens.load_seeds())["wire_share"].isna().all()
    assert biaslens.compare(biaslens.load_seeds()).articles["wire_share"].tolist() == [0] * 5


def test_voices_slice_the_text() -> None:
    text = "“We will talk to all sides,” Lavrov said on Friday. Kerry warned that time was running out."
    found = biaslens.voices(text)
    columns = ["start", "end", "kind", "words", "speaker", "speaker_start", "speaker_end", "group",
    "principal",
               "cue", "cue_start", "cue_end", "cue_class"]  # fmt: skip
    assert found.columns.tolist() == columns
    assert [text[row.speaker_start : row.speaker_end] for row in found.itertuples()] == ["Lavrov", "Kerry"]
    assert [text[row.cue_start : row.cue_end] for row in found.itertuples()] == ["said", "warned"]
    assert found["cue_class"].tolist() == ["neutral", "directive"]


def test_voices_of_mojibake_slice_the_text_as_given() -> None:
    text = "â€œWe will talk to all sides,â€\x9d Lavrov said."
    row = biaslens.voices(text).iloc[0]
    assert text[row["start"] : row["end"]] == "We will talk to all sides,"


def test_events_by_id_and_in_order() -> None:
    groups = biaslens.group_events([
        {"id": "a", "text": TALKS, "date": "2014-03-14"},
        {"id": "b", "text": MORE_TALKS, "date": "2014-03-14"},
        {"id": "c", "text": FLOODS, "date": "2014-03-14"},
    ])  # fmt: skip
    assert groups["a"] == groups["b"] != groups["c"]
    assert list(groups) == groups.to_frame()["event"].tolist()
    assert len(groups) == len(groups.confidence) == 3


def test_explain_names_what_ties_two_articles_and_what_does_not() -> None:
    groups = biaslens.group_events(
        [{"id": "a", "text": TALKS}, {"id": "b", "text": MORE_TALKS}, {"id": "c", "text": FLOODS}]
    )
    tied = groups.explain("a", "b")
    assert tied.together
    assert "lavrov" in tied.shared
    assert not groups.explain("a", "c").together
    with pytest.raises(BadSetting, match="no article 'z'; ids look like 'a'"):
        groups.explain("a", "z")


def test_the_codebook_gives_formula_citation_and_caveat_for_every_measure() -> None:
    codebook = biaslens.measures()
    for column in ("unit", "range", "formula", "citation", "caveat", "validated", "figure", "misses"):
        assert (codebook[column].str.len() > 0).all(), column
    assert codebook["name"].is_unique
