"""The sets of contested labels, and the reader that refuses broken ones."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from biaslens.contested import NO_LABEL, OTHER_SENSE, LabelSets, load_label_sets, read_label_sets
from biaslens.errors import BadData
from biaslens.inflection import inflections
from biaslens.lexicons import read_lexicon

SETS = load_label_sets()
HEADER = f"""\
# format: 1
# version: 0.1.0
# language: en
# author: Somebody
# licence: CC0-1.0
# case: any
# about: an example
# category {OTHER_SENSE}: something else (Somebody 2020)
# category fruit: what grows on trees (Somebody 2020)
term\tpos\tmatch\tcategory\tweight\tpolarity\tsource\tnote\tsince
"""
Read = Callable[..., LabelSets]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(*rows: tuple[str, str, str]) -> LabelSets:
        lines = [
            "\t".join((term, "noun", "lemma", category, "1", "", "Somebody 2020", note, "0.1.0"))
            for term, category, note in rows
        ]
        path = tmp_path / "mine.tsv"
        path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        return read_label_sets(read_lexicon(path))

    return write_and_read


def label_of(form: str) -> tuple[str, str] | None:
    """Set and label of a form, None where it belongs to no set."""
    row = SETS.label_of[SETS.lexicon.forms[tuple(form.split(" "))]]
    return None if row == NO_LABEL else (SETS.set[row], SETS.label[row])


def test_terms_of_one_label_are_one_row(read: Read) -> None:
    sets = read(
        ("apple", "fruit", "apple: plain"),
        ("apple pie", OTHER_SENSE, ""),
        ("pippin", "fruit", "apple: plain"),
        ("pome", "fruit", "pome: learned"),
    )
    assert sets.set == ("fruit", "fruit")
    assert sets.label == ("apple", "pome")
    assert sets.stance == ("plain", "learned")
    assert sets.label_of.tolist() == [0, NO_LABEL, 0, 1]


def test_a_note_without_a_stance_is_refused(read: Read) -> None:
    with pytest.raises(BadData, match=r"mine: the note of 'apple' is 'apple'; write 'label: stance'"):
        read(("apple", "fruit", "apple"), ("pome", "fruit", "pome: learned"))


def test_a_label_with_two_stances_is_refused(read: Read) -> None:
    with pytest.raises(BadData, match=r"'pippin' gives the label 'apple' of 'fruit' a second stance, 'sour'"):
        read(
            ("apple", "fruit", "apple: sweet"),
            ("pippin", "fruit", "apple: sour"),
            ("pome", "fruit", "pome: learned"),
        )


def test_a_set_with_one_label_is_refused(read: Read) -> None:
    with pytest.raises(BadData, match=r"the set 'fruit' has 1 label; a set needs two"):
        read(("apple", "fruit", "apple: plain"))


def test_the_sets_ship_in_some_number() -> None:
    assert len(set(SETS.set)) >= 120
    assert len(SETS) >= 3 * len(set(SETS.set))


def test_labels_are_sorted_and_named_once() -> None:
    named = list(zip(SETS.set, SETS.label, strict=True))
    assert named == sorted(set(named))


def test_the_numbers_of_sets_follow_their_names() -> None:
    names = sorted(set(SETS.set))
    assert [names[code] for code in SETS.set_code.tolist()] == list(SETS.set)


def test_every_label_can_be_found_in_a_text() -> None:
    found = {SETS.label_of[row] for row in SETS.lexicon.forms.values()} - {NO_LABEL}
    assert found == set(range(len(SETS)))


def test_no_form_could_belong_to_two_labels() -> None:
    own, inflected = defaultdict(set), defaultdict(set)
    for row, (term, pos, match) in enumerate(
        zip(SETS.lexicon.term, SETS.lexicon.pos, SETS.lexicon.match, strict=True)
    ):
        own[term.lower()].add(SETS.label_of[row])
        for form in inflections(term, pos, {}) if match == "lemma" else ():
            inflected[form].add(SETS.label_of[row])
    assert {form: labels for form, labels in own.items() if len(labels) > 1} == {}
    left = {form: labels for form, labels in inflected.items() if len(labels) > 1 and form not in own}
    assert left == {}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("militants", ("armed non-state group", "militant")),
        ("terrorist attacks", ("attack on civilians", "terrorist attack")),
        ("annexed", ("change of sovereignty", "annexation")),
        ("death taxes", ("tax on what the dead leave", "death tax")),
        ("illegal aliens", ("person who moves to another country", "illegal immigrant")),
        ("assad regime", ("government of Syria", "Assad regime")),
        ("kyiv", ("names of Ukrainian places", "from Ukrainian")),
        ("unborn children", ("what is carried before birth", "unborn child")),
        ("bully pulpit", None),
        ("war of words", None),
    ],
)
def test_a_form_has_its_label(form: str, expected: tuple[str, str] | None) -> None:
    assert label_of(form) == expected


def test_an_unknown_language_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadData, match=r"no lexicons for language 'xx'; choose from en"):
        load_label_sets("xx")
