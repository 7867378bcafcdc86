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
