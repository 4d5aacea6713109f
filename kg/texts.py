"""What the interface says, in English and Chinese.

English texts stand in the code; `texts.toml` gives the Chinese of each, where `{}` stands for what the code fills in. A
text without Chinese stays English, and `tests/test_texts.py` finds it.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from kg.errors import KgError

LANGUAGES = ("en", "zh")


def translate(text: str, language: str) -> str:
    """An English text of the program, already filled in, in the wanted language.

    Args:
        text: A text of the program, or any other, which comes back unchanged.
        language: One of `LANGUAGES`.
    """
    if language != "zh":
        return text
    plain, patterns = _catalogue()
    if text in plain:
        return plain[text]
    for _, pattern, chinese in patterns:
        if match := pattern.fullmatch(text):
            return chinese.format(*match.groups())
    return text


def fill(text: str, language: str, *values: object) -> str:
    """A text of the program with its `{}` filled in.

    Args:
        text: An English text of the catalogue, not yet filled in.
        language: One of `LANGUAGES`.
        values: One for each `{}`.
    """
    if language == "zh":
        plain, patterns = _catalogue()
        text = plain.get(text) or next((chinese for english, _, chinese in patterns if english == text), text)
    return text.format(*values)


def describe_error(error: KgError, language: str) -> str:
    """One line for a person: what it is about, what went wrong, what to do next."""
    texts = [error.subject, translate(error.message, language), translate(error.hint, language)]
    # Messages of libraries may hold line breaks.
    parts = [" ".join(text.splitlines()) for text in texts]
    if error.subject and error.hint:
        return fill("Error: {}: {}. {}.", language, *parts)
    if error.subject:
        return fill("Error: {}: {}.", language, *parts[:2])
    if error.hint:
        return fill("Error: {}. {}.", language, *parts[1:])
    return fill("Error: {}.", language, parts[1])


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, str], tuple[tuple[str, re.Pattern[str], str], ...]]:
    """(fixed texts, texts with places to fill in) from English to Chinese; read at the first need."""
    entries = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))["text"]
    plain = {entry["en"]: entry["zh"] for entry in entries if "{}" not in entry["en"]}
    patterns = tuple(
        (entry["en"], re.compile("(.+?)".join(map(re.escape, entry["en"].split("{}"))), re.DOTALL), entry["zh"])
        # The longest first: a text with more fixed words in it says better what it is.
        for entry in sorted(entries, key=lambda entry: (-len(entry["en"]), entry["en"]))
        if "{}" in entry["en"]
    )
    return plain, patterns
