"""A comparison as an HTML fragment for notebooks."""

from __future__ import annotations

from biaslens.findings import Findings
from biaslens.report.sections import n_shared_events
from biaslens.report.templates import environment
from biaslens.report.values import side_by_side


def render_notebook(findings: Findings) -> str:
    """An escaped HTML fragment: summary and value table, with inline style only and no script."""
    template = environment().get_template("notebook.html.j2")
    return template.render(
        findings=findings, families=side_by_side(findings), n_shared_events=n_shared_events(findings)
    )
