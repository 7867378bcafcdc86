"""Items: the names, numbers and voiced sources of articles, found without a parser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.cells import ItemKind, Items
from biaslens.codebook import Corpus
from biaslens.spans import IntArray, Spans
from biaslens.stats.names import find_names, plain_name, plain_source
from biaslens.stats.numbers import Number, is_number_word, is_power, number_at, starts_with_digit
from biaslens.tokens import BoolArray, TokenTable

_KINDS: tuple[ItemKind, ...] = ("name", "number", "source")


def find_items(corpus: Corpus) -> Items:
    """The names, numbers and sources in all voices of the articles, with the sentence of each mention.

    name    a run of capitalised words (see ``find_names``), without the office or title before it
    number  two digits or more, or money, a percentage or a power of ten, with its unit; no dates or times
    source  the speaker of an attribution, as resolved in its article, where he or it has a name

    A source is also found as a name where it is written; the source says that it is given voice.
    """
    tokens = corpus.tokens
    names = _names(corpus)
    found = [names.named, names.before, _numbers(corpus), _sources(corpus)]
    sentence = np.concatenate([part.sentence for part in found])
    start = np.concatenate([part.start for part in found])
    kind = np.repeat([0, 0, 1, 2], [len(part.text) for part in found])
    order = np.lexsort((kind, start, sentence))
    text, key = [word for part in found for word in part.text], [word for part in found for word in part.key]
    sure = np.concatenate([part.sure for part in found])
    every = np.flatnonzero(np.diff(tokens.sentence_first) > 0)
    return Items(
        text=tuple(text[row] for row in order.tolist()),
        key=tuple(key[row] for row in order.tolist()),
        kind=tuple(_KINDS[row] for row in kind[order].tolist()),
        sure=sure[order],
        place=_sentence_spans(tokens, sentence[order]),
        sentence=_sentence_spans(tokens, every),
        n_words=np.bincount(tokens.sentence[tokens.is_word], minlength=tokens.n_sentences)[every],
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Mentions of one kind."""

    sentence: IntArray
    start: IntArray
    text: list[str]
    key: list[str]
    sure: BoolArray


def _sentence_spans(tokens: TokenTable, sentence: IntArray) -> Spans:
    return Spans(
        tokens.sentence_article[sentence],
        tokens.start[tokens.sentence_first[sentence]],
        tokens.end[tokens.sentence_first[sentence + 1] - 1],
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Names, and what stands before the titles of some of them ("French President Emmanuel Macron")."""

    named: _Found
    before: _Found


def _names(corpus: Corpus) -> _Names:
    tokens = corpus.tokens
    runs = find_names(tokens, corpus.language)
    spans = Spans(tokens.article[runs.first], tokens.start[runs.first], tokens.end[runs.last - 1])
    sentence, written = tokens.sentence[runs.first], spans.slices(corpus.texts)
    names = [plain_name(text, corpus.language) for text in written]
    # Behind an office or a title a capital is a name's, also where that opens the sentence.
    behind = [bool(name.key) and text[0] != name.text[0] for name, text in zip(names, written, strict=True)]
    kept = np.flatnonzero([bool(name.key) for name in names])
    sure = runs.sure | np.array(behind, dtype=bool)
    origins = [plain_name(name.before, corpus.language) for name in names]
    before = np.flatnonzero([bool(origin.key) for origin in origins])
    return _Names(
        named=_Found(
            sentence=sentence[kept],
            start=spans.start[kept],
            text=[names[row].text for row in kept.tolist()],
            key=[names[row].key for row in kept.tolist()],
            sure=sure[kept],
        ),
        before=_Found(
            sentence=sentence[before],
            start=spans.start[before],
            text=[origins[row].text for row in before.tolist()],
            key=[origins[row].key for row in before.tolist()],
            sure=np.zeros(len(before), dtype=bool),
        ),
    )


def _numbers(corpus: Corpus) -> _Found:
    tokens = corpus.tokens
    # A number word is looked at only before a power of ten.
    before_power = np.append(tokens.look_up(is_power)[1:], False)[: len(tokens)]
    spelled = tokens.look_up(is_number_word) & before_power
    at = np.flatnonzero(tokens.look_up(starts_with_digit) | spelled)
    spans = _sentence_spans(tokens, tokens.sentence[at])
    rows = zip(spans.article.tolist(), tokens.start[at].tolist(), spans.end.tolist(), strict=True)
    chosen: list[int] = []
    found: list[Number] = []
    free = (0, 0)
    for row, (article, start, end) in enumerate(rows):
        number = (
            number_at(corpus.texts[article], start, end, corpus.language)
            if (article, start) >= free
            else None
        )
        if number is not None:
            chosen.append(row)
            found.append(number)
            free = (article, number.end)
    place = at[np.array(chosen, dtype=np.int64)]
    return _Found(
        sentence=tokens.sentence[place],
        start=tokens.start[place],
        text=[number.text for number in found],
        key=[number.key for number in found],
        sure=np.ones(len(found), dtype=bool),
    )


def _sources(corpus: Corpus) -> _Found:
    """Named speakers, each in the sentence where what is attributed to it begins."""
    said, tokens = corpus.voices.attributions, corpus.tokens
    names = [plain_source(speaker, corpus.language) for speaker in said.speaker]
    kept = np.flatnonzero(
        [bool(name.key) and kind != "scare" for name, kind in zip(names, said.kind, strict=True)]
    )
    width = int(tokens.end.max()) + 1 if len(tokens) else 1
    begins = tokens.article * width + tokens.start
    content = said.content.article[kept] * width + said.content.start[kept]
    return _Found(
        sentence=tokens.sentence[np.searchsorted(begins, content, side="right") - 1],
        start=said.content.start[kept],
        text=[names[row].text for row in kept.tolist()],
        key=[names[row].key for row in kept.tolist()],
        sure=np.ones(len(kept), dtype=bool),
    )
