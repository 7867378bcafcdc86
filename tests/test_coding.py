"""The coding sheet: what is asked, blind, drawn fairly, and written so that a spreadsheet leaves it alone."""

import base64
import re

import pandas as pd
import pytest

import biaslens
from biaslens.coding.keys import ItemKey
from biaslens.coding.questions import questions_for
from biaslens.coding.sample import Pool
from biaslens.coding.sheet import coding_sheet
from biaslens.errors import BadSetting
from biaslens.hits import Hits
from biaslens.measuring.registry import MEASURES
from biaslens.settings import Settings

COLUMNS = [
    "item", "measure", "kind", "question", "sentence", "context", "coder_1", "coder_2", "note", "key",
]  # fmt: skip
# Texts of two outlets that name themselves and each other, and begin like formulas.
TEXTS = {
    "Daily Herald": [
        "The regime's brutal police attacked the march. Perhaps they were afraid. The Daily Herald was "
        "there. “We saw it,” Anna Berg told the Morning Post. Nobody was arrested by them.",
        "=SUM(A1:A9) was the brutal joke of dailyherald.com. The dam was destroyed. It may have rained.",
    ],
    "Morning Post": [
        "Police broke up the march, officials said. The Morning Post's reporter was told to leave. The "
        "so-called “regime” claimed that it was over. It was clearly a massacre.",
        "-1 degree was measured. The rebels seized the town, a spokesman alleged. Perhaps it will end.",
    ],
}


def sheet_of(comparison, n=200, **options):
    return coding_sheet(comparison._grouped, comparison._repeats, n, **options)


def keys_of(sheet):
    return [ItemKey.unpacked(text) for text in sheet["key"]]


@pytest.fixture(scope="module")
def small():
    return biaslens.compare(TEXTS)


@pytest.fixture(scope="module")
def sheet(seeds):
    return sheet_of(seeds, 400)


@pytest.fixture(scope="module")
def loaded(seeds):
    return sheet_of(seeds, 24, measures=["loaded_rate"])


def test_the_sheet_has_the_columns_of_the_contract(sheet):
    assert list(sheet.columns) == COLUMNS


def test_the_number_of_coders_is_the_number_of_their_columns(small):
    found = sheet_of(small, 4, measures=["loaded_rate"], coders=3)
    assert [name for name in found if name.startswith("coder")] == ["coder_1", "coder_2", "coder_3"]


def test_coders_find_their_columns_empty(sheet):
    assert set(sheet["coder_1"]) == set(sheet["coder_2"]) == set(sheet["note"]) == {""}


def test_about_half_of_the_items_are_spans_and_a_quarter_sentences_without_a_hit(loaded):
    kinds = pd.Series([(key.kind, key.is_hit) for key in keys_of(loaded)]).value_counts().to_dict()
    assert kinds == {("span", True): 12, ("sentence", True): 6, ("sentence", False): 6}


def test_every_item_has_a_code_of_its_own(sheet):
    assert sheet["item"].is_unique


def test_no_column_but_the_key_tells_sentences_with_a_hit(loaded):
    whole = loaded[loaded["kind"] == "sentence"]
    assert whole["question"].nunique() == 1
    assert not whole["sentence"].str.contains("[[", regex=False).any()


def test_items_come_in_the_order_of_their_codes_which_tells_nothing(sheet):
    assert sheet["item"].is_monotonic_increasing


def test_a_span_is_marked_once_in_its_sentence(sheet):
    spans = sheet.loc[sheet["kind"] == "span", "sentence"]
    assert spans.str.count(r"\[\[").eq(1).all()
    assert spans.str.count(r"\]\]").eq(1).all()


def test_marked_text_is_what_the_measure_found(seeds, loaded):
    hits = set(seeds.evidence("loaded_rate")["text"])
    marked = loaded.loc[loaded["kind"] == "span", "sentence"].str.extract(r"\[\[(.*?)\]\]")[0]
    assert set(marked) <= hits


def test_sentences_of_the_sheet_stand_in_the_articles(seeds, loaded):
    texts = [" ".join(text.split()) for text in biaslens.load_seeds().text]
    whole = loaded.loc[loaded["kind"] == "sentence", "sentence"]
    unmasked = [sentence for sentence in whole if "[outlet]" not in sentence]
    assert len(unmasked) > 8
    assert all(any(sentence in text for text in texts) for sentence in unmasked)


def test_context_is_the_sentence_before(small):
    found = sheet_of(small, 40, measures=["hedge_rate"])
    row = found[found["sentence"].str.startswith("Perhaps they were")].iloc[0]
    assert row["context"] == "The regime's brutal police attacked the march."
    first = found[found["sentence"].str.startswith("The regime's brutal police")].iloc[0]
    assert first["context"] == ""


def test_no_name_of_an_outlet_is_left_in_the_sheet(seeds, sheet, small):
    shown = "\n".join(sheet.drop(columns="key").astype(str).agg("\n".join, axis=1))
    for outlet in ("Reuters", "RIA", "Novosti", "Xinhua", "Moscow Times", "Trend"):
        assert not re.search(rf"\b{outlet}\b", shown)
    shown = "\n".join(sheet_of(small, 80).drop(columns="key").astype(str).agg("\n".join, axis=1))
    assert "[outlet]" in shown
    assert not re.search("herald|morning post", shown, re.IGNORECASE)


def test_no_id_of_an_article_is_left_in_the_sheet_nor_in_its_keys(seeds, sheet):
    decoded = [base64.b64decode(text.partition(".")[0]).decode() for text in sheet["key"]]
    everything = "\n".join([*sheet.astype(str).agg("\n".join, axis=1), *decoded])
    for row in seeds.articles[["id", "outlet"]].itertuples():
        assert row.id not in everything
        assert not re.search(rf"\b{row.outlet}\b", "\n".join(decoded))


def test_the_order_of_articles_changes_nothing():
    rows = [
        {"id": f"{outlet} {i}", "outlet": outlet, "text": text}
        for outlet, texts in TEXTS.items()
        for i, text in enumerate(texts)
    ]
    first, second = (sheet_of(biaslens.compare(order), 60) for order in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(first, second)


def test_another_seed_draws_other_items(seeds):
    other = biaslens.compare(biaslens.load_seeds(), settings=Settings(seed=1))
    first, second = (sheet_of(c, 40, measures=["passive_rate"]) for c in (seeds, other))
    assert set(first["sentence"]) != set(second["sentence"])


def test_outlets_have_equal_shares_as_far_as_they_go():
    texts = {
        "A": ["The brutal regime lied to us all. Its brutal thugs were mad. So brutal a lie it was."] * 1,
        "B": [f"The brutal regime lied in town {i}. Its brutal thugs were mad in {i}." for i in range(30)],
    }
    found = sheet_of(biaslens.compare(texts), 12, measures=["loaded_rate"])
    spans = [key for key in keys_of(found) if key.kind == "span"]
    by_article = pd.Series([key.cluster for key in spans]).value_counts()
    # One article is all that A has, and three of its hits are drawn only where articles are few.
    assert by_article.max() == 2
    assert len(spans) == 6


def test_weights_add_up_to_the_hits_that_there_are(seeds):
    found = keys_of(sheet_of(seeds, 2_000, measures=["loaded_rate"]))
    n_hits = len(seeds.evidence("loaded_rate"))
    spans = [key for key in found if key.kind == "span"]
    assert sum(key.weight for key in spans) == pytest.approx(n_hits)
    assert {key.total for key in spans} == {n_hits}


def test_copies_are_left_out():
    text = " ".join(f"The brutal regime of town {i} lied about harbor {i} and its people." for i in range(12))
    found = biaslens.compare(
        {"A": [text], "B": [text], "C": ["The weather was fine on the whole coast today."]}
    )
    keys = keys_of(sheet_of(found, 40, measures=["loaded_rate"]))
    assert len({key.cluster for key in keys if key.is_hit}) == 1


def test_fewer_items_than_four_a_measure_are_refused(seeds):
    with pytest.raises(BadSetting, match=r"n is 7; 2 measures take 8 items or more. Raise n, or name fewer"):
        sheet_of(seeds, 7, measures=["loaded_rate", "hedge_rate"])


def test_a_sheet_for_nobody_is_refused(seeds):
    with pytest.raises(BadSetting, match="coders is 0; it must be 1 or more"):
        sheet_of(seeds, 100, coders=0)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mattr", "'mattr' cannot be coded by hand: it is worked out from a text as a whole"),
        ("flesch_reading_ease", "cannot be coded by hand: it is worked out from a text as a whole"),
        ("sentiment", "it is a score of sentences, not a yes or no; choose from loaded_rate, hedge_rate"),
        ("omission", "what is missing stands in no sentence of the article"),
        ("loadedness", "There is no measure 'loadedness'; choose from loaded_rate"),
    ],
)
def test_a_measure_that_cannot_be_coded_is_refused_with_the_reason(name, reason):
    with pytest.raises(BadSetting, match=re.escape(reason)):
        questions_for(Settings(), [name])


def test_one_name_alone_is_no_list_of_measures():
    with pytest.raises(BadSetting, match=r"measures is the text 'hedge_rate'; it must be a list of names"):
        questions_for(Settings(), "hedge_rate")


def test_an_empty_list_of_measures_is_refused():
    with pytest.raises(BadSetting, match="measures names none; leave it out"):
        questions_for(Settings(), [])


CODED = {question.measure for question in questions_for(Settings())}
REFUSED = {measure.name for measure in MEASURES} - CODED - {
    "factive_rate", "implicative_rate", "assertive_rate", "visible_effects_rate", "invisible_effects_rate",
    "demonising_rate", "victimising_rate", "emotive_rate", "good_evil_rate", "us_them_rate", "zero_sum_rate",
    "solution_rate", "here_and_now_rate", "background_rate",
}  # fmt: skip


@pytest.mark.parametrize("measure", sorted({measure.name for measure in MEASURES} - REFUSED))
def test_every_measure_that_is_asked_about_can_be_counted(seeds, measure):
    (question,) = questions_for(Settings(), [measure])
    assert question.of_sentence().startswith("Does this sentence hold ")
    assert isinstance(Pool.of(seeds._grouped, seeds._repeats, 10).hits(measure), Hits)


@pytest.mark.parametrize("measure", sorted(REFUSED))
def test_every_other_measure_of_the_codebook_is_refused(measure):
    with pytest.raises(BadSetting, match=f"'{measure}' cannot be coded by hand: "):
        questions_for(Settings(), [measure])


def test_measures_of_the_users_lexicons_are_asked_about_by_default():
    lexicon = biaslens.read_lexicon({"fear": ["afraid", "panic"]}, name="moods")
    found = biaslens.compare(TEXTS, settings=Settings(lexicons=(lexicon,)))
    asked = sheet_of(found, 100).query("measure == 'moods_fear_rate' and kind == 'span'")
    assert asked["question"].tolist() == [
        "Is the marked text a word or phrase used in the sense of 'fear' in the list 'moods', in the "
        "article's own voice (outside quotation marks)?"
    ]


def test_a_contested_label_is_asked_about_in_the_sense_of_its_set(small):
    found = sheet_of(small, 40, measures=["naming"])
    asked = found.loc[found["sentence"].str.contains("[[rebels]]", regex=False), "question"].iloc[0]
    assert asked.startswith("Is the marked text a name for this: ")


def test_a_large_corpus_is_drawn_from_in_part():
    texts = {
        outlet: [f"The {outlet} regime lied about harbor {i} again. It was brutal then." for i in range(n)]
        for outlet, n in (("A", 150), ("B", 90))
    }
    keys = keys_of(sheet_of(biaslens.compare(texts), 20, measures=["loaded_rate"]))
    # Up to 200 articles, equal numbers as far as they go: 100 of A, which stand for 150, and all 90 of B. Of
    # the three hits of each, two are kept, and of 200 and 180 that are left, 5 are drawn.
    spans = [key for key in keys if key.kind == "span"]
    assert {key.total for key in spans} == {3 * 240}
    assert sorted({key.weight for key in spans}) == [1.5 * 180 / 5, 1.5 * 1.5 * 200 / 5]
