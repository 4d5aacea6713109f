"""Draft of an article → `Article`: joined text with offsets, sentences, authors, raw spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.clean import CleanText, is_chinese
from kg.lexicon import Lexicon
from kg.model import Article, Byline, Sentence, Span
from kg.segment.blocks import CLOSING_MARKS, FINAL_MARKS, Block, Role, ends_sentence
from kg.segment.credits import find_credits, parse_credit, read_credits

_Line = tuple[str, list[int]]
"""The text of a paragraph and the places of its code points in the cleaned page."""


_ENDING = 1000  # code points that tell how a paragraph ends
_LONGEST_SENTENCE = 1000
_WEAK_MARKS = "；，、"


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """Blocks that read on without a break.

    Args:
        role: `headline`, `subhead`, `body` or `credit`.
        blocks: In reading order; at least one.
    """

    role: str
    blocks: list[Block]

    @property
    def text(self) -> str:
        """The joined text, with its spaces."""
        return "".join(block.text for block in self.blocks)

    @property
    def end(self) -> str:
        """The last blocks of the text, enough to tell how it ends."""
        blocks, length = [], 0
        for block in reversed(self.blocks):
            blocks.append(block.text[-_ENDING:])
            length += len(block.text)
            if length >= _ENDING:
                break
        return "".join(reversed(blocks))


@dataclass(slots=True, kw_only=True)
class Draft:
    """An article in the making.

    Args:
        kickers: Lines above the headline; they help to match, and belong to nothing.
        head: Headline, subtitles and the credit under them.
        body: Paragraphs and cross-heads.
        tail: Captions, credits and the source, which stand at the end wherever the page prints them.
        truncated: True when the page goes on to something else in mid-sentence.
        framed: True when only an unusual indent says that something new begins here.
        reordered: True when its parts do not stand together on the page.
    """

    kickers: list[Block] = field(default_factory=list)
    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    tail: list[Paragraph] = field(default_factory=list)
    truncated: bool = False
    framed: bool = False
    reordered: bool = False

    @property
    def blocks(self) -> list[Block]:
        """All blocks that belong to the article, in reading order."""
        return [block for paragraph in (*self.head, *self.body, *self.tail) for block in paragraph.blocks]

    def headline(self) -> str:
        """The text of the headline; empty without one."""
        return next((paragraph.text for paragraph in self.head if paragraph.role == "headline"), "")


def compose_article(index: int, draft: Draft, page: CleanText, order: Sequence[Block], lexicon: Lexicon) -> Article:
    """Turns a draft into an article.

    Args:
        index: Its place among the page's articles.
        draft: At least one block.
        page: The cleaned page.
        order: All blocks of the page in file order: ranges of neighbours are joined.
        lexicon: Patterns of credits.
    """
    lines: list[str] = []
    places: list[int] = []
    sentences: list[Sentence] = []
    byline: list[Byline] = []
    for paragraph in (*draft.head, *draft.body, *draft.tail):
        (line, at), authors = _line(paragraph, lexicon)
        if not line:
            continue
        if lines:
            places.append(at[0])
        sentences += _sentences(line, len(places), paragraph.role, lexicon)
        lines.append(line)
        places += at
        byline += authors
    text = "\n".join(lines)
    return Article(
        index=index,
        headline=_line(draft.head[0], lexicon)[0][0] if draft.headline() else "",
        byline=tuple(dict.fromkeys(byline)),
        spans=_spans(draft.blocks, page, order),
        source=_source(draft, lexicon),
        text=text,
        starts=tuple(map(page.starts.__getitem__, places)),
        stops=_stops(text, places, page),
        sentences=tuple(sentences),
        truncated=draft.truncated,
    )


def _stops(text: str, places: Sequence[int], page: CleanText) -> tuple[int, ...]:
    """Where each code point stops in the raw page; a line break that joins two paragraphs stops where it starts."""
    stops = [*map(page.stops.__getitem__, places)]
    at = text.find("\n")
    while at >= 0:
        stops[at] = page.starts[places[at]]
        at = text.find("\n", at + 1)
    return tuple(stops)


def is_complete(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether a paragraph ends where a sentence, a credit or a bracketed byline ends."""
    text = lexicon.pattern("segment-jump").sub("", paragraph.end).rstrip()
    return ends_sentence(text) or any(span[1] == len(text) for span, _ in find_credits(text, lexicon))


def _line(paragraph: Paragraph, lexicon: Lexicon) -> tuple[_Line, tuple[Byline, ...]]:
    """The characters of a paragraph without stray spaces, and the authors that it names."""
    text = paragraph.text
    places = [at for block in paragraph.blocks for at in block.at]
    if paragraph.role == "credit":
        keep, authors = [(0, len(text))], read_credits(text, lexicon)
    elif paragraph.role == "body":
        found = list(find_credits(text, lexicon))
        keep, authors = [span for span, _ in found], tuple(author for _, group in found for author in group)
    else:
        keep, authors = [], ()
    inside = {at for span in keep for at in range(span[0] + 1, span[1] - 1)}
    left_out = {at for match in lexicon.pattern("segment-jump").finditer(text) for at in range(*match.span())}
    spaces = (match.start() for match in _space().finditer(text))
    left_out.update(at for at in spaces if at not in inside and not _separates(text, at))
    if left_out:
        kept = [at for at in range(len(text)) if at not in left_out]
        text, places = "".join(map(text.__getitem__, kept)), [places[at] for at in kept]
    return (text, places), authors


def _separates(text: str, at: int) -> bool:
    """Whether a space stands between two Latin words or numbers."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before.strip() and after.strip()) and not is_chinese(before) and not is_chinese(after)


def _sentences(text: str, offset: int, role: str, lexicon: Lexicon) -> Iterator[Sentence]:
    for start, stop in _cut(text, role, lexicon):
        bare = text[start:stop]
        first, last = start + len(bare) - len(bare.lstrip()), stop - len(bare) + len(bare.rstrip())
        if first < last:
            credit = role == "body" and start and parse_credit(bare.strip(), lexicon)
            yield Sentence(at=(offset + first, offset + last), role="credit" if credit else role)


def _cut(text: str, role: str, lexicon: Lexicon) -> Iterator[Span]:
    """Cuts a paragraph behind final marks; headlines and credits stay whole."""
    start = 0
    if role in ("body", "subhead"):
        for match in _sentence_end().finditer(text):
            yield from _bounded(text, start, match.end())
            start = match.end()
    yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, stop: int) -> Iterator[Span]:
    """A sentence; one that is longer than any is cut behind marks, so that no rule has to look further."""
    while stop - start > _LONGEST_SENTENCE:
        least, most = start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE
        cut = max((text.rfind(mark, least, most) for mark in _WEAK_MARKS), default=-1) + 1 or most
        yield start, cut
        start = cut
    yield start, stop


@cache
def _space() -> re.Pattern[str]:
    return re.compile(" ")


@cache
def _sentence_end() -> re.Pattern[str]:
    """A run of final marks and closing quotes that no comma, title mark or bracket follows."""
    return re.compile(rf"(?<![{FINAL_MARKS}])[{FINAL_MARKS}]++[”’」』]*+(?![，、；：,;:》）)】{FINAL_MARKS}”’」』])")


def _spans(blocks: Sequence[Block], page: CleanText, order: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """Raw ranges of blocks; neighbours on the page make one range."""
    mine = {block.at[0] for block in blocks}
    spans: list[tuple[int, int]] = []
    neighbour = False
    for block in order:
        if block.at[0] in mine:
            start, stop = page.starts[block.at[0]], page.stops[block.at[-1]]
            if neighbour:
                start = spans.pop()[0]
            spans.append((start, stop))
        neighbour = block.at[0] in mine
    return tuple(spans)


def _source(draft: Draft, lexicon: Lexicon) -> str | None:
    for block in draft.blocks:
        for word in block.text.split() if block.role is Role.SOURCE else ():
            if match := lexicon.pattern("segment-source").search(word):
                return match[1].strip(CLOSING_MARKS + " ") or None
    return None
