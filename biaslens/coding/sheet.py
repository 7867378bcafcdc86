"""The coding sheet: a blind sample of what measures find and pass over, for people to judge."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from biaslens.cleaning.repetition import Repeats
from biaslens.coding.blinding import OutletNames
from biaslens.coding.keys import ItemKey, Kind
from biaslens.coding.questions import Question, questions_for
from biaslens.coding.sample import Pool
from biaslens.errors import BadSetting
from biaslens.report.wording import cut_middle
from biaslens.second_pass import Grouped
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray

if TYPE_CHECKING:
    import pandas as pd

# Two spans, a sentence with a hit, and one without: what a measure takes at least.
_MIN_PER_MEASURE = 4
# Articles that are looked through, so that rare hits are found without reading a whole corpus.
_MIN_ARTICLES, _ARTICLES_PER_ITEM = 200, 2
# Characters shown of a sentence on each side of the marked text, of that text, and of the sentence before.
_SHOWN = 1_000
_CODE_BYTES = 6


def coding_sheet(
    grouped: Grouped, repeats: Repeats, n: int, measures: Sequence[str] | None = None, coders: int = 2
) -> pd.DataFrame:
    """About n items for people to code, over some measures: a row per item, in an order that tells nothing.

    Half of a measure's items are **spans**, one hit each, marked [[so]]: how many are right gives precision.
    The others are whole **sentences**, half of them with a hit and half without: which of them hold what the
    measure is after gives recall. ``biaslens.agreement`` works both out from the filled sheet alone.

    Columns: item, measure, kind, question, sentence, context (the sentence before), coder_1 ... (1 for yes, 0
    for no), note, key. Blind: names of outlets are replaced by [outlet], and neither ids nor values are told.
    The key holds what the measure says, opaque but not secret: coders who decode it are not blind.

    Equal numbers of each outlet, as far as they go, and few of an article (2 per measure and kind, more where
    articles are few), drawn by hashes of seed, article id and position: no order changes anything. Copies are
    left out. Beyond 200 articles, or 2 n where that is more, so many are looked through, equal numbers of
    each outlet. There are fewer items where the corpus holds no more.

    Raises BadSetting for fewer than 4 items a measure, no coder, and measures that nobody can code so.
    """
    questions = questions_for(grouped.settings, measures)
    if coders < 1:
        raise BadSetting(f"coders is {coders}; it must be 1 or more (2 or more, to see how far they agree).")
    if n < _MIN_PER_MEASURE * len(questions):
        raise BadSetting(
            f"n is {n}; {len(questions)} measures take {_MIN_PER_MEASURE * len(questions)} items or more. "
            'Raise n, or name fewer measures: coding_sheet(n, measures=["loaded_rate"]).'
        )
    pool = Pool.of(grouped, repeats, max(_MIN_ARTICLES, _ARTICLES_PER_ITEM * n))
    writer = _Writer(pool, OutletNames.of(grouped.outlets, grouped.settings.language))
    items: list[_Item] = []
    for place, question in enumerate(questions):
        items += _items(writer, question, n // len(questions) + (place < n % len(questions)))
    return _frame(sorted(items, key=lambda item: item.key.item), coders)


@dataclass(frozen=True, slots=True)
class _Item:
    """One row of the sheet."""

    key: ItemKey
    question: str
    sentence: str
    context: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Items of one kind that are drawn together.

    places     what to draw from; the span to mark, or a sentence
    sentences  shape (2, n_places): the first and last sentence of each
    """

    question: Question
    kind: Kind
    is_hit: bool
    places: Spans
    sentences: IntArray


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes down items of the articles that are looked through."""

    pool: Pool
    names: OutletNames

    def write(self, group: _Group, n: int, questions: Sequence[str]) -> Iterator[_Item]:
        """Up to n items of a group; ``questions`` has one per place."""
        purpose = f"{group.question.measure} {group.kind} {group.is_hit}"
        drawn = self.pool.draw(group.places, purpose, n)
        for place, weight in zip(drawn.place.tolist(), drawn.weight.tolist(), strict=True):
            article = int(group.places.article[place])
            start, end = int(group.places.start[place]), int(group.places.end[place])
            id = self.pool.articles.id[article]
            key = ItemKey(
                item=self._code(purpose, id, str(start), str(end)),
                measure=group.question.measure,
                kind=group.kind,
                is_hit=group.is_hit,
                weight=round(weight, 6),
                total=round(drawn.total, 6),
                cluster=self._code("article", id),
            )
            first, last = group.sentences[:, place].tolist()
            marked = (start, end) if group.kind == "span" else None
            yield _Item(key, questions[place], self._shown(first, last, marked), self._before(first))

    def _shown(self, first: int, last: int, marked: tuple[int, int] | None) -> str:
        """Sentences first to last without outlets' names, and with a mark around some text."""
        where = self.pool.sentence_spans(np.array([first, last]))
        start, end = int(where.start[0]), int(where.end[1])
        text = self.pool.articles.text[int(where.article[0])][start:end]
        if marked is None:
            return _tidy(self.names.mask(text))
        parts = self.names.mask_around(text, marked[0] - start, marked[1] - start)
        before, inside = cut_middle(parts.before, _SHOWN), cut_middle(parts.inside, _SHOWN)
        return _tidy(f"{before}[[{inside}]]{cut_middle(parts.behind, _SHOWN)}")

    def _before(self, sentence: int) -> str:
        """The sentence before another one in its article, "" where there is none."""
        article = self.pool.corpus.tokens.sentence_article
        if sentence == 0 or article[sentence - 1] != article[sentence]:
            return ""
        return cut_middle(self._shown(sentence - 1, sentence - 1, None), _SHOWN)

    def _code(self, *parts: str) -> str:
        """A name that tells nothing, and is neither a number nor a formula to any spreadsheet."""
        text = "\x1f".join([str(self.pool.settings.seed), *parts]).encode("utf-8", "surrogatepass")
        digest = blake2b(text, digest_size=_CODE_BYTES).digest()
        return "c" + b32encode(digest).decode("ascii").rstrip("=").lower()


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _items(writer: _Writer, question: Question, n: int) -> Iterator[_Item]:
    """The items of one measure: half spans, a quarter sentences with a hit, a quarter without."""
    pool, hits = writer.pool, writer.pool.hits(question.measure)
    sentences = np.stack(pool.sentences_of(hits.spans))
    n_spans = ceil(n / 2)
    spans = _Group(question, "span", True, hits.spans, sentences)
    yield from writer.write(spans, n_spans, [question.of_span(category) for category in hits.category])
    has_hit = _reached(sentences, pool.corpus.tokens.n_sentences)
    n_with = ceil((n - n_spans) / 2)
    for is_hit, size in ((True, n_with), (False, n - n_spans - n_with)):
        found = np.flatnonzero(pool.is_sentence & (has_hit == is_hit))
        whole = _Group(question, "sentence", is_hit, pool.sentence_spans(found), np.stack([found, found]))
        yield from writer.write(whole, size, [question.of_sentence()] * len(found))


def _reached(sentences: IntArray, n_sentences: int) -> BoolArray:
    """Sentences from some first to some last one, ends included, shape (n_sentences,)."""
    change = np.zeros(n_sentences + 1, dtype=np.int64)
    np.add.at(change, sentences[0], 1)
    np.add.at(change, sentences[1] + 1, -1)
    return np.asarray(np.cumsum(change)[:-1] > 0)


def _frame(items: Sequence[_Item], coders: int) -> pd.DataFrame:
    import pandas as pd

    columns = {
        "item": [item.key.item for item in items],
        "measure": [item.key.measure for item in items],
        "kind": [item.key.kind for item in items],
        "question": [item.question for item in items],
        "sentence": [item.sentence for item in items],
        "context": [item.context for item in items],
        **{f"coder_{number + 1}": [""] * len(items) for number in range(coders)},
        "note": [""] * len(items),
        "key": [item.key.packed() for item in items],
    }
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
