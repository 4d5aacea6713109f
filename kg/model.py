"""The nouns of the project: what flows from page to graph.

All are frozen. `start, stop` are half-open code points of the **raw page** everywhere; a position in the cleaned,
joined text of an article is called `at` and has the type `Span`. `Article.locate` leads from the second to the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Span = tuple[int, int]
"""Half-open code points of `Article.text`."""


class EntityType(StrEnum):
    """The twelve classes of things that a page names; values are local names of the ontology."""

    UNION = "Union"
    COMPANY = "Company"
    PUBLIC_BODY = "PublicBody"
    SCHOOL = "School"
    ORGANISATION = "Organisation"
    DISTRICT = "District"
    SITE = "Site"
    PROGRAMME = "Programme"
    DOCUMENT = "Document"
    HONOUR = "Honour"
    PERSON = "Person"
    WORKER_GROUP = "WorkerGroup"


ORGANISATION_TYPES = frozenset(
    {EntityType.UNION, EntityType.COMPANY, EntityType.PUBLIC_BODY, EntityType.SCHOOL, EntityType.ORGANISATION}
)
"""The types that act: subclasses of kg:Organisation, and kg:Organisation itself."""


class Predicate(StrEnum):
    """The sixteen predicates of the annotation guidelines, read from the acting organisation."""

    PART_OF = "partOf"
    LOCATED_IN = "locatedIn"
    UNION_OF = "unionOf"
    COVERS = "covers"
    REPRESENTS = "represents"
    RUNS = "runs"
    TAKES_PART_IN = "takesPartIn"
    PARTNERS_WITH = "partnersWith"
    FOUNDED = "founded"
    OPERATES = "operates"
    SUPPORTS = "supports"
    SERVES = "serves"
    RECEIVED = "received"
    HOLDS_POST = "holdsPost"
    ISSUED = "issued"
    BASED_ON = "basedOn"


class Status(StrEnum):
    """Whether the page says that something is so or that it is meant to be; denied things are never facts."""

    DONE = "done"
    PLANNED = "planned"


class QuantityKind(StrEnum):
    """What sort of number a quantity is."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    DURATION = "duration"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One source file as read.

    Args:
        name: File name without folders.
        text: The raw text; every offset in the project counts its code points.
        sha256: Hex digest of the file's bytes: the page's identity.
        encoding: The encoding that decoded the bytes.
    """

    name: str
    text: str
    sha256: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A named 记者, 通讯员 or 摄影; the role as printed, 摄影 for a photo credit."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an article; `at` excludes surrounding white space and includes its final mark.

    Args:
        at: Place in `Article.text`.
        role: `headline`, `subhead`, `body` or `credit`.
    """

    at: Span
    role: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article put together from the page's blocks.

    Args:
        index: Place among the page's articles, from 0, in order of appearance.
        headline: The main headline, inner line breaks and stray spaces removed.
        byline: Named authors in printed order.
        spans: Raw ranges that belong to the article, sorted, disjoint.
        source: The outlet after 转自, else None.
        text: Cleaned and joined text in reading order: headline first, one paragraph a line.
        starts: For each code point of `text`, the raw offset where it starts; for a line break or space that joins two
            blocks, the raw offset of what follows.
        stops: For each code point of `text`, the raw offset just behind it.
        sentences: In reading order; they cover all of `text` but white space, and none crosses a paragraph.
        truncated: True when the page breaks the article off in mid-sentence.
    """

    index: int
    headline: str
    byline: tuple[Byline, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    source: str | None = None
    text: str
    starts: tuple[int, ...] = field(repr=False)
    stops: tuple[int, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = ()
    truncated: bool = False

    def locate(self, at: Span) -> tuple[int, int]:
        """Raw `(start, stop)` of a non-empty stretch of `text`."""
        return self.starts[at[0]], self.stops[at[1] - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of an article that names, or stands for, an entity.

    Args:
        type: The class of what it names.
        name: Comparable form of the surface: without white space and quotation marks.
        surface: The stretch of `Article.text`.
        article: Index of its article.
        at: Place in `Article.text`.
        start, stop: Place in the raw page.
        anaphor: True when the form identifies only in context (区总工会, 该公司).
        rule: Id of the pattern or rule that found it.
    """

    type: EntityType
    name: str
    surface: str
    article: int
    at: Span
    start: int
    stop: int
    anaphor: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with all that the page says about it.

    Args:
        value: In base units of `unit` (550余万元 is 5500000 元); for 从 A 到 B it is B.
        unit: As printed, scaled to its base (元, 名, %, 个百分点).
        qualifier: `>`, `>=`, `<`, `~` or None when exact.
        baseline: The A of 从 A 到 B.
        kind: What sort of number it is.
        metric: What is counted, a short noun phrase in the page's words; empty when the page gives none.
        period: ISO year or interval (`2024`, `2013/2022`, `2018-05`, `2021/..`) when stated or entailed.
        each: The word for what a distributive number is per (家 of 每家2万元), else None.
        article: Index of its article.
        at: Place of the number with its unit in `Article.text`.
        clause: Place of the shortest stretch that states it in `Article.text`: the evidence.
        rule: Id of the pattern that read it.
    """

    value: float
    unit: str
    qualifier: str | None = None
    baseline: float | None = None
    kind: QuantityKind = QuantityKind.COUNT
    metric: str = ""
    period: str | None = None
    each: str | None = None
    article: int
    at: Span
    clause: Span
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of the page that state a fact.

    Args:
        quote: Equal to `page.text[start:stop]`, line breaks included.
        start, stop: Place in the raw page.
        article: Index of its article.
    """

    quote: str
    start: int
    stop: int
    article: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that the page names, once per page.

    Args:
        id: `e1`, `e2` … in order of first mention; unique in the record.
        type: Its class.
        name: The fullest form that the page gives or entails.
        aliases: Other forms that identify it elsewhere.
        anaphora: Forms that stand for it only in context.
        article: Index of the first article that names it.
        mentions: All its mentions, in order of article and place; empty for an entity that the text only entails.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    anaphora: tuple[str, ...] = ()
    article: int
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement of the page between two of its entities.

    Args:
        subject, object: Entity ids.
        predicate: One of the sixteen.
        status: Done or planned.
        evidence: Where the page says so.
        rule: Id of the frame or rule that found it.
        confidence: Share of right ones that its rule is counted to find, in (0, 1).
        post: The title, on `holdsPost` only.
    """

    subject: str
    predicate: Predicate
    object: str
    status: Status = Status.DONE
    evidence: Evidence
    rule: str
    confidence: float
    post: str | None = None

    @property
    def triple(self) -> tuple[str, Predicate, str]:
        """What is stated, without who says so."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A number that says what an entity did, has or reached.

    Args:
        subject: Id of the most specific entity that the number belongs to.
        metric, value, unit, qualifier, baseline, period: As on `Quantity`.
        status: Done or planned.
        evidence: Where the page says so.
        rule: Id of the pattern that read the number, a stroke, and how the subject was found.
        confidence: Share of right ones that its rule is counted to find, in (0, 1).
    """

    subject: str
    metric: str
    value: float
    unit: str
    qualifier: str | None = None
    baseline: float | None = None
    period: str | None = None
    status: Status = Status.DONE
    evidence: Evidence
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something on the page that could not be read for certain; counted and shown, never dropped.

    Args:
        code: Short stable name, e.g. `truncated-article`.
        message: What happened, for a person.
        start, stop: Where in the raw page, when it has a place.
    """

    code: str
    message: str
    start: int | None = None
    stop: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was read from one page: the JSON of the guidelines, typed."""

    page: str
    sha256: str
    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    issues: tuple[Issue, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data in the shape of the guidelines, with offsets, rules and confidence added."""
        return {
            "page": self.page,
            "sha256": self.sha256,
            "articles": [_article_json(article) for article in self.articles],
            "entities": [_entity_json(entity) for entity in self.entities],
            "facts": [_fact_json(fact) for fact in self.facts],
            "outcomes": [_outcome_json(outcome) for outcome in self.outcomes],
            "issues": [
                {"code": issue.code, "message": issue.message, "start": issue.start, "stop": issue.stop}
                for issue in self.issues
            ],
        }


def plain_number(value: float) -> int | float:
    """An int where the number is whole, so that JSON and labels show 588 and not 588.0."""
    return int(value) if value == int(value) else value


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "byline": [{"role": b.role, "name": b.name} for b in article.byline],
        "spans": [list(span) for span in article.spans],
        "source": article.source,
    }


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": str(entity.type),
        "name": entity.name,
        "aliases": list(entity.aliases),
        "anaphora": list(entity.anaphora),
        "article": entity.article,
        "mentions": [
            {"start": m.start, "stop": m.stop, "text": m.surface, "article": m.article, "rule": m.rule}
            for m in entity.mentions
        ],
    }


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "evidence": evidence.quote,
        "start": evidence.start,
        "stop": evidence.stop,
        "article": evidence.article,
    }


def _fact_json(fact: Fact) -> dict[str, Any]:
    post: Mapping[str, str] = {"post": fact.post} if fact.post else {}
    return {
        "s": fact.subject,
        "p": str(fact.predicate),
        "o": fact.object,
        **post,
        **_evidence_json(fact.evidence),
        "status": str(fact.status),
        "rule": fact.rule,
        "confidence": fact.confidence,
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "subject": outcome.subject,
        "metric": outcome.metric,
        "value": plain_number(outcome.value),
        "unit": outcome.unit,
        "qualifier": outcome.qualifier,
        "baseline": None if outcome.baseline is None else plain_number(outcome.baseline),
        "period": outcome.period,
        "status": str(outcome.status),
        **_evidence_json(outcome.evidence),
        "rule": outcome.rule,
        "confidence": outcome.confidence,
    }
