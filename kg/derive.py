"""What follows from several pages by rule: which federation of unions stands under which.

Pages almost never say that 东城区总工会 belongs to 北京市总工会; the names and the official codes of their areas do. A
union whose name is its area plus a tail is placed under the union with the same tail in the nearest area around it.
What is concluded goes to its own graph, with the rule, a confidence below 1 and the two statements that it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg import vocab
from kg.build import decimal, literal
from kg.lexicon.gazetteer import MUNICIPALITIES, contains, level_of, significant
from kg.store import GraphStore

RULE = "hierarchy-by-area"
DIRECT, REMOTE = 0.9, 0.7
"""Confidence when the area above is the next one up, and when there may be a union between the two."""

_QUESTION = """
SELECT DISTINCT ?union ?name ?district ?form ?code ?around ?statement {
  ?union a kg:Union ; skos:prefLabel ?name ; kg:covers ?district .
  ?statement rdf:subject ?union ; rdf:predicate kg:covers ; rdf:object ?district .
  ?district skos:prefLabel|skos:altLabel ?form .
  OPTIONAL { ?district dct:identifier ?code }
  OPTIONAL { ?district schema:containedInPlace/dct:identifier ?around }
} ORDER BY ?union DESC(STRLEN(?form)) ?form ?statement ?district ?around
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Federation:
    """A union named after its area.

    Args:
        iri: The union.
        tail: Its name behind the area's.
        code: Code of its area, empty when the area has none.
        around: Code of the area, or of the official one around it.
        statement: The statement that the union covers the area.
    """

    iri: str
    tail: str
    code: str
    around: str
    statement: str


def derive_hierarchy(store: GraphStore) -> str:
    """The derived graph as sorted N-Quads; empty when nothing follows."""
    by_tail: dict[str, list[_Federation]] = defaultdict(list)
    for union in _federations(store):
        by_tail[union.tail].append(union)
    lines: set[str] = set()
    for unions in by_tail.values():
        for union in unions:
            lines.update(_lines_of(store, union, unions))
    return "".join(f"{line} <{store.iris.derived_graph}> .\n" for line in sorted(lines))


def refresh_derived(store: GraphStore) -> None:
    """Rebuilds the derived graph from the pages that the store now holds."""
    store.replace_graph(store.iris.derived_graph, derive_hierarchy(store))


def _federations(store: GraphStore) -> Iterator[_Federation]:
    seen: set[str] = set()
    for row in store.rows(_QUESTION):
        union, name, _, form, code, around, statement = (value or "" for value in row)
        around = code or around
        if union not in seen and around and name.startswith(form) and name != form:
            seen.add(union)
            yield _Federation(iri=union, tail=name[len(form) :], code=code, around=around, statement=statement)


def _lines_of(store: GraphStore, union: _Federation, unions: list[_Federation]) -> list[str]:
    above = [other for other in unions if other.code and other.iri != union.iri and _lies_in(union, other)]
    if not above:
        return []
    parent = max(above, key=lambda other: (len(significant(other.code)), other.iri))
    confidence = DIRECT if _is_next(union, parent) else REMOTE
    part_of, iris = store.iris.term("partOf"), store.iris
    iri = iris.record("statement", "derived", union.iri, "partOf", parent.iri, RULE)
    return [
        f"<{union.iri}> <{part_of}> <{parent.iri}>",
        f"<{iri}> <{vocab.RDF_TYPE}> <{vocab.RDF_STATEMENT}>",
        f"<{iri}> <{vocab.RDF_SUBJECT}> <{union.iri}>",
        f"<{iri}> <{vocab.RDF_PREDICATE}> <{part_of}>",
        f"<{iri}> <{vocab.RDF_OBJECT}> <{parent.iri}>",
        f"<{iri}> <{iris.term('status')}> {literal('done')}",
        f"<{iri}> <{iris.term('rule')}> {literal(RULE)}",
        f"<{iri}> <{iris.term('confidence')}> {decimal(confidence)}",
        *(f"<{iri}> <{vocab.DERIVED_FROM}> <{source.statement}>" for source in (union, parent)),
    ]


def _lies_in(union: _Federation, other: _Federation) -> bool:
    """Whether the area of one union lies in the other's; an area without code lies in the official one around it."""
    return contains(other.code, union.around) or (not union.code and other.code == union.around)


def _is_next(union: _Federation, parent: _Federation) -> bool:
    """Whether no official level stands between the two; in a municipality there are no prefectures."""
    if not union.code:
        return parent.code == union.around
    if level_of(union.code) == "township":
        return union.code.startswith(parent.code)
    digits = significant(union.code)
    return len(significant(parent.code)) == 4 or len(digits) == 4 or digits[:2] in MUNICIPALITIES
