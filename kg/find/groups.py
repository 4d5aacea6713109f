"""Groups of workers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType
from kg.words import Word

_TRADE = 3


def find_worker_groups(text: Text) -> Iterator[Draft]:
    """Groups of workers served or covered."""
    for match in text.matches("worker-group-at"):
        if match["group"] not in text.lexicon.word_set("generic-group"):
            name = match["group"]
            yield Draft(EntityType.WORKER_GROUP, match.start("group"), match.end(), "worker-group", name=name)
    for match in text.matches("staff-kind"):
        yield Draft(EntityType.WORKER_GROUP, match.start(), match.end(), "staff-kind")
    yield from _listed_trades(text)
    trades = text.lexicon.words("trade-end")
    for word in text.words:
        if len(word.text) >= _TRADE and word.text.endswith(trades) and _is_trade(text, word):
            yield Draft(EntityType.WORKER_GROUP, *word.at, "trade")


def _listed_trades(text: Text) -> Iterator[Draft]:
    """Occupations that stand in one list; of the first only the last word counts, a verb may stand before it."""
    for match in text.matches("trade-list"):
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
    if word.at[1] in text.people:
        return False
    return not text.lexicon.pattern("one-of-trade").search(text.text[max(0, word.at[0] - 4) : word.at[0]])
