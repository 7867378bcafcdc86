"""Formats of other people's word lists; every list here is made up."""

from pathlib import Path

import pytest

from biaslens.errors import BadData
from biaslens.lexicon_files import Entry, read_entries


def entries(folder: Path, name: str, text: str, encoding: str = "utf-8") -> list[tuple[str, str, float]]:
    file = folder / name
    file.write_text(text, encoding=encoding)
    return [tuple(entry) for entry in read_entries(file)]


def test_a_table_has_terms_categories_and_weights(tmp_path: Path) -> None:
    text = "term\tcategory\tweight\npanic\tfear\t2\nat ease\tcalm\t\n"
    assert entries(tmp_path, "a.tsv", text) == [("panic", "fear", 2.0), ("at ease", "calm", 1.0)]


def test_a_table_may_be_csv_with_columns_in_any_order_behind_the_term(tmp_path: Path) -> None:
    assert entries(tmp_path, "a.csv", 'term,weight,category\n"x, y",2,c\n') == [("x, y", "c", 2.0)]


def test_a_list_has_one_term_per_line_and_comments(tmp_path: Path) -> None:
    text = "; a list\n;\n\npanic\nat ease\n"
    assert entries(tmp_path, "a.txt", text) == [("panic", "", 1.0), ("at ease", "", 1.0)]


def test_old_lists_are_not_utf8(tmp_path: Path) -> None:
    assert entries(tmp_path, "a.txt", "na\xefve\n", encoding="cp1252") == [("naïve", "", 1.0)]


def test_a_folder_has_a_category_per_file(tmp_path: Path) -> None:
    (tmp_path / "negative-words.txt").write_text(";;\nbad\n")
    (tmp_path / "positive-words.txt").write_text(";;\ngood\n")
    (tmp_path / "readme.md").write_text("not a list")
    assert read_entries(tmp_path) == [
        Entry("bad", "negative-words", 1.0),
        Entry("good", "positive-words", 1.0),
    ]


def test_a_dic_names_its_categories_by_number(tmp_path: Path) -> None:
    text = "%\n1\tcare.virtue\n2\tcare.vice\n%\nshield\t1\nharm*\t2\nkind of\t1\t2\n"
    assert entries(tmp_path, "mfd.dic", text) == [
        ("shield", "care.virtue", 1.0),
        ("harm*", "care.vice", 1.0),
        ("kind of", "care.virtue", 1.0),
        ("kind of", "care.vice", 1.0),
    ]


def test_conditions_in_a_dic_are_left_out(tmp_path: Path) -> None:
    text = "%\n1 posemo\n2 verb\n%\nlike\t(2 9)1/2\t2\nnice   1\n"
    assert entries(tmp_path, "l.dic", text) == [("like", "verb", 1.0), ("nice", "posemo", 1.0)]


def test_a_wide_table_has_a_column_of_numbers_per_category(tmp_path: Path) -> None:
    text = "word,care_p,care_sent\nshield,.25,-.5\n"
    assert entries(tmp_path, "emfd.csv", text) == [("shield", "care_p", 0.25), ("shield", "care_sent", -0.5)]


def test_emolex_says_whether_word_and_emotion_go_together(tmp_path: Path) -> None:
    assert entries(tmp_path, "e.txt", "panic\tfear\t1\npanic\tjoy\t0\n") == [("panic", "fear", 1.0)]


def test_mpqa_has_strength_polarity_and_stems(tmp_path: Path) -> None:
    lines = [
        "type=strongsubj len=1 word1=wreck pos1=verb stemmed1=y priorpolarity=negative",
        "type=weaksubj len=1 word1=grand pos1=adj stemmed1=n priorpolarity=neutral",
    ]
    found = entries(tmp_path, "m.tff", "\n".join(lines))
    assert ("wrecked", "strongsubj", 1.0) in found
    assert ("wrecking", "negative", 1.0) in found
    assert found[-1] == ("grand", "weaksubj", 1.0)


def test_the_format_of_the_lists_that_ship_is_read_with_all_forms(tmp_path: Path) -> None:
    head = (
        "# format: 1\n# version: 1\n# language: en\n# author: me\n# licence: MIT\n# case: any\n# about: x\n"
    )
    columns = "term\tpos\tmatch\tcategory\tweight\tpolarity\tsource\tnote\tsince\n"
    text = f"{head}# category fear: x\n{columns}dread\tverb\tlemma\tfear\t2\t\tmine\t\t1\n"
    assert ("dreaded", "fear", 2.0) in entries(tmp_path, "own.tsv", text)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", "a.txt is empty"),
        ("a.txt", "; only a comment\n", "a.txt has no entry"),
        ("a.tsv", "term\tweight\nx\tmany\n", "line 2: 'many' is no number"),
        ("a.csv", "word,p\nx,.1,.2\n", "line 2: found 3 columns, need 2"),
        ("a.dic", "%\n1\tx\n", "has one line of '%'"),
        ("a.dic", "%\n1\tx\n%\ny\t3\n", "line 4: .* has a category that is not listed"),
        ("a.tff", "type=strongsubj word1=x\ntype=weaksubj\n", "line 2: 'word1' is missing"),
        ("a.txt", "a\0b\n", "is no text file"),
    ],
)
def test_a_file_that_breaks_its_format_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        entries(tmp_path, name, text)


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="holds no word list"):
        read_entries(tmp_path)
