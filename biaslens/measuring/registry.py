"""The codebook: every measure, in the order in which it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from biaslens.attributions import CueClass
from biaslens.codebook import FIXED_POINT, Measure
from biaslens.measuring import agency, lexical, missing, readability, sentiment, sourcing, style

_NOT_VALIDATED = "Not validated yet."
# The first articles were read while the rules were written, the others never.
_POLNEAR = "PolNeAR (Newell et al. 2018), 84 articles of its development part and 105 others"
_PER_1000 = "per 1,000 own words"
_GRADE = "US school grade"

_LEXICAL = Measure(
    name="loaded_rate",
    family="lexical",
    unit=_PER_1000,
    low=0,
    high=None,
    kind="rate",
    scale=1000.0,
    voice="own",
    formula="1000 x sum of the weights (1 to 3) of loaded words / words outside quotation marks",
    citation="Recasens, Danescu-Niculescu-Mizil & Jurafsky 2013; Spinde et al. 2021 (BABE)",
    caveat="Words, not slant: it misses framing in neutral-sounding words.",
    validated="BABE (Spinde et al. 2021), 2,274 sentences, zero-shot: ROC-AUC .73 (95 %: .72 to .75).",
    count=lexical.in_unquoted_text("loaded"),
)
_HEDGES = replace(
    _LEXICAL,
    name="hedge_rate",
    formula="1000 x hedges / words neither quoted nor reported",
    citation="Hyland 1998, 2005",
    validated=_NOT_VALIDATED,
    caveat="Hedges in reported speech are left out; a hedge may be plain accuracy.",
    count=lexical.in_own_text("hedges"),
)
_SENTIMENT = Measure(
    name="sentiment",
    family="sentiment",
    unit="VADER compound",
    low=-1,
    high=1,
    kind="mean",
    scale=1 / sentiment.COMPOUND_UNITS,
    voice="own",
    formula="mean VADER compound of sentences of up to 200 words, half of them own voice, quotations cut out",
    citation="Hutto & Gilbert 2014",
    caveat="Measures the topic more than the outlet: news of war is negative in every paper.",
    validated="Sentence scores equal vaderSentiment 3.3.2 in this package's tests.",
    count=sentiment.mean_compound,
)
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
    validated="Equals textstat 0.7.13 in this package's tests; sums over articles are in millionths.",
    count=None,
)
_MATTR = Measure(
    name="mattr",
    family="style",
    unit="distinct per word",
    low=0,
    high=1,
    kind="mean",
    scale=1.0,
    voice="own",
    formula="mean over every window of 50 words of distinct words / 50",
    citation="Covington & McFall 2010",
    caveat="Style, not bias. Needs 50 words outside quotation marks.",
    validated="Free of article length by construction; equals a direct count in this package's tests.",
    count=style.mattr,
)
_QUOTES = Measure(
    name="quote_share",
    family="sourcing",
    unit="share of words",
    low=0,
    high=1,
    kind="share",
    scale=1.0,
    voice="all",
    formula="words inside quotation marks (scare quotes apart) / words",
    citation="Pareti et al. 2013",
    caveat="Depends on quotation marks surviving extraction.",
    validated=_NOT_VALIDATED,
    count=sourcing.quote_share,
)
_PASSIVES = Measure(
    name="passive_rate",
    family="agency",
    unit=_PER_1000,
    low=0,
    high=None,
    kind="rate",
    scale=1000.0,
    voice="own",
    formula="1000 x passives (be + up to 4 adverbs + participle) / words outside quotation marks",
    citation="Fowler 1991; Henley, Miller & Beazley 1995",
    caveat='Reduced participles ("the man killed") are not counted.',
    validated="Checked on 34 sentences written for it; not yet on a corpus.",
    count=agency.passives,
)


def _figure(
    name: str, unit: str, formula: str, citation: str = "textstat", low: float | None = None
) -> Measure:
    count = readability.mean_of(readability.FIGURES[name])
    return replace(_FIGURE, name=name, unit=unit, low=low, formula=formula, citation=citation, count=count)


def _cue_share(name: str) -> Measure:
    return replace(
        _QUOTES,
        name=f"{name}_cue_share",
        unit="share of cues",
        formula=f"{name} reporting cues / all reporting cues with a source",
        citation="Thompson & Ye 1991; Caldas-Coulthard 1994",
        caveat="Few cues per article: read the spans before the share.",
        validated=f"{_POLNEAR}: cues P .87, R .59, F1 .70; the others .86, .52, .65. Classes not validated.",
        count=sourcing.cue_share(cast(CueClass, name)),
    )


_READABILITY = (
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
    ),
    _figure("lexicon_count", "words per article", "words, punctuation removed", low=0),
    _figure("sentence_count", "sentences per article", "sentences of three words or more, at least 1", low=0),
    _figure(
        "syllable_count", "syllables per article", "syllables: CMU Pronouncing Dictionary, else pyphen", low=0
    ),
    _figure("words_per_sentence", "words per sentence", "words / sentences", low=0),
)

MEASURES: tuple[Measure, ...] = (
    _LEXICAL,
    _HEDGES,
    replace(
        _HEDGES,
        name="booster_rate",
        formula="1000 x boosters / words neither quoted nor reported",
        caveat="Boosters in reported speech are left out.",
        count=lexical.in_own_text("boosters"),
    ),
    replace(
        _HEDGES,
        name="factive_rate",
        formula="1000 x factive verbs and adjectives / words neither quoted nor reported",
        citation="Kiparsky & Kiparsky 1970; Hooper 1975; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        count=lexical.in_own_text("factives"),
    ),
    replace(
        _HEDGES,
        name="implicative_rate",
        formula="1000 x implicative verbs / words neither quoted nor reported",
        citation="Karttunen 1971; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        count=lexical.in_own_text("implicatives"),
    ),
    replace(
        _HEDGES,
        name="assertive_rate",
        formula="1000 x assertive verbs and adjectives / words outside quotation marks",
        citation="Hooper 1975; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        count=lexical.in_unquoted_text("assertives"),
    ),
    _SENTIMENT,
    _QUOTES,
    replace(
        _QUOTES,
        name="attributed_share",
        formula="words quoted or reported as somebody's / words",
        citation="Newell, Margolin & Ruths 2018 (PolNeAR); Pareti et al. 2013",
        caveat="Finds a part of all attributions: compare outlets, do not read it as a total.",
        validated=f"{_POLNEAR}: content characters F1 .81, share of the text r .95; the others .79, .79.",
        count=sourcing.attributed_share,
    ),
    replace(
        _QUOTES,
        name="source_diversity",
        unit="probability",
        formula="chance that two attributions of an article have different speakers",
        citation="Hurlbert 1971",
        caveat="One speaker under two names counts as two.",
        validated=f"{_POLNEAR}: .96 of correct cues name the coded source, .94 in the others.",
        count=sourcing.source_diversity,
    ),
    replace(
        _PASSIVES,
        name="scare_quote_rate",
        family="sourcing",
        formula="1000 x quotations of up to 4 words without a cue / words outside quotation marks",
        citation="biaslens",
        caveat="May be a term or a title as well as a distance: read the spans.",
        validated=_NOT_VALIDATED,
        count=sourcing.scare_quotes,
    ),
    _cue_share("neutral"),
    _cue_share("endorsing"),
    _cue_share("distancing"),
    _cue_share("directive"),
    _cue_share("argumentative"),
    _PASSIVES,
    replace(
        _PASSIVES,
        name="agentless_passive_rate",
        formula='1000 x passives without "by" in the next 4 tokens / words outside quotation marks',
        count=agency.agentless_passives,
    ),
    *missing.NAMING,
    _MATTR,
    replace(
        _MATTR,
        name="mtld",
        unit="words",
        low=1,
        high=None,
        scale=1 / FIXED_POINT,
        formula="mean length of runs that keep a type-token ratio of 0.72, forward and backward",
        citation="McCarthy & Jarvis 2010",
        caveat="Style, not bias. Needs 100 words outside quotation marks.",
        validated="Checked against a run worked by hand in this package's tests.",
        count=style.mtld,
    ),
    replace(
        _MATTR,
        name="sentence_length",
        unit="words per sentence",
        low=1,
        high=None,
        voice="all",
        formula="words / sentences, split by sentencex",
        citation="-",
        caveat="Style, not bias. Long quotations stay one sentence.",
        validated=_NOT_VALIDATED,
        count=style.sentence_length,
    ),
    replace(
        _MATTR,
        name="function_word_share",
        unit="share of words",
        kind="share",
        formula="function words / words outside quotation marks",
        citation="Mosteller & Wallace 1964; Burrows 2002",
        caveat="Style, not bias.",
        validated=_NOT_VALIDATED,
        count=style.function_word_share,
    ),
    *_READABILITY,
)
