"""Where the evaluation sets are, and a line about the machine: shared by all benchmarks."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import biaslens


def folder() -> Path:
    """The folder of evaluation sets, or the end of the program with what to do."""
    default = Path(__file__).parent.parent.parent / "shared" / "data"
    found = Path(os.environ.get("BIASLENS_DATA", default))
    if not found.is_dir():
        sys.exit(f"No evaluation data at {found}; set BIASLENS_DATA to the folder that holds it.")
    return found


def print_machine() -> None:
    print(
        f"biaslens {biaslens.__version__}, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores"
    )
