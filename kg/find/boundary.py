"""Where a name begins: from its last word leftwards, until something that cannot belong to a name.

The right edge of a Chinese organisation name is given by its suffix (公司, 总工会); the left edge is not marked. It is
sought word by word: a place name that is not itself preceded by a name opens the name; punctuation, function words,
verbs that take an organisation as object and describing nouns (企业, 辖区) close it.

Source: suffix for the right, scored words for the left boundary as in Shen, Li, Xu and Uszkoreit (2007); the word
classes are in `kg/lexicon/mentions.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.clean import is_han
from kg.lexicon import Lexicon
from kg.lexicon.seek import pieces_of
from kg.model import Article, Span
from kg.words import Word

_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]*")
_MAX_NAME = 40
_LONGEST_PLACE = 11
_LONGEST_BRAND = 6
_BRAND_REPEATS = 3
_LONG_GROUP = 3
_CLOSING = {"）": "（", ")": "(", "”": "“"}
_NOMINAL_TAGS = ("n", "j", "b", "")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_VERBAL_TAGS = ("v", "vd", "vi", "vq", "l", "i")
_TORN_TAGS = (*_VERBAL_TAGS, "d", "t")
_NUMBER_TAG = "m"
_TORN_NAME = ("nr",)
_WORD = 2
_FUNCTION_TAGS = ("p", "c", "d", "u", "r", "t", "y", "e", "o", "ad", "uj", "ul", "uv", "ud", "uz", "ug", "zg")


class Search:
    """A text in which each pattern is looked for once, and not at all where the text lacks what it needs."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        """Takes the text and the lexicon that has the patterns."""
        self._text = text
        self._lexicon = lexicon
        self._letters = pieces_of(text)
        self._found: dict[str, list[re.Match[str]]] = {}

    def all(self, id: str) -> Sequence[re.Match[str]]:
        """All places of a pattern."""
        found = self._found.get(id)
        if found is None:
            possible = self._lexicon.may_match(id, self._letters)
            found = self._found[id] = [*self._lexicon.pattern(id).finditer(self._text)] if possible else []
        return found


@dataclass(frozen=True)
class Text:
    """An article's text with its words and places, made once for all finders.

    Args:
        article: The article.
        words: Words that cover its text.
        starts: Where each of them starts.
        covering: For each position the word that covers it, and the last one once more for the end of the text.
        places: Start → name, for gazetteer names and short forms that agree with the word cut.
        meant: Start → official name, for short forms of counties and townships that the article makes certain.
        people: Start → stop of the personal names, once they are found.
        search: Where patterns are looked for.
    """

    article: Article
    lexicon: Lexicon
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    covering: tuple[Word, ...]
    places: dict[int, str]
    meant: dict[int, str]
    people: dict[int, int]
    search: Search

    @cached_property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def matches(self, id: str) -> Sequence[re.Match[str]]:
        """All places of a pattern in the text."""
        return self.search.all(id)

    def words_in(self, start: int, stop: int) -> tuple[Word, ...]:
        """The words that begin in a stretch."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]

    def word_at(self, position: int) -> Word:
        """The word that covers a position."""
        return self.covering[position]

    def word_before(self, position: int) -> Word:
        """The word that ends at, or is cut by, a position; what is behind the position is cut off."""
        word = self.covering[position - 1]
        if word.at[1] > position:
            return Word((word.at[0], position), self.text[word.at[0] : position], "")
        return word

    def place_ending(self, stop: int) -> Span | None:
        """The place name that ends at a position."""
        start = self._place_starts.get(stop)
        return None if start is None else (start, stop)

    @cached_property
    def _place_starts(self) -> dict[int, int]:
        """Where a place ends → where it starts; of several the shortest."""
        ordered = sorted((start, name) for start, name in self.places.items() if len(name) <= _LONGEST_PLACE)
        return {start + len(name): start for start, name in ordered}

    @cached_property
    def person_starts(self) -> dict[int, int]:
        """Where a personal name ends → where it starts."""
        return {stop: start for start, stop in self.people.items()}

    @cached_property
    def body_starts(self) -> frozenset[int]:
        """Where names that end like an organisation's begin."""
        return frozenset(self.bodies.values())

    @cached_property
    def bodies(self) -> dict[int, int]:
        """Where a name that ends like an organisation's ends → where it begins."""
        found = {}
        for match in self.matches("organisation-suffix"):
            start = name_start(self, match.start())
            if start < match.start():
                found[match.end()] = start
        return found


def stands_alone(text: Text, stop: int) -> bool:
    """True when a short form of a place that ends at a position is the area itself, not the beginning of a name."""
    if stop in text.places or text.lexicon.pattern("after-short-place").match(text.text, stop):
        return True
    behind = text.word_at(stop) if stop < len(text.text) else None
    return (
        behind is not None and behind.at[0] == stop and (behind.text.isdecimal() or behind.tag[:1] not in _NOMINAL_TAGS)
    )


def is_proper(text: Text, start: int, stop: int) -> bool:
    """True when a stretch holds a name: a place, a word for one, or characters that the dictionary cannot join."""
    single = False
    for number in range(bisect_left(text.starts, start), bisect_left(text.starts, stop)):
        word = text.words[number]
        coined = len(word.text) == 1 and is_han(word.text)
        known = word.text in text.lexicon.gazetteer.short or word.text in text.lexicon.word_set("brand-company")
        named = word.tag[:2] in _NAME_TAGS or word.text.isascii() or known
        everyday = word.text in text.lexicon.word_set("place-like-word")
        if word.at[0] in text.places or (named and not everyday) or (coined and single):
            return True
        single = coined
    return False


def name_start(text: Text, stop: int, *, inner_verbs: bool = True, limit: int = _MAX_NAME) -> int:
    """Leftmost position at which a name that reaches up to `stop` can begin; `stop` itself when nothing precedes.

    Args:
        text: The article.
        stop: Where the part of the name that is known begins (its suffix).
        inner_verbs: False where a verb always ends the name, whatever its class.
        limit: Longest name in code points.
    """
    position, floor = stop, max(0, stop - limit)
    doubtful: int | None = None
    while position > floor and not (position < stop and position in text.person_starts):
        if text.text.endswith(text.lexicon.words("party-role"), 0, position):
            break
        place = text.place_ending(position)
        if place:
            position = place[0]
            if _place_opens(text, position, stop):
                break
            continue
        if group := _group_ending(text, position):
            position -= len(group)
            continue
        if text.text[position - 1] in _CLOSING:
            opened = _opening(text.text, position - 1, floor)
            if opened is None:
                break
            position = opened
            continue
        word = text.word_before(position)
        joint = _torn_joint(text, word)
        if joint is not None:
            position = joint if joint < position else position
            break
        if closes_name(text, word, at_suffix=position == stop, inner_verbs=inner_verbs):
            if not _looks_torn(text, word, stop):
                break
            doubtful = position if doubtful is None else doubtful
        if position < stop and (behind := _behind_union(text, word)) is not None:
            position = behind
            break
        position = word.at[0]
        if position in text.places and _place_opens(text, position, stop):
            # The dictionary has the whole name as one word (北京工业大学).
            break
    if doubtful is not None and position not in text.places:
        position = _with_brand(text, doubtful, stop)
    if text.text.startswith("（", position):
        position = _before_bracket(text, position, floor)
    return _without_leading(text, max(position, floor), stop)


def _before_bracket(text: Text, stop: int, floor: int) -> int:
    """捷爱士货运代理|（上海）有限公司: no name begins with a bracket; what stands before it is its brand."""
    position = stop
    while position > floor:
        word = text.word_before(position)
        known = any(word.text in text.lexicon.word_set(id) for id in ("leading-verb", "run-verb", "leading-noun"))
        if known or not word.text.isalnum() or text.lexicon.pattern("no-brand").search(word.text):
            break
        position = word.at[0]
        if position in text.places:
            break
    return position


def _torn_joint(text: Text, word: Word) -> int | None:
    """Where a name begins in a word that the cut made of a conjunction and a piece of a name (丰与, 同江)."""
    if not word.tag.startswith(_TORN_NAME) or len(word.text) != _WORD:
        return None
    joints = text.lexicon.word_set("joint-char")
    if word.text[1] in joints:
        return word.at[1]
    return word.at[0] + 1 if word.text[0] in joints and word.at[0] not in text.places else None


def _looks_torn(text: Text, word: Word, stop: int) -> bool:
    """True for a word in front of a company that may be a piece of its brand or its trade (苏州云|鼎新|能源有限公司).

    No verb that the lexicon knows: one that only the dictionary's tag makes a verb, adverb or time.
    """
    known = any(word.text in text.lexicon.word_set(id) for id in ("leading-verb", "run-verb", "leading-noun"))
    if known or word.tag not in _TORN_TAGS or len(word.text) < _WORD:
        return False
    return bool(text.lexicon.pattern("company-form").match(text.text, stop))


def _with_brand(text: Text, start: int, stop: int) -> int:
    """Takes in one more word where a name would only be a trade (钻采|物资|公司): no company is called so."""
    word = text.word_before(start)
    bare = text.text[start:stop] in text.lexicon.word_set("union-area")
    alone = start < stop and (bare or text.lexicon.pattern("only-trade").fullmatch(text.text, start, stop))
    return word.at[0] if alone and nothing_before(text, word.at[0]) else start


def _behind_union(text: Text, word: Word) -> int | None:
    """Where a name begins that stands behind a union's (总工会|春晖律师事务所); None for what the union has.

    A single character there is a preposition (总工会|同|某银行), however the word cut tagged it.
    """
    lexicon, start = text.lexicon, word.at[0]
    if not text.text.endswith(lexicon.words("union-suffix") + lexicon.words("party-body"), 0, start):
        return None
    if lexicon.pattern("union-part").match(text.text, start):
        return None
    return start if len(word.text) > 1 else word.at[1]


def _group_ending(text: Text, stop: int) -> str:
    """The group of workers whose name ends at a position: a trade union may bear it (新就业形态劳动者|工会联合会)."""
    fitting = (p for p in _pieces(text.lexicon).get(text.text[stop - 1 : stop], ()) if text.text.endswith(p, 0, stop))
    return next(fitting, "")


@lru_cache(maxsize=4)
def _pieces(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Last character → the long groups of workers and other pieces of names that end with it, the longest first."""
    groups = (group for group in lexicon.words("worker-group") if len(group) > _LONG_GROUP)
    by_end: dict[str, list[str]] = {}
    for piece in (*groups, *lexicon.words("name-piece"), *lexicon.words("brand-company")):
        by_end.setdefault(piece[-1], []).append(piece)
    return {end: tuple(sorted(pieces, key=len, reverse=True)) for end, pieces in by_end.items()}


def _begins_group(text: Text, start: int) -> bool:
    group = text.lexicon.pattern("worker-group-start").match(text.text, start)
    return group is not None and len(group[0]) > _LONG_GROUP


def _place_opens(text: Text, start: int, stop: int) -> bool:
    """A place begins a name unless another place, or a name with a suffix (…集团北京有限公司), stands before it.

    Before the place of a branch its company's brand is enough (美团|广州分公司).
    """
    before = text.text[max(0, start - 8) : start]
    if before.endswith(text.lexicon.words("small-area")) and text.places.get(start) in text.lexicon.word_set(
        "opening-word"
    ):
        # 田林街道|国家电网: the nation stands in no street.
        return True
    if not before or text.place_ending(start):
        return not before
    if text.lexicon.pattern("branch-form").match(text.text, stop):
        word = text.word_before(start)
        brand = text.text.endswith(text.lexicon.words("brand-company"), 0, start)
        return not brand and (closes_name(text, word) or len(word.text) < _WORD)
    if text.lexicon.pattern("company-form").match(text.text, stop) and _brand_before(text, start):
        return False
    return not before.endswith(text.lexicon.words("name-before-place"))


def _brand_before(text: Text, start: int) -> bool:
    """True when an unknown brand, or one with its own place, stands before a place (陕煤|铜川|矿业公司)."""
    begin = name_start(text, start, inner_verbs=False, limit=_LONGEST_BRAND)
    closers = text.lexicon.words("union-suffix") + text.lexicon.words("party-role")
    if start - begin < _WORD or text.text.endswith(closers, 0, start):
        return False
    place = text.places.get(begin, "")
    if text.text.endswith(text.lexicon.words("name-piece"), begin, start):
        return True
    words = text.words_in(begin, start)
    coined = all(len(word.text) == 1 for word in words) or any(word.tag in _NAME_TAGS for word in words)
    return coined or (bool(place) and start - begin - len(place) >= _WORD)


def _opening(text: str, closing: int, floor: int) -> int | None:
    """Start of a short bracketed part ending at `closing`, when it may belong to a name."""
    opening = text.rfind(_CLOSING[text[closing]], max(floor, closing - 14), closing)
    inside = text[opening + 1 : closing]
    return opening if opening >= 0 and inside and not set(inside) & set("，。；！？\n、 \u3000") else None


def closes_name(text: Text, word: Word, *, at_suffix: bool = False, inner_verbs: bool = True) -> bool:
    """True when a word cannot belong to a name that goes on behind it.

    Args:
        text: The article.
        word: The word before what is known of the name.
        at_suffix: True when it stands directly before the suffix; a brand may look like a verb there.
        inner_verbs: As for `name_start`.
    """
    lexicon, form = text.lexicon, word.text
    if not _LETTERS.fullmatch(form):
        return True
    if form.isascii():
        return form.isdigit() or not form[-1].isalnum()
    if word.tag == _NUMBER_TAG and lexicon.pattern("counted").fullmatch(form):
        return True
    if len(form) == 1:
        return _function_character(text, word)
    if len(form) >= 4 and form[-2:] in lexicon.word_set("leading-verb") - lexicon.word_set("inner-verb"):
        return True
    if form in lexicon.word_set("leading-noun"):
        # 总工会|职工|法律援助中心: the word stands inside the name of what belongs to a body.
        return not _owned(text, word) and not text.text.endswith("”", 0, word.at[0])
    inner = form in lexicon.word_set("inner-verb")
    leading = form in lexicon.word_set("leading-verb") or form in lexicon.word_set("run-verb")
    if inner and leading:
        return not inner_verbs or nothing_before(text, word.at[0])
    if inner or leading:
        return leading or not inner_verbs
    if word.tag in _FUNCTION_TAGS:
        return True
    return word.tag in _VERBAL_TAGS and not _is_brand(text, word, at_suffix)


def _owned(text: Text, word: Word) -> bool:
    """总工会|职工|法律援助中心, 江城市|职工|技术协会: the word stands inside the name of what a body or place has.

    So does the kind of area that has a union (兴发|园区|工会联合会).
    """
    if word.text in text.lexicon.word_set("union-area"):
        return bool(text.lexicon.pattern("area-union-form").match(text.text, word.at[1]))
    if word.text not in text.lexicon.word_set("for-workers"):
        return False
    start = word.at[0]
    union = text.text.endswith(text.lexicon.words("union-suffix"), 0, start)
    return (
        union
        or bool(text.place_ending(start))
        or bool(text.lexicon.pattern("level-before").search(text.text, max(0, start - 3), start))
    )


def _is_brand(text: Text, word: Word, at_suffix: bool) -> bool:
    """True for a brand or trade that the dictionary takes for a verb.

    It stands behind a place, before a legal form (云鼎|押运|有限公司), or comes back.
    """
    if text.place_ending(word.at[0]):
        return True
    if not at_suffix:
        return False
    legal = text.lexicon.pattern("legal-form").match(text.text, word.at[1])
    return bool(legal) or text.text.count(word.text) >= _BRAND_REPEATS


def _function_character(text: Text, word: Word) -> bool:
    lexicon, start = text.lexicon, word.at[0]
    if word.text in lexicon.word_set("result-char"):
        # 改造|成|…: what a verb makes of something; 成飞集团 is a name.
        return text.word_before(start).text in lexicon.word_set("leading-verb") if start else False
    if word.text in lexicon.word_set("calendar-char"):
        # 12月 is a date, 净月 a name.
        return start > 0 and text.text[start - 1] in lexicon.word_set("digit")
    if start and text.text[start - 1] in lexicon.word_set("digit") and word.text in lexicon.word_set("measure-char"):
        return True
    if word.text in lexicon.word_set("edge-char"):
        return start > 0 and text.text[start - 1].isalnum() and not _begins_brand(text, start)
    return word.text in lexicon.word_set("function-char") and word.text not in lexicon.word_set("name-char")


def _begins_brand(text: Text, start: int) -> bool:
    """来自|中天集团: such a character behind a place or a verb for organisations begins a name."""
    return bool(text.place_ending(start)) or text.word_before(start).text in text.lexicon.word_set("leading-verb")


def nothing_before(text: Text, start: int) -> bool:
    """True when no name can reach up to `start`, so that a word there is a verb and not part of a name."""
    if start == 0:
        return True
    before = text.word_before(start)
    if text.place_ending(start):
        return False
    if before.text in text.lexicon.word_set("leading-verb") or before.text in text.lexicon.word_set("run-verb"):
        return True
    return closes_name(text, before) or before.text.endswith(text.lexicon.words("union-suffix"))


def _without_leading(text: Text, start: int, stop: int) -> int:
    """Moves the start right over single characters that only look like the beginning of a name."""
    while start < stop:
        word = text.word_at(start)
        if word.at[0] != start or start in text.places or _begins_group(text, start):
            return start
        if word.text in text.lexicon.word_set("leading-noun") or word.text in text.lexicon.word_set("never-first"):
            start = word.at[1]
        else:
            return start
    return min(start, stop)
