"""Chinese trade-union newspaper pages → a knowledge graph whose every fact points at its sentence.

::

    import kg

    record = kg.extract(text)            # one page in memory → Record
    summary = kg.build(["pages/"])       # files and folders → the folder output/
    graph = kg.open("output")
    graph.query("partners")              # a named question, SPARQL text or a .rq file → rows
    graph.graph()                        # rdflib.Dataset
    graph.network()                      # networkx.MultiDiGraph

Importing this opens no file and imports no large library; the first call does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from kg.errors import ExportError, KgError, LexiconError, PageError, QueryError, RecordError, StoreError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.corpus import Summary
    from kg.model import Record

__version__ = "0.1.0"
__all__ = [
    "ExportError",
    "KgError",
    "LexiconError",
    "PageError",
    "QueryError",
    "RecordError",
    "StoreError",
    "build",
    "extract",
    "open",
]


def extract(text: str, *, name: str = "text", extractor: str = "rules") -> Record:
    """Reads one page.

    Args:
        text: The raw text of the page; offsets in the result count its code points.
        name: What to call the page.
        extractor: Name of the extractor.

    Returns:
        What the page says; a text without articles gives a record without any, with an issue.

    Raises:
        PageError: The text is empty.
    """
    from kg.extract import get_extractor
    from kg.read import page_from_text

    return get_extractor(extractor).extract(page_from_text(text, name=name))


def build(paths: str | Path | Iterable[str | Path], *, out: str | Path = "output", extractor: str = "rules") -> Summary:
    """Builds the folder of a graph, as `kg build` does.

    Args:
        paths: Files, and folders that are searched for pages.
        out: The folder to write: `graph.ttl`, `graph.html`, `store/` and `records/`. An older graph in it is replaced
            as a whole, other files are kept.
        extractor: Name of the extractor.

    Returns:
        Counts, and the files that failed.

    Raises:
        PageError: Not one page could be built; the folder is unchanged.
        ExportError: The folder cannot be written; it is unchanged.
    """
    from kg.corpus import build_corpus
    from kg.extract import get_extractor
    from kg.read import list_pages

    sources = list_pages([paths] if isinstance(paths, (str, Path)) else paths)
    return build_corpus(sources, Path(out), get_extractor(extractor).extract)


def open(path: str | Path = "output") -> Graph:
    """Opens a graph for reading.

    Args:
        path: The folder that `build` wrote.

    Raises:
        StoreError: There is no graph, or it is damaged.
    """
    from kg.api import Graph

    return Graph.open(Path(path))


class _Package(ModuleType):
    """Keeps `kg.extract` and `kg.build` functions when the modules of the same name are imported.

    The import system stores each submodule as an attribute of its package. `from kg.build import …` needs no attribute.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in ("extract", "build") and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
