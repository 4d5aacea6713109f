"""The graph on disk: one named graph per page, replaced or retracted as a whole.

A thin wrapper of an embedded Oxigraph store. Pages come in as the N-Quads of `build_page`; a page is replaced in one
transaction, so that a reader sees the old graph or the new one and never half of it.

The default graph holds every triple of the named graphs once. Oxigraph can also merge graphs while it answers, but then
a label that a thousand pages give comes back a thousand times, and joins multiply that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg import vocab
from kg.errors import StoreError
from kg.vocab import Iris

if TYPE_CHECKING:
    import pyoxigraph

    Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

_GRAPH_PART = "graph/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page that the store holds.

    Args:
        name: File name.
        sha256: Digest of its bytes.
        graph: IRI of its named graph.
    """

    name: str
    sha256: str
    graph: str


class GraphStore:
    """An open store; use one of the class methods to get it.

    Args:
        inner: The Oxigraph store.
        iris: Where its IRIs begin.
        path: Its folder, None in memory.
    """

    def __init__(self, inner: pyoxigraph.Store, *, iris: Iris, path: Path | None = None) -> None:
        self.inner, self.iris, self.path = inner, iris, path

    @classmethod
    def in_memory(cls, iris: Iris | None = None) -> GraphStore:
        """A store that ends with the process."""
        from pyoxigraph import Store

        return cls(Store(), iris=iris or Iris())

    @classmethod
    def create(cls, path: Path, iris: Iris | None = None) -> GraphStore:
        """Opens a store for writing and makes it when it is not there.

        Raises:
            StoreError: The folder cannot be used, or another process writes to it.
        """
        from pyoxigraph import Store

        if path.exists() and any(path.iterdir() if path.is_dir() else [path]) and not _is_store(path):
            raise StoreError("not a store", subject=str(path), hint="Choose an empty folder")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls(Store(os.fspath(path)), iris=iris or Iris(), path=path)
        except (OSError, RuntimeError) as error:
            raise _explain(error, path) from error

    @classmethod
    def open(cls, path: Path, *, read_only: bool = True) -> GraphStore:
        """Opens a store that exists; its base IRI is read from its graphs.

        Raises:
            StoreError: There is no store, it is damaged, or (for writing) another process holds it.
        """
        from pyoxigraph import Store

        if not _is_store(path):
            raise StoreError("there is no store here", subject=str(path), hint="Run `kg build` first")
        try:
            inner = Store.read_only(os.fspath(path)) if read_only else Store(os.fspath(path))
            return cls(inner, iris=_iris_of(inner), path=path)
        except (OSError, RuntimeError) as error:
            raise _explain(error, path) from error

    def __len__(self) -> int:
        """Number of triples, each counted once however many pages state it."""
        return sum(1 for _ in self.triples())

    def triples(self) -> Iterator[pyoxigraph.Triple]:
        """All triples, each once, in no order."""
        from pyoxigraph import DefaultGraph

        return (quad.triple for quad in self.inner.quads_for_pattern(None, None, None, DefaultGraph()))

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """All quads of the named graphs, in no order."""
        return (quad for quad in self.inner if hasattr(quad.graph_name, "value"))

    def replace_page(self, sha256: str, nquads: str) -> None:
        """Puts the graph of a page in the place of the one it had, in one transaction.

        Args:
            sha256: The page's digest.
            nquads: As `build_page` gives it; every line is in the page's graph.

        Raises:
            StoreError: The text is not N-Quads of that graph, or the store cannot be written.
        """
        self.replace_graph(self.iris.page_graph(sha256), nquads)

    def replace_graph(self, graph: str, nquads: str) -> None:
        """Puts N-Quads in the place of a named graph, in one transaction; as `replace_page`."""
        end = f" <{graph}> ."
        lines = nquads.removesuffix("\n").split("\n") if nquads else []
        if not all(line.endswith(end) for line in lines):
            raise StoreError("a line belongs to another graph", subject=graph, hint="Build the page again")
        self._change(graph, {line.removesuffix(end) for line in lines})

    def _change(self, graph: str, wanted: set[str]) -> None:
        """Makes a named graph hold these triples, and the default graph those of all named graphs."""
        from pyoxigraph import NamedNode

        present = {str(quad.triple): quad for quad in self.inner.quads_for_pattern(None, None, None, NamedNode(graph))}
        gone = sorted(present.keys() - wanted)
        orphaned = [text for text in gone if not self._is_elsewhere(present[text])]
        added = sorted(wanted - present.keys())
        # Deleting comes first: a triple may be gone in one spelling and added in another.
        parts = [
            f"DELETE DATA {{ {_block(orphaned)} GRAPH <{graph}> {{ {_block(gone)} }} }}" if gone else "",
            f"INSERT DATA {{ {_block(added)} GRAPH <{graph}> {{ {_block(added)} }} }}" if added else "",
            "" if wanted else f"DROP SILENT GRAPH <{graph}>",
        ]
        self._update(" ;\n".join(filter(None, parts)), graph)

    def _is_elsewhere(self, quad: pyoxigraph.Quad) -> bool:
        """Whether another named graph holds the same triple."""
        same = self.inner.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return any(other.graph_name != quad.graph_name for other in same if hasattr(other.graph_name, "value"))

    def retract_page(self, sha256: str) -> bool:
        """Drops all that a page said; False when the store does not hold it."""
        graph = self.iris.page_graph(sha256)
        if not self._has_graph(graph):
            return False
        self._change(graph, set())
        return True

    def bulk_load(self, nquads: Iterable[str]) -> None:
        """Adds many pages at once, faster and smaller on disk than one by one; replaces nothing.

        Raises:
            StoreError: The text is not N-Quads, or the store cannot be written; nothing was added then.
        """
        from pyoxigraph import RdfFormat

        try:
            self.inner.bulk_load("".join(map(_with_merged, nquads)), format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise StoreError(f"not N-Quads ({error})", subject=self._subject) from error
        except (OSError, RuntimeError) as error:
            raise _explain(error, self.path) from error

    def flush(self) -> None:
        """Makes sure that everything written has reached the disk."""
        self.inner.flush()

    def snapshot(self, target: Path) -> None:
        """Copies the store as it is now to a new folder (hard links on one file system), to be read while this changes.

        Raises:
            StoreError: The folder exists, or the store is in memory.
        """
        if self.path is None:
            raise StoreError("a store in memory has no snapshot", hint="Export it instead")
        if target.exists():
            raise StoreError("the folder exists", subject=str(target), hint="Choose another name for the snapshot")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.inner.backup(os.fspath(target))
        except (OSError, RuntimeError) as error:
            raise _explain(error, target) from error

    def query(self, sparql: str) -> Answer:
        """Runs a query over all pages together; `GRAPH` tells who said what.

        Args:
            sparql: A SELECT, ASK, CONSTRUCT or DESCRIBE query.

        Returns:
            What pyoxigraph answers.

        Raises:
            SyntaxError: It is not a query. `kg.query` turns this into a message.
        """
        return self.inner.query(sparql)

    def rows(self, sparql: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT query as plain strings; `kg:` and the usual prefixes are known."""
        head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self.iris.prefixes().items())
        for solution in cast("pyoxigraph.QuerySolutions", self.query(head + sparql)):
            yield tuple(_text(term) for term in solution)

    def pages(self) -> tuple[PageEntry, ...]:
        """The pages that the store holds, by name."""
        found = self.rows("SELECT ?name ?sha ?g { GRAPH ?g { ?page a kg:Page ; schema:name ?name ; kg:sha256 ?sha } }")
        entries = [PageEntry(name=name or "", sha256=sha or "", graph=graph or "") for name, sha, graph in found]
        return tuple(sorted(entries, key=lambda entry: (entry.name, entry.sha256)))

    def counts(self) -> dict[str, int]:
        """Number of nodes by class and of done facts by predicate: local names in the ontology's order, zeros too."""
        typed = self.rows("SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c")
        nodes = {self.iris.local_name(iri or ""): int(number or 0) for iri, number in typed}
        stated = self.rows("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
        facts = {self.iris.local_name(iri or ""): int(number or 0) for iri, number in stated}
        return {name: (nodes | facts).get(name, 0) for name in (*vocab.CLASSES, *vocab.PREDICATES)}

    def _has_graph(self, graph: str) -> bool:
        from pyoxigraph import NamedNode

        return self.inner.contains_named_graph(NamedNode(graph))

    def _update(self, update: str, graph: str) -> None:
        try:
            self.inner.update(update)
        except SyntaxError as error:
            raise StoreError(f"not N-Quads ({error})", subject=graph, hint="Build the page again") from error
        except (OSError, RuntimeError) as error:
            raise _explain(error, self.path) from error

    @property
    def _subject(self) -> str:
        return str(self.path) if self.path else "the store in memory"


def _block(triples: Iterable[str]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def _with_merged(nquads: str) -> str:
    """N-Quads with each line said again for the default graph."""
    lines = nquads.removesuffix("\n").split("\n") if nquads else []
    return nquads + "\n" + "".join(f"{line[: line.rindex(' <')]} .\n" for line in lines if " <" in line)


def _text(term: object) -> str | None:
    """The value of a term without its marks; None for an unbound variable."""
    return None if term is None else str(getattr(term, "value", term))


def _is_store(path: Path) -> bool:
    return (path / "CURRENT").is_file()


def _iris_of(inner: pyoxigraph.Store) -> Iris:
    """The base IRI as the names of the graphs show it."""
    for graph in inner.named_graphs():
        base, found, _ = str(graph.value).rpartition(_GRAPH_PART + "page/")
        if found:
            return Iris(base)
    return Iris()


def _explain(error: Exception, path: Path | None) -> StoreError:
    text = str(error)
    hint = (
        "Another process writes to it: wait until it ends, or open it for reading"
        if "lock" in text.lower()
        else "Restore a copy, or delete the folder and run `kg build` again"
    )
    return StoreError(f"the store cannot be used ({text})", subject=str(path or ""), hint=hint)
