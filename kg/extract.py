"""The whole story of one page: Page → Record.

segment → find → quantify → resolve → relate. The verbs know nothing of each other; only this module puts them together.
"""

from __future__ import annotations

from typing import Protocol

from kg.errors import KgError
from kg.find import find_mentions
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Page, Record
from kg.quantify import check_changes, check_sentences, quantify_article
from kg.relate import relate_entities
from kg.resolve import resolve_mentions
from kg.segment import segment_page

_GROUP = "kg.extractors"


class Extractor(Protocol):
    """Anything that turns a page into a record; register one under the entry-point group `kg.extractors`."""

    def extract(self, page: Page) -> Record:
        """Reads a page."""
        ...


def extract_page(page: Page, lexicon: Lexicon) -> Record:
    """Reads a page by the rules of a lexicon.

    Args:
        page: The page.
        lexicon: Words, patterns and frames.

    Returns:
        The record: every offset in it counts code points of `page.text`, and every quote equals its slice. A page on
        which nothing can be read gives an empty record with an issue that says so.
    """
    articles, issues = segment_page(page, lexicon)
    mentions = [mention for article in articles for mention in find_mentions(article, lexicon)]
    numbers = {article.index: quantify_article(article, lexicon) for article in articles}
    quantities = [quantity for of_article in numbers.values() for quantity in of_article]
    doubts = [
        doubt
        for article in articles
        for doubt in (*check_changes(numbers[article.index], article), *check_sentences(article, lexicon))
    ]
    entities = resolve_mentions(articles, mentions, lexicon)
    facts, outcomes = relate_entities(page, articles, entities, quantities, lexicon)
    return Record(
        page=page.name,
        sha256=page.sha256,
        articles=articles,
        entities=entities,
        facts=facts,
        outcomes=outcomes,
        issues=(*issues, *doubts),
    )


class RuleExtractor:
    """The extractor that ships with the package: rules, no weights, no network."""

    def extract(self, page: Page) -> Record:
        """Reads a page with the lexicon of the package."""
        return extract_page(page, load_lexicon())


def get_extractor(name: str = "rules") -> Extractor:
    """An extractor by the name of its entry point.

    Raises:
        KgError: No installed package offers one of that name.
    """
    if name == "rules":
        return RuleExtractor()
    from importlib.metadata import (
        entry_points,
    )  # it takes long to import, and hardly anybody asks for another extractor

    found = {point.name: point for point in entry_points(group=_GROUP)}
    if name not in found:
        raise KgError("no such extractor", subject=name, hint=f"Known: {', '.join(sorted({'rules', *found}))}")
    extractor: Extractor = found[name].load()()
    return extractor
