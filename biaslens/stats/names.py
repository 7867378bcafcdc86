"""Names: runs of capitalised words, found without a parser, and without the titles before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import Derive, is_one_of

# Small words that stand inside names: "Council of Europe", "Ursula von der Leyen", "Johnson & Johnson".
_LINKS = frozenset(
    ("of", "&", "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "al", "el")
)
# Behind these marks a sentence of its own may begin, so that a capital says nothing.
_OPENERS = frozenset((":", "—", "–", "•", "…", "...", "!", "?"))
# So many letters at most stand before the stop of an abbreviation: "Sept.".
_ABBREVIATED = 4
# Forms of address (Quirk et al. 1985, 5.66): they stand before a name and are no part of it.
_ADDRESS = (
    r"(?:mrs?|ms|miss|mx|dr|drs|prof|sir|dame|lord|lady|madam|sen|sens|reps?|govs?|gen|lt|col|maj|capt|sgt|cpl"
    r"|adm|cmdr|rev|fr|hon|st|jr|sr|pm)"
)
_NEVER_NAME = re.compile(rf"{_ADDRESS}|[a-z]|i'\w+|[rdi]-[a-z.]+|\d.*|.*'(?:re|ve|ll|d|m|t)", re.IGNORECASE)
_ADDRESS_WORD = re.compile(rf"{_ADDRESS}\.?")
_CALENDAR_SHORT = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)"
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
# "Russia-backed", "Obama-era": the name is what stands before the hyphen.
_COMPOUND = re.compile(r"[-‑–][a-z]\S*$")
# The name that a speaker's description ends with: "Kremlin spokesman Dmitry Peskov".
_LAST_NAME = re.compile(
    r"(?<!\S)[^\W\d_a-z][\w.'&-]*"
    r"(?:\s+(?:(?:of|for|the|and|von|van|der|den|de|la|al|bin)\s+)*[^\W\d_a-z][\w.'&-]*)*$"
)
# "Washington. Biden": two sentences that were not told apart.
_RUN_ON = re.compile(r"^.*[a-z]{4,}\.\s+")
# In a sentence with this share of capitals, as in a headline, a capital does not make a name.
_HEADLINE_SHARE, _HEADLINE_WORDS = 0.75, 5


@dataclass(frozen=True, slots=True)
class NameRuns:
    """Runs of words that may be names, one per row, in reading order; shape (n_runs,) each.

    first, last  tokens, last excluded
    sure         False where the capital may be due to the place
    """

    first: IntArray
    last: IntArray
    sure: BoolArray


@dataclass(frozen=True, slots=True)
class Name:
    """A name without its title.

    text    as it is shown, "" where nothing is left
    key     in lower case, without stops
    before  what stands before the title: "French" of "French President Emmanuel Macron", "" for nothing
    """

    text: str
    key: str
    before: str = ""


def find_names(tokens: TokenTable, language: str) -> NameRuns:
    """The names in all voices of the articles.

    A name is a run of capitalised words, also across "of", "von der" or an initial; it ends at a possessive.
    The first word of a sentence belongs to the name behind it only where the same article also has it with a
    capital inside a sentence, and nowhere in small letters. By itself, such a word is not sure to be a name;
    nor is one word that the article has in small letters, too, nor any in a sentence of capitals.
    """
    capital = tokens.is_capital & tokens.is_word & tokens.look_up(_may_be_name(language))
    opens = _opens(tokens)
    is_small, is_inside = _in_article(tokens, capital, opens)
    named = _with_links(tokens, capital)
    # A run goes on where the word before it is part of a name, too, and stands in the same sentence.
    possessive = tokens.look_up(_owns(language))
    continues = named[1:] & named[:-1] & (tokens.sentence[1:] == tokens.sentence[:-1]) & ~possessive[:-1]
    first = np.flatnonzero(named & ~np.append(False, continues)[: len(tokens)])
    last = np.flatnonzero(named & ~np.append(continues, False)[: len(tokens)]) + 1
    several = last - first > 1
    # "Yesterday Angela Merkel": the word that opens is left out where the article has it in small letters.
    first = first + (several & opens[first] & is_small[first])
    by_place = opens & (is_small | ~is_inside)
    common = (is_small | tokens.look_up(_is_role(language)))[first] & (last - first == 1)
    sure = ~by_place[first] & ~common & ~_in_headline(tokens)[first]
    return NameRuns(first, last, sure)


@lru_cache(maxsize=1 << 16)
def plain_name(text: str, language: str) -> Name:
    """A name without what only introduces it: article, forms of address, offices, possessive.

    >>> plain_name("Russian President Vladimir Putin", "en")
    Name(text='Vladimir Putin', key='vladimir putin', before='Russian')
    >>> plain_name("the U.S.", "en").key, plain_name("Foreign Minister", "en").key
    ('us', '')
    """
    shown = _COMPOUND.sub("", _POSSESSIVE.sub("", " ".join(text.replace("’", "'").split())))
    shown = re.sub(r"^[Tt]he\s+", "", shown)
    words = shown.split(" ")
    begin = _after_office(words, language)
    shown = " ".join(words[begin:])
    before = _before_office(words[:begin], language)
    return Name(shown, re.sub(r"\.(?=[a-z]?\b|$|\s)", "", shown.lower()).strip(), before)


@lru_cache(maxsize=1 << 16)
def plain_source(speaker: str, language: str) -> Name:
    """The name in the description of a speaker, who may have none: "officials".

    >>> plain_source("Kremlin spokesman Dmitry Peskov", "en").text
    'Dmitry Peskov'
    >>> plain_source("U.S. officials", "en").text
    ''
    """
    match = _LAST_NAME.search(_RUN_ON.sub("", speaker.replace("’", "'")))
    words = match.group() if match is not None else ""
    known = _may_be_name(language)(words.lower().split()) if words else np.zeros(0, dtype=bool)
    return plain_name(words, language) if known.any() else Name("", "")


def _after_office(words: Sequence[str], language: str) -> int:
    """Where the name begins behind an office: "Secretary of State John Kerry"; the end where none is left."""
    heads, parts = _office_words(language)
    small = [word.lower() for word in words]
    if all(word in parts or word == "of" for word in small):
        return len(words)
    places = [
        place for place, word in enumerate(small[:-1]) if word in heads or _ADDRESS_WORD.fullmatch(word)
    ]
    if not places:
        return 0
    begin = places[-1] + 1
    if small[begin] in ("for", "and", "on"):
        return len(words)
    if small[begin] == "of":
        begin += 3 if small[begin + 1 : begin + 2] == ["the"] else 2
    return min(begin, len(words))


def _before_office(words: Sequence[str], language: str) -> str:
    """The words before the first of an office or a title."""
    _, parts = _office_words(language)
    small = [word.lower() for word in words]
    is_office = [word in parts or _ADDRESS_WORD.fullmatch(word) is not None for word in small]
    return " ".join(words[: is_office.index(True)]) if True in is_office else ""


@cache
def _office_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Last words of the names of offices ("minister"), and all their words ("foreign", "minister")."""
    offices = [office.lower().split(" ") for office in load_lexicon("roles", language).terms_of("person")]
    # "Secretary of State": what stands behind "of" is no head.
    heads = {words[words.index("of") - 1] if "of" in words else words[-1] for words in offices}
    return frozenset(heads), frozenset(word for words in offices for word in words)


@cache
def _may_be_name(language: str) -> Derive:
    """For Vocabulary.table: whether a form may be a word of a name."""
    closed = {words[0] for words in load_lexicon("function_words", language).forms}
    calendar = load_lexicon("attribution_words", language).terms_of("calendar")

    def derive(forms: Sequence[str]) -> BoolArray:
        return np.array(
            [
                form not in closed
                and form.removesuffix("'s") not in calendar
                and not _CALENDAR_SHORT.fullmatch(form)
                and not _NEVER_NAME.fullmatch(form)
                for form in forms
            ],
            dtype=bool,
        )

    return derive


@cache
def _owns(language: str) -> Derive:
    """For Vocabulary.table: whether a form is a possessive that ends a name, as in "Ukraine's"."""
    roles = _role_words(language)

    def derive(forms: Sequence[str]) -> BoolArray:
        # "People's Republic", "Children's Hospital": a noun owns as part of the name.
        return np.array(
            [form.endswith(("'s", "s'")) and _POSSESSIVE.sub("", form) not in roles for form in forms],
            dtype=bool,
        )

    return derive


@cache
def _is_role(language: str) -> Derive:
    """For Vocabulary.table: whether a form is a common noun for somebody who speaks: "Department"."""
    return is_one_of(_role_words(language))


@cache
def _role_words(language: str) -> frozenset[str]:
    return frozenset(words[0] for words in load_lexicon("roles", language).forms if len(words) == 1)


def _is_short(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form is short enough for an abbreviation."""
    return np.array([len(form) <= _ABBREVIATED for form in forms], dtype=bool)


def _is_letter(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form is one letter, as an initial is."""
    return np.array([len(form) == 1 and form.isalpha() for form in forms], dtype=bool)


def _with_links(tokens: TokenTable, named: BoolArray) -> BoolArray:
    """The words of names, and up to two small words or an initial between two of them."""
    initial = tokens.look_up(_is_letter) & tokens.is_capital
    dot = tokens.look_up(is_one_of(frozenset(".")))
    dot[1:] &= initial[:-1]
    of = tokens.look_up(is_one_of(frozenset({"of"})))
    article = tokens.look_up(is_one_of(frozenset({"the"})))
    article[1:] &= of[:-1]
    link = initial | dot | article | (tokens.look_up(is_one_of(_LINKS)) & ~tokens.is_capital)
    linked = named.copy()
    for n in (1, 2):
        if len(tokens) > n + 1:
            same = tokens.sentence[n + 1 :] == tokens.sentence[: -n - 1]
            between = np.flatnonzero(same & named[: -n - 1] & named[n + 1 :] & link[1:-n] & link[n:-1])
            for step in range(1, n + 1):
                linked[between + step] = True
    return linked


def _opens(tokens: TokenTable) -> BoolArray:
    """Tokens whose capital may be due to their place: see TokenTable.opens, and behind a colon or a dash."""
    opens = tokens.opens.copy()
    opens[1:] |= tokens.look_up(is_one_of(_OPENERS))[:-1]
    # A full stop inside a sentence is an abbreviation's, or the end of a sentence that was not seen.
    ends = tokens.look_up(is_one_of(frozenset(".")))[1:-1] & ~tokens.look_up(_is_short)[:-2]
    opens[2:] |= ends
    return opens


def _in_article(tokens: TokenTable, capital: BoolArray, opens: BoolArray) -> tuple[BoolArray, BoolArray]:
    """For each capitalised word whether its article has it in small letters, and as a name inside a sentence.

    Only the article itself is asked, so that an answer does not depend on which articles came along.
    """
    is_wanted = np.zeros(len(tokens.vocabulary), dtype=bool)
    is_wanted[tokens.type[capital]] = True
    word = tokens.article * len(tokens.vocabulary) + tokens.type
    small = np.unique(word[~tokens.is_capital & is_wanted[tokens.type]])
    inside = np.unique(word[capital & ~opens])
    at = np.flatnonzero(capital)
    found = np.zeros((2, len(tokens)), dtype=bool)
    for row, known in enumerate((small, inside)):
        if len(known):
            place = np.minimum(np.searchsorted(known, word[at]), len(known) - 1)
            found[row, at] = known[place] == word[at]
    return found[0], found[1]


def _in_headline(tokens: TokenTable) -> BoolArray:
    """Tokens of sentences in which most words have a capital."""
    n = tokens.n_sentences
    words = np.bincount(tokens.sentence[tokens.is_word], minlength=n)
    capitals = np.bincount(tokens.sentence[tokens.is_word & tokens.is_capital], minlength=n)
    return np.asarray(((capitals > _HEADLINE_SHARE * words) & (words >= _HEADLINE_WORDS))[tokens.sentence])
