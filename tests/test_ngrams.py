"""Runs of two and three words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.codebook import Corpus
from biaslens.measuring.ngrams import Ngrams, find_ngrams, n_words_of, ngram_hash, ngram_places
from biaslens.spans import Spans
from biaslens.speech.find import find_voices
from biaslens.tokenise import tokenise

WORDS = ("white", "house", "weapons", "of", "mass", "The", "said", "Russia's", "war", ",", ".", "in")


def _corpus(*texts: str) -> Corpus:
    kept = Spans.of([(row, 0, len(text)) for row, text in enumerate(texts)])
    tokens = tokenise(texts, kept)
    return Corpus(texts, kept, tokens, find_voices(texts, tokens), "en")


def _runs(text: str) -> list[str]:
    """The runs of a text, in alphabetical order."""
    corpus = _corpus(text)
    places = ngram_places(corpus)
    rows = zip(places.token.tolist(), places.n_words.tolist(), strict=True)
    return sorted(" ".join(corpus.tokens.words(first, first + n)) for first, n in rows)


def test_runs_begin_and_end_in_a_content_word() -> None:
    assert _runs("These are the weapons of mass destruction.") == ["mass destruction", "weapons of mass"]


def test_the_middle_of_three_words_may_be_any_word() -> None:
    assert "war on terror" in _runs("The war on terror ended.")
    assert "senate passed bill" in _runs("The Senate passed bill after bill.")


@pytest.mark.parametrize("mark", [",", ";", " -", " (", ":"])
def test_no_run_goes_over_a_mark(mark: str) -> None:
    assert _runs(f"Officials{mark} soldiers") == []


def test_no_run_goes_over_the_end_of_a_sentence_or_line() -> None:
    assert _runs("He saw soldiers. Tanks followed.\nShells fell") == sorted(
        ["saw soldiers", "tanks followed", "shells fell"]
    )


def test_what_stands_in_quotation_marks_has_no_run() -> None:
    assert "brutal regime" not in _runs('"The brutal regime must go today," Smith said on Monday.')


def test_the_last_word_counts_without_its_possessive_ending() -> None:
    hashes = ngram_places(_corpus("The White House's plan")).hash.tolist()
    assert ngram_hash(["white", "house"]) in hashes
    assert ngram_hash(["white", "house's", "plan"]) in hashes


def test_case_makes_no_difference() -> None:
    assert set(find_ngrams(_corpus("WHITE HOUSE")).hash) == set(find_ngrams(_corpus("the white house")).hash)


def test_the_hash_tells_the_number_of_words() -> None:
    hashes = np.array(
        [ngram_hash(["white", "house"]), ngram_hash(["weapons", "of", "mass"])], dtype=np.uint64
    )
    assert n_words_of(hashes).tolist() == [2, 3]


def test_two_and_three_words_differ_in_hash_whatever_their_order() -> None:
    runs = (["a1", "b1"], ["b1", "a1"], ["a1", "b1", "c1"], ["c1", "b1", "a1"], ["b1", "a1", "c1"])
    assert len({ngram_hash(run) for run in runs}) == len(runs)


def test_hashes_stay_the_same_on_every_machine_and_in_every_session() -> None:
    assert ngram_hash(["white", "house"]) == 15242449416147014628


def test_an_article_without_a_run_has_no_row() -> None:
    found = find_ngrams(_corpus("", "White House plan", "It is."))
    assert np.diff(found.first).tolist() == [0, 3, 0]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=5))
def test_articles_have_the_same_runs_alone_and_together(texts: list[str]) -> None:
    together = find_ngrams(_corpus(*texts))
    parts = Ngrams.concatenate([find_ngrams(_corpus(text)) for text in texts])
    assert together.first.tolist() == parts.first.tolist()
    assert together.hash.tolist() == parts.hash.tolist()
    assert together.start.tolist() == parts.start.tolist()


@given(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join))
def test_each_run_is_found_again_where_it_starts(text: str) -> None:
    found = find_ngrams(_corpus(text))
    for start, key, n_words in zip(
        found.start.tolist(), found.hash.tolist(), n_words_of(found.hash), strict=True
    ):
        tokens = tokenise((text[start:],), Spans.of([(0, 0, len(text) - start)]))
        assert ngram_hash(tokens.words(0, int(n_words))) == key
