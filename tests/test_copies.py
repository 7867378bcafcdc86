import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.events import copies
from biaslens.events.copies import Copies, Shingles, find_copies, shingle_articles
from biaslens.settings import Settings


def text(seed: int, n_words: int = 60) -> str:
    return " ".join(f"w{word}" for word in np.random.default_rng(seed).integers(0, 10**9, n_words).tolist())


def find(texts: list[str], outlets: list[int] | None = None, dates: list[str] | None = None) -> Copies:
    codes = np.array(outlets if outlets is not None else range(len(texts)), dtype=np.int64)
    days = np.array(dates if dates is not None else ["2014-03-10"] * len(texts), "M8[D]")
    return find_copies(shingle_articles(texts), codes, days, np.arange(len(texts)), Settings())


def by_text(texts: list[str], found: Copies) -> set[tuple[str, str, float, float, int]]:
    rows = zip(found.a, found.b, found.containment_a, found.containment_b, found.shared_words, strict=True)
    return {(texts[a], texts[b], float(x), float(y), int(n)) for a, b, x, y, n in rows}


def test_an_exact_copy_has_containment_one_and_shares_every_word() -> None:
    found = find([text(1), text(1)])
    assert found.containment_a.tolist() == found.containment_b.tolist() == [1.0]
    assert found.shared_words.tolist() == [60]


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    assert find([text(1), text(1).upper().replace(" ", ", ")]).containment_a.tolist() == [1.0]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_disjoint_texts_share_nothing(one: int, two: int) -> None:
    assert len(find([text(one), " ".join("x" + word for word in text(two).split())])) == 0


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(10, 90))
def test_a_planted_share_is_found(seed: int, percent: int) -> None:
    n_words = 400
    source = text(seed, n_words)
    n_copied = n_words * percent // 100
    mixed = " ".join([*source.split()[:n_copied], *text(seed + 20_000, n_words - n_copied).split()])
    found = find([source, mixed], dates=["2014-03-10", "2014-03-11"])
    # n copied words in a row hold n - 4 shingles of five.
    share = (n_copied - 4) / (n_words - 4)
    assert len(found) == (share >= copies.MIN_CONTAINMENT)
    if len(found):
        assert found.containment_b[0] == pytest.approx(share)
        assert found.shared_words.tolist() == [n_copied]


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_articles_changes_nothing(rows: list[int]) -> None:
    texts = [text(1), text(1) + " " + text(2), text(2) + " " + text(3, 30), text(4), text(4, 50), text(5)]
    outlets = [0, 1, 2, 0, 0, 1]
    dates = ["2014-03-10", "2014-03-11", "NaT", "2014-03-10", "2014-03-10", "2014-03-10"]
    plain = find(texts, outlets, dates)
    moved_texts = [texts[row] for row in rows]
    moved = find(moved_texts, [outlets[row] for row in rows], [dates[row] for row in rows])
    assert by_text(moved_texts, moved) == by_text(texts, plain)
    originals = {texts[row]: texts[source] for row, source in enumerate(plain.copy_of) if source >= 0}
    assert {
        moved_texts[row]: moved_texts[source] for row, source in enumerate(moved.copy_of) if source >= 0
    } == (originals)


def test_the_later_article_is_the_copy() -> None:
    assert find([text(1), text(1)], dates=["2014-03-11", "2014-03-10"]).copy_of.tolist() == [1, -1]


def test_of_one_date_the_shorter_article_is_the_copy() -> None:
    assert find([text(1, 50), text(1, 60)]).copy_of.tolist() == [1, -1]


def test_an_undated_article_copies_the_dated_one() -> None:
    assert find([text(1), text(1)], dates=["NaT", "2014-03-10"]).copy_of.tolist() == [1, -1]


def test_a_long_article_that_holds_an_earlier_one_is_no_copy_of_it() -> None:
    found = find([text(1), text(1) + " " + text(2, 100)], dates=["2014-03-10", "2014-03-11"])
    assert found.copy_of.tolist() == [-1, -1]
    assert found.containment_a.tolist() == [1.0]


def test_a_copy_of_a_copy_points_to_the_original() -> None:
    # Each holds three quarters of the one before: the third shares half of its words with the first.
    words = text(1, 140).split()
    chain = [" ".join(words[start : start + 80]) for start in (0, 20, 40)]
    found = find(chain, dates=["2014-03-10", "2014-03-11", "2014-03-12"])
    assert found.copy_of.tolist() == [-1, 0, 0]


def test_versions_of_one_outlet_are_pairs_too() -> None:
    assert len(find([text(1), text(1)], outlets=[3, 3])) == 1


def test_texts_under_thirty_words_are_never_copies() -> None:
    assert len(find([text(1, 29), text(1, 29)])) == 0
    assert len(find([text(1, 30), text(1, 30)])) == 1


def test_a_standing_phrase_of_one_outlet_is_no_copy() -> None:
    texts = [f"{text(0, 40)} {text(seed, 40)}" for seed in range(1, 5)]
    assert len(find(texts, outlets=[0, 0, 0, 0])) == 0
    assert len(find(texts, outlets=[0, 1, 2, 3])) == 6


def test_a_phrase_in_more_than_sixty_articles_is_no_copy() -> None:
    texts = [f"{text(0, 40)} {text(seed, 40)}" for seed in range(1, 62)]
    assert len(find(texts)) == 0
    assert len(find(texts[:60])) == 60 * 59 // 2


def test_batches_do_not_change_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text(1), text(1, 50), text(2), f"{text(2)} {text(1, 40)}"]
    whole = find(texts)
    monkeypatch.setattr(copies, "BATCH_PAIRS", 7)
    assert by_text(texts, find(texts)) == by_text(texts, whole)


def test_parts_joined_equal_the_whole() -> None:
    texts = [text(1), "", text(2, 3), text(3)]
    joined = Shingles.concatenate([shingle_articles(texts[:2]), shingle_articles(texts[2:])])
    whole = shingle_articles(texts)
    np.testing.assert_array_equal(joined.hash, whole.hash)
    np.testing.assert_array_equal(joined.first, whole.first)
    np.testing.assert_array_equal(joined.key, whole.key)


def test_shingles_do_not_run_from_one_article_into_the_next() -> None:
    assert shingle_articles(["one two three", "four five six"]).first.tolist() == [0, 0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["", "too short"]])
def test_too_little_text_gives_no_pairs(texts: list[str]) -> None:
    found = find(texts)
    assert len(found) == 0
    assert found.copy_of.tolist() == [-1] * len(texts)


def test_of_two_articles_that_are_alike_in_all_the_first_id_is_the_original() -> None:
    shingles = shingle_articles([text(1), text(1)])
    outlet, day = np.array([0, 0]), np.full(2, np.datetime64("2014-03-10"))
    for id_place, copy_of in ((np.array([0, 1]), [-1, 0]), (np.array([1, 0]), [1, -1])):
        assert find_copies(shingles, outlet, day, id_place, Settings()).copy_of.tolist() == copy_of
