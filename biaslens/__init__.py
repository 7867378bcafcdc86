"""biaslens: how news outlets frame the same events, with uncertainty and the sentence behind every number.

>>> import biaslens
>>> result = biaslens.compare(biaslens.load_seeds())
>>> result.outlets["outlet"].unique().tolist()
['RIA Novosti', 'Reuters', 'The Moscow Times', 'Trend', 'Xinhua']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biaslens.articles import Articles as Articles
    from biaslens.coder_agreement import agreement as agreement
    from biaslens.comparison import Comparison as Comparison
    from biaslens.comparison import compare as compare
    from biaslens.errors import BiaslensError as BiaslensError
    from biaslens.event_groups import group_events as group_events
    from biaslens.planning import plan as plan
    from biaslens.profiles import OutletProfile as OutletProfile
    from biaslens.reading.seeds import load_seeds as load_seeds
    from biaslens.reading.source import read as read
    from biaslens.settings import Settings as Settings
    from biaslens.steps import clean as clean
    from biaslens.steps import clean_all as clean_all
    from biaslens.steps import measures as measures
    from biaslens.steps import score as score
    from biaslens.steps import voices as voices
    from biaslens.user_lexicons import read_lexicon as read_lexicon

__version__ = "0.1.0"

# Where each public name lives: a module is loaded when one of its names is first used, so that importing
# biaslens costs next to nothing.
_HOMES = {
    "Articles": "articles",
    "BiaslensError": "errors",
    "Comparison": "comparison",
    "OutletProfile": "profiles",
    "Settings": "settings",
    "agreement": "coder_agreement",
    "clean": "steps",
    "clean_all": "steps",
    "compare": "comparison",
    "group_events": "event_groups",
    "load_seeds": "reading.seeds",
    "measures": "steps",
    "plan": "planning",
    "read": "reading.source",
    "read_lexicon": "user_lexicons",
    "score": "steps",
    "voices": "steps",
}

__all__ = [
    "Articles",
    "BiaslensError",
    "Comparison",
    "OutletProfile",
    "Settings",
    "agreement",
    "clean",
    "clean_all",
    "compare",
    "group_events",
    "load_seeds",
    "measures",
    "plan",
    "read",
    "read_lexicon",
    "score",
    "voices",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'biaslens' has no attribute {name!r}")
    value = getattr(import_module(f"biaslens.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
