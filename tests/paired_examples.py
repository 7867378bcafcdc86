"""Contrasts of two outlets from plain numbers, for tests that hold them against other tools."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Corpus, Measure, MeasureKind
from biaslens.hits import Counted, Hits
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets

OUTLETS = ("A", "B")
WORDS = 1_000


def count_words(corpus: Corpus) -> Counted:
    return Counted.from_hits(Hits.none(), np.ones(len(corpus.texts), dtype=np.int64))


def measure(kind: MeasureKind) -> Measure:
    """A measure whose value is total / exposure."""
    texts = ("", "", "", "", "", "")
    return Measure("measured", "lexical", "unit", 0, None, kind, 1.0, "own", *texts, count_words)


def event_names(n_events: int) -> list[str]:
    return [f"event {row:03}" for row in range(n_events)]


def cells_of(totals: Any, exposures: Any = None) -> Cells:
    """From shape (n_events, n_outlets); every text has WORDS of exposure where none is given."""
    total = np.array(totals, dtype=np.int64)
    exposure = np.full_like(total, WORDS) if exposures is None else np.array(exposures, dtype=np.int64)
    event, outlet = np.divmod(np.arange(total.size), total.shape[1])
    return Cells(
        event, outlet, np.ones((total.size, 1), dtype=np.int64), total.reshape(-1, 1), exposure.reshape(-1, 1)
    )


def contrast(
    totals: Sequence[tuple[int, int]],
    exposures: Sequence[tuple[int, int]] | None = None,
    kind: MeasureKind = "rate",
) -> dict[str, Any]:
    """The one row of the contrast of A and B."""
    cells, names = cells_of(totals, exposures), event_names(len(totals))
    (row,) = contrast_outlets(cells, [measure(kind)], OUTLETS, names, Settings()).rows()
    return row


def of_differences(differences: Sequence[int]) -> list[tuple[int, int]]:
    """Totals of A and B whose difference in each event is the one given, below WORDS in size."""
    return [(max(d, 0), max(-d, 0)) for d in differences]
