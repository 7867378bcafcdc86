"""Speakers: one name for the several ways in which an article mentions the same source."""

from __future__ import annotations

from collections.abc import Sequence

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
        speaker = self._speaker(scan, source, text)
        self._last = speaker or self._last
        if _is_issued(scan, source):
            self._issuer = self._last
        return speaker

    def _speaker(self, scan: Scan, source: Range, text: str) -> str:
        kinds = scan.kinds
        words = [token for token in range(*source) if scan.is_word[token]]
        if len(words) == 1:
            pronoun = _base(scan.form(words[0]))
            if pronoun in _PERSON:
                return self._person or self._last
            if pronoun in _OTHERS:
                return self._last
        names = [token for token in words if scan.is_capital[token] and not kinds.closed[token]]
        is_utterance = kinds.any_utterance[words[-1]] and _base(scan.form(words[0])) not in ("a", "an")
        if is_utterance and not names and self._last:
            return self._issuer or self._last
        if names and kinds.couples.find(1, *source) >= 0:
            # Several speakers at once: none of them is known by this name later.
            return _plain(text)
        return self._named(scan, words, len(names), _plain(text))

    def _named(self, scan: Scan, words: Sequence[int], n_names: int, text: str) -> str:
        """The longest form known, remembered under the last word and every role of the mention."""
        head = words[-1]
        is_role = scan.kinds.any_role[head]
        # "Lavrov" after "Sergei Lavrov", "the spokesperson" after "a Downing Street spokesperson".
        is_short = n_names == 0 if is_role else n_names <= 1
        known = self._by_word.get(_base(scan.form(head)), "")
        speaker = known if known and is_short else text
        for word in words:
            if word == head or scan.kinds.any_role[word]:
                self._by_word[_base(scan.form(word))] = speaker
        if n_names and not is_role:
            self._person = speaker
        return speaker


def _is_issued(scan: Scan, source: Range) -> bool:
    """Whether the sentence names a statement near its source."""
    first, last = max(0, source[0] - _NEAR_TOKENS), source[1] + _NEAR_TOKENS
    utterance = scan.kinds.utterance
    # Statements are rare: most sources need no look at where their sentence begins.
    if utterance.find(1, first, last) < 0:
        return False
    start, end = scan.sentence_of(source[0])
    return utterance.find(1, max(start, first), min(end, last)) >= 0


def _base(form: str) -> str:
    return form.removesuffix("'s")


def _plain(text: str) -> str:
    """A mention without its article, possessive and line breaks: "the Kremlin's" is Kremlin."""
    words = text.split()
    if len(words) > 1 and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words).removesuffix("’s").removesuffix("'s")
