"""Quotations: what stands in quotation marks, and whether it names a programme.

A quotation may name a programme (开展“骑手夜校”), or a site, an honour or a document, put a slogan or a manner of
doing into words, be somebody's speech or a figure of speech (当好“娘家人”). No single sign tells them apart, so many
signs are weighed: the verb in front, the noun that says of what kind it is, what follows, its length, its last word,
whether it comes back in the article. Each sign is a pattern over `before⟦quotation⟧behind` with a weight; both stand
in `kg/lexicon/programmes.toml`.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.find.boundary import Text

_LONGEST = 24
_BEFORE = 16
_BEHIND = 40
_THRESHOLD = 5
_RETURNS = 2
_ONE_WORD = -3
_SHORTEST_BACK = 3


class Quote(NamedTuple):
    """A quotation of the length of a name; single marks count inside a longer quotation."""

    start: int
    stop: int
    inside: str


def read_quotes(text: Text) -> list[Quote]:
    """The short quotations of an article, by place."""
    quotes = []
    for match in text.matches("quoted"):
        quotes.append(Quote(*match.span(), match["inside"] or match["nested"]))
        if match["inside"] and len(match["inside"]) > _LONGEST:
            nested = text.lexicon.pattern("quoted-within").finditer(text.text, match.start() + 1, match.end() - 1)
            quotes += [Quote(*inner.span(), inner["nested"]) for inner in nested]
    return quotes


def names_programme(text: Text, quote: Quote, run: list[Quote]) -> bool:
    """True when the signs around and inside a quotation say that it names a programme.

    Args:
        text: The article.
        quote: The quotation.
        run: The list of quotations in which it stands, itself included: what is before the list is before each of them.
    """
    return len(quote.inside) <= _LONGEST and score(text, quote, run) >= _THRESHOLD


def score(text: Text, quote: Quote, run: list[Quote]) -> float:
    """The sum of the weights of all signs."""
    lexicon = text.lexicon
    before = text.text[max(0, run[0].start - _BEFORE) : run[0].start]
    context = f"{before}⟦{quote.inside}⟧{text.text[run[-1].stop : run[-1].stop + _BEHIND]}"
    weights = lexicon.weights("quotation")
    seen = sum(weight for sign, weight in weights.items() if lexicon.pattern(f"quote-{sign}").search(context))
    return seen + _standing(text, quote)


def _standing(text: Text, quote: Quote) -> int:
    """What the whole article says: a name comes back; a word of the dictionary is no coined name."""
    back = len(quote.inside) >= _SHORTEST_BACK and text.text.count(quote.inside) > 1
    word = text.word_at(quote.start + 1)
    return _RETURNS * back + _ONE_WORD * (word.text == quote.inside)
