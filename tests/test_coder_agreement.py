"""agreement(): from a filled sheet to how far coders agree, and what a measure finds and misses."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from biaslens.coder_agreement import agreement
from biaslens.coding.files import write_sheet
from biaslens.coding.keys import ItemKey
from biaslens.coding.sheet import coding_sheet
from biaslens.errors import BadData, BadSetting, MissingColumn, UnreadableInput
from biaslens.statistics_tables import AgreementTable

NA = ""


def made(*items, measure="loaded_rate"):
    """A sheet of (kind, is_hit, weight, coder_1, coder_2, ...), each from an article of its own."""
    totals = {}
    for kind, is_hit, weight, *_ in items:
        totals[kind, is_hit] = totals.get((kind, is_hit), 0.0) + weight
    rows = []
    for number, (kind, is_hit, weight, *answers) in enumerate(items):
        code = f"c{measure}{number:03}"
        key = ItemKey(code, measure, kind, is_hit, weight, totals[kind, is_hit], f"a{number}")
        coders = {f"coder_{coder + 1}": answer for coder, answer in enumerate(answers)}
        rows.append({"item": code, "measure": measure, "kind": kind, **coders, "key": key.packed()})
    return pd.DataFrame(rows, dtype=object)


def spans(*answers):
    return made(*(("span", True, 1.0, *row) for row in answers))


def row_of(sheet, measure="loaded_rate"):
    return agreement(sheet).set_index("measure").loc[measure]


def test_the_table_has_a_row_per_measure_in_the_codebooks_order_and_one_for_all():
    both = pd.concat(
        [
            made(("span", True, 1.0, 1), measure=name)
            for name in ("moods_fear_rate", "hedge_rate", "loaded_rate")
        ]
    )
    found = agreement(both)
    assert found["measure"].tolist() == ["loaded_rate", "hedge_rate", "moods_fear_rate", "all"]
    assert list(found.columns) == list(AgreementTable.__dataclass_fields__)


def test_precision_is_the_share_of_spans_that_coders_confirm():
    found = row_of(spans((1, 1), (1, 1), (0, 0), (1, 1)))
    assert (found["precision"], found["n_spans"]) == (0.75, 4)
    assert found["precision_low"] < 0.75 < found["precision_high"]


@pytest.mark.parametrize("name", ["coder_1", "key"])
def test_two_columns_of_one_name_are_refused(name):
    sheet = spans((1, 1), (0, 0))
    twice = pd.concat([sheet, sheet[[name]]], axis=1)
    with pytest.raises(BadData, match=f"The sheet has 2 columns '{name}'; give each coder's column a name"):
        agreement(twice)


def test_a_tie_between_coders_counts_as_half():
    assert row_of(spans((1, 0), (1, 1)))["precision"] == 0.75


def test_the_majority_of_three_coders_decides():
    assert row_of(spans((1, 1, 0), (0, 0, 1)))["precision"] == 0.5


def test_spans_count_by_what_they_stand_for():
    found = row_of(made(("span", True, 3.0, 1), ("span", True, 1.0, 0)))
    assert found["precision"] == 0.75


def test_recall_is_what_was_found_of_all_that_coders_find():
    # Found: 2 of 2 sentences, each for 10. Not found: 1 of 4, each for 20.
    sheet = made(
        *[("sentence", True, 10.0, 1)] * 2, ("sentence", False, 20.0, 1), *[("sentence", False, 20.0, 0)] * 3
    )
    found = row_of(sheet)
    assert (found["recall"], found["n_sentences"]) == (0.5, 6)
    assert found["recall_low"] < 0.5 < found["recall_high"]


def test_items_left_blank_are_stood_for_by_the_others_of_their_kind():
    sheet = made(
        *[("sentence", True, 10.0, 1)] * 2, ("sentence", False, 20.0, 1), *[("sentence", False, 20.0, 0)] * 3
    )
    sheet.loc[0, "coder_1"] = NA
    assert row_of(sheet)["recall"] == 0.5
    assert row_of(sheet)["n_sentences"] == 5


def test_alpha_is_krippendorffs():
    # Krippendorff (2011), section A.
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = row_of(spans(*zip(first, second, strict=True)))
    assert found["alpha"] == pytest.approx(0.095, abs=0.0005)
    assert found["n_coders"] == 2
    twice = row_of(spans(*zip(2 * first, 2 * second, strict=True)))
    assert twice["alpha_low"] < twice["alpha"] < twice["alpha_high"]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        (1, 0),
        (1.0, 0.0),
        ("1", "0"),
        ("yes", "No"),
        ("Y", "n"),
        (True, False),
        ("TRUE", "false"),
        (" x ", "0"),
    ],
)
def test_answers_can_be_written_in_several_ways(yes, no):
    assert row_of(spans((yes,), (yes,), (no,), (yes,)))["precision"] == 0.75


@pytest.mark.parametrize("blank", ["", "  ", None, np.nan, pd.NA])
def test_a_blank_is_not_coded(blank):
    found = row_of(spans((1, 1), (blank, 1), (blank, blank), (0, 0)))
    assert (found["n_spans"], found["n_coders"]) == (3, 2)
    assert found["precision"] == pytest.approx(2 / 3)


def test_columns_of_coders_may_have_any_name_that_begins_so():
    sheet = spans((1, 0), (1, 1), (0, 0)).rename(columns={"coder_1": "Coder Anna", "coder_2": "coder_b"})
    sheet["remark"] = "not an answer"
    assert row_of(sheet)["n_coders"] == 2


def test_the_order_of_rows_and_what_was_filtered_change_nothing_else():
    sheet = spans(*[(1, 1), (1, 0), (0, 0)] * 8)
    pd.testing.assert_frame_equal(agreement(sheet.sample(frac=1, random_state=1)), agreement(sheet))
    assert row_of(sheet[::2])["n_spans"] == 12


def test_empty_rows_are_passed_over():
    sheet = spans((1, 1), (0, 0))
    empty = pd.DataFrame([dict.fromkeys(sheet, "")])
    pd.testing.assert_frame_equal(agreement(pd.concat([sheet, empty])), agreement(sheet))


def test_copies_for_several_coders_are_put_together():
    sheet = spans((1, 0), (1, 1), (0, 0))
    copies = [sheet.drop(columns="coder_2"), sheet.drop(columns="coder_1").iloc[::-1]]
    pd.testing.assert_frame_equal(agreement(copies), agreement(sheet))


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_sheet_can_be_a_path(tmp_path, suffix):
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    sheet = spans((1, 0), (1, 1), (0, 0)).assign(question="?")
    path = write_sheet(sheet, tmp_path / f"filled.{suffix}")
    pd.testing.assert_frame_equal(agreement(path), agreement(sheet))
    pd.testing.assert_frame_equal(agreement(str(path)), agreement(sheet))


@pytest.mark.parametrize(
    ("answers", "note"),
    [
        ([(1,), (0,)], "fewer than two coders: no alpha"),
        ([(1, NA), (1, NA), (NA, 0), (NA, 1)], "no item coded by two: no alpha"),
        ([(1, 1), (1, 1)], "every answer is the same: no alpha"),
        ([(1, 1), (0, 0)], "coders never differ: no interval of alpha"),
        ([(1, 1), (0, 1), (0, 0)], "3 coded by two: too few for an interval of alpha (20 needed)"),
    ],
)
def test_a_note_says_why_there_is_no_alpha(answers, note):
    assert row_of(spans(*answers))["note"].startswith(note)


@pytest.mark.parametrize(
    ("items", "note"),
    [
        ([("span", True, 1.0, 1, 0)], "no sentence coded: no recall"),
        ([("sentence", True, 1.0, 1, 0)], "no span coded: no precision; no sentence without a hit coded"),
        ([("sentence", False, 1.0, 1, 0)], "no sentence with a hit coded: no recall"),
        (
            [("sentence", True, 1.0, 0, 0), ("sentence", False, 1.0, 0, 0)],
            "coders find no sentence that holds one: no recall",
        ),
    ],
)
def test_a_note_says_why_there_is_no_precision_or_recall(items, note):
    found = row_of(made(*items))
    assert note in found["note"]
    assert np.isnan(found["recall"])


def test_a_note_warns_of_a_recall_that_nothing_was_missed_for():
    sheet = made(*[("sentence", True, 1.0, 1)] * 10, *[("sentence", False, 9.0, 0)] * 10)
    found = row_of(sheet)
    assert (found["recall"], found["recall_high"]) == (1, 1)
    assert "nothing missed in 10 sentences without a hit: read recall_low" in found["note"]
    assert found["recall_low"] < 0.4


def test_a_note_tells_few_items():
    assert row_of(spans(*[(1, 0)] * 9))["note"].endswith("few items")
    assert "few items" not in row_of(spans(*[(1, 0)] * 10))["note"]


def test_a_measure_without_one_kind_of_sentences_stays_out_of_the_recall_of_all():
    whole = made(("sentence", True, 5.0, 1), ("sentence", False, 5.0, 1))
    half = made(("sentence", True, 50.0, 1), measure="hedge_rate")
    assert row_of(pd.concat([whole, half]), "all")["recall"] == 0.5


def test_another_answer_is_named_with_its_row():
    with pytest.raises(
        BadData, match=r"coder_2 has 'maybe' in row 3 \(item cloaded_rate001\); it can be 1 or 0"
    ):
        agreement(spans((1, 1), (1, "maybe")))


def test_crosses_without_a_no_are_refused():
    with pytest.raises(
        BadData, match=r"coder_1 has 'x' in 2 rows and no 'no' in any. A blank counts as not coded"
    ):
        agreement(spans(("x",), ("",), ("X",)))


def test_damaged_keys_are_named_with_their_rows():
    sheet = spans((1,), (0,), (1,))
    sheet.loc[1, "key"] = sheet.loc[1, "key"][:-3]
    with pytest.raises(
        BadData, match=r"1 of 3 rows have a key that is damaged .*: row 3 \(item cloaded_rate001\)"
    ):
        agreement(sheet)


def test_a_key_in_another_items_row_is_told():
    sheet = spans((1,), (0,), (1,))
    sheet["key"] = sheet["key"].tolist()[::-1]
    with pytest.raises(BadData, match=r"2 of 3 rows have a key that is damaged or another item's: row 2"):
        agreement(sheet)


def test_one_coder_cannot_code_an_item_twice():
    sheet = spans((1,), (0,))
    with pytest.raises(
        BadData, match=r"coder_1 codes item cloaded_rate000 twice \(row 2\); give each coder's"
    ):
        agreement([sheet, sheet])


def test_a_sheet_that_nobody_filled_says_what_to_fill_in():
    with pytest.raises(BadData, match=r"No item is coded: coder_1, coder_2 are empty. Write 1 \(yes\) or 0"):
        agreement(spans((NA, NA), (NA, NA)))


def test_a_sheet_without_coders_says_what_to_fill_in():
    with pytest.raises(BadData, match="No item is coded: no column's name begins with 'coder'"):
        agreement(spans((1,)).drop(columns="coder_1"))


@pytest.mark.parametrize("name", ["item", "key"])
def test_a_missing_column_is_named(name):
    with pytest.raises(MissingColumn, match=f"The sheet has no column '{name}', only "):
        agreement(spans((1,)).drop(columns=name))


@pytest.mark.parametrize("sheet", [3, None, [spans((1,)), 3]])
def test_what_is_no_sheet_is_refused(sheet):
    with pytest.raises(
        BadSetting, match=r"A coding sheet cannot be a (int|NoneType); give a DataFrame, a path"
    ):
        agreement(sheet)


def test_an_empty_list_is_refused():
    with pytest.raises(BadSetting, match="The list of coding sheets is empty"):
        agreement([])


def test_a_missing_file_is_named():
    with pytest.raises(UnreadableInput, match=r"There is no coding sheet 'nowhere.xlsx'"):
        agreement("nowhere.xlsx")


# From the articles to the table


def chance(*parts):
    """A number from 0 to 1 that follows from some names."""
    return int(hashlib.sha256(" ".join(parts).encode()).hexdigest()[:8], 16) / 2**32


# What share of items holds what the measure is after, and what share of answers is wrong.
SPANS, WITH_HIT, WITHOUT_HIT, ERROR = 0.8, 0.85, 0.1, 0.05


def filled_by_coders_who_err(sheet, seed):
    """The sheet with the answers of two coders whose rates of error are known."""
    filled = sheet.copy()
    keys = [ItemKey.unpacked(text) for text in sheet["key"]]
    share = {("span", True): SPANS, ("sentence", True): WITH_HIT, ("sentence", False): WITHOUT_HIT}
    truth = [chance(seed, "truth", key.item) < share[key.kind, key.is_hit] for key in keys]
    for coder in ("coder_1", "coder_2"):
        filled[coder] = [
            int(holds ^ (chance(seed, coder, key.item) < ERROR))
            for key, holds in zip(keys, truth, strict=True)
        ]
    return filled


def expected(share):
    """The share that two coders who err confirm on average, ties counting as half."""
    return share * (1 - ERROR) + (1 - share) * ERROR


@pytest.fixture(scope="module")
def two_measures(seeds):
    return coding_sheet(seeds._grouped, seeds._repeats, 200, ["loaded_rate", "passive_rate"])


@pytest.mark.parametrize("measure", ["loaded_rate", "passive_rate", "all"])
def test_simulated_coders_are_found_out_inside_the_intervals(two_measures, measure):
    keys = [ItemKey.unpacked(text) for text in two_measures["key"]]
    in_corpus = {(key.measure, key.is_hit): key.total for key in keys if key.kind == "sentence"}
    n_with, n_without = (
        sum(
            total
            for (name, is_hit), total in in_corpus.items()
            if is_hit is wanted and measure in (name, "all")
        )
        for wanted in (True, False)
    )
    hits, missed = expected(WITH_HIT) * n_with, expected(WITHOUT_HIT) * n_without
    n_held = {"precision": 0, "recall": 0}
    for seed in range(40):
        found = row_of(filled_by_coders_who_err(two_measures, str(seed)), measure)
        assert 0.5 < found["alpha"] <= 1
        for name, true in (("precision", expected(SPANS)), ("recall", hits / (hits + missed))):
            n_held[name] += found[f"{name}_low"] <= true <= found[f"{name}_high"]
    assert min(n_held.values()) >= 36


def test_the_sheet_alone_is_enough(seeds, tmp_path):
    sheet = filled_by_coders_who_err(coding_sheet(seeds._grouped, seeds._repeats, 100), "1")
    path = write_sheet(sheet, tmp_path / "filled.csv")
    found = agreement(path)
    assert len(found) == sheet["measure"].nunique() + 1
    assert found.iloc[-1]["n_spans"] + found.iloc[-1]["n_sentences"] == len(sheet)
