"""How sure the event of each article is."""

from __future__ import annotations

import numpy as np

from biaslens.events.linkage import Edges
from biaslens.spans import FloatArray, IntArray

# Articles looked at together: memory only.
ROWS = 50_000


def placement_confidence(event: IntArray, edges: Edges, threshold: float) -> FloatArray:
    """sqrt(mean similarity to the own event) - sqrt(mean similarity to the nearest other), 0 to 1.

    event      int64 codes 0, 1, 2, ..., shape (n_articles,)
    edges      similarities between articles
    threshold  stands for the similarity to the own event where an article is alone in it
    """
    size = np.bincount(event)
    parts = [np.zeros(0)]
    for first in range(0, len(event), ROWS):
        parts.append(_of_rows(range(first, min(first + ROWS, len(event))), event, edges, threshold, size))
    return np.concatenate(parts)


def _of_rows(rows: range, event: IntArray, edges: Edges, threshold: float, size: IntArray) -> FloatArray:
    a, b = ((end >= rows.start) & (end < rows.stop) for end in (edges.a, edges.b))
    article = np.concatenate([edges.a[a], edges.b[b]]).astype(np.int64) - rows.start
    other = event[np.concatenate([edges.b[a], edges.a[b]])]
    weight = np.concatenate([edges.weight[a], edges.weight[b]]).astype(np.float64)
    cell, inverse = np.unique(article * len(size) + other, return_inverse=True)
    total = np.bincount(inverse, weights=weight, minlength=len(cell))
    article, other = np.divmod(cell, len(size))
    home = event[rows.start : rows.stop]
    inside = other == home[article]
    own = np.zeros(len(home))
    own[article[inside]] = total[inside]
    own = np.where(size[home] > 1, own / np.maximum(size[home] - 1, 1), threshold)
    nearest = np.zeros(len(home))
    np.maximum.at(nearest, article[~inside], total[~inside] / size[other[~inside]])
    return np.asarray(np.clip(np.sqrt(own) - np.sqrt(nearest), 0.0, 1.0))
