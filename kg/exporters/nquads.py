"""N-Quads, sorted: for loading elsewhere and for comparing two builds with `diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.exporters.selection import select_quads

if TYPE_CHECKING:
    from kg.exporters import ExportOptions
    from kg.store import GraphStore


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes every quad on its line, sorted."""
    for quad in select_quads(store, options):
        out.write(f"{quad} .\n".encode())
