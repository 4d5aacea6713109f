"""Federations of unions are placed under each other by name and official code."""

from __future__ import annotations

import pytest
from sample_records import entity, gazetteer, make_page, plain_record, quote

from kg.build import build_page
from kg.derive import DIRECT, REMOTE, RULE, derive_hierarchy, refresh_derived
from kg.model import Entity, EntityType, Fact, Predicate
from kg.store import GraphStore


def build(unions: dict[str, str], *, streets: dict[str, str] | None = None) -> GraphStore:
    """Unions by name with the area that each covers; streets with the district around each."""
    areas = sorted({*unions.values(), *(streets or {}), *(streets or {}).values()})
    entities: list[Entity] = [entity(f"d{area}", EntityType.DISTRICT, area) for area in areas]
    entities += [entity(f"u{name}", EntityType.UNION, name) for name in unions]
    page = make_page("。".join([*unions, *areas]))

    def fact(subject: str, predicate: Predicate, object: str) -> Fact:
        return Fact(
            subject=subject,
            predicate=predicate,
            object=object,
            evidence=quote(page, subject[1:]),
            rule="t",
            confidence=1.0,
        )

    facts = [fact(f"u{name}", Predicate.COVERS, f"d{area}") for name, area in unions.items()]
    facts += [fact(f"d{inner}", Predicate.LOCATED_IN, f"d{outer}") for inner, outer in (streets or {}).items()]
    store = GraphStore.in_memory()
    record = plain_record(page, *entities, facts=tuple(facts))
    store.replace_page(page.sha256, build_page(record, page, gazetteer=gazetteer()))
    refresh_derived(store)
    return store


def found(store: GraphStore) -> set[tuple[str | None, ...]]:
    return set(
        store.rows(
            f"""SELECT ?lower ?upper ?confidence {{
              GRAPH <{store.iris.derived_graph}> {{
                ?a kg:partOf ?b .
                ?s rdf:subject ?a ; rdf:predicate kg:partOf ; rdf:object ?b ; kg:confidence ?confidence ; kg:rule "{RULE}" }}
              ?a skos:prefLabel ?lower . ?b skos:prefLabel ?upper }}"""
        )
    )


@pytest.mark.parametrize(
    ("unions", "streets", "expected"),
    [
        pytest.param(
            {"东城区总工会": "东城区", "北京市总工会": "北京市"},
            {},
            {("东城区总工会", "北京市总工会", str(DIRECT))},
            id="district-of-a-municipality",
        ),
        pytest.param(
            {"道县总工会": "道县", "湖南省总工会": "湖南省"},
            {},
            {("道县总工会", "湖南省总工会", str(REMOTE))},
            id="a-level-between-lowers-confidence",
        ),
        pytest.param(
            {"道县总工会": "道县", "永州市总工会": "永州市", "湖南省总工会": "湖南省"},
            {},
            {("道县总工会", "永州市总工会", str(DIRECT)), ("永州市总工会", "湖南省总工会", str(DIRECT))},
            id="the-nearest-above-and-no-other",
        ),
        pytest.param(
            {"南岗镇总工会": "南岗镇", "道县总工会": "道县"},
            {"南岗镇": "道县"},
            {("南岗镇总工会", "道县总工会", str(DIRECT))},
            id="a-township-in-a-county",
        ),
        pytest.param(
            {"大栅栏街道总工会": "大栅栏街道", "西城区总工会": "西城区"},
            {},
            {("大栅栏街道总工会", "西城区总工会", str(DIRECT))},
            id="a-street-by-its-code",
        ),
        pytest.param(
            {"大栅栏街道总工会": "大栅栏街道", "北京市总工会": "北京市"},
            {},
            {("大栅栏街道总工会", "北京市总工会", str(REMOTE))},
            id="a-street-with-a-level-between",
        ),
        pytest.param(
            {"东城区保安行业工会联合会": "东城区", "北京市总工会": "北京市"},
            {},
            set(),
            id="an-industry-union-has-another-tail",
        ),
        pytest.param({"东城区总工会": "东城区", "永州市总工会": "永州市"}, {}, set(), id="areas-apart"),
        pytest.param({"南岗镇总工会": "南岗镇", "道县总工会": "道县"}, {}, set(), id="a-township-nobody-places"),
    ],
)
def test_hierarchy(unions: dict[str, str], streets: dict[str, str], expected: set) -> None:
    assert found(build(unions, streets=streets)) == expected


def test_it_rests_on_two_statements_and_is_below_certain() -> None:
    store = build({"东城区总工会": "东城区", "北京市总工会": "北京市"})
    rows = list(
        store.rows(
            "SELECT ?source ?confidence { ?s prov:wasDerivedFrom ?source ; kg:confidence ?confidence . ?source a rdf:Statement }"
        )
    )
    assert len(rows) == 2
    assert all(float(confidence or 1) < 1 for _, confidence in rows)


def test_it_is_sorted_and_goes_with_its_pages() -> None:
    store = build({"东城区总工会": "东城区", "北京市总工会": "北京市"})
    lines = derive_hierarchy(store).splitlines()
    assert lines == sorted(lines)
    for page in store.pages():
        store.retract_page(page.sha256)
    refresh_derived(store)
    assert len(store.inner) == 0
