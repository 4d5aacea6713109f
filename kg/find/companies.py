"""Companies without a legal form, and those that only the names of their branches tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType

_LONGEST_BRAND = 4


def find_companies(text: Text, bodies: Iterable[Draft]) -> Iterator[Draft]:
    """Companies beside those that a suffix shows.

    Args:
        text: The article.
        bodies: The organisations that were found by their suffixes.
    """
    companies = [body for body in bodies if body.type is EntityType.COMPANY and not body.anaphor]
    for draft in (*_by_trade(text), *_by_brand(text)):
        if not any(body.start <= draft.start and draft.stop <= body.stop for body in companies):
            yield draft
    opened = Counter(body.start for body in companies)
    for body in companies:
        if opened[body.start] == 1:
            yield from _parents(text, body)


def _by_trade(text: Text) -> Iterator[Draft]:
    """A place and a trade (某市|地铁) where a body could stand."""
    for match in text.matches("trade-company-at"):
        place = text.place_ending(match.start())
        stop = match.end("trade")
        if place and len(text.text[slice(*place)]) <= _LONGEST_BRAND and text.word_at(stop - 1).at[1] == stop:
            yield Draft(EntityType.COMPANY, place[0], stop, "trade-company")


def _by_brand(text: Text) -> Iterator[Draft]:
    """A nationwide brand in a place (某省|顺丰), and the bureaus that build (中铁四局)."""
    for match in text.matches("brand-here"):
        place = text.place_ending(match.start())
        if place and len(text.text[slice(*place)]) <= _LONGEST_BRAND:
            yield Draft(EntityType.COMPANY, place[0], match.end("brand"), "brand-here")
    for match in text.matches("works-bureau"):
        yield Draft(EntityType.COMPANY, match.start(), match.end(), "works-bureau")


def _parents(text: Text, branch: Draft) -> Iterator[Draft]:
    """The company of a branch (某银行|海州支行): what stands before the place or the number of the branch."""
    match = text.lexicon.pattern("branch").match(text.text[branch.start : branch.stop])
    if match is None:
        return
    for stop in range(branch.start + len(match["parent"]), branch.stop):
        placed = stop in text.places and stop > branch.start
        numbered = text.lexicon.pattern("branch-number").match(text.text, stop)
        if placed or numbered:
            yield Draft(EntityType.COMPANY, branch.start, stop, "parent")
            return
