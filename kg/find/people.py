"""Named persons and groups of workers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType


def find_persons(text: Text) -> Iterator[Draft]:
    """Persons behind a post or title, in front of a verb of speech, as 王师傅, and wherever such a name comes back."""
    names: dict[str, None] = {}
    for pattern in ("post-person", "speaking-person"):
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
    for match in text.lexicon.pattern("familiar-person").finditer(text.text):
        yield Draft(EntityType.PERSON, match.start("name"), match.end("name"), "familiar-person")


def is_person(text: Text, start: int, stop: int) -> bool:
    """Whether a stretch that looks like surname and given name is one: it cuts no word and is no word of the language."""
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
