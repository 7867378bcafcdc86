"""The summary: what a comparison can and cannot say, in sentences that a student understands."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np

from biaslens.cells import Cells
from biaslens.effect import Effect
from biaslens.findings import Findings
from biaslens.lexicons import agency_names
from biaslens.lost_marks import NOTE
from biaslens.settings import Settings
from biaslens.stats.ladder import correction_sentence, pair_sentence

# How the summary goes on after the number of articles that are left out for a reason.
_LEFT_OUT = {
    "one outlet": "on events that no other outlet reports in its own words",
    "copy": "copied from another outlet or an agency",
    "update": "versions of an article that counts already",
    "several events": "on several events at once",
    "no words": "without words after cleaning",
}
# More pairs than this are summed up instead of listed.
_LISTED_PAIRS = 6


def summarise(findings: Findings, cells: Cells, effect: Effect | None, settings: Settings) -> tuple[str, ...]:
    """Sentences on the corpus, on what each pair of outlets allows to be said, and on what was set aside."""
    return (
        *_corpus(findings, settings),
        *_pairs(findings, cells, settings),
        *_left_out(findings),
        *_cleaning(findings, effect, settings),
        *_cautions(findings, settings),
    )


def _corpus(findings: Findings, settings: Settings) -> list[str]:
    articles = findings.articles
    is_story = settings.granularity == "story"
    outlets_of: dict[str, set[str]] = defaultdict(set)
    for unit, outlet in zip(articles.story if is_story else articles.event, articles.outlet, strict=True):
        outlets_of[unit].add(outlet)
    n_shared = sum(len(outlets) > 1 for outlets in outlets_of.values())
    units = _count(len(outlets_of), *(("story", "stories") if is_story else ("event", "events")))
    lines = [
        f"{len(articles):,} articles by {len(findings.outlet_names)} outlets, in {units}; two outlets or "
        f"more report {n_shared:,} of them."
    ]
    if not is_story and n_shared == 0:
        lines.append(_no_shared_event(findings))
    return lines


def _left_out(findings: Findings) -> list[str]:
    table = findings.left_out
    counts = dict(zip(table.reason.tolist(), table.n_articles.tolist(), strict=True))
    parts = [f"{counts[reason]:,} {words}" for reason, words in _LEFT_OUT.items() if reason in counts]
    if not parts:
        return []
    return [f"Articles left out of contrasts: {', '.join(parts)}. See .left_out."]


def _no_shared_event(findings: Findings) -> str:
    articles = findings.articles
    outlets: dict[str, set[str]] = defaultdict(set)
    for story, outlet in zip(articles.story, articles.outlet, strict=True):
        outlets[story].add(outlet)
    largest = max(len(names) for names in outlets.values())
    if largest < 2:
        return "No two outlets report the same event or the same story: nothing can be compared."
    return (
        f"No two outlets report the same event, but one story is shared by {largest} of them. To compare "
        "inside stories, which are longer and mix more topics: "
        'compare(..., settings=Settings(granularity="story")).'
    )


def _cleaning(findings: Findings, effect: Effect | None, settings: Settings) -> list[str]:
    articles = findings.articles
    if not settings.clean:
        return ["Cleaning was switched off: boilerplate counts as the outlets' own words."]
    n_words, n_removed = int(articles.n_words.sum()), int(articles.n_words_removed.sum())
    if not len(findings.removed):
        return ["Nothing was set aside as boilerplate, so cleaning moved no number."]
    shares = (articles.n_words_removed / np.maximum(1, articles.n_words)).tolist()
    # Of equals the first id, whatever the order of the articles.
    row = min(range(len(shares)), key=lambda row: (-shares[row], articles.id[row]))
    share = shares[row]
    return [
        f"{n_removed:,} of {n_words:,} words ({n_removed / max(1, n_words):.0%}) were set aside as "
        f"boilerplate, most in {articles.id[row]!r} ({share:.0%} of it): see .removed for every span and "
        "its reason.",
        _moved(effect, settings),
    ]


def _moved(effect: Effect | None, settings: Settings) -> str:
    if effect is None:
        return f"Cleaning moved no rate of {settings.min_expected_count} occurrences or more in an outlet."
    if f"{effect.cleaned:.1f}" == f"{effect.uncleaned:.1f}":
        return "Cleaning moved no rate of any outlet by 0.1 or more."
    moved = (
        f"Cleaning moved {effect.measure} of {effect.outlet} most: {effect.cleaned:.1f} {effect.unit} "
        f"instead of {effect.uncleaned:.1f}"
    )
    if not effect.n_compared:
        return f"{moved}: see .before_cleaning()."
    return (
        f"{moved}. With boilerplate left in, another outlet would be the higher one in {effect.n_turned} of "
        f"{effect.n_compared} comparisons of rates: see .before_cleaning()."
    )


def _pairs(findings: Findings, cells: Cells, settings: Settings) -> list[str]:
    outlet_events = [
        set(cells.event[cells.outlet == code].tolist()) for code in range(len(findings.outlet_names))
    ]
    shared = {
        (a, b): len(outlet_events[a] & outlet_events[b])
        for a, b in combinations(range(len(findings.outlet_names)), 2)
    }
    most = max(shared.values())
    if most < settings.min_shared_events:
        unit = "stories" if settings.granularity == "story" else "events"
        return [
            f"No p-values, no intervals, no ranking: they take {settings.min_shared_events} {unit} that both "
            f"outlets report, and no two outlets here share more than {most}. The values stand side by side, "
            "but nothing here says that the outlets differ: read the sentences behind them."
        ]
    names = findings.outlet_names
    if len(shared) <= _LISTED_PAIRS:
        return [
            *(pair_sentence(names[a], names[b], n, settings) for (a, b), n in shared.items()),
            *_correction(findings, most),
        ]
    (a, b), n = max(shared.items(), key=lambda item: (item[1], item[0]))
    tested = sum(k >= settings.min_shared_events for k in shared.values())
    return [
        f"{tested} of {len(shared)} pairs of outlets share the {settings.min_shared_events} events that a "
        "p-value takes.",
        "The pair that shares most: " + pair_sentence(names[a], names[b], n, settings),
        *_correction(findings, most),
    ]


def _correction(findings: Findings, most: int) -> list[str]:
    """How many tests are corrected together, and what that asks of the shared events."""
    tables = (findings.contrasts, findings.against_rest, findings.omnibus)
    n_tests = sum(int(np.isfinite(table.q_value).sum()) for table in tables)
    needed = np.concatenate([findings.contrasts.events_needed, findings.against_rest.events_needed])
    # All outlets at once can have enough events where no two have.
    if np.isnan(needed).all():
        return []
    return [correction_sentence(n_tests, int(np.nanmin(needed)), most)]


def _cautions(findings: Findings, settings: Settings) -> list[str]:
    articles = findings.articles
    lines = []
    n_inferred = int(articles.outlet_inferred.sum())
    if n_inferred:
        lines.append(
            f"The outlet of {_count(n_inferred, 'article', 'articles')} was inferred from a credit line."
        )
    unmarked = sorted(set(findings.outlets.outlet[findings.outlets.note == NOTE].tolist()))
    if unmarked:
        lines.append(
            f"Quotation marks seem to be lost in the texts of {', '.join(unmarked)}: quotations there are "
            "not scored, and count as the outlet's own words in every other measure."
        )
    n_wire = _n_wire(findings)
    if n_wire:
        lines.append(
            f"{_count(n_wire, 'article is', 'articles are')} credited to a news agency as a whole, and "
            "counted for the outlet that printed it: see the column agency of .articles."
        )
    n_noted = sum(note != "" for note in articles.note)
    if n_noted:
        lines.append(
            f"{_count(n_noted, 'article has', 'articles have')} a note on reading or cleaning: see .articles."
        )
    if settings.granularity == "event":
        lines.append("Outlets choose what they cover: contrasts hold for events that both outlets report.")
    return lines


def _n_wire(findings: Findings) -> int:
    """Articles in contrasts that are credited as a whole to an agency which is not their outlet."""
    articles = findings.articles
    names = agency_names()
    rows = zip(articles.agency, articles.agency_scope, articles.outlet, articles.left_out, strict=True)
    return sum(
        scope == "article" and not left_out and agency != names.get(outlet, outlet)
        for agency, scope, outlet, left_out in rows
    )


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
