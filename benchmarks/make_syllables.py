"""Makes biaslens/data/syllables/en.tsv: words and their syllables, from the dictionary that textstat reads.

textstat counts the vowels of a word's first pronunciation in NLTK's copy of cmudict 0.7a; the table holds
that number alone. The notice that the dictionary's licence asks for stands beside the table, in LICENSE.

    python benchmarks/make_syllables.py
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from evaluation_data import folder

TABLE = Path(__file__).parent.parent / "biaslens" / "data" / "syllables" / "en.tsv"
HEADER = """\
# format: 1
# version: 0.1.0
# language: en
# author: Carnegie Mellon University, 1993-2008; counted by the biaslens authors
# licence: BSD-2-Clause; the notice is in LICENSE beside this file
# case: lower
# about: Vowels in the first pronunciation of each word in the CMU Pronouncing Dictionary 0.7a
syllables\twords
"""


def main() -> None:
    table = HEADER + "".join(f"{n}\t{' '.join(words)}\n" for n, words in words_by_syllables().items())
    TABLE.write_bytes(table.encode("utf-8"))
    print(f"{TABLE.name}: {len(table):,} bytes, sha256 {hashlib.sha256(table.encode()).hexdigest()}")


def words_by_syllables() -> dict[int, list[str]]:
    """All words with each number of syllables, sorted."""
    words = defaultdict(list)
    for word, syllables in first_pronunciations().items():
        words[syllables].append(word)
    return {n: sorted(words[n]) for n in sorted(words)}


def first_pronunciations() -> dict[str, int]:
    """Vowels of each word's first pronunciation; a vowel ends with the digit of its stress.

    A line of the dictionary is a word, the number of the pronunciation, and its sounds: "A 1 AH0".
    """
    found: dict[str, int] = {}
    dictionary = folder() / "nltk_data" / "corpora" / "cmudict" / "cmudict"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, _, *sounds = line.split()
        found.setdefault(word.lower(), sum(sound[-1].isdigit() for sound in sounds))
    return found


if __name__ == "__main__":
    main()
