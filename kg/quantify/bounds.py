"""Which values a printed number leaves open: 500余 is at least 500, 1.2万 is rounded, 3至5 is between."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.quantify.numerals import Numeral, parse_number

_PRINTED = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．](?P<decimals>[0-9０-９]+))?")
_ABOUT = 0.1
_TENTH = 10.0
_LOOSE = 3.0
_ROUND = 10000


class Bounds(NamedTuple):
    """The least and the greatest value that a number may have."""

    low: float
    high: float

    def meets(self, other: Bounds) -> bool:
        """True where some value fits both."""
        return self.low <= other.high + _hair(other.high) and other.low <= self.high + _hair(self.high)

    def plus(self, other: Bounds) -> Bounds:
        """The bounds of the sum of two numbers."""
        return Bounds(self.low + other.low, self.high + other.high)

    def change_to(self, later: Bounds) -> Bounds:
        """The growth from this to a later number in per cent; anything where this may be nothing."""
        if self.low <= 0:
            return Bounds(-math.inf, math.inf)
        return Bounds((later.low / self.high - 1) * 100, (later.high / self.low - 1) * 100)

    def share_of(self, whole: Bounds) -> Bounds:
        """This as per cent of a whole; anything where the whole may be nothing."""
        if whole.low <= 0:
            return Bounds(-math.inf, math.inf)
        return Bounds(self.low / whole.high * 100, self.high / whole.low * 100)


def _hair(value: float) -> float:
    return 1e-9 * max(1.0, abs(value)) if math.isfinite(value) else 0.0


def bounds_of(numeral: Numeral, text: str) -> Bounds:
    """The values that a number leaves open, with those that rounding hides.

    Args:
        numeral: The number.
        text: That it was read from.
    """
    value = numeral.value
    if numeral.qualifier == ">":
        return Bounds(value, math.inf)
    if numeral.qualifier == ">=":
        return Bounds(value, numeral.high or math.inf)
    if numeral.qualifier == "<":
        return Bounds(0.0, value)
    if numeral.qualifier == "~":
        return Bounds(value * (1 - _ABOUT), value * (1 + _ABOUT))
    half = _rounding(value, text[slice(*numeral.inner)])
    return Bounds(value - half, value + half)


def _rounding(value: float, printed: str) -> float:
    """Half of what the last printed digit is worth, nothing for a whole number that is written out."""
    found = _PRINTED.search(printed)
    if found is None:
        return _last_place(value) / 2 if value >= _ROUND else 0.0
    decimals = len(found["decimals"] or "")
    number = float(re.sub("[,，]", "", found[0]).replace("．", "."))
    factor = value / number if number else 1.0
    percent = any(sign in printed for sign in "%％‰")
    return factor * 10**-decimals / 2 if decimals or factor > 1 or percent else 0.0


def _last_place(value: float) -> float:
    """What the last digit before the zeros of a whole number is worth."""
    place = 1.0
    while value % (place * 10) == 0:
        place *= 10
    return place


def read_fraction(text: str, start: int, lexicon: Lexicon) -> tuple[Bounds, str] | None:
    """A share in words (三分之一, 近七成, 过半) that begins at a place: its bounds in per cent, and the words."""
    match = lexicon.pattern("check-fraction").match(text, start)
    if match is None:
        return None
    value, loose = 50.0, _LOOSE
    if match["den"]:
        over, under = (parse_number(match[name], lexicon) for name in ("num", "den"))
        if not over or not under:
            return None
        value = over / under * 100
    elif match["tenths"]:
        value = (parse_number(match["tenths"], lexicon) or 0.0) * _TENTH + (_TENTH / 2 if match["more5"] else 0.0)
        loose = _TENTH / 2
    if match["above"] or match["least"]:
        return Bounds(value, 100.0), match[0]
    if match["more"]:
        return Bounds(value, value + _TENTH), match[0]
    if match["below"]:
        return Bounds(value - _TENTH, value), match[0]
    return Bounds(value - loose, value + loose), match[0]
