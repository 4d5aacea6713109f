"""Which official district a name means: names, short names, containing places, and what else the page names.

Names such as 朝阳区 stand for several districts. A name is resolved only when one candidate remains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Entity, EntityType, Fact, Predicate
from kg.vocab import plain_name

Codes = frozenset[str]
"""Candidates: codes of six digits (GB/T 2260)."""

_NONE: Codes = frozenset()
_LEVELS = {2: "province", 4: "prefecture", 6: "county"}


def significant(code: str) -> str:
    """The digits of a code that count: `110000` gives `11`, `431100` gives `4311`."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def level_of(code: str) -> str:
    """`province`, `prefecture` or `county`."""
    return _LEVELS[len(significant(code))]


def contains(outer: str, inner: str) -> bool:
    """Whether one district lies in another one by their codes; none lies in itself."""
    return inner != outer and inner.startswith(significant(outer))


def deepest(codes: Iterable[str]) -> str:
    """The innermost of codes that lie within each other; empty when there is none or they lie apart."""
    ordered = sorted(set(codes), key=lambda code: (len(significant(code)), code))
    nested = all(contains(outer, inner) for outer, inner in pairwise(ordered))
    return ordered[-1] if ordered and nested else ""


class Gazetteer:
    """Official names and their short forms → codes.

    Args:
        divisions: Code → official name.
    """

    def __init__(self, divisions: Mapping[str, str]) -> None:
        self.divisions = divisions
        self._official: dict[str, Codes] = {}
        self._short: dict[str, Codes] = {}
        official, short = defaultdict(set), defaultdict(set)
        for code, name in divisions.items():
            official[name].add(code)
            # A province may drop more than one character (内蒙古自治区), any other district only its last one.
            for length in range(2 if code.endswith("0000") else max(2, len(name) - 1), len(name)):
                short[name[:length]].add(code)
        self._official = {name: frozenset(codes) for name, codes in official.items()}
        self._short = {name: frozenset(codes) for name, codes in short.items()}

    def candidates(self, name: str) -> Codes:
        """Every district that the name may mean; a name in front (湖南永州市) narrows what follows it."""
        found = self._official.get(name) or self._short.get(name)
        if found:
            return found
        for cut in range(2, len(name) - 1):
            inner = self._official.get(name[cut:]) or self._short.get(name[cut:])
            if inner:
                narrowed = within(inner, self.candidates(name[:cut]))
                if narrowed:
                    return narrowed
        return _NONE


def within(codes: Codes, outer: Codes) -> Codes:
    """Those that lie in any of the outer ones."""
    return frozenset(code for code in codes if any(contains(one, code) for one in outer))


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
