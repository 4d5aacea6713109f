"""A record becomes the named graph of its page."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from sample_records import (
    entity,
    gazetteer,
    gold_page,
    gold_quads,
    gold_record,
    gold_stems,
    make_page,
    plain_record,
    quote,
    sample_quads,
    sample_record,
)

from kg import vocab
from kg.build import build_page, check_record, decimal, literal, mint_entities
from kg.errors import RecordError
from kg.model import EntityType, Evidence, Fact, Predicate, Status
from kg.places import resolve_places
from kg.vocab import Iris

IRIS = Iris()


def quads_of(text: str) -> list[Quad]:
    return list(parse(io.BytesIO(text.encode()), format=RdfFormat.N_QUADS))


def iris_of(record) -> dict[str, str]:
    return mint_entities(record, resolve_places(record.entities, record.facts, gazetteer()), IRIS)


def values(quads: list[Quad], subject: str, predicate: str) -> set[str]:
    return {q.object.value for q in quads if q.subject.value == subject and q.predicate.value == predicate}


def test_the_graph_is_sorted_named_and_free_of_blank_nodes() -> None:
    text = sample_quads()
    lines = text.removesuffix("\n").split("\n")
    assert lines == sorted(set(lines))
    assert {q.graph_name.value for q in quads_of(text)} == {IRIS.page_graph(make_page().sha256)}
    assert "_:" not in text


@pytest.mark.parametrize("stem", gold_stems())
def test_twice_built_is_byte_identical(stem: str) -> None:
    again = build_page(gold_record(stem), gold_page(stem), gazetteer=gazetteer())
    assert again == gold_quads(stem)


def test_a_done_fact_has_its_triple_and_a_statement_per_evidence() -> None:
    quads, ids = quads_of(sample_quads()), iris_of(sample_record())
    runs = IRIS.term("runs")
    assert values(quads, ids["e1"], runs) == {ids["e7"]}
    statements = {
        q.subject.value for q in quads if q.predicate.value == vocab.RDF_PREDICATE and q.object.value == runs
    } & {q.subject.value for q in quads if q.predicate.value == vocab.RDF_SUBJECT and q.object.value == ids["e1"]}
    assert len(statements) == 2
    assert {min(values(quads, s, IRIS.term("rule"))) for s in statements} == {"by-hand", "other-rule"}
    assert {min(values(quads, s, IRIS.term("confidence"))) for s in statements} == {"0.9", "0.6"}


def test_a_planned_fact_has_the_statement_but_not_the_triple() -> None:
    quads, ids = quads_of(sample_quads()), iris_of(sample_record())
    assert not values(quads, ids["e5"], IRIS.term("founded"))
    statement = next(
        q.subject.value
        for q in quads
        if q.object == NamedNode(ids["e11"])
        and "subject" not in str(q.predicate)
        and q.predicate.value == vocab.RDF_OBJECT
    )
    assert values(quads, statement, IRIS.term("status")) == {"planned"}
    assert values(quads, statement, vocab.RDF_SUBJECT) == {ids["e5"]}


def test_evidence_is_the_raw_slice_with_its_place() -> None:
    quads, page = quads_of(sample_quads()), make_page()
    quotes = [q for q in quads if q.predicate.value == vocab.EXACT]
    assert len(quotes) > 10
    for found in quotes:
        start = int(min(values(quads, found.subject.value, vocab.START)))
        stop = int(min(values(quads, found.subject.value, vocab.END)))
        assert page.text[start:stop] == found.object.value
        assert values(quads, found.subject.value, vocab.IS_PART_OF) == {IRIS.article(page.sha256, 0)}
    assert any("\n" in found.object.value for found in quotes)


def test_a_post_names_person_organisation_title_and_evidence() -> None:
    quads, ids = quads_of(sample_quads()), iris_of(sample_record())
    (post,) = values(quads, ids["e10"], IRIS.term("holdsPost"))
    assert values(quads, post, IRIS.term("postIn")) == {ids["e1"]}
    assert values(quads, post, IRIS.term("title")) == {"主席"}
    assert len(values(quads, post, IRIS.term("evidence"))) == 1


def test_a_planned_post_is_only_stated() -> None:
    page, record = make_page(), sample_record()
    planned = tuple(
        replace(fact, status=Status.PLANNED) for fact in record.facts if fact.predicate is Predicate.HOLDS_POST
    )
    quads = quads_of(build_page(replace(record, facts=planned), page, gazetteer=gazetteer()))
    ids = iris_of(replace(record, facts=planned))
    assert not values(quads, ids["e10"], IRIS.term("holdsPost"))
    assert [q.object.value for q in quads if q.predicate.value == vocab.RDF_SUBJECT] == [ids["e10"]]


def test_an_outcome_keeps_value_unit_and_bound() -> None:
    quads, ids = quads_of(sample_quads()), iris_of(sample_record())
    (outcome,) = values(quads, ids["e7"], IRIS.term("reported"))
    found = {
        name: values(quads, outcome, IRIS.term(name)) for name in ("value", "unit", "qualifier", "baseline", "status")
    }
    assert found == {"value": {"55000"}, "unit": {"元"}, "qualifier": {">"}, "baseline": set(), "status": {"done"}}


def test_organisations_are_typed_twice_and_districts_carry_their_code() -> None:
    quads, ids = quads_of(sample_quads()), iris_of(sample_record())
    assert values(quads, ids["e1"], vocab.RDF_TYPE) == {IRIS.term("Union"), IRIS.term("Organisation")}
    assert ids["e3"] == IRIS.district("431100")
    assert values(quads, ids["e3"], vocab.IDENTIFIER) == {"431100"}
    assert values(quads, ids["e3"], vocab.EXACT_MATCH) == {vocab.WIKIDATA + "Q266014"}
    assert values(quads, ids["e3"], vocab.PREF_LABEL) == {"永州市"}


def test_article_and_page() -> None:
    quads, page = quads_of(sample_quads()), make_page()
    article = IRIS.article(page.sha256, 0)
    assert values(quads, article, vocab.HEADLINE) == {"南岗镇总工会助力企业建会"}
    assert values(quads, article, IRIS.term("byline")) == {"记者 甲乙"}
    assert values(quads, article, vocab.CREATOR) == {"甲乙"}
    assert values(quads, article, IRIS.term("mentions")) == set(iris_of(sample_record()).values())
    assert values(quads, IRIS.page(page.sha256), IRIS.term("sha256")) == {page.sha256}


def test_a_short_name_gets_the_official_label() -> None:
    page = make_page()
    quads = quads_of(
        build_page(plain_record(page, entity("a", EntityType.DISTRICT, "天津")), page, gazetteer=gazetteer())
    )
    assert values(quads, IRIS.district("120000"), vocab.PREF_LABEL) == {"天津市"}
    assert values(quads, IRIS.district("120000"), vocab.ALT_LABEL) == {"天津"}


def test_a_township_carries_code_level_and_the_districts_around_it() -> None:
    page = make_page()
    record = plain_record(
        page, entity("a", EntityType.DISTRICT, "苏家坨镇"), entity("b", EntityType.DISTRICT, "海淀区")
    )
    quads = quads_of(build_page(record, page, gazetteer=gazetteer()))
    town, county, city = map(IRIS.district, ("110108029", "110108", "110000"))
    level = IRIS.term("level")
    assert values(quads, town, vocab.IDENTIFIER) == {"110108029"}
    assert values(quads, town, level) == {"township"}
    assert values(quads, town, vocab.PREF_LABEL) == {"苏家坨镇"}
    assert values(quads, town, vocab.CONTAINED_IN) == {county}
    assert values(quads, county, vocab.CONTAINED_IN) == {city}
    assert values(quads, county, vocab.RDF_TYPE) == {IRIS.term("District"), vocab.AREA}
    # The page does not name the city: it is described, but is no district of the page.
    assert values(quads, city, vocab.RDF_TYPE) == {vocab.AREA}
    assert values(quads, city, vocab.PREF_LABEL) == {"北京市"}
    assert values(quads, city, level) == {"province"}
    assert values(quads, city, vocab.CONTAINED_IN) == set()


def test_an_area_without_code_has_no_level_but_may_lie_in_a_district() -> None:
    page = make_page()
    record = plain_record(
        page, entity("a", EntityType.DISTRICT, "合肥高新区"), entity("b", EntityType.DISTRICT, "合肥市")
    )
    quads, zone = quads_of(build_page(record, page, gazetteer=gazetteer())), iris_of(record)["a"]
    assert values(quads, zone, vocab.IDENTIFIER) == values(quads, zone, IRIS.term("level")) == set()
    assert values(quads, zone, vocab.CONTAINED_IN) == {IRIS.district("340100")}


def test_two_forms_of_one_township_are_one_district_with_one_label() -> None:
    page = make_page()
    forms = [entity("a", EntityType.DISTRICT, "苏家坨镇"), entity("b", EntityType.DISTRICT, "苏家坨地区")]
    quads = quads_of(build_page(plain_record(page, *forms), page, gazetteer=gazetteer()))
    assert values(quads, IRIS.district("110108029"), vocab.PREF_LABEL) == {"苏家坨镇"}
    assert values(quads, IRIS.district("110108029"), vocab.ALT_LABEL) == {"苏家坨地区"}


T = EntityType


@pytest.mark.parametrize(
    ("entities", "same"),
    [
        pytest.param([entity("x", T.COMPANY, "云帆公司")], True, id="company-by-name"),
        pytest.param([entity("x", T.PERSON, "王伟")], False, id="a-person's-name-never-suffices"),
        pytest.param([entity("x", T.DISTRICT, "东城区")], True, id="district-by-code"),
        pytest.param([entity("x", T.DISTRICT, "中山街道")], True, id="street-without-context"),
    ],
)
def test_same_entity_on_two_pages(entities: list, same: bool) -> None:
    pages = [make_page("甲页"), make_page("乙页")]
    one, other = (iris_of(plain_record(page, *entities))["x"] for page in pages)
    assert (one == other) is same


def test_streets_of_the_same_name_in_two_districts_stay_apart() -> None:
    page = make_page()

    def mint(district: str) -> dict[str, str]:
        return iris_of(
            plain_record(
                page,
                entity("s", T.DISTRICT, "中山街道", district + "中山街道"),
                entity("d", T.DISTRICT, district),
                entity("u", T.UNION, "中山街道总工会"),
            )
        )

    one, other = mint("东城区"), mint("西城区")
    assert one["s"] != other["s"]
    assert one["u"] != other["u"]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        pytest.param("朝阳区", ("北京市", "长春市"), id="counties"),
        pytest.param("城关镇", ("舒城县", "陇县"), id="townships"),
    ],
)
def test_unions_of_districts_of_one_name_stay_apart(name: str, places: tuple[str, str]) -> None:
    page = make_page()
    one, other = (
        iris_of(
            plain_record(
                page,
                entity("d", T.DISTRICT, name),
                entity("p", T.DISTRICT, place),
                entity("u", T.UNION, name + "总工会"),
            )
        )
        for place in places
    )
    assert one["d"] != other["d"]
    assert one["u"] != other["u"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda f: replace(f, evidence=replace(f.evidence, quote="别的话")),
            "is not what stands at",
            id="other-words",
        ),
        pytest.param(
            lambda f: replace(f, evidence=replace(f.evidence, start=f.evidence.start + 1)),
            "is not what stands at",
            id="shifted",
        ),
        pytest.param(
            lambda f: replace(f, evidence=Evidence(quote="", start=3, stop=3, article=0)),
            "is not what stands at",
            id="empty",
        ),
        pytest.param(
            lambda f: replace(f, evidence=replace(f.evidence, article=7)), "no article 7", id="unknown-article"
        ),
        pytest.param(lambda f: replace(f, object="e99"), "no entity 'e99'", id="unknown-entity"),
    ],
)
def test_a_record_that_lies_is_refused(change, message: str) -> None:
    record, page = sample_record(), make_page()
    facts = (change(record.facts[0]), *record.facts[1:])
    with pytest.raises(RecordError, match=message):
        build_page(replace(record, facts=facts), page, gazetteer=gazetteer())


def test_a_record_of_other_bytes_is_refused() -> None:
    with pytest.raises(RecordError, match="other bytes"):
        check_record(sample_record(), make_page("另一页"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_literals_survive_every_character(text: str) -> None:
    line = f"<urn:s> <urn:p> {literal(text, 'zh')} <urn:g> .\n"
    (quad,) = quads_of(line)
    assert quad.object == Literal(text, language="zh")
    assert line.count("\n") == 1


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (588.0, "588"),
        (94.58, "94.58"),
        (0.9, "0.9"),
        (5500000.0, "5500000"),
        (1e16, "10000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
    ],
)
def test_decimal(value: float, digits: str) -> None:
    assert decimal(value) == f'"{digits}"^^<{vocab.DECIMAL}>'


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False).map(lambda x: round(x, 3)))
def test_decimals_come_back_unchanged(value: float) -> None:
    (quad,) = quads_of(f"<urn:s> <urn:p> {decimal(value)} <urn:g> .\n")
    assert float(quad.object.value) == value


def test_facts_of_a_page_that_names_nothing() -> None:
    page = make_page()
    quads = quads_of(build_page(replace(plain_record(page), articles=()), page, gazetteer=gazetteer()))
    assert {q.subject.value for q in quads} == {IRIS.page(page.sha256)}


def test_another_base() -> None:
    text = sample_quads(Iris("https://example.org/kg/"))
    assert "w3id.org" not in text
    assert "<https://example.org/kg/ontology#runs>" in text


def test_the_same_fact_twice_is_one_statement() -> None:
    page = make_page()
    fact = Fact(
        subject="u",
        predicate=Predicate.COVERS,
        object="d",
        evidence=quote(page, "永州市总工会"),
        rule="r",
        confidence=0.5,
    )
    record = plain_record(
        page, entity("u", T.UNION, "永州市总工会"), entity("d", T.DISTRICT, "永州市"), facts=(fact, fact)
    )
    quads = quads_of(build_page(record, page, gazetteer=gazetteer()))
    assert sum(q.object.value == vocab.RDF_STATEMENT for q in quads) == 1
