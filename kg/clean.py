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

_HAN = "\u4e00-\u9fff\u3400-\u4dbf〇\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
"""A Chinese character, not a mark."""
HAN_RUN = re.compile(f"[{_HAN}]+")
"""Chinese characters in a row."""
CHINESE_RUN = re.compile(f"[{_HAN}{''.join(sorted(HAN_MARKS))}]+")
"""Chinese characters and marks in a row, so that no space belongs beside them."""

# Names of such characters alone are plain already but for their marks, and most names are such.
_NEARLY_PLAIN = re.compile(f"[\u4e00-\u9fffA-Za-z0-9{re.escape(''.join(sorted(_KEPT_MARKS | _SILENT_MARKS)))}]*")
_SILENT = dict.fromkeys(map(ord, _SILENT_MARKS))


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
    text, starts, stops = _fold(raw)
    if _is_typeset(text):
        stray = frozenset(_stray_spaces(text))
        kept = [at for at in range(len(text)) if at not in stray]
        text, starts, stops = (
            "".join(map(text.__getitem__, kept)),
            [starts[at] for at in kept],
            [stops[at] for at in kept],
        )
    return CleanText(text=text, starts=tuple(starts), stops=tuple(stops))


def plain_name(surface: str) -> str:
    """The name of what a stretch of text names: NFKC with Chinese brackets kept, no space, quotation or title marks.

    Within a page, names are compared in this form; the graph has its own, which keeps marks (`kg.vocab.plain_name`).
    """
    if _NEARLY_PLAIN.fullmatch(surface):
        return surface.translate(_SILENT)
    folded = "".join(char if char in _KEPT_MARKS else unicodedata.normalize("NFKC", char) for char in surface)
    return "".join(char for char in folded if not char.isspace() and char not in _SILENT_MARKS)


def is_han(text: str) -> bool:
    """Whether a text is made of Chinese characters, without marks; not the empty text."""
    return HAN_RUN.fullmatch(text) is not None


def is_chinese(text: str) -> bool:
    """Whether a text is made of Chinese characters and marks, so that no space belongs beside it."""
    return CHINESE_RUN.fullmatch(text) is not None


def _fold(raw: str) -> tuple[str, list[int], list[int]]:
    """The text without odd characters, and for each code point where its raw range starts and stops."""
    parts: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    done = 0
    for match in _special().finditer(raw):
        plain = _plain(match[0])
        if plain is None:
            continue
        start, stop = match.span()
        parts += (raw[done:start], plain)
        starts += (*range(done, start), *[start] * len(plain))
        stops += (*range(done + 1, start + 1), *[stop] * len(plain))
        done = stop
    parts.append(raw[done:])
    starts += range(done, len(raw))
    stops += range(done + 1, len(raw) + 1)
    return "".join(parts), starts, stops


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
    comma = _NEVER_FOLLOWED_BY_SPACE
    inner = text.count(comma) - text.count(comma + "\n") - text.endswith(comma)
    spaced = text.count(comma + " ")
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
    return HAN_MARKS.isdisjoint(text) and bool(words) and all(len(word) > 1 for word in words)


@cache
def _plain_bracket() -> re.Pattern[str]:
    return re.compile("（([^（）]*)）")


@cache
def _inner_spaces() -> re.Pattern[str]:
    return re.compile(r"(?<=[^ ]) +(?=[^ ])")
