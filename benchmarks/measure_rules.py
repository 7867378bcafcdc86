"""How much of what each boilerplate rule removes is boilerplate, judged by reading.

Run: python benchmarks/measure_rules.py            prints the counts of every rule
     python benchmarks/measure_rules.py --write    and stores them in biaslens/data/boilerplate/measured.json
     python benchmarks/measure_rules.py --unjudged 20 > sheet.txt
                                                   prints removals that nobody has judged yet, with their
                                                   neighbours, up to so many of each rule

Rules are run over articles as scraped (allsides_10k, polnear) and, for rules that are rare there, over whole
pages and what extractors leave of pages. Verdicts are kept as hashes of the removed text in
rule_judgements.tsv; a text that several articles hold counts once for each of them, ten times at most.

Blocks (appeals of several lines) are too rare in these sets. They are measured on appeals planted into
articles: each text of appeals.jsonl, one sentence a line, below an opening line, at the top, in the middle or
at the end. A removal is right if it takes nothing of the article around it; in the articles as they are every
removal is wrong. Appeals of one line are counted in the same way. Headlines that open a second report inside
an article are rare too: below the articles of allsides_events, another report on the same event is planted
with its title.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from evaluation_data import folder, print_machine

from biaslens.cleaning.by_rule import Removal, RuleFinder, RuleIndex
from biaslens.cleaning.clean import without
from biaslens.cleaning.headlines import find_headlines
from biaslens.cleaning.lines import Line, split_lines
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.rules import Precision, Rule, load_rules

JUDGEMENTS = Path(__file__).parent / "rule_judgements.tsv"
MEASURED = Path(__file__).parent.parent / "biaslens" / "data" / "boilerplate" / "measured.json"
MAX_PER_TEXT = 10


@dataclass(frozen=True)
class Document:
    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Find:
    """One removal, with the lines around it for whoever judges it."""

    document: str
    rule: str
    text: str
    before: str
    after: str

    @property
    def key(self) -> str:
        return _sha(self.text.strip())[:16]


def articles() -> Iterator[Document]:
    """Article text as scraped."""
    for file in ("allsides_10k", "polnear_articles"):
        frame = pd.read_parquet(folder() / f"{file}.parquet").drop_duplicates("text")
        titles = frame["title"] if "title" in frame else [""] * len(frame)
        for row, (title, text) in enumerate(zip(titles, frame["text"], strict=True)):
            yield Document(f"{file} {row}", title, text)


def pages() -> Iterator[Document]:
    """Whole pages as text, and what two extractors leave of pages."""
    for file in ("cleaning_pages", "cleaning_residue"):
        with gzip.open(folder() / f"{file}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if row["ex"] in ("html_text", "traf_default", "readability"):
                    text = "\n".join(line["t"] for line in row["lines"])
                    yield Document(f"{file} {row['id']}", "", text)


def finds(document: Document, index: RuleIndex) -> Iterator[Find]:
    """All that rules would remove, each believed."""
    lines = split_lines(document.text)
    finder = RuleFinder(index, document.text)
    while found := (
        finder.from_top(lines)
        or finder.from_bottom(lines)
        or find_headlines(lines, document.title)
        or find_pull_quotes(lines)
    ):
        for removal in found:
            yield _find(document, lines, removal)
        lines = without(lines, found)


def _find(document: Document, lines: Sequence[Line], removal: Removal) -> Find:
    above = [line.text for line in lines if line.end <= removal.start]
    below = [line for line in lines if line.end > removal.end]
    after = below[0].text[max(0, removal.end - below[0].start) :] if below else ""
    text = document.text[removal.start : removal.end]
    return Find(document.name, removal.rule, text, above[-1] if above else "", after)


def planted_blocks(rules: Sequence[Rule]) -> dict[str, Precision]:
    """Each block rule on appeals planted into articles, and on the articles without them."""
    lines = (folder() / "appeals.jsonl").read_text(encoding="utf-8").splitlines()
    appeals = sorted({json.loads(line)["text"] for line in lines})
    hosts = sorted((d.text for d in articles() if d.text.count("\n") > 8), key=_sha)[: len(appeals)]
    counts = {}
    for rule in (rule for rule in rules if rule.scope == "block"):
        index, right, fired = RuleIndex([rule]), 0, 0
        for i, (appeal, host) in enumerate(zip(appeals, hosts, strict=True)):
            fired += len(RuleFinder(index, host).from_top(split_lines(host)))
            paragraphs, block = host.split("\n"), re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n", appeal)
            place = (0, len(paragraphs) // 2, len(paragraphs))[i % 3]
            opening = rule.matches[i % len(rule.matches)]
            text = "\n".join([*paragraphs[:place], opening, block, *paragraphs[place:]])
            start = len("\n".join(paragraphs[:place])) + (place > 0)
            for found in RuleFinder(index, text).from_top(split_lines(text)):
                fired += 1
                right += found.start >= start and found.end <= start + len(f"{opening}\n{block}")
        counts[rule.name] = Precision(right, fired)
    return counts


def planted_appeals(index: RuleIndex) -> dict[str, Precision]:
    """Rules that find appeals of appeals.jsonl, each the last line of an article; one count for an appeal."""
    lines = (folder() / "appeals.jsonl").read_text(encoding="utf-8").splitlines()
    appeals = sorted({json.loads(line)["text"] for line in lines})
    hosts = sorted((d.text for d in articles() if d.text.count("\n") > 8), key=_sha)[: len(appeals)]
    found: dict[str, set[str]] = defaultdict(set)
    for appeal, host in zip(appeals, hosts, strict=True):
        text = f"{host.rstrip()}\n{appeal}"
        finder = RuleFinder(index, text)
        for removal in (*finder.from_top(split_lines(text)), *finder.from_bottom(split_lines(text))):
            if text[removal.start : removal.end] == appeal.strip():
                found[removal.rule].add(appeal)
    return {rule: Precision(len(texts), len(texts)) for rule, texts in found.items()}


def planted_reports() -> Precision:
    """Headlines inside an article: below the article stands another report on its event, with its title."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet").drop_duplicates("text")
    right = fired = 0
    for _, event in frame.groupby("event_id"):
        host, guest = event["text"].iloc[0], event.iloc[-1]
        title = guest["title"].strip()
        for text in (host, f"{host}\n{title}\n{guest['text']}") if len(event) > 1 else ():
            for found in find_headlines(split_lines(text)[1:], ""):
                if found.rule == "headline.inside":
                    fired += 1
                    right += text != host and text[found.start : found.end] == title
    return Precision(right, fired)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def judgements() -> dict[str, str]:
    rows = JUDGEMENTS.read_text(encoding="utf-8").splitlines()[2:]
    return dict(row.split("\t") for row in rows)


def measure(found: dict[str, list[Find]], verdicts: dict[str, str]) -> dict[str, Precision]:
    """Counts of every rule; what was judged unclear counts as wrong."""
    counts = {}
    for rule, rows in sorted(found.items()):
        texts: dict[str, set[str]] = defaultdict(set)
        for find in rows:
            if find.key in verdicts:
                texts[find.key].add(find.document)
        n = {key: min(MAX_PER_TEXT, len(documents)) for key, documents in texts.items()}
        counts[rule] = Precision(
            right=sum(k for key, k in n.items() if verdicts[key] == "right"), judged=sum(n.values())
        )
    return counts


def print_unjudged(found: dict[str, list[Find]], verdicts: dict[str, str], at_most: int) -> None:
    """One removal per document and text, chosen by hash."""
    for rule, rows in sorted(found.items()):
        unjudged = [find for find in rows if find.key not in verdicts]
        chosen = {find.key: find for find in sorted(unjudged, key=lambda find: find.document)}
        for key in sorted(chosen)[:at_most]:
            find = chosen[key]
            print(f"#{key} [{rule}]\n  before: {_short(find.before)}\n  REMOVED: {_short(find.text, 500)}")
            print(f"  after: {_short(find.after)}\n")


def _short(text: str, length: int = 160) -> str:
    text = " / ".join(text.split("\n"))
    return text if len(text) <= length else f"{text[: length - 60]} [...] {text[-60:]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--unjudged", type=int, metavar="N", default=0)
    options = parser.parse_args()
    index, found = RuleIndex(load_rules()), defaultdict(list)
    for source in (articles, pages):
        for document in source():
            for find in finds(document, index):
                found[find.rule].append(find)
    verdicts = judgements()
    if options.unjudged:
        print_unjudged(found, verdicts, options.unjudged)
        return
    counts = measure(found, verdicts) | planted_blocks(load_rules())
    for rule, planted in {**planted_appeals(index), "headline.inside": planted_reports()}.items():
        natural = counts.get(rule, Precision(0, 0))
        counts[rule] = Precision(natural.right + planted.right, natural.judged + planted.judged)
    print_machine()
    for rule, count in sorted(counts.items()):
        print(
            f"{rule:32} found {len(found.get(rule, [])):5}  right {count.right:3} of {count.judged:3} judged"
            f"  lower bound {count.lower_bound:.3f}{'' if count.is_proven else '  not proven'}"
        )
    if options.write:
        rows = {rule: {"right": one.right, "judged": one.judged} for rule, one in sorted(counts.items())}
        about = "Removals judged by reading; see benchmarks/measure_rules.py."
        data = {"version": 1, "about": about, "rules": {"en": rows}}
        MEASURED.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
