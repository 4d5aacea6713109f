"""Facts as the rules of this package make them: only between types that fit, and never about a thing itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.model import Entity, Evidence, Fact, Predicate, Span, Status
from kg.relate.domains import DOMAINS
from kg.relate.scene import Placed, Scene


def state_fact(
    lexicon: Lexicon,
    rule: str,
    subject: Entity,
    predicate: Predicate,
    object_: Entity,
    evidence: Evidence,
    status: Status = Status.DONE,
    post: str | None = None,
    confidence: float | None = None,
) -> Iterator[Fact]:
    """The fact; nothing when a type does not fit the predicate or both sides are the same.

    Without a confidence of its own it has that of its rule.
    """
    fit = DOMAINS[predicate]
    if subject.id != object_.id and subject.type in fit.subjects and object_.type in fit.objects:
        yield Fact(
            subject=subject.id,
            predicate=predicate,
            object=object_.id,
            status=status,
            evidence=evidence,
            rule=rule,
            confidence=lexicon.confidence(rule) if confidence is None else confidence,
            post=post,
        )


def read_fact(
    scene: Scene,
    rule: str,
    subject: Placed,
    predicate: Predicate,
    object_: Placed,
    trigger: Span,
    status: Status = Status.DONE,
    post: str | None = None,
) -> Iterator[Fact]:
    """The fact between two mentions, with the clauses around them and the trigger for evidence; else nothing."""
    evidence = scene.evidence_around((subject, object_), trigger)
    yield from state_fact(scene.lexicon, rule, subject.entity, predicate, object_.entity, evidence, status, post)
