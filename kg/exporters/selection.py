"""Which quads of a store an export holds, in an order that never changes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg import vocab

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Triple

    from kg.exporters import ExportOptions
    from kg.store import GraphStore


def select_quads(store: GraphStore, options: ExportOptions) -> list[Quad]:
    """The quads that the options ask for, sorted as N-Quads.

    Args:
        store: The graph.
        options: Without `statements`, the nodes that say where a fact is stated go, and what leads to them; without
            `quotes`, the sentences go and their places stay.
    """
    from pyoxigraph import NamedNode

    dropped: set[str] = set()
    if not options.statements:
        dropped |= _members(store, vocab.RDF_STATEMENT) | _members(store, vocab.POSITION_SELECTOR)
    without_quotes = {NamedNode(vocab.EXACT)} if not options.quotes else set()
    evidence = NamedNode(store.iris.term("evidence"))
    without = without_quotes | ({evidence} if not options.statements else set())
    quote_type = NamedNode(vocab.QUOTE_SELECTOR)
    return sorted(
        (
            quad
            for quad in store.quads()
            if quad.predicate not in without
            and str(quad.subject) not in dropped
            and (options.quotes or quad.object != quote_type)
        ),
        key=str,
    )


def merge_graphs(quads: list[Quad]) -> list[Triple]:
    """The triples of all graphs together, each once, sorted as N-Triples."""
    return sorted({quad.triple for quad in quads}, key=str)


def split_graphs(quads: list[Quad]) -> dict[str, list[Triple]]:
    """Graph IRI → its triples, both sorted."""
    graphs: dict[str, list[Triple]] = defaultdict(list)
    for quad in quads:
        graphs[str(getattr(quad.graph_name, "value", ""))].append(quad.triple)
    return dict(sorted(graphs.items()))


def _members(store: GraphStore, class_iri: str) -> set[str]:
    from pyoxigraph import NamedNode

    kind: NamedNode = NamedNode(class_iri)
    return {str(quad.subject) for quad in store.inner.quads_for_pattern(None, NamedNode(vocab.RDF_TYPE), kind)}
