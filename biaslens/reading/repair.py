"""Repair: characters that were decoded wrongly before they came to us, undone without losing their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from biaslens.articles import Offsets
from biaslens.spans import IntArray

# Wrong decoding of UTF-8 turns one character into several non-ASCII ones, never into ASCII. Each run of them
# is judged by itself, so that a text of mixed origin can be repaired and ASCII never moves.
_RUN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text.

    offsets     the way back to the text as read; None where nothing was repaired
    n_repaired  characters of ``text`` that stand where wrongly decoded ones stood
    """

    text: str
    offsets: Offsets | None
    n_repaired: int


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of non-ASCII characters, repaired.

    advance  raw characters that have passed with each repaired one
    reach    raw characters that each repaired one may come from, counted back from there
    """

    text: str
    advance: IntArray
    reach: IntArray


def repair(text: str) -> Repaired:
    """The text with wrongly decoded characters ("donâ€™t") undone by ftfy, each run of them by itself.

    Quotation marks are never straightened and nothing else is normalised. Where one round of wrong decoding
    explains a run, each repaired character knows its own raw characters; else it knows the run. Linear in the
    length of the text.

    >>> repair("donâ€™t").text
    'don’t'
    >>> repair("donâ€™t").offsets.original(3, 4)
    (3, 6)
    """
    # Judging a text costs more than finding its runs, and the same few runs occur in every article.
    runs = set() if text.isascii() else set(_RUN.findall(text))
    repaired = {run: fixed for run in runs if (fixed := _repaired_run(run)) is not None}
    return _rewritten(text, repaired) if repaired else Repaired(text, None, 0)


@lru_cache(maxsize=4096)
def _repaired_run(run: str) -> _Run | None:
    """The run as it was meant, None where it looks right as it is."""
    from ftfy import fix_encoding_and_explain

    text, steps = fix_encoding_and_explain(run)
    if text == run:
        return None
    byte_lengths = np.array(
        [len(character.encode("utf-8", "surrogatepass")) for character in text], dtype=np.int64
    )
    # No step of ftfy lengthens a text: at equal length, characters were exchanged one for one (C1 controls).
    if len(text) == len(run):
        one_each = np.ones(len(text), dtype=np.int64)
        return _Run(text, one_each, one_each)
    once = [action for action, _ in steps or []] == ["encode", "decode"]
    if once and byte_lengths.sum() == len(run):
        return _Run(text, byte_lengths, byte_lengths)
    advance = np.zeros(len(text), dtype=np.int64)
    advance[0] = len(run)
    return _Run(text, advance, np.full(len(text), len(run), dtype=np.int64))


def _rewritten(text: str, repaired: Mapping[str, _Run]) -> Repaired:
    pieces: list[str] = []
    placed: list[tuple[int, _Run]] = []
    length = read = 0
    for match in _RUN.finditer(text):
        run = repaired.get(match.group())
        if run is not None:
            length += match.start() - read
            pieces += (text[read : match.start()], run.text)
            placed.append((length, run))
            length += len(run.text)
            read = match.end()
    pieces.append(text[read:])
    length += len(text) - read
    n_repaired = sum(len(run.text) for _, run in placed)
    return Repaired("".join(pieces), _offsets(placed, length), n_repaired)


def _offsets(placed: Sequence[tuple[int, _Run]], length: int) -> Offsets:
    advance, reach = np.ones((2, length), dtype=np.int64)
    for start, run in placed:
        advance[start : start + len(run.text)] = run.advance
        reach[start : start + len(run.text)] = run.reach
    end = np.cumsum(advance)
    return Offsets(end - reach, end)
