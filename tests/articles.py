"""Articles made from a string, and short ways to write what was read from them.

A mention is written `Type name`, an anaphor `~Type name`; a fact `subject predicate object`, with `planned:` before it
where it is meant to be and `(post)` behind it; an outcome `subject: value unit metric`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.find import find_mentions
from kg.lexicon import load_lexicon
from kg.model import Article, Entity, Fact, Mention, Outcome, Page, Quantity, Sentence, Status
from kg.quantify import quantify_article
from kg.read import page_from_text
from kg.relate import relate_entities
from kg.resolve import resolve_mentions

LEXICON = load_lexicon()
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”）]*|[^。！？\n]+")


def make_article(text: str, *, headline: str = "", index: int = 0, offset: int = 0) -> Article:
    """An article that stands on its page as it is: the headline, if any, on a line of its own."""
    whole = f"{headline}\n{text}" if headline else text
    places = range(offset, offset + len(whole))
    return Article(
        index=index,
        headline=headline,
        text=whole,
        spans=((offset, offset + len(whole)),),
        starts=tuple(places),
        stops=tuple(place + 1 for place in places),
        sentences=tuple(
            Sentence(at=match.span(), role="headline" if match.start() < len(headline) else "body")
            for match in _SENTENCE.finditer(whole)
        ),
    )


@dataclass(frozen=True)
class Reading:
    """What the verbs read from articles that stand below each other on one page."""

    page: Page
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    quantities: tuple[Quantity, ...]
    facts: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def names(self) -> dict[str, str]:
        return {entity.id: entity.name for entity in self.entities}

    def entity(self, name: str) -> Entity:
        """The only entity of a name."""
        (found,) = [entity for entity in self.entities if entity.name == name]
        return found


def read(*texts: str | tuple[str, str]) -> Reading:
    """Reads articles: a text, or a headline and a text."""
    articles: list[Article] = []
    offset = 0
    for index, text in enumerate(texts):
        headline, body = ("", text) if isinstance(text, str) else text
        articles.append(make_article(body, headline=headline, index=index, offset=offset))
        offset += len(articles[-1].text) + 2
    page = page_from_text("\n\n".join(article.text for article in articles), name="p.txt")
    mentions = tuple(mention for article in articles for mention in find_mentions(article, LEXICON))
    quantities = tuple(quantity for article in articles for quantity in quantify_article(article, LEXICON))
    entities = resolve_mentions(articles, mentions, LEXICON)
    facts, outcomes = relate_entities(page, articles, entities, quantities, LEXICON)
    return Reading(page, tuple(articles), mentions, entities, quantities, facts, outcomes)


def told_mentions(text: str | tuple[str, str]) -> list[str]:
    """The mentions of an article, by place, outer before inner."""
    return [f"{'~' if m.anaphor else ''}{m.type} {m.name}" for m in read(text).mentions]


def told_entities(*texts: str | tuple[str, str]) -> list[str]:
    """The entities of a page in order."""
    return [f"{entity.type} {entity.name}" for entity in read(*texts).entities]


def told_facts(*texts: str | tuple[str, str]) -> set[str]:
    """All facts of a page."""
    reading = read(*texts)
    return {tell_fact(fact, reading.names) for fact in reading.facts}


def tell_fact(fact: Fact, names: dict[str, str]) -> str:
    planned = "planned: " if fact.status is Status.PLANNED else ""
    post = f" ({fact.post})" if fact.post else ""
    return f"{planned}{names[fact.subject]} {fact.predicate} {names[fact.object]}{post}"


def told_outcomes(*texts: str | tuple[str, str]) -> list[str]:
    """The outcomes of a page in order."""
    reading = read(*texts)
    return [f"{reading.names[o.subject]}: {o.value:.10g} {o.unit} {o.metric}" for o in reading.outcomes]
