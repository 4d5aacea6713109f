"""Groups of workers: heads (快递员, …工, 职工) with what tells them from others (夜班, 青年, 外贸企业).

The right end is a head; the left end is sought word by word, as for organisations. A common head needs an attribute,
and an occupation a sign that many are meant: another one beside it in a list, a number, or somebody who does something
for them. One person's trade (挡车工罗小妹, 一名电工) and what is named after a trade (焊工项目) are no groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType, Span
from kg.words import Word

_LONGEST = 10
_WORDS = 4
_TRADE = 3
_REACH = 20
_MARKS = re.compile("[，。；！？：\n“”]")
_OCCUPATION_TAGS = ("n", "v", "j", "b", "s", "l")
_LIST = "、…"
_NOUN_TAGS = ("n", "j", "l", "s")


class Group(NamedTuple):
    """A stretch that may name a group of workers.

    Args:
        start, stop: Its place in the article's text.
        sure: True when it needs no further sign that many are meant.
        rule: What found it.
    """

    start: int
    stop: int
    sure: bool
    rule: str


def find_worker_groups(text: Text) -> Iterator[Draft]:
    """Groups of workers served or covered."""
    found = [group for group in _candidates(text) if _is_group(text, group)]
    joined = [group for group in found if group.sure or _meant(text, group) or _listed(text, group, found)]
    names = tuple(dict.fromkeys(text.text[group.start : group.stop] for group in joined))
    for group in found:
        name = text.text[group.start : group.stop]
        if name in names:
            yield _draft(text, group, _in_full(text, name, names))


def _in_full(text: Text, name: str, names: tuple[str, ...]) -> str:
    """The one longer name of the article's groups that a bare occupation is short for (检修工: 索道检修工)."""
    longer = [other for other in names if other != name and other.endswith(name)]
    crowd = name.endswith(text.lexicon.words("crowd-end"))
    return longer[0] if len(longer) == 1 and not crowd else name


def _draft(text: Text, group: Group, name: str) -> Draft:
    tail = next((t for t in text.lexicon.words("group-tail") if text.text.startswith(t, group.stop)), "")
    building = text.text.startswith(text.lexicon.word("group-building"), group.stop + len(tail))
    stop = group.stop if building else group.stop + len(tail)
    return Draft(EntityType.WORKER_GROUP, group.start, stop, group.rule, name=name)


def _candidates(text: Text) -> Iterator[Group]:
    """Every head with its attributes."""
    for match in text.matches("group-head-at"):
        kind = match.lastgroup or ""
        form, stop = match[kind], match.end(kind)
        if text.word_at(stop - 1).at[1] > stop and not _may_cut(text, stop):
            continue
        head = match.start() if kind != "trade" else _trade_start(text, stop)
        if head is None or (text.word_at(head).at[0] < head and not _known_attribute(text, head)):
            continue
        start, plain = _attributes(text, head, "" if kind == "trade" else form)
        stop += next((len(w) for w in text.lexicon.words("group-family") if text.text.startswith(w, stop)), 0)
        if kind == "listed" and form not in text.lexicon.word_set("never-group"):
            yield Group(start, stop, form.endswith(text.lexicon.words("crowd-end")), "worker-group")
        elif kind == "crowd" and start < head:
            yield Group(start, stop, plain, "crowd")
        elif kind == "trade" or form in text.lexicon.word_set("short-trade"):
            yield Group(start, stop, False, "trade")


def _may_cut(text: Text, stop: int) -> bool:
    """True when the dictionary joins the end of a head with 们 or a tail: it ends there all the same."""
    return bool(text.lexicon.pattern("many-behind").match(text.text, stop))


def _trade_start(text: Text, stop: int) -> int | None:
    """Where an occupation begins that ends in 工, 员, 师 or 手; None when the word is none."""
    word = text.word_at(stop - 1)
    if word.text.endswith(text.lexicon.words("not-a-trade")):
        return None
    listed = word.text in text.lexicon.word_set("worker-group") | text.lexicon.word_set("short-trade")
    if listed or word.at[1] != stop:
        return None
    if len(word.text) > 2:
        return word.at[0] if word.tag.startswith("n") else None
    start = word.at[0]
    before = text.word_before(start)
    while start and len(before.text) == 1 and stop - start < 3 and _is_piece(text, start):
        start = before.at[0]
        before = text.word_before(start)
    if stop - start < 2 and len(before.text) > 1 and _occupational(text, before.text, before.tag):
        start = before.at[0]
    fits = stop - start >= _TRADE and not text.text[start:stop].endswith(text.lexicon.words("not-a-trade"))
    return start if fits else None


def _is_piece(text: Text, stop: int) -> bool:
    """True for a single character that may belong to an occupation (造|雪|工): no function word and no measure."""
    char = text.text[stop - 1]
    closed = ("function-char", "measure-char", "digit", "edge-char")
    return "\u4e00" <= char <= "\u9fff" and not any(char in text.lexicon.word_set(id) for id in closed)


def _attributes(text: Text, head: int, form: str) -> tuple[int, bool]:
    """Where the attributes of a head begin, and whether all of them are known as such."""
    lexicon = text.lexicon
    open_heads = ("maker-head", "short-trade", "generic-group")
    any_noun = not form or any(form in lexicon.word_set(id) for id in open_heads)
    any_noun = any_noun and form not in lexicon.word_set("never-group")
    start, known, words = head, True, 0
    while head - start < _LONGEST and words < _WORDS and not text.place_ending(start):
        taken = _known_attribute(text, start)
        if not taken:
            word = _pieces_before(text, start) if not form else text.word_before(start)
            worked = form in lexicon.word_set("hands") and start == head
            fits = any_noun and words < 2 and _occupational(text, word.text, word.tag, nouns=not worked)
            if not fits or text.place_ending(word.at[1]):
                break
            taken, known = len(word.text), False
        start, words = start - taken, words + 1
    return start, known


def _pieces_before(text: Text, stop: int) -> Word:
    """The word before a position; two single characters, which the dictionary has cut (雪|道), count as one."""
    last = text.word_before(stop)
    first = text.word_before(last.at[0])
    cut = len(first.text) == len(last.text) == 1 and _is_piece(text, stop) and _is_piece(text, last.at[0])
    return Word((first.at[0], stop), first.text + last.text, _NOUN_TAGS[0]) if cut else last


def _known_attribute(text: Text, stop: int) -> int:
    """How long the state, trade or branch is that ends at a position; it must begin a word."""
    for length in range(min(6, stop), 0, -1):
        start = stop - length
        form = text.text[start:stop]
        known = form in text.lexicon.word_set("group-state") or form in text.lexicon.word_set("group-trade")
        if (known or _is_branch(text, form, length)) and text.word_at(start).at[0] == start:
            return length
    return 0


def _is_branch(text: Text, form: str, length: int) -> bool:
    """外贸企业, 餐饮行业, 高温岗位: one word and the word for a branch."""
    ends = form.endswith(text.lexicon.words("branch-end"))
    return ends and length > 3 and form[:-2] in text.lexicon.word_set("group-trade")


def _occupational(text: Text, form: str, tag: str, *, nouns: bool = False) -> bool:
    """Whether a word may tell what an occupation is about: no verb that takes people as its object, nothing general."""
    closed = ("leading-verb", "run-verb", "programme-lead", "leading-noun", "tail-breaker", "people-verb")
    lexicon = text.lexicon
    inner = form in lexicon.word_set("inner-verb") or form in lexicon.word_set("group-trade")
    if len(form) < 2 or not form.isalpha() or (any(form in lexicon.word_set(id) for id in closed) and not inner):
        return False
    if form in lexicon.word_set("people-verb") or form.endswith(lexicon.words("organisation-end")):
        return False
    return tag.startswith(_NOUN_TAGS if nouns else _OCCUPATION_TAGS)


def _is_group(text: Text, group: Group) -> bool:
    """Neither one person nor something named after a trade, nor those who do something for others."""
    start, stop = group.start, group.stop
    if stop in text.people or text.lexicon.pattern("no-group-behind").match(text.text, stop):
        return False
    before = text.text[max(0, start - _REACH) : start]
    if text.lexicon.pattern("one-of-group").search(before) and text.text[stop : stop + 1] not in _LIST:
        return False
    helper = not group.sure or text.text[start:stop].endswith(text.lexicon.words("helper"))
    return not (helper and text.lexicon.pattern("provider-before").search(before))


def _meant(text: Text, group: Group) -> bool:
    """True when many are counted, cared for, or called 们."""
    clause = _MARKS.split(text.text[max(0, group.start - _REACH) : group.start])[-1]
    return bool(
        text.lexicon.pattern("for-group-before").search(clause)
        or text.lexicon.pattern("many-behind").match(text.text, group.stop)
    )


def _listed(text: Text, group: Group, others: list[Group]) -> bool:
    """True when another group stands beside this one in a list."""
    joints = text.lexicon.word_set("name-joint")
    spans: list[Span] = [(other.start, other.stop) for other in others]
    return any(
        text.text[group.stop : start] in joints if start >= group.stop else text.text[stop : group.start] in joints
        for start, stop in spans
        if (start, stop) != (group.start, group.stop)
    )
