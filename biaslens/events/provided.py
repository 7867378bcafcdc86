"""Similarities that a user brings: embeddings of the articles, or a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from biaslens.errors import BadSetting
from biaslens.events.near import Float32Array, NearPairs, strong_pairs
from biaslens.events.windows import Turn
from biaslens.spans import IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Cells of a product held at a time: memory only.
PRODUCT_CELLS = 4_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Embeddings:
    """A vector per article, from any model; their cosine takes the place of that of the terms.

    values  floats, shape (n_articles, n_dimensions), rows in the order of the articles; a row of zeros is
            like no other

    Models differ in what cosine two unlike texts have: set ``event_similarity`` and ``story_similarity`` to
    fit yours. Raises BadSetting for another shape, or numbers that are not finite.

    >>> len(Embeddings(np.eye(3)))
    3
    """

    values: npt.NDArray[np.floating]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or not np.isfinite(self.values).all():
            raise BadSetting(
                f"The embeddings have shape {self.values.shape}; they must be finite numbers in one row per "
                "article, shape (n_articles, n_dimensions)."
            )

    def __len__(self) -> int:
        return len(self.values)

    def vectors(self, rows: IntArray, sizes: IntArray) -> _Directions:
        """Directions of the nodes: of a node's articles the mean direction."""
        unit = _scaled(np.asarray(self.values[rows], dtype=np.float32))
        return _Directions(_scaled(np.add.reduceat(unit, np.cumsum(sizes) - sizes)))


@dataclass(frozen=True, eq=False, slots=True)
class SimilarityMatrix:
    """How alike every two articles are, in place of the cosine of their terms.

    values  dense or scipy.sparse, shape (n_articles, n_articles), 0 to 1, symmetric; rows and columns in the
            order of the articles, the diagonal does not count

    Raises BadSetting for another shape, for numbers outside 0 to 1, and where the two halves differ.
    """

    values: npt.NDArray[np.floating] | csr_array

    def __post_init__(self) -> None:
        from scipy.sparse import csr_array

        values: Any = self.values
        matrix = csr_array(values, dtype=np.float32)
        object.__setattr__(self, "values", matrix)
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise BadSetting(f"The similarity matrix has shape {matrix.shape}; it must be square.")
        if not ((matrix.data >= 0) & (matrix.data <= 1)).all():
            raise BadSetting("The similarity matrix holds numbers outside 0 to 1; rescale it.")
        if np.abs((matrix - matrix.T).data).max(initial=0) > 1e-6:
            raise BadSetting("The similarity matrix is not symmetric; use its mean with its transpose.")

    def __len__(self) -> int:
        return int(self.values.shape[0])

    def vectors(self, rows: IntArray, sizes: IntArray) -> _Cells:
        """Similarities of the nodes: the mean one of two nodes' articles, relative to those inside each."""
        from scipy.sparse import csr_array, dia_array

        matrix: Any = self.values
        inside = matrix[rows][:, rows]
        inside = inside + dia_array((1 - inside.diagonal(), 0), shape=inside.shape)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        members = csr_array((np.repeat(1 / sizes, sizes), np.arange(len(rows)), starts))
        means = members @ inside @ members.T
        scale = dia_array((1 / np.sqrt(means.diagonal()), 0), shape=means.shape)
        return _Cells(csr_array(scale @ means @ scale, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class _Directions:
    """Vectors of length 1, shape (n_nodes, n_dimensions)."""

    unit: Float32Array

    @property
    def found_share(self) -> float:
        return 1.0

    def near(self, turn: Turn, least: float) -> Iterator[NearPairs]:
        columns = self.unit[turn.columns].T
        for first, rows in _blocks(turn):
            product = self.unit[rows] @ columns
            row, column = np.nonzero(product >= least)
            yield strong_pairs(column, row, product[row, column], (turn.columns.start, first))

    def completed(self, pairs: NearPairs) -> Float32Array:
        return pairs.cosine


@dataclass(frozen=True, slots=True)
class _Cells:
    """Similarities, shape (n_nodes, n_nodes)."""

    matrix: csr_array

    @property
    def found_share(self) -> float:
        return 1.0

    def near(self, turn: Turn, least: float) -> Iterator[NearPairs]:
        for first, rows in _blocks(turn):
            cells = self.matrix[rows][:, turn.columns].tocoo()
            kept = cells.data >= least
            yield strong_pairs(
                cells.col[kept], cells.row[kept], cells.data[kept], (turn.columns.start, first)
            )

    def completed(self, pairs: NearPairs) -> Float32Array:
        return pairs.cosine


def _blocks(turn: Turn) -> Iterator[tuple[int, slice]]:
    """First row and rows of each part of a turn that fits into memory."""
    step = max(1, PRODUCT_CELLS // max(turn.columns.stop - turn.columns.start, 1))
    for first in range(turn.rows.start, turn.rows.stop, step):
        yield first, slice(first, min(first + step, turn.rows.stop))


def _scaled(rows: Float32Array) -> Float32Array:
    """The rows at length 1; rows of zeros stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)
