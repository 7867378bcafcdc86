"""Own names: what an outlet calls itself, its agencies and its authors, which tell nothing of its framing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from biaslens.lexicons import agency_names, load_lexicon

Words = tuple[str, ...]

# "Fox News Online", "The Guardian": what names of outlets are known without.
_ARTICLE, _KINDS = "the", frozenset({"news", "online"})
# "CNN (Web News)", "New York Times - Opinion": a section, not the name.
_SECTION = re.compile(r"\s*\(.*?\)|\s+[-–—|]\s.*")
_DOMAIN = re.compile(r"^www\.|(?:\.(?:com|org|net|info|gov|tv|news|co|[a-z]{2}))+$")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_BETWEEN_AUTHORS = re.compile(r"\s*[,;&]\s*|\s+and\s+")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
# Letters of a name's initials from which they are no likely word or country ("us", "un").
_MIN_INITIALS = 3


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name as lower-case words, and the one word that may stand for it, "" for none.

    >>> OwnName(("jane", "smith"), short="smith").words
    ('jane', 'smith')
    """

    words: Words
    short: str = ""


def outlet_names(outlet: str) -> list[OwnName]:
    """The names of an outlet: without "The", a section, the end of a domain; its initials; in one word.

    >>> [name.words for name in outlet_names("The New York Times - Opinion")]
    [('new', 'york', 'times'), ('newyorktimes',), ('nyt',)]
    >>> [name.words for name in outlet_names("Fox News (Online)")]
    [('fox', 'news'), ('fox',), ('foxnews',)]
    """
    words = [_DOMAIN.sub("", word) for word in _words(_SECTION.sub("", outlet))]
    words = [word for word in words if word]
    if words[:1] == [_ARTICLE]:
        words = words[1:]
    if not words:
        return []
    core = list(words)
    while len(core) > 1 and core[-1] in _KINDS:
        core.pop()
    initials = "".join(word[0] for word in core)
    spellings = [tuple(words), tuple(core), ("".join(words),)]
    if len(initials) >= _MIN_INITIALS:
        spellings.append((initials,))
    return [OwnName(spelling) for spelling in dict.fromkeys(spellings)]


def agency_aliases(agency: str, language: str = "en") -> list[OwnName]:
    """The names under which a news agency is credited.

    >>> OwnName(("associated", "press")) in agency_aliases("Associated Press")
    True
    """
    agencies = load_lexicon("agencies", language).terms_of("agency")
    aliases = (name for name, usual in agency_names(language).items() if usual == agency and name in agencies)
    return [OwnName(words) for words in sorted({tuple(_words(name)) for name in aliases}) if words]


def author_names(byline: str) -> list[OwnName]:
    """The persons of a byline, with and without middle initials; a surname may stand for each.

    >>> author_names("By Jane Q. Smith and Ali Khan")[-1]
    OwnName(words=('ali', 'khan'), short='khan')
    >>> author_names("Staff")
    []
    """
    return [
        OwnName(words, words[-1])
        for name in _BETWEEN_AUTHORS.split(_BY.sub("", byline.strip()))
        for words in _spellings(name)
    ]


def _spellings(name: str) -> Iterator[Words]:
    words = tuple(_words(name))
    short = tuple(word for word in words if len(word.rstrip(".")) > 1)
    # A person has two to four names; anything else is a desk, or a sentence.
    if 2 <= len(short) <= 4 and all(word[:1].isupper() for word in name.split()):
        yield from dict.fromkeys((words, short))


def _words(name: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(name)]


def contains(words: Sequence[str], name: Words) -> bool:
    """Whether some words hold a name, word after word.

    >>> contains(("told", "fox", "news"), ("fox", "news")), contains(("fox", "hunting"), ("fox", "news"))
    (True, False)
    """
    return any(tuple(words[i : i + len(name)]) == name for i in range(len(words) - len(name) + 1))


def distinct(names: Iterable[OwnName]) -> list[OwnName]:
    """Each name once, in alphabetical order; the order of articles plays no part."""
    return sorted(set(names), key=lambda name: (name.words, name.short))
