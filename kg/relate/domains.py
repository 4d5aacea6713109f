"""What each predicate may join: the types that the annotation guidelines allow on its two sides.

`ontology/shapes.ttl` says the same to validators of the graph; `tests/test_relate.py` holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.model import ORGANISATION_TYPES, EntityType, Predicate

_ACTORS = ORGANISATION_TYPES | {EntityType.DISTRICT}


class Domain(NamedTuple):
    """The types on the two sides of a predicate."""

    subjects: frozenset[EntityType]
    objects: frozenset[EntityType]


DOMAINS: Mapping[Predicate, Domain] = MappingProxyType(
    {
        Predicate.PART_OF: Domain(ORGANISATION_TYPES, ORGANISATION_TYPES),
        Predicate.LOCATED_IN: Domain(
            _ACTORS | {EntityType.SITE, EntityType.PROGRAMME}, frozenset({EntityType.DISTRICT, EntityType.SITE})
        ),
        Predicate.UNION_OF: Domain(frozenset({EntityType.UNION}), ORGANISATION_TYPES - {EntityType.UNION}),
        Predicate.COVERS: Domain(
            frozenset({EntityType.UNION, EntityType.PUBLIC_BODY}), frozenset({EntityType.DISTRICT})
        ),
        Predicate.REPRESENTS: Domain(frozenset({EntityType.UNION}), frozenset({EntityType.WORKER_GROUP})),
        Predicate.RUNS: Domain(_ACTORS, frozenset({EntityType.PROGRAMME})),
        Predicate.TAKES_PART_IN: Domain(
            ORGANISATION_TYPES | {EntityType.PERSON, EntityType.WORKER_GROUP}, frozenset({EntityType.PROGRAMME})
        ),
        Predicate.PARTNERS_WITH: Domain(ORGANISATION_TYPES, ORGANISATION_TYPES),
        Predicate.FOUNDED: Domain(_ACTORS, ORGANISATION_TYPES | {EntityType.SITE}),
        Predicate.OPERATES: Domain(ORGANISATION_TYPES, frozenset({EntityType.SITE, EntityType.SCHOOL})),
        Predicate.SUPPORTS: Domain(_ACTORS, _ACTORS | {EntityType.SITE, EntityType.PERSON}),
        Predicate.SERVES: Domain(
            _ACTORS | {EntityType.SITE, EntityType.PROGRAMME}, frozenset({EntityType.WORKER_GROUP})
        ),
        # A craftsmen's academy (工匠学院) is a school and a title that is awarded.
        Predicate.RECEIVED: Domain(
            _ACTORS | {EntityType.SITE, EntityType.PERSON, EntityType.PROGRAMME},
            frozenset({EntityType.HONOUR, EntityType.SCHOOL}),
        ),
        Predicate.HOLDS_POST: Domain(frozenset({EntityType.PERSON}), ORGANISATION_TYPES),
        Predicate.ISSUED: Domain(_ACTORS, frozenset({EntityType.DOCUMENT})),
        Predicate.BASED_ON: Domain(
            frozenset({EntityType.PROGRAMME, EntityType.DOCUMENT}), frozenset({EntityType.DOCUMENT})
        ),
    }
)
