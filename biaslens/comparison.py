"""compare(), where the steps are joined, and Comparison, its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from biaslens import exports
from biaslens.analysis import analyse
from biaslens.cells import Cells
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.coding.files import write_sheet
from biaslens.coding.sheet import coding_sheet
from biaslens.concordance import concordance
from biaslens.engines import Engine
from biaslens.engines.progress import Progress
from biaslens.errors import BadSetting
from biaslens.evidence import find_evidence, rows_by_turns
from biaslens.findings import EvidenceTable
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.passes import scan
from biaslens.profiles import OutletProfile
from biaslens.reading.source import read
from biaslens.report import render_brief, render_notebook, render_page, render_terminal, write_page
from biaslens.result_tables import ResultTables
from biaslens.second_pass import Grouped, fill_in, group, sum_cells, trace_copies, with_wire_share
from biaslens.sensitivity import sensitivity
from biaslens.settings import Settings
from biaslens.signature import sign
from biaslens.stats.describe import describe_outlets
from biaslens.stats.omission import MissingItems

if TYPE_CHECKING:
    import pandas as pd

# Articles whose evidence a report shows: enough to read, and a page that still opens.
_REPORT_ARTICLES = 200


def compare(
    articles: object,
    *,
    text: str = "text",
    outlet: str = "outlet",
    date: str = "date",
    title: str = "title",
    id: str = "id",
    event: str = "event",
    settings: Settings | None = None,
    profiles: Sequence[OutletProfile] = (),
    engine: Engine = "local",
    cache: str | Path | None = None,
    progress: Progress = None,
) -> Comparison:
    """How outlets frame the events that they share, with the evidence for every number.

    articles  a file, a folder, a pattern or several; a data frame; {outlet: text or texts}; a list of dicts
    text, outlet, date, title, id, event
              the names of a table's columns; only the text must be there. An outlet that is missing is
              inferred from the text's credit line and marked; your own event labels always win
    settings  every knob; see Settings
    profiles  what some outlets are known to repeat, learned from other articles of theirs; see OutletProfile
    engine    "local", "processes" (every core) or "dask"; the numbers are the same
    cache     a folder that keeps what is known of each part of the corpus, so that an interrupted run goes on
              where it stopped. It holds pickles: use only one that you wrote yourself
    progress  None (a bar where somebody watches), True, False, or a function of (articles done, articles)

    Raises UnreadableInput, MissingColumn, DuplicateIds, UnknownOutlet, TooFewOutlets and BadSetting, all of
    them BiaslensError.

    >>> same_day = "2014-03-11"
    >>> result = compare([
    ...     {"outlet": "A", "date": same_day, "text": "The regime said talks had failed."},
    ...     {"outlet": "B", "date": same_day, "text": "The government said talks would go on."},
    ... ])
    >>> result.outlets.query("measure == 'loaded_rate'")[["outlet", "n_articles"]].to_dict("list")
    {'outlet': ['A', 'B'], 'n_articles': [1, 1]}
    """
    chosen = settings if settings is not None else Settings()
    found = read(
        articles, text=text, outlet=outlet, date=date, title=title, id=id, event=event, settings=chosen
    )
    repeats = learn_repeats(found, [p.counts for p in profiles]) if chosen.clean else Repeats({})
    scanned = scan(found, repeats, chosen, engine=engine, cache=cache, progress=progress)
    grouped = group(fill_in(found, scanned), scanned, chosen)
    counted = without_lost_marks(grouped, with_wire_share(scanned, grouped.copies))
    analysis = analyse(grouped, counted, sign(chosen, profiles))
    return Comparison(analysis.findings, grouped, repeats, analysis.missing, analysis.cells)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(ResultTables):
    """The result of compare(). Every table is a new pandas DataFrame; a missing number is NA, never 0.

    findings  the same tables as plain columns, for programs that do without pandas

    >>> import biaslens
    >>> result = biaslens.compare(biaslens.load_seeds())
    >>> sorted(result.contrasts["status"].unique())
    ['counts only', 'no shared event', 'too rare']
    """

    _grouped: Grouped
    _repeats: Repeats
    _missing: MissingItems
    _cells: Cells

    def evidence(
        self,
        measure: str | None = None,
        outlet: str | None = None,
        article: str | None = None,
        event: str | None = None,
    ) -> pd.DataFrame:
        """Every hit behind the numbers, of one measure, outlet, article or event, or of all.

        Columns: id, outlet, event, measure, start, end, text, category, weight, voice ("own", "quoted",
        "reported"), sentence. start and end slice the text as read; the weights of a measure in an article
        sum to what it counts there. For ``omission`` outlet is the one that lacks an item, and id, start, end
        are where another has it. Raises BadSetting for a name that does not occur.
        """
        return self._evidence(measure=measure, outlet=outlet, id=article, event=event).to_frame()

    def concordance(
        self, term: str, outlet: str | None = None, event: str | None = None, width: int = 60
    ) -> pd.DataFrame:
        """Every use of a key term outside quotation marks, with the words around it.

        Columns: id, outlet, event, start, end, left, text, right. start and end slice the text as read.

        term   one to three words, as in ``terms``
        width  characters before and after it

        Raises BadSetting for an outlet or event that does not occur, and for what cannot be a key term.
        """
        rows = self._rows(outlet=outlet, event=event)
        return concordance(self._grouped, self._repeats, term, rows, width).to_frame()

    def before_cleaning(self) -> pd.DataFrame:
        """The outlets table with boilerplate left in, for the same articles and events."""
        grouped = self._grouped
        uncleaned = replace(grouped.settings, clean=False)
        scanned = scan(grouped.articles, Repeats({}), uncleaned)
        copies = trace_copies(grouped.articles, scanned, grouped.grouping, uncleaned)
        counted = without_lost_marks(grouped, with_wire_share(scanned, copies))
        cells = sum_cells(grouped, counted)
        measures = measures_for(grouped.settings)
        table = describe_outlets(cells, measures, grouped.outlets, grouped.unit_names, grouped.settings)
        return table.to_frame()

    def sensitivity(self, measures: Sequence[str] | None = None, *, engine: Engine = "local") -> pd.DataFrame:
        """Whether each difference survives other choices, one row per contrast and check ("as reported",
        "without one event", "without wire copy", "before cleaning", "other sentences"): measure, outlet_a,
        outlet_b, check, difference, ratio, p_value, n_events, higher_in, outcome ("same", "not significant",
        "significant", "other direction", "no estimate"), survives (True where all outcomes are "same"),
        detail. Reads all articles again three times. Raises BadSetting for a measure that does not occur."""
        table = sensitivity(self._grouped, self._repeats, self.findings.contrasts, measures, engine=engine)
        return table.to_frame()

    def coding_sheet(
        self,
        n: int,
        path: str | Path | None = "coding_sheet.xlsx",
        *,
        measures: Sequence[str] | None = None,
        coders: int = 2,
    ) -> pd.DataFrame:
        """A sheet of n sampled spans and sentences to be coded by hand, blind to outlet and measure's answer.

        Written to ``path`` (.xlsx needs the extra ``excel``; .csv does not; None for no file), and returned.
        ``biaslens.agreement(path)`` tells what came out of it. Spans ask whether a hit is one, for precision;
        sentences, half of them without a hit, what was missed, for recall.

        measures  which to code; those whose hits a reader can judge where it is None
        coders    columns to fill in, one per coder

        Raises BadSetting for a measure that cannot be coded sentence by sentence, with the reason, for fewer
        than four items per measure, and for another kind of file.
        """
        frame = coding_sheet(self._grouped, self._repeats, n, measures, coders)
        if path is not None:
            write_sheet(frame, path)
        return frame

    def report(self, path: str | Path) -> Path:
        """Write one self-contained HTML page; the path written.

        Its evidence is taken from up to 200 articles, as many of each outlet as of any other.
        """
        rows = rows_by_turns(self._grouped.articles, _REPORT_ARTICLES)
        written = Path(path)
        evidence = find_evidence(self._grouped, self._repeats, self._missing, rows)
        write_page(written, render_page(self.findings, evidence, n_read=len(rows)))
        return written

    def to_text(self, width: int = 100) -> str:
        """What the command line prints: summary, values side by side, a few sentences of evidence."""
        rows = rows_by_turns(self._grouped.articles, _REPORT_ARTICLES)
        evidence = find_evidence(self._grouped, self._repeats, self._missing, rows)
        return render_terminal(self.findings, width, evidence)

    def to_dict(self) -> dict[str, Any]:
        """All tables as lists of rows of plain values, with summary and signature.

        NA is None, a date ISO text, the open end of an interval the text "inf" or "-inf".
        """
        return exports.to_dict(self.findings)

    def to_json(self, path: str | Path | None = None) -> str:
        """to_dict() as JSON, also written to a file where a path is given."""
        written = exports.to_json(self.findings)
        if path is not None:
            Path(path).write_text(written, encoding="ascii")
        return written

    def to_excel(self, path: str | Path) -> Path:
        """Write one workbook with a sheet per table; the path written. Needs the extra ``excel``."""
        return exports.to_excel(self.findings, Path(path))

    def to_parquet(self, folder: str | Path) -> Path:
        """Write one .parquet file per table into a folder; the folder. Needs the extra ``parquet``."""
        return exports.to_parquet(self.findings, Path(folder))

    def __repr__(self) -> str:
        return render_brief(self.findings)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return render_notebook(self.findings)

    def _rows(self, **wanted: str | None) -> list[int]:
        """Rows of the articles whose columns hold the wanted names; None wants any."""
        table = self.findings.articles
        chosen = np.ones(len(table), dtype=bool)
        for column, name in wanted.items():
            if name is not None:
                known = getattr(table, column)
                _require_known(column, name, known.tolist())
                chosen &= known == name
        return np.flatnonzero(chosen).tolist()

    def _evidence(self, *, measure: str | None, **wanted: str | None) -> EvidenceTable:
        rows = self._rows(**wanted)
        if measure is not None:
            _require_known("measure", measure, [m.name for m in measures_for(self._grouped.settings)])
        return find_evidence(self._grouped, self._repeats, self._missing, rows, measure)


def _require_known(kind: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        shown = ", ".join(map(repr, sorted(set(known))[:10]))
        raise BadSetting(f"There is no {kind} {name!r} in this comparison; there are {shown}.")
