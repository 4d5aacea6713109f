"""Raw page text → comparable text with a map back to raw offsets.

What newspapers and their exports do to characters is undone here, one page at a time: HTML entities, Windows line ends,
byte order marks, full-width Latin and the many kinds of space. Chinese punctuation stays. Nothing is said yet about
what a line is; that is `kg.segment`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.entities import html5

HAN_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～")
"""Chinese punctuation: a space beside it is typesetting."""

_SILENT_MARKS = frozenset("“”‘’「」『』\"'《》〈〉")
# NFKC would make ASCII of them, and Chinese names are written with these.
_KEPT_MARKS = frozenset("（），：；！？～")
_NEVER_FOLLOWED_BY_SPACE = "，"
_TYPESET_SHARE = 0.2
_TYPESET_MINIMUM = 5

_Piece = tuple[str, int, int]
"""A clean code point with the raw range that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """A cleaned text whose every code point knows where it comes from.

    Args:
        text: The cleaned text; lines end in a line feed.
        starts: For each code point of `text`, the raw offset where it starts; never falls.
        stops: For each code point of `text`, the raw offset just behind it.
    """

    text: str
    starts: tuple[int, ...] = field(repr=False)
    stops: tuple[int, ...] = field(repr=False)


def clean_text(raw: str) -> CleanText:
    """Folds the variants of one character into one, and takes out the spaces of typesetting.

    Args:
        raw: The page as read.

    Returns:
        The cleaned text; empty for an empty page. Cleaning it again changes nothing, unless it still holds an entity
        (`&amp;gt;` is `&gt;` after one round, as its author wrote).
    """
    pieces = list(_fold(raw))
    text = "".join(piece[0] for piece in pieces)
    if _is_typeset(text):
        stray = frozenset(_stray_spaces(text))
        pieces = [piece for at, piece in enumerate(pieces) if at not in stray]
    return CleanText(
        text="".join(piece[0] for piece in pieces),
        starts=tuple(piece[1] for piece in pieces),
        stops=tuple(piece[2] for piece in pieces),
    )


def plain_name(surface: str) -> str:
    """The name of what a stretch of text names: NFKC with Chinese brackets kept, no space, quotation or title marks.

    Within a page, names are compared in this form; the graph has its own, which keeps marks (`kg.vocab.plain_name`).
    """
    folded = "".join(char if char in _KEPT_MARKS else unicodedata.normalize("NFKC", char) for char in surface)
    return "".join(char for char in folded if not char.isspace() and char not in _SILENT_MARKS)


def is_han(char: str) -> bool:
    """Whether a code point is a Chinese character, not a mark."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or char == "〇"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def is_chinese(char: str) -> bool:
    """Whether a code point is a Chinese character or mark, so that no space belongs beside it."""
    return is_han(char) or char in HAN_MARKS


def _fold(raw: str) -> Iterator[_Piece]:
    done = 0
    for match in _special().finditer(raw):
        plain = _plain(match[0])
        if plain is None:
            continue
        for at in range(done, match.start()):
            yield raw[at], at, at + 1
        for char in plain:
            yield char, match.start(), match.end()
        done = match.end()
    for at in range(done, len(raw)):
        yield raw[at], at, at + 1


def _plain(found: str) -> str | None:
    """What stands for one entity, line end or odd character; None for what only looks like an entity."""
    if found.startswith("\r"):
        return "\n"
    if not found.startswith("&"):
        return found.translate(_folds())
    if found[1] != "#" and found[1:] not in html5:
        return None
    return unescape(found).replace("\r", "\n").translate(_folds())


@cache
def _special() -> re.Pattern[str]:
    entity = r"&#[0-9]{1,7};|&#[xX][0-9a-fA-F]{1,6};|&[A-Za-z][A-Za-z0-9]{1,31};"
    return re.compile(rf"{entity}|\r\n?|[{re.escape(''.join(map(chr, _folds())))}]")


@cache
def _folds() -> dict[int, str]:
    """Code point → what replaces it."""
    folds = {ord(char): "" for char in "\ufeff\u00ad\u2060\u061c"}
    folds |= {code: "" for span in ((0x00, 0x09), (0x0E, 0x20), (0x7F, 0x85), (0x86, 0xA0)) for code in range(*span)}
    folds |= {code: "" for span in ((0x200B, 0x2010), (0x202A, 0x202F), (0x2066, 0x206A)) for code in range(*span)}
    folds |= {ord(char): " " for char in "\t\u00a0\u1680\u202f\u205f\u3000"} | dict.fromkeys(range(0x2000, 0x200B), " ")
    folds |= {ord(char): "\n" for char in "\x0b\x0c\x85\u2028\u2029"}
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
    return folds | {code: chr(code - 0xFEE0) for code in wide}


def _is_typeset(text: str) -> bool:
    """Whether the page spaces its commas, as some typesetting exports do.

    Chinese puts no space behind a comma; where a fifth of them have one, other spaces mean nothing either.
    """
    inner = spaced = 0
    for at in range(len(text) - 1):
        if text[at] == _NEVER_FOLLOWED_BY_SPACE and text[at + 1] != "\n":
            inner += 1
            spaced += text[at + 1] == " "
    return spaced >= _TYPESET_MINIMUM and spaced > _TYPESET_SHARE * inner


def _stray_spaces(text: str) -> Iterator[int]:
    """Offsets of the spaces that stand between Chinese and mean nothing.

    Kept are the indent of a line, and what may be a list of names or a headline of two clauses: the inside of a bracket
    without marks, and a line without marks whose words all have two characters or more.
    """
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if not _is_name_list(line):
            kept = {at for m in _plain_bracket().finditer(line) if _is_name_list(m[1]) for at in range(*m.span(1))}
            for match in _inner_spaces().finditer(line):
                if is_chinese(line[match.start() - 1]) and is_chinese(line[match.end()]) and match.start() not in kept:
                    yield from range(start + match.start(), start + match.end())
        start = stop + 1


def _is_name_list(text: str) -> bool:
    words = text.split()
    return not any(char in HAN_MARKS for char in text) and bool(words) and all(len(word) > 1 for word in words)


@cache
def _plain_bracket() -> re.Pattern[str]:
    return re.compile("（([^（）]*)）")


@cache
def _inner_spaces() -> re.Pattern[str]:
    return re.compile(r"(?<=[^ ]) +(?=[^ ])")
