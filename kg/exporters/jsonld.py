"""JSON-LD: one named graph per page, short names from a context that stands in the file."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, BinaryIO

from kg import vocab
from kg.exporters.selection import merge_graphs, select_quads, split_graphs
from kg.turtle import TermWriter

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.exporters import ExportOptions
    from kg.store import GraphStore
    from kg.turtle import Node

_LONGEST_INTEGER = 15
"""Digits that every JSON reader keeps."""


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes the whole store as one document; graphs, nodes, properties and values are sorted."""
    quads = select_quads(store, options)
    writer = TermWriter(store.iris.prefixes())
    graphs = split_graphs(quads)
    used = writer.used_prefixes(merge_graphs(quads)) | {
        prefix for graph in graphs if (prefix := writer.prefix_of(graph))
    }
    document = {
        "@context": {prefix: writer.prefixes[prefix] for prefix in sorted(used)},
        "@graph": [
            {"@id": _short(graph, writer), "@graph": _nodes(triples, writer)} for graph, triples in graphs.items()
        ],
    }
    out.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _nodes(triples: list[Triple], writer: TermWriter) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        properties = nodes[_identify(triple.subject, writer)]
        if triple.predicate.value == vocab.RDF_TYPE:
            properties["@type"].append(_identify(triple.object, writer))
        else:
            properties[_short(triple.predicate.value, writer)].append(_value(triple.object, writer))
    return [{"@id": id, **{name: _unwrap(node[name]) for name in sorted(node)}} for id, node in sorted(nodes.items())]


def _unwrap(values: list[Any]) -> Any:  # noqa: ANN401  whatever JSON holds
    return values[0] if len(values) == 1 else values


def _identify(node: object, writer: TermWriter) -> str:
    from pyoxigraph import NamedNode

    return _short(node.value, writer) if isinstance(node, NamedNode) else str(node)


def _short(iri: str, writer: TermWriter) -> str:
    return writer.iri(iri).strip("<>")


def _value(node: Node, writer: TermWriter) -> object:
    from pyoxigraph import Literal

    if not isinstance(node, Literal):
        return {"@id": _identify(node, writer)}
    if node.language:
        return {"@language": node.language, "@value": node.value}
    datatype = node.datatype.value
    if datatype == vocab.STRING:
        return node.value
    if datatype == vocab.INTEGER and node.value == str(_whole(node.value)):
        return _whole(node.value)
    return {"@type": _short(datatype, writer), "@value": node.value}


def _whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() and len(text) <= _LONGEST_INTEGER else None
