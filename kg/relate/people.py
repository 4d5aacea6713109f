"""Posts: which person holds which title in which organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, EntityType, Fact, Predicate
from kg.relate.facts import read_fact
from kg.relate.scene import Placed, Scene

_COMMA = "、"
_COMMAS = (_COMMA, "，")
_DEPARTMENT = range(2, 7)
_LONGEST_TRADE = 14
_ATTRIBUTE = 4
_MARKS = "，、；"
_EMPLOYERS = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION)


def post_facts(scene: Scene) -> Iterator[Fact]:
    """东城区人大副主任、区总工会主席陈某: each organisation with the titles that follow it."""
    for person in scene.outer:
        if person.entity.type is EntityType.PERSON and not scene.led_by(person, "pronoun"):
            found = [*_posts_before(scene, person), *_post_behind(scene, person)]
            yield from found or _trade_before(scene, person)


def _posts_before(scene: Scene, person: Placed) -> Iterator[Fact]:
    """The posts in front of a name, from the last one back to the first."""
    stop = person.start
    while True:
        start, titles = _titles_ending(scene, stop)
        if not titles:
            return
        organisation = scene.organisation_ending(start) or _with_department(scene, start)
        if organisation is not None:
            titles[0] = scene.article.text[organisation.stop : start] + titles[0]
        elif _char_before(scene, start) in _COMMAS:
            organisation = _shared_organisation(scene, start - 1)
        if organisation is None:
            organisation = _understood(scene, start, titles)
        if organisation is None:
            return
        yield from _facts(scene, person, organisation, titles)
        if _char_before(scene, organisation.start) != _COMMA:
            return
        stop = organisation.start - 1


def _trade_before(scene: Scene, person: Placed) -> Iterator[Fact]:
    """某医院急诊科护士某某, 某公司的某某: what somebody is in the organisation that stands before it, if it is told."""
    for organisation in scene.ending_in(person.start - _LONGEST_TRADE, person.start + 1):
        if organisation.entity.type not in _EMPLOYERS or organisation.stop > person.start:
            continue
        trade = scene.lexicon.pattern("trade-post").search(scene.article.text[organisation.stop : person.start])
        if trade is not None:
            yield from _facts(scene, person, organisation, [trade["title"]])
            return


def _understood(scene: Scene, start: int, titles: list[str]) -> Placed | None:
    """The organisation of a title that only the context gives: 公司安全总监, 队长, 车工班长."""
    before = [item for item in scene.placed if item.stop <= start and item.entity.type in ORGANISATION_TYPES]
    text, lexicon = scene.article.text, scene.lexicon
    stretch = text[max(0, start - _DEPARTMENT.stop) : start]
    host = max((word for word in lexicon.words("post-host") if word in stretch), key=stretch.rfind, default="")
    if host and stretch[stretch.rfind(host) :].isalpha():
        titles[0] = stretch[stretch.rfind(host) + len(host) :] + titles[0]
        return _latest(before, host, company=host in lexicon.word_set("company-pointer"))
    if not _opens_clause(text, start):
        return None
    kind = lexicon.pattern("post-of-kind").search(titles[0])
    if kind is not None:
        return _latest(before, kind["kind"], company=False)
    return _home(scene) if lexicon.pattern("post-at-home").search(titles[-1]) else None


def _latest(before: Sequence[Placed], ending: str, *, company: bool) -> Placed | None:
    """The last organisation that is of a kind."""
    for item in reversed(before):
        is_company = company and item.entity.type is EntityType.COMPANY
        if is_company or item.entity.name.endswith(ending):
            return item
    return None


def _opens_clause(text: str, start: int) -> bool:
    """True where nothing but an attribute of a few characters stands between a mark and a title."""
    tail = text[max(0, start - _ATTRIBUTE) : start]
    return not tail or not tail.isalpha()


def _home(scene: Scene) -> Placed | None:
    """The company, school or hospital that an article is about, by itself or by its union."""
    topic = scene.topic
    if topic is None or topic.entity.type in _EMPLOYERS:
        return topic
    hosts = [i for i in scene.placed if i.entity.type in _EMPLOYERS and topic.entity.name.startswith(i.entity.name)]
    return max(hosts, key=lambda host: len(host.entity.name), default=None)


def _titles_ending(scene: Scene, stop: int) -> tuple[int, list[str]]:
    """Where the titles begin that end at a position (党组书记、主席), and the titles; no titles give an empty list."""
    titles: list[str] = []
    before = stop
    while title := _title_ending(scene, before):
        titles.insert(0, title)
        stop = before - len(title)
        before = stop - 1 if _char_before(scene, stop) == _COMMA else stop
    return stop, titles


def _title_ending(scene: Scene, stop: int) -> str | None:
    """The title that ends at a position.

    The longest behind a union (集团工会|主席 and not 集团|工会主席), else the longest behind another organisation or
    title, else the longest.
    """
    titles = [post for post in _posts(scene.lexicon) if scene.article.text.endswith(post, 0, stop)]
    return min(titles, key=lambda title: _looseness(scene, stop - len(title)), default=None)


def _looseness(scene: Scene, position: int) -> int:
    """How little what ends at a position asks for a title: 0 for a union, 1 for other bodies and lists, else 2."""
    organisation = scene.organisation_ending(position)
    if organisation is not None and organisation.entity.type is EntityType.UNION:
        return 0
    return 1 if organisation is not None or _char_before(scene, position) == _COMMA else 2


def _char_before(scene: Scene, position: int) -> str:
    """The character before a position; empty at the start of the text."""
    return scene.article.text[position - 1 : position] if position > 0 else ""


@lru_cache(maxsize=4)
def _posts(lexicon: Lexicon) -> tuple[str, ...]:
    """The titles, the longest first."""
    return tuple(sorted(lexicon.words("post"), key=lambda post: (-len(post), post)))


def _with_department(scene: Scene, stop: int) -> Placed | None:
    """The nearest organisation a few characters before a title: 某公司|人力资源|总监."""
    for length in _DEPARTMENT:
        organisation = scene.organisation_ending(stop - length)
        if organisation is not None:
            return organisation if scene.article.text[organisation.stop : stop].isalpha() else None
    return None


def _shared_organisation(scene: Scene, stop: int) -> Placed | None:
    """主席何某、副主席周某: the organisation of the person who ends there is that of the next one too."""
    while (person := scene.person_ending(stop)) is not None:
        start, titles = _titles_ending(scene, person.start)
        if not titles or _char_before(scene, start) not in _COMMAS:
            return scene.organisation_ending(start) if titles else None
        stop = start - 1
    return None


def _post_behind(scene: Scene, person: Placed) -> Iterator[Fact]:
    """宋某兼任联合工会主席, 马某…，历任某队队长、某工会主席: titles behind verbs of office."""
    sentence = scene.sentence_of(person.start)
    stop = sentence.at[1] if sentence else person.stop
    for verb in scene.lexicon.pattern("takes-post").finditer(scene.article.text, person.stop, stop):
        between = scene.within((person.stop, verb.start()))
        own = verb.start() == person.stop or _char_before(scene, verb.start()) in _MARKS
        if own and not any(item.entity.type is EntityType.PERSON for item in between):
            yield from _posts_from(scene, person, verb.end())


def _posts_from(scene: Scene, person: Placed, start: int) -> Iterator[Fact]:
    """The posts that are listed from a position on; one without an organisation is held in the article's union."""
    organisation = next((i for i in scene.placed if i.start == start and i.entity.type in ORGANISATION_TYPES), None)
    while organisation is not None:
        title = _title_at(scene, organisation.stop) or _title_within(scene, organisation.stop)
        if title is None:
            return
        yield from _facts(scene, person, organisation, [title])
        start = organisation.stop + len(title) + 1
        following = [i for i in scene.placed if i.start == start and i.entity.type in ORGANISATION_TYPES]
        organisation = following[0] if scene.article.text[start - 1 : start] == _COMMA and following else None
        if organisation is None:
            return
    topic = scene.topic
    bare = next((w for w in scene.lexicon.words("bare-union") if scene.article.text.startswith(w, start)), "")
    title = _title_at(scene, start + len(bare))
    if title is not None and topic is not None and topic.entity.type is EntityType.UNION:
        yield from _facts(scene, person, topic, [title])


def _title_within(scene: Scene, start: int) -> str | None:
    """A title behind the name of a department (某公司|安全部|部长), with that name."""
    for length in _DEPARTMENT:
        title = _title_at(scene, start + length)
        if title is not None and scene.article.text[start : start + length].isalpha():
            return scene.article.text[start : start + length] + title
    return None


def _title_at(scene: Scene, start: int) -> str | None:
    """The longest title that begins at a position."""
    return next((post for post in _posts(scene.lexicon) if scene.article.text.startswith(post, start)), None)


def _facts(scene: Scene, person: Placed, organisation: Placed, titles: list[str]) -> Iterator[Fact]:
    """The titles held in an organisation, and those, such as 工会主席, held in its union where the article names it."""
    plain = scene.lexicon.word("plain-union")
    organisation, titles = _employer(scene, organisation, titles)
    body = _union_of(scene, organisation)
    general = scene.lexicon.word("general-union")
    union = [title for title in titles if body is not None and title.startswith((plain, general))]
    own = [title for title in titles if title not in union]
    trigger = organisation.start, person.stop
    bare = [title.removeprefix(general).removeprefix(plain) for title in union]
    for target, held in ((organisation, own), (body, bare)):
        if target is not None and held:
            post = _COMMA.join(held) or scene.lexicon.word("plain-post")
            yield from read_fact(scene, "post", person, Predicate.HOLDS_POST, target, trigger, post=post)


def _employer(scene: Scene, organisation: Placed, titles: list[str]) -> tuple[Placed, list[str]]:
    """The body to which an office or shift belongs (某医院|急诊科), with the titles as they are held there."""
    name = organisation.entity.name
    inner = [i for i in scene.inside(organisation) if i.start == organisation.start and i.entity.type in _EMPLOYERS]
    if not inner or not name.endswith(scene.lexicon.words("small-unit")):
        return organisation, titles
    host = max(inner, key=lambda item: item.stop)
    return host, [scene.article.text[host.stop : organisation.stop] + titles[0], *titles[1:]]


def _union_of(scene: Scene, organisation: Placed) -> Placed | None:
    """The union of a body, for a title such as 工会主席 that follows the body's name; else the article's own."""
    forms = (organisation.entity.name, *organisation.entity.aliases)
    unions = (item for item in scene.placed if item.entity.type is EntityType.UNION)
    own = next((item for item in unions if item.entity.name.startswith(forms)), None)
    topic = scene.topic
    district = organisation.entity.type is EntityType.PUBLIC_BODY and topic is not None
    return own or (topic if district and topic is not None and topic.entity.type is EntityType.UNION else None)
