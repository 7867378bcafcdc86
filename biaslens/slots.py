"""Slots: hashes of pieces of text, and a table from hashes to numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biaslens.blanks import CodeArray
from biaslens.spans import IntArray

HashArray = npt.NDArray[np.uint64]

# Row + 1, 0 where the slot is free; as zeros, slots take no memory before they are used.
_SLOT = np.dtype([("hash", np.uint64), ("number", np.int32)], align=True)
SLOT_BITS = 19
# Characters of a piece that are hashed.
LONGEST = 64
# Bytes hashed at a time, and an odd number of 64 random bits.
_CHUNK, _FACTOR = 8, np.uint64(0x9E3779B97F4A7C15)


class Slots:
    """From hashes to rows: open addressing with double hashing (Knuth 1973, section 6.4, algorithm D)."""

    def __init__(self, bits: int) -> None:
        self._n = 0
        self._table = np.zeros(1 << bits, dtype=_SLOT)

    def find(self, hashes: HashArray) -> IntArray:
        """The row of each hash, -1 where there is none."""
        slot = self._first(hashes)
        found = self._table.take(slot)
        number = found["number"].astype(np.int64)
        left = np.flatnonzero((found["hash"] != hashes) & (number > 0))
        slot, hashes = slot[left], hashes[left]
        while len(left):
            slot = self._next(slot, hashes)
            found = self._table[slot]
            number[left] = found["number"]
            is_other = (found["hash"] != hashes) & (found["number"] > 0)
            left, slot, hashes = left[is_other], slot[is_other], hashes[is_other]
        return number - 1

    def add(self, hashes: HashArray, rows: IntArray) -> None:
        """Rows of hashes that have none yet, each different from all others."""
        self._n += len(hashes)
        if 2 * self._n > len(self._table):
            self._grow()
        self._put(hashes, rows + 1)

    def _grow(self) -> None:
        """At least two slots for every hash, so that few meet."""
        larger = Slots((2 * self._n).bit_length())
        taken = self._table[self._table["number"] > 0]
        larger._put(taken["hash"], taken["number"])
        self._table = larger._table

    def _put(self, hashes: HashArray, number: IntArray) -> None:
        slot = self._first(hashes)
        while len(hashes):
            free = np.flatnonzero(self._table["number"][slot] == 0)
            # The hash first, as its number is what takes a slot. Of several for one slot the last stays.
            self._table["hash"][slot[free]] = hashes[free]
            self._table["number"][slot[free]] = number[free]
            is_other = self._table["hash"][slot] != hashes
            hashes, number = hashes[is_other], number[is_other]
            slot = self._next(slot[is_other], hashes)

    def _first(self, hashes: HashArray) -> IntArray:
        """The upper bits, which are the best mixed ones."""
        bits = len(self._table).bit_length() - 1
        return (hashes >> np.uint64(64 - bits)).astype(np.int64)

    def _next(self, slot: IntArray, hashes: HashArray) -> IntArray:
        """Steps are odd, so that each hash comes past every slot."""
        step = hashes.astype(np.int64) | 1
        return (slot + step) & (len(self._table) - 1)


def hash_pieces(codes: CodeArray, start: IntArray, end: IntArray) -> HashArray:
    """64 bits of each piece; of a long one, of its beginning.

    A byte stands for a character, but four do in pieces that hold one beyond Latin-1.
    """
    size = np.minimum(end - start, LONGEST)
    narrow = np.zeros(len(codes) + _CHUNK, dtype=np.uint8)
    # What does not go into a byte is cut off here, and its piece hashed again.
    narrow[: len(codes)] = codes
    hashes = _hash_bytes(narrow, start, size)
    wide = _pieces_around(np.flatnonzero(codes > 0xFF), start, end)
    if len(wide):
        hashes[wide] = _hash_codes(codes, start[wide], size[wide])
    return hashes


def _hash_codes(codes: CodeArray, start: IntArray, size: IntArray) -> HashArray:
    """64 bits of so many characters from each start on, at four bytes a character."""
    place = np.cumsum(size) - size
    chosen = np.repeat(start - place, size) + np.arange(size.sum())
    # These characters alone, as a copy of all would take longer than to hash them.
    alone = np.append(codes[chosen], np.zeros(_CHUNK, dtype=codes.dtype))
    return _hash_bytes(alone.view(np.uint8), codes.itemsize * place, codes.itemsize * size)


def _pieces_around(places: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """The pieces that hold one of some characters, ascending."""
    piece = np.searchsorted(start, places, side="right") - 1
    places, piece = places[piece >= 0], piece[piece >= 0]
    is_around = np.zeros(len(start), dtype=bool)
    is_around[piece[places < end[piece]]] = True
    return np.flatnonzero(is_around)


def _hash_bytes(text: npt.NDArray[np.uint8], start: IntArray, size: IntArray) -> HashArray:
    """64 bits of so many bytes from each start on; the text ends with eight bytes of no piece.

    Eight bytes after eight bytes change the hash, by products and a shift. Each change is one to one, so
    that two pieces of one size and of at most eight bytes have different hashes.
    """
    # Eight bytes from any byte on; the text is not copied.
    chunks = np.ndarray((len(text) - _CHUNK + 1,), dtype="<u8", buffer=text, strides=(1,))
    hashes = _stir(size.astype(np.uint64), chunks[start], size)
    longer = np.flatnonzero(size > _CHUNK)
    start, size = start[longer], size[longer]
    while len(longer):
        start, size = start + _CHUNK, size - _CHUNK
        hashes[longer] = _stir(hashes[longer], chunks[start], size)
        more = size > _CHUNK
        longer, start, size = longer[more], start[more], size[more]
    return hashes


def _stir(hashes: HashArray, chunk: HashArray, size: IntArray) -> HashArray:
    # What stands behind the end of the piece is shifted out.
    chunk = chunk << (64 - 8 * np.minimum(size, _CHUNK)).astype(np.uint64)
    product = (hashes * _FACTOR ^ chunk) * _FACTOR
    return np.asarray(product ^ (product >> np.uint64(32)))
