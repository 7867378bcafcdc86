"""Speakers: one name for the several ways in which an article mentions the same source."""

from __future__ import annotations

from biaslens.speech.scan import Scan
from biaslens.speech.sources import Range

_PERSON = frozenset(("he", "she", "who"))
_OTHERS = frozenset(("they", "it", "we"))


class Mentions:
    """The speakers of one article so far; ``resolve`` must see the mentions in reading order.

    "Mr. Lavrov", "Lavrov" and "Foreign Minister Sergei Lavrov" become the longest form seen so far; "the spokesperson"
    becomes the last speaker described by that word; a pronoun becomes the last speaker.
    """

    def __init__(self) -> None:
        self._by_word: dict[str, str] = {}
        self._person = ""
        self._last = ""

    def resolve(self, scan: Scan, source: Range, text: str) -> str:
        """The speaker's name for a mention, "" for a pronoun that nobody precedes."""
        words = [scan.form[token].removesuffix("'s") for token in range(*source) if scan.is_word[token]]
        if len(words) == 1 and words[0] in _PERSON | _OTHERS:
            speaker = (self._person or self._last) if words[0] in _PERSON else self._last
        else:
            speaker = self._named(scan, source, words, _plain(text))
        self._last = speaker or self._last
        return speaker

    def _named(self, scan: Scan, source: Range, words: list[str], text: str) -> str:
        head = words[-1]
        names = [
            word
            for token, word in zip(_words(scan, source), words, strict=True)
            if scan.is_capital[token] and word not in scan.kinds.closed
        ]
        if any(scan.form[token] in ("and", "&") for token in range(*source)) and names:
            # Several speakers at once: none of them is known by this name later.
            return text
        is_role = head in scan.kinds.role
        # "Lavrov" after "Sergei Lavrov", "the spokesperson" after "a Downing Street spokesperson".
        is_short = len(names) <= 1 if not is_role else not names
        known = self._by_word.get(head, "")
        speaker = known if known and is_short else text
        for word in {head, *(word for word in words if word in scan.kinds.role)}:
            self._by_word[word] = speaker
        if names and not is_role:
            self._person = speaker
        return speaker

    @property
    def last(self) -> str:
        """The speaker of the latest attribution, for a quotation that continues it."""
        return self._last


def _words(scan: Scan, source: Range) -> list[int]:
    return [token for token in range(*source) if scan.is_word[token]]


def _plain(text: str) -> str:
    """A mention without its article, possessive and line breaks: "the Kremlin's" is Kremlin."""
    words = text.split()
    if len(words) > 1 and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words).removesuffix("’s").removesuffix("'s")
