"""One line of a comparison with another tool: shared by the benchmarks of agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Agreement:
    """One comparison; ``difference`` is the largest over ``n`` figures, or what ``unit`` says."""

    what: str
    theirs: str
    n: int
    difference: float
    unit: str = "largest difference"

    def __str__(self) -> str:
        return f"  {self.what:46} {self.theirs:52} {self.n:5} figures, {self.unit} {self.difference:.3g}"


def largest(ours: Any, theirs: Any) -> float:
    return float(np.abs(np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float)).max())
