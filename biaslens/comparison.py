"""compare(), where the steps are joined, and Comparison, its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from biaslens import exports
from biaslens.analysis import analyse
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.engines import Engine
from biaslens.engines.progress import Progress
from biaslens.errors import BadSetting
from biaslens.evidence import find_evidence, rows_by_turns
from biaslens.findings import EvidenceTable, Findings
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.passes import scan
from biaslens.plots import Plots
from biaslens.profiles import OutletProfile
from biaslens.reading.source import read
from biaslens.report import render_brief, render_notebook, render_page, render_terminal, write_page
from biaslens.second_pass import Grouped, fill_in, group, sum_cells, trace_copies, with_wire_share
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
    return Comparison(analysis.findings, grouped, repeats, analysis.missing)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """The result of compare(). Every table is a new pandas DataFrame; a missing number is NA, never 0.

    findings  the same tables as plain columns, for programs that do without pandas

    >>> import biaslens
    >>> result = biaslens.compare(biaslens.load_seeds())
    >>> sorted(result.contrasts["status"].unique())
    ['counts only', 'no shared event', 'too rare']
    """

    findings: Findings
    _grouped: Grouped
    _repeats: Repeats
    _missing: MissingItems

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article: id, outlet, outlet_inferred, title, date, event, story, n_words,
        n_words_removed, own_words, agency, agency_scope ("article" or "passage"), copy_of, copy_source,
        left_out, note, then one column per measure.

        copy_of is the article that stands for this one, copy_source the agency or outlet its shared passages
        likely come from, left_out why it takes no part in contrasts: see ``left_out``."""
        return self.findings.articles.to_frame()

    @property
    def outlets(self) -> pd.DataFrame:
        """One row per outlet and measure, over all of the outlet's articles but copies: outlet, measure,
        unit, value, ci_low, ci_high, n_articles, n_events, reliability, note. Outlets choose their events:
        only ``contrasts`` compares like with like."""
        return self.findings.outlets.to_frame()

    @property
    def contrasts(self) -> pd.DataFrame:
        """One row per measure and outlet pair, inside shared events: measure, unit, outlet_a, outlet_b,
        difference, ratio, ci_low, ci_high, interval_of ("ratio" or "difference"), effect_size, p_value,
        q_value, n_events, higher_in, status. status is "ok", "provisional" (6 to 9 shared events), "estimate
        only" (3 to 5), "counts only" (1 or 2), "no shared event" or "too rare"."""
        return self.findings.contrasts.to_frame()

    @property
    def events(self) -> pd.DataFrame:
        """One row per event: event, story, label, first_date, last_date, n_articles, n_outlets,
        independent_outlets (those with an article that is no copy), outlets, terms."""
        return self.findings.events.to_frame()

    @property
    def overlap(self) -> pd.DataFrame:
        """One row per set of outlets that report the same events, the most events first: outlets, n_outlets,
        n_events (that these report, and no other), n_articles. Copies do not count as reporting."""
        return self.findings.overlap.to_frame()

    @property
    def left_out(self) -> pd.DataFrame:
        """One row per reason why articles take no part in contrasts, but that of ``wire_share``, where
        copies count: reason, n_articles, n_events, meaning.
        The reason for each article is in ``articles``."""
        return self.findings.left_out.to_frame()

    @property
    def terms(self) -> pd.DataFrame:
        """One row per outlet and key term: outlet, term, z, log_odds, count, n_events, survives."""
        return self.findings.terms.to_frame()

    @property
    def sources(self) -> pd.DataFrame:
        """One row per outlet and speaker: outlet, speaker, group, n_quotes, quoted_words, share (of the words
        that the outlet attributes to anybody)."""
        return self.findings.sources.to_frame()

    @property
    def removed(self) -> pd.DataFrame:
        """One row per span set aside: id, start, end, text, category, rule, reason, confidence. start and end
        slice the text as read."""
        return self.findings.removed.to_frame()

    @property
    def flagged(self) -> pd.DataFrame:
        """One row per span that looks like boilerplate to one layer alone, and was kept: the columns of
        .removed."""
        return self.findings.flagged.to_frame()

    @property
    def copies(self) -> pd.DataFrame:
        """One row per pair of articles that share copy: id_a, id_b, containment_a, containment_b,
        shared_words, relation ("copy", "update" of one outlet, or "partial"). Only words outside quotation
        marks count. ``evidence("wire_share")`` has the passages."""
        return self.findings.copies.to_frame()

    @property
    def coverage(self) -> pd.DataFrame:
        """One row per event, outlet and item that others mention: event, outlet, item, kind, covered,
        evidence_id, evidence_sentence."""
        return self.findings.coverage.to_frame()

    @property
    def naming(self) -> pd.DataFrame:
        """One row per event, set of contested labels, outlet and label in its narration: event, set, outlet,
        label, stance (what the label takes for granted), count, share (of the outlet's labels of the set)."""
        return self.findings.naming.to_frame()

    @property
    def persons(self) -> pd.DataFrame:
        """One row per outlet and person: outlet, person, n_mentions, title_share, surname_share,
        epithet_share, titles, epithets. Only the outlet's narration counts."""
        return self.findings.persons.to_frame()

    @property
    def alternations(self) -> pd.DataFrame:
        """One row per event, slot, outlet and word: different words that outlets put beside the same name.
        event, slot, outlet, word, count, evidence_id, evidence_sentence. Leads to read, not findings."""
        return self.findings.alternations.to_frame()

    @property
    def style(self) -> pd.DataFrame:
        """One row per pair of outlets, by function words: outlet_a, outlet_b, burrows_delta,
        burrows_by_chance (the same where the outlets change places at random), cosine_delta, n_words_a,
        n_words_b, n_features, status ("ok", "within chance", or what is lacking)."""
        return self.findings.style.to_frame()

    @property
    def zeta(self) -> pd.DataFrame:
        """One row per outlet and word that it prefers or avoids, by Craig's Zeta: outlet, word, zeta, share
        (of its articles with the word), share_others."""
        return self.findings.zeta.to_frame()

    @property
    def signature(self) -> str:
        """Version, settings, data files and seed in one line: what it takes to make these numbers again."""
        return self.findings.signature

    @property
    def summary(self) -> tuple[str, ...]:
        """What can and cannot be said, in sentences."""
        return self.findings.summary

    @property
    def plot(self) -> Plots:
        """The charts: ``plot.profile()`` and ``plot.contrasts()``."""
        return Plots(self.findings)

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

    def _evidence(self, *, measure: str | None, **wanted: str | None) -> EvidenceTable:
        table = self.findings.articles
        chosen = np.ones(len(table), dtype=bool)
        for column, name in wanted.items():
            if name is not None:
                known = getattr(table, column)
                _require_known(column, name, known.tolist())
                chosen &= known == name
        if measure is not None:
            _require_known("measure", measure, [m.name for m in measures_for(self._grouped.settings)])
        rows = np.flatnonzero(chosen).tolist()
        return find_evidence(self._grouped, self._repeats, self._missing, rows, measure)


def _require_known(kind: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        shown = ", ".join(map(repr, sorted(set(known))[:10]))
        raise BadSetting(f"There is no {kind} {name!r} in this comparison; there are {shown}.")
