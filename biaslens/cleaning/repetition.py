"""The second layer: what an outlet prints again and again, learned from its own articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from biaslens.articles import Articles
from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line
from biaslens.cleaning.outlet_counts import OutletCounts, Repeated, joined
from biaslens.cleaning.repeated_blocks import Places, RepeatedPage
from biaslens.cleaning.units import is_among, split_units

# A sentence is an outlet's own if other outlets have a tenth as many articles with it.
_MAX_SHARE_ELSEWHERE = 0.1


@dataclass(frozen=True, slots=True)
class Repeats:
    """What each outlet repeats."""

    outlets: Mapping[str, Repeated]


def learn_repeats(articles: Articles, profiles: Iterable[OutletCounts] = ()) -> Repeats:
    """What each outlet repeats, in these articles and in those that profiles were learned from.

    Neither the order of the articles nor their division into profiles matters: the same text counts once.
    Articles without an outlet teach nothing.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for outlet, text in zip(articles.outlet, articles.text, strict=True):
        texts[outlet].append(text)
    parts: dict[str, list[OutletCounts]] = defaultdict(list)
    for part in (*profiles, *(OutletCounts.of(outlet, found) for outlet, found in texts.items() if outlet)):
        parts[part.outlet].append(part)
    return _compared([OutletCounts.merged(found) for _, found in sorted(parts.items())])


def _compared(counts: Sequence[OutletCounts]) -> Repeats:
    """What each outlet repeats, marked where others print it too."""
    repeated = [one.repeated() for one in counts]
    keys = np.unique(joined([one.key for one in repeated], np.uint64))
    total = np.zeros(len(keys), dtype=np.int64)
    for one in counts:
        rows = np.searchsorted(keys, one.key[is_among(one.key, keys)])
        total += np.bincount(rows, minlength=len(keys))
    shared = [
        total[np.searchsorted(keys, one.key)] - one.n > _MAX_SHARE_ELSEWHERE * one.n for one in repeated
    ]
    marked = [replace(one, is_shared=is_shared) for one, is_shared in zip(repeated, shared, strict=True)]
    return Repeats({one.outlet: one.without_common_language() for one in marked})


def find_repeats(lines: Sequence[Line], outlet: str, repeats: Repeats) -> list[Removal]:
    """What this outlet is known to repeat and reads as its own doing, not as news; in reading order.

    A block is a run of repeated sentences. It is removed where it speaks to the reader; or, short and
    without reported speech, where it stands at the edge and has little in common with its article.
    """
    known = repeats.outlets.get(outlet)
    if known is None or not len(known.key) or not lines:
        return []
    text = "\n".join(line.text for line in lines)
    units = split_units(text)
    row = known.look_up(units)
    if row.max(initial=-1) < 0:
        return []
    page, places = RepeatedPage(text, units, known, row), Places(lines)
    return [places.removal(page, block) for block in page.blocks()]
