"""The comparison as plain text: it fits, says everything, and is harmless to a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_examples import MEASURES, OUTLETS, evidence, findings

from biaslens.findings import Findings
from biaslens.report import render_brief, render_terminal
from biaslens.report.screen import clip, columns, pad, printable, wrap
from biaslens.tabular import texts


def renamed(result: Findings, names: tuple[str, ...]) -> Findings:
    """The same findings under other outlet names."""
    new = dict(zip(OUTLETS, names, strict=True))
    return replace(
        result,
        outlet_names=names,
        outlets=replace(result.outlets, outlet=texts(new[o] for o in result.outlets.outlet)),
        contrasts=replace(
            result.contrasts,
            outlet_a=texts(new[o] for o in result.contrasts.outlet_a),
            outlet_b=texts(new[o] for o in result.contrasts.outlet_b),
        ),
    )


@pytest.mark.parametrize("width", [48, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = render_terminal(findings(12), width, evidence())
    assert max(map(columns, text.splitlines())) <= width


@given(st.lists(st.text(max_size=30), min_size=5, max_size=5, unique=True), st.text(max_size=200))
def test_no_outlet_name_or_sentence_breaks_the_width(names: list[str], sentence: str) -> None:
    hits = evidence()
    hits = replace(hits, sentence=texts(sentence for _ in hits.sentence))
    text = render_terminal(replace(renamed(findings(6), tuple(names)), summary=(sentence,)), 72, hits)
    assert max(map(columns, text.split("\n"))) <= 72


def test_five_outlets_fit_a_screen() -> None:
    for n_events in (1, 12):
        text = render_terminal(findings(n_events), 100, evidence())
        assert len(text.splitlines()) <= 70


def test_every_outlet_and_measure_appears() -> None:
    text = render_terminal(findings(1), 120, evidence())
    assert all(outlet in text for outlet in OUTLETS)
    assert all(name in text for name, *_ in MEASURES)


def test_measure_without_values_is_named_below_the_table() -> None:
    assert "No value for any outlet (–): naming." in render_terminal(findings(1))


def test_missing_value_is_a_dash() -> None:
    result = findings(1)
    value = result.outlets.value.copy()
    value[0] = float("nan")
    text = render_terminal(replace(result, outlets=replace(result.outlets, value=value)))
    line = next(line for line in text.splitlines() if "loaded_rate" in line)
    assert line.split()[-5:] == ["–", "6.4", "8.7", "11.0", "13.3"]


def test_values_stand_with_their_units() -> None:
    line = next(line for line in render_terminal(findings(1), 130).splitlines() if "loaded_rate" in line)
    assert line.split() == ["loaded_rate", "per", "1,000", "words", "4.1", "6.4", "8.7", "11.0", "13.3"]


def test_narrow_table_prints_the_unit_of_a_family_that_has_one() -> None:
    assert "lexical, per 1,000 words" in render_terminal(findings(1), 80).splitlines()


def test_outlets_that_do_not_fit_are_counted() -> None:
    text = render_terminal(findings(1), 48)
    assert "2 more outlets not shown here" in text


def test_contrasts_show_ratio_interval_p_and_status() -> None:
    text = " ".join(render_terminal(findings(12)).split())
    assert (
        "loaded_rate: RIA Novosti against The Moscow Times, ratio 0.92 (interval 0.74 to 1.15), p 0.004, "
        "q 0.010; 12 events, ok" in text
    )
    assert "more in result.contrasts" in text


def test_difference_carries_its_sign() -> None:
    result = findings(12)
    is_mean = result.contrasts.measure == "sentiment"
    only = replace(
        result.contrasts, **{name: column[is_mean] for name, column in result.contrasts.columns().items()}
    )
    text = " ".join(render_terminal(replace(result, contrasts=only)).split())
    assert "difference -0.14 (interval -0.24 to -0.04)" in text


def test_without_a_shared_event_no_contrast_is_printed() -> None:
    text = render_terminal(findings(1))
    assert "none has enough shared events for a size" in text
    assert "ratio" not in text


def test_sentences_show_what_was_counted() -> None:
    text = render_terminal(findings(1), evidence=evidence())
    assert "- Reuters [brazen]: Troops without insignia seized the airport" in text


def test_reader_learns_where_to_go_next() -> None:
    text = render_terminal(findings(1))
    assert 'result.evidence("loaded_rate")' in text
    assert 'result.report("out.html")' in text


def test_own_words_are_ascii_but_for_dash_and_ellipsis() -> None:
    text = render_terminal(findings(12), 70, evidence())
    assert {mark for mark in text if not mark.isascii()} <= {"–", "…"}


def test_article_text_cannot_steer_the_terminal() -> None:
    hits = evidence()
    hits = replace(hits, sentence=texts("a\x1b[2Jb\r\u202ec\ud800d" for _ in hits.sentence))
    text = render_terminal(findings(1), 100, hits)
    assert not {"\x1b", "\r", "\u202e", "\ud800"} & set(text)


def test_brief_fits_a_dozen_lines_or_so() -> None:
    for n_events in (1, 12):
        assert len(render_brief(findings(n_events)).splitlines()) <= 14


def test_brief_counts_the_rows_of_every_table() -> None:
    text = " ".join(render_brief(findings(1)).split())
    assert ".outlets (175)" in text
    assert ".coverage (0)" in text


@given(st.text(max_size=80), st.integers(1, 40))
def test_clipped_text_fits(text: str, limit: int) -> None:
    # One wide character and the mark of the cut are the least that can be shown.
    assert columns(clip(printable(text), limit)) <= max(limit, 3)


@given(st.text(max_size=80), st.integers(8, 40))
def test_wrapped_text_keeps_all_its_characters(text: str, width: int) -> None:
    lines = wrap(printable(text), width)
    assert "".join("".join(lines).split()) == "".join(printable(text).split())
    assert max(map(columns, lines)) <= width


def test_wide_characters_take_two_columns() -> None:
    assert pad("新华社", 8) == "新华社  "


def test_what_each_outlet_calls_it_stands_on_one_line_per_set() -> None:
    text = " ".join(render_terminal(findings(n_events=12)).split())
    assert "- government: RIA Novosti government 3; Reuters authorities 3;" in text


def test_the_lines_of_war_and_peace_journalism_stay_in_the_report() -> None:
    result = findings(n_events=12)
    codebook = replace(result.codebook, family=texts("war and peace" for _ in result.codebook.family))
    assert "loaded_rate " not in render_terminal(replace(result, codebook=codebook))
