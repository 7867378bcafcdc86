"""The minimum-sample ladder: what a number of shared events allows to be said, and in which words."""

from __future__ import annotations

from math import ceil, log2
from typing import Literal

from biaslens.settings import Settings

Status = Literal["ok", "provisional", "estimate only", "counts only", "no shared event", "too rare"]

# The level that conclusions are compared at: the one that readers go by.
LEVEL = 0.05
# Two events have a range but no spread to speak of: below three, only the counts are shown.
MIN_EVENTS_FOR_ESTIMATE = 3
# Ranks move too easily below this; the figure is a convention, not the outcome of a benchmark.
MIN_EVENTS_FOR_RANKING = 20


def status_of(
    n_events: int,
    settings: Settings,
    *,
    n_telling: int | None = None,
    too_rare: bool = False,
    lopsided: bool = False,
) -> Status:
    """What may be printed for a pair of outlets with so many shared events.

    n_telling  shared events in which there is something to count, all where it is None: five hits in five of
               twelve events make no smaller p-value than five events do
    too_rare   the hits are too few for a rate
    lopsided   the hits are too few for a test, as one side writes much less than the other

    >>> [status_of(n, Settings()) for n in (0, 2, 5, 9, 10)]
    ['no shared event', 'counts only', 'estimate only', 'provisional', 'ok']
    """
    if n_events == 0:
        return "no shared event"
    if too_rare:
        return "too rare"
    n_tested = n_events if n_telling is None else n_telling
    if lopsided or n_tested < settings.min_shared_events:
        return "estimate only" if n_events >= MIN_EVENTS_FOR_ESTIMATE else "counts only"
    return "ok" if n_tested >= settings.min_adjusted_events else "provisional"


def smallest_p(n_events: int) -> float:
    """The smallest two-sided p-value that flipping the signs of n_events differences can give.

    >>> smallest_p(3)
    0.25
    """
    return min(1.0, 2.0 ** (1 - n_events))


def events_for_discovery(n_tests: int, rate: float) -> int:
    """Shared events from which one of n_tests can be a discovery at a false discovery ``rate``.

    The smallest p, 2^(1-E), must not exceed rate / n_tests (Benjamini & Hochberg 1995).

    >>> events_for_discovery(20, 0.05)
    10
    """
    return 1 + ceil(log2(n_tests / rate))


def events_for_interval(settings: Settings) -> int:
    """Events from which an interval is printed: as many as a p-value needs, and enough for both ends.

    >>> events_for_interval(Settings()), events_for_interval(Settings(confidence=0.99))
    (6, 8)
    """
    return max(settings.min_shared_events, 1 + ceil(log2(1 / (1 - settings.confidence)) - 1e-9))


def pair_sentence(outlet_a: str, outlet_b: str, n_events: int, settings: Settings) -> str:
    """What the shared events of two outlets allow to be said, for a reader who knows no statistics.

    >>> print(pair_sentence("Reuters", "Xinhua", 2, Settings()))
    Reuters and Xinhua share 2 events: too few for an estimate. Read the counts and the sentences behind them.
    """
    pair, shared = f"{outlet_a} and {outlet_b}", _events(n_events)
    status = status_of(n_events, settings)
    if status == "no shared event":
        return (
            f"{pair} share no event: their values stand side by side, "
            "but nothing here says that the outlets differ."
        )
    if status == "counts only":
        return (
            f"{pair} share {shared}: too few for an estimate. Read the counts and the sentences behind them."
        )
    if status == "estimate only":
        return (
            f"{pair} share {shared}: the estimates describe these articles only. With {shared} the smallest "
            f"possible p-value is {smallest_p(n_events):g}, so none is printed."
        )
    if status == "provisional":
        return (
            f"{pair} share {shared}: p-values and intervals are provisional and not corrected for the number "
            f"of questions asked; that takes {settings.min_adjusted_events} shared events."
        )
    return (
        f"{pair} share {shared}: differences are taken inside these events, "
        "and q-values account for the number of questions asked."
    )


def correction_sentence(n_tests: int, needed: int, most: int) -> str:
    """What correcting for many questions asks of the shared events.

    needed  events that one difference by itself takes, in the family with the fewest tests
    most    events that the two outlets share which share most

    >>> print(correction_sentence(240, 13, 11))
    240 tests are corrected together. One difference by itself takes 13 shared events to stand out among them;
    no two outlets here share more than 11, so that only several differences together can.
    """
    start = (
        f"{n_tests:,} tests are corrected together. One difference by itself takes {_events_shared(needed)} "
        "to stand out among them"
    )
    if most >= needed:
        return f"{start}."
    start += f"; no two outlets here share more than {most:,}"
    return f"{start}, so that only several differences together can."


def _events_shared(n_events: int) -> str:
    return f"{n_events:,} shared event" + ("" if n_events == 1 else "s")


def _events(n_events: int) -> str:
    return "1 event" if n_events == 1 else f"{n_events:,} events"
