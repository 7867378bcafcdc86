"""War and peace journalism: single lines of Lee & Maslog's coding scheme as measures, never one index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from biaslens.attributions import Attributions
from biaslens.codebook import Corpus, Measure
from biaslens.hits import Counted, Hits
from biaslens.lexicons import Lexicon, load_lexicon
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray

WAR_PEACE_FAMILY = "war and peace"
_UNKNOWN = ("", "unresolved")


@dataclass(frozen=True, slots=True)
class _Terms:
    """Terms of the lexicon outside quotation marks: their tokens, last excluded, and rows in the lexicon."""

    first: IntArray
    last: IntArray
    row: IntArray


def indicator_words(*categories: str) -> Callable[[Corpus], Counted]:
    """A count of the words of some categories of the lexicon, outside quotation marks; by the words there."""

    def count(corpus: Corpus) -> Counted:
        found, lexicon = corpus.once(_find_terms), load_lexicon("war_peace", corpus.language)
        chosen = _rows_of(lexicon, categories)[found.row]
        first, last, tokens = found.first[chosen], found.last[chosen], corpus.tokens
        hits = Hits(
            spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last - 1]),
            category=tuple(lexicon.category[row] for row in found.row[chosen].tolist()),
            weight=np.ones(len(first), dtype=np.int64),
        )
        return Counted.from_hits(hits, corpus.unquoted_words)

    return count


def _find_terms(corpus: Corpus) -> _Terms:
    """One search for all lines: the longest term wins, so that a word counts in one of them only."""
    found = find_terms(corpus.tokens, load_lexicon("war_peace", corpus.language))
    chosen = corpus.is_unquoted[found.first] & corpus.is_unquoted[found.last - 1]
    return _Terms(found.first[chosen], found.last[chosen], found.row[chosen])


@lru_cache(maxsize=64)
def _rows_of(lexicon: Lexicon, categories: tuple[str, ...]) -> BoolArray:
    return np.array([category in categories for category in lexicon.category], dtype=bool)


def elite_words(corpus: Corpus) -> Counted:
    """Words attributed to people in office, by the words attributed to anybody whose role is known."""
    rows = corpus.voices.attributions
    role = [role_of(group) for group in rows.group]
    known = np.array([name != "" for name in role], dtype=bool)
    officials = load_lexicon("group_standing", corpus.language).terms_of("official")
    official = np.array([name in officials for name in role], dtype=bool) & (rows.words > 0)
    n_words = np.zeros(len(corpus.texts), dtype=np.int64)
    np.add.at(n_words, rows.content.article[known], rows.words[known])
    return Counted.from_hits(_attributed(rows, np.flatnonzero(official), rows.words[official]), n_words)


def third_parties(corpus: Corpus) -> Counted:
    """Attributions to others than the two parties that the article gives voice to most often, by all.

    A party is a country, with all who speak for it, or a group that is of none. Equally frequent ones rank in
    alphabetical order.
    """
    rows = corpus.voices.attributions
    party = [party_of(group) for group in rows.group]
    known = np.array([name != "" for name in party], dtype=bool)
    voiced = [Counter[str]() for _ in corpus.texts]
    articles = rows.content.article.tolist()
    for article, name in zip(articles, party, strict=True):
        if name:
            voiced[article][name] += 1
    third = [
        name != "" and name not in _leading(voiced[row]) for row, name in zip(articles, party, strict=True)
    ]
    places = np.flatnonzero(np.array(third, dtype=bool))
    n_known = np.bincount(rows.content.article[known], minlength=len(corpus.texts))
    return Counted.from_hits(_attributed(rows, places, np.ones(len(places), dtype=np.int64)), n_known)


def _leading(voiced: Counter[str]) -> list[str]:
    return sorted(voiced, key=lambda name: (-voiced[name], name))[:2]


def _attributed(rows: Attributions, places: IntArray, weight: IntArray) -> Hits:
    content = rows.content
    return Hits(
        spans=Spans(content.article[places], content.start[places], content.end[places]),
        category=tuple(rows.group[place] for place in places.tolist()),
        weight=weight,
    )


def role_of(group: str) -> str:
    """The role in a speaker's group, "" where only a country is known, or nothing.

    >>> role_of("Russia: government"), role_of("expert"), role_of("Russia"), role_of("unresolved")
    ('government', 'expert', '', '')
    """
    country, colon, role = group.partition(": ")
    if colon:
        return role
    return "" if group in _UNKNOWN or country[:1].isupper() else group


def party_of(group: str) -> str:
    """The party that a speaker's group belongs to: its country, else the group; "" where unknown.

    >>> party_of("Russia: government"), party_of("expert"), party_of("unresolved")
    ('Russia', 'expert', '')
    """
    return "" if group in _UNKNOWN else group.partition(": ")[0]


_SCHEME = "Galtung 1998; Lee & Maslog 2005"
_LINE = Measure(
    name="",
    family=WAR_PEACE_FAMILY,
    unit="per 1,000 own words",
    low=0,
    high=None,
    kind="rate",
    scale=1000.0,
    voice="own",
    formula="",
    citation=_SCHEME,
    caveat="",
    tested_on="",
    figure="not tested against anybody's coding",
    misses="",
    count=None,
)


def _line(name: str, words: str, line: str, misses: str, *categories: str) -> Measure:
    """A line that indicator words stand for."""
    return replace(
        _LINE,
        name=name,
        formula=f"1000 x words for {words} / words outside quotation marks",
        caveat=f"Indicator words of one line of Lee & Maslog's scheme ({line}), not a coding; for reports of "
        "armed conflict.",
        misses=misses,
        count=indicator_words(*categories),
    )


WAR_PEACE: tuple[Measure, ...] = (
    replace(
        _LINE,
        name="elite_share",
        unit="share of words",
        high=1,
        kind="share",
        scale=1.0,
        voice="all",
        formula="words attributed to governments, armed forces, parliaments, courts, police or international "
        "organisations / words attributed to speakers whose role is known",
        citation=f"{_SCHEME}; Sigal 1973",
        caveat="Elite or people orientation by who is quoted or reported, not by who is written about.",
        misses="Speakers whose role the article does not tell; elites without office.",
        count=elite_words,
    ),
    replace(
        _LINE,
        name="third_party_share",
        unit="share of attributions",
        high=1,
        kind="share",
        scale=1.0,
        voice="all",
        formula="attributions to others than the two parties that the article voices most / attributions to "
        "known parties; a party is a country, or a group without one",
        caveat="Two-party or multi-party orientation by who is quoted or reported. Short texts have fewer "
        "parties.",
        misses="Parties that are written about but never quoted; two parties inside one country.",
        count=third_parties,
    ),
    _line(
        "visible_effects_rate",
        "the dead, the wounded and things destroyed",
        "reports mainly visible effects of war",
        "Numbers of casualties without such a word; deaths and damage that are not war's.",
        "casualty",
        "destruction",
    ),
    _line(
        "invisible_effects_rate",
        "trauma, displacement and damage to society and culture",
        "reports also invisible effects of war",
        "Suffering told by example; hardship that is not war's.",
        "trauma",
        "society",
        "displacement",
    ),
    _line(
        "demonising_rate",
        "cruel, mad or inhuman opponents",
        "uses demonising language",
        "Whom the word is about; demonising by comparison or story.",
        "demonising",
    ),
    _line(
        "victimising_rate",
        "helpless sufferers",
        "uses victimising language",
        "Whom the word is about; stories of victims in plain words.",
        "victimising",
    ),
    _line(
        "emotive_rate",
        "violence in its strongest terms",
        "uses emotive words",
        "Whether the word is justified: a massacre may be one.",
        "emotive",
    ),
    _line(
        "good_evil_rate",
        "heroes and villains, good and evil",
        "dichotomises between good and bad",
        "Dichotomies in plain words; heroes of other stories.",
        "good-evil",
    ),
    _line(
        "us_them_rate",
        "our side and the enemy",
        "is partisan",
        "Taking sides by selection; who the enemy is of.",
        "us-them",
    ),
    _line(
        "zero_sum_rate",
        "victory, defeat, ground won and lost",
        "zero-sum orientation",
        "Contests told in other words; victories in elections, courts and sport.",
        "victory",
        "advance",
    ),
    _line(
        "solution_rate",
        "talks, peace initiatives, agreement and reconstruction",
        "reports areas of agreement, initiatives and the aftermath",
        "Proposals without such a word; negotiations that are not about peace.",
        "negotiation",
        "agreement",
        "aftermath",
    ),
    _line(
        "here_and_now_rate",
        "what happens at this moment",
        "focuses on here and now",
        "Names of weekdays and tenses, which are house style.",
        "now",
    ),
    _line(
        "background_rate",
        "causes, history and consequences",
        "reports causes and consequences",
        "Background told without such a word; history of other things.",
        "cause",
        "history",
        "consequence",
    ),
)
