"""Which of many short pieces of text may stand in a text: one look at the text for all of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

# Pieces are told apart by their first characters, thrown into so many buckets: a text of 1,000 words fills
# one bucket in fifty.
_LENGTH, _BUCKET_BITS = 4, 18
_MULTIPLIER = np.uint32(0x9E3779B1)


class Literals:
    """Pieces of text to look for, in lower case."""

    def __init__(self, pieces: Iterable[str]) -> None:
        ordered = sorted(set(pieces))
        self._short = tuple(p for p in ordered if len(p) < _LENGTH or not p[:_LENGTH].isascii())
        self._long = tuple(p for p in ordered if p not in self._short)
        self._buckets = np.array([_buckets(p[:_LENGTH])[0] for p in self._long], dtype=np.int64)

    def possible(self, text: str) -> set[str]:
        """The pieces that stand in the text, and now and then one that does not.

        >>> sorted(Literals(["newsletter", "@", "donate"]).possible("Sign up for our newsletter"))
        ['newsletter']
        """
        lowered = text.lower()
        filled = np.zeros(1 << _BUCKET_BITS, dtype=bool)
        filled[_buckets(lowered)] = True
        found = {self._long[i] for i in np.flatnonzero(filled[self._buckets])} if self._long else set()
        return found | {piece for piece in self._short if piece in lowered}


def _buckets(text: str) -> np.ndarray:
    """The bucket of every run of four characters; what is not Latin-1 counts as a question mark."""
    codes = np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8).astype(np.uint32)
    if len(codes) < _LENGTH:
        return np.zeros(0, dtype=np.int64)
    runs = codes[:-3] | codes[1:-2] << 8 | codes[2:-1] << 16 | codes[3:] << 24
    return (runs * _MULTIPLIER >> np.uint32(32 - _BUCKET_BITS)).astype(np.int64)
