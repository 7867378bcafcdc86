"""The codebook: every measure, in the order in which it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import cast

from biaslens.attributions import CueClass
from biaslens.codebook import FIXED_POINT, Measure
from biaslens.errors import BadSetting
from biaslens.measuring import agency, lexical, sentiment, sourcing, style
from biaslens.measuring.figures import READABILITY
from biaslens.measuring.in_comparison import NAMING, OMISSION, WIRE_SHARE
from biaslens.measuring.user_lexicons import measures_of
from biaslens.measuring.war_peace import WAR_PEACE
from biaslens.settings import Settings
from biaslens.user_lexicons import UserLexicon

_UNTESTED = "not tested against anybody's coding"
# Of 105 articles that nobody read while the rules were written.
_POLNEAR = "PolNeAR (Newell et al. 2018), 105 unread articles"
_PER_1000 = "per 1,000 own words"

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
    citation="Recasens, Danescu-Niculescu-Mizil & Jurafsky 2013; Hyland 2005; Spinde et al. 2021 (BABE)",
    caveat="Words, not slant; contested labels (invasion, separatist) count whoever uses them.",
    tested_on="BABE (Spinde et al. 2021), 2,274 sentences, nothing trained",
    figure="ROC-AUC .78 (95 %: .76 to .80); half of its topics guided the list, the other half .77. Planted "
    "in real articles, 40 % more are found in .61 of runs at 50 shared events, in .90 at 100",
    misses="Framing in neutral-sounding words, naming, cues, irony; who is meant by a word.",
    count=lexical.in_unquoted_text("loaded"),
)
_HEDGES = replace(
    _LEXICAL,
    name="hedge_rate",
    formula="1000 x hedges / words neither quoted nor reported",
    citation="Hyland 1998, 2005",
    tested_on="",
    figure=_UNTESTED,
    misses='Other senses ("may" as permission, "could" as ability) and hedging by syntax.',
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
    tested_on="vaderSentiment 3.3.2, 300,301 real and 200,000 generated sentences",
    figure="0 sentence scores differ",
    misses="Whom the sentiment is about; news of war is negative whoever tells it.",
    count=sentiment.mean_compound,
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
    tested_on="a direct count, generated texts",
    figure="equal; free of article length by construction",
    misses="Nothing that framing research asks for: it is style.",
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
    tested_on="",
    figure=_UNTESTED,
    misses="Quotations set without marks (block quotations, interviews).",
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
    tested_on="38 sentences written for it",
    figure="34 right; the other four are of the kinds missed",
    misses='Reduced participles ("the man killed"), "get" passives, nominalisations.',
    count=agency.passives,
)


def _cue_share(name: str) -> Measure:
    return replace(
        _QUOTES,
        name=f"{name}_cue_share",
        unit="share of cues",
        formula=f"{name} reporting cues / all reporting cues",
        citation="Thompson & Ye 1991; Caldas-Coulthard 1994",
        caveat="Few cues per article: read the spans before the share.",
        tested_on=_POLNEAR,
        figure="cues P .80, R .64, F1 .71; classes: 185 of 193 as one coder judged (another part)",
        misses='A third of all cues: rare ones, nouns without "that", cues inside quotations.',
        count=sourcing.cue_share(cast(CueClass, name)),
    )


MEASURES: tuple[Measure, ...] = (
    _LEXICAL,
    _HEDGES,
    replace(
        _HEDGES,
        name="booster_rate",
        formula="1000 x boosters / words neither quoted nor reported",
        caveat="Boosters in reported speech are left out.",
        misses="Emphasis by word order, figures or punctuation.",
        count=lexical.in_own_text("boosters"),
    ),
    replace(
        _HEDGES,
        name="factive_rate",
        formula="1000 x factive verbs and adjectives / words neither quoted nor reported",
        citation="Kiparsky & Kiparsky 1970; Hooper 1975; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        misses="The same device in words off the list; complements that are not there.",
        count=lexical.in_own_text("factives"),
    ),
    replace(
        _HEDGES,
        name="implicative_rate",
        formula="1000 x implicative verbs / words neither quoted nor reported",
        citation="Karttunen 1971; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        misses="The same device in words off the list; complements that are not there.",
        count=lexical.in_own_text("implicatives"),
    ),
    replace(
        _HEDGES,
        name="assertive_rate",
        formula="1000 x assertive verbs and adjectives / words outside quotation marks",
        citation="Hooper 1975; Recasens et al. 2013",
        caveat="Tells which device is used; as a density it says little.",
        misses="The same device in words off the list; complements that are not there.",
        count=lexical.in_unquoted_text("assertives"),
    ),
    _SENTIMENT,
    _QUOTES,
    replace(
        _QUOTES,
        name="attributed_share",
        formula="words quoted or reported as somebody's / words",
        citation="Newell, Margolin & Ruths 2018 (PolNeAR); Pareti et al. 2013",
        caveat='Also what is thought, wanted or refused, and what nobody by name says ("is expected").',
        tested_on=_POLNEAR,
        figure="content characters F1 .82; share of the text r .81",
        misses='Rare cues, nouns without "that" (criticism of), infinitives (tried to say).',
        count=sourcing.attributed_share,
    ),
    replace(
        _QUOTES,
        name="source_diversity",
        unit="probability",
        formula="chance that two attributions of an article have different speakers",
        citation="Hurlbert 1971",
        caveat="Neighbouring attributions share a speaker, so that short texts come out less diverse.",
        tested_on="12 articles on the war in Ukraine coded blind, never read; PolNeAR's 105 unread articles",
        figure="right speaker in .88 of quotations (95 %: .80 to .95); .88 in PolNeAR",
        misses="Sources that are never quoted or reported; two names of one speaker.",
        count=sourcing.source_diversity,
    ),
    replace(
        _PASSIVES,
        name="scare_quote_rate",
        family="sourcing",
        formula="1000 x quotations of up to 4 words without a cue / words outside quotation marks",
        citation="Gutzmann & Stei 2011; the rule is ours",
        caveat="May be a term or a title as well as a distance: read the spans.",
        misses="Distance without marks; terms, titles and nicknames count as scare quotes at times.",
        tested_on="",
        figure=_UNTESTED,
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
    NAMING,
    OMISSION,
    WIRE_SHARE,
    *WAR_PEACE,
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
        tested_on="a run worked by hand",
        figure="equal",
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
        tested_on="",
        figure=_UNTESTED,
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
        tested_on="",
        figure=_UNTESTED,
        count=style.function_word_share,
    ),
    *READABILITY,
)


def measures_for(settings: Settings) -> tuple[Measure, ...]:
    """The codebook, with one measure more for each category of the user's lexicons.

    Raises BadSetting where two measures would have one name.
    """
    return _with_lexicons(tuple(settings.lexicons))


@lru_cache(maxsize=64)
def _with_lexicons(lexicons: tuple[UserLexicon, ...]) -> tuple[Measure, ...]:
    measures = MEASURES + tuple(measure for lexicon in lexicons for measure in measures_of(lexicon))
    for name, n in Counter(measure.name for measure in measures).items():
        if n > 1:
            raise BadSetting(
                f"{n} measures would be called {name!r}; "
                "name your lexicon otherwise: read_lexicon(..., name=...)."
            )
    return measures
