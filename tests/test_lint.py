"""The tools that watch over the code, as tests: one command checks all."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("ruff", "check", "."), id="ruff-check"),
        pytest.param(("ruff", "format", "--check", "."), id="ruff-format"),
        pytest.param(("mypy", "--strict"), id="mypy"),
        pytest.param(("lint-imports",), id="import-linter"),
    ],
)
def test_clean(command: tuple[str, ...]) -> None:
    run = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


# Texts of the interface in two languages, and the home of words itself.
WITH_CHINESE = {"cli.py", "exporters", "lexicon"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_chinese_words_in_code(path: Path) -> None:
    """They belong to kg/lexicon; marks and classes of single characters may stand in code."""
    if WITH_CHINESE & set(path.relative_to(ROOT / "kg").parts):
        return
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff]{2}", re.sub(r"\[[^]]*\]", "", text))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500


def test_no_path_of_a_machine_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.splitlines() if not name.startswith("seeds/")]
    texts = {path: path.read_text("utf-8", "replace") for path in files if path.is_file() and path != Path(__file__)}
    machine = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|Users)/\w")
    assert [str(path.relative_to(ROOT)) for path, text in texts.items() if machine.search(text)] == []
