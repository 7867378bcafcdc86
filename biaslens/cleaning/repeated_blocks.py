"""Blocks of repeated sentences in one text: which of them are the outlet's own doing, and which are news."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line
from biaslens.cleaning.outlet_counts import EDGE_SHARE, Repeated
from biaslens.cleaning.units import HashArray, Units, WordSet, hash_runs, is_among
from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray

# Neighbours form one block while neither stands in more than twice as many articles; a scrap of unknown
# words between them belongs to it.
_MAX_RATIO, _TINY_WORDS = 2, 3
# A sentence of so many words is found in front of a block or behind it without a full stop between them.
_GLUED_WORDS = 4
# Blocks up to this length need no witness but their place; longer ones must speak to the reader.
_SHORT_WORDS = 25
# A shorter line without a full stop above text that stays may be a sub-head ("What is happening"): content.
_SUB_HEAD_WORDS = 4
# ... so often, or stand at the edge of most articles of an outlet with as many of them.
_WORDS_PER_ADDRESS = 40
_STANDING_SHARE, _MIN_TEXTS_FOR_SHARE = 0.5, 20
# What boilerplate may have in common with its article, as a share of its content words; appeals name what
# the outlet reports on.
_MAX_APPEAL_COHESION, _MAX_FURNITURE_COHESION = 0.5, 0.34
# Of 169 recurring sentences that it removes from two corpora and a reader judged, 166 were boilerplate.
_CONFIDENCE = 0.98
# Few words share many by chance: so many more are thought of that are not shared.
_PRIOR_WORDS = 2
# An article that says nothing else is a version of another one.
_MIN_REST_WORDS = 15

# You and we, and what leads away from the page; US is a country.
_ADDRESS = re.compile(
    r"\b(?:[Yy]ou|YOU|[Yy]ours?|YOUR|[Ww]e|WE|[Oo]urs?|OUR|us|[Pp]lease|PLEASE)\b"
    r"|https?:|www\.|©|\w@\w|\.(?:com|org|net|co\.uk)\b"
)
_MARK = re.compile(r"[\"“”‘]|(?<!\w)'(?=\w)|(?<=[.,!?])['’]")
# What is quoted, also where the quotation goes on behind the unit.
_QUOTATION = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)['‘](?=\w).*?(?:(?<=[.,!?])['’]|$)", re.DOTALL
)
# Titles never end a sentence; other abbreviations may.
_TITLE = re.compile(
    r"\b(?:Mrs?|Ms|Dr|Sens?|Reps?|Govs?|Gen|Col|Lt|Sgt|Capt|St|No|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\. $"
)
_ABBREVIATION = re.compile(r"\b[A-Za-z]\. $|" + _TITLE.pattern)
_STARTS_INSIDE = re.compile(r"[,;:a-z]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Block:
    """Some units in a row, and why they are boilerplate."""

    first: int
    last: int
    why: str


@dataclass(frozen=True)
class RepeatedPage:
    """One text, and the row of each of its units in what is known, -1 for none."""

    text: str
    units: Units
    known: Repeated
    row: IntArray

    def blocks(self) -> Iterator[Block]:
        """What is boilerplate, in reading order."""
        if self.units.n_words[self.row < 0].sum() >= _MIN_REST_WORDS:
            for first, last in self._runs():
                yield from self._appeals(first, last) or self._furniture(first, last)

    @cached_property
    def _rest(self) -> HashArray:
        """The words of all units that are not repeated, sorted."""
        return np.sort(self.units.word[np.repeat(self.row < 0, self.units.n_words)])

    def rows(self, first: int, last: int) -> IntArray:
        """What is known of the units from first to last."""
        rows = self.row[first : last + 1]
        return rows[rows >= 0]

    def span(self, block: Block) -> tuple[int, int]:
        """The characters of a block, with known sentences that are glued to the unknown around it."""
        start, end = int(self.units.start[block.first]), int(self.units.end[block.last])
        first, word_start = self.units.first, self.units.word_start
        if block.first and self.row[block.first - 1] < 0:
            begins = np.arange(first[block.first - 1] + 1, first[block.first] - _GLUED_WORDS + 1)
            glued = self._known_runs(begins, np.full_like(begins, first[block.first]), block)
            if len(glued):
                start = _leftmost(self.text, int(word_start[begins[glued[0]]]))
        if block.last + 1 < len(self.units) and self.row[block.last + 1] < 0:
            ends = np.arange(first[block.last + 1] + _GLUED_WORDS, first[block.last + 2])
            glued = self._known_runs(np.full_like(ends, first[block.last + 1]), ends, block)
            if len(glued):
                end = _leftmost(self.text, int(word_start[ends[glued[-1]]]))
                while self.text[end - 1].isspace():
                    end -= 1
        return start, end

    def _known_runs(self, begins: IntArray, ends: IntArray, block: Block) -> IntArray:
        """Which runs of words are sentences that stand in about as many articles as the block."""
        rows = self.known.rows(hash_runs(self.units.word, begins, ends))
        n, n_block = self.known.n[rows], self.known.n[self.rows(block.first, block.last)].max()
        return np.flatnonzero((rows >= 0) & (n <= _MAX_RATIO * n_block) & (n_block <= _MAX_RATIO * n))

    def is_shared(self, first: int, last: int) -> bool:
        return bool(self.known.is_shared[self.rows(first, last)].any())

    def _runs(self) -> list[tuple[int, int]]:
        """Runs of neighbours that stand in about as many articles, as first and last unit."""
        runs: list[tuple[int, int]] = []
        for i in np.flatnonzero(self.row >= 0).tolist():
            if runs and self._belong_together(runs[-1][1], i):
                runs[-1] = runs[-1][0], i
            else:
                runs.append((i, i))
        return runs

    def _belong_together(self, above: int, below: int) -> bool:
        fewer, more = sorted(self.known.n[self.row[[above, below]]].tolist())
        n_between = self.units.first[below] - self.units.first[above + 1]
        return bool(more <= _MAX_RATIO * fewer and n_between <= _TINY_WORDS and below - above <= 2)

    def _appeals(self, first: int, last: int) -> list[Block]:
        """The run, or the part of it that speaks to the reader."""
        if _ADDRESS.search(self._slice(first, last)):
            speaking = [i for i in range(first, last + 1) if self._speaks(i)] or [first]
            for a, b in (self._trimmed(first, last), (speaking[0], speaking[-1])):
                if self._is_appeal(a, b):
                    return [Block(a, b, "speaks to the reader")]
        return []

    def _is_appeal(self, first: int, last: int) -> bool:
        rows = self.rows(first, last)
        # What speaks may be nothing but the scrap between two repeated sentences.
        if not len(rows) or self._is_cut(first - 1, _TITLE):
            return False
        if 2 * self.known.n_quoted[rows].sum() > self.known.n[rows].sum():
            return False
        if self.is_shared(first, last) and not (
            self._is_short(first, last) and self._is_at_edge(first, last)
        ):
            return False
        n_addresses = len(_ADDRESS.findall(self._narration(first, last)))
        is_dense = n_addresses * _WORDS_PER_ADDRESS >= self._n_words(first, last)
        return is_dense and self._cohesion(first, last) <= _MAX_APPEAL_COHESION

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without sentences at either end that tell of the article and do not speak to the reader."""
        while first < last and self._is_content(first):
            first += 1
        while last > first and (self._is_content(last) or self._is_cut(last) or self._is_heading(last)):
            last -= 1
        return first, last

    def _is_content(self, i: int) -> bool:
        return not self._speaks(i) and self._cohesion(i, i) > _MAX_APPEAL_COHESION

    def _furniture(self, first: int, last: int) -> list[Block]:
        """The run, if it stands at the edge, is plain and tells nothing of the article."""
        is_furniture = (
            self._is_at_edge(first, last)
            and (self._is_short(first, last) or self._is_standing(first, last))
            and self._is_whole(first, last)
            and not (self._is_heading(last) and self._n_words(first, last) <= _SUB_HEAD_WORDS)
            and not any(self._is_speech(i) for i in range(first, last + 1))
            and self._cohesion(first, last) <= _MAX_FURNITURE_COHESION
        )
        why = "stands at the edge with few words of the article's own"
        return [Block(first, last, why)] if is_furniture else []

    def _is_standing(self, first: int, last: int) -> bool:
        n_texts = self.known.n_texts
        n = self.known.n[self.rows(first, last)].min()
        return bool(n_texts >= _MIN_TEXTS_FOR_SHARE and n >= _STANDING_SHARE * n_texts)

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether no sentence is cut in two."""
        opening = _STARTS_INSIDE.match(self.text, int(self.units.start[first]))
        return opening is None and not self._is_cut(first - 1) and not self._is_cut(last)

    def _is_at_edge(self, first: int, last: int) -> bool:
        rows = self.rows(first, last)
        return bool(self.known.n_edge[rows].sum() >= EDGE_SHARE * self.known.n[rows].sum())

    def _is_short(self, first: int, last: int) -> bool:
        return self._n_words(first, last) <= _SHORT_WORDS

    def _is_speech(self, i: int) -> bool:
        words = self.units.word[self.units.first[i] : self.units.first[i + 1]]
        rows = self.rows(i, i)
        is_quoted = (2 * self.known.n_quoted[rows] > self.known.n[rows]).any()
        return bool(is_quoted or _cues().holds(words).any()) or _MARK.search(self._slice(i, i)) is not None

    def _speaks(self, i: int) -> bool:
        return _ADDRESS.search(self._narration(i, i)) is not None

    def _is_cut(self, i: int, abbreviation: re.Pattern[str] = _ABBREVIATION) -> bool:
        """Whether the unit ends at an abbreviation, with the rest of its sentence in the next one."""
        if not 0 <= i < len(self.units) - 1:
            return False
        end, below = int(self.units.end[i]), int(self.units.start[i + 1])
        return below == end + 1 and abbreviation.search(self.text[max(0, end - 8) : below]) is not None

    def _is_heading(self, i: int) -> bool:
        """Whether the unit is a line without a full stop above text that stays: a sub-head, or who speaks."""
        end = int(self.units.end[i])
        is_line = self.text[end : end + 1] == "\n" and self.text[end - 1].isalnum()
        return is_line and not self._speaks(i) and bool((self.row[i + 1 : i + 2] < 0).any())

    def _narration(self, first: int, last: int) -> str:
        """The units without what they quote."""
        return _QUOTATION.sub(" ", self._slice(first, last))

    def _slice(self, first: int, last: int) -> str:
        return self.text[int(self.units.start[first]) : int(self.units.end[last])]

    def _n_words(self, first: int, last: int) -> int:
        return int(self.units.first[last + 1] - self.units.first[first])

    def _cohesion(self, first: int, last: int) -> float:
        """Share of the content words that stand in the rest of the article too (Halliday & Hasan 1976)."""
        words = np.unique(self.units.word[self.units.first[first] : self.units.first[last + 1]])
        words = words[~_function_words().holds(words)]
        return float(is_among(words, self._rest).sum() / (len(words) + _PRIOR_WORDS))


class Places:
    """The way from joined lines back to the text they come from."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._starts = np.cumsum([0, *(len(line.text) + 1 for line in lines)])[:-1].tolist()

    def removal(self, page: RepeatedPage, block: Block) -> Removal:
        start, end = page.span(block)
        is_passage = block.last > block.first
        n = int(page.known.n[page.rows(block.first, block.last)].max())
        where = "" if page.is_shared(block.first, block.last) else " and in no other outlet's"
        return Removal(
            start=self._original(start),
            end=self._original(end - 1) + 1,
            category="repeated",
            rule="repeated.passage" if is_passage else "repeated.line",
            reason=f"Stands in {n} articles of {page.known.outlet}{where}, and {block.why}.",
            confidence=_CONFIDENCE,
            is_block=is_passage,
        )

    def _original(self, place: int) -> int:
        i = bisect_right(self._starts, place) - 1
        return self._lines[i].start + place - int(self._starts[i])


def _leftmost(text: str, place: int) -> int:
    """Where the piece without white space starts that holds this place."""
    while place and not text[place - 1].isspace():
        place -= 1
    return place


@cache
def _function_words() -> WordSet:
    return WordSet(
        word for term in load_lexicon("function_words").term for word in _WORD.findall(term.lower())
    )


@cache
def _cues() -> WordSet:
    """Words that report what was said; what was wanted, promised or blamed is a footer's language too."""
    cues = load_lexicon("reporting_cues")
    return WordSet(
        words[0]
        for words, i in cues.forms.items()
        if len(words) == 1 and cues.category[i] != "directive" and "no word of speech" not in cues.note[i]
    )
