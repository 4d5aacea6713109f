"""Where places stand in a text: official names, short forms that the text itself makes certain, zones and townships.

A name of the gazetteer is a place here unless other words hold it. The short form of a county or town may be any word
(新建, 平安): it must stand where a place stands, and the article must name the area around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.clean import is_han
from kg.find.boundary import Search, Text, is_proper, name_start, stands_alone
from kg.lexicon import Lexicon
from kg.lexicon.gazetteer import Codes, level_of, within
from kg.model import Article
from kg.words import cut_words

_LONGEST_TOWNSHIP = 13
_PREFECTURE = 2
_LONG_NAME = 3
_LONGEST_STEM = 4
_LEAD = 4
_ZONE_NAME = 4
_COUNTY = "county"
_PLACE_TAG = "ns"
_GRADE = "级"
_NAME_TAGS = ("nr", "ns", "nz", "")

_Short = tuple[int, str, str]
"""Start of a short form, the form, and the name that it stands for."""


def read_text(article: Article, lexicon: Lexicon) -> Text:
    """Cuts an article into words and marks its places."""
    words = cut_words(article.text)
    starts = tuple(word.at[0] for word in words)
    covering = (*(word for word in words for _ in word.text), *words[-1:])
    text = Text(article, lexicon, words, starts, covering, {}, {}, {}, Search(article.text, lexicon))
    scanned = list(lexicon.gazetteer.scan(article.text))
    places = {start: name for start, name in scanned if _is_place(text, start, name)}
    named = [match for id in ("zone-at", "long-region", "known-area-at") for match in text.matches(id)]
    places.update((match.start(), match[0]) for match in named if match.start() not in places)
    openers = _openers(lexicon)
    for word in words:
        if word.text[0] in openers and word.at[0] not in places:
            opener = next((o for o in openers[word.text[0]] if word.text.startswith(o)), None)
            if opener and not word.text.endswith(_GRADE):
                places[word.at[0]] = opener
    places = _whole_zones(replace(text, places=places))
    places |= _townships(replace(text, places=places))
    for name in _division_like(replace(text, places=places)):
        places.update((match.start(), name) for match in re.finditer(name, article.text) if match.start() not in places)
    short = list(_short_forms(replace(text, places=places), scanned))
    places |= {start: form for start, form, _ in short if start not in places}
    return replace(text, places=places, meant={start: name for start, _, name in short})


@lru_cache(maxsize=4)
def _openers(lexicon: Lexicon) -> dict[str, list[str]]:
    """First character → the words that open a name like a place."""
    by_head: dict[str, list[str]] = {}
    for opener in lexicon.words("opening-word") + lexicon.words("region"):
        by_head.setdefault(opener[0], []).append(opener)
    return by_head


def _whole_zones(text: Text) -> dict[int, str]:
    """Places, with each zone under its whole name: that before it, or the city (净月|高新区, 苏州|高新区)."""
    places = dict(text.places)
    for start, name in text.places.items():
        begin = _zone_start(text, start) if name in text.lexicon.word_set("zone") else start
        if begin < start:
            del places[start]
            places[begin] = text.text[begin : start + len(name)]
    return places


def _zone_start(text: Text, start: int) -> int:
    outer = text.place_ending(start)
    if outer:
        return start if text.text[start - 1] in text.lexicon.word_set("level-word") else outer[0]
    begin = name_start(text, start, inner_verbs=False, limit=_ZONE_NAME)
    return begin if is_proper(text, begin, start) else start


def _division_like(text: Text) -> list[str]:
    """Names like a county's that no table has (abolished ones) but that a general union or government bears."""
    ends = {start + len(name) for start, name in text.places.items()}
    verbs = text.lexicon.words("place-like-verb")
    found = [m for m in text.matches("division-like") if not m[0].startswith(verbs)]
    return sorted({match[0] for match in found if match.end() not in ends and not _is_word(text, match.start())})


def _townships(text: Text) -> dict[int, str]:
    """Start → the longest township of the gazetteer that ends there, unless the words in front belong to its name."""
    found = {}
    for match in text.matches("district-suffix-at"):
        for start in range(max(0, match.end() - _LONGEST_TOWNSHIP), match.end() - 2):
            name = text.text[start : match.end()]
            if text.lexicon.gazetteer.is_township(name) and _opens_township(text, start, match.start()):
                found[start] = name
                break
    return found


def _opens_township(text: Text, start: int, suffix: int) -> bool:
    if text.place_ending(start):
        return True
    if text.text[start:suffix] in text.lexicon.word_set("leading-verb"):
        # 联合|镇政府, 建设|街道: names of townships as well, but not without a place before them.
        return False
    return text.word_at(start).at[0] == start and name_start(text, suffix, inner_verbs=False, limit=14) >= start


def _is_word(text: Text, start: int) -> bool:
    """True when the two characters at a place are a word of the language (依托|区总工会), or cut one."""
    first, second = text.word_at(start), text.word_at(start + 1)
    return first.at[0] < start or (first.at == second.at and first.tag[:1] not in ("n", "j", ""))


def _is_place(text: Text, start: int, name: str) -> bool:
    """Whether a name of the gazetteer is a place here and not a piece of other words.

    A full name overrules the word cut, but for the few of two characters (西区), which need their city before them. A
    short form must be words of its own; that of a county must be long, or its full name must stand near by.
    """
    lexicon, gazetteer = text.lexicon, text.lexicon.gazetteer
    word = text.word_at(start)
    if name in gazetteer.full:
        if name.startswith(lexicon.words("place-like-verb")) and start and is_han(text.text[start - 1]):
            # 总工会|会同|县人社局: a county is so called too, behind its province or at the start of a clause.
            return any(text.text.endswith(outer, 0, start) for outer in gazetteer.outer_names(name))
        # 西区, 城区 are words of every city; a county of two characters is none but itself.
        return len(name) > 2 or (not name.endswith(lexicon.words("common-area")) and word.at[0] == start)
    if word.at[0] != start:
        return False
    division = gazetteer.short[name]
    if division.name in text.text:
        return True
    if _is_everyday(text, name):
        return False
    if division.level > _PREFECTURE:
        return len(name) >= _LONG_NAME and _whole_words(text, start, start + len(name))
    whole = _whole_words(text, start, start + len(name))
    return whole or len(word.text) > len(name) + 1 or word.tag in ("ns", "nt")


def _whole_words(text: Text, start: int, stop: int) -> bool:
    """True when a stretch is one or more whole words, or all of one but its last character (河南|籍)."""
    first, last = text.word_at(start), text.word_at(stop - 1)
    if first.at[0] != start:
        return False
    attribute = last.at[1] == stop + 1 and last.text[-1] in text.lexicon.word_set("place-attribute")
    return last.at[1] == stop or attribute


def _short_forms(text: Text, scanned: Sequence[tuple[int, str]]) -> Iterator[_Short]:
    """Counties and townships without the word for their level, where the article names the area around them."""
    gazetteer = text.lexicon.gazetteer
    named = frozenset(code for name in dict.fromkeys(text.places.values()) for code in gazetteer.candidates(name))
    taken = {p for start, name in text.places.items() for p in range(start, start + len(name))}
    found = [*_short_counties(text, scanned, named), *_short_townships(text, named)]
    ends = {start + len(name): name for start, name in text.places.items()}
    ends |= {start + len(form): form for start, form, _ in found}
    for start, form, name in (*found, *_list_partners(text, ends)):
        if taken.isdisjoint(range(start, start + len(form))):
            taken.update(range(start, start + len(form)))
            yield start, form, name


def _short_counties(text: Text, scanned: Sequence[tuple[int, str]], named: Codes) -> Iterator[_Short]:
    """山东|文登; 定边 in an article about its city. An everyday word must stand directly behind the area around it."""
    gazetteer = text.lexicon.gazetteer
    ends = {start + len(name): name for start, name in text.places.items()}
    for start, name in scanned:
        codes = within(gazetteer.short_codes(name), named)
        if start in text.places or not codes or not _whole_words(text, start, start + len(name)):
            continue
        chained = start in ends and within(codes, gazetteer.candidates(ends[start]))
        everyday = _is_everyday(text, name)
        if chained or (not everyday and _stands_there(text, start, start + len(name))):
            ends[start + len(name)] = name
            yield start, name, gazetteer.official_name(min(chained or codes))


def _short_townships(text: Text, named: Codes) -> Iterator[_Short]:
    """石牌街 in an article about its city; 张家湾, 马驹桥 in one about their county."""
    gazetteer = text.lexicon.gazetteer
    for match in text.matches("street-office"):
        for start in range(max(0, match.start() - _LONGEST_STEM), match.start() - 1):
            stem = text.text[start : match.start()]
            if text.word_at(start).at[0] == start and within(gazetteer.township_codes(stem), named):
                yield start, stem + match[0], stem + match[0]
                break
    counties = frozenset(code for code in named if level_of(code) == _COUNTY)
    stems = gazetteer.township_stems(counties)
    heads = {stem[0] for stem in stems}
    for number, word in enumerate(text.words if stems else ()):
        for stop in _stem_ends(text, number) if word.text[0] in heads else ():
            stem = text.text[word.at[0] : stop]
            if stem in stems and not _is_everyday(text, stem) and _stands_there(text, word.at[0], stop):
                yield word.at[0], stem, stem


def _list_partners(text: Text, ends: dict[int, str]) -> Iterator[_Short]:
    """齐齐哈尔、加格达奇: a word for a place that stands in one list behind a place that is known."""
    gazetteer = text.lexicon.gazetteer
    for word in text.words:
        start, stop = word.at
        partner = ends.get(start - 1)
        if partner is None or text.text[start - 1 : start] not in text.lexicon.word_set("list-mark"):
            continue
        if start in text.places or not stands_alone(text, stop):
            continue
        kindred = gazetteer.kindred(word.text, partner)
        long_name = word.tag[:2] in _NAME_TAGS and len(word.text) >= _LONG_NAME
        if kindred or long_name or word.tag == _PLACE_TAG:
            ends[stop] = word.text
            yield start, word.text, kindred or word.text


def _is_everyday(text: Text, name: str) -> bool:
    return name in text.lexicon.word_set("place-like-word")


def _stem_ends(text: Text, number: int) -> Iterator[int]:
    """Where the stem of a township's name that begins with a word may end: with the word or one of those behind it."""
    word = text.words[number]
    if not is_han(word.text[0]):
        return
    if len(word.text) > 1 and (word.tag in _NAME_TAGS or word.tag.startswith("nr")):
        yield word.at[1]
    for behind in text.words[number + 1 : number + _LONGEST_STEM]:
        if behind.at[1] - word.at[0] > _LONGEST_STEM or not is_han(behind.text[0]):
            return
        yield behind.at[1]


def _stands_there(text: Text, start: int, stop: int) -> bool:
    """True where a place can stand: behind a preposition, in a list or at the head of a clause, and by itself."""
    lead = text.lexicon.pattern("place-lead").search(text.text[max(0, start - _LEAD) : start])
    return bool(lead) and stands_alone(text, stop)
