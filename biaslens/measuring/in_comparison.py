"""Measures that take the other articles of a comparison to count."""

from __future__ import annotations

from biaslens.codebook import FIXED_POINT, Measure

# How: events/copies.py and events/passages.py.
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
    tested_on="423 articles with paragraphs copied into them",
    figure="the share is off by .004 to .012 on average",
    misses="Paraphrase, runs of under 16 words, and agency text that no other article at hand prints.",
    count=None,
    in_comparison=True,
)
# How: measuring/naming.py finds the labels, stats/naming.py compares them.
NAMING = Measure(
    name="naming",
    family="naming",
    unit="excess distance",
    low=-1,
    high=1,
    kind="mean",
    scale=1.0,
    voice="own",
    formula="Jensen-Shannon distance (base 2) of labels for the same referent, shares weighted within event "
    "and set by the smaller number of uses, less its mean where outlets change places within events",
    citation="Lin 1991; Endres & Schindelin 2003; Gentzkow, Shapiro & Taddy 2019; Hamborg et al. 2019",
    caveat="Only labels of the sets that ship, which are ours; whether two outlets mean the same thing is "
    "for the reader of the sentences to check. Too small with few events.",
    tested_on="100 labels read in articles not used for the list; labels dealt at random, 2,000 times",
    figure="95 in the sense of their set; rejects 3 to 6 % at the 5 % level",
    misses="Labels in no set, in quotation marks, or told by a pronoun. What share is missed is not known.",
    count=None,
    in_comparison=True,
)
# How: stats/omission.py.
OMISSION = Measure(
    name="omission",
    family="coverage",
    unit="share of items",
    low=-1,
    high=1,
    kind="mean",
    scale=1 / FIXED_POINT,
    voice="all",
    formula="items (names, numbers, sources, salient words) of two other outlets of the event that this one "
    "lacks / all such items, less the share that a random part of the event's sentences of its length would "
    "lack (exact expectation); 3 independent outlets and 4 items; mean over events",
    citation="D'Alessio & Allen 2000; Hurlbert 1971 (the expectation)",
    caveat="Omission is not proof of bias. Outlets repeat their own items, so most values lie above 0: read "
    "contrasts. Texts under a quarter of the event's mean length come out low.",
    tested_on="real sentences dealt out at random as parts of 2 to 60 %",
    figure="mean within .011 of 0; silence on 30 % of the items raises it by .08 to .14",
    misses="Facts that are no name, number, source or salient word; the same fact in other words.",
    count=None,
    in_comparison=True,
)
