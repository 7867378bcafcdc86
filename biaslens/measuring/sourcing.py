"""Sourcing: who is given voice, how much, and with which reporting verbs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from biaslens.attributions import AttributionKind, CueClass
from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.spans import IntArray, Spans


def quote_share(corpus: Corpus) -> Counted:
    """Words inside quotation marks, scare quotes apart, by all words."""
    return _words_of(corpus, ("direct", "fragment"))


def attributed_share(corpus: Corpus) -> Counted:
    """Words that are quoted or reported as somebody's, by all words."""
    return _words_of(corpus, ("direct", "fragment", "indirect", "mixed"))


def _words_of(corpus: Corpus, kinds: tuple[AttributionKind, ...]) -> Counted:
    rows = corpus.voices.attributions
    chosen = np.array([kind in kinds for kind in rows.kind], dtype=bool) & (rows.words > 0)
    hits = Hits(_take(rows.content, chosen), _labels(rows.kind, chosen), rows.words[chosen])
    return Counted.from_hits(hits, corpus.tokens.n_words)


def scare_quotes(corpus: Corpus) -> Counted:
    """Quotation marks around a few words that nobody is said to have spoken."""
    rows = corpus.voices.attributions
    chosen = np.array([kind == "scare" for kind in rows.kind], dtype=bool)
    n_hits = int(chosen.sum())
    hits = Hits(_take(rows.content, chosen), ("scare",) * n_hits, np.ones(n_hits, dtype=np.int64))
    return Counted.from_hits(hits, corpus.unquoted_words)


def cue_share(cue_class: CueClass) -> Callable[[Corpus], Counted]:
    """Reporting cues of one class by all reporting cues; each cue counts once."""

    def count(corpus: Corpus) -> Counted:
        rows, cues = corpus.voices.attributions, corpus.once(_distinct_cues)
        chosen = cues[[rows.cue_class[row] == cue_class for row in cues.tolist()]]
        hits = Hits(
            _take(rows.cue_span, chosen),
            tuple(rows.cue[row] for row in chosen.tolist()),
            np.ones(len(chosen), dtype=np.int64),
        )
        return Counted.from_hits(hits, np.bincount(rows.cue_span.article[cues], minlength=len(corpus.texts)))

    return count


def source_diversity(corpus: Corpus) -> Counted:
    """Pairs of attributions with different speakers, by all pairs (Hurlbert 1971).

    For attributions in random order the expected value does not depend on their number. Neighbours share a
    speaker, though, so that short texts come out lower.

    A pair counts from either side: an attribution adds the number of those that have another speaker.
    """
    rows = corpus.voices.attributions
    spoken = [
        (article, speaker)
        for article, speaker in zip(rows.content.article.tolist(), rows.speaker, strict=True)
        if speaker
    ]
    n_by_speaker, n_by_article = Counter(spoken), Counter(article for article, _ in spoken)
    others = np.zeros(len(rows), dtype=np.int64)
    with_speaker = np.array([speaker != "" for speaker in rows.speaker], dtype=bool)
    others[with_speaker] = [n_by_article[pair[0]] - n_by_speaker[pair] for pair in spoken]
    hits = Hits(_take(rows.content, others > 0), _labels(rows.speaker, others > 0), others[others > 0])
    n = np.array([n_by_article[article] for article in range(len(corpus.texts))], dtype=np.int64)
    return Counted.from_hits(hits, n * (n - 1))


def _distinct_cues(corpus: Corpus) -> IntArray:
    """The first attribution of each cue."""
    rows = corpus.voices.attributions
    with_cue = np.flatnonzero(np.array([cue != "" for cue in rows.cue], dtype=bool))
    places = np.stack([rows.cue_span.article[with_cue], rows.cue_span.start[with_cue]], axis=1)
    _, first = np.unique(places, axis=0, return_index=True)
    return with_cue[first]


def _take(spans: Spans, chosen: np.ndarray) -> Spans:
    return Spans(spans.article[chosen], spans.start[chosen], spans.end[chosen])


def _labels(labels: tuple[str, ...], chosen: np.ndarray) -> tuple[str, ...]:
    rows: IntArray = np.flatnonzero(chosen)
    return tuple(labels[row] for row in rows.tolist())
