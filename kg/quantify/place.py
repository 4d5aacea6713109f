"""A number among the others of its sentence, and the short phrases that its metric is made of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.model import QuantityKind, Span
from kg.quantify.frames import Frame, Stated

LONG, SHORT = 14, 8
_LONG_MEASURE, _SHORT_ADJUNCT = 22, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the sentence words an outcome.

    Args:
        metric: What is counted; empty when the sentence gives none.
        each: What it is per, else None.
        clause: The stretch of the sentence that states it.
    """

    metric: str
    each: str | None
    clause: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A number among the others of its sentence.

    Args:
        text: The sentence.
        item: The number.
        frame: The words around it.
        last: The number before it with its words and wording, None for the first.
    """

    text: str
    item: Stated
    frame: Frame
    last: tuple[Stated, Frame, Wording] | None

    @property
    def kind(self) -> QuantityKind:
        """What sort of number it is."""
        return self.item.numeral.kind

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.item.numeral.unit

    @property
    def right(self) -> str:
        """What stands behind it in its clause, other numbers included."""
        return self.text[self.item.stop : self.frame.clause[1]]

    def is_in(self, words: str, lexicon: Lexicon) -> bool:
        """Whether its unit is of a class."""
        return self.unit in lexicon.word_set(words)


def short_noun(noun: str, lexicon: Lexicon, *, governed: bool = False) -> str:
    """A noun phrase without the list that its last noun sums up, and without a long clause before it.

    Args:
        noun: The noun phrase.
        lexicon: For the metric patterns.
        governed: Whether a verb governs it, which says enough without that clause.
    """
    for rule in ("metric-listing", "metric-district", "metric-whole", "metric-scope"):
        noun = lexicon.pattern(rule).sub("", noun) or noun
    of = lexicon.word("word-of")
    limit = _LONG_MEASURE if lexicon.pattern("metric-measured").search(noun) else SHORT if governed else LONG
    return (noun.rpartition(of)[2] or noun) if len(noun) > limit else noun


def counted_noun(frame: Frame, lexicon: Lexicon) -> str:
    """What a number counts, behind it or before it."""
    return short_noun(frame.after.noun or frame.before.object, lexicon)


def with_unit(verb: str, place: Place, lexicon: Lexicon) -> str:
    """A verb with the word for its number (举办期数, 培训人次)."""
    return verb + place.unit + ("" if len(place.unit) > 1 else lexicon.word("word-number"))


def governed(place: Place, noun: str, lexicon: Lexicon) -> str:
    """Verb and noun, with a short adjunct in front that tells for whom (为职工追回工资), not where."""
    before = place.frame.before
    whole = before.adjunct + before.verb + noun
    told = before.adjunct[:1] in lexicon.word_set("grammar-for")
    return whole if told and len(before.adjunct) <= _SHORT_ADJUNCT and len(whole) <= LONG else before.verb + noun
