"""Where a sentence says that a number went from A to B."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.quantify.numerals import Numeral


def change_start(text: str, numerals: Sequence[Numeral], index: int, lexicon: Lexicon) -> int | None:
    """Where 从 A 到 B begins when the number at `index` is its B, else None."""
    if not 0 < index < len(numerals):
        return None
    start, end = numerals[index - 1], numerals[index]
    opening = lexicon.pattern("quantity-change-start").search(text[: start.at[0]])
    turn = lexicon.pattern("quantity-change").match(text[start.at[1] : end.at[0]])
    return opening.start() if opening and turn else None
