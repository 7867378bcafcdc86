"""Average linkage on a sparse graph of similarities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of nodes and what joins them; a pair that is absent has similarity 0.

    a, b    int64, shape (n_edges,): nodes, a < b, each pair once
    weight  float64, shape (n_edges,)
    """

    a: IntArray
    b: IntArray
    weight: FloatArray

    def grouped(self, label: IntArray) -> Edges:
        """Edges between groups of nodes: the sums of the edges that run between them."""
        a, b = label[self.a], label[self.b]
        low, high = np.minimum(a, b), np.maximum(a, b)
        between = np.flatnonzero(low != high)
        order = between[np.lexsort((high[between], low[between]))]
        low, high, weight = low[order], high[order], self.weight[order]
        new = np.ones(len(low), dtype=bool)
        new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        starts = np.flatnonzero(new)
        total = np.add.reduceat(weight, starts) if len(starts) else weight
        return Edges(low[starts], high[starts], total)


def link(start: IntArray, edges: Edges, threshold: float) -> IntArray:
    """Group of every node: groups merge while their mean similarity reaches the threshold.

    start      int64, shape (n_nodes,): the groups to begin with, numbered 0, 1, 2, ...
    edges      similarities between nodes
    threshold  mean similarity, over all pairs of nodes across, at which two groups become one

    Every round merges all pairs of groups that are each other's nearest (reciprocal nearest neighbours:
    Murtagh, 1983), which for average linkage (Sokal & Michener, 1958) gives the same groups as merging the
    nearest pair of all again and again. Of equal similarities the pair with the lower numbers comes first.

    >>> edges = Edges(np.array([0, 1]), np.array([1, 2]), np.array([0.9, 0.6]))
    >>> link(np.arange(3), edges, threshold=0.5).tolist()
    [0, 0, 1]
    """
    label = start
    size = np.bincount(label)
    edges = edges.grouped(label)
    while True:
        parent = _merged(edges, size, threshold)
        if parent is None:
            return label
        _, number = np.unique(parent, return_inverse=True)
        label = number[label]
        size = np.bincount(number, weights=size).astype(np.int64)
        edges = edges.grouped(number)


def _merged(edges: Edges, size: IntArray, threshold: float) -> IntArray | None:
    """For every group the one it merges into, itself mostly; None where nothing merges."""
    mean = edges.weight / (size[edges.a] * size[edges.b])
    near = np.flatnonzero(mean >= threshold)
    if not len(near):
        return None
    near = near[np.lexsort((edges.b[near], edges.a[near], -mean[near]))]
    a, b, rank = edges.a[near], edges.b[near], np.arange(len(near))
    best = np.full(len(size), len(near))
    np.minimum.at(best, a, rank)
    np.minimum.at(best, b, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    parent = np.arange(len(size))
    parent[b[mutual]] = a[mutual]
    return parent
