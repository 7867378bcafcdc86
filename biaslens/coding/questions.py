"""What coders are asked: for every measure that a person can judge, what its hits are meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biaslens.errors import BadSetting
from biaslens.measuring.registry import measures_for
from biaslens.measuring.user_lexicons import measures_of
from biaslens.settings import Settings
from biaslens.user_lexicons import UserLexicon

_UNQUOTED = "in the article's own voice (outside quotation marks)"
_OWN = "in the article's own voice (neither quoted nor reported as somebody's)"
_ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a hit of one measure is meant to be.

    measure       its name in the codebook
    what          what a person looks for, with its article: "a hedge (...)"
    where         in whose words, "" for anybody's
    of_category   what is asked of a hit instead, with {} for what it is taken for; "" where that is one thing
    """

    measure: str
    what: str
    where: str
    of_category: str = ""

    def of_span(self, category: str = "") -> str:
        """The question on marked text.

        category  what the measure takes the hit for

        >>> Question("passive_rate", "a passive", "").of_span()
        'Is the marked text a passive?'
        """
        what = self.of_category.format(category.partition(": ")[0]) if self.of_category else self.what
        return f"Is the marked text {self._placed(what)}?"

    def of_sentence(self) -> str:
        """The question on a whole sentence."""
        return f"Does this sentence hold {self._placed(self.what)}?"

    def _placed(self, what: str) -> str:
        return f"{what}, {self.where}" if self.where else what


def _cue(name: str, what: str) -> Question:
    return Question(f"{name}_cue_share", f"a reporting word or phrase ({what})", _ANYWHERE)


# What is coded unless other measures are named.
_USUAL = (
    Question(
        "loaded_rate", "a word that judges, stirs feelings or takes a side, instead of telling", _UNQUOTED
    ),
    Question("hedge_rate", "a hedge (withholds full commitment to what is said: perhaps, may have)", _OWN),
    Question("booster_rate", "a booster (closes the question or claims certainty: undoubtedly)", _OWN),
    Question("quote_share", "what a speaker or a document says, word by word in quotation marks", _ANYWHERE),
    Question("attributed_share", "what somebody said, wrote, thinks or wants, quoted or reported", _ANYWHERE),
    Question(
        "scare_quote_rate",
        "words in quotation marks that quote nobody, but keep a distance from these words",
        _ANYWHERE,
    ),
    _cue("neutral", "takes no side on whether what is reported is true: said, according to"),
    _cue("endorsing", "presents what is reported as true or well founded: confirmed, pointed out"),
    _cue("distancing", "leaves the truth of what is reported to the speaker: claimed, alleged"),
    _cue("directive", "the speaker wants, promises, threatens, blames or condemns: urged, warned"),
    _cue("argumentative", "the speaker takes and defends a position, for or against: argued, insisted"),
    Question("passive_rate", "a passive (a form of be with a past participle: was killed)", _UNQUOTED),
    Question(
        "agentless_passive_rate",
        "a passive (a form of be with a past participle: was killed) that does not say by whom",
        _UNQUOTED,
    ),
    Question(
        "naming",
        "a label for people, a place, an act or an event that others call by another one, which takes other "
        "things for granted (regime, government; militants, rebels)",
        _UNQUOTED,
        of_category="a name for this: {}",
    ),
)  # fmt: skip

_IN_CONFLICT = "on an armed conflict"


def _line(name: str, what: str) -> Question:
    return Question(f"{name}_rate", f"a word or phrase, {_IN_CONFLICT}, for {what}", _UNQUOTED)


# Terms of grammar that take a linguist, and lines that make sense for reports of war only.
_ON_REQUEST = (
    Question("factive_rate", "a factive (takes what follows it for true: realized that, regrets that)", _OWN),
    Question("implicative_rate", "an implicative (tells by itself whether it happened: managed to)", _OWN),
    Question(
        "assertive_rate", "an assertive (presents what follows as a claim or belief: claims that)", _UNQUOTED
    ),
    _line("visible_effects", "the dead, the wounded or things destroyed"),
    _line("invisible_effects", "trauma, displacement, or damage to society and culture"),
    _line("demonising", "opponents as cruel, mad or less than human"),
    _line("victimising", "people as helpless sufferers only"),
    _line("emotive", "violence in its strongest terms, which stir feelings"),
    _line("good_evil", "heroes and villains, good and evil"),
    _line("us_them", "our side, or the enemy"),
    _line("zero_sum", "victory, defeat, ground won or lost"),
    _line("solution", "talks, peace initiatives, agreement or reconstruction"),
    _line("here_and_now", "what happens at this moment"),
    _line("background", "causes, history or consequences"),
)  # fmt: skip

# Why a measure has no hits that a person could judge one by one.
_REASONS = {
    "sentiment": "it is a score of sentences, not a yes or no",
    "source_diversity": "it is a chance over pairs of speakers, which no single sentence shows",
    "elite_share": "it takes the roles of all speakers of an article",
    "third_party_share": "it takes all parties that an article gives voice to",
    "omission": "what is missing stands in no sentence of the article",
    "wire_share": "it takes two articles side by side",
    "sentence_length": "it counts words, which needs no judgement",
    "function_word_share": "it counts listed words, which needs no judgement",
}
_WHOLE_TEXT = "it is worked out from a text as a whole, and no place of the text is a hit"


def questions_for(settings: Settings, measures: Sequence[str] | None = None) -> tuple[Question, ...]:
    """The questions on some measures, or on the usual ones and those of the user's lexicons.

    Left out unless named: factive, implicative and assertive words, which take a linguist, and the lines of
    war and peace journalism. Readability, lexical diversity, sentiment, omission and the like cannot be coded
    sentence by sentence. Raises BadSetting for these, and for unknown names.

    >>> [question.of_span() for question in questions_for(Settings(), ["quote_share"])]
    ['Is the marked text what a speaker or a document says, word by word in quotation marks?']
    """
    own = tuple(question for lexicon in settings.lexicons for question in _of_lexicon(lexicon))
    if measures is None:
        return _USUAL + own
    known = {question.measure: question for question in (*_USUAL, *_ON_REQUEST, *own)}
    if isinstance(measures, str):
        raise BadSetting(
            f"measures is the text {measures!r}; it must be a list of names, as in [{measures!r}]."
        )
    if not measures:
        raise BadSetting("measures names none; leave it out for the usual ones, or name one or more.")
    for name in measures:
        if name not in known:
            raise BadSetting(_refusal(name, known, settings))
    return tuple(known[name] for name in dict.fromkeys(measures))


def _of_lexicon(lexicon: UserLexicon) -> tuple[Question, ...]:
    return tuple(
        Question(
            measure.name,
            f"a word or phrase used in the sense of {category!r} in the list {lexicon.name!r}"
            if category
            else f"a word or phrase used in the sense of the list {lexicon.name!r}",
            _UNQUOTED,
        )
        for measure, category in zip(measures_of(lexicon), lexicon.categories, strict=True)
    )


def _refusal(name: str, known: Mapping[str, Question], settings: Settings) -> str:
    choices = f"choose from {', '.join(known)}."
    if name not in {measure.name for measure in measures_for(settings)}:
        return f"There is no measure {name!r}; {choices}"
    return f"{name!r} cannot be coded by hand: {_REASONS.get(name, _WHOLE_TEXT)}; {choices}"
