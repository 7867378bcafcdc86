"""UserLexicon: a word list of your own, from a file, a dict or an installed package, ready to be measured."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from biaslens.errors import BadData, UnreadableInput
from biaslens.lexicon_files import Entry, read_entries
from biaslens.lexicons import Lexicon
from biaslens.spans import IntArray

ENTRY_POINTS = "biaslens.lexicons"
_SHOWN = 3


@dataclass(frozen=True, eq=False, repr=False)
class UserLexicon:
    """A word list with one category or more; each category becomes a measure.

    name        part of the measures' names
    kind        "rate" where weights are whole numbers from 0: their sum per 1,000 own words. "mean" where
                they are not (probabilities, valences): their mean over the words that are in the list
    categories  in the order of the source
    exact       the terms without "*", as a lexicon; its rows come first
    stems       row of each term that ended in "*", by what stands before the star
    entry_term, entry_category, entry_weight
                shape (n_entries,): a term may have several categories
    skipped     terms that no word of a text can match, such as emoticons
    checksum    sha256 of all this
    """

    name: str
    kind: Literal["rate", "mean"]
    categories: tuple[str, ...]
    exact: Lexicon
    stems: Mapping[str, int]
    entry_term: IntArray
    entry_category: IntArray
    entry_weight: npt.NDArray[np.float64]
    skipped: tuple[str, ...]
    checksum: str = field(default="")

    def __len__(self) -> int:
        return len(self.exact) + len(self.stems)

    def __repr__(self) -> str:
        n = len(self.categories)
        some = ", ".join(self.categories[:_SHOWN]) + (", ..." if n > _SHOWN else "")
        lost = f", {len(self.skipped)} skipped" if self.skipped else ""
        kinds = f"{n} categories: {some}" if n > 1 else "1 category"
        return f"UserLexicon({self.name!r}, {len(self)} terms, {kinds}{lost}, {self.checksum[:8]})"

    # Two copies of one list, one of them sent to another process, are one list.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, UserLexicon) and (self.name, self.checksum) == (other.name, other.checksum)

    def __hash__(self) -> int:
        return hash((self.name, self.checksum))


def read_lexicon(source: str | Path | Mapping[str, object], name: str | None = None) -> UserLexicon:
    """A word list of your own, for ``Settings(lexicons=[...])``.

    source  a file: a table with a column ``term`` and, if you like, ``category`` and ``weight`` (.tsv, .csv),
            one term per line (.txt), the format of the lists that ship, LIWC's .dic (so too the Moral
            Foundations Dictionary), eMFD's .csv, NRC EmoLex, MPQA's .tff; a folder of such word lists
            (Hu and Liu's positive-words.txt and negative-words.txt), one category each;
            a mapping: {term: weight}, {category: [terms]} or {category: {term: weight}};
            or the name of a list that an installed package brings (entry point ``biaslens.lexicons``)
    name    what its measures are called; by default the name of the file

    Terms match whatever their case. A term may be several words; one that ends in "*" matches every word that
    begins so. No list is shipped or fetched: whether you may use one is between you and its licence.

    Raises UnreadableInput where there is no such file or list, BadData where it breaks its format.

    >>> read_lexicon({"fear": ["panic", "dread*"], "calm": ["at ease"]}, name="moods")
    UserLexicon('moods', 3 terms, 2 categories: fear, calm, d14d81c7)
    """
    if isinstance(source, Mapping):
        return _build(_entries_of(source), name or "mine")
    path = Path(source)
    if path.exists():
        return _build(read_entries(path), name or path.stem)
    installed = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if str(source) in installed:
        return _installed(installed[str(source)], name or str(source))
    known = f"the installed lists are {', '.join(sorted(installed))}" if installed else "no list is installed"
    raise UnreadableInput(
        f"There is no file or folder {str(source)!r}, and {known}; give a path, a mapping, or such a name."
    )


def _installed(point: EntryPoint, name: str) -> UserLexicon:
    """What an installed package brings: a path, a mapping, a UserLexicon, or a function that returns one."""
    brought = point.load()
    brought = brought() if callable(brought) else brought
    return brought if isinstance(brought, UserLexicon) else read_lexicon(brought, name)


def _entries_of(source: Mapping[str, object]) -> list[Entry]:
    """The entries of a mapping: {term: weight}, {category: terms} or {category: {term: weight}}."""
    entries = []
    for key, found in source.items():
        if isinstance(found, (int, float)):
            entries.append(Entry(str(key), "", float(found)))
        elif isinstance(found, Mapping):
            entries += [Entry(str(term), str(key), _number(term, weight)) for term, weight in found.items()]
        elif isinstance(found, Iterable) and not isinstance(found, (str, bytes)):
            entries += [Entry(str(term), str(key), 1.0) for term in found]
        else:
            raise BadData(
                f"{key!r} stands for {found!r}; a lexicon is {{term: weight}}, {{category: [terms]}} or "
                "{category: {term: weight}}."
            )
    return entries


def _number(term: object, weight: object) -> float:
    if not isinstance(weight, (int, float)):
        raise BadData(f"the weight of {term!r} is {weight!r}; it must be a number.")
    return float(weight)


def _build(entries: Iterable[Entry], name: str) -> UserLexicon:
    weights: dict[tuple[str, str], float] = {}
    skipped: dict[str, None] = {}
    for term, category, weight in entries:
        plain = _plain(term)
        if not math.isfinite(weight):
            raise BadData(f"{name}: the weight of {term!r} is {weight}; it must be a finite number.")
        if not _can_match(plain):
            skipped[term] = None
        elif weights.setdefault((plain, category), weight) != weight:
            raise BadData(f"{name}: {plain!r} has two weights in category {category!r}; keep one.")
    if not weights:
        raise BadData(
            f"{name} holds no term that a word of a text could match; see read_lexicon for formats."
        )
    terms = dict.fromkeys(term for term, _ in weights)
    exact = [term for term in terms if not term.endswith("*")]
    stems = [term.removesuffix("*") for term in terms if term.endswith("*")]
    row = {term: i for i, term in enumerate([*exact, *(f"{stem}*" for stem in stems)])}
    categories = tuple(dict.fromkeys(category for _, category in weights))
    code = {category: i for i, category in enumerate(categories)}
    values = np.array(list(weights.values()))
    listed = "".join(f"{term}\t{category}\t{weight!r}\n" for (term, category), weight in weights.items())
    return UserLexicon(
        name=_identifier(name),
        kind="rate" if (values >= 0).all() and (values == np.round(values)).all() else "mean",
        categories=categories,
        exact=_as_lexicon(exact, name),
        stems={stem: row[f"{stem}*"] for stem in stems},
        entry_term=np.array([row[term] for term, _ in weights], dtype=np.int64),
        entry_category=np.array([code[category] for _, category in weights], dtype=np.int64),
        entry_weight=values,
        skipped=tuple(skipped),
        checksum=hashlib.sha256(listed.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _plain(term: str) -> str:
    """A term as texts hold it once they are cut into words: small, straight apostrophes, single blanks."""
    return " ".join(term.replace("’", "'").lower().split())


def _can_match(term: str) -> bool:
    """Whether every part of a term is a word; a star is understood at the end of a single word alone."""
    words = term.split(" ")
    is_starred = "*" in term.removesuffix("*") or (term.endswith("*") and len(words) > 1) or term == "*"
    return not is_starred and all(re.search(r"\w", word) for word in words)


def _identifier(name: str) -> str:
    """A name in the letters that names of columns have."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_") or "mine"


def _as_lexicon(terms: list[str], name: str) -> Lexicon:
    """Terms that match exactly as they stand, in the form that matching takes."""
    nothing = ("",) * len(terms)
    return Lexicon(
        name=name,
        language="",
        version="",
        sha256="",
        case="any",
        categories={},
        term=tuple(terms),
        pos=tuple("noun" for _ in terms),
        match=tuple("phrase" if " " in term else "form" for term in terms),
        category=nothing,
        weight=np.ones(len(terms), dtype=np.int64),
        polarity=tuple("" for _ in terms),
        source=nothing,
        note=nothing,
        since=nothing,
        forms={tuple(term.split(" ")): i for i, term in enumerate(terms)},
    )
