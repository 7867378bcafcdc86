"""Pairs of nodes in one window that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from biaslens.events.windows import Turn
from biaslens.spans import IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Float32Array = npt.NDArray[np.float32]

# Pairs whose rows are multiplied at a time: memory only.
PAIRS_AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True)
class NearPairs:
    """Pairs of rows of a window, a < b, and their cosine, float32."""

    a: IntArray
    b: IntArray
    cosine: Float32Array

    def where(self, kept: npt.NDArray[np.bool_]) -> NearPairs:
        """The chosen pairs."""
        return NearPairs(self.a[kept], self.b[kept], self.cosine[kept])


class Vectors(Protocol):
    """What can tell how alike the nodes of a window are."""

    @property
    def found_share(self) -> float:
        """Share of the least similarity that pairs of ``near`` have before they are completed."""

    def near(self, turn: Turn, least: float) -> Iterator[NearPairs]:
        """Pairs of a turn that reach ``least``, some rows at a time; not yet completed."""

    def completed(self, pairs: NearPairs) -> Float32Array:
        """How alike each of these pairs is, the days between them aside."""


class Source(Protocol):
    """How alike some articles are."""

    def __len__(self) -> int: ...

    def vectors(self, rows: IntArray, sizes: IntArray) -> Vectors:
        """Vectors of nodes: ``rows`` of the articles of each, node after node, and how many each has."""


def strong_pairs(
    column: npt.NDArray[np.integer],
    row: npt.NDArray[np.integer],
    cosine: Float32Array,
    first: tuple[int, int],
) -> NearPairs:
    """The pairs of a product, counted from ``first`` column and row, that have the lower number first."""
    a, b = column.astype(np.int64) + first[0], row.astype(np.int64) + first[1]
    return NearPairs(a, b, np.minimum(cosine, np.float32(1))).where(a < b)


def row_products(rows: csr_array, pairs: NearPairs) -> Float32Array:
    """The product of the two rows of each pair, shape (n_pairs,)."""
    product = np.zeros(len(pairs.a), dtype=np.float32)
    for first in range(0, len(pairs.a), PAIRS_AT_A_TIME):
        part = slice(first, first + PAIRS_AT_A_TIME)
        product[part] = rows[pairs.a[part]].multiply(rows[pairs.b[part]]).sum(axis=1)
    return product
