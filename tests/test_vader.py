"""Tests of VADER on arrays against the installed vaderSentiment, by rule and on generated sentences."""

import dataclasses
from pathlib import Path
from random import Random

import numpy as np
import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st
from vader_examples import ANALYZER, BLANKS, random_sentence, vader_sentences
from vaderSentiment import vaderSentiment

from biaslens.measuring import vader_sums
from biaslens.measuring.vader import polarity, score_sentences
from biaslens.measuring.vader_sums import Polarity
from biaslens.measuring.vader_words import describe, known_words, spell_out
from biaslens.vocabulary import Vocabulary

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

# What vaderSentiment 3.3.2 gives: neg, neu, pos, compound.
RULES = [
    ("lexicon word", "The plan is good.", 0.0, 0.508, 0.492, 0.4404),
    ("unknown words", "The mayor opened the bridge.", 0.0, 1.0, 0.0, 0.0),
    ("punctuation stripped", "(good)", 0.0, 0.0, 1.0, 0.4404),
    ("emoticon kept", "See you there :)", 0.0, 0.5, 0.5, 0.4588),
    ("two letters keep punctuation", "He is ok.", 0.0, 1.0, 0.0, 0.0),
    ("one capital word", "The plan is GOOD.", 0.0, 0.452, 0.548, 0.5622),
    ("one negative capital word", "The plan is HORRIBLE.", 0.585, 0.415, 0.0, -0.6408),
    ("all capitals", "THE PLAN IS GOOD", 0.0, 0.508, 0.492, 0.4404),
    ("booster", "The plan is very good.", 0.0, 0.556, 0.444, 0.4927),
    ("booster before negative word", "The plan is extremely bad.", 0.487, 0.513, 0.0, -0.5849),
    ("dampener", "The plan is hardly good.", 0.0, 0.605, 0.395, 0.3832),
    ("booster two words before", "The plan is really quite some good.", 0.0, 0.635, 0.365, 0.5334),
    ("booster three words before", "It was extremely odd yet good.", 0.266, 0.41, 0.324, 0.1458),
    ("booster in capitals", "The plan is VERY good.", 0.0, 0.505, 0.495, 0.6028),
    ("booster in capitals before negative word", "The plan is VERY bad.", 0.531, 0.469, 0.0, -0.6732),
    ("booster scores nothing itself", "The plan is incredible.", 0.0, 1.0, 0.0, 0.0),
    ("lexicon word as neighbour is no modifier", "The doubt good plan", 0.338, 0.27, 0.392, 0.1027),
    ("not", "The plan is not good.", 0.376, 0.624, 0.0, -0.3412),
    ("not two words before", "It was not that good.", 0.376, 0.624, 0.0, -0.3412),
    ("not three words before", "It was not all that good.", 0.325, 0.675, 0.0, -0.3412),
    ("not four words before", "It was not quite all that good.", 0.0, 0.655, 0.345, 0.4877),
    ("contraction with n't", "They couldn't've good plans.", 0.445, 0.555, 0.0, -0.3412),
    ("never so", "It was never so good.", 0.0, 0.475, 0.525, 0.6626),
    ("never this with a word between", "It was never this one good plan.", 0.0, 0.64, 0.36, 0.5228),
    ("so three words after another word", "They went home so good.", 0.0, 0.517, 0.483, 0.5777),
    ("without doubt", "It is without doubt good.", 0.0, 0.375, 0.625, 0.6136),
    ("without any doubt", "It is without any doubt good.", 0.0, 0.444, 0.556, 0.6136),
    ("without doubt, one word on", "It is without doubt now good.", 0.0, 0.444, 0.556, 0.6136),
    ("no before lexicon word", "There is no good in it.", 0.325, 0.675, 0.0, -0.3412),
    ("no at the end", "The answer is no", 0.423, 0.577, 0.0, -0.296),
    ("no two words before", "There is no real good in it.", 0.479, 0.521, 0.0, -0.5583),
    ("no with or", "There is no mercy or good.", 0.53, 0.47, 0.0, -0.5448),
    ("no with nor", "There is no plan nor good.", 0.267, 0.485, 0.248, -0.0412),
    ("no with and", "There is no plan and good.", 0.242, 0.44, 0.319, 0.1779),
    ("no before no", "They said no no", 0.0, 0.614, 0.386, 0.2235),
    ("least", "It was the least good plan.", 0.325, 0.675, 0.0, -0.3412),
    ("least at the start", "Least good plan", 0.546, 0.454, 0.0, -0.3412),
    ("at least", "It was at least good.", 0.0, 0.58, 0.42, 0.4404),
    ("very least", "It was the very least good.", 0.0, 0.611, 0.389, 0.4902),
    ("kind of", "It was kind of good.", 0.0, 0.605, 0.395, 0.3832),
    ("kind without of", "It was a kind act.", 0.0, 0.541, 0.459, 0.5267),
    ("sort of three words before", "It was sort of a good plan.", 0.0, 0.697, 0.303, 0.3832),
    ("just enough", "They have just enough good will.", 0.0, 0.657, 0.343, 0.3832),
    ("idiom the word ends", "They said it was the shit.", 0.0, 0.556, 0.444, 0.6124),
    ("idiom of three words", "It was a real kiss of death", 0.5, 0.5, 0.0, -0.6124),
    ("idiom the word begins", "They all feared a kiss of death", 0.672, 0.328, 0.0, -0.802),
    ("idiom before the word", "We saw the bomb now die.", 0.0, 0.333, 0.667, 0.8402),
    ("idiom that ends right before the word", "It was the bomb good", 0.0, 0.273, 0.727, 0.8402),
    ("idiom worth nothing", "She left for the bus stop", 0.0, 1.0, 0.0, 0.0),
    ("idiom too early in the sentence", "The bomb fell", 0.615, 0.385, 0.0, -0.4939),
    ("beating heart", "It has a beating heart", 0.0, 0.25, 0.75, 0.875),
    ("idiom right before the word", "That cake is to die for, great", 0.302, 0.388, 0.31, 0.0258),
    ("but before and after", "The food was good but the room was horrible.", 0.347, 0.511, 0.142, -0.5859),
    ("but in capitals", "The food was good BUT the room was horrible.", 0.347, 0.511, 0.142, -0.5859),
    ("two buts", "The food was good but bad but great.", 0.274, 0.288, 0.438, 0.431),
    ("but after a repeated value", "It was good, good and bad but good.", 0.161, 0.286, 0.554, 0.6705),
    ("but finds a halved value", "They love it but it is clear.", 0.0, 0.532, 0.468, 0.5267),
    ("one exclamation mark", "The plan is good!", 0.0, 0.484, 0.516, 0.4926),
    ("four exclamation marks", "The plan is good!!!!", 0.0, 0.424, 0.576, 0.6209),
    ("five exclamation marks", "The plan is good!!!!!", 0.0, 0.424, 0.576, 0.6209),
    ("one question mark", "The plan is good?", 0.0, 0.508, 0.492, 0.4404),
    ("two question marks", "The plan is good??", 0.0, 0.479, 0.521, 0.504),
    ("three question marks", "The plan is good???", 0.0, 0.466, 0.534, 0.533),
    ("four question marks", "The plan is good????", 0.0, 0.437, 0.563, 0.594),
    ("marks without sentiment", "What is the plan?!!", 0.0, 1.0, 0.0, 0.0),
    ("marks strengthen the negative", "The plan is horrible!!", 0.577, 0.423, 0.0, -0.6229),
    ("marks where sides are equal", "The good plan attacks!", 0.372, 0.256, 0.372, 0.0),
    ("emoji", "The plan is 😀", 0.0, 0.615, 0.385, 0.3612),
    ("emoji glued to words", "so😀good", 0.0, 0.417, 0.583, 0.4201),
    ("ties rounded by what the number is", "great war", 0.487, 0.0, 0.512, 0.0516),
    ("no words", "", 0.0, 0.0, 0.0, 0.0),
]
IDS = [rule for rule, *_ in RULES]
Scores = tuple[float, float, float, float]


def theirs(sentence: str) -> Scores:
    scores = ANALYZER.polarity_scores(sentence)
    return scores["neg"], scores["neu"], scores["pos"], scores["compound"]


def ours(sentences: list[str]) -> list[Scores]:
    scores = score_sentences(sentences)
    columns = (scores.neg, scores.neu, scores.pos, scores.compound)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def assert_same_bits(sentences: list[str]) -> None:
    for sentence, mine in zip(sentences, ours(sentences), strict=True):
        assert list(map(float.hex, mine)) == list(map(float.hex, map(float, theirs(sentence)))), sentence


@pytest.mark.parametrize(("rule", "sentence", "neg", "neu", "pos", "compound"), RULES, ids=IDS)
def test_the_installed_vadersentiment_gives_the_numbers_of_3_3_2(rule, sentence, neg, neu, pos, compound):
    assert theirs(sentence) == (neg, neu, pos, compound)


@pytest.mark.parametrize(("rule", "sentence"), [row[:2] for row in RULES], ids=IDS)
def test_each_rule_is_vaders(rule, sentence):
    assert_same_bits([sentence])


@given(st.lists(vader_sentences, max_size=6))
def test_generated_sentences_get_vaders_scores(sentences):
    assert_same_bits(sentences)


def test_two_thousand_random_sentences_get_vaders_scores():
    rng = Random(20140601)
    assert_same_bits([random_sentence(rng) for _ in range(2000)])


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_sentences_of_a_seed_get_vaders_scores(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    assert_same_bits([sentence for line in lines for sentence in sentencex.segment("en", line)])


def test_every_word_of_the_lexicon_gets_its_score():
    assert_same_bits([f"The mayor saw {word} there" for word in ANALYZER.lexicon])


def test_every_booster_negation_and_idiom_gets_its_score_before_a_good_and_a_bad_word():
    phrases = [*vaderSentiment.BOOSTER_DICT, *vaderSentiment.NEGATE, *vaderSentiment.SPECIAL_CASES]
    places = ("Now {} good", "It was {} now bad", "They saw {} a day of GOOD luck", "There he had to {}")
    assert_same_bits([place.format(phrase) for place in places for phrase in (*phrases, "OR", "NOTHING")])


def test_every_emoji_gets_its_score():
    assert_same_bits([f"so{emoji}good" for emoji in ANALYZER.emojis])


@given(st.lists(vader_sentences, max_size=5), st.randoms())
def test_a_sentence_has_its_score_whatever_stands_beside_it(sentences, random):
    shuffled = random.sample(sentences, len(sentences))
    alone = {sentence: ours([sentence])[0] for sentence in sentences}
    assert ours(shuffled) == [alone[sentence] for sentence in shuffled]


def compensated(numbers):
    """The sum of Python 3.12 and later (Neumaier 1974)."""
    total, lost = 0.0, 0.0
    for number in map(float, numbers):
        raised = total + number
        lost += (total - raised) + number if abs(total) >= abs(number) else (number - raised) + total
        total = raised
    return total + lost


def plain(numbers):
    """The sum of Python 3.11."""
    total = 0.0
    for number in numbers:
        total += number
    return total


@pytest.mark.parametrize("add", [plain, compensated])
def test_valences_are_added_the_way_this_python_adds(add, monkeypatch):
    rng = Random(3)
    sentences = [random_sentence(rng) for _ in range(300)]
    balanced = balanced_sentences()
    for module in (vaderSentiment, vader_sums):
        monkeypatch.setattr(module, "sum", add, raising=False)
    assert_same_bits([*sentences, *balanced])


def test_the_two_ways_of_adding_give_balanced_sentences_different_scores(monkeypatch):
    scores = []
    for add in (plain, compensated):
        monkeypatch.setattr(vader_sums, "sum", add, raising=False)
        scores.append(ours(balanced_sentences()))
    assert scores[0] != scores[1]


def balanced_sentences() -> list[str]:
    """Pairs of words of opposite valence far apart, so that the sum is 0 but for rounding."""
    by_valence = {
        valence: word for word, valence in ANALYZER.lexicon.items() if word.isalpha() and len(word) > 3
    }
    pairs = [(by_valence[valence], by_valence[-valence]) for valence in by_valence if -valence in by_valence]
    apart = " now then there here "
    return [f"{a}{apart}{b}{apart}{c}{apart}{d}!" for a, c in pairs[:12] for b, d in pairs[:12]]


@pytest.fixture
def fresh_words():
    """The package read anew, before and after."""
    known_words.cache_clear()
    yield
    known_words.cache_clear()


@pytest.mark.usefixtures("fresh_words")
@pytest.mark.parametrize(("constant", "value"), [("C_INCR", 0.5), ("N_SCALAR", -0.6)])
def test_a_release_that_changes_a_constant_is_followed(constant, value, monkeypatch):
    before = ours([sentence for _, sentence, *_ in RULES])
    monkeypatch.setattr(vaderSentiment, constant, value)
    known_words.cache_clear()
    assert_same_bits([sentence for _, sentence, *_ in RULES])
    assert ours([sentence for _, sentence, *_ in RULES]) != before


@pytest.mark.usefixtures("fresh_words")
@pytest.mark.parametrize("name", ["BOOSTER_DICT", "SPECIAL_CASES"])
def test_a_release_that_knows_more_phrases_is_followed(name, monkeypatch):
    monkeypatch.setitem(getattr(vaderSentiment, name), "as good", 1.7)
    monkeypatch.setitem(getattr(vaderSentiment, name), "mayor of now", 1.3)
    monkeypatch.setitem(getattr(vaderSentiment, name), "plain", 0.4)
    known_words.cache_clear()
    sentences = [
        "They saw a mayor of now good",
        "It was not as good as",
        "There was it good, plain, as good, now bad",
    ]
    assert_same_bits(sentences)


@given(vader_sentences)
def test_a_piece_is_described_alone_as_among_others(sentence):
    pieces = sentence.split()
    alone = [describe([piece])[0].item() for piece in pieces]
    assert describe(pieces).tolist() == alone


def test_a_piece_needs_spelling_out_where_it_holds_an_emoji_that_vader_knows():
    pieces = ["so😀good", "😀", "good", "don’t", "İ", "©", "☺️", "\ud83d"]
    assert describe(pieces)["needs_spelling_out"].tolist() == [
        spell_out(piece) != [piece] for piece in pieces
    ]


def test_no_emoji_is_an_ascii_character():
    assert not [emoji for emoji in ANALYZER.emojis if emoji.isascii()]


def pieces_seen(text: str, monkeypatch) -> list[str]:
    """The pieces that VADER goes through."""
    seen: list[str] = []
    split = vaderSentiment.SentiText

    def record(text):
        seen.extend(text.split())
        return split(text)

    with monkeypatch.context() as patch:
        patch.setattr(vaderSentiment, "SentiText", record)
        ANALYZER.polarity_scores(text)
    return seen


@pytest.mark.parametrize("blank", sorted(set(BLANKS)), ids=repr)
@pytest.mark.parametrize("piece", ["😀", "so😀good", "😀😀", "a©", "☺️x", "plain"])
def test_a_piece_is_spelled_out_as_vader_sees_it_after_any_white_space(piece, blank, monkeypatch):
    before, after = pieces_seen(piece, monkeypatch), pieces_seen(f"on{blank}{piece}{blank}so", monkeypatch)
    assert spell_out(piece) == before
    assert after == ["on", *spell_out(piece), "so"]


def test_sentences_over_rows_may_be_empty():
    known = describe(["good", "bad"])
    scores = polarity(np.array([0, 1, 1]), known, np.array([0, 0, 1, 1, 3, 3]))
    assert scores.compound.tolist() == [0.0, theirs("good")[3], 0.0, theirs("bad bad")[3], 0.0]
    assert scores.neu.tolist() == [0.0] * 5


def test_a_vocabularys_table_of_descriptions_grows_with_it():
    words = Vocabulary()
    compounds = []
    for sentence in ("The plan is good", "The plan is VERY bad!!", "The plan is good"):
        rows = words.rows(sentence.split())
        scores = polarity(rows, words.table(describe), np.array([0, len(rows)]))
        compounds += scores.compound.tolist()
    assert compounds == [
        theirs(s)[3] for s in ("The plan is good", "The plan is VERY bad!!", "The plan is good")
    ]


def test_no_sentences_have_no_scores():
    assert [len(getattr(score_sentences([]), field.name)) for field in dataclasses.fields(Polarity)] == [
        0
    ] * 4


def test_but_among_hundreds_of_sentiment_words_weighs_as_vader_weighs():
    rng = Random(8)
    words = list(ANALYZER.lexicon)
    halves = [[" ".join(rng.choices(words, k=200)) for _ in range(2)] for _ in range(5)]
    assert_same_bits([" but ".join(half) for half in halves])


def test_a_text_of_a_hundred_thousand_words_is_scored_as_one_sentence():
    n_words = 50_000
    scores = score_sentences(["good " * n_words + "but " + "bad " * n_words])
    # 1.9 / 2 + 1 for each "good", 2.5 * 1.5 + 1 for each "bad".
    assert scores.pos.tolist() == [round(1.95 / 6.7, 3)]
    assert scores.neg.tolist() == [round(4.75 / 6.7, 3)]
    assert scores.compound.tolist() == [-1.0]
