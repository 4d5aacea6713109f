"""Quantities → outcomes: whose number it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import EntityType, Evidence, Outcome, Quantity, Span
from kg.relate.scene import Placed, Scene

_THINGS = (EntityType.PROGRAMME, EntityType.SITE)
_RANKED = 4
_SILENT = (EntityType.WORKER_GROUP, EntityType.HONOUR)


def outcomes_of(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Outcome]:
    """An outcome for each quantity that has a subject and is not denied."""
    last: Placed | None = None
    for quantity in quantities:
        sentence = scene.sentence_of(quantity.at[0])
        bounds = sentence.at if sentence else quantity.clause
        status = scene.status(quantity.at[0], bounds)
        subject, way = _subject(scene, quantity, bounds, last)
        if subject is None or status is None:
            continue
        last = subject
        yield Outcome(
            subject=subject.entity.id,
            metric=quantity.metric,
            value=quantity.value,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            baseline=quantity.baseline,
            period=quantity.period,
            status=status,
            evidence=_evidence(scene, quantity),
            rule=f"{quantity.rule}/{way}",
            confidence=scene.lexicon.confidence(way),
        )


def _evidence(scene: Scene, quantity: Quantity) -> Evidence:
    start, stop = scene.article.locate(quantity.clause)
    return scene.evidence(quantity.clause if start < stop else quantity.at)


def _subject(scene: Scene, quantity: Quantity, sentence: Span, last: Placed | None) -> tuple[Placed | None, str]:
    """The programme or site that the clause is about, else the acting organisation.

    Returns the subject and how it was found, the rule that the confidence is counted for. A sentence that names nobody
    goes on about what the sentence before it was about.
    """
    area = _area_of_clause(scene, quantity, sentence)
    if area is not None:
        return area, "subject-thing"
    topic = _topic_of_clause(scene, quantity, sentence)
    if topic is not None:
        return topic, "subject-thing"
    named = [i for i in scene.within((sentence[0], quantity.at[0])) if i.entity.type not in _SILENT]
    text = scene.article.text[sentence[0] : quantity.at[0]]
    leaves = scene.lexicon.pattern("new-action").match(text) or scene.lexicon.pattern("whole-area").search(text)
    if not named and last is not None and last.entity.type is EntityType.PROGRAMME and not leaves:
        return last, "subject-carried"
    return scene.agent(quantity.at[0], sentence), "subject-agent"


def _topic_of_clause(scene: Scene, quantity: Quantity, sentence: Span) -> Placed | None:
    """The programme or site whose number it is, None where an organisation's own action is counted."""
    joined = _joined_programme(scene, quantity, sentence)
    if joined is not None:
        return joined
    before = scene.within((_part_start(scene, quantity, sentence), quantity.at[0]))
    things = [i for i in before if i.entity.type in _THINGS]
    if not things:
        return None
    last = things[-1]
    clause = scene.clause_of(quantity.at, sentence)
    opening = next((i for i in things if i.start == clause[0]), None)
    if opening is not None:
        return opening
    free = [i for i in before if scene.acts(i) and not scene.led_by(i, "not-agent-before")]
    if last is before[0] and not scene.governed(last, sentence):
        return last if all(scene.led_by(i, "passive") for i in free) else None
    if any(i.start > last.start for i in free):
        return None
    same_clause = last.start >= clause[0]
    area = scene.lexicon.pattern("whole-area").search(scene.article.text[last.stop : quantity.at[0]])
    alone = len({i.entity.id for i in things}) == 1 and not area
    told = scene.lexicon.pattern("about-programme").search(scene.article.text[last.stop : quantity.at[0]])
    if last.entity.type is EntityType.SITE:
        head = scene.article.text[sentence[0] : last.start]
        founded = scene.lexicon.pattern("setting-up").search(head)
        return last if alone and founded and not same_clause else None
    return last if same_clause or alone or told else None


def _area_of_clause(scene: Scene, quantity: Quantity, sentence: Span) -> Placed | None:
    """The district that a clause opens with (武汉市上榜31家), or that 全镇有 speaks of."""
    start = scene.clause_of(quantity.at, sentence)[0]
    clause = scene.article.text[start : quantity.at[0]]
    has = scene.lexicon.pattern("area-has").match(clause)
    for item in scene.placed:
        if item.entity.type is not EntityType.DISTRICT:
            continue
        if has and item.entity.name.endswith(has["level"]):
            return item
        ranked = item.start == start and quantity.at[0] - item.stop <= _RANKED
        if ranked and item in scene.outer and not scene.acts(item):
            return item
    return None


def _part_start(scene: Scene, quantity: Quantity, sentence: Span) -> int:
    """Where the part of the sentence begins that no semicolon closes."""
    return max(sentence[0], scene.article.text.rfind("；", sentence[0], quantity.at[0]) + 1)


def _joined_programme(scene: Scene, quantity: Quantity, sentence: Span) -> Placed | None:
    """The programme behind the number that somebody joins (10位代表参加了…座谈会) or that was held so often."""
    clause = scene.clause_of(quantity.at, sentence)
    for item in scene.within((quantity.at[1], clause[1])):
        between = scene.article.text[quantity.at[1] : item.start]
        if item.entity.type is EntityType.PROGRAMME and scene.lexicon.pattern("joining").search(between):
            return item
        if quantity.unit in scene.lexicon.word_set("edition") and scene.lexicon.pattern("holding").search(between):
            return item
    return None
