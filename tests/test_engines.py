"""Engines: the same results in the same order, from plain scripts too."""

import subprocess
import sys
from pathlib import Path

import pytest

from biaslens.engines import map_parts
from biaslens.engines.progress import watch
from biaslens.errors import BadSetting, MissingExtra

PARTS = ["a", "bb", "", "dddd"]


@pytest.mark.parametrize("engine", ["local", "processes", "dask"])
def test_results_come_in_the_order_of_the_parts(engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("dask", reason="needs the extra dask")
    assert list(map_parts(len, PARTS, engine)) == [1, 2, 0, 4]  # type: ignore[arg-type]


def test_processes_start_from_a_script_without_a_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import biaslens\n"
        "texts = {'A': 'The talks ended.', 'B': 'The talks failed.'}\n"
        "settings = biaslens.Settings(part_size=1)\n"
        "print(len(biaslens.compare(texts, settings=settings, engine='processes').articles))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.stdout == "2\n", done.stderr


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadSetting, match="engine is 'gpu'; it can be 'local', 'processes', 'dask'"):
        map_parts(len, PARTS, "gpu")  # type: ignore[arg-type]


def test_dask_that_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.base", None)
    with pytest.raises(MissingExtra, match=r'pip install "biaslens\[dask\]"'):
        list(map_parts(len, PARTS, "dask"))


def test_a_bar_shows_on_request_and_never_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watch(PARTS, [1, 2, 3, 4], True)) == PARTS
    out, err = capsys.readouterr()
    assert out == ""
    assert "10/10" in err


def test_nobody_watching_means_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watch(PARTS, [1, 2, 3, 4], None)) == PARTS
    assert capsys.readouterr().err == ""
