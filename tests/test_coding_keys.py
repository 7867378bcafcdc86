"""Keys of coding sheets: what they hold comes back, or is told to be damaged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.coding.keys import ItemKey

keys = st.builds(
    ItemKey, st.text(), st.text(), st.sampled_from(["span", "sentence"]), st.booleans(),
    st.floats(0, 1e6), st.floats(0, 1e6), st.text(),
)  # fmt: skip


@given(keys)
def test_a_key_comes_back_as_it_was(key):
    assert ItemKey.unpacked(f" {key.packed()} ") == key


@given(keys, st.data())
def test_a_key_with_another_character_is_told(key, data):
    text = key.packed()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("aZ9+."))
    changed = text[:place] + other + text[place + 1 :]
    assert changed == text or ItemKey.unpacked(changed) is None


@pytest.mark.parametrize("text", ["", "abc", "e30=.00", ".", np.str_("é.x")])
def test_what_is_no_key_is_told(text):
    assert ItemKey.unpacked(text) is None
