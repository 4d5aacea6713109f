"""Turtle for people: all pages in one graph, by class and name, with what opaque IRIs stand for in comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg import vocab
from kg.exporters.labels import Labels, term_labels
from kg.exporters.selection import merge_graphs, select_quads
from kg.model import EntityType
from kg.turtle import TermWriter, one_line, write_block
from kg.vocab import Iris

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.exporters import ExportOptions
    from kg.store import GraphStore

_SECTIONS = ("Page", "Article", *vocab.ENTITY_CLASSES, "Post", "Outcome")
_STATEMENTS, _RANGES, _OTHERS = "Statement", "Range", "Other"
_TITLES = {
    _STATEMENTS: ("Where each fact is stated", "事实的出处"),
    _RANGES: ("Ranges of the pages", "原文片段"),
    _OTHERS: ("Other nodes", "其他"),
}


def export(store: GraphStore, out: BinaryIO, options: ExportOptions) -> None:
    """Writes the merged graph, one section per class; the same store gives the same bytes."""
    triples = merge_graphs(select_quads(store, options))
    writer = TermWriter(store.iris.prefixes())
    out.write(f"# {one_line(options.title)}\n# {len(triples)} triples\n\n".encode())
    out.write(writer.head(writer.used_prefixes(triples)).encode())
    for part in write_sections(triples, writer, store.iris):
        out.write(part.encode())


def write_sections(triples: Iterable[Triple], writer: TermWriter, iris: Iris) -> Iterator[str]:
    """The blocks of a graph, by class and name, each section under its title."""
    blocks: dict[str, list[Triple]] = defaultdict(list)
    triples = list(triples)
    for triple in triples:
        blocks[str(getattr(triple.subject, "value", triple.subject))].append(triple)
    labels = Labels(triples, iris)
    sections: dict[str, list[str]] = defaultdict(list)
    for subject, block in blocks.items():
        sections[_section_of(block, iris)].append(subject)
    for name in (*_SECTIONS, _STATEMENTS, _RANGES, _OTHERS):
        subjects = sections.get(name, [])
        if subjects:
            english, chinese = _TITLES.get(name) or term_labels()[name]
            yield f"\n# {'-' * 20} {english} · {chinese} ({len(subjects)})\n"
        for _, subject in sorted((_order(name, subject, blocks[subject], labels), subject) for subject in subjects):
            heading = _heading(name, blocks[subject], labels)
            yield f"\n{heading}{write_block(blocks[subject], writer, labels.comment)}"


def _section_of(block: list[Triple], iris: Iris) -> str:
    classes = {str(getattr(triple.object, "value", "")) for triple in block if triple.predicate.value == vocab.RDF_TYPE}
    if vocab.RDF_STATEMENT in classes:
        return _STATEMENTS
    if vocab.POSITION_SELECTOR in classes:
        return _RANGES
    names = {iris.local_name(name) for name in classes} & set(_SECTIONS)
    narrow = names - {EntityType.ORGANISATION} or names
    return min(narrow, default=_OTHERS)


def _order(section: str, subject: str, block: list[Triple], labels: Labels) -> tuple[object, ...]:
    """Entities by name, statements by what they state, articles and ranges by their place; the IRI settles ties."""
    if section == _STATEMENTS:
        return (*_parts(block, labels), subject)
    if section in ("Article", _RANGES):
        page, *places = subject.rsplit("/", 1)[1].split("-")
        return page, *map(int, places)
    return labels.of(subject), subject


def _heading(section: str, block: list[Triple], labels: Labels) -> str:
    """A comment that says in words what a statement states."""
    return f"# {' → '.join(_parts(block, labels))}\n" if section == _STATEMENTS else ""


def _parts(block: list[Triple], labels: Labels) -> tuple[str, str, str]:
    """Subject, predicate and object of a statement in words."""
    iris = {triple.predicate.value: str(getattr(triple.object, "value", "")) for triple in block}
    predicate = iris.get(vocab.RDF_PREDICATE, "").rsplit("#", 1)[-1]
    english, chinese = term_labels().get(predicate, (predicate, predicate))
    return labels.of(iris.get(vocab.RDF_SUBJECT, "")), f"{chinese} {english}", labels.of(iris.get(vocab.RDF_OBJECT, ""))
