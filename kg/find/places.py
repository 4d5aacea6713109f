"""Districts by gazetteer and by suffix, and sites."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.boundary import Text, name_start
from kg.find.draft import Draft
from kg.model import EntityType


def find_districts(text: Text) -> Iterator[Draft]:
    """Administrative and functional areas; a short form is given the official name."""
    full = text.lexicon.gazetteer.full
    for start, name in text.places.items():
        if name in full:
            yield Draft(EntityType.DISTRICT, start, start + len(name), "gazetteer")
        elif _short_counts(text, start, name):
            official = text.lexicon.gazetteer.short[name].name
            yield Draft(EntityType.DISTRICT, start, start + len(name), "gazetteer-short", name=official)
    for match in text.lexicon.pattern("district-suffix-at").finditer(text.text):
        start = name_start(text, match.start(), inner_verbs=False, limit=14)
        start = _after_places(text, start, match.start())
        surface = text.text[start : match.end()]
        if match.start() - start >= 2 and surface not in text.lexicon.word_set("generic-district"):
            yield Draft(EntityType.DISTRICT, start, match.end(), "district-suffix")


def _short_counts(text: Text, start: int, name: str) -> bool:
    """A short form names the area when it is a province or prefecture, or the full name stands in the article too."""
    division = text.lexicon.gazetteer.short[name]
    if division.name in text.text:
        return True
    word = text.word_before(start + len(name))
    return division.level <= 2 and len(division.codes) == 1 and word.tag == "ns"


def _after_places(text: Text, start: int, stop: int) -> int:
    """Steps over containing areas (海淀区|苏家坨镇) so that the innermost name remains."""
    position = start
    while position in text.places and position + len(text.places[position]) < stop:
        position += len(text.places[position])
    return position


def find_sites(text: Text) -> Iterator[Draft]:
    """Named facilities; a kind of facility without a name of its own is none."""
    own_name = text.lexicon.word_set("site-with-own-name")
    for match in text.lexicon.pattern("site-suffix-at").finditer(text.text):
        start = name_start(text, match.start(), limit=30)
        core = text.text[start : match.start()].removesuffix("“")
        if not core or text.text[start : match.end()] in text.lexicon.word_set("generic-site"):
            continue
        placed = start in text.places or bool(text.lexicon.pattern("organisation-suffix").search(core))
        if placed or match[0] in own_name and len(core) >= 2:
            yield Draft(EntityType.SITE, start, match.end(), "site-suffix")
