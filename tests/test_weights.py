"""The weights of the line classifier: their format, and what is refused."""

import json
import tomllib
from importlib import resources
from typing import Any

import pytest

from biaslens.errors import BadData
from biaslens.weights import Chain, line_weights_checksum, read_line_weights

MODEL = {"intercept": -1.5, "weights": {"log words": 0.25}}
MODELS = {"article": MODEL, "page": MODEL, "page_second": MODEL}
CHAIN = {"to_boilerplate": 0.1, "to_content": 0.3}
DATA = {
    "version": 1,
    "page_rule": {"min_lines": 20, "max_prose_share": 0.3},
    "thresholds": {"strip": 0.9},
    "models": MODELS,
    "chains": {"article": CHAIN, "page": CHAIN},
}


def text(**changed: Any) -> str:
    return json.dumps(DATA | changed)


def test_a_well_formed_file_is_read() -> None:
    weights = read_line_weights(text(), "test.json")
    assert weights.article.weights == {"log words": 0.25}
    assert weights.page_chain == Chain(to_boilerplate=0.1, to_content=0.3)
    assert weights.thresholds.strip == 0.9


def test_the_file_says_how_it_was_made_and_what_it_reached() -> None:
    path = resources.files("biaslens") / "data" / "boilerplate" / "line_weights.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert {"made", "script", "scikit_learn", "random_state", "data", "licences"} <= set(data["provenance"])
    assert data["measured"]["short_lines_wilson_low"] >= 0.9


def test_sources_state_the_checksum_of_the_weights() -> None:
    sources = (resources.files("biaslens") / "data" / "SOURCES.toml").read_text(encoding="utf-8")
    [(path, found)] = line_weights_checksum().items()
    entry = tomllib.loads(sources).get(path)
    assert entry is not None, f"add an entry [{path!r}] to SOURCES.toml"
    assert {"what", "author", "licence", "made", "version"} <= set(entry)
    assert entry["sha256"] == found, f"{path} changed; its checksum in SOURCES.toml is to be {found}"


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ("{", r"test\.json is not JSON"),
        ("[]", r"test\.json: format version None, but this release reads 1"),
        (text(version=2), "format version 2, but this release reads 1"),
        (text(models={"article": MODEL}), "lacks a part or has one of the wrong kind: 'page'"),
        (text(models=[]), "lacks a part or has one of the wrong kind"),
        (text(thresholds={"strip": 1.0}), "strip is 1, and must lie between 0 and 1"),
        (text(thresholds={"strip": "high"}), "could not convert string to float: 'high'"),
        (
            text(models=MODELS | {"page": MODEL | {"weights": {"log words": float("nan")}}}),
            "log words is nan, and must be a finite number",
        ),
        (
            text(chains={"article": CHAIN, "page": CHAIN | {"to_boilerplate": 0}}),
            "to_boilerplate is 0, and must lie between 0 and 1",
        ),
    ],
)
def test_a_file_that_breaks_the_format_is_refused(found: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        read_line_weights(found, "test.json")
