"""Sentences full of what VADER has rules for, for its tests and its benchmark."""

from random import Random

from hypothesis import strategies as st
from vaderSentiment import vaderSentiment

ANALYZER = vaderSentiment.SentimentIntensityAnalyzer()
_LEXICON = list(ANALYZER.lexicon)
_EMOJI = [character for character in ANALYZER.emojis if len(character) == 1]

# Every list as often as the next, however long it is.
WORDS = (
    (
        "good",
        "bad",
        "GREAT",
        "horrible",
        "love",
        "die",
        "death",
        "kind",
        "no",
        "doubt",
        "stop",
        "ass",
        "shit",
    ),
    ("the", "a", "mayor", "IT", "of", "to", "and", "2,500", "U.S.", "x", "é", "U", "for"),
    (
        "no",
        "or",
        "nor",
        "never",
        "so",
        "this",
        "without",
        "doubt",
        "least",
        "at",
        "very",
        "but",
        "BUT",
        "kind",
    ),
    (
        "kind of",
        "sort of",
        "just enough",
        "at least",
        "very least",
        "never so",
        "never this",
        "without doubt",
    ),
    tuple(vaderSentiment.SPECIAL_CASES),
    tuple(vaderSentiment.NEGATE),
    tuple(vaderSentiment.BOOSTER_DICT),
    tuple(_LEXICON),
    tuple(word for word in _LEXICON if not word.isalpha()),
    tuple(_EMOJI),
    tuple(f"so{character}good" for character in _EMOJI),
    (
        "couldn't've",
        "N'T",
        "mustn't've",
        "n't",
        "ca'n't",
        "don’t",
        "no.",
        "(no)",
        "\u212aind",
        "İn't",
        "ΣΟΣ",
        "ΑΣ",
    ),
    (
        "!",
        "?",
        "!!",
        "??",
        "?!?!?!",
        "!" * 300,
        "?" * 256,
        "...",
        "--",
        "“",
        "’",
        "'",
        "\x00",
        "\ud83d",
        "ß",
        "ǅ",
    ),
)
# All that str.split takes for white space, blanks above all.
BLANKS = (" ",) * 40 + tuple(c for c in map(chr, range(0x3001)) if c.isspace()) + ("  ", " \n ", "\r\n")
_DRESSES = (
    *(("{}",) * 12),
    *(
        "{}!",
        "{}?",
        "{}.",
        "{},",
        "({})",
        "“{}”",
        '"{}"',
        "'{}'",
        "{}!!",
        "{}??",
        "*{}*",
        "{}😀",
        "©{}",
        "{}'s",
    ),
)
_CASES = (str, str, str, str, str.upper, str.upper, str.title)


def random_sentence(rng: Random) -> str:
    """A sentence of up to 40 words, dressed in capitals, punctuation and odd white space."""
    words = []
    for _ in range(rng.choice((0, 1, 2, 3, 4, 6, 9, 14, 40))):
        word = rng.choice(rng.choice(WORDS))
        words += [rng.choice(_DRESSES).format(rng.choice(_CASES)(word)), rng.choice(BLANKS)]
    return "".join(words)


_words = st.one_of(*(st.sampled_from(words) for words in WORDS), st.text(max_size=4))
_dressed = st.builds(
    lambda word, case, dress: dress.format(case(word)),
    _words,
    st.sampled_from(_CASES),
    st.sampled_from(_DRESSES),
)
vader_sentences = st.lists(st.tuples(_dressed, st.sampled_from(BLANKS)).map("".join), max_size=14).map(
    "".join
)
