"""read(): every kind of source becomes the same Articles, and nothing is lost on the way."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.errors import DuplicateIds, MissingColumn, UnreadableInput
from biaslens.reading import load_seeds, read
from biaslens.settings import Settings

CELLS = st.one_of(st.text(), st.none(), st.floats(), st.integers(), st.binary())


def test_a_mapping_of_outlets_numbers_each_outlets_articles() -> None:
    articles = read({"Xinhua": ["one", "two"], "RIA Novosti": "three"})
    assert articles.id == ("Xinhua-1", "Xinhua-2", "RIA Novosti-1")
    assert articles.outlet == ("Xinhua", "Xinhua", "RIA Novosti")
    assert articles.text == ("one", "two", "three")


def test_a_mapping_may_hold_articles_as_dicts() -> None:
    articles = read({"Xinhua": [{"text": "one", "date": "2014-03-09", "title": "T"}, "two"]})
    assert articles.date.tolist() == [datetime.date(2014, 3, 9), None]
    assert articles.title == ("T", "")


def test_texts_in_a_set_come_in_a_fixed_order() -> None:
    program = "from biaslens.reading import read; print(read({'A': {'one', 'two', 'three', 'four'}}).text)"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_table_given_as_a_mapping_is_not_taken_for_outlets() -> None:
    with pytest.raises(UnreadableInput, match="its keys must be outlets"):
        read({"text": ["one"], "outlet": ["Xinhua"]})


def test_a_mapping_of_data_frames_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="holds a DataFrame for 'Xinhua'"):
        read({"Xinhua": pd.DataFrame({"text": ["one"]})})


def test_a_list_of_dicts_is_read_row_by_row() -> None:
    rows = [{"outlet": "Xinhua", "text": "one", "date": "2014-03-09"}, {"outlet": "Trend", "text": "two"}]
    articles = read(rows)
    assert articles.id == ("1", "2")
    assert articles.outlet == ("Xinhua", "Trend")
    assert articles.date.tolist() == [datetime.date(2014, 3, 9), None]


def test_a_generator_of_dicts_is_read() -> None:
    assert len(read({"outlet": "A", "text": str(row)} for row in range(3))) == 3


def test_articles_are_handed_back_as_they_are() -> None:
    articles = read({"A": "one"})
    assert read(articles) is articles


def test_a_list_of_other_things_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableInput, match="Item 1 of the list is of type int"):
        read([{"text": "one"}, 2])


@pytest.mark.parametrize("source", [None, 5, b"bytes"])
def test_what_is_no_source_is_refused_by_its_type(source: object) -> None:
    with pytest.raises(UnreadableInput, match=f"cannot be read from a {type(source).__name__}"):
        read(source)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ([], "The list is empty"),
        ({}, "no text"),
        ({"A": []}, "no text"),
        (pd.DataFrame({"text": []}), "no rows"),
    ],
)
def test_an_empty_source_is_refused(source: object, found: str) -> None:
    with pytest.raises(UnreadableInput, match=found):
        read(source)


@pytest.mark.parametrize("cell", ["", "  ", None, float("nan"), pd.NA, pd.NaT])
def test_an_empty_text_stays_as_a_row_with_a_note(cell: object) -> None:
    articles = read([{"outlet": "A", "text": cell}, {"outlet": "A", "text": "one"}])
    assert articles.note == ("empty text", "")


def test_a_text_that_is_none_is_named_by_its_type() -> None:
    assert read({"A": 7}).note == ("empty text (found int)",)


def test_a_missing_outlet_is_an_empty_name() -> None:
    assert read([{"outlet": float("nan"), "text": "one"}]).outlet == ("",)


def test_an_absent_outlet_column_gives_empty_names() -> None:
    articles = read([{"text": "one"}])
    assert articles.outlet == ("",)
    assert not articles.outlet_inferred.any()


def test_a_likely_outlet_column_is_pointed_out() -> None:
    assert read([{"text": "one", "source": "A"}]).note == ("no outlet column; did you mean outlet='source'?",)


def test_an_outlet_column_asked_for_by_name_must_be_there() -> None:
    with pytest.raises(
        MissingColumn, match=r"no column 'sorce'; it has 'text', 'source'. Did you mean outlet='source'"
    ):
        read([{"text": "one", "source": "A"}], outlet="sorce")


def test_a_date_column_asked_for_by_name_and_absent_is_noted() -> None:
    assert read([{"text": "one", "outlet": "A"}], date="published").note == ("no date column 'published'",)


def test_a_missing_text_column_lists_the_columns_and_guesses() -> None:
    with pytest.raises(
        MissingColumn, match=r"has no column 'text'; it has 'outlet', 'body'. Did you mean text='body'\?"
    ):
        read(pd.DataFrame({"outlet": ["A"], "body": ["one"]}))


def test_a_missing_text_column_without_a_likely_one_says_how_to_name_it() -> None:
    with pytest.raises(MissingColumn, match=r"Name the column to use: text='...'"):
        read(pd.DataFrame({"x": ["A"]}))


def test_capital_letters_of_a_column_do_not_matter() -> None:
    articles = read([{"Text": "one", "Outlet": "A", "DATE": "2014-03-09"}])
    assert (articles.text, articles.outlet) == (("one",), ("A",))
    assert not np.isnat(articles.date[0])


def test_columns_go_by_the_names_given() -> None:
    frame = pd.DataFrame(
        {"body": ["one"], "source": ["A"], "when": ["2014-03-09"], "n": [7], "e": [3.0], "h": ["T"]}
    )
    articles = read(frame, text="body", outlet="source", date="when", id="n", event="e", title="h")
    assert (articles.id, articles.outlet, articles.event, articles.title) == (("7",), ("A",), ("3",), ("T",))


def test_a_row_without_an_id_gets_one_and_a_note() -> None:
    articles = read(pd.DataFrame({"text": ["one", "two"], "id": [5.0, None]}))
    assert articles.id == ("5", "row 2")
    assert articles.note == ("", "no id")


def test_repeated_ids_are_refused_by_name() -> None:
    rows = [{"id": str(row // 2), "text": "one"} for row in range(14)]
    with pytest.raises(DuplicateIds, match="carry the id '0', '1', '2', '3', '4' and 2 more"):
        read(rows)


def frames() -> list[object]:
    pl, pa = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    columns = {"text": ["one", None], "outlet": ["A", "B"], "date": [datetime.date(2014, 3, 9), None]}
    pandas = pd.DataFrame({**columns, "date": pd.to_datetime(columns["date"])}, index=[7, 7])
    return [pandas, pl.DataFrame(columns), pl.LazyFrame(columns), pa.table(columns)]


@pytest.mark.parametrize("kind", range(4), ids=["pandas", "polars", "polars lazy", "pyarrow"])
def test_every_data_frame_gives_the_same_articles(kind: int) -> None:
    articles = read(frames()[kind])
    assert articles.text == ("one", "")
    assert articles.outlet == ("A", "B")
    assert articles.id == ("1", "2")
    assert articles.date.tolist() == [datetime.date(2014, 3, 9), None]
    assert articles.note == ("", "empty text")


def test_a_dask_frame_is_read() -> None:
    dask = pytest.importorskip("dask.dataframe")
    frame = pd.DataFrame({"text": ["one", "two", "three"], "outlet": ["A", "B", "A"]})
    assert read(dask.from_pandas(frame, npartitions=2)).text == ("one", "two", "three")


def test_columns_of_a_frame_that_are_no_text_are_no_trouble() -> None:
    assert read(pd.DataFrame({"text": ["one"], 7: ["x"]})).text == ("one",)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="'text' 2 times"):
        read(pd.DataFrame([["one", "two"]], columns=["text", "text"]))


def test_misread_characters_are_repaired_with_a_note() -> None:
    articles = read({"A": "donâ€™t"})
    assert articles.text == ("don’t",)
    assert articles.original == ("donâ€™t",)
    assert articles.note == ("wrongly decoded characters repaired: 1",)


def test_repair_can_be_turned_off() -> None:
    articles = read([{"text": "donâ€™t", "title": "Itâ€™s"}], settings=Settings(repair_mojibake=False))
    assert (articles.text, articles.title, articles.offsets) == (("donâ€™t",), ("Itâ€™s",), (None,))


def test_titles_are_repaired_too() -> None:
    assert read([{"text": "one", "title": "Itâ€™s"}]).title == ("It’s",)


def test_an_ambiguous_date_is_noted_in_its_row() -> None:
    assert "not guessed" in read([{"text": "one", "date": "03/04/2014"}]).note[0]


def test_nul_and_lone_surrogates_stay() -> None:
    text = "a\0b \ud800 é\udfff"
    assert read({"A": text}).original == (text,)


def test_the_seeds_are_five_articles_of_five_outlets() -> None:
    seeds = load_seeds()
    assert len(seeds) == len(set(seeds.outlet)) == 5
    assert all(seeds.outlet)
    assert not np.isnat(seeds.date).any()
    assert seeds.note == ("",) * 5


def test_reading_loads_no_heavy_package_before_it_is_needed() -> None:
    program = (
        "import sys, biaslens.reading; print([m for m in ('pandas', 'ftfy', 'narwhals') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda key: key != "text"), st.lists(st.text(), min_size=1), min_size=1
    )
)
def test_any_text_in_a_mapping_comes_back_character_for_character(source: dict[str, list[str]]) -> None:
    texts = [text for texts in source.values() for text in texts]
    # Keys that differ in white space alone are one outlet.
    assert read(source).original == tuple(texts)


@given(
    st.lists(
        st.fixed_dictionaries({"text": CELLS, "outlet": CELLS, "date": CELLS, "title": CELLS}), min_size=1
    )
)
def test_every_row_becomes_one_article_whatever_its_cells(rows: list[dict[str, object]]) -> None:
    articles = read(rows)
    assert len(articles) == len(rows)
    assert all(
        len(column) == len(rows) for column in (articles.text, articles.date, articles.note, articles.title)
    )


@given(st.lists(st.text("abcé“’â€™Ã© \n"), min_size=1))
def test_reading_twice_gives_the_same(texts: list[str]) -> None:
    first, second = read({"A": texts}), read({"A": texts})
    assert (first.id, first.text, first.note) == (second.id, second.text, second.note)


@given(st.text("abcé“’â€™Ã© \n"))
def test_unrepaired_spans_slice_to_the_same_characters(text: str) -> None:
    articles = read({"A": text})
    offsets = articles.offsets[0]
    for place, character in enumerate(articles.text[0]):
        start, end = (place, place + 1) if offsets is None else offsets.original(place, place + 1)
        if character.isascii():
            assert articles.original[0][start:end] == character
