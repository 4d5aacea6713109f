"""Text → words with part-of-speech tags, by jieba's dictionary.

The words are those of `jieba.cut(text, HMM=False)`: the most probable path through all dictionary words of a stretch.
The path is sought here, over jieba's dictionary and in a fraction of jieba's time; nothing is ever added to it
(`jieba.add_word` is global to the process, so a name learnt on one page would change what is found on the next).

Where the package rjieba is installed (the extra `fast`), its compiled code finds the same words in a tenth of the time;
the environment variable `KG_WORDS=jieba` leaves it aside. The tags come from jieba's dictionary either way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from importlib.util import find_spec
from itertools import accumulate, pairwise, repeat
from math import log
from operator import add
from pathlib import Path
from typing import NamedTuple

from kg.model import Span

_MARK = re.compile(r"[^\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_BREAK = re.compile("\r\n")
_NO_LETTER = "\0"
_SWITCH = "KG_WORDS"


class Word(NamedTuple):
    """A dictionary word or a single character at its place in the text.

    Args:
        at: Half-open code points of the text that was cut.
        text: The word.
        tag: jieba's part-of-speech tag, empty for what the dictionary lacks.
    """

    at: Span
    text: str
    tag: str


# What Word(...) does, without a call into Python for each of the thousands of words of a page.
_make_word: Callable[[tuple[Span, str, str]], Word] = partial(tuple.__new__, Word)


class _Paths(NamedTuple):
    """What the search for the most probable path looks up.

    Args:
        counts: Word → how often it was counted.
        tags: Word → part-of-speech tag.
        begun: The beginnings of two characters or more of longer words.
        weights: Count → logarithm of its share of all counts.
        unknown: The weight of a character that the dictionary lacks.
    """

    counts: dict[str, int]
    tags: dict[str, str]
    begun: frozenset[str]
    weights: Mapping[int | None, float]
    unknown: float


def cut_words(text: str) -> tuple[Word, ...]:
    """Cuts a text; the words cover it without gaps."""
    pieces = _cutter()(text)
    spans = pairwise(accumulate(map(len, pieces), initial=0))
    tags = map(_tags().get, pieces, repeat(""))
    return tuple(map(_make_word, zip(spans, pieces, tags, strict=True)))


def _read_dictionary() -> tuple[list[str], list[str], list[str]]:
    """The words, counts and tags of jieba's dictionary; jieba itself, which loads other tables, is not imported."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    # Parted in one go: that takes half the time of line by line.
    fields = Path(found.origin).with_name("dict.txt").read_text("utf-8").split()
    return fields[0::3], fields[1::3], fields[2::3]


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    """Word → part-of-speech tag."""
    if _cutter() is path_pieces:
        return _paths().tags
    words, _, tags = _read_dictionary()
    return dict(zip(words, tags, strict=True))


@lru_cache(maxsize=1)
def _paths() -> _Paths:
    words, numbers, tags = _read_dictionary()
    counts = dict(zip(words, map(int, numbers), strict=True))
    begun = {word[:2] for word in counts if len(word) > 2}
    long = [word for word in counts if len(word) > 3]
    begun.update([word[:3] for word in long])
    begun.update(word[:length] for word in long for length in range(4, len(word)))
    total = log(sum(counts.values()))
    weights: dict[int | None, float] = {count: log(count) - total for count in set(counts.values()) if count}
    return _Paths(counts, dict(zip(words, tags, strict=True)), frozenset(begun), weights, 0.0 - total)


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    """The fastest way to the words that is at hand."""
    if os.environ.get(_SWITCH) == "jieba":
        return path_pieces
    try:
        return compiled_pieces()
    except ImportError:
        return path_pieces


def compiled_pieces() -> Callable[[str], list[str]]:
    """The words as rjieba finds them, with a dictionary of its own, to which nobody adds words.

    Raises:
        ImportError: rjieba is not installed.
    """
    import rjieba

    cut = rjieba.Jieba().cut

    def pieces(text: str) -> list[str]:
        try:
            return cut(text, False)
        except UnicodeEncodeError:  # half a surrogate pair, which is no character for rjieba
            return path_pieces(text)

    return pieces


def path_pieces(text: str) -> list[str]:
    """The words; a character outside stretches of letters is a word of its own, and so is a Windows line end."""
    stops = _best_stops(_MARK.sub(_NO_LETTER, text))
    for found in _BREAK.finditer(text):
        stops[found.start()] = found.end()
    pieces, start, size = [], 0, len(text)
    while start < size:
        stop = stops[start]
        if stop == start + 1 and text[start] in _LATIN:
            # Single Latin letters and digits in a row stay together.
            while stop < size and stops[stop] == stop + 1 and text[stop] in _LATIN:
                stop += 1
        pieces.append(text[start:stop])
        start = stop
    return pieces


def _best_stops(text: str) -> list[int]:
    """For each position the end of the word that begins there on the most probable path to the end of its stretch.

    Args:
        text: A text whose marks are `_NO_LETTER`: no word reaches over one, and the paths begin anew.
    """
    counts, _, begun, weights, unknown = _paths()
    size, reached = len(text), 0.0
    # What every position needs is looked up by `map`, without a step of Python for each.
    singles = [*map(weights.get, map(counts.get, text))]
    pairs = [*map(weights.get, map(counts.get, map(add, text, text[1:]))), None]
    longer = [*map(begun.__contains__, map(add, text, text[1:])), False]
    score, stops = [0.0] * (size + 1), [*range(1, size + 1)]
    for start in range(size - 1, -1, -1):
        best = singles[start]
        if best is not None:
            best += reached
        weight = pairs[start]
        # Of paths that are equally probable jieba takes the one with the longer word.
        if weight is not None and (best is None or weight + score[start + 2] >= best):
            best, stops[start] = weight + score[start + 2], start + 2
        if longer[start]:
            best = _longer_word(text, start, best, score, stops)
        if best is None:
            best = 0.0 if text[start] == _NO_LETTER else unknown + reached
        score[start] = reached = best
    return stops


def _longer_word(text: str, start: int, best: float | None, score: list[float], stops: list[int]) -> float | None:
    """The best score at a position where words of three characters or more may begin; its stop goes to `stops`."""
    counts, _, begun, weights, _ = _paths()
    for stop in range(start + 3, len(text) + 1):
        word = text[start:stop]
        weight = weights.get(counts.get(word, 0))
        if weight is not None and (best is None or weight + score[stop] >= best):
            best, stops[start] = weight + score[stop], stop
        if word not in begun:
            break
    return best
