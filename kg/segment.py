"""Page → articles: which blocks belong together, in which order, and under which headline.

The walk goes through the page in file order with one article open. A paragraph that does not end in a final mark goes
on in the next block of body text, unless a headline stands between. Only what the file order leaves over (a headline
without a body, a body without a headline) is matched by content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.blocks import Block, Role, read_blocks
from kg.clean import CleanText, clean_text, is_han
from kg.compose import Draft, Paragraph, compose_article, is_complete
from kg.lexicon import Lexicon
from kg.model import Article, Issue, Page
from kg.reorder import reorder_drafts

_HEADS = (Role.HEAD, Role.SUBTITLE)
_TEXTS = (Role.BODY, Role.DATELINE, Role.CAPTION)
_RUN_LIMIT = 4
_NEW_ARTICLE = 2
_CAPS = 3.0
_SHORTER = 0.85
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
        self.orphans += [block for block in self.pending if block.role in _HEADS]
        for draft in self.drafts:
            draft.truncated = draft.truncated or (not draft.tail and not self._complete(draft))
        return [draft for draft in self.drafts if draft.blocks]

    def _complete(self, draft: Draft) -> bool:
        last = _last_body(draft)
        return last is None or is_complete(last, self.lexicon)

    def _take_credit(self, at: int, block: Block) -> None:
        heads = any(each.role in _HEADS for each in self.pending)
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
        heads = [each for each in pending if each.role in _HEADS]
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
        heads = [each for each in run if each.role in _HEADS]
        if not heads:
            heads = [each for each in pending if each.role in _HEADS][-1:]
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


def opens_column(block: Block, lexicon: Lexicon) -> bool:
    """Whether a column head is the title of a column, and not a cross-head with ornaments."""
    return block.text.endswith(lexicon.words("segment-column-word")) or ">" in block.text


def begins_article(blocks: Sequence[Block], at: int, heads: Sequence[Block], draft: Draft, lexicon: Lexicon) -> int:
    """How much speaks for a new article under a run of headlines, against a cross-head in the open one.

    Args:
        blocks: The page.
        at: Place of the first text block under the run.
        heads: The run; not empty.
        draft: The open article.
        lexicon: Patterns of layout.
    """
    first, text = heads[0], blocks[at].text
    gaps = sorted(block.gap for block in blocks[1:])
    usual = gaps[len(gaps) // 2] if gaps else 1
    actor = lexicon.pattern("segment-actor-start").search(heads[-1].text)
    score = 2 * (first.gap > usual + 1 or first.frame)
    score += bool(lexicon.pattern("segment-lede").search(text)) + 2 * (len(heads) > 1)
    score += bool(actor) + bool(actor and actor[0].strip("“‘") in text[:60])
    score += 2 * _ends_in_credit(blocks, at, draft, lexicon)
    score -= 3 * bool(lexicon.pattern("segment-ordinal").search(first.text))
    score -= 3 * any(aside in first.text for aside in lexicon.words("segment-aside"))
    marks = [block.marks for block in draft.blocks if block.role in _HEADS]
    score += bool(marks and marks[0] == first.marks > 0) - 2 * bool(marks and first.marks > marks[0] > 0)
    return score


def _ends_in_credit(blocks: Sequence[Block], at: int, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether one or two paragraphs and then a credit stand here, as under a photo.

    An article that has named no author yet may itself end so, unless the credit is a photographer's.
    """
    following = blocks[at : at + 3]
    credit = next((block for block in following if block.role is Role.CREDIT), None)
    if credit is None or any(block.role in (*_HEADS, Role.COLUMN) for block in following[: following.index(credit)]):
        return False
    photo = any(word in credit.text for word in lexicon.words("segment-photo"))
    return photo or any(block.role in (Role.DATELINE, Role.CREDIT) for block in draft.blocks)


def choose_headline(heads: Sequence[Block], text: Block, lexicon: Lexicon) -> int:
    """Place of the main headline in a run of lines above a text; what stands before it are kickers.

    Args:
        heads: Not empty.
        text: The first text block.
        lexicon: Patterns of layout.
    """
    scores = [_headline_score(head, heads, text, lexicon) for head in heads]
    for at in range(1, len(heads)):
        if _caps(heads[at], heads[at - 1], lexicon):
            scores[at] += _CAPS
    return max(range(len(heads)), key=lambda at: (scores[at], -len(heads[at].text), -at))


def _caps(head: Block, before: Block, lexicon: Lexicon) -> bool:
    """Whether a line is the headline under a kicker that names the actor: shorter, as it is set larger, and no list."""
    plain = " " not in head.text and not any(map(str.isdigit, head.text)) and head.role is Role.HEAD
    actor = lexicon.pattern("segment-actor-start")
    return plain and bool(actor.search(before.text)) and len(head.text) <= _SHORTER * len(before.text)


def _headline_score(head: Block, heads: Sequence[Block], text: Block, lexicon: Lexicon) -> float:
    bare = head.text
    clauses = bare.split(" ")
    spaced = len(clauses) > 1 and all(sum(map(is_han, clause)) >= 2 for clause in clauses)
    marks = {each.marks for each in heads}
    score = -9.0 * (head.role is Role.SUBTITLE)
    score += 4 * (len(marks) > 1 and head.marks > 0 and head.marks == min(mark for mark in marks if mark))
    score += 2 * bool(lexicon.pattern("segment-actor-start").search(bare) and not _opens_like_kicker(bare, lexicon))
    score -= 3 * spaced + (len(bare) > 30) + (len(bare) <= 10) + bare[0].isdigit()
    score -= 2 * (sum(word in bare for word in lexicon.words("segment-slogan")) >= 3)
    score -= 0.5 * _opens_like_kicker(bare, lexicon) + 3 * bare.endswith(lexicon.words("segment-feature"))
    return score + _overlap(bare, text.text)


def _opens_like_kicker(text: str, lexicon: Lexicon) -> bool:
    return text.startswith(lexicon.words("segment-kicker-verb"))


def _overlap(head: str, text: str) -> float:
    """Share of the two-character sequences of a headline that the text repeats, in [0, 1]."""
    pairs = {head[at : at + 2] for at in range(len(head) - 1)}
    return sum(pair in text for pair in pairs) / max(1, len(pairs))
