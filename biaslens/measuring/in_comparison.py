"""Text reuse: the one measure that takes other articles to count; see events/copies.py for how."""

from __future__ import annotations

from biaslens.codebook import Measure

WIRE_SHARE = Measure(
    name="wire_share",
    family="sourcing",
    unit="share of words",
    low=0,
    high=1,
    kind="share",
    scale=1.0,
    voice="all",
    formula="words in passages that another outlet's article has too / words, all outside quotation marks",
    citation="Nicholls 2019; Broder 1997",
    caveat="Whoever had them first; agency text that no other article at hand prints cannot be told.",
    validated="423 articles with copied paragraphs: the share is off by .004 to .012 on average.",
    count=None,
    in_comparison=True,
)
