"""Quantities → outcomes: whose number it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import EntityType, Evidence, Outcome, Quantity, Span, Status
from kg.relate.scene import Placed, Scene

_CONFIDENCE_SAME_CLAUSE = 0.85
_CONFIDENCE_TOPIC = 0.7


def outcomes_of(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Outcome]:
    """An outcome for each quantity that has a subject and is not denied."""
    for quantity in quantities:
        sentence = scene.sentence_of(quantity.at[0])
        bounds = sentence.at if sentence else quantity.clause
        status = scene.status(quantity.at[0], bounds)
        subject, confidence = _subject(scene, quantity, bounds)
        if subject is None or status is None:
            continue
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


def _subject(scene: Scene, quantity: Quantity, sentence: Span) -> tuple[Placed | None, float]:
    """The programme or site that the clause is about, else the acting organisation."""
    programme = _programme(scene, quantity, sentence)
    if programme is not None:
        return programme, _CONFIDENCE_SAME_CLAUSE
    return scene.agent(quantity.at[0], sentence), _CONFIDENCE_TOPIC


def _programme(scene: Scene, quantity: Quantity, sentence: Span) -> Placed | None:
    """A programme named before the number in its sentence and not closed off by a new subject; or 该项目, 活动."""
    before = [i for i in scene.within((sentence[0], quantity.at[0])) if i.entity.type is EntityType.PROGRAMME]
    if not before:
        return None
    last = before[-1]
    between = scene.article.text[last.stop : quantity.at[0]]
    actors = [i for i in scene.within((last.stop, quantity.at[0])) if i.entity.type is EntityType.UNION]
    return None if actors or scene.lexicon.pattern("new-subject").search(between) else last


__all__ = ["Status", "outcomes_of"]
