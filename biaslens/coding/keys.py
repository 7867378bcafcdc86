"""What the key of a coding sheet's row holds: what the measure says of the item, and what it stands for."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as DamagedBase64
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import Literal

Kind = Literal["span", "sentence"]

_CHECK_SIZE = 4


@dataclass(frozen=True, slots=True)
class ItemKey:
    """One item of a coding sheet.

    item     its code, so that a key that slipped into another row is noticed
    measure  name in the codebook
    kind     "span" (marked text) or "sentence"
    is_hit   whether the measure finds something in it; True for every span
    weight   how many spans, or sentences with (or without) a hit, of the corpus it stands for
    total    how many of these the corpus has, by all items of the sheet
    cluster  hash of the article that it is from
    """

    item: str
    measure: str
    kind: Kind
    is_hit: bool
    weight: float
    total: float
    cluster: str

    def packed(self) -> str:
        """The key as text: opaque, not secret, with a checksum that tells a damaged one.

        >>> key = ItemKey("c1", "hedge_rate", "span", True, 2.5, 40.0, "a1")
        >>> ItemKey.unpacked(key.packed()) == key, ItemKey.unpacked(key.packed()[1:])
        (True, None)
        """
        body = b64encode(json.dumps(list(asdict(self).values())).encode("utf-8")).decode("ascii")
        return f"{body}.{_check(body)}"

    @classmethod
    def unpacked(cls, text: str) -> ItemKey | None:
        """The key that was packed; None where the text is no key, or not a whole one."""
        body, _, check = text.strip().partition(".")
        if check != _check(body):
            return None
        try:
            values = json.loads(b64decode(body, validate=True))
        except (DamagedBase64, ValueError):
            return None
        is_whole = isinstance(values, list) and len(values) == len(fields(cls))
        return cls(*values) if is_whole else None


def _check(body: str) -> str:
    return blake2b(body.encode("utf-8", "surrogatepass"), digest_size=_CHECK_SIZE).hexdigest()
