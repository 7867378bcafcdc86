"""A comparison as plain text for a terminal: ASCII plus "–" and "…", no colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from biaslens.findings import EvidenceTable, Findings
from biaslens.report.contrasts import Contrast, n_sized, sized_contrasts
from biaslens.report.naming import label_sets
from biaslens.report.screen import clip, columns, pad, printable, wrap
from biaslens.report.sentences import heaviest_hits
from biaslens.report.values import Family, ValueRow, all_rows, side_by_side
from biaslens.report.wording import NA, counted, listed, number, probability

MIN_WIDTH = 48
INDENT = GAP = "  "
MIN_NUMBER = 7
MIN_HEAD, MAX_HEAD = 8, 18
MAX_UNIT = 20
MAX_SENTENCES = 6
MAX_CONTRASTS = 4
MAX_EVIDENCE = 3
MAX_SETS = 4
# Thirteen lines that say little of most news: the report has them.
NOT_ON_SCREEN = ("war and peace",)


def render_terminal(findings: Findings, width: int = 100, evidence: EvidenceTable | None = None) -> str:
    """The comparison on one screen: what was compared, what can be said, values, contrasts, sentences.

    No line is wider than ``width`` columns (at least 48). Control characters of article text are left
    out, so that no article can steer the terminal.
    """
    width = max(width, MIN_WIDTH)
    families = [family for family in side_by_side(findings) if family.name not in NOT_ON_SCREEN]
    sections = [
        _opening(findings, width),
        _summary(findings.summary, width, MAX_SENTENCES),
        list(_values(findings, families, width)),
        _contrasts(findings, width),
        _labels(findings, width),
        _evidence(findings, evidence, width) if evidence is not None else [],
        _next_steps(families, width),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def render_brief(findings: Findings, width: int = 88) -> str:
    """About a dozen lines: what was compared, the first sentences of the summary, where to look next."""
    width = max(width, MIN_WIDTH)
    tables = (
        "articles",
        "outlets",
        "contrasts",
        "against_rest",
        "omnibus",
        "ranking",
        "events",
        "overlap",
        "left_out",
        "terms",
        "sources",
        "removed",
        "copies",
        "coverage",
        "naming",
        "persons",
        "style",
    )
    sizes = ", ".join(f".{name} ({len(getattr(findings, name)):,})" for name in tables)
    lines = [
        *_opening(findings, width),
        *_summary(findings.summary, width, 4),
        *wrap(f"Tables (rows): {sizes}", width),
        *wrap("print(result) shows the values side by side.", width),
        *_next_steps(side_by_side(findings), width),
    ]
    return "\n".join(lines)


def _opening(findings: Findings, width: int) -> list[str]:
    names = [printable(name) for name in findings.outlet_names]
    return wrap(f"biaslens compared {listed(names)}.", width)


def _summary(sentences: Sequence[str], width: int, limit: int) -> list[str]:
    lines = [line for sentence in sentences[:limit] for line in wrap(f"- {printable(sentence)}", width)]
    if len(sentences) > limit:
        lines += wrap(f"- … and {counted(len(sentences) - limit, 'more sentence')} in the report.", width)
    return lines


def _values(findings: Findings, families: Sequence[Family], width: int) -> Iterator[str]:
    """The value table; measures that no outlet has, and outlets that do not fit, are named below it."""
    rows = [row for row in all_rows(families) if not row.is_empty]
    if rows:
        grid = _Grid.fitting([printable(name) for name in findings.outlet_names], rows, width)
        yield from wrap("Values of all articles of an outlet. They describe; contrasts compare.", width)
        yield grid.line("", "", grid.heads)
        for family in families:
            filled = [row for row in family.rows if not row.is_empty]
            yield from [grid.family(filled)] if filled else []
            yield from (grid.line(INDENT + row.measure, row.unit, _cell_texts(row)) for row in filled)
        left_out = len(findings.outlet_names) - len(grid.heads)
        if left_out:
            yield from wrap(f"{counted(left_out, 'more outlet')} not shown here; see result.outlets.", width)
    empty = [row.measure for row in all_rows(families) if row.is_empty]
    if empty:
        yield from wrap(f"No value for any outlet ({NA}): {', '.join(empty)}.", width)


def _cell_texts(row: ValueRow) -> list[str]:
    return [number(cell.value, row.places) for cell in row.cells]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Widths of the value table's columns, and the heads of the outlets that fit."""

    name: int
    unit: int
    widths: tuple[int, ...]
    heads: tuple[str, ...]

    @classmethod
    def fitting(cls, outlets: Sequence[str], rows: Sequence[ValueRow], width: int) -> _Grid:
        """The columns for the given rows; the units give way to the outlets, then the last outlets do."""
        name = max(min(columns(INDENT + row.measure), width // 2 - 6) for row in rows)
        unit = min(max(columns(row.unit) for row in rows), MAX_UNIT)
        texts = [_cell_texts(row) for row in rows]
        numbers = [max([MIN_NUMBER, *map(columns, column)]) for column in zip(*texts, strict=True)]
        names = [columns(outlet) for outlet in outlets]
        widths = _fitting_widths(numbers, names, width - name - unit - len(GAP)) or [0]
        if any(width < min(head, MAX_HEAD) for width, head in zip(widths, names, strict=False)):
            unit, widths = 0, _fitting_widths(numbers, names, width - name)
        heads = [clip(outlet, limit) for outlet, limit in zip(outlets, widths, strict=False)]
        return cls(name, unit, tuple(widths), tuple(heads))

    def family(self, rows: Sequence[ValueRow]) -> str:
        """The heading of a family, with its unit where all rows share it and there is no column for it."""
        units = {row.unit for row in rows}
        return rows[0].family + (f", {units.pop()}" if len(units) == 1 and not self.unit else "")

    def line(self, name: str, unit: str, cells: Sequence[str]) -> str:
        """One line of the table; cells beyond the last column are left out."""
        start = [pad(clip(name, self.name), self.name)]
        start += [pad(clip(unit, self.unit), self.unit)] if self.unit else []
        ends = [pad(cell, width, right=True) for cell, width in zip(cells, self.widths, strict=False)]
        return GAP.join(start + ends).rstrip()


def _fitting_widths(numbers: Sequence[int], names: Sequence[int], room: int) -> list[int]:
    """Widths of the outlets' columns: long names give way first, then the last columns do.

    >>> _fitting_widths([7, 7], [11, 16], 26), _fitting_widths([7, 7], [11, 16], 20)
    ([11, 11], [8, 8])
    """
    widths: list[int] = []
    for limit in range(MAX_HEAD, MIN_HEAD - 1, -1):
        widths = [max(need, min(name, limit)) for need, name in zip(numbers, names, strict=True)]
        if sum(widths) + len(GAP) * len(widths) <= room:
            return widths
    ends = accumulate(width + len(GAP) for width in widths)
    return [width for width, end in zip(widths, ends, strict=True) if end <= room]


def _contrasts(findings: Findings, width: int) -> list[str]:
    total = n_sized(findings.contrasts)
    if not total:
        return wrap("Contrasts inside shared events: none has enough shared events for a size.", width)
    lines = wrap("Contrasts inside shared events, the best founded first:", width)
    for contrast in sized_contrasts(findings.contrasts, MAX_CONTRASTS):
        lines += wrap(f"- {_contrast_sentence(contrast)}", width)
    if total > MAX_CONTRASTS:
        lines += wrap(f"- … and {total - MAX_CONTRASTS:,} more in result.contrasts.", width)
    return lines


def _contrast_sentence(contrast: Contrast) -> str:
    a, b = printable(contrast.outlet_a), printable(contrast.outlet_b)
    kind = "ratio" if contrast.ratio is not None else "difference"
    size = f"{contrast.measure}: {a} against {b}, {kind} {contrast.size()}"
    if contrast.ci_low is not None:
        size += f" (interval {contrast.interval()})"
    for name, chance in (("p", contrast.p_value), ("q", contrast.q_value)):
        if chance is not None:
            size += f", {name} {probability(chance)}"
    return f"{size}; {counted(contrast.n_events, 'event')}, {contrast.status}"


def _labels(findings: Findings, width: int) -> list[str]:
    sets, _ = label_sets(findings)
    if not sets:
        return []
    lines = wrap("What each outlet calls it, outside quotation marks (result.naming):", width)
    for named in sets[:MAX_SETS]:
        outlets = [
            f"{printable(outlet)} {', '.join(f'{label} {n}' for label, n in uses)}"
            for outlet, uses in named.by_outlet()
        ]
        lines += wrap(f"- {named.name}: {'; '.join(outlets)}", width)
    return lines


def _evidence(findings: Findings, evidence: EvidenceTable, width: int) -> list[str]:
    hits = heaviest_hits(findings, evidence, MAX_EVIDENCE)
    if not hits:
        return []
    lines = wrap(f"Where it stands in the text ({hits[0]['measure']}):", width)
    for hit in hits:
        # Two lines each, so that one long sentence does not push the rest off the screen.
        sentence = printable(hit["sentence"])
        mark = clip(printable(hit["text"]), width // 2)
        room = 2 * (width - 4) - columns(f"- {hit['outlet']} [{mark}]: ")
        lines += wrap(f"- {printable(hit['outlet'])} [{mark}]: {clip(sentence, max(room, 40))}", width)
    return lines


def _next_steps(families: Sequence[Family], width: int) -> list[str]:
    measures = [row.measure for row in all_rows(families) if not row.is_empty]
    example = "loaded_rate" if "loaded_rate" in measures else (measures or ["loaded_rate"])[0]
    steps = (
        f'Next: result.evidence("{example}") for every hit, result.report("out.html") for the whole report.'
    )
    return wrap(steps, width)
