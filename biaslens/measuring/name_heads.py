"""Name heads: which words can fill a slot beside a name, and their dictionary forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import load_lexicon

ADJECTIVE, NOUN, VERB, PASSED, OTHER = range(5)
_CLASS = {"adjective": ADJECTIVE, "noun": NOUN, "plural": NOUN}

# Endings of adjectives. Before a noun a wrong guess only moves the slot to the next word.
_ADJECTIVE = re.compile(r"\w(?:al|ic|ive|ous|ary|ory|ful|less|able|ible|ish|ese|ian|ed|ant|est)$")
_NOT_PLURAL = ("ss", "us", "is", "ics", "news", "gas", "bias", "series", "species")
# A vice president is no president, but a majority leader is a leader.
_OTHER_ROLE = frozenset(("vice", "deputy", "prime", "press", "attorney", "secretary", "prosecutor", "chief"))
_SHORTEST_NOUN = 3


@dataclass(frozen=True, eq=False)
class NameHeads:
    """The classes and dictionary forms of words beside names.

    listed    class of every listed word
    verb      dictionary form of each form of a verb that fills a slot
    singular  of irregular plurals
    roles     roles of two words that are other roles than their last word, by form: ("vice", "presidents")
    """

    listed: Mapping[str, int]
    verb: Mapping[str, str]
    singular: Mapping[str, str]
    roles: Mapping[tuple[str, ...], str]

    def classes_of(self, forms: Sequence[str]) -> npt.NDArray[np.int8]:
        """For Vocabulary.table: what each form can be, as far as slots go; shape (n_forms,).

        ADJECTIVE, NOUN, VERB (and perhaps a noun), PASSED (a form of a verb, and no noun), or OTHER.
        """
        return np.array([self._class(form) for form in forms], dtype=np.int8)

    def _class(self, form: str) -> int:
        if form in self.listed:
            return self.listed[form]
        if form in self.verb:
            return VERB if _singular(form) == self.verb[form] else PASSED
        singular = _singular(form)
        if self.listed.get(singular) == NOUN:
            return NOUN
        is_word = len(form) >= _SHORTEST_NOUN and form.replace("-", "a").isalpha()
        if not is_word or form.endswith(("ly", "ing")):
            return OTHER
        return ADJECTIVE if _ADJECTIVE.search(form) else NOUN

    def noun(self, form: str) -> str:
        """The singular.

        >>> [name_heads("en").noun(form) for form in ("forces", "parties", "crises", "news", "critics")]
        ['force', 'party', 'crisis', 'news', 'critic']
        """
        if form in self.singular:
            return self.singular[form]
        is_listed = self.listed.get(form.removesuffix("s")) == NOUN
        return _singular(form) if is_listed or not form.endswith(_NOT_PLURAL) else form


def _singular(form: str) -> str:
    """The form without a regular plural ending."""
    if not form.endswith("s"):
        return form
    if form.endswith("ies") and len(form) > len("ties"):
        return form[:-3] + "y"
    return form[:-2] if re.search(r"(?:ss|x|z|ch|sh)es$", form) else form[:-1]


@cache
def name_heads(language: str) -> NameHeads:
    """The words that the lexicons of a language list."""
    heads = load_lexicon("head_words", language)
    listed = dict.fromkeys(load_lexicon("function_words", language).term, OTHER)
    listed |= dict.fromkeys(load_lexicon("attribution_words", language).terms_of("calendar"), OTHER)
    verb: dict[str, str] = {}
    for form, row in heads.forms.items():
        category = heads.category[row]
        if category == "verb":
            verb[form[0]] = heads.term[row]
        else:
            listed[form[0]] = _CLASS.get(category, OTHER)
    loaded = load_lexicon("loaded", language)
    for form, row in loaded.forms.items():
        if len(form) == 1 and loaded.pos[row] == "verb" and form[0] not in listed:
            verb.setdefault(form[0], loaded.term[row])
    singular = {term: note for term, note in zip(heads.term, heads.note, strict=True) if note}
    roles = load_lexicon("roles", language)
    two = {form: roles.term[row] for form, row in roles.forms.items() if form[0] in _OTHER_ROLE}
    return NameHeads(listed, verb, singular, two)
