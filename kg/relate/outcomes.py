"""Quantities → outcomes: whose number it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import ORGANISATION_TYPES, EntityType, Evidence, Outcome, Quantity, Span
from kg.relate.scene import Placed, Scene

_CONFIDENCE_SAME_CLAUSE = 0.85
_CONFIDENCE_TOPIC = 0.7
_ACTORS = ORGANISATION_TYPES
_THINGS = (EntityType.PROGRAMME, EntityType.SITE)
_SILENT = (EntityType.WORKER_GROUP, EntityType.HONOUR)


def outcomes_of(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Outcome]:
    """An outcome for each quantity that has a subject and is not denied."""
    last: Placed | None = None
    for quantity in quantities:
        sentence = scene.sentence_of(quantity.at[0])
        bounds = sentence.at if sentence else quantity.clause
        status = scene.status(quantity.at[0], bounds)
        subject, confidence = _subject(scene, quantity, bounds, last)
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
            rule=quantity.rule,
            confidence=confidence,
        )


def _evidence(scene: Scene, quantity: Quantity) -> Evidence:
    start, stop = scene.article.locate(quantity.clause)
    return scene.evidence(quantity.clause if start < stop else quantity.at)


def _subject(scene: Scene, quantity: Quantity, sentence: Span, last: Placed | None) -> tuple[Placed | None, float]:
    """The programme or site that the clause is about, else the acting organisation.

    A sentence that names nobody goes on about what the sentence before it was about.
    """
    topic = _topic_of_clause(scene, quantity, sentence)
    if topic is not None:
        return topic, _CONFIDENCE_SAME_CLAUSE
    named = [i for i in scene.within((sentence[0], quantity.at[0])) if i.entity.type not in _SILENT]
    acts = scene.lexicon.pattern("new-action").match(scene.article.text, *sentence)
    if not named and last is not None and last.entity.type in _THINGS and not acts:
        return last, _CONFIDENCE_TOPIC
    return scene.agent(quantity.at[0], sentence), _CONFIDENCE_TOPIC


def _topic_of_clause(scene: Scene, quantity: Quantity, sentence: Span) -> Placed | None:
    """A programme in the clause of the number, one that opens the sentence, or one whose count a new clause gives."""
    before = scene.within((sentence[0], quantity.at[0]))
    clause = scene.clause_of(quantity.at, sentence)
    for item in scene.within((quantity.at[1], clause[1])):
        joining = scene.lexicon.pattern("joining").search(scene.article.text[quantity.at[1] : item.start])
        if item.entity.type is EntityType.PROGRAMME and joining:
            return item
    for item in reversed(before):
        kind = item.entity.type
        if kind in _ACTORS and not scene.led_by(item, "not-agent-before"):
            return None
        if kind not in _THINGS:
            continue
        rest = scene.article.text[item.stop : quantity.at[0]]
        opens = item is before[0] and not scene.governed(item, sentence)
        if kind is EntityType.SITE and not opens:
            continue
        if item.start >= clause[0] or opens or scene.lexicon.pattern("about-programme").search(rest):
            return item
        return None
    return None
