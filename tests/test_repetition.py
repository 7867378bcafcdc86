"""Repetition: what an outlet prints again and again, told from what its stories repeat."""

import random
from collections.abc import Sequence

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from biaslens import read
from biaslens.articles import Articles
from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import split_lines
from biaslens.cleaning.outlet_counts import OutletCounts
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.cleaning.repetition import Repeats, find_repeats, learn_repeats

# Eight stories of different words, in one line each.
STORIES = [
    "The harbor of Tarn was closed after a storm tore two cranes from the quay. Ships wait outside the "
    "bay. Pilots expect calmer water soon. The mayor toured the damaged pier with engineers.",
    "Wheat prices fell for a third week as rain reached the southern plains. Millers bought little. "
    "Exporters still hope for a late harvest. Brokers in Malin blame cheap imports from the east.",
    "A court in Orsk freed two bankers accused of fraud. Prosecutors had asked for nine years. The "
    "judges found the ledgers incomplete. Families wept in the corridor when the verdict was read.",
    "The national team lost its opening match by one goal. A penalty decided it near the end. The "
    "trainer will change his defence before Sunday. Fans sang long after the whistle at the northern "
    "stand.",
    "Doctors at the island clinic ran out of vaccines for measles. A boat with supplies turned back in "
    "fog. Nurses went from door to door. Nobody has died, and eleven children are recovering.",
    "Parliament passed the budget by a single vote. Two deputies crossed the floor. Spending on roads "
    "rises while pensions stay frozen. The opposition walked out before the count was over.",
    "An orchestra of prisoners played for the first time outside the walls. The hall was full. A "
    "cellist wept during the slow movement. The warden promised another concert in autumn.",
    "Engineers opened the longest tunnel of the Alpine line. Trains will pass in nine minutes. Farmers "
    "above it complain of dry wells. Geologists have placed sensors along the whole valley.",
]
APPEAL = (
    "Before you go. Only {} days are left in our spring drive, and we are still {},000 pounds short. "
    "Every gift keeps the Herald open to all. Please give today."
)
BACKGROUND = (
    "The conflict began in 2014 when the northern province left the federation. More than {} people have "
    "died since then and talks in the capital have failed three times."
)


def articles(*rows: tuple[str, Sequence[str]]) -> Articles:
    return read([{"outlet": outlet, "text": text} for outlet, texts in rows for text in texts])


def removals(text: str, repeats: Repeats, outlet: str = "Herald") -> list[Removal]:
    return find_repeats(split_lines(text), outlet, repeats)


def removed(text: str, texts: Sequence[str], *others: tuple[str, Sequence[str]]) -> list[str]:
    """What is removed from a text of the Herald, learned from its texts and those of others."""
    repeats = learn_repeats(articles(("Herald", texts), *others))
    return [text[removal.start : removal.end] for removal in removals(text, repeats)]


def with_inside(insert: str, stories: Sequence[str] = STORIES) -> list[str]:
    """Each story with something between its sentences, at another place in each."""
    texts = []
    for number, story in enumerate(stories):
        sentences = story.split(". ")
        place = 1 + number % (len(sentences) - 1)
        filled = insert.format(number + 2, 7 * number + 31)
        texts.append(f"{'. '.join(sentences[:place])}. {filled} {'. '.join(sentences[place:])}")
    return texts


def test_an_address_between_two_repeated_sentences_is_no_block_by_itself() -> None:
    above = (
        "Paper for the Herald comes from northern mills that three old families have run since the days of "
        "steam and horses."
    )
    below = (
        "Ink for the Herald comes from a southern harbor where ships of many lands have unloaded barrels "
        "since the age of sail."
    )
    texts = [f"{story} {above} {below}" for story in STORIES]
    assert removed(f"{STORIES[0]} {above} Ask us. {below}", texts) == []


def test_an_appeal_in_the_middle_of_a_line_is_removed_exactly_whatever_its_numbers() -> None:
    texts = with_inside(APPEAL)
    for number, text in enumerate(texts):
        assert removed(text, texts) == [APPEAL.format(number + 2, 7 * number + 31)]


@pytest.mark.parametrize("layout", ["{story} {appeal}", "{appeal} {story}", "{story}\n{appeal}"])
def test_an_appeal_is_removed_at_either_end(layout: str) -> None:
    appeals = [APPEAL.format(number, number + 40) for number in range(len(STORIES))]
    texts = [layout.format(story=s, appeal=a) for s, a in zip(STORIES, appeals, strict=True)]
    assert removed(texts[3], texts) == [appeals[3]]


def test_an_appeal_over_several_lines_is_one_block() -> None:
    appeal = APPEAL.replace(". ", ".\n\n")
    texts = [f"{story}\n{appeal.format(number, number + 40)}" for number, story in enumerate(STORIES)]
    [removal] = removals(texts[0], learn_repeats(articles(("Herald", texts))))
    assert (texts[0][removal.start :], removal.is_block) == (appeal.format(0, 40), True)


def test_an_appeal_glued_to_a_line_without_a_full_stop_is_removed() -> None:
    appeal = f"Wait before you go. {APPEAL.format(5, 50)}"
    texts = [f"{story} {appeal}" for story in STORIES]
    glued = f"{STORIES[0]} (Photo: Jane Smith) {appeal}"
    assert removed(glued, [*texts, glued]) == [appeal]


def test_a_repeated_name_in_front_of_an_appeal_is_not_taken_for_a_sentence_of_it() -> None:
    texts = [f"{story} {APPEAL.format(5, 50)} President Drake" for story in STORIES]
    more = f"{STORIES[0]} {APPEAL.format(5, 50)} President Drake leaves for the islands."
    assert removed(more, [*texts, more]) == [APPEAL.format(5, 50)]


def test_a_sentence_with_another_middle_is_known_by_its_ends() -> None:
    appeal = "If every one of you who reads the Herald gave {} the drive would be over tonight for all of us."
    gifts = [
        "three pounds",
        "a crown",
        "ten francs",
        "one dime",
        "two florins",
        "a farthing",
        "six cents",
        "a mark",
    ]
    texts = [f"{story} {appeal.format(gift)}" for story, gift in zip(STORIES, gifts, strict=True)]
    assert removed(texts[2], texts) == [appeal.format("ten francs")]


def test_the_reason_tells_the_numbers() -> None:
    [removal] = removals(with_inside(APPEAL)[0], learn_repeats(articles(("Herald", with_inside(APPEAL)))))
    assert (removal.category, removal.rule) == ("repeated", "repeated.passage")
    assert (
        removal.reason == "Stands in 8 articles of Herald and in no other outlet's, and speaks to the reader."
    )


def test_background_that_a_running_story_repeats_stays() -> None:
    texts = [f"{story} {BACKGROUND.format(number + 14)}" for number, story in enumerate(STORIES)]
    assert removed(texts[0], texts) == []


def test_background_inside_articles_stays() -> None:
    texts = with_inside(BACKGROUND)
    assert removed(texts[0], texts) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry did not immediately respond.",
        "The ministry declined to comment.",
        "“You will not divide us,” the president wrote in a letter.",
        "“We will defend our land. You will not take it from us,” he told parliament.",
        '"You will see who we are. We will not leave," she warned.',
    ],
)
def test_boilerplate_of_the_news_and_repeated_quotations_stay(sentence: str) -> None:
    texts = with_inside(sentence)
    assert removed(texts[0], texts) == []


def test_us_is_a_country_not_the_reader() -> None:
    sentence = "The US envoy left the talks in the northern province without a deal on prisoners or grain."
    texts = with_inside(sentence)
    assert removed(texts[0], texts) == []


def test_a_sub_head_that_recurs_inside_articles_stays() -> None:
    texts = [f"{story}\nWhat happens next\n{story.upper()}" for story in STORIES]
    assert removed(texts[0], texts) == []


def test_a_short_line_at_the_foot_is_removed_without_an_address() -> None:
    texts = [f"{story}\nHerald House, Quay Street" for story in STORIES]
    assert removed(texts[0], texts) == ["Herald House, Quay Street"]


def test_a_line_at_the_foot_that_names_what_the_article_is_about_stays() -> None:
    line = "Ships and pilots wait outside the bay"
    texts = [f"{story}\n{line}" for story in STORIES]
    assert removed(texts[0], texts) == []


def test_a_sentence_cut_at_an_abbreviation_stays() -> None:
    texts = [
        f"{story} Behind it stood Sen. {name} Drake." for story, name in zip(STORIES, "ABCDEFGH", strict=True)
    ]
    assert removed(texts[0], texts) == []


def test_four_articles_teach_nothing() -> None:
    texts = with_inside(APPEAL)[:4]
    assert removed(texts[0], texts) == []


def test_five_articles_do() -> None:
    texts = with_inside(APPEAL)[:5]
    assert len(removed(texts[0], texts)) == 1


def test_a_report_republished_with_small_changes_teaches_nothing() -> None:
    story = " ".join(STORIES[:3]) + " We ask you: who will pay us for our boats?"
    versions = [
        story.replace("two", f"{word} two") for word in ("about", "some", "nearly", "over", "exactly", "all")
    ]
    assert removed(versions[0], versions) == []


def test_updates_beside_other_articles_stay() -> None:
    story = " ".join(STORIES[:3])
    versions = [f"{story} Update {number}: the {name} quay is open." for number, name in enumerate("abcdef")]
    texts = [*versions, *STORIES[3:]]
    assert removed(versions[2], texts) == []


def test_one_article_read_five_times_teaches_nothing() -> None:
    text = with_inside(APPEAL)[0]
    assert removed(text, [text] * 5) == []


def test_a_line_inside_the_articles_of_two_outlets_stays() -> None:
    line = "Please give to the flood victims if you can, the relief fund asks."
    texts = with_inside(line)
    assert removed(texts[0], texts, ("Post", [text.upper() for text in texts])) == []


def test_a_short_line_at_the_foot_of_two_outlets_is_removed() -> None:
    texts = [f"{story}\nAll rights reserved by the owners" for story in STORIES]
    repeats = learn_repeats(articles(("Herald", texts), ("Post", [f"{text}!" for text in texts])))
    [removal] = removals(texts[0], repeats)
    assert removal.reason.startswith("Stands in 8 articles of Herald, and stands at the edge")


def test_another_outlets_appeal_stays() -> None:
    texts = with_inside(APPEAL)
    assert removals(texts[0], learn_repeats(articles(("Herald", texts))), "Post") == []


def test_articles_without_an_outlet_teach_nothing() -> None:
    known = articles(("Herald", with_inside(APPEAL)))
    unknown = known.completed([""] * len(known), known.outlet_inferred, known.date)
    assert learn_repeats(unknown) == Repeats({})


def test_an_article_of_nothing_but_repeated_sentences_stays() -> None:
    texts = [*with_inside(APPEAL), APPEAL.format(3, 40)]
    assert removed(texts[-1], texts) == []


def test_what_was_learned_before_counts_too() -> None:
    texts = with_inside(APPEAL)
    profile = OutletCounts.of("Herald", texts[:6])
    repeats = learn_repeats(articles(("Herald", texts[6:])), [profile])
    assert repeats == learn_repeats(articles(("Herald", texts)))


def test_an_article_in_two_profiles_counts_once() -> None:
    texts = with_inside(APPEAL)[:3]
    profile = OutletCounts.of("Herald", texts)
    assert OutletCounts.merged([profile, profile]) == profile


def test_a_line_before_the_appeal_that_is_gone_already_shifts_nothing() -> None:
    texts = with_inside(APPEAL)
    repeats = learn_repeats(articles(("Herald", texts)))
    lines = split_lines(f"Share this\n\n{texts[0]}")[1:]
    [removal] = find_repeats(lines, "Herald", repeats)
    assert f"Share this\n\n{texts[0]}"[removal.start : removal.end] == APPEAL.format(2, 31)


SENTENCES = st.sampled_from(
    [
        "You and we.",
        "Please give 5 to us.",
        "Herald House",
        "The bay froze.",
        "“Go,” he said.",
        "It rained all day.",
    ]
)
TEXTS = st.lists(st.lists(SENTENCES, max_size=6).map(" ".join), max_size=12)


@settings(max_examples=60)
@given(TEXTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(texts: list[str], rng: random.Random) -> None:
    shuffled = rng.sample(texts, len(texts))
    assert OutletCounts.of("Herald", shuffled) == OutletCounts.of("Herald", texts)


@settings(max_examples=60)
@given(TEXTS, TEXTS, TEXTS)
def test_merging_is_exact_in_any_order_and_grouping(a: list[str], b: list[str], c: list[str]) -> None:
    one, two, three = (OutletCounts.of("Herald", texts) for texts in (a, b, c))
    whole = OutletCounts.of("Herald", [*a, *b, *c])
    assert OutletCounts.merged([one, OutletCounts.merged([two, three])]) == whole
    assert OutletCounts.merged([OutletCounts.merged([three, one]), two]) == whole


@settings(max_examples=40, deadline=None)
@given(st.permutations(STORIES), st.integers(0, 7), st.booleans())
def test_removals_lie_apart_inside_the_text(stories: list[str], number: int, in_lines: bool) -> None:
    texts = [text.replace(". ", ".\n") if in_lines else text for text in with_inside(APPEAL, stories)]
    found = removals(texts[number], learn_repeats(articles(("Herald", texts))))
    places = [place for removal in found for place in (removal.start, removal.end)]
    assert places == sorted(places)
    assert all(texts[number][r.start : r.end] == texts[number][r.start : r.end].strip() != "" for r in found)


QUOTE = "We had no choice but to leave the harbor that night"
PARAGRAPH = f"“{QUOTE},” Smith recalled in a letter to her son."


def pull_quotes(text: str) -> list[str]:
    return [text[removal.start : removal.end] for removal in find_pull_quotes(split_lines(text))]


@pytest.mark.parametrize(
    "line", [f"{QUOTE}.", f"“{QUOTE}.”", f"{QUOTE.upper()}.", f"“{QUOTE}.” — Jane Smith"]
)
def test_a_line_whose_words_stand_in_another_line_is_a_pull_quote(line: str) -> None:
    assert pull_quotes(f"{line}\n{PARAGRAPH}") == [line]


def test_a_pull_quote_may_stand_behind_its_paragraph() -> None:
    assert pull_quotes(f"{PARAGRAPH}\n{QUOTE}.") == [f"{QUOTE}."]


def test_of_two_equal_lines_the_first_stays() -> None:
    text = f"{PARAGRAPH}\n{PARAGRAPH}"
    [removal] = find_pull_quotes(split_lines(text))
    assert removal.start == len(PARAGRAPH) + 1


def test_a_short_line_may_recur() -> None:
    assert pull_quotes("We had no choice.\nWe had no choice.") == []


def test_words_in_another_order_are_no_pull_quote() -> None:
    assert pull_quotes(f"{' '.join(QUOTE.split()[::-1])}\n{PARAGRAPH}") == []
