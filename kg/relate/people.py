"""Posts: which person holds which title in which organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import ORGANISATION_TYPES, Entity, EntityType, Fact, Predicate, Status
from kg.relate.frames import make_fact
from kg.relate.scene import Placed, Scene

_DEPARTMENT = 6


def post_facts(scene: Scene) -> Iterator[Fact]:
    """东城区人大副主任、区总工会主席陈某: each organisation with the titles that follow it."""
    for person in scene.outer:
        if person.entity.type is EntityType.PERSON and not scene.led_by(person, "pronoun"):
            yield from _posts_before(scene, person)
            yield from _post_behind(scene, person)


def _posts_before(scene: Scene, person: Placed) -> Iterator[Fact]:
    stop = person.start
    titles: list[str] = []
    while True:
        match = _title_ending(scene, stop)
        if match is not None:
            titles.insert(0, match)
            stop -= len(match)
            continue
        if titles and scene.article.text[stop - 1 : stop] == "、":
            stop -= 1
            continue
        organisation = _organisation_ending(scene, stop)
        if organisation is None and titles:
            organisation = _with_department(scene, stop)
            if organisation is not None:
                titles[0] = scene.article.text[organisation.stop : stop] + titles[0]
        if organisation is None and titles and _text_before(scene, stop) == "、":
            organisation = _shared_organisation(scene, stop - 1)
        if organisation is None or not titles:
            return
        yield from _facts(scene, person, organisation, titles)
        if scene.article.text[organisation.start - 1 : organisation.start] != "、":
            return
        stop, titles = organisation.start - 1, []


def _text_before(scene: Scene, stop: int) -> str:
    """The character before a position."""
    return scene.article.text[stop - 1 : stop]


def _shared_organisation(scene: Scene, stop: int) -> Placed | None:
    """主席何某、副主席周某: the organisation of the person who ends there is that of the next one too."""
    person = next((i for i in scene.outer if i.stop == stop and i.entity.type is EntityType.PERSON), None)
    if person is None:
        return None
    title = _title_ending(scene, person.start)
    return _organisation_ending(scene, person.start - len(title)) if title else None


def _post_behind(scene: Scene, person: Placed) -> Iterator[Fact]:
    """宋某兼任联合工会主席: an organisation and a title behind a verb of taking office."""
    text = scene.article.text
    verb = scene.lexicon.pattern("takes-post").match(text, person.stop)
    if verb is None:
        return
    title = next((post for post in _posts(scene) if text.startswith(post, verb.end())), None)
    if title is not None and scene.topic is not None and scene.topic.entity.type is EntityType.UNION:
        yield from _facts(scene, person, scene.topic, [title])
        return
    for organisation in scene.placed:
        if organisation.start == verb.end() and organisation.entity.type in ORGANISATION_TYPES:
            title = next((post for post in _posts(scene) if text.startswith(post, organisation.stop)), None)
            if title is not None:
                yield from _facts(scene, person, organisation, [title])
                return


def _title_ending(scene: Scene, stop: int) -> str | None:
    """The title that ends at a position: the longest behind an organisation or another title, else the longest."""
    text = scene.article.text
    titles = [post for post in _posts(scene) if text.endswith(post, 0, stop)]
    behind = [t for t in titles if _organisation_ending(scene, stop - len(t)) or text[stop - len(t) - 1] == "、"]
    return next(iter([*behind, *titles]), None)


def _posts(scene: Scene) -> list[str]:
    return sorted(scene.lexicon.words("post"), key=lambda post: (-len(post), post))


def _organisation_ending(scene: Scene, stop: int) -> Placed | None:
    inside = [i for i in scene.placed if i.stop == stop and i.entity.type in ORGANISATION_TYPES]
    return inside[0] if inside else None


def _with_department(scene: Scene, stop: int) -> Placed | None:
    """An organisation a few characters before a title: 某公司|人力资源|总监."""
    for item in scene.placed:
        between = scene.article.text[item.stop : stop]
        if item.entity.type in ORGANISATION_TYPES and 1 < len(between) <= _DEPARTMENT and between.isalpha():
            return item
    return None


def _facts(scene: Scene, person: Placed, organisation: Placed, titles: list[str]) -> Iterator[Fact]:
    own = [t for t in titles if not t.startswith(scene.lexicon.words("plain-union"))]
    union = [t for t in titles if t not in own]
    trigger = organisation.start, person.stop
    plain = scene.lexicon.words("plain-union")[0]
    for target, held in ((organisation, own), (_union_of(scene, organisation), [t.removeprefix(plain) for t in union])):
        if target is None or not held:
            continue
        fact = make_fact(scene, "post", Predicate.HOLDS_POST, person, target, trigger, Status.DONE, "、".join(held))
        if fact:
            yield fact


def _union_of(scene: Scene, organisation: Placed) -> Placed | None:
    """The union of a company, for a title such as 工会主席 that follows the company's name."""
    forms = (organisation.entity.name, *organisation.entity.aliases)
    unions: list[Entity] = [i.entity for i in scene.placed if i.entity.type is EntityType.UNION]
    pattern = re.compile("|".join(map(re.escape, forms)))
    for item in scene.placed:
        if item.entity in unions and pattern.match(item.entity.name):
            return item
    return None
