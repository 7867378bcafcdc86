"""Average linkage on a sparse graph of similarities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of nodes and what joins them; a pair that is absent has similarity 0.

    a, b    integers, shape (n_edges,): nodes, a < b, each pair once
    weight  floats, shape (n_edges,)
    """

    a: npt.NDArray[np.integer]
    b: npt.NDArray[np.integer]
    weight: npt.NDArray[np.floating]

    def where(self, kept: BoolArray) -> Edges:
        """The chosen edges."""
        return Edges(self.a[kept], self.b[kept], self.weight[kept])

    def grouped(self, label: IntArray) -> Edges:
        """Edges between groups of nodes: the sums of the edges that run between them."""
        a, b = label[self.a], label[self.b]
        between = np.flatnonzero(a != b)
        a, b = a[between], b[between]
        key = np.minimum(a, b) * (int(label.max(initial=0)) + 1) + np.maximum(a, b)
        order = np.argsort(key, kind="stable")
        key, weight = key[order], self.weight[between[order]].astype(np.float64)
        new = np.ones(len(key), dtype=bool)
        new[1:] = key[1:] != key[:-1]
        starts = np.flatnonzero(new)
        total = np.add.reduceat(weight, starts) if len(starts) else weight
        low, high = np.divmod(key[starts], int(label.max(initial=0)) + 1)
        return Edges(low, high, total)


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
    edges = _undecided(edges, size, threshold) if size.max(initial=1) == 1 else edges
    edges = edges.grouped(label)
    while True:
        edges = _undecided(edges, size, threshold)
        if not len(edges.a):
            return label
        parent = _merged(edges, size, threshold)
        number = np.cumsum(parent == np.arange(len(parent))) - 1
        number = number[parent]
        label = number[label]
        size = np.bincount(number, weights=size).astype(np.int64)
        edges = edges.grouped(number)


def _undecided(edges: Edges, size: IntArray, threshold: float) -> Edges:
    """The edges between groups that may still merge.

    A group that is near enough to none never will be: the mean similarity to a merged group lies between
    those to its parts.
    """
    near = edges.weight >= threshold * (size[edges.a] * size[edges.b])
    open_ = np.zeros(len(size), dtype=bool)
    open_[edges.a[near]] = True
    open_[edges.b[near]] = True
    return edges.where(open_[edges.a] & open_[edges.b])


def _merged(edges: Edges, size: IntArray, threshold: float) -> IntArray:
    """For every group the one it merges into, itself mostly."""
    n_pairs = size[edges.a] * size[edges.b]
    mean = edges.weight / n_pairs
    near = np.flatnonzero(edges.weight >= threshold * n_pairs)
    near = near[np.lexsort((edges.b[near], edges.a[near], -mean[near]))]
    a, b, rank = edges.a[near], edges.b[near], np.arange(len(near))
    best = np.full(len(size), len(near))
    np.minimum.at(best, a, rank)
    np.minimum.at(best, b, rank)
    mutual = (best[a] == rank) & (best[b] == rank)
    parent = np.arange(len(size))
    parent[b[mutual]] = a[mutual]
    return parent
