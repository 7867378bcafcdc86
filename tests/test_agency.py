"""Tests of passives: authored cases, and where they are counted."""

import json
from pathlib import Path

import pytest
from speech_examples import corpus_of

from biaslens.measuring.agency import agentless_passives, passives

CASES = json.loads((Path(__file__).parent / "cases" / "passives.json").read_text(encoding="utf-8"))


def marked(case):
    known_miss = pytest.mark.xfail(reason="known miss", strict=True)
    return pytest.param(case, id=case["text"], marks=[known_miss] if case.get("known_miss") else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_passives_of_an_authored_sentence(case):
    hits = passives(corpus_of(case["text"])).hits
    participles = [span.split()[-1] for span in hits.spans.slices([case["text"]])]
    found = [
        {"participle": participle, "kind": kind}
        for participle, kind in zip(participles, hits.category, strict=True)
    ]
    assert found == case["passives"]


def test_agentless_passives_are_the_passives_without_by():
    counted = agentless_passives(corpus_of("It was closed. It was opened by the mayor."))
    assert (counted.total.tolist(), counted.hits.category) == ([1], ("agentless",))


def test_the_base_is_the_words_outside_quotation_marks():
    assert passives(corpus_of("It was closed “by them all”.")).exposure.tolist() == [3]
