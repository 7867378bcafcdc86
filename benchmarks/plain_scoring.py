"""What the benchmarks of scoring share: articles, and VADER per sentence and textstat's twelve figures per
article in two ways, by the packages' own functions, called one by one, and by biaslens on arrays.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import numpy as np
from evaluation_data import folder

from biaslens.measuring import readability, text_counts, vader, vader_words
from biaslens.measuring.vader_sums import Polarity
from biaslens.measuring.vader_words import Words, spelled_out
from biaslens.settings import Settings
from biaslens.spans import Spans
from biaslens.tokenise import MAX_FORMS, cut_pieces, sentence_starts
from biaslens.vocabulary import HashedVocabulary

FIGURES = tuple(readability.FIGURES)
# In the order in which VADER gives them.
SCORES = ("neg", "neu", "pos", "compound")
# Articles in each file of JSON lines: of the one that is timed, and of one that fills vocabularies.
N_ARTICLES = 10_000
SHORT_TEXT = "The mayor's answer was good, but not very good."
TIMED, OTHER = "timed.jsonl", "other.jsonl"
# Articles scored at a time, as score() does it.
_PART = Settings().part_size
_LINE = re.compile(r"\S.*")


def kept_lines(texts: Sequence[str]) -> Spans:
    """Every line that is not blank."""
    return Spans.of(
        [(row, *found.span()) for row, text in enumerate(texts) for found in _LINE.finditer(text)]
    )


def sentences_of(text: str) -> list[str]:
    """The sentences that biaslens sees in a text."""
    sentences = []
    for line in _LINE.findall(text):
        starts = sentence_starts(line)
        parts = (line[a:b] for a, b in zip(starts, [*starts[1:], len(line)], strict=True))
        sentences += [part for part in parts if part.strip()]
    return sentences


@cache
def analyzer() -> Any:
    """vaderSentiment's own."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@cache
def figures() -> dict[str, Callable[[str], float]]:
    """textstat's twelve functions; its dictionary is that of the evaluation data, never a download."""
    import nltk

    nltk.data.path[:] = [str(folder() / "nltk_data")]
    try:
        nltk.data.find("corpora/cmudict")
    except LookupError:
        sys.exit(f"No dictionary in {nltk.data.path[0]}; textstat needs corpora/cmudict there, not zipped.")
    import textstat

    return {name: getattr(textstat, name) for name in FIGURES}


@dataclass(frozen=True)
class Scored:
    """What biaslens gives for some articles.

    polarity  of each sentence
    figures   of each article, by name
    """

    polarity: Polarity
    figures: dict[str, np.ndarray]


def score_arrays(texts: Sequence[str], vocabulary: HashedVocabulary) -> Scored:
    """Both packages' numbers from one pass over the texts."""
    pieces = cut_pieces(texts, kept_lines(texts), "en", vocabulary)
    words = spelled_out(Words(np.arange(len(pieces)), pieces.row), vocabulary)
    first, whole = np.searchsorted(words.piece, pieces.sentence_first), pieces.uncut()
    counts = text_counts.count_texts(whole.row, vocabulary.table(text_counts.describe), whole.article_first)
    return Scored(
        polarity=vader.polarity(words.row, vocabulary.table(vader_words.describe), first),
        figures={name: figure(counts) for name, figure in readability.FIGURES.items()},
    )


class Clock(defaultdict[str, float]):
    """Seconds by name."""

    def __init__(self, seconds: Mapping[str, float] = MappingProxyType({})) -> None:
        super().__init__(float, seconds)

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self[name] += time.perf_counter() - started


def time_plain(texts: Sequence[str]) -> Clock:
    """Seconds a character of the plain loop; the sentences are given."""
    sentences, clock = [sentence for text in texts for sentence in sentences_of(text)], Clock()
    polarity, functions = analyzer().polarity_scores, figures().values()
    with clock.time("VADER"):
        for sentence in sentences:
            polarity(sentence)
    with clock.time("textstat"):
        for text in texts:
            for function in functions:
                function(text)
    return Clock({name: seconds / sum(map(len, texts)) for name, seconds in clock.items()})


def score_all(texts: Sequence[str], vocabulary: HashedVocabulary) -> None:
    for begin in range(0, len(texts), _PART):
        score_arrays(texts[begin : begin + _PART], vocabulary)


def time_arrays(place: Path, size: int) -> Clock:
    """VADER and the twelve figures, with an empty vocabulary and with one that has seen articles before."""
    texts, others, clock = texts_of(place / TIMED, size), texts_of(place / OTHER, size), Clock()
    with clock.time("loading tables"):
        score_all([SHORT_TEXT], HashedVocabulary())
    vocabulary = HashedVocabulary()
    with clock.time("cold"):
        score_all(texts, vocabulary)
    with clock.time("warm, same articles"):
        score_all(texts, vocabulary)
    filled = HashedVocabulary()
    score_all(others, filled)
    with clock.time("warm, other articles"):
        score_all(texts, filled)
    with splitting_timed(clock) as sentences:
        score_all(texts, vocabulary)
    vocabulary = HashedVocabulary()
    for name in ("cold, sentences given", "warm, same articles, sentences given"):
        given = iter(sentences)
        with patch("sentencex.segment", lambda *_, given=given: next(given)), clock.time(name):
            score_all(texts, vocabulary)
    return clock


def fresh_if_full(vocabulary: HashedVocabulary) -> HashedVocabulary:
    """A new one after as many forms as tokenise() allows."""
    return vocabulary if len(vocabulary) <= MAX_FORMS else HashedVocabulary()


@contextmanager
def splitting_timed(clock: Clock) -> Iterator[list[list[str]]]:
    """The time that goes into splitting sentences alone; gives what each call found."""
    import sentencex

    found: list[list[str]] = []
    segment = sentencex.segment

    def timed(language: str, text: str) -> list[str]:
        started = time.perf_counter()
        sentences: list[str] = segment(language, text)
        clock["splitting sentences"] += time.perf_counter() - started
        found.append(sentences)
        return sentences

    with patch("sentencex.segment", timed):
        yield found


def write_articles(place: Path) -> None:
    """As lines of JSON: a process that reads them one by one does not raise the peak of its memory."""
    import pandas as pd

    for file, name in ((TIMED, "allsides_10k"), (OTHER, "ukraine_2022")):
        frame = pd.read_parquet(folder() / f"{name}.parquet")[["outlet", "text"]].head(N_ARTICLES)
        frame.to_json(place / file, orient="records", lines=True)


def articles(file: Path, size: int) -> Iterator[dict[str, str]]:
    """So many articles, spread over the file; past its end they come again, each with a new word."""
    step = max(1, N_ARTICLES // size)
    for again in range(math.ceil(size / N_ARTICLES)):
        with file.open(encoding="utf-8") as lines:
            left = min(N_ARTICLES, (size - again * N_ARTICLES) * step)
            for number, line in enumerate(islice(lines, 0, left, step)):
                row = json.loads(line)
                if again:
                    row["text"] = row["text"].replace(" ", f" {again}th{number} ", 1)
                yield row


def texts_of(file: Path, size: int) -> list[str]:
    return [row["text"] for row in articles(file, size)]


# The same in a process of its own; before it stand the texts and their sentences.
_OURS = """
from biaslens.measuring import readability, vader
vader.score_sentences(sentences)
readability.score_texts(texts)
"""
_PLAIN = """
import nltk
nltk.data.path[:] = [place]
import textstat
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
analyzer = SentimentIntensityAnalyzer()
for sentence in sentences:
    analyzer.polarity_scores(sentence)
for text in texts:
    for name in names:
        getattr(textstat, name)(text)
"""
SCRIPTS = {"bare": "", "ours": _OURS, "plain": _PLAIN}


def time_script(script: str, texts: Sequence[str]) -> Clock:
    """The time of a process from its start to its end."""
    clock, sentences = Clock(), [sentence for text in texts for sentence in sentences_of(text)]
    named = {
        "texts": list(texts),
        "sentences": sentences,
        "names": FIGURES,
        "place": str(folder() / "nltk_data"),
    }
    given = "".join(f"{name} = {value!r}\n" for name, value in named.items())
    with clock.time("process"):
        subprocess.run([sys.executable, "-"], input=(script and given + script).encode(), check=True)
    return clock
