"""What an article makes likely where no frame speaks: weaker than a frame, and marked so by its confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import EntityType, Fact, Predicate
from kg.relate.frames import make_fact
from kg.relate.names import entailing_clauses
from kg.relate.scene import Placed, Scene

_CONFIDENCE = 0.5


def default_facts(scene: Scene, found: Sequence[Fact]) -> Iterator[Fact]:
    """Runners for programmes, servants for groups of workers and founders for entailed unions that have none yet."""
    yield from _unrelated(scene, found, EntityType.PROGRAMME, Predicate.RUNS, "default-runs")
    yield from _unrelated(scene, found, EntityType.WORKER_GROUP, Predicate.SERVES, "default-serves")


def _unrelated(
    scene: Scene, found: Sequence[Fact], kind: EntityType, predicate: Predicate, rule: str
) -> Iterator[Fact]:
    """Relates what the article first names in its body, and no frame relates, to who acts in that sentence."""
    done = {fact.object for fact in found} | {fact.subject for fact in found if kind is EntityType.PROGRAMME}
    for item in scene.outer:
        if item.entity.type is not kind or item.entity.id in done:
            continue
        sentence = scene.sentence_of(item.start)
        if sentence is None or sentence.role != "body" or scene.led_by(item, "not-default-before"):
            continue
        done.add(item.entity.id)
        status = scene.status(item.start, sentence.at)
        agent = _subject(scene, item, predicate, sentence.at)
        if agent is None or status is None:
            continue
        fact = make_fact(scene, rule, predicate, agent, item, item.mention.at, status, _CONFIDENCE)
        if fact:
            yield fact


def _subject(scene: Scene, item: Placed, predicate: Predicate, sentence: tuple[int, int]) -> Placed | None:
    if predicate is Predicate.SERVES:
        for other in scene.within((sentence[0], item.start)):
            if other.entity.type in (EntityType.SITE, EntityType.PROGRAMME) and not scene.led_by(
                other, "not-agent-before"
            ):
                return other
    return scene.agent(item.start, sentence)


__all__ = ["default_facts", "entailing_clauses"]
