"""Text files: one article per .txt file."""

from __future__ import annotations

from biaslens.reading.encoding import load, load_or_raise
from biaslens.reading.records import Records, joined_notes, text_note
from biaslens.reading.source_file import SourceFile


def read_text_file(file: SourceFile) -> Records:
    """The article in a text file; an unreadable file among others becomes a row with a note and no text."""
    decoded = load_or_raise(file.path) if file.alone else load(file.path)
    note = f"not read: {decoded.problem}" if decoded.problem else decoded.note
    return Records.one(file.name, decoded.text, joined_notes(note, text_note(decoded.text)))
