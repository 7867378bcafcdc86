"""Charts of a comparison, as Altair objects to show, change or save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from math import isfinite, isinf
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

    An interval with an open end has no bar: a triangle in place of the dot points to the side where it is
    open, a diamond says that both are. A chart without anything to draw says why in its title.
    """

    findings: Findings

    def profile(self) -> Any:
        """Every measure of every outlet: a panel per measure, a dot per outlet, a bar for its interval.

        Rates and shares come first, on axes that begin at zero; then means, on axes that fit their values.
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
        codebook = zip(self.findings.codebook.name, self.findings.codebook.kind, strict=True)
        means = {name for name, kind in codebook if kind == "mean"}
        parts = (
            _panels(alt, part, "value", self.findings.outlet_names, zero=zero)
            for zero in (True, False)
            if (part := [row for row in rows if (row["measure"] not in means) == zero])
        )
        return alt.vconcat(*parts)

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
        # A logarithmic axis has no place for a ratio of zero or infinity; its row stays in the table.
        ratios = [row for row in rows if row["interval_of"] == "ratio" and row["ratio"]]
        differences = [row for row in rows if row["interval_of"] == "difference"]
        parts: list[tuple[list[dict[str, Any]], Size]] = [(ratios, "ratio"), (differences, "difference")]
        charts = [_panels(alt, part, size, pairs, zero=True) for part, size in parts if part]
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
    panel = f"{row['measure']} ({row['unit']})"
    return finite | {"panel": panel, "line": line, "pair": line, "shape": _shape(row)}


def _shape(row: dict[str, Any]) -> str:
    """A circle, or what points to the open ends of the row's interval."""
    is_ratio = row.get("interval_of") == "ratio"
    is_open = row["ci_low"] is not None and (isinf(row["ci_low"]) or (is_ratio and row["ci_low"] == 0))
    is_open_above = row["ci_high"] is not None and isinf(row["ci_high"])
    if is_open and is_open_above:
        return "diamond"
    return "triangle-left" if is_open else "triangle-right" if is_open_above else "circle"


def _panels(alt: Any, rows: Sequence[dict[str, Any]], size: Size, lines: Sequence[str], *, zero: bool) -> Any:
    """One panel per measure, in the order of the rows, each with its own axis."""
    is_ratio = size == "ratio"
    scale = alt.Scale(type="log") if is_ratio else alt.Scale(zero=zero)
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
            shape=alt.Shape("shape:N", scale=None, legend=None),
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
