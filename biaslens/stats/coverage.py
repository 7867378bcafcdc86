"""Coverage: which of the names and numbers in an event each outlet has, and which only the others have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import Items
from biaslens.findings import CoverageTable, texts

# Two others that agree make an item part of the event; where there are fewer outlets, one must do.
MIN_OTHERS = 2


def cover(items: Items, articles: Articles, event: Sequence[str]) -> CoverageTable:
    """For each event and outlet, the items that the other outlets have: is this outlet's text without them?

    event holds one label per article, "" for an article that takes no part (a copy, say). An item counts
    where at least two other outlets of the event have it; in an event of two outlets, where the other one has
    it: that list says what differs, not what was left out. Events with one outlet have no rows.

    To be called not covered an item must be clearly absent. Names are the same where one is the end of the
    other ("Merkel", "Angela Merkel") and the short form stands by itself in the event; a name is covered
    wherever its letters stand in the outlet's text; numbers are the same whatever their unit.

    Where an item is not covered the evidence is a sentence that mentions it: of the first other outlet, then
    article id, in alphabetical order. Where it is covered id and sentence are "".

    Rows are sorted by event, outlet, kind and item.
    """
    rows = [row for mentions in _by_event(items, articles, event) for row in _event_rows(mentions)]
    rows.sort(key=lambda row: (row.event, row.outlet, row.kind, row.item))
    missed = [row.evidence for row in rows]
    sentences = [
        ""
        if at < 0
        else articles.text[items.sentence.article[at]][items.sentence.start[at] : items.sentence.end[at]]
        for at in missed
    ]
    return CoverageTable(
        event=texts(row.event for row in rows),
        outlet=texts(row.outlet for row in rows),
        item=texts(row.item for row in rows),
        kind=texts(row.kind for row in rows),
        covered=np.array([at < 0 for at in missed], dtype=bool),
        evidence_id=texts("" if at < 0 else articles.id[items.sentence.article[at]] for at in missed),
        evidence_sentence=texts(" ".join(sentence.split()) for sentence in sentences),
    )


@dataclass(frozen=True, slots=True)
class _Mention:
    """One mention of an item; ``row`` is its row in Items."""

    kind: str
    text: str
    outlet: str
    id: str
    start: int
    row: int


@dataclass(frozen=True, slots=True)
class _Event:
    """One event; ``wording`` holds each outlet's whole text on it, in lower case."""

    label: str
    wording: dict[str, str]
    mentions: list[_Mention]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the result; ``evidence`` is a row in Items, -1 where the item is covered."""

    event: str
    outlet: str
    item: str
    kind: str
    evidence: int


def _by_event(items: Items, articles: Articles, event: Sequence[str]) -> Iterator[_Event]:
    """Events of two outlets or more, with their mentions."""
    wording: dict[str, dict[str, str]] = defaultdict(dict)
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for label, outlet, text in zip(event, articles.outlet, articles.text, strict=True):
        # A line break between articles keeps the end of one and the start of the next from forming a name.
        wording[label][outlet] = wording[label].get(outlet, "") + "\n" + " ".join(text.lower().split())
    places = zip(items.sentence.article.tolist(), items.sentence.start.tolist(), strict=True)
    for row, (article, start) in enumerate(places):
        mention = _Mention(
            items.kind[row], items.text[row], articles.outlet[article], articles.id[article], start, row
        )
        mentions[event[article]].append(mention)
    for label, by_outlet in wording.items():
        if label and len(by_outlet) > 1:
            yield _Event(label, by_outlet, mentions[label])


def _event_rows(event: _Event) -> Iterator[_Row]:
    stems = _stems({mention.text for mention in event.mentions if mention.kind == "name"})
    same: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for mention in event.mentions:
        key = stems[mention.text] if mention.kind == "name" else mention.text.split(" ")[0]
        same[mention.kind, key].append(mention)
    needed = min(MIN_OTHERS, len(event.wording) - 1)
    for (kind, key), mentions in same.items():
        by_outlet = {mention.outlet for mention in mentions}
        # The first mention in an order that no arrangement of the articles can change.
        first = min(mentions, key=lambda mention: (mention.outlet, mention.id, mention.start, mention.text))
        item = _commonest(mention.text for mention in mentions)
        for outlet, wording in event.wording.items():
            if len(by_outlet - {outlet}) >= needed:
                covered = outlet in by_outlet or (kind == "name" and key in wording)
                yield _Row(event.label, outlet, item, kind, -1 if covered else first.row)


def _stems(names: set[str]) -> dict[str, str]:
    """For each name the shortest end of it that stands as a name by itself, in lower case.

    >>> _stems({"Angela Merkel", "Merkel", "White House"})["Angela Merkel"]
    'merkel'
    """
    alone = {name.lower() for name in names}
    stems = {}
    for name in names:
        words = name.lower().split(" ")
        ends = (" ".join(words[first:]) for first in range(len(words) - 1, -1, -1))
        stems[name] = next(end for end in ends if end in alone)
    return stems


def _commonest(forms: Iterable[str]) -> str:
    """The form to show: with most words among the forms used at least half as often as the commonest one."""
    counts = Counter(forms)
    often = [form for form, n in counts.items() if 2 * n >= max(counts.values())]
    return min(often, key=lambda form: (-len(form.split(" ")), -counts[form], form))
