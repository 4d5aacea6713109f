"""Which official district a name means: names, short names, containing places, and what else the page names.

Names such as 朝阳区 stand for several districts. A name is resolved only when one candidate remains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.lexicon.gazetteer import Codes, Gazetteer, deepest, within
from kg.model import Entity, EntityType, Fact, Predicate
from kg.vocab import plain_name

_NONE: Codes = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """What a page's districts are.

    Args:
        codes: Entity id → official code, where one candidate remained.
        containers: Entity id of any other district → code of the innermost official district around it, when known.
    """

    codes: Mapping[str, str]
    containers: Mapping[str, str]

    def around(self, id: str) -> str:
        """The official district that a district is or lies in; empty when unknown."""
        return self.codes.get(id) or self.containers.get(id, "")


def resolve_places(entities: Sequence[Entity], facts: Sequence[Fact], gazetteer: Gazetteer) -> Places:
    """Finds the official codes of a page's districts.

    Args:
        entities: All entities of the page.
        facts: All facts of the page; `locatedIn` between districts tells which contains which.
        gazetteer: The official names.
    """
    districts = [entity for entity in entities if entity.type is EntityType.DISTRICT]
    outer = _containers(districts, facts)
    options = {district.id: _candidates(district, gazetteer) for district in districts}
    for _ in range(3):  # province, prefecture, county: a chain has at most three official links
        for id, around in outer.items():
            for container in sorted(around):
                options[id] = within(options[id], options[container]) or options[id]
    provinces = {code[:2] for codes in options.values() if len(codes) == 1 for code in codes}
    for id, codes in options.items():
        options[id] = frozenset(code for code in codes if code[:2] in provinces) if len(codes) > 1 else codes
    known = {id: min(codes) for id, codes in options.items() if len(codes) == 1}
    return Places(known, {id: _innermost(id, outer, known) for id in options if id not in known})


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


def _innermost(id: str, outer: Mapping[str, set[str]], known: Mapping[str, str]) -> str:
    """The innermost official district around one that has no code, through others without one."""
    seen, waiting, codes = {id}, sorted(outer[id]), set()
    while waiting:
        container = waiting.pop()
        if container in known:
            codes.add(known[container])
        elif container not in seen:
            seen.add(container)
            waiting.extend(sorted(outer[container]))
    return deepest(codes)
