"""Many pages into one folder."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from stub_extractor import PAGE, StubExtractor

from kg.build import build_page
from kg.corpus import PageResult, build_corpus, extract_pages, record_names, write_records
from kg.errors import ExportError, PageError
from kg.model import Page, Record
from kg.read import list_pages
from kg.store import GraphStore

EXTRACT = StubExtractor().extract
ROOT = Path(__file__).parent.parent


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    for name, text in {
        "1.txt": PAGE,
        "2.md": PAGE.replace("甲市", "乙市"),
        "sub/1.txt": PAGE.replace("甲市", "丙市"),
        "sub/copy.txt": PAGE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def build(pages: Path, out: Path, **options: object) -> dict[str, object]:
    return build_corpus(list_pages([pages]), out, EXTRACT, **options).to_json()  # type: ignore[arg-type]


def test_the_summary_counts_what_the_pages_say(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "output"
    summary = build(pages, out)
    digests = [("1.txt", sha(pages / "1.txt")), ("2.md", ""), ("1.txt", sha(pages / "sub" / "1.txt"))]
    names = ["graph.ttl", "graph.html", "store", *(f"records/{name}" for name in record_names(digests))]
    assert summary == {
        "pages": 3,
        "articles": 3,
        "entities": {"Union": 3, "Programme": 6},
        "facts": {"runs": {"done": 3, "planned": 3}},
        "outcomes": {"done": 3, "planned": 0},
        "issues": {"stub-issue": 1},
        "failures": [],
        "duplicates": [{"path": str(pages / "sub" / "copy.txt"), "same_as": str(pages / "1.txt")}],
        "files": [str(out / name) for name in names],
    }


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_of_one_name_keep_a_record_each(pages: Path, tmp_path: Path) -> None:
    build(pages, tmp_path / "output")
    digests = {json.loads(path.read_text("utf-8"))["sha256"] for path in (tmp_path / "output" / "records").iterdir()}
    assert digests == {sha(pages / "1.txt"), sha(pages / "2.md"), sha(pages / "sub" / "1.txt")}


@pytest.mark.parametrize(
    ("pages", "names"),
    [
        pytest.param([("a.txt", "1" * 64), ("b.txt", "2" * 64)], ("a.json", "b.json"), id="plain"),
        pytest.param([("a.txt", "1" * 64), ("a.md", "2" * 64)], ("a-11111111.json", "a-22222222.json"), id="stem"),
        pytest.param([("A.txt", "1" * 64), ("a.txt", "2" * 64)], ("A-11111111.json", "a-22222222.json"), id="case"),
        pytest.param([], (), id="none"),
    ],
)
def test_record_files_are_called_after_their_pages(pages: list[tuple[str, str]], names: tuple[str, ...]) -> None:
    assert record_names(pages) == names


def test_the_order_of_the_arguments_does_not_matter(pages: Path, tmp_path: Path) -> None:
    files = [path for path in list_pages([pages]) if isinstance(path, Path) and path.name != "copy.txt"]
    build_corpus(files, tmp_path / "a", EXTRACT)
    build_corpus(reversed(files), tmp_path / "b", EXTRACT)
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    names = [sorted(path.name for path in (tmp_path / out / "records").iterdir()) for out in "ab"]
    assert names[0] == names[1]


def test_the_store_holds_the_graph_of_each_page(pages: Path, tmp_path: Path) -> None:
    build(pages, tmp_path / "output")
    store = GraphStore.open(tmp_path / "output" / "store")
    assert [page.name for page in store.pages()] == ["1.txt", "1.txt", "2.md"]
    assert store.counts()["runs"] == 3


BAD = {
    "binary.txt": (b"\x89PNG\0", "this is a binary file, not text"),
    "empty.txt": (b"", "the file is empty"),
    "mixed.txt": (PAGE.encode() + PAGE.encode("gbk"), "not valid UTF-8 from line 4 on: mixed or damaged encoding"),
    "none.txt": ("今天没有新闻。".encode(), "no article on this page"),
    "page.pdf": (b"%PDF", "unknown format '.pdf'"),
    "missing.txt": (None, "no such file or folder"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_does_not_stop_the_rest(pages: Path, tmp_path: Path, name: str) -> None:
    data, message = BAD[name]
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    summary = build_corpus(list_pages([bad, pages]), tmp_path / "output", EXTRACT)
    assert summary.pages == 3
    ((path, error),) = summary.failures
    assert (path, error.subject, error.message) == (str(bad), str(bad), message)
    assert error.hint


@pytest.mark.parametrize("name", BAD)
def test_when_no_page_is_good_the_old_folder_stays(pages: Path, tmp_path: Path, name: str) -> None:
    out, bad = tmp_path / "output", tmp_path / name
    build(pages, out)
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    if BAD[name][0] is not None:
        bad.write_bytes(BAD[name][0] or b"")
    seen: list[PageResult] = []
    with pytest.raises(PageError, match="no page could be built"):
        build_corpus(list_pages([bad]), out, EXTRACT, watch=seen.append)
    assert [str(result.error and result.error.message) for result in seen] == [BAD[name][1]]
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_a_record_that_misquotes_its_page_is_refused(pages: Path) -> None:
    def misquote(page: Page) -> Record:
        record = EXTRACT(page)
        fact = record.facts[0]
        return replace(record, facts=(replace(fact, evidence=replace(fact.evidence, start=fact.evidence.start + 1)),))

    results = list(extract_pages([pages / "1.txt"], misquote))
    assert [result.error and "is not what stands at" in result.error.message for result in results] == [True]


def test_each_source_gives_one_result_and_exactly_one_answer(pages: Path, tmp_path: Path) -> None:
    sources = list_pages([pages, tmp_path / "missing"])
    results = list(extract_pages(sources, EXTRACT))
    assert len(results) == len(sources)
    assert all(sum([bool(r.record), bool(r.error), bool(r.same_as)]) == 1 for r in results)


def test_records_cannot_be_written_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        write_records([], tmp_path / "file")


def test_a_failure_while_writing_leaves_the_old_folder(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "output"
    build(pages, out)
    before = (out / "graph.ttl").read_bytes()

    def fail(store: GraphStore, format: str, path: Path) -> None:
        raise ExportError("cannot be written (No space left on device)", subject=str(path))

    monkeypatch.setattr("kg.corpus.export_graph", fail)
    with pytest.raises(ExportError):
        build_corpus([pages / "1.txt"], out, EXTRACT)
    assert (out / "graph.ttl").read_bytes() == before
    assert GraphStore.open(out / "store").counts()["Page"] == 3
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["output", "pages"]


def test_a_build_that_is_killed_leaves_a_whole_folder(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "output"
    build(pages, out)
    (out / ".gitignore").write_text("*\n")
    whole = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    script = (
        "import sys; from pathlib import Path; from kg.corpus import build_corpus; from stub_extractor import *\n"
        "while True: build_corpus([Path(sys.argv[1])], Path(sys.argv[2]), StubExtractor().extract)\n"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    sizes = set()
    for delay in (0.35, 0.45, 0.55):
        command = [sys.executable, "-c", script, str(pages / "1.txt"), str(out)]
        builder = subprocess.Popen(command, env=env, cwd=tmp_path)
        time.sleep(delay)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        assert {path.name for path in out.iterdir()} == {".gitignore", "graph.html", "graph.ttl", "records", "store"}
        pages_now = GraphStore.open(out / "store").counts()["Page"]
        sizes.add(pages_now)
        assert len(list((out / "records").iterdir())) == pages_now
        assert ((out / "graph.ttl").read_bytes() == whole["graph.ttl"]) == (pages_now == 3)
    build(pages, out)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "pages"]
    assert sizes <= {1, 3}


def test_the_quads_of_a_page_do_not_depend_on_its_neighbours(pages: Path, tmp_path: Path) -> None:
    from kg.lexicon import load_lexicon
    from kg.read import read_page

    page = read_page(pages / "1.txt")
    quads = build_page(EXTRACT(page), page, gazetteer=load_lexicon().gazetteer)
    build(pages, tmp_path / "output")
    store = GraphStore.open(tmp_path / "output" / "store")
    graph = store.iris.page_graph(page.sha256)
    assert sum(1 for line in quads.splitlines()) == len(
        {str(quad) for quad in store.inner if str(quad.graph_name) == f"<{graph}>"}
    )
