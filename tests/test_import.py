"""Importing biaslens is cheap: public names load on first use."""

import subprocess
import sys

import biaslens


def run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_biaslens_loads_no_other_package() -> None:
    heavy = ["numpy", "pandas", "scipy", "sklearn", "vaderSentiment", "jinja2", "textstat"]
    assert run(f"import sys, biaslens; print([name for name in {heavy} if name in sys.modules])") == "[]"


def test_comparing_loads_no_package_that_starts_slowly() -> None:
    slow = ["pandas", "sklearn", "scipy.stats", "statsmodels", "openpyxl"]
    script = "import sys, biaslens; biaslens.compare(biaslens.load_seeds()); "
    assert run(script + f"print([name for name in {slow} if name in sys.modules])") == "[]"


def test_every_public_name_is_there() -> None:
    for name in biaslens.__all__:
        assert getattr(biaslens, name).__module__.startswith("biaslens.")
    assert set(biaslens.__all__) <= set(dir(biaslens))


def test_functions_stay_functions_after_the_modules_are_loaded() -> None:
    script = "import biaslens; biaslens.compare(biaslens.load_seeds()); "
    names = ["read", "clean", "score", "voices", "measures", "compare", "plan", "agreement"]
    assert run(script + f"print(all(callable(getattr(biaslens, name)) for name in {names}))") == "True"


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(biaslens, "bias_score")
