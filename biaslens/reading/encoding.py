"""Decoding: the bytes of a file as text, and what had to be assumed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from biaslens.errors import UnreadableInput

# Longest first: the mark of UTF-32 starts with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CONTROLS = re.compile(rb"[\x01-\x07\x0e-\x19\x1c-\x1f\x7f]")
# Random bytes hold 9 % of these control bytes and text practically none; half of the former stands between.
_MAX_CONTROL_SHARE = 0.045
# One well-formed UTF-8 character of two to four bytes.
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Windows-1252 as the WHATWG Encoding Standard has it: the five bytes without a character stay control codes,
# so that every file can be read.
_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's content as text; newlines are kept, a byte order mark is not.

    text     "" where it is not text
    note     what had to be assumed ("read as cp1252"), "" for nothing
    problem  why it cannot be read, "" where it can
    """

    text: str
    note: str = ""
    problem: str = ""


def decode(data: bytes) -> Decoded:
    """Bytes as text: by byte order mark, else strict UTF-8, else Windows-1252, which a note then says.

    UTF-8 with some damaged bytes stays UTF-8, with U+FFFD for the damage. Of the 8-bit encodings only
    Windows-1252 is tried (Latin-1 is part of it): the word lists are English, and wider guesses go wrong.

    >>> decode("It’s".encode("cp1252"))
    Decoded(text='It’s', note='read as cp1252', problem='')
    """
    for mark, encoding in _MARKS:
        # A UTF-16 text may begin with a NUL; only whole groups of four bytes can be UTF-32.
        if data.startswith(mark) and not (encoding.startswith("utf-32") and len(data) % 4):
            return _decoded_as(encoding, data[len(mark) :])
    problem = _why_not_text(data)
    if problem:
        return Decoded("", problem=problem)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_damaged(data)


def load(path: Path) -> Decoded:
    """A file's content as text; a file that cannot be opened is a problem, not an exception."""
    try:
        return decode(path.read_bytes())
    except OSError as error:
        return Decoded("", problem=f"cannot be opened ({error.strerror})")


def load_or_raise(path: Path) -> Decoded:
    """A file's content as text; raises UnreadableInput naming the file where it is none, or empty."""
    decoded = load(path)
    if decoded.problem:
        raise UnreadableInput(
            f"{path} {decoded.problem}; a text file is needed. Export it as plain text, CSV or JSON in UTF-8."
        )
    if is_blank(decoded.text):
        raise UnreadableInput(f"{path} is empty; it must hold at least one article. Check the export.")
    return decoded


def is_blank(text: str) -> bool:
    """Whether a text is empty or white space alone."""
    # strip() would copy the text.
    return not text or text.isspace()


def _decoded_as(encoding: str, data: bytes) -> Decoded:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    return Decoded(text, note=_damage_note(encoding, damaged))


def _decode_damaged(data: bytes) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    # In Windows-1252 text, neighbouring high bytes hardly ever form a UTF-8 character.
    well_formed = len(_UTF8_CHARACTER.findall(data))
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    if well_formed > damaged:
        return Decoded(text, note=_damage_note("utf-8", damaged))
    if len(_CONTROLS.findall(data)) > _MAX_CONTROL_SHARE * len(data):
        return Decoded("", problem="is binary, not text")
    return Decoded(data.decode("latin-1").translate(_WINDOWS_1252), note="read as cp1252")


def _damage_note(encoding: str, damaged: int) -> str:
    return f"read as {encoding}, damaged characters: {damaged}" if damaged > 0 else ""


def _why_not_text(data: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return f"is {kind}, not text"
    return "is binary (it holds NUL bytes), not text" if b"\0" in data else ""
