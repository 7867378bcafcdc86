"""Settings refuse values that they cannot have."""

import pytest

import biaslens
from biaslens import Settings
from biaslens.errors import BadSetting


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("granularity", "week", "granularity is 'week'; it can be 'event' or 'story'."),
        ("sentences", "spacy", "sentences is 'spacy'; it can be 'sentencex' or 'punctuation'."),
        ("event_similarity", 1.5, "event_similarity is 1.5; it must be from 0 to 1."),
        ("confidence", 1.0, "confidence is 1.0; it must be between 0 and 1."),
        ("event_days", 0.0, "event_days is 0.0; it must be above 0."),
        ("draws", 0, "draws is 0; it must be 1 or more."),
        ("part_size", 0, "part_size is 0; it must be 1 or more."),
    ],
)
def test_an_impossible_value_is_refused_with_what_is_possible(name: str, value: object, message: str) -> None:
    with pytest.raises(BadSetting) as error:
        Settings(**{name: value})  # type: ignore[arg-type]
    assert str(error.value) == message


def test_a_seed_of_zero_is_a_seed() -> None:
    assert Settings(seed=0).seed == 0
    assert Settings(seed=0).changed() == {}
    assert Settings(seed=1).changed() == {"seed": 1}


def test_groups_of_speakers_are_a_mapping() -> None:
    with pytest.raises(BadSetting, match=r"speaker_groups is 'x'; it must be a mapping of names to groups\."):
        Settings(speaker_groups="x")  # type: ignore[arg-type]


def test_a_group_of_your_own_wins() -> None:
    settings = Settings(speaker_groups={"Lavrov": "Russia: elite"})
    found = biaslens.voices("“We will talk,” Russian Foreign Minister Sergei Lavrov said.", settings=settings)
    assert found["group"].tolist() == ["Russia: elite"]
