"""Districts by gazetteer and by suffix."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text, is_proper, name_start, stands_alone
from kg.find.draft import Draft
from kg.model import EntityType

_NAME_TAIL = 8
_SUFFIX_NAME = 14
_SHORTEST_CORE = 2
_SHORT_AREA = 4
_VILLAGE = (2, 3)
_PREFECTURE = 2
_DIRECTION = 2


def find_districts(text: Text) -> Iterator[Draft]:
    """Administrative and functional areas; a short form is given the official name."""
    gazetteer, lexicon = text.lexicon.gazetteer, text.lexicon
    regions = lexicon.word_set("region") | lexicon.word_set("long-region-name")
    for start, name in text.places.items():
        stop = start + len(name)
        if name in gazetteer.full or (name in regions and (len(name) > _DIRECTION or stands_alone(text, stop))):
            yield Draft(EntityType.DISTRICT, start, stop, "gazetteer")
        elif name.endswith(lexicon.words("zone")):
            yield Draft(EntityType.DISTRICT, start, stop, "zone")
        elif name in lexicon.word_set("known-area"):
            if stands_alone(text, stop):
                yield Draft(EntityType.DISTRICT, start, stop, "gazetteer-short")
        elif gazetteer.is_township(name):
            yield Draft(EntityType.DISTRICT, start, stop, "township")
        elif lexicon.pattern("level-end").search(name) and name not in gazetteer.short:
            yield Draft(EntityType.DISTRICT, start, stop, "division-like")
        elif start in text.meant:
            yield Draft(EntityType.DISTRICT, start, stop, "gazetteer-short", name=text.meant[start])
        elif name in gazetteer.short and _short_counts(text, start, name):
            yield Draft(EntityType.DISTRICT, start, stop, "gazetteer-short", name=_official(text, name))
    yield from _by_suffix(text)
    for match in text.matches("district-list"):
        # 甲村、上升村: in a list of villages any word may be a name.
        yield Draft(EntityType.DISTRICT, *match.span(match.lastgroup or 0), "district-list")


def _official(text: Text, name: str) -> str:
    """The official name of a short form; 怒江州 is how the page calls it, its code says what it is."""
    official = text.lexicon.gazetteer.short[name].name
    return name if text.lexicon.pattern("level-end").search(name) and official not in text.text else official


def _short_counts(text: Text, start: int, name: str) -> bool:
    """A short form names the area where it stands alone; a county's also where its full name is in the article."""
    division = text.lexicon.gazetteer.short[name]
    if division.name in text.text and division.level > _PREFECTURE:
        return True
    return len(division.codes) == 1 and (_visited(text, start, name) or stands_alone(text, start + len(name)))


def _visited(text: Text, start: int, name: str) -> bool:
    """去北京|领奖: behind a preposition a noun may follow that makes no name of the place."""
    stop = start + len(name)
    if not text.lexicon.pattern("place-preposition").search(text.text[max(0, start - _SHORT_AREA) : start]):
        return False
    goes_on = text.lexicon.pattern("organisation-suffix").search(text.text, stop, stop + _NAME_TAIL)
    return goes_on is None and len(text.word_at(stop).text) > 1


def _by_suffix(text: Text) -> Iterator[Draft]:
    """What ends like a village, a street or a zone and has a name before that."""
    for match in text.matches("district-suffix-at"):
        if len(text.places.get(match.start(), "")) > len(match[0]):
            # 天津市|镇海区: the word for a level opens the name of another place.
            continue
        known = text.place_ending(match.end())
        if known and known[0] not in text.meant and _is_known(text, text.text[slice(*known)]):
            continue
        zone = match[0] in text.lexicon.word_set("zone-suffix")
        start = name_start(text, match.start(), inner_verbs=False, limit=_SUFFIX_NAME)
        if start == match.start():
            # 盛泽镇|上升|村, 古林镇|葑里|村: behind a town any two or three characters may be the name of a village.
            lengths = (n for n in _VILLAGE if text.place_ending(start - n) and text.text[start - n : start].isalpha())
            start -= next(lengths, 0)
        start = _after_places(text, start, match.start(), keep_short=zone)
        start = _after_suffix(text, start, match.start())
        surface = text.text[start : match.end()]
        if match.start() - start < _SHORTEST_CORE or _common_area(text, start, surface):
            continue
        weak = match[0] in text.lexicon.word_set("weak-zone")
        if not weak or is_proper(text, start, match.start()):
            yield Draft(EntityType.DISTRICT, start, match.end(), "district-suffix")


def _is_known(text: Text, name: str) -> bool:
    return text.lexicon.gazetteer.is_township(name) or name in text.lexicon.word_set("known-area")


def _common_area(text: Text, start: int, surface: str) -> bool:
    """True for kinds of areas (进乡村) and for dictionary words that end like a village."""
    generic = tuple(text.lexicon.word_set("generic-district") - text.lexicon.word_set("district-suffix"))
    whole = text.word_at(start)
    one_word = whole.text == surface and start not in text.places and not text.place_ending(start)
    if surface.endswith(text.lexicon.words("kind-of-village")):
        return True
    return (surface.endswith(generic) and len(surface) <= _SHORT_AREA) or (one_word and len(surface) < _SHORT_AREA)


def _after_places(text: Text, start: int, stop: int, *, keep_short: bool) -> int:
    """Steps over containing areas (海淀区|苏家坨镇) so that the innermost name remains.

    Args:
        text: The article.
        start: Where the name may begin.
        stop: Where its suffix begins.
        keep_short: True for a zone, which keeps the name of its city where it has no other (钦州港片区).
    """
    position = start
    while position in text.places and position + len(text.places[position]) < stop:
        name = text.places[position]
        inner = position + len(name)
        if text.lexicon.pattern("road-core").fullmatch(text.text, inner, stop):
            # 南京西路|街道 bears the name of a road that bears the name of a city.
            break
        own = name in text.lexicon.word_set("known-area") or (inner < stop and not is_proper(text, inner, stop))
        if keep_short and own:
            break
        position = inner
    return position


def _after_suffix(text: Text, start: int, stop: int) -> int:
    """Steps over a containing area that the gazetteer lacks (渤海镇|庄户村)."""
    inner = [m.end() for m in text.lexicon.pattern("district-suffix-at").finditer(text.text, start, stop)]
    return max((end for end in inner if end - start >= 3 and stop - end >= 2), default=start)
