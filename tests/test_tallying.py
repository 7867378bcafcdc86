"""Which outlet has which item, in how many sentences."""

import numpy as np
from item_examples import Sketch, articles_of, items_of

from biaslens.stats.salient import SalientTerms
from biaslens.stats.tally import Tally, each_event
from biaslens.stats.tallying import tally_items

SKETCHES: list[Sketch] = [
    ("e", "A", "Putin and Vladimir Putin spoke.", ["Putin", "Vladimir Putin"]),
    ("e", "A", "Putin left.", ["putin"]),
    ("e", "B", "It was Putin.", ["Putin"]),
    ("f", "A", "It was Obama.", ["Obama"]),
    ("f", "C", "It was Obama.", ["Obama"]),
    ("", "C", "It was Putin.", ["Putin"]),
]


def _tally(sketches: list[Sketch], terms: SalientTerms | None = None) -> Tally:
    codes = {"": -1, "e": 0, "f": 1}
    event = np.array([codes[sketch[0]] for sketch in sketches], dtype=np.int64)
    return tally_items(items_of(sketches), articles_of(sketches), event, terms or SalientTerms.none())


def test_variants_in_one_sentence_count_once() -> None:
    tally = _tally(SKETCHES)
    assert tally.item_text == ("Vladimir Putin", "Obama")
    assert tally.use_sentences.tolist() == [2, 1, 1, 1]


def test_cells_hold_the_words_and_sentences_of_an_outlet_on_an_event() -> None:
    tally = _tally(SKETCHES)
    rows = zip(tally.cell_event.tolist(), tally.cell_outlet.tolist(), tally.cell_words.tolist(), strict=True)
    assert list(rows) == [(0, 0, 7), (0, 1, 3), (1, 0, 3), (1, 2, 3)]
    assert tally.cell_sentences.tolist() == [2, 1, 1, 1]


def test_the_first_sentence_is_that_of_the_first_article_id() -> None:
    tally = _tally(SKETCHES)
    places = tally.use_place.slices([sketch[2] for sketch in SKETCHES])
    assert places[0] == "Putin and Vladimir Putin spoke."


def test_words_of_names_are_no_terms() -> None:
    terms = SalientTerms(np.array([0, 0]), (("putin",), ("it",)))
    sketches: list[Sketch] = [("e", outlet, "It was Putin.", ["Putin"]) for outlet in "AB"]
    assert [*zip(_tally(sketches, terms).item_kind, _tally(sketches, terms).item_text, strict=True)] == [
        ("name", "Putin"),
        ("term", "it"),
    ]


def test_a_letter_that_grows_in_small_letters_moves_no_term() -> None:
    sketches: list[Sketch] = [("e", outlet, "İİİ strike", []) for outlet in "AB"]
    tally = _tally(sketches, SalientTerms(np.array([0]), (("strike",),)))
    assert tally.item_text == ("strike",)


def test_each_event_has_its_items_and_outlets() -> None:
    events = list(each_event(_tally(SKETCHES)))
    assert [event.has.tolist() for event in events] == [[[True, True]], [[True, True]]]
    assert [(event.first_cell, event.first_item) for event in events] == [(0, 0), (2, 1)]
