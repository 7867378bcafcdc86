"""compare(): the tables of the contract, whatever comes in."""

import dataclasses
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import biaslens
from biaslens.errors import BadSetting, BiaslensError, MissingExtra, TooFewOutlets, UnknownOutlet

CONTRACT = {
    "articles": ["id", "outlet", "outlet_inferred", "title", "date", "event", "n_words", "n_words_removed",
                 "own_words", "agency", "copy_of"],
    "outlets": ["outlet", "measure", "unit", "value", "ci_low", "ci_high", "n_articles", "n_events",
                "reliability", "note"],
    "contrasts": ["measure", "unit", "outlet_a", "outlet_b", "difference", "ratio", "ci_low", "ci_high",
                  "effect_size", "p_value", "q_value", "n_events", "higher_in", "status"],
    "events": ["event", "label", "first_date", "last_date", "n_articles", "n_outlets", "terms"],
    "terms": ["outlet", "term", "z", "log_odds", "count", "n_events", "survives"],
    "sources": ["outlet", "speaker", "group", "n_quotes", "quoted_words", "share"],
    "removed": ["id", "start", "end", "text", "category", "rule", "reason", "confidence"],
    "copies": ["id_a", "id_b", "containment_a", "containment_b", "shared_words"],
    "coverage": ["event", "outlet", "item", "kind", "covered", "evidence_id", "evidence_sentence"],
}  # fmt: skip
MEASURE_NAMES = [
    "loaded_rate", "hedge_rate", "booster_rate", "factive_rate", "implicative_rate", "assertive_rate",
    "neutral_cue_share", "endorsing_cue_share", "distancing_cue_share", "directive_cue_share", "quote_share",
    "attributed_share", "source_diversity", "scare_quote_rate", "passive_rate", "agentless_passive_rate",
    "sentiment", "flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index",
    "automated_readability_index", "coleman_liau_index", "dale_chall_readability_score", "difficult_words",
    "lexicon_count", "sentence_count", "syllable_count", "words_per_sentence", "mattr", "mtld",
    "sentence_length", "function_word_share", "naming", "omission", "wire_share",
]  # fmt: skip

NAMES = ["Minister Ivanova", "President Okafor", "the ministry", "Mayor Lindqvist", "officials"]
VERBS = ["said", "claimed", "warned", "admitted", "insisted"]
TOPICS = [
    "the bridge over the river",
    "the new tariff on grain",
    "the strike at the port",
    "the vote on the budget",
]
ADJECTIVES = ["brutal", "modest", "planned", "shameful", "new"]


def article_about(thing: str) -> str:
    """A text of its own: what repeats in versions of one report is not the outlet's."""
    places = " and ".join(f"{thing} {place}" for place in ("halls", "squares", "streets", "gates"))
    return f"All {places} were open for {thing} visitors from {thing} towns in May."


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, str]]:
    """A few short news reports by two to four outlets, some about the same day and topic."""
    rows = []
    for number in range(draw(st.integers(2, 7))):
        topic = draw(st.sampled_from(TOPICS))
        sentences = [
            f"{draw(st.sampled_from(NAMES))} {draw(st.sampled_from(VERBS))} that {topic} was "
            f"{draw(st.sampled_from(ADJECTIVES))}."
            for _ in range(draw(st.integers(1, 6)))
        ]
        rows.append(
            {
                "id": f"a{number}",
                "outlet": f"Outlet {number % draw(st.integers(2, 4))}" if number > 1 else f"Outlet {number}",
                "date": f"2022-03-{draw(st.integers(1, 9)):02}",
                "text": "\n".join(sentences),
            }
        )
    return rows


def tables(result: biaslens.Comparison) -> dict[str, object]:
    return result.to_dict()


def many_events(n_events: int, extra: str = "") -> list[dict[str, str]]:
    """Two outlets on the same events, one of them writing a loaded word in each."""
    rows = []
    for number in range(n_events):
        for outlet, word in (("Alpha", "brutal"), ("Beta", "planned")):
            text = (
                f"Officials in town {number} said the {word} march number {number} had ended by noon. {extra}"
            )
            rows.append({"outlet": outlet, "event": f"march {number}", "text": text * 3})
    return rows


@pytest.mark.parametrize("table", CONTRACT)
def test_every_table_has_the_columns_of_the_contract(seeds: biaslens.Comparison, table: str) -> None:
    frame = getattr(seeds, table)
    assert isinstance(frame, pd.DataFrame)
    assert [name for name in frame.columns if name in CONTRACT[table]] == CONTRACT[table]


def test_every_measure_of_the_contract_is_a_column_and_a_row_of_the_codebook(
    seeds: biaslens.Comparison,
) -> None:
    assert set(MEASURE_NAMES) <= set(seeds.articles.columns)
    assert set(MEASURE_NAMES) <= set(biaslens.measures()["name"])


def test_a_measure_that_cannot_be_counted_yet_is_missing_and_says_why(seeds: biaslens.Comparison) -> None:
    row = seeds.outlets.query("measure == 'naming'").iloc[0]
    assert np.isnan(row["value"])
    assert row["note"] == "no event in which another outlet uses a label of the same set"


def test_readability_that_counts_syllables_has_a_value_for_every_outlet(seeds: biaslens.Comparison) -> None:
    ease = seeds.outlets.query("measure == 'flesch_reading_ease'")["value"]
    assert ease.between(0, 100).all()


def test_evidence_has_the_columns_of_the_contract(seeds: biaslens.Comparison) -> None:
    columns = [
        "id",
        "outlet",
        "event",
        "measure",
        "start",
        "end",
        "text",
        "category",
        "weight",
        "voice",
        "sentence",
    ]
    assert seeds.evidence().columns.tolist() == columns


def test_evidence_is_cut_by_measure_outlet_article_and_event(seeds: biaslens.Comparison) -> None:
    some = seeds.evidence("passive_rate", outlet="Xinhua")
    assert set(some["measure"]) == {"passive_rate"}
    assert set(some["outlet"]) == {"Xinhua"}
    event = seeds.articles["event"][4]
    assert set(seeds.evidence(event=event)["id"]) == {"004_e0d1a1f729d6c9b7"}
    assert set(seeds.evidence(article="004_e0d1a1f729d6c9b7")["outlet"]) == {"RIA Novosti"}


def test_evidence_of_an_unknown_name_says_which_there_are(seeds: biaslens.Comparison) -> None:
    with pytest.raises(BadSetting, match="no outlet 'Pravda' in this comparison; there are 'RIA Novosti'"):
        seeds.evidence(outlet="Pravda")
    with pytest.raises(BadSetting, match="no measure 'bias'"):
        seeds.evidence("bias")


def test_evidence_and_ledger_of_wrongly_decoded_text_slice_what_was_read() -> None:
    text = (
        "â€œWe will talk,â€\x9d he said â€“ the regimeâ€™s brutal police lied.\nPhoto: CafÃ© â€“ Jane Smith"
    )
    result = biaslens.compare({"A": text, "B": "Talks ended."})
    found = result.evidence(outlet="A")
    assert {"regimeâ€™s", "brutal", "We will talk,"} <= set(found["text"])
    for row in [*found.itertuples(), *result.removed.itertuples()]:
        assert text[row.start : row.end] == row.text
    assert result.removed["text"].tolist() == ["Photo: CafÃ© â€“ Jane Smith"]


def test_what_an_outlet_repeats_is_learned_and_kept_out_of_numbers_and_evidence() -> None:
    line = "Daily Planet brings you the brutal truth from Metropolis"
    things = ["march", "match", "vote", "strike", "fair", "concert"]
    texts = [f"{article_about(thing)}\n{line}" for thing in things]
    result = biaslens.compare({"Daily Planet": texts, "Other": "The talks ended."})
    assert set(result.removed["category"]) == {"repeated"}
    assert len(result.removed) == len(things)
    assert len(result.evidence("loaded_rate")) == 0
    assert (result.articles["loaded_rate"] == 0).all()


def test_key_terms_leave_out_the_outlets_own_names() -> None:
    terms = biaslens.compare(many_events(6, extra="Alpha and Beta readers wrote in.")).terms
    assert {"brutal", "planned", "readers"} <= set(terms["term"])
    assert not {"alpha", "beta"} & set(terms["term"])


def test_the_shares_of_an_outlets_speakers_sum_to_one(seeds: biaslens.Comparison) -> None:
    sources = seeds.sources
    assert sources.groupby("outlet")["share"].sum().round(9).eq(1).all()
    xinhua = sources.query("outlet == 'Xinhua'")
    expected = xinhua["quoted_words"] / xinhua["quoted_words"].sum()
    assert np.allclose(xinhua["share"], expected)


def test_a_report_reads_every_outlet_and_says_how_many_articles(tmp_path: Path) -> None:
    texts = [f"The brutal march number {n} ended." for n in range(250)]
    result = biaslens.compare({"Alpha": texts[:220], "Beta": texts[220:]})
    page = result.report(tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Taken from 200 articles of 250" in page
    evidence = page.split('id="evidence"')[1]
    assert "Alpha <span" in evidence
    assert "Beta <span" in evidence


def test_the_result_is_frozen(seeds: biaslens.Comparison) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        seeds.findings = None  # type: ignore[misc,assignment]
    frame = seeds.outlets
    frame.loc[:, "value"] = 0.0
    assert seeds.outlets["value"].abs().sum() > 0


def test_six_shared_events_give_provisional_p_values() -> None:
    contrasts = biaslens.compare(many_events(6)).contrasts.set_index("measure")
    row = contrasts.loc["loaded_rate"]
    assert row["status"] == "provisional"
    assert row["p_value"] == pytest.approx(2 / 64)
    assert np.isnan(row["q_value"])
    assert row["higher_in"] == "Alpha"


def test_ten_shared_events_give_corrected_p_values() -> None:
    row = biaslens.compare(many_events(10)).contrasts.set_index("measure").loc["loaded_rate"]
    assert row["status"] == "ok"
    assert row["p_value"] == pytest.approx(2 / 1024)
    assert row["q_value"] >= row["p_value"]


def test_five_shared_events_give_an_estimate_without_a_p_value() -> None:
    row = biaslens.compare(many_events(5)).contrasts.set_index("measure").loc["loaded_rate"]
    assert row["status"] == "estimate only"
    assert np.isnan(row["p_value"])
    assert row["difference"] > 0


def test_the_users_events_win() -> None:
    rows = many_events(3)
    assert sorted(set(biaslens.compare(rows).articles["event"])) == ["march 0", "march 1", "march 2"]


def test_an_article_that_rules_would_gut_is_kept_and_noted() -> None:
    links = "\n".join(f"Read more: What we know about case number {n} of the trial" for n in range(20))
    articles = biaslens.compare(
        {"A": f"The trial went on. The judge spoke.\n{links}", "B": "Talks ended."}
    ).articles
    assert articles.loc[0, "n_words_removed"] == 0
    assert "more than 40 % boilerplate" in articles.loc[0, "note"]


def test_copies_are_marked_and_left_out_of_contrasts() -> None:
    wire = " ".join(
        f"Sentence {n} of the wire report tells what happened at place {n * 7}." for n in range(12)
    )
    own = " ".join(
        f"Our reporter {n} saw something else entirely on street {n * 3} today." for n in range(12)
    )
    result = biaslens.compare([
        {"id": "wire", "outlet": "Agency", "date": "2022-01-01", "event": "e", "text": wire},
        {"id": "copy", "outlet": "Paper", "date": "2022-01-02", "event": "e", "text": wire},
        {"id": "own", "outlet": "Paper", "date": "2022-01-02", "event": "e", "text": own},
    ])  # fmt: skip
    assert result.articles.set_index("id")["copy_of"].to_dict() == {"wire": "", "copy": "wire", "own": ""}
    assert result.copies[["id_a", "id_b", "containment_b"]].values.tolist() == [["wire", "copy", 1.0]]
    paper = result.outlets.query("outlet == 'Paper' and measure == 'loaded_rate'").iloc[0]
    assert paper["n_articles"] == 1
    assert any("1 copied from another outlet" in sentence for sentence in result.summary)


def test_one_outlet_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(TooFewOutlets, match=r"All 2 articles are from 'A'; .* biaslens.score"):
        biaslens.compare({"A": ["One text.", "Another text."]})


def test_an_outlet_that_nobody_names_is_refused_with_the_articles() -> None:
    with pytest.raises(UnknownOutlet, match=r"1 of 2 articles name no outlet.*'lost'"):
        biaslens.compare(
            [{"id": "lost", "text": "Some news."}, {"id": "found", "outlet": "A", "text": "More news."}]
        )


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BadSetting, match="engine is 'gpu'; it can be 'local', 'processes', 'dask'"):
        biaslens.compare({"A": "One.", "B": "Two."}, engine="gpu")  # type: ignore[arg-type]


def test_json_holds_every_table_and_no_nan(seeds: biaslens.Comparison, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    read = json.loads(seeds.to_json(target))
    assert json.loads(target.read_text(encoding="ascii")) == read
    assert set(CONTRACT) <= set(read)
    assert read["signature"] == seeds.signature
    assert any(row["value"] is None for row in read["outlets"])


def test_an_open_interval_is_text_in_json_and_drawn_in_the_report(tmp_path: Path) -> None:
    rows = many_events(8)
    rows[1]["text"] = rows[1]["text"].replace("planned", "brutal")
    result = biaslens.compare(rows)
    assert np.isinf(result.contrasts["ci_high"]).any()
    assert "inf" in {row["ci_high"] for row in json.loads(result.to_json())["contrasts"]}
    assert "no limit" in result.report(tmp_path / "out.html").read_text(encoding="utf-8")


def test_excel_and_parquet_hold_every_table(seeds: biaslens.Comparison, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    sheets = pd.read_excel(seeds.to_excel(tmp_path / "result.xlsx"), sheet_name=None)
    assert set(CONTRACT) <= set(sheets)
    assert len(sheets["outlets"]) == len(seeds.outlets)
    folder = seeds.to_parquet(tmp_path / "result")
    assert (
        pd.read_parquet(folder / "outlets.parquet")["measure"].tolist() == seeds.outlets["measure"].tolist()
    )


def test_without_its_package_an_export_names_the_extra(
    seeds: biaslens.Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl.cell.cell", None)
    with pytest.raises(MissingExtra, match=r'pip install "biaslens\[excel\]"'):
        seeds.to_excel(tmp_path / "result.xlsx")


def test_the_signature_names_version_seed_settings_and_data() -> None:
    settings = biaslens.Settings(seed=5, granularity="story")
    signature = biaslens.compare({"A": "One text.", "B": "Two texts."}, settings=settings).signature
    assert f"biaslens {biaslens.__version__} | seed 5 | settings granularity='story' | data " in signature


def test_a_cache_gives_the_same_result_without_scanning_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = biaslens.compare(many_events(3), cache=tmp_path)
    monkeypatch.setattr("biaslens.passes.scan_part", lambda *_: pytest.fail("scanned again"))
    assert tables(biaslens.compare(many_events(3), cache=tmp_path)) == tables(first)


def test_progress_is_called_with_articles_done_and_in_all() -> None:
    seen: list[tuple[int, int]] = []
    settings = biaslens.Settings(part_size=4)
    biaslens.compare(
        many_events(3), settings=settings, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(4, 6), (6, 6)]


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_every_engine_agrees_to_the_last_digit(engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("dask", reason="needs the extra dask")
    settings = biaslens.Settings(part_size=3)
    local = biaslens.compare(many_events(3))
    assert (
        tables(biaslens.compare(many_events(3), settings=settings, engine=engine))["outlets"]
        == tables(local)["outlets"]
    )  # type: ignore[arg-type]


@given(reports(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_article_order_and_parts_change_nothing(
    rows: list[dict[str, str]], random: object, part_size: int
) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = tables(biaslens.compare(rows))
    other = tables(biaslens.compare(shuffled, settings=biaslens.Settings(part_size=part_size)))
    for name in CONTRACT.keys() - {"articles", "removed", "copies"}:
        assert one[name] == other[name], name
    for name in ("articles", "removed"):
        assert sorted(map(repr, one[name])) == sorted(map(repr, other[name])), name  # type: ignore[call-overload]


ANY_TEXT = st.text(st.characters(), max_size=80) | st.text(
    st.sampled_from(" \n\"“”'’.,:-–ABab1é\x00\ud800🙂<>&"), max_size=80
)


@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), ANY_TEXT), min_size=1, max_size=5))
def test_texts_of_any_characters_never_crash_and_lose_no_article(rows: list[tuple[str, str]]) -> None:
    articles = [{"outlet": outlet, "text": text} for outlet, text in rows]
    articles += [{"outlet": "C", "text": "He said: “No.”"}, {"outlet": "D", "text": ""}]
    result = biaslens.compare(articles)
    assert len(result.articles) == len(articles)
    originals = dict(zip(result.articles["id"], [row["text"] for row in articles], strict=True))
    for row in [*result.evidence().itertuples(), *result.removed.itertuples()]:
        assert originals[row.id][row.start : row.end] == row.text
    json.loads(result.to_json())
    assert result._repr_html_()
    str(result)


def test_every_error_is_a_biaslens_error_and_a_value_error() -> None:
    for error in BiaslensError.__subclasses__():
        assert issubclass(error, ValueError)
