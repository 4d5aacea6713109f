"""GraphML for Gephi, yEd and Cytoscape: entities and facts, typed, labelled and weighted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.exporters.labels import term_labels
from kg.network import build_network

if TYPE_CHECKING:
    import networkx

    from kg.exporters import ExportOptions
    from kg.store import GraphStore

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATOR = "；"


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes a directed graph; evidence and outcomes are JSON in one attribute, since GraphML knows no lists.

    With `statements` off, evidence is left out; with `quotes` off, only its sentences are.
    """
    from networkx import write_graphml_xml

    write_graphml_xml(flatten(build_network(store), options), out, encoding="utf-8", prettyprint=True)


def flatten(network: networkx.MultiDiGraph[Any], options: ExportOptions) -> networkx.MultiDiGraph[Any]:
    """A copy of the network whose attributes are all plain values."""
    from networkx import MultiDiGraph

    flat: networkx.MultiDiGraph[Any] = MultiDiGraph()
    for iri, data in network.nodes(data=True):
        flat.add_node(iri, **_clean(_node(data, options)))
    for index, (subject, object, data) in enumerate(network.edges(data=True)):
        flat.add_edge(subject, object, key=f"f{index}", **_clean(_edge(data, options)))
    return flat


def _node(data: dict[str, Any], options: ExportOptions) -> dict[str, Any]:
    english, chinese = term_labels()[data["type"]]
    return {
        "label": data["label"],
        "type": data["type"],
        "type_en": english,
        "type_zh": chinese,
        "aliases": _SEPARATOR.join(data["aliases"]),
        "code": data["code"],
        "articles": len(data["articles"]),
        "outcomes": _dump(data["outcomes"], options),
    }


def _edge(data: dict[str, Any], options: ExportOptions) -> dict[str, Any]:
    english, chinese = term_labels()[data["predicate"]]
    return {
        "label": chinese,
        "predicate": data["predicate"],
        "predicate_en": english,
        "status": data["status"],
        "derived": data["derived"],
        "posts": _SEPARATOR.join(data.get("posts", ())),
        "weight": float(data["weight"]),
        "confidence": max((item["confidence"] for item in data["evidence"]), default=0.0),
        "evidence": _dump(data["evidence"], options) if options.statements else "",
    }


def _dump(items: list[dict[str, Any]], options: ExportOptions) -> str:
    hidden = set() if options.quotes else {"quote"}
    if not options.statements:
        hidden = {"quote", "headline", "page", "start", "stop", "rule", "confidence"}
    kept = [{name: value for name, value in item.items() if name not in hidden} for item in items]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Drops the control characters that XML cannot hold."""
    return {name: _NOT_XML.sub("", value) if isinstance(value, str) else value for name, value in data.items()}
