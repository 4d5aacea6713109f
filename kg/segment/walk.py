"""The walk through the page: which block opens an article, which goes on with the open one, which waits for a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.lexicon import Lexicon
from kg.segment.blocks import Block, Role, is_comma_headline
from kg.segment.compose import Draft, Paragraph, is_complete
from kg.segment.credits import closes_with_author, closes_with_photo, names_author
from kg.segment.evidence import begins_article
from kg.segment.headings import COLUMN_TITLE, HEADS, bridges, choose_headline, opens_column, settle_crossheads

_TEXTS = (Role.BODY, Role.DATELINE, Role.CAPTION)
_CREDITS = (Role.CREDIT, Role.SOURCE)
_BETWEEN = (Role.COLUMN, Role.CREDIT)
_RUN_LIMIT = 4
_NEW_ARTICLE = 5
_CONTINUES = "，、；：。！？）》”’」』】%,;:)"


@dataclass(slots=True)
class Walk:
    """One way through the page, with the article that is open and the headlines that wait for a text."""

    blocks: Sequence[Block]
    lexicon: Lexicon
    drafts: list[Draft] = field(default_factory=list)
    orphans: list[Block] = field(default_factory=list)
    pending: list[Block] = field(default_factory=list)
    open: Draft | None = None
    ended: bool = False

    def run(self) -> list[Draft]:
        """The drafts in order of appearance."""
        for at, block in enumerate(self.blocks):
            if self._is_comma_headline(at, block):
                self.pending.append(replace(block, role=Role.HEAD))
            elif block.role in _TEXTS:
                self._take_text(at, block)
            elif block.role in _CREDITS:
                self._take_credit(at, block)
            elif block.role is not Role.FURNITURE:
                self.pending.append(block)
        self.orphans += _heads(self.pending)
        for draft in self.drafts:
            settle_crossheads(draft, self.lexicon)
            draft.truncated = draft.truncated or (not draft.tail and not self._complete(draft))
        return [draft for draft in self.drafts if draft.blocks]

    def _is_comma_headline(self, at: int, block: Block) -> bool:
        """Whether a line with a comma is a headline: no sentence is open, and an article may well begin here."""
        if block.role is not Role.BODY:
            return False
        following, text = self._behind(at), next(self._texts_behind(at), None)
        if (
            following is None
            or text is None
            or not is_comma_headline(block, self.lexicon)
            or bridges(block.text, following.text, self.lexicon)
        ):
            return False
        above = [head for head in _heads(self.pending) if len(head.text) > COLUMN_TITLE]
        if above or (self.open is not None and not self._complete(self.open)):
            return False
        if self.open is None or self.ended:
            return True
        heads = [*_heads(self.pending), block]
        return not block.full and begins_article(self.blocks, text, heads, self.open, self.lexicon) >= _NEW_ARTICLE

    def _behind(self, at: int) -> Block | None:
        """The next block that is no furniture."""
        behind = (self.blocks[place] for place in range(at + 1, len(self.blocks)))
        return next((block for block in behind if block.role is not Role.FURNITURE), None)

    def _texts_behind(self, at: int) -> Iterator[int]:
        """The places of the texts behind a block."""
        return (place for place in range(at + 1, len(self.blocks)) if self.blocks[place].role in _TEXTS)

    def _take_credit(self, at: int, block: Block) -> None:
        """A credit under a headline waits with it for the text; any other ends the open article."""
        following = self._behind(at)
        if _heads(self.pending) and following is not None and following.role in (*_TEXTS, *_CREDITS):
            self.pending.append(block)
            return
        if _heads(self.pending):
            self._begin(self.pending, at)
            self.pending = []
        if self.open is None:
            self.orphans.append(block)
        elif self._heads_next_article(block, following):
            self._begin([block], at)
        else:
            self.open.tail.append(Paragraph(role="credit", blocks=[block]))
            self.ended = True

    def _heads_next_article(self, block: Block, following: Block | None) -> bool:
        """Whether an author's line belongs to what follows: the open article is complete and has named its author."""
        photo = any(word in block.text for word in self.lexicon.words("segment-photo"))
        return (
            self.open is not None
            and self._complete(self.open)
            and following is not None
            and following.role is Role.BODY
            and not photo
            and block.role is Role.CREDIT
            and names_author(block.text, self.lexicon)
            and any(names_author(each.text, self.lexicon) for each in self.open.blocks)
        )

    def _take_text(self, at: int, block: Block) -> None:
        pending, self.pending = self.pending, []
        draft = self.open
        if draft is None or self._opens_article(at, draft, pending):
            draft = self._begin(pending, at)
        else:
            draft = self.open = self._interrupted(draft, pending) or draft
            self._continue(draft, pending, block)
        self.ended = False
        last = _last_body(draft)
        if block.role is Role.CAPTION and last is not None:
            draft.tail.append(Paragraph(role="body", blocks=[block]))
        elif last is not None and last is draft.body[-1] and self._goes_on(last, block):
            last.blocks.append(block)
        else:
            draft.body.append(Paragraph(role="body", blocks=[block]))
        self.ended = block.role is not Role.CAPTION and self._is_signed(draft)

    def _is_signed(self, draft: Draft) -> bool:
        """Whether the last paragraph ends in its author's name, or is a photo's only text and ends in its credit."""
        text = draft.body[-1].end
        return closes_with_author(text, self.lexicon) or (
            len(draft.body) == 1 and closes_with_photo(text, self.lexicon)
        )

    def _opens_article(self, at: int, draft: Draft, pending: Sequence[Block]) -> bool:
        block, heads, complete = self.blocks[at], _heads(pending), self._complete(draft)
        if heads:
            certain = self.ended or block.role is Role.DATELINE or any(each.role in _BETWEEN for each in pending)
            return certain or begins_article(self.blocks, at, heads, draft, self.lexicon) >= _NEW_ARTICLE
        jump = self.lexicon.pattern("segment-jump").match(block.text)
        if jump or (block.role is Role.DATELINE and (self.ended or _has_dateline(draft))):
            return True
        return complete and (block.frame or any(opens_column(each, self.lexicon) for each in pending))

    def _interrupted(self, draft: Draft, pending: Sequence[Block]) -> Draft | None:
        """The article that a box with headline and credit broke off: a text without a headline goes on with it."""
        if not self.ended or pending or not self._complete(draft):
            return None
        found = next((each for each in reversed(self.drafts) if each.truncated), None)
        if found is not None:
            found.truncated = False
        return found

    def _continue(self, draft: Draft, pending: Sequence[Block], block: Block) -> None:
        """Headlines that open nothing are cross-heads, or pieces of a sentence that a column break cut off."""
        if not self._complete(draft) and all(each.role is Role.COLUMN for each in pending):
            return
        for each in pending:
            last = _last_body(draft)
            if last is not None and each.role is Role.HEAD and not is_complete(last, self.lexicon):
                last.blocks.append(each)
            elif each.role in _CREDITS:
                draft.tail.append(Paragraph(role="credit", blocks=[each]))
            elif each.role is Role.HEAD and (each.full or block.text[0] in _CONTINUES):
                draft.body.append(Paragraph(role="body", blocks=[each]))
            else:
                draft.body.append(Paragraph(role="subhead", blocks=[each]))

    def _begin(self, pending: Sequence[Block], at: int) -> Draft:
        """Opens an article under the headlines behind the last column head, and closes the one that was open."""
        heads = _heads(_behind_column(pending)) or _heads(pending)
        listed, heads = heads[:-_RUN_LIMIT], heads[-_RUN_LIMIT:]
        if self.open is not None:
            self.open.truncated = not self.ended and not self._complete(self.open)
            self.open.body += [Paragraph(role="body", blocks=[each]) for each in listed]
        self.open = draft = Draft(framed=self.blocks[at].frame and not heads)
        if heads:
            main = choose_headline(heads, self.blocks[at], self.lexicon)
            draft.kickers = heads[:main]
            draft.head = [Paragraph(role="headline", blocks=[heads[main]])]
            draft.head += [Paragraph(role="subhead", blocks=[each]) for each in heads[main + 1 :]]
        draft.head += [Paragraph(role="credit", blocks=[each]) for each in pending if each.role in _CREDITS]
        self.drafts.append(draft)
        self.ended = False
        return draft

    def _complete(self, draft: Draft) -> bool:
        last = _last_body(draft)
        return last is None or is_complete(last, self.lexicon)

    def _goes_on(self, last: Paragraph, block: Block) -> bool:
        return block.text[0] in _CONTINUES or not is_complete(last, self.lexicon)


def _heads(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.role in HEADS]


def _behind_column(blocks: Sequence[Block]) -> Sequence[Block]:
    columns = [at for at, block in enumerate(blocks) if block.role is Role.COLUMN]
    return blocks[columns[-1] + 1 :] if columns else blocks


def _has_dateline(draft: Draft) -> bool:
    return any(block.role is Role.DATELINE for block in draft.blocks)


def _last_body(draft: Draft) -> Paragraph | None:
    return next((paragraph for paragraph in reversed(draft.body) if paragraph.role == "body"), None)
