"""Tokens and sentences: where they stand, and what counts as one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import biaslens
from biaslens.spans import Spans
from biaslens.tokenise import sentence_starts, tokenise
from biaslens.tokens import TokenTable
from biaslens.vocabulary import Growing


def whole(*texts: str) -> TokenTable:
    return tokenise(texts, Spans.of([(row, 0, len(text)) for row, text in enumerate(texts)]))


def forms(text: str) -> list[str]:
    tokens = whole(text)
    return tokens.words(0, len(tokens))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. left.", ["the", "u.s.", "left", "."]),
        ("2,500 or 3.5 percent", ["2,500", "or", "3.5", "percent"]),
        ("anti-war, don't", ["anti-war", ",", "don't"]),
        ("AT&T’s €5", ["at&t's", "€", "5"]),
        ("“Yes”—no…", ["“", "yes", "”", "—", "no", "…"]),
        ("Київ 北京", ["київ", "北京"]),
    ],
)
def test_words_numbers_and_marks_are_tokens(text: str, words: list[str]) -> None:
    assert forms(text) == words


def test_a_curly_and_a_straight_apostrophe_make_one_type() -> None:
    assert forms("don’t don't") == ["don't", "don't"]


def test_marks_are_no_words_and_capitals_are_marked() -> None:
    tokens = whole("He left, 5 stayed.")
    assert tokens.is_word.tolist() == [True, True, False, True, True, False]
    assert tokens.is_capital.tolist() == [True, False, False, False, False, False]


def test_a_sentence_never_crosses_the_end_of_a_kept_span() -> None:
    tokens = tokenise(["He said\nshe left."], Spans.of([(0, 0, 7), (0, 8, 17)]))
    assert tokens.sentence_first.tolist() == [0, 2, 5]
    assert tokens.sentence_line.tolist() == [0, 1]


def test_only_kept_text_is_tokenised() -> None:
    tokens = tokenise(["Share He left."], Spans.of([(0, 6, 14)]))
    assert tokens.words(0, 3) == ["he", "left", "."]
    assert tokens.start.tolist() == [6, 9, 13]


def test_an_article_without_kept_text_has_no_tokens() -> None:
    tokens = tokenise(["One.", "Share", "Two."], Spans.of([(0, 0, 4), (2, 0, 4)]))
    assert tokens.article_first.tolist() == [0, 2, 2, 4]
    assert tokens.n_words.tolist() == [1, 0, 1]


def test_no_articles_give_an_empty_table() -> None:
    tokens = tokenise([], Spans.of([]))
    assert (len(tokens), tokens.n_sentences, tokens.article_first.tolist()) == (0, 0, [0])


@pytest.mark.parametrize(
    ("line", "n_sentences"),
    [
        ("Mr. Smith met Sen. Jones on Jan. 5. They talked.", 2),
        ("The U.S. is ready. It waits.", 2),
        ("“We left.” He smiled.", 2),
        ("Prices rose 3.5 percent.", 1),
        ("Why? Nobody knows!", 2),
    ],
)
def test_sentences_of_news_are_told_apart(line: str, n_sentences: int) -> None:
    assert len(sentence_starts(line)) == n_sentences


def test_a_lone_surrogate_does_not_stop_the_splitter() -> None:
    assert sentence_starts("He left \ud800. She stayed.") == [0, 11]


@pytest.mark.parametrize("blank", ["\u00a0", "\u1680", "\u2003", "\u2028", "\u2029", "\u3000", "\x85"])
def test_a_blank_that_is_not_ascii_does_not_stop_the_splitter(blank: str) -> None:
    assert sentence_starts(f"D{blank}.\u03012a. She stayed.") == [0, 8]


def test_a_sentence_that_starts_inside_a_piece_cuts_it_and_uncut_puts_it_together() -> None:
    tokens = whole("Why?: nobody knows.")
    assert [tokens.pieces.vocabulary.forms[row] for row in tokens.pieces.row] == [
        "Why?",
        ":",
        "nobody",
        "knows.",
    ]
    pieces = tokens.pieces.uncut()
    assert [pieces.vocabulary.forms[row] for row in pieces.row] == ["Why?:", "nobody", "knows."]
    assert pieces.sentence_first.tolist() == [0, 1, 3]
    assert pieces.article_first.tolist() == [0, 3]


def test_lines_of_any_length_are_split_like_short_ones() -> None:
    sentences = [f"Minister number {i} left the room early. " for i in range(3_000)]
    starts = np.cumsum([0, *map(len, sentences[:-1])])
    assert sentence_starts("".join(sentences)) == starts.tolist()


def test_many_lines_at_a_time_are_split_like_one_by_one() -> None:
    lines = [f"“Line {i} begins. It goes on here" + ".”" * (i % 2) for i in range(2_000)]
    together = whole("\n\n".join(lines))
    assert together.n_sentences == sum(len(sentence_starts(line)) for line in lines)


@given(st.text(max_size=80))
def test_sentences_start_in_order_inside_their_line(line: str) -> None:
    starts = sentence_starts(line)
    assert starts[0] == 0
    assert starts == sorted(starts)
    assert starts[-1] <= len(line)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_every_token_slices_back_to_its_word(texts: list[str]) -> None:
    tokens = whole(*texts)
    rows = zip(tokens.article.tolist(), tokens.start.tolist(), tokens.end.tolist(), strict=True)
    assert [texts[row][start:end].lower().replace("’", "'") for row, start, end in rows] == tokens.words(
        0, len(tokens)
    )


@given(st.lists(st.text(alphabet="aB .,’-1\n", max_size=60), max_size=4))
def test_every_visible_character_is_in_exactly_one_token(texts: list[str]) -> None:
    tokens = whole(*texts)
    visible = sum(len("".join(text.split())) for text in texts)
    assert int(np.sum(tokens.end - tokens.start)) == visible
    assert (np.diff(tokens.start)[np.diff(tokens.article) == 0] > 0).all()


@pytest.mark.parametrize("n_appended", range(6))
def test_an_interruption_leaves_nothing_out_of_step(monkeypatch: pytest.MonkeyPatch, n_appended: int) -> None:
    append, calls = Growing.append, itertools.count()

    def interrupted(self: Growing, rows: np.ndarray) -> None:
        if next(calls) == n_appended:
            raise KeyboardInterrupt
        append(self, rows)

    text = f"Interrupted-{n_appended} words, never seen before{n_appended}."
    monkeypatch.setattr(Growing, "append", interrupted)
    with pytest.raises(KeyboardInterrupt):
        whole(text)
    monkeypatch.undo()
    words = [f"interrupted-{n_appended}", "words", ",", "never", "seen", f"before{n_appended}", "."]
    assert forms(text) == words


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("He left. She stayed! Why? 5 knew… “Nobody,” he said.", 5),
        ("“Stop.” He ran. (He fell.) She ran.", 3),
        ("Mr. Smith left.", 2),
        ("The U.S. economy grew 2.5 percent.", 1),
        ("He left... and she stayed.", 1),
        ("Ends in a mark. ", 1),
    ],
)
def test_by_punctuation_a_mark_ends_a_sentence_where_a_capital_digit_or_quotation_follows(
    line: str, sentences: int
) -> None:
    assert len(sentence_starts(line, splitter="punctuation")) == sentences


def test_by_punctuation_tokens_are_the_same_and_only_sentences_differ() -> None:
    text = "Mr. Smith left. He was tired.\nShe stayed"
    kept = Spans.of([(0, 0, 29), (0, 30, 40)])
    usual, other = tokenise([text], kept), tokenise([text], kept, "en", "punctuation")
    assert usual.words(0, len(usual)) == other.words(0, len(other))
    assert usual.sentence_first.tolist() == [0, 5, 9, 11]
    assert other.sentence_first.tolist() == [0, 2, 5, 9, 11]
    assert other.sentence_line.tolist() == [0, 0, 0, 1]


@given(st.lists(st.text(max_size=30), max_size=4))
def test_by_punctuation_no_text_is_lost_and_no_sentence_is_empty(lines: list[str]) -> None:
    spans = Spans.of([(row, 0, len(line)) for row, line in enumerate(lines) if line])
    usual, other = tokenise(lines, spans), tokenise(lines, spans, "en", "punctuation")
    assert "".join(other.words(0, len(other))) == "".join(usual.words(0, len(usual)))
    assert np.all(np.diff(other.sentence_first) > 0)


def test_by_punctuation_a_long_run_of_marks_takes_no_longer_than_other_text() -> None:
    assert sentence_starts("." * 200_000, splitter="punctuation") == [0]


def test_the_setting_changes_where_sentences_end() -> None:
    text = "Mr. Smith left at noon. He was tired."
    by_marks = biaslens.score(text, settings=biaslens.Settings(sentences="punctuation"))
    assert biaslens.score(text)["sentence_length"].item() == pytest.approx(8 / 2)
    assert by_marks["sentence_length"].item() == pytest.approx(8 / 3)
