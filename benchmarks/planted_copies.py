"""Copies made from real articles, the way desks make them: cut, reordered, rewritten, mixed with own text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

MIXED = (10, 25, 50, 75, 90)
KINDS = (
    *(f"{percent} % taken over" for percent in MIXED),
    "cut",
    "new lead",
    "reordered",
    "3 % of words edited",
    "15 % of words edited",
    "agency rewrite",
    "brief",
    "3 paragraphs embedded",
)
# Half or more of the copy is the source's text, word for word.
VERBATIM_HALF = ("50 % taken over", "75 % taken over", "90 % taken over", "cut", "new lead", "reordered")
WITH_PARAGRAPHS = (*(f"{percent} % taken over" for percent in MIXED), "3 paragraphs embedded")

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_WORD = re.compile(r"[^\W_]+")
_MIXED_WORDS = 500
_BRIEF_WORDS = 70
_BRITISH = (
    ("ization", "isation"),
    ("izing", "ising"),
    ("ized", "ised"),
    ("color", "colour"),
    ("labor", "labour"),
    ("defense", "defence"),
    ("program ", "programme "),
    ("percent", "per cent"),
    ("center", "centre"),
)


@dataclass(frozen=True)
class Planted:
    """One copy: its paragraphs, which of them the source has, and the source's row among the originals."""

    kind: str
    source: int
    paragraphs: tuple[str, ...]
    copied: tuple[bool, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class PlantedSet:
    """Originals, among them other articles of each copied event, and the copies."""

    originals: tuple[str, ...]
    outlets: tuple[str, ...]
    copies: tuple[Planted, ...]


def plant(articles: pd.DataFrame, rng: np.random.Generator) -> PlantedSet:
    """One copy for each event of enough text; what is mixed in comes from another article of the event.

    That other article is taken out of the originals, so that the source is the only one to be found.

    articles  columns event_id, outlet, text; articles that share text already are left out
    """
    clean = articles.drop(index=articles.index[_shares_text(articles["text"].tolist())])
    drawn: list[tuple[str, int, tuple[str, ...], tuple[bool, ...]]] = []
    donors: set[int] = set()
    for number, (_, event) in enumerate(clean.groupby("event_id", sort=True)):
        source, *others = rng.permutation(event.index.to_numpy()).tolist()
        paragraphs = paragraphs_of(articles.at[source, "text"])
        if not others or len(paragraphs) < 8:
            continue
        kind = KINDS[number % len(KINDS)]
        own = paragraphs_of(articles.at[others[0], "text"])
        made, copied = _edited(kind, paragraphs, own, rng)
        if any(not one for one in copied):
            donors.add(others[0])
        drawn.append((kind, source, tuple(made), tuple(copied)))
    stays = clean.drop(index=sorted(donors))
    row = {index: place for place, index in enumerate(stays.index)}
    copies = tuple(Planted(kind, row[source], made, copied) for kind, source, made, copied in drawn)
    return PlantedSet(tuple(stays["text"]), tuple(stays["outlet"]), copies)


def paragraphs_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _edited(
    kind: str, source: list[str], own: list[str], rng: np.random.Generator
) -> tuple[list[str], list[bool]]:
    """The copy's paragraphs, and which of them come from the source."""
    if kind.endswith("taken over"):
        return _mixed(source, own, int(kind.split()[0]) / 100, rng)
    if kind == "3 paragraphs embedded":
        at, place = int(rng.integers(0, len(source) - 3)), int(rng.integers(1, len(own) + 1))
        made = [*own[:place], *source[at : at + 3], *own[place:]]
        return made, [place <= i < place + 3 for i in range(len(made))]
    if kind == "new lead":
        return [own[0], *source[1:]], [False, *[True] * (len(source) - 1)]
    made = _rewritten(kind, source, own, rng)
    return made, [True] * len(made)


def _rewritten(kind: str, source: list[str], own: list[str], rng: np.random.Generator) -> list[str]:
    if kind == "cut":
        return source[: max(3, int(len(source) * rng.uniform(0.3, 0.6)))]
    if kind == "reordered":
        return [source[i] for i in rng.permutation(len(source))]
    if kind == "brief":
        sizes = np.cumsum([len(paragraph.split()) for paragraph in source])
        return source[: int(np.searchsorted(sizes, _BRIEF_WORDS)) + 1]
    vocabulary = _WORD.findall(" ".join(own)) or ["word"]
    if kind == "agency rewrite":
        kept = [[s for s in _SENTENCE.split(paragraph) if rng.random() > 0.3] for paragraph in source]
        made = [" ".join(sentences) for sentences in kept if sentences] or source[:3]
        return [_with_edits(_british(paragraph), 0.05, vocabulary, rng) for paragraph in made]
    share = int(kind.split()[0]) / 100
    return [_with_edits(paragraph, share, vocabulary, rng) for paragraph in source]


def _mixed(
    source: list[str], own: list[str], share: float, rng: np.random.Generator
) -> tuple[list[str], list[bool]]:
    """So much of the source, from some paragraph on, between paragraphs of one's own."""
    theirs = _first_words(source, share * _MIXED_WORDS)
    mine = _first_words(own, (1 - share) * _MIXED_WORDS)
    copied = rng.permutation([True] * len(theirs) + [False] * len(mine)).tolist()
    queues = {True: iter(theirs), False: iter(mine)}
    return [next(queues[taken]) for taken in copied], copied


def _first_words(paragraphs: list[str], n_words: float) -> list[str]:
    sizes = np.cumsum([len(paragraph.split()) for paragraph in paragraphs])
    return paragraphs[: int(np.searchsorted(sizes, n_words)) + 1]


def _with_edits(text: str, share: float, vocabulary: Sequence[str], rng: np.random.Generator) -> str:
    """Of the words edited, half are exchanged, a quarter dropped, a quarter followed by another word."""
    made = []
    for word in text.split(" "):
        draw = rng.random() / share
        other = vocabulary[int(rng.integers(len(vocabulary)))]
        if draw < 0.5:
            made.append(other)
        elif draw >= 0.75:
            made += [word, other] if draw < 1 else [word]
    return " ".join(made)


def _british(text: str) -> str:
    for american, british in _BRITISH:
        text = text.replace(american, british)
    return text


def _shares_text(texts: Sequence[str], least: float = 0.1) -> list[int]:
    """Rows of texts that share a tenth of their five-word runs with another one, quotations included."""
    rows: dict[str, list[int]] = defaultdict(list)
    sizes = []
    for row, text in enumerate(texts):
        words = _WORD.findall(text.lower())
        runs = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
        sizes.append(len(runs))
        for run in runs:
            rows[run].append(row)
    shared: Counter[tuple[int, int]] = Counter()
    for found in rows.values():
        if 1 < len(found) <= 60:
            shared.update(combinations(found, 2))
    alike = [pair for pair, n in shared.items() if n >= least * min(sizes[row] for row in pair)]
    empty = [row for row, size in enumerate(sizes) if size < 30]
    return sorted({row for pair in alike for row in pair} | set(empty))
