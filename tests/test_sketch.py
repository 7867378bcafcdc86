import os
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.events.hashing import hash_text
from biaslens.events.sketch import LEAD_CHARACTERS, NAME, PAIR, WORD, Sketch, readable_terms, sketch_articles

texts = st.text(alphabet=st.characters(), max_size=80)


def assert_same(one: Sketch, two: Sketch) -> None:
    for column in ("first", "term", "kind", "count", "key"):
        np.testing.assert_array_equal(getattr(one, column), getattr(two, column))


def terms_of(title: str, body: str) -> set[int]:
    return set(sketch_articles([title], [body]).term.tolist())


def is_name(word: str, body: str) -> bool:
    sketch = sketch_articles([""], [body])
    return bool(np.isin(sketch.term[sketch.kind == NAME], list(terms_of("", word.lower()))).any())


def test_a_term_is_the_upper_half_of_the_hash_of_its_stem() -> None:
    assert terms_of("", "Sanctions") == {hash_text("sanction") >> 32}


def test_terms_ascend_in_each_article() -> None:
    sketch = sketch_articles(["Kerry meets Lavrov", "Storm hits Ohio"], ["in London", "and Iowa"])
    one, two = np.split(sketch.term, [sketch.first[1]])
    assert (np.diff(one.astype(np.int64)) > 0).all()
    assert (np.diff(two.astype(np.int64)) > 0).all()


def test_a_term_takes_six_bytes() -> None:
    sketch = sketch_articles(["Kerry meets Lavrov"], ["in London"])
    assert sketch.term.itemsize + sketch.mark.itemsize + sketch.count.itemsize == 6


def test_title_words_count_twice() -> None:
    sketch = sketch_articles(["London"], ["London"])
    assert sketch.count.tolist() == [3]


def test_terms_of_the_title_are_told_from_those_of_the_body_alone() -> None:
    sketch = sketch_articles(["London talks", "Ohio storm"], ["talks in Geneva", "Ohio storm"])
    titled = sketch_articles(["London talks", "Ohio storm"], ["", ""])
    assert sketch.is_titled.sum() == len(titled.term)
    assert sorted(sketch.term[sketch.is_titled].tolist()) == sorted(titled.term.tolist())


def test_a_name_in_the_title_keeps_its_kind() -> None:
    sketch = sketch_articles(["Kerry"], ["talks with Kerry"])
    assert sketch.is_titled[sketch.kind == NAME].tolist() == [True]


def test_articles_that_announce_several_events_are_digests() -> None:
    sketch = sketch_articles(["Ohio round-up: Storm hits", "Storm hits Ohio"], ["", ""])
    assert sketch.is_digest.tolist() == [True, False]
    assert sketch.take([1, 0]).is_digest.tolist() == [False, True]


def test_blank_articles_are_no_digests_and_hold_no_term() -> None:
    blank = Sketch.blank(2)
    assert blank.is_digest.tolist() == [False, False]
    assert len(blank.take([1]).term) == 0


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


@pytest.mark.parametrize("before", ["with", "Mr,", "spoke;", "snake_", "in 2014", "’tis’s"])
def test_a_capital_after_a_word_a_comma_or_a_semicolon_makes_a_name(before: str) -> None:
    assert is_name("Kerry", f"{before} Kerry")


@pytest.mark.parametrize(
    "before", ["", "ended.", "ended:", "ended!", "-", "said: “", "with ", "with\n", "with\u00a0"]
)
def test_a_capital_after_anything_else_makes_none(before: str) -> None:
    assert not is_name("Kerry", f"{before} Kerry")


@pytest.mark.parametrize("body", ["with “Kerry", "with (Kerry", "with\nKerry", "withKerry", "with -Kerry"])
def test_a_name_stands_right_behind_a_blank(body: str) -> None:
    assert not is_name("Kerry", body)


@pytest.mark.parametrize("small", ["power", "power,", "(power)", "“power"])
def test_a_word_also_written_small_is_no_name(small: str) -> None:
    assert not is_name("power", f"the Power of {small}")


@pytest.mark.parametrize("other", ["powers", "power's", "power’s", "powerless"])
def test_only_the_same_form_written_small_makes_it_none(other: str) -> None:
    assert is_name("power", f"the Power of {other}")


def test_a_word_written_small_in_another_article_stays_a_name() -> None:
    sketch = sketch_articles([""] * 2, ["the Power of many", "the power of many"])
    assert (sketch.kind == NAME).sum() == 1


def test_a_capital_in_the_title_makes_no_name() -> None:
    assert NAME not in sketch_articles(["Talks with Kerry"], ["nothing"]).kind


def test_a_small_letter_in_the_title_leaves_a_name() -> None:
    assert NAME in sketch_articles(["power of many"], ["the Power of many"]).kind


def test_the_title_has_the_kind_of_the_lead() -> None:
    sketch = sketch_articles(["Kerry"], ["talks with Kerry"])
    assert sketch.count[sketch.kind == NAME].tolist() == [3]


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


def test_parts_may_come_one_by_one() -> None:
    bodies = [f"talks in Geneva {i}" for i in range(9)]
    parts = (sketch_articles([""], [body]) for body in bodies)
    assert_same(Sketch.concatenate(parts), sketch_articles([""] * 9, bodies))


def test_parts_that_come_one_by_one_are_not_held_twice() -> None:
    n = 50_000
    part = Sketch(
        first=np.array([0, n]),
        term=np.arange(n, dtype=np.uint32),
        mark=np.zeros(n, dtype=np.int8),
        count=np.ones(n, dtype=np.uint8),
        key=np.zeros(1, dtype=np.uint64),
        is_digest=np.zeros(1, dtype=bool),
    )
    tracemalloc.start()
    whole = Sketch.concatenate(part.take([0]) for _ in range(40))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(whole.term) == 40 * n
    # A column that cannot grow in place is moved, and held twice for a moment: terms are two thirds of all.
    assert peak < 1.85 * (whole.term.nbytes + whole.mark.nbytes + whole.count.nbytes)


def test_joined_columns_take_no_more_room_than_they_need() -> None:
    whole = Sketch.concatenate(sketch_articles([""], ["talks in Geneva"]) for _ in range(20))
    assert [getattr(whole, column).base for column in ("term", "mark", "count", "key", "is_digest")] == [
        None
    ] * 5


def test_many_articles_equal_each_by_itself() -> None:
    bodies = [f"talks {i} with Kerry{i % 7} in London, the State of {'state' * (i % 2)}" for i in range(450)]
    each = [sketch_articles([body[:9]], [body]) for body in bodies]
    assert_same(Sketch.concatenate(each), sketch_articles([body[:9] for body in bodies], bodies))


@pytest.mark.parametrize("character", ["a", "A", "'", "’", " ", ".", "中", "\ud800", "\0"])
def test_a_very_long_text_of_one_character_is_at_most_one_word(character: str) -> None:
    sketch = sketch_articles([character * 100_000], [character * 100_000])
    assert len(sketch.term) == 2 * character.isalnum()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b" * 1500), ("a", "b" * 1501)),
        (("a", "b"), ("a", "c")),
        (("a", ""), ("b", "")),
    ],
)
def test_articles_of_other_texts_have_other_keys(one: tuple[str, str], two: tuple[str, str]) -> None:
    key = sketch_articles([one[0], two[0]], [one[1], two[1]]).key
    assert key[0] != key[1]


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


def test_of_forms_as_frequent_the_last_in_the_alphabet_is_shown() -> None:
    assert list(readable_terms(["sanctions"], ["sanction"]).values()) == ["sanctions"]


def test_a_possessive_is_shown_without_its_ending() -> None:
    assert list(readable_terms([""], ["O’Brien’s"]).values()) == ["o'brien"]


def test_function_words_are_not_shown() -> None:
    assert readable_terms(["The"], ["of and"]) == {}


def test_readable_terms_have_the_hashes_of_the_sketch() -> None:
    sketch = sketch_articles(["Kerry meets"], ["talks with Lavrov"])
    assert set(readable_terms(["Kerry meets"], ["talks with Lavrov"])) == set(
        sketch.term[sketch.kind != PAIR].tolist()
    )
