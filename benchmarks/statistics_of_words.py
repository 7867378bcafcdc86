"""Key terms and style beside plain transcriptions of their formulas: parts of statistics_agreement.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import inf, log

import numpy as np
import numpy.typing as npt
from agreement_lines import Agreement, largest
from plain_statistics import Report, classical_delta, deltas, keyness
from scipy.stats import chi2_contingency, spearmanr
from statsmodels.stats.contingency_tables import StratifiedTable

from biaslens.cells import TermCells
from biaslens.first_pass import Scanned
from biaslens.framing import style_table, writings
from biaslens.second_pass import Grouped, sum_terms
from biaslens.stats.keyness import key_terms
from biaslens.stats.stylometry import MAX_FEATURES, MIN_REPORT_WORDS


def terms(grouped: Grouped, scanned: Scanned) -> Iterator[Agreement]:
    """Key terms of all outlets, single words, nobody's name left out."""
    cells, words = sum_terms(grouped, scanned)
    single = np.array([" " not in word for word in words], dtype=bool)[cells.term]
    columns = (column[single] for column in (cells.event, cells.outlet, cells.term, cells.count))
    cells = TermCells(*columns)
    uses: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    length: Counter[tuple[int, int]] = Counter()
    for event, outlet, term, n in zip(*(c.tolist() for c in _columns(cells)), strict=True):
        uses[event][outlet][term] = n
        length[event, outlet] += n
    table = key_terms(cells, words, grouped.outlets, grouped.unit_names, grouped.settings)
    code = {word: row for row, word in enumerate(words)}
    rows = [row for row in table.rows() if row["z"] is not None]
    plain = [keyness(uses, length, grouped.outlets.index(row["outlet"]), code[row["term"]]) for row in rows]
    monroe = "Monroe et al. 2008 in plain loops"
    for name in ("z", "log_odds"):
        theirs = [getattr(one, name) for one in plain]
        yield Agreement(f"key terms, {name}", monroe, len(rows), largest([row[name] for row in rows], theirs))
    ratio, g2 = [], []
    for row, one in zip(rows, plain, strict=True):
        strata = np.array(one.tables, dtype=float).reshape(-1, 2, 2)
        ours = row["odds_ratio"]
        ratio.append(0.0 if ours == inf else abs(log(ours / StratifiedTable(list(strata)).oddsratio_pooled)))
        scipys = chi2_contingency(strata.sum(axis=0), correction=False, lambda_="log-likelihood")
        g2.append(abs(row["log_likelihood"] - scipys.statistic))
    yield Agreement("key terms, log of odds_ratio", "statsmodels StratifiedTable", len(rows), max(ratio))
    yield Agreement(
        "key terms, log_likelihood", "scipy chi2_contingency", len(rows), largest(g2, 0 * np.array(g2))
    )


def _columns(cells: TermCells) -> tuple[npt.NDArray[np.int64], ...]:
    return cells.event, cells.outlet, cells.term, cells.count


def style(grouped: Grouped, scanned: Scanned) -> Iterator[Agreement]:
    """Function words of every pair of outlets."""
    texts, found = writings(grouped, scanned), scanned.function_words
    n_words: Counter[tuple[int, int]] = Counter()
    counts: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for row in np.flatnonzero(texts.counts).tolist():
        n_words[int(texts.event[row]), int(texts.outlet[row])] += int(texts.n_words[row])
    for row, word, n in zip(found.article.tolist(), found.word.tolist(), found.count.tolist(), strict=True):
        if texts.counts[row]:
            counts[int(texts.event[row]), int(texts.outlet[row])][word] += n
    every = [Report(*key, n, counts[key]) for key, n in n_words.items() if n >= MIN_REPORT_WORDS]
    n_reports = Counter(report.event for report in every)
    reports = [report for report in every if n_reports[report.event] > 1]
    rows = [row for row in style_table(grouped, scanned).rows() if row["burrows_delta"] is not None]
    pairs = [tuple(grouped.outlets.index(row[name]) for name in ("outlet_a", "outlet_b")) for row in rows]
    plain = [deltas(reports, a, b, MAX_FEATURES) for a, b in pairs]
    burrows = [row["burrows_delta"] for row in rows]
    asked, theirs = "Burrows 2002, event means off, in plain loops", [one for one, _ in plain]
    yield Agreement("burrows_delta", asked, len(rows), largest(burrows, theirs))
    angles = [(row["cosine_delta"], one) for row, (_, one) in zip(rows, plain, strict=True)]
    angles = [(ours, one) for ours, one in angles if ours is not None]
    asked = "Smith & Aldridge 2011, event means off, in plain loops"
    yield Agreement("cosine_delta", asked, len(angles), largest(*zip(*angles, strict=True)))
    whole = classical_delta(reports, MAX_FEATURES)
    rank = spearmanr(burrows, [whole[min(pair), max(pair)] for pair in pairs]).statistic
    asked = "Burrows 2002 as printed, topics and all"
    yield Agreement("burrows_delta", asked, len(rows), rank, "rank correlation")
