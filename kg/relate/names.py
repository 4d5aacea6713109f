"""Facts that stand in names: whose union it is, which district it covers, what it is part of, where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.entail import entailed_name, entailed_union
from kg.lexicon import Lexicon
from kg.lexicon.gazetteer import short_name, significant, within
from kg.model import ORGANISATION_TYPES, Entity, EntityType, Evidence, Fact, Predicate
from kg.relate.facts import state_fact
from kg.relate.scene import Placed, Scene

_Relation = tuple[Entity, Predicate, Entity]
_SHORTEST = 3
_LONGEST_SEAT = 6
_PROVINCE = 1
_SEATED = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION)
_HOSTS = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION, EntityType.PUBLIC_BODY)


def name_facts(scenes: Sequence[Scene], entities: Sequence[Entity], lexicon: Lexicon) -> Iterator[Fact]:
    """Facts between entities of which one's name begins with the other's."""
    names = _Names(entities)
    by_article = {scene.article.index: scene for scene in scenes}
    for entity in entities:
        relations = list(_relations(entity, names, lexicon))
        evidence = _evidence(by_article, entity, names) if relations else None
        if evidence is None:
            continue
        for subject, predicate, object_ in relations:
            yield from state_fact(lexicon, f"name-{predicate}", subject, predicate, object_, evidence)
    for scene in scenes:
        yield from _chains(scene)


class _Names:
    """The entities of a page by the forms of their names, so that what a name begins with is found without a search.

    Args:
        entities: All entities; where two share a form, the first of them counts.
    """

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self._by_form: dict[str, list[Entity]] = {}
        self._districts: dict[str, Entity] = {}
        for entity in entities:
            forms = (entity.name, *entity.aliases)
            for form in forms:
                self._by_form.setdefault(form, []).append(entity)
            if entity.type is EntityType.DISTRICT:
                for form in (*forms, short_name(entity.name) or entity.name):
                    self._districts.setdefault(form, entity)

    def prefix(self, entity: Entity, *kinds: EntityType) -> Entity | None:
        """The entity of some types with the longest form, of three characters at least, that a name begins with."""
        for length in range(len(entity.name) - 1, _SHORTEST - 1, -1):
            for other in self._by_form.get(entity.name[:length], ()):
                if other is not entity and other.type in kinds:
                    return other
        return None

    def host(self, entity: Entity) -> Entity | None:
        """The organisation, not a union, whose name another's begins with."""
        return self.prefix(entity, *_HOSTS)

    def opening(self, entity: Entity) -> Entity | None:
        """The other district with the longest form that a district's name begins with."""
        forms = (entity.name[:length] for length in range(len(entity.name) - 1, 1, -1))
        found = (self._districts[form] for form in forms if form in self._districts)
        return next((other for other in found if other is not entity), None)

    def district(self, name: str) -> tuple[int, Entity] | None:
        """How much of a name the longest form of a district takes that it begins with, and the district."""
        for length in range(len(name), 1, -1):
            if name[:length] in self._districts:
                return length, self._districts[name[:length]]
        return None


def _evidence(scenes: Mapping[int, Scene], entity: Entity, names: _Names) -> Evidence | None:
    """The first full mention; for an entailed union, the clause that entails it."""
    if entity.mentions:
        mention = next((m for m in entity.mentions if not m.anaphor), entity.mentions[0])
        return scenes[mention.article].evidence(mention.at)
    host = names.prefix(entity, *_HOSTS, EntityType.DISTRICT)
    if host is None:
        return None
    return next((e for scene in scenes.values() for _, _, e in entailing_clauses(scene, host)), None)


def entailing_clauses(scene: Scene, host: Entity) -> Iterator[tuple[Placed, str, Evidence]]:
    """Where an article says that a company or area gets a union: the host, the union's name and the clause."""
    for item in scene.mentions_of(host.id):
        found = entailed_union(host.type, host.name, scene.article.text, item.stop, scene.lexicon)
        if found:
            name = entailed_name(host.name, found, scene.lexicon)
            yield item, name, scene.evidence_around((item,), (item.start, found.end()))


def _relations(entity: Entity, names: _Names, lexicon: Lexicon) -> Iterator[_Relation]:
    """What the name of an entity says about it and those whose names it holds."""
    if entity.type in (EntityType.SITE, EntityType.PROGRAMME):
        yield from _places(entity, names, lexicon)
    elif entity.type in ORGANISATION_TYPES:
        yield from _belongings(entity, names, lexicon)
        if entity.type in _SEATED and (seat := _seat(entity, names, lexicon)):
            yield entity, Predicate.LOCATED_IN, seat
        elif entity.type is EntityType.UNION and (site := names.prefix(entity, EntityType.SITE)):
            # 黄河物流园|货车司机联合工会
            yield entity, Predicate.LOCATED_IN, site
    elif entity.type is EntityType.DISTRICT and (around := names.opening(entity)):
        # 佛山|高新区, 苏州|工业园区
        yield entity, Predicate.LOCATED_IN, around


def _belongings(entity: Entity, names: _Names, lexicon: Lexicon) -> Iterator[_Relation]:
    """Whose union, part or body an organisation is, and which district or trade it is there for."""
    kind, name = entity.type, entity.name
    host = names.host(entity)
    superior = names.prefix(entity, EntityType.UNION)
    if superior:
        yield entity, Predicate.PART_OF, superior
        if kind is EntityType.UNION and (district := _district(entity, names, lexicon)):
            yield entity, Predicate.COVERS, district
    elif kind is EntityType.UNION and host and _is_union_of(name, host, lexicon):
        yield entity, Predicate.UNION_OF, host
    elif kind in (EntityType.UNION, EntityType.PUBLIC_BODY) and not (host and host.type is not EntityType.PUBLIC_BODY):
        district = _district(entity, names, lexicon)
        if district:
            yield entity, Predicate.COVERS, district
        if host and kind is EntityType.PUBLIC_BODY:
            yield entity, Predicate.PART_OF, host
    elif host and kind is not EntityType.UNION:
        yield entity, Predicate.PART_OF, host
    if kind is EntityType.UNION and not host:
        yield from ((entity, Predicate.REPRESENTS, group) for group in _trades(entity, names.entities, lexicon))


def _places(entity: Entity, names: _Names, lexicon: Lexicon) -> Iterator[_Relation]:
    """Where a site or programme is, and whose site it is; an event of some body is not placed by its name."""
    place, host = _district(entity, names, lexicon), names.host(entity)
    event = entity.type is EntityType.PROGRAMME and (host or entity.name.endswith(lexicon.words("event-head")))
    # 江西省职工技能大赛 is of the province, not in it; what bears the name of a town or zone is there.
    local = entity.type is EntityType.SITE or (place and not lexicon.gazetteer.level(place.name))
    if place and local and not event:
        yield entity, Predicate.LOCATED_IN, place
    if entity.type is EntityType.SITE:
        outer = names.prefix(entity, EntityType.SITE)
        if outer:
            yield entity, Predicate.LOCATED_IN, outer
        elif host:
            yield host, Predicate.OPERATES, entity


def _seat(entity: Entity, names: _Names, lexicon: Lexicon) -> Entity | None:
    """The district whose full name an organisation bears (平谷区医院), or that a branch is named for (苏州分行)."""
    if names.prefix(entity, EntityType.UNION):
        return None
    tail = max((t for t in lexicon.words("branch-tail") if entity.name.endswith(t)), key=len, default="")
    stem = entity.name.removesuffix(tail)
    for length in range(min(_LONGEST_SEAT, len(stem)), 1, -1) if tail else ():
        found = names.district(stem[-length:])
        if found and found[0] == length:
            return found[1]
    district = _district(entity, names, lexicon)
    # 北京市, 江西省: what is named after a province may be anywhere in it.
    local = district is not None and lexicon.gazetteer.level(district.name) != _PROVINCE
    spelt_out = district is not None and district.name in entity.name
    by_kind = entity.name.endswith(lexicon.words("district-school"))
    return district if local and (spelt_out or by_kind) else None


def _trades(entity: Entity, entities: Sequence[Entity], lexicon: Lexicon) -> Iterator[Entity]:
    """Groups whose trade the union's name carries (保安行业工会联合会: 保安员)."""
    if not lexicon.pattern("trade-union").search(entity.name):
        return
    for group in entities:
        stem = lexicon.pattern("trade-tail").sub("", group.name)
        if group.type is EntityType.WORKER_GROUP and len(stem) >= 2 and stem in entity.name:
            yield group


def _is_union_of(name: str, host: Entity, lexicon: Lexicon) -> bool:
    form = max((f for f in (host.name, *host.aliases) if name.startswith(f)), key=len)
    return name.removeprefix(form).endswith(lexicon.words("union-suffix"))


def _district(entity: Entity, names: _Names, lexicon: Lexicon) -> Entity | None:
    """The innermost district of the chain of places that a name begins with.

    None for a union whose name goes on like a company's (九江石化工会): it is not the district's union.
    """
    rest, found = entity.name, None
    while match := names.district(rest):
        if found and 0 < lexicon.gazetteer.level(match[1].name) <= lexicon.gazetteer.level(found.name):
            # 宽城区|长春站驿站: a city inside its district is part of another name.
            break
        rest, found = rest[match[0] :], match[1]
    own = entity.type is not EntityType.UNION or lexicon.pattern("area-union").match(rest)
    return found if own else None


def _chains(scene: Scene) -> Iterator[Fact]:
    """A district lies in the one that it stands directly behind (渤海镇|庄户村), else in the innermost around it.

    Whether one that the article names somewhere else is around it, the official codes say.
    """
    districts = [item for item in scene.placed if item.entity.type is EntityType.DISTRICT]
    chained: set[str] = set()
    for outer, inner in itertools.pairwise(districts):
        joined = outer.stop == inner.start
        nested = outer.start == inner.start and outer.stop < inner.stop
        if joined or nested:
            chained.add(inner.entity.id)
            evidence = scene.evidence((outer.start, inner.stop))
            yield from state_fact(
                scene.lexicon, "name-chain", inner.entity, Predicate.LOCATED_IN, outer.entity, evidence
            )
    for inner in districts:
        around = None if inner.entity.id in chained else _around(scene, inner, districts)
        if around:
            chained.add(inner.entity.id)
            evidence = scene.evidence(inner.mention.at)
            yield from state_fact(scene.lexicon, "codes-chain", inner.entity, Predicate.LOCATED_IN, around, evidence)


def _around(scene: Scene, inner: Placed, districts: Iterable[Placed]) -> Entity | None:
    """The innermost district that holds another one by its official code, where the article says as much.

    That is the county of a town wherever the article names it; a city must be named in the sentence that tells of
    something in the county.
    """
    gazetteer, sentence = scene.lexicon.gazetteer, scene.sentence_of(inner.start)
    codes = gazetteer.candidates(inner.entity.name)
    town = gazetteer.is_township(inner.entity.name)
    visited = scene.led_by(inner, "place-verb")
    holding: dict[int, Entity] = {}
    for other in districts:
        near = sentence is not None and sentence.at[0] <= other.start < sentence.at[1]
        outer = gazetteer.candidates(other.entity.name) if town or (near and visited) else frozenset()
        if within(codes, outer):
            holding.setdefault(max(len(significant(code)) for code in outer), other.entity)
    return holding[max(holding)] if holding else None
