"""Cells and measures for tests of statistics."""

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Corpus, Measure, MeasureKind
from biaslens.hits import Counted, Hits


def some_measure(kind: MeasureKind = "rate", name: str = "measured", available: bool = True) -> Measure:
    """A measure of one kind; its unit and words are of no account."""
    scale = 1000.0 if kind == "rate" else 1.0
    count = _count if available else None
    return Measure(name, "lexical", "unit", 0, None, kind, scale, "own", "", "", "", "", "", "", count)


def random_cells(
    n_events: int, n_outlets: int, n_measures: int, factor: float = 1.0, seed: int = 3, rate: float = 0.02
) -> Cells:
    """Every outlet in every event; the first outlet has ``factor`` times the hits of the others."""
    rng = np.random.default_rng(seed)
    event, outlet = np.divmod(np.arange(n_events * n_outlets), n_outlets)
    exposure = np.tile(rng.integers(150, 900, len(event))[:, None], (1, n_measures))
    spread = rng.normal(0, 0.35, exposure.shape) + rng.normal(0, 0.5, (n_events, n_measures))[event]
    mean = rate * exposure * np.exp(spread) * np.where(outlet == 0, factor, 1.0)[:, None]
    total = np.minimum(rng.poisson(mean), exposure)
    return Cells(event, outlet, np.ones_like(total), total, exposure)


def _count(corpus: Corpus) -> Counted:
    return Counted.from_hits(Hits.none(), np.ones(len(corpus.texts), dtype=np.int64))
