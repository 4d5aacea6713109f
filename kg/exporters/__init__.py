"""One graph, many formats: a registry of exporters behind one signature.

The module of a format holds `export(store, out, options)`, which writes the whole store to a binary stream. It is
imported when its format is asked for and not before, so that Turtle never waits for the HTML libraries. `selection` and
`labels` hold what the formats share: which quads are written, and what a person calls a node.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.store import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What every exporter understands; one that has no use for an option ignores it.

    Args:
        statements: Write the nodes that say where each fact is stated; False leaves only the plain triples.
        quotes: Write the sentences of the newspaper; False keeps their places only.
        title: Heading for a person, in formats that have one.
    """

    statements: bool = True
    quotes: bool = True
    title: str = "工会知识图谱 · Trade-union knowledge graph"


Exporter = Callable[["GraphStore", BinaryIO, ExportOptions], None]
"""Writes a store to a binary stream that is open for writing; the caller closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format by the name that users type.

    Args:
        name: As in `kg export NAME`.
        suffix: Of the file, with the dot.
        media_type: For a server's answer.
        module: Where its `export` stands.
    """

    name: str
    suffix: str
    media_type: str
    module: str

    def load(self) -> Exporter:
        """The function itself; the first call imports its module."""
        exporter: Exporter = import_module(self.module).export
        return exporter


FORMATS = {
    entry.name: entry
    for entry in (
        ExportFormat(name="turtle", suffix=".ttl", media_type="text/turtle", module="kg.exporters.turtle"),
        ExportFormat(name="trig", suffix=".trig", media_type="application/trig", module="kg.exporters.trig"),
        ExportFormat(name="nquads", suffix=".nq", media_type="application/n-quads", module="kg.exporters.nquads"),
        ExportFormat(name="jsonld", suffix=".jsonld", media_type="application/ld+json", module="kg.exporters.jsonld"),
        ExportFormat(name="graphml", suffix=".graphml", media_type="application/xml", module="kg.exporters.graphml"),
        ExportFormat(name="html", suffix=".html", media_type="text/html", module="kg.exporters.pyvis"),
        ExportFormat(name="pyvis", suffix=".html", media_type="text/html", module="kg.exporters.pyvis"),
    )
}
"""Every format by its name."""


def find_format(name: str) -> ExportFormat:
    """The format of a name.

    Raises:
        ExportError: There is no such format.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise ExportError("unknown format", subject=name, hint=f"Choose one of: {', '.join(FORMATS)}") from None


def export_graph(store: GraphStore, name: str, out: Path | BinaryIO, options: ExportOptions | None = None) -> None:
    """Writes the whole store in one format, to a stream or to a file that appears only when it is complete.

    Args:
        store: The graph.
        name: One of `FORMATS`.
        out: A path, whose folder is made when missing, or a binary stream.
        options: What to write; everything by default.

    Raises:
        ExportError: The format is unknown or the path cannot be written.
    """
    export, chosen = find_format(name).load(), options or ExportOptions()
    if not isinstance(out, Path):
        export(store, out, chosen)
        return
    try:
        _write_beside(out, lambda stream: export(store, stream, chosen))
    except OSError as error:
        raise ExportError(
            f"cannot be written ({error.strerror})", subject=str(out), hint="Choose another place"
        ) from error


def _write_beside(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Writes a neighbour first and renames it, so that a failure leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
