"""Sentence encoders that the user has installed."""

from pathlib import Path

import numpy as np
import pytest

import biaslens
from biaslens.encoders import embed
from biaslens.errors import BadSetting, MissingExtra


def test_the_encoder_reads_title_and_beginning_of_each_article() -> None:
    seen: list[str] = []

    def encode(texts: list[str]) -> list[list[float]]:
        seen.extend(texts)
        return [[1.0, 2.0] for _ in texts]

    vectors = embed(["Title", ""], ["Body.", "Other."], encode)
    assert seen == ["Title\nBody.", "Other."]
    np.testing.assert_array_equal(vectors, [[1.0, 2.0], [1.0, 2.0]])


@pytest.mark.parametrize("vectors", [[[1.0]], [1.0, 2.0]], ids=["one row", "one dimension"])
def test_an_encoder_must_give_one_row_per_text(vectors: list[float]) -> None:
    with pytest.raises(BadSetting, match="one row per text"):
        embed(["a", "b"], ["c", "d"], lambda _: vectors)


def test_a_model_by_name_needs_its_package_and_is_never_downloaded(tmp_path: Path) -> None:
    expected: tuple[type[Exception], str] = (BadSetting, "biaslens downloads nothing")
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        expected = (MissingExtra, r'pip install "biaslens\[encoder\]"')
    with pytest.raises(expected[0], match=expected[1]):
        embed(["a"], ["b"], str(tmp_path / "no model"))


def test_events_come_from_an_encoder() -> None:
    def encode(texts: list[str]) -> list[list[float]]:
        return [[float("Kerry" in text), float("Kerry" not in text)] for text in texts]

    rows = [
        {"text": text, "date": "2014-03-14"} for text in ("Kerry spoke.", "A storm.", "Talks with Kerry.")
    ]
    groups = biaslens.group_events(rows, embeddings=encode, settings=biaslens.Settings(event_similarity=0.5))
    first, second, third = groups.event
    assert first == third != second
    assert groups.explain(groups.id[0], groups.id[2]).cosine == 1.0
