"""What an article makes likely where no frame speaks: weaker than a frame, and marked so by its confidence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.model import ORGANISATION_TYPES, Entity, EntityType, Evidence, Fact, Predicate, Span
from kg.relate.facts import read_fact, state_fact
from kg.relate.names import entailing_clauses
from kg.relate.scene import Placed, Scene

_WHOLES = (EntityType.COMPANY, EntityType.ORGANISATION)
_SIDES = {2: "two-sides", 3: "three-sides", 4: "four-sides"}


def default_facts(scene: Scene, found: Sequence[Fact], entities: Sequence[Entity]) -> Iterator[Fact]:
    """Runners for programmes, servants for groups of workers and founders for entailed unions that have none yet."""
    yield from _entailed(scene, entities)
    yield from _both_sides(scene)
    yield from _born(scene, found)
    yield from _units(scene, entities)
    yield from _distributed(scene)
    named = list(_held_by_name(scene))
    yield from named
    found = [*found, *named]
    yield from _unrelated(scene, found, EntityType.PROGRAMME, Predicate.RUNS, "default-runs")
    yield from _unrelated(scene, found, EntityType.WORKER_GROUP, Predicate.SERVES, "default-serves")


def _both_sides(scene: Scene) -> Iterator[Fact]:
    """双方将共同…, 三家单位联合…: as many organisations as the sentence before names, no more and no less."""
    sentences = scene.article.sentences
    for before, sentence in itertools.pairwise(sentences):
        match = scene.lexicon.pattern("both-sides").match(scene.article.text, sentence.at[0], sentence.at[1])
        if match is None:
            continue
        sides = {i.entity.id: i for i in scene.within(before.at) if i.entity.type in ORGANISATION_TYPES}
        number = next(n for n, id in _SIDES.items() if match["sides"] in scene.lexicon.word_set(id))
        status = scene.status(match.end(), sentence.at)
        if len(sides) == number and status is not None:
            for one, other in itertools.combinations(sides.values(), 2):
                yield from read_fact(scene, "both-sides", one, Predicate.PARTNERS_WITH, other, match.span(), status)


def _units(scene: Scene, entities: Sequence[Entity]) -> Iterator[Fact]:
    """海拉尔|工务段 in an article about a railway: a unit that bears no body's name belongs to the article's body."""
    whole = _body_of_topic(scene, entities)
    if whole is None:
        return
    names = [entity.name for entity in entities if entity.type in _WHOLES]
    done: set[str] = {whole.id}
    for item in scene.placed:
        name, kind = item.entity.name, item.entity.type
        unit = kind in _WHOLES and scene.lexicon.pattern("unit-name").search(name) and not item.mention.anaphor
        if not unit or item.entity.id in done or any(name != n and name.startswith(n) for n in names):
            continue
        done.add(item.entity.id)
        at = (item.start, item.stop)
        yield from state_fact(scene.lexicon, "unit-of-topic", item.entity, Predicate.PART_OF, whole, scene.evidence(at))


def _body_of_topic(scene: Scene, entities: Sequence[Entity]) -> Entity | None:
    """The body that an article is about, or whose union it is about."""
    topic = scene.topic
    if topic is None:
        return None
    if topic.entity.type in _WHOLES:
        return topic.entity
    host = topic.entity.name.removesuffix(scene.lexicon.word("plain-union"))
    return next((entity for entity in entities if entity.type in _WHOLES and entity.name == host), None)


def _born(scene: Scene, found: Sequence[Fact]) -> Iterator[Fact]:
    """某行业工会联合会揭牌成立: without another founder, the general union of its area founds it."""
    done = {fact.object for fact in found if fact.predicate is Predicate.FOUNDED}
    for item in scene.outer:
        sentence = scene.sentence_of(item.start)
        new = item.entity.type is EntityType.UNION and item.entity.id not in done and sentence is not None
        if not new or sentence is None or item.mention.anaphor:
            continue
        match = scene.lexicon.pattern("born-at").match(scene.article.text, item.stop)
        founder = _general_union(scene, item) if match else None
        status = scene.status(item.stop, sentence.at)
        if match and founder is not None and status is not None:
            done.add(item.entity.id)
            yield from read_fact(scene, "born", founder, Predicate.FOUNDED, item, (item.start, match.end()), status)


def _general_union(scene: Scene, item: Placed) -> Placed | None:
    """The general union of the article in whose area a union of a trade, zone or street is."""
    general = scene.lexicon.word("general-union")
    fitting = [
        other
        for other in scene.placed
        for form in (other.entity.name, *other.entity.aliases)
        if form.endswith(general) and item.entity.name.startswith(form.removesuffix(general))
    ]
    return next((other for other in fitting if other.entity.id != item.entity.id), None)


def _distributed(scene: Scene) -> Iterator[Fact]:
    """Who acts where one site in each of several places is built."""
    for item in scene.outer:
        sentence = scene.sentence_of(item.start)
        if item.mention.rule != "distributed-site" or sentence is None:
            continue
        agent, status = scene.agent(item.start, sentence.at), scene.status(item.start, sentence.at)
        if agent is not None and status is not None:
            at = item.mention.at
            yield from read_fact(scene, "distributed-founded", agent, Predicate.FOUNDED, item, at, status)


def _unrelated(
    scene: Scene, found: Sequence[Fact], kind: EntityType, predicate: Predicate, rule: str
) -> Iterator[Fact]:
    """Relates what the article first names in its body, and no frame relates, to who acts in that sentence."""
    done = {fact.object for fact in found} | {fact.subject for fact in found if kind is EntityType.PROGRAMME}
    for item in scene.outer:
        if item.entity.type is not kind or item.entity.id in done or scene.led_by(item, "not-default-before"):
            continue
        sentence = scene.sentence_of(item.start)
        if sentence is None or sentence.role != "body" or not _likely(scene, item, sentence.at):
            continue
        done.add(item.entity.id)
        status = scene.status(item.start, sentence.at)
        agent = _subject(scene, item, predicate, sentence.at)
        if agent is not None and status is not None:
            yield from read_fact(scene, rule, agent, predicate, item, item.mention.at, status)


def _likely(scene: Scene, item: Placed, sentence: Span) -> bool:
    """A group must be cared for in its clause; a programme must be quoted or come back."""
    if item.entity.type is EntityType.PROGRAMME:
        return not {"“", "‘"}.isdisjoint(item.mention.surface) or len(item.entity.mentions) > 1
    if item.mention.rule != "worker-group":
        return False
    clause = scene.clause_of((item.start, item.stop), sentence)
    return bool(scene.lexicon.pattern("caring").search(scene.article.text[slice(*clause)]))


def _subject(scene: Scene, item: Placed, predicate: Predicate, sentence: Span) -> Placed | None:
    """Who acts; for a service, the only programme before it, or what the sentence is about."""
    if predicate is not Predicate.SERVES:
        return scene.agent(item.start, sentence)
    before = [i for i in scene.within((sentence[0], item.start)) if i.entity.type is EntityType.PROGRAMME]
    return before[0] if len(before) == 1 else scene.subject(item.start, sentence)


def _entailed(scene: Scene, entities: Sequence[Entity]) -> Iterator[Fact]:
    """X公司建会: the company and whoever helps it found the union; the helper supports the company."""
    clauses = [clause for host in scene.entities for clause in entailing_clauses(scene, host)]
    unions = {entity.name: entity for entity in entities if entity.type is EntityType.UNION} if clauses else {}
    for item, name, evidence in clauses:
        if union := unions.get(name):
            yield from _brought_about(scene, item, union, evidence)


def _brought_about(scene: Scene, item: Placed, union: Entity, evidence: Evidence) -> Iterator[Fact]:
    helper = _helper(scene, item)
    employer = item.entity.type is not EntityType.DISTRICT
    if helper is not None and employer:
        yield from _entails(scene, helper, Predicate.SUPPORTS, item.entity, evidence)
    for founder in filter(None, (helper, item.entity if employer else None)):
        yield from _entails(scene, founder, Predicate.FOUNDED, union, evidence)


def _entails(
    scene: Scene, subject: Entity, predicate: Predicate, object_: Entity, evidence: Evidence
) -> Iterator[Fact]:
    return state_fact(scene.lexicon, "entailed-union", subject, predicate, object_, evidence)


def _helper(scene: Scene, item: Placed) -> Entity | None:
    """The organisation that brings a company to found its union; None when the company does so by itself."""
    sentence = scene.sentence_of(item.start)
    if sentence is None:
        return None
    governed = scene.governed(item, sentence.at)
    agent = scene.agent(item.start, sentence.at) if governed else scene.named_agent(item.start, sentence.at)
    if agent is None or agent.entity.id == item.entity.id:
        return None
    kinds = ORGANISATION_TYPES if governed else {EntityType.UNION}
    return agent.entity if agent.entity.type in kinds else None


def _held_by_name(scene: Scene) -> Iterator[Fact]:
    """A meeting that is named after those who hold it: 区政府与区总工会联席会议, 某联合会第一次会员代表大会."""
    for event in scene.outer:
        if event.entity.type is not EntityType.PROGRAMME:
            continue
        at = event.start, event.stop
        holders = _holders(scene, event)
        for holder in holders:
            yield from read_fact(scene, "name-runs", holder, Predicate.RUNS, event, at)
        if len(holders) == 2:
            yield from read_fact(scene, "name-partners", holders[0], Predicate.PARTNERS_WITH, holders[1], at)


def _holders(scene: Scene, event: Placed) -> list[Placed]:
    """The organisations inside a name that it does not end with, none inside another, by place."""
    kept: list[Placed] = []
    for item in scene.inside(event):
        whole = not kept or item.start >= kept[-1].stop
        if whole and item.entity.type in ORGANISATION_TYPES and item.stop < event.stop:
            kept.append(item)
    return kept
