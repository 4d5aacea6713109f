"""The gold pages as the graph that `kg.network.build_network` makes of a store, without needing a store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import networkx as nx

from kg.network import tidy

GOLD = Path(__file__).parent.parent / "gold"


def gold_network(folder: Path = GOLD) -> nx.MultiDiGraph[str]:
    """All gold pages in one network; an entity that two pages name is one node."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for path in sorted(folder.glob("*.json")):
        _add_page(network, json.loads(path.read_text("utf-8")))
    return network


def _add_page(network: nx.MultiDiGraph[str], page: dict[str, Any]) -> None:
    iris: dict[str, str] = {}
    for entity in page["entities"]:
        digest = hashlib.sha256(f"{entity['type']} {entity['name']}".encode()).hexdigest()[:12]
        iri = f"https://w3id.org/gonghui/id/{entity['type'].lower()}/{digest}"
        iris[entity["id"]] = iri
        if iri not in network:
            network.add_node(iri, label=entity["name"], type=entity["type"], aliases=(), outcomes=())
        node = network.nodes[iri]
        node["aliases"] = tuple(sorted({*node["aliases"], *entity["aliases"]}))
    for fact in page["facts"]:
        key = (iris[fact["s"]], iris[fact["o"]], f"{fact['p']} {fact['status']} {fact.get('post', '')}")
        posts = [fact["post"]] if "post" in fact else []
        if not network.has_edge(*key):
            network.add_edge(*key, predicate=fact["p"], status=fact["status"], evidence=(), posts=posts)
        network.edges[key]["evidence"] += (_evidence(page, fact),)
    for outcome in page["outcomes"]:
        node = network.nodes[iris[outcome["subject"]]]
        shown = ("metric", "value", "unit", "qualifier", "baseline", "period", "status")
        node["outcomes"] += ({name: outcome[name] for name in shown} | _evidence(page, outcome),)


def _evidence(page: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    return {
        "quote": tidy(item["evidence"]),
        "headline": page["articles"][item["article"]]["headline"],
        "page": page["page"],
        "start": 0,
        "stop": len(item["evidence"]),
        "rule": f"gold-{item.get('p', 'outcome')}",
        "confidence": 0.9,
    }
