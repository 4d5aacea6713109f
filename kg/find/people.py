"""Named persons and groups of workers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType
from kg.words import Word

_TRADE = 3


def find_persons(text: Text) -> Iterator[Draft]:
    """Persons behind a post or title, in front of a verb of speech, as 王师傅, and wherever such a name comes back."""
    names: dict[str, None] = {}
    for match in text.lexicon.pattern("title-end").finditer(text.text):
        certain = match["post"] is not None
        name = _name_at(text, match.end(), certain=certain)
        if name and not _in_credit(text, match.end()):
            names.setdefault(name)
    for pattern in ("speaking-person", "comrade"):
        for match in text.lexicon.pattern(pattern).finditer(text.text):
            start, stop = match.span("name")
            if is_person(text, start, stop) and not _in_credit(text, start):
                names.setdefault(match["name"])
    for name in names:
        start = text.text.find(name)
        while start >= 0:
            if not _in_credit(text, start):
                yield Draft(EntityType.PERSON, start, start + len(name), "person")
            start = text.text.find(name, start + len(name))
    for match in text.lexicon.pattern("personal-pronoun").finditer(text.text):
        yield Draft(EntityType.PERSON, match.start(), match.end(), "pointer", anaphor=True)
    for match in text.lexicon.pattern("familiar-person").finditer(text.text):
        yield Draft(EntityType.PERSON, match.start("name"), match.end("name"), "familiar-person")


def _name_at(text: Text, start: int, *, certain: bool) -> str | None:
    """The name that begins at a position behind a title, three characters before two.

    Args:
        text: The article.
        start: Where the title ends.
        certain: True behind a known post; else something must speak for the name: what follows it, or that it returns.
    """
    surname = text.lexicon.pattern("surname-at").match(text.text, start)
    if surname is None:
        return _speaker_at(text, start) if certain else None
    for length in (2, 1):
        stop = surname.end() + length
        name = text.text[start:stop]
        if stop > len(text.text) or not name.isalpha() or not is_person(text, start, stop):
            continue
        if not certain and text.word_at(start).at == (start, stop) and length == 1:
            continue
        followed = bool(text.lexicon.pattern("after-person-at").match(text.text, stop)) or _acts(text, stop)
        if (
            followed
            or (length == 2 and (text.text.count(name) > 1 or _is_coined(text, start, stop)))
            or (certain and text.word_at(stop - 1).at[1] == stop)
        ):
            return name
    return _speaker_at(text, start) if certain else None


def _acts(text: Text, start: int) -> bool:
    """True when a verb begins at a position."""
    word = text.word_at(start) if start < len(text.text) else None
    return word is not None and word.at[0] == start and word.tag.startswith("v") and len(word.text) > 1


def _is_coined(text: Text, start: int, stop: int) -> bool:
    """True when the dictionary has no word for any part of a stretch: each character is cut alone."""
    return all(text.word_at(position).at == (position, position + 1) for position in range(start, stop))


def _speaker_at(text: Text, start: int) -> str | None:
    """A name without a known surname between a post and a verb of speech (主席|阿普恒|说)."""
    match = text.lexicon.pattern("speaker-at").match(text.text, start)
    return match["name"] if match and _is_coined(text, start, match.end("name")) else None


def is_person(text: Text, start: int, stop: int) -> bool:
    """Whether a stretch that looks like surname and given name is one: it cuts no word and is no common word."""
    first, last = text.word_at(start), text.word_at(stop - 1)
    if first.at[0] < start or last.at[1] > stop:
        return False
    if text.text[stop - 1] in text.lexicon.word_set("function-char") | text.lexicon.word_set("not-given-name"):
        return False
    return first.at != (start, stop) or first.tag.startswith("nr") or first.tag == ""


def _in_credit(text: Text, start: int) -> bool:
    """Reporters are bylines, not persons in the news."""
    return any(s.role == "credit" and s.at[0] <= start < s.at[1] for s in text.article.sentences) or any(
        text.text.startswith(byline.name, start) for byline in text.article.byline
    )


def find_worker_groups(text: Text) -> Iterator[Draft]:
    """Groups of workers served or covered."""
    for match in text.lexicon.pattern("worker-group-at").finditer(text.text):
        if match["group"] not in text.lexicon.word_set("generic-group"):
            name = match["group"]
            yield Draft(EntityType.WORKER_GROUP, match.start("group"), match.end(), "worker-group", name=name)
    for match in text.lexicon.pattern("staff-kind").finditer(text.text):
        yield Draft(EntityType.WORKER_GROUP, match.start(), match.end(), "staff-kind")
    yield from _listed_trades(text)
    trades = text.lexicon.words("trade-end")
    for word in text.words:
        if len(word.text) >= _TRADE and word.text.endswith(trades) and _is_trade(text, word):
            yield Draft(EntityType.WORKER_GROUP, *word.at, "trade")


def _listed_trades(text: Text) -> Iterator[Draft]:
    """Occupations that stand in one list; of the first only the last word counts, a verb may stand before it."""
    for match in text.lexicon.pattern("trade-list").finditer(text.text):
        stop = match.end("first")
        start = min(text.word_at(stop - 1).at[0], stop - 2)
        if not text.text[start:stop].endswith(text.lexicon.words("not-a-trade")):
            yield Draft(EntityType.WORKER_GROUP, start, stop, "trade-list")
        start = stop + 1
        for item in match["rest"][1:].split("、"):
            if len(item) > 1 and not item.endswith(text.lexicon.words("not-a-trade")):
                yield Draft(EntityType.WORKER_GROUP, start, start + len(item), "trade-list")
            start += len(item) + 1


def _is_trade(text: Text, word: Word) -> bool:
    """A word for an occupation that stands for those who follow it: not a title in front of a name or behind a post."""
    if word.text.endswith(text.lexicon.words("not-a-trade")) or not word.tag.startswith("n"):
        return False
    if text.lexicon.pattern("surname-at").match(text.text, word.at[1]):
        return _name_at(text, word.at[1], certain=False) is None
    return not text.lexicon.pattern("one-of-trade").search(text.text[max(0, word.at[0] - 4) : word.at[0]])
