"""The README is true: its Python runs and prints what it shows, and its names exist."""

import doctest
import re
from pathlib import Path

import pytest

import biaslens
from biaslens.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_python_example_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=flags)
    assert result.attempted >= 10
    assert result.failed == 0


def test_the_two_commands_are_one_line_each_and_stand_below_their_markers() -> None:
    for marker, tool in (("compare", "biaslens compare seeds/"), ("test", "python -m pytest")):
        command = README.split(f"<!-- command: {marker} -->\n```\n")[1].split("\n")[0]
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install --quiet ")
        assert command.endswith(tool)


def test_the_command_it_starts_with_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["compare", "seeds/"]) == 0
    assert "biaslens compared RIA Novosti, Reuters" in capsys.readouterr().out


def test_every_attribute_it_names_exists(seeds: biaslens.Comparison) -> None:
    for name in set(re.findall(r"`result\.(\w+)", README)):
        assert hasattr(seeds, name), name
    for name in set(re.findall(r"`biaslens\.(\w+)\(", README)):
        assert callable(getattr(biaslens, name)), name


def test_every_module_of_its_architecture_exists() -> None:
    table = README.split("| layer | holds | may import |")[1].split("\n\n")[0]
    for name in re.findall(r"`(\w+)/?`", table):
        assert (ROOT / "biaslens" / name).is_dir() or (ROOT / "biaslens" / f"{name}.py").is_file(), name


def test_the_ladder_in_it_is_the_ladder_in_the_code() -> None:
    from biaslens.stats.ladder import smallest_p, status_of

    settings = biaslens.Settings()
    shown = {0: "no shared event", 2: "counts only", 5: "estimate only", 9: "provisional", 10: "ok"}
    for n_events, status in shown.items():
        assert status_of(n_events, settings) == status
        assert f"`{status}`" in README
    assert 0.06 < smallest_p(5) < 0.07
