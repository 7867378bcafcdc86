"""The validity card: what each measure was held against, what came out, and what it does not see."""

from __future__ import annotations

from dataclasses import dataclass

from biaslens.findings import Findings
from biaslens.report.wording import label


@dataclass(frozen=True, slots=True)
class ValidityRow:
    """Measures of which the same is known."""

    measures: str
    tested_on: str
    figure: str
    misses: str


def validity_card(findings: Findings) -> list[ValidityRow]:
    """One row per thing that is known of measures, in the order of the codebook."""
    measures: dict[tuple[str, str, str], list[str]] = {}
    for row in findings.codebook.rows():
        if row["available"]:
            known = (row["tested_on"], row["figure"], row["misses"])
            measures.setdefault(known, []).append(label(row["name"]))
    return [ValidityRow(", ".join(names), *known) for known, names in measures.items()]
