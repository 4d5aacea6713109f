"""Page → articles: which blocks belong together, in which order, and under which headline.

The walk goes through the page in file order with one article open. A paragraph that does not end in a final mark goes
on in the next block of body text, unless a headline stands between. Only what the file order leaves over (a headline
without a body, a body without a headline) is matched by content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.blocks import Block, Role, read_blocks
from kg.clean import CleanText, clean_text
from kg.compose import Draft, Paragraph, compose_article, is_complete
from kg.headings import HEADS, begins_article, choose_headline, opens_column, settle_crossheads
from kg.lexicon import Lexicon
from kg.model import Article, Issue, Page
from kg.reorder import reorder_drafts

_TEXTS = (Role.BODY, Role.DATELINE, Role.CAPTION)
_RUN_LIMIT = 4
_NEW_ARTICLE = 2
_CONTINUES = "，、；：。！？）》”’」』】%,;:)"


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
    walk = _Walk(blocks=blocks, lexicon=lexicon)
    drafts, orphans = reorder_drafts(walk.run(), walk.orphans)
    articles = tuple(compose_article(at, draft, clean, blocks, lexicon) for at, draft in enumerate(drafts))
    return articles, tuple(_issues(articles, drafts, orphans, clean))


def _issues(
    articles: Sequence[Article], drafts: Sequence[Draft], orphans: Sequence[Block], clean: CleanText
) -> list[Issue]:
    issues = [] if articles else [Issue(code="no-article", message="The page holds no article")]
    for article, draft in zip(articles, drafts, strict=True):
        start, stop = article.spans[0][0], article.spans[-1][1]
        if article.truncated:
            message = f"The page breaks the article off in mid-sentence: {article.headline}"
            issues.append(Issue(code="truncated-article", message=message, start=start, stop=stop))
        if draft.reordered:
            message = f"The parts of the article stand apart on the page: {article.headline}"
            issues.append(Issue(code="reordered-article", message=message, start=start, stop=stop))
        if not article.headline:
            message = f"No headline was found for the text that begins: {article.text[:20]}"
            issues.append(Issue(code="no-headline", message=message, start=start, stop=stop))
    for block in orphans:
        start, stop = clean.starts[block.at[0]], clean.stops[block.at[-1]]
        message = f"No article was found for the line: {block.text[:40]}"
        issues.append(Issue(code="unplaced-block", message=message, start=start, stop=stop))
    return issues


@dataclass(slots=True)
class _Walk:
    """One way through the page, with the article that is open."""

    blocks: Sequence[Block]
    lexicon: Lexicon
    drafts: list[Draft] = field(default_factory=list)
    orphans: list[Block] = field(default_factory=list)
    pending: list[Block] = field(default_factory=list)
    ended: bool = False

    def run(self) -> list[Draft]:
        """The drafts in order of appearance."""
        for at, block in enumerate(self.blocks):
            if block.role in _TEXTS:
                self._take_text(at, block)
            elif block.role in (Role.CREDIT, Role.SOURCE):
                self._take_credit(at, block)
            elif block.role is not Role.FURNITURE:
                self.pending.append(block)
        self.orphans += [block for block in self.pending if block.role in HEADS]
        for draft in self.drafts:
            settle_crossheads(draft, self.lexicon)
            draft.truncated = draft.truncated or (not draft.tail and not self._complete(draft))
        return [draft for draft in self.drafts if draft.blocks]

    def _complete(self, draft: Draft) -> bool:
        last = _last_body(draft)
        return last is None or is_complete(last, self.lexicon)

    def _take_credit(self, at: int, block: Block) -> None:
        heads = any(each.role in HEADS for each in self.pending)
        following = next((each for each in self.blocks[at + 1 :] if each.role is not Role.FURNITURE), None)
        if heads and following is not None and following.role in (*_TEXTS, Role.CREDIT, Role.SOURCE):
            self.pending.append(block)
        elif heads:
            self._open(self.pending, at)
            self.drafts[-1].tail.append(Paragraph(role="credit", blocks=[block]))
            self.pending, self.ended = [], True
        elif self.drafts:
            self.drafts[-1].tail.append(Paragraph(role="credit", blocks=[block]))
            self.ended = True
        else:
            self.orphans.append(block)

    def _take_text(self, at: int, block: Block) -> None:
        pending, self.pending = self.pending, []
        heads = [each for each in pending if each.role in HEADS]
        fresh = not self.drafts or (self.ended and bool(heads)) or (block.role is Role.DATELINE and bool(heads))
        if not fresh and heads:
            fresh = begins_article(self.blocks, at, heads, self.drafts[-1], self.lexicon) - (
                not self._complete(self.drafts[-1])
            ) >= _NEW_ARTICLE or any(each.role in (Role.COLUMN, Role.CREDIT) for each in pending)
        if not fresh and block.role is Role.DATELINE:
            fresh = self.ended or any(
                each.role is Role.DATELINE for paragraph in self.drafts[-1].body for each in paragraph.blocks
            )
        framed = bool(block.frame and not heads and not fresh and self._complete(self.drafts[-1]))
        if not heads and any(each.role is Role.COLUMN and opens_column(each, self.lexicon) for each in pending):
            fresh = fresh or self._complete(self.drafts[-1])
        if fresh or framed:
            self._open(pending, at)
        else:
            self._continue(pending, block)
        draft = self.drafts[-1]
        last = _last_body(draft)
        if block.role is Role.CAPTION and last is not None:
            draft.tail.append(Paragraph(role="body", blocks=[block]))
        elif last is not None and last is draft.body[-1] and self._goes_on(last, block):
            last.blocks.append(block)
        else:
            draft.body.append(Paragraph(role="body", blocks=[block]))
        self.ended = False

    def _goes_on(self, last: Paragraph, block: Block) -> bool:
        return block.text[0] in _CONTINUES or not is_complete(last, self.lexicon)

    def _continue(self, pending: Sequence[Block], block: Block) -> None:
        """Headlines that open nothing are cross-heads, or pieces of a sentence that a column break cut off."""
        draft = self.drafts[-1]
        if not self._complete(draft) and all(each.role is Role.COLUMN for each in pending):
            return
        for each in pending:
            last = _last_body(draft)
            if last is not None and each.role is Role.HEAD and not is_complete(last, self.lexicon):
                last.blocks.append(each)
            elif each.role in (Role.CREDIT, Role.SOURCE):
                draft.tail.append(Paragraph(role="credit", blocks=[each]))
            elif each.role is Role.HEAD and (each.full or block.text[0] in _CONTINUES):
                draft.body.append(Paragraph(role="body", blocks=[each]))
            else:
                draft.body.append(Paragraph(role="subhead", blocks=[each]))

    def _open(self, pending: Sequence[Block], at: int) -> None:
        columns = [place for place, each in enumerate(pending) if each.role is Role.COLUMN]
        run = pending[columns[-1] + 1 :] if columns else pending
        heads = [each for each in run if each.role in HEADS]
        if not heads:
            heads = [each for each in pending if each.role in HEADS][-1:]
        extra, heads = heads[:-_RUN_LIMIT], heads[-_RUN_LIMIT:]
        draft = Draft(framed=self.blocks[at].frame and not heads)
        if heads:
            main = choose_headline(heads, self.blocks[at], self.lexicon)
            draft.kickers = [*extra, *heads[:main]]
            draft.head = [Paragraph(role="headline", blocks=[heads[main]])]
            draft.head += [Paragraph(role="subhead", blocks=[each]) for each in heads[main + 1 :]]
        credits = [each for each in run if each.role in (Role.CREDIT, Role.SOURCE)]
        draft.head += [Paragraph(role="credit", blocks=[each]) for each in credits]
        if self.drafts:
            previous = self.drafts[-1]
            previous.truncated = not self.ended and not self._complete(previous)
        self.drafts.append(draft)


def _last_body(draft: Draft) -> Paragraph | None:
    return next((paragraph for paragraph in reversed(draft.body) if paragraph.role == "body"), None)
