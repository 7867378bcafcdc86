"""Articles: rows, and the way back to the text as it was read."""

import numpy as np
import pytest

import biaslens
from biaslens.spans import Spans

MOJIBAKE = "He said â€œnoâ€\x9d in cafÃ© Ð¼Ð¸Ñ€."


@pytest.fixture
def articles() -> biaslens.Articles:
    return biaslens.read({"A": [MOJIBAKE, "Plain text."], "B": "Another."})


def test_spans_of_repaired_text_become_spans_of_the_text_as_read(articles: biaslens.Articles) -> None:
    text = articles.text[0]
    assert text == "He said “no” in café мир."
    for piece, original in (("“no”", "â€œnoâ€\x9d"), ("café", "cafÃ©"), ("мир", "Ð¼Ð¸Ñ€"), ("He", "He")):
        start = text.index(piece)
        spans = articles.original_spans(Spans.of([(0, start, start + len(piece))]))
        assert spans.slices(articles.original) == [original]


def test_spans_of_text_that_needed_no_repair_stay(articles: biaslens.Articles) -> None:
    spans = Spans.of([(1, 0, 5)])
    assert articles.original_spans(spans) is spans


def test_an_empty_span_stays_empty(articles: biaslens.Articles) -> None:
    end = len(articles.text[0])
    spans = articles.original_spans(Spans.of([(0, 3, 3), (0, end, end)]))
    assert np.array_equal(spans.start, spans.end)
    assert spans.end[1] == len(MOJIBAKE)


def test_rows_are_taken_in_the_order_asked_for(articles: biaslens.Articles) -> None:
    taken = articles.take([2, 0])
    assert taken.id == ("B-1", "A-1")
    assert taken.original == ("Another.", MOJIBAKE)
    assert len(taken) == len(taken.date) == len(taken.outlet_inferred) == 2
