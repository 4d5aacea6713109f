"""The Chinese of every text of the interface."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import errors
from kg.errors import KgError, PageError
from kg.model import EntityType, Predicate, Status
from kg.texts import describe_error, fill, translate
from kg.vocab import ontology_folder

PACKAGE = Path(errors.__file__).parent
ENTRIES = tomllib.loads((PACKAGE / "texts.toml").read_text("utf-8"))["text"]
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, KgError)}
SPOKEN = {"_say", "say", "fill"}


def template(node: ast.expr) -> str | None:
    """A string or f-string of the code, with `{}` for what is filled in; None for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def texts_of(tree: ast.Module) -> Iterator[str]:
    """Messages and hints of errors, also of those that stand in a variable first, and what the interface says."""

    def resolve(node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.IfExp):
            yield from resolve(node.body)
            yield from resolve(node.orelse)
        elif isinstance(node, ast.Name):
            for other in ast.walk(tree):
                if isinstance(other, ast.Assign) and any(getattr(to, "id", None) == node.id for to in other.targets):
                    yield from resolve(other.value)
        elif (text := template(node)) is not None:
            yield text

    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ERRORS and node.args:
            yield from resolve(node.args[0])
            for keyword in node.keywords:
                if keyword.arg == "hint":
                    yield from resolve(keyword.value)
        elif (called == "fail" and node.args) or (called in SPOKEN and node.args):
            yield from resolve(node.args[0])


USED = sorted({text for path in sorted(PACKAGE.rglob("*.py")) for text in texts_of(ast.parse(path.read_text("utf-8")))})


def test_every_text_of_the_code_has_its_chinese() -> None:
    known = {entry["en"] for entry in ENTRIES}
    assert [text for text in USED if text and text not in known] == []


def test_there_is_no_chinese_for_texts_that_nobody_says() -> None:
    words = {*map(str, EntityType), *map(str, Predicate), *map(str, Status)}
    words |= {"entities", "facts", "outcomes", "articles", "issues", "missed", "spurious"}  # said through variables
    assert sorted({entry["en"] for entry in ENTRIES} - set(USED) - words) == []


def test_the_catalogue_is_sorted_and_says_nothing_twice() -> None:
    texts = [entry["en"] for entry in ENTRIES]
    assert texts == sorted(set(texts))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["en"])[:40])
def test_both_languages_fill_in_the_same(entry: dict[str, str]) -> None:
    assert entry["zh"] != entry["en"]
    pieces = entry["en"].split("{}")
    values = [f"v{i}" for i in range(len(pieces) - 1)]
    assert entry["zh"].count("{}") == len(values)
    filled = "".join(piece + value for piece, value in zip(pieces, [*values, ""], strict=True))
    assert translate(filled, "zh") == entry["zh"].format(*values)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Error: a.txt: the file is empty. Put the text of the page into it, or leave it out."),
        ("zh", "错误：a.txt：文件是空的。请写入版面文字，或不要列入此文件。"),
    ],
)
def test_an_error_is_one_line_in_either_language(language: str, line: str) -> None:
    error = PageError("the file is empty", subject="a.txt", hint="Put the text of the page into it, or leave it out")
    assert describe_error(error, language) == line


def test_types_and_predicates_are_called_as_in_the_ontology() -> None:
    labels = {
        iri.rpartition("#")[2]: label
        for iri, label in re.findall(
            r"^kg:(\w+) .*?rdfs:label [^;]*?\"([^\"]+)\"@zh",
            (ontology_folder() / "kg.ttl").read_text("utf-8"),
            re.M | re.S,
        )
    }
    words = [*map(str, EntityType), *map(str, Predicate)]
    assert {word: translate(word, "zh") for word in words} == {word: labels[word] for word in words}


def test_a_text_without_chinese_stays_as_it_is() -> None:
    assert translate("nobody ever wrote this", "zh") == "nobody ever wrote this"
    assert fill("nobody ever wrote {}", "zh", "this") == "nobody ever wrote this"
