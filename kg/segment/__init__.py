"""Page → articles: which blocks belong together, in which order, and under which headline.

The walk goes through the page in file order with one article open. A paragraph that does not end in a final mark goes
on in the next block of body text, unless a headline stands between. Only what the file order leaves over (a headline
without a body, a body without a headline) is matched by content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.clean import CleanText, clean_text
from kg.lexicon import Lexicon
from kg.model import Article, Issue, Page
from kg.segment.blocks import Block, read_blocks
from kg.segment.compose import Draft, compose_article
from kg.segment.reorder import reorder_drafts
from kg.segment.walk import Walk

__all__ = ["LONGEST_PAGE", "segment_page"]

LONGEST_PAGE = 20_000
"""Code points of a page: twice the text of a broadsheet full of small print."""

_PART_ENDS = ("\n\n", "\n", "。", "，", "、")
_BEGINNING = 20
"""Code points that tell one text without a headline from another."""


def segment_page(page: Page, lexicon: Lexicon) -> tuple[tuple[Article, ...], tuple[Issue, ...]]:
    """Puts the articles of a page together.

    Args:
        page: The page as read.
        lexicon: Words and patterns of layout.

    Returns:
        The articles in order of appearance, and what could not be read for certain; a page without an article has none
        and at least one issue.
    """
    clean = clean_text(page.text)
    articles: list[Article] = []
    issues: list[Issue] = []
    parts = list(_parts(clean))
    for part in parts:
        blocks = read_blocks(part, lexicon)
        walk = Walk(blocks=blocks, lexicon=lexicon)
        drafts, orphans = reorder_drafts(walk.run(), walk.orphans)
        found = [compose_article(at, draft, part, blocks, lexicon) for at, draft in enumerate(drafts, len(articles))]
        articles += found
        issues += _issues(found, drafts, orphans, part)
    if len(parts) > 1:
        message = "The file is longer than a page: it was read in parts, and what runs from one into the next is cut"
        issues.append(Issue(code="long-page", message=message))
    if not articles:
        issues.insert(0, Issue(code="no-article", message="The page holds no article"))
    return tuple(articles), tuple(issues)


def _parts(clean: CleanText) -> Iterator[CleanText]:
    """A page as it is; a longer text in parts, cut at a blank line, else at a line's end, else at a mark.

    No rule looks beyond its page, so that the time for a text grows with its length and no faster.
    """
    start, size = 0, len(clean.text)
    while size - start > LONGEST_PAGE:
        least, most = start + LONGEST_PAGE // 2, start + LONGEST_PAGE
        ends = (
            clean.text.rfind(mark, least, most) + len(mark) for mark in _PART_ENDS if mark in clean.text[least:most]
        )
        stop = next(ends, most)
        yield _slice(clean, start, stop)
        start = stop
    yield _slice(clean, start, size) if start else clean


def _slice(clean: CleanText, start: int, stop: int) -> CleanText:
    return CleanText(text=clean.text[start:stop], starts=clean.starts[start:stop], stops=clean.stops[start:stop])


def _issues(
    articles: Sequence[Article], drafts: Sequence[Draft], orphans: Sequence[Block], clean: CleanText
) -> list[Issue]:
    issues = []
    for article, draft in zip(articles, drafts, strict=True):
        start, stop = article.spans[0][0], article.spans[-1][1]
        name = article.headline or article.text[:_BEGINNING]
        if article.truncated:
            message = f"The page breaks the article off in mid-sentence: {name}"
            issues.append(Issue(code="truncated-article", message=message, start=start, stop=stop))
        if draft.reordered:
            message = f"The parts of the article stand apart on the page: {name}"
            issues.append(Issue(code="reordered-article", message=message, start=start, stop=stop))
        if not article.headline:
            message = f"No headline was found for the text that begins: {name}"
            issues.append(Issue(code="no-headline", message=message, start=start, stop=stop))
    for block in orphans:
        start, stop = clean.starts[block.at[0]], clean.stops[block.at[-1]]
        message = f"No article was found for the line: {block.text[:40]}"
        issues.append(Issue(code="unplaced-block", message=message, start=start, stop=stop))
    return issues
