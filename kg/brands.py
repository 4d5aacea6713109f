"""The brand in a company's name: what is left without the places before it and the trade and legal form behind it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import Lexicon


class CompanyName(NamedTuple):
    """The parts of a company's name, which together are the name without what stands in brackets.

    Args:
        place: Places that it opens with, may be empty.
        brand: What the company alone is called by, may be empty.
        trade: Words of its trade.
        form: Its legal form, from 集团, 有限 or 公司 on.
    """

    place: str
    brand: str
    trade: str
    form: str


@lru_cache(maxsize=4096)
def read_company(name: str, lexicon: Lexicon) -> CompanyName:
    """Takes a company's name apart."""
    plain = lexicon.pattern("name-bracket").sub("", name)
    place = lexicon.gazetteer.leading(plain)
    rest = plain.removeprefix(place)
    match = lexicon.pattern("company-tail").search(rest)
    stem = rest[: match.start()] if match else rest
    trade = lexicon.pattern("trade-tail-of-company").search(stem)
    brand = stem[: trade.start()] if trade else stem
    return CompanyName(place, brand, stem[len(brand) :], rest[len(stem) :])
