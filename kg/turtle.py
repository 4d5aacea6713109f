"""Terms and triples as text for people: prefixed, sorted, one block per subject.

Shared by the Turtle and TriG exporters and by the answers of CONSTRUCT and DESCRIBE. Terms are pyoxigraph's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg import vocab

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Node = NamedNode | BlankNode | Literal | Triple

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
_PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")
_PLAIN_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_BREAK = re.compile(r"[\s\x00-\x20\x7f-\x9f\u2028\u2029]+")


class TermWriter:
    """Writes terms in Turtle.

    Args:
        prefixes: Prefix → namespace.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}

    def head(self, used: Iterable[str] | None = None) -> str:
        """The `@prefix` lines, all or those of the prefixes used, sorted and aligned."""
        names = sorted(self.prefixes if used is None else set(used))
        width = max((len(name) for name in names), default=0) + 1
        return "".join(f"@prefix {name + ':':<{width}} <{self.prefixes[name]}> .\n" for name in names)

    def iri(self, iri: str) -> str:
        """A prefixed name where the namespace is known, else the IRI in angle brackets."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        return f"<{iri}>" if prefix is None or not _LOCAL.fullmatch(iri, cut) else f"{prefix}:{iri[cut:]}"

    def prefix_of(self, iri: str) -> str | None:
        """The prefix that `iri` would use."""
        written = self.iri(iri)
        return None if written.startswith("<") else written.split(":", 1)[0]

    def term(self, term: Node) -> str:
        """Any term; whole numbers and decimals with a point go without quotation marks."""
        from pyoxigraph import Literal, NamedNode

        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if not isinstance(term, Literal):
            return str(term)
        datatype = term.datatype.value
        if datatype == vocab.INTEGER and _PLAIN_INTEGER.fullmatch(term.value):
            return term.value
        if datatype == vocab.DECIMAL and _PLAIN_DECIMAL.fullmatch(term.value):
            return term.value
        text = str(term)
        return text.replace(f"^^<{datatype}>", f"^^{self.iri(datatype)}") if "^^<" in text else text

    def used_prefixes(self, triples: Iterable[Triple]) -> set[str]:
        """The prefixes that these triples need."""
        from pyoxigraph import Literal, NamedNode

        iris: set[str] = set()
        for triple in triples:
            for term in (triple.subject, triple.predicate, triple.object):
                if isinstance(term, NamedNode):
                    iris.add(term.value)
                elif isinstance(term, Literal):
                    iris.add(term.datatype.value)
        return {prefix for iri in iris if (prefix := self.prefix_of(iri)) is not None}


Comment = Callable[["Node"], str]
"""A word for a person about an object, empty for none; written behind it as a comment."""


def write_blocks(triples: Iterable[Triple], writer: TermWriter, comment: Comment | None = None) -> Iterator[str]:
    """One block of Turtle per subject, in order of IRI; predicates and objects sorted, `a` first.

    Args:
        triples: In any order.
        writer: For the terms.
        comment: What to say about objects that are IRIs.
    """
    by_subject: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        by_subject[str(triple.subject)].append(triple)
    for key in sorted(by_subject):
        yield write_block(by_subject[key], writer, comment)


def write_block(triples: Iterable[Triple], writer: TermWriter, comment: Comment | None = None) -> str:
    """The block of one subject; as `write_blocks`. `triples` must not be empty and must share their subject."""
    by_predicate: dict[str, list[Node]] = defaultdict(list)
    subject = ""
    for triple in triples:
        subject = writer.term(triple.subject)
        by_predicate[triple.predicate.value].append(triple.object)
    order = sorted(by_predicate, key=lambda predicate: (predicate != vocab.RDF_TYPE, writer.iri(predicate)))
    pairs = [(predicate, object) for predicate in order for object in sorted(by_predicate[predicate], key=str)]
    lines: list[str] = []
    previous = start = ""
    for index, (predicate, object) in enumerate(pairs):
        verb = "a" if predicate == vocab.RDF_TYPE else writer.iri(predicate)
        start = " " * len(start) if predicate == previous else f"    {verb}" if index else f"{subject} {verb}"
        following = pairs[index + 1][0] if index + 1 < len(pairs) else ""
        end = "." if not following else "," if following == predicate else ";"
        note = one_line(comment(object)) if comment else ""
        lines.append(f"{start} {writer.term(object)} {end}" + (f"  # {note}" if note else ""))
        previous = predicate
    return "\n".join(lines) + "\n"


def one_line(text: str) -> str:
    """Text without line breaks and control characters, fit for a comment or a table."""
    return _BREAK.sub(" ", text).strip()
