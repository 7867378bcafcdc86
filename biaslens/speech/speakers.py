"""Speakers: one name for the several ways in which an article mentions the same source."""

from __future__ import annotations

from biaslens.speech.scan import Range, Scan

_PERSON = frozenset(("he", "she", "who", "i"))
_OTHERS = frozenset(("they", "it", "we"))
# "said in a statement on its website": how far the statement may stand from the one who issued it, in tokens.
_NEAR_TOKENS = 20


class Mentions:
    """The speakers of one article so far; ``resolve`` must see the mentions in reading order.

    "Mr. Lavrov", "Lavrov" and "Foreign Minister Sergei Lavrov" become the longest form seen so far; "the
    spokesperson" becomes the last speaker described by that word; a pronoun becomes the last speaker, "the
    statement" the one who issued it.
    """

    def __init__(self) -> None:
        self._by_word: dict[str, str] = {}
        self._person = ""
        self._last = ""
        self._issuer = ""

    def resolve(self, scan: Scan, source: Range, text: str) -> str:
        """The speaker's name for a mention, "" for a pronoun that nobody precedes."""
        words = [scan.form[token].removesuffix("'s") for token in range(*source) if scan.is_word[token]]
        names = [
            scan.form[token].removesuffix("'s")
            for token in range(*source)
            if scan.is_word[token] and scan.is_capital[token] and scan.form[token] not in scan.kinds.closed
        ]
        if len(words) == 1 and words[0] in _PERSON:
            speaker = self._person or self._last
        elif len(words) == 1 and words[0] in _OTHERS:
            speaker = self._last
        elif words[-1] in scan.kinds.utterance and words[0] not in ("a", "an") and not names and self._last:
            speaker = self._issuer or self._last
        elif names and any(scan.form[token] in ("and", "&") for token in range(*source)):
            # Several speakers at once: none of them is known by this name later.
            speaker = _plain(text)
        else:
            speaker = self._named(scan, words, names, _plain(text))
        self._last = speaker or self._last
        first, last = scan.sentence_of(source[0])
        near = slice(max(first, source[0] - _NEAR_TOKENS), min(last, source[1] + _NEAR_TOKENS))
        if not scan.kinds.utterance.isdisjoint(scan.form[near]):
            self._issuer = self._last
        return speaker

    def _named(self, scan: Scan, words: list[str], names: list[str], text: str) -> str:
        """The longest form known, remembered under the last word and every role of the mention."""
        head = words[-1]
        is_role = head in scan.kinds.role
        # "Lavrov" after "Sergei Lavrov", "the spokesperson" after "a Downing Street spokesperson".
        is_short = len(names) <= 1 if not is_role else not names
        known = self._by_word.get(head, "")
        speaker = known if known and is_short else text
        for word in (head, *(word for word in words if word in scan.kinds.role)):
            self._by_word[word] = speaker
        if names and not is_role:
            self._person = speaker
        return speaker


def _plain(text: str) -> str:
    """A mention without its article, possessive and line breaks: "the Kremlin's" is Kremlin."""
    words = text.split()
    if len(words) > 1 and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words).removesuffix("’s").removesuffix("'s")
