"""Repetition: what an outlet prints again and again, and what a text says twice."""

import random

import pytest

from biaslens import read
from biaslens.articles import Articles
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.cleaning.repetition import Repeats, find_repeats, learn_repeats, mask

BODY = [f"Report {word} was about the harbor.\nIt had {word} parts.\nThe end of part {word}.\nAll was said."
        for word in ("one", "two", "six", "ten", "red", "blue", "green", "white")]  # fmt: skip
FOOTER = "Herald House, 4 Quay Street"


def corpus(texts: list[str], outlet: str = "Herald") -> list[dict[str, str]]:
    return [{"outlet": outlet, "text": text} for text in texts]


def articles(rows: list[dict[str, str]]) -> Articles:
    return read(rows)


def test_a_line_at_the_foot_of_five_articles_of_one_outlet_is_learned() -> None:
    repeats = learn_repeats(articles(corpus([f"{body}\n{FOOTER}" for body in BODY[:5]])))
    assert repeats.n_articles["Herald"][mask(FOOTER)] == 5


def test_four_articles_teach_nothing() -> None:
    assert (
        learn_repeats(articles(corpus([f"{body}\n{FOOTER}" for body in BODY[:4]]))).n_articles["Herald"] == {}
    )


def test_a_line_of_two_outlets_is_no_outlets_boilerplate() -> None:
    texts = [f"{body}\n{FOOTER}" for body in BODY]
    repeats = learn_repeats(articles(corpus(texts[:6]) + corpus(texts[6:], "Post")))
    assert mask(FOOTER) not in repeats.n_articles["Herald"]


def test_a_sub_head_that_recurs_inside_articles_stays() -> None:
    texts = [f"{body}\n{body}\nWhat happens next\n{body}\n{body}" for body in BODY]
    assert mask("What happens next") not in learn_repeats(articles(corpus(texts))).n_articles["Herald"]


def test_a_sub_head_that_recurs_inside_short_articles_stays() -> None:
    texts = [body.replace("\nThe end", "\nWhy it matters\nThe end") for body in BODY]
    assert mask("Why it matters") not in learn_repeats(articles(corpus(texts))).n_articles["Herald"]


def test_reported_speech_is_never_learned() -> None:
    line = "The ministry declined to comment."
    assert (
        mask(line)
        not in learn_repeats(articles(corpus([f"{body}\n{line}" for body in BODY]))).n_articles["Herald"]
    )


def test_the_same_text_read_twice_counts_once() -> None:
    assert learn_repeats(articles(corpus([f"{BODY[0]}\n{FOOTER}"] * 9))).n_articles["Herald"] == {}


def test_articles_without_an_outlet_teach_nothing() -> None:
    known = articles(corpus([f"{body}\n{FOOTER}" for body in BODY]))
    unknown = known.completed([""] * len(known), known.outlet_inferred, known.date)
    assert learn_repeats(unknown).n_articles == {}


def test_the_order_of_articles_teaches_the_same() -> None:
    rows = corpus([f"{body}\n{FOOTER}" for body in BODY])
    shuffled = random.Random(1).sample(rows, len(rows))
    assert learn_repeats(articles(shuffled)) == learn_repeats(articles(rows))


def test_a_repeated_line_is_removed_whatever_its_numbers() -> None:
    repeats = Repeats({"Herald": {mask("Issue 12, 3 May"): 7}})
    [removal] = find_repeats(split_lines("The end.\nIssue 13, 10 June"), "Herald", repeats)
    assert (removal.start, removal.category, removal.rule) == (9, "repeated", "repeated.line")
    assert removal.reason == "Stands at the edge of 7 articles of Herald and in no other outlet's."


def test_another_outlets_line_stays() -> None:
    assert find_repeats(split_lines(FOOTER), "Post", Repeats({"Herald": {mask(FOOTER): 7}})) == []


@pytest.mark.parametrize(
    ("line", "masked"),
    [("Updated: 3 March 2022, 10:15", "updated 0 0 0 0"), ("Friday, in May", "0 in 0"), ("A – B!", "a b")],
)
def test_what_varies_from_day_to_day_is_masked(line: str, masked: str) -> None:
    assert mask(line) == masked


QUOTE = "We had no choice but to leave the harbor that night"
PARAGRAPH = f"“{QUOTE},” Smith recalled in a letter to her son."


def pull_quotes(text: str) -> list[str]:
    return [text[removal.start : removal.end] for removal in find_pull_quotes(split_lines(text))]


@pytest.mark.parametrize("line", [QUOTE, f"“{QUOTE}.”", QUOTE.upper(), f"“{QUOTE}.” — Jane Smith"])
def test_a_line_whose_words_stand_in_another_line_is_a_pull_quote(line: str) -> None:
    assert pull_quotes(f"{line}\n{PARAGRAPH}") == [line]


def test_a_pull_quote_may_stand_behind_its_paragraph() -> None:
    assert pull_quotes(f"{PARAGRAPH}\n{QUOTE}") == [QUOTE]


def test_of_two_equal_lines_the_first_stays() -> None:
    text = f"{PARAGRAPH}\n{PARAGRAPH}"
    [removal] = find_pull_quotes(split_lines(text))
    assert removal.start == len(PARAGRAPH) + 1


def test_a_short_line_may_recur() -> None:
    assert pull_quotes("We had no choice.\nWe had no choice.") == []


def test_words_in_another_order_are_no_pull_quote() -> None:
    assert pull_quotes(f"{' '.join(QUOTE.split()[::-1])}\n{PARAGRAPH}") == []
