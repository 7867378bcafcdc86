"""How often a quotation has the right speaker, group and kind, against labels made by hand.

Run: python benchmarks/quality_speakers.py [--errors]. The labels of the articles were coded without sight of
our output. Errors in the parts "development" and "test" were read while the rules were written; errors in
"second test" never were. Those of the five seeds are by the author of the rules. A label is offsets into an
article that is found by the sha256 of its text. --errors prints what went wrong, never of the second test.

A quotation of speech is right where our attribution with the largest overlap is no scare quote, and its
speaker shares the head (surname or head noun) with the labelled name, or one contains the other, or our place
of the speaker overlaps an acceptable one. A quotation without a speaker is wrong. Intervals are Wilson's
(1927), which take quotations for independent, and a bootstrap over articles, which does not.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens

HERE = Path(__file__).parent
# What closes the head noun of a description: "a spokesman | for the ministry".
BEHIND_HEAD = re.compile(r",|\b(?:of|for|at|in|with|from|who|on|to|near|by)\b")
# The part whose errors stay unread.
UNREAD = "second test"
MARKED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")


@dataclass(frozen=True)
class Judged:
    """One labelled quotation beside our attribution.

    row       our attribution, None where nothing overlaps
    is_right  whether its speaker is right; of speech only
    """

    article: int
    quoted: str
    label: dict[str, Any]
    name: str
    row: Any
    is_right: bool


def bare(name: str) -> str:
    words = re.sub(r"[’']s\b", "", name.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def head(name: str) -> str:
    """The last word of a name, or the head noun of a description."""
    front = BEHIND_HEAD.split(bare(name), maxsplit=1)[0].split() or bare(name).split()
    return front[-1] if front else ""


def same_name(ours: str, labelled: str) -> bool:
    a, b = bare(ours), bare(labelled)
    if not a or not b:
        return False
    return head(a) == head(b) or bool(
        re.search(rf"\b{re.escape(a)}\b", b) or re.search(rf"\b{re.escape(b)}\b", a)
    )


def best_row(rows: pd.DataFrame, start: int, end: int) -> Any:
    """Our attribution with the largest overlap by union; of several, the first in reading order."""
    shared = np.minimum(rows["end"], end) - np.maximum(rows["start"], start)
    size = np.maximum(rows["end"], end) - np.minimum(rows["start"], start)
    overlap = np.where(shared > 0, shared / size, 0.0)
    if not len(rows) or overlap.max() <= 0:
        return None
    return rows.iloc[int(np.argmax(overlap))]


def judge(number: int, text: str, rows: pd.DataFrame, label: dict[str, Any]) -> Judged:
    row = best_row(rows, label["start"], label["end"])
    name = text[slice(*label["name"])] if label["name"] else ""
    is_right = False
    if row is not None and row["kind"] != "scare" and row["speaker"]:
        placed = any(a < row["speaker_end"] and row["speaker_start"] < b for a, b in label["speaker"])
        is_right = placed or same_name(row["speaker"], name)
    return Judged(number, text[label["start"] : label["end"]], label, name, row, is_right)


def texts_by_hash() -> dict[str, str]:
    corpus = pd.read_parquet(folder() / "ukraine_2022.parquet", columns=["text"])["text"].dropna().tolist()
    corpus += [path.read_text(encoding="utf-8") for path in sorted((HERE.parent / "seeds").glob("*.txt"))]
    return {hashlib.sha256(text.encode("utf-8")).hexdigest(): text for text in corpus}


def judged_parts() -> dict[str, list[Judged]]:
    texts = texts_by_hash()
    parts: dict[str, list[Judged]] = defaultdict(list)
    for file in ("speaker_labels_seeds.jsonl", "speaker_labels.jsonl"):
        for number, line in enumerate((HERE / file).read_text(encoding="utf-8").splitlines()):
            article = json.loads(line)
            text = texts[article["sha256"]]
            rows = biaslens.voices(text)
            parts[article["part"]] += [judge(number, text, rows, label) for label in article["quotations"]]
    return parts


def wilson(right: int, n: int) -> tuple[float, float]:
    z = 1.96
    share, spread = right / n, z * np.sqrt(right * (n - right) / n + z * z / 4) / n
    middle, scale = share + z * z / (2 * n), 1 + z * z / n
    return (middle - spread) / scale, (middle + spread) / scale


def by_article(judged: list[Judged], right: list[bool]) -> tuple[float, float]:
    """Bootstrap interval over articles, 2,000 draws, seed 0."""
    numbers = sorted({item.article for item in judged})
    sums = np.array(
        [
            [sum(ok for item, ok in zip(judged, right, strict=True) if item.article == n) for n in numbers],
            [sum(item.article == n for item in judged) for n in numbers],
        ]
    )
    draws = np.random.default_rng(0).integers(0, len(numbers), (2000, len(numbers)))
    right_sums, sizes = sums[:, draws].sum(axis=2)
    low, high = np.quantile(right_sums / sizes, [0.025, 0.975])
    return float(low), float(high)


def print_share(name: str, judged: list[Judged], right: list[bool]) -> None:
    if not judged:
        return
    (low, high), (first, last) = wilson(sum(right), len(right)), by_article(judged, right)
    print(
        f"  {name}: {sum(right)} of {len(right)} = {sum(right) / len(right):.3f} "
        f"(Wilson {low:.3f} to {high:.3f}; articles {first:.3f} to {last:.3f})"
    )


def country_and_role(group: str) -> tuple[str, str]:
    """Country and role of a group; "Russia, military" and "Russia: military" are one."""
    country, mark, role = group.replace(",", ":").partition(":")
    return (country.strip(), role.strip()) if mark else ("", group.strip())


def print_groups(speech: list[Judged]) -> None:
    """The share of coded quotations that have a group, and how often country and role of it are right."""
    coded = [item for item in speech if item.label["group"]]
    given = [item for item in coded if item.row is not None and item.row["group"] != "unresolved"]
    print(f"  group given for {len(given)} of {len(coded)} coded quotations")
    pairs = [(country_and_role(i.row["group"]), country_and_role(i.label["group"])) for i in given]
    for part, name in enumerate(("country", "role")):
        both = [
            (item, pair) for item, pair in zip(given, pairs, strict=True) if pair[0][part] and pair[1][part]
        ]
        right = [ours[part] == coded[part] for _, (ours, coded) in both]
        print_share(f"{name} right where we and the coder give one", [item for item, _ in both], right)


def print_scare(judged: list[Judged]) -> None:
    ours = [item.row is not None and item.row["kind"] == "scare" for item in judged]
    coded = [item.label["kind"] == "scare" for item in judged]
    both = sum(a and b for a, b in zip(ours, coded, strict=True))
    print(
        f"  scare quotes: {both} of the {sum(ours)} found are coded so; "
        f"{both} of the {sum(coded)} coded are found"
    )
    kinds = Counter(
        (item.label["kind"], item.row["kind"] if item.row is not None else "nothing") for item in judged
    )
    print("  coded kind, our kind: " + ", ".join(f"{a} {b} {n}" for (a, b), n in sorted(kinds.items())))


def print_errors(judged: list[Judged]) -> None:
    for item in judged:
        row, label = item.row, item.label
        ours = (
            "nothing" if row is None else f"{row['kind']} {row['speaker']!r} {row['group']!r} {row['cue']!r}"
        )
        where = f"    article {item.article}, {label['start']}: {item.quoted[:60]!r}"
        if label["kind"] == "speech" and not item.is_right:
            print(f"{where}: {item.name!r}; ours {ours}")
        elif label["kind"] == "speech" and row["group"] != "unresolved" and label["group"]:
            if country_and_role(row["group"]) != country_and_role(label["group"]):
                print(f"{where}: group {label['group']!r}; ours {ours}")
        elif (label["kind"] == "scare") != (row is not None and row["kind"] == "scare"):
            print(f"{where} is {label['kind']}; ours {ours}")


def coded_quotations(text: str, rows: pd.DataFrame) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Each quotation in double marks inside a coded content, with the source spans of the innermost one."""
    contents = [(_ranges(row.content_span), _ranges(row.source_span)) for row in rows.itertuples()]
    for mark in MARKED.finditer(text):
        start, end = mark.span(mark.lastindex or 0)
        around = [
            (b - a, source)
            for spans, source in contents
            for a, b in spans
            if a <= start and end <= b and source
        ]
        if around:
            yield start, end, min(around)[1]


def _ranges(spans: object) -> list[tuple[int, int]]:
    numbers = [int(n) for n in re.findall(r"\d+", spans)] if isinstance(spans, str) else []
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def polnear(split: str, step: int = 1) -> list[bool]:
    """Whether each coded quotation of PolNeAR has its source: the same place, or the same name."""
    articles = pd.read_parquet(folder() / "polnear_articles.parquet")
    coded = pd.read_parquet(folder() / "polnear_attributions.parquet").groupby("file")
    right = []
    for article in articles[articles["split"] == split].iloc[::step].itertuples():
        rows = biaslens.voices(article.text)
        for start, end, source in coded_quotations(article.text, coded.get_group(article.file)):
            name = " ".join(article.text[a:b] for a, b in source)
            span = {"start": start, "end": end, "speaker": source, "name": None}
            row = best_row(rows, start, end)
            right.append(
                judge(0, article.text, rows, span).is_right
                or (row is not None and row["kind"] != "scare" and same_name(row["speaker"], name))
            )
    return right


def main() -> None:
    print_machine()
    parts = judged_parts()
    corpus = [item for part, judged in parts.items() if part != "seeds" for item in judged]
    for part, judged in [*parts.items(), ("all of the corpus, read and unread", corpus)]:
        speech = [item for item in judged if item.label["kind"] == "speech"]
        print(f"{part}: {len(judged)} quotations, {len(speech)} of speech")
        print_share("speaker right", speech, [item.is_right for item in speech])
        print_groups(speech)
        print_scare(judged)
        if "--errors" in sys.argv and part in parts and part != UNREAD:
            print_errors(judged)
    for name, split, step in (("dev (read)", "dev", 1), ("train, every 8th (unread)", "train", 8)):
        right = polnear(split, step)
        low, high = wilson(sum(right), len(right))
        print(
            f"PolNeAR {name}: source right in {sum(right)} of {len(right)} quotations = "
            f"{sum(right) / len(right):.3f} (Wilson {low:.3f} to {high:.3f})"
        )


if __name__ == "__main__":
    main()
