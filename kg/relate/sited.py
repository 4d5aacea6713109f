"""What an article makes likely of the sites and companies that it tells of: whose they are, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from kg.model import Entity, EntityType, Fact, Predicate
from kg.relate.facts import read_fact, state_fact
from kg.relate.scene import Placed, Scene

_EMPLOYERS = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION)
_HELPED = "entailed-union"


def site_facts(scene: Scene, owned: Set[str], covered: Mapping[str, str]) -> Iterator[Fact]:
    """A workshop that nobody is known to run is of the company that the article is about, or in its area.

    Args:
        scene: The article.
        owned: Ids of what names and frames have told the owner or founder of.
        covered: Id of a union or public body → that of its district.
    """
    topic = scene.topic
    host = _employer(scene, topic) if topic else None
    area = _entity(scene, covered.get(topic.entity.id, "")) if topic else None
    kinds = scene.lexicon.words("workshop-kind")
    for item in scene.outer:
        sentence = scene.sentence_of(item.start)
        workshop = item.entity.type is EntityType.SITE and item.entity.name.endswith(kinds)
        if (
            not workshop
            or "“" in item.mention.surface
            or item.entity.id in owned
            or sentence is None
            or sentence.role != "body"
        ):
            continue
        if host:
            yield from read_fact(scene, "own-workshop", host, Predicate.OPERATES, item, item.mention.at)
        elif area:
            evidence = scene.evidence_around((item,), item.mention.at)
            yield from state_fact(scene.lexicon, "workshop-of-area", item.entity, Predicate.LOCATED_IN, area, evidence)


def helped_facts(scene: Scene, found: Iterable[Fact], covered: Mapping[str, str]) -> Iterator[Fact]:
    """A company that the union of an area helps to a union of its own is in that area.

    Args:
        scene: The article.
        found: Its facts.
        covered: Id of a union or public body → that of its district.
    """
    for fact in found:
        if fact.rule == _HELPED and fact.predicate is Predicate.SUPPORTS and fact.subject in covered:
            company, area = _entity(scene, fact.object), _entity(scene, covered[fact.subject])
            if company and area:
                yield from state_fact(
                    scene.lexicon, "area-of-helper", company, Predicate.LOCATED_IN, area, fact.evidence
                )


def _entity(scene: Scene, id: str) -> Entity | None:
    return next((entity for entity in scene.entities if entity.id == id), None) if id else None


def _employer(scene: Scene, topic: Placed) -> Placed | None:
    """The company that an article is about, also where its union or committee is."""
    if topic.entity.type in _EMPLOYERS:
        return topic
    hosts = (item for item in scene.placed if item.entity.type in _EMPLOYERS)
    return next((item for item in hosts if topic.entity.name.startswith(item.entity.name)), None)
