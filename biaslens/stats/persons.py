"""Persons: how each outlet names the people it writes about, over all of its articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from biaslens.framing_tables import PersonTable
from biaslens.name_mentions import PersonMentions
from biaslens.tabular import texts

# Fewer mentions tell nothing of how a person is named; and one outlet's person compares with nobody's.
MIN_MENTIONS, MIN_OUTLETS = 10, 2
# Titles and epithets shown.
MOST_SHOWN = 5
# A family name alone is the person who bears it in this share of its full names in the corpus.
_NEARLY_ALL = 0.9
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))

# First and last word of a name, in lower case; a family name alone has "" for its first.
PersonKey = tuple[str, str]


def person_table(mentions: PersonMentions, outlet: Sequence[str], event: Sequence[str]) -> PersonTable:
    """One row per outlet and person who is named at least 10 times, and by two outlets or more.

    outlet, event  one name per article; the event is "" for an article that takes no part (a copy, say)

    Full names are one person where first and last word are the same ("Donald J. Trump", "Donald Trump"),
    whatever the romanisation ("Zelensky", "Zelenskyy"). Where an article has only the family name, it means
    the person most mentioned under it, in full, in the same event; where the event has none, the one who has
    nine in ten of its full mentions in all articles; else it stays a person by itself. Of persons equally
    often mentioned it is the first in the alphabet.

    Rows are sorted by the person's mentions in all outlets, most first, then person, then outlet.
    """
    place = mentions.mention.article.tolist()
    rows = [row for row, article in enumerate(place) if event[article]]
    keys = _resolved(mentions, [event[place[row]] for row in rows], rows)
    tallies: dict[PersonKey, dict[str, _Tally]] = defaultdict(dict)
    shown: dict[PersonKey, Counter[str]] = defaultdict(Counter)
    for row, key in zip(rows, keys, strict=True):
        name = outlet[place[row]]
        tallies[key].setdefault(name, _Tally()).add(mentions, row)
        shown[key][mentions.name[row]] += 1
    return _table(_chosen(tallies), {key: _fullest(forms) for key, forms in shown.items()})


@dataclass(slots=True)
class _Tally:
    """Counts of one outlet's mentions of one person."""

    n: int = 0
    n_bare: int = 0
    n_titled: int = 0
    n_judged: int = 0
    titles: Counter[str] = field(default_factory=Counter)
    epithets: Counter[str] = field(default_factory=Counter)

    def add(self, mentions: PersonMentions, row: int) -> None:
        title, epithet = mentions.title[row], mentions.epithet[row]
        self.n += 1
        self.n_bare += bool(mentions.is_bare[row])
        self.n_titled += title != ""
        self.n_judged += epithet != ""
        if title:
            self.titles[title] += 1
        if epithet:
            self.epithets.update(epithet.split(", "))


def _resolved(mentions: PersonMentions, events: Sequence[str], rows: Sequence[int]) -> list[PersonKey]:
    """The person of each row."""
    key_of = {name: person_key(name) for name in set(mentions.name)}
    keys = [key_of[mentions.name[row]] for row in rows]
    in_event: dict[tuple[str, str], Counter[PersonKey]] = defaultdict(Counter)
    in_all: dict[str, Counter[PersonKey]] = defaultdict(Counter)
    for key, event in zip(keys, events, strict=True):
        if key[0]:
            in_event[event, key[1]][key] += 1
            in_all[key[1]][key] += 1
    first = {place: _first(counts) for place, counts in in_event.items()}
    nearly = {
        surname: _first(counts)
        for surname, counts in in_all.items()
        if max(counts.values()) >= _NEARLY_ALL * counts.total()
    }
    return [
        key if key[0] else first.get((event, key[1]), nearly.get(key[1], key))
        for key, event in zip(keys, events, strict=True)
    ]


def person_key(name: str) -> PersonKey:
    """First and last word of a name, in one spelling for the ways to write a name in Latin letters.

    >>> person_key("Donald J. Trump"), person_key("Bashar al-Assad"), person_key("Putin")
    (('donald', 'trump'), ('bashar', 'asad'), ('', 'putin'))
    >>> person_key("Volodymyr Zelenskyy") == person_key("Volodymyr Zelenskiy")
    True
    """
    words = name.casefold().split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    last = words[-1].removeprefix("al-").removeprefix("el-")
    return (_romanised(words[0]) if len(words) > 1 else "", f"{_romanised(last)} {suffix}".strip())


def _romanised(word: str) -> str:
    """A word without what romanisations differ in: y, j and i, ks and x, kh and h, doubled letters."""
    plain = word.replace("ks", "x").replace("kh", "h").replace("y", "i").replace("j", "i")
    return re.sub(r"(.)\1+", r"\1", plain)


def _first(counts: Counter[PersonKey]) -> PersonKey:
    return min(counts, key=lambda key: (-counts[key], key))


def _fullest(forms: Counter[str]) -> str:
    """The form with most words among those used at least half as often as the commonest full name.

    >>> _fullest(Counter({"Putin": 9, "Vladimir Putin": 4, "Vladimir Vladimirovich Putin": 1}))
    'Vladimir Putin'
    """
    full = {form: n for form, n in forms.items() if " " in form} or dict(forms)
    often = [form for form, n in full.items() if 2 * n >= max(full.values())]
    # An all-capital headline is the last to be shown.
    return min(often, key=lambda form: (form.isupper(), -len(form.split()), -full[form], form))


def _chosen(tallies: Mapping[PersonKey, dict[str, _Tally]]) -> dict[PersonKey, dict[str, _Tally]]:
    """Persons with enough mentions in two outlets or more, the most mentioned first."""
    total = {key: sum(tally.n for tally in by_outlet.values()) for key, by_outlet in tallies.items()}
    kept = [
        key
        for key, by_outlet in tallies.items()
        if total[key] >= MIN_MENTIONS and len(by_outlet) >= MIN_OUTLETS
    ]
    return {key: tallies[key] for key in sorted(kept, key=lambda key: (-total[key], key))}


def _table(chosen: Mapping[PersonKey, dict[str, _Tally]], shown: Mapping[PersonKey, str]) -> PersonTable:
    rows = [
        (shown[key], outlet, by_outlet[outlet])
        for key, by_outlet in chosen.items()
        for outlet in sorted(by_outlet)
    ]
    tallies = [tally for _, _, tally in rows]
    n = np.array([tally.n for tally in tallies], dtype=np.int64)
    return PersonTable(
        outlet=texts(outlet for _, outlet, _ in rows),
        person=texts(person for person, _, _ in rows),
        n_mentions=n,
        title_share=np.array([tally.n_titled for tally in tallies], dtype=np.float64) / n,
        surname_share=np.array([tally.n_bare for tally in tallies], dtype=np.float64) / n,
        epithet_share=np.array([tally.n_judged for tally in tallies], dtype=np.float64) / n,
        titles=texts(_most_frequent(tally.titles) for tally in tallies),
        epithets=texts(_most_frequent(tally.epithets) for tally in tallies),
    )


def _most_frequent(forms: Counter[str]) -> str:
    """The commonest five, in the spelling used most; "Foreign minister" and "foreign minister" are one."""
    same: dict[str, Counter[str]] = defaultdict(Counter)
    for form, n in forms.items():
        same[form.casefold()][form] += n
    ranked = sorted(same, key=lambda key: (-same[key].total(), key))[:MOST_SHOWN]
    return ", ".join(_commonest(same[key].items()) for key in ranked)


def _commonest(counted: Iterable[tuple[str, int]]) -> str:
    return min(counted, key=lambda item: (-item[1], item[0]))[0]
