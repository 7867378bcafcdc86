"""Findings made by hand for the tests of the report, the terminal and the charts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, compress
from typing import Any, TypeVar

import numpy as np

from biaslens.findings import (
    ArticleTable,
    CodebookTable,
    ContrastTable,
    CopyTable,
    CoverageTable,
    EventTable,
    EvidenceTable,
    Findings,
    LeftOutTable,
    OutletTable,
    OverlapTable,
    RemovedTable,
    SourceTable,
    TermTable,
)
from biaslens.framing_tables import AlternationTable, NamingTable, PersonTable, StyleTable, ZetaTable
from biaslens.statistics_tables import OmnibusTable, RankingTable
from biaslens.tabular import Table, texts

T = TypeVar("T", bound=Table)

LABELS = ("government", "authorities", "administration", "regime", "cabinet")
OUTLETS = ("RIA Novosti", "Reuters", "The Moscow Times", "Trend", "Xinhua")
PAIRS = tuple(combinations(OUTLETS, 2))

# name, family, unit, kind, range, first value, step from outlet to outlet
MEASURES: tuple[tuple[str, str, str, str, str, float, float], ...] = (
    ("loaded_rate", "lexical", "per 1,000 words", "rate", "0 or more", 4.1, 2.3),
    ("hedge_rate", "lexical", "per 1,000 words", "rate", "0 or more", 11.2, -1.1),
    ("booster_rate", "lexical", "per 1,000 words", "rate", "0 or more", 2.2, 0.7),
    ("factive_rate", "lexical", "per 1,000 words", "rate", "0 or more", 1.9, 0.2),
    ("implicative_rate", "lexical", "per 1,000 words", "rate", "0 or more", 3.3, -0.4),
    ("assertive_rate", "lexical", "per 1,000 words", "rate", "0 or more", 21.0, 1.3),
    ("scare_quote_rate", "lexical", "per 1,000 words", "rate", "0 or more", 0.0, 0.6),
    ("sentiment", "sentiment", "compound score", "mean", "-1 to 1", -0.28, 0.14),
    ("flesch_reading_ease", "readability", "score", "mean", "no bound", 31.2, 3.4),
    ("flesch_kincaid_grade", "readability", "grade", "mean", "no bound", 16.4, -0.6),
    ("gunning_fog", "readability", "grade", "mean", "0 or more", 18.1, -0.5),
    ("smog_index", "readability", "grade", "mean", "0 or more", 15.9, -0.3),
    ("automated_readability_index", "readability", "grade", "mean", "no bound", 18.8, -0.9),
    ("coleman_liau_index", "readability", "grade", "mean", "no bound", 14.1, -0.2),
    ("dale_chall_readability_score", "readability", "score", "mean", "0 or more", 11.7, -0.1),
    ("difficult_words", "readability", "words", "mean", "0 or more", 88.0, 21.0),
    ("lexicon_count", "readability", "words", "mean", "0 or more", 402.0, 131.0),
    ("sentence_count", "readability", "sentences", "mean", "0 or more", 13.0, 6.0),
    ("syllable_count", "readability", "syllables", "mean", "0 or more", 690.0, 210.0),
    ("words_per_sentence", "readability", "words", "mean", "0 or more", 28.4, -1.2),
    ("mattr", "style", "share", "mean", "0 to 1", 0.78, 0.01),
    ("mtld", "style", "words", "mean", "1 or more", 74.0, 6.2),
    ("sentence_length", "style", "words", "mean", "0 or more", 26.0, -1.3),
    ("function_word_share", "style", "share", "share", "0 to 1", 0.39, 0.006),
    ("quote_share", "sourcing", "share", "share", "0 to 1", 0.18, 0.05),
    ("attributed_share", "sourcing", "share", "share", "0 to 1", 0.41, 0.04),
    ("source_diversity", "sourcing", "Simpson index", "mean", "0 to 1", 0.5, 0.06),
    ("neutral_cue_share", "sourcing", "share", "share", "0 to 1", 0.71, -0.03),
    ("endorsing_cue_share", "sourcing", "share", "share", "0 to 1", 0.09, 0.01),
    ("distancing_cue_share", "sourcing", "share", "share", "0 to 1", 0.05, 0.02),
    ("directive_cue_share", "sourcing", "share", "share", "0 to 1", 0.11, 0.0),
    ("wire_share", "sourcing", "share", "share", "0 to 1", 0.0, 0.17),
    ("passive_rate", "agency", "per 1,000 words", "rate", "0 or more", 9.8, 0.9),
    ("agentless_passive_rate", "agency", "per 1,000 words", "rate", "0 or more", 7.7, 0.8),
    ("naming", "agency", "excess divergence", "mean", "0 to 1", np.nan, 0.0),
)

SENTENCES = {
    "RIA Novosti": ("The so-called government was rushed into office, officials said.", "so-called"),
    "Reuters": ("Troops without insignia seized the airport in a brazen raid before dawn.", "brazen"),
    "The Moscow Times": ("Critics slammed the vote as a farce, and a farce it was.", "farce"),
    "Trend": ("The ministers will meet again on Friday amid a bitter standoff.", "bitter"),
    "Xinhua": ("China urged all sides to avoid reckless steps and return to talks.", "reckless"),
}


def table(kind: type[T], rows: Sequence[Sequence[Any]]) -> T:
    """A table of the given kind from rows; a column of numbers becomes one, all others hold objects."""
    names = list(kind.__dataclass_fields__)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return kind(**{name: _column(list(column)) for name, column in zip(names, columns, strict=True)})


def _column(items: list[Any]) -> Any:
    if items and all(isinstance(item, np.datetime64) for item in items):
        return np.array(items, dtype="datetime64[D]")
    if items and all(isinstance(item, bool) for item in items):
        return np.array(items)
    if items and all(isinstance(item, int | float) for item in items):
        return np.array(items)
    return texts(items)


def codebook() -> CodebookTable:
    return table(
        CodebookTable,
        [
            (
                name,
                family,
                unit,
                bounds,
                kind,
                "own" if kind == "rate" else "all",
                "1,000 × hits / words in the outlet’s own voice" if kind == "rate" else "mean over articles",
                "Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013)",
                "Counts words, not slant; framing in neutral-sounding words is missed.",
                "Sentences labelled by hand: AUC 0.70",
                "Sentences labelled by hand",
                "AUC 0.70",
                "Irony.",
                name != "naming",
            )
            for name, family, unit, kind, bounds, _, _ in MEASURES
        ],
    )


def outlet_values(n_events: int) -> OutletTable:
    rows = []
    for i, outlet in enumerate(OUTLETS):
        for name, _, unit, _, _, first, step in MEASURES:
            value = first + i * step
            spread = abs(value) * 0.2 + 0.05 if n_events >= 6 else np.nan
            note = "" if n_events >= 6 else f"{n_events} event: too few for an interval (6 needed)"
            note = "needs the table of referents, which this version lacks" if name == "naming" else note
            rows.append(
                (outlet, name, unit, value, value - spread, value + spread, n_events, n_events, np.nan, note)
            )
    return table(OutletTable, rows)


def contrast_values(n_events: int, pairs: Sequence[tuple[str, str]] = PAIRS) -> ContrastTable:
    """All pairs and measures; with enough events, sizes, intervals and p-values."""
    rows = []
    status = "ok" if n_events >= 10 else "provisional" if n_events >= 6 else "no shared event"
    for i, (name, _, unit, kind, _, _, step) in enumerate(MEASURES):
        if name == "naming":
            continue
        for j, (a, b) in enumerate(pairs):
            ratio = float(np.exp(0.1 * (i % 5) - 0.08 * j)) if kind == "rate" else np.nan
            size = (ratio, ratio * 0.8, ratio * 1.25) if kind == "rate" else (-step, -step - 0.1, -step + 0.1)
            known = status != "no shared event" and (i + j) % 7 != 0
            if known:
                q = 0.01 * (i + j) if status == "ok" else np.nan
                size_of = "ratio" if kind == "rate" else "difference"
                higher = a if (ratio > 1 if kind == "rate" else step < 0) else b
                ends = (*size[1:], *(size[1:] if n_events >= 20 else (np.nan, np.nan)))
                tests = (-0.4, -0.2, 0.004 * (i + j), q, 13.0 if status == "ok" else np.nan)
                rows.append(
                    (name, unit, a, b, -step, ratio, *ends, size_of, *tests, n_events, higher, status)
                )
            else:
                silent = "no shared event" if status == "no shared event" else "too rare"
                events = 0 if silent == "no shared event" else n_events
                rows.append((name, unit, a, b, *[np.nan] * 6, "ratio", *[np.nan] * 5, events, "", silent))
    return table(ContrastTable, rows)


def omnibus_values(n_events: int) -> OmnibusTable:
    """Every measure tested over all outlets, where there are enough events."""
    status = "ok" if n_events >= 10 else "no shared event"
    tests = (0.004, 0.03) if n_events >= 10 else (np.nan, np.nan)
    rows = [(name, unit, 5, n_events, *tests, status) for name, _, unit, *_ in MEASURES if name != "naming"]
    return table(OmnibusTable, rows)


def ranking(n_events: int) -> RankingTable:
    """Where outlets stand: with 20 events the first measures are ranked, with ten there are effects alone."""
    n = len(OUTLETS)
    ranked = n_events >= 20
    rows = [
        (i, j, name, unit, kind)
        for i, (name, _, unit, kind, *_) in enumerate(MEASURES)
        if name != "naming"
        for j in range(n)
    ]
    effect = np.array(
        [np.exp(0.2 * (j - 2)) if kind == "rate" else 0.1 * (j - 2) for _, j, _, _, kind in rows]
    )
    known = np.where(n_events >= 10, effect, np.nan)
    place = np.array([n - j if ranked and i < 3 else np.nan for i, j, *_ in rows])
    chance = np.where(np.arange(1, n + 1) == place[:, None], 0.6, 0.1)
    return RankingTable(
        measure=texts(name for _, _, name, _, _ in rows),
        unit=texts(unit for _, _, _, unit, _ in rows),
        outlet=texts(OUTLETS[j] for _, j, *_ in rows),
        n_events=np.full(len(rows), n_events),
        effect_of=texts("ratio" if kind == "rate" else "difference" for *_, kind in rows),
        effect=known,
        ci_low=known - 0.1,
        ci_high=known + 0.1,
        shrunk=known * 0.9,
        shrunk_low=known * 0.9 - 0.08,
        shrunk_high=known * 0.9 + 0.08,
        reliability=np.full(len(rows), 0.72 if n_events >= 10 else np.nan),
        rank=place,
        note=texts("" if ranked and i < 3 else "not reliable enough to rank: .41" for i, *_ in rows),
        rank_probability=np.where(np.isnan(place)[:, None], np.nan, chance),
    )


def articles(n_events: int) -> ArticleTable:
    rows = [
        (f"{outlet}-{event}", outlet, i, event)
        for event in range(1, n_events + 1)
        for i, outlet in enumerate(OUTLETS)
    ]
    n = len(rows)
    names = tuple(row[0] for row in MEASURES)
    return ArticleTable(
        id=texts(row[0] for row in rows),
        outlet=texts(row[1] for row in rows),
        outlet_inferred=np.array([row[2] == 3 for row in rows]),
        title=texts(f"Ministers meet, round {row[3]}" for row in rows),
        date=np.array([np.datetime64("2014-03-09") + np.timedelta64(row[3], "D") for row in rows]),
        event=texts(f"e{row[3]}" if n_events > 1 else f"e{row[2] + 1}" for row in rows),
        story=texts("s1" for _ in rows),
        n_words=np.arange(n) % 7 * 40 + 420,
        n_words_removed=np.arange(n) % 5 * 22,
        own_words=np.arange(n) % 7 * 30 + 240,
        agency=texts("Reuters" if row[2] == 3 else "" for row in rows),
        agency_scope=texts("article" if row[2] == 3 else "" for row in rows),
        copy_of=texts("Reuters-1" if row[0] == "Trend-1" else "" for row in rows),
        copy_source=texts("Reuters" if row[0] == "Trend-1" else "" for row in rows),
        left_out=texts("copy" if row[0] == "Trend-1" else "" for row in rows),
        note=texts("" for _ in rows),
        measures=names,
        values=np.zeros((n, len(names))),
    )


def events(n_events: int) -> EventTable:
    first = np.datetime64("2014-03-10")
    terms = "crimea, referendum, lavrov, kerry"
    if n_events > 1:
        rows = [
            (f"e{i}", "s1", "Kerry and Lavrov talk", day, day, 5, 5, 5 - (i == 1), ", ".join(OUTLETS), terms)
            for i, day in enumerate(first + np.arange(n_events).astype("timedelta64[D]"))
        ]
    else:
        rows = [
            (f"e{i}", "s1", "Ministers meet", day, np.datetime64("NaT", "D"), 1, 1, 1, OUTLETS[i - 1], terms)
            for i, day in enumerate(first + np.arange(1, 6).astype("timedelta64[D]"), start=1)
        ]
    return table(EventTable, rows)


def overlap(n_events: int) -> OverlapTable:
    """All five outlets together, but for the one event of which Trend prints a copy; or each alone."""
    together = [tuple(True for _ in OUTLETS), tuple(name != "Trend" for name in OUTLETS)]
    alone = [tuple(name == outlet for name in OUTLETS) for outlet in OUTLETS]
    sets = together if n_events > 1 else alone
    return OverlapTable(
        outlets=texts(", ".join(compress(OUTLETS, members)) for members in sets),
        n_outlets=np.array([sum(members) for members in sets]),
        n_events=np.array([n_events - 1, 1] if n_events > 1 else [1] * len(OUTLETS)),
        n_articles=np.array([5 * (n_events - 1), 4] if n_events > 1 else [1] * len(OUTLETS)),
        members=np.array(sets),
    )


def evidence() -> EvidenceTable:
    """Six hits per outlet for each of three measures; two of them in one sentence."""
    rows = []
    for measure in ("loaded_rate", "passive_rate", "quote_share"):
        for outlet, (sentence, word) in SENTENCES.items():
            place = (f"{outlet}-1", outlet, "e1", measure)
            rows.append((*place, 10, 16, word, "appraisal", 3, "own", sentence))
            for i in range(1, 7):
                again = f"The regime of day {i} slammed its critics once more."
                rows.append((*place, 100 * i, 100 * i + 6, "regime", "labelling", 2, "own", again))
                rows.append((*place, 100 * i + 20, 100 * i + 27, "slammed", "attack", 1, "own", again))
    return table(EvidenceTable, rows)


def findings(n_events: int = 1) -> Findings:
    """Five outlets: with one article each and no shared event, or together on ``n_events`` events."""
    shared = n_events > 1
    summary = (
        (f"All five outlets share {n_events} events; contrasts are taken inside these.",)
        if shared
        else (
            "No two outlets share an event: their values stand side by side, but nothing here says that the "
            "outlets differ.",
            "Add articles from two or more outlets on the same happenings to compare like with like.",
        )
    )
    speakers = ("Sergei Lavrov", "John Kerry", "a senior State Department official", "")
    reason = "asks the reader for money; not part of the report"
    return Findings(
        outlet_names=OUTLETS,
        summary=summary,
        signature="biaslens 0.1.0|en|settings:default|data:3f9ac1|seed:0",
        articles=articles(n_events),
        outlets=outlet_values(n_events),
        contrasts=contrast_values(n_events if shared else 0),
        against_rest=contrast_values(
            n_events if shared else 0, [(outlet, "the others") for outlet in OUTLETS]
        ),
        omnibus=omnibus_values(n_events if shared else 0),
        ranking=ranking(n_events if shared else 0),
        events=events(n_events),
        overlap=overlap(n_events),
        left_out=table(LeftOutTable, [("copy", 1, 1, "one text is one voice")]),
        terms=table(
            TermTable,
            [
                (outlet, f"term{i}", 5.2 - i, 0.4, 12, n_events, i < 2, 1, 1.5, 8.4, 0.6)
                for outlet in OUTLETS
                for i in range(4)
            ]
            if shared
            else [],
        ),
        sources=table(
            SourceTable,
            [
                (outlet, name, "government" if name else "unresolved", 4 - i, 80 - 20 * i, (4 - i) / 10)
                for outlet in OUTLETS
                for i, name in enumerate(speakers)
            ],
        ),
        removed=table(
            RemovedTable,
            [
                (
                    f"{outlet}-1",
                    900,
                    960,
                    "Dear readers, please support us.",
                    "appeal",
                    "appeal.support",
                    reason,
                    0.98,
                )
                for outlet in OUTLETS[2:]
            ],
        ),
        flagged=table(RemovedTable, []),
        copies=table(CopyTable, [("Reuters-1", "Trend-1", 0.81, 0.93, 214, "copy")]),
        coverage=table(
            CoverageTable,
            [
                ("e1", outlet, "OSCE", "name", i != 3, "Reuters-1" if i == 3 else "", SENTENCES["Reuters"][0])
                for i, outlet in enumerate(OUTLETS)
            ]
            if shared
            else [],
        ),
        naming=table(
            NamingTable,
            [
                ("e1", "government", outlet, label, stance, 3, 1.0)
                for outlet, label, stance in zip(OUTLETS, LABELS, ("", "", "", "condemns", ""), strict=True)
            ]
            if shared
            else [],
        ),
        persons=table(
            PersonTable,
            [(outlet, "Sergei Lavrov", 5, 0.4, 0.6, 0.2, "foreign minister", "veteran") for outlet in OUTLETS]
            if shared
            else [],
        ),
        alternations=table(
            AlternationTable,
            [
                ("e1", "Crimea: of", outlet, label, 2, f"{outlet}-1", SENTENCES["Reuters"][0])
                for outlet, label in zip(OUTLETS, LABELS, strict=True)
            ]
            if shared
            else [],
        ),
        style=table(
            StyleTable,
            [
                (OUTLETS[0], OUTLETS[1], 0.81, 0.5, 0.93, 3_000, 4_000, 150, "ok"),
                (OUTLETS[0], OUTLETS[2], np.nan, np.nan, np.nan, 300, 400, 150, "too few words"),
            ],
        ),
        zeta=table(ZetaTable, [(OUTLETS[0], "talks", 1.4, 0.6, 0.2), (OUTLETS[0], "regime", 0.6, 0.1, 0.5)]),
        codebook=codebook(),
    )
