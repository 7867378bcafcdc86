"""All tests of a report corrected together: q-values, and the events that a discovery takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from biaslens.codebook import Measure
from biaslens.findings import ContrastTable
from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.statistics_tables import OmnibusTable
from biaslens.stats.ladder import events_for_discovery
from biaslens.stats.multiplicity import in_families


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Every test of a report.

    pairs    every two outlets
    rest     every outlet and the others
    omnibus  all outlets at once
    """

    pairs: ContrastTable
    rest: ContrastTable
    omnibus: OmnibusTable


def corrected(found: Contrasts, measures: Sequence[Measure], settings: Settings) -> Contrasts:
    """The tables with q-values over all their tests of status "ok", in the codebook's families.

    q_value        two levels, families and tests inside them: see multiplicity.in_families
    events_needed  of a contrast: shared events from which the smallest possible p-value is small enough
                   for it to be a discovery by itself, at settings.false_discovery_rate, among the tests of
                   its family and the families of the report; fewer events can do only beside others. NaN
                   where nothing is tested
    """
    family_of = {measure.name: measure.family for measure in measures}
    tables = (found.pairs, found.rest, found.omnibus)
    family = [family_of[name] for table in tables for name in table.measure.tolist()]
    p_value = np.concatenate([np.where(table.status == "ok", table.p_value, np.nan) for table in tables])
    q_value = in_families(p_value, family)
    needed = _events_needed(family, p_value, settings)
    n_pairs, n_rest = len(found.pairs), len(found.pairs) + len(found.rest)
    return Contrasts(
        pairs=replace(found.pairs, q_value=q_value[:n_pairs], events_needed=needed[:n_pairs]),
        rest=replace(found.rest, q_value=q_value[n_pairs:n_rest], events_needed=needed[n_pairs:n_rest]),
        omnibus=replace(found.omnibus, q_value=q_value[n_rest:]),
    )


def _events_needed(family: Sequence[str], p_value: FloatArray, settings: Settings) -> FloatArray:
    n_tests = Counter(name for name, p in zip(family, p_value.tolist(), strict=True) if not np.isnan(p))
    needed = {
        name: events_for_discovery(n * len(n_tests), settings.false_discovery_rate)
        for name, n in n_tests.items()
    }
    return np.array(
        [np.nan if np.isnan(p) else needed[name] for name, p in zip(family, p_value.tolist(), strict=True)],
        dtype=np.float64,
    )
