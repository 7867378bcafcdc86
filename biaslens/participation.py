"""Who takes part in the contrasts: which outlets share which events, and what was left out, and why."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biaslens.findings import LeftOutTable, OverlapTable
from biaslens.first_pass import Scanned
from biaslens.second_pass import Grouped
from biaslens.spans import IntArray
from biaslens.tabular import texts

# Why an article takes no part, the strongest reason first.
REASONS = {
    "no words": "nothing is left of the article after cleaning",
    "copy": "the text is another outlet's or an agency's, and one text is one voice",
    "update": "another version of an article of the same outlet, which counts once",
    "several events": "reports several events at once, so it belongs to none of them",
    "one outlet": "no other outlet reports the event in words of its own",
}


def reasons_left_out(grouped: Grouped, scanned: Scanned) -> npt.NDArray[np.object_]:
    """Why each article takes no part in any contrast: a key of REASONS, "" where it does."""
    root = np.where(grouped.is_voice, np.arange(len(grouped.outlet)), grouped.copies.copy_of)
    is_update = grouped.outlet == grouped.outlet[root]
    holds = {
        "no words": scanned.own_words == 0,
        "copy": ~grouped.is_voice & ~is_update,
        "update": ~grouped.is_voice & is_update,
        "several events": grouped.grouping.digest,
    }
    taken = ~np.logical_or.reduce(list(holds.values()))
    holds["one outlet"] = taken & (_n_outlets(grouped, taken)[grouped.unit] < 2)
    return texts(np.select(list(holds.values()), [np.array(name) for name in holds], "").tolist())


def _n_outlets(grouped: Grouped, taken: npt.NDArray[np.bool_]) -> IntArray:
    """Outlets with an article of their own in each event (or story), shape (n_units,)."""
    pairs = np.unique(np.stack([grouped.unit[taken], grouped.outlet[taken]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(grouped.unit_names))


def left_out_table(grouped: Grouped, reason: npt.NDArray[np.object_]) -> LeftOutTable:
    """One row per reason that holds for some article."""
    rows = [np.flatnonzero(reason == name) for name in REASONS]
    named = [(name, found) for name, found in zip(REASONS, rows, strict=True) if len(found)]
    return LeftOutTable(
        reason=texts(name for name, _ in named),
        n_articles=np.array([len(found) for _, found in named], dtype=np.int64),
        n_events=np.array([len(np.unique(grouped.unit[found])) for _, found in named], dtype=np.int64),
        meaning=texts(REASONS[name] for name, _ in named),
    )


def overlap_table(grouped: Grouped, reason: npt.NDArray[np.object_]) -> OverlapTable:
    """One row per set of outlets that report the same events, the most events first, then by name.

    An outlet reports an event where it has an article of its own on it: copies and digests do not count.
    """
    taken = np.flatnonzero((reason == "") | (reason == "one outlet"))
    events, event = np.unique(grouped.unit[taken], return_inverse=True)
    reports = np.zeros((len(events), len(grouped.outlets)), dtype=bool)
    reports[event, grouped.outlet[taken]] = True
    members, same = np.unique(reports, axis=0, return_inverse=True)
    same = same.reshape(-1)
    n_events = np.bincount(same, minlength=len(members))
    n_articles = np.bincount(same[event], minlength=len(members))
    names = [", ".join(grouped.outlets[row] for row in np.flatnonzero(found)) for found in members]
    order = sorted(range(len(members)), key=lambda row: (-n_events[row], names[row]))
    return OverlapTable(
        outlets=texts(names[row] for row in order),
        n_outlets=members.sum(axis=1)[order].astype(np.int64),
        n_events=n_events[order],
        n_articles=n_articles[order],
        members=members[order],
    )
