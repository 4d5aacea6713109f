"""How often rules are right, and the confidence that follows from it."""

from pathlib import Path
from typing import Any

import pytest

from kg.calibrate import calibration_error, count_rules, reliability, render_rules
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
    ("right", "wrong", "confidence"), [(0, 0, 0.75), (20, 0, 0.83), (0, 20, 0.5), (200, 0, 0.96)], ids=str
)
def test_confidence_is_drawn_towards_that_of_all_rules(
    tmp_path: Path, right: int, wrong: int, confidence: float
) -> None:
    about = '[about]\nsource = "s"\nlicence = "l"\nfields = "f"\n'
    others = {"s": (7499 - right, 2499 - wrong)}
    (tmp_path / "rules.toml").write_text(about + render_rules({"r": (right, wrong), **others}), "utf-8")
    assert read_lexicon(tmp_path, divisions={}).confidence("r") == confidence


def test_a_lexicon_without_counts_trusts_every_rule_half(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path, divisions={}).confidence("r") == 0.5


def claims(*given: tuple[float, bool]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """One page on which facts of some confidence are right or wrong."""
    ends = [
        {"id": f"{end}{i}", "type": "Union", "name": f"{end}{i}", "aliases": []}
        for i in range(len(given))
        for end in "so"
    ]
    stated = [
        {"s": f"s{i}", "p": "partOf", "o": f"o{i}", "rule": "r", "confidence": confidence}
        for i, (confidence, _) in enumerate(given)
    ]
    asked = [fact for fact, (_, right) in zip(stated, given, strict=True) if right]
    return [({"entities": ends, "facts": asked, "outcomes": []}, {"entities": ends, "facts": stated, "outcomes": []})]


def test_a_reliability_table_sets_observed_beside_stated() -> None:
    table = reliability(claims((0.9, True), (0.8, True), (1.0, False), (0.3, True)))
    assert [(row.low, row.claims, round(row.stated, 2), round(row.observed, 2)) for row in table] == [
        (0.2, 1, 0.3, 1.0),
        (0.8, 3, 0.9, 0.67),
    ]
    assert calibration_error(table) == pytest.approx((0.7 + 3 * (0.9 - 2 / 3)) / 4)


def test_no_claims_have_no_calibration_error() -> None:
    assert calibration_error(reliability(claims())) == 0.0


def test_the_counts_of_the_lexicon_are_those_of_the_gold() -> None:
    """After a change of the rules: the command that `kg/lexicon/rules.toml` names writes its tables anew."""
    gold = read_gold(TESTS / "gold") | read_gold(TESTS / "gold_tune")
    pages = read_gold_pages(gold, [TESTS.parent / "seeds", TESTS / "gold_tune" / "pages"])
    extractor = RuleExtractor()
    records = {stem: extractor.extract(page).to_json() for stem, page in pages.items()}
    assert evaluate_pages(gold, records, {})["facts"].hits > 0
    assert count_rules((gold[stem], records[stem]) for stem in gold) == dict(load_lexicon().rule_counts)
