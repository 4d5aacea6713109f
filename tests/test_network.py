"""The store as a network of entities and facts with their evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_records import fill_store, gazetteer, make_page, sample_record, shared_store

from kg.build import build_page
from kg.model import EntityType, Predicate, Status
from kg.network import build_network, tidy
from kg.store import GraphStore
from kg.vocab import ENTITY_CLASSES


def edges(store: GraphStore) -> dict[tuple[str, str, str], dict]:
    network = build_network(store)
    label = dict(network.nodes(data="label"))
    return {(label[s], key, label[o]): data for s, o, key, data in network.edges(keys=True, data=True)}


def test_nodes_hold_label_type_aliases_articles_and_outcomes() -> None:
    network = build_network(shared_store(with_gold=False))
    node = next(data for _, data in network.nodes(data=True) if data["label"] == "暖蜂行动")
    assert (node["type"], node["aliases"], node["code"]) == ("Programme", ["暖蜂"], "")
    assert [(a["headline"], a["page"]) for a in node["articles"]] == [("南岗镇总工会助力企业建会", "sample.txt")]
    assert node["outcomes"] == [
        {
            "metric": "永州市总工会投入",
            "value": 55000,
            "unit": "元",
            "qualifier": ">",
            "baseline": None,
            "period": None,
            "quote": "投入5.5万余元",
            "headline": "南岗镇总工会助力企业建会",
            "page": "sample.txt",
            "start": 124,
            "stop": 132,
            "rule": "number",
            "confidence": 0.8,
            "status": "done",
        }
    ]


def test_one_edge_per_fact_with_all_its_evidence() -> None:
    edge = edges(shared_store(with_gold=False))["南岗镇总工会", "runs", "暖蜂行动"]
    assert (edge["predicate"], edge["status"], edge["derived"], edge["weight"]) == ("runs", "done", False, 2)
    assert [(item["quote"], item["rule"], item["confidence"]) for item in edge["evidence"]] == [
        ("联合南岗镇司法所开展“暖蜂”行动", "other-rule", 0.6),
        ("开展“暖蜂”行动", "by-hand", 0.9),
    ]
    assert edge["evidence"][0]["headline"] == "南岗镇总工会助力企业建会"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param(("云帆科技公司", "founded", "云帆书屋"), {"status": "planned", "derived": False}, id="planned"),
        pytest.param(("丁一", "holdsPost", "南岗镇总工会"), {"posts": ["主席"], "status": "done"}, id="post"),
        pytest.param(("南岗镇总工会", "partOf", "永州市总工会"), {"derived": True, "weight": 1}, id="derived"),
    ],
)
def test_kinds_of_edges(key: tuple[str, str, str], expected: dict) -> None:
    edge = edges(shared_store(with_gold=False))[key]
    assert {name: edge[name] for name in expected} == expected


def test_a_derived_edge_has_no_quote_but_its_rule() -> None:
    (item,) = edges(shared_store(with_gold=False))["南岗镇总工会", "partOf", "永州市总工会"]["evidence"]
    assert (item["quote"], item["start"], item["rule"]) == ("", None, "hierarchy-by-area")


def test_a_planned_post_is_an_edge_as_well() -> None:
    page, record, store = make_page(), sample_record(), GraphStore.in_memory()
    facts = tuple(replace(f, status=Status.PLANNED) for f in record.facts if f.predicate is Predicate.HOLDS_POST)
    store.replace_page(page.sha256, build_page(replace(record, facts=facts), page, gazetteer=gazetteer()))
    found = edges(store)
    assert set(found) == {("丁一", "holdsPost", "南岗镇总工会")}
    assert found["丁一", "holdsPost", "南岗镇总工会"]["status"] == "planned"
    assert found["丁一", "holdsPost", "南岗镇总工会"]["posts"] == ["主席"]


def test_done_wins_over_planned() -> None:
    page, record, store = make_page(), sample_record(), GraphStore.in_memory()
    runs = [fact for fact in record.facts if fact.predicate is Predicate.RUNS][:2]
    facts = (replace(runs[0], status=Status.PLANNED), runs[1])
    store.replace_page(page.sha256, build_page(replace(record, facts=facts), page, gazetteer=gazetteer()))
    edge = edges(store)["南岗镇总工会", "runs", "暖蜂行动"]
    assert edge["status"] == "done"
    assert {item["status"] for item in edge["evidence"]} == {"done", "planned"}


def test_order_is_by_type_and_label_and_the_same_every_time() -> None:
    one, other = build_network(shared_store()), build_network(fill_store(GraphStore.in_memory()))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    order = [(ENTITY_CLASSES.index(data["type"]), data["label"]) for _, data in one.nodes(data=True)]
    assert order == sorted(order)


def test_every_fact_of_the_store_is_an_edge() -> None:
    network, counts = build_network(shared_store()), shared_store().counts()
    done = [data for *_, data in network.edges(data=True) if data["status"] == "done"]
    for predicate in Predicate:
        if predicate is not Predicate.HOLDS_POST:
            assert sum(edge["predicate"] == predicate for edge in done) == counts[predicate]
    types = [data["type"] for _, data in network.nodes(data=True)]
    assert types.count(EntityType.UNION) == counts["Union"]


def test_an_empty_store_is_an_empty_network() -> None:
    assert len(build_network(GraphStore.in_memory())) == 0


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param("东城\n区总工会", "东城区总工会", id="inside-a-word"),
        pytest.param("  区体\r\n\r\n  育局  ", "区体育局", id="blank-line-and-indent"),
        pytest.param("APP\nstore", "APP store", id="latin-words-keep-a-space"),
        pytest.param("共\n12家", "共12家", id="number-after-chinese"),
        pytest.param("一\u3000 二", "一 二", id="one-space-inside-a-line"),
        pytest.param("", "", id="empty"),
    ],
)
def test_tidy(quote: str, expected: str) -> None:
    assert tidy(quote) == expected
