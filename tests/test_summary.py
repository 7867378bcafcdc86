"""The summary: the sentences that a student reads before any number."""

import pytest

import biaslens


def reports(n_events: int, outlets: tuple[str, ...] = ("Alpha", "Beta")) -> list[dict[str, str]]:
    return [
        {
            "outlet": outlet,
            "event": f"march {n}",
            "text": f"{outlet} reports on march number {n} in the city.",
        }
        for n in range(n_events)
        for outlet in outlets
    ]


def summary(*args: object, **settings: object) -> str:
    return " ".join(biaslens.compare(*args, settings=biaslens.Settings(**settings)).summary)  # type: ignore[arg-type]


def test_it_counts_articles_outlets_and_shared_events() -> None:
    rows = [*reports(2), {"outlet": "Beta", "event": "flood", "text": "Beta reports on a flood."}]
    assert summary(rows).startswith(
        "5 articles by 2 outlets, in 3 events; two outlets or more report 2 of them."
    )


def test_few_shared_events_rule_out_p_values_in_plain_words() -> None:
    text = summary(reports(3))
    assert "No p-values, no intervals, no ranking: they take 6 events that both outlets report" in text
    assert "no two outlets here share more than 3" in text


def test_enough_shared_events_are_announced_pair_by_pair() -> None:
    text = summary(reports(6))
    assert "Alpha and Beta share 6 events: p-values and intervals are provisional" in text
    assert "No p-values" not in text


def test_many_pairs_are_summed_up() -> None:
    text = summary(reports(6, ("A", "B", "C", "D", "E")))
    assert "10 of 10 pairs of outlets share the 6 events that a p-value takes." in text
    assert "The pair that shares most: D and E share 6 events" in text


def test_tests_of_all_outlets_alone_need_no_word_on_their_correction() -> None:
    rows = [
        row | {"event": pair + row["event"]} for pair in ("AB", "CD", "EF") for row in reports(6, tuple(pair))
    ]
    result = biaslens.compare(rows)
    assert result.omnibus["q_value"].notna().any()
    assert "corrected together" not in " ".join(result.summary)


def test_articles_without_a_shared_event_are_pointed_to_their_shared_story(
    seeds: biaslens.Comparison,
) -> None:
    rows = [
        {
            "outlet": "A",
            "date": "2022-03-01",
            "text": "Kerry and Lavrov meet in London on Crimea and Ukraine.",
        },
        {
            "outlet": "B",
            "date": "2022-03-12",
            "text": "Kerry and Lavrov to meet again on Crimea and Ukraine.",
        },
    ]
    text = summary(rows)
    assert "No two outlets report the same event, but one story is shared by 2 of them." in text
    assert 'Settings(granularity="story")' in text


def test_unrelated_articles_cannot_be_compared_at_all() -> None:
    rows = {"A": "Floods in Ohio leave thousands homeless.", "B": "A chess champion retires in Norway."}
    assert "No two outlets report the same event or the same story: nothing can be compared." in summary(rows)


def test_what_was_removed_is_named_with_its_share(seeds: biaslens.Comparison) -> None:
    [sentence] = [line for line in seeds.summary if "set aside as boilerplate" in line]
    assert "263 of 2,342 words (11%)" in sentence
    assert "'001_8466d68a60ce5421' (41% of it)" in sentence


def test_nothing_removed_is_said_too() -> None:
    assert "Nothing was set aside as boilerplate, so cleaning moved no number." in summary(
        {"A": "Talks ended.", "B": "Talks failed."}
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [{"text": "(Reuters) - The talks ended today."}, {"outlet": "B", "text": "Talks failed."}],
            "The outlet of 1 article was inferred from a credit line.",
        ),
        (
            [{"outlet": "A", "text": ""}, {"outlet": "B", "text": "Talks failed."}],
            "1 article has a note on reading or cleaning: see .articles.",
        ),
    ],
)
def test_what_the_reader_should_know_of_the_input_is_said(rows: list[dict[str, str]], sentence: str) -> None:
    assert sentence in summary(rows)
