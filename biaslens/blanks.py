"""Blanks: characters as numbers, and the pieces that stand between white space."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

CodeArray = npt.NDArray[np.uint32]
BoolArray = npt.NDArray[np.bool_]

# What str.split() takes for a blank; there is none above U+3000.
_IS_BLANK = np.array([chr(code).isspace() for code in range(0x3002)])


def codes_of(text: str) -> CodeArray:
    """The code points of a text, shape (n_characters,); lone surrogates are code points like any other.

    >>> codes_of("aé").tolist()
    [97, 233]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.dtype("<u4"))


def are_blank(codes: CodeArray) -> BoolArray:
    """Whether each character is white space."""
    return np.asarray(_IS_BLANK[np.minimum(codes, len(_IS_BLANK) - 1)])


def are_visible(codes: CodeArray, others: IntArray | None = None) -> BoolArray:
    """Whether each character is none; faster than ``are_blank``, as most are plain ASCII.

    others  places of the characters beyond ASCII, where they are known
    """
    others = others if others is not None else np.flatnonzero(codes >= 0x80)
    visible = codes > 0x20
    controls = np.flatnonzero(codes < 0x20)
    visible[controls] = ~_IS_BLANK[codes[controls]]
    visible[others] = ~are_blank(codes[others])
    return visible


def piece_bounds(visible: BoolArray) -> tuple[IntArray, IntArray]:
    """Start and end of each run of visible characters, as str.split() cuts a text.

    >>> start, end = piece_bounds(are_visible(codes_of(" to be\\n")))
    >>> start.tolist(), end.tolist()
    ([1, 4], [3, 6])
    """
    change = np.flatnonzero(visible[1:] != visible[:-1]) + 1
    edges = np.concatenate([[0] * bool(len(visible) and visible[0]), change])
    start, end = edges[::2], np.append(edges[1::2], [len(visible)] * (len(edges) % 2))
    return start.astype(np.int64), end.astype(np.int64)
