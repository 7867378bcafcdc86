"""Cleaning as a whole: nothing is lost, nothing is found twice, the seeds and the traps."""

import json
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from biaslens import clean, clean_all, read
from biaslens.articles import Articles
from biaslens.cleaned import Cleaned
from biaslens.cleaning.clean import clean_articles, keep_all
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.rules import load_rules
from biaslens.spans import Spans

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
NO_REPEATS = Repeats({})

PARAGRAPHS = (
    "The council met in the town hall on Tuesday and voted for the budget after a long debate.",
    "“We will build the bridge,” the mayor said, and nobody in the hall objected to her words.",
    "Prices rose by 3.2 percent in May.",
    "The bridge is to open in June, and the council will vote again on Tuesday about the harbor plan.",
)  # fmt: skip
HEADLINES = (
    "Council votes for bridge budget after a long debate",
    "HARBOR PLAN FAILS AS MAYOR LOSES THREE ALLIES",
    "The harbor",
)
BLOCK = ("A Message from The Daily Herald:", "Dear readers,", "We need your help.", "Remind me later.")
DATELINES = ("MOSCOW, September 3 (RIA Novosti) - ", "NEW YORK - ", "(CNN) -- ", "Berlin (dpa) - ", "KYIV — ")


def cases(file: str, key: str) -> list[Any]:
    found: list[Any] = json.loads((CASES / file).read_text(encoding="utf-8"))[key]
    return found


def articles(*texts: str, title: str = "", outlet: str = "A") -> Articles:
    return read([{"outlet": outlet, "text": text, "title": title} for text in texts])


def strategies() -> st.SearchStrategy[str]:
    """Texts made of rule examples, prose, headlines, datelines, blocks and odd lines, in any order."""
    examples = [text for rule in load_rules() for text in (*rule.matches, *rule.keeps)]
    pieces = ["Share", "the", "Related", "Reuters", "a vote", "12", "-", "."]
    behind = [*PARAGRAPHS, *DATELINES, *examples]
    line = st.one_of(
        st.sampled_from(examples),
        st.sampled_from(PARAGRAPHS),
        st.sampled_from(HEADLINES),
        st.sampled_from(BLOCK),
        st.tuples(st.sampled_from(DATELINES), st.sampled_from(behind)).map("".join),
        st.lists(st.sampled_from(pieces), max_size=12).map(" ".join),
        st.text(max_size=20),
    )
    end = st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", " \n\t"])
    return st.lists(st.tuples(line, end).map("".join), max_size=30).map("".join)


def kept_text(cleaned: Cleaned, texts: tuple[str, ...]) -> str:
    return "\n".join(cleaned.kept.slices(texts))


def overlaps(*columns: Spans) -> bool:
    rows = sorted(
        (start, end)
        for spans in columns
        for start, end in zip(spans.start.tolist(), spans.end.tolist(), strict=True)
    )
    return any(end > start for (_, end), (start, _) in pairwise(rows))


@pytest.mark.parametrize("case", cases("cleaning_seeds.json", "seeds"), ids=lambda case: case["file"])
def test_a_seed_loses_exactly_its_boilerplate(case: dict[str, Any]) -> None:
    cleaned = clean((ROOT / "seeds" / case["file"]).read_text(encoding="utf-8"))
    assert [[span.category, span.text.strip()] for span in cleaned.removed] == case["removed"]
    assert len(cleaned.text.split("\n")) == case["n_kept"]


@pytest.mark.parametrize("case", cases("cleaning_seeds.json", "seeds"), ids=lambda case: case["file"])
def test_every_sentence_of_a_seed_is_kept_or_in_the_ledger(case: dict[str, Any]) -> None:
    text = (ROOT / "seeds" / case["file"]).read_text(encoding="utf-8")
    cleaned = clean(text)
    words = sorted("\n".join([cleaned.text, *(span.text for span in cleaned.removed)]).split())
    assert words == sorted(text.split())


def test_the_appeal_of_a_seed_is_one_span() -> None:
    cleaned = clean((ROOT / "seeds" / "001_8466d68a60ce5421.txt").read_text(encoding="utf-8"))
    [appeal] = [span for span in cleaned.removed if span.category == "appeal"]
    assert appeal.text.startswith("A Message from The Moscow Times:")
    assert appeal.text.endswith("Remind me later.")


@pytest.mark.parametrize("case", cases("cleaning_traps.json", "stay"), ids=lambda case: case["text"][:40])
def test_a_sentence_that_only_looks_like_boilerplate_stays(case: dict[str, str]) -> None:
    above, below = PARAGRAPHS[0], PARAGRAPHS[1]
    for text in (case["text"], f"{above}\n{case['text']}", f"{above}\n{case['text']}\n{below}"):
        assert clean(text).text == text, case["why"]


@pytest.mark.parametrize("case", cases("cleaning_hard.json", "stay"), ids=lambda case: case["why"][:40])
def test_content_that_looks_like_boilerplate_stays_in_its_article(case: dict[str, Any]) -> None:
    kept = clean("\n".join(case["lines"])).text.split("\n")
    assert [case["lines"][i] for i in case["keep"] if case["lines"][i] not in kept] == []


def test_as_much_boilerplate_in_unforeseen_words_is_removed_as_was_measured() -> None:
    n_removed = sum(
        case["lines"][i] not in clean("\n".join(case["lines"])).text.split("\n")
        for case in cases("cleaning_hard.json", "go")
        for i in case["strip"]
    )
    # 145 lines in all: rules know what they were written for, and an article alone has no repetition.
    assert n_removed >= 25


@pytest.mark.xfail(strict=True, reason="known miss")
@pytest.mark.parametrize("case", cases("cleaning_traps.json", "known_misses"), ids=lambda case: case["why"])
def test_a_known_miss(case: dict[str, str]) -> None:
    assert clean(case["text"]).text == case["kept"]


def test_sentences_of_the_trap_set_stay(evaluation_data: Path) -> None:
    file = evaluation_data / "cleaning_traps.jsonl"
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        assert bool(clean(row["t"]).removed) == (row.get("label") == "strip"), row["t"]


def test_precision_and_recall_on_hand_labelled_lines_hold(evaluation_data: Path) -> None:
    right = wrong = missed = 0
    for row in map(
        json.loads, (evaluation_data / "cleaning_hand.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        text = "\n".join(line["t"] for line in row["lines"])
        kept = np.zeros(len(text), dtype=bool)
        found = clean_articles(articles(text), NO_REPEATS)
        for start, end in zip(found.kept.start, found.kept.end, strict=True):
            kept[start:end] = True
        place = 0
        for line in row["lines"]:
            is_removed = kept[place : place + len(line["t"])].mean() < 0.2
            place += len(line["t"]) + 1
            right += line["label"] == "strip" and is_removed
            missed += line["label"] == "strip" and not is_removed
            wrong += line["label"] == "keep" and is_removed
    assert right / (right + wrong) >= 0.99
    assert right / (right + missed) >= 0.9


@given(strategies())
@example("Dear readers,\nShare\nWe need you.\n" + PARAGRAPHS[0])
@example("A\u00a0\ufeff\nReuters\n\x1cReuters")
def test_every_visible_character_is_kept_or_removed_and_never_both(text: str) -> None:
    found = articles(text or PARAGRAPHS[0])
    cleaned = clean_articles(found, NO_REPEATS)
    assert not overlaps(cleaned.kept, cleaned.ledger.spans)
    covered = {
        place
        for spans in (cleaned.kept, cleaned.ledger.spans)
        for start, end in zip(spans.start.tolist(), spans.end.tolist(), strict=True)
        for place in range(start, end)
    }
    assert {i for i, character in enumerate(found.text[0]) if not character.isspace()} <= covered


@given(strategies(), st.sampled_from(["", *HEADLINES]))
@example("Share\n" * 5 + "\n".join(PARAGRAPHS), "")
def test_cleaning_what_was_kept_removes_nothing_more(text: str, title: str) -> None:
    found = articles(text or PARAGRAPHS[0], title=title)
    once = kept_text(clean_articles(found, NO_REPEATS), found.text)
    again = articles(once or PARAGRAPHS[0], title=title)
    assert kept_text(clean_articles(again, NO_REPEATS), again.text) == "\n".join(again.text[0].splitlines())


@given(strategies())
def test_ledger_and_kept_spans_are_in_reading_order(text: str) -> None:
    cleaned = clean_articles(articles(text or PARAGRAPHS[0]), NO_REPEATS)
    for spans in (cleaned.kept, cleaned.ledger.spans):
        assert spans.start.tolist() == sorted(spans.start.tolist())


@given(st.lists(strategies().filter(str.strip), min_size=1, max_size=6), st.randoms())
def test_the_order_of_articles_does_not_change_what_is_removed(texts: list[str], random: Any) -> None:
    rows = [{"id": str(i), "outlet": "AB"[i % 2], "text": text} for i, text in enumerate(texts)]
    shuffled = random.sample(rows, len(rows))
    removed = dict(zip([row["id"] for row in rows], clean_all(rows), strict=True))
    assert dict(zip([row["id"] for row in shuffled], clean_all(shuffled), strict=True)) == removed


def test_an_appeal_of_several_lines_is_one_span_without_an_opening_too() -> None:
    appeal = (
        "Quality journalism takes time and money.\n"
        "We rely on our readers to keep our reporting free.\n"
        "With your help our newsroom can go on."
    )
    cleaned = clean("\n".join([*PARAGRAPHS, appeal]))
    assert [span.text for span in cleaned.removed] == [appeal]
    assert cleaned.text == "\n".join(PARAGRAPHS)


def test_a_block_swallows_what_was_removed_inside_it_before() -> None:
    text = "Dear readers,\nShare\nWe need you.\n" + "\n".join(PARAGRAPHS)
    assert [(span.rule, span.text) for span in clean(text).removed] == [
        ("appeal.message-to-readers", "Dear readers,\nShare\nWe need you.")
    ]


def test_a_block_does_not_run_through_the_outlets_own_text_to_a_distant_button() -> None:
    text = "A note to our readers\n" + "\n".join(PARAGRAPHS) + "\nContinue reading"
    assert PARAGRAPHS[0] in clean(text).text


def test_more_than_two_fifths_of_a_long_text_is_never_removed_line_by_line() -> None:
    text = "\n".join(
        ["Photo: the bridge before the collapse, in a picture of that year"] * 9 + [PARAGRAPHS[0]]
    )
    assert clean(text).removed == ()


def test_a_short_text_may_be_nothing_but_boilerplate() -> None:
    assert clean("Share\nReuters").text == ""


def test_several_datelines_of_one_line_are_removed_one_by_one() -> None:
    cleaned = clean("NEW YORK - (CNN) -- The vote is on.")
    assert [span.text.strip() for span in cleaned.removed] == ["NEW YORK -", "(CNN) --"]
    assert cleaned.text == "The vote is on."


def test_what_was_removed_is_harvested() -> None:
    report = "OSLO, May 5 (Reuters) - They agreed on all of it after a week."
    cleaned = clean(f"Ministers agree on the harbor\nBy Jane Smith\n{report}")
    assert (cleaned.title, cleaned.byline, cleaned.dateline, cleaned.agency) == (
        "Ministers agree on the harbor", "Jane Smith", "OSLO, May 5 (Reuters)", "Reuters",
    )  # fmt: skip


def test_an_account_name_gives_the_outlet_in_words() -> None:
    assert clean(PARAGRAPHS[0] + "\nFollow us on Twitter @DailyHeraldNews").outlet == "Daily Herald News"


def test_with_cleaning_off_every_line_is_kept() -> None:
    cleaned = keep_all(articles("Share\n\nThe vote is on."))
    assert cleaned.kept.slices(("Share\n\nThe vote is on.",)) == ["Share", "The vote is on."]
    assert len(cleaned.ledger) == 0


def test_the_same_line_repeated_by_an_outlet_is_removed_from_all_its_articles() -> None:
    rows = [f"{PARAGRAPHS[i % 4]}\nHerald House, 4 Quay Street" for i in range(8)]
    found = articles(*(f"Report {i}. {row}" for i, row in enumerate(rows)))
    cleaned = clean_articles(found, learn_repeats(found))
    assert set(cleaned.ledger.rule) == {"repeated.line"}


@pytest.mark.parametrize(
    "text",
    [
        "Reuters\n" * 100_000,
        "Share\n" * 100_000,
        "Dear readers,\n" * 20_000,
        "Related\nMinisters meet in Geneva to talk\n" * 30_000,
        "NEW YORK - " * 50_000 + "Shares fell.",
        "a" * 2_000_000,
        "sign up for the newsletter " * 80_000,
        PARAGRAPHS[0] + "\n" + (PARAGRAPHS[3] + "\n") * 20_000,
        (HEADLINES[0] + "\n" + PARAGRAPHS[3] + "\n") * 10_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_text_of_one_thing_over_and_over_is_cleaned_in_seconds(text: str) -> None:
    found = articles(text)
    # Of this process, so that a busy machine changes nothing.
    started = time.process_time()
    clean_articles(found, NO_REPEATS)
    assert time.process_time() - started < 10


@given(st.text(alphabet=st.sampled_from("a \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\ufeff")))
def test_lines_are_those_of_splitlines_without_the_empty_ones(text: str) -> None:
    lines = split_lines(text)
    assert [line.text for line in lines] == [line.strip() for line in text.splitlines() if line.strip()]
    assert all(text[line.start : line.end] == line.text for line in lines)


def test_no_reason_of_the_ledger_speaks_of_patterns() -> None:
    assert not [
        rule.name for rule in load_rules() if re.search(r"(?i)\b(?:regex|pattern|match)", rule.reason)
    ]
