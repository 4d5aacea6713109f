"""Completes the metric of a number whose clause has a verb alone or nothing: from the words around the clause."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.model import QuantityKind
from kg.quantify.after import read_after
from kg.quantify.before import is_noun, read_before
from kg.quantify.frames import Frame, clause_ends, leadless
from kg.quantify.place import LONG, SHORT, Place, Wording, counted_noun, governed, short_noun, with_unit

_SHORTEST = 2


def complete(place: Place, lexicon: Lexicon) -> tuple[str, int]:
    """The metric with the start of the stretch that gives it.

    The number before gives the noun (新建45个，改造120个), else the clause before or behind, else the measure word.
    """
    start, verb = place.frame.clause[0], place.frame.before.verb
    if place.is_in("metric-area", lexicon):
        return "", start
    if place.last and place.last[0].numeral.unit == place.unit:
        return _of_last(place, *place.last[1:], lexicon)
    if verb and place.is_in("unit-persons", lexicon) and len(verb) > 1:
        return verb, start
    if verb and _counts_itself(place, lexicon):
        return with_unit(verb, place, lexicon), start
    begin, noun = clause_before(place.text, start, lexicon)
    if noun and not (verb and place.kind is QuantityKind.MONEY):
        return verb + noun, begin
    if not verb:
        return _clause_after(place.text, place.frame.clause[1], lexicon), start
    return with_unit(verb, place, lexicon) if place.kind is QuantityKind.COUNT else governed(place, "", lexicon), start


def _of_last(place: Place, earlier: Frame, words: Wording, lexicon: Lexicon) -> tuple[str, int]:
    """The noun of the number before, which has the same unit, with the verb of this one."""
    verb, noun = place.frame.before.verb, counted_noun(earlier, lexicon) or earlier.before.subject
    noun = words.metric if lexicon.pattern("metric-place").match(noun) else noun
    counted = verb and noun and place.kind is QuantityKind.COUNT
    return (verb + noun if counted else words.metric), words.clause[0]


def _counts_itself(place: Place, lexicon: Lexicon) -> bool:
    """True where people or the doing itself are counted (抢修了214次), not a thing that is missing."""
    holding = place.frame.before.verb in lexicon.word_set("grammar-holding")
    return place.is_in("unit-persons", lexicon) or (place.is_in("unit-occasions", lexicon) and not holding)


def topic_of(text: str, stop: int, lexicon: Lexicon) -> str:
    """What the sentence is about: the short noun that opens it, when it opens an earlier clause."""
    mark = lexicon.pattern("metric-stop").search(text)
    first = leadless(text[: mark.start()] if mark and mark.start() < stop else "", lexicon)
    verb = lexicon.pattern("metric-governor").search(first, _SHORTEST)
    noun = first[: verb.start()] if verb else ""
    return noun if _is_plain(noun, SHORT, lexicon) else ""


def clause_before(text: str, start: int, lexicon: Lexicon) -> tuple[int, str]:
    """Start and short object of the clause that ends before `start`, empty when there is none."""
    marks = [mark for mark in clause_ends(text, lexicon) if mark.end() <= start]
    if not marks or marks[-1].end() != start:
        return start, ""
    begin = marks[-2].end() if len(marks) > 1 else 0
    words = leadless(text[begin : marks[-1].start()], lexicon)
    noun = short_noun(read_before(words, noun_follows=False, lexicon=lexicon).object, lexicon)
    return (begin, noun) if _is_plain(noun, LONG, lexicon) and is_noun(noun, lexicon) else (start, "")


def _clause_after(text: str, stop: int, lexicon: Lexicon) -> str:
    """The short noun that opens the next clause (从3家到12家，驿站数量增长)."""
    mark = lexicon.pattern("metric-stop").search(text, stop + 1)
    words = leadless(text[stop + 1 : mark.start() if mark else len(text)], lexicon)
    noun = read_after(words, people=False, events=False, lexicon=lexicon).noun
    return noun if _is_plain(noun, LONG, lexicon) else ""


def _is_plain(noun: str, longest: int, lexicon: Lexicon) -> bool:
    """True for a noun that is neither too short nor too long nor numbered."""
    return _SHORTEST <= len(noun) <= longest and not lexicon.pattern("metric-numbered").search(noun)
