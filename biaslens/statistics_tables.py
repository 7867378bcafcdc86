"""Tables of a comparison's statistics: omnibus tests, rankings, sensitivity, plans, coders' agreement."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from biaslens.tabular import Column, Table


@dataclass(frozen=True, slots=True)
class OmnibusTable(Table):
    """One row per measure: whether all outlets do alike inside the events they share; see Comparison.omnibus.

    n_outlets  outlets that share an event with another one for the measure
    n_events   events with two of them or more
    """

    measure: Column
    unit: Column
    n_outlets: Column
    n_events: Column
    p_value: Column
    q_value: Column
    status: Column


@dataclass(frozen=True, slots=True)
class RankingTable(Table):
    """One row per measure and outlet: where it stands among all outlets; see Comparison.ranking.

    effect_of         "ratio" where effects are ratios to the mean outlet (rates), else "difference"
    effect            as estimated from the events that the outlet shares
    ci_low, ci_high   95 % (settings.confidence) interval of ``effect``, by events
    shrunk            ``effect`` pulled towards the mean outlet by as much as it is uncertain
    shrunk_low, shrunk_high
                      interval of ``shrunk``
    reliability       split-half reliability of the measure's outlet effects, 0 to 1: of the outlets with 20
                      shared events, where three have them, else of those with min_shared_events; NaN for the
                      others
    rank              by ``shrunk``, 1 for the highest; NaN where outlets are not ranked
    note              why there is no effect or no rank, "" where there are both
    rank_probability  float64, shape (n_rows, n_outlets): chance of each rank, NaN where not ranked
    """

    measure: Column
    unit: Column
    outlet: Column
    n_events: Column
    effect_of: Column
    effect: Column
    ci_low: Column
    ci_high: Column
    shrunk: Column
    shrunk_low: Column
    shrunk_high: Column
    reliability: Column
    rank: Column
    note: Column
    rank_probability: npt.NDArray[np.float64]

    def columns(self) -> dict[str, Column]:
        named = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "rank_probability"
        }
        ranks = range(self.rank_probability.shape[1])
        return named | {f"p_rank_{i + 1}": self.rank_probability[:, i] for i in ranks}


@dataclass(frozen=True, slots=True)
class SensitivityTable(Table):
    """One row per contrast and check: whether its conclusion survives; see Comparison.sensitivity.

    check     "as reported", "without one event", "without wire copy", "before cleaning", "other sentences"
    outcome   "same", "not significant", "significant", "other direction", "no estimate"
    survives  True where the conclusion (direction, and p below .05 or not) is the same in every check
    detail    the event whose absence changes most, or how many articles were left out
    conclusion
              what came out of all checks, in a phrase
    """

    measure: Column
    outlet_a: Column
    outlet_b: Column
    check: Column
    difference: Column
    ratio: Column
    p_value: Column
    n_events: Column
    higher_in: Column
    outcome: Column
    survives: Column
    detail: Column
    conclusion: Column


@dataclass(frozen=True, slots=True)
class PlanTable(Table):
    """One row per outlet pair: how many shared events a difference takes to be found; see biaslens.plan.

    difference     what is to be found, in the measure's unit
    spread         standard deviation of the within-event differences, same unit
    n_events       events that the two share now
    power_now      chance to find the difference with these, 0 to 1
    events_needed  shared events from which the chance is ``power``; NaN where the corpus cannot tell
    note           why a number is missing, "" where none is
    """

    measure: Column
    unit: Column
    outlet_a: Column
    outlet_b: Column
    difference: Column
    spread: Column
    n_events: Column
    power_now: Column
    events_needed: Column
    note: Column


@dataclass(frozen=True, slots=True)
class AgreementTable(Table):
    """One row per measure: how far coders agree, and how far the measure agrees with them.

    n_spans, n_sentences  items coded by somebody
    n_coders              coders who coded two items or more
    alpha                 Krippendorff's alpha between coders, with its interval
    precision             share of the measure's hits that coders confirm
    recall                share of what coders find that the measure finds
    note                  why a number is missing, "" where none is
    """

    measure: Column
    n_spans: Column
    n_sentences: Column
    n_coders: Column
    alpha: Column
    alpha_low: Column
    alpha_high: Column
    precision: Column
    precision_low: Column
    precision_high: Column
    recall: Column
    recall_low: Column
    recall_high: Column
    note: Column


@dataclass(frozen=True, slots=True)
class ConcordanceTable(Table):
    """One row per use of a term: where it stands, with the words before and after it.

    start, end   slice the text as read
    left, right  up to so many characters of the article around it, every white space as a blank
    """

    id: Column
    outlet: Column
    event: Column
    start: Column
    end: Column
    left: Column
    text: Column
    right: Column
