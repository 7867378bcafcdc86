"""Voices: quotations and cues brought together, article by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.attributions import QUOTED, REPORTED, AttributionKind, Attributions, CueClass, Voices
from biaslens.lexicons import Lexicon, load_lexicon
from biaslens.matching import find_terms
from biaslens.speech.cues import Cue, find_cues
from biaslens.speech.quotes import Quote, find_quotes
from biaslens.speech.scan import Scan, scan
from biaslens.speech.sources import Range
from biaslens.speech.speakers import Mentions
from biaslens.spans import Spans
from biaslens.tokens import TokenTable

# A quotation of this many words is speech; a shorter one is a fragment of it or, without a cue, scare quotes.
_DIRECT_WORDS, _SCARE_WORDS = 5, 4
# Narration left around a quotation without a cue that still lets it continue the speaker before.
_NARRATION_WORDS = 4
# An article with this many cues and not one quotation mark has probably lost its marks on the way.
_CUES_WITHOUT_MARKS = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """One attribution as token ranges."""

    content: Range
    kind: AttributionKind
    cue: Cue | None
    speaker: str


def find_voices(texts: Sequence[str], tokens: TokenTable, language: str = "en") -> Voices:
    """Who is given voice in some articles, and the voice of every token.

    Quoted tokens are QUOTED; tokens that a cue reports without marks are REPORTED; the rest is the outlet's OWN.
    Each word counts for its innermost attribution only.
    """
    quotes = find_quotes(tokens)
    lexicon = load_lexicon("reporting_cues", language)
    matches = find_terms(tokens, lexicon)
    scanned = scan(tokens, quotes, matches, language)
    cues = find_cues(scanned, matches, lexicon)
    rows = _rows(texts, tokens, scanned, quotes, cues)
    voice = np.zeros(len(tokens), dtype=np.int8)
    for row in rows:
        if row.kind in ("indirect", "mixed"):
            voice[slice(*row.content)] = REPORTED
    voice[np.array(scanned.in_quote, dtype=bool)] = QUOTED
    n_cues = np.bincount(
        [int(tokens.article[cue.first]) for cue in cues], minlength=tokens.n_articles
    )
    n_quotes = np.bincount(
        [int(tokens.article[quote.first]) for quote in quotes], minlength=tokens.n_articles
    )
    return Voices(
        attributions=_attributions(tokens, scanned, lexicon, rows),
        voice=voice,
        marks_missing=(n_quotes == 0) & (n_cues >= _CUES_WITHOUT_MARKS),
    )


def _rows(
    texts: Sequence[str], tokens: TokenTable, scanned: Scan, quotes: Sequence[Quote], cues: Sequence[Cue]
) -> list[_Row]:
    """Every attribution, in reading order, with its speaker."""
    cue_of = _nearest_cues(scanned, quotes, cues)
    by_token: list[tuple[int, int, Quote | None, Cue | None]] = [
        (quote.first, 0, quote, cue_of.get(quote.first)) for quote in quotes
    ]
    by_token += [(cue.first, 1, None, cue) for cue in cues]
    mentions, article = Mentions(), -1
    speaker_of: dict[int, str] = {}
    rows: list[_Row] = []
    # Cues first: a quotation's speaker may be named only behind it.
    for cue in cues:
        if tokens.article[cue.first] != article:
            mentions, article = Mentions(), int(tokens.article[cue.first])
        speaker_of[cue.first] = mentions.resolve(scanned, cue.source, _slice(texts, tokens, cue.source))
    for _, _, quote, cue in sorted(by_token, key=lambda item: item[:2]):
        if quote is None:
            assert cue is not None
            rows += _reported(scanned, cue, speaker_of[cue.first])
        else:
            rows.append(_quoted(scanned, quote, cue, speaker_of, rows, tokens))
    return rows


def _nearest_cues(scanned: Scan, quotes: Sequence[Quote], cues: Sequence[Cue]) -> dict[int, Cue]:
    """For each quotation (by first token), the nearest cue in the sentences that it touches."""
    by_sentence: dict[int, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(scanned.sentence[cue.first], []).append(cue)
    nearest: dict[int, Cue] = {}
    for quote in quotes:
        sentences = {scanned.sentence[quote.first], scanned.sentence[quote.last - 1]}
        candidates = [cue for sentence in sorted(sentences) for cue in by_sentence.get(sentence, ())]
        if candidates:
            nearest[quote.first] = min(candidates, key=lambda cue: (_distance(quote, cue), cue.first))
    return nearest


def _distance(quote: Quote, cue: Cue) -> int:
    """Tokens between the quotation and the cue or its source, whichever is nearer."""
    edges = (cue.first, cue.last, *cue.source)
    return min(min(abs(edge - quote.last), abs(edge - quote.first)) for edge in edges)


def _reported(scanned: Scan, cue: Cue, speaker: str) -> list[_Row]:
    """The attribution of a cue's content outside quotation marks, if there is any."""
    first, last = cue.content
    n_outside = sum(scanned.is_word[token] and not scanned.in_quote[token] for token in range(first, last))
    # A speaker's name and "," around a quotation are no content of their own.
    if n_outside < 3:
        return []
    kind: AttributionKind = "mixed" if any(scanned.in_quote[first:last]) else "indirect"
    return [_Row(cue.content, kind, cue, speaker)]


def _quoted(
    scanned: Scan,
    quote: Quote,
    cue: Cue | None,
    speaker_of: dict[int, str],
    before: Sequence[_Row],
    tokens: TokenTable,
) -> _Row:
    n_words = scanned.n_words(quote.inner_first, quote.inner_last)
    content = (quote.inner_first, quote.inner_last)
    if cue is not None:
        kind: AttributionKind = "direct" if n_words >= _DIRECT_WORDS else "fragment"
        return _Row(content, kind, cue, speaker_of[cue.first])
    start, _ = scanned.sentence_of(quote.first)
    _, end = scanned.sentence_of(quote.last - 1)
    n_narrated = sum(
        scanned.is_word[token] and not scanned.in_quote[token] for token in range(start, end)
    )
    same_article = bool(before) and tokens.article[before[-1].content[0]] == tokens.article[quote.first]
    if n_words >= _DIRECT_WORDS and n_narrated < _NARRATION_WORDS:
        return _Row(content, "direct", None, before[-1].speaker if same_article else "")
    return _Row(content, "scare" if n_words <= _SCARE_WORDS else "fragment", None, "")


def _attributions(tokens: TokenTable, scanned: Scan, lexicon: Lexicon, rows: Sequence[_Row]) -> Attributions:
    owner = np.full(len(tokens), -1, dtype=np.int64)
    by_length = sorted(range(len(rows)), key=lambda i: rows[i].content[0] - rows[i].content[1])
    for i in by_length:
        owner[slice(*rows[i].content)] = i
    counted = owner[tokens.is_word & (owner >= 0)]
    classes: list[CueClass] = [row.cue.cue_class if row.cue else "" for row in rows]
    return Attributions(
        content=_spans(tokens, [row.content for row in rows], rows),
        kind=tuple(row.kind for row in rows),
        words=np.bincount(counted, minlength=len(rows)).astype(np.int64),
        speaker=tuple(row.speaker for row in rows),
        speaker_span=_spans(tokens, [row.cue.source if row.cue else None for row in rows], rows),
        group=("unresolved",) * len(rows),
        principal=("",) * len(rows),
        cue=tuple(lexicon.term[row.cue.row] if row.cue else "" for row in rows),
        cue_span=_spans(tokens, [(row.cue.first, row.cue.last) if row.cue else None for row in rows], rows),
        cue_class=tuple(classes),
    )


def _spans(tokens: TokenTable, ranges: Sequence[Range | None], rows: Sequence[_Row]) -> Spans:
    """Token ranges as characters; no range is the empty span at the start of the content."""
    found = []
    for tokens_range, row in zip(ranges, rows, strict=True):
        first, last = tokens_range or (row.content[0], row.content[0])
        start = int(tokens.start[first])
        article = int(tokens.article[row.content[0]])
        found.append((article, start, int(tokens.end[last - 1]) if last > first else start))
    return Spans.of(found)


def _slice(texts: Sequence[str], tokens: TokenTable, place: Range) -> str:
    text = texts[int(tokens.article[place[0]])]
    return text[int(tokens.start[place[0]]) : int(tokens.end[place[1] - 1])]
