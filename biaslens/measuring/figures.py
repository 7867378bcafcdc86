"""The rows of the codebook that describe readability: textstat's figures."""

from __future__ import annotations

from dataclasses import replace

from biaslens.codebook import FIXED_POINT, Measure
from biaslens.measuring import readability

_GRADE = "US school grade"

_FIGURE = Measure(
    name="",
    family="readability",
    unit="",
    low=0,
    high=None,
    kind="mean",
    scale=1 / FIXED_POINT,
    voice="all",
    formula="",
    citation="",
    caveat="Describes the text and says nothing of framing; sentences are counted by textstat's rule.",
    tested_on="textstat 0.7.13, 5,000 articles and 150,000 sentences and generated texts",
    figure="0 numbers differ (sums over articles are in millionths)",
    misses="What makes a text hard besides long words and sentences.",
    count=None,
)


_IS_LENGTH = "Length itself: an outlet of longer articles has more of it, and nothing else is said."


def _figure(
    name: str,
    unit: str,
    formula: str,
    citation: str = "textstat",
    low: float | None = None,
    caveat: str = _FIGURE.caveat,
) -> Measure:
    return replace(
        _FIGURE,
        name=name,
        unit=unit,
        low=low,
        formula=formula,
        citation=citation,
        caveat=caveat,
        count=readability.mean_of(readability.FIGURES[name]),
    )


READABILITY: tuple[Measure, ...] = (
    _figure(
        "flesch_reading_ease",
        "points",
        "206.835 - 1.015 x words / sentences - 84.6 x syllables / words",
        "Flesch 1948",
    ),
    _figure(
        "flesch_kincaid_grade",
        _GRADE,
        "0.39 x words / sentences + 11.8 x syllables / words - 15.59",
        "Kincaid et al. 1975",
    ),
    _figure(
        "gunning_fog",
        _GRADE,
        "0.4 x (words / sentences + 100 x difficult words of three syllables / words)",
        "Gunning 1952",
    ),
    _figure("smog_index", _GRADE, "1.043 x sqrt(30 x polysyllables / sentences) + 3.1291", "McLaughlin 1969"),
    _figure(
        "automated_readability_index",
        _GRADE,
        "4.71 x characters / words + 0.5 x words / sentences - 21.43",
        "Smith & Senter 1967",
    ),
    _figure(
        "coleman_liau_index",
        _GRADE,
        "5.8 x letters / words - 29.6 x sentences / words - 15.8",
        "Coleman & Liau 1975",
    ),
    _figure(
        "dale_chall_readability_score",
        "points",
        "0.1579 x difficult words in percent + 0.0496 x words / sentences (+ 3.6365 above 5 %)",
        "Dale & Chall 1948",
    ),
    _figure(
        "difficult_words",
        "words per article",
        "words off the list of easy words, of two syllables or more",
        low=0,
        caveat=_IS_LENGTH,
    ),
    _figure("lexicon_count", "words per article", "words, punctuation removed", low=0, caveat=_IS_LENGTH),
    _figure(
        "sentence_count",
        "sentences per article",
        "sentences of three words or more, at least 1",
        low=0,
        caveat=_IS_LENGTH,
    ),
    _figure(
        "syllable_count",
        "syllables per article",
        "syllables: CMU Pronouncing Dictionary, else pyphen",
        low=0,
        caveat=_IS_LENGTH,
    ),
    _figure("words_per_sentence", "words per sentence", "words / sentences", low=0),
)
