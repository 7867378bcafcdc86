"""Sign flips: what the sums over events could have been if the two outlets had changed places at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b, shake_128
from math import floor

import numpy as np
import numpy.typing as npt

from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.tails import tail_probability
from biaslens.tokens import BoolArray

# Up to here every arrangement of signs is listed (2^12 = 4,096), above it they are drawn.
MAX_LISTED_EVENTS = 12
# Beyond this many events, events whose names hash alike flip together. A sum of symmetric differences is
# symmetric, so the test stays exact; with hundreds of free signs no power is lost, and cost stops growing.
MAX_FREE_SIGNS = 512
# Columns that each have free signs may have so many events together in one table (80 MB at most), which is
# much quicker than a table for each.
_MAX_ROWS = 2 * MAX_FREE_SIGNS
# Drawn arrangements, the observed one included, that reach the observed sum: so few are not counted on.
_FEW_REACH = 5
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
    keys   what each sign is drawn by; empty where all arrangements are listed
    """

    row: IntArray
    signs: FloatArray
    keys: tuple[str, ...] = ()

    @property
    def n_arrangements(self) -> int:
        return int(self.signs.shape[1])

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum over events under every arrangement: (n_events, n_columns) to (n_columns, n_arrangements)."""
        return self.folded(rounded(values)).T @ self.signs

    def p_values(self, values: FloatArray) -> FloatArray:
        """Share of arrangements whose sum is at least as far from 0 as the observed one, shape (n_columns,).

        As the observed arrangement is one of them, B drawn ones give (1 + #) / (B + 1). Where 5 or fewer of
        them reach the observed sum, p is that of tail_probability, but at most 5 / (B + 1): the draws cannot
        tell one in ten thousand from one in a million, which is what many tests together ask for. Never 0.

        >>> table = SignTable.listed()
        >>> table.p_values(np.array([[2.0], [1.0], [3.0]] + [[0.0]] * 9))
        array([0.25])
        """
        sums = np.abs(self.sums(values))
        reached = np.count_nonzero(sums >= (sums[:, 0] - self._tied(values))[:, None], axis=1)
        p = reached / self.n_arrangements
        few = np.flatnonzero((reached <= _FEW_REACH) & bool(self.keys))
        if len(few):
            # Not the smaller of it and the draws' own: of two chances to be small, one is often taken, and
            # p-values up to 1 in 10,000 would come up 1.4 times as often as they say.
            by_tail = tail_probability(self.folded(values[:, few]))
            p[few] = np.minimum(by_tail, _FEW_REACH / self.n_arrangements)
        return np.asarray(p)

    def excess(self, values: FloatArray, level: float) -> FloatArray:
        """How far the observed sum lies beyond what a test at 1 - ``level`` accepts, shape (n_columns,).

        The test rejects where it is above 0; -inf where there are too few arrangements to reject anything.
        """
        sums = np.abs(self.sums(values))
        others = self.n_kept(level) - 1
        if others == 0:
            return np.full(len(sums), -np.inf)
        # The observed arrangement always reaches itself. Leaving it out here, and in the number needed, keeps
        # this function of the values from being flat where the test begins to reject.
        return sums[:, 0] - self._tied(values) - nth_largest(sums[:, 1:], others)

    def ratio_limits(self, total: FloatArray, weight: FloatArray, level: float) -> Limits:
        """All R for which flipping the signs of ``total - R * weight`` does not reject.

        One arrangement parts the events into two sets. Its sum reaches the observed one exactly when R
        lies between the two sets' own ratios: the limits are order statistics of those, without a search.
        Arguments have shape (n_events, n_columns), weights are 0 or more; weight 1 gives the limits of a
        mean difference.
        """
        totals, weights, kept = self.sums(total), self.sums(weight), self.n_kept(level)
        return Limits(-_highest_ratio(-totals, weights, kept), _highest_ratio(totals, weights, kept))

    def highest_ratio(self, total: FloatArray, weight: FloatArray, level: float) -> FloatArray:
        """The high ends of ``ratio_limits`` alone, shape (n_columns,)."""
        totals, weights = np.split(self.sums(np.hstack([total, weight])), 2)
        return _highest_ratio(totals, weights, self.n_kept(level))

    def folded(self, values: FloatArray) -> FloatArray:
        """Sums of the events that flip together, shape (n_signs, n_columns)."""
        if len(self.row) == len(self.signs):
            return values
        order = np.argsort(self.row, kind="stable")
        used, first = np.unique(self.row[order], return_index=True)
        folded = np.zeros((len(self.signs), values.shape[1]))
        folded[used] = np.add.reduceat(values[order], first, axis=0)
        return folded

    def n_kept(self, level: float) -> int:
        """Arrangements that must reach the observed sum for p to stay above 1 - level."""
        return floor((1 - level) * self.n_arrangements + 1e-9) + 1

    def _tied(self, values: FloatArray) -> FloatArray:
        """Sums this near to each other are equal but for rounding: half a unit per event in either sum."""
        return _units(values) * len(self.row)

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
        if len(events) <= MAX_FREE_SIGNS:
            return cls.free(events, settings)
        # All buckets, used or not: the table is then the same for any events, and drawn once.
        keys = tuple(f"bucket {bucket}" for bucket in range(MAX_FREE_SIGNS))
        row = np.array([_bucket(event) for event in events], dtype=np.int64)
        return cls(row, _drawn_signs(keys, settings.seed, settings.draws), keys)

    @classmethod
    def free(cls, events: Sequence[str], settings: Settings) -> SignTable:
        """The same with a sign for each event, however many there are."""
        keys = tuple(events)
        return cls(np.arange(len(keys)), _drawn_signs(keys, settings.seed, settings.draws), keys)


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
        names = [events[row] for row in rows.tolist()]
        table = SignTable.drawn(names, settings) if columns is many else SignTable.free(names, settings)
        placed = np.broadcast_to(rows[:, None], (len(rows), len(columns)))
        yield Block(columns, placed, present[placed, columns], table)


def _groups(present: BoolArray, columns: IntArray) -> list[IntArray]:
    """Columns together where one table of signs can hold all their events, else one by one."""
    if len(columns) and present[:, columns].any(axis=1).sum() > _MAX_ROWS:
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


def keyed_bytes(keys: Sequence[str], n_bytes: int, *before: str) -> npt.NDArray[np.uint8]:
    """Random bytes of SHAKE-128 that depend on nothing but a key and what stands before it, a row per key."""
    raw = b"".join(shake_128(_key(*before, key)).digest(n_bytes) for key in keys)
    return np.frombuffer(raw, dtype=np.uint8).reshape(len(keys), n_bytes)


def keyed_generator(*key: str) -> np.random.Generator:
    """Random numbers that depend on nothing but a key."""
    number = int.from_bytes(blake2b(_key(*key), digest_size=16).digest(), "little")
    return np.random.Generator(np.random.PCG64(number))


# Pairs of outlets with many events have the same buckets: the table of one serves the next. The second place
# is for measures that have fewer events in the same pair.
@lru_cache(maxsize=2)
def _drawn_signs(keys: tuple[str, ...], seed: int, draws: int) -> FloatArray:
    packed = keyed_bytes(keys, (draws + 7) // 8, str(seed))
    signs = np.empty((len(keys), draws + 1))
    signs[:, 0] = 1.0
    signs[:, 1:] = np.unpackbits(packed, axis=1, count=draws)
    signs[:, 1:] *= -2.0
    signs[:, 1:] += 1.0
    signs.setflags(write=False)
    return signs


@lru_cache(maxsize=2**16)
def _bucket(event: str) -> int:
    return int.from_bytes(blake2b(_key("bucket", event), digest_size=8).digest(), "little") % MAX_FREE_SIGNS


def _key(*parts: str) -> bytes:
    return "\x1f".join(parts).encode("utf-8", "surrogatepass")


def rounded(values: FloatArray, largest_weight: float = 1.0) -> FloatArray:
    """The values, rounded so that no sum of them rounds: shape (n_events, n_columns).

    All values of a column become multiples of one power of 2. Sums of them, each times a whole number up to
    ``largest_weight``, are then the same whatever the order of events or the machine: equal sums are equal.
    """
    units = _units(values, largest_weight)
    return np.asarray(np.rint(values / units) * units)


def _units(values: FloatArray, largest_weight: float = 1.0) -> FloatArray:
    """The power of 2 to which each column is rounded, so that no sum of its values leaves the exact range."""
    # Rows of zeros do not count: what is beside a column cannot move it.
    peak = np.abs(values).max(axis=0, initial=0.0) * np.maximum(np.count_nonzero(values, axis=0), 1)
    # Powers below 2^-1000 would leave the range of normal numbers.
    exponent = np.maximum(np.frexp(peak * largest_weight)[1] - _EXACT_BITS, -1000)
    return np.asarray(np.ldexp(1.0, exponent), dtype=np.float64)


def nth_largest(values: FloatArray, n: int) -> FloatArray:
    """The n-th largest of each row; reorders ``values``. NaN counts as larger than any number."""
    values.partition(values.shape[1] - n, axis=1)
    return values[:, values.shape[1] - n].copy()


def _highest_ratio(totals: FloatArray, weights: FloatArray, kept: int) -> FloatArray:
    """The highest R that ``kept`` arrangements reach, from sums of shape (n_columns, n_arrangements)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # NaN comes of a set without weight: such an arrangement reaches every R.
        higher = (totals[:, :1] + totals) / (weights[:, :1] + weights)
        np.maximum(higher, (totals[:, :1] - totals) / (weights[:, :1] - weights), out=higher)
    highest = nth_largest(higher, kept)
    return np.where(np.isnan(highest), np.inf, highest)
