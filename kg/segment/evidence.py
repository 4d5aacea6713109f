"""What speaks for a new article under a headline without a dateline, against a cross-head in the open one.

Points are added, as a reader adds up impressions: no single custom of layout holds in every newspaper. A new article
brings its own places and actors and has its own author; a cross-head is short, stands among others of its kind, and the
text under it goes on with the same things.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.clean import HAN_RUN
from kg.lexicon import Lexicon
from kg.segment.blocks import Block, Role, is_comma_headline
from kg.segment.compose import Draft
from kg.segment.credits import closes_with_author, closes_with_photo, names_author
from kg.segment.headings import HEADS, bridges, overlap, starts_with_place

_OPENING = 60  # code points in which a first sentence names its actor
_CROSSHEAD_LIMIT = 14
_HEADLINE_LIMIT = 30
_HEADLINE_MARKS = "，：？"
_LABEL_MARK, _LABEL = "：", 8
_NEWS = 0.2
_REACH = 3
_SHORT_SECTION = 60
_NEW_SHARE = 0.5  # per 100 characters
_WITHIN = (Role.BODY, Role.CAPTION)
_TEXTS = (Role.BODY, Role.DATELINE, Role.CAPTION)


def begins_article(blocks: Sequence[Block], at: int, heads: Sequence[Block], draft: Draft, lexicon: Lexicon) -> int:
    """How much speaks for a new article under a run of headlines, against a cross-head in the open one.

    Args:
        blocks: The page.
        at: Place of the first text block under the run.
        heads: The run; not empty.
        draft: The open article.
        lexicon: Patterns of layout.

    Returns:
        Points; two are as much as a clear sign.
    """
    score = _points(blocks, at, heads, draft, lexicon)
    if not _named_author(draft, lexicon):
        return score
    rivals = list(_runs_before_author(blocks, at, lexicon))
    if rivals and all(_points(blocks, place, run, draft, lexicon) < score for place, run in rivals[1:]):
        score += 2
    return score


def _points(blocks: Sequence[Block], at: int, heads: Sequence[Block], draft: Draft, lexicon: Lexicon) -> int:
    first, section, before = heads[0], _section(blocks, at, lexicon), _text_of(draft)
    score = 2 * (len(heads) > 1) + bool(lexicon.pattern("segment-lede").search(section))
    score += _layout(blocks, heads, draft) + _actor(heads[-1], section, before, lexicon)
    score += 2 * _shares_nothing(section, before, _elsewhere(blocks, at, draft))
    score += _new_places(heads[-1].text + "\n" + section, before, lexicon)
    score += overlap(heads[-1].text, section) >= overlap(heads[-1].text, before) + _NEWS
    score += _CROSSHEAD_LIMIT < len(heads[-1].text) <= _HEADLINE_LIMIT
    score += 3 * _ends_in_photo_credit(blocks, at, lexicon)
    score += _closes(draft, lexicon) + any(mark in heads[-1].text for mark in _HEADLINE_MARKS)
    score -= 3 * bool(lexicon.pattern("segment-ordinal").search(first.text))
    score -= 3 * any(aside in first.text for aside in lexicon.words("segment-aside"))
    score -= 3 * bridges(heads[-1].text, blocks[at].text, lexicon)
    return score


def _section(blocks: Sequence[Block], at: int, lexicon: Lexicon) -> str:
    """The text under a headline, up to what begins something new."""
    texts = [blocks[at].text]
    for block in blocks[at + 1 :]:
        if block.role not in (*_WITHIN, Role.FURNITURE) or is_comma_headline(block, lexicon):
            break
        texts.append(block.text if block.role in _WITHIN else "")
    return "".join(texts)


def _text_of(draft: Draft) -> str:
    return "".join(paragraph.text for paragraph in (*draft.head, *draft.body))


def _layout(blocks: Sequence[Block], heads: Sequence[Block], draft: Draft) -> int:
    """What gaps, indents, marks and the cross-heads so far say."""
    first = heads[0]
    gaps = sorted(block.gap for block in blocks[1:])
    usual = gaps[len(gaps) // 2] if gaps else 1
    marks = [block.marks for block in draft.blocks if block.role in HEADS]
    score = 2 * (first.gap > usual + 1 or first.frame)
    score += bool(marks and marks[0] == first.marks > 0) - 2 * bool(marks and first.marks > marks[0] > 0)
    crossheads = [paragraph.text for paragraph in draft.body if paragraph.role == "subhead"]
    return score - any(abs(len(text) - len(heads[-1].text)) <= 1 for text in crossheads)


def _actor(head: Block, section: str, before: str, lexicon: Lexicon) -> int:
    """A headline likes to begin with who acts; the text names it again, and the article before does not."""
    if (match := lexicon.pattern("segment-actor-start").search(head.text)) is None:
        # 东莞：… is how news of another place is headed.
        return starts_with_place(head.text, lexicon) * (1 + (_LABEL_MARK in head.text[:_LABEL]))
    actor = match[0].strip("“‘")
    return 1 + (actor in section[:_OPENING] or (actor in section and actor not in before))


def _new_places(section: str, before: str, lexicon: Lexicon) -> int:
    """Three at most, where the text names divisions and none that the article before names, contains or lies in.

    An article introduces its place with what contains it (湖南省岳阳市), which nobody repeats later on.
    """
    new, known = _places(section, lexicon), _places(before, lexicon)
    contains = lexicon.gazetteer.contains
    if not new or any(a == b or contains(a, b) or contains(b, a) for a in new for b in known):
        return 0
    return 1 + bool(known) + _has_address(section, lexicon)


def _shares_nothing(section: str, before: str, elsewhere: str) -> bool:
    """Whether a text and the article before share nothing of their own.

    Their own are sequences of three characters that the rest of the page lacks. Of articles put side by side, 70 in 100
    share less than one in 200 characters, of parts of one article 6 in 100. That they share much says nothing: articles
    on one matter are set side by side.
    """
    own = (_triples(section) & _triples(before)) - _triples(elsewhere)
    return len(section) >= _SHORT_SECTION and 100 * len(own) < _NEW_SHARE * len(section)


def _triples(text: str) -> set[str]:
    runs = HAN_RUN.findall(text)
    return {run[at : at + 3] for run in runs for at in range(len(run) - 2)}


def _elsewhere(blocks: Sequence[Block], at: int, draft: Draft) -> str:
    """The page before the open article, and behind the next line that ends or opens one for certain."""
    start = min(block.at[0] for block in draft.blocks)
    certain = (Role.DATELINE, Role.COLUMN, Role.CREDIT, Role.SOURCE)
    behind = next((place for place in range(at + 1, len(blocks)) if blocks[place].role in certain), len(blocks))
    return "\n".join(
        [block.text for block in blocks if block.at[0] < start] + [block.text for block in blocks[behind:]]
    )


def _has_address(text: str, lexicon: Lexicon) -> bool:
    """Whether a division stands right behind one that contains it."""
    found = list(lexicon.gazetteer.scan(text))
    return any(
        start + len(outer) == stop and lexicon.gazetteer.contains(outer, inner)
        for (start, outer), (stop, inner) in pairwise(found)
    )


def _closes(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether the open article ends in an outlook or a sum, as news likes to."""
    last = next((paragraph.text for paragraph in reversed(draft.body) if paragraph.role == "body"), "")
    return bool(lexicon.pattern("segment-closing").search(last))


def _places(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Official names of the divisions in a text; a short form counts for a province or a city only."""
    gazetteer = lexicon.gazetteer
    names = [name for _, name in gazetteer.scan(text) if name in gazetteer.full or gazetteer.level(name) < _REACH]
    return tuple(dict.fromkeys(division.name for name in names if (division := gazetteer.find(name)) is not None))


def _ends_in_photo_credit(blocks: Sequence[Block], at: int, lexicon: Lexicon) -> bool:
    """Whether one or two paragraphs and then a photographer's credit stand here, as under a photo."""
    if blocks[at].role in _TEXTS and closes_with_photo(blocks[at].text, lexicon):
        return True
    following = blocks[at : at + _REACH]
    credit = next((block for block in following if block.role is Role.CREDIT), None)
    if credit is None or any(block.role in (*HEADS, Role.COLUMN) for block in following[: following.index(credit)]):
        return False
    return any(word in credit.text for word in lexicon.words("segment-photo"))


def _named_author(draft: Draft, lexicon: Lexicon) -> bool:
    return any(names_author(block.text, lexicon) for block in draft.blocks)


def _runs_before_author(
    blocks: Sequence[Block], at: int, lexicon: Lexicon
) -> tuple[tuple[int, tuple[Block, ...]], ...]:
    """The headline runs from here to the next author's name behind a text, each with the place of its text.

    An article has one author's line: where the open one has had its own, one of these runs opens the article that the
    name belongs to. Empty where a dateline or a column head comes first.
    """
    runs: list[tuple[int, tuple[Block, ...]]] = [(at, ())]
    run: tuple[Block, ...] = ()
    for place, block in enumerate(blocks[at:], at):
        if block.role in (Role.DATELINE, Role.COLUMN):
            return ()
        if block.role in HEADS:
            run = (*run, block)
        elif block.role is Role.CREDIT:
            return () if run or not names_author(block.text, lexicon) else tuple(runs)
        elif block.role in _TEXTS:
            runs += [(place, run)] if run else []
            run = ()
            if closes_with_author(block.text, lexicon):
                return tuple(runs)
    return ()
