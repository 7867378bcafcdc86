"""Contested labels: words for one and the same thing that take different things for granted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from biaslens.errors import BadData
from biaslens.lexicons import Lexicon, load_lexicon
from biaslens.spans import IntArray

# The category of phrases that hold a label's word in another sense ("bully pulpit"); they belong to no set.
OTHER_SENSE = "another sense"
NO_LABEL = -1


@dataclass(frozen=True, eq=False)
class LabelSets:
    """Sets of labels for the same thing, one label per row, in order of set and label.

    lexicon  the terms by which labels are found in a text
    label_of shape (n_terms,): row of the label that each term stands for, NO_LABEL for another sense
    set      what the labels of a set can all stand for ("armed non-state group")
    label    the label ("militant"), unique within its set
    stance   what it takes for granted
    """

    lexicon: Lexicon
    label_of: IntArray
    set: tuple[str, ...]
    label: tuple[str, ...]
    stance: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.label)

    @cached_property
    def set_code(self) -> IntArray:
        """Each label's set as a number, in order of the sets' names, shape (n_labels,)."""
        code = {name: row for row, name in enumerate(sorted(set(self.set)))}
        return np.array([code[name] for name in self.set], dtype=np.int64)


@cache
def load_label_sets(language: str = "en") -> LabelSets:
    """The sets of contested labels that ship with biaslens.

    Raises BadData for a language that has none.

    >>> sets = load_label_sets()
    >>> row = sets.label_of[sets.lexicon.forms["estate", "taxes"]]
    >>> sets.set[row], sets.label[row], sets.stance[row]
    ('tax on what the dead leave', 'estate tax', "the law's term")
    """
    return read_label_sets(load_lexicon("contested_labels", language))


def read_label_sets(lexicon: Lexicon) -> LabelSets:
    """The sets in a lexicon of your own: its categories are the sets, its notes say "label: stance".

    Terms of category "another sense" are phrases in which a label's word means something else.

    Raises BadData where a note names no label, a label has two stances, or a set has one label only.
    """
    named = [_label_of(lexicon, term) for term in range(len(lexicon))]
    stances: dict[tuple[str, str], str] = {}
    for term, (name, label, stance) in enumerate(named):
        if name != OTHER_SENSE and stances.setdefault((name, label), stance) != stance:
            raise BadData(
                f"{lexicon.name}: {lexicon.term[term]!r} gives the label {label!r} of {name!r} a second "
                f"stance, {stance!r} beside {stances[name, label]!r}; keep one."
            )
    labels = sorted(stances)
    _check_sizes(lexicon, [name for name, _ in labels])
    row = {label: i for i, label in enumerate(labels)}
    return LabelSets(
        lexicon=lexicon,
        label_of=np.array([row.get((name, label), NO_LABEL) for name, label, _ in named], dtype=np.int64),
        set=tuple(name for name, _ in labels),
        label=tuple(label for _, label in labels),
        stance=tuple(stances[label] for label in labels),
    )


def _label_of(lexicon: Lexicon, term: int) -> list[str]:
    """Set, label and stance of a term."""
    name, note = lexicon.category[term], lexicon.note[term]
    label, divider, stance = note.partition(": ")
    if name != OTHER_SENSE and not (label and divider and stance):
        raise BadData(
            f"{lexicon.name}: the note of {lexicon.term[term]!r} is {note!r}; write 'label: stance', "
            "the label that the term stands for and what it takes for granted."
        )
    return [name, label, stance]


def _check_sizes(lexicon: Lexicon, set_of_label: list[str]) -> None:
    for name in lexicon.categories:
        if name != OTHER_SENSE and set_of_label.count(name) < 2:
            raise BadData(
                f"{lexicon.name}: the set {name!r} has {set_of_label.count(name)} label; a set needs two, "
                "since one alone contests nothing."
            )
