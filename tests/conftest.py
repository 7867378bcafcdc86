"""What several tests share: the seeds, compared once, and the place of the evaluation data."""

import os
from pathlib import Path

import hypothesis
import pytest

import biaslens

ROOT = Path(__file__).parent.parent

# Timings vary on shared machines: no deadline per example. What is checked before a change lands is the same
# every time; elsewhere each run tries new examples, and as many as HYPOTHESIS_EXAMPLES says.
hypothesis.settings.register_profile(
    "biaslens",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("biaslens")


@pytest.fixture(scope="session")
def seeds() -> biaslens.Comparison:
    return biaslens.compare(ROOT / "seeds")


@pytest.fixture(scope="session")
def seeds_by_story() -> biaslens.Comparison:
    return biaslens.compare(ROOT / "seeds", settings=biaslens.Settings(granularity="story"))


@pytest.fixture
def evaluation_data() -> Path:
    """The folder of evaluation sets; the test is skipped where it is absent."""
    folder = Path(os.environ.get("BIASLENS_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"No evaluation data at {folder}; set BIASLENS_DATA to the folder that holds it.")
    return folder
