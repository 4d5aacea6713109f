"""TriG: one block per page, so that who said what stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.exporters.labels import Labels
from kg.exporters.selection import merge_graphs, select_quads, split_graphs
from kg.turtle import TermWriter, one_line, write_blocks

if TYPE_CHECKING:
    from kg.exporters import ExportOptions
    from kg.store import GraphStore


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes the graphs in order of their page's file name, each with its subjects in order of IRI."""
    quads = select_quads(store, options)
    merged = merge_graphs(quads)
    writer, labels = TermWriter(store.iris.prefixes()), Labels(merged, store.iris)
    names = {entry.graph: entry.name for entry in store.pages()}
    graphs = split_graphs(quads)
    used = writer.used_prefixes(merged) | {prefix for graph in graphs if (prefix := writer.prefix_of(graph))}
    out.write(f"# {one_line(options.title)}\n# {len(quads)} quads\n\n{writer.head(used)}".encode())
    for graph in sorted(graphs, key=lambda graph: (graph not in names, names.get(graph, ""), graph)):
        title = one_line(names.get(graph, ""))
        comment = f"# {title}\n" if title else ""
        out.write(f"\n{comment}{writer.iri(graph)} {{\n".encode())
        for block in write_blocks(graphs[graph], writer, labels.comment):
            out.write(("\n" + block).encode())
        out.write(b"}\n")
