"""Voices: quotations and cues brought together, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from biaslens.attributions import QUOTED, REPORTED, Attributions, Voices
from biaslens.lexicons import load_lexicon
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans
from biaslens.speech.cues import find_cues
from biaslens.speech.pairing import Row, pair
from biaslens.speech.quotes import find_quotes
from biaslens.speech.scan import Range, scan
from biaslens.tokens import TokenTable

# An article with this many cues and not one quotation mark has probably lost its marks on the way.
_CUES_WITHOUT_MARKS = 5


def find_voices(texts: Sequence[str], tokens: TokenTable, language: str = "en") -> Voices:
    """Who is given voice in some articles, and the voice of every token.

    Quoted tokens are QUOTED; tokens that a cue reports without marks are REPORTED; the rest is the outlet's
    OWN. Each word counts for its innermost attribution only. Time grows in line with the number of tokens.
    """
    quotes = find_quotes(tokens)
    lexicon = load_lexicon("reporting_cues", language)
    matches = find_terms(tokens, lexicon)
    scanned = scan(tokens, quotes, matches, language)
    cues = find_cues(scanned, matches, lexicon)
    rows = pair(texts, tokens, scanned, quotes, cues)
    voice = np.zeros(len(tokens), dtype=np.int8)
    for row in rows:
        if row.kind in ("indirect", "mixed"):
            voice[slice(*row.content)] = REPORTED
    voice[np.array(scanned.in_quote, dtype=bool)] = QUOTED
    n_cues = _per_article(tokens, [cue.first for cue in cues])
    n_quotes = _per_article(tokens, [quote.first for quote in quotes])
    return Voices(
        attributions=_columns(tokens, rows),
        voice=voice,
        marks_missing=(n_quotes == 0) & (n_cues >= _CUES_WITHOUT_MARKS),
    )


def _per_article(tokens: TokenTable, places: Sequence[int]) -> IntArray:
    """How many of the tokens stand in each article."""
    rows = tokens.article[np.array(places, dtype=np.int64)]
    return np.bincount(rows, minlength=tokens.n_articles).astype(np.int64)


def _columns(tokens: TokenTable, rows: Sequence[Row]) -> Attributions:
    """Token ranges as characters; where there is no cue, its spans are empty at the start of the content."""
    nowhere = [(row.content[0], row.content[0]) for row in rows]
    cues = [row.cue for row in rows]
    sources = (cue.source if cue else none for cue, none in zip(cues, nowhere, strict=True))
    places = ((cue.first, cue.last) if cue else none for cue, none in zip(cues, nowhere, strict=True))
    return Attributions(
        content=_spans(tokens, (row.content for row in rows)),
        kind=tuple(row.kind for row in rows),
        words=_innermost_words(tokens, rows),
        speaker=tuple(row.speaker for row in rows),
        speaker_span=_spans(tokens, sources),
        group=("unresolved",) * len(rows),
        principal=("",) * len(rows),
        cue=tuple(cue.lemma if cue else "" for cue in cues),
        cue_span=_spans(tokens, places),
        cue_class=tuple(cue.cue_class if cue else "" for cue in cues),
    )


def _innermost_words(tokens: TokenTable, rows: Sequence[Row]) -> IntArray:
    """Words of each row's content that no shorter content holds."""
    owner = np.full(len(tokens), -1, dtype=np.int64)
    by_length = sorted(range(len(rows)), key=lambda i: rows[i].content[0] - rows[i].content[1])
    for i in by_length:
        owner[slice(*rows[i].content)] = i
    counted = owner[tokens.is_word & (owner >= 0)]
    return np.bincount(counted, minlength=len(rows)).astype(np.int64)


def _spans(tokens: TokenTable, ranges: Iterable[Range]) -> Spans:
    table = np.array(list(ranges), dtype=np.int64).reshape(-1, 2)
    first, last = table[:, 0], table[:, 1]
    start = tokens.start[first]
    return Spans(tokens.article[first], start, np.where(last > first, tokens.end[last - 1], start))
