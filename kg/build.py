"""Record → N-Quads of one page graph, every fact beside the sentence that states it.

Text and not objects: joining strings is half the price of making quads, and the store reads text anyway. Lines are
sorted and free of blank nodes, so the same record gives the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg import vocab
from kg.errors import RecordError
from kg.lexicon.gazetteer import Gazetteer, deepest, level_of
from kg.model import Article, Entity, EntityType, Evidence, Fact, Outcome, Page, Predicate, Record, Status
from kg.places import Places, resolve_places
from kg.vocab import Iris, plain_name

_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_SCOPED_TYPES = frozenset({EntityType.UNION, EntityType.PUBLIC_BODY})


def build_page(
    record: Record,
    page: Page,
    *,
    gazetteer: Gazetteer,
    iris: Iris | None = None,
    wikidata: Mapping[str, str] | None = None,
) -> str:
    """The named graph of a page.

    Args:
        record: What was read from the page.
        page: The page itself; every quote is compared with it.
        gazetteer: Official districts.
        iris: Where IRIs begin.
        wikidata: Official code → Wikidata item; by default those of `ontology/wikidata.ttl`.

    Returns:
        N-Quads, sorted, without blank nodes, each line in the graph `iris.page_graph(page.sha256)`.

    Raises:
        RecordError: A quote differs from its slice of the page, or the record is of another page or names an entity
            that it does not hold.
    """
    check_record(record, page)
    builder = _Builder(
        record, page, gazetteer, iris or Iris(), vocab.wikidata_items() if wikidata is None else wikidata
    )
    builder.add_page()
    for article in record.articles:
        builder.add_article(article)
    for entity in record.entities:
        builder.add_entity(entity)
    for fact in record.facts:
        builder.add_fact(fact)
    for outcome in record.outcomes:
        builder.add_outcome(outcome)
    return builder.text()


def check_record(record: Record, page: Page) -> None:
    """Makes sure that a record speaks of this page and quotes it to the letter.

    Raises:
        RecordError: It does not.
    """
    hint = "Extract the page again"
    if record.sha256 != page.sha256:
        raise RecordError("the record was made from other bytes", subject=page.name, hint=hint)
    ids = {entity.id for entity in record.entities}
    named = [id for fact in record.facts for id in (fact.subject, fact.object)] + [o.subject for o in record.outcomes]
    for id in named:
        if id not in ids:
            raise RecordError(f"there is no entity {id!r} in the record", subject=page.name, hint=hint)
    for quote in [fact.evidence for fact in record.facts] + [outcome.evidence for outcome in record.outcomes]:
        if not 0 <= quote.start < quote.stop or page.text[quote.start : quote.stop] != quote.quote:
            place = f"characters {quote.start} to {quote.stop}"
            raise RecordError(f"the quote {quote.quote!r} is not what stands at {place}", subject=page.name, hint=hint)
        if not 0 <= quote.article < len(record.articles):
            raise RecordError(f"there is no article {quote.article} in the record", subject=page.name, hint=hint)


@dataclass(slots=True)
class _Builder:
    """Collects the lines of one page graph."""

    record: Record
    page: Page
    gazetteer: Gazetteer
    iris: Iris
    wikidata: Mapping[str, str]
    lines: set[str] = field(default_factory=set)
    places: Places = field(init=False)
    entity_iris: dict[str, str] = field(init=False)
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.places = resolve_places(self.record.entities, self.record.facts, self.gazetteer)
        self.entity_iris = mint_entities(self.record, self.places, self.iris)
        self.labels = {
            code: self.gazetteer.official_name(code, plain_name(entity.name))
            for entity in reversed(self.record.entities)
            if (code := self.places.codes.get(entity.id, ""))
        }

    def text(self) -> str:
        graph = f" <{self.iris.page_graph(self.page.sha256)}> .\n"
        return "".join(line + graph for line in sorted(self.lines))

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Adds one line; `value` is already written as a term."""
        self.lines.add(f"<{subject}> <{predicate}> {value}")

    def add_types(self, subject: str, *classes: str) -> None:
        for name in classes:
            self.add(subject, vocab.RDF_TYPE, f"<{self.iris.term(name)}>")

    def add_page(self) -> None:
        iri = self.iris.page(self.page.sha256)
        self.add_types(iri, "Page")
        self.add(iri, vocab.NAME, literal(self.page.name))
        self.add(iri, self.iris.term("sha256"), literal(self.page.sha256))

    def add_article(self, article: Article) -> None:
        iri = self.iris.article(self.page.sha256, article.index)
        self.add_types(iri, "Article")
        self.add(iri, vocab.PART_OF_WORK, f"<{self.iris.page(self.page.sha256)}>")
        self.add(iri, vocab.POSITION, integer(article.index))
        self.add(iri, vocab.HEADLINE, literal(article.headline, "zh"))
        for author in article.byline:
            self.add(iri, vocab.CREATOR, literal(author.name))
        if article.byline:
            self.add(iri, self.iris.term("byline"), literal(" ".join(f"{a.role} {a.name}" for a in article.byline)))
        if article.source:
            self.add(iri, vocab.SOURCE, literal(article.source))

    def add_entity(self, entity: Entity) -> None:
        iri = self.entity_iris[entity.id]
        code = self.places.codes.get(entity.id, "")
        label = self.labels[code] if code else plain_name(entity.name)
        self.add_types(iri, *vocab.class_names(entity.type))
        self.add(iri, vocab.PREF_LABEL, literal(label, "zh"))
        for alias in (entity.name, *entity.aliases):
            if alias != label:
                self.add(iri, vocab.ALT_LABEL, literal(alias, "zh"))
        for article in sorted({entity.article, *(mention.article for mention in entity.mentions)}):
            self.add(self.iris.article(self.page.sha256, article), self.iris.term("mentions"), f"<{iri}>")
        if code:
            self._add_code(iri, code)
        if around := self.gazetteer.around(code) if code else self.places.containers.get(entity.id, ""):
            self.add(iri, vocab.CONTAINED_IN, f"<{self.iris.district(around)}>")
            self._add_area(around)

    def _add_code(self, iri: str, code: str) -> None:
        self.add(iri, vocab.IDENTIFIER, literal(code))
        self.add(iri, self.iris.term("level"), literal(level_of(code)))
        if code in self.wikidata:
            self.add(iri, vocab.EXACT_MATCH, f"<{self.wikidata[code]}>")

    def _add_area(self, code: str) -> None:
        """An official district around another one, with those around it, whether the page names them or not."""
        iri = self.iris.district(code)
        self.add(iri, vocab.RDF_TYPE, f"<{vocab.AREA}>")
        self.add(iri, vocab.PREF_LABEL, literal(self.labels.get(code) or self.gazetteer.official_name(code), "zh"))
        self._add_code(iri, code)
        if around := self.gazetteer.around(code):
            self.add(iri, vocab.CONTAINED_IN, f"<{self.iris.district(around)}>")
            self._add_area(around)

    def add_fact(self, fact: Fact) -> None:
        subject, object = self.entity_iris[fact.subject], self.entity_iris[fact.object]
        if fact.predicate is Predicate.HOLDS_POST:
            object = self._add_post(fact, subject, object)
        predicate = self.iris.term(fact.predicate)
        if fact.status is Status.DONE:
            self.add(subject, predicate, f"<{object}>")
        if fact.status is Status.PLANNED or fact.predicate is not Predicate.HOLDS_POST:
            quote = fact.evidence
            iri = self.iris.record(
                *("statement", self.page.sha256, subject, fact.predicate, object, fact.status, fact.rule),
                *(str(quote.start), str(quote.stop)),
            )
            self.add(iri, vocab.RDF_TYPE, f"<{vocab.RDF_STATEMENT}>")
            self.add(iri, vocab.RDF_SUBJECT, f"<{subject}>")
            self.add(iri, vocab.RDF_PREDICATE, f"<{predicate}>")
            self.add(iri, vocab.RDF_OBJECT, f"<{object}>")
            self._add_source(iri, fact)

    def _add_post(self, fact: Fact, person: str, organisation: str) -> str:
        """One post per person, organisation, title, status and piece of evidence: it carries its evidence itself."""
        quote, title = fact.evidence, fact.post or ""
        key = (self.page.sha256, person, organisation, title, fact.status, fact.rule, str(quote.start), str(quote.stop))
        iri = self.iris.record("post", *key)
        self.add_types(iri, "Post")
        self.add(iri, self.iris.term("postIn"), f"<{organisation}>")
        if title:
            self.add(iri, self.iris.term("title"), literal(title, "zh"))
        self._add_source(iri, fact)
        return iri

    def add_outcome(self, outcome: Outcome) -> None:
        subject, quote = self.entity_iris[outcome.subject], outcome.evidence
        values = {"value": decimal(outcome.value), "unit": literal(outcome.unit)}
        values["metric"] = literal(outcome.metric, "zh")
        if outcome.baseline is not None:
            values["baseline"] = decimal(outcome.baseline)
        values |= {
            name: literal(text) for name in ("qualifier", "period") if (text := getattr(outcome, name)) is not None
        }
        key = (*(f"{name}={value}" for name, value in sorted(values.items())), outcome.status, outcome.rule)
        iri = self.iris.record("outcome", self.page.sha256, subject, *key, str(quote.start), str(quote.stop))
        self.add_types(iri, "Outcome")
        self.add(subject, self.iris.term("reported"), f"<{iri}>")
        for name, value in values.items():
            self.add(iri, self.iris.term(name), value)
        self._add_source(iri, outcome)

    def _add_source(self, iri: str, item: Fact | Outcome) -> None:
        self.add(iri, self.iris.term("status"), literal(item.status))
        self.add(iri, self.iris.term("rule"), literal(item.rule))
        self.add(iri, self.iris.term("confidence"), decimal(item.confidence))
        self.add(iri, self.iris.term("evidence"), f"<{self._add_range(item.evidence)}>")

    def _add_range(self, quote: Evidence) -> str:
        iri = self.iris.text_range(self.page.sha256, quote.start, quote.stop)
        self.add(iri, vocab.RDF_TYPE, f"<{vocab.POSITION_SELECTOR}>")
        self.add(iri, vocab.RDF_TYPE, f"<{vocab.QUOTE_SELECTOR}>")
        self.add(iri, vocab.EXACT, literal(quote.quote))
        self.add(iri, vocab.START, integer(quote.start))
        self.add(iri, vocab.END, integer(quote.stop))
        self.add(iri, vocab.IS_PART_OF, f"<{self.iris.article(self.page.sha256, quote.article)}>")
        return iri


def mint_entities(record: Record, places: Places, iris: Iris) -> dict[str, str]:
    """Entity id → IRI: districts by code, all else by type, name and, where the name needs it, the district around it.

    A name needs it when it is a district without code, a site, or a union or public body named after such a district or
    after one that shares its name with others (朝阳区总工会). A person's name never suffices: without a district, the
    person is taken to be this page's alone.
    """
    areas = _areas(record, places)
    local = {
        plain_name(form): places.apart(entity.id)
        for entity in record.entities
        if places.apart(entity.id)
        for form in (entity.name, *entity.aliases)
    }

    def scope(entity: Entity) -> str:
        if entity.type is EntityType.DISTRICT:
            return places.containers.get(entity.id, "")
        if entity.type in _SCOPED_TYPES:
            name = plain_name(entity.name)
            return max(((len(form), code) for form, code in local.items() if name.startswith(form)), default=(0, ""))[1]
        if entity.type is EntityType.SITE:
            return areas.get(entity.id, "")
        return areas.get(entity.id) or record.sha256 if entity.type is EntityType.PERSON else ""

    return {
        entity.id: iris.district(places.codes[entity.id])
        if entity.id in places.codes
        else iris.entity(entity.type, entity.name, scope(entity))
        for entity in record.entities
    }


def _areas(record: Record, places: Places) -> dict[str, str]:
    """Entity id → the one official district that its facts put it in; people are where their organisations are."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in record.facts:
        if fact.predicate in (Predicate.LOCATED_IN, Predicate.COVERS):
            found[fact.subject] |= {places.around(fact.object)} - {""}
    areas = {id: deepest(codes) for id, codes in found.items()}
    posts: dict[str, set[str]] = defaultdict(set)
    for fact in record.facts:
        if fact.predicate is Predicate.HOLDS_POST:
            posts[fact.subject] |= {areas.get(fact.object, "")} - {""}
    return areas | {id: deepest(codes) for id, codes in posts.items()}


def literal(text: str, language: str = "") -> str:
    """A string as an N-Quads term."""
    body = _ESCAPED.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", text)
    return f'"{body}"@{language}' if language else f'"{body}"'


def integer(value: int) -> str:
    """A whole number as an N-Quads term."""
    return f'"{value}"^^<{vocab.INTEGER}>'


def decimal(value: float) -> str:
    """A number as an xsd:decimal in the only form that every store keeps: no exponent, no zeros at the end."""
    digits = f"{Decimal(repr(float(value))):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f'"{"0" if digits == "-0" else digits}"^^<{vocab.DECIMAL}>'
