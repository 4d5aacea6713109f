"""Trims the words around a number to a phrase, word by word: the actor goes, the verb and what is counted stay."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.words import Word, cut_words

_LONG_PREDICATE = 14
_SHORT_NOUN = 2


def without_actor(left: str, noun_follows: bool, lexicon: Lexicon) -> str:
    """The words before a number from the governing verb or its adjunct on, when an actor stands before that.

    Args:
        left: Words between the start of the clause and the number.
        noun_follows: Whether the counted noun stands behind the number.
        lexicon: For the metric patterns.

    Returns:
        `left` itself when it has no verb that surely governs, or when it is the name of a rate or total.
    """
    whole = lexicon.pattern("metric-tail").sub("", left)
    if not left or lexicon.pattern("metric-measured").search(whole):
        return left
    words = cut_words(left)
    if words[0].text in lexicon.words("metric-adjunct"):
        alone = noun_follows and left in lexicon.words("metric-means")
        return "" if alone else left
    ends = {word.at[1] for word in words}
    for word in words[1:]:
        if noun_follows and word is words[-1] and word.text in lexicon.words("metric-means"):
            return ""
        start = word.at[0]
        verb = lexicon.pattern("metric-governor").match(left, start)
        if verb and verb.end() in ends and _governs(left, start, verb.end(), lexicon):
            return _kept(left, start, lexicon) if noun_follows or verb.end() < len(whole) else left
        if word.tag == "p" and word.text in lexicon.words("metric-adjunct"):
            governed = lexicon.pattern("metric-strong").search(left, word.at[1])
            return _kept(left, start, lexicon) if governed or (noun_follows and word.at[1] < len(left)) else left
    return left


def _kept(left: str, start: int, lexicon: Lexicon) -> str:
    """The words from `start` on, behind what the number is per (每人, 日均); a verb before them stays."""
    head = left[:start]
    of = lexicon.word("word-of")
    opening = lexicon.pattern("metric-strong").match(head)
    if opening and of not in head:
        return left
    per = lexicon.pattern("metric-kept").search(head)
    return (per[0] if per else "") + left[start:]


def _governs(left: str, start: int, stop: int, lexicon: Lexicon) -> bool:
    """True for a verb that no noun compound holds: with an adverb before, an aspect after, or of one meaning only."""
    if lexicon.pattern("metric-adverb-end").search(left[:start]) or lexicon.pattern("metric-aspect").search(
        left[start:stop]
    ):
        return True
    sure = lexicon.pattern("metric-strong").match(left, start)
    return bool(sure and sure[0] not in lexicon.words("metric-nominal-verb"))


def predicate_start(right: str, lexicon: Lexicon) -> int | None:
    """Where what is said of the counted noun begins (68名挡车工│围着织机), None when no word shows it.

    Args:
        right: Words behind a number.
        lexicon: For the metric patterns.
    """
    words = cut_words(right)
    of = lexicon.word("word-of")
    for index, word in enumerate(words[1:], start=1):
        if word.text == of or words[index - 1].text == of:
            continue
        if word.at[0] < _SHORT_NOUN or right.count("“", 0, word.at[0]) > right.count("”", 0, word.at[0]):
            continue
        if word.text in lexicon.words("metric-predicate-word") or _has_aspect(words, index, lexicon):
            return word.at[0]
    return None


def _has_aspect(words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    """True for a verb with its aspect or direction (围着, 有了, 喝上)."""
    word = words[index]
    following = words[index + 1].text if index + 1 < len(words) else ""
    if not word.tag.startswith("v"):
        return False
    return bool(lexicon.pattern("metric-aspect").search(word.text[1:] or following[:1]))


def of_noun(noun: str, predicate: str, lexicon: Lexicon) -> str:
    """A noun with what is said of it as its attribute, or alone where that is no short deed (报名参加的职工).

    Args:
        noun: The counted noun.
        predicate: What is said of it.
        lexicon: For the metric patterns.
    """
    of = lexicon.word("word-of")
    predicate = lexicon.pattern("metric-tail").sub("", lexicon.pattern("metric-adverbial").sub("", predicate))
    deed = lexicon.pattern("metric-deed").match(predicate)
    if predicate and deed and len(predicate) <= _LONG_PREDICATE:
        return predicate + of + noun
    return noun


def starts_with_verb(text: str, stop: int) -> bool:
    """True when a word ends at `stop`, so that the verb read up to there is no piece of a longer word (建筑)."""
    return any(word.at[1] == stop for word in cut_words(text))


def without_verb(metric: str, lexicon: Lexicon) -> str:
    """What a metric counts, without the verbs before it."""
    rest = metric
    while (verb := lexicon.pattern("metric-governor").match(rest)) and starts_with_verb(rest, verb.end()):
        rest = rest[verb.end() :]
    return rest or metric
