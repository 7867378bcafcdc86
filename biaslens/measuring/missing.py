"""Measures that this version cannot count: listed in the codebook, so that their absence has a reason."""

from __future__ import annotations

from dataclasses import replace

from biaslens.codebook import Measure

_SHARE = Measure(
    name="",
    family="naming",
    unit="",
    low=0,
    high=1,
    kind="share",
    scale=1.0,
    voice="own",
    formula="",
    citation="",
    caveat="",
    validated="Not available.",
    count=None,
)
NAMING: tuple[Measure, ...] = (
    replace(
        _SHARE,
        name="naming",
        unit="distance",
        formula="Jensen-Shannon distance of labels for the same referent, less its permuted null",
        citation="Hamborg et al. 2019",
        caveat="Only sets of contested labels that are listed.",
        missing="Needs sets of contested labels, which this version does not bring.",
    ),
    replace(
        _SHARE,
        name="omission",
        unit="share of items",
        formula="items of two other outlets of the event that this one lacks, less a same-length null",
        citation="D'Alessio & Allen 2000",
        caveat="Omission is not proof of bias.",
        missing="The length null is missing in this version; .coverage lists the items themselves.",
    ),
)
