"""Imports go downward only: the layers of the README's architecture, read from every file."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "biaslens"
FILES = sorted(PACKAGE.rglob("*.py"))

# The layer of every module or folder; what is not named here fails the test.
LAYERS = {
    0: {"errors", "spans"},
    1: {
        "settings", "blanks", "contested", "credit_patterns", "digest_titles", "inflection", "lexicon_files",
        "lexicons", "rules", "slots", "syllables", "termfile", "user_lexicons", "vocabulary", "weights",
        "engines",
    },
    2: {
        "articles", "attributions", "cells", "cleaned", "codebook", "findings", "framing_tables", "hits",
        "matching", "name_mentions", "statistics_tables", "tabular", "tokens",
    },
    3: {"reading", "cleaning", "tokenise", "speech", "measuring", "events", "stats"},
    4: {"exports", "plots", "report"},
    5: {
        "analysis", "coder_agreement", "coding", "comparison", "concordance", "contrasting", "effect",
        "encoders", "event_groups", "evidence", "first_pass", "framing", "loaded_sentences", "lost_marks",
        "participation", "passes", "planning", "profiles", "result_tables", "second_pass", "sensitivity",
        "sentence_features", "term_uses",
        "signature", "steps", "summary", "tables", "voiced",
    },
    6: {"__init__", "cli", "estimators"},
    7: {"__main__"},
}  # fmt: skip
LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules}


def top(module: str) -> str:
    """The first part of a module's name below the package: biaslens.stats.ladder is stats."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_of(file: Path) -> str:
    return ".".join(["biaslens", *file.relative_to(PACKAGE).with_suffix("").parts])


def imported(file: Path) -> list[str]:
    """Every module of ours that a file imports, wherever in the file."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} has a relative import in line {node.lineno}"
            found.append(node.module or "")
    return [name for name in found if name.split(".")[0] == "biaslens"]


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_a_module_imports_only_what_lies_below_it_or_in_its_own_folder(file: Path) -> None:
    own = top(module_of(file))
    assert own in LAYER_OF, f"{own} has no layer; give it one in tests/test_layers.py and in the README"
    for name in imported(file):
        # The package itself holds only lazy names and the version, so any layer from 5 up may read it.
        other = top(name)
        same_folder = other == own
        same_wiring = LAYER_OF[own] == LAYER_OF[other] and LAYER_OF[own] in (0, 1, 2, 5)
        allowed = LAYER_OF[other] < LAYER_OF[own] or same_folder or same_wiring
        assert allowed or (other == "__init__" and LAYER_OF[own] >= 5), f"{own} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module_of(file): set(imported(file)) for file in FILES if file.name != "__init__.py"}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path, module])
        if module in done or module not in graph:
            return
        for name in graph[module]:
            visit(name, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def test_optional_and_heavy_packages_are_imported_only_inside_functions() -> None:
    heavy = {
        "pandas",
        "scipy",
        "altair",
        "jinja2",
        "dask",
        "pyarrow",
        "openpyxl",
        "ftfy",
        "tqdm",
        "joblib",
        "textstat",
    }
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.split(".")[0] for name in names} & heavy, file
