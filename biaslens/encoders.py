"""Sentence encoders: articles as vectors, by a model that the user has installed. biaslens brings none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from biaslens.errors import BadSetting, MissingExtra
from biaslens.spans import FloatArray

# From texts to one vector each; what sentence-transformers calls ``model.encode``.
Encode = Callable[[list[str]], npt.ArrayLike]


def embed(titles: Sequence[str], bodies: Sequence[str], encoder: str | Encode) -> FloatArray:
    """One vector per article: of its title and the beginning of its text; shape (n_articles, n_dimensions).

    encoder  a function from texts to vectors, or the folder or name of a sentence-transformers model that is
             on this machine already: nothing is downloaded

    Raises MissingExtra without sentence-transformers, BadSetting for a model that is not here or for vectors
    of another number than the articles.

    >>> def lengths(texts): return [[len(text), 1.0] for text in texts]
    >>> embed(["Kerry", "Storm"], ["in London", "in Ohio"], lengths)
    array([[15.,  1.],
           [13.,  1.]])
    """
    texts = [f"{title}\n{body}".strip() for title, body in zip(titles, bodies, strict=True)]
    encode = _local_model(encoder) if isinstance(encoder, str) else encoder
    vectors = np.asarray(encode(texts), dtype=np.float64)
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise BadSetting(
            f"The encoder made an array of shape {vectors.shape} from {len(texts)} texts; it must give one "
            "row per text."
        )
    return vectors


def _local_model(name: str) -> Encode:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtra(
            "An encoder by name needs sentence-transformers, which is not installed: "
            'pip install "biaslens[encoder]". Or pass a function from texts to vectors.'
        ) from error
    try:
        encode: Encode = SentenceTransformer(name, local_files_only=True).encode
    except (OSError, ValueError) as error:
        raise BadSetting(
            f"The model {name!r} is not on this machine, and biaslens downloads nothing. Fetch it once with "
            "sentence-transformers, or pass the folder that holds it."
        ) from error
    return encode
