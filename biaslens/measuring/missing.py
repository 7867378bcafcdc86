"""Measures that this version cannot count: listed in the codebook, so that their absence has a reason."""

from __future__ import annotations

from dataclasses import replace

from biaslens.codebook import FIXED_POINT, Measure

_SHARE = Measure(
    name="",
    family="naming",
    unit="",
    low=0,
    high=1,
    kind="share",
    scale=1.0,
    voice="own",
    formula="",
    citation="",
    caveat="",
    validated="Not available.",
    count=None,
)
_FIGURE = replace(
    _SHARE,
    family="readability",
    low=None,
    high=None,
    kind="mean",
    scale=1 / FIXED_POINT,
    voice="all",
    caveat="Describes the text and says nothing of framing; sentences are counted by textstat's rule.",
    missing="Counts syllables or easy words, for which this version has no table; not guessed.",
)


def _figure(name: str, unit: str, formula: str, citation: str) -> Measure:
    return replace(_FIGURE, name=name, unit=unit, formula=formula, citation=citation)


NAMING: tuple[Measure, ...] = (
    replace(
        _SHARE,
        name="naming",
        unit="distance",
        formula="Jensen-Shannon distance of labels for the same referent, less its permuted null",
        citation="Hamborg et al. 2019",
        caveat="Only sets of contested labels that are listed.",
        missing="Needs sets of contested labels, which this version does not bring.",
    ),
    replace(
        _SHARE,
        name="omission",
        unit="share of items",
        formula="items of two other outlets of the event that this one lacks, less a same-length null",
        citation="D'Alessio & Allen 2000",
        caveat="Omission is not proof of bias.",
        missing="The length null is missing in this version; .coverage lists the items themselves.",
    ),
    replace(
        _SHARE,
        name="wire_share",
        family="sourcing",
        voice="all",
        unit="share of words",
        formula="words in passages shared with an agency or two outlets / words",
        citation="Nicholls 2019; Broder 1997",
        caveat="Wire text that was not read cannot be detected.",
        missing="Passages are not traced in this version; .copies lists articles that share copy.",
    ),
)

SYLLABLES: tuple[Measure, ...] = (
    _figure(
        "flesch_reading_ease",
        "points",
        "206.835 - 1.015 x words / sentences - 84.6 x syllables / words",
        "Flesch 1948",
    ),
    _figure(
        "flesch_kincaid_grade",
        "US school grade",
        "0.39 x words / sentences + 11.8 x syllables / words - 15.59",
        "Kincaid et al. 1975",
    ),
    _figure(
        "gunning_fog",
        "US school grade",
        "0.4 x (words / sentences + 100 x difficult words / words)",
        "Gunning 1952",
    ),
    _figure(
        "smog_index",
        "US school grade",
        "1.043 x sqrt(30 x polysyllables / sentences) + 3.1291",
        "McLaughlin 1969",
    ),
    _figure(
        "dale_chall_readability_score",
        "points",
        "0.1579 x difficult words in percent + 0.0496 x words / sentences (+ 3.6365)",
        "Dale & Chall 1948",
    ),
    _figure(
        "difficult_words",
        "words per article",
        "words off the list of easy words, of two syllables or more",
        "textstat",
    ),
    _figure("syllable_count", "syllables per article", "syllables", "textstat"),
)
