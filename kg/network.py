"""Store → networkx graph of the entities and the facts between them, with the evidence of each fact.

Nodes are keyed by IRI and hold

* `label` (str), `type` (local name, e.g. `Union`), `aliases` (list of str), `code` (GB/T 2260 code or ""),
* `articles`: list of `{"headline", "page", "iri"}` that name it,
* `outcomes`: list of dicts with `metric`, `value` (int or float), `unit`, `qualifier`, `baseline`, `period` (None when
  unknown), `status` and the fields of an evidence item.

Edges run from subject to object, one per fact; their key and `predicate` is the local name (`runs`). They hold

* `status` (`done` when any evidence says so, else `planned`), `derived` (True when a rule and not a page states it),
* `posts` (list of titles, on `holdsPost` only; the edge runs from the person to the organisation),
* `weight` (number of evidence items, at least 1),
* `evidence`: list of dicts with `quote` (white space tidied), `headline`, `page` (file name), `start`, `stop` (code points
  of the raw page), `rule`, `confidence` and `status`. A derived edge has items without quote, headline, page and place
  (`""` and None).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx

    from kg.store import GraphStore


def build_network(store: GraphStore) -> networkx.MultiDiGraph[Any]:
    """The graph of the store; nodes sorted by type, label and IRI, edges by subject, predicate and object.

    Args:
        store: An open store.

    Returns:
        A new graph; empty when the store is.
    """
    raise NotImplementedError
