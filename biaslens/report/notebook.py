"""A comparison as an HTML fragment for notebooks."""

from __future__ import annotations

from biaslens.findings import Findings
from biaslens.report.templates import environment
from biaslens.report.values import all_rows, side_by_side


def render_notebook(findings: Findings) -> str:
    """An escaped HTML fragment: summary and value table, with inline style only and no script."""
    families = side_by_side(findings)
    template = environment().get_template("notebook.html.j2")
    without_value = [row for row in all_rows(families) if row.is_empty]
    return template.render(findings=findings, families=families, without_value=without_value)
