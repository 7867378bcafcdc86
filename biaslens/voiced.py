"""Who is voiced: the speakers of each outlet, one person under one name over all of its articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from biaslens.findings import SourceTable
from biaslens.first_pass import Scanned
from biaslens.hits import value
from biaslens.lexicons import load_lexicon
from biaslens.second_pass import Grouped
from biaslens.tabular import texts

NOT_NAMED = "(not named)"
UNRESOLVED = "unresolved"


@dataclass
class _Voiced:
    """What one speaker says in one outlet: times, words, and words by name and by group."""

    n_quotes: int = 0
    words: int = 0
    by_name: Counter[str] = field(default_factory=Counter)
    by_group: Counter[str] = field(default_factory=Counter)


def source_table(grouped: Grouped, scanned: Scanned) -> SourceTable:
    """One row per outlet and speaker, the most words first; copies and scare quotes do not count.

    "Dmitry Peskov" and "Kremlin spokesman Dmitry Peskov" are one speaker: a person's name from the given name
    on. Shown are the name and the group with most words, a known group before an unknown one.
    """
    rows, language = scanned.attributions, grouped.settings.language
    voiced: dict[tuple[int, str], _Voiced] = defaultdict(_Voiced)
    by_outlet: Counter[int] = Counter()
    for i, (article, n_words) in enumerate(
        zip(rows.content.article.tolist(), rows.words.tolist(), strict=True)
    ):
        if rows.kind[i] == "scare" or not grouped.is_voice[article]:
            continue
        outlet = int(grouped.outlet[article])
        entry = voiced[outlet, personal_name(rows.speaker[i], language)]
        entry.n_quotes += 1
        entry.words += n_words
        entry.by_name[rows.speaker[i] or NOT_NAMED] += n_words
        entry.by_group[rows.group[i]] += n_words
        by_outlet[outlet] += n_words
    order = sorted(voiced, key=lambda key: (key[0], -voiced[key].words, key[1]))
    quoted = np.array([voiced[key].words for key in order], dtype=np.int64)
    in_outlet = np.array([by_outlet[outlet] for outlet, _ in order], dtype=np.int64)
    return SourceTable(
        outlet=texts(grouped.outlets[outlet] for outlet, _ in order),
        speaker=texts(_commonest(voiced[key].by_name) for key in order),
        group=texts(_known_group(voiced[key].by_group) for key in order),
        n_quotes=np.array([voiced[key].n_quotes for key in order], dtype=np.int64),
        quoted_words=quoted,
        share=value(quoted, in_outlet, 1.0),
    )


def personal_name(speaker: str, language: str = "en") -> str:
    """A speaker's name from the given name on, in lower case; all of it where it holds no given name.

    >>> personal_name("Kremlin spokesman Dmitry Peskov"), personal_name("Kremlin officials")
    ('dmitry peskov', 'kremlin officials')
    """
    words = speaker.split()
    given = _given_names(language)
    # "Bank of Jordan officials": behind a given name stands another name.
    names = (i for i, word in enumerate(words[:-1]) if word.lower() in given and words[i + 1][0].isupper())
    return " ".join(words[next(names, 0) :]).lower()


@cache
def _given_names(language: str) -> frozenset[str]:
    return frozenset(name.lower() for name in load_lexicon("name_words", language).terms_of("given"))


def _known_group(words: Counter[str]) -> str:
    known = Counter({group: n for group, n in words.items() if group != UNRESOLVED})
    return _commonest(known) if known else UNRESOLVED


def _commonest(words: Counter[str]) -> str:
    return min(words, key=lambda name: (-words[name], name))
