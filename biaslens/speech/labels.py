"""Labels: speakers named before a colon at the start of a line, as in transcripts and headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from biaslens.speech.scan import Range, Scan, as_table, behind_last, tokens_in

# "Democratic Rep. Anna Berg (Ohio):" is as long as a label gets, in tokens; and shorter words are a list's.
_LABEL_TOKENS, _MIN_WORDS = 9, 4
# The answers of an interview that is printed as questions and answers.
_ANSWER, _QUESTION = "a", "q"


class Label(NamedTuple):
    """A label: its colon, the name before it (an empty range for "A:"), and the words of its line behind."""

    colon: int
    source: Range
    content: Range


def find_labels(scan: Scan) -> list[Label]:
    """Speakers before a colon at the start of a line, with the rest of the line as their words.

    A name counts that the article also uses inside a sentence, or that opens two lines; "A" counts where "Q"
    opens lines as well.
    """
    labels = [label for colon in _colons(scan) if (label := _label(scan, colon)) is not None]
    if not labels:
        return []
    return [label for label, is_one in zip(labels, _is_speaker(scan, labels), strict=True) if is_one]


def _colons(scan: Scan) -> list[int]:
    colons = np.flatnonzero(np.frombuffer(scan.kinds.colon, dtype=np.bool_))
    near = np.asarray(scan.bounds)[np.asarray(scan.sentence)[colons]]
    is_near = (colons > near) & (colons - near <= _LABEL_TOKENS)
    colons_near: list[int] = colons[is_near].tolist()
    return colons_near


def _label(scan: Scan, colon: int) -> Label | None:
    """What stands on both sides of a colon, if it can be a name and the words of the one named."""
    first, _ = scan.sentence_of(colon)
    is_line_start = first == 0 or not scan.is_one_line(first - 1, first)
    if not is_line_start or not _is_title(scan, (first, colon)):
        return None
    content = (colon + 1, scan.line_end(colon))
    says = scan.kinds.finite.find(1, *content) >= 0 or scan.has_quote(content)
    return Label(colon, (first, colon), content) if says and scan.n_words(content) >= _MIN_WORDS else None


def _is_title(scan: Scan, tokens: Range) -> bool:
    """Whether it has words, each with a capital, and none that heads something else ("Correction")."""
    kinds = scan.kinds
    if scan.n_words(tokens) == 0 or scan.has_quote(tokens) or kinds.label.find(1, *tokens) >= 0:
        return False
    return all(scan.is_capital[i] or not scan.is_word[i] or kinds.link[i] for i in range(*tokens))


def _is_speaker(scan: Scan, labels: Sequence[Label]) -> list[bool]:
    """Whether each label names one who speaks."""
    heads = [_head(scan, label) for label in labels]
    n_lines = Counter((scan.article[head], scan.form(head)) for head in heads)

    def speaks(head: int, is_named: bool) -> bool:
        article, form = scan.article[head], scan.form(head)
        if form in (_ANSWER, _QUESTION):
            return form == _ANSWER and n_lines[article, _QUESTION] > 0
        return is_named or n_lines[article, form] > 1 or scan.kinds.any_role[head] == 1

    return list(map(speaks, heads, _named_inside(scan, labels, heads)))


def _head(scan: Scan, label: Label) -> int:
    """The last word of a label: the surname, or the role."""
    return behind_last(scan.is_word, *label.source) - 1


def _named_inside(scan: Scan, labels: Sequence[Label], heads: Sequence[int]) -> list[bool]:
    """Whether the head of each label is a name inside a sentence of its article, labels aside."""
    is_name = np.frombuffer(scan.is_name, dtype=np.bool_)
    is_inside = is_name.copy()
    is_inside[1:] &= np.frombuffer(scan.is_word, dtype=np.bool_)[:-1]
    is_inside[np.asarray(scan.bounds)[:-1]] = False
    is_inside[tokens_in(as_table([label.source for label in labels]))] = False
    key = np.asarray(scan.article) * len(scan.vocabulary) + np.asarray(scan.type)
    named: list[bool] = (is_name[heads] & np.isin(key[heads], key[is_inside])).tolist()
    return named
