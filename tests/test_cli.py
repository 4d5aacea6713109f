"""The command line: exact output, error text and exit status."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stub_extractor import PAGE, StubExtractor

import kg
from kg.cli import main
from kg.extract import Extractor
from kg.model import Record
from kg.records import record_from_json

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pages, an extractor whose answers are known, and English."""

    def stub(name: str = "rules") -> Extractor:
        if name != "rules":
            raise kg.KgError("no such extractor", subject=name, hint="Known: rules")
        return StubExtractor()

    # By sys.modules, since the attribute kg.extract is the function.
    monkeypatch.setattr(sys.modules["kg.extract"], "get_extractor", stub)
    monkeypatch.setenv("KG_LANG", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "pages" / "b.md").write_text(PAGE.replace("甲市", "乙市"), "utf-8")
    return tmp_path


def kg_run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


SUMMARY = """\
Pages                       2
Articles                    2
Entities                    6
  Union                     2
  Programme                 4
Facts                       4  (2 planned)
  runs                      4  (2 planned)
Outcomes                    2
Issues                      1
  stub-issue                1
Written to output: graph.ttl, graph.html, store, records/ (2 files)
"""
PROGRESS = """\
[1/2] a.txt: 1 articles, 3 entities, 2 facts, 1 outcomes
[2/2] b.md: 1 articles, 3 entities, 2 facts, 1 outcomes
"""


def test_build_tells_of_each_page_and_closes_with_a_summary(workplace: Path) -> None:
    result = kg_run("build", "pages")
    assert (result.exit_code, result.stderr, result.stdout) == (0, PROGRESS, SUMMARY)
    assert sorted(path.name for path in (workplace / "output").iterdir()) == [
        "graph.html",
        "graph.ttl",
        "records",
        "store",
    ]


def test_build_in_chinese() -> None:
    result = kg_run("build", "pages", "--lang", "zh", "--out", "图谱")
    assert result.stderr == (
        "[1/2] a.txt: 1 篇报道, 3 个实体, 2 条事实, 1 项成效\n[2/2] b.md: 1 篇报道, 3 个实体, 2 条事实, 1 项成效\n"
    )
    assert result.stdout == (
        "版面                        2\n"
        "报道                        2\n"
        "实体                        6\n"
        "  工会组织                  2\n"
        "  项目                      4\n"
        "事实                        4  (计划中 2)\n"
        "  举办                      4  (计划中 2)\n"
        "成效                        2\n"
        "存疑之处                    1\n"
        "  stub-issue                1\n"
        "已写入 图谱：graph.ttl, graph.html, store, records/（2 个文件）\n"
    )


@pytest.mark.parametrize(
    ("env", "first"),
    [
        ({"KG_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, "版面"),
        ({"KG_LANG": "", "LC_ALL": "C", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, "Pages"),
        ({"KG_LANG": "zh", "LC_ALL": "C", "LC_MESSAGES": "", "LANG": ""}, "版面"),
        ({"KG_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "Pages"),
    ],
    ids=["LANG", "LC_ALL-before-LANG", "KG_LANG-before-all", "none"],
)
def test_the_environment_chooses_the_language(env: dict[str, str], first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert kg_run("build", "pages").stdout.split()[0] == first
    assert kg_run("--lang", "zh", "build", "pages").stdout.split()[0] == "版面"


def test_quiet_says_nothing_when_all_is_well() -> None:
    result = kg_run("build", "pages", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_json_is_all_that_stands_on_standard_output() -> None:
    result = kg_run("build", "pages", "--json")
    assert json.loads(result.stdout) == {
        "pages": 2,
        "articles": 2,
        "entities": {"Union": 2, "Programme": 4},
        "facts": {"runs": {"done": 2, "planned": 2}},
        "outcomes": {"done": 2, "planned": 0},
        "issues": {"stub-issue": 1},
        "failures": [],
        "duplicates": [],
        "files": [
            f"output/{name}" for name in ("graph.ttl", "graph.html", "store", "records/a.json", "records/b.json")
        ],
    }
    assert result.stderr == PROGRESS


def test_one_bad_page_is_told_and_the_rest_is_built(workplace: Path) -> None:
    (workplace / "pages" / "c.txt").write_bytes(b"")
    (workplace / "pages" / "d.txt").write_text(PAGE, "utf-8")
    result = kg_run("build", "pages", "missing.txt")
    told = "Error: pages/c.txt: the file is empty. Put the text of the page into it, or leave it out."
    assert result.exit_code == 1
    assert result.stderr.splitlines()[2:] == [
        told,
        "[4/5] d.txt: left out, same bytes as pages/a.txt",
        "Error: missing.txt: no such file or folder. Check the path.",
    ]
    assert result.stdout.splitlines()[-6:] == [
        "Left out                    1",
        "  pages/d.txt: same bytes as pages/a.txt",
        "Failed                      2",
        "  pages/c.txt",
        "  missing.txt",
        "Written to output: graph.ttl, graph.html, store, records/ (2 files)",
    ]
    assert kg_run("build", "pages/c.txt", "pages/a.txt", "--quiet").output == told + "\n"


ERRORS = [
    (("build",), 2, "Error: Missing argument 'PATH...'."),
    (("build", "pages", "--nonsense"), 2, "Error: No such option"),
    (("frobnicate",), 2, "Error: No such command 'frobnicate'."),
    (("build", "missing"), 1, "Error: no page could be built. Give at least one page that can be read; what was there"),
    (("build", "pages", "--extractor", "x"), 2, "Error: x: no such extractor. Known: rules."),
    (("build", "pages", "--out", "pages/a.txt"), 1, "is a file, not a folder. Choose another folder with --out."),
    (("build", "pages", "--out", "."), 1, "the output cannot replace the folder you are in. Name a folder of its own"),
    (("extract", "missing"), 1, "Error: missing: no such file or folder. Check the path."),
    (("explain", "missing"), 1, "Error: missing: no such file or folder. Check the path."),
    (("explain", "pages"), 1, "Error: pages: cannot be read (Is a directory). Check the path."),
    (("query",), 2, "Error: Give a question, or --list to see the bundled ones"),
    (("query", "hierarchy"), 1, "Error: output/store: there is no store here. Run `kg build` first."),
    (("query", "x", "--graph", "built"), 2, "Error: x: unknown question. Choose one of: "),
    (("query", "SELECT", "--graph", "built"), 2, "Error: SELECT: unknown question."),
    (
        ("query", "SELECT ?x {", "--graph", "built"),
        2,
        "Error: query: not valid SPARQL (line 1, column 12). See the SPARQL 1.1 syntax.",
    ),
    (
        ("query", "ASK { ?x no:such 1 }", "--graph", "built"),
        2,
        "not valid SPARQL (line 1, column 17: Prefix not found)",
    ),
    (("query", "no.rq", "--graph", "built"), 2, "Error: no.rq: cannot be read (No such file or directory). Check the"),
    (("query", "hierarchy", "--graph", "built", "--param", "x"), 2, "'x' is not NAME=VALUE"),
    (("query", "hierarchy", "--graph", "built", "--param", "x=1"), 2, "Error: hierarchy: unknown parameter 'x'."),
    (("query", "hierarchy", "--graph", "built", "--format", "turtle"), 2, "only CONSTRUCT and DESCRIBE give Turtle"),
    (("query", "DROP ALL", "--graph", "built"), 2, "DROP changes the graph, and queries only read it"),
    (("export", "xml", "--graph", "built"), 2, "'xml' is not one of 'turtle', 'trig', 'nquads'"),
    (("export", "turtle"), 1, "Error: output/store: there is no store here. Run `kg build` first."),
    (("export", "turtle", "--graph", "built", "--out", "pages"), 1, "Error: pages: cannot be written ("),
    (("evaluate",), 2, "Error: Missing argument 'GOLD_DIR'."),
    (("evaluate", "missing", "pages"), 1, "Error: missing: no gold or record files in this folder. Give the folder"),
    (("evaluate", "gold", "missing"), 1, "Error: missing: the page 'a.txt' of the gold is not here. Give the folder"),
    (("evaluate", "gold"), 1, "Error: output: the page 'a.txt' of the gold is not here. Give the folder"),
    (
        ("evaluate", "broken", "pages"),
        1,
        "Error: broken/a.json: the record lacks 'articles'. Compare it with what `kg extract` writes.",
    ),
]


@pytest.mark.parametrize(("args", "status", "text"), ERRORS, ids=[" ".join(args) for args, _, _ in ERRORS])
def test_errors_are_one_line_without_traceback(workplace: Path, args: tuple[str, ...], status: int, text: str) -> None:
    kg_run("build", "pages", "--out", "built", "--quiet")
    kg_run("extract", "pages", "--out", "gold")
    (workplace / "broken").mkdir()
    (workplace / "broken" / "a.json").write_text("{}")
    result = kg_run(*args)
    assert result.exit_code == status
    assert text in result.stderr.splitlines()[-1].replace("│", "")
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_an_error_in_chinese() -> None:
    result = kg_run("--lang", "zh", "explain", "missing")
    assert result.stderr == "错误：missing：没有此文件或目录。请检查路径。\n"


def test_extract_prints_one_object_for_one_page() -> None:
    result = kg_run("extract", "pages/a.txt")
    assert result.stderr == ""
    data = json.loads(result.stdout)
    assert record_from_json(data).to_json() == data == expected_record()
    assert list(data) == ["page", "sha256", "articles", "entities", "facts", "outcomes", "issues"]
    assert data["facts"][1] == {
        "s": "e1",
        "p": "runs",
        "o": "e3",
        "evidence": "甲市总工会将开展送教上门",
        "start": 44,
        "stop": 56,
        "article": 0,
        "status": "planned",
        "rule": "stub-runs",
        "confidence": 0.8,
    }


def expected_record() -> dict[str, object]:
    from kg.read import read_page

    return StubExtractor().extract(read_page("pages/a.txt")).to_json()


def test_extract_prints_one_line_per_page_for_more() -> None:
    lines = kg_run("extract", "pages").stdout.splitlines()
    assert [json.loads(line)["page"] for line in lines] == ["a.txt", "b.md"]


def test_extract_writes_files(workplace: Path) -> None:
    (workplace / "records").mkdir()
    (workplace / "records" / "mine.json").write_text("kept")
    result = kg_run("extract", "pages", "--out", "records")
    assert result.stdout == "records/a.json\nrecords/b.json\n"
    assert json.loads((workplace / "records" / "a.json").read_text("utf-8")) == expected_record()
    assert (workplace / "records" / "mine.json").read_text() == "kept"


def test_extract_goes_on_after_a_bad_page(workplace: Path) -> None:
    (workplace / "pages" / "a0.txt").write_text("今天没有新闻。", "utf-8")
    (workplace / "pages" / "c.txt").write_text(PAGE, "utf-8")
    result = kg_run("extract", "pages")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: pages/a0.txt: no article on this page. Check that it is a newspaper page: an article has a headline"
        " and sentences below it.\npages/c.txt: same bytes as pages/a.txt\n"
    )
    assert [json.loads(line)["page"] for line in result.stdout.splitlines()] == ["a.txt", "b.md"]


def test_explain_prints_what_each_sentence_gave() -> None:
    assert kg_run("explain", "pages/a.txt").stdout == (
        "a.txt (utf-8): 1 articles, 3 entities, 2 facts, 1 outcomes, 1 issues\n"
        "\n"
        "[1] 甲市总工会举办技能竞赛\n"
        "    记者 王小明 · 0–57\n"
        "   1  甲市总工会举办技能竞赛\n"
        "      → 甲市总工会 —runs→ 技能竞赛  [stub-runs 0.80]\n"
        "   2  本报讯（记者 王小明）甲市总工会举办技能竞赛，30名职工参加。\n"
        "      # 甲市总工会 · 职工参加: > 30 名 (2024)  [stub-count 0.50]\n"
        "   3  甲市总工会将开展送教上门。\n"
        "      → 甲市总工会 —runs→ 送教上门 (planned)  [stub-runs 0.80]\n"
        "\n"
        "Issues\n"
        "      ! 0–2 stub-issue: said twice\n"
    )


def test_query_in_all_forms(workplace: Path) -> None:
    kg_run("build", "pages", "--quiet")
    select = 'SELECT ?name { ?union a kg:Union ; skos:prefLabel ?name FILTER(STRSTARTS(?name, "甲")) }'
    assert kg_run("query", select).stdout == "name\n----------\n甲市总工会\n"
    assert kg_run("query", select, "--format", "csv").stdout_bytes == "name\r\n甲市总工会\r\n".encode()
    (workplace / "q.rq").write_text(select, "utf-8")
    assert json.loads(kg_run("query", "q.rq", "--format", "json").stdout)["results"]["bindings"] == [
        {"name": {"type": "literal", "value": "甲市总工会", "xml:lang": "zh"}}
    ]
    parameter = "SELECT ?union { ?union skos:prefLabel ?label }"
    assert kg_run("query", parameter, "--param", "label=乙市总工会").stdout.count("union:") == 1
    construct = "CONSTRUCT { ?union kg:runs ?what } { ?union kg:runs ?what }"
    assert kg_run("query", construct, "--format", "turtle").stdout.count("kg:runs") == 2
    assert kg_run("query", "ASK { ?x a kg:Union }").stdout == "true\n"


def test_query_lists_the_bundled_questions_in_both_languages() -> None:
    english, chinese = kg_run("query", "--list").stdout, kg_run("--lang", "zh", "query", "--list").stdout
    names = [line.split()[0] for line in english.splitlines() if not line.startswith(" ")]
    assert names == [line.split()[0] for line in chinese.splitlines() if not line.startswith(" ")]
    assert names == sorted(path.stem for path in (ROOT / "ontology" / "queries").glob("*.rq"))
    assert english.isascii()


def test_every_bundled_question_runs() -> None:
    kg_run("build", "pages", "--quiet")
    names = [path.stem for path in (ROOT / "ontology" / "queries").glob("*.rq")]
    assert names
    assert {name: kg_run("query", name).exit_code for name in names} == dict.fromkeys(names, 0)


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "jsonld", "graphml", "html", "pyvis"])
def test_export_to_a_file_and_to_standard_output_gives_the_same_bytes(workplace: Path, format: str) -> None:
    kg_run("build", "pages", "--quiet")
    assert kg_run("export", format, "--out", "deep/er/file").exit_code == 0
    written = (workplace / "deep" / "er" / "file").read_bytes()
    assert "甲市总工会".encode() in written
    assert kg_run("export", format).stdout_bytes == written
    if format == "turtle":
        assert written == (workplace / "output" / "graph.ttl").read_bytes()


def test_export_without_quotes_and_statements() -> None:
    kg_run("build", "pages", "--quiet")
    whole, bare = kg_run("export", "turtle").stdout, kg_run("export", "turtle", "--no-quotes").stdout
    plain = kg_run("export", "turtle", "--no-statements").stdout
    assert "甲市总工会将开展送教上门" in whole
    assert "甲市总工会将开展送教上门" not in bare
    assert "rdf:Statement" in whole
    assert "rdf:Statement" not in plain


def test_evaluate_pages_and_records_alike(workplace: Path) -> None:
    kg_run("extract", "pages", "--out", "gold")
    kg_run("build", "pages", "--quiet")
    perfect = (
        "                                P      R     F1   hits  found   gold\n"
        "articles                    1.000  1.000  1.000    108    108    108\n"
        "headlines                   1.000  1.000  1.000      2      2      2\n"
        "bylines                     1.000  1.000  1.000      2      2      2\n"
        "entities                    1.000  1.000  1.000      6      6      6\n"
        "facts                       1.000  1.000  1.000      4      4      4\n"
        "links                       1.000  1.000  1.000      4      4      4\n"
        "outcomes found              1.000  1.000  1.000      2      2      2\n"
        "outcomes attributed         1.000  1.000  1.000      2      2      2\n"
        "evidence in place           1.000  1.000  1.000      6      6      6\n"
        "evidence verbatim           1.000  1.000  1.000      6      6      6\n"
        "entity:Programme            1.000  1.000  1.000      4      4      4\n"
        "entity:Union                1.000  1.000  1.000      2      2      2\n"
        "fact:runs                   1.000  1.000  1.000      4      4      4\n"
    )
    assert kg_run("evaluate", "gold", "pages").stdout == perfect
    assert kg_run("evaluate", "gold", "pages/b.md", "pages/a.txt").stdout == perfect
    assert kg_run("evaluate", "gold", "gold", "--pages", "pages").stdout == perfect
    assert kg_run("evaluate", "gold", "output/records", "--pages", "pages").stdout == perfect
    without_pages = [
        line for line in perfect.splitlines() if line.split()[0] not in "articles headlines bylines evidence"
    ]
    assert kg_run("evaluate", "gold").stdout.splitlines() == without_pages
    assert json.loads(kg_run("evaluate", "gold", "pages", "--json").stdout)["facts"] == {
        "p": 1.0,
        "r": 1.0,
        "f1": 1.0,
        "tp": 4,
        "pred": 4,
        "gold": 4,
    }


def test_evaluate_lists_misses_and_spurious_items(workplace: Path) -> None:
    kg_run("extract", "pages", "--out", "gold")
    data = json.loads((workplace / "gold" / "a.json").read_text("utf-8"))
    data["entities"][1]["name"] = "歌咏比赛"
    (workplace / "gold" / "a.json").write_text(json.dumps(data), "utf-8")
    (workplace / "found").mkdir()
    (workplace / "gold" / "b.json").rename(workplace / "gold" / "c.json")
    kg_run("extract", "pages/a.txt", "--out", "found")
    result = kg_run("evaluate", "gold", "found", "--detail")
    assert result.stderr == "no record for c: counted as empty\n"
    assert result.stdout.partition("\na\n")[2] == (
        "  missed entities (1)\n"
        "    Programme 歌咏比赛\n"
        "  missed facts (1)\n"
        "    甲市总工会 runs 歌咏比赛\n"
        "  missed outcomes (0)\n"
        "  spurious entities (1)\n"
        "    Programme 技能竞赛\n"
        "  spurious facts (1)\n"
        "    甲市总工会 runs 技能竞赛\n"
        "  spurious outcomes (0)\n"
    )
    told = json.loads(kg_run("evaluate", "gold", "found", "--detail", "--json").stdout)
    assert told["differences"]["a"]["missed"]["entities"] == ["Programme 歌咏比赛"]


def test_the_version_is_that_of_the_package() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert kg_run("--version").stdout == f"kg, version {project['version']}\n"


def test_python_m_kg_is_kg() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "kg", "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert run.stdout.startswith("Usage: kg [OPTIONS] COMMAND")


def test_a_terminal_gets_a_bar_and_errors_after_it(workplace: Path) -> None:
    (workplace / "pages" / "c.txt").write_bytes(b"")
    script = (
        "import sys, kg.extract; from stub_extractor import StubExtractor\n"
        "sys.modules['kg.extract'].get_extractor = lambda name: StubExtractor()\n"
        "from kg.cli import main; main(['build', 'pages'])\n"
    )
    outer, inner = pty.openpty()
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "TERM": "xterm"}
    run = subprocess.run([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, stderr=inner)
    os.close(inner)
    seen = b""
    try:
        while chunk := os.read(outer, 4096):
            seen += chunk
    except OSError:
        # The terminal reports the end of the program as an error.
        pass
    finally:
        os.close(outer)
    told = seen.decode()
    assert run.returncode == 1
    assert "100%" in told
    assert "[1/3]" not in told
    assert told.rstrip().endswith(
        "Error: pages/c.txt: the file is empty. Put the text of the page into it, or leave it out."
    )
    assert run.stdout.decode().startswith("Pages                       2\n")


def test_a_closed_pipe_is_no_traceback(workplace: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        f"{sys.executable} -m kg query --list | head -n 1", shell=True, env=env, capture_output=True, text=True
    )
    assert run.stderr == ""


def test_the_stub_makes_records() -> None:
    from kg.read import page_from_text

    assert isinstance(StubExtractor().extract(page_from_text(PAGE, name="a")), Record)


def test_whynot_prints_what_holds_between_two_names() -> None:
    assert kg_run("whynot", "pages/a.txt", "甲市总工会", "送教上门").stdout == (
        "Union 甲市总工会\n"
        "Programme 送教上门\n"
        "\n"
        "→ 甲市总工会 —runs→ 送教上门 (planned)  [stub-runs 0.80]\n"
        "      甲市总工会将开展送教上门\n"
    )


def test_whynot_gives_the_nearest_names() -> None:
    result = kg_run("whynot", "pages/a.txt", "甲市工会", "送教上门")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: 甲市工会: no such name was found on the page. Nearest names: 甲市总工会.\n"
