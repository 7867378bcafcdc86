"""A comparison as one self-contained HTML page: no script, no request, one style sheet."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from biaslens.findings import EvidenceTable, Findings
from biaslens.report import contrasts, naming, sections, standing
from biaslens.report.chart import RatioAxis, dot_chart
from biaslens.report.sentences import read_evidence
from biaslens.report.templates import environment
from biaslens.report.validity import validity_card
from biaslens.report.values import all_rows, side_by_side
from biaslens.report.wording import MINUS, STATUS_MEANINGS

MAX_SENTENCES = 5
MAX_CONTRASTS = 300
MAX_PAIRS = 100


def render_page(findings: Findings, evidence: EvidenceTable, n_read: int | None = None) -> str:
    """The whole report as HTML; ``write_page`` puts it into a file.

    n_read  number of articles that the evidence was taken from; None for all

    The page's content security policy forbids everything but its own style sheet, which is named by its
    SHA-256 hash, so that even a hole in the escaping could run nothing and fetch nothing.
    """
    from markupsafe import Markup

    style = files("biaslens.report").joinpath("style.css").read_text(encoding="utf-8")
    # The style sheet is ours, not an article's, and its hash is taken over these very characters.
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            findings=findings,
            style=Markup(style),
            style_hash=style_hash(style),
            codebook=list(findings.codebook.rows()),
            validity=validity_card(findings),
            n_read=len(findings.articles) if n_read is None else n_read,
            evidence=read_evidence(findings, evidence, MAX_SENTENCES),
            **_values(findings),
            **_contrasts(findings),
            **_standing(findings),
            **_texts(findings),
            **_naming(findings),
        )
    )


def _values(findings: Findings) -> dict[str, object]:
    """What the template's sections on outlets, values and events show."""
    families = side_by_side(findings)
    return {
        "overviews": sections.outlet_overviews(findings),
        "articles": sections.articles_shown(findings),
        "events": sections.events_shown(findings),
        "overlap": sections.overlap_shown(findings),
        "left_out_rows": list(findings.left_out.rows()),
        "n_shared_events": sections.n_shared_events(findings),
        "families": families,
        "without_value": [row for row in all_rows(families) if row.is_empty],
        "charts": {row.measure: dot_chart(row) for row in all_rows(families)},
    }


def _contrasts(findings: Findings) -> dict[str, object]:
    """What the template's section on contrasts shows."""
    sized = contrasts.sized_contrasts(findings.contrasts, MAX_CONTRASTS)
    ratios = [end for row in sized if row.ratio is not None for end in (row.ratio, row.ci_low, row.ci_high)]
    pairs = contrasts.silent_pairs(findings)
    return {
        "contrasts": sized,
        "n_contrasts_left_out": contrasts.n_sized(findings.contrasts) - len(sized),
        "ratio_axis": RatioAxis.around([ratio for ratio in ratios if ratio is not None]),
        "silent_pairs": pairs[:MAX_PAIRS],
        "n_pairs_left_out": max(len(pairs) - MAX_PAIRS, 0),
        "status_meanings": STATUS_MEANINGS,
    }


def _standing(findings: Findings) -> dict[str, object]:
    """What the template's section on all outlets together shows."""
    against_rest = contrasts.sized_contrasts(findings.against_rest, MAX_CONTRASTS)
    ranked = standing.ranked_measures(findings, MINUS)
    return {
        "against_rest": against_rest,
        "n_rest_left_out": contrasts.n_sized(findings.against_rest) - len(against_rest),
        "omnibus": standing.omnibus_shown(findings),
        "ranked": ranked[: standing.MAX_RANKED],
        "n_ranked_left_out": max(len(ranked) - standing.MAX_RANKED, 0),
        "unranked": standing.reasons_unranked(findings),
    }


def _texts(findings: Findings) -> dict[str, object]:
    """What the template's sections on speakers, terms, copies, coverage and removed text show."""
    coverage, removals = sections.coverage_by_event(findings), sections.removals_by_article(findings)
    return {
        "speakers": sections.speakers_by_outlet(findings),
        "terms": sections.terms_by_outlet(findings),
        "copies": sections.copies_shown(findings),
        "sharing": sections.sharing_shown(findings),
        "coverage": coverage,
        "n_coverage_left_out": sections.n_covered_events(findings) - len(coverage),
        "removals": removals,
        "n_removals_left_out": sections.n_articles_with_removals(findings) - len(removals),
        "removal_categories": sections.removal_categories(findings),
    }


def _naming(findings: Findings) -> dict[str, object]:
    """What the template's sections on labels, persons and style show."""
    sets, n_sets_left_out = naming.label_sets(findings)
    persons, n_persons_left_out = naming.persons_shown(findings)
    slots, n_slots_left_out = naming.slots_shown(findings)
    return {
        "label_sets": sets,
        "n_sets_left_out": n_sets_left_out,
        "persons": persons,
        "n_persons_left_out": n_persons_left_out,
        "slots": slots,
        "n_slots_left_out": n_slots_left_out,
        "style_distances": naming.style_shown(findings),
        "zeta": naming.zeta_by_outlet(findings),
    }


def style_hash(style: str) -> str:
    """The style sheet's SHA-256 in base64, as a content security policy names it.

    >>> style_hash("")
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")


def write_page(path: Path | str, html: str) -> None:
    """Write the page as UTF-8; what UTF-8 or HTML cannot hold (lone surrogates, NUL) becomes U+FFFD."""
    Path(path).write_bytes(re.sub("[\0\ud800-\udfff]", "\ufffd", html).encode("utf-8"))
