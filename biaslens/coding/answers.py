"""Answers: what coders wrote into a coding sheet, read back with the key of every item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from biaslens.coding.files import cell_text, is_coder, read_sheet
from biaslens.coding.keys import ItemKey, Kind
from biaslens.errors import BadData, BadSetting, MissingColumn
from biaslens.stats.coded_shares import CodedItems
from biaslens.tokens import BoolArray

if TYPE_CHECKING:
    import pandas as pd

_YES, _NO = ("1", "1.0", "yes", "y", "true", "x"), ("0", "0.0", "no", "n", "false")
# A mark that some write for yes, with nothing for no.
_CROSS = "x"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Coded:
    """Coded items, in the order of their codes.

    keys     what each item is
    ratings  shape (n_coders, n_items): 1.0 for yes, 0.0 for no, NaN for not coded
    """

    keys: tuple[ItemKey, ...]
    ratings: npt.NDArray[np.float64]

    def take(self, chosen: BoolArray) -> Coded:
        """The chosen items."""
        rows = np.flatnonzero(chosen).tolist()
        return Coded(tuple(self.keys[row] for row in rows), self.ratings[:, chosen])

    def sample(self, kind: Kind, is_hit: bool) -> Coded:
        """The items of one kind, with or without a hit."""
        return self.take(
            np.array([key.kind == kind and key.is_hit == is_hit for key in self.keys], dtype=bool)
        )

    def of_measures(self, names: Collection[str]) -> Coded:
        """The items of some measures."""
        return self.take(np.array([key.measure in names for key in self.keys], dtype=bool))

    @property
    def measures(self) -> set[str]:
        return {key.measure for key in self.keys}

    def by_majority(self) -> CodedItems:
        """Yes where most coders of an item say so, half where they are even; for items of one kind.

        The weights of a measure add up to what the corpus holds: where some items were left blank, the others
        stand for them.
        """
        drawn: dict[str, float] = defaultdict(float)
        for key in self.keys:
            drawn[key.measure] += key.weight
        share = np.nanmean(self.ratings, axis=0) if self.keys else np.zeros(0)
        return CodedItems(
            yes=(np.sign(2 * share - 1) + 1) / 2,
            weight=np.array([key.weight * key.total / drawn[key.measure] for key in self.keys]),
            cluster=[key.cluster for key in self.keys],
        )


def read_answers(sheet: object) -> Coded:
    """What coders answered, from a sheet or several: rows of one item in several copies are put together.

    Raises BadSetting for what is no sheet, MissingColumn, and BadData for a damaged key, an answer that is
    none, an item that one coder codes twice, two columns of one name, and a sheet that nobody filled.
    """
    keys: dict[str, ItemKey] = {}
    answers: dict[tuple[str, str], float] = {}
    columns: set[str] = set()
    for frame in _frames(sheet):
        found = _keys(frame)
        keys |= {key.item: key for key in found if key is not None}
        for name in filter(is_coder, frame.columns):
            columns.add(str(name))
            _gather(answers, str(name), found, frame[name].tolist())
    if not answers:
        seen = (
            f"{', '.join(sorted(columns))} are empty" if columns else "no column's name begins with 'coder'"
        )
        raise BadData(f"No item is coded: {seen}. Write 1 (yes) or 0 (no) into a column such as coder_anna.")
    items = sorted({item for _, item in answers})
    coders = sorted({coder for coder, _ in answers})
    ratings = np.array([[answers.get((coder, item), np.nan) for item in items] for coder in coders])
    return Coded(tuple(keys[item] for item in items), ratings)


def _frames(sheet: object) -> list[pd.DataFrame]:
    import pandas as pd

    frames = []
    for part in sheet if isinstance(sheet, list | tuple) else [sheet]:
        frame = read_sheet(part) if isinstance(part, str | Path) else part
        if not isinstance(frame, pd.DataFrame):
            kind = type(frame).__name__
            raise BadSetting(
                f"A coding sheet cannot be a {kind}; give a DataFrame, a path, or a list of these."
            )
        frames.append(frame)
    if not frames:
        raise BadSetting("The list of coding sheets is empty; give one or more.")
    return frames


def _keys(frame: pd.DataFrame) -> list[ItemKey | None]:
    """The key of each row, None where a row is empty."""
    _require_columns(frame)
    cells = zip(map(_plain, frame["item"].tolist()), map(_plain, frame["key"].tolist()), strict=True)
    keys: list[ItemKey | None] = []
    damaged = []
    for row, (item, text) in enumerate(cells, start=2):
        key = ItemKey.unpacked(text)
        if (item or text) and (key is None or key.item != item):
            damaged.append(f"row {row} (item {item or 'missing'})")
        keys.append(key)
    if damaged:
        shown = ", ".join(damaged[:_NAMED]) + (", ..." if len(damaged) > _NAMED else "")
        raise BadData(
            f"{len(damaged)} of {len(keys)} rows have a key that is damaged or another item's: {shown}. Copy "
            "item and key again from the sheet as it was written, or leave these rows out."
        )
    return keys


def _require_columns(frame: pd.DataFrame) -> None:
    for name in ("item", "key"):
        if name not in frame.columns:
            shown = ", ".join(map(str, frame.columns))
            raise MissingColumn(f"The sheet has no column {name!r}, only {shown}; item and key are needed.")
    for name, times in Counter(frame.columns).items():
        if times > 1 and (name in ("item", "key") or is_coder(name)):
            raise BadData(
                f"The sheet has {times} columns {name!r}; give each coder's column a name of its own, such "
                "as coder_anna, and keep one item and one key."
            )


def _gather(
    answers: dict[tuple[str, str], float], coder: str, keys: Sequence[ItemKey | None], cells: Sequence[object]
) -> None:
    """Add the answers of one column."""
    written = [_plain(cell) for cell in cells]
    plain = [text.casefold() for text in written]
    if _CROSS in plain and not any(text in _NO for text in plain):
        raise BadData(
            f"{coder} has 'x' in {plain.count(_CROSS)} rows and no 'no' in any. A blank counts as not coded: "
            "write 0 where the answer is no."
        )
    for row, (key, text) in enumerate(zip(keys, plain, strict=True), start=2):
        if key is None or not text:
            continue
        if text not in (*_YES, *_NO):
            raise BadData(
                f"{coder} has {written[row - 2]!r} in row {row} (item {key.item}); it can be 1 or 0, yes or "
                "no, true or false, or blank for not coded."
            )
        if (coder, key.item) in answers:
            raise BadData(
                f"{coder} codes item {key.item} twice (row {row}); give each coder's column a name of its "
                "own, such as coder_anna, and each item one row."
            )
        answers[coder, key.item] = float(text in _YES)


def _plain(cell: object) -> str:
    return cell_text(cell).strip()
