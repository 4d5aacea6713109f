"""What an article makes likely where no frame speaks: weaker than a frame, and marked so by its confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import ORGANISATION_TYPES, Entity, EntityType, Evidence, Fact, Predicate, Span, Status
from kg.relate.frames import make_fact
from kg.relate.names import entailing_clauses
from kg.relate.scene import Placed, Scene


def default_facts(scene: Scene, found: Sequence[Fact], entities: Sequence[Entity]) -> Iterator[Fact]:
    """Runners for programmes, servants for groups of workers and founders for entailed unions that have none yet."""
    yield from _entailed(scene, entities)
    named = list(_held_by_name(scene))
    yield from named
    found = [*found, *named]
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
        if not _likely(scene, item, sentence.at):
            continue
        done.add(item.entity.id)
        status = scene.status(item.start, sentence.at)
        agent = _subject(scene, item, predicate, sentence.at)
        if agent is None or status is None:
            continue
        fact = make_fact(scene, rule, predicate, agent, item, item.mention.at, status)
        if fact:
            yield fact


def _likely(scene: Scene, item: Placed, sentence: Span) -> bool:
    """A group must be cared for in its clause; a programme must be quoted or come back."""
    if item.entity.type is EntityType.PROGRAMME:
        return "“" in item.mention.surface or "‘" in item.mention.surface or len(item.entity.mentions) > 1
    if item.mention.rule != "worker-group":
        return False
    clause = scene.clause_of((item.start, item.stop), sentence)
    return bool(scene.lexicon.pattern("caring").search(scene.article.text[slice(*clause)]))


def _subject(scene: Scene, item: Placed, predicate: Predicate, sentence: tuple[int, int]) -> Placed | None:
    if predicate is Predicate.SERVES:
        before = [i for i in scene.within((sentence[0], item.start)) if i.entity.type is EntityType.PROGRAMME]
        return before[0] if len(before) == 1 else scene.subject(item.start, sentence)
    return scene.agent(item.start, sentence)


def _entailed(scene: Scene, entities: Sequence[Entity]) -> Iterator[Fact]:
    """X公司建会: the company, and whoever helps it, founds the union; the helper supports the company."""
    sure = scene.lexicon.confidence("entailed-union")
    hosts = {entity.name: entity for entity in entities if entity.type is EntityType.COMPANY}
    for union in entities:
        host = hosts.get(union.name.removesuffix(scene.lexicon.words("plain-union")[0]))
        if union.mentions or union.type is not EntityType.UNION or host is None:
            continue
        for item, evidence in entailing_clauses(scene, host):
            sentence = scene.sentence_of(item.start)
            agent = scene.agent(item.start, sentence.at) if sentence and scene.governed(item, sentence.at) else None
            if agent and agent.entity.type in ORGANISATION_TYPES and agent.entity.id != host.id:
                yield _plain(agent.entity, Predicate.SUPPORTS, host, evidence, sure)
                yield _plain(agent.entity, Predicate.FOUNDED, union, evidence, sure)
            else:
                yield _plain(host, Predicate.FOUNDED, union, evidence, sure)


def _plain(subject: Entity, predicate: Predicate, object_: Entity, evidence: Evidence, confidence: float) -> Fact:
    return Fact(
        subject=subject.id,
        predicate=predicate,
        object=object_.id,
        evidence=evidence,
        rule="entailed-union",
        confidence=confidence,
    )


def _held_by_name(scene: Scene) -> Iterator[Fact]:
    """A meeting that is named after those who hold it: 区政府与区总工会联席会议, 某联合会第一次会员代表大会."""
    for event in scene.outer:
        if event.entity.type is not EntityType.PROGRAMME:
            continue
        inner = [i for i in scene.placed if event.start <= i.start and i.stop < event.stop and i is not event]
        holders = [i for i in inner if i.entity.type in ORGANISATION_TYPES]
        at = event.start, event.stop
        outermost = [
            i for i in holders if not any(o.start <= i.start and i.stop <= o.stop and o is not i for o in holders)
        ]
        for holder in outermost:
            fact = make_fact(scene, "name-runs", Predicate.RUNS, holder, event, at, Status.DONE)
            if fact:
                yield fact
        if len(outermost) == 2:
            left, right = outermost
            fact = make_fact(scene, "name-partners", Predicate.PARTNERS_WITH, left, right, at, Status.DONE)
            if fact:
                yield fact
