"""Scores equal vaderSentiment's and textstat's to the last bit, on real and on generated text.

Run: python benchmarks/check_scoring.py [vader] [textstat] [1000]     (both by default)
The number limits the sentences, articles and texts of each check. Seeds are fixed.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from random import Random
from typing import TypeVar

import numpy as np
import pandas as pd
from evaluation_data import folder, print_machine
from plain_scoring import FIGURES, SCORES, analyzer, figures, score_arrays, sentences_of

from biaslens.measuring import readability, vader, vader_words
from biaslens.measuring.text_counts import load_easy_words
from biaslens.measuring.vader_sums import Polarity
from biaslens.vocabulary import HashedVocabulary

SETS = ("allsides_10k", "ukraine_2022", "basil_articles", "ecbplus", "polnear_articles")
REAL_SENTENCES, GENERATED_SENTENCES = 300_000, 200_000
ARTICLES, SHORT_TEXTS, GENERATED_TEXTS = 5_000, 120_000, 30_000
BATCH_ARTICLES, BATCH_TEXTS = 100, 2_000
SHOWN = 3

_T = TypeVar("_T")


class Tally:
    """How many numbers of each name were compared, and how many differ; the first of these are printed."""

    def __init__(self, names: Sequence[str]) -> None:
        self.n = 0
        self.wrong = dict.fromkeys(names, 0)

    def compare(self, text: str, found: Sequence[float], expected: Sequence[float]) -> None:
        """The numbers of one text, in the order of the names; two missing numbers are equal."""
        self.n += 1
        for name, a, b in zip(self.wrong, found, expected, strict=True):
            if a != b and not (math.isnan(a) and math.isnan(b)):
                self.wrong[name] += 1
                if self.wrong[name] <= SHOWN:
                    print(f"  DIFFERS {name}: {a!r}, not {b!r}, for {text[:300]!r}")

    def print(self, label: str) -> None:
        n_wrong = ", ".join(f"{name} {n:,}" for name, n in self.wrong.items())
        print(f"{label}: {self.n:,} compared, {sum(self.wrong.values()):,} numbers differ ({n_wrong})")


def real_articles() -> Iterator[str]:
    """The articles of all sets, mixed."""
    texts = [text for name in SETS for text in pd.read_parquet(folder() / f"{name}.parquet")["text"]]
    Random(0).shuffle(texts)
    return iter(texts)


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    left = iter(items)
    return iter(lambda: list(islice(left, size)), [])


def check_vader(limit: float) -> None:
    """Two ways of ours: on one pass over whole articles, and sentence by sentence."""
    from_articles, alone, generated = Tally(SCORES), Tally(SCORES), Tally(SCORES)
    vocabulary, paths = HashedVocabulary(), np.zeros(2, dtype=np.int64)
    for articles in batches(real_articles(), BATCH_ARTICLES):
        sentences = list(chain.from_iterable(map(sentences_of, articles)))
        expected = [tuple(analyzer().polarity_scores(sentence).values()) for sentence in sentences]
        compare_polarity(from_articles, sentences, score_arrays(articles, vocabulary).polarity, expected)
        compare_polarity(alone, sentences, vader.score_sentences(sentences), expected)
        paths += other_paths(sentences)
        if alone.n >= min(limit, REAL_SENTENCES):
            break
    from_articles.print("VADER, real sentences, from articles")
    alone.print("VADER, real sentences, one by one")
    print_paths(paths)
    rng, paths = Random(1), np.zeros(2, dtype=np.int64)
    n_generated = int(min(limit, GENERATED_SENTENCES))
    for sentences in batches((generated_sentence(rng) for _ in range(n_generated)), BATCH_TEXTS):
        expected = [tuple(analyzer().polarity_scores(sentence).values()) for sentence in sentences]
        compare_polarity(generated, sentences, vader.score_sentences(sentences), expected)
        paths += other_paths(sentences)
    generated.print("VADER, generated sentences")
    print_paths(paths)


def compare_polarity(
    tally: Tally, sentences: Sequence[str], found: Polarity, expected: Sequence[tuple[float, ...]]
) -> None:
    columns = [getattr(found, name).tolist() for name in SCORES]
    for sentence, *row, wanted in zip(sentences, *columns, expected, strict=True):
        tally.compare(sentence, row, wanted)


def other_paths(sentences: Sequence[str]) -> np.ndarray:
    """Sentences with emoji spelled out, and those with "but" whose words are gone through one by one."""
    scored, but = vader_words.describe(["good", "but"])["notable"].tolist()
    words = [vader_words.spell_out(sentence) for sentence in sentences]
    notable = vader_words.describe(list(chain.from_iterable(words)))["notable"]
    sentence = np.repeat(np.arange(len(words)), [len(some) for some in words])
    n_scored = np.bincount(sentence[(notable & scored) > 0], minlength=len(words))
    n_but = np.bincount(sentence[(notable & but) > 0], minlength=len(words))
    n_emoji = sum(some != text.split() for some, text in zip(words, sentences, strict=True))
    return np.array([n_emoji, ((n_but > 0) & (n_scored > 1)).sum()])


def print_paths(paths: np.ndarray) -> None:
    print(f'  {paths[0]:,} with emoji spelled out, {paths[1]:,} with "but" and several words of the lexicon')


def generated_sentence(rng: Random) -> str:
    """Up to 30 words, mostly such as VADER has rules for, in all kinds of dress."""
    parts = []
    for _ in range(rng.choice((0, 1, 2, 3, 5, 8, 13, 30))):
        word = rng.choice((str, str, str, str.upper, str.title, str.swapcase))(vader_word(rng))
        dress = rng.choice(
            ("{}", "{}", "{}", "{}", "{}!", "{}?", "{},", "({})", '"{}"', "“{}”", "'{}'", "-{}-")
        )
        parts += [
            dress.format(word),
            rng.choice((" ",) * 12 + ("  ", "\n", "\t", "\xa0", "\u2003", "\x1c", "")),
        ]
    return "".join(parts)


def vader_word(rng: Random) -> str:
    from vaderSentiment import vaderSentiment

    kinds = (
        vaderSentiment.NEGATE,
        tuple(vaderSentiment.BOOSTER_DICT),
        tuple(vaderSentiment.SPECIAL_CASES),
        tuple(vaderSentiment.SENTIMENT_LADEN_IDIOMS),
        tuple(analyzer().lexicon),
        ("but", "But", "not"),
        ("least", "at least", "very least", "kind of", "sort of", "no", "nor", "or", "so", "this"),
        ("never so", "never this", "without doubt", "without a doubt", "no mercy or hope", "n't", "isn’t"),
        ("good", "good", "bad", "hope", "war", "kind", "love", "death", "great"),
        ("the", "of", "talks", "mayor", "a", "I", "U.S.", "2,500", "it's", "é", "ﬁne", "İ", "ΣΑΣ", "ß"),
        tuple(analyzer().emojis),
        tuple(f"so{emoji}good" for emoji in ("😀", "😡", "❤️", "👍🏽", "🇺🇦")),
    )
    special = {
        0: lambda: "".join(rng.choices("!?.,;:'\"*", k=rng.randint(1, 8))),
        1: lambda: "".join(
            chr(rng.choice((rng.randrange(0x300), rng.randrange(0x11_0000)))) for _ in range(3)
        ),
    }
    kind = rng.randrange(len(kinds) + len(special))
    return special[kind]() if kind in special else rng.choice(kinds[kind - len(special)])


def check_textstat(limit: float) -> None:
    """Articles on one pass and as texts, their sentences as short texts, and generated texts."""
    one_pass, articles, short, generated = (Tally(FIGURES) for _ in range(4))
    vocabulary = HashedVocabulary()
    for texts in batches(islice(real_articles(), int(min(limit, ARTICLES))), BATCH_ARTICLES):
        expected = list(map(textstat_figures, texts))
        compare_figures(one_pass, texts, score_arrays(texts, vocabulary).figures, expected)
        compare_figures(articles, texts, readability.score_texts(texts), expected)
    one_pass.print("textstat, articles, on one pass with VADER")
    articles.print("textstat, articles")
    sentences = chain.from_iterable(map(sentences_of, real_articles()))
    check_short(short, islice(sentences, int(min(limit, SHORT_TEXTS))), "textstat, sentences")
    rng, count = Random(2), int(min(limit, GENERATED_TEXTS))
    check_short(generated, (generated_text(rng) for _ in range(count)), "textstat, generated texts")


def check_short(tally: Tally, texts: Iterable[str], label: str) -> None:
    n_empty = 0
    for batch in batches(texts, BATCH_TEXTS):
        expected = list(map(textstat_figures, batch))
        compare_figures(tally, batch, readability.score_texts(batch), expected)
        n_empty += sum(math.isnan(row[0]) for row in expected)
    tally.print(label)
    print(f"  {n_empty:,} of them without a word: ours are missing there, textstat's mostly 0")


def textstat_figures(text: str) -> list[float]:
    """textstat's twelve; missing where it finds no word, as silence is not a score."""
    if figures()["lexicon_count"](text) == 0:
        return [math.nan] * len(FIGURES)
    return [figure(text) for figure in figures().values()]


def compare_figures(
    tally: Tally, texts: Sequence[str], found: dict[str, np.ndarray], expected: Sequence[list[float]]
) -> None:
    columns = [found[name].tolist() for name in FIGURES]
    for text, *row, wanted in zip(texts, *columns, expected, strict=True):
        tally.compare(text, row, wanted)


def generated_text(rng: Random) -> str:
    """Up to 60 pieces, many of them hard to take apart; at times nothing but characters at random."""
    if rng.random() < 0.2:
        return "".join(
            chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3000)))) for _ in range(rng.randint(0, 80))
        )
    blanks = (" ",) * 12 + (
        "\n",
        "\n\n",
        "\t",
        "\xa0",
        "\u2003",
        "\x1c",
        ". ",
        "! ",
        "? ",
        ".",
        ", ",
        " - ",
        "",
    )
    return "".join(textstat_piece(rng) + rng.choice(blanks) for _ in range(rng.randint(0, 60)))


@cache
def dictionaries() -> tuple[list[str], list[str]]:
    """The easy words that textstat brings, and those of its dictionary of syllables; both in order."""
    figures()
    from nltk.corpus import cmudict

    return sorted(load_easy_words()), sorted(cmudict.dict())


def textstat_piece(rng: Random) -> str:
    odd = (
        "don't", "CAN'T", "they'll", "James'", "'tis", "rock'n'roll", "O'Neil's", "'", "''", "it’s", "--",
        "well-known", "U.S.", "e.g.", "3.14", "1,000", "$5", "...", "!!!", "?!", ".a.", "a.b.c", "left.He",
        "end.”Then", "_", "foo_bar", "http://x.org/a.b?c", "İstanbul", "ΣΑΣ.", "e\u0301", "naïve", "ß", "ﬁn",
        "Ⅷ", "²", "٣", "日本語", "हिन्दी", "😀", "\ud800", "\x00", "\u200b", "shh", "hmm",
    )  # fmt: skip
    kinds = (odd, *dictionaries())
    letters = "".join(rng.choices("aeiouybcdtslmnr'’.!?-_İΣſ", k=rng.randint(1, 9)))
    word = rng.choice((letters, *map(rng.choice, kinds)))
    return rng.choice((str, str, str, str.upper, str.title, "{}.".format, "({})".format, "“{}”".format))(word)


PARTS = {"vader": check_vader, "textstat": check_textstat}


def main() -> None:
    print_machine()
    limit = min((float(word) for word in sys.argv[1:] if word.isdigit()), default=math.inf)
    for part in [word for word in sys.argv[1:] if not word.isdigit()] or PARTS:
        started = time.perf_counter()
        PARTS[part](limit)
        print(f"{part}: {time.perf_counter() - started:.0f} s\n")


if __name__ == "__main__":
    main()
