"""Evidence as it is read: sentences with their hits marked, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from biaslens.findings import EvidenceTable, Findings
from biaslens.report.values import rows_at
from biaslens.report.wording import cut_middle

# A sentence is shown whole up to about this many characters on each side of a hit.
PIECE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, marked where it is a hit."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with all the hits of one measure in it.

    unplaced  hits whose text does not stand in the sentence as it is shown
    """

    id: str
    pieces: tuple[Piece, ...]
    categories: tuple[str, ...]
    voices: tuple[str, ...]
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletEvidence:
    """The first sentences of one outlet for one measure, and how many hits and sentences there are."""

    outlet: str
    sentences: tuple[Sentence, ...]
    n_hits: int
    n_sentences: int


@dataclass(frozen=True, slots=True)
class MeasureEvidence:
    """All outlets' evidence for one measure."""

    measure: str
    outlets: tuple[OutletEvidence, ...]


def read_evidence(findings: Findings, evidence: EvidenceTable, limit: int) -> list[MeasureEvidence]:
    """Up to ``limit`` sentences per measure and outlet, in the codebook's and the outlets' order.

    A sentence comes before another where its hits weigh more (sum of absolute weights); ties go by
    article id, then by position.
    """
    rows_of: dict[tuple[str, str], list[int]] = {}
    for i, key in enumerate(zip(evidence.measure.tolist(), evidence.outlet.tolist(), strict=True)):
        rows_of.setdefault(key, []).append(i)
    found = []
    for measure in findings.codebook.name.tolist():
        outlets = [
            _outlet_evidence(evidence, outlet, rows_of[measure, outlet], limit)
            for outlet in findings.outlet_names
            if (measure, outlet) in rows_of
        ]
        if outlets:
            found.append(MeasureEvidence(measure, tuple(outlets)))
    return found


def _outlet_evidence(evidence: EvidenceTable, outlet: str, rows: list[int], limit: int) -> OutletEvidence:
    hits_of: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        hits_of.setdefault((evidence.id[row], evidence.sentence[row]), []).append(row)
    ordered = sorted(
        hits_of.items(),
        key=lambda item: (-sum(abs(evidence.weight[item[1]])), item[0][0], min(evidence.start[item[1]])),
    )
    sentences = tuple(_sentence(rows_at(evidence, hits)) for _, hits in ordered[:limit])
    return OutletEvidence(outlet, sentences, n_hits=len(rows), n_sentences=len(ordered))


def _sentence(hits: list[dict[str, Any]]) -> Sentence:
    """All hits of one sentence, which share id and sentence."""
    hits = sorted(hits, key=lambda hit: (hit["start"], hit["end"]))
    sentence = hits[0]["sentence"]
    spans = mark_hits(sentence, [hit["text"] for hit in hits])
    pieces, done = [], 0
    for start, end in sorted({span for span in spans if span is not None}):
        if start >= done:
            pieces += [Piece(sentence[done:start], False), Piece(sentence[start:end], True)]
            done = end
    pieces.append(Piece(sentence[done:], False))
    return Sentence(
        id=hits[0]["id"],
        pieces=tuple(
            Piece(cut_middle(piece.text, PIECE_CHARACTERS), piece.marked) for piece in pieces if piece.text
        ),
        categories=_distinct(hit["category"] for hit in hits),
        voices=_distinct(hit["voice"] for hit in hits),
        unplaced=tuple(
            cut_middle(hit["text"], PIECE_CHARACTERS)
            for hit, span in zip(hits, spans, strict=True)
            if span is None
        ),
    )


def mark_hits(sentence: str, hits: Sequence[str]) -> list[tuple[int, int] | None]:
    """Where each hit stands in the sentence; None where it does not.

    Hits come in reading order, so each is looked for behind the one before it, then from the start.
    A hit that reaches over the whole sentence, such as a long quotation, marks all of it.

    >>> mark_hits("war is war", ["war", "war", "peace"])
    [(0, 3), (7, 10), None]
    """
    spans: list[tuple[int, int] | None] = []
    done = 0
    for hit in hits:
        start = sentence.find(hit, done)
        start = sentence.find(hit) if start < 0 else start
        if start >= 0 and hit:
            done = start + len(hit)
            spans.append((start, done))
        else:
            spans.append((0, len(sentence)) if sentence and sentence in hit else None)
    return spans


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def heaviest_hits(findings: Findings, evidence: EvidenceTable, limit: int) -> list[dict[str, Any]]:
    """One row of evidence per outlet, for the codebook's first measure that has any.

    The heaviest hit of each outlet (largest absolute weight; ties by article id, then position).
    """
    measures = [name for name in findings.codebook.name.tolist() if np.any(evidence.measure == name)]
    if not measures:
        return []
    rows = np.flatnonzero(evidence.measure == measures[0]).tolist()
    rows.sort(key=lambda row: (-abs(evidence.weight[row]), evidence.id[row], evidence.start[row]))
    first_of: dict[str, int] = {}
    for row in rows:
        first_of.setdefault(evidence.outlet[row], row)
    chosen = [first_of[outlet] for outlet in findings.outlet_names if outlet in first_of]
    return rows_at(evidence, chosen[:limit])
