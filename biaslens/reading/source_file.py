"""SourceFile: one file or folder that was asked for, and the name its articles go by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file or folder to read.

    name   id of a text file, start of the ids of a table or folder; "" where none is needed
    alone  nothing else is read: what cannot be read is then an error, not a row with a note
    """

    path: Path
    name: str
    alone: bool
