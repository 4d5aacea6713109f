"""What belongs to a body: parts that are named behind it, and the company in front of its branch.

A part (车间, 抢修队, 服务中心) is named by its body: 某热力公司|太平抢修队.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.clean import plain_name
from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import ORGANISATION_TYPES, EntityType
from kg.words import Word

_PREPOSITION = "p"
_SHORTEST_TAIL = 4
_GRAMMAR_TAGS = ("d", "r", "p", "c")


def find_parts(text: Text, bodies: Iterable[Draft]) -> Iterator[Draft]:
    """The parts that stand directly behind the bodies of an article: of parts of parts the innermost."""
    for body in bodies:
        if body.type not in ORGANISATION_TYPES or body.rule == "head":
            continue
        inner = part = _part_of(text, body)
        while inner is not None:
            part, inner = inner, _part_of(text, inner)
        if part is not None:
            yield part
            yield from _alone(text, body, part)


def _alone(text: Text, body: Draft, part: Draft) -> Iterator[Draft]:
    """Where the part is named again without its body (太平抢修队)."""
    tail = part.name.removeprefix(body.name or plain_name(text.text[body.start : body.stop]))
    start = text.text.find(tail) if len(tail) >= _SHORTEST_TAIL and not part.anaphor else -1
    while start >= 0:
        if not body.stop <= start < part.stop and not text.text[:start].endswith(text.lexicon.word("owner-mark")):
            yield part._replace(start=start, stop=start + len(tail), rule="part-again")
        start = text.text.find(tail, start + len(tail))


def _part_of(text: Text, body: Draft) -> Draft | None:
    """The part named behind a body: with 的 between them only where nothing else can be meant."""
    owned = text.text.startswith(text.lexicon.word("owner-mark"), body.stop)
    start = body.stop + owned
    match = text.lexicon.pattern("part-at").match(text.text, start)
    if match is None or (owned and match["head"] not in text.lexicon.word_set("owned-part")):
        return None
    # 集团|工会给夜班|职工: a preposition is in no name.
    if any(word.tag == _PREPOSITION for word in text.words_in(start, match.end())):
        return None
    if match["core"] in text.lexicon.word_set("no-part-core") and match["head"] in text.lexicon.word_set("part-head"):
        return None
    if not _is_core(
        text, start, match.start("head"), shop=match["head"] in text.lexicon.word_set("workshop")
    ) or not _ends_word(text, match.end()):
        return None
    desk = body.type is EntityType.UNION and is_desk(text, match["head"], match.end())
    if desk or (owned and not match["core"]):
        return None
    name = (body.name or plain_name(text.text[body.start : body.stop])) + match[0]
    return Draft(_kind(text, body, match["head"]), body.start, match.end(), "part", name=name, anaphor=body.anaphor)


def is_desk(text: Text, head: str, stop: int) -> bool:
    """急诊科护士, 总工会|权益部负责人: a department that only tells where somebody works."""
    titles = text.lexicon.words("post") + text.lexicon.words("person-title")
    return head.endswith(text.lexicon.words("department")) and text.text.startswith(titles, stop)


def _kind(text: Text, body: Draft, head: str) -> EntityType:
    """A part of an office is an office, a campus a school; the rest are organisations."""
    if body.type is EntityType.SCHOOL and head.endswith(text.lexicon.words("school-part")):
        return EntityType.SCHOOL
    if head.endswith(text.lexicon.words("company-part")):
        return EntityType.COMPANY
    office = body.type is EntityType.PUBLIC_BODY and head.endswith(text.lexicon.words("office-part"))
    return EntityType.PUBLIC_BODY if office else EntityType.ORGANISATION


def _is_core(text: Text, start: int, stop: int, *, shop: bool) -> bool:
    """True where no word between a body and the head of a part counts, acts or describes."""
    position = start
    while position < stop:
        word = text.word_at(position)
        form = text.text[max(word.at[0], start) : min(word.at[1], stop)]
        if _breaks_core(text, word, form, first=position == start, shop=shop):
            return False
        position = word.at[1]
    return True


def _breaks_core(text: Text, word: Word, form: str, *, first: bool, shop: bool) -> bool:
    """True for a verb that is no trade (any may be one of a workshop), a post, a first word that is only grammar."""
    lexicon = text.lexicon
    if form in lexicon.word_set("inner-verb"):
        return False
    listed = any(form in lexicon.word_set(id) for id in ("leading-verb", "run-verb", "post", "person-title"))
    verbal = len(form) > 1 and form == word.text and word.tag[:1] == "v" and not shop
    return listed or verbal or (first and word.tag[:1] in _GRAMMAR_TAGS)


def _ends_word(text: Text, stop: int) -> bool:
    """True where the word cut ends too: 服务队|员 is no team."""
    return stop >= len(text.text) or text.word_at(stop).at[0] == stop
