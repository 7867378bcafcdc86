"""Name mentions: how articles name persons, and which words stand beside names."""

from __future__ import annotations

from dataclasses import dataclass

from biaslens.spans import Spans
from biaslens.tokens import BoolArray


@dataclass(frozen=True, slots=True)
class PersonMentions:
    """Mentions of persons by name, outside quotation marks, one row per mention, in reading order.

    mention  where, with the title and the epithets before the name
    name     the person, as this article names them in full: "Sergei Lavrov"
    title    title or role before the name, else behind it, "" for none
    epithet  epithets, joined by ", ", "" for none
    is_bare  bool, shape (n_mentions,): the family name alone, without a title before it
    """

    mention: Spans
    name: tuple[str, ...]
    title: tuple[str, ...]
    epithet: tuple[str, ...]
    is_bare: BoolArray

    def __len__(self) -> int:
        return len(self.mention)


@dataclass(frozen=True, slots=True)
class NameSlots:
    """Words in a slot beside a name, outside quotation marks, one row per use, in reading order.

    sentence   where the sentence stands
    slot       the name, and how the word stands beside it: "Crimea: of"
    word       dictionary form of the word
    is_person  bool, shape (n_uses,): the name is a person's
    """

    sentence: Spans
    slot: tuple[str, ...]
    word: tuple[str, ...]
    is_person: BoolArray

    def __len__(self) -> int:
        return len(self.sentence)
