"""The documentation says what is so: commands run, options and errors are named, figures are measured."""

import inspect
import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import kg
from kg import errors
from kg.api import Graph
from kg.cli import main
from kg.evaluate import Score, evaluate_pages, read_gold, read_gold_pages
from kg.exporters import FORMATS
from kg.query import list_questions

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
MARKS = re.compile(r"(<!-- scores:[^\n]*-->\n)(.*?)(<!-- end of scores -->)", re.DOTALL)
ROWS = ("articles", "headlines", "bylines", "entities", "facts", "outcomes found", "outcomes attributed")
REWRITE = os.environ.get("KG_REWRITE") == "1"
TEST_COMMAND = "pip install -e '.[test]' && pytest"


def commands(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands of the README need, to run them in."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    return folder


@pytest.mark.parametrize("text", [README, CHINESE], ids=["english", "chinese"])
def test_the_commands_of_the_readme_run(text: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    assert commands(text)
    for command in commands(text):
        program, *args = shlex.split(command)
        assert program == "kg"
        result = CliRunner().invoke(main, args, catch_exceptions=False)
        assert (command, result.exit_code) == (command, 0)
        assert result.stdout or "--out" in args


@pytest.mark.parametrize("text", [README, CHINESE], ids=["english", "chinese"])
def test_the_python_of_the_readme_runs(text: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert isinstance(names["graph"], Graph)
    assert (checkout / "graph.ttl").is_file()


def test_the_two_commands_of_the_first_screen_are_the_same_everywhere() -> None:
    for text in (README, CHINESE):
        assert re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL) == ["pip install . && kg build seeds", TEST_COMMAND]
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-1] == TEST_COMMAND
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("text", [README, CHINESE], ids=["english", "chinese"])
@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_documented(name: str, text: str) -> None:
    assert f"`kg {name} " in text
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}`" in text, parameter.opts


@pytest.mark.parametrize("name", [name for name, kind in vars(errors).items() if inspect.isclass(kind)])
def test_every_error_is_documented(name: str) -> None:
    assert f"`{name}`" in README
    assert f"`{name}`" in CHINESE


def test_every_public_name_is_documented() -> None:
    functions = [name for name in kg.__all__ if inspect.isfunction(getattr(kg, name))]
    assert functions
    assert [name for name in functions if f"kg.{name}(" not in README] == []
    methods = [name for name in vars(Graph) if not name.startswith("_") and name != "open"]
    assert [name for name in methods if f"graph.{name}(" not in README] == []
    public = [getattr(kg, name) for name in kg.__all__] + [getattr(Graph, name) for name in methods]
    assert [thing.__name__ for thing in public if not thing.__doc__] == []


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_documented(name: str) -> None:
    assert re.search(rf"\b{name}\b", README)


def test_every_question_has_both_titles() -> None:
    for question in list_questions():
        assert re.search(r"[\u4e00-\u9fff]", question.title["zh"]), question.name
        assert question.title["en"].isascii(), question.name
        assert question.title["en"] != question.name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_documents_name_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [link for link in linked if not (path.parent / link).exists()]
    named = re.findall(r"`((?:kg|ontology|tests|docs)/[\w/.*-]+)`", text)
    missing += [name for name in named if not (any(ROOT.glob(name)) if "*" in name else (ROOT / name).exists())]
    assert missing == []


def test_every_module_has_its_place_in_the_design() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    placed = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    modules = {
        path.stem if path.is_file() else path.name
        for path in (ROOT / "kg").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert placed == modules - {"__init__"}


def table(scores: dict[str, Score], unseen: dict[str, Score], heads: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    lines += [
        f"| {row} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {unseen[row].f1:.3f} |"
        for row, s in scores.items()
        if row in ROWS
    ]
    verbatim = f"{scores['evidence verbatim'].precision:.3f} | | | {unseen['evidence verbatim'].precision:.3f}"
    return "\n".join([*lines, f"| evidence verbatim | {verbatim} |", ""])


def measure(gold_folder: str, *pages: str) -> dict[str, Score]:
    gold = read_gold(ROOT / gold_folder)
    read = read_gold_pages(gold, [ROOT / folder for folder in pages])
    records = {stem: kg.extract(page.text, name=page.name).to_json() for stem, page in read.items()}
    return evaluate_pages(gold, records, {stem: page.text for stem, page in read.items()})


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("README.md", ("", "precision", "recall", "F1", "F1 on the check set")),
        ("README.zh.md", ("", "精确率", "召回率", "F1", "检验集 F1")),
    ],
    ids=["english", "chinese"],
)
def test_the_scores_of_the_readme_are_measured(name: str, heads: tuple[str, ...]) -> None:
    scores = measure("tests/gold", "seeds")
    unseen = measure("tests/gold_check", "seeds", "tests/gold_check/pages")
    path = ROOT / name
    text = path.read_text("utf-8")
    measured = MARKS.sub(lambda match: match[1] + table(scores, unseen, heads) + match[3], text)
    if REWRITE:
        path.write_text(measured, "utf-8")
    assert MARKS.search(text)
    assert measured == text or REWRITE, f"{name}: run KG_REWRITE=1 pytest tests/test_docs.py and look at the difference"
