"""Which official district a name means."""

from __future__ import annotations

import pytest
from sample_records import entity, gazetteer, make_page, quote

from kg.lexicon.gazetteer import contains, deepest, level_of
from kg.model import EntityType, Fact, Predicate
from kg.places import resolve_places

D = EntityType.DISTRICT


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        pytest.param("东城区", {"110101"}, id="unique"),
        pytest.param("朝阳区", {"110105", "220104"}, id="shared-by-two-cities"),
        pytest.param("北京", {"110000"}, id="short-province"),
        pytest.param("内蒙古", {"150000"}, id="short-of-a-long-province"),
        pytest.param("湖南永州市", {"431100"}, id="province-in-front"),
        pytest.param("吉林省长春市朝阳区", {"220104"}, id="two-in-front"),
        pytest.param("北京朝阳区", {"110105"}, id="short-name-in-front"),
        pytest.param("湖南朝阳区", set(), id="front-that-does-not-contain-it"),
        pytest.param("中关村科学城", set(), id="functional-area"),
        pytest.param("街道", set(), id="generic"),
    ],
)
def test_candidates(name: str, codes: set[str]) -> None:
    assert gazetteer().candidates(name) == codes


@pytest.mark.parametrize(("code", "level"), [("110000", "province"), ("431100", "prefecture"), ("110101", "county")])
def test_level(code: str, level: str) -> None:
    assert level_of(code) == level


def test_contains_and_deepest() -> None:
    assert contains("110000", "110101")
    assert not contains("110101", "110101")
    assert not contains("431100", "430000")
    assert deepest(["430000", "431102", "431100"]) == "431102"
    assert deepest(["110101", "110102"]) == ""
    assert deepest([]) == ""


def located(subject: str, object: str) -> Fact:
    page = make_page()
    evidence = quote(page, "永州市南岗镇")
    return Fact(
        subject=subject, predicate=Predicate.LOCATED_IN, object=object, evidence=evidence, rule="t", confidence=0.9
    )


@pytest.mark.parametrize(
    ("entities", "facts", "codes", "containers"),
    [
        pytest.param([entity("a", D, "朝阳区")], [], {}, {"a": ""}, id="ambiguous-stays-unresolved"),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "长春市")],
            [located("a", "b")],
            {"a": "220104", "b": "220100"},
            {},
            id="containing-district-decides",
        ),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "北京市")],
            [],
            {"a": "110105", "b": "110000"},
            {},
            id="only-one-candidate-in-the-page's-provinces",
        ),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "北京市"), entity("c", D, "长春市")],
            [],
            {"b": "110000", "c": "220100"},
            {"a": ""},
            id="two-provinces-leave-it-open",
        ),
        pytest.param(
            [entity("a", D, "宝坻", "天津宝坻")], [], {"a": "120115"}, {}, id="an-alias-tells-more-than-the-name"
        ),
        pytest.param(
            [entity("a", D, "平安街道", "西城区平安街道"), entity("b", D, "西城区")],
            [],
            {"b": "110102"},
            {"a": "110102"},
            id="container-named-in-an-alias",
        ),
        pytest.param(
            [entity("a", D, "石桥村"), entity("b", D, "南岗镇"), entity("c", D, "永州市")],
            [located("a", "b"), located("b", "c"), located("a", "a")],
            {"c": "431100"},
            {"a": "431100", "b": "431100"},
            id="container-through-another-one",
        ),
    ],
)
def test_resolve_places(entities: list, facts: list[Fact], codes: dict, containers: dict) -> None:
    places = resolve_places(entities, facts, gazetteer())
    assert places.codes == codes
    assert places.containers == containers
