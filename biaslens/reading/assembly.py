"""Assembly: records become Articles, with dates read and wrong decoding undone."""

from __future__ import annotations

from collections import Counter

import numpy as np

from biaslens.articles import Articles
from biaslens.errors import DuplicateIds
from biaslens.reading.dates import parse_dates
from biaslens.reading.records import Records, joined_notes
from biaslens.reading.repair import Repaired, repair

_NAMED = 5


def articles_of(records: Records, repair_mojibake: bool) -> Articles:
    """The articles that the records describe, row by row; raises DuplicateIds."""
    _refuse_duplicates(records.id)
    dates = parse_dates(records.date)
    repaired = [repair(text) if repair_mojibake else Repaired(text, None, 0) for text in records.text]
    return Articles(
        id=records.id,
        outlet=tuple(outlet or site for outlet, site in zip(records.outlet, records.site, strict=True)),
        outlet_inferred=np.zeros(len(records.id), dtype=np.bool_),
        text=tuple(row.text for row in repaired),
        original=records.text,
        offsets=tuple(row.offsets for row in repaired),
        title=tuple(repair(title).text if repair_mojibake else title for title in records.title),
        date=dates.date,
        event=records.event,
        note=tuple(
            joined_notes(note, _site_note(outlet, site), _repair_note(row), date_note)
            for note, outlet, site, row, date_note in zip(
                records.note, records.outlet, records.site, repaired, dates.note, strict=True
            )
        ),
        author=records.author,
    )


def _site_note(outlet: str, site: str) -> str:
    return "outlet as the page names its site" if site and not outlet else ""


def _repair_note(repaired: Repaired) -> str:
    n_repaired = repaired.n_repaired
    return f"wrongly decoded characters repaired: {n_repaired}" if n_repaired else ""


def _refuse_duplicates(ids: tuple[str, ...]) -> None:
    repeated = [id for id, n_rows in Counter(ids).items() if n_rows > 1]
    if repeated:
        named = ", ".join(repr(id) for id in repeated[:_NAMED])
        more = f" and {len(repeated) - _NAMED} more" if len(repeated) > _NAMED else ""
        raise DuplicateIds(
            f"Several articles carry the id {named}{more}; ids must be unique. Remove the repeated articles, "
            "or name another id column with id='...'."
        )
