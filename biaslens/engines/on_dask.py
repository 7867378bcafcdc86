"""The engine that hands the parts to dask, on this machine or on the cluster of the active client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from biaslens.errors import MissingExtra

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def map_on_dask(function: Callable[[_Part], _Result], parts: Sequence[_Part]) -> Iterator[_Result]:
    """``function`` of every part as one dask task each."""
    try:
        from dask.base import compute
        from dask.delayed import delayed
    except ImportError as error:
        message = "engine='dask' needs dask, which is not installed: pip install \"biaslens[dask]\"."
        raise MissingExtra(message) from error
    # dask's own functions carry no types.
    run: Callable[..., Iterable[_Result]] = compute
    yield from run(*[delayed(function, pure=False)(part) for part in parts])
