"""Files, folders and patterns."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from biaslens.errors import DuplicateIds, MissingColumn, UnreadableInput
from biaslens.reading import read


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_a_text_file_is_one_article_named_by_its_stem(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.b.txt": "one"}) / "a.b.txt")
    assert (articles.id, articles.text, articles.outlet) == (("a.b",), ("one",), ("",))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_stay_as_they_are(tmp_path: Path, newline: str) -> None:
    path = write(tmp_path, {"a.txt": f"one{newline}two{newline}"}) / "a.txt"
    assert read(path).original == (f"one{newline}two{newline}",)


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert len(read(str(write(tmp_path, {"a.txt": "one"}) / "a.txt"))) == 1


def test_a_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"A.TXT": "one"})).id == ("A",)


def test_a_folder_is_read_with_its_subfolders_in_alphabetical_order(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": "two", "a/z.txt": "one", "c.txt": "three"})
    articles = read(tmp_path)
    assert articles.id == ("a/z", "b", "c")
    assert articles.text == ("one", "two", "three")


def test_hidden_files_and_readmes_are_no_articles(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "one", ".b.txt": "x", ".git/c.txt": "x", "README.txt": "x", "README.md": "x"})
    assert read(tmp_path).id == ("a",)


def test_an_index_gives_outlet_date_title_event_and_id(tmp_path: Path) -> None:
    index = "file,outlet,date,title,event,id,note,date_basis\na.txt,Xinhua,2014-03-09,T,E,x1,remark,guess\n"
    articles = read(write(tmp_path, {"a.txt": "one", "index.csv": index}))
    assert (articles.id, articles.outlet, articles.title, articles.event) == (
        ("x1",),
        ("Xinhua",),
        ("T",),
        ("E",),
    )
    assert articles.date[0] == np.datetime64("2014-03-09")
    assert articles.note == ("",)


def test_an_index_may_use_the_names_given(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": "one", "index.csv": "file;source\na.txt;Xinhua\n"})
    assert read(folder, outlet="source").outlet == ("Xinhua",)


def test_an_index_may_write_backslashes_and_decomposed_accents(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"sub/caf\u00e9.txt": "one", "index.csv": "file,outlet\nsub\\cafe\u0301.txt,A\n"}
    )
    assert read(folder).outlet == ("A",)


def test_a_file_that_the_index_does_not_name_is_read_with_a_note(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.txt": "one", "b.txt": "two", "index.csv": "file,outlet\na.txt,A\n"}))
    assert articles.outlet == ("A", "")
    assert articles.note == ("", "not in index.csv")


def test_a_readme_that_the_index_names_is_an_article(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"readme.txt": "one", "index.csv": "file,outlet\nreadme.txt,A\n"})).id == (
        "readme",
    )


def test_a_file_that_only_the_index_knows_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "one", "index.csv": "file,outlet\na.txt,A\nb.txt,B\n"})
    with pytest.raises(UnreadableInput, match=r"names \.txt files that the folder lacks: 'b\.txt'"):
        read(tmp_path)


def test_a_file_that_the_index_names_twice_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "one", "index.csv": "file,outlet\na.txt,A\na.txt,B\n"})
    with pytest.raises(UnreadableInput, match=r"names 'a\.txt' twice"):
        read(tmp_path)


def test_an_index_without_file_names_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingColumn, match=r"no column 'file'; it has 'name', 'outlet'"):
        read(write(tmp_path, {"a.txt": "one", "index.csv": "name,outlet\na.txt,A\n"}))


def test_a_bad_file_in_a_folder_is_a_row_with_a_note(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.txt": "one", "b.txt": b"\x00\x01", "c.txt": ""}))
    assert articles.text == ("one", "", "")
    assert articles.note == (
        "",
        "not read: is binary (it holds NUL bytes), not text; empty text",
        "empty text",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_file_that_cannot_be_opened_is_a_row_with_a_note(tmp_path: Path) -> None:
    (write(tmp_path, {"a.txt": "one"}) / "b.txt").symlink_to(tmp_path / "absent")
    assert "not read: cannot be opened" in read(tmp_path).note[1]


def test_an_encoding_that_was_assumed_is_noted(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"a.txt": "café".encode("cp1252")})).note == ("read as cp1252",)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"holds no article; a folder of \.txt files is needed"):
        read(tmp_path)


def test_a_folder_of_tables_says_how_to_read_them(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"its files end in \.csv.*\*\.csv"):
        read(write(tmp_path, {"a.csv": "text\none\n"}))


def test_a_pattern_reads_the_files_that_match(tmp_path: Path) -> None:
    write(tmp_path, {"x/a.txt": "one", "y/a.txt": "two", "x/b.csv": "text\nthree\n"})
    assert read(str(tmp_path / "*" / "*.txt")).id == ("x/a", "y/a")


@pytest.mark.parametrize("pattern", ["**", "**/*.txt"])
def test_a_pattern_may_reach_subfolders(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, {"a.txt": "one", "x/y/a.txt": "two"})
    assert read(str(tmp_path / pattern)).id == ("a", "x/y/a")


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"a[1].txt": "one"}) / "a[1].txt").text == ("one",)


def test_several_paths_are_read_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, {"f/a.txt": "one", "g/a.txt": "two", "t.csv": "text,outlet\nthree,A\nfour,B\n"})
    articles = read([tmp_path / "g", tmp_path / "t.csv", str(tmp_path / "f" / "*.txt")])
    assert articles.id == ("g/a", "t-1", "t-2", "f/a")
    assert articles.text == ("two", "three", "four", "one")


def test_a_file_given_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"f/a.txt": "one"})
    with pytest.raises(DuplicateIds, match="'f/a'"):
        read([tmp_path / "f", tmp_path / "f" / "a.txt"])


@pytest.mark.parametrize(
    "source", ["no such file.txt", "Is this an article? It is.", "x" * 100_000, "a\0b", "nobody/*.txt"]
)
def test_text_that_is_no_path_is_refused_with_the_way_to_pass_it(source: str) -> None:
    with pytest.raises(UnreadableInput, match=r"is no file, no folder .* \{'Outlet': text\}"):
        read(source)


def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.docx": "one"}) / "a.docx"
    with pytest.raises(UnreadableInput, match=r"\.csv, \.json, \.jsonl, \.ndjson, \.tsv, \.txt"):
        read(path)


@pytest.mark.parametrize(
    ("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.tsv", ",")]
)
def test_the_delimiter_of_a_table_is_found(tmp_path: Path, name: str, delimiter: str) -> None:
    text = f"outlet{delimiter}text\nA{delimiter}one\n"
    articles = read(write(tmp_path, {name: text}) / name)
    assert (articles.outlet, articles.text, articles.id) == (("A",), ("one",), ("1",))


def test_a_table_of_one_column_is_read(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"a.csv": "text\none\n"}) / "a.csv").text == ("one",)


def test_cells_may_hold_newlines_delimiters_and_doubled_marks(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.csv": 'text,outlet\r\n"He said ""no"",\r\n\u2028then left.",A\r\n'}) / "a.csv"
    assert read(path).original == ('He said "no",\r\n\u2028then left.',)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"a.csv": b"\xef\xbb\xbftext\none\n"}) / "a.csv").text == ("one",)


def test_a_cell_may_be_longer_than_the_usual_limit_which_stays_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    path = write(tmp_path, {"a.csv": f"text\n{'x' * 200_000}\n"}) / "a.csv"
    assert len(read(path).text[0]) == 200_000
    assert csv.field_size_limit() == before


def test_short_rows_and_empty_lines_are_no_trouble(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.csv": "outlet,text\nA\n\nB,two"}) / "a.csv")
    assert articles.text == ("", "two")
    assert articles.note == ("empty text", "")


def test_a_row_with_too_many_cells_is_noted(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.csv": "outlet,text\nA,one, and two, and three\nB,four,\n"}) / "a.csv")
    assert articles.note == ("cells beyond the header, not read: 2", "")


def test_a_quotation_mark_that_is_never_closed_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, {"a.csv": 'outlet,text\nA,one\nB,"two\nC,three\n'}) / "a.csv"
    with pytest.raises(UnreadableInput, match="in the row from line 3 opens a cell and is never closed"):
        read(path)


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.json"])
def test_an_empty_file_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="is empty"):
        read(write(tmp_path, {name: "\n"}) / name)


@pytest.mark.parametrize(("name", "content"), [("a.csv", "text,outlet\n"), ("a.json", "[]")])
def test_a_table_without_rows_is_an_error(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(UnreadableInput, match="has no rows"):
        read(write(tmp_path, {name: content}) / name)


def test_a_binary_table_is_an_error_even_among_others(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "one", "b.csv": b"\x00\x01"})
    with pytest.raises(UnreadableInput, match=r"b\.csv is binary"):
        read([tmp_path / "a.txt", tmp_path / "b.csv"])


@pytest.mark.parametrize("header", ["text,text,id", "text,date,date"])
def test_a_column_that_stands_twice_is_an_error(tmp_path: Path, header: str) -> None:
    with pytest.raises(UnreadableInput, match=r"has 2 columns called '(text|date)'"):
        read(write(tmp_path, {"a.csv": f"{header}\none,two,three\n"}) / "a.csv")


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
def test_json_lines_are_read_one_object_a_line(tmp_path: Path, name: str) -> None:
    rows = [{"text": "one\u2028\x85two", "outlet": "A"}, {"text": None}]
    content = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    articles = read(write(tmp_path, {name: content}) / name)
    assert articles.original == ("one\u2028\x85two", "")
    assert articles.id == ("1", "2")


def test_a_broken_json_line_is_an_error_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"Line 2 of .*a\.jsonl is not JSON"):
        read(write(tmp_path, {"a.jsonl": '{"text": "one"}\n{"text": "two\n'}) / "a.jsonl")


def test_a_json_line_that_is_no_object_is_an_error_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"Line 1 of .*a\.jsonl holds a list; an object is needed"):
        read(write(tmp_path, {"a.jsonl": "[1]\n"}) / "a.jsonl")


def test_a_json_list_of_objects_is_read(tmp_path: Path) -> None:
    content = '[{"text": "one", "outlet": "A", "id": 7}, {"text": NaN, "outlet": "B", "id": 8}]'
    articles = read(write(tmp_path, {"a.json": content}) / "a.json")
    assert (articles.id, articles.text) == (("7", "8"), ("one", ""))


def test_a_json_object_is_an_error_that_shows_the_form(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"holds one object; a list of objects is needed"):
        read(write(tmp_path, {"a.json": '{"text": "one"}'}) / "a.json")


@pytest.mark.parametrize("content", ['{"text": "one"}\n{"text": "two"}', "[" * 100_000])
def test_what_is_no_json_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableInput, match=r"a\.json is not JSON"):
        read(write(tmp_path, {"a.json": content}) / "a.json")
