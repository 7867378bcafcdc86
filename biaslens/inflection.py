"""English inflection by rule: from a dictionary form to the forms that stand in texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IrregularVerb:
    """The forms of a verb that the rules do not give, each with its alternatives ("learned", "learnt")."""

    past: tuple[str, ...]
    participle: tuple[str, ...]
    ing: tuple[str, ...]


def inflections(term: str, pos: str, irregular: Mapping[str, IrregularVerb]) -> tuple[str, ...]:
    """The forms of a dictionary form, in lower case, itself first; several words stay joined by spaces.

    A verb of several words inflects its first word, a noun its last; other parts of speech stay as they
    are. Words in -ize and -yze also come in the spelling with s. ``irregular`` holds the verbs that the
    rules would get wrong, by dictionary form.

    >>> inflections("admonish", "verb", {})
    ('admonish', 'admonishes', 'admonished', 'admonishing')
    >>> inflections("make clear", "verb", {"make": IrregularVerb(("made",), ("made",), ())})
    ('make clear', 'makes clear', 'made clear', 'making clear')
    >>> inflections("witch hunt", "noun", {})
    ('witch hunt', 'witch hunts')
    """
    words = term.lower().split(" ")
    if pos == "verb":
        forms = [" ".join((form, *words[1:])) for form in _verb_forms(words[0], irregular)]
    elif pos == "noun":
        forms = [" ".join((*words[:-1], form)) for form in _noun_forms(words[-1])]
    else:
        forms = [" ".join(words)]
    return tuple(dict.fromkeys(spelling for form in forms for spelling in (form, _with_british_s(form))))


def _verb_forms(verb: str, irregular: Mapping[str, IrregularVerb]) -> tuple[str, ...]:
    known = irregular.get(verb)
    if known is None:
        return (verb, *_with_s(verb), *_with_ed(verb), *_with_ing(verb))
    return (verb, *_with_s(verb), *known.past, *known.participle, *(known.ing or _with_ing(verb)))


def _noun_forms(noun: str) -> tuple[str, ...]:
    if re.search(r"(?<!hu)man$", noun):
        return noun, noun[:-2] + "en"
    return (noun, noun[:-2] + "es") if noun.endswith("sis") else (noun, *_with_s(noun))


def _with_s(word: str) -> tuple[str, ...]:
    if word.endswith("y") and re.search(r"[^aeiou]y$", word):
        return (word[:-1] + "ies",)
    if word.endswith("o") and re.search(r"[^aeiou]o$", word):
        # "vetoes" but "photos": no rule tells them apart, and a form that nobody writes does no harm.
        return word + "s", word + "es"
    return (word + "es",) if word.endswith(("s", "x", "z", "ch", "sh")) else (word + "s",)


def _with_ed(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d",)
    if re.search(r"[^aeiou]y$", verb):
        return (verb[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(verb))


def _with_ing(verb: str) -> tuple[str, ...]:
    if verb.endswith("ie"):
        return (verb[:-2] + "ying",)
    if re.search(r"[^eoy]e$", verb):
        return (verb[:-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(verb))


def _stems(verb: str) -> tuple[str, ...]:
    """What -ed and -ing are added to: "slam" gives "slamm", "label" gives "label" and British "labell"."""
    if verb.endswith("ic"):
        return (verb + "k",)
    if re.search(r"^([^aeiou]*|[^aeiou]*qu)[aeiou][^aeiouwxy]$", verb.rpartition("-")[2]):
        return (verb + verb[-1],)
    return (verb, verb + "l") if re.search(r"[^aeiou][aeiou]l$", verb) else (verb,)


def _with_british_s(words: str) -> str:
    """Words in -ize, -yze and their inflections, spelt with s; "size", "seize" and "citizen" as they are."""
    if "z" not in words:
        return words
    return re.sub(r"(?<=[aeiouy])(\w*(?:[^aeiou\W]i|y))z(?=(?:e[sd]?|ers?|ing|ations?)\b)", r"\1s", words)
