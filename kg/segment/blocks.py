"""Cleaned page → blocks: the lines that belong together, each with what its shape says it is.

A page comes in one of two styles. In block style a line is a whole paragraph (or a piece that a column break cut off).
In wrapped style a line is as wide as the column was, and a blank line or an indent opens the next block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

from kg.clean import CHINESE_RUN, HAN, CleanText
from kg.lexicon import Lexicon
from kg.segment.credits import parse_credit, parse_signature

FINAL_MARKS = "。！？!?…"
CLOSING_MARKS = "”’」』）)》】"
HEAD_LIMIT = 46
"""Longest headline line, in code points."""

_WRAPPED_WIDTH = 96  # display columns: no newspaper column is wider
_WRAPPED_SHARE = 0.6
_WRAPPED_MINIMUM = 5
_HEADLINE_LINES = 3
_COLUMN_LIMIT = 8
_CREDIT_LIMIT = 60
_BYLINE_LIMIT = 400
_TITLE_LINES = 20
_CLAUSES = 3
_COMMA_LIMIT = 28
_CLAUSE = 2
_OPEN_ENDS = "：，、"
_FIRST_LINE_INDENT = 8  # display columns that an indented first line may lack, with room for uneven typesetting


class Role(StrEnum):
    """What the shape of a block says that it is."""

    HEAD = "head"
    SUBTITLE = "subtitle"
    COLUMN = "column"
    FURNITURE = "furniture"
    CREDIT = "credit"
    SOURCE = "source"
    DATELINE = "dateline"
    CAPTION = "caption"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together.

    Args:
        text: Their text, joined, with its spaces.
        at: For each code point of `text`, its place in the cleaned page; for a space put between two Latin
            words, the place of what follows.
        role: What its shape says.
        gap: Blank lines before it; 0 for none.
        marks: Number of `#` before it.
        frame: True when an unusual indent opens it.
        full: True when its last line is as wide as the column, so that its end may be a mere column break.
    """

    text: str
    at: tuple[int, ...] = field(repr=False)
    role: Role = Role.BODY
    gap: int = 0
    marks: int = 0
    frame: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    start: int
    indent: int
    gap: int
    marks: int
    width: int


def read_blocks(page: CleanText, lexicon: Lexicon) -> tuple[Block, ...]:
    """The blocks of a page in file order; empty for a page without a visible character."""
    lines = tuple(_lines(page.text))
    wrapped = _is_wrapped(lines)
    groups = _wrapped_groups(lines, lexicon) if wrapped else _block_groups(lines, lexicon)
    column = median(line.width for line in lines) - _FIRST_LINE_INDENT if wrapped else _WRAPPED_WIDTH * HEAD_LIMIT
    blocks = tuple(_block(group, frame, group[-1].width > column, lexicon) for group, frame in groups)
    return tuple(_mark_by_neighbours(blocks, lexicon))


def ends_sentence(text: str) -> bool:
    """Whether a paragraph is complete: it ends in a final mark, whatever closes or is signed in brackets behind it."""
    bare = text.rstrip(" ")
    if bare.endswith("）") and (at := bare.rfind("（")) > 0 and len(bare) - at <= _CREDIT_LIMIT:
        bare = bare[:at].rstrip(" ")
    return bare.rstrip(" " + CLOSING_MARKS)[-1:] in tuple(FINAL_MARKS) or not bare


def is_headline_shaped(text: str) -> bool:
    """Whether a block could be a headline, a kicker or a cross-head: short, and no sentence."""
    bare = text.strip()
    return (
        2 <= len(bare) <= HEAD_LIMIT
        and not ("。" in bare or "；" in bare or "，" in bare)
        and HAN.search(bare) is not None
        and bare[-1] not in "，、：；,:;"
        and bare[0] not in "，、：；。！？）》”’"
    )


def is_comma_headline(block: Block, lexicon: Lexicon) -> bool:
    """Whether a line is a headline in all but its commas; only its place can tell it from a piece of a sentence."""
    clauses = block.text.split("，")
    return (
        len(clauses) <= _CLAUSES
        and all(len(clause) >= _CLAUSE for clause in clauses)
        and is_headline_shaped(block.text.replace("，", " "))
        and len(block.text) <= _COMMA_LIMIT
        and not lexicon.pattern("segment-fragment").search(clauses[0])
        and not lexicon.pattern("segment-lede").search(block.text)
    )


def _lines(text: str) -> Iterator[_Line]:
    start = gap = 0
    for whole in text.split("\n"):
        bare = whole.strip(" ")
        marks = len(bare) - len(bare.lstrip("#"))
        inner = bare.lstrip("#").lstrip(" ").removeprefix("**").removesuffix("**").rstrip("# ") if bare else ""
        if inner:
            at = start + whole.index(inner, marks)
            indent = len(whole) - len(whole.lstrip(" "))
            yield _Line(text=inner, start=at, indent=indent, gap=gap, marks=marks, width=_width(inner))
            gap = 0
        else:
            gap += 1
        start += len(whole) + 1


def _width(text: str) -> int:
    """Display columns: two for a Chinese character or mark, one for others."""
    return 2 * len(text) - len(CHINESE_RUN.sub("", text))


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    inner = [line for line, following in pairwise(lines) if not following.gap]
    if len(inner) < max(_WRAPPED_MINIMUM, 0.4 * len(lines)):
        return False
    cut = sorted(line.width for line in inner if not ends_sentence(line.text))
    if len(cut) <= _WRAPPED_SHARE * len(inner) or median(cut) > _WRAPPED_WIDTH:
        return False
    column = cut[4 * len(cut) // 5]
    return sum(abs(width - column) <= 0.3 * column for width in cut) >= _WRAPPED_SHARE * len(cut)


_Group = tuple[tuple[_Line, ...], bool]


def _block_groups(lines: Sequence[_Line], lexicon: Lexicon) -> Iterator[_Group]:
    """One line is one block, but for a headline that is printed over two lines without a blank line between them."""
    spaced = sum(line.gap > 0 for line in lines) > 0.6 * len(lines)
    at = 0
    while at < len(lines):
        pair = lines[at : at + 2]
        fresh = at == 0 or ends_sentence(lines[at - 1].text) or _role(lines[at - 1].text, lexicon) is not Role.BODY
        if len(pair) == 2 and fresh and spaced and _is_broken_headline(pair[0], pair[1], lexicon):
            yield tuple(pair), False
            at += 2
        else:
            yield (lines[at],), False
            at += 1


def _is_broken_headline(first: _Line, second: _Line, lexicon: Lexicon) -> bool:
    """Whether a headline goes on in the next line: they touch, or the first ends in a colon or comma."""
    if first.marks != second.marks or len(first.text) + len(second.text) > HEAD_LIMIT:
        return False
    open_end = first.text[-1] in _OPEN_ENDS and is_headline_shaped(first.text[:-1])
    whole = len(first.text) > _COLUMN_LIMIT and second.text[0].isdigit()
    touching = not second.gap and _role(first.text, lexicon) is Role.HEAD and not whole
    plain = _role(second.text, lexicon) is Role.HEAD and " " not in first.text
    plain = plain and (" " not in second.text or first.text.endswith(_OPEN_ENDS[0]))
    return plain and (touching or (open_end and second.gap <= 1))


def _wrapped_groups(lines: Sequence[_Line], lexicon: Lexicon) -> Iterator[_Group]:
    """Lines up to a blank line, an indent, the end of a paragraph or the first line of an article."""
    indents = [line.indent for line in lines]
    common = min(indents, default=0)
    indented = sum(indent > common for indent in indents)
    blocks = sum(1 for line in lines if line.gap) + 1
    rare = indented <= max(3, blocks // 3)
    group: list[_Line] = []
    widest = 0
    for line in lines:
        indented = line.indent > common and not (group and _in_bracket(group[-1].text))
        if group and (line.gap or indented or _opens_block(group, widest, line, lexicon)):
            for part in _split_off_headline(group, line, lexicon):
                yield part, rare and part[0].indent > common
            group, widest = [], 0
        group.append(line)
        widest = max(widest, line.width)
    if group:
        yield tuple(group), rare and group[0].indent > common


def _split_off_headline(group: Sequence[_Line], line: _Line, lexicon: Lexicon) -> Iterator[tuple[_Line, ...]]:
    """Parts a paragraph from a headline that follows it without a blank line, above a dateline or an indented text."""
    at = len(group)
    if not line.gap:
        while at > 0 and len(group) - at < _HEADLINE_LINES and _role(group[at - 1].text, lexicon) is Role.HEAD:
            at -= 1
        if at == 0 or not ends_sentence(group[at - 1].text):
            at = len(group)
    yield from (part for part in (tuple(group[:at]), tuple(group[at:])) if part)


def _opens_block(group: Sequence[_Line], widest: int, line: _Line, lexicon: Lexicon) -> bool:
    last, short = group[-1], len(group) <= _TITLE_LINES
    if line.marks or last.marks or (ends_sentence(last.text) and last.width < widest - 3):
        return True
    role = _role(line.text, lexicon)
    if (
        role is not Role.CREDIT
        and short
        and all(is_headline_shaped(each.text) for each in group)
        and parse_credit(" ".join(each.text for each in group), lexicon) is not None
    ):
        return not line.text.startswith(lexicon.words("segment-photo"))
    if role in (Role.DATELINE, Role.COLUMN, Role.SUBTITLE, Role.SOURCE, Role.FURNITURE):
        return role is not Role.FURNITURE or HAN.search(line.text) is not None
    titles = short and all(_role(each.text, lexicon) in (Role.HEAD, Role.SUBTITLE) for each in group)
    if role is Role.CREDIT and (ends_sentence(last.text) or titles):
        return True
    head = len(group) <= 2 and all(_role(each.text, lexicon) is Role.HEAD for each in group)
    if head and last.width < line.width and lexicon.pattern("segment-lede").search(line.text):
        return True
    return head and last.width < line.width - _FIRST_LINE_INDENT and not is_headline_shaped(line.text)


def _block(group: Sequence[_Line], frame: bool, full: bool, lexicon: Lexicon) -> Block:
    parts, so_far, at = [group[0].text], group[0].text, [*range(group[0].start, group[0].start + len(group[0].text))]
    for line in group[1:]:
        latin = _is_latin(so_far[-1]) and _is_latin(line.text[0])
        gap = " " if latin or _names_meet(so_far, line, lexicon) else ""
        parts += (gap, line.text)
        at += (*[line.start] * len(gap), *range(line.start, line.start + len(line.text)))
        # A byline is shorter than that, so that what was long before a line says nothing of it.
        so_far = (so_far + gap + line.text)[-_BYLINE_LIMIT:]
    text = "".join(parts)
    return Block(
        text=text,
        at=tuple(at),
        role=_role(text, lexicon),
        gap=group[0].gap,
        marks=group[0].marks,
        frame=frame,
        full=full,
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _in_bracket(text: str) -> bool:
    """Whether a line ends inside a bracket without marks, as a byline that goes on in the next line does."""
    tail = text[-_CREDIT_LIMIT - 1 :]
    inside = tail[tail.rfind("（") + 1 :] if "（" in tail else "）"
    return not any(mark in inside for mark in "），。；：！？")


def _names_meet(text: str, line: _Line, lexicon: Lexicon) -> bool:
    """Whether a line break stands for the space between two words of a byline."""
    roles, photo = lexicon.words("segment-role"), lexicon.words("segment-photo")
    if not (_in_bracket(text) or (len(text) < _BYLINE_LIMIT and parse_credit(text, lexicon) is not None)):
        return False
    return line.indent > 0 or text.endswith(roles) or line.text.startswith((*roles, *photo))


def _role(text: str, lexicon: Lexicon) -> Role:
    if text.strip(FINAL_MARKS + CLOSING_MARKS) == "":
        return Role.BODY
    if len(text) <= _CREDIT_LIMIT and parse_credit(text, lexicon) is not None:
        return Role.CREDIT
    if lexicon.pattern("segment-signature").search(text) and parse_signature(text, lexicon):
        return Role.CREDIT
    for name, role in (
        ("segment-furniture", Role.FURNITURE),
        ("segment-column", Role.COLUMN),
        ("segment-source", Role.SOURCE),
        ("segment-metadata", Role.SOURCE),
    ):
        if lexicon.pattern(name).search(text):
            return role
    if lexicon.pattern("segment-jump").fullmatch(text):
        return Role.FURNITURE
    if lexicon.pattern("segment-signature").search(text):
        return Role.CREDIT
    if lexicon.pattern("segment-dateline").search(text):
        return Role.DATELINE
    if lexicon.pattern("segment-caption").search(text):
        return Role.CAPTION
    if len(text) <= _COLUMN_LIMIT and text.endswith(lexicon.words("segment-column-word")):
        return Role.COLUMN
    if not is_headline_shaped(text) or lexicon.pattern("segment-fragment").search(text):
        return Role.BODY
    return Role.SUBTITLE if lexicon.pattern("segment-subtitle").search(text) else Role.HEAD


def _mark_by_neighbours(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Block]:
    """Corrects what a shape alone cannot tell.

    A line printed twice as a headline is a slogan or a column head; a short line with a comma right before a dateline
    is a headline, elsewhere a piece of a sentence.
    """
    heads = Counter(block.text for block in blocks if block.role is Role.HEAD)
    for block, following in zip(blocks, (*blocks[1:], None), strict=False):
        if block.role is Role.HEAD and heads[block.text] > 1:
            yield replace(block, role=Role.COLUMN)
        elif block.role is Role.BODY and _is_marked(block, following) and is_comma_headline(block, lexicon):
            yield replace(block, role=Role.HEAD)
        else:
            yield block


def _is_marked(block: Block, following: Block | None) -> bool:
    return block.marks > 0 or (following is not None and following.role is Role.DATELINE)
