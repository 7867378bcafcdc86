"""Shared copy: planted and natural pairs, passages, and two MinHash packages on the same shingles.

Run: python benchmarks/quality_copies.py (about four minutes); pip install datasketch rensa for the peers.
``--read 30`` prints natural pairs to read. Only the narration is compared: words outside quotation marks.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine
from planted_copies import KINDS, VERBATIM_HALF, WITH_PARAGRAPHS, Planted, PlantedSet, plant

import biaslens
from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.events.copies import Copies, find_copies
from biaslens.events.origins import rank_origins
from biaslens.events.shingles import Shingles, shingle_corpus
from biaslens.first_pass import annotate, clean_part, kept_texts
from biaslens.settings import Settings

Pair = tuple[int, int]
THRESHOLDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
N_PERMUTATIONS = 128
SHOWN_WORDS = 45


@dataclass(frozen=True)
class Narrations:
    """Articles as the first pass sees them: shingles with and without quotations, and where words start."""

    articles: Articles
    shingles: Shingles
    with_quotations: Shingles
    word_start: tuple[npt.NDArray[np.int64], ...]
    word_end: tuple[npt.NDArray[np.int64], ...]

    @property
    def outlet(self) -> npt.NDArray[np.int64]:
        names = sorted(set(self.articles.outlet))
        code = {name: row for row, name in enumerate(names)}
        return np.array([code[name] for name in self.articles.outlet])

    def copies(self, shingles: Shingles) -> Copies:
        origins = rank_origins(shingles, self.outlet, self.articles.date, np.arange(len(self.articles)))
        return find_copies(shingles, origins, Settings())


def narrate(articles: Articles, settings: Settings) -> Narrations:
    """The first pass over all articles; two hundred at a time, as the library does it."""
    repeats = learn_repeats(articles) if settings.clean else Repeats({})
    parts: list[Shingles] = []
    whole: list[Shingles] = []
    starts: list[npt.NDArray[np.int64]] = []
    ends: list[npt.NDArray[np.int64]] = []
    for first in range(0, len(articles), settings.part_size):
        part = articles.take(range(first, min(first + settings.part_size, len(articles))))
        corpus = annotate(part, clean_part(part, repeats, settings).kept, settings)
        tokens = corpus.tokens
        parts.append(shingle_corpus(tokens, corpus.is_unquoted))
        whole.append(shingle_corpus(tokens, tokens.is_word))
        words = np.flatnonzero(tokens.is_word & corpus.is_unquoted)
        bounds = np.searchsorted(words, tokens.article_first)[1:-1]
        starts += np.split(tokens.start[words], bounds)
        ends += np.split(tokens.end[words], bounds)
    return Narrations(
        articles, Shingles.concatenate(parts), Shingles.concatenate(whole), tuple(starts), tuple(ends)
    )


def without_boilerplate(frame: pd.DataFrame) -> pd.DataFrame:
    """The articles with the text that cleaning keeps, so that nothing but the planted text is shared."""
    articles = biaslens.read(frame.assign(event=frame["event_id"], id=frame.index.astype(str)))
    cleaned = clean_part(articles, learn_repeats(articles), Settings())
    return frame.assign(text=list(kept_texts(articles, cleaned)))


def share(hits: int, n: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not n:
        return "      -"
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = max(0.0, (middle - half) / (1 + z * z / n)), (middle + half) / (1 + z * z / n)
    return f"{p:.3f} ({low:.3f} to {high:.3f}, n {n:,})"


def planted_articles(planted: PlantedSet) -> Articles:
    originals = [
        {"outlet": outlet, "text": text, "date": "2020-03-10"}
        for outlet, text in zip(planted.outlets, planted.originals, strict=True)
    ]
    copies = [
        {"outlet": f"Copying outlet {row % 14}", "text": copy.text, "date": "2020-03-11"}
        for row, copy in enumerate(planted.copies)
    ]
    return biaslens.read([*originals, *copies])


def print_planted(planted: PlantedSet, found: Copies) -> None:
    n = len(planted.originals)
    truth = {(copy.source, n + row): copy.kind for row, copy in enumerate(planted.copies)}
    listed = {(min(p), max(p)) for p in zip(found.a.tolist(), found.b.tolist(), strict=True)}
    is_copy = np.array(found.relation) == "copy"
    marked = {
        (min(p), max(p)) for p in zip(found.a[is_copy].tolist(), found.b[is_copy].tolist(), strict=True)
    }
    print(
        f"\n{len(truth):,} planted copies, {n:,} originals; pairs that share no text already are all others"
    )
    print(f"{'kind':24} {'listed (containment >= .15)':34} {'marked as copy (half taken over)':34}")
    for kind in KINDS:
        pairs = {pair for pair, name in truth.items() if name == kind}
        shares = [share(len(pairs & chosen), len(pairs)) for chosen in (listed, marked)]
        print(f"{kind:24} {shares[0]:34} {shares[1]:34}")
    halves = {pair for pair, name in truth.items() if name in VERBATIM_HALF}
    print(f"{'half or more, verbatim':24} {share(len(halves & listed), len(halves))}")
    print(f"{'all':24} {share(len(listed & truth.keys()), len(truth))}")
    for name, pairs in (("listed", listed), ("marked", marked)):
        print(f"precision of {name:11} {share(len(pairs & truth.keys()), len(pairs))}")
    right = found.copy_of[n:] == [copy.source for copy in planted.copies]
    print(f"{'original named':24} {share(int(np.count_nonzero(right)), int((found.copy_of[n:] >= 0).sum()))}")


def print_by_share(planted: PlantedSet, narrations: Narrations, found: Copies) -> None:
    """How much of a copy must be the source's words before it is marked, in spite of its seams."""
    n = len(planted.originals)
    mixed = [(row, copy) for row, copy in enumerate(planted.copies) if copy.kind in WITH_PARAGRAPHS]
    shares = np.array(
        [
            np.array(copy.copied)[paragraph_of_words(copy, narrations.word_start[n + row])].mean()
            for row, copy in mixed
        ]
    )
    marked = found.copy_of[[n + row for row, _ in mixed]] >= 0
    print("\nmarked as copy, by the share of its words that were taken over")
    for low, high in ((0.3, 0.4), (0.4, 0.5), (0.5, 0.55), (0.55, 0.6), (0.6, 0.7), (0.7, 1.01)):
        inside = (shares >= low) & (shares < high)
        n_marked, n_inside = np.count_nonzero(marked & inside), np.count_nonzero(inside)
        print(f"{low:.2f} to {min(high, 1):.2f}  {share(n_marked, n_inside)}")


def print_peers(planted: PlantedSet, shingles: Shingles) -> None:
    """MinHash packages, each at the threshold of estimated Jaccard similarity that serves it best."""
    n = len(planted.originals)
    truth = {(copy.source, n + row) for row, copy in enumerate(planted.copies)}
    halves = {(copy.source, n + row) for row, copy in enumerate(planted.copies) if copy.kind in VERBATIM_HALF}
    rows = [
        np.unique(shingles.hash[a:b]) for a, b in zip(shingles.first[:-1], shingles.first[1:], strict=True)
    ]
    for name, peer in (("datasketch", by_datasketch), ("rensa", by_rensa)):
        began = time.process_time()
        try:
            found = peer(rows)
        except ImportError:
            print(f"{name}: not installed")
            continue
        seconds = time.process_time() - began
        scored = {
            level: {pair for pair, similarity in found.items() if similarity >= level} for level in THRESHOLDS
        }
        best = max(THRESHOLDS, key=lambda level: f1(scored[level], truth))
        pairs = scored[best]
        print(
            f"{name:11} Jaccard >= {best}: precision {share(len(pairs & truth), len(pairs))}, recall "
            f"{share(len(pairs & truth), len(truth))}, of halves {share(len(pairs & halves), len(halves))}, "
            f"{seconds / len(rows) * 1e6:.0f} us an article"
        )


def f1(found: set[Pair], truth: set[Pair]) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth))


def by_datasketch(rows: Sequence[npt.NDArray[np.uint32]]) -> dict[Pair, float]:
    from datasketch import MinHash, MinHashLSH

    sketches = []
    for hashes in rows:
        sketches.append(MinHash(num_perm=N_PERMUTATIONS))
        sketches[-1].update_batch([value.tobytes() for value in hashes])
    # 64 bands of two: half of all pairs with a similarity of .1 meet.
    index = MinHashLSH(num_perm=N_PERMUTATIONS, params=(64, 2))
    for row, sketch in enumerate(sketches):
        if len(rows[row]):
            index.insert(row, sketch)
    return _compared(sketches, rows, index.query)


def by_rensa(rows: Sequence[npt.NDArray[np.uint32]]) -> dict[Pair, float]:
    from rensa import RMinHash, RMinHashLSH

    sketches = []
    for hashes in rows:
        sketches.append(RMinHash(num_perm=N_PERMUTATIONS, seed=1))
        sketches[-1].update([str(value) for value in hashes.tolist()])
    index = RMinHashLSH(threshold=0.1, num_perm=N_PERMUTATIONS, num_bands=64)
    for row, sketch in enumerate(sketches):
        if len(rows[row]):
            index.insert(row, sketch)
    return _compared(sketches, rows, index.query)


def _compared(
    sketches: Sequence[object],
    rows: Sequence[npt.NDArray[np.uint32]],
    query: Callable[[object], Iterable[int]],
) -> dict[Pair, float]:
    """Estimated similarity of every pair that meets in the index."""
    found: dict[Pair, float] = {}
    for row, sketch in enumerate(sketches):
        for other in query(sketch) if len(rows[row]) else ():
            if other < row:
                found[other, row] = sketch.jaccard(sketches[other])  # type: ignore[attr-defined]
    return found


def print_passages(planted: PlantedSet, narrations: Narrations, found: Copies) -> None:
    """Which paragraphs are copied, and how much of the article: by the passages of its source."""
    n = len(planted.originals)
    print(f"\n{'paragraphs copied':24} {'P':>6} {'R':>6} {'F1':>6}  error of the share: mean, 95th centile")
    for kind in WITH_PARAGRAPHS:
        outcomes, errors = [], []
        for row, copy in enumerate(planted.copies):
            if copy.kind != kind:
                continue
            paragraph = paragraph_of_words(copy, narrations.word_start[n + row])
            copied = np.array(copy.copied)[paragraph]
            inside = words_inside(found, n + row, len(paragraph), copy.source)
            sizes = np.bincount(paragraph, minlength=len(copy.paragraphs))
            share_inside = np.bincount(paragraph, weights=inside, minlength=len(sizes)) / np.maximum(sizes, 1)
            tried = sizes >= 5
            outcomes.append(np.stack([share_inside[tried] >= 0.5, np.array(copy.copied)[tried]]))
            if len(paragraph):
                shared = found.passages.shared_words[n + row]
                errors.append(abs(shared / len(paragraph) - copied.mean()))
        said, is_true = np.concatenate(outcomes, axis=1)
        hits = np.count_nonzero(said & is_true)
        precision, recall = hits / max(1, said.sum()), hits / max(1, is_true.sum())
        score = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{kind:24} {precision:6.3f} {recall:6.3f} {score:6.3f}  {np.mean(errors):.3f}, "
            f"{np.quantile(errors, 0.95):.3f} ({len(errors)} articles, {len(said):,} paragraphs)"
        )


def paragraph_of_words(copy: Planted, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Number of each narration word's paragraph."""
    ends = np.cumsum([len(paragraph) + 1 for paragraph in copy.paragraphs])
    return np.searchsorted(ends, starts, side="right")


def words_inside(found: Copies, article: int, n_words: int, source: int) -> npt.NDArray[np.bool_]:
    """Which words of an article stand in passages from this source."""
    inside = np.zeros(n_words, dtype=bool)
    passages = found.passages.take([article])
    for first, size, origin in zip(passages.first_word, passages.n_words, passages.source, strict=True):
        inside[first : first + size] |= origin == source
    return inside


def print_natural(name: str, n_read: int) -> None:
    frame = pd.read_parquet(folder() / f"{name}.parquet", columns=["outlet", "title", "date", "text"])
    frame = frame.drop_duplicates(["outlet", "text"])
    narrations = narrate(biaslens.read(frame), Settings())
    outlet = narrations.outlet
    own = narrations.copies(narrations.shingles)
    whole = narrations.copies(narrations.with_quotations)
    across = outlet[own.a] != outlet[own.b]
    most = np.maximum(own.containment_a, own.containment_b)
    print(f"\n{name}: {len(narrations.articles):,} articles")
    for relation in ("copy", "update", "partial"):
        is_so = np.array(own.relation) == relation
        print(
            f"  {relation:8} {np.count_nonzero(is_so & across):5,} pairs across outlets, "
            f"{np.count_nonzero(is_so & ~across):5,} within"
        )
    listed = set(zip(own.a.tolist(), own.b.tolist(), strict=True))
    across_whole = np.flatnonzero(outlet[whole.a] != outlet[whole.b])
    with_quotations = [
        (min(a, b), max(a, b))
        for a, b in zip(whole.a[across_whole].tolist(), whole.b[across_whole].tolist(), strict=True)
    ]
    listed = {(min(pair), max(pair)) for pair in listed}
    mostly = sum(pair not in listed for pair in with_quotations)
    print(f"  with quotations, across outlets: {len(with_quotations):,} pairs, mostly quotations: {mostly:,}")
    n_passages = len(own.passages)
    words = own.passages.shared_words.sum() / max(1, narrations.shingles.n_words.sum())
    print(
        f"  {n_passages:,} passages in {np.count_nonzero(own.passages.shared_words):,} articles: "
        f"{words:.1%} of all narration"
    )
    rng = np.random.default_rng(0)
    rows = np.flatnonzero(across)
    for row in np.sort(rng.choice(rows, min(n_read, len(rows)), replace=False)).tolist():
        print_pair(narrations, own, row, float(most[row]))


def print_pair(narrations: Narrations, found: Copies, row: int, most: float) -> None:
    a, b = int(found.a[row]), int(found.b[row])
    articles = narrations.articles
    print(f"  {found.relation[row]} {most:.2f}, {found.shared_words[row]} words")
    for article in (a, b):
        print(f"    {articles.outlet[article]} {articles.date[article]}: {articles.title[article][:90]}")
    passages = found.passages.take([b])
    if len(passages):
        longest = int(np.argmax(passages.n_words))
        first = int(passages.first_word[longest])
        last = first + min(SHOWN_WORDS, int(passages.n_words[longest])) - 1
        start, end = int(narrations.word_start[b][first]), int(narrations.word_end[b][last])
        print(f"    {passages.n_words[longest]} words: {articles.text[b][start:end]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N natural pairs of each set")
    parser.add_argument("--quick", action="store_true", help="planted copies only, without the peers")
    chosen = parser.parse_args()
    print_machine()
    columns = ["event_id", "source", "text"]
    frame = pd.read_parquet(folder() / "allsides_events.parquet", columns=columns)
    frame = without_boilerplate(frame.rename(columns={"source": "outlet"}))
    planted = plant(frame, np.random.default_rng(7))
    narrations = narrate(planted_articles(planted), Settings(clean=False))
    began = time.process_time()
    found = narrations.copies(narrations.shingles)
    seconds = time.process_time() - began
    print_planted(planted, found)
    print(f"biaslens: {seconds / len(narrations.articles) * 1e6:.0f} us an article, passages included")
    print_by_share(planted, narrations, found)
    print_passages(planted, narrations, found)
    if not chosen.quick:
        print()
        print_peers(planted, narrations.shingles)
        for name in ("allsides_10k", "ukraine_2022"):
            print_natural(name, chosen.read)


if __name__ == "__main__":
    main()
