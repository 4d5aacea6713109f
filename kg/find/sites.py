"""Sites: named places and facilities."""

from __future__ import annotations

from collections.abc import Iterator

from kg.clean import plain_name
from kg.find.boundary import Text, name_start
from kg.find.draft import Draft
from kg.find.people import names_person
from kg.model import EntityType

_BRAND_REPEATS = 4
_FULL_NAME = 6


def find_sites(text: Text) -> Iterator[Draft]:
    """Named facilities; a kind of facility without a name of its own only points back."""
    yield from _sites_by_suffix(text)
    yield from _quoted_sites(text)
    for match in text.matches("here"):
        yield Draft(EntityType.SITE, match.start(), match.end(), "pointer", anaphor=True)
    for match in text.matches("inside-site"):
        yield Draft(EntityType.SITE, *match.span("head"), "head", anaphor=True)
    for match in text.matches("numbered-yard"):
        start = name_start(text, match.start(), inner_verbs=False, limit=6)
        if start < match.start():
            yield Draft(EntityType.SITE, start, match.end(), "numbered-yard")
    for match in text.matches("own-workshop"):
        if not names_person(text, *match.span("person")):
            continue
        yield Draft(EntityType.SITE, match.start(), match.end(), "own-workshop")
        yield Draft(EntityType.PERSON, *match.span("person"), "own-workshop")
    yield from _founded_sites(text)
    yield from _quoted_kinds(text)
    yield from _distributed_sites(text)
    for match in text.matches("hosted-site"):
        start = name_start(text, match.start(), limit=24)
        host = text.text[start : match.start()]
        if start in text.places or text.lexicon.pattern("organisation-suffix").search(host):
            yield Draft(EntityType.SITE, start, match.end(), "hosted-site", name=plain_name(host + match["site"]))


def _sites_by_suffix(text: Text) -> Iterator[Draft]:
    own_name = text.lexicon.word_set("site-with-own-name")
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("site-suffix-at"):
        start = name_start(text, match.start(), limit=30)
        if start < match.start() and text.text.endswith(text.lexicon.words("site-with-own-name"), 0, start):
            # A site on a site (京蔚高速|西岭服务区) is named after both.
            start = name_start(text, start - 2, limit=20)
        if start == match.start() and match[0] in own_name:
            start = _before_workers(text, start)
        core = text.text[start : match.start()]
        surface = text.text[start : match.end()]
        if _level_alone(text, start, core):
            yield Draft(EntityType.SITE, start, match.end(), "site-level", anaphor=True)
        elif match[0] in generic and (not core or surface in generic):
            if text.lexicon.pattern("many-of-kind").search(text.text[max(0, start - 4) : start]):
                continue
            yield Draft(EntityType.SITE, start, match.end(), "site-kind", anaphor=True)
        elif core and surface not in generic and not text.lexicon.pattern("generic-core").fullmatch(core):
            hosted = any(m.start() for m in text.lexicon.pattern("organisation-suffix").finditer(core))
            local = text.lexicon.pattern("local-place").search(core)
            placed = start in text.places or hosted or bool(local) or _is_brand(text, start, core)
            if placed or (match[0] in own_name and len(core) >= 2):
                yield Draft(EntityType.SITE, start, match.end(), "site-suffix")


def _founded_sites(text: Text) -> Iterator[Draft]:
    """What a verb of founding says is built: a site with a name of its own, or a kind of site at a named place."""
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("verb-site"):
        name = plain_name(match["name"])
        core = name.removesuffix(match["kind"])
        plain = (
            not core or core[0] in text.lexicon.word_set("level-word") or core in text.lexicon.word_set("worker-group")
        )
        if plain or name in generic or "“" in match["name"][1:] or text.lexicon.pattern("generic-core").fullmatch(core):
            continue
        yield Draft(EntityType.SITE, *match.span("name"), "verb-site")
    for match in text.matches("placed-site"):
        start, stop = match.span("place")
        named = text.lexicon.pattern("place-tail").search(text.text[start:stop]) or text.place_ending(stop)
        if named:
            name = plain_name(match["place"] + match["site"])
            yield Draft(EntityType.SITE, *match.span("site"), "placed-site", name=name)


def _quoted_kinds(text: Text) -> Iterator[Draft]:
    """“黄河驿家”工会驿站: the quotation names one site, or a brand of sites, of the kind behind it."""
    for match in text.matches("quoted-kind"):
        if match["kind"] not in text.lexicon.words("site-with-own-name"):
            yield Draft(EntityType.SITE, match.start(), match.end(), "quoted-kind")


def _distributed_sites(text: Text) -> Iterator[Draft]:
    """One site in each of the places of a list; the last one has the words that tell so in its surface."""
    for match in text.matches("distributed-site"):
        start, places = match.start("list"), match["list"].split("、")
        tail = text.lexicon.pattern("place-tail")
        if not all(
            tail.search(place) or text.place_ending(start + match["list"].index(place) + len(place)) for place in places
        ):
            continue
        for number, place in enumerate(places, start=1):
            stop = match.end() if number == len(places) else start + len(place) + 1
            yield Draft(EntityType.SITE, start, stop, "distributed-site", name=plain_name(place + match["site"]))
            start = stop


def _level_alone(text: Text, start: int, core: str) -> bool:
    """县|工人文化宫: the word for the level opens the name, the place is to be understood."""
    if text.text[start - 1 : start] == "、" or any(crowd in core for crowd in text.lexicon.words("level-crowd")):
        return False
    alone = text.word_at(start).at == (start, start + 1) and start not in text.places
    return bool(core) and alone and core[0] in text.lexicon.word_set("level-word")


def _before_workers(text: Text, stop: int) -> int:
    """太平湖|职工|疗养院: the word for those whom a site is for may stand inside its name."""
    workers = next((w for w in text.lexicon.words("for-workers") if text.text.endswith(w, 0, stop)), "")
    start = name_start(text, stop - len(workers), limit=12) if workers else stop
    return start if start < stop - len(workers) - 1 else stop


def _is_brand(text: Text, start: int, core: str) -> bool:
    """True for a word that keeps coming back in front of names (首开书院, 首开大厦)."""
    return (
        2 <= len(core) <= 4
        and text.text.count(core) >= _BRAND_REPEATS
        and text.word_at(start).tag[:1] not in ("n", "d")
    )


def _quoted_sites(text: Text) -> Iterator[Draft]:
    """“城市更新研究基地”; with a host in front (西岭服务区“司机之家”) the host is part of the name."""
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("quoted-site"):
        start = name_start(text, match.start(), limit=24)
        host = text.text[start : match.start()]
        if host.endswith(text.lexicon.words("run-verb")):
            # 宿舍建设|“职工小家”: a verb before the quotation, no host.
            host = ""
        kinds = all(part in generic for part in match["inside"].split("·"))
        if len(host) >= 3 and (start in text.places or not kinds or len(host) >= _FULL_NAME):
            yield Draft(EntityType.SITE, start, match.end(), "hosted-quoted-site")
        elif match["inside"] not in generic:
            yield Draft(EntityType.SITE, match.start(), match.end(), "quoted-site", anaphor=kinds)
