"""Every knob of biaslens, in one frozen object that is printed with each result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from biaslens.errors import BadSetting
from biaslens.user_lexicons import UserLexicon

Granularity = Literal["event", "story"]
Splitter = Literal["sentencex", "punctuation"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What can change a number, besides the articles themselves.

    language              two-letter code of the word lists and rules; only "en" ships today
    clean                 strip boilerplate before counting
    repair_mojibake       undo wrongly decoded characters ("donâ€™t") before counting
    sentences             what tells where sentences end: "sentencex", or "punctuation" alone, which knows no
                          abbreviation and only shows how much a result rests on the choice
    granularity           "event" (one happening) or "story" (a running affair); what is compared inside
    event_days            days after which two articles hardly belong to one event
    event_similarity      mean similarity at which two groups of articles become one event, 0 to 1
    story_days            the same two for stories
    story_similarity
    copy_containment      share of an article's narration found in an earlier one: from here on, a copy
    min_shared_events     shared events from which a p-value is printed at all
    min_adjusted_events   shared events from which results are "ok" and corrected for multiplicity
    min_expected_count    fewer occurrences than this in the two outlets together: "too rare"
    false_discovery_rate  Benjamini-Hochberg level q
    confidence            level of every interval
    draws                 random sign flips where they cannot all be listed
    seed                  key of every random draw; 0 is a seed
    lexicons              word lists of your own, each category of which becomes a measure; see read_lexicon
    speaker_groups        groups of speakers of your own, by name or phrase: {"Lavrov": "Russia: government"}
    part_size             articles handled at a time; changes memory, never a number

    >>> Settings(granularity="story").granularity
    'story'
    >>> Settings(granularity="week")
    Traceback (most recent call last):
    biaslens.errors.BadSetting: granularity is 'week'; it can be 'event' or 'story'.
    """

    language: str = "en"
    clean: bool = True
    repair_mojibake: bool = True
    sentences: Splitter = "sentencex"
    granularity: Granularity = "event"
    # Chosen on AllSides train, and on samples and undated copies of it: BCubed F1 .92 there; .97 on its
    # validation part, 1.00 on BASIL and .93 on ECB+ (benchmarks/quality_events.py).
    event_days: float = 3.0
    event_similarity: float = 0.11
    # Chosen on the five seeds and the topics of ECB+, where stories reach .87.
    story_days: float = 14.0
    story_similarity: float = 0.12
    copy_containment: float = 0.5
    min_shared_events: int = 6
    min_adjusted_events: int = 10
    min_expected_count: int = 5
    false_discovery_rate: float = 0.05
    confidence: float = 0.95
    draws: int = 9_999
    seed: int = 0
    lexicons: Sequence[UserLexicon] = ()
    speaker_groups: Mapping[str, str] = field(default_factory=dict, hash=False)
    part_size: int = 200

    def __post_init__(self) -> None:
        for name, choices in (("granularity", get_args(Granularity)), ("sentences", get_args(Splitter))):
            if getattr(self, name) not in choices:
                possible = " or ".join(map(repr, choices))
                raise BadSetting(f"{name} is {getattr(self, name)!r}; it can be {possible}.")
        for name in ("event_similarity", "story_similarity", "copy_containment"):
            _require(0 <= getattr(self, name) <= 1, name, getattr(self, name), "from 0 to 1")
        for name in ("false_discovery_rate", "confidence"):
            _require(0 < getattr(self, name) < 1, name, getattr(self, name), "between 0 and 1")
        for name in ("event_days", "story_days"):
            _require(getattr(self, name) > 0, name, getattr(self, name), "above 0")
        for name in ("min_shared_events", "min_adjusted_events", "draws", "part_size"):
            _require(getattr(self, name) >= 1, name, getattr(self, name), "1 or more")
        groups, lexicons = self.speaker_groups, self.lexicons
        _require(isinstance(groups, Mapping), "speaker_groups", groups, "a mapping of names to groups")
        one_or_none = isinstance(lexicons, UserLexicon) or not isinstance(lexicons, Sequence)
        # Later changes to what came in change nothing here.
        object.__setattr__(self, "lexicons", (lexicons,) if one_or_none else tuple(lexicons))
        object.__setattr__(self, "speaker_groups", dict(groups))
        for lexicon in self.lexicons:
            _require(isinstance(lexicon, UserLexicon), "lexicons", lexicon, "made of read_lexicon(...)")

    def changed(self) -> dict[str, object]:
        """The settings that differ from their defaults, by name.

        >>> Settings(seed=7).changed()
        {'seed': 7}
        """
        defaults = Settings()
        values = {knob.name: getattr(self, knob.name) for knob in fields(self)}
        return {name: value for name, value in values.items() if value != getattr(defaults, name)}


def _require(holds: bool, name: str, value: object, needed: str) -> None:
    if not holds:
        raise BadSetting(f"{name} is {value!r}; it must be {needed}.")
