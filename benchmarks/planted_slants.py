"""The seven slants that statistics_planted.py plants, and what each should come to by design.

Every article is edited once and counted as A beside the other two of its event as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import planted_edits as edits
from planted_triples import BY_ARTICLE, COLUMNS, Bools, Seen, Sides, Triples, paired, traced
from planted_words import OUTSIDE

from biaslens.measuring.naming import LabelUses

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Edited:
    """Texts before and after an edit, and its planted truth for each article as A; NaN where A has none."""

    before: Seen
    after: Seen
    truth: Floats


@dataclass(frozen=True)
class Edit:
    """An axis of slant.

    doses        how strong it is made, as ``shown``; ``of_matrix`` is the one that the matrix is made with
    make         the edit itself
    spares_donor whether a third article has a part in it, so that B must be another one
    """

    name: str
    measure: str
    doses: tuple[float, float, float]
    of_matrix: float
    make: Callable[[Triples, float, np.random.Generator], Edited]
    shown: str
    spares_donor: bool = False


def swap_verbs(triples: Triples, share: float, rng: np.random.Generator) -> Edited:
    rows = triples.corpus.voices.attributions
    cues, first = np.unique(np.stack([rows.cue_span.article, rows.cue_span.start]), axis=1, return_index=True)
    texts = rows.cue_span.slices(triples.articles.text)
    said = np.array([rows.cue[row] == "say" and texts[row].lower() in edits.SAYING for row in first.tolist()])
    n_said = np.bincount(cues[0][said], minlength=triples.n)
    n_cues = triples.base.exposure[:, BY_ARTICLE.index("distancing_cue_share")]
    after = triples.see(edits.verbs_swapped(triples.corpus, share, rng))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Edited(triples.base, after, share * n_said / n_cues)


def insert_words(triples: Triples, growth: float, rng: np.random.Generator) -> Edited:
    return _inserted(triples, growth, edits.half_of_lexicon(rng), rng)


def insert_outside_words(triples: Triples, growth: float, rng: np.random.Generator) -> Edited:
    return _inserted(triples, growth, edits.of_any_weight(OUTSIDE), rng)


def _inserted(triples: Triples, growth: float, words: edits.Words, rng: np.random.Generator) -> Edited:
    """Every new word is a word more, which the truth takes off."""
    after = triples.see(edits.words_inserted(triples.corpus, growth, words, rng))
    n_words = triples.base.exposure[:, BY_ARTICLE.index("loaded_rate")].sum()
    n_new = growth * edits.n_loaded(triples.corpus)
    truth = np.log(1 + growth) - np.log(1 + n_new / n_words)
    return Edited(triples.base, after, np.full(triples.n, truth))


def remove_agents(triples: Triples, growth: float, rng: np.random.Generator) -> Edited:
    clauses = edits.clauses_planted(triples.corpus, growth, rng)
    truth = np.full(triples.n, np.log(1 + growth))
    return Edited(triples.see(clauses.active), triples.see(clauses.passive), truth)


def remove_quotations(triples: Triples, share: float, rng: np.random.Generator) -> Edited:
    corpus, tokens = triples.corpus, triples.corpus.tokens
    gone = edits.quoting_sentences(corpus, share, rng)
    after = triples.see(edits.without_sentences(corpus, gone))
    quoted = np.zeros(len(tokens), dtype=bool)
    rows = corpus.voices.attributions
    content = np.flatnonzero([kind in ("direct", "fragment") for kind in rows.kind])
    key = tokens.article * 10_000_000 + tokens.start
    for row in content.tolist():
        base = int(rows.content.article[row]) * 10_000_000
        first, last = np.searchsorted(
            key, [base + int(rows.content.start[row]), base + int(rows.content.end[row])]
        )
        quoted[first:last] = True
    stays = ~np.isin(tokens.sentence, gone)
    was = tokens.count_words(quoted) / tokens.n_words
    return Edited(triples.base, after, tokens.count_words(quoted & stays) / tokens.count_words(stays) - was)


def swap_labels(triples: Triples, share: float, rng: np.random.Generator) -> Edited:
    return _without_truth(triples, edits.labels_swapped(triples.corpus, share, rng))


def drop_facts(triples: Triples, share: float, rng: np.random.Generator) -> Edited:
    items = triples.base.scanned.items
    return _without_truth(triples, edits.facts_dropped(triples.corpus, items, triples.others, share, rng))


def splice_copy(triples: Triples, n_paragraphs: float, rng: np.random.Generator) -> Edited:
    texts = edits.paragraphs_spliced(triples.corpus, triples.others[:, 0], int(n_paragraphs), rng)
    after, base = triples.see(texts), triples.base
    shared = traced(triples, base.scanned.shingles).passages.shared_words
    was, is_now = base.scanned.own_words, after.scanned.own_words
    with np.errstate(invalid="ignore"):
        return Edited(base, after, (shared + is_now - was) / is_now - shared / was)


def _without_truth(triples: Triples, texts: Sequence[str]) -> Edited:
    return Edited(triples.base, triples.see(texts), np.full(triples.n, np.nan))


EDITS = (
    Edit("a said -> claimed", "distancing_cue_share", (0.1, 0.2, 0.4), 0.2, swap_verbs, "{:.0%} of uses"),
    Edit("b loaded words", "loaded_rate", (0.2, 0.4, 0.8), 0.4, insert_words, "+{:.0%}"),
    Edit("c agents removed", "agentless_passive_rate", (0.2, 0.4, 0.8), 0.4, remove_agents, "+{:.0%}"),
    Edit(
        "d politicians silenced", "quote_share", (0.25, 0.5, 1.0), 1.0, remove_quotations, "{:.0%} of quotes"
    ),
    Edit("e labels swapped", "naming", (0.15, 0.3, 0.6), 0.3, swap_labels, "{:.0%} of uses"),
    Edit("f facts dropped", "omission", (0.25, 0.5, 1.0), 1.0, drop_facts, "{:.0%} of facts"),
    Edit(
        "g copy spliced in", "wire_share", (1, 2, 4), 1, splice_copy, "{:.0f} paragraphs", spares_donor=True
    ),
)
OFF_THE_LIST = Edit(
    "b' words off the list", "loaded_rate", (0.2, 0.4, 0.8), 0.4, insert_outside_words, "+{:.0%}"
)


@dataclass(frozen=True)
class Planted:
    """One edit at one strength, in every pair of an event.

    before, after  what is counted before A's text is edited and after
    labels_before, labels_after
                   uses of labels in the texts that A may have
    truth          of the difference, or of the log ratio of a rate, by design; NaN where none follows
    usable         shape (n_pairs,): False where B has a part in the edit of A
    """

    edit: Edit
    dose: float
    before: Sides
    after: Sides
    labels_before: LabelUses
    labels_after: LabelUses
    truth: float
    usable: Bools


def plant(triples: Triples, edit: Edit, dose: float, of_event: Sequence[str]) -> Planted:
    """An edit of all articles, each counted as A beside the others as they were.

    of_event  measures to be counted that take the other articles of the event
    """
    rng = np.random.default_rng([sum(map(ord, edit.name)), round(100 * dose)])
    made = edit.make(triples, dose, rng)
    usable = np.ones(len(triples.a), dtype=bool)
    if edit.spares_donor:
        usable[::2] = False
    is_base = made.before is triples.base
    planted = Planted(
        edit=edit,
        dose=dose,
        before=triples.unedited if is_base else paired(triples, made.before, made.before, of_event),
        after=paired(triples, made.after, made.before, of_event),
        labels_before=made.before.scanned.labels,
        labels_after=made.after.scanned.labels,
        truth=np.nan,
        usable=usable,
    )
    if edit.measure == "naming":
        return planted
    weights = pair_weights(triples, planted, COLUMNS.index(edit.measure))
    return replace(planted, truth=float(np.sum(weights * np.where(weights > 0, made.truth[triples.a], 0.0))))


def valid_pairs(planted: Planted, column: int) -> Bools:
    return planted.usable & (planted.before.exposure[:, :, column] > 0).all(axis=1)


def pair_weights(triples: Triples, planted: Planted, column: int) -> Floats:
    """The chance of each pair to be the one drawn from a random event, shape (n_pairs,)."""
    valid = valid_pairs(planted, column)
    event = triples.event[triples.a]
    n_valid = np.bincount(event, weights=valid, minlength=len(triples.event) // 3)
    return valid / np.maximum(n_valid[event], 1) / np.count_nonzero(n_valid)
