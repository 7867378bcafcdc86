"""Uses of terms per event and outlet, without own names."""

from collections.abc import Sequence

import pytest

from biaslens.cleaning.repetition import Repeats
from biaslens.first_pass import Scanned
from biaslens.passes import scan
from biaslens.reading.source import read
from biaslens.second_pass import Grouped, fill_in, group
from biaslens.settings import Settings
from biaslens.term_uses import sum_key_terms

PLACES = ("Minsk", "Geneva", "Vienna", "Oslo", "Rome", "Paris")


def _passes(rows: Sequence[dict[str, str]]) -> tuple[Grouped, Scanned]:
    settings = Settings()
    found = read(list(rows), settings=settings)
    scanned = scan(found, Repeats({}), settings)
    return group(fill_in(found, scanned), scanned, settings), scanned


def _report(place: str, extra: str) -> str:
    """A text of its own for each place, so that none is a copy."""
    filler = " ".join(f"{place}{n} envoys met {place}{n + 1} aides." for n in range(8))
    return f"Officials gathered in {place} on Monday. {filler} {extra}"


def _rows(extra: dict[str, str], n_events: int = 6) -> list[dict[str, str]]:
    return [
        {"outlet": outlet, "event": f"talks {place}", "text": _report(f"{place}{len(outlet)}", text)}
        for place in PLACES[:n_events]
        for outlet, text in extra.items()
    ]


def _uses(rows: Sequence[dict[str, str]]) -> dict[tuple[str, str], int]:
    """Uses by outlet and term over all events."""
    grouped, scanned = _passes(rows)
    cells, terms = sum_key_terms(grouped, scanned)
    uses: dict[tuple[str, str], int] = {}
    for outlet, term, count in zip(
        cells.outlet.tolist(), cells.term.tolist(), cells.count.tolist(), strict=True
    ):
        key = grouped.outlets[outlet], terms[term]
        uses[key] = uses.get(key, 0) + count
    return uses


def _masked(rows: Sequence[dict[str, str]]) -> set[tuple[str, str]]:
    grouped, scanned = _passes(rows)
    cells, terms = sum_key_terms(grouped, scanned)
    pairs = zip(cells.masked_outlet.tolist(), cells.masked_term.tolist(), strict=True)
    return {(grouped.outlets[outlet], terms[term]) for outlet, term in pairs}


def test_words_and_runs_are_counted_per_outlet() -> None:
    uses = _uses(_rows({"Alpha": "The White House's plan failed.", "Gamma Post": "The plan failed."}))
    assert uses["Alpha", "white house"] == 6
    assert uses["Alpha", "house"] == 6
    assert ("Gamma Post", "white house") not in uses
    assert uses["Alpha", "plan failed"] == uses["Gamma Post", "plan failed"] == 6


def test_a_run_of_one_event_or_four_uses_is_no_term() -> None:
    rows = _rows({"Alpha": "", "Gamma Post": ""})
    rows[0]["text"] += " " + "Grey wolves howled loudly. " * 6
    rows[2]["text"] += " Calm seas returned."
    rows[4]["text"] += " Calm seas returned."
    terms = {term for _, term in _uses(rows)}
    assert "wolves" in terms
    assert not {"grey wolves", "calm seas"} & terms


def test_events_of_one_outlet_are_left_out() -> None:
    rows = [*_rows({"Alpha": "", "Gamma Post": ""}), {"outlet": "Alpha", "event": "x", "text": "Owls slept."}]
    assert ("Alpha", "owls") not in _uses(rows)


def test_a_copy_is_not_counted() -> None:
    rows = _rows({"Alpha": "The treaty collapsed.", "Gamma Post": ""})
    copies = [dict(row, id=f"copy {n}") for n, row in enumerate(rows) if row["outlet"] == "Alpha"]
    plain = [dict(row, id=f"row {n}") for n, row in enumerate(rows)]
    assert _uses([*plain, *copies]) == _uses(plain)


def test_an_outlets_own_name_is_masked_for_it_alone() -> None:
    masked = _masked(_rows({"Fox News": "He told Fox News.", "The Mirror": "He told Fox News and foxes."}))
    assert {("Fox News", "fox"), ("Fox News", "fox news"), ("Fox News", "told fox news")} <= masked
    assert not {term for outlet, term in masked if outlet == "The Mirror"} & {"fox", "fox news", "told fox"}


def test_ordinary_words_of_a_longer_name_are_counted_outside_it() -> None:
    rows = _rows(
        {"Russia Today": "Russia Today asked Russia. Russia denied.", "The Mirror": "Russia denied."}
    )
    uses, masked = _uses(rows), _masked(rows)
    assert uses["Russia Today", "russia"] == 12
    assert ("Russia Today", "russia today") in masked
    assert ("Russia Today", "russia") not in masked


def test_half_a_name_with_the_word_beside_it_is_counted_outside_the_name() -> None:
    rows = _rows(
        {"Fox News": "Fox News Digital asked. News Digital asked.", "The Mirror": "News Digital asked."}
    )
    assert _uses(rows)["Fox News", "news digital"] == 6


def test_the_word_news_stays_a_term_of_everybody() -> None:
    rows = _rows({"Fox News": "The news spread.", "The Mirror": "The news spread."})
    assert not {pair for pair in _masked(rows) if pair[1] == "news"}
    assert _uses(rows)["Fox News", "news"] == 6


@pytest.mark.parametrize(("byline", "is_masked"), [("By Jane Smithers", True), ("", False)])
def test_authors_of_two_articles_are_masked_with_their_surnames(byline: str, is_masked: bool) -> None:
    rows = _rows({"Alpha": "Jane Smithers reported this.", "Gamma Post": "Calm returned."})
    for row in rows:
        if row["outlet"] == "Alpha":
            row["text"] = f"{byline}\n{row['text']}"
    masked = {term for outlet, term in _masked(rows) if outlet == "Alpha"}
    assert ("jane smithers" in masked) == is_masked
    assert ("smithers" in masked) == is_masked


def test_a_surname_that_is_mostly_another_word_is_counted_outside_the_name() -> None:
    rows = _rows(
        {"Alpha": "Jane White reported this. White paint, white walls, white doors.", "Gamma Post": ""}
    )
    for row in rows:
        if row["outlet"] == "Alpha":
            row["text"] = f"By Jane White\n{row['text']}"
    assert ("Alpha", "white") not in _masked(rows)
    assert _uses(rows)["Alpha", "white"] == 18


def test_the_order_of_articles_makes_no_difference() -> None:
    rows = [
        dict(row, id=f"row {n}")
        for n, row in enumerate(
            _rows({"Fox News": "He told Fox News.", "The Mirror": "The White House fell."})
        )
    ]
    assert _uses(rows) == _uses(rows[::-1])
    assert _masked(rows) == _masked(rows[::-1])
