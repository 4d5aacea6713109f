"""Named persons: a surname and a given name that the words around them, and the characters themselves, speak for.

Chinese writes no capitals, and most characters of names are words as well, so no single sign decides. What stands in
front (a trade, 名叫, the start of a sentence), what follows (says, 把, 的) and of which characters the given name is
made are each worth some points; a stretch with enough of them is a name, and then so is the same string elsewhere in
the article. The points are fitted to nothing but the examples beside the patterns and in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType
from kg.words import Word

_REACH = 8
_BEFORE: Mapping[str, int] = MappingProxyType(
    {
        "named": 10,
        "title": 8,
        "trade": 8,
        "met": 6,
        "age": 6,
        "clause": 4,
        "of": 4,
        "comma": 3,
        "list": 3,
        "told": 3,
        "word": 1,
    }
)
_BEHIND: Mapping[str, int] = MappingProxyType({"speech": 6, "tail": 6, "function": 4, "verb": 3, "mark": 2, "": -1})
_CERTAIN = ("named", "title", "trade", "met")
_TYPICAL, _POSSIBLE, _ODD = 2, 1, -3
_COINED = 2
_GIVEN = 1
_WORD_LIKE = -3
_WORD_INSIDE = -6
_COMMON_WORD = -3
_CUTS_WORD = -4
_NEIGHBOUR = 5
_RETURNS = 2
_ENOUGH = 9
_SHORT = 2
_SPELT = 5
_ADDRESSED = 7
_FAMILIAR = 7


class Name(NamedTuple):
    """A stretch that may be a personal name.

    Args:
        start, stop: Its place in the article's text.
        points: What speaks for it.
    """

    start: int
    stop: int
    points: int


def find_persons(text: Text) -> Iterator[Draft]:
    """Persons by their full names, wherever these come back, and by the forms that people call each other by."""
    names = dict.fromkeys(text.text[name.start : name.stop] for name in read_names(text))
    yield from _everywhere(text, dict.fromkeys(names, ""), "person")
    yield from _everywhere(text, _familiar(text, tuple(names)), "familiar-person")
    for match in text.matches("personal-pronoun"):
        yield Draft(EntityType.PERSON, match.start(), match.end(), "pointer", anaphor=True)


def _everywhere(text: Text, names: Mapping[str, str], rule: str) -> Iterator[Draft]:
    """Each place where one of the forms stands, with the name that it stands for, empty for itself."""
    for form, name in names.items():
        for match in re.finditer(re.escape(form), text.text):
            if not _in_credit(text, match.start()):
                yield Draft(EntityType.PERSON, *match.span(), rule, name=name)


def _familiar(text: Text, names: tuple[str, ...]) -> dict[str, str]:
    """老宋, 王师傅, 邓站长 → the one full name of the article with that surname, else empty; 邓站长 needs one."""
    forms: dict[str, str] = {}
    for match in text.matches("familiar-person"):
        known = any(match["name"] in name or name in match["name"] for name in names)
        if not known and _is_familiar(text, *match.span("name")):
            forms[match["name"]] = _only_of_surname(text, match["name"], names)
    for match in text.matches("surname-and-post"):
        name = _only_of_surname(text, match["surname"], names)
        if name and text.word_at(match.start()).at[0] == match.start() and not _is_word(text, *match.span()):
            forms[match[0]] = name
    return forms


def _is_familiar(text: Text, start: int, stop: int) -> bool:
    """Whether 老宋 or 宋师傅 is somebody here: by what stands around it, and no word of the language (老师, 小区)."""
    left, called = _left(text, start), text.text[start] in text.lexicon.word_set("familiar-prefix")
    word = text.text[start:stop] in text.lexicon.word_set("no-familiar") if called else _is_word(text, start, stop)
    unsure = word or text.text[start] in text.lexicon.word_set("doubtful-prefix")
    if not left or text.word_at(start).at[0] < start or (unsure and left not in _CERTAIN):
        return False
    odd = text.text[start + called] in text.lexicon.word_set("word-like-surname") and left not in _CERTAIN
    return _BEFORE[left] + _behind(text, stop) + _WORD_LIKE * odd + (0 if called else _ADDRESSED) >= _FAMILIAR


def _only_of_surname(text: Text, form: str, names: tuple[str, ...]) -> str:
    """The full name whose surname a familiar form has, where there is only one."""
    bare = form[1:] if form[0] in text.lexicon.word_set("familiar-prefix") else form
    fitting = [name for name in names if bare.startswith(name[:1])]
    return fitting[0] if len(fitting) == 1 else ""


def _is_word(text: Text, start: int, stop: int) -> bool:
    """True when a stretch is, or cuts, a word of the dictionary that is no personal name."""
    first, last = text.word_at(start), text.word_at(stop - 1)
    return last.at[1] > stop or (first.at == (start, stop) and not first.tag.startswith("nr"))


def read_names(text: Text) -> list[Name]:
    """The full names of an article: of those that overlap the one with the most points."""
    found = [
        name for name in (*_candidates(text), *_sounding(text), *_speaking(text)) if not _in_credit(text, name.start)
    ]
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(found, key=lambda n: (-n.points, n.start - n.stop, n.start)):
        if taken.isdisjoint(range(name.start, name.stop)):
            taken.update(range(name.start, name.stop))
            kept.append(name)
    enough = list(_enough(text, sorted(kept)))
    places = {form for form in {text.text[name.start : name.stop] for name in enough} if _also_place(text, form)}
    return [name for name in enough if text.text[name.start : name.stop] not in places]


def _enough(text: Text, names: list[Name]) -> Iterator[Name]:
    """Those with enough points; in a list of names those beside a sure one need fewer."""
    sure = [name.points >= _ENOUGH + (name.stop - name.start == _SHORT) for name in names]
    ahead = list(enumerate(pairwise(names)))
    for place, (first, second) in (*ahead, *reversed(ahead)):
        if text.text[first.stop : second.start] in text.lexicon.word_set("name-joint"):
            sure[place] |= sure[place + 1] and first.points >= _ENOUGH - _NEIGHBOUR
            sure[place + 1] |= sure[place] and second.points >= _ENOUGH - _NEIGHBOUR
    return (name for name, known in zip(names, sure, strict=True) if known)


def _also_place(text: Text, form: str) -> bool:
    """盛泽 is a town where the article has 盛泽镇 too."""
    places = text.lexicon.pattern("place-behind")
    return any(places.match(text.text, match.end()) for match in re.finditer(re.escape(form), text.text))


def _sounding(text: Text) -> Iterator[Name]:
    """Names of other peoples, whose parts are spelt by their sound."""
    for match in text.matches("name-of-sounds"):
        start, stop = match.span("name")
        left = _left(text, start)
        whole = not _is_word(text, start, stop) or left in _CERTAIN
        if left and whole and text.word_at(start).at[0] == start and start not in text.places:
            yield Name(start, stop, _BEFORE[left] + _SPELT + _behind(text, stop))


def _speaking(text: Text) -> Iterator[Name]:
    """Names without a known surname between a post and a verb of speech: the dictionary has no word for any part."""
    for match in text.matches("speaker"):
        if all(text.word_at(place).at == (place, place + 1) for place in range(*match.span("name"))):
            yield Name(*match.span("name"), _ENOUGH + 1)


def _candidates(text: Text) -> Iterator[Name]:
    """Each surname at the beginning of a word, or behind a title, with one and with two characters."""
    for match in text.matches("surname-at"):
        start = match.start()
        if start in text.places:
            continue
        stops = [stop for stop in (match.end() + 2, match.end() + 1) if is_person(text, start, stop, sure=True)]
        left = _left(text, start) if stops else ""
        if not left or (left != "title" and text.word_at(start).at[0] < start):
            continue
        for stop in stops:
            fits = stop <= len(text.text) and is_person(text, start, stop, sure=left in _CERTAIN)
            if fits and not _other_words(text, start, match.end(), stop, left):
                points = _BEFORE[left] + _own_points(text, match[0], start, stop, left) + _behind(text, stop)
                yield Name(start, stop, points)


def _other_words(text: Text, start: int, given: int, stop: int, left: str) -> bool:
    """True for words of the language that begin like a surname: 职工|成才, 人员|关怀|慰问, 京|蔚|高速."""
    first, last = text.word_at(start), text.word_at(stop - 1)
    whole = first.at == (start, stop) and not first.tag.startswith("nr")
    crowd = text.text.endswith(text.lexicon.words("crowd-end"), 0, start)
    if whole and (left == "trade" or crowd):
        return True
    cuts = first.at[1] > stop or (given < first.at[1] < stop and last.at[1] > stop)
    if cuts and (last.tag.startswith("v") or not first.tag.startswith("nr")):
        return True
    common = last.at == (given, stop) and stop - given > 1 and last.tag and not last.tag.startswith("nr")
    return bool(common) and left == "word"


def _left(text: Text, start: int) -> str:
    """What stands in front of a name that begins here; empty where none can begin."""
    if not start:
        return "clause"
    if text.lexicon.pattern("short-quote").match(text.text, start - 1):
        return ""
    before = text.lexicon.pattern("before-name").search(text.text, max(0, start - _REACH), start)
    if before is not None and before.lastgroup is not None:
        return before.lastgroup
    return "word" if text.word_at(start).at[0] == start else ""


def names_person(text: Text, start: int, stop: int) -> bool:
    """Whether a stretch is a personal name by its characters alone, as in front of 创新工作室."""
    match = text.lexicon.pattern("surname-at").match(text.text, start)
    fits = match is not None and text.word_at(start).at[0] == start and is_person(text, start, stop)
    return fits and match is not None and _own_points(text, match[0], start, stop, "") >= _TYPICAL


def is_person(text: Text, start: int, stop: int, *, sure: bool = False) -> bool:
    """Whether a stretch can be surname and given name: letters, no function word at its end, no common word.

    Args:
        text: The article.
        start: Where the stretch begins.
        stop: Where it ends.
        sure: True where what stands in front asks for a name: even a common word may be one there.
    """
    name = text.text[start:stop]
    if not name.isalpha() or name[-1] in text.lexicon.word_set("never-in-name"):
        return False
    return sure or text.word_at(start).at != (start, stop) or text.word_at(start).tag.startswith("nr")


def _own_points(text: Text, surname: str, start: int, stop: int, left: str) -> int:
    """What the characters themselves say, and how the dictionary cuts them."""
    lexicon, given = text.lexicon, text.text[start + len(surname) : stop]
    typical, possible = lexicon.word_set("given-char"), lexicon.word_set("given-char-too")
    points = sum(_TYPICAL if char in typical else _POSSIBLE if char in possible else _ODD for char in given)
    if left not in _CERTAIN and not set(given) <= (typical if stop - start == _SHORT else typical | possible):
        points += _ODD
    first, last = text.word_at(start), text.word_at(stop - 1)
    if surname in lexicon.word_set("word-like-surname"):
        points += _WORD_LIKE
    if text.text[start:stop] in lexicon.word_set("word-or-name"):
        points += _WORD_INSIDE
    elif first.at == (start, stop) and not first.tag.startswith("nr"):
        points += _COMMON_WORD if first.tag.startswith("n") else _WORD_INSIDE
    elif first.at == (start, stop) or all(text.word_at(p).at == (p, p + 1) for p in range(start, stop)):
        points += _COINED
    elif first.at[1] > start + len(surname) and not first.tag.startswith("nr"):
        points += _WORD_INSIDE
    elif last.at == (start + len(surname), stop) and last.tag.startswith("nr"):
        points += _GIVEN
    if first.at[0] < start or _cut_behind(text, start + len(surname), stop, last):
        points += _CUTS_WORD
    if lexicon.pattern("place-behind").match(text.text, stop):
        points += _CUTS_WORD
    returns = len(given) > 1 and not set(given) - typical - possible and text.text.count(text.text[start:stop]) > 1
    return points + _RETURNS * returns


def _cut_behind(text: Text, given: int, stop: int, last: Word) -> bool:
    """True when the last character of a name belongs to a word that goes on behind it, or the given name is a word."""
    if last.at[1] > stop:
        return not text.lexicon.pattern("function-behind").match(text.text, stop)
    word = last.at == (given, stop) and len(last.text) > 1 and not last.tag.startswith("nr")
    typical, possible = text.lexicon.word_set("given-char"), text.lexicon.word_set("given-char-too")
    return word and (not set(last.text) <= typical | possible or typical.isdisjoint(last.text))


def _behind(text: Text, stop: int) -> int:
    """What a name's right side says for it."""
    if stop >= len(text.text):
        return _BEHIND["mark"]
    match = text.lexicon.pattern("behind-name").match(text.text, stop)
    if match is not None and match.lastgroup is not None:
        return _BEHIND[match.lastgroup]
    word = text.word_at(stop)
    return _BEHIND["verb"] if word.at[0] == stop and word.tag.startswith("v") and len(word.text) > 1 else -1


def _in_credit(text: Text, start: int) -> bool:
    """Reporters are bylines, not persons in the news."""
    return any(s.role == "credit" and s.at[0] <= start < s.at[1] for s in text.article.sentences) or any(
        text.text.startswith(byline.name, start) for byline in text.article.byline
    )
