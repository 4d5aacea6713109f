"""Record files → plain data or records: the JSON that `kg extract` writes, or that an annotator wrote by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from kg.errors import RecordError
from kg.model import (
    Article,
    Byline,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Issue,
    Mention,
    Outcome,
    Page,
    Predicate,
    Record,
    Span,
    Status,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

HAND_MADE = "gold"
"""The rule of facts that name none: somebody wrote them down."""


def read_data(path: Path) -> Mapping[str, Any]:
    """Reads a record file as plain data, which keeps what annotators add to it, such as `optional`.

    Raises:
        RecordError: The file cannot be read, is not JSON, or not a record.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror})", subject=str(path), hint="Check the path") from error
    except ValueError as error:
        raise RecordError(f"not JSON ({error})", subject=str(path), hint="Run `kg extract` again") from error
    reader = _Reader(str(path), None)
    checked = reader.mapping(data, "the record")
    reader.record(checked)
    return checked


def record_from_json(data: object, page: Page | None = None) -> Record:
    """Plain data in the shape of the guidelines → record.

    Args:
        data: As `Record.to_json` gives it. `start` and `stop`, `rule`, `confidence`, `mentions`, `issues` and `sha256`
            may be missing.
        page: The page that it is about. With it, evidence without offsets is looked up, white space aside; without it,
            such evidence gets the place 0 to 0.

    Returns:
        The record. Its articles have no text, since record files hold none.

    Raises:
        RecordError: Something is missing, of the wrong type, or names an entity that the record does not hold; or
            evidence without offsets is not on the page.
    """
    name = data.get("page") if isinstance(data, Mapping) else None
    reader = _Reader(name if isinstance(name, str) else "record", page)
    return reader.record(reader.mapping(data, "the record"))


def find_quote(text: str, quote: str, spans: Sequence[Span] = ()) -> Span | None:
    """Where a page says something, white space aside.

    Args:
        text: The raw page.
        quote: What it is to say.
        spans: Where to look first; the whole page comes after them.

    Returns:
        Raw `(start, stop)` of the first place, None when there is none or the quote is blank.
    """
    letters = [re.escape(letter) for letter in quote if not letter.isspace()]
    if not letters:
        return None
    pattern = re.compile(r"\s*".join(letters))
    for start, stop in (*spans, (0, len(text))):
        found = pattern.search(text, start, stop)
        if found:
            return found.span()
    return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one record; `at` is always the part's place, for messages.

    Args:
        name: What errors are about.
        page: The page, when known.
    """

    name: str
    page: Page | None

    def fail(self, message: str) -> NoReturn:
        raise RecordError(message, subject=self.name, hint="Compare it with what `kg extract` writes")

    def mapping(self, data: object, at: str) -> Mapping[str, Any]:
        if not isinstance(data, Mapping):
            self.fail(f"{at} is not an object")
        return data

    def get(self, data: Mapping[str, Any], key: str, kind: type[T], at: str, default: T | None = None) -> T:
        """A value of the wanted type; the default when it is missing and may be."""
        value = data.get(key, default)
        if key not in data and default is None:
            self.fail(f"{at} lacks {key!r}")
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail(f"{at}.{key} is {value!r}, not of type {kind.__name__}")
        return value

    def optional(self, data: Mapping[str, Any], key: str, kind: type[T], at: str) -> T | None:
        return None if data.get(key) is None else self.get(data, key, kind, at)

    def enum(self, kind: type[E], data: Mapping[str, Any], key: str, at: str, default: E | None = None) -> E:
        value = self.get(data, key, str, at, default)
        if value not in [str(member) for member in kind]:
            self.fail(f"{at}.{key} is {value!r}, not one of: {', '.join(kind)}")
        return kind(value)

    def each(
        self, data: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any], str], T], at: str, *, may_lack: bool
    ) -> tuple[T, ...]:
        """Reads every item of a list."""
        items = self.get(data, key, list, at, [] if may_lack else None)
        places = [f"{at}.{key}[{index}]" for index in range(len(items))]
        return tuple(read(self.mapping(item, place), place) for item, place in zip(items, places, strict=True))

    def texts(self, data: Mapping[str, Any], key: str, at: str) -> tuple[str, ...]:
        items = self.get(data, key, list, at, [])
        if not all(isinstance(item, str) for item in items):
            self.fail(f"{at}.{key} is not a list of strings")
        return tuple(items)

    def record(self, data: Mapping[str, Any]) -> Record:
        at = "the record"
        articles = self.articles(data, at)
        record = Record(
            page=self.get(data, "page", str, at),
            sha256=self.get(data, "sha256", str, at, self.page.sha256 if self.page else ""),
            articles=articles,
            entities=self.each(data, "entities", self.entity, at, may_lack=False),
            facts=self.each(data, "facts", lambda item, at: self.fact(item, at, articles), at, may_lack=False),
            outcomes=self.each(data, "outcomes", lambda item, at: self.outcome(item, at, articles), at, may_lack=False),
            issues=self.each(data, "issues", self.issue, at, may_lack=True),
        )
        ids = {entity.id for entity in record.entities}
        ends = [id for fact in record.facts for id in (fact.subject, fact.object)]
        for id in (*ends, *(outcome.subject for outcome in record.outcomes)):
            if id not in ids:
                self.fail(f"there is no entity {id!r} in the record")
        return record

    def articles(self, data: Mapping[str, Any], at: str) -> tuple[Article, ...]:
        found = self.each(data, "articles", self.article, at, may_lack=False)
        return tuple(replace(article, index=index) for index, article in enumerate(found))

    def article(self, data: Mapping[str, Any], at: str) -> Article:
        return Article(
            index=0,
            headline=self.get(data, "headline", str, at),
            byline=self.each(data, "byline", self.byline, at, may_lack=True),
            spans=tuple(self.span(pair, f"{at}.spans") for pair in self.get(data, "spans", list, at)),
            source=self.optional(data, "source", str, at),
            text="",
            starts=(),
            stops=(),
        )

    def span(self, pair: object, at: str) -> Span:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(number) is int for number in pair):
            self.fail(f"{at} is not a list of [start, stop]")
        return pair[0], pair[1]

    def byline(self, data: Mapping[str, Any], at: str) -> Byline:
        return Byline(role=self.get(data, "role", str, at), name=self.get(data, "name", str, at))

    def entity(self, data: Mapping[str, Any], at: str) -> Entity:
        type = self.enum(EntityType, data, "type", at)
        name = self.get(data, "name", str, at)
        return Entity(
            id=self.get(data, "id", str, at),
            type=type,
            name=name,
            aliases=self.texts(data, "aliases", at),
            anaphora=self.texts(data, "anaphora", at),
            article=self.get(data, "article", int, at),
            mentions=self.each(
                data, "mentions", lambda item, at: self.mention(item, at, type, name), at, may_lack=True
            ),
        )

    def mention(self, data: Mapping[str, Any], at: str, type: EntityType, name: str) -> Mention:
        start, stop = self.get(data, "start", int, at), self.get(data, "stop", int, at)
        return Mention(
            type=type,
            name=name,
            surface=self.get(data, "text", str, at),
            article=self.get(data, "article", int, at),
            at=(0, 0),
            start=start,
            stop=stop,
            rule=self.get(data, "rule", str, at, ""),
        )

    def fact(self, data: Mapping[str, Any], at: str, articles: Sequence[Article]) -> Fact:
        return Fact(
            subject=self.get(data, "s", str, at),
            predicate=self.enum(Predicate, data, "p", at),
            object=self.get(data, "o", str, at),
            post=self.optional(data, "post", str, at),
            **self.source(data, at, articles),
        )

    def outcome(self, data: Mapping[str, Any], at: str, articles: Sequence[Article]) -> Outcome:
        return Outcome(
            subject=self.get(data, "subject", str, at),
            metric=self.get(data, "metric", str, at),
            value=self.get(data, "value", float, at),
            unit=self.get(data, "unit", str, at),
            qualifier=self.optional(data, "qualifier", str, at),
            baseline=self.optional(data, "baseline", float, at),
            period=self.optional(data, "period", str, at),
            **self.source(data, at, articles),
        )

    def source(self, data: Mapping[str, Any], at: str, articles: Sequence[Article]) -> dict[str, Any]:
        """What facts and outcomes share."""
        confidence = self.get(data, "confidence", float, at, 1.0)
        if not 0 < confidence <= 1:
            self.fail(f"{at}.confidence is {confidence}, not above 0 and at most 1")
        return {
            "status": self.enum(Status, data, "status", at, Status.DONE),
            "evidence": self.evidence(data, at, articles),
            "rule": self.get(data, "rule", str, at, HAND_MADE),
            "confidence": confidence,
        }

    def evidence(self, data: Mapping[str, Any], at: str, articles: Sequence[Article]) -> Evidence:
        quote, article = self.get(data, "evidence", str, at), self.get(data, "article", int, at)
        if "start" in data or "stop" in data or self.page is None:
            start, stop = self.get(data, "start", int, at, 0), self.get(data, "stop", int, at, 0)
            return Evidence(quote=quote, start=start, stop=stop, article=article)
        spans = articles[article].spans if 0 <= article < len(articles) else ()
        found = find_quote(self.page.text, quote, spans)
        if found is None:
            self.fail(f"{at}.evidence is not on the page: {quote!r}")
        return Evidence(quote=self.page.text[found[0] : found[1]], start=found[0], stop=found[1], article=article)

    def issue(self, data: Mapping[str, Any], at: str) -> Issue:
        return Issue(
            code=self.get(data, "code", str, at),
            message=self.get(data, "message", str, at),
            start=self.optional(data, "start", int, at),
            stop=self.optional(data, "stop", int, at),
        )
