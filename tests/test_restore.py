"""Cleaning can be undone: wholly, or one kind of boilerplate at a time."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from biaslens import clean
from biaslens.rules import load_rules

EXAMPLES = [text for rule in load_rules() for text in rule.matches]
PROSE = "The council met in the town hall on Tuesday and voted for the budget after a long debate."
LINE = st.one_of(st.sampled_from(EXAMPLES), st.just(PROSE), st.text(max_size=40))
LINES = st.lists(LINE, min_size=1, max_size=12)


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", " \n\t", "\u2028"]))
@example(["Share", PROSE, "donâ€™t"], "\r\n")
def test_restore_gives_back_the_text_as_it_came(lines: list[str], between: str) -> None:
    text = between.join([PROSE, *lines])
    assert clean(text).restore() == text


@given(LINES)
def test_kept_and_removed_spans_slice_the_text_and_do_not_overlap(lines: list[str]) -> None:
    cleaned = clean("\n".join([PROSE, *lines]))
    assert all(cleaned.original[span.start : span.end] == span.text for span in cleaned.removed)
    places = sorted([*cleaned.kept, *((span.start, span.end) for span in cleaned.removed)])
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_one_kind_is_put_back_where_it_stood() -> None:
    cleaned = clean(f"Photo: the old harbor\n{PROSE}\nShare")
    assert cleaned.restore("caption") == f"Photo: the old harbor\n{PROSE}"
    assert cleaned.restore("social") == f"{PROSE}\nShare"
    assert cleaned.restore("credit") == cleaned.text


def test_what_one_layer_alone_doubts_is_flagged_and_kept() -> None:
    doubtful = [
        span
        for rule in load_rules()
        for text in rule.matches
        for span in clean(f"{PROSE}\n{text}\n{PROSE}").flagged
    ]
    assert doubtful
    assert all(span.reason and span.category for span in doubtful)


def test_flagged_spans_stand_in_the_kept_text() -> None:
    for rule in load_rules():
        for text in rule.matches:
            cleaned = clean(f"{PROSE}\n{text}")
            assert all(span.text.strip() in cleaned.text for span in cleaned.flagged)
