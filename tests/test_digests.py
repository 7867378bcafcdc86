import re

import pytest

from biaslens.digest_titles import DigestPhrase, load_digest_phrases
from biaslens.events.digests import are_digests

PHRASES = load_digest_phrases()


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.pattern)
def test_each_phrase_finds_its_examples_and_no_others(phrase: DigestPhrase) -> None:
    assert phrase.matches
    assert phrase.keeps
    assert all(re.search(phrase.pattern, title, re.IGNORECASE) for title in phrase.matches)
    assert are_digests(phrase.keeps).tolist() == [False] * len(phrase.keeps)


@pytest.mark.parametrize("title", ["", "Storm hits Ohio", "5 takeaways from the debate"])
def test_reports_of_one_event_are_no_digests(title: str) -> None:
    assert are_digests([title]).tolist() == [False]


def test_each_title_has_its_mark() -> None:
    assert are_digests(["Storm hits", "Storm round-up", ""]).tolist() == [False, True, False]
    assert are_digests([]).tolist() == []
