"""Edits that slant a real text along one axis: cues, loaded words, agents, quotations, labels, facts, copy.

Each edit takes annotated articles and gives their texts back, changed, and nothing else; how strong it is, is
a share of what it can change, or a growth of what is there. Where to edit is told by the library's own tokens
and voices, so that the outlet's words are changed and not those of its sources; what an edit should come to
is worked out by planted_slants.py from the texts as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from planted_words import CLAUSES

from biaslens.cells import Items
from biaslens.codebook import Corpus
from biaslens.contested import NO_LABEL, LabelSets, load_label_sets
from biaslens.inflection import inflections
from biaslens.lexicons import Lexicon, load_lexicon
from biaslens.matching import find_terms
from biaslens.measuring.agency import agentless_passives
from biaslens.measuring.lexical import in_unquoted_text
from biaslens.vocabulary import is_one_of

Ints = npt.NDArray[np.int64]
Texts = tuple[str, ...]

SAYING = ("say", "says", "said", "saying")
CLAIMING = (
    ("claim", "claims", "claimed", "claiming"),
    ("allege", "alleges", "alleged", "alleging"),
)
POLITICIANS = ("government", "legislature")
DIRECT = ("direct", "fragment", "mixed")
# An adjective fits between these and a noun, whatever letter it begins with.
_DETERMINERS = frozenset({"the", "its", "their", "his", "our", "these", "those"})
_PRONOUNS = frozenset({"he", "she", "they", "who", "we"})
# What an article tells in more sentences than this is its subject, and no fact that can be dropped.
_MAX_SENTENCES = 3
_MIN_SPLICED_WORDS = 25


@dataclass(frozen=True)
class Change:
    """The characters start to end of an article become ``new``; start and end alike insert it."""

    article: int
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Clauses:
    """The same texts with the same clauses planted, told with their agents and without."""

    active: Texts
    passive: Texts


def applied(texts: Sequence[str], changes: Iterable[Change]) -> Texts:
    """The texts with all changes made; of two that overlap the one that begins later is left out.

    >>> applied(("He said so.",), [Change(0, 3, 7, "claimed"), Change(0, 11, 11, " Twice.")])
    ('He claimed so. Twice.',)
    """
    by_article: list[list[Change]] = [[] for _ in texts]
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        by_article[change.article].append(change)
    return tuple(_changed(text, found) for text, found in zip(texts, by_article, strict=True))


def _changed(text: str, changes: Sequence[Change]) -> str:
    made, place = [], 0
    for change in changes:
        if change.start >= place:
            made += [text[place : change.start], change.new]
            place = change.end
    return "".join([*made, text[place:]])


def verbs_swapped(corpus: Corpus, share: float, rng: np.random.Generator) -> Texts:
    """A share of "said" outside quotation marks becomes "claimed" or "alleged", inflected alike."""
    tokens, changes = corpus.tokens, []
    said = np.flatnonzero(corpus.is_unquoted & tokens.look_up(is_one_of(frozenset(SAYING))))
    for at in said[rng.random(len(said)) < share].tolist():
        verb = CLAIMING[int(rng.integers(len(CLAIMING)))][SAYING.index(tokens.form(at))]
        changes.append(_replacing(corpus, at, at + 1, verb))
    return applied(corpus.texts, changes)


def _replacing(corpus: Corpus, first: int, last: int, new: str) -> Change:
    """Tokens first to last - 1 become something else, with a capital where they have one."""
    tokens = corpus.tokens
    cased = new[0].upper() + new[1:] if tokens.is_capital[first] else new
    return Change(int(tokens.article[first]), int(tokens.start[first]), int(tokens.end[last - 1]), cased)


@dataclass(frozen=True)
class Words:
    """Words to insert: adjectives and adverbs by weight, each list possibly empty."""

    adjectives: dict[int, tuple[str, ...]]
    adverbs: dict[int, tuple[str, ...]]


def half_of_lexicon(rng: np.random.Generator) -> Words:
    """The single adjectives and adverbs of a random half of the loaded words that ship, by weight.

    Left out are words that are labels, cues, hedges or boosters as well: they would plant two things.
    """
    loaded = load_lexicon("loaded")
    others = [
        load_lexicon(name).forms for name in ("contested_labels", "reporting_cues", "hedges", "boosters")
    ]
    drawn = rng.random(len(loaded)) < 0.5
    found: dict[str, dict[int, tuple[str, ...]]] = {"adj": {}, "adv": {}}
    for row in np.flatnonzero(drawn).tolist():
        term, pos = loaded.term[row], loaded.pos[row]
        plain = term.isalpha() and term.islower() and not any((term,) in forms for forms in others)
        if plain and (pos == "adj" or (pos == "adv" and term.endswith("ly"))):
            weight = int(loaded.weight[row])
            found[pos][weight] = (*found[pos].get(weight, ()), term)
    return Words(found["adj"], found["adv"])


def of_any_weight(words: Sequence[str]) -> Words:
    """Adjectives that stand for loaded words of every weight."""
    return Words({weight: tuple(words) for weight in (1, 2, 3)}, {})


def words_inserted(corpus: Corpus, growth: float, words: Words, rng: np.random.Generator) -> Texts:
    """For every loaded word of a text, on average ``growth`` more of its weight, before nouns and verbs."""
    hits = in_unquoted_text("loaded")(corpus).hits
    n_new = rng.poisson(growth, len(hits))
    slots, changes = _slots(corpus, words), []
    for article in range(len(corpus.texts)):
        rows = np.flatnonzero(hits.spans.article == article)
        weights = np.repeat(hits.weight[rows], n_new[rows]).tolist()
        free = rng.permutation(slots[article]).tolist() if len(slots[article]) else []
        for weight, (at, is_verb) in zip(weights, free, strict=False):
            choice = (words.adverbs if is_verb else words.adjectives)[weight]
            start = int(corpus.tokens.start[at])
            changes.append(Change(article, start, start, choice[int(rng.integers(len(choice)))] + " "))
    return applied(corpus.texts, changes)


def n_loaded(corpus: Corpus) -> int:
    """Loaded words of all texts together."""
    return len(in_unquoted_text("loaded")(corpus).hits)


def _slots(corpus: Corpus, words: Words) -> list[Ints]:
    """Places of each article where a word fits, shape (n_slots, 2): the token behind it, whether a verb."""
    tokens = corpus.tokens
    closed = frozenset(words[0] for words in load_lexicon("function_words").forms)
    before = np.flatnonzero(corpus.is_unquoted[:-1] & corpus.is_unquoted[1:])
    before = before[tokens.sentence[before] == tokens.sentence[before + 1]]
    # A word inside a longer loaded term would break it.
    terms = find_terms(tokens, load_lexicon("loaded"))
    inside = {
        at
        for first, last in zip(terms.first.tolist(), terms.last.tolist(), strict=True)
        for at in range(first + 1, last)
    }
    rows: list[list[tuple[int, bool]]] = [[] for _ in corpus.texts]
    for at in before.tolist():
        form, following = tokens.form(at), tokens.form(at + 1)
        plain = following.isalpha() and len(following) > 2 and not tokens.is_capital[at + 1]
        if not plain or following in closed or at + 1 in inside:
            continue
        is_verb = form in _PRONOUNS and following.endswith("ed") and bool(words.adverbs)
        if is_verb or form in _DETERMINERS:
            rows[int(tokens.article[at])].append((at + 1, is_verb))
    return [np.array(found, dtype=np.int64).reshape(-1, 2) for found in rows]


def clauses_planted(corpus: Corpus, growth: float, rng: np.random.Generator) -> Clauses:
    """For every agentless passive of a text, on average ``growth`` clauses at the ends of its paragraphs."""
    counted = agentless_passives(corpus)
    active, passive = [], []
    for article, total in enumerate(counted.total.tolist()):
        ends = _paragraph_ends(corpus, article)
        for _ in range(int(rng.poisson(growth, total).sum())):
            place = ends[int(rng.integers(len(ends)))]
            clause = CLAUSES[int(rng.integers(len(CLAUSES)))]
            active.append(Change(article, place, place, " " + clause[0]))
            passive.append(Change(article, place, place, " " + clause[1]))
    return Clauses(applied(corpus.texts, active), applied(corpus.texts, passive))


def _paragraph_ends(corpus: Corpus, article: int) -> list[int]:
    """Where paragraphs end with a full stop and no quotation mark; the text's end where none does."""
    rows = np.flatnonzero(corpus.kept.article == article)
    ends = [int(end) for end in corpus.kept.end[rows].tolist()]
    text = corpus.texts[article]
    return [end for end in ends if text[:end].endswith(".")] or [len(text)]


def quoting_sentences(corpus: Corpus, share: float, rng: np.random.Generator) -> Ints:
    """The sentences that hold a share of the quotations of governments and legislators."""
    rows, content = corpus.voices.attributions, corpus.voices.attributions.content
    silenced = [
        kind in DIRECT and group.endswith(POLITICIANS)
        for kind, group in zip(rows.kind, rows.group, strict=True)
    ]
    chosen = np.flatnonzero(silenced)
    chosen = chosen[rng.random(len(chosen)) < share]
    columns = (content.article, content.start, content.end)
    return _sentences_over(corpus, list(zip(*(column[chosen].tolist() for column in columns), strict=True)))


def _sentences_over(corpus: Corpus, places: Sequence[tuple[int, int, int]]) -> Ints:
    """The sentences over some places (article, start, end), but for texts of which nothing would be left."""
    bounds = sentence_bounds(corpus)
    gone = np.zeros(len(bounds.article), dtype=bool)
    first = np.searchsorted(bounds.article, np.arange(len(corpus.texts) + 1))
    for article, start, end in places:
        rows = slice(first[article], first[article + 1])
        gone[rows] |= (bounds.start[rows] < end) & (bounds.end[rows] > start)
    n_left = np.bincount(bounds.article[~gone], minlength=len(corpus.texts))
    return np.flatnonzero(gone & (n_left[bounds.article] > 0))


@dataclass(frozen=True)
class SentenceBounds:
    """Article, first and last character of each sentence, one per row."""

    article: Ints
    start: Ints
    end: Ints


def sentence_bounds(corpus: Corpus) -> SentenceBounds:
    tokens = corpus.tokens
    return SentenceBounds(
        tokens.sentence_article,
        tokens.start[tokens.sentence_first[:-1]],
        tokens.end[tokens.sentence_first[1:] - 1],
    )


def without_sentences(corpus: Corpus, sentences: Ints) -> Texts:
    bounds = sentence_bounds(corpus)
    rows = zip(
        *(column[sentences].tolist() for column in (bounds.article, bounds.start, bounds.end)), strict=True
    )
    return applied(corpus.texts, (Change(article, start, end, "") for article, start, end in rows))


def labels_swapped(corpus: Corpus, share: float, rng: np.random.Generator) -> Texts:
    """A share of the contested labels in narration becomes the liked one of its set, drawn at random."""
    tokens, sets = corpus.tokens, load_label_sets()
    matches = find_terms(tokens, sets.lexicon)
    used = sets.label_of[matches.row] != NO_LABEL
    used &= corpus.is_unquoted[matches.first] & corpus.is_unquoted[matches.last - 1]
    liked, changes = _liked_terms(sets, rng), []
    rows = np.flatnonzero(used)
    for row in rows[rng.random(len(rows)) < share].tolist():
        first, last, term = int(matches.first[row]), int(matches.last[row]), int(matches.row[row])
        target = liked.get((sets.lexicon.category[term], sets.lexicon.pos[term]))
        if target is not None and sets.label_of[target] != sets.label_of[term]:
            new = _inflected_alike(" ".join(tokens.words(first, last)), term, target, sets.lexicon)
            changes.append(_replacing(corpus, first, last, new))
    return applied(corpus.texts, changes)


def _liked_terms(sets: LabelSets, rng: np.random.Generator) -> dict[tuple[str, str], int]:
    """For each set and part of speech the first term of one label, the same label where it has both."""
    lexicon = sets.lexicon
    rank = rng.permutation(len(sets))
    terms = [row for row in range(len(lexicon)) if sets.label_of[row] != NO_LABEL]
    terms = [row for row in terms if lexicon.pos[row] in ("noun", "adj") and lexicon.match[row] == "lemma"]
    liked: dict[tuple[str, str], int] = {}
    for row in sorted(terms, key=lambda row: (rank[sets.label_of[row]], row)):
        liked.setdefault((lexicon.category[row], lexicon.pos[row]), row)
    return liked


def _inflected_alike(form: str, term: int, target: int, lexicon: Lexicon) -> str:
    """The target in the number of the form, a possessive where the form is one."""
    plain = form.removesuffix("'s")
    new = lexicon.term[target]
    if lexicon.pos[term] == "noun" and plain != lexicon.term[term].lower():
        new = inflections(new, "noun", {})[-1]
    return new + form[len(plain) :]


def facts_dropped(
    corpus: Corpus, items: Items, others: Ints, share: float, rng: np.random.Generator
) -> Texts:
    """A share of the names and numbers that both others report goes, with every sentence that tells them.

    others  shape (n_articles, 2): rows of the two other articles of each one's event
    """
    sentences: list[dict[tuple[str, str], set[tuple[int, int]]]] = [{} for _ in corpus.texts]
    place = items.place
    for row in np.flatnonzero([kind in ("name", "number") for kind in items.kind]).tolist():
        told = sentences[int(place.article[row])].setdefault((items.kind[row], items.key[row]), set())
        told.add((int(place.start[row]), int(place.end[row])))
    dropped = []
    for article, facts in enumerate(sentences):
        theirs = [sentences[other] for other in others[article].tolist()]
        shared = [
            fact
            for fact, told in facts.items()
            if len(told) <= _MAX_SENTENCES and all(fact in one for one in theirs)
        ]
        for fact in (fact for fact in sorted(shared) if rng.random() < share):
            dropped += [(article, start, end) for start, end in sorted(facts[fact])]
    return without_sentences(corpus, _sentences_over(corpus, dropped))


def paragraphs_spliced(corpus: Corpus, donor: Ints, n_paragraphs: int, rng: np.random.Generator) -> Texts:
    """So many paragraphs of another text, long ones without quotation marks, between each text's own.

    donor  shape (n_articles,): row of the text that they come from
    """
    kept = corpus.kept
    lines = kept.slices(corpus.texts)
    by_article: list[list[int]] = [[] for _ in corpus.texts]
    for row, article in enumerate(kept.article.tolist()):
        by_article[article].append(row)
    changes = []
    for article, source in enumerate(donor.tolist()):
        long = [lines[row] for row in by_article[source] if _can_be_spliced(lines[row])]
        for at in rng.permutation(len(long))[:n_paragraphs].tolist():
            row = by_article[article][int(rng.integers(len(by_article[article])))]
            end = int(kept.end[row])
            changes.append(Change(article, end, end, "\n\n" + long[at]))
    return applied(corpus.texts, changes)


def _can_be_spliced(line: str) -> bool:
    return len(line.split()) >= _MIN_SPLICED_WORDS and not set('"“”') & set(line)
