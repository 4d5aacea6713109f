"""What a person calls the nodes of a graph: for comments in files that are read by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from kg import vocab
from kg.turtle import one_line
from kg.vocab import Iris, ontology_folder

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.turtle import Node

_LONGEST = 60


class Labels:
    """Looks up names of nodes.

    Args:
        triples: The graph.
        iris: Where its IRIs begin.
    """

    def __init__(self, triples: Iterable[Triple], iris: Iris) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, dict[str, str]] = {}
        naming = {vocab.PREF_LABEL, vocab.HEADLINE, vocab.NAME, vocab.EXACT}
        parts = {iris.term(name): name for name in ("metric", "qualifier", "value", "unit", "title", "postIn")}
        for triple in triples:
            predicate, subject = triple.predicate.value, str(getattr(triple.subject, "value", ""))
            value = str(getattr(triple.object, "value", ""))
            if predicate in naming:
                self._names.setdefault(subject, value)
            elif predicate in parts:
                self._values.setdefault(subject, {})[parts[predicate]] = value

    def of(self, iri: str) -> str:
        """The name of a node; empty when it has none."""
        name = self._names.get(iri)
        if name is None:
            name = self._compose(self._values.get(iri, {}))
        name = one_line(name)
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"

    def comment(self, node: Node) -> str:
        """The name of an object, empty for literals."""
        from pyoxigraph import NamedNode

        return self.of(node.value) if isinstance(node, NamedNode) else ""

    def _compose(self, values: Mapping[str, str]) -> str:
        if "postIn" in values:
            return f"{self._names.get(values['postIn'], '')} {values.get('title', '')}".strip()
        number = f"{values.get('qualifier', '')}{values.get('value', '')}{values.get('unit', '')}"
        return f"{values.get('metric', '')} {number}".strip()


@lru_cache(maxsize=1)
def term_labels() -> Mapping[str, tuple[str, str]]:
    """Local name of a class or property → its English and Chinese label, from the ontology."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    namespace = Iris().ontology
    found: dict[str, dict[str, str]] = {}
    for quad in parse(path=ontology_folder() / "kg.ttl", format=RdfFormat.TURTLE):
        subject, object = quad.subject, quad.object
        if quad.predicate.value != vocab.RDFS + "label" or not isinstance(object, Literal):
            continue
        if isinstance(subject, NamedNode) and subject.value.startswith(namespace):
            found.setdefault(subject.value[len(namespace) :], {})[object.language or ""] = object.value
    return {name: (labels["en"], labels["zh"]) for name, labels in found.items()}
