from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st
from test_copies import NONE, find, text, tokens_of

from biaslens.events import passages as module
from biaslens.events.passages import MIN_PASSAGE_WORDS, Passages, passage_spans

DAYS = ["2014-03-10", "2014-03-11", "2014-03-12", "2014-03-13"]


def passages(
    texts: Sequence[str],
    outlets: Sequence[int] | None = None,
    dates: Sequence[str] | None = None,
    agency: Sequence[int] | None = None,
    own: Sequence[bool] | None = None,
) -> Passages:
    return find(texts, outlets, DAYS[: len(texts)] if dates is None else dates, agency, own).passages


def words_of(found: Passages) -> list[tuple[int, int, int]]:
    rows = zip(found.article.tolist(), found.first_word.tolist(), found.n_words.tolist(), strict=True)
    return list(rows)


def joined(*parts: str) -> str:
    return " ".join(parts)


def test_a_paragraph_taken_over_is_a_passage_of_both() -> None:
    texts = [joined(text(1, 50), text(2, 30), text(3, 50)), joined(text(4, 20), text(2, 30), text(5, 70))]
    found = passages(texts)
    assert words_of(found) == [(0, 50, 30), (1, 20, 30)]
    assert found.source.tolist() == [-1, 0]
    assert found.relation == ("original", "partial")
    assert found.shared_words.tolist() == [30, 30]


def test_the_passage_of_a_copy_is_marked_as_copy() -> None:
    assert passages([text(1), text(1)]).relation == ("original", "copy")


def test_what_one_outlet_prints_twice_is_no_passage() -> None:
    assert len(passages([text(1), text(1)], outlets=[0, 0])) == 0


@pytest.mark.parametrize(("n_words", "n_found"), [(MIN_PASSAGE_WORDS, 2), (MIN_PASSAGE_WORDS - 1, 0)])
def test_shorter_runs_are_chance(n_words: int, n_found: int) -> None:
    texts = [joined(text(1, n_words), text(2)), joined(text(3), text(1, n_words))]
    assert len(passages(texts)) == n_found


@pytest.mark.parametrize(("n_edited", "found"), [(1, [(0, 0, 40)]), (2, [(0, 0, 40)]), (3, [(0, 0, 20)])])
def test_up_to_two_edited_words_are_bridged(n_edited: int, found: list[tuple[int, int, int]]) -> None:
    source = text(1, 40).split()
    edited = [*source[:20], *text(2, n_edited).split(), *source[20 + n_edited :]]
    first = [row for row in words_of(passages([" ".join(source), " ".join(edited)])) if row[0] == 0]
    # Behind three edited words stand 17 in a row: a passage of their own.
    assert first == found + ([(0, 23, 17)] if n_edited == 3 else [])


def test_phrases_that_several_articles_share_with_one_do_not_add_up_to_a_passage() -> None:
    phrases = [text(seed, 8) for seed in range(3)]
    texts = [" ".join(phrases), *(joined(text(10 + row, 40), one) for row, one in enumerate(phrases))]
    assert len(passages(texts)) == 0


def test_two_sources_side_by_side_are_two_passages() -> None:
    texts = [text(1), text(2), joined(text(1, 30), text(2, 30))]
    found = passages(texts).take([2])
    assert words_of(found) == [(0, 0, 30), (0, 30, 30)]
    assert found.source.tolist() == [0, 1]


def test_the_source_is_the_earliest_article_that_has_most_of_it() -> None:
    brief, whole = text(1, 18), text(1, 60)
    texts = [
        joined(brief, text(2, 50)),
        joined(whole, text(3)),
        joined(whole, text(4)),
        joined(whole, text(5)),
    ]
    assert passages(texts).take([3]).source.tolist() == [1]


def test_who_prints_most_of_it_first_is_no_taker_of_the_few_words_that_others_had() -> None:
    texts = [joined(text(1, 18), text(2, 50)), joined(text(1, 60), text(3)), joined(text(1, 60), text(4))]
    assert passages(texts).take([1]).relation == ("original",)


def test_of_two_earlier_articles_the_one_by_an_agency_is_the_source() -> None:
    texts = [joined(text(1, 30), text(row)) for row in (2, 3, 4)]
    assert passages(texts, agency=[NONE, 7, NONE]).take([2]).source.tolist() == [1]


def test_an_agency_that_is_dated_a_day_later_is_the_source() -> None:
    texts = [joined(text(1, 30), text(row)) for row in (2, 3)]
    assert passages(texts, agency=[NONE, 7], own=[False, True]).source.tolist() == [1, -1]


def test_taken_passages_are_those_of_the_rows_in_their_order() -> None:
    texts = [joined(text(1, 30), text(2)), text(3), joined(text(4), text(1, 30))]
    found = passages(texts).take([2, 1, 0])
    assert words_of(found) == [(0, 60, 30), (2, 0, 30)]
    assert found.source.tolist() == [0, -1]
    assert found.shared_words.tolist() == [30, 0, 30]


def test_spans_cut_the_passage_out_of_the_text() -> None:
    shared = text(1, 30)
    texts = [joined(text(2), shared, text(3)), joined(text(4), shared)]
    tokens = tokens_of(texts)
    found = passages(texts)
    assert passage_spans(found, tokens, tokens.is_word).slices(texts) == [shared, shared]


def test_a_span_holds_the_quotation_that_stands_inside_its_passage() -> None:
    shared = text(1, 30).split()
    narration = " ".join(shared)
    quoted = " ".join([*shared[:15], "“quoted”", *shared[15:]])
    tokens = tokens_of([quoted])
    chosen = np.array([form != "quoted" for form in tokens.words(0, len(tokens))])
    found = passages([narration, narration]).take([0])
    assert passage_spans(found, tokens, chosen).slices([quoted]) == [quoted]


def test_no_articles_have_no_passages() -> None:
    assert len(passages([])) == 0


# Pieces of 9 words that articles are put together from.
articles = st.lists(
    st.lists(st.integers(0, 7), min_size=2, max_size=6).map(
        lambda seeds: " ".join(text(s, 9) for s in seeds)
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


def covered(texts: Sequence[str], outlets: Sequence[int]) -> list[int]:
    """Words of each article in long enough runs shared with one article of another outlet, pair by pair."""
    words = [one.split() for one in texts]
    sets = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in words]
    counts = []
    for row, own in enumerate(words):
        inside: set[int] = set()
        for other, theirs in enumerate(sets):
            if outlets[row] == outlets[other]:
                continue
            starts = [i for i in range(len(own) - 4) if tuple(own[i : i + 5]) in theirs]
            runs: list[list[int]] = []
            for start in starts:
                if runs and start - runs[-1][-1] <= 7:
                    runs[-1].append(start)
                else:
                    runs.append([start])
            for run in runs:
                if run[-1] + 5 - run[0] >= MIN_PASSAGE_WORDS:
                    inside |= set(range(run[0], run[-1] + 5))
        counts.append(len(inside))
    return counts


@configure(deadline=None)
@given(articles, st.data())
def test_shared_words_are_those_of_a_count_pair_by_pair(texts: list[str], data: st.DataObject) -> None:
    outlets = data.draw(st.lists(st.integers(0, 2), min_size=len(texts), max_size=len(texts)))
    found = passages(texts, outlets, [DAYS[0]] * len(texts))
    assert found.shared_words.tolist() == covered(texts, outlets)


@configure(deadline=None)
@given(articles, st.data())
def test_the_order_of_articles_changes_no_passage(texts: list[str], data: st.DataObject) -> None:
    n = len(texts)
    outlets = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    dates = data.draw(st.lists(st.sampled_from([*DAYS, "NaT"]), min_size=n, max_size=n))
    agency = data.draw(st.lists(st.sampled_from([NONE, 0]), min_size=n, max_size=n))
    rows = data.draw(st.permutations(range(n)))
    plain = passages(texts, outlets, dates, agency).take(rows)
    moved = passages(*([column[row] for row in rows] for column in (texts, outlets, dates, agency)))
    assert words_of(moved) == words_of(plain)
    assert moved.relation == plain.relation
    assert [rows[row] if row >= 0 else row for row in moved.source.tolist()] == plain.source.tolist()


def test_batches_change_no_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [joined(text(1, 30), text(row), text(9, 30)) for row in (2, 3, 4)]
    whole = passages(texts)
    monkeypatch.setattr(module, "BATCH_MEETINGS", 7)
    monkeypatch.setattr(module, "BLOCK_ARTICLES", 2)
    parts = passages(texts)
    assert words_of(parts) == words_of(whole)
    assert parts.source.tolist() == whole.source.tolist()
