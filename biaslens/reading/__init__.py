"""Reading: files, folders, tables and texts become Articles."""

from __future__ import annotations

from biaslens.reading.repair import Repaired, repair
from biaslens.reading.seeds import load_seeds
from biaslens.reading.source import read

__all__ = ["Repaired", "load_seeds", "read", "repair"]
