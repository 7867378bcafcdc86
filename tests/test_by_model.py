"""The line classifier: probabilities, smoothing, and blocks of page furniture."""

import itertools
import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.cleaning.by_model import (
    PAGE_FEATURES,
    SECOND_LOOK_FEATURES,
    Look,
    PageBlock,
    find_page_blocks,
    is_page,
    log_odds,
    look_at,
    score_lines,
    smooth,
)
from biaslens.cleaning.line_features import LINE_FEATURES, line_features
from biaslens.cleaning.lines import split_lines
from biaslens.errors import BadData
from biaslens.weights import Chain, LineModel, load_line_weights

ARTICLE = "\n".join([
    "The minister has left the country, two of her aides told the court in the capital on Monday.",
    "She had been expected to answer questions about a contract that was signed in the spring.",
    "“There is nothing to hide,” her lawyer said, and added that she would be back within a week.",
    "Anna Example arrives at the courthouse in Sampleville, Ohio, June 3, 2019. (Jo Doe/Example Press)",
    "The court has not said when it is going to hear her, or whether it will wait for her return.",
    "The contract was worth more than all others of that year, and nobody else had been asked to bid.",
])  # fmt: skip
MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Sign in", "Search", "Menu"]
PAGE = "\n".join([*MENU, *ARTICLE.split("\n"), *(f"{word} | {word}" for word in MENU * 3)])
CHAIN = Chain(to_boilerplate=0.1, to_content=0.3)
ODDS = st.lists(st.floats(-1e6, 1e6), max_size=8)


def posterior(log_odds: list[float], chain: Chain) -> list[float]:
    """By adding up all ways through the chain."""
    prior = chain.to_boilerplate / (chain.to_boilerplate + chain.to_content)
    moves = {(0, 1): chain.to_boilerplate, (1, 0): chain.to_content}
    moves |= {(0, 0): 1 - chain.to_boilerplate, (1, 1): 1 - chain.to_content}
    evidence = [math.exp(one) * (1 - prior) / prior for one in log_odds]
    total, boilerplate = 0.0, [0.0] * len(log_odds)
    for states in itertools.product((0, 1), repeat=len(log_odds)):
        weight = prior if states[0] else 1 - prior
        for one, state in zip(evidence, states, strict=True):
            weight *= one if state else 1.0
        for move in itertools.pairwise(states):
            weight *= moves[move]
        total += weight
        boilerplate = [b + weight * s for b, s in zip(boilerplate, states, strict=True)]
    return [b / total for b in boilerplate]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=7), st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_smoothing_is_the_posterior_over_all_ways_through_the_chain(
    odds: list[float], enter: float, leave: float
) -> None:
    chain = Chain(enter, leave)
    assert smooth(np.array(odds), chain) == pytest.approx(posterior(odds, chain), abs=1e-9)


@given(ODDS)
def test_smoothing_stays_finite_between_0_and_1(odds: list[float]) -> None:
    found = smooth(np.array(odds), CHAIN)
    assert found.shape == (len(odds),)
    assert ((found >= 0) & (found <= 1)).all()


def test_one_line_keeps_its_own_probability() -> None:
    assert smooth(np.array([0.7]), CHAIN) == pytest.approx(1 / (1 + math.exp(-0.7)))


def test_neighbours_do_not_matter_where_the_chain_forgets() -> None:
    odds = np.array([3.0, -1.0, 0.2])
    assert smooth(odds, Chain(0.25, 0.75)) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_a_doubtful_line_goes_with_its_neighbours() -> None:
    assert smooth(np.array([4.0, 0.0, 4.0]), CHAIN)[1] > 0.8
    assert smooth(np.array([-4.0, 0.0, -4.0]), CHAIN)[1] < 0.2


@given(ODDS)
def test_a_text_read_backwards_has_the_same_probabilities(odds: list[float]) -> None:
    forward = smooth(np.array(odds), CHAIN)
    assert smooth(np.array(odds[::-1]), CHAIN)[::-1] == pytest.approx(forward, abs=1e-9)


def test_no_lines_have_no_probabilities() -> None:
    assert score_lines([]).shape == (0,)
    assert find_page_blocks([], look_at([])) == []


def test_a_caption_is_likelier_boilerplate_than_the_paragraphs_around_it() -> None:
    found = score_lines(split_lines(ARTICLE))
    assert found.argmax() == 3
    assert found[[0, 1, 2, 4, 5]].max() < found[3] / 2


def test_an_article_is_no_page_and_its_page_is_one() -> None:
    rule = load_line_weights().page_rule
    assert not is_page(line_features(split_lines(ARTICLE * 9)), rule)
    assert is_page(line_features(split_lines(PAGE)), rule)


def test_navigation_around_an_article_is_a_block_and_the_article_is_not() -> None:
    lines = split_lines(PAGE)
    blocks = find_page_blocks(lines, look_at(lines))
    inside = {row for block in blocks for row in range(block.first, block.last)}
    assert set(range(16, 46)) <= inside
    assert not inside & set(range(10, 16))


def test_an_article_with_a_caption_has_no_block() -> None:
    lines = split_lines(ARTICLE)
    assert find_page_blocks(lines, look_at(lines)) == []


@given(st.lists(st.sampled_from([0.1, 0.5, 0.9]), max_size=30))
def test_blocks_are_the_runs_of_probable_lines_in_reading_order(probabilities: list[float]) -> None:
    lines = split_lines("\n".join("a" for _ in probabilities))
    blocks = find_page_blocks(lines, Look(np.array(probabilities), prior=0.5, is_page=True))
    inside = [row for block in blocks for row in range(block.first, block.last)]
    assert inside == [row for row, p in enumerate(probabilities) if p >= 0.5]


def test_a_long_line_alone_on_a_page_may_be_a_paragraph() -> None:
    lines = split_lines("word " * 26 + "\nMenu")
    alone = Look(np.array([0.9, 0.1]), prior=0.5, is_page=True)
    both = Look(np.array([0.9, 0.9]), prior=0.5, is_page=True)
    assert find_page_blocks(lines, alone) == []
    assert find_page_blocks(lines, both) == [PageBlock(0, 2)]


def test_what_is_no_page_has_no_blocks() -> None:
    lines = split_lines("Menu\n" * 30)
    assert find_page_blocks(lines, Look(np.ones(30), prior=0.5, is_page=False)) == []


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(BadData, match=r"name unknown features \['colour'\] and lack \['length'\]"):
        log_odds(np.ones((1, 1)), LineModel(0.0, {"colour": 1.0}), ("length",))


def test_log_odds_are_the_intercept_and_the_weighted_features() -> None:
    model = LineModel(-1.0, {"length": 2.0, "colour": 0.5})
    assert log_odds(np.array([[3.0, 4.0]]), model, ("colour", "length")).tolist() == [8.5]


def test_the_shipped_weights_are_for_the_features_of_this_release() -> None:
    weights = load_line_weights()
    assert set(weights.article.weights) == set(LINE_FEATURES)
    assert set(weights.page.weights) == set(PAGE_FEATURES)
    assert set(weights.page_second.weights) == set(SECOND_LOOK_FEATURES)


def test_50_000_lines_take_seconds_at_most() -> None:
    lines = split_lines("A short line.\n" * 50_000)
    started = time.perf_counter()
    find_page_blocks(lines, look_at(lines))
    assert time.perf_counter() - started < 10
