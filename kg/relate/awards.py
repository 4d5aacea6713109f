"""Who received an honour where no frame can say so: bearers, lists, dropped subjects; and that winners took part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import ORGANISATION_TYPES, EntityType, Fact, Predicate, Sentence, Span
from kg.relate.facts import read_fact
from kg.relate.scene import Placed, Scene

_RULE = "award"
_CONTEST = "contest"
_WINNERS = ORGANISATION_TYPES | {EntityType.PERSON, EntityType.SITE}
_BEARER_GAP = 28
_ENDS = "；。！？\n"


def award_facts(scene: Scene, found: Sequence[Fact]) -> Iterator[Fact]:
    """Facts about the honours of an article.

    Args:
        scene: The article.
        found: What was found in it before: an honour that it gives to somebody needs no dropped subject.
    """
    honours = [item for item in scene.outer if item.entity.type is EntityType.HONOUR]
    given = {fact.object for fact in found if fact.predicate is Predicate.RECEIVED}
    awards: list[Fact] = []
    for honour in honours:
        sentence = scene.sentence_of(honour.start)
        if sentence is None:
            continue
        awards += _borne(scene, honour)
        awards += _listed(scene, honour)
        awards += _as_topic(scene, honour, sentence)
        if honour.entity.id not in given:
            awards += _without_subject(scene, honour, sentence)
    yield from awards
    for honour in honours:
        yield from _took_part(scene, honour, [*found, *awards])


def _borne(scene: Scene, honour: Placed) -> Iterator[Fact]:
    """全国劳动模范、某厂焊工段某: who is named behind the honour, with nothing but posts and bodies between."""
    if scene.led_by(honour, "award-verb"):
        return
    people = [i for i in scene.within((honour.stop, honour.stop + _BEARER_GAP)) if i.entity.type is EntityType.PERSON]
    for person in people[:1]:
        gap = _without_bodies(scene, honour.stop, person.start)
        if scene.lexicon.pattern("bearer-gap").search(gap):
            yield from read_fact(
                scene, f"{_RULE}-borne", person, Predicate.RECEIVED, honour, (honour.start, person.stop)
            )


def _without_bodies(scene: Scene, start: int, stop: int) -> str:
    """The text between two places without the organisations in it."""
    text, position = "", start
    for item in scene.within((start, stop)):
        if item.entity.type in ORGANISATION_TYPES:
            text, position = text + scene.article.text[position : item.start], item.stop
    return text + scene.article.text[position:stop]


def _listed(scene: Scene, honour: Placed) -> Iterator[Fact]:
    """优胜单位：甲公司、乙医院；…: all that stand in the list behind the head."""
    if not scene.article.text.startswith(scene.lexicon.word("list-colon"), honour.stop):
        return
    stop = next((p for p in range(honour.stop, len(scene.article.text)) if scene.article.text[p] in _ENDS), honour.stop)
    for item in scene.within((honour.stop, stop)):
        if item.entity.type in _WINNERS:
            yield from read_fact(scene, f"{_RULE}-listed", item, Predicate.RECEIVED, honour, (honour.start, item.stop))


def _as_topic(scene: Scene, honour: Placed, sentence: Sentence) -> Iterator[Fact]:
    """应急处置一等奖被甲队收入囊中: the honour is what the clause is about."""
    mark = scene.lexicon.pattern("goes-to").match(scene.article.text, honour.stop)
    if mark is None:
        return
    for item in scene.within((mark.end(), sentence.at[1]))[:1]:
        if item.start == mark.end() and item.entity.type in _WINNERS:
            yield from read_fact(scene, f"{_RULE}-topic", item, Predicate.RECEIVED, honour, (honour.start, item.stop))


def _without_subject(scene: Scene, honour: Placed, sentence: Sentence) -> Iterator[Fact]:
    """…，2015年被评为市劳动模范: whom the sentence, or the one before it, is about."""
    start, _ = scene.clause_of((honour.start, honour.stop), sentence.at)
    clause = scene.lexicon.pattern("award-clause").search(scene.article.text[start : honour.start])
    status = scene.status(honour.start, sentence.at)
    winners = _all_of_before(scene, clause["plural"] is not None, sentence, start) if clause else []
    for winner in winners:
        if status is not None:
            at = start, honour.stop
            yield from read_fact(scene, f"{_RULE}-dropped", winner, Predicate.RECEIVED, honour, at, status)


def _all_of_before(scene: Scene, plural: bool, sentence: Sentence, start: int) -> list[Placed]:
    """Whom a clause without a subject is about; behind 他们 all persons of the sentence before."""
    if plural:
        before = _sentence_before(scene, sentence)
        return [i for i in scene.within(before) if i.entity.type is EntityType.PERSON]
    own = _acting(scene, (sentence.at[0], start))
    return own or _acting(scene, _sentence_before(scene, sentence))


def _acting(scene: Scene, at: Span) -> list[Placed]:
    """The first person of a stretch, else the first other one who could win, that no verb governs."""
    fitting = [i for i in scene.within(at) if i.entity.type in _WINNERS and not scene.led_by(i, "not-agent-before")]
    people = [i for i in fitting if i.entity.type is EntityType.PERSON]
    return (people or fitting)[:1]


def _sentence_before(scene: Scene, sentence: Sentence) -> Span:
    """The sentence before, in the same paragraph; else an empty stretch."""
    before = scene.sentence_of(sentence.at[0] - 1) if sentence.at[0] else None
    return before.at if before is not None and before.role == sentence.role else (sentence.at[0], sentence.at[0])


def _took_part(scene: Scene, honour: Placed, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Who has a place in a contest took part in it, and so did the body that he or she works for."""
    sentence = scene.sentence_of(honour.start)
    if sentence is None or not honour.mention.rule.startswith(_CONTEST):
        return
    winners = {
        fact.subject for fact in facts if (fact.predicate, fact.object) == (Predicate.RECEIVED, honour.entity.id)
    }
    bodies = {fact.object for fact in facts if fact.predicate is Predicate.HOLDS_POST and fact.subject in winners}
    for event in _events(scene, honour, sentence):
        for item in scene.within(sentence.at):
            if item.entity.id in winners | bodies:
                at = min(item.start, honour.start), max(item.stop, honour.stop)
                yield from read_fact(scene, f"{_RULE}-contest", item, Predicate.TAKES_PART_IN, event, at)


def _events(scene: Scene, honour: Placed, sentence: Sentence) -> list[Placed]:
    """The contest that the honour's name holds, else the one that the article goes on about."""
    named = [item for item in scene.inside(honour) if item.entity.type is EntityType.PROGRAMME]
    return named[:1] or scene.events(honour.start, sentence.at)
