"""Whom programmes, sites and bodies are for: the groups of workers that a clause does something for."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import EntityType, Fact, Predicate, Sentence
from kg.relate.facts import read_fact
from kg.relate.scene import Placed, Scene

_PART_END = "；"
_NAMED = 3
_BY_NAME = {
    EntityType.PROGRAMME: Predicate.SERVES,
    EntityType.SITE: Predicate.SERVES,
    EntityType.UNION: Predicate.REPRESENTS,
}


def service_facts(scene: Scene) -> Iterator[Fact]:
    """Whom a programme or site serves, by its name, or by what its sentence says of it; and who runs it."""
    yield from _by_name(scene)
    for group in scene.outer:
        sentence = scene.sentence_of(group.start)
        if group.entity.type is not EntityType.WORKER_GROUP or sentence is None:
            continue
        yield from _represented(scene, group, sentence)
        if not _served(scene, group, sentence):
            continue
        status = scene.status(group.start, sentence.at)
        if status is None:
            continue
        for rule, server in _servers(scene, group, sentence):
            yield from read_fact(scene, rule, server, Predicate.SERVES, group, group.mention.at, status)


def _served(scene: Scene, group: Placed, sentence: Sentence) -> bool:
    start, stop = scene.clause_of(group.mention.at, sentence.at)
    before, behind = scene.article.text[start : group.start], scene.article.text[group.stop : stop]
    return bool(
        scene.lexicon.pattern("served-before").search(before) or scene.lexicon.pattern("served-behind").search(behind)
    )


def _servers(scene: Scene, group: Placed, sentence: Sentence) -> Iterator[tuple[str, Placed]]:
    """The last programme or site before the group in its part of the sentence; beside a programme also who runs it."""
    start = max(sentence.at[0], scene.article.text.rfind(_PART_END, sentence.at[0], group.start) + 1)
    things = [item for item in scene.within((start, group.start)) if _may_serve(scene, item)]
    if not things:
        return
    yield "serves-thing", things[-1]
    agent = scene.agent(group.start, sentence.at)
    runs = agent is not None and agent.start < things[-1].start and things[-1].entity.type is EntityType.PROGRAMME
    if agent is not None and runs:
        yield "serves-runner", agent


def _may_serve(scene: Scene, item: Placed) -> bool:
    """A programme that is no contest or meeting, and a site that is not only where something happens."""
    if item.entity.type is EntityType.PROGRAMME:
        closed = item.entity.name.endswith(scene.lexicon.words("no-service-head"))
        return not closed and not scene.led_by(item, "not-default-before")
    where = scene.led_by(item, "where-before") or scene.followed_by(item, "where-behind")
    return item.entity.type is EntityType.SITE and not where


def _by_name(scene: Scene) -> Iterator[Fact]:
    """青年职工服务项目, 货车司机联合工会: what bears the name of a group is there for it, a union stands for it."""
    groups = {i.entity.name: i for i in scene.placed if i.entity.type is EntityType.WORKER_GROUP}
    for item in scene.outer:
        predicate = _BY_NAME.get(item.entity.type)
        if predicate is None or item.entity.name.endswith(scene.lexicon.words("no-service-head")):
            continue
        for name, group in groups.items():
            if len(name) >= _NAMED and name in item.entity.name:
                yield from read_fact(scene, f"name-{predicate}", item, predicate, group, item.mention.at)


def _represented(scene: Scene, group: Placed, sentence: Sentence) -> Iterator[Fact]:
    """A trade's union that takes in members, 其中货车司机4300名."""
    before = scene.article.text[sentence.at[0] : group.start]
    union, status = scene.agent(group.start, sentence.at), scene.status(group.start, sentence.at)
    if union is None or union.entity.type is not EntityType.UNION or status is None:
        return
    joined = scene.lexicon.pattern("joined-before").search(before)
    if joined and scene.lexicon.pattern("trade-union").search(union.entity.name):
        at = group.mention.at
        yield from read_fact(scene, "union-members", union, Predicate.REPRESENTS, group, at, status)
