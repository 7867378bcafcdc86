"""Scan: the tokens of some articles with all that attribution needs to know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from biaslens.matching import Matches
from biaslens.spans import IntArray
from biaslens.speech.kinds import Kinds, find_kinds
from biaslens.speech.quotes import Quote
from biaslens.tokens import BoolArray, TokenTable

# Abbreviations before a capital are shorter than the first; initials are shorter than the second.
_WHOLE_WORD, _SHORT_WORD = 6, 3
# Tokens first to last - 1.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scan:
    """Tokens as columns of bytes, 1 or 0, which a scan reads and searches faster than arrays; see Kinds.

    kinds        what follows from the form of each token
    is_word, is_capital, in_quote, is_cue
    is_solid     a word, or in a quotation
    is_head      can end a noun phrase as part of a name, or as a role
    is_name      can be part of a name
    in_phrase    can be part of a noun phrase
    is_its_verb  a past form behind a name or a role, so that it is its verb: "Russia made a statement"
    adds         a cue behind a comma
    opens        can be the first of what is reported: neither a mark nor "Sunday"
    resumes      where it begins behind circumstances: at a quotation, or at a pronoun that no comma precedes

    The rest reads as lists do:

    vocabulary, type  the distinct forms; the row of each token's form
    words_before     words before each token; one entry more
    narrated_before  words outside quotations before each token
    sentence, article  of each token
    bounds, line     first token of each sentence, then n_tokens; the line that each sentence stands in
    """

    vocabulary: Sequence[str]
    type: Sequence[int]
    kinds: Kinds
    is_word: bytes
    is_capital: bytes
    in_quote: bytes
    is_cue: bytes
    is_solid: bytes
    is_head: bytes
    is_name: bytes
    in_phrase: bytes
    is_its_verb: bytes
    adds: bytes
    opens: bytes
    resumes: bytes
    words_before: Sequence[int]
    narrated_before: Sequence[int]
    sentence: Sequence[int]
    article: Sequence[int]
    bounds: Sequence[int]
    line: Sequence[int]

    def __len__(self) -> int:
        return len(self.type)

    def form(self, token: int) -> str:
        return self.vocabulary[self.type[token]]

    def forms(self, tokens: Range) -> list[str]:
        return [self.form(token) for token in range(*tokens)]

    def is_last(self, token: int) -> bool:
        """Whether no other token of its article follows a token."""
        return token + 1 == len(self) or self.article[token + 1] != self.article[token]

    def sentence_of(self, token: int) -> Range:
        """The tokens of the sentence that a token stands in."""
        sentence = self.sentence[token]
        return self.bounds[sentence], self.bounds[sentence + 1]

    def is_one_line(self, token: int, other: int) -> bool:
        """Whether two tokens stand in one line of one article."""
        is_one_article = self.article[token] == self.article[other]
        return is_one_article and self.line[self.sentence[token]] == self.line[self.sentence[other]]

    def line_end(self, token: int) -> int:
        """The token behind the last one of a token's line."""
        end = self.sentence_of(token)[1]
        while end < len(self) and self.is_one_line(token, end):
            end = self.sentence_of(end)[1]
        return end

    def n_words(self, tokens: Range) -> int:
        return self.words_before[tokens[1]] - self.words_before[tokens[0]]

    def n_narrated(self, tokens: Range) -> int:
        """Words outside quotation marks."""
        return self.narrated_before[tokens[1]] - self.narrated_before[tokens[0]]

    def has_quote(self, tokens: Range) -> bool:
        return self.in_quote.find(1, *tokens) >= 0


def first_of(column: bytes, first: int, last: int) -> int:
    """The first token of a range that a column holds 1 for, or else the end of the range.

    >>> first_of(bytes([0, 0, 1, 1]), 1, 4), first_of(bytes([0, 0, 1, 1]), 0, 2)
    (2, 2)
    """
    found = column.find(1, first, last)
    return found if found >= 0 else last


def behind_last(column: bytes, first: int, last: int) -> int:
    """Behind the last token of a range that a column holds 1 for, or else the start of the range.

    >>> behind_last(bytes([0, 1, 1, 0]), 0, 4), behind_last(bytes([0, 1, 1, 0]), 3, 4)
    (3, 3)
    """
    found = column.rfind(1, first, last)
    return found + 1 if found >= 0 else first


def run_end(column: bytes, first: int, last: int) -> int:
    """Where the run of 1 ends that begins at ``first``; at ``last`` if not before.

    >>> run_end(bytes([1, 1, 0, 1]), 0, 4), run_end(bytes([1, 1, 0, 1]), 2, 4)
    (2, 2)
    """
    found = column.find(0, first, last)
    return found if found >= 0 else last


def run_start(column: bytes, first: int, last: int) -> int:
    """Where the run of 1 begins that ends at ``last``; at ``first`` if not behind.

    >>> run_start(bytes([1, 0, 1, 1]), 0, 4), run_start(bytes([1, 0, 1, 1]), 0, 2)
    (2, 2)
    """
    found = column.rfind(0, first, last)
    return found + 1 if found >= 0 else first


def scan(tokens: TokenTable, quotes: Sequence[Quote], cues: Matches, language: str) -> Scan:
    """The tokens, ready for scanning; ``cues`` are all candidates for reporting cues."""
    kinds = find_kinds(tokens, language)
    # "In May, he said" has no verb before its comma.
    month = _flags(kinds.possible) & tokens.is_capital & ~tokens.opens
    # Kelly and Italy are no adverbs.
    adverb = _flags(kinds.ends_ly) & ~tokens.is_capital
    kinds = replace(
        kinds,
        finite=(_flags(kinds.finite) & ~month).tobytes(),
        ends_ly=adverb.tobytes(),
        aside=(_flags(kinds.between) | adverb).tobytes(),
    )
    word, capital = tokens.is_word, tokens.is_capital
    quote = _covered(len(tokens), as_table([(quote.first, quote.last) for quote in quotes]))
    cue = _covered(len(tokens), np.column_stack([cues.first, cues.last]))
    comma, calendar, role = _flags(kinds.comma), _flags(kinds.calendar), _flags(kinds.role)
    head = capital | role
    starts = _sentence_starts(tokens, kinds, quote)
    bounds = np.append(starts, len(tokens))
    own_pronoun = _flags(kinds.subject) & ~_moved_on(tokens, comma)
    return Scan(
        vocabulary=tokens.vocabulary.forms,
        type=_as_list(tokens.type),
        kinds=kinds,
        is_word=word.tobytes(),
        is_capital=capital.tobytes(),
        in_quote=quote.tobytes(),
        is_cue=cue.tobytes(),
        is_solid=(word | quote).tobytes(),
        is_head=head.tobytes(),
        is_name=(word & capital & ~_flags(kinds.closed) & ~quote).tobytes(),
        in_phrase=(_fits_phrase(tokens, kinds) & ~quote & ~(cue & ~head)).tobytes(),
        is_its_verb=(~capital & _flags(kinds.past) & _moved_on(tokens, head)).tobytes(),
        adds=(cue & _moved_on(tokens, comma)).tobytes(),
        opens=(quote | (word & ~calendar)).tobytes(),
        resumes=(quote | own_pronoun).tobytes(),
        words_before=_running(word),
        narrated_before=_running(word & ~quote),
        sentence=_as_list(np.repeat(np.arange(len(starts)), np.diff(bounds))),
        article=_as_list(tokens.article),
        bounds=_as_list(bounds),
        line=_as_list(tokens.sentence_line[tokens.sentence[starts]]),
    )


def _sentence_starts(tokens: TokenTable, kinds: Kinds, quote: BoolArray) -> IntArray:
    """The first token of each sentence; a splitter may have cut behind a title ("Ms. | Berg said")."""
    first, line = tokens.sentence_first[:-1], tokens.sentence_line
    rows = np.flatnonzero(first >= 2)
    before = first[rows]
    is_title = _flags(kinds.title)[before - 2] & _flags(kinds.dot)[before - 1] & tokens.is_capital[before - 2]
    is_one_line = (line[rows] == line[rows - 1]) & (tokens.article[before - 2] == tokens.article[before])
    kept = np.delete(np.arange(len(first)), rows[is_title & is_one_line])
    lost = _lost_starts(tokens, kinds, quote)
    return np.union1d(first[kept], lost) if len(lost) else first[kept]


def _lost_starts(tokens: TokenTable, kinds: Kinds, quote: BoolArray) -> IntArray:
    """Where sentences begin that a splitter joined over marks that do not pair: "It fell. The mayor”"."""
    dots = np.flatnonzero(_flags(kinds.dot)[1:-1]) + 1
    before, after = dots - 1, dots + 1
    is_title = _flags(kinds.title)[before]
    size = tokens.end[before] - tokens.start[before]
    # A short word may be an abbreviation: only a small word shows that a sentence begins behind it.
    is_whole = (size >= _WHOLE_WORD) | ((size >= _SHORT_WORD) & _flags(kinds.closed)[after])
    is_one_line = tokens.sentence[before] == tokens.sentence[after]
    is_apart = tokens.start[after] > tokens.end[dots]
    begins = tokens.is_capital[after] & tokens.is_word[before] & ~quote[dots] & ~quote[after]
    return np.asarray(after[is_one_line & is_whole & is_apart & begins & ~is_title])


def _fits_phrase(tokens: TokenTable, kinds: Kinds) -> BoolArray:
    """Whether each token can be part of a noun phrase, as far as it and the one before it tell."""
    word = ~_flags(kinds.closed) | _flags(kinds.link) | _flags(kinds.determiner)
    mark = _flags(kinds.percent) | (_flags(kinds.initial) & _moved_on(tokens, tokens.is_capital))
    barred = _flags(kinds.calendar) | _flags(kinds.clause)
    fits: BoolArray = np.where(tokens.is_word, word, mark) & ~barred
    return fits


def as_table(ranges: Sequence[Range]) -> IntArray:
    """The ranges as an array, shape (n_ranges, 2)."""
    flat = np.fromiter(chain.from_iterable(ranges), dtype=np.int64, count=2 * len(ranges))
    return flat.reshape(len(ranges), 2)


def tokens_in(table: IntArray) -> IntArray:
    """The tokens of each range, one range after the other; ``table`` has shape (n_ranges, 2).

    >>> tokens_in(np.array([(5, 8), (1, 2)])).tolist()
    [5, 6, 7, 1]
    """
    first, size = table[:, 0], table[:, 1] - table[:, 0]
    behind = np.cumsum(size)
    n_tokens = behind[-1] if len(table) else 0
    return np.repeat(first - (behind - size), size) + np.arange(n_tokens)


def _covered(n_tokens: int, table: IntArray) -> BoolArray:
    """Whether each token stands in one of some ranges, shape (n_tokens,)."""
    inside = np.zeros(n_tokens, dtype=np.bool_)
    inside[tokens_in(table)] = True
    return inside


def _flags(column: bytes) -> BoolArray:
    return np.frombuffer(column, dtype=np.bool_)


def _moved_on(tokens: TokenTable, column: BoolArray) -> BoolArray:
    """What the column holds for the token before each one; nothing precedes the first of an article."""
    moved = np.zeros(len(column) + 1, dtype=np.bool_)
    moved[1:] = column
    moved[tokens.article_first] = False
    return moved[:-1]


def _running(column: BoolArray) -> Sequence[int]:
    """How many tokens before each one the column holds 1 for; one entry more than tokens."""
    counts = np.zeros(len(column) + 1, dtype=np.int64)
    np.cumsum(column, out=counts[1:])
    return _as_list(counts)


def _as_list(column: IntArray) -> Sequence[int]:
    """The column, read as a list of int is, but not copied."""
    return memoryview(column.data)
