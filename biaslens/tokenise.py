"""Tokenise: the kept text as one table of tokens and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from biaslens.spans import Spans
from biaslens.tokens import TokenTable

# Abbreviations with inner full stops ("U.S."), numbers ("2,500"), words with inner hyphens or apostrophes,
# and any other visible character alone.
_TOKEN = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?|\d+(?:[.,]\d+)+|\w+(?:[-'’.&]\w+)*|[^\w\s]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def tokenise(texts: Sequence[str], kept: Spans, language: str = "en") -> TokenTable:
    """Tokens of the kept spans of some texts; a sentence never crosses the end of a kept span.

    >>> tokens = tokenise(["He left. She didn’t."], Spans.of([(0, 0, 20)]))
    >>> tokens.types, tokens.sentence_first.tolist()
    (('he', 'left', '.', 'she', "didn't"), [0, 3, 6])
    """
    type_of: dict[str, int] = {}
    type_row: list[int] = []
    position: list[tuple[int, int]] = []
    capital: list[bool] = []
    sentence_first: list[int] = []
    sentence_line: list[int] = []
    article_first = np.zeros(len(texts) + 1, dtype=np.int64)
    for line, (row, start, end) in enumerate(zip(kept.article, kept.start, kept.end, strict=True)):
        line_text = texts[row][start:end]
        for first, last in sentence_bounds(line_text, language):
            n_before = len(type_row)
            for match in _TOKEN.finditer(line_text, first, last):
                token = match.group()
                form = token.lower().replace("’", "'")
                type_row.append(type_of.setdefault(form, len(type_of)))
                position.append((start + match.start(), start + match.end()))
                capital.append(token[0].isupper())
            if len(type_row) > n_before:
                sentence_first.append(n_before)
                sentence_line.append(line)
        article_first[row + 1] = len(type_row)
    types = tuple(type_of)
    is_word = np.array([any(map(str.isalnum, form)) for form in types], dtype=bool)
    where = np.array(position, dtype=np.int64).reshape(len(position), 2)
    rows = np.array(type_row, dtype=np.int32)
    return TokenTable(
        types=types,
        type=rows,
        start=where[:, 0],
        end=where[:, 1],
        is_word=is_word[rows] if len(rows) else np.zeros(0, dtype=bool),
        is_capital=np.array(capital, dtype=bool),
        sentence_first=np.array([*sentence_first, len(type_row)], dtype=np.int64),
        sentence_line=np.array(sentence_line, dtype=np.int64),
        article_first=np.maximum.accumulate(article_first),
    )


def sentence_bounds(line: str, language: str = "en") -> list[tuple[int, int]]:
    """Where the sentences of one line start and end.

    >>> sentence_bounds("Mr. Smith left. He was tired.")
    [(0, 16), (16, 29)]
    """
    import sentencex

    # The splitter speaks UTF-8, which has no lone surrogates; their stand-in is as long as they are.
    clean = _SURROGATE.sub("\ufffd", line)
    found = sentencex.get_sentence_boundaries(language, clean)
    starts = sorted({0, *(boundary["start_index"] for boundary in found)})
    return list(zip(starts, [*starts[1:], len(line)], strict=True))
