"""Units of many texts: the same as those of each."""

import hypothesis.strategies as st
from hypothesis import given

from biaslens.cleaning.unit_batches import split_each
from biaslens.cleaning.units import Units, split_units

TEXTS = st.text(st.sampled_from("abAB .!?…\"“”’'()\n\r\u2028 59éİß😀\ud800ﬁ"), max_size=80)


def columns(units: Units) -> list[list[int]]:
    return [getattr(units, name).tolist() for name in Units.__slots__]


@given(st.lists(TEXTS, max_size=6))
def test_texts_split_together_have_the_units_of_each(texts: list[str]) -> None:
    assert list(map(columns, split_each(texts))) == [columns(split_units(text)) for text in texts]


def test_many_long_texts_split_together_have_the_units_of_each() -> None:
    texts = [f"Story {'ab' * i}. It goes on and “on. " * 300 for i in range(12)]
    assert list(map(columns, split_each(texts))) == [columns(split_units(text)) for text in texts]
