"""The first pass over a whole corpus: cut into parts, mapped by an engine, joined again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.engines import Engine, map_parts
from biaslens.engines.progress import Progress, watch
from biaslens.first_pass import Counts, Scanned, count_part, join, scan_part
from biaslens.settings import Settings
from biaslens.signature import sign


def scan(
    articles: Articles,
    repeats: Repeats,
    settings: Settings,
    *,
    engine: Engine = "local",
    cache: str | Path | None = None,
    progress: Progress = False,
) -> Scanned:
    """The first pass over all articles, part by part."""
    function = partial(scan_part, repeats=repeats, settings=settings)
    if cache is not None:
        from joblib import Memory

        remembered = Memory(cache, verbose=0).cache(_scan_signed)
        function = partial(remembered, repeats=repeats, settings=settings, signature=sign(settings))
    parts = _parts(articles, settings)
    sizes = [len(part) for part in parts]
    return join(list(watch(map_parts(function, parts, engine), sizes, progress)), sizes)


def count(
    articles: Articles, repeats: Repeats, settings: Settings, *, engine: Engine = "local", n_jobs: int = -1
) -> Counts:
    """What every measure counts in all articles, part by part."""
    function = partial(count_part, repeats=repeats, settings=settings)
    parts = _parts(articles, settings)
    return join(list(map_parts(function, parts, engine, n_jobs)), [len(part) for part in parts])


def _parts(articles: Articles, settings: Settings) -> list[Articles]:
    """The articles, so many at a time; at least one part, which may be empty."""
    bounds = range(0, max(1, len(articles)), settings.part_size)
    return [articles.take(range(row, min(row + settings.part_size, len(articles)))) for row in bounds]


def _scan_signed(articles: Articles, repeats: Repeats, settings: Settings, signature: str) -> Scanned:
    """scan_part, remembered under the versions of the code and the data that it depends on."""
    del signature
    return scan_part(articles, repeats, settings)
