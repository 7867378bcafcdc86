"""Which sentences stand in which articles of an outlet: hashes that can be merged, and what repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from biaslens.cleaning.unit_batches import split_each
from biaslens.cleaning.units import BoolArray, HashArray, Units, mix
from biaslens.spans import IntArray

# A sentence must stand in so many articles of one outlet; benchmarks/quality_repetition.py compares 3, 5, 10.
MIN_ARTICLES = 5
# ... and in as many stories as this: versions of one report count as one, whatever their number.
_MIN_STORIES, _MIN_STORY_SHARE = 3.0, 0.25
N_SIGNATURE = 4
_SALTS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)
# Words that count as head and foot; of short articles a quarter each, so that a middle remains.
_HEAD_WORDS, _FOOT_WORDS, _N_PARTS = 40, 120, 4
IS_INSIDE, IS_QUOTED = 1, 2
# A sentence stands at the edge of an outlet's articles if it does so in this share of them.
EDGE_SHARE = 0.9


@dataclass(frozen=True, eq=False, slots=True)
class OutletCounts:
    """Which sentences stand in which articles of one outlet: hashes, no text.

    outlet     its name
    article    shape (n_articles,): hash of each distinct text, ascending
    signature  shape (n_articles, 4): MinHash values of its word pairs; versions of one report share most
    key        shape (n_rows,): hash of a sentence, or of its first and last words; ascending
    row        shape (n_rows,): the article it stands in; twice in one article is one row
    flags      shape (n_rows,): IS_INSIDE where it stands anywhere but at head and foot, IS_QUOTED where
               anywhere in a quotation

    Merging is a union: exact in any order, and an article that both sides hold counts once.
    """

    outlet: str
    article: HashArray
    signature: npt.NDArray[np.uint32]
    key: HashArray
    row: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, outlet: str, texts: Iterable[str]) -> OutletCounts:
        """What stands in some texts of an outlet; the same text counts once."""
        distinct = {_hash_text(text): text for text in texts if text.strip()}
        units = list(split_each(distinct.values()))
        key = joined([part for one in units for part in (one.key, one.frame)], np.uint64)
        flags = joined([part for one in units for part in (_flags(one),) * 2], np.uint8)
        row = np.repeat(np.arange(len(units)), [2 * len(one) for one in units])
        signature = np.array([_signature(one.word) for one in units], dtype=np.uint32)
        return cls(
            outlet,
            np.array([*distinct], dtype=np.uint64),
            signature.reshape(-1, N_SIGNATURE),
            key[key != 0],
            row[key != 0].astype(np.uint32),
            flags[key != 0],
        )._in_order()

    @classmethod
    def merged(cls, parts: Sequence[OutletCounts]) -> OutletCounts:
        """All articles of some parts of one outlet."""
        shifts = np.cumsum([0, *(len(part.article) for part in parts[:-1])]).tolist()
        return cls(
            parts[0].outlet,
            np.concatenate([part.article for part in parts]),
            np.concatenate([part.signature for part in parts]),
            np.concatenate([part.key for part in parts]),
            np.concatenate([part.row + np.uint32(shift) for part, shift in zip(parts, shifts, strict=True)]),
            np.concatenate([part.flags for part in parts]),
        )._in_order()

    def _in_order(self) -> OutletCounts:
        """Articles and rows in the order of their hashes, each once."""
        article, first, place = np.unique(self.article, return_index=True, return_inverse=True)
        row = place[self.row].astype(np.uint32)
        order = np.lexsort((row, self.key))
        key, row = self.key[order], row[order]
        starts = _starts(key, row)
        flags = np.bitwise_or.reduceat(self.flags[order], starts) if len(starts) else self.flags
        return OutletCounts(self.outlet, article, self.signature[first], key[starts], row[starts], flags)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OutletCounts) and _holds_same(self, other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def starts(self) -> IntArray:
        """First row of each distinct key."""
        return _starts(self.key)

    def trimmed(self, min_articles: int) -> OutletCounts:
        """Without the sentences that stand in fewer articles."""
        n = np.diff(self.starts, append=len(self.key))
        kept = np.repeat(n >= min_articles, n)
        return replace(self, key=self.key[kept], row=self.row[kept], flags=self.flags[kept])

    def repeated(self) -> Repeated:
        """The sentences that stand in enough articles, and those in enough stories."""
        rows = self.trimmed(MIN_ARTICLES)
        starts = rows.starts
        n = np.diff(starts, append=len(rows.key))
        number = np.repeat(np.arange(len(n)), n)
        stories = sum(
            (_n_distinct(number, rows.signature[rows.row, column]) for column in range(N_SIGNATURE)),
            np.zeros(len(n), dtype=np.int64),
        )
        kept = stories >= N_SIGNATURE * np.maximum(_MIN_STORIES, _MIN_STORY_SHARE * n)

        def count(is_so: BoolArray) -> IntArray:
            return np.bincount(number[is_so], minlength=len(n))[kept]

        key = rows.key[starts][kept]
        is_shared = np.zeros(len(key), dtype=bool)
        return Repeated(
            self.outlet,
            len(self.article),
            key,
            n[kept],
            count(rows.flags & IS_INSIDE == 0),
            count(rows.flags & IS_QUOTED > 0),
            is_shared,
        )


@dataclass(frozen=True, eq=False, slots=True)
class Repeated:
    """The sentences that one outlet repeats.

    outlet     its name
    n_texts    its distinct articles
    key        shape (n_keys,): hash of each sentence, ascending
    n          shape (n_keys,): articles it stands in
    n_edge     shape (n_keys,): ... only at the head or foot
    n_quoted   shape (n_keys,): ... inside a quotation
    is_shared  shape (n_keys,): whether other outlets print it too
    """

    outlet: str
    n_texts: int
    key: HashArray
    n: IntArray
    n_edge: IntArray
    n_quoted: IntArray
    is_shared: BoolArray

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Repeated) and _holds_same(self, other)

    __hash__ = None  # type: ignore[assignment]

    def without_common_language(self) -> Repeated:
        """Without what other outlets print too and what stands inside articles as well: "The U.S."."""
        kept = ~self.is_shared | (self.n_edge >= EDGE_SHARE * self.n)
        return Repeated(
            self.outlet,
            self.n_texts,
            self.key[kept],
            self.n[kept],
            self.n_edge[kept],
            self.n_quoted[kept],
            self.is_shared[kept],
        )

    def rows(self, keys: HashArray) -> IntArray:
        """The row of each key, -1 for none."""
        rows = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[rows] == keys, rows, -1)

    def look_up(self, units: Units) -> IntArray:
        """The row of each unit, -1 for none: as it stands or but for its middle, whichever is in more."""
        whole, frame = self.rows(units.key), self.rows(units.frame)
        is_better = (frame >= 0) & ((whole < 0) | (self.n[frame] > self.n[whole]))
        return np.where(is_better, frame, whole)


def _flags(units: Units) -> npt.NDArray[np.uint8]:
    """Whether each unit stands at the head or foot of its text, and whether inside a quotation."""
    n = len(units.word)
    head, foot = min(_HEAD_WORDS, n // _N_PARTS), min(_FOOT_WORDS, n // _N_PARTS)
    at_edge = (units.first[:-1] < head) | (n - units.first[1:] < foot)
    return (~at_edge * IS_INSIDE + units.is_quoted * IS_QUOTED).astype(np.uint8)


def _signature(word: HashArray) -> npt.NDArray[np.uint32]:
    """MinHash values of the word pairs (Broder 1997); single words if there are no pairs."""
    pairs = mix(word[:-1] + mix(word[1:])) if len(word) > 1 else word
    least: HashArray = np.multiply.outer(_SALTS, pairs).min(axis=1, initial=np.iinfo(np.uint64).max)
    return (least >> np.uint64(32)).astype(np.uint32)


def _hash_text(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _starts(*columns: npt.NDArray[np.unsignedinteger]) -> IntArray:
    """Rows that differ from the one above in some column."""
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(np.append(True, changes)[: len(columns[0])])


def _n_distinct(number: IntArray, value: npt.NDArray[np.uint32]) -> IntArray:
    """Distinct values beside each number from 0 on."""
    pairs = np.unique(number << 32 | value)
    return np.bincount(pairs >> 32)


def joined(parts: Sequence[npt.NDArray[np.generic]], dtype: type[np.generic]) -> npt.NDArray[np.generic]:
    return np.concatenate([np.zeros(0, dtype=dtype), *parts])


def _holds_same(a: OutletCounts | Repeated, b: OutletCounts | Repeated) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in a.__slots__)
