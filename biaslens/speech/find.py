"""Voices: quotations and cues brought together, article by article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from biaslens.attributions import OWN, QUOTED, REPORTED, Attributions, Voices
from biaslens.lexicons import load_lexicon
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans
from biaslens.speech.cues import Cue, find_cues
from biaslens.speech.groups import GroupTable
from biaslens.speech.names import Names, find_names
from biaslens.speech.pairing import Row, pair
from biaslens.speech.quotes import Quote, find_quotes
from biaslens.speech.resolution import Article, Voiced
from biaslens.speech.scan import Range, Scan, as_table, scan, tokens_in
from biaslens.speech.speakers import TextOf
from biaslens.speech.verbs import cue_terms
from biaslens.tokens import TokenTable

# An article with this many cues and not one quotation mark has probably lost its marks on the way.
_CUES_WITHOUT_MARKS = 5


class _Found(NamedTuple):
    """What the scan of some articles has found."""

    scan: Scan
    cues: Sequence[Cue]
    rows: Sequence[Row]


def find_voices(
    texts: Sequence[str],
    tokens: TokenTable,
    language: str = "en",
    groups: Mapping[str, str] | None = None,
) -> Voices:
    """Who is given voice in some articles, and the voice of every token.

    Quoted tokens are QUOTED; tokens that a cue reports without marks are REPORTED; the rest is the outlet's
    OWN. Each word counts for its innermost attribution only. Time grows in line with the number of tokens.
    """
    quotes = find_quotes(tokens)
    lexicon = load_lexicon("reporting_cues", language)
    matches = find_terms(tokens, lexicon)
    scanned = scan(tokens, quotes, matches, language)
    cues = find_cues(scanned, matches, cue_terms(lexicon))
    rows = pair(scanned, quotes, cues)
    table = GroupTable.of(groups or {}, language)
    voiced = _voiced(texts, tokens, find_names(tokens, scanned, language), table, _Found(scanned, cues, rows))
    n_cues = _per_article(tokens, [cue.first for cue in cues])
    n_quotes = _per_article(tokens, [quote.first for quote in quotes])
    return Voices(
        attributions=_columns(tokens, rows, voiced),
        voice=_voice(tokens, quotes, rows),
        marks_missing=(n_quotes == 0) & (n_cues >= _CUES_WITHOUT_MARKS),
    )


def _voiced(
    texts: Sequence[str],
    tokens: TokenTable,
    names: Names,
    table: GroupTable,
    found: _Found,
) -> list[Voiced]:
    """Who speaks in each attribution; no article knows of another."""
    starts, cue_starts = [row.content[0] for row in found.rows], [cue.first for cue in found.cues]
    voiced: list[Voiced] = []
    for row, (first, last) in enumerate(pairwise(tokens.article_first.tolist())):
        rows = found.rows[bisect_left(starts, first) : bisect_left(starts, last)]
        if rows:
            cues = found.cues[bisect_left(cue_starts, first) : bisect_left(cue_starts, last)]
            article = Article(found.scan, names, (first, last), _text_of(texts[row], tokens), table)
            voiced += article.voiced(cues, rows)
    return voiced


def _text_of(text: str, tokens: TokenTable) -> TextOf:
    start, end = memoryview(tokens.start.data), memoryview(tokens.end.data)
    return lambda where: text[start[where[0]] : end[where[1] - 1]]


def _voice(tokens: TokenTable, quotes: Sequence[Quote], rows: Sequence[Row]) -> npt.NDArray[np.int8]:
    """The voice of each token."""
    voice = np.full(len(tokens), OWN, dtype=np.int8)
    reported = [row.content for row in rows if row.kind in ("indirect", "mixed")]
    voice[tokens_in(as_table(reported))] = REPORTED
    voice[tokens_in(as_table([(quote.first, quote.last) for quote in quotes]))] = QUOTED
    return voice


def _per_article(tokens: TokenTable, places: Sequence[int]) -> IntArray:
    """How many of the tokens stand in each article."""
    rows = tokens.article[np.array(places, dtype=np.int64)]
    return np.bincount(rows, minlength=tokens.n_articles).astype(np.int64)


def _columns(tokens: TokenTable, rows: Sequence[Row], voiced: Sequence[Voiced]) -> Attributions:
    """Token ranges as characters; where there is no cue, its spans are empty at the start of the content."""
    nowhere = [(row.content[0], row.content[0]) for row in rows]
    cues = [row.cue for row in rows]
    pairs = list(zip(cues, nowhere, strict=True))
    mentions = [voice.speaker.mention for voice in voiced]
    return Attributions(
        content=_spans(tokens, [row.content for row in rows]),
        kind=tuple(row.kind for row in rows),
        words=_innermost_words(tokens, rows),
        speaker=tuple(voice.speaker.name for voice in voiced),
        speaker_span=_spans(
            tokens,
            [m if m[0] < m[1] else none for m, none in zip(mentions, nowhere, strict=True)],
        ),
        group=tuple(voice.group for voice in voiced),
        principal=tuple(voice.principal for voice in voiced),
        cue=tuple(cue.term.lemma if cue else "" for cue in cues),
        cue_span=_spans(tokens, [(cue.first, cue.last) if cue else none for cue, none in pairs]),
        cue_class=tuple(cue.term.cue_class if cue else "" for cue in cues),
    )


def _innermost_words(tokens: TokenTable, rows: Sequence[Row]) -> IntArray:
    """Words of each row's content that no shorter content holds."""
    table = as_table([row.content for row in rows])
    size = table[:, 1] - table[:, 0]
    # Of several values for one token the last one stays: the shortest content's.
    order = np.argsort(-size, kind="stable")
    owner = np.full(len(tokens), -1, dtype=np.int64)
    owner[tokens_in(table[order])] = np.repeat(order, size[order])
    counted = owner[tokens.is_word & (owner >= 0)]
    return np.bincount(counted, minlength=len(rows)).astype(np.int64)


def _spans(tokens: TokenTable, ranges: Sequence[Range]) -> Spans:
    table = as_table(ranges)
    first, last = table[:, 0], table[:, 1]
    start = tokens.start[first]
    return Spans(tokens.article[first], start, np.where(last > first, tokens.end[last - 1], start))
