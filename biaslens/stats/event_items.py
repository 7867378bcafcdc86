"""Event items: what the mentions in the reports of one event are mentions of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from biaslens.cells import ItemKind
from biaslens.stats.variants import NameUse, Variants, find_variants

# Of runs of more words, which are headlines, the first are looked at.
_MAX_WORDS = 8


class Use(NamedTuple):
    """Mentions of one item in one wording in one outlet's reports of an event.

    group  code of the event, the kind and the key
    sure   see Items
    n      number of mentions
    """

    group: int
    kind: ItemKind
    key: str
    text: str
    sure: bool
    outlet: int
    n: int


@dataclass(frozen=True, slots=True)
class EventItem:
    """One item of an event.

    text    how it is shown
    groups  the groups of mentions that are mentions of it; one may be of two items, a name and a part of it
    """

    kind: ItemKind
    text: str
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventItems:
    """The items of one event, and the words of its names, which are no terms."""

    items: tuple[EventItem, ...]
    name_words: frozenset[str]


def settle_items(uses: Sequence[Use], needed: int, excluded: frozenset[str]) -> EventItems:
    """The items that as many outlets as are needed surely have, sorted by kind and text.

    needed    outlets that must have the same name, number with its unit, or source
    excluded  names that are no items, in lower case, also where more words follow
    """
    own = {key for key in {use.key for use in uses} if _is_own(key, excluded)}
    kept = [use for use in uses if use.key not in own]
    names = _name_uses(kept)
    variants = find_variants(names)
    # "Officials said": a source of one word must be known as a name.
    known = {variants.thing[name] for name, use in names.items() if use.n > 0}
    of_item: dict[tuple[ItemKind, str], list[Use]] = defaultdict(list)
    for use in kept:
        key = _item_key(use, variants)
        if use.kind != "source" or key in known:
            of_item[use.kind, key].append(use)
    # In order of their keys, so that two items shown alike stand in one order, whatever came first.
    inside = _inside_longer(kept, variants)
    items = [
        EventItem(
            kind,
            _shown(key, its_uses, variants),
            tuple(sorted({use.group for use in its_uses} | (inside[key] if kind == "name" else set()))),
        )
        for (kind, key), its_uses in sorted(of_item.items(), key=lambda entry: entry[0])
        if _n_sure(its_uses) >= needed
    ]
    words = (word for name in variants.thing for word in name.split(" "))
    items.sort(key=lambda item: (item.kind, item.text))
    return EventItems(tuple(items), frozenset(words))


def _is_own(name: str, excluded: frozenset[str]) -> bool:
    """Whether a name, or the first words of it, are excluded."""
    words = name.split(" ")
    return any(" ".join(words[:n]) in excluded for n in range(1, len(words) + 1))


def _name_uses(uses: Iterable[Use]) -> dict[str, NameUse]:
    """How often each name is surely one: as a name, or as a source of several words."""
    n: Counter[str] = Counter()
    upper: dict[str, bool] = {}
    for use in uses:
        if use.kind != "number":
            n[use.key] += use.n * (use.sure and (use.kind == "name" or " " in use.key))
            upper[use.key] = upper.get(use.key, False) or use.text.replace(".", "").isupper()
    return {key: NameUse(n[key], upper[key]) for key in upper}


def _inside_longer(uses: Iterable[Use], variants: Variants) -> dict[str, set[int]]:
    """For each thing the mentions of longer names that its name is a part of: "UN Human Rights Council".

    Whoever reads these has read of it: it cannot be called missing there.
    """
    found: dict[str, set[int]] = defaultdict(set)
    groups: dict[str, set[int]] = defaultdict(set)
    for use in uses:
        if use.kind == "name":
            groups[use.key].add(use.group)
    for name, its_groups in groups.items():
        for part in _parts(name):
            if part in variants.thing:
                found[variants.thing[part]].update(its_groups)
    return found


@lru_cache(maxsize=1 << 15)
def _parts(name: str) -> tuple[str, ...]:
    """Every run of the first words of a name that is not the whole of it."""
    words = name.split(" ")[:_MAX_WORDS]
    places = range(len(words) + 1)
    return tuple(" ".join(words[a:b]) for a, b in combinations(places, 2) if b - a < len(words))


def _item_key(use: Use, variants: Variants) -> str:
    """What all mentions of one item have in common; of a number its value."""
    return use.key.split("|")[0] if use.kind == "number" else variants.thing[use.key]


def _n_sure(uses: Iterable[Use]) -> int:
    """Outlets that surely have the same: the same name, or the same number with the same unit."""
    outlets: dict[str, set[int]] = defaultdict(set)
    for use in uses:
        if use.sure:
            outlets[use.key if use.kind == "number" else ""].add(use.outlet)
    return max(map(len, outlets.values()), default=0)


def _shown(key: str, uses: Iterable[Use], variants: Variants) -> str:
    """The wording to show: with most words among those used at least half as often as the commonest one.

    Only wordings of the thing itself are asked, not those of its people, and sure ones before others.
    """
    counts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for use in uses:
        is_itself = use.kind == "number" or variants.shown[use.key] == key
        (counts if use.sure and is_itself else others)[use.text] += use.n
    counts = counts or others
    often = [text for text, n in counts.items() if 2 * n >= max(counts.values())]
    return min(often, key=lambda text: (-len(text.split(" ")), -counts[text], text))


def own_names(outlets: Iterable[str], agencies: Mapping[str, str]) -> frozenset[str]:
    """The names under which outlets and agencies stand in texts, in lower case.

    >>> sorted(own_names(["The Guardian", "CNN (Web News)"], {"AFP": "Agence France-Presse"}))
    ['afp', 'agence france-presse', 'cnn', 'guardian']
    """
    names = (*(outlet.split(" (")[0].split(" - ")[0] for outlet in outlets), *agencies, *agencies.values())
    return frozenset(name.lower().replace(".", "").removeprefix("the ").strip() for name in names) - {""}
