"""Record files are read back as written, and broken ones say where."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from sample_records import GOLD, gold_page, gold_record, gold_stems, make_page, sample_record

from kg.errors import RecordError
from kg.records import find_quote, read_data, record_from_json


def test_what_extract_writes_is_read_back() -> None:
    data = sample_record().to_json()
    assert record_from_json(json.loads(json.dumps(data))).to_json() == data


@pytest.mark.parametrize("stem", gold_stems())
def test_gold_is_read_with_places_of_its_evidence(stem: str) -> None:
    data = json.loads((GOLD / f"{stem}.json").read_text("utf-8"))
    record, page = gold_record(stem), gold_page(stem)
    assert len(record.entities) == len(data["entities"])
    assert len(record.facts) == len(data["facts"])
    for fact, written in zip(record.facts, data["facts"], strict=True):
        quote = fact.evidence
        assert page.text[quote.start : quote.stop] == quote.quote
        assert "".join(quote.quote.split()) == "".join(written["evidence"].split())


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        pytest.param(["entities", 0, "type"], "Club", "entities\\[0\\].type is 'Club', not one of", id="unknown-type"),
        pytest.param(["entities", 0, "id"], 3, "entities\\[0\\].id is 3, not of type str", id="wrong-type"),
        pytest.param(["facts", 0, "p"], "likes", "facts\\[0\\].p is 'likes'", id="unknown-predicate"),
        pytest.param(["facts", 0, "confidence"], 2, "confidence is 2.0", id="confidence-above-1"),
        pytest.param(["facts", 0, "status"], "denied", "status is 'denied'", id="unknown-status"),
        pytest.param(["facts"], {}, "facts is {}, not of type list", id="not-a-list"),
        pytest.param(["facts", 0], 7, "facts\\[0\\] is not an object", id="not-an-object"),
        pytest.param(["articles", 0, "spans"], [[1]], "spans is not a list of", id="half-a-span"),
        pytest.param(["outcomes", 0, "value"], True, "value is True", id="a-boolean-is-no-number"),
        pytest.param(["entities", 0, "aliases"], [1], "aliases is not a list of strings", id="aliases"),
        pytest.param(["facts", 0, "s"], "e99", "there is no entity 'e99'", id="a-fact-about-nothing"),
        pytest.param(["outcomes", 0, "subject"], "e99", "there is no entity 'e99'", id="an-outcome-of-nothing"),
    ],
)
def test_a_bad_shape_is_named(path: list, value: object, message: str) -> None:
    data = copy.deepcopy(sample_record().to_json())
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(RecordError, match=message):
        record_from_json(data)


@pytest.mark.parametrize("data", [None, [], "x", {}])
def test_what_is_no_record_at_all(data: object) -> None:
    with pytest.raises(RecordError):
        record_from_json(data)


def test_evidence_that_is_not_on_the_page() -> None:
    data = sample_record().to_json()
    for key in ("start", "stop"):
        del data["facts"][0][key]
    data["facts"][0]["evidence"] = "没有这句话"
    with pytest.raises(RecordError, match="is not on the page"):
        record_from_json(data, make_page())


def test_missing_key_is_named() -> None:
    data = sample_record().to_json()
    del data["outcomes"][0]["unit"]
    with pytest.raises(RecordError, match="outcomes\\[0\\] lacks 'unit'"):
        record_from_json(data)


@pytest.mark.parametrize(
    ("text", "quote", "spans", "expected"),
    [
        pytest.param("甲\n乙丙", "甲乙", (), (0, 3), id="line-break-inside"),
        pytest.param("甲乙 甲乙", "甲乙", ((3, 5),), (3, 5), id="article-first"),
        pytest.param("甲乙 甲乙", "甲乙", ((2, 3),), (0, 2), id="else-the-page"),
        pytest.param("甲乙", "丙", (), None, id="absent"),
        pytest.param("甲乙", " ", (), None, id="blank"),
        pytest.param("(a|b)", "(a|b)", (), (0, 5), id="no-pattern"),
    ],
)
def test_find_quote(text: str, quote: str, spans: tuple, expected: tuple | None) -> None:
    assert find_quote(text, quote, spans) == expected


def test_data_keeps_what_annotators_add(tmp_path: Path) -> None:
    data = sample_record().to_json()
    data["facts"][0]["optional"] = True
    (tmp_path / "r.json").write_text(json.dumps(data), "utf-8")
    assert read_data(tmp_path / "r.json") == data


@pytest.mark.parametrize(
    ("content", "message"),
    [pytest.param("{", "not JSON", id="not-json"), pytest.param(None, "cannot be read", id="missing")],
)
def test_unreadable_files(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "r.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(RecordError, match=message):
        read_data(path)
