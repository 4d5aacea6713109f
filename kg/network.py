"""Store → networkx graph of the entities and the facts between them, with the evidence of each fact.

Nodes are keyed by IRI and hold

* `label` (str), `type` (local name, e.g. `Union`), `aliases` (list of str), `code` (official code or ""),
* `articles`: list of `{"headline", "page", "iri"}` that name it,
* `outcomes`: list of dicts with `metric`, `value` (int or float), `unit`, `qualifier`, `baseline`, `period` (None when
  unknown), `status` and the fields of an evidence item.

Edges run from subject to object, one per fact; their key and `predicate` is the local name (`runs`). They hold

* `status` (`done` when any evidence says so, else `planned`), `derived` (True when a rule and not a page states it),
* `posts` (list of titles, on `holdsPost` only; the edge runs from the person to the organisation),
* `weight` (number of evidence items, at least 1),
* `evidence`: list of dicts with `quote` (white space tidied), `headline`, `page` (file name), `start`, `stop` (code
  points of the raw page), `rule`, `confidence` and `status`. A derived edge has items without quote, headline, page and
  place (`""` and None).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.model import EntityType, Predicate
from kg.vocab import ENTITY_CLASSES

if TYPE_CHECKING:
    import networkx

    from kg.store import GraphStore

_NODES = """
SELECT DISTINCT ?node ?class ?label ?alias ?code {
  ?node a ?class ; skos:prefLabel ?label .
  OPTIONAL { ?node skos:altLabel ?alias }
  OPTIONAL { ?node dct:identifier ?code }
}
"""
_ARTICLES = """
SELECT DISTINCT ?node ?headline ?page ?article {
  ?article kg:mentions ?node ; schema:headline ?headline ; schema:isPartOf/schema:name ?page .
}
"""
_SOURCES = """
SELECT DISTINCT ?source ?status ?rule ?confidence ?range {
  ?source kg:status ?status ; kg:rule ?rule ; kg:confidence ?confidence .
  OPTIONAL { ?source kg:evidence ?range }
}
"""
_RANGES = """
SELECT DISTINCT ?range ?quote ?start ?end ?headline ?page {
  ?range oa:start ?start ; oa:end ?end ; dct:isPartOf ?article .
  ?article schema:headline ?headline ; schema:isPartOf/schema:name ?page .
  OPTIONAL { ?range oa:exact ?quote }
}
"""
_STATEMENTS = "SELECT DISTINCT ?source ?s ?p ?o { ?source rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
_HELD = "SELECT DISTINCT ?post ?person { ?person kg:holdsPost ?post }"
_POSTS = (
    "SELECT DISTINCT ?post ?organisation ?title { ?post kg:postIn ?organisation OPTIONAL { ?post kg:title ?title } }"
)
_OUTCOMES = """
SELECT DISTINCT ?node ?outcome ?metric ?value ?unit ?qualifier ?baseline ?period {
  ?node kg:reported ?outcome .
  ?outcome kg:metric ?metric ; kg:value ?value ; kg:unit ?unit .
  OPTIONAL { ?outcome kg:qualifier ?qualifier }
  OPTIONAL { ?outcome kg:baseline ?baseline }
  OPTIONAL { ?outcome kg:period ?period }
}
"""

Item = dict[str, Any]
"""A piece of evidence, as the module says."""


def build_network(store: GraphStore) -> networkx.MultiDiGraph[Any]:
    """The graph of the store; nodes sorted by type, label and IRI, edges by subject, predicate and object.

    Args:
        store: An open store.

    Returns:
        A new graph; empty when the store is.
    """
    from networkx import MultiDiGraph

    graph: networkx.MultiDiGraph[Any] = MultiDiGraph()
    nodes, sources = _read_nodes(store), _read_sources(store)
    for iri, outcome in _read_outcomes(store, sources):
        if iri in nodes:
            nodes[iri]["outcomes"].append(outcome)
    for iri, data in sorted(nodes.items(), key=lambda node: (*_node_order(node[1]), node[0])):
        data["outcomes"].sort(key=_outcome_order)
        graph.add_node(iri, **data)
    for (subject, predicate, object), items in sorted(_read_facts(store, sources).items()):
        if subject in nodes and object in nodes:
            graph.add_edge(subject, object, key=predicate, **_edge(predicate, items))
    return graph


def _node_order(data: Item) -> tuple[int, str]:
    return ENTITY_CLASSES.index(data["type"]), data["label"]


def _read_nodes(store: GraphStore) -> dict[str, Item]:
    """Entities by IRI; where pages disagree on a label, the first in order wins and the rest are aliases."""
    labels: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    types: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, str] = {}
    for row in store.rows(_NODES):
        iri, type, label, alias, code = (value or "" for value in row)
        labels[iri].add(label)
        types[iri].add(store.iris.local_name(type))
        aliases[iri] |= {alias} - {""}
        codes[iri] = code
    articles = _read_articles(store)
    return {
        iri: {
            "label": min(labels[iri]),
            "type": _type_of(types[iri]),
            "aliases": sorted((aliases[iri] | labels[iri]) - {min(labels[iri])}),
            "code": codes[iri],
            "articles": articles[iri],
            "outcomes": [],
        }
        for iri in sorted(labels)
        if types[iri] & set(ENTITY_CLASSES)
    }


def _type_of(types: set[str]) -> str:
    """The narrowest class: organisations are stated to be kg:Organisation as well."""
    narrow = types & set(ENTITY_CLASSES) - {EntityType.ORGANISATION}
    return min(narrow, default=str(EntityType.ORGANISATION))


def _read_articles(store: GraphStore) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    rows = sorted(store.rows(_ARTICLES), key=lambda row: (row[2] or "", _article_order(row[3] or "")))
    for iri, headline, page, article in rows:
        found[iri or ""].append({"headline": headline, "page": page, "iri": article})
    return found


def _article_order(iri: str) -> tuple[str, int]:
    page, _, index = iri.rpartition("-")
    return page, int(index)


def _read_sources(store: GraphStore) -> dict[str, list[Item]]:
    """Statement, post or outcome → its pieces of evidence."""
    empty = {"quote": "", "headline": "", "page": "", "start": None, "stop": None}
    ranges = {}
    for range, quote, start, stop, headline, page in store.rows(_RANGES):
        place = {"start": int(start or 0), "stop": int(stop or 0)}
        ranges[range] = {"quote": tidy(quote or ""), "headline": headline, "page": page, **place}
    found: dict[str, list[Item]] = defaultdict(list)
    for source, status, rule, confidence, range in store.rows(_SOURCES):
        item = {**ranges.get(range, empty), "rule": rule, "confidence": float(confidence or 0), "status": status}
        found[source or ""].append(item)
    return found


def _read_facts(store: GraphStore, sources: dict[str, list[Item]]) -> dict[tuple[str, str, str], list[Item]]:
    """Fact → its pieces of evidence; those of a post carry its title as `post`."""
    facts: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    posts = {post: (organisation or "", title or "") for post, organisation, title in store.rows(_POSTS)}
    stated = [(row[0], row[1], row[2], row[3]) for row in store.rows(_STATEMENTS)]
    held = [(post, person, store.iris.term(Predicate.HOLDS_POST), post) for post, person in store.rows(_HELD)]
    for source, subject, predicate, object in stated + held:
        object, title = posts.get(object, (object, ""))
        key = (subject or "", store.iris.local_name(predicate or ""), object or "")
        facts[key].extend({**item, "post": title} for item in sources[source or ""])
    return facts


def _read_outcomes(store: GraphStore, sources: dict[str, list[Item]]) -> list[tuple[str, Item]]:
    found: list[tuple[str, Item]] = []
    for node, outcome, metric, value, unit, qualifier, baseline, period in store.rows(_OUTCOMES):
        says = {"metric": metric, "value": _number(value), "unit": unit, "qualifier": qualifier}
        says |= {"baseline": _number(baseline), "period": period}
        found.extend((node or "", {**says, **item}) for item in sources[outcome or ""])
    return found


def _edge(predicate: str, items: list[Item]) -> Item:
    posts = sorted({item.pop("post") for item in items} - {""})
    items.sort(key=_item_order)
    return {
        "predicate": predicate,
        "status": "done" if any(item["status"] == "done" for item in items) else "planned",
        "derived": all(item["start"] is None for item in items),
        "weight": len(items),
        "evidence": items,
    } | ({"posts": posts} if predicate == Predicate.HOLDS_POST else {})


def _item_order(item: Item) -> tuple[object, ...]:
    return item["page"], item["start"] or 0, item["stop"] or 0, item["rule"], item["status"]


def _outcome_order(outcome: Item) -> tuple[object, ...]:
    return (*_item_order(outcome), outcome["metric"], outcome["value"], outcome["unit"])


def tidy(quote: str) -> str:
    """A raw quote on one line: no space where Chinese was broken, one where words or numbers were or white space is."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in quote.splitlines())):
        apart = joined and joined[-1].isascii() and line[0].isascii()
        joined += (" " if apart else "") + line
    return joined


def _number(text: str | None) -> int | float | None:
    return None if text is None else int(text) if text.lstrip("-").isdigit() else float(text)
