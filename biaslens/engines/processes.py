"""The engine that uses every core of one machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def map_in_processes(function: Callable[[_Part], _Result], parts: Sequence[_Part]) -> Iterator[_Result]:
    """``function`` of every part, each in another process; parts and results travel as pickles."""
    # Spawned, not forked, so that Linux, macOS and Windows behave alike.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context) as pool:
        yield from pool.map(function, parts)
