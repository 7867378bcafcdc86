"""Progress: a bar where somebody watches, nothing where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = bool | Callable[[int, int], object] | None

_Item = TypeVar("_Item")


def watch(items: Iterable[_Item], sizes: list[int], progress: Progress) -> Iterator[_Item]:
    """The items, while articles done are reported after each.

    sizes     articles in each item
    progress  None: a bar on a terminal or in a notebook if there is more than one item; True or False:
              always or never; a function: called with (articles done, articles in all)

    >>> list(watch(["a", "b"], [3, 4], print))
    3 7
    7 7
    ['a', 'b']
    """
    if callable(progress):
        return _call(items, sizes, progress)
    if progress or (
        progress is None and len(sizes) > 1 and (sys.stderr.isatty() or "ipykernel" in sys.modules)
    ):
        return _bar(items, sizes)
    return iter(items)


def _call(
    items: Iterable[_Item], sizes: list[int], progress: Callable[[int, int], object]
) -> Iterator[_Item]:
    done = 0
    for item, size in zip(items, sizes, strict=True):
        done += size
        progress(done, sum(sizes))
        yield item


def _bar(items: Iterable[_Item], sizes: list[int]) -> Iterator[_Item]:
    from tqdm import tqdm

    with tqdm(total=sum(sizes), unit=" articles", file=sys.stderr) as bar:
        for item, size in zip(items, sizes, strict=True):
            bar.update(size)
            yield item
