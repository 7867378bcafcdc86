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
    figure="the share is off by .004 to .012 on average; one planted paragraph is found at 12 shared events",
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
    "for the reader of the sentences to check. With a dozen events or fewer most differences are missed.",
    tested_on="labels dealt at random inside events, 500 times at each of 6 to 200 events; 100 labels read",
    figure="rejects 4 to 6 % at the 5 % level from 50 events on, 6 % or less below (about 0 at six); a label "
    "changed in 30 % of uses is found in 30 to 80 % of runs at 20 events, 91 % and more at 50; 93 of 100 "
    "labels in the sense of their set",
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
    caveat="Omission is not proof of bias. Outlets repeat their own items, so values lie above 0 on average: "
    "read contrasts. Texts under a quarter of the event's mean length come out low.",
    tested_on="sentences of 167 real events dealt out at random as parts of 2 to 60 %, without salient words",
    figure="mean within .013 of 0 (about .005 below); silence on 30 % of the items raises it by .09 to .15; "
    "all facts dropped that two others have are found in .90 of runs at 50 shared events, half in .53",
    misses="Facts that are no name, number, source or salient word; the same fact in other words.",
    count=None,
    in_comparison=True,
)
