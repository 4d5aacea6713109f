"""Questions, their parameters, and how answers are written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from sample_records import fill_store, gazetteer, make_page, sample_quads, sample_record, shared_store

from kg.build import build_page
from kg.errors import QueryError
from kg.model import Predicate
from kg.query import (
    Result,
    ask,
    list_questions,
    parse_question,
    refuse_unsafe,
    render,
    run_question,
    run_sparql,
    width_of,
)
from kg.store import GraphStore
from kg.vocab import Iris

NAMES = [question.name for question in list_questions()]


def rows_of(result: Result) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else term.value for term in row) for row in result.rows]


def small() -> GraphStore:
    return shared_store(with_gold=False)


def test_ten_questions_with_titles_in_both_languages() -> None:
    assert len(NAMES) == 10
    for question in list_questions():
        assert all((question.title["zh"], question.title["en"], question.about["zh"], question.about["en"]))
        assert question.title["zh"] != question.name
        for parameter in question.parameters:
            assert all((parameter.about["zh"], parameter.about["en"]))


@pytest.mark.parametrize(
    ("name", "params", "expected"),
    [
        pytest.param("hierarchy", {"union": "永州市总工会"}, [("南岗镇总工会", "永州市总工会", "hierarchy-by-area", "0.9")], id="hierarchy"),
        pytest.param("partners", {"organisation": "南岗镇司法所"}, [("南岗镇总工会", "南岗镇司法所", "暖蜂行动")], id="partners-either-way"),
        pytest.param("programmes", {"district": "永州市南岗镇"}, [("南岗镇", "暖蜂行动", "南岗镇总工会", "快递员")], id="programmes-by-alias"),
        pytest.param("programmes", {"district": "东城区"}, [], id="programmes-of-nowhere"),
        pytest.param(
            "outcomes",
            {"metric": "投入"},
            [("暖蜂行动", "永州市总工会投入", ">", "55000", "元", "", "", "done", "南岗镇总工会助力企业建会", "sample.txt")],
            id="outcomes",
        ),
        pytest.param("sites", {}, [("云帆书屋", "云帆科技公司", "planned", "", "")], id="sites-planned"),
        pytest.param("new-unions", {}, [("云帆科技公司工会", "云帆科技公司", "南岗镇总工会")], id="new-unions"),
        pytest.param("posts", {}, [("丁一", "主席", "南岗镇总工会", "南岗镇总工会助力企业建会")], id="posts"),
        pytest.param("honours", {"honour": "和谐"}, [("云帆科技公司", "和谐企业", "南岗镇总工会助力企业建会", "sample.txt")], id="honours"),
        pytest.param(
            "evidence",
            {"subject": "南岗镇总工会", "predicate": "unionOf"},
            [],
            id="evidence-of-nothing",
        ),
        pytest.param(
            "evidence",
            {"predicate": "holdsPost"},
            [("丁一", "holdsPost", "南岗镇总工会", "done", "镇总工会主席丁一", "南岗镇总工会助力企业建会", "sample.txt", "94", "102", "by-hand", "0.9")],
            id="evidence-of-a-post",
        ),
        pytest.param(
            "evidence",
            {"subject": "云帆", "object": "云帆书屋"},
            [("云帆科技公司", "founded", "云帆书屋", "planned", "明年将建成云帆书屋", "南岗镇总工会助力企业建会", "sample.txt", "104", "113", "by-hand", "0.9")],
            id="evidence-of-a-plan-by-alias",
        ),
    ],
)  # fmt: skip
def test_answers(name: str, params: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert rows_of(run_question(small(), name, params)) == expected


def test_a_union_founded_without_help_has_no_helper_of_any_name() -> None:
    record = sample_record()
    alone = tuple(
        replace(fact, subject="e5") if fact.predicate is Predicate.FOUNDED and fact.object == "e4" else fact
        for fact in record.facts
    )
    store = GraphStore.in_memory()
    page = make_page()
    store.replace_page(page.sha256, build_page(replace(record, facts=alone), page, gazetteer=gazetteer()))
    assert rows_of(run_question(store, "new-unions")) == [("云帆科技公司工会", "云帆科技公司", "")]
    assert rows_of(run_question(store, "new-unions", {"helper": "南岗镇总工会"})) == []


def test_together_counts_each_article_once() -> None:
    rows = rows_of(run_question(small(), "together", {"organisation": "云帆"}))
    assert len(rows) == 4
    assert {row[2] for row in rows} == {"1"}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answers_on_gold(name: str) -> None:
    result = run_question(shared_store(), name)
    assert result.rows
    assert len(set(rows_of(result))) == len(result.rows)


@pytest.mark.parametrize("name", ["hierarchy", "posts", "honours", "partners", "new-unions"])
def test_the_files_are_plain_sparql_that_others_run_as_well(name: str) -> None:
    graph = rdflib.Graph()
    for triple in small().triples():
        graph.parse(data=f"{triple} .", format="nt")
    question = next(q for q in list_questions() if q.name == name)
    other = [tuple("" if v is None else str(v) for v in row) for row in graph.query(question.text)]
    assert sorted(other) == sorted(rows_of(run_question(small(), name)))


NASTY = ['"', '" } INSERT', "\\", '\\" ) #', "\n", "' || true", "} UNION { ?s ?p ?o", '"@zh', "${x}", "\\g<1>", "{{"]


@pytest.mark.parametrize("value", NASTY)
def test_a_parameter_never_becomes_syntax(value: str) -> None:
    assert rows_of(run_question(small(), "programmes", {"district": value})) == []
    assert rows_of(run_sparql(small(), "SELECT ?s { ?s skos:prefLabel ?name }", {"name": value})) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_parameter_is_only_a_value(value: str) -> None:
    assert len(run_question(small(), "posts", {"organisation": value}).rows) <= 1


@pytest.mark.parametrize(
    ("what", "params", "message"),
    [
        pytest.param("nothing", {}, "nothing: unknown question. Choose one of: evidence, ", id="unknown-question"),
        pytest.param("posts", {"x": "1"}, "unknown parameter 'x'. Choose one of: organisation", id="unknown-parameter"),
        pytest.param("SELECT ?s { ?s ?p ?o }", {"x": "1"}, "no variable \\?x", id="unknown-variable"),
        pytest.param("SELECT ?s { ?s ?p ?o }", {"o": "<a b>"}, "not an IRI", id="bad-iri"),
        pytest.param("SELECT ?s {", {}, "not valid SPARQL", id="syntax"),
        pytest.param("SELECT ?s { ?s nope:x ?o }", {}, "not valid SPARQL", id="unknown-prefix"),
        pytest.param("gone.rq", {}, "gone.rq: cannot be read", id="missing-file"),
        pytest.param("INSERT DATA { <urn:a> <urn:b> 1 }", {}, "INSERT changes the graph", id="insert"),
        pytest.param(
            "PREFIX x: <urn:x>\n# c\nDELETE WHERE { ?s ?p ?o }", {}, "DELETE changes", id="delete-after-prologue"
        ),
        pytest.param("drop all", {}, "DROP changes", id="drop"),
        pytest.param("LOAD <http://example.org/x>", {}, "LOAD changes", id="load"),
        pytest.param(
            "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", {}, "SERVICE asks another server", id="service"
        ),
        pytest.param("SELECT * { service silent ?x { ?s ?p ?o } }", {}, "SERVICE asks", id="service-silent"),
        pytest.param(
            'SELECT * { ?s ?p "#" . SERVICE <http://e.org/> {} }', {}, "SERVICE asks", id="service-behind-a-hash"
        ),
        pytest.param(
            "SELECT * { ?s ?p <urn:#> SERVICE <http://e.org/> {} }", {}, "SERVICE asks", id="service-behind-an-iri"
        ),
    ],
)
def test_refusals(what: str, params: dict[str, str], message: str) -> None:
    store = small()
    size = len(store)
    with pytest.raises(QueryError, match=message):
        ask(store, what, params)
    assert len(store) == size


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s <urn:SERVICE> ?o } # SERVICE",
        "SELECT * { ?s ex:SERVICE 'INSERT' }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_words_that_only_look_dangerous(text: str) -> None:
    refuse_unsafe(text)


def test_a_file_with_and_without_declared_parameters(tmp_path: Path) -> None:
    plain = tmp_path / "plain.rq"
    plain.write_text("SELECT ?s { ?s kg:level ?level }", "utf-8")
    assert len(ask(small(), str(plain), {"level": "prefecture"}).rows) == 1
    assert len(ask(small(), str(plain), {"level": "county"}).rows) == 0
    declared = tmp_path / "declared.rq"
    declared.write_text(
        '#! param level: 级 | level\nSELECT ?s { VALUES ?level { "county" } ?s kg:level ?level }', "utf-8"
    )
    assert len(ask(small(), str(declared), {}).rows) == 0
    assert len(ask(small(), str(declared), {"level": "prefecture"}).rows) == 1


def test_a_declared_parameter_without_a_place_is_an_error() -> None:
    with pytest.raises(QueryError, match="needs one VALUES"):
        parse_question("q", "#! param x: 甲 | a\nSELECT * { ?s ?p ?x }")


def test_another_base() -> None:
    iris = Iris("https://example.org/kg/")
    store = GraphStore.in_memory(iris)
    store.replace_page(make_page().sha256, sample_quads(iris))
    assert len(run_question(store, "posts").rows) == 1
    assert len(run_sparql(store, "SELECT ?s { ?s a kg:Post }").rows) == 1


def test_an_iri_as_parameter() -> None:
    result = run_sparql(small(), "SELECT ?n { ?d skos:prefLabel ?n }", {"d": f"<{Iris().district('431100')}>"})
    assert rows_of(result) == [("永州市",)]


def test_several_variables_at_once_with_labels_in_chinese() -> None:
    query = "SELECT ?d { ?d skos:prefLabel ?name ; kg:level ?level }"
    assert len(run_sparql(small(), query, {"name": "永州市", "level": "prefecture"}).rows) == 1
    assert len(run_sparql(small(), query, {"name": "永州市", "level": "county"}).rows) == 0


def test_table() -> None:
    text = render(
        run_sparql(
            small(),
            "SELECT ?who ?level ?d ?n { ?d a kg:District ; kg:level ?level ; skos:prefLabel ?who BIND(12 AS ?n) OPTIONAL { ?d kg:none ?x } }",
        ),
        "table",
    )
    assert text == (
        "who     level       d                 n\n"
        "------  ----------  ---------------  --\n"
        "永州市  prefecture  district:431100  12\n"
    )


def test_a_table_without_rows_keeps_its_head() -> None:
    assert render(run_sparql(small(), "SELECT ?who { ?who a kg:Nothing }"), "table") == "who\n---\n"


def test_line_breaks_stay_out_of_tables_and_in_csv() -> None:
    result = run_question(small(), "evidence", {"predicate": "unionOf"})
    assert "永州市南岗镇总工会 推动云帆科技公司成立工会" in render(result, "table")
    assert "永州市南岗镇总工会\n推动云帆科技公司成立工会" in render(result, "csv")


def test_csv() -> None:
    text = render(run_question(small(), "outcomes"), "csv")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head == ["who", "what", "qualifier", "value", "unit", "baseline", "period", "status", "headline", "page"]
    assert row[2:5] == [">", "55000", "元"]
    assert text.count("\r\n") == 2


def test_json_is_sparql_results() -> None:
    data = json.loads(render(run_question(small(), "outcomes"), "json"))
    (row,) = data["results"]["bindings"]
    assert data["head"]["vars"][0] == "who"
    assert row["who"] == {"type": "literal", "value": "暖蜂行动", "xml:lang": "zh"}
    assert row["value"] == {"type": "literal", "value": "55000", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}
    assert "baseline" not in row
    uri = json.loads(render(run_sparql(small(), "SELECT ?s { ?s kg:level ?l }"), "json"))
    assert uri["results"]["bindings"][0]["s"] == {"type": "uri", "value": Iris().district("431100")}


def test_ask() -> None:
    result = run_sparql(small(), "ASK { ?s a kg:Union }")
    assert render(result, "table") == "true\n"
    assert json.loads(render(result, "json")) == {"head": {}, "boolean": True}


def test_a_graph_is_turtle_and_comes_once_and_sorted() -> None:
    query = "CONSTRUCT { ?s skos:prefLabel ?n } { ?s a kg:District ; skos:prefLabel ?n }"
    text = render(run_sparql(small(), query), "turtle")
    assert text == render(run_sparql(small(), query), "table")
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 2
    assert 'district:431100 skos:prefLabel "永州市"@zh .' in text


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "turtle"),
        ("CONSTRUCT WHERE { ?s a kg:Post }", "csv"),
        ("CONSTRUCT WHERE { ?s a kg:Post }", "json"),
        ("ASK { ?s ?p ?o }", "csv"),
        ("ASK { ?s ?p ?o }", "xml"),
    ],
)
def test_forms_that_an_answer_cannot_take(query: str, form: str) -> None:
    with pytest.raises(QueryError):
        render(run_sparql(small(), query), form)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("工会", 4), ("“工会”", 6), ("，", 2), ("e\u0301", 1), ("", 0)]
)
def test_width(text: str, columns: int) -> None:
    assert width_of(text) == columns


def test_graphs_tell_who_said_what() -> None:
    store = fill_store(GraphStore.in_memory())
    rows = rows_of(run_sparql(store, "SELECT ?g { GRAPH ?g { ?p a kg:Page } }"))
    assert len(rows) == len(store.pages())
