"""Sign flips: what the sums over events could have been if the two outlets had changed places at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, shake_128
from math import floor

import numpy as np
import numpy.typing as npt

from biaslens.settings import Settings
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

FloatArray = npt.NDArray[np.float64]

# Up to here every arrangement of signs is listed (2^12 = 4,096), above it they are drawn.
MAX_LISTED_EVENTS = 12
# Beyond this many events, events whose names hash alike flip together. A sum of symmetric differences is
# symmetric, so the test stays exact; with hundreds of free signs no power is lost, and cost stops growing.
MAX_FREE_SIGNS = 512
# Sums of integers below 2^53 are exact in float64; two bits are kept in reserve.
_EXACT_BITS = 51


@dataclass(frozen=True, slots=True)
class Limits:
    """Ends of intervals, each of shape (n_columns,); -inf or inf where an interval is open on that side."""

    low: FloatArray
    high: FloatArray

    def unless_degenerate(self) -> Limits:
        """The same limits, NaN where both ends coincide.

        They do where all events agree exactly (no hit in one outlet, say). Sign flips then show no chance
        at work, and an interval of no width would claim a certainty that nobody has.
        """
        same = np.isclose(self.low, self.high, rtol=1e-7, atol=0.0)
        return Limits(np.where(same, np.nan, self.low), np.where(same, np.nan, self.high))


@dataclass(frozen=True, slots=True)
class SignTable:
    """Arrangements of signs, the observed one (all +1) first.

    row    shape (n_events,): which sign an event takes
    signs  +1.0 or -1.0, shape (n_signs, n_arrangements)
    """

    row: IntArray
    signs: FloatArray

    @property
    def n_arrangements(self) -> int:
        return int(self.signs.shape[1])

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum over events under every arrangement: (n_events, n_columns) to (n_columns, n_arrangements)."""
        sums, bits = self._integer_sums(values)
        return np.ldexp(sums, -bits[:, None])

    def p_values(self, values: FloatArray) -> FloatArray:
        """Share of arrangements whose sum is at least as far from 0 as the observed one, shape (n_columns,).

        As the observed arrangement is one of them, B drawn ones give (1 + #) / (B + 1). Never 0.

        >>> table = SignTable.listed()
        >>> table.p_values(np.array([[2.0], [1.0], [3.0]] + [[0.0]] * 9))
        array([0.25])
        """
        sums, _ = self._integer_sums(values)
        return np.asarray(np.mean(np.abs(sums) >= self._tied(sums)[:, None], axis=1))

    def excess(self, values: FloatArray, level: float) -> FloatArray:
        """How far the observed sum lies beyond what a test at 1 - ``level`` accepts, shape (n_columns,).

        The test rejects where it is above 0; -inf where there are too few arrangements to reject anything.
        """
        sums, bits = self._integer_sums(values)
        others = self.n_kept(level) - 1
        if others == 0:
            return np.full(len(sums), -np.inf)
        # The observed arrangement always reaches itself. Leaving it out here, and in the number needed, keeps
        # this function of the values from being flat where the test begins to reject.
        accepted = _nth_largest(np.abs(sums[:, 1:]), others)
        return np.ldexp(self._tied(sums) - accepted, -bits)

    def ratio_limits(self, total: FloatArray, weight: FloatArray, level: float) -> Limits:
        """All R for which flipping the signs of ``total - R * weight`` does not reject.

        One arrangement parts the events into two sets. Its sum reaches the observed one exactly when R
        lies between the two sets' own ratios: the limits are order statistics of those, without a search.
        Arguments have shape (n_events, n_columns), weights are 0 or more; weight 1 gives the limits of a
        mean difference.
        """
        totals, weights = self.sums(total), self.sums(weight)
        with np.errstate(divide="ignore", invalid="ignore"):
            plus = (totals[:, :1] + totals) / (weights[:, :1] + weights)
            minus = (totals[:, :1] - totals) / (weights[:, :1] - weights)
        low, high = np.minimum(plus, minus), np.maximum(plus, minus)
        one_set_empty = ~(np.isfinite(low) & np.isfinite(high))
        low[one_set_empty], high[one_set_empty] = -np.inf, np.inf
        kept = self.n_kept(level)
        return Limits(-_nth_largest(-low, kept), _nth_largest(high, kept))

    def n_kept(self, level: float) -> int:
        """Arrangements that must reach the observed sum for p to stay above 1 - level."""
        return floor((1 - level) * self.n_arrangements + 1e-9) + 1

    def _integer_sums(self, values: FloatArray) -> tuple[FloatArray, IntArray]:
        """Sums as whole numbers of 2^-bits, and bits per column.

        Rounding to a power-of-two fraction makes every sum exact: equal sums are equal, whatever the order of
        events or the machine.
        """
        folded = values
        if len(self.row) != len(self.signs):
            folded = np.zeros((len(self.signs), values.shape[1]))
            np.add.at(folded, self.row, values)
        bits = _fraction_bits(folded)
        return np.rint(np.ldexp(folded, bits)).T @ self.signs, bits

    def _tied(self, sums: FloatArray) -> FloatArray:
        """The observed distance from 0, less what rounding can add: half a unit per sign in either sum."""
        return np.asarray(np.abs(sums[:, 0]) - len(self.signs))

    @classmethod
    def listed(cls) -> SignTable:
        """Every arrangement of 12 signs, up to the overall sign, which changes no two-sided test.

        Fewer events leave rows of zeros: each arrangement then stands there equally often, and p is the same.
        """
        return _listed_signs()

    @classmethod
    def drawn(cls, events: Sequence[str], settings: Settings) -> SignTable:
        """The observed arrangement and ``settings.draws`` drawn ones.

        The sign of an event in a draw is a bit of SHAKE-128 keyed by seed and event name: it depends on
        nothing else, so neither the order of events nor their partition can change a result.
        """
        keys, row = np.array(events, dtype=object), np.arange(len(events))
        if len(events) > MAX_FREE_SIGNS:
            buckets = np.array([_bucket(event) for event in events])
            used, row = np.unique(buckets, return_inverse=True)
            keys = np.array([f"bucket {bucket}" for bucket in used.tolist()], dtype=object)
        n_bytes = (settings.draws + 7) // 8
        raw = b"".join(shake_128(_key(str(settings.seed), key)).digest(n_bytes) for key in keys.tolist())
        packed = np.frombuffer(raw, dtype=np.uint8).reshape(len(keys), n_bytes)
        bits = np.unpackbits(packed, axis=1, count=settings.draws)
        signs = np.ones((len(keys), settings.draws + 1))
        np.copyto(signs[:, 1:], -1.0, where=bits.astype(bool))
        return cls(row, signs)


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are flipped with one table of signs.

    columns  shape (n_columns,): which columns of the data
    events   shape (n_rows, n_columns): which event each column has in each row
    present  shape (n_rows, n_columns): False where there is no event, but only filling
    """

    columns: IntArray
    events: IntArray
    present: BoolArray
    table: SignTable

    def rows(self, values: npt.NDArray[np.generic], filling: float = 0.0) -> FloatArray:
        """The block's part of a (n_events, n_all_columns) array, ``filling`` where no event is."""
        return np.where(self.present, values[self.events, self.columns], filling).astype(np.float64)


def blocks(present: BoolArray, events: Sequence[str], settings: Settings) -> Iterator[Block]:
    """The columns of (n_events, n_columns) data in blocks, each with its signs.

    Columns with at most 12 events have all arrangements listed, the others have them drawn; columns
    without an event are in no block.
    """
    n_events = present.sum(axis=0)
    few = np.flatnonzero((n_events > 0) & (n_events <= MAX_LISTED_EVENTS))
    if len(few):
        yield _listed_block(present, few)
    some = np.flatnonzero((n_events > MAX_LISTED_EVENTS) & (n_events <= MAX_FREE_SIGNS))
    many = np.flatnonzero(n_events > MAX_FREE_SIGNS)
    for columns in (*_groups(present, some), *([many] if len(many) else [])):
        rows = np.flatnonzero(present[:, columns].any(axis=1))
        table = SignTable.drawn([events[row] for row in rows.tolist()], settings)
        placed = np.broadcast_to(rows[:, None], (len(rows), len(columns)))
        yield Block(columns, placed, present[placed, columns], table)


def _groups(present: BoolArray, columns: IntArray) -> list[IntArray]:
    """Columns together where their events together have free signs, else one by one."""
    if len(columns) and present[:, columns].any(axis=1).sum() > MAX_FREE_SIGNS:
        return list(columns.reshape(-1, 1))
    return [columns] if len(columns) else []


def _listed_block(present: BoolArray, columns: IntArray) -> Block:
    shown = np.zeros((max(len(present), MAX_LISTED_EVENTS), len(columns)), dtype=bool)
    shown[: len(present)] = present[:, columns]
    first = np.argsort(~shown, axis=0, kind="stable")[:MAX_LISTED_EVENTS]
    taken = np.take_along_axis(shown, first, axis=0)
    return Block(columns, np.where(taken, first, 0), taken, SignTable.listed())


@cache
def _listed_signs() -> SignTable:
    arrangement = np.arange(2 ** (MAX_LISTED_EVENTS - 1))
    event = np.arange(MAX_LISTED_EVENTS)
    signs = np.where((arrangement[None, :] >> event[:, None]) & 1, -1.0, 1.0)
    signs.setflags(write=False)
    return SignTable(event, signs)


def _bucket(event: str) -> int:
    return int.from_bytes(blake2b(_key("bucket", event), digest_size=8).digest(), "little") % MAX_FREE_SIGNS


def _key(*parts: str) -> bytes:
    return "\x1f".join(parts).encode("utf-8", "surrogatepass")


def _fraction_bits(values: FloatArray) -> npt.NDArray[np.int64]:
    """Binary places to keep in each column, so that no sum of its values leaves the exact range."""
    peak = np.abs(values).max(axis=0, initial=0.0) * max(len(values), 1)
    return np.asarray(_EXACT_BITS - np.frexp(peak)[1], dtype=np.int64)


def _nth_largest(values: FloatArray, n: int) -> FloatArray:
    return np.partition(values, values.shape[1] - n, axis=1)[:, values.shape[1] - n]
