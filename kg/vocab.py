"""Names of the graph: prefixes, terms of the ontology, and the IRIs of everything that a page yields.

Plain strings only, so that building text costs nothing but joining it. `ontology/kg.ttl` defines the same terms for the
world; a test holds the two equal.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.model import ORGANISATION_TYPES, EntityType, Predicate

DEFAULT_BASE = "https://w3id.org/gonghui/"
"""What all IRIs of the project begin with, unless the user chooses otherwise."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DC = "http://purl.org/dc/elements/1.1/"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"

RDF_TYPE = RDF + "type"
RDF_STATEMENT = RDF + "Statement"
RDF_SUBJECT = RDF + "subject"
RDF_PREDICATE = RDF + "predicate"
RDF_OBJECT = RDF + "object"
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
EXACT_MATCH = SKOS + "exactMatch"
IDENTIFIER = DCT + "identifier"
IS_PART_OF = DCT + "isPartOf"
CREATOR = DC + "creator"
SOURCE = DC + "source"
EXACT = OA + "exact"
START = OA + "start"
END = OA + "end"
POSITION_SELECTOR = OA + "TextPositionSelector"
QUOTE_SELECTOR = OA + "TextQuoteSelector"
DERIVED_FROM = PROV + "wasDerivedFrom"
HEADLINE = SCHEMA + "headline"
NAME = SCHEMA + "name"
POSITION = SCHEMA + "position"
PART_OF_WORK = SCHEMA + "isPartOf"
CONTAINED_IN = SCHEMA + "containedInPlace"
AREA = SCHEMA + "AdministrativeArea"
DECIMAL = XSD + "decimal"
INTEGER = XSD + "integer"
STRING = XSD + "string"

ENTITY_CLASSES = tuple(str(type) for type in EntityType)
"""The classes whose members a page names, in the order of the model."""

RECORD_CLASSES = ("Outcome", "Post", "Article", "Page")
"""The classes whose members the program makes to hold what a page says."""

CLASSES = (*ENTITY_CLASSES, *RECORD_CLASSES)
"""All sixteen classes of the ontology."""

PREDICATES = tuple(str(predicate) for predicate in Predicate)
"""The sixteen predicates of the annotation guidelines."""

OBJECT_PROPERTIES = (*PREDICATES, "postIn", "reported", "mentions", "evidence")
"""Properties between nodes."""

DATATYPE_PROPERTIES = (
    *("metric", "value", "unit", "qualifier", "baseline", "period"),
    *("title", "level", "byline", "sha256", "status", "confidence", "rule"),
)
"""Properties with a literal value."""

RECORD_DIGITS = 16
"""Hex digits that name a page, a statement, an outcome or a post: they are as many as the corpus has sentences."""

ENTITY_DIGITS = 12
"""Hex digits that name an entity."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPACE = re.compile(r"\s+")


def slug(class_name: str) -> str:
    """The part of an IRI that stands for a class: `PublicBody` gives `public-body`."""
    return _CAMEL.sub("-", class_name).lower()


def plain_name(name: str) -> str:
    """The form of a name that makes its IRI and its label: NFKC, without white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))


def digest(*parts: str, length: int = RECORD_DIGITS) -> str:
    """The first hex digits of SHA-256 over parts that cannot run into each other."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints every IRI of the graph under one base.

    Args:
        base: An absolute IRI that ends in a slash or a hash mark.

    Raises:
        KgError: The base is not such an IRI.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+[/#]", self.base):
            raise KgError("not a base IRI", subject=self.base, hint="Give an absolute IRI that ends in / or #")

    @property
    def ontology(self) -> str:
        """The namespace of classes and properties."""
        return self.base + "ontology#"

    @property
    def derived_graph(self) -> str:
        """The named graph of what rules conclude from several pages."""
        return self.base + "graph/derived"

    def term(self, local_name: str) -> str:
        """A class or property of the ontology."""
        return self.ontology + local_name

    def local_name(self, iri: str) -> str:
        """The reverse of `term`; an IRI from elsewhere is returned as it is."""
        return iri.removeprefix(self.ontology)

    def entity(self, type: EntityType, name: str, scope: str = "") -> str:
        """An entity that has no official code.

        Args:
            type: Its class.
            name: As the page gives it; white space and compatibility forms do not matter.
            scope: Code of the containing district, or another key, where the name alone would not tell it apart.
        """
        return f"{self.base}id/{slug(type)}/{digest(type, plain_name(name), scope, length=ENTITY_DIGITS)}"

    def district(self, code: str) -> str:
        """A district by its GB/T 2260 code."""
        return f"{self.base}id/district/{code}"

    def page(self, sha256: str) -> str:
        """A page by the digest of its bytes."""
        return f"{self.base}id/page/{sha256[:RECORD_DIGITS]}"

    def page_graph(self, sha256: str) -> str:
        """The named graph that holds all that a page says."""
        return f"{self.base}graph/page/{sha256[:RECORD_DIGITS]}"

    def article(self, sha256: str, index: int) -> str:
        """The article of a page with this index."""
        return f"{self.base}id/article/{sha256[:RECORD_DIGITS]}-{index}"

    def text_range(self, sha256: str, start: int, stop: int) -> str:
        """A stretch of the raw page."""
        return f"{self.base}id/range/{sha256[:RECORD_DIGITS]}-{start}-{stop}"

    def record(self, kind: str, *parts: str) -> str:
        """A statement, outcome or post, by all that makes it what it is."""
        return f"{self.base}id/{kind}/{digest(*parts)}"

    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace for files that people read, sorted by prefix."""
        kinds = (*(slug(name) for name in CLASSES), "range", "statement")
        own = {kind: f"{self.base}id/{kind}/" for kind in kinds} | {"kg": self.ontology, "graph": self.base + "graph/"}
        return dict(sorted({**PREFIXES, **own}.items()))


PREFIXES: Mapping[str, str] = {
    "dc": DC,
    "dct": DCT,
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}
"""The vocabularies that the graph borrows from."""


def class_names(type: EntityType) -> tuple[str, ...]:
    """Every class that an entity of this type is stated to have: organisations also are kg:Organisation."""
    return (type, EntityType.ORGANISATION) if type in ORGANISATION_TYPES - {EntityType.ORGANISATION} else (type,)


@lru_cache(maxsize=1)
def ontology_folder() -> Path:
    """Where `kg.ttl`, `shapes.ttl` and `queries/` stand: in the installed package, else beside it in a checkout.

    Raises:
        KgError: They are in neither place.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise KgError("the folder ontology is missing", subject=str(package), hint="Install the package again")


@lru_cache(maxsize=1)
def wikidata_items() -> Mapping[str, str]:
    """Official code of a district → its Wikidata item, from `ontology/wikidata.ttl`."""
    from pyoxigraph import RdfFormat, parse

    quads = parse(path=ontology_folder() / "wikidata.ttl", format=RdfFormat.TURTLE)
    return {str(quad.subject.value).rsplit("/", 1)[1]: str(quad.object.value) for quad in quads}
