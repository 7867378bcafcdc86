"""The command line: what it prints, where, and with which exit code."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from biaslens.cli import main

SEEDS = str(Path(__file__).parent.parent / "seeds")


def test_compare_prints_what_may_be_said_and_the_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", SEEDS]) == 0
    out, err = capsys.readouterr()
    assert "No p-values, no intervals, no ranking" in " ".join(out.split())
    assert "loaded_rate" in out
    assert "RIA Novosti" in out
    assert err == ""


def test_compare_writes_report_and_workbook_and_says_so_on_stderr(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    report, book = tmp_path / "out.html", tmp_path / "out.xlsx"
    assert main(["compare", SEEDS, "--report", str(report), "--excel", str(book), "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(json.loads(out)["articles"]) == 5
    assert str(report) in err
    assert str(book) in err
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert book.stat().st_size > 1000


def test_compare_takes_the_columns_of_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "articles.csv"
    table.write_text("paper,body\nAlpha,The talks ended.\nBeta,The talks failed.\n", encoding="utf-8")
    assert main(["compare", str(table), "--text", "body", "--outlet", "paper"]) == 0
    assert "Alpha" in capsys.readouterr().out


def test_compare_inside_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", SEEDS, "--granularity", "story", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {row["status"] for row in result["contrasts"]} == {"counts only", "no shared event", "too rare"}


@pytest.mark.parametrize(
    "arguments", [["compare", "no/such/place"], ["compare", SEEDS + "/000_31a2ee3f6947d21b.txt"]]
)
def test_bad_input_ends_with_code_2_and_one_line_on_stderr(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("biaslens: ")
    assert err.count("\n") == 1


def test_a_report_that_cannot_be_written_ends_with_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["compare", SEEDS, "--json", "--report", str(tmp_path / "no" / "folder" / "out.html")]) == 2
    assert "out.html" in capsys.readouterr().err


def test_clean_prints_the_kept_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", SEEDS + "/001_8466d68a60ce5421.txt"]) == 0
    out = capsys.readouterr().out
    assert "Remind me later" not in out
    assert out.rstrip().endswith("secede are illegal.")


def test_clean_explains_what_it_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", SEEDS + "/003_762ba3fc91da0198.txt", "--removed"]) == 0
    assert "2155-2162\twire\tNothing but the name of a news agency" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "column"), [("score", "loaded_rate"), ("events", "story"), ("voices", "cue_class")]
)
def test_tables_come_as_csv_or_json(capsys: pytest.CaptureFixture[str], command: str, column: str) -> None:
    assert main([command, SEEDS]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main([command, SEEDS, "--json"]) == 0
    as_json = json.loads(capsys.readouterr().out)
    assert len(rows) == len(as_json) >= 5
    assert column in rows[0]
    assert rows[0]["id"] == as_json[0]["id"] == "000_31a2ee3f6947d21b"


def test_the_codebook_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "--json"]) == 0
    assert "hedge_rate" in {row["name"] for row in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize("arguments", [["--help"], ["compare", "--help"], ["measures", "--help"]])
def test_help_teaches(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 0
    assert "usage: biaslens" in capsys.readouterr().out


def test_a_missing_command_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_it_runs_as_a_module_on_a_console_that_knows_only_ascii(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("outlet,text\nÄ,“Нет” 🙂 said Ö.\nB,The talks ended.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "biaslens", "compare", str(tmp_path / "a.csv")],
        capture_output=True,
        check=False,
        env={**__import__("os").environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr
    assert b"\\xc4" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with head")
def test_a_closed_pipe_is_no_error() -> None:
    command = f'"{sys.executable}" -m biaslens score "{SEEDS}" --json | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_score_refuses_no_processes_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", SEEDS, "--jobs", "0"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "n_jobs is 0" in err


def test_score_with_two_processes_prints_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", SEEDS]) == 0
    alone = capsys.readouterr().out
    assert main(["score", SEEDS, "--jobs", "2"]) == 0
    assert capsys.readouterr().out == alone


def test_a_lexicon_of_the_users_own_is_measured_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("talks\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The talks ended.", encoding="utf-8")
    assert main(["score", str(tmp_path / "a.txt"), "--lexicon", str(tmp_path / "mine.txt")]) == 0
    header, row = capsys.readouterr().out.splitlines()
    assert header.endswith("mine_rate")
    assert float(row.rsplit(",", 1)[1]) == pytest.approx(1000 / 3)


def test_a_coding_sheet_is_written_and_its_agreement_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    assert main(["compare", SEEDS, "--coding-sheet", str(sheet), "--items", "60"]) == 0
    assert "Coding sheet" in capsys.readouterr().err
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["coder_1"], row["coder_2"] = "1", "1"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert main(["agreement", str(sheet), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"measure", "alpha", "precision", "recall"} <= set(found[0])
    assert found[0]["precision"] == 1


def test_a_sheet_that_nobody_filled_in_is_bad_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    main(["compare", SEEDS, "--coding-sheet", str(sheet), "--items", "60"])
    assert main(["agreement", str(sheet)]) == 2
    assert "coder" in capsys.readouterr().err
