"""Rows of a list: a name and a number each, whose metric stands in the line above them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import Article, Quantity, Sentence

_LONG_HEAD = 14
_FEWEST = 2


def word_rows(
    found: Sequence[tuple[Quantity, Sentence]], article: Article, lexicon: Lexicon
) -> list[tuple[Quantity, Sentence]]:
    """The quantities of an article, those of list rows with the metric that the head of the list gives.

    Args:
        found: Quantities with their sentences, in order of place.
        article: Their article.
        lexicon: For the patterns of rows and heads.
    """
    out = list(found)
    index = 0
    while index < len(out):
        stop = index
        while stop < len(out) and _is_row(out[stop], article, lexicon) and out[stop][0].unit == out[index][0].unit:
            stop += 1
        if stop - index >= _FEWEST and (head := _head(out[index][1], article, lexicon)):
            out[index:stop] = [(replace(quantity, metric=head), sentence) for quantity, sentence in out[index:stop]]
        index = max(stop, index + 1)
    return out


def _is_row(item: tuple[Quantity, Sentence], article: Article, lexicon: Lexicon) -> bool:
    """True for a line that holds a name and this number only; the first may have the head of the list before it."""
    quantity, sentence = item
    before, behind = article.text[sentence.at[0] : quantity.at[0]], article.text[quantity.at[1] : sentence.at[1]]
    return not behind.strip("；;。，") and lexicon.pattern("row-name").fullmatch(before) is not None


def _head(row: Sentence, article: Article, lexicon: Lexicon) -> str:
    """What the words before the first row say that the rows count, empty when they say nothing short."""
    text = article.text[row.at[0] : row.at[1]]
    opening = lexicon.pattern("row-name").match(text)
    above = bisect_left(article.sentences, row.at[0], key=lambda sentence: sentence.at[0]) - 1
    line = article.text[slice(*article.sentences[above].at)] if above >= 0 else ""
    head = lexicon.pattern("row-head").match((opening and opening["head"]) or line)
    return head["metric"] if head and len(head["metric"]) <= _LONG_HEAD else ""
