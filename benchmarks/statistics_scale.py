"""Whether a report depends on how its articles come in, and how long statistics take on a large corpus.

``report_identical``: one corpus in several orders, parts and engines, table by table (about two minutes).
``report_speed``: every table of contrasts and ranks from random cells of 100,000 articles, on one core.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import process_time
from typing import TypeVar

import numpy as np
import pandas as pd
from evaluation_data import folder
from threadpoolctl import threadpool_limits

import biaslens
from biaslens.cells import Cells
from biaslens.engines import Engine
from biaslens.measuring.registry import measures_for
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.corrections import Contrasts, corrected
from biaslens.stats.describe import describe_outlets
from biaslens.stats.omnibus import omnibus
from biaslens.stats.ranking import rank_outlets
from biaslens.stats.rest import contrast_with_rest

_Table = TypeVar("_Table")

N_COMPARED = 400
N_ARTICLES, N_EVENTS, N_OUTLETS, N_MEASURES = 100_000, 5_000, 10, 30
TARGET_SECONDS = 20.0
# Articles stand in the order in which they came, and what was cut out of them follows.
AS_GIVEN = ("articles", "removed", "flagged")


@dataclass(frozen=True)
class Way:
    """One way to compare the same articles: the key of a random order, None for the one given."""

    name: str
    order: int | None = None
    n_parts: int = 2
    engine: Engine = "local"


WAYS = (
    Way("as given, 2 parts"),
    *(Way(f"in random order {key}", order=key) for key in (1, 2, 3)),
    *(Way(f"{n} {'part' if n == 1 else 'parts'}", n_parts=n) for n in (1, 7, 64)),
    Way("engine processes, 7 parts", n_parts=7, engine="processes"),
    Way("random order, 64 parts, processes", order=4, n_parts=64, engine="processes"),
)


def some_articles() -> pd.DataFrame:
    """Whole events of AllSides, with ids that do not tell an order; events are left to be found."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet").sort_values("event_id", kind="stable")
    frame = frame.head(N_COMPARED).rename(columns={"source": "outlet"})
    ids = [f"{row * 7919 % N_COMPARED:04}" for row in range(len(frame))]
    return frame[["outlet", "date", "title", "text"]].assign(id=ids)


def compared(frame: pd.DataFrame, way: Way) -> dict[str, str]:
    """Each table as JSON; those that stand in the order of the input are sorted by id."""
    rows = frame if way.order is None else frame.sample(frac=1, random_state=way.order)
    settings = Settings(part_size=ceil(len(frame) / way.n_parts))
    result = biaslens.compare(rows, settings=settings, engine=way.engine, progress=False)
    found = result.to_dict()
    for name in AS_GIVEN:
        found[name] = sorted(found[name], key=lambda row: str(row["id"]))
    return {name: json.dumps(table, sort_keys=True) for name, table in found.items()}


def report_identical() -> None:
    """One line per way: which tables differ from those of the first."""
    frame = some_articles()
    first = compared(frame, WAYS[0])
    n_bytes = sum(map(len, first.values()))
    print(
        f"\nIdentical: {len(frame)} articles, {len(first)} tables, {n_bytes:,} bytes of JSON; rows of "
        f"{', '.join(AS_GIVEN)} follow the input, and are sorted by id before"
    )
    for way in WAYS[1:]:
        found = compared(frame, way)
        differing = [name for name in first if found[name] != first[name]]
        print(f"  {way.name:34} {'DIFFERS in ' + ', '.join(differing) if differing else 'every byte equal'}")


def random_cells(rng: np.random.Generator) -> Cells:
    """Cells of so many articles, each on a random event by a random outlet."""
    keys, n_articles = np.unique(rng.integers(0, N_EVENTS * N_OUTLETS, N_ARTICLES), return_counts=True)
    words = rng.integers(200, 1_000, (len(keys), N_MEASURES)) * n_articles[:, None]
    level = rng.gamma(4.0, 0.25, (N_EVENTS, N_MEASURES))[keys // N_OUTLETS]
    total = rng.poisson(0.01 * level * words)
    counts = np.repeat(n_articles[:, None], N_MEASURES, axis=1).astype(np.int64)
    return Cells(keys // N_OUTLETS, keys % N_OUTLETS, counts, total, words)


def report_speed() -> None:
    """Seconds of processor time for each table, on one core."""
    measures = [measure for measure in measures_for(Settings()) if measure.count is not None][:N_MEASURES]
    outlets = [f"outlet {code}" for code in range(N_OUTLETS)]
    events = [f"event {code}" for code in range(N_EVENTS)]
    given = (random_cells(np.random.default_rng(0)), measures, outlets, events, Settings())
    print(
        f"\nSpeed: {N_ARTICLES:,} articles, {N_OUTLETS} outlets, {N_EVENTS:,} events, {N_MEASURES} measures "
        f"({sum(measure.kind == 'rate' for measure in measures)} of them rates), one core"
    )
    with threadpool_limits(1):
        pairs, first = timed("contrasts of pairs", lambda: contrast_outlets(*given))
        rest, second = timed("against the rest", lambda: contrast_with_rest(*given))
        together, third = timed("omnibus", lambda: omnibus(*given))
        found = Contrasts(pairs, rest, together)
        _, fourth = timed("correction", lambda: corrected(found, measures, Settings()))
        _, fifth = timed("ranking", lambda: rank_outlets(*given))
        _, sixth = timed("outlets", lambda: describe_outlets(*given))
    print(
        f"  {'all':20} {first + second + third + fourth + fifth + sixth:6.1f} s (target {TARGET_SECONDS:g})"
    )


def timed(name: str, make: Callable[[], _Table]) -> tuple[_Table, float]:
    """What is made, and the seconds of processor time that it took."""
    start = process_time()
    made = make()
    seconds = process_time() - start
    print(f"  {name:20} {seconds:6.1f} s")
    return made, seconds
