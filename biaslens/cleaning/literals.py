"""Where many short pieces of text stand in a text: one look at the text for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Longer pieces are told apart by their first characters, thrown into so many buckets: nearly all are empty.
_LENGTH, _BUCKET_BITS = 4, 15
_MULTIPLIER = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where pieces stand in a text, by their start, and who asked for them: bits of a number."""

    start: list[int]
    end: list[int]
    askers: list[int]

    def between(self, start: int, end: int) -> int:
        """All who asked for one of the pieces that stand in this part of the text."""
        askers = 0
        for i in range(bisect_left(self.start, start), bisect_left(self.start, end)):
            if self.end[i] <= end:
                askers |= self.askers[i]
        return askers


class Literals:
    """Pieces of text to look for, in lower case, and who asks for them: bits of a number."""

    def __init__(self, askers: Mapping[str, int]) -> None:
        self._askers = askers
        pieces = sorted(askers)
        self._short = tuple(p for p in pieces if len(p) < _LENGTH or not p[:_LENGTH].isascii())
        self._by_opening: dict[str, list[str]] = {}
        for piece in sorted(set(pieces) - set(self._short)):
            self._by_opening.setdefault(piece[:_LENGTH], []).append(piece)
        self._is_opening = np.zeros(1 << _BUCKET_BITS, dtype=bool)
        self._is_opening[[_buckets(opening)[0] for opening in self._by_opening]] = True

    def find(self, text: str) -> Occurrences:
        """Every place where one of the pieces stands.

        >>> Literals({"newsletter": 1, "@": 2}).find("Our newsletter, news@example.org").start
        [4, 20]
        """
        lowered = _lower(text)
        found = []
        for place in np.flatnonzero(self._is_opening[_buckets(lowered)]).tolist():
            for piece in self._by_opening.get(lowered[place : place + _LENGTH], ()):
                if lowered.startswith(piece, place):
                    found.append((place, piece))
        for piece in self._short:
            place = lowered.find(piece)
            while place >= 0:
                found.append((place, piece))
                place = lowered.find(piece, place + 1)
        found.sort()
        return Occurrences(
            start=[place for place, _ in found],
            end=[place + len(piece) for place, piece in found],
            askers=[self._askers[piece] for _, piece in found],
        )


def _lower(text: str) -> str:
    """In lower case, character for character: a dotted capital I, which becomes two, is the first of them."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(character.lower()[0] for character in text)


def _buckets(text: str) -> npt.NDArray[np.intp]:
    """The bucket of every run of four characters; what is not Latin-1 counts as a question mark."""
    codes = np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8).astype(np.uint32)
    if len(codes) < _LENGTH:
        return np.zeros(0, dtype=np.intp)
    runs = codes[:-3] | codes[1:-2] << 8 | codes[2:-1] << 16 | codes[3:] << 24
    return (runs * _MULTIPLIER >> np.uint32(32 - _BUCKET_BITS)).astype(np.intp)
