"""Text → words with part-of-speech tags, by jieba's dictionary.

The words are those of `jieba.cut(text, HMM=False)`: the most probable path through all dictionary words of a stretch.
The path is sought here, over jieba's dictionary and in less than half of jieba's time; nothing is ever added to it
(`jieba.add_word` is global to the process, so a name learnt on one page would change what is found on the next).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from kg.model import Span

_STRETCH = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_LATIN = re.compile(r"[a-zA-Z0-9]")
_LONGEST_SPACE = "\r\n"


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


class _Dictionary(NamedTuple):
    """jieba's dictionary.

    Args:
        counts: Word → how often it was counted; 0 for what only begins one.
        tags: Word → part-of-speech tag.
        total: Logarithm of the sum of all counts.
    """

    counts: dict[str, int]
    tags: dict[str, str]
    total: float


@lru_cache(maxsize=1)
def _dictionary() -> _Dictionary:
    import jieba

    counts: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    with jieba.get_dict_file() as file:
        for line in file.read().decode("utf-8").splitlines():
            word, count, tag = line.split(" ")
            counts[word] = int(count)
            tags[word] = tag
            total += counts[word]
    for word in tags:
        for length in range(len(word) - 1, 0, -1):
            if word[:length] in counts:
                break
            counts[word[:length]] = 0
    return _Dictionary(counts, tags, log(total))


def cut_words(text: str) -> tuple[Word, ...]:
    """Cuts a text; the words cover it without gaps."""
    tags = _dictionary().tags
    words, start = [], 0
    for piece in _pieces(text):
        stop = start + len(piece)
        words.append(Word((start, stop), piece, tags.get(piece, "")))
        start = stop
    return tuple(words)


def _pieces(text: str) -> Iterator[str]:
    """The words; a character outside stretches of letters is a word of its own, and so is a Windows line end."""
    for number, part in enumerate(_STRETCH.split(text)):
        if number % 2:
            yield from _cut_stretch(part)
        else:
            for at, line in enumerate(part.split(_LONGEST_SPACE)):
                if at:
                    yield _LONGEST_SPACE
                yield from line


def _cut_stretch(text: str) -> Iterator[str]:
    """The words of a stretch without marks; single Latin letters and digits in a row stay together."""
    stops = _best_stops(text)
    start, latin = 0, 0
    while start < len(text):
        stop = stops[start]
        if stop - start == 1 and _LATIN.match(text[start]):
            start = stop
            continue
        if latin < start:
            yield text[latin:start]
        yield text[start:stop]
        start = latin = stop
    if latin < start:
        yield text[latin:start]


def _best_stops(text: str) -> list[int]:
    """For each position the end of the word that begins there on the most probable path to the end."""
    counts, _, total = _dictionary()
    size = len(text)
    score, stops = [0.0] * (size + 1), [0] * size
    for start in range(size - 1, -1, -1):
        best, best_stop = 0.0, 0
        stop = start + 1
        count = counts.get(text[start:stop])
        while count is not None:
            if count:
                reached = _log(count) - total + score[stop]
                # Of paths that are equally probable jieba takes the one with the longer word.
                if not best_stop or reached >= best:
                    best, best_stop = reached, stop
            stop += 1
            if stop > size:
                break
            count = counts.get(text[start:stop])
        if not best_stop:
            best, best_stop = score[start + 1] - total, start + 1
        score[start], stops[start] = best, best_stop
    return stops


@cache
def _log(count: int) -> float:
    return log(count)
