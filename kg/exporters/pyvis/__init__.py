"""Graph → one HTML file to explore without a network, made with pyvis.

pyvis describes the nodes and edges and brings vis-network, which draws them; the page around it is ours, because the
one that pyvis writes loads from the network and runs names as markup. Data reach the page as escaped JSON and the
screen as text only, and a Content-Security-Policy lets nothing run but the two scripts whose digests it names.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import ExportError
from kg.exporters.pyvis.layout import place_nodes
from kg.model import Predicate, Status

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.exporters import ExportOptions
    from kg.store import GraphStore

_ASSETS = Path(__file__).with_name("assets")
_SCRIPTS = ("data.js", "drawing.js", "labels.js", "filters.js", "panel.js", "search.js", "main.js")
_VIS = ("lib", "vis-9.1.2", "vis-network.min.js")
_OUTCOME_FIELDS = ("metric", "value", "unit", "qualifier", "baseline", "period", "status")
_EVIDENCE_FIELDS = ("quote", "headline", "page", "start", "stop", "rule", "confidence", "status")
_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "zoomSpeed": 0.7},
    "edges": {"width": 1, "hoverWidth": 1.5, "selectionWidth": 1.5, "arrows": {"to": {"scaleFactor": 0.45}}},
}


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes the page of a whole store; see `render_html`."""
    from kg.network import build_network

    out.write(render_html(build_network(store), title=options.title, quotes=options.quotes).encode())


def render_html(network: MultiDiGraph[Any], *, title: str, quotes: bool = True) -> str:
    """The page as text; the same graph gives the same text in whatever order it was put together.

    Args:
        network: As `kg.network.build_network` makes it.
        title: Heading and title of the page, any text.
        quotes: Put the sentences in; False keeps their headline, page and place.

    Raises:
        ExportError: The installed pyvis does not bring the vis-network that the page is written for.
    """
    style = (_ASSETS / "view.css").read_text("utf-8")
    scripts = (_read_vis(), _read_script())
    policy = (
        f"default-src 'none'; script-src {' '.join(_digest(script) for script in scripts)}; "
        f"style-src {_digest(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Template((_ASSETS / "page.html").read_text("utf-8")).substitute(
        policy=policy,
        title=html.escape(title),
        noscript=html.escape(" ".join(_labels()["texts"]["noscript"].values())),
        style=style,
        data=_escape_json(_page_data(network, quotes)),
        vis=scripts[0],
        script=scripts[1],
    )


def _page_data(network: MultiDiGraph[Any], quotes: bool) -> dict[str, Any]:
    nodes = sorted(network.nodes(data=True), key=lambda item: str(item[0]))
    number = {node: index for index, (node, _) in enumerate(nodes)}
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3])))
    facts = [_fact_data(number[s], number[o], data, quotes) for s, o, _, data in edges]
    entities = [_entity_data(str(node), data, quotes) for node, data in nodes]
    return {**_labels(), "entities": entities, "facts": facts, "vis": _vis_data(entities, facts)}


def _entity_data(iri: str, node: Mapping[str, Any], quotes: bool) -> dict[str, Any]:
    return {
        "iri": iri,
        "label": str(node.get("label") or iri),
        "type": str(node.get("type", "")),
        "aliases": list(node.get("aliases", ())),
        "outcomes": [
            # An outcome of the network carries the fields of its one piece of evidence itself.
            {name: outcome.get(name) for name in _OUTCOME_FIELDS} | {"evidence": [_evidence_data(outcome, quotes)]}
            for outcome in node.get("outcomes", ())
        ],
    }


def _fact_data(subject: int, obj: int, edge: Mapping[str, Any], quotes: bool) -> dict[str, Any]:
    return {
        "s": subject,
        "p": str(edge["predicate"]),
        "o": obj,
        "status": "derived" if edge.get("derived") else str(edge.get("status") or Status.DONE),
        "posts": list(edge.get("posts", ())),
        "evidence": [_evidence_data(evidence, quotes) for evidence in edge.get("evidence", ())],
    }


def _evidence_data(evidence: Mapping[str, Any], quotes: bool) -> dict[str, Any]:
    data = {name: evidence.get(name) for name in _EVIDENCE_FIELDS}
    return data | {"quote": data["quote"] if quotes else ""}


def _vis_data(entities: list[dict[str, Any]], facts: list[dict[str, Any]]) -> dict[str, Any]:
    """What vis-network draws, by way of pyvis: numbers for ids, so that no name ever becomes one."""
    from pyvis.network import Network  # IPython comes with it, which takes a while

    picture = Network(directed=True, cdn_resources="in_line")
    picture.set_options(json.dumps(_OPTIONS))
    links = [(fact["s"], fact["o"]) for fact in facts]
    degree = [0] * len(entities)
    for link in links:
        for end in set(link):
            degree[end] += 1
    types = _labels()["types"]
    for index, (x, y) in enumerate(place_nodes(len(entities), links)):
        colour = types.get(entities[index]["type"], types["Thing"])["light"]
        size = round(min(7 + 2.4 * math.sqrt(degree[index]), 19), 1)
        picture.add_node(index, shape="custom", color=colour, size=size, x=x, y=y, degree=degree[index])
    for index, (fact, bend) in enumerate(zip(facts, _bends(links), strict=True)):
        arrows = "" if fact["p"] == Predicate.PARTNERS_WITH else "to"
        dashes = {"planned": [7, 5], "derived": [2, 4]}.get(fact["status"], False)
        picture.add_edge(fact["s"], fact["o"], id=index, arrows=arrows, dashes=dashes, smooth=bend)
    return {"nodes": picture.nodes, "edges": picture.edges, "options": picture.options}


def _bends(links: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    """A curve for each link, so that several between the same two nodes lie beside each other."""
    beside: dict[tuple[int, int], list[int]] = defaultdict(list)
    links = list(links)
    for index, (one, other) in enumerate(links):
        beside[min(one, other), max(one, other)].append(index)
    bends: list[dict[str, Any]] = [{"enabled": False}] * len(links)
    for (low, _), indices in beside.items():
        for place, index in enumerate(indices):
            bow = (place - (len(indices) - 1) / 2) * 0.22
            # Clockwise is seen from the start of the link, so a link the other way round turns the other way.
            turn = "curvedCW" if (bow > 0) == (links[index][0] == low) else "curvedCCW"
            if bow:
                bends[index] = {"enabled": True, "type": turn, "roundness": round(min(abs(bow), 1), 2)}
    return bends


def _escape_json(data: Mapping[str, Any]) -> str:
    """JSON that no browser can take for anything else inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def _labels() -> dict[str, Any]:
    labels = tomllib.loads((_ASSETS / "labels.toml").read_text("utf-8"))
    return {part: labels[part] for part in ("types", "predicates", "statuses", "texts")}


@lru_cache(maxsize=1)
def _read_script() -> str:
    parts = "\n".join((_ASSETS / name).read_text("utf-8") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


@lru_cache(maxsize=1)
def _read_vis() -> str:
    """vis-network with its licence, without the comment that makes developer tools fetch a source map."""
    try:
        code = files("pyvis").joinpath(*_VIS).read_text("utf-8")
    except FileNotFoundError as error:
        raise ExportError(
            "vis-network is missing from pyvis", subject="/".join(_VIS), hint="Install pyvis 0.3.2"
        ) from error
    return "\n".join(line for line in code.split("\n") if not line.startswith("//# sourceMappingURL"))
