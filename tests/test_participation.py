import numpy as np
import pytest

import biaslens
from biaslens.participation import REASONS


def words(seed: int, n_words: int = 60) -> str:
    """Sentences of made-up words that no other seed has."""
    drawn = np.random.default_rng(seed).integers(0, 10**6, n_words).tolist()
    return ". ".join(
        " ".join(f"Word{number}x" for number in drawn[i : i + 10]) for i in range(0, n_words, 10)
    )


def article(id: str, outlet: str, event: str, text: str, date: str = "2014-03-10") -> dict[str, str]:
    return {"id": id, "outlet": outlet, "event": event, "text": f"{text}.", "date": date}


ARTICLES = [
    article("a1", "A", "one", words(1)),
    article("b1", "B", "one", words(2)),
    article("c1", "C", "one", words(1), "2014-03-11"),
    article("a1-again", "A", "one", f"{words(1)}. {words(3, 20)}"),
    article("a2", "A", "two", words(4)),
    article("b2", "B", "two", words(5)),
    article("a3", "A", "three", words(6)),
    article("c3", "C", "three", words(6), "2014-03-11"),
    article("b4", "B", "four", words(7)),
    article("c4", "C", "two", "“Quoted”", "2014-03-10"),
]


@pytest.fixture(scope="module")
def result() -> biaslens.Comparison:
    return biaslens.compare(ARTICLES)


def reason_of(result: biaslens.Comparison, id: str) -> str:
    return str(result.articles.set_index("id").loc[id, "left_out"])


def test_an_article_on_a_shared_event_takes_part(result: biaslens.Comparison) -> None:
    assert reason_of(result, "b1") == reason_of(result, "b2") == ""


def test_a_copy_of_another_outlet_is_left_out(result: biaslens.Comparison) -> None:
    assert reason_of(result, "c1") == reason_of(result, "c3") == "copy"


def test_of_two_versions_of_one_outlet_the_fuller_one_takes_part(result: biaslens.Comparison) -> None:
    assert reason_of(result, "a1") == "update"
    assert reason_of(result, "a1-again") == ""


def test_an_event_of_one_outlet_is_left_out(result: biaslens.Comparison) -> None:
    assert reason_of(result, "b4") == "one outlet"


def test_an_original_whose_event_only_has_copies_besides_is_left_out(result: biaslens.Comparison) -> None:
    assert reason_of(result, "a3") == "one outlet"


def test_an_article_without_words_of_its_own_is_left_out(result: biaslens.Comparison) -> None:
    assert reason_of(result, "c4") == "no words"


def test_the_reasons_are_counted(result: biaslens.Comparison) -> None:
    table = result.left_out.set_index("reason")
    assert table["n_articles"].to_dict() == {"no words": 1, "copy": 2, "update": 1, "one outlet": 2}
    assert table["n_events"].to_dict() == {"no words": 1, "copy": 2, "update": 1, "one outlet": 2}
    assert table["meaning"].tolist() == [REASONS[reason] for reason in table.index]


def test_outlets_are_counted_by_the_events_they_share(result: biaslens.Comparison) -> None:
    rows = result.overlap[["outlets", "n_outlets", "n_events", "n_articles"]].to_records(index=False).tolist()
    assert rows == [("A, B", 2, 2, 4), ("A", 1, 1, 1), ("B", 1, 1, 1)]


def test_an_event_names_its_outlets_and_those_that_are_independent(result: biaslens.Comparison) -> None:
    events = result.events.set_index("event")
    assert events["outlets"].to_dict() == {"one": "A, B, C", "two": "A, B, C", "three": "A, C", "four": "B"}
    assert events["independent_outlets"].to_dict() == {"one": 2, "two": 3, "three": 1, "four": 1}


def test_a_contrast_takes_no_copies(result: biaslens.Comparison) -> None:
    rates = result.contrasts.query("measure == 'loaded_rate'").set_index(["outlet_a", "outlet_b"])["n_events"]
    assert rates.to_dict() == {("A", "B"): 2, ("A", "C"): 0, ("B", "C"): 0}


def test_the_share_of_copy_counts_copies_too(result: biaslens.Comparison) -> None:
    share = result.outlets.query("measure == 'wire_share'").set_index("outlet")["value"]
    assert share["C"] == 1
    assert share["B"] == 0


def test_the_order_of_articles_changes_no_table() -> None:
    forward, backward = biaslens.compare(ARTICLES), biaslens.compare(ARTICLES[::-1])
    for name in ("overlap", "left_out"):
        assert getattr(forward, name).equals(getattr(backward, name))


WIRE = (
    "The talks on the harbor ended without a result on Monday after two days. Both ministers left the hall "
    "by different doors and gave no reason for the failure of the talks that had begun with so much hope."
)


def wired(*rows: tuple[str, str, str]) -> biaslens.Comparison:
    """A comparison of (id, outlet, text) on one event of one day, with an article of another outlet."""
    other = article("other", "Gazette", "e", words(9))
    return biaslens.compare([other, *(article(id, outlet, "e", text) for id, outlet, text in rows)])


def sources_of(result: biaslens.Comparison) -> dict[str, str]:
    return dict(zip(result.articles["id"], result.articles["copy_source"], strict=True))


def test_an_agency_is_the_original_of_what_its_clients_print() -> None:
    result = wired(("a", "Herald", WIRE), ("b", "Reuters", WIRE))
    assert result.articles.set_index("id")["copy_of"].to_dict() == {"other": "", "a": "b", "b": ""}
    assert sources_of(result) == {"other": "", "a": "Reuters", "b": ""}


def test_a_credit_line_names_the_source_of_a_copy() -> None:
    result = wired(("a", "Herald", f"OSLO, May 5 (AP) - {WIRE}"), ("b", "Times", WIRE))
    assert sources_of(result) == {"other": "", "a": "Associated Press", "b": "Associated Press"}
    assert any("1 article is credited to a news agency" in sentence for sentence in result.summary)


def test_a_credit_for_a_passage_names_its_likely_source() -> None:
    thanks = "The Associated Press contributed to this report"
    result = wired(("a", "Herald", f"{WIRE}\n{words(1)}"), ("b", "Times", f"{words(2)}\n{WIRE}\n{thanks}"))
    assert sources_of(result)["b"] == "Associated Press"
    scope = result.articles.set_index("id")["agency_scope"].to_dict()
    assert scope == {"other": "", "a": "", "b": "passage"}


def test_an_agency_under_its_short_name_is_not_the_source_of_its_own_article() -> None:
    result = wired(("a", "Herald", WIRE), ("b", "AP", f"OSLO, May 5 (AP) - {WIRE}"))
    assert sources_of(result) == {"other": "", "a": "Associated Press", "b": ""}


def test_texts_without_words_leave_nothing_to_share() -> None:
    result = biaslens.compare({"A": "", "B": ""})
    assert result.left_out["reason"].tolist() == ["no words"]
    assert len(result.overlap) == 0


def test_without_a_credit_the_outlet_that_had_it_first_is_the_source() -> None:
    result = wired(("a", "Herald", f"{WIRE} {words(1)}"), ("b", "Times", WIRE))
    assert sources_of(result)["b"] == "Herald"


def test_the_passages_add_up_to_the_share() -> None:
    result = wired(("a", "Herald", f"{WIRE} {words(1)}"), ("b", "Times", f"{words(2)}. {WIRE}"))
    hits = result.evidence("wire_share")
    articles = result.articles.set_index("id")
    share = (hits.groupby("id")["weight"].sum() / articles["own_words"]).fillna(0)
    np.testing.assert_allclose(share, articles["wire_share"].reindex(share.index))
    assert dict(zip(hits["id"], hits["category"], strict=True)) == {"a": "(had it first)", "b": "Herald"}
    assert hits["text"].tolist() == [WIRE.removesuffix(".")] * 2


def test_background_told_again_in_an_article_on_another_event_is_no_update() -> None:
    rows = [
        article("a", "A", "one", f"{words(1)}. {words(2, 40)}"),
        article("b", "A", "two", f"{words(1)}. {words(3, 40)}"),
        article("c", "B", "one", words(4)),
    ]
    assert biaslens.compare(rows).articles["copy_of"].tolist() == ["", "", ""]
    same = [row | {"event": "one"} for row in rows]
    assert biaslens.compare(same).articles["copy_of"].tolist() == ["", "a", ""]


def test_boilerplate_left_in_can_be_shared_copy() -> None:
    result = biaslens.compare(ARTICLES)
    shares = result.before_cleaning().query("measure == 'wire_share'").set_index("outlet")["value"]
    assert shares["C"] == pytest.approx(1, abs=0.05)


def test_an_article_without_a_date_among_dated_ones_is_marked() -> None:
    rows = [
        {"outlet": "A", "text": words(1), "date": "2014-03-10"},
        {"outlet": "B", "text": words(2), "date": None},
    ]
    assert biaslens.compare(rows).articles["note"].tolist() == [
        "",
        "no date: its event was told by its words alone",
    ]


def test_a_digest_is_marked_and_stands_alone() -> None:
    rows = [
        {"outlet": "A", "title": "Storm hits Ohio", "text": words(1)},
        {"outlet": "B", "title": "Storm hits Ohio", "text": words(1)},
        {"outlet": "C", "title": "Morning briefing: Storm hits Ohio", "text": words(1)},
    ]
    assert biaslens.compare(rows).articles["left_out"].tolist()[2] == "copy"
    rows[2]["text"] = words(2)
    result = biaslens.compare(rows)
    assert result.articles["left_out"].tolist()[2] == "several events"
    assert result.articles["event"].nunique() == 2
