"""Items: the names and numbers that articles mention, found without a parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from biaslens.cells import ItemKind, Items
from biaslens.codebook import Corpus
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import is_one_of

# A number, with a currency sign before it and a percent sign or its unit (the next word) after it. A number
# that is part of a word, a time, a date in figures, a range or a score is none.
_NUMBER = re.compile(
    r"(?<![\w.,:/$€£¥-])([$€£¥]?)(\d+(?:[.,]\d+)*)(?![\w:/-]|[.,]\d)(?:\s?(%)|\s(per\s?cent)\b|\s([^\W\d_]+))?",
    re.IGNORECASE,
)
# Calendar words are capitalised like names, and turn the number beside them into a date.
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH = re.compile(_MONTHS, re.IGNORECASE)
_ENDS_IN_MONTH = re.compile(rf"\b{_MONTHS}\.?\s+(?:\d+,\s+)?$", re.IGNORECASE)
_CALENDAR = re.compile(rf"{_MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_OPENERS = frozenset('"“„«‘:')
_POSSESSIVE = re.compile(r"['’]s?$")


def find_items(corpus: Corpus) -> Items:
    """The names and numbers in all voices of the articles, with the sentence of each mention.

    A name is a run of capitalised words ("Angela Merkel"), also across "of" ("Council of Europe"). The first
    word of a sentence belongs to it only where the same article also has that word capitalised inside a
    sentence, and nowhere small. A number has two digits or more, or a currency or percent sign; it is shown
    with its unit, the word after it. Dates, years and times are no items.
    """
    found = sorted([*_names(corpus), *_numbers(corpus)])
    kinds: tuple[ItemKind, ...] = ("name", "number")
    sentences = np.array([sentence for sentence, _, _, _ in found], dtype=np.int64)
    return Items(
        text=tuple(text for _, _, _, text in found),
        kind=tuple(kinds[kind] for _, _, kind, _ in found),
        sentence=_sentence_spans(corpus.tokens, sentences),
    )


def _sentence_spans(tokens: TokenTable, sentence: IntArray) -> Spans:
    return Spans(
        tokens.sentence_article[sentence],
        tokens.start[tokens.sentence_first[sentence]],
        tokens.end[tokens.sentence_first[sentence + 1] - 1],
    )


def _names(corpus: Corpus) -> list[tuple[int, int, int, str]]:
    """(sentence, start, kind 0, text) of every run of capitalised words."""
    tokens = corpus.tokens
    named = _with_links(tokens, _is_name_word(tokens))
    # A run goes on where the word before it is part of a name, too, and stands in the same sentence.
    continues = named[1:] & named[:-1] & (tokens.sentence[1:] == tokens.sentence[:-1])
    starts = np.flatnonzero(named & ~np.append(False, continues)[: len(tokens)])
    ends = np.flatnonzero(named & ~np.append(continues, False)[: len(tokens)])
    rows = zip(
        tokens.sentence[starts].tolist(),
        tokens.article[starts].tolist(),
        tokens.start[starts].tolist(),
        tokens.end[ends].tolist(),
        strict=True,
    )
    return [
        (sentence, start, 0, _POSSESSIVE.sub("", " ".join(corpus.texts[article][start:end].split())))
        for sentence, article, start, end in rows
    ]


def _with_links(tokens: TokenTable, named: BoolArray) -> BoolArray:
    """The words of names, and every "of" between two of them."""
    linked = named.copy()
    is_of = tokens.look_up(is_one_of(frozenset({"of"})))
    if len(tokens) > 2:
        same_sentence = tokens.sentence[2:] == tokens.sentence[:-2]
        linked[1:-1] |= is_of[1:-1] & named[:-2] & named[2:] & same_sentence
    return linked


def _is_name_word(tokens: TokenTable) -> BoolArray:
    """Capitalised words, but for sentence openings that may be capitalised for no other reason."""
    capital = tokens.is_capital & tokens.is_word & tokens.look_up(_may_name)
    opens = _opens(tokens)
    # Only the article itself is asked, so that an answer does not depend on which articles came along.
    word = tokens.article * len(tokens.vocabulary) + tokens.type
    is_known = np.isin(word, word[capital & ~opens]) & ~np.isin(word, word[~tokens.is_capital])
    return np.asarray(capital & (~opens | is_known))


def _may_name(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form may be part of a name."""
    return np.array(
        [len(form) > 1 and form[:2] != "i'" and not _CALENDAR.fullmatch(form) for form in forms], dtype=bool
    )


def _opens(tokens: TokenTable) -> BoolArray:
    """The first word of each sentence, also behind quotation marks, and the first word inside a quotation."""
    words = np.flatnonzero(tokens.is_word)
    opens = np.zeros(len(tokens), dtype=bool)
    opens[words[np.unique(tokens.sentence[words], return_index=True)[1]]] = True
    after = np.flatnonzero(tokens.look_up(is_one_of(_OPENERS))[:-1]) + 1
    opens[after] = True
    return opens


def _numbers(corpus: Corpus) -> list[tuple[int, int, int, str]]:
    """(sentence, start, kind 1, text) of every number that counts or measures something."""
    tokens = corpus.tokens
    spans = _sentence_spans(tokens, np.arange(tokens.n_sentences))
    found: list[tuple[int, int, int, str]] = []
    for sentence, text in enumerate(spans.slices(corpus.texts)):
        for match in _NUMBER.finditer(text):
            shown = _shown(match, text)
            if shown:
                found.append((sentence, int(spans.start[sentence]) + match.start(), 1, shown))
    return found


def _shown(match: re.Match[str], sentence: str) -> str:
    """The number in one notation with its unit, "" where it is a date, a year, or a single digit."""
    currency, digits, sign, words, unit = match.groups()
    percent = "%" if sign or words else ""
    if not (currency or percent):
        is_date = _MONTH.fullmatch(unit or "") or _ENDS_IN_MONTH.search(sentence[: match.start()])
        if is_date or _YEAR.fullmatch(digits) or sum(map(str.isdigit, digits)) < 2:
            return ""
    # "2,000" and "2000" are one number; a comma before one or two digits is a decimal point elsewhere.
    digits = re.sub(r",(?=\d{3}(?:\D|$))", "", digits)
    return f"{currency}{digits}{percent}" + (f" {unit}" if unit and unit.islower() else "")
