"""Facts that stand in names: whose union it is, which district it covers, what it is part of, where it stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.lexicon.gazetteer import short_name
from kg.model import ORGANISATION_TYPES, Entity, EntityType, Evidence, Fact, Predicate
from kg.relate.scene import Placed, Scene

_HOSTS = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION, EntityType.PUBLIC_BODY)


def name_facts(scenes: Sequence[Scene], entities: Sequence[Entity], lexicon: Lexicon) -> Iterator[Fact]:
    """Facts between entities of which one's name begins with the other's."""
    for entity in entities:
        evidence = _evidence(scenes, entity, entities)
        if evidence is None:
            continue
        for subject, predicate, object_ in _relations(entity, entities, lexicon):
            yield Fact(
                subject=subject.id,
                predicate=predicate,
                object=object_.id,
                evidence=evidence,
                rule=f"name-{predicate.value}",
                confidence=lexicon.confidence(f"name-{predicate.value}"),
            )
    for scene in scenes:
        yield from _chains(scene)


def _evidence(scenes: Sequence[Scene], entity: Entity, entities: Sequence[Entity]) -> Evidence | None:
    """The first full mention; for an entailed union, the clause that entails it."""
    by_index = {scene.article.index: scene for scene in scenes}
    if entity.mentions:
        mention = next((m for m in entity.mentions if not m.anaphor), entity.mentions[0])
        return by_index[mention.article].evidence(mention.at)
    host = next((other for other in entities if other is not entity and entity.name.startswith(other.name)), None)
    if host is None:
        return None
    return next((e for scene in scenes for _, e in entailing_clauses(scene, host)), None)


def entailing_clauses(scene: Scene, host: Entity) -> Iterator[tuple[Placed, Evidence]]:
    """Where an article says that a company gets a union (建会)."""
    for item in scene.outer:
        found = item.entity.id == host.id and scene.lexicon.pattern("union-entailed").match(
            scene.article.text, item.stop
        )
        if found:
            yield item, scene.evidence_around((item,), (item.start, found.end()))


def _relations(
    entity: Entity, entities: Sequence[Entity], lexicon: Lexicon
) -> Iterator[tuple[Entity, Predicate, Entity]]:
    kind, name = entity.type, entity.name
    host = _host(entity, entities)
    superior = _longest_prefix(entity, entities, (EntityType.UNION,))
    if kind in ORGANISATION_TYPES and superior:
        yield entity, Predicate.PART_OF, superior
    elif kind is EntityType.UNION and host and _is_union_of(name, host, lexicon):
        yield entity, Predicate.UNION_OF, host
    elif kind in (EntityType.UNION, EntityType.PUBLIC_BODY) and not (host and host.type is not EntityType.PUBLIC_BODY):
        district = _district(entity, entities, lexicon)
        if district:
            yield entity, Predicate.COVERS, district
        if host and kind is EntityType.PUBLIC_BODY:
            yield entity, Predicate.PART_OF, host
    elif host and kind in _HOSTS:
        yield entity, Predicate.PART_OF, host
    if kind is EntityType.UNION and not host:
        yield from ((entity, Predicate.REPRESENTS, group) for group in _trades(entity, entities, lexicon))
    if kind in (EntityType.SITE, EntityType.PROGRAMME):
        yield from _places(entity, host, entities, lexicon)


def _places(
    entity: Entity, host: Entity | None, entities: Sequence[Entity], lexicon: Lexicon
) -> Iterator[tuple[Entity, Predicate, Entity]]:
    place = _district(entity, entities, lexicon)
    event = entity.type is EntityType.PROGRAMME and (host or entity.name.endswith(lexicon.words("event-head")))
    if place and not event:
        yield entity, Predicate.LOCATED_IN, place
    if entity.type is EntityType.SITE:
        outer = _longest_prefix(entity, entities, (EntityType.SITE,))
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


def _longest_prefix(entity: Entity, entities: Sequence[Entity], kinds: Sequence[EntityType]) -> Entity | None:
    """The entity of a kind with the longest name or alias that the name begins with."""
    names = [
        (len(form), other)
        for other in entities
        if other is not entity and other.type in kinds
        for form in (other.name, *other.aliases)
        if 3 <= len(form) < len(entity.name) and entity.name.startswith(form)
    ]
    return max(names, key=lambda pair: pair[0])[1] if names else None


def _host(entity: Entity, entities: Sequence[Entity]) -> Entity | None:
    return _longest_prefix(entity, entities, _HOSTS)


def _is_union_of(name: str, host: Entity, lexicon: Lexicon) -> bool:
    form = max((f for f in (host.name, *host.aliases) if name.startswith(f)), key=len)
    return name.removeprefix(form).endswith(lexicon.words("union-suffix"))


def _district(entity: Entity, entities: Sequence[Entity], lexicon: Lexicon) -> Entity | None:
    """The innermost district of the chain of places that a name begins with.

    None for a union whose name goes on like a company's (九江石化工会): it is not the district's union.
    """
    rest, found = entity.name, None
    while True:
        forms = [
            (len(form), other)
            for other in entities
            if other.type is EntityType.DISTRICT
            for form in (other.name, *other.aliases, short_name(other.name) or other.name)
            if len(form) >= 2 and rest.startswith(form)
        ]
        if not forms:
            own = entity.type is not EntityType.UNION or lexicon.pattern("area-union").match(rest)
            return found if own else None
        length, found = max(forms, key=lambda pair: pair[0])
        rest = rest[length:]


def _chains(scene: Scene) -> Iterator[Fact]:
    """A district directly behind another lies in it (渤海镇|庄户村)."""
    districts = [item for item in scene.placed if item.entity.type is EntityType.DISTRICT]
    for outer, inner in itertools.pairwise(districts):
        joined = outer.stop == inner.start
        nested = outer.start == inner.start and outer.stop < inner.stop
        if (joined or nested) and outer.entity.id != inner.entity.id:
            yield Fact(
                subject=inner.entity.id,
                predicate=Predicate.LOCATED_IN,
                object=outer.entity.id,
                evidence=scene.evidence((outer.start, inner.stop)),
                rule="name-chain",
                confidence=scene.lexicon.confidence("name-chain"),
            )
