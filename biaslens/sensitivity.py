"""Sensitivity: whether each conclusion of a comparison survives choices other than the ones made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from biaslens.cells import Cells
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Measure
from biaslens.engines import Engine
from biaslens.errors import BadSetting
from biaslens.events.copies import AGENCY_SHARE
from biaslens.findings import ContrastTable
from biaslens.first_pass import Scanned
from biaslens.framing import tally_event_items, with_omission
from biaslens.lexicons import agency_names
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.in_comparison import OMISSION, WIRE_SHARE
from biaslens.measuring.registry import measures_for
from biaslens.passes import scan
from biaslens.second_pass import Grouped, sum_cells, sum_terms, trace_copies, with_wire_share
from biaslens.settings import Settings
from biaslens.statistics_tables import SensitivityTable
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.ladder import LEVEL
from biaslens.stats.leave_one_out import leave_one_out
from biaslens.stats.omission import omission_cells
from biaslens.stats.salient import salient_terms
from biaslens.tabular import Table, texts
from biaslens.tokens import BoolArray

Check = Literal["as reported", "without one event", "without wire copy", "before cleaning", "other sentences"]
Outcome = Literal["same", "not significant", "significant", "other direction", "no estimate"]

# Measure, outlet_a and outlet_b of a contrast.
_Key = tuple[str, str, str]
_Row = Mapping[str, Any]

_NUMBERS = ("difference", "ratio", "p_value")


@dataclass(frozen=True, slots=True)
class _Checked:
    """What one check makes of the contrasts, by contrast; ``detail`` says more of a contrast and its row."""

    check: Check
    rows: Mapping[_Key, _Row]
    detail: Callable[[_Key, _Row], str]


def sensitivity(
    grouped: Grouped,
    repeats: Repeats,
    contrasts: ContrastTable,
    wanted: Sequence[str] | None = None,
    *,
    engine: Engine = "local",
) -> SensitivityTable:
    """Every conclusion and what becomes of it: a row per contrast and check, in the order of the contrasts.

    contrasts  as reported; only those with an estimate and a direction are conclusions
    wanted     names of measures; all of them if None

    without one event   the event whose absence changes most (see leave_one_out); below as many events as a
                        p-value takes, direction alone
    without wire copy   articles credited as a whole to an agency are left out, and those of which a quarter
                        or more stands in another outlet's article; an agency's own articles stay
    before cleaning     boilerplate is left in; not where Settings.clean is off
    other sentences     the other one of Settings.sentences tells where sentences end

    Events, copies and the articles that count for them stay as they are, but for the check of wire copy,
    which says nothing of wire_share itself. Reads all articles again three times, where there is something to
    check. Raises BadSetting for a measure that does not occur.
    """
    known = {measure.name: measure for measure in measures_for(grouped.settings)}
    _require_known(wanted, known)
    reported = {
        _key(row): row
        for row in contrasts.rows()
        if row["higher_in"] and row["difference"] is not None and (wanted is None or row["measure"] in wanted)
    }
    names = {measure for measure, _, _ in reported}
    measures = [measure for name, measure in known.items() if name in names]
    checked = list(_checks(grouped, repeats, measures, engine)) if reported else []
    return _table([row for key in reported for row in _rows(key, reported[key], checked)])


def _require_known(wanted: Sequence[str] | None, known: Mapping[str, Measure]) -> None:
    if isinstance(wanted, str):
        raise BadSetting(f"measures is the text {wanted!r}; it must be a list of names, as in [{wanted!r}].")
    for name in wanted or ():
        if name not in known:
            shown = ", ".join(map(repr, known))
            raise BadSetting(f"There is no measure {name!r} in this comparison; there are {shown}.")


def _key(row: _Row) -> _Key:
    return row["measure"], row["outlet_a"], row["outlet_b"]


def _checks(
    grouped: Grouped, repeats: Repeats, measures: Sequence[Measure], engine: Engine
) -> Iterable[_Checked]:
    """Every check in turn; what a scan found is dropped before the next one begins."""
    settings, articles = grouped.settings, grouped.articles.as_read()
    counted = _counted(grouped, scan(articles, repeats, settings, engine=engine))
    found = leave_one_out(
        _cells(grouped, counted, measures), measures, grouped.outlets, grouped.unit_names, settings
    )
    yield _Checked("without one event", _by_key(found), _without_event)
    is_wire = wire_copy(grouped, counted)
    own = [measure for measure in measures if measure is not WIRE_SHARE]
    kept = _contrasts(_without(grouped, is_wire), counted, own)
    left_out = {name: int(is_wire[grouped.outlet == code].sum()) for code, name in enumerate(grouped.outlets)}
    yield _Checked("without wire copy", kept, lambda key, _: _articles(left_out[key[1]] + left_out[key[2]]))
    del counted
    if settings.clean:
        uncleaned = replace(settings, clean=False)
        scanned = scan(grouped.articles, Repeats({}), uncleaned, engine=engine)
        copies = trace_copies(grouped.articles, scanned, grouped.grouping, uncleaned)
        counted = without_lost_marks(grouped, with_wire_share(scanned, copies))
        del scanned, copies
        yield _Checked("before cleaning", _contrasts(grouped, counted, measures), _no_detail)
    scanned = scan(articles, repeats, _otherwise_split(settings), engine=engine)
    yield _Checked("other sentences", _contrasts(grouped, _counted(grouped, scanned), measures), _no_detail)


def wire_copy(grouped: Grouped, counted: Scanned) -> BoolArray:
    """Articles that count and are wire copy, as far as can be told, shape (n_articles,); see sensitivity."""
    column = measures_for(grouped.settings).index(WIRE_SHARE)
    usual = agency_names(grouped.settings.language)
    outlets = grouped.articles.outlet
    is_agency = np.array([outlet in usual for outlet in outlets], dtype=bool)
    credited = np.array(
        [
            credit not in ("", usual.get(outlet, ""))
            for credit, outlet in zip(grouped.credit, outlets, strict=True)
        ],
        dtype=bool,
    )
    shares = ~is_agency & (counted.counts.values[:, column] >= AGENCY_SHARE)
    return grouped.is_voice & (credited | shares)


def _counted(grouped: Grouped, scanned: Scanned) -> Scanned:
    return without_lost_marks(grouped, with_wire_share(scanned, grouped.copies))


def _without(grouped: Grouped, left_out: BoolArray) -> Grouped:
    """The same with some articles as voices of nobody: each a copy, if only of itself."""
    copy_of = np.where(left_out, np.arange(len(left_out)), grouped.copies.copy_of)
    return replace(grouped, copies=replace(grouped.copies, copy_of=copy_of))


def _otherwise_split(settings: Settings) -> Settings:
    return replace(settings, sentences="sentencex" if settings.sentences == "punctuation" else "punctuation")


def _contrasts(grouped: Grouped, counted: Scanned, measures: Sequence[Measure]) -> dict[_Key, _Row]:
    cells = _cells(grouped, counted, measures)
    return _by_key(contrast_outlets(cells, measures, grouped.outlets, grouped.unit_names, grouped.settings))


def _cells(grouped: Grouped, counted: Scanned, measures: Sequence[Measure]) -> Cells:
    """The cells of some measures, in this order."""
    every, cells = measures_for(grouped.settings), sum_cells(grouped, counted)
    if OMISSION in measures:
        terms = salient_terms(*sum_terms(grouped, counted), grouped.settings.language)
        cells = with_omission(cells, omission_cells(tally_event_items(grouped, counted, terms)), every)
    columns = [every.index(measure) for measure in measures]
    parts = (part[:, columns] for part in (cells.n_articles, cells.total, cells.exposure))
    return Cells(cells.event, cells.outlet, *parts)


def _by_key(table: Table) -> dict[_Key, _Row]:
    return {_key(row): row for row in table.rows()}


def _no_detail(_key: _Key, _row: _Row) -> str:
    return ""


def _articles(n_articles: int) -> str:
    return f"{n_articles:,} article{'' if n_articles == 1 else 's'} left out"


def _without_event(_key: _Key, row: _Row) -> str:
    notes = [] if row["p_value"] is not None else ["no p-value without it: direction alone"]
    if row["n_turned"] > 1:
        notes.append(f"the direction rests on any of {row['n_turned']} events")
    return str(row["event"]) + (f" ({'; '.join(notes)})" if notes else "")


def _rows(key: _Key, reported: _Row, checked: Sequence[_Checked]) -> list[dict[str, Any]]:
    """The rows of one contrast, as reported first."""
    rows = [dict(reported) | {"check": "as reported", "outcome": "same", "detail": ""}]
    for one in checked:
        if (found := one.rows.get(key)) is not None:
            told = {"check": one.check, "detail": one.detail(key, found)}
            rows.append(dict(found) | told | {"outcome": _outcome(reported, found, one.check)})
    survives = all(row["outcome"] == "same" for row in rows)
    return [row | {"survives": survives, "conclusion": conclusion(rows[1:])} for row in rows]


def _outcome(reported: _Row, found: _Row, check: Check) -> Outcome:
    """What became of a conclusion: its direction, and whether p is below .05."""
    if found["difference"] is None:
        return "no estimate"
    if found["higher_in"] != reported["higher_in"]:
        return "other direction"
    # An event less can leave too little for a test, which says nothing against what all of them show.
    untested = found["p_value"] is None and check == "without one event"
    if reported["p_value"] is None or untested or _significant(reported) == _significant(found):
        return "same"
    return "not significant" if _significant(reported) else "significant"


def _significant(row: _Row) -> bool:
    return row["p_value"] is not None and row["p_value"] < LEVEL


def _table(rows: Sequence[_Row]) -> SensitivityTable:
    named = ("measure", "outlet_a", "outlet_b", "check", "higher_in", "outcome", "detail", "conclusion")
    columns = {name: texts(row[name] for row in rows) for name in named}
    numbers = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in _NUMBERS}
    return SensitivityTable(
        **columns,
        **numbers,
        n_events=np.array([row["n_events"] for row in rows], dtype=np.int64),
        survives=np.array([row["survives"] for row in rows], dtype=bool),
    )


_PHRASES: dict[str, str] = {
    "other direction": "the direction changes",
    "not significant": "not significant",
    "significant": "significant",
    "no estimate": "too little for an estimate",
}


def conclusion(checks: Sequence[Mapping[str, Any]]) -> str:
    """What came out of the checks of a contrast, in a phrase; each has its check, outcome and detail.

    >>> conclusion([{"check": "before cleaning", "outcome": "same", "detail": ""}])
    'holds in the only check'
    """
    failed = [row for row in checks if row["outcome"] != "same"]
    if not failed:
        return f"holds in all {len(checks)} checks" if len(checks) > 1 else "holds in the only check"
    told = "; ".join(f"{_PHRASES[row['outcome']]} {_circumstance(row)}" for row in failed)
    if [row["check"] for row in failed] == ["without one event"]:
        return f"rests on one event: {told}"
    return f"holds in {len(checks) - len(failed)} of {len(checks)} checks: {told}"


def _circumstance(row: _Row) -> str:
    if row["check"] == "without one event":
        return f"without the event {row['detail']}"
    return f"with {row['check']}" if row["check"] == "other sentences" else str(row["check"])
