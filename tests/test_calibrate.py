"""How often rules are right, and the confidence that follows from it."""

from pathlib import Path

import pytest

from kg.calibrate import count_rules, render_rules
from kg.evaluate import evaluate_pages, read_gold, read_gold_pages
from kg.extract import RuleExtractor
from kg.lexicon import load_lexicon, read_lexicon

TESTS = Path(__file__).parent

ENTITIES = [
    {"id": "u", "type": "Union", "name": "宁波市总工会", "aliases": []},
    {"id": "p", "type": "Programme", "name": "春蚕行动", "aliases": []},
    {"id": "q", "type": "Programme", "name": "秋收行动", "aliases": []},
]


def fact(object: str, **more: object) -> dict[str, object]:
    return {"s": "u", "p": "runs", "o": object, **more}


def number(subject: str, value: int, **more: object) -> dict[str, object]:
    return {"subject": subject, "metric": "培训职工", "value": value, "unit": "名", **more}


def counts(facts: list[object], asked: list[object], outcomes: list[object], wanted: list[object]) -> object:
    gold = {"entities": ENTITIES, "facts": asked, "outcomes": wanted, "articles": []}
    found = {"entities": ENTITIES, "facts": facts, "outcomes": outcomes, "articles": []}
    return count_rules([(gold, found)])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param([fact("p")], {"r": (1, 0)}, id="right"),
        pytest.param([], {"r": (0, 1)}, id="wrong"),
        pytest.param([fact("p", optional=True)], {}, id="optional-counts-neither-way"),
    ],
)
def test_facts_count_by_their_rule(asked: list[object], expected: object) -> None:
    assert counts([fact("p", rule="r")], asked, [], []) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param("p", {"way": (1, 0)}, id="right"),
        pytest.param("q", {"way": (0, 1)}, id="wrong"),
    ],
)
def test_numbers_count_by_how_their_subject_was_found(subject: str, expected: object) -> None:
    assert counts([], [], [number(subject, 80, rule="quantity-read/way")], [number("p", 80)]) == expected


def test_a_number_that_the_gold_lacks_says_nothing_of_subjects() -> None:
    assert counts([], [], [number("p", 81, rule="quantity-read/way")], [number("p", 80)]) == {}


@pytest.mark.parametrize(
    ("right", "wrong", "confidence"), [(0, 0, 0.5), (8, 0, 0.9), (0, 8, 0.1), (17, 1, 0.9)], ids=str
)
def test_confidence_is_drawn_towards_a_half(tmp_path: Path, right: int, wrong: int, confidence: float) -> None:
    about = '[about]\nsource = "s"\nlicence = "l"\nfields = "f"\n'
    (tmp_path / "rules.toml").write_text(about + render_rules({"r": (right, wrong)}), "utf-8")
    assert read_lexicon(tmp_path, divisions={}).confidence("r") == confidence


def test_the_counts_of_the_lexicon_are_those_of_the_gold() -> None:
    """After a change of the rules: the command that `kg/lexicon/rules.toml` names writes its tables anew."""
    gold = read_gold(TESTS / "gold") | read_gold(TESTS / "gold_tune")
    pages = read_gold_pages(gold, [TESTS.parent / "seeds", TESTS / "gold_tune" / "pages"])
    extractor = RuleExtractor()
    records = {stem: extractor.extract(page).to_json() for stem, page in pages.items()}
    assert evaluate_pages(gold, records, {})["facts"].hits > 0
    assert count_rules((gold[stem], records[stem]) for stem in gold) == dict(load_lexicon().rule_counts)
