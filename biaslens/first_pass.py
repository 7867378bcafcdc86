"""The first pass: each article read once, by itself. An engine maps it over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from biaslens.articles import Articles
from biaslens.attributions import Attributions
from biaslens.cells import Items
from biaslens.cleaned import Cleaned, Harvest, Ledger
from biaslens.cleaning.clean import clean_articles, keep_all
from biaslens.cleaning.lines import lines_of
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus
from biaslens.events.shingles import Shingles, shingle_corpus
from biaslens.events.sketch import Sketch, lead, sketch_articles
from biaslens.hits import Counted, Hits
from biaslens.measuring.function_profile import FunctionWordCounts, count_function_words
from biaslens.measuring.name_slots import find_slots
from biaslens.measuring.naming import LabelUses, label_uses
from biaslens.measuring.ngrams import Ngrams, content_words, find_ngrams, without_possessive
from biaslens.measuring.persons import find_persons
from biaslens.measuring.registry import measures_for
from biaslens.name_mentions import NameSlots, PersonMentions
from biaslens.settings import Settings
from biaslens.spans import IntArray, Spans
from biaslens.speech.find import find_voices
from biaslens.stats.items import find_items
from biaslens.tokenise import tokenise
from biaslens.tokens import BoolArray

_Columns = TypeVar("_Columns")


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each article uses each content word outside quotation marks, one row per article and word."""

    article: IntArray
    term: tuple[str, ...]
    count: IntArray


@dataclass(frozen=True, slots=True)
class Counts:
    """What the measures count, in the order of the codebook; zeros where a measure cannot be counted.

    total, exposure  int64, shape (n_articles, n_measures): they are what is added up
    values           float64, the same shape: the value of every article by itself, NaN for NA
    """

    total: IntArray
    exposure: IntArray
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the first pass hands to the second.

    counts           of the articles' own text
    counts_aside     of what cleaning set aside
    n_words          words as read; n_words_removed and own_words are parts of them
    spared           True where cleaning found too much to believe it, and kept the article
    marks_missing    True where the article reports speech but holds no quotation mark
    title            the article's title, or the headline that cleaning found
    lead             the beginning of its kept text, for the words that name an event
    """

    counts: Counts
    counts_aside: Counts
    n_words: IntArray
    n_words_removed: IntArray
    own_words: IntArray
    spared: BoolArray
    marks_missing: BoolArray
    title: tuple[str, ...]
    lead: tuple[str, ...]
    ledger: Ledger
    flagged: Ledger
    harvest: Harvest
    attributions: Attributions
    terms: TermCounts
    ngrams: Ngrams
    function_words: FunctionWordCounts
    labels: LabelUses
    items: Items
    persons: PersonMentions
    slots: NameSlots
    sketch: Sketch
    shingles: Shingles


def clean_part(articles: Articles, repeats: Repeats, settings: Settings) -> Cleaned:
    """The articles' own text and the ledger; everything is kept where settings.clean is off."""
    return clean_articles(articles, repeats, settings.language) if settings.clean else keep_all(articles)


def annotate(articles: Articles, spans: Spans, settings: Settings) -> Corpus:
    """Some lines of some articles as tokens with voices: all that measures look at."""
    tokens = tokenise(articles.text, spans, settings.language, settings.sentences)
    voices = find_voices(articles.text, tokens, settings.language, settings.speaker_groups)
    return Corpus(articles.text, spans, tokens, voices, settings.language)


def count_part(articles: Articles, repeats: Repeats, settings: Settings) -> Counts:
    """What every measure counts in some articles, and nothing else."""
    return _counts(annotate(articles, clean_part(articles, repeats, settings).kept, settings), settings)


def _counts(corpus: Corpus, settings: Settings) -> Counts:
    measures = measures_for(settings)
    zeros = np.zeros(len(corpus.texts), dtype=np.int64)
    nothing = Counted(zeros, zeros, Hits.none())
    counted = [measure.count(corpus) if measure.count else nothing for measure in measures]
    values = [c.values(measure.scale) for c, measure in zip(counted, measures, strict=True)]
    return Counts(
        total=np.stack([c.total for c in counted], axis=1),
        exposure=np.stack([c.exposure for c in counted], axis=1),
        values=np.stack(values, axis=1),
    )


def scan_part(articles: Articles, repeats: Repeats, settings: Settings) -> Scanned:
    """Everything that is to be known of some articles one by one."""
    cleaned = clean_part(articles, repeats, settings)
    corpus = annotate(articles, cleaned.kept, settings)
    aside = annotate(articles, lines_of(cleaned.ledger.spans, articles.text), settings)
    bodies = kept_texts(articles, cleaned)
    title = tuple(given or found for given, found in zip(articles.title, cleaned.harvest.title, strict=True))
    return Scanned(
        counts=_counts(corpus, settings),
        counts_aside=_counts(aside, settings),
        n_words=corpus.tokens.n_words + aside.tokens.n_words,
        n_words_removed=aside.tokens.n_words,
        own_words=corpus.unquoted_words,
        spared=cleaned.spared,
        marks_missing=corpus.voices.marks_missing,
        title=title,
        lead=tuple(map(lead, bodies)),
        ledger=cleaned.ledger,
        flagged=cleaned.flagged,
        harvest=cleaned.harvest,
        attributions=corpus.voices.attributions,
        terms=_term_counts(corpus),
        ngrams=find_ngrams(corpus),
        function_words=count_function_words(corpus),
        labels=label_uses(corpus),
        items=find_items(corpus),
        persons=find_persons(corpus),
        slots=find_slots(corpus),
        sketch=sketch_articles(title, bodies),
        shingles=shingle_corpus(corpus.tokens, corpus.is_narration),
    )


def kept_texts(articles: Articles, cleaned: Cleaned) -> tuple[str, ...]:
    """The kept lines of each article, joined by line ends."""
    lines: list[list[str]] = [[] for _ in articles.text]
    for row, line in zip(cleaned.kept.article.tolist(), cleaned.kept.slices(articles.text), strict=True):
        lines[row].append(line)
    return tuple("\n".join(kept) for kept in lines)


def join(parts: Sequence[_Columns], n_articles: Sequence[int]) -> _Columns:
    """The columns of all parts, one part after the other; rows of articles are renumbered."""
    first_row = np.concatenate([[0], np.cumsum(n_articles)]).tolist()
    joined: _Columns = _join(parts, first_row)
    return joined


def _join(values: Sequence[Any], first_row: Sequence[int]) -> Any:
    one = values[0]
    if isinstance(one, tuple):
        return tuple(chain.from_iterable(values))
    if isinstance(one, np.ndarray):
        return np.concatenate(values)
    if hasattr(one, "concatenate"):
        return type(one).concatenate(values)
    assert is_dataclass(one)
    columns = {
        field.name: _join([getattr(value, field.name) for value in values], first_row)
        for field in fields(one)
    }
    if "article" in columns:
        shifted = [value.article + row for value, row in zip(values, first_row, strict=False)]
        columns["article"] = np.concatenate(shifted)
    rebuild: Any = type(one)
    return rebuild(**columns)


def _term_counts(corpus: Corpus) -> TermCounts:
    """Content words only: function words tell style, which has measures of its own."""
    tokens = corpus.tokens
    chosen = tokens.is_word & corpus.is_unquoted & tokens.look_up(content_words(corpus.language))
    uses, count = np.unique(
        tokens.article[chosen] * len(tokens.vocabulary) + tokens.type[chosen], return_counts=True
    )
    article, term = np.divmod(uses, max(1, len(tokens.vocabulary)))
    forms = tokens.vocabulary.forms
    return TermCounts(
        article=article,
        term=tuple(without_possessive(forms[row]) for row in term.tolist()),
        count=count.astype(np.int64),
    )
