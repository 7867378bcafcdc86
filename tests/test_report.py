"""The page and the notebook fragment: complete, escaped, self-contained."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import fields, replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_examples import MEASURES, OUTLETS, codebook, evidence, findings, table

from biaslens.findings import EvidenceTable, Findings
from biaslens.report import render_notebook, render_page, write_page
from biaslens.report.chart import Axis, RatioAxis, dot_chart
from biaslens.report.contrasts import silent_pairs, sized_contrasts
from biaslens.report.sentences import mark_hits, read_evidence
from biaslens.report.values import side_by_side
from biaslens.report.wording import label, places_for
from biaslens.tabular import Table, texts

HOSTILE = "</mark><script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;"
VOID = {"meta", "br", "line", "circle", "rect", "img", "input", "link", "hr", "col"}


class Outline(HTMLParser):
    """Collects tags, attributes and text, and checks that tags close in the order they open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def alone() -> str:
    """The page of five articles on five events."""
    return render_page(findings(1), evidence())


@pytest.fixture(scope="module")
def shared() -> str:
    """The page of five outlets on twelve shared events."""
    return render_page(findings(12), evidence())


def words(page: str) -> str:
    """The page's text as a reader sees it."""
    return unescape(re.sub(r"<[^>]*>", "", page.split("</style>")[-1]))


def with_texts(result: Findings, text: str) -> Findings:
    """The same findings with every text that comes from articles replaced."""
    articles = replace(
        result.articles,
        title=texts(text for _ in result.articles.title),
        agency=texts(text for _ in result.articles.agency),
        copy_source=texts(text for _ in result.articles.copy_source),
        note=texts(text for _ in result.articles.note),
    )
    return replace(
        result,
        articles=articles,
        events=replace(
            result.events,
            label=texts(text for _ in result.events.label),
            outlets=texts(text for _ in result.events.outlets),
        ),
        sources=replace(result.sources, speaker=texts(text for _ in result.sources.speaker)),
        removed=replace(result.removed, text=texts(text for _ in result.removed.text)),
        summary=(text,),
    )


def test_style_hash_in_the_policy_is_that_of_the_style_block(alone: str) -> None:
    style = re.search(r"<style>(.*?)</style>", alone, re.DOTALL)
    assert style is not None
    expected = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{expected}'" in alone


def test_policy_forbids_all_else(alone: str) -> None:
    policy = Outline(alone).named("meta")[1]
    assert policy["http-equiv"] == "Content-Security-Policy"
    content = str(policy["content"])
    assert content.startswith("default-src 'none'; style-src 'sha256-")
    assert content.endswith("base-uri 'none'; form-action 'none'")


def test_page_has_no_script_no_inline_style_and_no_handler(shared: str) -> None:
    outline = Outline(shared)
    assert not outline.named("script")
    names = {name for _, attrs in outline.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src")}


def test_links_stay_inside_the_page(shared: str) -> None:
    outline = Outline(shared)
    targets = [attrs["href"] for _, attrs in outline.tags if "href" in attrs]
    ids = {attrs.get("id") for _, attrs in outline.tags}
    assert targets
    assert all(target and target.startswith("#") and target[1:] in ids for target in targets)


def test_page_names_no_network_address(shared: str) -> None:
    assert not re.search(r"https?://|url\(|@import", shared)


def test_tags_close_in_the_order_they_open(shared: str) -> None:
    outline = Outline(shared)
    assert not outline.unbalanced
    assert not outline.open


def test_headings_never_skip_a_level(shared: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(shared).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_page_names_its_language(alone: str) -> None:
    assert Outline(alone).named("html") == [{"lang": "en"}]


def test_every_table_has_a_caption_and_every_header_a_scope(shared: str) -> None:
    outline = Outline(shared)
    assert len(outline.named("table")) == len(outline.named("caption")) > 10
    assert all(attrs.get("scope") in ("col", "row") for attrs in outline.named("th"))


def test_every_id_is_given_once(shared: str) -> None:
    ids = [attrs["id"] for _, attrs in Outline(shared).tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_outlet_and_measure_appears(alone: str) -> None:
    shown = words(alone)
    assert all(outlet in shown for outlet in OUTLETS)
    assert all(name in shown and label(name) in shown for name, *_ in MEASURES)


def test_a_measure_without_any_value_is_named_with_its_reason(alone: str) -> None:
    assert "<code>naming</code>" not in alone.split('id="values"')[1].split('id="contrasts"')[0]
    assert "needs the table of referents, which this version lacks" in words(alone)


def test_a_value_that_one_outlet_lacks_is_a_dash_and_never_zero() -> None:
    result = findings(1)
    values = result.outlets.value.copy()
    values[np.flatnonzero(result.outlets.measure == "loaded_rate")[0]] = np.nan
    lacking = replace(result, outlets=replace(result.outlets, value=values))
    row = re.search(r"<code>loaded_rate</code>.*?</tr>", render_page(lacking, evidence()), re.DOTALL)
    assert row is not None
    assert re.findall(r'<td class="n">(.*?)</td>', row[0])[0] == "–"


def test_zero_is_shown_as_zero(alone: str) -> None:
    row = re.search(r"<code>wire_share</code>.*?</tr>", alone, re.DOTALL)
    assert row is not None
    assert re.findall(r'<td class="n">(.*?)</td>', row[0])[0] == "0.00"


def test_summary_and_signature_are_printed(alone: str) -> None:
    result = findings(1)
    assert all(sentence in words(alone) for sentence in result.summary)
    assert result.signature in words(alone)


def test_without_shared_events_the_page_says_that_nothing_can_be_compared(alone: str) -> None:
    assert "No two outlets share enough events" in words(alone)


def test_contrasts_show_ratio_interval_and_status(shared: str) -> None:
    assert re.search(r"0\.92 ×<span class=\"interval\">0\.74 to 1\.15</span>", shared)
    assert "Enough shared events for an interval, a p-value" in words(shared)


def test_hit_is_marked_in_its_sentence(alone: str) -> None:
    assert "Troops without insignia seized the airport in a <mark>brazen</mark> raid before dawn." in alone


def test_sentences_left_out_are_counted(alone: str) -> None:
    assert 'result.evidence("loaded_rate", outlet="Reuters")' in words(alone)
    assert "2 more sentences" in words(alone)


def test_coverage_has_a_section_only_where_there_is_some(alone: str, shared: str) -> None:
    assert 'id="coverage"' not in alone
    assert 'id="coverage"' in shared


def section(page: str, name: str) -> str:
    return page.split(f'<section id="{name}"')[1].split("</section>")[0]


def test_each_set_of_outlets_is_a_line_of_dots_with_its_events(shared: str) -> None:
    lines = re.findall(r"<tr><td class=\"set\">.*?</tr>", section(shared, "events"))
    assert [line.count("●") for line in lines] == [5, 4]
    assert all(line.count('class="set"') == len(OUTLETS) for line in lines)


def test_many_outlets_are_named_instead_of_getting_a_column_each() -> None:
    result = findings(12)
    names = tuple(f"Outlet {i}" for i in range(15))
    members = np.zeros((2, 15), dtype=bool)
    overlap = replace(result.overlap, members=members, outlets=texts(["Outlet 1, Outlet 9", "Outlet 2"]))
    page = section(render_page(replace(result, outlet_names=names, overlap=overlap), evidence()), "events")
    assert "●" not in page
    assert "Outlet 1, Outlet 9" in page


def test_what_was_left_out_stands_with_its_reason_and_meaning(shared: str) -> None:
    assert "Copy11One text is one voice." in words(section(shared, "events"))


def test_an_article_that_shares_copy_stands_with_its_share_and_source() -> None:
    result = findings(12)
    values = result.articles.values.copy()
    values[:, result.articles.measures.index("wire_share")] = np.where(
        result.articles.id == "Trend-1", 0.85, 0
    )
    page = render_page(replace(result, articles=replace(result.articles, values=values)), evidence())
    assert "Trend-1 TrendMinisters meet, round 185 %ReutersReuters-1" in words(section(page, "copies"))


def test_removed_text_stands_with_its_reason(alone: str) -> None:
    shown = words(alone)
    assert "Dear readers, please support us." in shown
    assert "asks the reader for money" in shown


def test_hostile_texts_stay_text() -> None:
    hits = evidence()
    hits = replace(
        hits, sentence=texts(HOSTILE for _ in hits.sentence), text=texts("<script>" for _ in hits.text)
    )
    page = render_page(with_texts(findings(12), HOSTILE), hits)
    outline = Outline(page)
    assert not outline.named("script")
    assert not outline.named("img")
    assert not outline.unbalanced
    assert "<mark>&lt;script&gt;</mark>" in page


def test_hostile_outlet_names_stay_text_in_page_and_notebook() -> None:
    name = '"><script>alert(1)</script>'
    result = findings(1)
    renamed = replace(
        result,
        outlet_names=(name, *OUTLETS[1:]),
        outlets=replace(
            result.outlets, outlet=texts(name if o == OUTLETS[0] else o for o in result.outlets.outlet)
        ),
    )
    for page in (render_page(renamed, evidence()), render_notebook(renamed)):
        assert not Outline(page).named("script")
        assert "&lt;script&gt;" in page


@given(st.text(st.characters(), max_size=60))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    hits = evidence()
    few = replace(hits, **{name: column[:4] for name, column in hits.columns().items()})
    few = replace(few, sentence=texts([text] * 4), text=texts([text[1:3]] * 4))
    outline = Outline(render_page(with_texts(findings(1), text), few))
    assert not outline.unbalanced
    assert not outline.named("script")


def test_written_page_replaces_lone_surrogates_and_nul(tmp_path) -> None:
    path = tmp_path / "out.html"
    write_page(path, render_page(with_texts(findings(1), "a\ud800b\0c"), evidence()))
    assert "a\ufffdb\ufffdc" in path.read_text(encoding="utf-8")


def test_written_page_keeps_its_line_ends_so_that_the_hash_holds(tmp_path) -> None:
    path = tmp_path / "out.html"
    write_page(path, "a\nb")
    assert path.read_bytes() == b"a\nb"


def test_findings_without_rows_make_a_page() -> None:
    result = findings(1)
    bare = {
        field.name: replace(part, **{column.name: getattr(part, column.name)[:0] for column in fields(part)})
        for field in fields(result)
        if isinstance(part := getattr(result, field.name), Table)
        and field.name not in ("articles", "codebook")
    }
    page = render_page(replace(result, **bare), table(EvidenceTable, []))
    assert "No hits were found." in page
    assert "Nothing was set aside." in page


def test_page_is_the_same_every_time(shared: str) -> None:
    assert render_page(findings(12), evidence()) == shared


def test_notebook_fragment_shows_every_measure_and_no_script() -> None:
    fragment = render_notebook(findings(1))
    outline = Outline(fragment)
    assert all(f">{name}</th>" in fragment for name, *_ in MEASURES if name != "naming")
    assert "Without a value for any outlet: naming." in words(fragment)
    assert not outline.unbalanced
    assert not outline.named("script")
    assert not outline.named("style")


def test_families_and_measures_keep_the_order_of_the_codebook() -> None:
    names = [row.measure for family in side_by_side(findings(1)) for row in family.rows]
    assert names == codebook().name.tolist()


def test_contrasts_without_size_are_counted_by_pair() -> None:
    pairs = silent_pairs(findings(1))
    assert len(pairs) == 10
    assert pairs[0].n_measures == {"no shared event": len(MEASURES) - 1}


def test_contrasts_are_sorted_by_status_then_q() -> None:
    result = findings(12)
    status = result.contrasts.status.copy()
    status[:5] = "provisional"
    mixed = sized_contrasts(replace(result.contrasts, status=status))
    statuses = [contrast.status for contrast in mixed]
    assert statuses == sorted(statuses)
    qs = [contrast.q_value for contrast in mixed if contrast.status == "ok"]
    assert qs == sorted(qs)


def test_repeated_hit_marks_its_next_occurrence() -> None:
    assert mark_hits("a farce, a farce", ["farce", "farce"]) == [(2, 7), (11, 16)]


def test_hit_longer_than_its_sentence_marks_all_of_it() -> None:
    assert mark_hits("We agree.", ["We agree. We said so."]) == [(0, 9)]


def test_hit_that_is_not_in_the_sentence_is_named_beside_it() -> None:
    hits = evidence()
    few = replace(hits, **{name: column[:1] for name, column in hits.columns().items()})
    few = replace(few, text=texts(["elsewhere"]))
    (measure,) = read_evidence(findings(1), few, 5)
    assert measure.outlets[0].sentences[0].unplaced == ("elsewhere",)


def test_evidence_does_not_depend_on_the_order_of_its_rows() -> None:
    hits = evidence()
    order = np.random.default_rng(0).permutation(len(hits))
    mixed = replace(hits, **{name: column[order] for name, column in hits.columns().items()})
    assert read_evidence(findings(1), mixed, 5) == read_evidence(findings(1), hits, 5)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.booleans())
def test_axis_holds_every_value_between_its_ends(values: list[float], from_zero: bool) -> None:
    axis = Axis.around(values, from_zero=from_zero)
    slack = 1e-9 * max(1.0, *map(abs, values))
    assert axis.low < axis.high
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack


def test_rates_start_at_zero_and_means_do_not() -> None:
    rows = {row.measure: row for family in side_by_side(findings(1)) for row in family.rows}
    rate, mean = dot_chart(rows["loaded_rate"]), dot_chart(rows["flesch_reading_ease"])
    assert rate is not None
    assert mean is not None
    assert (rate.low, mean.low) == ("0", "30")


def test_measure_without_values_has_no_chart() -> None:
    rows = {row.measure: row for family in side_by_side(findings(1)) for row in family.rows}
    assert dot_chart(rows["naming"]) is None


def test_open_interval_is_drawn_to_the_edge() -> None:
    axis = RatioAxis.around([1.2, np.inf, 0.0])
    assert axis.place(np.inf) == axis.place(axis.limit)
    assert axis.place(0.0) == axis.place(1 / axis.limit)


@given(st.floats(0.001, 1e8))
def test_places_leave_about_three_digits(value: float) -> None:
    shown = f"{value:.{places_for([value])}f}".replace(".", "").lstrip("0")
    assert len(shown) >= 2 or value < 0.01
