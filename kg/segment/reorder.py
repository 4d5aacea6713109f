"""What file order leaves over: headlines without a body and bodies without a headline, matched by content.

A page whose order explains itself is never touched. Content is compared by pairs of neighbouring characters, the rarer
on the page the heavier; a match needs a clear lead, else the page stays as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import log, sqrt

from kg.clean import is_han
from kg.segment.blocks import Block, Role
from kg.segment.compose import Draft, Paragraph
from kg.segment.headings import COLUMN_TITLE

_SHARE = 0.45
_LEAD = 0.08
_LEDE_LIMIT = 2


def reorder_drafts(drafts: Sequence[Draft], orphans: Sequence[Block]) -> tuple[list[Draft], list[Block]]:
    """Gives left-over headlines to left-over bodies.

    Args:
        drafts: In order of appearance. A framed draft without a headline only *may* be an article of its own.
        orphans: Headline blocks without a body.

    Returns:
        The drafts in order of appearance and the headlines that still have no body. A framed draft that no headline
        fits is again the end of the draft before it.
    """
    found, left = list(drafts), list(orphans)
    weigh = _Weights(found)
    for draft in [each for each in found if not each.headline()]:
        if (block := _orphan_for(draft, found, left, weigh)) is not None:
            left.remove(block)
            _give(draft, [Paragraph(role="headline", blocks=[block])])
        elif (lent := _lent_headline(draft, found, weigh)) is not None:
            _take_from(lent[0], lent[1])
            _give(draft, [Paragraph(role="headline", blocks=[lent[1]])])
        elif draft.framed and (donor := _donor_for(draft, found, weigh)) is not None:
            found.remove(donor)
            _share_out(donor, draft, found, weigh)
    return _merge_frames(found), left


class _Weights:
    """How much a pair of neighbouring characters says on this page."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._texts = [paragraph.text for draft in drafts for paragraph in (*draft.head, *draft.body)]
        self._total = len(self._texts) + 1

    @cached_property
    def _count(self) -> Counter[str]:
        """Pair → how many paragraphs have it; hardly a page asks for it."""
        return Counter(pair for text in self._texts for pair in _pairs(text))

    def share(self, part: str, whole: str) -> float:
        """Share of what `part` says that `whole` says too, in [0, 1]."""
        return self._said(_pairs(part) & _pairs(whole)) / (self._said(_pairs(part)) or 1.0)

    def affinity(self, part: str, whole: str) -> float:
        """How much `part` and `whole` both say; unlike a share it does not punish a long `part` much."""
        return self._said(_pairs(part) & _pairs(whole)) / (sqrt(self._said(_pairs(part))) or 1.0)

    def _said(self, pairs: Iterable[str]) -> float:
        return sum(log(max(1.0, self._total / (1 + self._count[pair]))) for pair in sorted(pairs))


def _pairs(text: str) -> set[str]:
    bare = "".join([char for char in text if char.isalnum() or is_han(char)])
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def _body(draft: Draft) -> str:
    return "".join(paragraph.text for paragraph in draft.body)


def _orphan_for(draft: Draft, drafts: Sequence[Draft], orphans: Sequence[Block], weigh: _Weights) -> Block | None:
    """The headline whose words this body repeats, more than any other body without a headline does."""
    best: tuple[float, Block] | None = None
    for block in orphans:
        share = weigh.share(block.text, _body(draft))
        others = (weigh.share(block.text, _body(each)) for each in drafts if each is not draft and not each.headline())
        if block.role is Role.HEAD and share >= _SHARE and share >= max(others, default=0.0) + _LEAD:
            best = max(best, (share, block), key=lambda pair: pair[0]) if best else (share, block)
    return best[1] if best else None


def _lent_headline(draft: Draft, drafts: Sequence[Draft], weigh: _Weights) -> tuple[Draft, Block] | None:
    """The line beside another article's headline that speaks of this body and not of its own; with its owner.

    Only a body under its author's line is sure to lack a headline.
    """
    if not draft.head:
        return None
    best: tuple[Draft, Block] | None = None
    lead = _LEAD
    for owner in drafts:
        spare = ("subhead", "headline") if owner.kickers else ("subhead",)
        lines = [paragraph.blocks[0] for paragraph in owner.head if paragraph.role in spare]
        for block in (*owner.kickers, *lines):
            mine = weigh.share(block.text, _body(draft)) - weigh.share(block.text, _body(owner))
            if block.role is Role.HEAD and len(block.text) > COLUMN_TITLE and mine >= lead:
                best, lead = (owner, block), mine
    return best


def _take_from(owner: Draft, block: Block) -> None:
    """Takes a line from the head of an article; where it was the headline, the line above it is."""
    if owner.head and owner.head[0].role == "headline" and owner.head[0].blocks[0] is block:
        owner.head.insert(0, Paragraph(role="headline", blocks=[owner.kickers[-1]]))
        owner.kickers = owner.kickers[:-1]
    owner.kickers = [each for each in owner.kickers if each is not block]
    owner.head = [paragraph for paragraph in owner.head if paragraph.blocks[0] is not block]


def _donor_for(draft: Draft, drafts: Sequence[Draft], weigh: _Weights) -> Draft | None:
    """A later headline over a lede that is not its own: this body repeats it far better."""
    for donor in drafts[drafts.index(draft) + 1 :]:
        headline = donor.headline()
        share = weigh.share(headline, _body(draft))
        if len(donor.body) <= _LEDE_LIMIT and share >= _SHARE and share >= weigh.share(headline, _body(donor)) + _LEAD:
            return donor
    return None


def _give(draft: Draft, head: list[Paragraph]) -> None:
    draft.head, draft.framed, draft.reordered = head + draft.head, False, True


def _share_out(donor: Draft, draft: Draft, drafts: Sequence[Draft], weigh: _Weights) -> None:
    """The headline goes to the body without one, the subtitle and lede under it to the article that they introduce."""
    _give(draft, [paragraph for paragraph in donor.head if paragraph.role == "headline"])
    draft.kickers = donor.kickers
    rest = [paragraph for paragraph in donor.head if paragraph.role != "headline"]
    lede = "".join(paragraph.text for paragraph in (*rest, *donor.body))
    near = [weigh.affinity("".join(block.text for block in each.kickers) + each.headline(), lede) for each in drafts]
    best = max(range(len(drafts)), key=lambda at: near[at])
    home = drafts[best] if near[best] >= near[drafts.index(draft)] * (1 + _LEAD) else draft
    home.head += rest
    home.body[:0] = donor.body
    home.tail += donor.tail
    home.reordered = True


def _merge_frames(drafts: Sequence[Draft]) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        if draft.framed and not draft.headline() and merged:
            merged[-1].body += draft.body
            merged[-1].tail += draft.tail
            merged[-1].truncated = draft.truncated
        else:
            merged.append(draft)
    return merged
