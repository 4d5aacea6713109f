"""The scores of the guidelines; the pinned figures come from the reference scorer that the guidelines came with."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.evaluate import (
    EMPTY_RECORD,
    Score,
    comparable,
    evaluate_pages,
    find_differences,
    match_entities,
    read_gold,
    score_page,
)
from kg.render import render_scores

GOLD_DIR = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = read_gold(GOLD_DIR)
TEXTS = {stem: (SEEDS / gold["page"]).read_text("utf-8") for stem, gold in GOLD.items()}


def damage(gold: dict[str, Any]) -> dict[str, Any]:
    """A record with every kind of mistake at fixed places."""
    record = copy.deepcopy(gold)
    for kind, step in (("articles", 5), ("entities", 7), ("facts", 5), ("outcomes", 6)):
        record[kind] = [item for i, item in enumerate(record[kind]) if i % step != 3]
        record[kind].append(copy.deepcopy(record[kind][0]))
    for i, entity in enumerate(record["entities"]):
        if i % 6 == 1 and entity["aliases"]:
            entity["name"] = entity["aliases"][0]
        if i % 11 == 2:
            entity["type"] = "Organisation"
        entity["name"] = f"《{entity['name']} 》" + ("x" if i % 13 == 5 else "")
    for i, fact in enumerate(record["facts"]):
        if i % 4 == 1 or fact["p"] == "partnersWith":
            fact["s"], fact["o"] = fact["o"], fact["s"]
        if i % 9 == 2:
            fact["p"] = "runs"
        if i % 8 == 5:
            fact["evidence"] += "此处没有"
    for i, outcome in enumerate(record["outcomes"]):
        outcome["value"] *= 2 if i % 5 == 2 else 1
        outcome["metric"] = outcome["metric"][:: 2 if i % 4 == 1 else 1]
        outcome["unit"] = {"名": "人", "个": "家"}.get(outcome["unit"], outcome["unit"])
        if i % 7 == 3:
            outcome["subject"] = record["entities"][0]["id"]
    for i, article in enumerate(record["articles"]):
        article["spans"] = [[start + 7 * i, stop + 40 - 30 * i] for start, stop in article["spans"]]
        article["headline"] = " ".join(article["headline"]) + ("！" if i % 3 == 2 else "")
        article["byline"] = article["byline"] * (1 + i % 2)
    return record


DAMAGED = {stem: damage(dict(gold)) for stem, gold in list(GOLD.items())[:2]}
# row: (hits, predicted, gold)
EXPECTED = {
    "entities": (97, 117, 193),
    "entity:Site": (12, 12, 15),
    "entity:School": (6, 6, 9),
    "entity:Organisation": (2, 15, 3),
    "entity:Document": (2, 2, 5),
    "entity:District": (11, 12, 25),
    "entity:Programme": (25, 28, 50),
    "entity:Company": (5, 5, 14),
    "entity:PublicBody": (3, 4, 8),
    "entity:Person": (3, 4, 8),
    "entity:WorkerGroup": (12, 13, 25),
    "entity:Union": (15, 15, 25),
    "facts": (42, 149, 199),
    "fact:operates": (0, 2, 1),
    "fact:represents": (0, 1, 1),
    "fact:partnersWith": (3, 8, 10),
    "fact:unionOf": (2, 4, 6),
    "fact:supports": (3, 4, 6),
    "fact:serves": (7, 22, 31),
    "fact:locatedIn": (5, 20, 26),
    "fact:takesPartIn": (4, 7, 12),
    "fact:founded": (2, 11, 16),
    "fact:covers": (3, 10, 24),
    "fact:partOf": (0, 1, 7),
    "fact:runs": (13, 54, 50),
    "fact:issued": (0, 0, 1),
    "links": (56, 140, 194),
    "outcomes found": (25, 33, 59),
    "outcomes attributed": (10, 33, 59),
    "articles": (5739, 7736, 10692),
    "headlines": (7, 11, 18),
    "bylines": (10, 18, 26),
    "evidence verbatim": (177, 198, 198),
    "entity:Honour": (1, 2, 6),
    "fact:holdsPost": (0, 1, 7),
    "fact:basedOn": (0, 0, 1),
    "fact:received": (0, 4, 0),
}


def test_the_gold_files_are_those_that_the_figures_were_made_with() -> None:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(GOLD_DIR.glob("*.json")))).hexdigest()
    assert digest == "34d46d4b5edb61b7da6ff79dd14646689237f81a0c782adde9fa8d806030c97c"


def test_damaged_records_get_the_reference_scores() -> None:
    scores = evaluate_pages(GOLD, DAMAGED, TEXTS)
    assert {row: (score.hits, score.predicted, score.gold) for row, score in scores.items()} == EXPECTED


def test_without_page_texts_there_are_no_rows_about_the_page() -> None:
    rows = set(evaluate_pages(GOLD, DAMAGED, {}))
    assert rows == set(EXPECTED) - {"articles", "headlines", "bylines", "evidence verbatim"}


def test_gold_against_itself_is_perfect() -> None:
    scores = evaluate_pages(GOLD, GOLD, TEXTS)
    assert {row: (score.precision, score.recall, score.f1) for row, score in scores.items()} == dict.fromkeys(
        scores, (1.0, 1.0, 1.0)
    ) | {row: (0.0, 0.0, 0.0) for row, score in scores.items() if not score.gold}


@pytest.mark.parametrize("kind", ["entities", "facts", "outcomes"])
def test_optional_items_are_neither_asked_for_nor_punished(kind: str) -> None:
    required = {
        stem: {**gold, kind: [item for item in gold[kind] if not item.get("optional")]} for stem, gold in GOLD.items()
    }
    row = {"entities": "entities", "facts": "facts", "outcomes": "outcomes attributed"}[kind]
    assert evaluate_pages(GOLD, required, {})[row].f1 == 1.0
    assert evaluate_pages(GOLD, GOLD, {})[row].f1 == 1.0


def test_a_page_without_record_counts_as_empty() -> None:
    scores = evaluate_pages(GOLD, {}, TEXTS)
    assert scores["entities"] == Score(hits=0, predicted=0, gold=193)
    assert scores["articles"].hits == scores["articles"].predicted == 0


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_leaving_out_items_never_raises_recall_and_keeps_precision(data: st.DataObject) -> None:
    stem = data.draw(st.sampled_from(sorted(GOLD)))
    gold = GOLD[stem]
    kept = data.draw(st.sets(st.sampled_from(range(len(gold["entities"])))))
    record = {**gold, "entities": [entity for i, entity in enumerate(gold["entities"]) if i in kept]}
    whole, part = score_page(gold, gold)["entities"], score_page(gold, record)["entities"]
    assert part.recall <= whole.recall
    assert part.hits == part.predicted


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_facts_and_the_ids_of_entities_do_not_matter(data: st.DataObject) -> None:
    gold, record = GOLD[sorted(GOLD)[0]], DAMAGED[sorted(GOLD)[0]]
    facts = data.draw(st.permutations(record["facts"]))
    renamed = json.loads(json.dumps({**record, "facts": facts}))
    for entity in renamed["entities"]:
        entity["id"] = f"x-{entity['id']}"
    for fact in renamed["facts"]:
        fact["s"], fact["o"] = f"x-{fact['s']}", f"x-{fact['o']}"
    for outcome in renamed["outcomes"]:
        outcome["subject"] = f"x-{outcome['subject']}"
    assert score_page(gold, renamed) == score_page(gold, record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“双助推”项目", "双助推项目", id="quotation-marks"),
        pytest.param("《实施 方案》\n", "实施方案", id="title-marks-and-space"),
        pytest.param("ＡＢＣ１２３", "ABC123", id="full-width"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_text_is_compared_without_marks(text: str | None, expected: str) -> None:
    assert comparable(text) == expected


def entity(id: str, name: str, type: str = "Union", *aliases: str) -> dict[str, Any]:
    return {"id": id, "type": type, "name": name, "aliases": list(aliases)}


@pytest.mark.parametrize(
    ("gold", "found", "matched"),
    [
        pytest.param([entity("g", "甲工会")], [entity("p", "甲 工会")], {"p": "g"}, id="equal-but-for-space"),
        pytest.param([entity("g", "甲工会")], [entity("p", "甲工会", "Company")], {}, id="other-type"),
        pytest.param([entity("g", "甲工会", "Union", "甲")], [entity("p", "甲")], {"p": "g"}, id="gold-alias"),
        pytest.param(
            [entity("g", "甲工会")], [entity("p", "乙", "Union", "甲工会")], {}, id="own-alias-does-not-count"
        ),
        pytest.param(
            [entity("g1", "甲工会", "Union", "乙工会"), entity("g2", "乙工会")],
            [entity("p", "乙工会")],
            {"p": "g2"},
            id="name-before-alias",
        ),
        pytest.param([entity("g", "甲")], [entity("p", "甲"), entity("q", "甲")], {"p": "g"}, id="one-to-one"),
    ],
)
def test_entities_match_by_type_and_name(gold: list[Any], found: list[Any], matched: dict[str, str]) -> None:
    assert match_entities({"entities": gold}, {"entities": found}) == matched


def test_evidence_in_place_is_scored_where_records_have_offsets() -> None:
    fact = {"s": "a", "p": "runs", "o": "b", "evidence": "工会", "start": 1, "stop": 3}
    shifted = {**fact, "start": 0, "stop": 2}
    record = {**EMPTY_RECORD, "facts": [fact, shifted]}
    scores = score_page(EMPTY_RECORD, record, "区工会")
    assert scores["evidence in place"] == Score(hits=1, predicted=2, gold=2)
    assert scores["evidence verbatim"] == Score(hits=2, predicted=2, gold=2)


def test_differences_name_what_is_missed_and_what_is_spurious() -> None:
    gold = {
        "articles": [],
        "entities": [entity("a", "甲工会"), entity("b", "竞赛", "Programme"), {**entity("c", "丙"), "optional": True}],
        "facts": [{"s": "a", "p": "runs", "o": "b"}],
        "outcomes": [{"subject": "a", "metric": "职工", "value": 30, "unit": "名"}],
    }
    record = {
        "articles": [],
        "entities": [entity("x", "甲工会"), entity("y", "丁")],
        "facts": [{"s": "x", "p": "partnersWith", "o": "y"}],
        "outcomes": [{"subject": "x", "metric": "企业", "value": 1.5, "unit": "家"}],
    }
    found = find_differences(gold, record)
    assert found.missed == {
        "entities": ("Programme 竞赛",),
        "facts": ("甲工会 runs 竞赛",),
        "outcomes": ("甲工会 | 职工 | 30 名",),
    }
    assert found.spurious == {
        "entities": ("Union 丁",),
        "facts": ("甲工会 partnersWith 丁",),
        "outcomes": ("甲工会 | 企业 | 1.5 家",),
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(None, "", "no gold or record files in this folder", id="none"),
        pytest.param("a.json", "{", "not JSON", id="broken"),
        pytest.param("a.json", "[]", "the record is not an object", id="list"),
        pytest.param("a.json", '{"entities": []}', "the record lacks 'articles'", id="lacking"),
        pytest.param("a.json", "\udcff", "not JSON", id="not-utf-8"),
    ],
)
def test_gold_that_cannot_be_read(tmp_path: Path, name: str | None, content: str, message: str) -> None:
    if name:
        (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordError, match=message) as caught:
        read_gold(tmp_path)
    assert str(tmp_path) in caught.value.subject
    assert caught.value.hint


def test_gold_of_a_wrong_shape_is_named_before_it_is_scored(tmp_path: Path) -> None:
    gold = copy.deepcopy(dict(next(iter(GOLD.values()))))
    gold["outcomes"][0]["value"] = "588"
    (tmp_path / "a.json").write_text(json.dumps(gold), "utf-8")
    with pytest.raises(RecordError, match=r"outcomes\[0\].value is '588', not of type float"):
        read_gold(tmp_path)


def test_the_table_is_aligned() -> None:
    table = render_scores({"entities": Score(hits=1, predicted=2, gold=4)})
    assert table == (
        "                                P      R     F1   hits  found   gold\n"
        "entities                    0.500  0.250  0.333      1      2      4\n"
    )
