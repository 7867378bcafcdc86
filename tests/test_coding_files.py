"""Coding sheets as files: a spreadsheet leaves them alone, and they come back as they were."""

import csv
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import biaslens
from biaslens.coding.files import cell_text, read_sheet, write_sheet
from biaslens.coding.sheet import coding_sheet
from biaslens.errors import BadSetting, MissingExtra, UnreadableInput
from biaslens.measuring.registry import MEASURES


@pytest.fixture(scope="module")
def sheet(seeds):
    return coding_sheet(seeds._grouped, seeds._repeats, 400)


@pytest.fixture(scope="module")
def like_formulas():
    """A sheet with sentences that a spreadsheet could take for formulas."""
    found = biaslens.compare(
        {
            "A": "=SUM(A1:A9) was the brutal joke. The dam was destroyed. It may have rained.",
            "B": "-1 degree was measured. The rebels seized the town, a spokesman alleged.",
        }
    )
    return coding_sheet(found._grouped, found._repeats, 100)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_sheet_is_read_back_as_it_was_written(sheet, tmp_path, suffix):
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    path = write_sheet(sheet, tmp_path / f"coding.{suffix}")
    pd.testing.assert_frame_equal(read_sheet(path), sheet)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_path_written_comes_back(sheet, tmp_path, suffix):
    assert write_sheet(sheet.head(3), str(tmp_path / f"a.{suffix}")) == tmp_path / f"a.{suffix}"


FORMULAS = ["=1+1", "+1", "-1 degree", "@home", "'=quoted", "''=twice", "'tis", "plain", '="a,b";\n']


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_texts_that_look_like_formulas_come_back_as_they_were(tmp_path, suffix):
    frame = pd.DataFrame({"item": FORMULAS, "measure": "m", "kind": "span", "question": "?", "key": "k"})
    assert read_sheet(write_sheet(frame, tmp_path / f"f.{suffix}"))["item"].tolist() == FORMULAS


@given(st.lists(st.text(alphabet="'=+-@a\t ,;\n", max_size=5), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(tmp_path_factory, texts):
    frame = pd.DataFrame({"item": texts, "key": "k"}, dtype=object)
    path = tmp_path_factory.mktemp("sheet") / "any.csv"
    assert read_sheet(write_sheet(frame, path))["item"].tolist() == texts


def test_no_cell_of_a_csv_begins_like_a_formula(like_formulas, tmp_path):
    path = write_sheet(like_formulas, tmp_path / "coding.csv")
    cells = [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith(("'=", "'-")) for cell in cells)


def test_no_cell_of_a_workbook_is_a_formula(like_formulas, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(write_sheet(like_formulas, tmp_path / "coding.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if cell.value.startswith(("=", "-"))]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_the_workbook_helps_coders(sheet, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(write_sheet(sheet, tmp_path / "coding.xlsx"))
    rows = book["coding"]
    assert rows.freeze_panes == "A2"
    assert rows["E2"].alignment.wrap_text
    assert rows.column_dimensions["E"].width > 60
    (choice,) = rows.data_validations.dataValidation
    assert choice.formula1 == '"1,0"'
    assert str(choice.sqref) == f"G2:G{len(sheet) + 1} H2:H{len(sheet) + 1}"


def test_the_instructions_tell_every_question_and_where_it_comes_from(sheet, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(write_sheet(sheet, tmp_path / "coding.xlsx"))
    cells = [[cell.value for cell in row] for row in book["instructions"].iter_rows()]
    told = {row[0]: row for row in cells}
    assert set(sheet["measure"]) <= set(told)
    assert told["hedge_rate"][3] == "Hyland 1998, 2005"
    assert "blank counts as not coded" in cells[0][0]


def test_the_instructions_keep_to_themselves_what_a_measure_misses(sheet, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    book = openpyxl.load_workbook(write_sheet(sheet, tmp_path / "coding.xlsx"))
    told = {cell.value for row in book["instructions"].iter_rows() for cell in row}
    assert not told & {measure.misses for measure in MEASURES}


def test_characters_that_no_workbook_holds_are_replaced(tmp_path):
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    frame = pd.DataFrame(
        {"measure": ["m"], "kind": "span", "question": "?", "sentence": "a\x00b\ud800"},
        index=[0],
        dtype=object,
    )
    assert read_sheet(write_sheet(frame, tmp_path / "bad.xlsx"))["sentence"].tolist() == ["a\ufffdb\ufffd"]


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8")])
def test_csv_as_other_spreadsheets_save_it_is_read(sheet, tmp_path, separator, encoding):
    path = tmp_path / "saved.csv"
    sheet.to_csv(path, sep=separator, encoding=encoding, index=False, errors="replace")
    read = read_sheet(path)
    assert list(read.columns) == list(sheet.columns)
    assert read["key"].tolist() == sheet["key"].tolist()


def test_another_suffix_is_refused(sheet, tmp_path):
    with pytest.raises(
        BadSetting, match=r"cannot be written as 'sheet.ods'; its name must end in .xlsx or .csv"
    ):
        write_sheet(sheet, tmp_path / "sheet.ods")
    with pytest.raises(BadSetting, match=r"cannot be read from 'sheet.txt'; it must be .xlsx or .csv"):
        read_sheet("sheet.txt")


def test_a_missing_file_is_named():
    with pytest.raises(UnreadableInput, match=r"There is no coding sheet 'nowhere.csv'; write one with"):
        read_sheet("nowhere.csv")


def test_csv_that_breaks_off_inside_quotation_marks_is_refused(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text('item,key\n"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"broken.csv cannot be read as CSV \(field larger than"):
        read_sheet(path)


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    path = tmp_path / "fake.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"fake.xlsx cannot be read as a workbook"):
        read_sheet(path)


def test_without_openpyxl_the_extra_is_named(sheet, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r'pip install "biaslens\[excel\]", or write .csv'):
        write_sheet(sheet, tmp_path / "coding.xlsx")


@pytest.mark.parametrize("cell", [None, float("nan"), pd.NA, pd.NaT, ""])
def test_a_cell_without_a_value_is_empty(cell):
    assert cell_text(cell) == ""
