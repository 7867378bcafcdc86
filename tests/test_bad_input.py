"""Bad input gets a clear error or a marked row: each case of it, through compare() itself."""

import time
from pathlib import Path

import pandas as pd
import pytest

import biaslens
from biaslens.errors import DuplicateIds, MissingColumn, TooFewOutlets, UnreadableInput

GOOD = "The minister said on Monday that the talks had ended without a result."


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"\.txt"):
        biaslens.compare(tmp_path)


def test_an_empty_text_is_a_marked_row() -> None:
    articles = biaslens.compare({"A": GOOD, "B": ""}).articles
    assert articles["note"].tolist() == ["", "empty text"]
    assert articles.loc[1, "n_words"] == 0
    assert pd.isna(articles.loc[1, "loaded_rate"])


def test_one_outlet() -> None:
    with pytest.raises(TooFewOutlets, match="two outlets or more"):
        biaslens.compare({"A": [GOOD, GOOD]})


def test_a_missing_column_names_those_that_are_there() -> None:
    with pytest.raises(MissingColumn, match=r"body"):
        biaslens.compare(pd.DataFrame({"body": [GOOD], "outlet": ["A"]}))


def test_duplicated_ids_are_named() -> None:
    with pytest.raises(DuplicateIds, match="'x'"):
        biaslens.compare([{"id": "x", "outlet": "A", "text": GOOD}, {"id": "x", "outlet": "B", "text": GOOD}])


def test_a_binary_file(tmp_path: Path) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    with pytest.raises(UnreadableInput, match=r"picture\.txt"):
        biaslens.compare(file)


def test_a_binary_file_among_others_is_a_marked_row(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("file,outlet\na.txt,A\nb.txt,B\nc.txt,C\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 500)
    (tmp_path / "c.txt").write_text(GOOD, encoding="utf-8")
    articles = biaslens.compare(tmp_path).articles.set_index("id")
    assert len(articles) == 3
    assert articles.loc["b", "note"] != ""
    assert articles.loc["b", "n_words"] == 0


def test_a_line_of_ten_megabytes_takes_seconds() -> None:
    long = (GOOD + " ") * (10_000_000 // (len(GOOD) + 1))
    start = time.perf_counter()
    articles = biaslens.compare({"A": long, "B": GOOD}).articles
    assert time.perf_counter() - start < 120
    assert articles.loc[0, "n_words"] == long.count(GOOD) * len(GOOD.split())


def test_lone_surrogates_and_nul_go_through_every_face(tmp_path: Path) -> None:
    odd = "The regime\ud800 said “no\x00” to \udfff talks."
    result = biaslens.compare({"A": odd, "B": GOOD})
    row = result.evidence("loaded_rate").iloc[0]
    assert odd[row["start"] : row["end"]] == row["text"] == "regime"
    page = result.report(tmp_path / "out.html").read_text(encoding="utf-8")
    assert "\x00" not in page
    result.to_json(tmp_path / "out.json")


def test_a_script_in_an_article_is_text_in_the_report(tmp_path: Path) -> None:
    hostile = (
        '<script>alert("x")</script> The regime <img src=x onerror=alert(1)> lied, Minister Ivanova said.'
    )
    result = biaslens.compare([
        {"outlet": "<b>A</b>", "title": "<script>t()</script>", "text": hostile},
        {"outlet": "B", "text": GOOD},
    ])  # fmt: skip
    page = result.report(tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>A</b>" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in result._repr_html_()


def test_missing_values_in_a_table_are_marked_not_lost() -> None:
    frame = pd.DataFrame(
        {"text": [GOOD, None, GOOD], "outlet": ["A", "B", "C"], "date": ["2022-01-01", None, "soon"]}
    )
    articles = biaslens.compare(frame).articles
    assert len(articles) == 3
    assert articles.loc[1, "note"] == "empty text"
    assert "soon" in articles.loc[2, "note"]
