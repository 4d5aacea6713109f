"""What an article makes likely of the sites that it tells of: whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kg.model import EntityType, Fact, Predicate
from kg.relate.facts import read_fact
from kg.relate.scene import Placed, Scene

_EMPLOYERS = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION)


def site_facts(scene: Scene, owned: Set[str]) -> Iterator[Fact]:
    """A workshop that nobody is known to run is of the company that the article is about, or whose union it is about.

    Args:
        scene: The article.
        owned: Ids of what names and frames have told the owner or founder of.
    """
    host = _employer(scene, scene.topic) if scene.topic else None
    for item in scene.outer:
        workshop = item.entity.type is EntityType.SITE and item.entity.name.endswith(
            scene.lexicon.words("workshop-kind")
        )
        sentence = scene.sentence_of(item.start)
        if host and workshop and item.entity.id not in owned and sentence is not None and sentence.role == "body":
            yield from read_fact(scene, "own-workshop", host, Predicate.OPERATES, item, item.mention.at)


def _employer(scene: Scene, topic: Placed) -> Placed | None:
    """The company that an article is about, also where its union or committee is."""
    if topic.entity.type in _EMPLOYERS:
        return topic
    hosts = (item for item in scene.placed if item.entity.type in _EMPLOYERS)
    return next((item for item in hosts if topic.entity.name.startswith(item.entity.name)), None)
