"""Headlines: which line of a run is the main one, and which cross-heads are none."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kg.clean import HAN
from kg.lexicon import Lexicon
from kg.segment.blocks import Block, Role
from kg.segment.compose import Draft, Paragraph

HEADS = (Role.HEAD, Role.SUBTITLE)
COLUMN_TITLE = 6
"""Longest title of a column that stands above a headline, in code points."""

_CAPS = 4.0
_NAME = 3
_SHORTER = 0.85
_COUNTY = 3  # level in the gazetteer
_REACH = 4  # characters on either side of a break: longer dictionary words are rare


def opens_column(block: Block, lexicon: Lexicon) -> bool:
    """Whether a column head is the title of a column, and not a cross-head with ornaments."""
    title = block.text.endswith(lexicon.words("segment-column-word")) or ">" in block.text
    return block.role is Role.COLUMN and title


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
    detail = any(map(str.isdigit, head.text)) or lexicon.pattern("segment-detail").search(head.text)
    plain = " " not in head.text and not detail and head.role is Role.HEAD
    actor = lexicon.pattern("segment-actor-start")
    return (
        plain
        and before.role is Role.HEAD
        and "：" not in before.text
        and bool(actor.search(before.text))
        and len(head.text) <= _SHORTER * len(before.text)
    )


def _headline_score(head: Block, heads: Sequence[Block], text: Block, lexicon: Lexicon) -> float:
    bare = head.text
    clauses = bare.split(" ")
    spaced = len(clauses) > 1 and all(len(HAN.findall(clause)) >= 2 for clause in clauses)
    marks = {each.marks for each in heads}
    score = -9.0 * (head.role is Role.SUBTITLE)
    score += 4 * (len(marks) > 1 and head.marks > 0 and head.marks == min(mark for mark in marks if mark))
    acts = lexicon.pattern("segment-actor-start").search(bare) or starts_with_place(bare, lexicon)
    score += 2 * bool(acts and not _opens_like_kicker(bare, lexicon))
    score -= 4 * _is_column_title(bare, heads)
    score -= 2.5 * (head is not heads[0] and bool(lexicon.pattern("segment-detail").search(bare)))
    score -= 3 * spaced + (len(bare) > 30) + (len(bare) <= 10) + bare[0].isdigit()
    score -= 2 * (sum(word in bare for word in lexicon.words("segment-slogan")) >= 3)
    score -= 0.5 * _opens_like_kicker(bare, lexicon) + 3 * bare.endswith(lexicon.words("segment-feature"))
    return score + overlap(bare, text.text)


def starts_with_place(text: str, lexicon: Lexicon) -> bool:
    """Whether a line begins with a division (湖南通报…); a short form counts for provinces and cities only."""
    gazetteer, bare = lexicon.gazetteer, text.lstrip("“‘")
    found = next(gazetteer.scan(bare), (1, ""))
    return (
        found[0] == 0
        and len(found[1]) < len(bare)
        and (found[1] in gazetteer.full or gazetteer.level(found[1]) < _COUNTY)
    )


def _is_column_title(text: str, heads: Sequence[Block]) -> bool:
    """Whether a line beside a headline is so short that it names the column above it, or the author below."""
    rest = [head for head in heads if head.role is Role.HEAD and len(head.text) > COLUMN_TITLE]
    limit = COLUMN_TITLE if text == heads[0].text else _NAME
    return len(text.replace(" ", "")) <= limit and bool(rest)


def settle_crossheads(draft: Draft, lexicon: Lexicon) -> None:
    """Joins what only looks like a cross-head: the first words of a paragraph, cut off by a column break.

    A word of the dictionary, or of the grammar, across the break gives a piece away; and cross-heads come in numbers,
    so that a single one without a mark is a piece too.
    """
    doubtful = [at for at in range(len(draft.body) - 1) if _is_doubtful(draft.body[at : at + 2], lexicon)]
    pieces = [at for at in doubtful if bridges(draft.body[at].text, draft.body[at + 1].text, lexicon)]
    several = len(doubtful) - len(pieces) > 1 or _has_marked_crosshead(draft, set(doubtful))
    joined = set(pieces if several else doubtful)
    for at in sorted(joined, reverse=True):
        draft.body[at + 1].blocks[:0] = draft.body[at].blocks
    draft.body = [paragraph for at, paragraph in enumerate(draft.body) if at not in joined]


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


def _has_marked_crosshead(draft: Draft, doubtful: Set[int]) -> bool:
    return any(paragraph.role == "subhead" and at not in doubtful for at, paragraph in enumerate(draft.body))


def bridges(head: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a word runs from the end of one block into the next."""
    if lexicon.pattern("segment-open-tail").search(head) or lexicon.pattern("segment-resumed").search(text):
        return True
    from kg.words import cut_words

    left = head[-_REACH:]
    return any(word.at[0] < len(left) < word.at[1] for word in cut_words(left + text[:_REACH]))


def _opens_like_kicker(text: str, lexicon: Lexicon) -> bool:
    return text.startswith(lexicon.words("segment-kicker-verb"))


def overlap(head: str, text: str) -> float:
    """Share of the two-character sequences of a headline that the text repeats, in [0, 1]."""
    pairs = {head[at : at + 2] for at in range(len(head) - 1)}
    return sum(pair in text for pair in pairs) / max(1, len(pairs))
