import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.events.sketch import LEAD_CHARACTERS, NAME, PAIR, WORD, Sketch, readable_terms, sketch_articles

texts = st.text(alphabet=st.characters(), max_size=80)


def assert_same(one: Sketch, two: Sketch) -> None:
    for column in ("first", "term", "kind", "count", "key"):
        np.testing.assert_array_equal(getattr(one, column), getattr(two, column))


def terms_of(title: str, body: str) -> set[int]:
    return set(sketch_articles([title], [body]).term.tolist())


def test_title_words_count_twice() -> None:
    sketch = sketch_articles(["London"], ["London"])
    assert sketch.count.tolist() == [3]


def test_counts_stop_at_255() -> None:
    assert sketch_articles(["talks " * 200], [""]).count.max() == 255


def test_pairs_do_not_run_from_title_to_body() -> None:
    assert (sketch_articles(["London"], ["talks"]).kind != PAIR).all()


def test_pairs_depend_on_the_order_of_their_words() -> None:
    sketch = sketch_articles(["dog bites", "bites dog"], ["", ""])
    pairs = sketch.term[sketch.kind == PAIR]
    assert len(set(pairs.tolist())) == 2


def test_function_words_leave_no_term() -> None:
    assert len(sketch_articles(["the of and"], ["It was not"]).term) == 0


def test_plural_and_possessive_have_the_term_of_the_plain_word() -> None:
    assert terms_of("", "sanction") == terms_of("", "sanctions")
    assert terms_of("", "London") == terms_of("", "London’s") == terms_of("", "London's")


def test_words_after_the_lead_do_not_count() -> None:
    lead = "talks " * (LEAD_CHARACTERS // 6)
    assert terms_of("", lead) == terms_of("", lead + " earthquake")


def test_a_word_capitalised_inside_a_sentence_is_a_name() -> None:
    sketch = sketch_articles([""], ["talks with Kerry"])
    assert sorted(sketch.kind.tolist()) == sorted([WORD, NAME, PAIR])


def test_a_word_capitalised_only_at_the_start_of_a_sentence_is_no_name() -> None:
    assert NAME not in sketch_articles([""], ["Talks ended. Sanctions followed."]).kind


def test_a_word_also_written_small_is_no_name() -> None:
    assert NAME not in sketch_articles([""], ["big State power, state power"]).kind


def test_lone_surrogates_are_hashed() -> None:
    assert len(sketch_articles(["\ud800"], ["bad \udfff character"])) == 1


def test_no_articles_give_an_empty_sketch() -> None:
    sketch = sketch_articles([], [])
    assert len(sketch) == 0
    assert sketch.first.tolist() == [0]


def test_titles_and_bodies_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        sketch_articles(["one"], [])


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6), st.integers(0, 6))
def test_parts_joined_equal_the_whole(articles: list[tuple[str, str]], cut: int) -> None:
    titles, bodies = [title for title, _ in articles], [body for _, body in articles]
    parts = [sketch_articles(titles[:cut], bodies[:cut]), sketch_articles(titles[cut:], bodies[cut:])]
    assert_same(Sketch.concatenate(parts), sketch_articles(titles, bodies))


@given(st.lists(texts, min_size=1, max_size=6), st.randoms())
def test_taken_rows_equal_sketches_of_those_articles(bodies: list[str], random: object) -> None:
    rows = list(range(len(bodies)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    titles = [""] * len(bodies)
    taken = sketch_articles(titles, bodies).take(rows)
    assert_same(taken, sketch_articles(titles, [bodies[row] for row in rows]))


def test_hashes_are_the_same_under_another_hash_seed() -> None:
    code = (
        "from biaslens.events.sketch import sketch_articles;"
        "print(sketch_articles(['Kerry meets Lavrov'], ['in London']).term.tolist())"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1] != ""


def test_the_most_frequent_form_of_a_word_is_shown() -> None:
    assert set(readable_terms(["Sanctions"], ["sanctions, one sanction"]).values()) >= {"sanctions"}
