"""Companies without a legal form, and those that only the names of their branches tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.brands import read_company
from kg.clean import plain_name
from kg.find.boundary import Text, is_proper, name_start
from kg.find.draft import Draft
from kg.model import EntityType

_LONGEST_BRAND = 4
_SHORTEST_BRAND = 2
_LONGEST_COINED = 8
_COINED_TAG = "nz"
_BRAND_TAGS = ("nr", "nz", "nt")


def find_companies(text: Text, bodies: Iterable[Draft]) -> Iterator[Draft]:
    """Companies beside those that a suffix shows.

    Args:
        text: The article.
        bodies: The organisations that were found by their suffixes.
    """
    companies = [body for body in bodies if body.type is EntityType.COMPANY and not body.anaphor]
    for draft in (*_by_trade(text), *_by_brand(text), *_by_coined_name(text)):
        if not any(body.start <= draft.start and draft.stop <= body.stop for body in companies):
            yield draft
    opened = Counter(body.start for body in companies)
    for body in companies:
        if opened[body.start] == 1:
            yield from _parents(text, body)


def find_short_names(text: Text, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The brands of an article's companies, alone or with the first words of their trade (云数, 云数科技)."""
    companies = [d for d in drafts if d.type is EntityType.COMPANY and not d.anaphor]
    taken = [(d.start, d.stop) for d in companies]
    seen: set[str] = set()
    for company in companies:
        name = read_company(plain_name(text.text[company.start : company.stop]), text.lexicon)
        if len(name.brand) < _SHORTEST_BRAND or not name.form or name.brand in seen:
            continue
        seen.add(name.brand)
        for start in _places_of(text.text, name.brand):
            stop = _with_trade(text.text, start + len(name.brand), name.trade)
            if not any(a <= start and start < b for a, b in taken) and _stands_for(text, name.brand, start, stop):
                start -= len(name.place) if name.place and text.text.endswith(name.place, 0, start) else 0
                yield Draft(EntityType.COMPANY, start, stop, "short-company")


def _places_of(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + len(part))


def _with_trade(text: str, stop: int, trade: str) -> int:
    """Behind as much of the trade as stands there."""
    return stop + next((length for length in range(len(trade), 0, -1) if text.startswith(trade[:length], stop)), 0)


def _stands_for(text: Text, brand: str, start: int, stop: int) -> bool:
    """True where a brand can only be the company: no word of the language, or one that a body's word follows."""
    whole = text.word_at(start)
    word = whole.text == brand and whole.tag[:2] not in _BRAND_TAGS
    if len(brand) > _SHORTEST_BRAND and not word:
        return True
    behind = text.lexicon.pattern("behind-brand").match(text.text, stop)
    return bool(behind) and (stop > start + len(brand) or not word)


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


def _by_coined_name(text: Text) -> Iterator[Draft]:
    """A coined name and a trade behind a place, known to the dictionary, or named again (某市|宇通|客车, 魏桥|纺织)."""
    for match in text.matches("coined-trade-at"):
        stop = match.end("trade")
        start = name_start(text, match.start(), inner_verbs=False, limit=_LONGEST_COINED)
        place = text.places.get(start, "")
        brand = start + len(place)
        if not _SHORTEST_BRAND <= match.start() - brand <= _LONGEST_BRAND or text.people.get(brand) is not None:
            continue
        known = text.word_at(brand).tag == _COINED_TAG
        certain = place or known or text.text.count(text.text[start:stop]) > 1
        if certain and is_proper(text, brand, match.start()):
            yield Draft(EntityType.COMPANY, start, stop, "coined-name")
    yield from _known_names(text)


def _known_names(text: Text) -> Iterator[Draft]:
    """Companies that the dictionary has as one word (某某医药)."""
    form, behind = text.lexicon.pattern("coined-name"), text.lexicon.pattern("behind-company")
    for word in text.words:
        if word.tag != _COINED_TAG or word.at[0] in text.places or not form.fullmatch(word.text):
            continue
        if behind.match(text.text, word.at[1]):
            yield Draft(EntityType.COMPANY, *word.at, "coined-name")


def _parents(text: Text, branch: Draft) -> Iterator[Draft]:
    """The company of a branch (某银行|海州支行): what stands before the place or the number of the branch."""
    match = text.lexicon.pattern("branch").match(text.text[branch.start : branch.stop])
    if match is None:
        return
    brand = next((b for b in text.lexicon.words("brand-company") if match[0].startswith(b)), "")
    if brand:
        yield Draft(EntityType.COMPANY, branch.start, branch.start + len(brand), "parent")
        return
    for stop in range(branch.start + len(match["parent"]), branch.stop):
        placed = stop in text.places and stop > branch.start
        numbered = text.lexicon.pattern("branch-number").match(text.text, stop)
        trade = text.text[branch.start : stop].removeprefix(text.places.get(branch.start, "\n"))
        if placed or numbered or trade in text.lexicon.word_set("trade-company"):
            yield Draft(EntityType.COMPANY, branch.start, stop, "parent")
            return
