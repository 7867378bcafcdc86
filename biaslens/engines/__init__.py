"""Engines: how one function is mapped over the parts of a corpus. Each gives the same results, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeVar, get_args

from biaslens.errors import BadSetting

Engine = Literal["local", "processes", "dask"]

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def map_parts(
    function: Callable[[_Part], _Result],
    parts: Sequence[_Part],
    engine: Engine = "local",
    n_jobs: int = -1,
) -> Iterator[_Result]:
    """``function`` of every part, in the order of the parts, as they become ready.

    n_jobs  how many processes the engine "processes" starts; -1 for one per core

    Raises BadSetting for an engine that does not exist, MissingExtra where its package is not installed.

    >>> list(map_parts(len, ["one", "three"]))
    [3, 5]
    """
    if engine == "local":
        return map(function, parts)
    if engine == "processes":
        from biaslens.engines.processes import map_in_processes

        return map_in_processes(function, parts, n_jobs)
    if engine == "dask":
        from biaslens.engines.on_dask import map_on_dask

        return map_on_dask(function, parts)
    raise BadSetting(f"engine is {engine!r}; it can be {', '.join(map(repr, get_args(Engine)))}.")
