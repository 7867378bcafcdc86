"""The five documents that come with biaslens."""

from __future__ import annotations

from pathlib import Path

from biaslens.articles import Articles
from biaslens.errors import UnreadableInput
from biaslens.reading.source import read


def load_seeds() -> Articles:
    """Five news articles on the crisis in Ukraine of 2014, one each from five outlets, with dates.

    >>> len(load_seeds())
    5
    """
    package = Path(__file__).parents[1]
    # Installed, the folder lies inside the package; in a source checkout, beside it.
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            return read(folder)
    raise UnreadableInput(
        f"The folder 'seeds' is missing from {package}; its five documents are needed. Reinstall biaslens."
    )
