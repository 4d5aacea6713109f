"""Page → articles: which blocks belong together, in which order, and under which headline.

The walk goes through the page in file order with one article open. A paragraph that does not end in a final mark goes
on in the next block of body text, unless a headline stands between. Only what the file order leaves over (a headline
without a body, a body without a headline) is matched by content.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.clean import CleanText, clean_text
from kg.lexicon import Lexicon
from kg.model import Article, Issue, Page
from kg.segment.blocks import Block, read_blocks
from kg.segment.compose import Draft, compose_article
from kg.segment.reorder import reorder_drafts
from kg.segment.walk import Walk

__all__ = ["segment_page"]

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
    blocks = read_blocks(clean, lexicon)
    walk = Walk(blocks=blocks, lexicon=lexicon)
    drafts, orphans = reorder_drafts(walk.run(), walk.orphans)
    articles = tuple(compose_article(at, draft, clean, blocks, lexicon) for at, draft in enumerate(drafts))
    return articles, tuple(_issues(articles, drafts, orphans, clean))


def _issues(
    articles: Sequence[Article], drafts: Sequence[Draft], orphans: Sequence[Block], clean: CleanText
) -> list[Issue]:
    issues = [] if articles else [Issue(code="no-article", message="The page holds no article")]
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
