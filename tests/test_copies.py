from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as configure
from hypothesis import strategies as st

from biaslens.events import pairs, postings
from biaslens.events.copies import MIN_CONTAINMENT, Copies, find_copies
from biaslens.events.origins import rank_origins
from biaslens.events.shingles import Shingles, shingle_corpus
from biaslens.settings import Settings
from biaslens.spans import Spans
from biaslens.tokenise import tokenise
from biaslens.tokens import TokenTable

NONE = -1


def text(seed: int, n_words: int = 60) -> str:
    return " ".join(f"w{word}" for word in np.random.default_rng(seed).integers(0, 10**9, n_words).tolist())


def tokens_of(texts: Sequence[str]) -> TokenTable:
    return tokenise(texts, Spans.of([(row, 0, len(one)) for row, one in enumerate(texts) if one]))


def shingled(texts: Sequence[str]) -> Shingles:
    tokens = tokens_of(texts)
    return shingle_corpus(tokens, tokens.is_word)


def find(
    texts: Sequence[str],
    outlets: Sequence[int] | None = None,
    dates: Sequence[str] | None = None,
    agency: Sequence[int] | None = None,
    own: Sequence[bool] | None = None,
) -> Copies:
    codes = np.array(outlets if outlets is not None else range(len(texts)), dtype=np.int64)
    days = np.array(dates if dates is not None else ["2014-03-10"] * len(texts), "M8[D]")
    credit = np.array(agency if agency is not None else [NONE] * len(texts), dtype=np.int64)
    is_agency = np.array(own if own is not None else [False] * len(texts), dtype=bool)
    shingles = shingled(texts)
    origins = rank_origins(shingles, codes, days, np.arange(len(texts)), credit, is_agency)
    return find_copies(shingles, origins, Settings())


def by_text(texts: Sequence[str], found: Copies) -> set[tuple[object, ...]]:
    columns = (found.containment_a, found.containment_b, found.shared_words)
    rows = zip(found.a, found.b, *(column.tolist() for column in columns), found.relation, strict=True)
    return {(texts[a], texts[b], *values) for a, b, *values in rows}


def stand_ins(texts: Sequence[str], found: Copies) -> dict[str, str]:
    return {texts[row]: texts[source] for row, source in enumerate(found.copy_of.tolist()) if source >= 0}


def test_an_exact_copy_has_containment_one_and_shares_every_word() -> None:
    found = find([text(1), text(1)])
    assert found.containment_a.tolist() == found.containment_b.tolist() == [1.0]
    assert found.shared_words.tolist() == [60]


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    assert find([text(1), text(1).upper().replace(" ", ", ")]).containment_a.tolist() == [1.0]


def test_words_that_are_not_chosen_are_no_part_of_a_shingle() -> None:
    texts = ["one two x three four five", "one two three four five"]
    tokens = tokens_of(texts)
    chosen = np.array([form != "x" for form in tokens.words(0, len(tokens))])
    shingles = shingle_corpus(tokens, chosen)
    assert shingles.first.tolist() == [0, 1, 2]
    assert shingles.hash[0] == shingles.hash[1]


def test_texts_of_the_same_words_in_another_order_have_other_keys() -> None:
    keys = shingled(["one two three", "three two one", "one two three"]).key.tolist()
    assert keys[0] == keys[2] != keys[1]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_disjoint_texts_share_nothing(one: int, two: int) -> None:
    assert len(find([text(one), " ".join("x" + word for word in text(two).split())])) == 0


@configure(deadline=None)
@given(st.integers(0, 10_000), st.integers(10, 90))
def test_a_planted_share_is_found(seed: int, percent: int) -> None:
    n_words = 400
    source = text(seed, n_words)
    n_copied = n_words * percent // 100
    mixed = " ".join([*source.split()[:n_copied], *text(seed + 20_000, n_words - n_copied).split()])
    found = find([source, mixed], dates=["2014-03-10", "2014-03-11"])
    # n copied words in a row hold n - 4 shingles of five.
    share = (n_copied - 4) / (n_words - 4)
    assert len(found) == (share >= MIN_CONTAINMENT)
    if len(found):
        assert found.containment_b[0] == pytest.approx(share)
        assert found.shared_words.tolist() == [n_copied]


# Pieces of 12 words that articles are put together from, so that they share all sorts of things.
articles = st.lists(
    st.lists(st.integers(0, 9), min_size=1, max_size=6).map(
        lambda seeds: " ".join(text(s, 12) for s in seeds)
    ),
    min_size=2,
    max_size=8,
    unique=True,
)


def plain_pairs(texts: Sequence[str]) -> set[tuple[str, str, float, float]]:
    """Containment by sets of five words; nothing here is a formula."""
    words = [one.split() for one in texts]
    sets = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in words]
    rows = [(i, j) for i in range(len(texts)) for j in range(len(texts)) if i != j]
    shared = {(i, j): len(sets[i] & sets[j]) for i, j in rows}
    shares = {(i, j): n / max(1, len(sets[i])) for (i, j), n in shared.items()}
    return {
        (texts[i], texts[j], shares[i, j], shares[j, i])
        for i, j in rows
        if max(shares[i, j], shares[j, i]) >= MIN_CONTAINMENT and shared[i, j] >= 12
        if min(len(sets[i]), len(sets[j])) >= 26
    }


@configure(deadline=None)
@given(articles)
def test_containment_is_that_of_the_sets_of_shingles(texts: list[str]) -> None:
    found = {(a, b, x, y) for a, b, x, y, *_ in by_text(texts, find(texts))}
    assert found | {(b, a, y, x) for a, b, x, y in found} == plain_pairs(texts)


@configure(deadline=None)
@given(articles, st.data())
def test_the_order_of_articles_changes_nothing(texts: list[str], data: st.DataObject) -> None:
    n = len(texts)
    outlets = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    days = ["2014-03-10", "2014-03-11", "2014-03-12", "2014-03-20", "NaT"]
    dates = data.draw(st.lists(st.sampled_from(days), min_size=n, max_size=n))
    agency = data.draw(st.lists(st.sampled_from([NONE, 0, 1]), min_size=n, max_size=n))
    own = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    rows = data.draw(st.permutations(range(n)))
    plain = find(texts, outlets, dates, agency, own)
    moved_texts, *moved_columns = (
        [column[row] for row in rows] for column in (texts, outlets, dates, agency, own)
    )
    moved = find(moved_texts, *moved_columns)
    assert by_text(moved_texts, moved) == by_text(texts, plain)
    assert stand_ins(moved_texts, moved) == stand_ins(texts, plain)


@configure(deadline=None)
@given(articles, st.data())
def test_what_stands_for_an_article_stands_for_itself(texts: list[str], data: st.DataObject) -> None:
    n = len(texts)
    outlets = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    days = ["2014-03-10", "2014-03-11", "2014-03-12", "2014-03-16", "NaT"]
    dates = data.draw(st.lists(st.sampled_from(days), min_size=n, max_size=n))
    own = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    copy_of = find(texts, outlets, dates, [0] * n, own).copy_of
    assert (copy_of[copy_of[copy_of >= 0]] == -1).all()
    assert (copy_of != np.arange(n)).all()


def test_the_later_article_is_the_copy() -> None:
    found = find([text(1), text(1)], dates=["2014-03-11", "2014-03-10"])
    assert found.copy_of.tolist() == [1, -1]
    assert found.relation == ("copy",)


def test_of_one_date_the_shorter_article_is_the_copy() -> None:
    assert find([text(1, 50), text(1, 60)]).copy_of.tolist() == [1, -1]


def test_an_undated_article_copies_the_dated_one() -> None:
    assert find([text(1), text(1)], dates=["NaT", "2014-03-10"]).copy_of.tolist() == [1, -1]


def test_a_long_article_that_holds_an_earlier_one_of_another_outlet_is_no_copy_of_it() -> None:
    found = find([text(1), text(1) + " " + text(2, 100)], dates=["2014-03-10", "2014-03-11"])
    assert found.copy_of.tolist() == [-1, -1]
    assert found.containment_a.tolist() == [1.0]
    assert found.relation == ("partial",)


def test_a_copy_of_a_copy_points_to_the_original() -> None:
    # Each holds three quarters of the one before: the third shares half of its words with the first.
    words = text(1, 140).split()
    chain = [" ".join(words[start : start + 80]) for start in (0, 20, 40)]
    found = find(chain, dates=["2014-03-10", "2014-03-11", "2014-03-12"])
    assert found.copy_of.tolist() == [-1, 0, 0]


def test_the_fullest_version_stands_for_all_versions_of_one_outlet() -> None:
    versions = [text(1), f"{text(1)} {text(2)}", f"{text(1, 40)} {text(3)}"]
    found = find(versions[:2], outlets=[3, 3], dates=["2014-03-10", "2014-03-12"])
    assert found.copy_of.tolist() == [1, -1]
    assert found.relation == ("update",)


def test_of_equally_full_versions_the_first_stands_for_all() -> None:
    found = find([text(1)] * 3, outlets=[3] * 3, dates=["2014-03-11", "2014-03-10", "2014-03-12"])
    assert found.copy_of.tolist() == [1, -1, 1]


def test_versions_without_any_date_count_once() -> None:
    found = find([text(1), f"{text(1)} {text(2)}"], outlets=[3, 3], dates=["NaT", "NaT"])
    assert found.copy_of.tolist() == [1, -1]


@pytest.mark.parametrize("later", ["2014-03-14", "NaT"])
def test_further_apart_than_three_days_the_later_article_of_an_outlet_is_the_copy(later: str) -> None:
    whole, part = f"{text(1)} {text(2, 90)}", text(1)
    for texts, copy_of in (([part, whole], [-1, -1]), ([whole, part], [-1, 0])):
        assert find(texts, outlets=[3, 3], dates=["2014-03-10", later]).copy_of.tolist() == copy_of


def test_two_articles_that_hold_the_same_brief_are_not_one() -> None:
    brief = text(1, 40)
    found = find([brief, f"{brief} {text(2, 90)}", f"{brief} {text(3, 80)}"], outlets=[0, 0, 0])
    assert found.copy_of.tolist() == [1, -1, -1]


def test_an_update_does_not_make_a_copy_of_its_first_version_an_original() -> None:
    # Outlet 0 prints, outlet 1 copies, outlet 0 updates: the update stands for the copy, too.
    texts = [text(1), text(1), f"{text(1)} {text(2, 50)}"]
    found = find(texts, outlets=[0, 1, 0], dates=["2014-03-10", "2014-03-11", "2014-03-12"])
    assert found.copy_of.tolist() == [2, 2, -1]


def test_a_version_with_much_of_its_own_speaks_for_an_outlet_that_copied_first() -> None:
    texts = [text(1), text(1), f"{text(1)} {text(2, 150)}"]
    found = find(texts, outlets=[0, 1, 1], dates=["2014-03-10", "2014-03-11", "2014-03-12"])
    assert found.copy_of.tolist() == [-1, 2, -1]


@pytest.mark.parametrize(("date", "copy_of"), [("2014-03-11", [1, -1]), ("2014-03-12", [-1, 0])])
def test_an_agency_is_the_original_although_it_is_dated_a_day_later(date: str, copy_of: list[int]) -> None:
    found = find([text(1), text(1)], dates=["2014-03-10", date], agency=[0, 0], own=[False, True])
    assert found.copy_of.tolist() == copy_of


def test_two_articles_credited_to_one_agency_are_one_from_a_quarter_on() -> None:
    texts = [text(1, 100), f"{text(1, 34)} {text(2, 66)}"]
    dates = ["2014-03-10", "2014-03-11"]
    for agency, copy_of in (([4, 4], [-1, 0]), ([4, 5], [-1, -1]), ([4, NONE], [-1, -1])):
        assert find(texts, dates=dates, agency=agency).copy_of.tolist() == copy_of


def test_a_credit_does_not_make_versions_of_different_articles_of_one_outlet() -> None:
    texts = [text(1, 100), f"{text(1, 34)} {text(2, 66)}"]
    assert find(texts, outlets=[0, 0], agency=[4, 4]).copy_of.tolist() == [-1, -1]


def test_texts_under_thirty_words_are_never_copies() -> None:
    assert len(find([text(1, 29), text(1, 29)])) == 0
    assert len(find([text(1, 30), text(1, 30)])) == 1


def test_fewer_than_sixteen_words_in_a_row_make_no_pair_of_two_briefs() -> None:
    for n_words, n_pairs in ((15, 0), (16, 1)):
        brief = text(1, n_words)
        assert len(find([f"{brief} {text(2, 20)}", f"{brief} {text(3, 20)}"])) == n_pairs


@pytest.mark.parametrize("last", ["2014-03-14", "NaT"])
def test_a_standing_phrase_of_one_outlet_is_no_copy(last: str) -> None:
    texts = [f"{text(0, 40)} {text(seed, 40)}" for seed in range(1, 5)]
    dates = ["2014-03-10", "2014-03-11", "2014-03-12", last]
    assert len(find(texts, [0, 0, 0, 0], dates)) == 0
    assert len(find(texts, [0, 1, 2, 3], dates)) == 6


def test_five_versions_in_three_days_are_no_standing_phrase() -> None:
    texts = [f"{text(0)} {text(seed, 20)}" for seed in range(1, 6)]
    dates = ["2014-03-10", "2014-03-11", "2014-03-11", "2014-03-12", "2014-03-13"]
    assert np.count_nonzero(find(texts, [0] * 5, dates).copy_of == -1) == 1


def test_a_phrase_in_more_than_sixty_articles_is_no_copy() -> None:
    texts = [f"{text(0, 40)} {text(seed, 40)}" for seed in range(1, 62)]
    assert len(find(texts)) == 0
    assert len(find(texts[:60])) == 60 * 59 // 2


def test_batches_and_ranges_do_not_change_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text(1), text(1, 50), text(2), f"{text(2)} {text(1, 40)}", f"{text(0, 40)} {text(1, 20)}"]
    outlets, dates = [0, 0, 1, 1, 2], ["2014-03-10"] * 5
    whole = find(texts, outlets, dates)
    monkeypatch.setattr(pairs, "BATCH_MEETINGS", 7)
    monkeypatch.setattr(postings, "RANGE_SHINGLES", 16)
    parts = find(texts, outlets, dates)
    assert by_text(texts, parts) == by_text(texts, whole)
    assert stand_ins(texts, parts) == stand_ins(texts, whole)


def test_parts_joined_equal_the_whole() -> None:
    texts = [text(1), "", text(2, 3), text(3)]
    joined = Shingles.concatenate([shingled(texts[:2]), shingled(texts[2:])])
    whole = shingled(texts)
    np.testing.assert_array_equal(joined.hash, whole.hash)
    np.testing.assert_array_equal(joined.first, whole.first)
    np.testing.assert_array_equal(joined.key, whole.key)


def test_shingles_do_not_run_from_one_article_into_the_next() -> None:
    assert shingled(["one two three", "four five six"]).first.tolist() == [0, 0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["", "too short"]])
def test_too_little_text_gives_no_pairs(texts: list[str]) -> None:
    found = find(texts)
    assert len(found) == 0
    assert found.copy_of.tolist() == [-1] * len(texts)


def test_of_two_articles_that_are_alike_in_all_the_first_id_is_the_original() -> None:
    shingles = shingled([text(1), text(1)])
    outlet, day = np.array([0, 0]), np.full(2, np.datetime64("2014-03-10"))
    for id_place, copy_of in ((np.array([0, 1]), [-1, 0]), (np.array([1, 0]), [1, -1])):
        origins = rank_origins(shingles, outlet, day, id_place)
        assert find_copies(shingles, origins, Settings()).copy_of.tolist() == copy_of
