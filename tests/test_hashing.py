import itertools
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.events import hashing
from biaslens.events.hashing import WORD_PATTERN, Words, find_words, hash_pairs, hash_text, stem_hashes
from biaslens.vocabulary import Growing

texts = st.text(alphabet=st.characters(codec=None), max_size=60)
tricky = st.text(alphabet="aZé1²Ⅷ_ ',’.-İßΣ中ǅ😀𝐀𝟏\u0307\u00a0\u2028\x00\n\ud800", max_size=60)


def lower_words(words: Words) -> list[str]:
    return [words.forms[row] for row in words.known["lower"].tolist()]


@given(st.lists(texts | tricky, max_size=5))
def test_words_are_what_the_pattern_finds(some: list[str]) -> None:
    words = find_words(some)
    expected = [(i, word.lower()) for i, text in enumerate(some) for word in WORD_PATTERN.findall(text)]
    assert list(zip(words.text.tolist(), lower_words(words), strict=True)) == expected


@given(st.lists(texts | tricky, max_size=5))
def test_places_slice_back_to_the_word(some: list[str]) -> None:
    words = find_words(some)
    joined = "\n".join(some)
    found = [joined[a:b] for a, b in zip(words.start.tolist(), words.end.tolist(), strict=True)]
    assert found == [word for text in some for word in WORD_PATTERN.findall(text)]


def test_every_character_is_a_letter_or_not_as_python_says() -> None:
    # Full stops between them, so that each is a word of its own.
    words = find_words([".".join(map(chr, range(0x110000)))])
    inside = {2 * code for code in range(0x110000) if chr(code).isalnum()}
    assert set(words.start.tolist()) == inside


@pytest.mark.parametrize(
    ("word", "is_lower", "is_capital"),
    [("kerry", True, False), ("Kerry", False, True), ("iPhone", False, False), ("2014", True, False)],
)
def test_what_a_word_tells_of_its_letters(word: str, is_lower: bool, is_capital: bool) -> None:
    known = find_words([word]).known
    assert (bool(known["is_lower"][0]), bool(known["is_capital"][0])) == (is_lower, is_capital)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("talks", "talk"),
        ("parties", "party"),
        ("losses", "loss"),
        ("loss", "loss"),
        ("virus", "virus"),
        ("crisis", "crisis"),
        ("news", "news"),
        ("london’s", "london"),
        ("o'brien's", "o'brien"),
    ],
)
def test_the_hash_of_a_word_is_that_of_its_stem(word: str, stem: str) -> None:
    assert int(stem_hashes([word])[0]) == hash_text(stem)


@pytest.mark.parametrize("word", ["the", "it's", "it’s", "this's", "let’s", "x", "x's"])
def test_function_words_and_single_letters_tell_nothing(word: str) -> None:
    assert int(stem_hashes([word])[0]) == 0


def test_the_hash_of_a_text_is_the_same_on_every_machine() -> None:
    assert hash_text("Kerry") == 0xC05E4C31D1E9B1CB


def test_the_hash_of_a_pair_depends_on_the_order() -> None:
    one, two = np.array([3], dtype=np.uint64), np.array([5], dtype=np.uint64)
    assert hash_pairs(one, two) != hash_pairs(two, one)


@pytest.mark.parametrize("limit", ["MAX_FORMS", "MAX_CHARACTERS"])
def test_words_forgotten_are_found_again(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    some = ["Kerry meets Lavrov", "talks in London", "Kerry’s talks"]
    expected = find_words(some).known["stem"].tolist()
    monkeypatch.setattr(hashing, limit, 1)
    assert [stem for text in some for stem in find_words([text]).known["stem"].tolist()] == expected


@pytest.mark.parametrize(("limit", "most"), [("MAX_FORMS", 100), ("MAX_CHARACTERS", 800)])
def test_what_is_remembered_stays_small(monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(hashing, limit, most)
    sizes = [len(find_words([" ".join(f"x{1000 * i + j}" for j in range(40))]).forms) for i in range(20)]
    assert max(sizes) <= 200


def test_another_thread_finds_the_same_words() -> None:
    found = []
    thread = threading.Thread(target=lambda: found.append(find_words(["Kerry meets Lavrov"])))
    thread.start()
    thread.join()
    assert lower_words(found[0]) == ["kerry", "meets", "lavrov"]


@pytest.mark.parametrize("n_appended", range(3))
def test_an_interruption_leaves_nothing_out_of_step(monkeypatch: pytest.MonkeyPatch, n_appended: int) -> None:
    append, calls = Growing.append, itertools.count()

    def interrupted(self: Growing, rows: np.ndarray) -> None:
        if next(calls) == n_appended:
            raise KeyboardInterrupt
        append(self, rows)

    some = [f"Interrupted{n_appended} words{n_appended}", f"never{n_appended}", f"seen{n_appended} before"]
    monkeypatch.setattr(Growing, "append", interrupted)
    with pytest.raises(KeyboardInterrupt):
        [find_words([text]) for text in some]
    monkeypatch.undo()
    assert lower_words(find_words(some)) == " ".join(some).lower().split()
