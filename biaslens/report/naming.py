"""What outlets call things: labels, persons and alternating words, cut to what a reader can take in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from biaslens.findings import Findings
from biaslens.report.sections import OutletRows, Shown
from biaslens.report.values import rows_at

MAX_SETS = 15
MAX_PERSONS = 12
MAX_SLOTS = 30
MAX_STYLE_PAIRS = 60
MAX_ZETA = 10


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label of a set: uses by each outlet, in the order of the outlets shown."""

    label: str
    stance: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one set over all events in which two outlets use it."""

    name: str
    outlets: tuple[str, ...]
    n_events: int
    rows: tuple[LabelRow, ...]

    def by_outlet(self) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """Each outlet with the labels that it uses, in the order of the rows."""
        for place, outlet in enumerate(self.outlets):
            yield outlet, [(row.label, row.counts[place]) for row in self.rows if row.counts[place]]


@dataclass(frozen=True, slots=True)
class Person:
    """How each outlet names one person."""

    name: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot of an event with the words that each outlet puts there."""

    event: str
    slot: str
    words: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]


def label_sets(findings: Findings) -> tuple[list[LabelSet], int]:
    """The sets with two labels or more that the outlets use most, and how many more there are."""
    naming = findings.naming
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(naming.set.tolist()):
        rows_of[name].append(row)
    uses = {name: int(naming.count[rows].sum()) for name, rows in rows_of.items()}
    # Where all say the same there is nothing to compare.
    contested = [name for name, rows in rows_of.items() if len(set(naming.label[rows].tolist())) > 1]
    order = sorted(contested, key=lambda name: (-uses[name], name))
    return [_label_set(findings, name, rows_of[name]) for name in order[:MAX_SETS]], max(
        len(order) - MAX_SETS, 0
    )


def _label_set(findings: Findings, name: str, rows: list[int]) -> LabelSet:
    naming = findings.naming
    counts: Counter[tuple[str, str]] = Counter()
    stances: dict[str, str] = {}
    for row in rows:
        counts[naming.label[row], naming.outlet[row]] += int(naming.count[row])
        stances[naming.label[row]] = naming.stance[row]
    outlets = tuple(sorted({outlet for _, outlet in counts}))
    total = {label: sum(counts[label, outlet] for outlet in outlets) for label in stances}
    return LabelSet(
        name=name,
        outlets=outlets,
        n_events=len({naming.event[row] for row in rows}),
        rows=tuple(
            LabelRow(label, stances[label], tuple(counts[label, outlet] for outlet in outlets))
            for label in sorted(stances, key=lambda label: (-total[label], label))
        ),
    )


def persons_shown(findings: Findings) -> tuple[list[Person], int]:
    """The persons that two outlets or more name, the most mentions first, and how many more there are."""
    persons = findings.persons
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(persons.person.tolist()):
        rows_of[name].append(row)
    shared = [name for name, rows in rows_of.items() if len(rows) > 1]
    shared.sort(key=lambda name: (-int(persons.n_mentions[rows_of[name]].sum()), name))
    shown = [Person(name, tuple(rows_at(persons, rows_of[name]))) for name in shared[:MAX_PERSONS]]
    return shown, max(len(shared) - MAX_PERSONS, 0)


def slots_shown(findings: Findings) -> tuple[list[SlotRow], int]:
    """The first slots of the table, one row each, and how many more there are."""
    rows_of: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in findings.alternations.rows():
        rows_of[row["event"], row["slot"]].append(row)
    found = []
    for (event, slot), rows in list(rows_of.items())[:MAX_SLOTS]:
        words: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            words[row["outlet"]].append(row["word"])
        found.append(
            SlotRow(
                event=event,
                slot=slot,
                words=tuple((outlet, ", ".join(listed)) for outlet, listed in sorted(words.items())),
                evidence=tuple((row["evidence_id"], row["evidence_sentence"]) for row in rows[:2]),
            )
        )
    return found, max(len(rows_of) - MAX_SLOTS, 0)


def style_shown(findings: Findings) -> Shown:
    """The pairs of outlets with a distance, the closest first, then those without, as in the table."""
    style = findings.style
    order = np.argsort(style.burrows_delta, kind="stable")
    return Shown(rows_at(style, order[:MAX_STYLE_PAIRS]), max(len(order) - MAX_STYLE_PAIRS, 0))


def zeta_by_outlet(findings: Findings) -> list[OutletRows]:
    """Each outlet's words as they are ranked in the table."""
    zeta = findings.zeta
    found = []
    for outlet in findings.outlet_names:
        rows = np.flatnonzero((zeta.outlet == outlet) & (zeta.zeta > 1))
        if len(rows):
            shown = Shown(rows_at(zeta, rows[:MAX_ZETA]), max(len(rows) - MAX_ZETA, 0))
            found.append(OutletRows(outlet, shown))
    return found
