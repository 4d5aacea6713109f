"""Headlines: which line of a run is the main one, whether a run opens an article, and which cross-heads are none."""

from __future__ import annotations

from collections.abc import Sequence

from kg.clean import is_han
from kg.lexicon import Lexicon
from kg.segment.blocks import Block, Role
from kg.segment.compose import Draft, Paragraph

HEADS = (Role.HEAD, Role.SUBTITLE)

_CAPS = 4.0
_SHORTER = 0.85
_REACH = 4  # characters on either side of a break: longer dictionary words are rare


def opens_column(block: Block, lexicon: Lexicon) -> bool:
    """Whether a column head is the title of a column, and not a cross-head with ornaments."""
    title = block.text.endswith(lexicon.words("segment-column-word")) or ">" in block.text
    return block.role is Role.COLUMN and title


def begins_article(blocks: Sequence[Block], at: int, heads: Sequence[Block], draft: Draft, lexicon: Lexicon) -> int:
    """How much speaks for a new article under a run of headlines, against a cross-head in the open one.

    Args:
        blocks: The page.
        at: Place of the first text block under the run.
        heads: The run; not empty.
        draft: The open article.
        lexicon: Patterns of layout.
    """
    first, text = heads[0], "".join(block.text for block in blocks[at : at + 3] if block.role not in HEADS)
    gaps = sorted(block.gap for block in blocks[1:])
    usual = gaps[len(gaps) // 2] if gaps else 1
    actor = lexicon.pattern("segment-actor-start").search(heads[-1].text)
    score = 2 * (first.gap > usual + 1 or first.frame)
    score += bool(lexicon.pattern("segment-lede").search(text)) + 2 * (len(heads) > 1)
    score += bool(actor) + bool(actor and actor[0].strip("“‘") in text[:60])
    score += 2 * _ends_in_credit(blocks, at, draft, lexicon)
    score -= 3 * bool(lexicon.pattern("segment-ordinal").search(first.text))
    score -= 3 * any(aside in first.text for aside in lexicon.words("segment-aside"))
    marks = [block.marks for block in draft.blocks if block.role in HEADS]
    score += bool(marks and marks[0] == first.marks > 0) - 2 * bool(marks and first.marks > marks[0] > 0)
    return score


def _ends_in_credit(blocks: Sequence[Block], at: int, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether one or two paragraphs and then a credit stand here, as under a photo.

    An article that has named no author yet may itself end so, unless the credit is a photographer's.
    """
    following = blocks[at : at + 3]
    credit = next((block for block in following if block.role is Role.CREDIT), None)
    if credit is None or any(block.role in (*HEADS, Role.COLUMN) for block in following[: following.index(credit)]):
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
    return (
        plain
        and "：" not in before.text
        and bool(actor.search(before.text))
        and len(head.text) <= _SHORTER * len(before.text)
    )


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


def settle_crossheads(draft: Draft, lexicon: Lexicon) -> None:
    """Joins what only looks like a cross-head: the first words of a paragraph, cut off by a column break.

    A word of the dictionary, or of the grammar, across the break gives a piece away; and cross-heads come in numbers,
    so that a single one without a mark is a piece too.
    """
    doubtful = [at for at in range(len(draft.body) - 1) if _is_doubtful(draft.body[at : at + 2], lexicon)]
    pieces = [at for at in doubtful if _bridges(draft.body[at].text, draft.body[at + 1].text, lexicon)]
    rest = [at for at in doubtful if at not in pieces]
    for at in reversed(pieces if len(rest) > 1 or _has_marked_crosshead(draft, doubtful) else doubtful):
        draft.body[at + 1].blocks[:0] = draft.body[at].blocks
        del draft.body[at]


def _is_doubtful(pair: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    block = pair[0].blocks[0]
    return (
        pair[0].role == "subhead"
        and pair[1].role == "body"
        and block.role is Role.HEAD
        and not block.marks
        and not lexicon.pattern("segment-ordinal").search(block.text)
        and not any(aside in block.text for aside in lexicon.words("segment-aside"))
    )


def _has_marked_crosshead(draft: Draft, doubtful: Sequence[int]) -> bool:
    return any(paragraph.role == "subhead" and at not in doubtful for at, paragraph in enumerate(draft.body))


def _bridges(head: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a word runs from the end of one block into the next."""
    if lexicon.pattern("segment-open-tail").search(head) or lexicon.pattern("segment-resumed").search(text):
        return True
    from kg.words import cut_words

    left = head[-_REACH:]
    return any(word.at[0] < len(left) < word.at[1] for word in cut_words(left + text[:_REACH]))


def _opens_like_kicker(text: str, lexicon: Lexicon) -> bool:
    return text.startswith(lexicon.words("segment-kicker-verb"))


def _overlap(head: str, text: str) -> float:
    """Share of the two-character sequences of a headline that the text repeats, in [0, 1]."""
    pairs = {head[at : at + 2] for at in range(len(head) - 1)}
    return sum(pair in text for pair in pairs) / max(1, len(pairs))
