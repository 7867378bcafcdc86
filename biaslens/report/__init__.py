"""The faces of a comparison: terminal, notebook and page. They read Findings and compute nothing."""

from biaslens.report.notebook import render_notebook
from biaslens.report.page import render_page, write_page
from biaslens.report.terminal import render_brief, render_terminal

__all__ = ["render_brief", "render_notebook", "render_page", "render_terminal", "write_page"]
