"""Lexicon files: the formats in which word lists of others come, read as terms with category and weight."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from biaslens.errors import BadData
from biaslens.inflection import inflections
from biaslens.lexicons import read_lexicon


class Entry(NamedTuple):
    """A term in one of its categories; category is "" where a list has none."""

    term: str
    category: str
    weight: float


_SUFFIXES = (".txt", ".tsv", ".csv", ".dic", ".tff")
# MPQA's "anypos" has the forms of a verb and of a noun.
_MPQA_POS = {"verb": ("verb",), "noun": ("noun",), "anypos": ("verb", "noun")}


def read_entries(path: Path) -> list[Entry]:
    """The entries of a file, or of a folder of word lists, whatever their format; see read_lexicon.

    Raises BadData, naming the file, where it is of no known format or breaks its own.
    """
    if not path.is_dir():
        return _entries(path, "")
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
    if not files:
        raise BadData(f"{path.name} holds no word list ({', '.join(_SUFFIXES)}).")
    return [entry for file in files for entry in _entries(file, file.stem)]


def _entries(path: Path, category: str) -> list[Entry]:
    """The entries of one file; ``category`` is that of entries which name none."""
    text = _text(path)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadData(f"{path.name} is empty; a lexicon needs a term.")
    if lines[0].startswith("# format:"):
        return _shipped_format(path)
    found = [entry if entry.category else entry._replace(category=category) for entry in _parse(lines, path)]
    if not found:
        raise BadData(f"{path.name} has no entry; it needs a term per line, or a column 'term'.")
    return found


def _text(path: Path) -> str:
    """The file's text: UTF-8, or the Western encoding of older lists."""
    data = path.read_bytes()
    if b"\0" in data:
        raise BadData(f"{path.name} is no text file; a lexicon is text, in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _parse(lines: Sequence[str], path: Path) -> Iterator[Entry]:
    first = lines[0].strip()
    if first == "%":
        return _dic(lines, path)
    if first.startswith("type=") and "word1=" in first:
        return _mpqa(lines, path)
    if all(re.fullmatch(r"[^\t]+\t[^\t]+\t[01]", line.rstrip()) for line in lines):
        return _emolex(lines)
    delimiter = "\t" if "\t" in first else ","
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter))]
    if names[0] in ("term", "word") and len(names) > 1:
        return (_table if {"category", "weight"} & set(names) else _wide_table)(lines, names, delimiter, path)
    return _list(lines)


def _shipped_format(path: Path) -> list[Entry]:
    """The format of the lists that ship, each form of a lemma as a term."""
    lexicon = read_lexicon(path)
    forms = [(" ".join(form), row) for form, row in lexicon.forms.items()]
    return [Entry(form, lexicon.category[row], float(lexicon.weight[row])) for form, row in forms]


def _list(lines: Sequence[str]) -> Iterator[Entry]:
    """One term per line; lines that open with ";" or "#" are comments (Hu and Liu 2004)."""
    for line in lines:
        if not line.startswith((";", "#")) and line.strip().casefold() not in ("term", "word"):
            yield Entry(line.strip(), "", 1.0)


def _table(lines: Sequence[str], names: Sequence[str], delimiter: str, path: Path) -> Iterator[Entry]:
    """Columns term, category and weight, by name; the last two may be missing."""
    for number, cells in enumerate(csv.reader(lines[1:], delimiter=delimiter), start=2):
        row = dict(zip(names, cells, strict=False))
        weight = row.get("weight", "").strip() or "1"
        yield Entry(cells[0], row.get("category", "").strip(), _number(weight, path, number))


def _wide_table(lines: Sequence[str], names: Sequence[str], delimiter: str, path: Path) -> Iterator[Entry]:
    """A term and one column of numbers per category (eMFD, Hopp et al. 2021; NRC VAD)."""
    for number, cells in enumerate(csv.reader(lines[1:], delimiter=delimiter), start=2):
        if len(cells) != len(names):
            raise BadData(f"{path.name}, line {number}: found {len(cells)} columns, need {len(names)}.")
        for name, cell in zip(names[1:], cells[1:], strict=True):
            yield Entry(cells[0], name, _number(cell, path, number))


def _emolex(lines: Sequence[str]) -> Iterator[Entry]:
    """NRC EmoLex (Mohammad & Turney 2013): term, emotion, and whether they go together."""
    for line in lines:
        term, category, associated = line.rstrip().split("\t")
        if associated == "1":
            yield Entry(term, category, 1.0)


def _mpqa(lines: Sequence[str], path: Path) -> Iterator[Entry]:
    """MPQA's subjectivity clues (Wilson, Wiebe & Hoffmann 2005), by strength and by polarity.

    A part of speech is not asked for, since texts here have none; ``stemmed1=y`` brings the inflections.
    """
    for number, line in enumerate(lines, start=1):
        values = dict(part.split("=", 1) for part in line.split() if "=" in part)
        try:
            word, strength = values["word1"], values["type"]
        except KeyError as missing:
            raise BadData(f"{path.name}, line {number}: {missing} is missing.") from missing
        as_pos = _MPQA_POS.get(values.get("pos1", ""), ()) if values.get("stemmed1") == "y" else ()
        forms = dict.fromkeys([word, *(form for pos in as_pos for form in inflections(word, pos, {}))])
        for form in forms:
            yield Entry(form, strength, 1.0)
            if values.get("priorpolarity", "neutral") != "neutral":
                yield Entry(form, values["priorpolarity"], 1.0)


def _dic(lines: Sequence[str], path: Path) -> Iterator[Entry]:
    """LIWC's .dic (Pennebaker et al.): categories by number between two lines of "%", then the terms.

    What LIWC 2007 writes in brackets, categories that hold beside certain words, is left out.
    """
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.strip() == "%"), None)
    if end is None:
        raise BadData(f"{path.name} has one line of '%'; a .dic lists its categories between two.")
    names = {}
    for line in lines[1:end]:
        number, _, name = line.strip().partition("\t" if "\t" in line.strip() else " ")
        names[number.strip()] = name.strip()
    for place, line in enumerate(lines[end + 1 :], start=end + 2):
        plain = re.sub(r"\([^)]*\)[\d/]*|<[^>]*>[\d/]*", " ", line)
        found = re.fullmatch(r"\s*(.+?)((?:\s+\d+)*)\s*", plain)
        numbers = found[2].split() if found else []
        if found is None or not set(numbers) <= set(names):
            raise BadData(f"{path.name}, line {place}: {line.strip()!r} has a category that is not listed.")
        for number in numbers:
            yield Entry(found[1], names[number], 1.0)


def _number(cell: str, path: Path, line: int) -> float:
    try:
        return float(cell)
    except ValueError:
        raise BadData(f"{path.name}, line {line}: {cell!r} is no number.") from None
