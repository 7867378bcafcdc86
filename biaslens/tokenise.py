"""Tokenise: the kept text as one table of pieces, tokens and sentences.

Text is cut at blanks once. What a piece consists of depends on the piece alone, so each distinct piece is
taken apart once, and tokens are looked up.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from biaslens.blanks import CodeArray, are_blank, are_visible, codes_of, piece_bounds
from biaslens.settings import Splitter
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, Pieces, TokenTable
from biaslens.vocabulary import Growing, HashedVocabulary, Vocabulary

# Abbreviations with inner full stops ("U.S."), numbers ("2,500"), words with inner hyphens or apostrophes,
# and any other visible character alone.
_TOKEN = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?|\d+(?:[.,]\d+)+|\w+(?:[-'’.&]\w+)*|[^\w\s]")
# The end of a sentence as marks alone tell it, where a capital, a digit or an opening quotation mark follows.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»›)\]]*\s+(?=\S)")
_OPENING = frozenset("\"'“‘«‹„‚")
# Characters cut at a time: enough to make loops cheap, few enough to stay in a processor's cache.
_BLOCK = 1 << 17
# The splitter takes an empty line for the end of a sentence.
_BETWEEN_LINES = "\n\n"
_LINES_TOGETHER = 2_500
# The splitter's time can grow with the square of the length, so that very long lines go to it in stretches.
_MAX_STRETCH = 1 << 15
# Where sentences start in a text of several lines, which start at some places themselves.
_Split = Callable[[str, IntArray], IntArray]
# Distinct pieces after which a fresh vocabulary is begun, so that memory stays bounded; about 70 MB.
MAX_FORMS = 200_000


def tokenise(
    texts: Sequence[str], kept: Spans, language: str = "en", splitter: Splitter = "sentencex"
) -> TokenTable:
    """Tokens of the kept spans of some texts; a sentence never crosses the end of a kept span.

    splitter  see Settings.sentences

    >>> tokens = tokenise(["He left. She didn’t."], Spans.of([(0, 0, 20)]))
    >>> tokens.words(0, 6), tokens.sentence_first.tolist()
    (['he', 'left', '.', 'she', "didn't", '.'], [0, 3, 6])
    """
    parts = _parts()
    try:
        return _take_apart(cut_pieces(texts, kept, language, parts.pieces, splitter), parts)
    except BaseException:
        # Interrupted half-way, as in a notebook, what was remembered may be out of step.
        _seen.parts = None
        raise


def cut_pieces(
    texts: Sequence[str],
    kept: Spans,
    language: str = "en",
    vocabulary: HashedVocabulary | None = None,
    splitter: Splitter = "sentencex",
) -> Pieces:
    """Pieces and sentences of the kept spans of some texts.

    vocabulary  to number the pieces in; a fresh one where there is none
    """
    vocabulary = vocabulary if vocabulary is not None else HashedVocabulary()
    split = _splitting(language, splitter)
    blocks = [_cut(texts, kept, lines, split, vocabulary) for lines in _blocks(kept)]
    n_pieces = np.cumsum([0, *(len(block.row) for block in blocks)])
    article = _joined([block.article for block in blocks])
    return Pieces(
        vocabulary=vocabulary,
        row=_joined([block.row for block in blocks]),
        start=_joined([block.start for block in blocks]),
        end=_joined([block.end for block in blocks]),
        sentence_first=np.append(
            _joined([block.sentence_first + n for block, n in zip(blocks, n_pieces[:-1], strict=True)]),
            n_pieces[-1],
        ),
        sentence_line=_joined([block.sentence_line for block in blocks]),
        article_first=np.searchsorted(article, np.arange(len(texts) + 1)),
    )


def _joined(arrays: Sequence[IntArray]) -> IntArray:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])


def _blocks(kept: Spans) -> Iterator[range]:
    """The lines, in runs of about so many characters."""
    total = np.cumsum(kept.end - kept.start)
    first = 0
    while first < len(kept):
        before = total[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(total, before + _BLOCK)))
        yield range(first, last)
        first = last


@dataclass(frozen=True, slots=True)
class _Block:
    """Pieces of some lines, numbered from 0; see Pieces."""

    row: IntArray
    start: IntArray
    end: IntArray
    article: IntArray
    sentence_first: IntArray
    sentence_line: IntArray


def _cut(
    texts: Sequence[str], kept: Spans, lines: range, split: _Split, vocabulary: HashedVocabulary
) -> _Block:
    """The pieces of some lines, looked at as one text with an empty line between each two of them."""
    rows, starts, ends = (column[lines.start : lines.stop] for column in (kept.article, kept.start, kept.end))
    parts = [texts[row][a:b] for row, a, b in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)]
    text = _BETWEEN_LINES.join(parts)
    codes = codes_of(text)
    others = np.flatnonzero(codes >= 0x80)
    size = ends - starts + len(_BETWEEN_LINES)
    line_place = np.cumsum(size) - size
    splittable = _for_splitter(text, codes, others)
    found = split(splittable, line_place)
    sentence_place = _distinct(np.sort(np.append(found, line_place)))
    visible = are_visible(codes, others)
    start, end = _cut_at(*piece_bounds(visible), sentence_place, visible)
    # Sentences of blanks alone hold no piece and are dropped.
    first = _distinct(np.searchsorted(start, sentence_place))
    first = first[first < len(start)]
    line = np.searchsorted(line_place, start, side="right") - 1
    shift = starts[line] - line_place[line]
    return _Block(
        row=vocabulary.rows_in(text, codes, start, end),
        start=start + shift,
        end=end + shift,
        article=rows[line],
        sentence_first=first,
        sentence_line=lines.start + line[first],
    )


def _distinct(ascending: IntArray) -> IntArray:
    return ascending[np.diff(ascending, prepend=-1) > 0]


def _cut_at(start: IntArray, end: IntArray, cuts: IntArray, visible: BoolArray) -> tuple[IntArray, IntArray]:
    """Start and end of the pieces, of which one is cut in two where a sentence starts inside it."""
    inner = cuts[(cuts > 0) & (cuts < len(visible))]
    inner = inner[visible[inner] & visible[inner - 1]]
    if not len(inner):
        return start, end
    return np.sort(np.append(start, inner)), np.sort(np.append(end, inner))


def _for_splitter(text: str, codes: CodeArray, others: IntArray) -> str:
    """The text with every character in a form that the splitter can take.

    It speaks UTF-8, which has no lone surrogates, and some of its versions fail on blanks that are not ASCII.
    """
    is_blank = are_blank(codes[others])
    is_surrogate = (codes[others] >= 0xD800) & (codes[others] < 0xE000)
    if not is_blank.any() and not is_surrogate.any():
        return text
    codes = codes.copy()
    codes[others[is_blank]] = ord(" ")
    codes[others[is_surrogate]] = ord("\ufffd")
    return codes.tobytes().decode("utf-32-le")


def _splitting(language: str, splitter: Splitter) -> _Split:
    return _behind_marks if splitter == "punctuation" else partial(_sentence_places, language=language)


def _behind_marks(text: str, line_place: IntArray) -> IntArray:
    """Where sentences start if every mark with a capital, digit or quotation mark behind it ends one."""
    found = [end.end() for end in _SENTENCE_END.finditer(text)]
    opens = [place for place in found if _may_open(text[place])]
    return np.append(line_place, np.array(opens, dtype=np.int64))


def _may_open(character: str) -> bool:
    return character.isupper() or character.isdigit() or character in _OPENING


def _sentence_places(text: str, line_place: IntArray, language: str) -> IntArray:
    """Where sentences start in a text, of which lines start at some places; an empty line ends a sentence."""
    # Several lines go to the splitter at a time, as most of them are short.
    opens = np.flatnonzero(np.diff(line_place // _LINES_TOGETHER, prepend=-1))
    bounds = [*line_place[opens].tolist(), len(text)]
    sizes = [size for a, b in pairwise(bounds) for size in _sentence_sizes(text[a:b], language)]
    ends = np.cumsum(sizes, dtype=np.int64)
    return np.append(0, ends[:-1])


def _sentence_sizes(text: str, language: str) -> list[int]:
    """How many characters each sentence has, the blanks behind it included; they add up to the text."""
    sizes: list[int] = []
    start = 0
    while len(text) - start > _MAX_STRETCH:
        # The last sentence of a stretch may go on behind it, and begins the next one.
        found = _split(text[start : start + _MAX_STRETCH], language)
        whole = found[:-1] or found
        sizes += whole
        start += sum(whole)
    return sizes + _split(text[start:], language)


def _split(text: str, language: str) -> list[int]:
    import sentencex

    sizes = list(map(len, sentencex.segment(language, text)))
    if sum(sizes) == len(text):
        return sizes
    # Of texts of over 10 kB it may drop empty lines; where sentences start it tells in another way, too.
    found = sentencex.get_sentence_boundaries(language, text)
    starts = sorted({0, *(boundary["start_index"] for boundary in found)})
    return [b - a for a, b in pairwise([*starts, len(text)])]


def sentence_starts(line: str, language: str = "en", splitter: Splitter = "sentencex") -> list[int]:
    """Where the sentences of one line start.

    >>> sentence_starts("Mr. Smith left. He was tired.")
    [0, 16]
    >>> sentence_starts("Mr. Smith left. He was tired.", splitter="punctuation")
    [0, 4, 16]
    """
    codes = codes_of(line)
    splittable = _for_splitter(line, codes, np.flatnonzero(codes >= 0x80))
    starts: list[int] = _splitting(language, splitter)(splittable, np.zeros(1, dtype=np.int64)).tolist()
    return starts


class _Parts:
    """The distinct pieces seen so far and the tokens that each consists of.

    first, count        per piece: its first token in the columns below, and how many it has
    type, start, end    per token of a distinct piece: row in ``tokens``, characters inside the piece
    is_capital
    """

    def __init__(self) -> None:
        self.pieces = HashedVocabulary()
        self.tokens = Vocabulary()
        none = np.zeros(0, dtype=np.int64)
        self.first, self.count = Growing(none), Growing(none)
        self.type, self.start, self.end = Growing(none), Growing(none), Growing(none)
        self.is_capital = Growing(np.zeros(0, dtype=bool))

    def take_apart_new(self) -> None:
        """Take the pieces apart that came since the last time."""
        forms = self.pieces.forms[len(self.first) :]
        if not forms:
            return
        tokens = _TOKEN.findall("\n".join(forms))
        # Tokens leave no gaps, so their places follow from their lengths.
        size = np.fromiter(map(len, tokens), np.int64, len(tokens))
        start = np.cumsum(size) - size
        length = np.fromiter(map(len, forms), np.int64, len(forms))
        begin = np.cumsum(length) - length
        piece = np.searchsorted(begin, start, side="right") - 1
        count = np.bincount(piece, minlength=len(forms)).astype(np.int64)
        self.first.append(len(self.type) + np.cumsum(count) - count)
        self.count.append(count)
        # Lower case of a whole list at once: no letter's depends on what stands beyond a line end.
        lower = "\n".join(tokens).lower().replace("’", "'").split("\n")
        self.type.append(self.tokens.rows(lower))
        self.start.append(start - begin[piece])
        self.end.append(start + size - begin[piece])
        self.is_capital.append(np.array([token[0].isupper() for token in tokens], dtype=bool))


_seen = threading.local()


def _parts() -> _Parts:
    """What this thread has taken apart so far; begun afresh when it has grown large."""
    parts: _Parts | None = getattr(_seen, "parts", None)
    if parts is None or len(parts.pieces) > MAX_FORMS:
        parts = _seen.parts = _Parts()
    return parts


def _take_apart(pieces: Pieces, parts: _Parts) -> TokenTable:
    """The tokens of the pieces, looked up."""
    parts.take_apart_new()
    count = parts.count.values[pieces.row]
    last = np.cumsum(count)
    first = last - count
    token = np.repeat(parts.first.values[pieces.row] - first, count) + np.arange(last[-1] if len(last) else 0)
    begin = np.repeat(pieces.start, count)
    piece_first = np.append(first, last[-1:] if len(last) else 0)
    types = parts.type.values[token]
    return TokenTable(
        pieces=pieces,
        piece_first=piece_first,
        vocabulary=parts.tokens,
        type=types,
        start=begin + parts.start.values[token],
        end=begin + parts.end.values[token],
        is_word=parts.tokens.table(_has_letter_or_digit)[types],
        is_capital=parts.is_capital.values[token],
        sentence_first=piece_first[pieces.sentence_first],
        article_first=piece_first[pieces.article_first],
    )


def _has_letter_or_digit(forms: Sequence[str]) -> BoolArray:
    return np.array([any(map(str.isalnum, form)) for form in forms], dtype=bool)
