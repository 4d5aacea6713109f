"""Page graphs come, are replaced and go as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_records import (
    entity,
    fill_store,
    gazetteer,
    gold_page,
    gold_quads,
    gold_stems,
    make_page,
    plain_record,
    sample_quads,
    shared_store,
)

from kg.build import build_page
from kg.errors import StoreError
from kg.exporters import ExportOptions
from kg.exporters.selection import merge_graphs, select_quads
from kg.model import EntityType
from kg.store import GraphStore
from kg.vocab import Iris


def everything(store: GraphStore) -> list[str]:
    return sorted(str(quad) for quad in store.inner)


def assert_merged(store: GraphStore) -> None:
    """The default graph holds the triples of the named graphs, each once, and nothing else."""
    merged = {str(triple) for triple in merge_graphs(select_quads(store, ExportOptions()))}
    default = [str(triple) for triple in store.triples()]
    assert len(default) == len(set(default)) == len(store)
    assert set(default) == merged


def test_replacing_by_the_same_changes_nothing() -> None:
    store = fill_store(GraphStore.in_memory())
    before = everything(store)
    fill_store(store)
    assert everything(store) == before
    assert_merged(store)


def test_a_new_version_replaces_all_of_the_old_one() -> None:
    store, page = GraphStore.in_memory(), make_page()
    store.replace_page(page.sha256, sample_quads())
    smaller = build_page(
        plain_record(page, entity("e", EntityType.COMPANY, "云帆科技公司")), page, gazetteer=gazetteer()
    )
    store.replace_page(page.sha256, smaller)
    fresh = GraphStore.in_memory()
    fresh.replace_page(page.sha256, smaller)
    assert everything(store) == everything(fresh)


def test_retracting_leaves_what_other_pages_say() -> None:
    store = fill_store(GraphStore.in_memory())
    other = fill_store(GraphStore.in_memory())
    stem = gold_stems()[0]
    assert store.retract_page(gold_page(stem).sha256)
    assert not store.retract_page(gold_page(stem).sha256)
    assert_merged(store)
    assert f"{stem}.txt" not in {page.name for page in store.pages()}
    assert len(store) < len(other)
    store.replace_page(gold_page(stem).sha256, gold_quads(stem))
    assert everything(store) == everything(other)


def test_an_emptied_store_is_empty() -> None:
    store = fill_store(GraphStore.in_memory(), with_gold=False)
    store.retract_page(make_page().sha256)
    store.replace_graph(store.iris.derived_graph, "")
    assert everything(store) == []
    assert list(store.inner.named_graphs()) == []


def test_bulk_load_gives_the_same_store() -> None:
    one_by_one, at_once = GraphStore.in_memory(), GraphStore.in_memory()
    for stem in gold_stems():
        one_by_one.replace_page(gold_page(stem).sha256, gold_quads(stem))
    at_once.bulk_load(gold_quads(stem) for stem in gold_stems())
    assert everything(one_by_one) == everything(at_once)
    assert_merged(at_once)


def test_pages_and_counts() -> None:
    store = shared_store(with_gold=False)
    assert [page.name for page in store.pages()] == ["sample.txt"]
    counts = store.counts()
    assert counts["Union"] == 3
    assert counts["Organisation"] == 5
    assert counts["runs"] == 2
    assert counts["founded"] == 1
    assert counts["basedOn"] == 0


def test_a_triple_that_two_pages_state_comes_back_once() -> None:
    store = GraphStore.in_memory()
    for text in ("甲页", "乙页"):
        page = make_page(text)
        record = plain_record(page, entity("e", EntityType.COMPANY, "云帆科技公司"))
        store.replace_page(page.sha256, build_page(record, page, gazetteer=gazetteer()))
    assert list(store.rows("SELECT ?label { ?s a kg:Company ; skos:prefLabel ?label }")) == [("云帆科技公司",)]


def test_on_disk_and_read_only_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "store"
    store = fill_store(GraphStore.create(path), with_gold=False)
    store.flush()
    size = len(store)
    del store
    reader = GraphStore.open(path)
    assert len(reader) == size
    again = GraphStore.open(path)
    assert again.counts() == reader.counts()


def test_the_base_is_found_again(tmp_path: Path) -> None:
    iris = Iris("https://example.org/kg/")
    fill = GraphStore.create(tmp_path / "s", iris)
    fill.replace_page(make_page().sha256, sample_quads(iris))
    fill.flush()
    del fill
    assert GraphStore.open(tmp_path / "s").iris == iris


def test_a_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    store = fill_store(GraphStore.create(tmp_path / "s"), with_gold=False)
    size = len(store)
    store.snapshot(tmp_path / "copies" / "one")
    store.retract_page(make_page().sha256)
    assert len(GraphStore.open(tmp_path / "copies" / "one")) == size
    with pytest.raises(StoreError, match="the folder exists"):
        store.snapshot(tmp_path / "copies" / "one")


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "file.txt").write_text("x")
    with pytest.raises(StoreError, match=r"there is no store here\. Run `kg build` first"):
        GraphStore.open(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="there is no store here"):
        GraphStore.open(tmp_path / "text")
    with pytest.raises(StoreError, match=r"not a store\. Choose an empty folder"):
        GraphStore.create(tmp_path / "text")
    with pytest.raises(StoreError, match="in memory"):
        GraphStore.in_memory().snapshot(tmp_path / "copy")


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    first = GraphStore.create(tmp_path / "s")
    with pytest.raises(StoreError, match="Another process writes to it"):
        GraphStore.open(tmp_path / "s", read_only=False)
    assert len(first) == 0


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "s"
    store = fill_store(GraphStore.create(path), with_gold=False)
    store.flush()
    del store
    (path / "CURRENT").write_text("nonsense\n")
    with pytest.raises(StoreError, match="cannot be used"):
        GraphStore.open(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("<urn:a> <urn:b> <urn:c> <urn:other> .\n", "another graph", id="other-graph"),
        pytest.param("nonsense\n", "another graph", id="no-graph"),
        pytest.param(f"<a b> <urn:b> <urn:c> <{Iris().page_graph('ab')}> .\n", "not N-Quads", id="bad-syntax"),
    ],
)
def test_bad_quads_change_nothing(text: str, message: str) -> None:
    store = GraphStore.in_memory()
    with pytest.raises(StoreError, match=message):
        store.replace_page("ab", text)
    assert len(store) == 0


def test_bad_bulk_changes_nothing() -> None:
    store = GraphStore.in_memory()
    with pytest.raises(StoreError, match="not N-Quads"):
        store.bulk_load([sample_quads(), "nonsense\n"])
    assert len(store) == 0


def test_separators_of_lines_in_names_do_no_harm() -> None:
    page = make_page("甲\u2028乙\x85丙")
    record = plain_record(page, entity("e", EntityType.COMPANY, "甲乙", "甲\u2028乙\x0b\x85丙"))
    store = GraphStore.in_memory()
    text = build_page(record, page, gazetteer=gazetteer())
    store.replace_page(page.sha256, text)
    assert ("甲\u2028乙\x0b\x85丙",) in set(store.rows("SELECT ?a { ?s skos:altLabel ?a }"))
    before = everything(store)
    store.replace_page(page.sha256, text)
    assert everything(store) == before
    bulk = GraphStore.in_memory()
    bulk.bulk_load([text])
    assert everything(bulk) == before
