"""The hand-labelled articles, and other sets that several benchmarks of cleaning share."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pandas as pd
from evaluation_data import folder

BLIND = Path(__file__).parent / "blind_labels.jsonl"


@dataclass(frozen=True)
class Document:
    """Lines of an article and their labels: keep, strip, mixed or ambiguous."""

    outlet: str
    title: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def domain(url: str) -> str:
    """The registered domain of an address, roughly: abcnews.go.com, bbc.com, nytimes.com."""
    labels = urlparse(url).netloc.lower().split(".")
    parts = [label for label in labels if label not in ("www", "m", "edition", "news", "amp")]
    return ".".join(parts[-3:] if len(parts) > 2 and parts[-2] in ("co", "com", "go") else parts[-2:])


def hand() -> list[Document]:
    documents = []
    for row in jsonl(folder() / "cleaning_hand.jsonl"):
        lines = tuple(line["t"] for line in row["lines"])
        labels = tuple(line["label"] for line in row["lines"])
        documents.append(Document(domain(row["url"]), row["title"], lines, labels))
    return documents


def blind() -> list[Document]:
    by_hash = {sha(text): i for i, text in enumerate(corpus()["text"])}
    documents = []
    for row in jsonl(BLIND):
        article = corpus().iloc[by_hash[row["article"]]]
        lines = tuple(line for line in article["text"].split("\n") if line.strip())
        labels = ["keep"] * len(lines)
        for i, key, label, _ in row["labels"]:
            assert sha(lines[i])[:16] == key, "labels and text do not belong together"
            labels[i] = label
        documents.append(Document(domain(article["url"]), article["title"], lines, tuple(labels)))
    return documents


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def jsonl(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


@cache
def corpus() -> pd.DataFrame:
    return pd.read_parquet(folder() / "allsides_10k.parquet")
