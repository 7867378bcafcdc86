"""The engine that uses every core of one machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def map_in_processes(
    function: Callable[[_Part], _Result], parts: Sequence[_Part], n_jobs: int = -1
) -> Iterator[_Result]:
    """``function`` of every part, in so many processes; parts and results travel as pickles."""
    # joblib's processes, because they also start from a plain script or notebook, without the
    # ``if __name__ == "__main__"`` that multiprocessing needs on macOS and Windows.
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=n_jobs, return_as="generator")(delayed(function)(part) for part in parts)
