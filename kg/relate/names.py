"""Facts that stand in names: whose union it is, which district it covers, what it is part of, where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from kg.lexicon import Lexicon
from kg.lexicon.gazetteer import short_name
from kg.model import ORGANISATION_TYPES, Entity, EntityType, Evidence, Fact, Predicate
from kg.relate.facts import state_fact
from kg.relate.scene import Placed, Scene

_Relation = tuple[Entity, Predicate, Entity]
_SHORTEST = 3
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
    host = names.host(entity)
    if host is None:
        return None
    return next((e for scene in scenes.values() for _, e in entailing_clauses(scene, host)), None)


def entailing_clauses(scene: Scene, host: Entity) -> Iterator[tuple[Placed, Evidence]]:
    """Where an article says that a company gets a union (建会)."""
    for item in scene.outer:
        found = item.entity.id == host.id and scene.lexicon.pattern("union-entailed").match(
            scene.article.text, item.stop
        )
        if found:
            yield item, scene.evidence_around((item,), (item.start, found.end()))


def _relations(entity: Entity, names: _Names, lexicon: Lexicon) -> Iterator[_Relation]:
    """What the name of an entity says about it and those whose names it holds."""
    if entity.type in (EntityType.SITE, EntityType.PROGRAMME):
        yield from _places(entity, names, lexicon)
    elif entity.type in ORGANISATION_TYPES:
        yield from _belongings(entity, names, lexicon)


def _belongings(entity: Entity, names: _Names, lexicon: Lexicon) -> Iterator[_Relation]:
    """Whose union, part or body an organisation is, and which district or trade it is there for."""
    kind, name = entity.type, entity.name
    host = names.host(entity)
    superior = names.prefix(entity, EntityType.UNION)
    if superior:
        yield entity, Predicate.PART_OF, superior
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
        length, found = match
        rest = rest[length:]
    own = entity.type is not EntityType.UNION or lexicon.pattern("area-union").match(rest)
    return found if own else None


def _chains(scene: Scene) -> Iterator[Fact]:
    """A district directly behind another lies in it (渤海镇|庄户村)."""
    districts = [item for item in scene.placed if item.entity.type is EntityType.DISTRICT]
    for outer, inner in itertools.pairwise(districts):
        joined = outer.stop == inner.start
        nested = outer.start == inner.start and outer.stop < inner.stop
        if joined or nested:
            evidence = scene.evidence((outer.start, inner.stop))
            yield from state_fact(
                scene.lexicon, "name-chain", inner.entity, Predicate.LOCATED_IN, outer.entity, evidence
            )
