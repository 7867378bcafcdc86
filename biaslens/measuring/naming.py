"""Contested naming: which label an outlet's narration gives to what others give other labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.codebook import Corpus
from biaslens.contested import NO_LABEL, load_label_sets
from biaslens.hits import Counted, Hits
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans


@dataclass(frozen=True, slots=True)
class LabelUses:
    """How often each article uses each contested label, one row per article and label; shape (n_rows,) each.

    article  row of the article
    label    row of the list of label sets
    count    uses, 1 or more
    """

    article: IntArray
    label: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True)
class FoundLabels:
    """Contested labels in narration, in reading order: tokens first to last - 1, and the row of the label."""

    first: IntArray
    last: IntArray
    label: IntArray


def contested_labels(corpus: Corpus) -> Counted:
    """Uses of contested labels outside quotation marks, each of weight 1; the base is the words there.

    The category of a hit is "set: label". What a source is reported to say without quotation marks counts:
    there the outlet chooses the words.
    """
    found = corpus.once(find_labels)
    sets, tokens = load_label_sets(corpus.language), corpus.tokens
    hits = Hits(
        spans=Spans(tokens.article[found.first], tokens.start[found.first], tokens.end[found.last - 1]),
        category=tuple(f"{sets.set[row]}: {sets.label[row]}" for row in found.label.tolist()),
        weight=np.ones(len(found.label), dtype=np.int64),
    )
    return Counted.from_hits(hits, corpus.unquoted_words)


def label_uses(corpus: Corpus) -> LabelUses:
    """The same uses, counted per article and label, sorted by both."""
    found = corpus.once(find_labels)
    rows = np.stack([corpus.tokens.article[found.first], found.label], axis=1)
    uses, count = np.unique(rows, axis=0, return_counts=True)
    return LabelUses(uses[:, 0], uses[:, 1], count.astype(np.int64))


def find_labels(corpus: Corpus) -> FoundLabels:
    """Every contested label that stands outside quotation marks from end to end."""
    sets = load_label_sets(corpus.language)
    matches = find_terms(corpus.tokens, sets.lexicon)
    label = sets.label_of[matches.row]
    chosen = (label != NO_LABEL) & corpus.is_unquoted[matches.first] & corpus.is_unquoted[matches.last - 1]
    return FoundLabels(matches.first[chosen], matches.last[chosen], label[chosen])
