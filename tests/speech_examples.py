"""Texts that the tests of speech and measures share, and the way from a text to a corpus."""

from pathlib import Path

from hypothesis import strategies as st

from biaslens.attributions import Attributions
from biaslens.codebook import Corpus
from biaslens.spans import Spans
from biaslens.speech.find import find_voices
from biaslens.tokenise import tokenise

SEEDS = tuple(
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
)

_PIECES = (
    *("Orlov", "the ministry", "Mr. Berg", "officials", "he", "they", "Anna Berg", "a spokesman", "Russia"),
    *(
        "said",
        "says",
        "claimed that",
        "according to",
        "warned",
        "and said",
        ", adding that",
        "was told",
        "called",
    ),
    *("the dam", "will hold", "was destroyed by", "brutal", "perhaps", "certainly", "regime", "managed to"),
    *("“", "”", '"', "''", "'", "’", "‘", "«", "»", "„", "(", ")", ",", ".", "?", ":", "—", "\n", "\n\n"),
    *(
        "2,500",
        "U.S.",
        "don’t",
        "states’",
        "é",
        "😀",
        "\x00",
        "\ud800",
        "on Sunday",
        "state",
        "the claim that",
    ),
)
news_texts = st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join) | st.text(max_size=80)


def corpus_of(*texts: str) -> Corpus:
    """The texts as one article each, every line kept."""
    kept = Spans.of(
        [
            (row, start, start + len(line))
            for row, text in enumerate(texts)
            for start, line in _lines(text)
            if line.strip()
        ]
    )
    tokens = tokenise(texts, kept)
    return Corpus(texts, kept, tokens, find_voices(texts, tokens), "en")


def voices_of(text: str) -> Attributions:
    return corpus_of(text).voices.attributions


def _lines(text: str):
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)
