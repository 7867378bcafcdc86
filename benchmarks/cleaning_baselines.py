"""What others would remove from the lines of an article: filters of web corpora, and jusText."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from biaslens.cleaning.lines import Line

Remover = Callable[[Sequence[Line]], list[bool]]

_TERMINAL = re.compile(r"[.!?\"”’']$")
_POLICY = re.compile(
    r"(?i)terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies"
    r"|javascript|lorem ipsum|\{"
)
_COUNTER = re.compile(r"(?i)^\W*[\d.,]+[km]?\s+\w+\W*$")
_CALL = re.compile(
    r"(?i)^\W*(?:sign[- ]?in|log[- ]?in|sign[- ]?up)\b|\bread more\W*$|\bitems in (?:the )?cart\b"
)


def nothing(lines: Sequence[Line]) -> list[bool]:
    return [False] * len(lines)


def c4(lines: Sequence[Line]) -> list[bool]:
    """C4's line rules (Raffel et al. 2020, section 2.2): a sentence's end, five words, no policy words."""
    return [
        not _TERMINAL.search(line.text) or line.n_words < 5 or _POLICY.search(line.text) is not None
        for line in lines
    ]


def refined_web(lines: Sequence[Line]) -> list[bool]:
    """In the manner of RefinedWeb's line-wise corrections (Penedo et al. 2023, appendix G.2)."""

    def is_removed(line: Line) -> bool:
        letters = [character for character in line.text if character.isalpha()]
        is_capitals = bool(letters) and sum(map(str.isupper, letters)) > 0.5 * len(letters)
        is_call = line.n_words <= 10 and _CALL.search(line.text) is not None
        return is_capitals or not letters or line.n_words == 1 or bool(_COUNTER.search(line.text)) or is_call

    return [is_removed(line) for line in lines]


def justext_lines(lines: Sequence[Line]) -> list[bool]:
    """jusText (Pomikálek 2011) with its defaults for English, each line as a paragraph."""
    import justext

    page = "".join(f"<p>{html.escape(line.text)}</p>" for line in lines)
    paragraphs = justext.justext(page.encode(), justext.get_stoplist("English"), encoding="utf-8")
    bad = [paragraph.is_boilerplate for paragraph in paragraphs]
    # A line without a word is no paragraph to jusText.
    if len(bad) == len(lines):
        return bad
    by_text = {" ".join(paragraph.text.split()): paragraph.is_boilerplate for paragraph in paragraphs}
    return [by_text.get(" ".join(line.text.split()), True) for line in lines]


BASELINES: dict[str, Remover] = {
    "nothing": nothing,
    "C4's line rules": c4,
    "RefinedWeb-style lines": refined_web,
    "jusText on lines": justext_lines,
}
