"""The five seed documents, read by hand: what must be stripped, what must stay, what may be said."""

from pathlib import Path

import numpy as np
import pytest

import biaslens

SEEDS = Path(__file__).parent.parent / "seeds"

# Per seed: words as read and words kept, and the beginning and end of every line that was stripped, all
# checked
# against the documents by reading them.
WORDS = {
    "000_31a2ee3f6947d21b": (863, 850),
    "001_8466d68a60ce5421": (391, 230),
    "002_fa39f7e2797c0f61": (438, 408),
    "003_762ba3fc91da0198": (346, 299),
    "004_e0d1a1f729d6c9b7": (304, 292),
}
STRIPPED = {
    "000_31a2ee3f6947d21b": [
        ("headline", "Russia ready to continue dialogue", "West abuzz over sanctions"),
        ("wire", "Source: Xinhuanet", "Source: Xinhuanet"),
    ],
    "001_8466d68a60ce5421": [("appeal", "A Message from The Moscow Times:", "Remind me later.")],
    "002_fa39f7e2797c0f61": [
        ("headline", "Kerry to seek assurances", "in last-ditch talks with Lavrov"),
        ("caption", "Photo: Kerry to seek", "/ Other News"),
        ("social", "Follow us on Twitter", "@TRENDNewsAgency"),
    ],
    "003_762ba3fc91da0198": [
        ("headline", "Kerry, Lavrov may meet", "over Ukraine"),
        ("caption", "Russian Foreign Minister Sergei Lavrov", "Picture: Sergei Karpukhin"),
        ("caption", "Russian Foreign Minister Sergei Lavrov", "Picture: Sergei Karpukhin"),
        ("timestamp", "Published", "Mar 10, 2014"),
        ("social", "Share", "Share"),
        ("dateline", "WASHINGTON", "-"),
        ("wire", "Reuters", "Reuters"),
        ("related", "Related Topics:", "Related Topics:"),
    ],
    "004_e0d1a1f729d6c9b7": [
        ("timestamp", "Updated on", "Moscow Time"),
        ("dateline", "MOSCOW, September 3", "(RIA Novosti) -"),
    ],
}


@pytest.mark.parametrize("name", STRIPPED)
def test_exactly_the_boilerplate_of_a_seed_is_stripped(seeds: biaslens.Comparison, name: str) -> None:
    removed = seeds.removed.query("id == @name")
    assert removed["category"].tolist() == [category for category, _, _ in STRIPPED[name]]
    for text, (_, start, end) in zip(removed["text"], STRIPPED[name], strict=True):
        assert text.startswith(start)
        assert text.rstrip().endswith(end)


@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_a_seed_before_and_after_cleaning(seeds: biaslens.Comparison, name: str) -> None:
    row = seeds.articles.set_index("id").loc[name]
    assert (row["n_words"], row["n_words"] - row["n_words_removed"]) == WORDS[name]


@pytest.mark.parametrize("name", STRIPPED)
def test_every_other_line_of_a_seed_is_kept_whole(name: str) -> None:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    cleaned = biaslens.clean(text)
    gone = " ".join(span.text for span in cleaned.removed)
    for line in text.splitlines():
        assert line in cleaned.text or line in gone or line.split(" - ", 1)[-1] in cleaned.text


def test_the_appeal_of_the_moscow_times_is_one_span_and_names_its_outlet() -> None:
    cleaned = biaslens.clean((SEEDS / "001_8466d68a60ce5421.txt").read_text(encoding="utf-8"))
    assert [span.category for span in cleaned.removed] == ["appeal"]
    assert cleaned.outlet == "The Moscow Times"
    assert "undesirable" not in cleaned.text
    assert "support" not in cleaned.text


def test_headline_dateline_agency_date_and_captions_are_harvested() -> None:
    cleaned = biaslens.clean((SEEDS / "003_762ba3fc91da0198.txt").read_text(encoding="utf-8"))
    assert cleaned.title == "Kerry, Lavrov may meet over Ukraine"
    assert cleaned.dateline == "WASHINGTON"
    assert cleaned.agency == "Reuters"
    assert cleaned.published == "Mar 10, 2014"
    assert len(cleaned.captions) == 2


def test_a_headline_inside_the_body_is_kept_apart() -> None:
    cleaned = biaslens.clean((SEEDS / "000_31a2ee3f6947d21b.txt").read_text(encoding="utf-8"))
    headline = "Russia ready to continue dialogue with Ukraine, West abuzz over sanctions"
    assert cleaned.headlines == (headline,)
    assert headline not in cleaned.text


def test_without_an_index_the_outlets_are_inferred_from_the_credit_lines(tmp_path: Path) -> None:
    for file in SEEDS.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    articles = biaslens.compare(tmp_path).articles
    assert articles["outlet"].tolist() == ["Xinhua", "The Moscow Times", "Trend", "Reuters", "RIA Novosti"]
    assert articles["outlet_inferred"].all()
    assert str(articles["date"][3].date()) == "2014-03-10"


def test_the_march_articles_are_one_story_and_the_september_one_another(seeds: biaslens.Comparison) -> None:
    story = seeds.articles["story"]
    assert story[:4].nunique() == 1
    assert story[4] != story[0]


def test_without_dates_and_outlet_names_the_stories_are_the_same() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))]
    story = biaslens.group_events([{"text": text} for text in texts]).story
    assert len(set(story[:4])) == 1
    assert story[4] not in story[:4]


def test_no_p_value_interval_or_ranking_is_given(
    seeds: biaslens.Comparison, seeds_by_story: biaslens.Comparison
) -> None:
    for result in (seeds, seeds_by_story):
        contrasts = result.contrasts
        assert contrasts[["p_value", "q_value", "ci_low", "ci_high"]].isna().all(axis=None)
        assert set(contrasts["status"]) <= {"no shared event", "counts only", "too rare"}
        assert (contrasts["higher_in"] == "").all()
        assert result.outlets[["ci_low", "ci_high"]].isna().all(axis=None)
        assert any("No p-values, no intervals, no ranking" in sentence for sentence in result.summary)


def test_values_stand_side_by_side_with_evidence(seeds: biaslens.Comparison) -> None:
    values = seeds.outlets.query("measure == 'loaded_rate'")
    assert len(values) == 5
    assert values["value"].notna().all()
    assert set(seeds.evidence("loaded_rate")["outlet"]) == set(values["outlet"])


def test_evidence_and_removed_spans_slice_the_files_exactly(seeds: biaslens.Comparison) -> None:
    text_of = {file.stem: file.read_bytes().decode("utf-8") for file in SEEDS.glob("*.txt")}
    for table in (seeds.evidence(), seeds.removed):
        assert len(table) > 0
        for row in table.itertuples():
            assert text_of[row.id][row.start : row.end] == row.text


def test_the_weights_of_the_evidence_sum_to_the_value(seeds: biaslens.Comparison) -> None:
    evidence = seeds.evidence("loaded_rate")
    articles = seeds.articles.set_index("id")
    for id, weight in evidence.groupby("id")["weight"].sum().items():
        expected = 1000 * weight / articles.loc[id, "own_words"]
        assert np.isclose(articles.loc[id, "loaded_rate"], expected)


def test_cleaning_changes_the_numbers_of_the_moscow_times(seeds: biaslens.Comparison) -> None:
    after = seeds.outlets.set_index(["outlet", "measure"])["value"]
    before = seeds.before_cleaning().set_index(["outlet", "measure"])["value"]
    assert before["The Moscow Times", "scare_quote_rate"] > after["The Moscow Times", "scare_quote_rate"]
    assert before["Reuters", "lexicon_count"] > after["Reuters", "lexicon_count"]


def test_the_packaged_seeds_are_the_folder(seeds: biaslens.Comparison) -> None:
    packaged = biaslens.load_seeds()
    assert packaged.id == tuple(WORDS)
    assert packaged.original == tuple(
        file.read_bytes().decode("utf-8") for file in sorted(SEEDS.glob("*.txt"))
    )
