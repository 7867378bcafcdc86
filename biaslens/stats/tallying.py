"""Tallying: from the mentions in single articles to the items of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import ItemKind, Items
from biaslens.lexicons import agency_names
from biaslens.spans import IntArray, Spans
from biaslens.stats.event_items import Use, own_names, settle_items
from biaslens.stats.salient import MAX_TERMS, SalientTerms, term_places
from biaslens.stats.tally import MIN_OTHERS, Tally


def tally_items(
    items: Items, articles: Articles, event: IntArray, terms: SalientTerms, language: str = "en"
) -> Tally:
    """Which outlet has which item of each event.

    event  code per article, -1 for an article that takes no part (a copy, or a digest of several events)
    terms  the salient terms of the events; SalientTerms.none() leaves that kind out

    An item of an event is what two of its outlets surely have (one, where there are only two): a name that
    is no mere opening of a sentence, a number (below 100: with the same unit), a source, a term. An outlet
    has it wherever it is mentioned, in whatever form and voice: variants of a name are one item (see
    ``find_variants``), a small number counts with any unit, a term inside quotation marks, too. The names of
    the outlets themselves and of news agencies are no items.
    """
    outlets = tuple(sorted(set(articles.outlet)))
    cells = _cells(items, articles, event, outlets)
    mentions = _mentions(items, cells)
    excluded = own_names(outlets, agency_names(language))
    search = _TermSearch(items, articles, cells, terms)
    found = _Found()
    sentences = _sentences_by_event(cells)
    for code, uses in _uses_by_event(items, mentions, cells):
        settled = settle_items(uses, min(MIN_OTHERS, cells.n_outlets(code) - 1), excluded)
        for item in settled.items:
            found.add(code, item.kind, item.text, item.groups)
        search.add_terms(code, sentences[code], settled.name_words, found)
    mentioned, sentence = found.mentioned(mentions)
    return _tallied(items, articles, cells, found, mentioned, sentence)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Events with two outlets or more, and the outlets that report them; sorted.

    of_sentence  cell of each sentence, -1 for none
    """

    event: IntArray
    outlet: IntArray
    n_words: IntArray
    n_sentences: IntArray
    of_sentence: IntArray

    def n_outlets(self, event: int) -> int:
        """Outlets that report an event."""
        first, last = np.searchsorted(self.event, [event, event + 1])
        return int(last - first)


def _cells(items: Items, articles: Articles, event: IntArray, outlets: tuple[str, ...]) -> _Cells:
    code = {name: row for row, name in enumerate(outlets)}
    outlet = np.array([code[name] for name in articles.outlet], dtype=np.int64)
    article = items.sentence.article
    key = np.where(event < 0, -1, event * len(outlets) + outlet)[article]
    keys, of_sentence = np.unique(key, return_inverse=True)
    of_event, n_outlets = np.unique(keys // max(1, len(outlets)), return_counts=True)
    shared = (keys >= 0) & np.isin(keys // max(1, len(outlets)), of_event[n_outlets > 1])
    row = np.where(shared, np.cumsum(shared) - 1, -1)[of_sentence]
    n = int(shared.sum())
    words = np.zeros(n, dtype=np.int64)
    np.add.at(words, row[row >= 0], items.n_words[row >= 0])
    return _Cells(
        event=keys[shared] // max(1, len(outlets)),
        outlet=keys[shared] % max(1, len(outlets)),
        n_words=words,
        n_sentences=np.bincount(row[row >= 0], minlength=n),
        of_sentence=row,
    )


def _sentences_by_event(cells: _Cells) -> dict[int, IntArray]:
    """The rows of the sentences of each event, in reading order."""
    rows = np.flatnonzero(cells.of_sentence >= 0)
    event = cells.event[cells.of_sentence[rows]]
    codes, first = np.unique(np.sort(event), return_index=True)
    by_event = np.split(rows[np.argsort(event, kind="stable")], first[1:])
    return dict(zip(codes.tolist(), by_event, strict=False))


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Mentions in these cells, one per row.

    row       in Items
    sentence  row in Items.sentence
    group     number of its event, kind and key
    """

    row: IntArray
    sentence: IntArray
    group: IntArray


def _mentions(items: Items, cells: _Cells) -> _Mentions:
    sentence = _sentence_of(items)
    cell = cells.of_sentence[sentence]
    row = np.flatnonzero(cell >= 0)
    sentence, cell = sentence[row], cell[row]
    code: dict[tuple[str, str], int] = {}
    pairs = ((items.kind[at], items.key[at]) for at in row.tolist())
    of_row = np.array([code.setdefault(pair, len(code)) for pair in pairs], dtype=np.int64)
    _, group = np.unique(cells.event[cell] * max(1, len(code)) + of_row, return_inverse=True)
    return _Mentions(row, sentence, group)


def _sentence_of(items: Items) -> IntArray:
    """The row in Items.sentence of each mention."""
    width = int(items.sentence.start.max()) + 1 if len(items.sentence) else 1
    every = items.sentence.article * width + items.sentence.start
    return np.searchsorted(every, items.place.article * width + items.place.start)


def _uses_by_event(items: Items, mentions: _Mentions, cells: _Cells) -> Iterator[tuple[int, list[Use]]]:
    """The distinct uses of each event; events in order of their codes."""
    code: dict[str, int] = {}
    text = np.array(
        [code.setdefault(items.text[row], len(code)) for row in mentions.row.tolist()], dtype=np.int64
    )
    cell = cells.of_sentence[mentions.sentence]
    _, wording = np.unique(mentions.group * max(1, len(code)) + text, return_inverse=True)
    key = (wording * 2 + items.sure[mentions.row]) * max(1, len(cells.event)) + cell
    _, first, n = np.unique(key, return_index=True, return_counts=True)
    event = cells.event[cell[first]]
    order = np.argsort(event, kind="stable")
    first, n, event = first[order], n[order], event[order]
    columns = zip(
        mentions.group[first].tolist(),
        mentions.row[first].tolist(),
        cells.outlet[cell[first]].tolist(),
        n.tolist(),
        strict=True,
    )
    uses = [
        Use(group, items.kind[row], items.key[row], items.text[row], bool(items.sure[row]), outlet, count)
        for group, row, outlet, count in columns
    ]
    for number in np.unique(cells.event).tolist():
        begin, end = np.searchsorted(event, [number, number + 1])
        yield number, uses[begin:end]


@dataclass(frozen=True, slots=True)
class _Found:
    """The items so far, their groups of mentions, and the sentences that the terms among them stand in."""

    event: list[int] = field(default_factory=list)
    kind: list[ItemKind] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    group_item: list[int] = field(default_factory=list)
    term_item: list[int] = field(default_factory=list)
    term_sentence: list[int] = field(default_factory=list)

    def add(self, event: int, kind: ItemKind, text: str, groups: tuple[int, ...] = ()) -> int:
        """The number of a new item."""
        item = len(self.event)
        self.event.append(event)
        self.kind.append(kind)
        self.text.append(text)
        self.group.extend(groups)
        self.group_item.extend([item] * len(groups))
        return item

    def mentioned(self, mentions: _Mentions) -> tuple[IntArray, IntArray]:
        """Items, and the sentences that mention them."""
        order = np.argsort(self.group, kind="stable")
        group = np.array(self.group, dtype=np.int64)[order]
        first = np.searchsorted(group, mentions.group)
        n_items = np.searchsorted(group, mentions.group, side="right") - first
        # Of each mention the places of its group among all, one after the other.
        nth = np.arange(int(n_items.sum())) - np.repeat(np.cumsum(n_items) - n_items, n_items)
        place = order[np.repeat(first, n_items) + nth]
        return (
            np.append(np.array(self.group_item, dtype=np.int64)[place], self.term_item).astype(np.int64),
            np.append(np.repeat(mentions.sentence, n_items), self.term_sentence).astype(np.int64),
        )


@dataclass(frozen=True, slots=True)
class _TermSearch:
    """Where the salient terms of events stand."""

    items: Items
    articles: Articles
    cells: _Cells
    terms: SalientTerms

    def add_terms(self, event: int, rows: IntArray, taken: frozenset[str], found: _Found) -> None:
        """The first terms of an event that two outlets have and that are no words of its names.

        rows  the sentences of the event, article by article
        """
        first, last = np.searchsorted(self.terms.event, [event, event + 1]).tolist()
        chosen = [forms for forms in self.terms.forms[first:last] if taken.isdisjoint(forms)]
        places = self._sentences(chosen[:MAX_TERMS], rows)
        for forms, sentences in zip(chosen, places, strict=False):
            if len(set(self.cells.outlet[self.cells.of_sentence[sentences]].tolist())) >= MIN_OTHERS:
                item = found.add(event, "term", forms[0])
                found.term_item.extend([item] * len(sentences))
                found.term_sentence.extend(sentences)

    def _sentences(self, terms: list[tuple[str, ...]], rows: IntArray) -> list[list[int]]:
        """The sentences of each term."""
        found: list[list[int]] = [[] for _ in terms]
        article = self.items.sentence.article[rows]
        bounds = np.flatnonzero(np.diff(article, prepend=-1, append=-1)).tolist() if terms else []
        for begin, end in pairwise(bounds):
            text = _small_letters(self.articles.text[int(article[begin])])
            starts = self.items.sentence.start[rows[begin:end]]
            ends = self.items.sentence.end[rows[begin:end]]
            for forms, sentences in zip(terms, found, strict=True):
                place = np.array(term_places(text, forms), dtype=np.int64)
                at = np.searchsorted(starts, place, side="right") - 1
                inside = (at >= 0) & (place < ends[at])
                sentences.extend(rows[begin + at[inside]].tolist())
        return found


def _small_letters(text: str) -> str:
    """The text in small letters, of the same length: one letter (İ) becomes two."""
    small = text.lower()
    return (
        small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def _tallied(
    items: Items, articles: Articles, cells: _Cells, found: _Found, item: IntArray, sentence: IntArray
) -> Tally:
    """The tally of some items, and of the sentences that mention them."""
    n_cells, n_sentences = max(1, len(cells.event)), max(1, len(items.sentence))
    item, sentence = np.divmod(np.unique(item * n_sentences + sentence), n_sentences)
    cell, place = cells.of_sentence[sentence], _reading_order(items, articles)[sentence]
    order = np.lexsort((place, cell, item))
    key, first, n = np.unique((item * n_cells + cell)[order], return_index=True, return_counts=True)
    at = sentence[order][first]
    spans = items.sentence
    return Tally(
        outlets=tuple(sorted(set(articles.outlet))),
        cell_event=cells.event,
        cell_outlet=cells.outlet,
        cell_words=cells.n_words,
        cell_sentences=cells.n_sentences,
        item_event=np.array(found.event, dtype=np.int64),
        item_kind=tuple(found.kind),
        item_text=tuple(found.text),
        use_item=key // n_cells,
        use_cell=key % n_cells,
        use_sentences=n,
        use_place=Spans(spans.article[at], spans.start[at], spans.end[at]),
    )


def _reading_order(items: Items, articles: Articles) -> IntArray:
    """Place of each sentence when articles are read in order of their ids."""
    rank = np.empty(len(articles), dtype=np.int64)
    rank[sorted(range(len(articles)), key=articles.id.__getitem__)] = np.arange(len(articles))
    order = np.lexsort((items.sentence.start, rank[items.sentence.article]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place
