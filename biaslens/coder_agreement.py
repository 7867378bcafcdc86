"""agreement(): how far coders agree with each other, and how far measures agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from biaslens.coding.answers import Coded, read_answers
from biaslens.measuring.registry import MEASURES
from biaslens.statistics_tables import AgreementTable
from biaslens.stats.alpha import MIN_UNITS, alpha_with_interval
from biaslens.stats.coded_shares import share_found, share_of_yes
from biaslens.tabular import Column, texts

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
_FEW = 10


def agreement(sheet: object) -> pd.DataFrame:
    """How far coders agree, and how far each measure agrees with them: a row per measure, then one for all.

    sheet  a filled coding sheet: a data frame, the path of an .xlsx or .csv, or a list of these, such as one
           copy per coder. Every column whose name begins with "coder" holds a coder's answers: 1 or 0, yes or
           no, true or false, x for yes. A blank is not coded. Rows may be sorted, left out or half filled

    Columns: measure, n_spans, n_sentences (coded by somebody), n_coders (who coded two items or more), alpha
    (Krippendorff's, nominal), alpha_low, alpha_high, precision (share of hits that coders confirm),
    precision_low, precision_high, recall (of the sentences that hold what the measure is after, the share in
    which it has a hit), recall_low, recall_high, note. Intervals are of 95 %, by article: percentile
    bootstrap (alpha), Wilson at the effective number of items (precision), and MOVER (recall). Most coders of
    an item decide; a tie counts as half. Where something is rare, few sentences without a hit hold it, and
    the interval of recall is wide.

    Raises BadSetting for what is no sheet, MissingColumn, UnreadableInput, and BadData for a damaged key, an
    answer that is none of these, and a sheet that nobody filled.
    """
    return agreement_table(read_answers(sheet)).to_frame()


def agreement_table(coded: Coded) -> AgreementTable:
    """A row per measure, in the codebook's order, then one for all of them together."""
    order = {measure.name: place for place, measure in enumerate(MEASURES)}
    names = sorted(coded.measures, key=lambda name: (order.get(name, len(order)), name))
    rows = [_row(name, coded.of_measures({name})) for name in names]
    rows.append(_row(ALL, coded))
    columns: dict[str, Column] = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        columns[name] = texts(values) if name in ("measure", "note") else np.array(values)
    return AgreementTable(**columns)


def _row(name: str, coded: Coded) -> dict[str, object]:
    spans = coded.sample("span", True)
    found, unfound = coded.sample("sentence", True), coded.sample("sentence", False)
    # A measure that lacks one of the two says nothing of what it misses.
    complete = found.measures & unfound.measures
    alpha = alpha_with_interval(coded.ratings, [key.cluster for key in coded.keys])
    precision = share_of_yes(spans.by_majority())
    recall = share_found(
        found.of_measures(complete).by_majority(), unfound.of_measures(complete).by_majority()
    )
    n_spans, n_sentences = len(spans.keys), len(found.keys) + len(unfound.keys)
    n_coders = int(np.count_nonzero(np.sum(~np.isnan(coded.ratings), axis=1) >= 2))
    notes = [
        _note_on_alpha(n_coders, alpha.n_units, alpha.alpha),
        "" if n_spans else "no span coded: no precision",
        _note_on_recall(recall.value, len(found.keys), len(unfound.keys)),
        "few items" if 0 < n_spans < _FEW or 0 < n_sentences < _FEW else "",
    ]
    return {
        "measure": name,
        "n_spans": n_spans,
        "n_sentences": n_sentences,
        "n_coders": n_coders,
        "alpha": alpha.alpha,
        "alpha_low": alpha.low,
        "alpha_high": alpha.high,
        "precision": precision.value,
        "precision_low": precision.low,
        "precision_high": precision.high,
        "recall": recall.value,
        "recall_low": recall.low,
        "recall_high": recall.high,
        "note": "; ".join(filter(None, notes)),
    }


def _note_on_alpha(n_coders: int, n_units: int, alpha: float) -> str:
    if n_coders < 2:
        return "fewer than two coders: no alpha"
    if n_units == 0:
        return "no item coded by two: no alpha"
    if np.isnan(alpha):
        return "every answer is the same: no alpha"
    if alpha == 1:
        return "coders never differ: no interval of alpha"
    if n_units < MIN_UNITS:
        return f"{n_units} coded by two: too few for an interval of alpha ({MIN_UNITS} needed)"
    return ""


def _note_on_recall(recall: float, n_found: int, n_unfound: int) -> str:
    if recall == 1:
        return f"nothing missed in {n_unfound} sentences without a hit: read recall_low"
    if recall < 1:
        return ""
    if not n_found and not n_unfound:
        return "no sentence coded: no recall"
    if not n_found or not n_unfound:
        return f"no sentence {'without' if n_found else 'with'} a hit coded: no recall"
    return "coders find no sentence that holds one: no recall"
