"""Which numbers are outcomes: dates, thresholds, slogans, counts inside names and small structural counts are not."""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.model import QuantityKind
from kg.quantify.numerals import Numeral

_SMALL = 10
_FIRST_YEAR = 1900
_LONG_TEXT = 1000


def is_outcome(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """Whether the number says what somebody did, has or reached.

    Args:
        numeral: A number read from `text`.
        text: The whole sentence.
        lexicon: For the not-outcome patterns.
    """
    return not (
        _is_other_word(numeral, text, lexicon)
        or _is_named(numeral, text, lexicon)
        or _is_structure(numeral, text, lexicon)
        or _is_reference(numeral, text, lexicon)
        or _is_threshold(numeral, text, lexicon)
        or (numeral.kind is QuantityKind.DURATION and not _is_feat(numeral, text, lexicon))
    )


def is_calendar(numeral: Numeral, lexicon: Lexicon) -> bool:
    """True for a date that reads like a duration (2024年, 5月)."""
    year = numeral.value >= _FIRST_YEAR and len(numeral.unit) == 1
    return numeral.kind is QuantityKind.DURATION and (year or numeral.unit in lexicon.words("unit-calendar"))


def _is_other_word(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for ordinals, articles and words that merely look like a measure."""
    start, stop = numeral.inner
    unit = numeral.unit
    if numeral.article and numeral.kind is QuantityKind.COUNT and not _is_single(numeral, text, lexicon):
        return True
    if numeral.value < _SMALL and unit in lexicon.words("unit-soft") and not _is_counted(numeral, text, lexicon):
        return True
    if unit in lexicon.words("unit-long") and numeral.value < _LONG_TEXT:
        return True
    if unit in lexicon.words("unit-edition") and not lexicon.pattern("outcome-edition-before").search(text[:start]):
        return True
    if lexicon.pattern("not-outcome-second").fullmatch(text, start, stop):
        return True
    if numeral.head and lexicon.pattern("not-outcome-congress").search(text[:start]):
        return True
    if numeral.rule == "quantity-read" and not numeral.head and len(unit) == 1:
        false_unit = lexicon.pattern("not-outcome-unit").match(text, stop - 1)
        if false_unit and false_unit.end() > stop:
            return True
    return bool(
        numeral.rule != "quantity-shared" and lexicon.pattern("not-outcome-before").search(text[: numeral.at[0]])
    )


def _is_single(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for 一 that counts: one for each, the only one, a building put up, a case settled."""
    before, unit = text[: numeral.at[0]], numeral.unit
    if lexicon.pattern("outcome-single-only").search(before):
        return True
    if unit in lexicon.word_set("unit-single") and lexicon.pattern("outcome-single-each").search(before):
        return True
    for units, pattern in (("unit-buildings", "outcome-single-built"), ("unit-cases", "outcome-single-settled")):
        if unit in lexicon.word_set(units) and lexicon.pattern(pattern).search(before):
            return True
    return False


def _is_named(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True inside a title, a quoted name or an idiom; quoted speech is no name."""
    start, stop = numeral.inner
    for idiom in lexicon.pattern("not-outcome-idiom").finditer(text):
        if idiom.start() < stop and start < idiom.end():
            return True
    for quote in lexicon.pattern("not-outcome-quote").finditer(text):
        if quote.start() < start and stop < quote.end():
            speech = lexicon.pattern("not-outcome-speech").search(quote[0])
            said = lexicon.pattern("outcome-speech-before").search(text[: quote.start()])
            return not (speech or said)
    return False


def _is_structure(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for the few parts into which a text or plan divides itself (四个关键环节, 三项机制)."""
    if numeral.kind is not QuantityKind.COUNT or numeral.value >= _SMALL:
        return False
    rest = text[numeral.at[1] :]
    if lexicon.pattern("not-outcome-structure").match(rest):
        return True
    if not lexicon.pattern("not-outcome-programme").match(rest):
        return False
    governed = lexicon.pattern("outcome-programme-verb").search(text[: numeral.at[0]])
    return numeral.head or not governed


def _is_counted(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True when a soft unit counts something: written in Arabic digits, or rounds that somebody went through."""
    before = text[: numeral.at[0]]
    if text[numeral.inner[0]].isdecimal():
        return not lexicon.pattern("not-outcome-soft-before").search(before)
    return lexicon.pattern("outcome-soft-before").search(before) is not None


def _is_reference(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for a small number in words that points back (两家医院的书屋) or announces what is told next (有三条：)."""
    start, stop = numeral.at
    if numeral.kind is not QuantityKind.COUNT or numeral.value >= _SMALL or text[numeral.inner[0]].isdecimal():
        return False
    if numeral.unit in lexicon.words("unit-announced") and lexicon.pattern("not-outcome-announced").match(text[stop:]):
        return lexicon.pattern("not-outcome-announced-before").search(text[:start]) is not None
    stops = [mark.end() for mark in lexicon.pattern("metric-stop").finditer(text, 0, start)]
    before = text[stops[-1] if stops else 0 : start]
    verb = lexicon.pattern("metric-strong").search(before) or lexicon.pattern("metric-origin").search(before)
    bare = not before or (lexicon.pattern("metric-joint").search(before) and not verb)
    return bool(bare and lexicon.pattern("not-outcome-definite").match(text[stop:]))


def _is_threshold(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for a size that selects bodies (25人以上企业), which nobody reached."""
    if numeral.qualifier is None or numeral.unit not in lexicon.words("unit-threshold"):
        return False
    if lexicon.pattern("not-outcome-threshold-bound").search(text, *numeral.inner):
        return False
    before, rest = text[: numeral.at[0]], text[numeral.at[1] :]
    bound_follows = numeral.inner[1] < numeral.at[1]
    if lexicon.pattern("not-outcome-threshold-before").search(before):
        return True
    of = lexicon.word("word-of")
    return bool((bound_follows or rest.startswith(of)) and lexicon.pattern("not-outcome-threshold").match(rest))


def _is_feat(numeral: Numeral, text: str, lexicon: Lexicon) -> bool:
    """True for a stretch of time that something lasted, took or saved."""
    if numeral.unit in lexicon.words("unit-class-time"):
        return True
    before, rest = text[: numeral.at[0]], text[numeral.at[1] :]
    if lexicon.pattern("not-outcome-time").match(rest):
        return False
    if lexicon.pattern("not-outcome-moment").search(before):
        # 眯了四十分钟, 等了三年 are no feats; 开了31年公交 is one.
        long = numeral.unit in lexicon.word_set("unit-span") and lexicon.pattern("outcome-span-after").match(rest)
        return bool(long) or numeral.unit in lexicon.word_set("unit-days")
    return bool(
        lexicon.pattern("outcome-duration-before").search(before)
        or lexicon.pattern("outcome-duration-after").match(rest)
    )
