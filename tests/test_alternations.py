"""Different words in one slot of one event."""

from dataclasses import replace

import numpy as np
import pytest

from biaslens.articles import Articles
from biaslens.framing_tables import AlternationTable
from biaslens.name_mentions import NameSlots
from biaslens.reading.source import read
from biaslens.spans import Spans
from biaslens.stats import alternations
from biaslens.stats.alternations import alternation_table
from biaslens.stats.word_likeness import WordLikeness

# In the other events "war" and "conflict" share slots, and so do "invasion" and "annexation".
_ELSEWHERE = [
    (f"{place}: in", word)
    for place in ("Syria", "Yemen", "Mali", "Libya", "Sudan")
    for word in ("war", "conflict")
]
_OTHERS = [(f"{place}: of", word) for place in ("Kuwait", "Cyprus", "Tibet") for word in ("ally", "coast")]


def _articles(outlets: list[str]) -> Articles:
    rows = [
        {"id": f"{row:02}", "outlet": outlet, "text": f"Sentence {row}."}
        for row, outlet in enumerate(outlets)
    ]
    return read(rows)


def _table(uses: list[tuple[str, str, str]], persons: bool = False) -> AlternationTable:
    """The table for (outlet, slot, word) in one event, with other events for what is alike."""
    background = [("Z", slot, word) for slot, word in _ELSEWHERE + _OTHERS]
    rows = uses + background
    outlets = [outlet for outlet, _, _ in rows]
    n = np.arange(len(rows))
    slots = NameSlots(
        sentence=Spans(n, np.zeros(len(rows), dtype=np.int64), np.array([len(f"Sentence {i}.") for i in n])),
        slot=tuple(slot for _, slot, _ in rows),
        word=tuple(word for _, _, word in rows),
        is_person=np.full(len(rows), persons),
    )
    events = ["the event"] * len(uses) + [f"other {row}" for row in range(len(background))]
    return alternation_table(slots, _articles(outlets), events)


def _uses(**counts: dict[str, int]) -> list[tuple[str, str, str]]:
    return [
        (outlet, "Ukraine: in", word)
        for outlet, words in counts.items()
        for word, n in words.items()
        for _ in range(n)
    ]


def test_alike_words_that_outlets_prefer_differently_are_shown_with_their_uses() -> None:
    table = _table(_uses(A={"war": 4}, B={"conflict": 3}))
    rows = list(zip(table.event, table.slot, table.outlet, table.word, table.count.tolist(), strict=True))
    assert rows == [
        ("the event", "Ukraine: in", "A", "war", 4),
        ("the event", "Ukraine: in", "B", "conflict", 3),
    ]


def test_the_evidence_is_the_first_use_in_order_of_id() -> None:
    table = _table(_uses(A={"war": 4}, B={"conflict": 3}))
    assert list(table.evidence_id) == ["00", "04"]
    assert list(table.evidence_sentence) == ["Sentence 0.", "Sentence 4."]


def test_words_that_share_nothing_elsewhere_are_not_shown() -> None:
    assert len(_table(_uses(A={"war": 4}, B={"coast": 3}))) == 0


def test_outlets_that_prefer_the_same_word_are_not_shown() -> None:
    assert len(_table(_uses(A={"war": 4, "conflict": 1}, B={"war": 3}))) == 0


def test_one_outlet_alone_has_no_rows() -> None:
    assert len(_table(_uses(A={"war": 4, "conflict": 3}))) == 0


def test_two_uses_are_too_few() -> None:
    assert len(_table(_uses(A={"war": 1}, B={"conflict": 1}))) == 0


def test_a_name_of_an_outlet_has_no_rows() -> None:
    assert len(_table(_uses(Ukraine={"war": 4}, B={"conflict": 3}))) == 0


def test_roles_before_a_person_need_not_be_alike() -> None:
    uses = [("A", "Alexander Lukashenko: before", "president")] * 3
    uses += [("B", "Alexander Lukashenko: before", "strongman")] * 3
    assert list(_table(uses, persons=True).word) == ["president", "strongman"]


def test_a_family_name_joins_the_full_name_of_the_event() -> None:
    uses = [("A", "Alexander Lukashenko: before", "president")] * 3
    uses += [("B", "Lukashenko: before", "strongman")] * 3
    assert set(_table(uses, persons=True).slot) == {"Alexander Lukashenko: before"}


def test_spellings_of_one_word_are_no_alternation() -> None:
    uses = [("A", "Ukraine: in", "cease-fire")] * 3 + [("B", "Ukraine: in", "ceasefire")] * 3
    assert len(_table(uses)) == 0


def test_an_event_shows_its_highest_ranked_sets_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternations, "MAX_SETS", 1)
    more = [(outlet, "Chad: in", word) for outlet, word in [("A", "war")] * 9 + [("B", "conflict")] * 9]
    assert set(_table(_uses(A={"war": 4}, B={"conflict": 3}) + more).slot) == {"Chad: in"}


def test_the_order_of_uses_changes_nothing() -> None:
    articles = _articles(["A", "B", "A", "B", "C", "C"])
    slot = ("Mali: in", "Mali: in", "Chad: in", "Chad: in", "Peru: in", "Peru: in")
    word = ("war", "conflict", "war", "conflict", "war", "conflict")
    sentence = Spans.of([(row, 0, 11) for row in range(6)])
    slots = NameSlots(sentence, slot, word, np.zeros(6, dtype=bool))
    back = replace(
        slots,
        sentence=Spans.of([(row, 0, 11) for row in range(5, -1, -1)]),
        slot=slot[::-1],
        word=word[::-1],
    )
    events = ["one", "one", "two", "two", "three", "three"]
    first = alternation_table(slots, articles, events).columns()
    for name, column in alternation_table(back, articles, events).columns().items():
        assert np.array_equal(column, first[name])


def test_nothing_gives_an_empty_table() -> None:
    nothing = NameSlots(Spans.of([]), (), (), np.zeros(0, dtype=bool))
    assert len(alternation_table(nothing, _articles(["A", "B"]), ["one", "one"])) == 0


def test_likeness_leaves_out_the_slot_in_question() -> None:
    likeness = WordLikeness.of([0, 1, 2], ["a", "a", "b"], ["war", "conflict", "war"])
    assert likeness.pairs(["conflict"], ["war"], ["a"]).tolist() == [0.0]


def test_likeness_is_symmetric_and_between_0_and_1() -> None:
    slots, words = zip(*(_ELSEWHERE + _OTHERS), strict=True)
    likeness = WordLikeness.of(range(len(slots)), slots, words)
    there = likeness.pairs(["war"], ["conflict"], ["Mali: in"])
    assert there.tolist() == likeness.pairs(["conflict"], ["war"], ["Mali: in"]).tolist()
    assert 0 < there[0] < 1
