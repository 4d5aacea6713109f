"""Which official district a name means: names, short names, containing places, and what else the page names.

Names such as 朝阳区 or 城关镇 stand for several districts. A name is resolved only when one candidate remains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon.gazetteer import MUNICIPALITIES, Codes, Gazetteer, contains, deepest, level_of, significant, within
from kg.model import Entity, EntityType, Fact, Predicate
from kg.vocab import plain_name

_NONE: Codes = frozenset()
_DIGITS = (6, 4, 2)
"""Digits that stand for a county, a prefecture and a province."""

_LEVELS = ("province", "prefecture", "county", "township")
"""A chain of districts has at most as many official links."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a page's districts are.

    Args:
        codes: Entity id → official code, where one candidate remained.
        containers: Entity id of any other district → code of the innermost official district around it, when known.
        shared: Ids of those with a code whose name other districts bear as well.
    """

    codes: Mapping[str, str]
    containers: Mapping[str, str]
    shared: frozenset[str]

    def around(self, id: str) -> str:
        """The official district that a district is or lies in; empty when unknown."""
        return self.codes.get(id) or self.containers.get(id, "")

    def apart(self, id: str) -> str:
        """The code that tells a district from others of its name; empty where the name does, or nothing is known."""
        return self.codes[id] if id in self.shared else self.containers.get(id, "")


def resolve_places(entities: Sequence[Entity], facts: Sequence[Fact], gazetteer: Gazetteer) -> Places:
    """Finds the official codes of a page's districts.

    What is stated of a district decides first, then the districts of its articles, then those of the page. Counties and
    what is above them come before townships, whose names say little without them.

    Args:
        entities: All entities of the page.
        facts: All facts of the page; `locatedIn` between districts tells which contains which.
        gazetteer: The official names.
    """
    districts = [entity for entity in entities if entity.type is EntityType.DISTRICT]
    outer = _containers(districts, facts)
    options = {district.id: _candidates(district, gazetteer) for district in districts}
    for townships in (False, True):
        for _ in _LEVELS:
            for id, around in outer.items():
                for container in sorted(around):
                    options[id] = _inside(options[id], options[container])
                    options[container] = _around(options[container], options[id])
        context = _Context(districts, options)
        for district in districts:
            codes = options[district.id]
            placed = len(codes) == 1 and any(options[container] for container in outer[district.id])
            if _are_townships(codes) is townships and not placed:
                options[district.id] = context.narrow(district, codes)
    known = {id: min(codes) for id, codes in options.items() if len(codes) == 1}
    open_ones = [district for district in districts if district.id not in known]
    fronts = {district.id: _front(district, gazetteer) & set(known.values()) for district in open_ones}
    containers = {id: _innermost(id, outer, known, codes) for id, codes in fronts.items()}
    shared = {d.id for d in districts if d.id in known and len(gazetteer.candidates(plain_name(d.name))) > 1}
    return Places(known, containers, frozenset(shared))


def _inside(codes: Codes, outer: Codes) -> Codes:
    """Those in one of the outer districts. Where none is, a statement about a county is doubted, a township's name."""
    return within(codes, outer) or (_NONE if outer and _are_townships(codes) else codes)


def _around(codes: Codes, inner: Codes) -> Codes:
    """Those that hold one of the districts that are stated to lie there (朝阳区 of 望京街道); all where none does."""
    return frozenset(code for code in codes if any(contains(code, one) for one in inner)) or codes


def _are_townships(codes: Codes) -> bool:
    return any(level_of(code) == "township" for code in codes)


class _Context:
    """The counties of a page whose codes are known, and what is above them, by article."""

    def __init__(self, districts: Sequence[Entity], options: Mapping[str, Codes]) -> None:
        self._by_article: dict[int, set[str]] = {}
        self._named: Counter[str] = Counter()
        for district in districts:
            if len(options[district.id]) == 1 and not _are_townships(options[district.id]):
                (code,) = options[district.id]
                self._named[code] += max(1, len(district.mentions))
                for article in _articles(district):
                    self._by_article.setdefault(article, set()).add(code)

    def narrow(self, district: Entity, codes: Codes) -> Codes:
        """The only candidate that the district's articles speak for, or else its page; several stay as they are."""
        if not codes:
            return codes
        near = {code for article in _articles(district) for code in self._by_article.get(article, ())}
        if _are_townships(codes):
            return self._narrow_township(codes, near)
        if len(codes) == 1:
            return codes
        return _nearest(codes, _implied(near)) or _nearest(codes, _provinces(self._named)) or codes

    def _narrow_township(self, codes: Codes, near: set[str]) -> Codes:
        """As for a county; a name that is unique in the country must still not contradict its articles."""
        if len(codes) > 1:
            return _nearest(codes, _stated(near or self._dominant())) or codes
        return codes if not near or _nearest(codes, _provinces(self._named)) else _NONE

    def _dominant(self) -> Iterable[str]:
        """The county, prefecture and province that hold more than half of the page's mentions of their level."""
        for digits in _DIGITS:
            counts = Counter({code: n for code, n in self._named.items() if len(significant(code)) == digits})
            yield from (code for code, n in counts.items() if 2 * n > counts.total())


def _articles(district: Entity) -> list[int]:
    return sorted({district.article, *(mention.article for mention in district.mentions)})


def _stated(codes: Iterable[str]) -> set[str]:
    """Areas, as the digits of their codes that count; a municipality is a province and a city in one."""
    areas = {significant(code) for code in codes}
    return areas | {area + city for area in areas & MUNICIPALITIES for city in ("01", "02")}


def _implied(codes: Iterable[str]) -> set[str]:
    """Areas and all that is around them."""
    return {area[:digits] for area in _stated(codes) for digits in _DIGITS}


def _provinces(codes: Iterable[str]) -> set[str]:
    return {code[:2] for code in codes}


def _nearest(codes: Codes, around: Iterable[str]) -> Codes:
    """The one candidate in the innermost of the areas that hold any; none when there are more, or no area holds one.

    Args:
        codes: The candidates.
        around: Areas, as the digits of their codes that count.
    """
    areas = set(around)
    for digits in _DIGITS:
        found = frozenset(code for code in codes if code[:digits] in areas)
        if found:
            return found if len(found) == 1 else _NONE
    return _NONE


def _candidates(district: Entity, gazetteer: Gazetteer) -> Codes:
    forms = [plain_name(form) for form in (district.name, *district.aliases)]
    found = _NONE
    for codes in map(gazetteer.candidates, forms):
        found = (found & codes or found) if found else codes
    return found


def _containers(districts: Sequence[Entity], facts: Sequence[Fact]) -> dict[str, set[str]]:
    """District id → ids of districts around it, as stated or as put before its name (西城区大栅栏街道)."""
    names = {d.id: [plain_name(form) for form in (d.name, *d.aliases)] for d in districts}
    outer: dict[str, set[str]] = {id: set() for id in names}
    for fact in facts:
        if fact.predicate is Predicate.LOCATED_IN and fact.subject in names and fact.object in names:
            outer[fact.subject].add(fact.object)
    by_name = {form: id for id, forms in reversed(names.items()) for form in forms}
    for id, forms in names.items():
        for form in forms:
            for tail in forms:
                front = form.removesuffix(tail) if form != tail else ""
                if front in by_name and by_name[front] != id:
                    outer[id].add(by_name[front])
    return outer


def _front(district: Entity, gazetteer: Gazetteer) -> Codes:
    """The districts whose name a name begins with (合肥|高新区)."""
    first = next((name for start, name in gazetteer.scan(plain_name(district.name)) if start == 0), "")
    return gazetteer.candidates(first)


def _innermost(id: str, outer: Mapping[str, set[str]], known: Mapping[str, str], front: Codes) -> str:
    """The innermost official district around one that has no code, through others without one."""
    seen, waiting, codes = {id}, sorted(outer[id]), set(front)
    while waiting:
        container = waiting.pop()
        if container in known:
            codes.add(known[container])
        elif container not in seen:
            seen.add(container)
            waiting.extend(sorted(outer[container]))
    return deepest(codes)
