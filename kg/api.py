"""What `kg.open` returns: a graph to ask, without knowing its store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.corpus import STORE
from kg.exporters import ExportOptions, export_graph
from kg.query import Result, ask
from kg.store import GraphStore

if TYPE_CHECKING:
    import networkx
    import rdflib


class Graph:
    """A graph that is open for reading.

    Args:
        store: The store under it.
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    @classmethod
    def open(cls, folder: Path) -> Graph:
        """Opens the folder that a build wrote.

        Raises:
            StoreError: There is no graph, or it is damaged.
        """
        return cls(GraphStore.open(folder / STORE))

    def query(self, what: str, **params: str) -> Result:
        """Asks.

        Args:
            what: The name of a bundled question, the path of a `.rq` file, or SPARQL text.
            params: Parameter → value; `<…>` is an IRI, all else a string.

        Raises:
            QueryError: There is no such question, or it is not valid.
        """
        return ask(self.store, what, params)

    def rows(self, what: str, **params: str) -> list[dict[str, str | None]]:
        """The rows of `query` as plain text by column; empty for an answer that is not a table."""
        result = self.query(what, **params)
        return [
            {
                name: None if term is None else str(getattr(term, "value", term))
                for name, term in zip(result.variables, row, strict=True)
            }
            for row in result.rows
        ]

    def graph(self) -> rdflib.Dataset:
        """A copy in memory for rdflib, one named graph per page."""
        from io import BytesIO

        from rdflib import Dataset

        stream = BytesIO()
        export_graph(self.store, "nquads", stream)
        dataset = Dataset(default_union=True)
        dataset.parse(data=stream.getvalue(), format="nquads")
        return dataset

    def network(self) -> networkx.MultiDiGraph[Any]:
        """The entities and the facts between them; see `kg.network` for what nodes and edges hold."""
        from kg.network import build_network

        return build_network(self.store)

    def export(self, format: str, out: str | Path, options: ExportOptions | None = None) -> None:
        """Writes the graph to a file.

        Args:
            format: As in `kg export`.
            out: The file.
            options: What to leave out.

        Raises:
            ExportError: The format is unknown, or the file cannot be written.
        """
        export_graph(self.store, format, Path(out), options)
