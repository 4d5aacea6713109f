"""Quantities → outcomes: whose number each is, and whether it is done or planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.clean import plain_name
from kg.lexicon import Lexicon
from kg.model import Evidence, Outcome, Quantity
from kg.relate.guesses import Guess, guess_subjects
from kg.relate.reasons import Point, weigh_candidates
from kg.relate.scene import Placed, Scene

_SHORTEST_METRIC = 2
_SURE, _UNSURE = 0.98, 0.02
WAY = "weighed"
"""How a number finds its subject, as its rule says behind the stroke."""


def outcomes_of(scene: Scene, quantities: Sequence[Quantity]) -> Iterator[Outcome]:
    """An outcome for each quantity that has a subject and is not denied.

    Args:
        scene: An article.
        quantities: Its numbers, in order of place.
    """
    last: Point | None = None
    subject_of_last: str | None = None
    for quantity, guess in zip(quantities, guess_subjects(scene, quantities), strict=True):
        point = point_of(scene, quantity, last, subject_of_last, guess)
        status = scene.status(quantity.at[0], point.sentence)
        found = weigh_candidates(point) if status is not None else None
        if found is None or status is None:
            continue
        subject, share = found
        last, subject_of_last = point, subject.entity.id
        yield Outcome(
            subject=subject.entity.id,
            metric=_without_subject(quantity.metric, subject, scene.lexicon),
            value=quantity.value,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            baseline=quantity.baseline,
            period=quantity.period,
            status=status,
            evidence=_evidence(scene, quantity),
            rule=f"{quantity.rule}/{WAY}",
            confidence=round(min(_SURE, max(_UNSURE, share)), 2),
        )


def point_of(scene: Scene, quantity: Quantity, last: Point | None, subject: str | None, guess: Guess | None) -> Point:
    """A number where it stands; of its clause where no sentence holds it."""
    sentence = scene.sentence_of(quantity.at[0])
    at = sentence.at if sentence else quantity.clause
    return Point(
        scene=scene,
        quantity=quantity,
        sentence=at,
        clause=scene.clause_of(quantity.at, at),
        last=subject,
        last_sentence=last.sentence if last else None,
        guess=guess,
    )


def _without_subject(metric: str, subject: Placed, lexicon: Lexicon) -> str:
    """A metric without the name of its own subject in front (某大讲堂|宣讲); as it is when too little would remain."""
    entity = subject.entity
    forms = (plain_name(form) for form in (entity.name, *entity.aliases, *entity.anaphora))
    cut = max((metric.find(form) + len(form) for form in forms if form in metric), default=0)
    rest = lexicon.pattern("metric-link").sub("", metric[cut:])
    return rest if len(rest) >= _SHORTEST_METRIC else metric


def _evidence(scene: Scene, quantity: Quantity) -> Evidence:
    """The clause; where column joins leave it no raw stretch, the number alone."""
    start, stop = scene.article.locate(quantity.clause)
    return scene.evidence(quantity.clause if start < stop else quantity.at)
