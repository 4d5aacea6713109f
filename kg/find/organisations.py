"""Unions, companies, public bodies, schools and other organisations, by suffix and left boundary."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text, name_start
from kg.find.draft import Draft
from kg.model import EntityType

_TYPES = {
    "union": EntityType.UNION,
    "company": EntityType.COMPANY,
    "school": EntityType.SCHOOL,
    "public": EntityType.PUBLIC_BODY,
    "body": EntityType.ORGANISATION,
}


def find_organisations(text: Text) -> Iterator[Draft]:
    """All organisation mentions, nested ones included."""
    yield from _by_suffix(text)
    yield from _by_level(text, "bureau")
    yield from _by_level(text, "party-committee")
    yield from _by_pointer(text)


def _by_suffix(text: Text) -> Iterator[Draft]:
    for match in text.lexicon.pattern("organisation-suffix").finditer(text.text):
        if _goes_on(text, match.end()):
            continue
        start = name_start(text, match.start())
        core = text.text[start : match.start()]
        kind = _TYPES[match.lastgroup or "body"]
        if core in text.lexicon.word_set("anaphor-head"):
            start -= text.text[:start].endswith(text.lexicon.words("pointer"))
            yield Draft(kind, start, match.end(), "org-level", anaphor=True)
        elif core and not _generic(text, core, kind):
            yield Draft(kind, start, match.end(), "org-suffix")


def _goes_on(text: Text, stop: int) -> bool:
    """True when the suffix is only the beginning of another word (大学|生, 工会|工作)."""
    rest = text.text[stop : stop + 4]
    fine = text.lexicon.words("fine-after-suffix")
    return rest.startswith(text.lexicon.words("not-after-suffix")) and not rest.startswith(fine)


def _generic(text: Text, core: str, kind: EntityType) -> bool:
    """True when nothing in the core tells one organisation from another."""
    if len(core) == 1 and kind is not EntityType.COMPANY:
        return True
    return bool(text.lexicon.pattern("generic-core").fullmatch(core))


def _by_level(text: Text, pattern: str) -> Iterator[Draft]:
    """A bureau or Party committee: with its place it is a name, with the word for its level alone an anaphor."""
    for match in text.lexicon.pattern(pattern).finditer(text.text):
        level_stop = match.start() + len(match["level"])
        place = text.place_ending(level_stop)
        start = name_start(text, level_stop) if place else _named_place(text, match.start())
        if start is None:
            yield Draft(EntityType.PUBLIC_BODY, match.start(), match.end(), pattern, anaphor=True)
        else:
            yield Draft(EntityType.PUBLIC_BODY, start, match.end(), pattern)


def _named_place(text: Text, level_start: int) -> int | None:
    """Start of a place that the gazetteer lacks, in front of the word for its level."""
    start = name_start(text, level_start, inner_verbs=False, limit=5)
    return start if 1 <= level_start - start <= 4 and text.text[start:level_start].isalpha() else None


def _by_pointer(text: Text) -> Iterator[Draft]:
    types = {word: kind for kind in _TYPES.values() for word in text.lexicon.words(f"pointed-{kind.value.lower()}")}
    for match in text.lexicon.pattern("anaphor").finditer(text.text):
        if kind := types.get(match["head"]):
            yield Draft(kind, match.start(), match.end(), "pointer", anaphor=True)
