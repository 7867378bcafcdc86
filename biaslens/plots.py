"""Charts of a comparison, as Altair objects to show, change or save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from math import isfinite
from typing import Any, Literal

from biaslens.errors import MissingExtra
from biaslens.findings import Findings

_STATUSES_WITH_SIZE = ("ok", "provisional", "estimate only")
_PANEL_WIDTH = 220
_INK = "#1f4e70"
_TOOLTIP = {
    "value": ("outlet", "measure", "value", "ci_low", "ci_high", "n_articles", "n_events", "note"),
    "ratio": ("pair", "measure", "ratio", "ci_low", "ci_high", "p_value", "q_value", "n_events", "status"),
    "difference": (
        "pair",
        "measure",
        "difference",
        "ci_low",
        "ci_high",
        "p_value",
        "q_value",
        "n_events",
        "status",
    ),
}

Size = Literal["value", "ratio", "difference"]


@dataclass(frozen=True, slots=True)
class Plots:
    """The charts of one comparison; each method returns an altair chart and needs ``biaslens[charts]``.

    An interval with an open end has no bar. A chart without anything to draw says why in its title.
    """

    findings: Findings

    def profile(self) -> Any:
        """Every measure of every outlet: a panel per measure, a dot per outlet, a bar for its interval.

        The values are those of ``Comparison.outlets``: they describe, and do not compare like with like.
        Raises MissingExtra where altair is not installed.
        """
        alt = _altair()
        rows = [
            _drawn(row, line=row["outlet"])
            for row in self.findings.outlets.rows()
            if row["value"] is not None
        ]
        if not rows:
            return _empty(alt, "No outlet has a value of any measure.")
        return _panels(alt, rows, "value", self.findings.outlet_names)

    def contrasts(self) -> Any:
        """Forest plot of every contrast that has a size: ratios around 1 (logarithmic), differences around 0.

        A panel per measure and a line per outlet pair; right of the neutral line means more in the
        outlet that is named first. A hollow dot is a provisional result or an estimate.
        Raises MissingExtra where altair is not installed.
        """
        alt = _altair()
        table = [
            _drawn(row, line=f"{row['outlet_a']} – {row['outlet_b']}")
            for row in self.findings.contrasts.rows()
        ]
        pairs = list(dict.fromkeys(row["line"] for row in table))
        rows = [row for row in table if row["status"] in _STATUSES_WITH_SIZE]
        # A logarithmic axis has no place for a ratio of zero; its row stays in the table.
        ratios = [row for row in rows if row["ratio"] is not None and row["ratio"] > 0]
        differences = [row for row in rows if row["ratio"] is None and row["difference"] is not None]
        parts: list[tuple[list[dict[str, Any]], Size]] = [(ratios, "ratio"), (differences, "difference")]
        charts = [_panels(alt, part, size, pairs) for part, size in parts if part]
        if not charts:
            return _empty(alt, "No two outlets share enough events for the size of any contrast.")
        return alt.vconcat(*charts)


def _altair() -> Any:
    try:
        return import_module("altair")
    except ImportError as error:
        raise MissingExtra(
            "The charts are drawn with the package altair, which is not installed. "
            'Install it with: pip install "biaslens[charts]".'
        ) from error


def _drawn(row: dict[str, Any], line: str) -> dict[str, Any]:
    """The row with its panel and line; neither JSON nor axes hold infinite numbers, so they are missing."""
    finite = {
        name: None if isinstance(item, float) and not isfinite(item) else item for name, item in row.items()
    }
    return finite | {"panel": f"{row['measure']} ({row['unit']})", "line": line, "pair": line}


def _panels(alt: Any, rows: Sequence[dict[str, Any]], size: Size, lines: Sequence[str]) -> Any:
    """One panel per measure, in the order of the rows, each with its own axis."""
    is_ratio = size == "ratio"
    scale = alt.Scale(type="log") if is_ratio else alt.Scale(zero=size == "difference")
    base = alt.Chart().encode(
        y=alt.Y("line:N", title=None, sort=list(lines), axis=alt.Axis(labelLimit=260)),
        tooltip=[alt.Tooltip(name) for name in _typed(_TOOLTIP[size])],
    )
    ends = "isValid(datum.ci_low) && isValid(datum.ci_high)" + (" && datum.ci_low > 0" if is_ratio else "")
    title = None if size == "value" else size
    bar = base.transform_filter(ends).mark_rule(strokeWidth=4, color=_INK, opacity=0.4)
    dot = base.mark_point(size=45, filled=True, strokeWidth=1.5)
    hollow = "datum.status === 'provisional' || datum.status === 'estimate only'"
    layers = [
        bar.encode(x=alt.X("ci_low:Q", title=title, scale=scale), x2="ci_high:Q"),
        dot.encode(
            x=alt.X(f"{size}:Q", title=title, scale=scale),
            fill=alt.condition(hollow, alt.value("white"), alt.value(_INK)),
            stroke=alt.value(_INK),
        ),
    ]
    if size != "value":
        layers.insert(0, alt.Chart().mark_rule(strokeDash=[2, 3]).encode(x=alt.datum(1 if is_ratio else 0)))
    layered = alt.layer(*layers, data=alt.InlineData(values=list(rows))).properties(width=_PANEL_WIDTH)
    panel = alt.Facet("panel:N", title=None, sort=list(dict.fromkeys(row["panel"] for row in rows)))
    return layered.facet(panel, columns=3).resolve_scale(x="independent")


def _typed(names: Sequence[str]) -> list[str]:
    words = ("outlet", "pair", "measure", "note", "status")
    return [f"{name}:{'N' if name in words else 'Q'}" for name in names]


def _empty(alt: Any, title: str) -> Any:
    return alt.Chart(alt.InlineData(values=[])).mark_point().properties(title=title)
