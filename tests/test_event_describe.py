import numpy as np

from biaslens.events.describe import Explanation, Pair, event_terms, explain_pair
from biaslens.events.group import group_articles
from biaslens.events.sketch import sketch_articles
from biaslens.settings import Settings

TITLES = ["Kerry meets Lavrov in London", "Kerry and Lavrov talk in London", "Storm floods Ohio", ""]
BODIES = ["talks with Sergei Lavrov", "no deal for John Kerry", "streets under water in Ohio", ""]
DATES = np.array(["2014-03-14", "2014-03-15", "2014-03-14", "NaT"], "M8[D]")
EVENT = np.array([0, 0, 1, 2])


def explain(first: int, second: int, given: list[str] | None = None) -> Explanation:
    sketch, settings = sketch_articles(TITLES, BODIES), Settings()
    grouping = group_articles(sketch, DATES, given or [""] * 4, settings)
    pair = Pair((first, second), (TITLES[first], TITLES[second]), (BODIES[first], BODIES[second]))
    return explain_pair(pair, sketch, DATES, grouping, settings)


def test_a_label_is_the_first_date_and_three_words() -> None:
    label = event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES).label[0]
    assert label.split()[0] == "2014-03-14"
    assert set(label.split()[1:]) == {"kerry", "lavrov", "london"}


def test_an_event_without_text_and_date_says_so() -> None:
    assert event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES).label[2] == "no text"


def test_there_are_at_most_eight_terms() -> None:
    body = " ".join(f"word{i}" for i in range(20))
    found = event_terms(np.array([0]), sketch_articles([""], [body]), DATES[:1], [""], [body])
    assert len(found.terms[0]) == 8


def test_equal_labels_are_numbered() -> None:
    found = event_terms(
        np.array([0, 1]), sketch_articles(["", ""], ["", ""]), DATES[[0, 2]], ["", ""], ["", ""]
    )
    assert found.label == ("2014-03-14", "2014-03-14 (2)")


def test_terms_do_not_depend_on_the_order_of_articles() -> None:
    plain = event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES)
    titles, bodies = TITLES[::-1], BODIES[::-1]
    turned = event_terms(EVENT[::-1], sketch_articles(titles, bodies), DATES[::-1], titles, bodies)
    assert turned == plain


def test_no_articles_have_no_terms() -> None:
    assert event_terms(np.zeros(0, np.int64), sketch_articles([], []), DATES[:0], [], []).terms == ()


def test_two_articles_of_one_event_are_explained_by_their_shared_words() -> None:
    found = explain(0, 1)
    assert found.together
    assert {"kerry", "lavrov", "london"} <= set(found.shared)
    assert found.days == 1
    assert found.sentence.startswith("One event: they share ")


def test_two_articles_of_different_events_share_no_telling_word() -> None:
    found = explain(0, 2)
    assert not found.together
    assert found.sentence == (
        "Different events: they share no telling word; 0 days apart, cosine 0.00, similarity 0.00, "
        f"below the {Settings().event_similarity:.2f} that one event needs."
    )


def test_the_similarity_is_the_cosine_decayed_over_the_days_between() -> None:
    found = explain(0, 1)
    assert np.isclose(found.similarity, found.cosine * np.exp(-1 / Settings().event_days))


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert "an unknown time apart" in explain(0, 3).sentence


def test_a_given_event_is_named_as_the_reason() -> None:
    assert explain(0, 2, ["mine", "", "mine", ""]).sentence.startswith("One event, as given; ")
