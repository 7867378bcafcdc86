"""The first pass over a whole corpus: cut into parts, mapped by an engine, joined again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.engines import Engine, map_parts
from biaslens.engines.progress import Progress, watch
from biaslens.first_pass import Scanned, join, scan_part
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
    bounds = range(0, len(articles), settings.part_size)
    parts = [articles.take(range(row, min(row + settings.part_size, len(articles)))) for row in bounds]
    sizes = [len(part) for part in parts]
    return join(list(watch(map_parts(function, parts, engine), sizes, progress)), sizes)


def _scan_signed(articles: Articles, repeats: Repeats, settings: Settings, signature: str) -> Scanned:
    """scan_part, remembered under the versions of the code and the data that it depends on."""
    del signature
    return scan_part(articles, repeats, settings)
