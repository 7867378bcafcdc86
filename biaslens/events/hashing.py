"""Words and their hashes: the same on every machine, in every session and every part of a corpus."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

HashArray = npt.NDArray[np.uint64]

WORD_PATTERN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def hash_text(text: str) -> int:
    """64 bits of any text.

    >>> hash_text("Kerry") == hash_text("Kerry"), hash_text("Kerry") == hash_text("kerry")
    (True, False)
    """
    # Lone surrogates occur in damaged files; they must hash like any other character.
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def hash_pairs(left: HashArray, right: HashArray) -> HashArray:
    """Hash of each two things in a row; their order matters."""
    # Odd 64-bit constants of the xxHash family spread the bits; products wrap around.
    mixed = left * np.uint64(0x9E3779B97F4A7C15) + right * np.uint64(0xC2B2AE3D27D4EB4F)
    return np.asarray((mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x165667B19E3779F9))


def offsets(sizes: npt.NDArray[np.integer]) -> IntArray:
    """Where each of some pieces of these sizes starts, then where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
