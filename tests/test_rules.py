"""Boilerplate rules: their format, their examples, and the time they take."""

import re
import time
import tomllib
from collections.abc import Sequence
from importlib import resources

import pytest

from biaslens import clean
from biaslens.cleaning.by_rule import Removal, RuleFinder, RuleIndex
from biaslens.cleaning.lines import split_lines
from biaslens.errors import BadData
from biaslens.rules import Rule, load_rules, read_rules, rule_checksums

RULES = load_rules()
ALONE = {rule.name: rule for rule in RULES if rule.scope != "block"}

HEAD = 'version = 1\nlanguage = "en"\n'
RULE = (
    HEAD
    + """
[[rule]]
name = "social.test"
category = "social"
pattern = '''^Share$'''
reason = "A button."
matches = ["Share"]
"""
)


def examples(field: str, rules: tuple[Rule, ...] = RULES) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in rules for text in getattr(rule, field)]


def find(rules: Sequence[Rule], text: str) -> list[Removal]:
    """What these rules find in a text, from the top or else from the bottom."""
    finder, lines = RuleFinder(RuleIndex(rules), text), split_lines(text)
    return finder.from_top(lines) or finder.from_bottom(lines)


def name(value: Rule | str) -> str:
    return value.name if isinstance(value, Rule) else value[:30]


@pytest.mark.parametrize(("rule", "text"), examples("matches", tuple(ALONE.values())), ids=name)
def test_a_rule_catches_its_examples(rule: Rule, text: str) -> None:
    assert [removal.rule for removal in find([rule], text)][:1] == [rule.name]


@pytest.mark.parametrize(("rule", "text"), examples("keeps"), ids=name)
def test_no_rule_at_all_catches_what_a_rule_must_keep(rule: Rule, text: str) -> None:
    assert clean(text).removed == ()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "block"], ids=name)
def test_a_block_takes_its_opening_and_the_lines_that_address_the_reader(rule: Rule) -> None:
    for opening in rule.matches:
        found = find([rule], f"{opening}\nWe need you.\nThe vote is on Monday.")
        assert [(removal.start, removal.end) for removal in found] == [
            (0, len(opening) + len("\nWe need you."))
        ]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_explains_itself_in_a_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].{10,160}\.", rule.reason)
    assert rule.name.startswith(rule.category + ".")


def hard_lines(rule: Rule) -> list[str]:
    """1 MB of different lines, as long as any that rules look at, made of what the pattern almost matches."""
    fragments = [text[: len(text) // 2 + 1] + " " for text in rule.matches]
    fragments += [text + " " for text in rule.matches]
    fragments += ["a", "A", " ", "- ", "A ", "A. ", "(", "A/", "—", "1", "1:", "@a", "a@", "sign up "]
    n_lines = 1_000_000 // (2_000 * len(fragments)) + 1
    long = [fragment * (2_000 // len(fragment) + n_lines + 1) for fragment in fragments]
    return [f"{i} {text[i : i + 2_000]}"[:2_000] for text in long for i in range(n_lines)]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_pattern_reads_a_megabyte_of_its_worst_lines_in_seconds(rule: Rule) -> None:
    lines = hard_lines(rule)
    started = time.perf_counter()
    for line in lines:
        for pattern in (rule.pattern, *rule.unless, *filter(None, (rule.until, rule.while_))):
            pattern.search(line)
            pattern.search(line[2:])
    assert time.perf_counter() - started < 10


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("path", sorted(rule_checksums()))
def test_sources_state_who_wrote_a_rule_file_and_its_checksum(path: str) -> None:
    text = (resources.files("biaslens") / "data" / "SOURCES.toml").read_text(encoding="utf-8")
    entry = tomllib.loads(text)[path]
    assert {"what", "author", "licence", "made", "version"} <= set(entry)
    found = rule_checksums()[path]
    assert entry["sha256"] == found, f"{path} changed; its checksum in SOURCES.toml is to be {found}"


def test_a_well_formed_file_is_read() -> None:
    [rule] = read_rules(RULE, "test.toml", "en")
    assert (rule.name, rule.scope, rule.position, rule.max_words) == ("social.test", "line", "anywhere", 60)


def test_rules_of_another_language_are_passed_over() -> None:
    assert read_rules(RULE, "test.toml", "de") == []


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(BadData, match="no boilerplate rules for language 'xx'; there are some for en"):
        load_rules("xx")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 1", "version = 2", r"test\.toml: format version 2, but this release reads 1"),
        ("version = 1", "", "format version None"),
        ("reason =", "raeson =", r"'social\.test' has unknown fields \['raeson'\] and lacks \['reason'\]"),
        ('category = "social"', 'category = "fun"', "'social.test' says 'fun'; it can be appeal, newsletter"),
        (
            "reason",
            'position = "middle"\nreason',
            "says 'middle'; it can be anywhere, head, foot, edge, end",
        ),
        ("reason", 'scope = "page"\nreason', "says 'page'; it can be line, block, start"),
        ("reason", 'guard = ["nobody"]\nreason', r"names guards \['nobody'\]; the file has \[\]"),
        ("^Share$", "^Share(", r"the pattern of rule 'social\.test' does not compile: missing \)"),
        ("^Share$", "^(?P<colour>Share)$", "says 'colour'; it can be title, dateline"),
        ("^Share$", "^(?:Share)?$", "the pattern of rule 'social.test' matches an empty line"),
        ("reason", 'scope = "block"\nreason', "rule 'social.test' is a block, and needs 'while'"),
        (
            "reason",
            'headlines_follow = true\nposition = "foot"\nreason',
            "takes the lines below it, so it cannot stand at the foot",
        ),
        ('name = "social.test"', "name = ", r"test\.toml is not TOML: Invalid value"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        read_rules(RULE.replace(old, new), "test.toml", "en")


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(BadData, match=r"test\.toml: rules share a name: social\.test"):
        read_rules(RULE + RULE.removeprefix(HEAD), "test.toml", "en")
