"""Sites: named places and facilities."""

from __future__ import annotations

from collections.abc import Iterator

from kg.clean import plain_name
from kg.find.boundary import Text, is_proper, name_start
from kg.find.draft import Draft
from kg.find.people import names_person
from kg.model import EntityType

_LONGEST = 30
_STATION = 8
_NEAR = 14
_CHAIN = 3
_LONGEST_WORD = 9
_STREET = 8
_COINED = 2
_PLACE_TAGS = ("ns", "nr", "nz")


def find_sites(text: Text) -> Iterator[Draft]:
    """Named facilities; a kind of facility without a name of its own only points back."""
    yield from _founded_sites(text)
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
    yield from _quoted_kinds(text)
    yield from _distributed_sites(text)
    yield from _hosted_sites(text)
    yield from _lines(text)
    for match in text.matches("union-platform"):
        yield Draft(EntityType.SITE, _platform_start(text, match.start()), match.end(), "union-platform")


def _sites_by_suffix(text: Text) -> Iterator[Draft]:
    """A kind of place behind its name, a kind of facility behind its host, its place or its name."""
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("site-kind-at"):
        kind, stop = match["kind"], match.end()
        phrase = _phrase_start(text, match.start())
        start = _site_start(text, phrase)
        core, surface = text.text[start:phrase], text.text[start:stop]
        if core and text.text[start - 1 : start] == "“" and text.text[stop : stop + 1] == "”":
            # The whole of a quotation is judged by what is around it.
            continue
        if _level_alone(text, start, text.text[start : match.start()]):
            yield Draft(EntityType.SITE, start, stop, "site-level", anaphor=True)
        elif not core or surface in generic:
            many = text.lexicon.pattern("many-of-kind").search(text.text[max(0, start - 4) : start])
            if kind in generic and not many:
                yield Draft(EntityType.SITE, phrase, stop, "site-kind", anaphor=True)
        elif _names_site(text, start, phrase, kind) and not text.lexicon.pattern("generic-core").fullmatch(core):
            wide = kind in text.lexicon.word_set("wide-kind")
            yield Draft(EntityType.SITE, start, stop, "wide-site" if wide else "site-suffix")


def _phrase_start(text: Text, stop: int) -> int:
    """Steps over words that only tell what a facility is for (石园街道|职工|食堂), but not into a body's name."""
    while word := _word_ending(text, stop, "site-modifier"):
        start = stop - len(word)
        if text.word_at(start).at[0] != start or text.word_before(stop).at[0] < start:
            return stop
        stop = start
    return stop


def _word_ending(text: Text, stop: int, *classes: str) -> str:
    """The longest word of some classes that ends at a position, empty where none does."""
    for length in range(min(_LONGEST_WORD, stop), 0, -1):
        word = text.text[stop - length : stop]
        if any(word in text.lexicon.word_set(id) for id in classes):
            return word
    return ""


def _site_start(text: Text, stop: int) -> int:
    """Where the name of a site begins whose kind begins at a position; a site on a site is named after both."""
    start = name_start(text, stop, limit=_LONGEST)
    if start >= stop - 1:
        start = min(start, _behind_district(text, stop))
    for _ in range(_CHAIN):
        outer = _outer_start(text, start)
        if outer == start:
            break
        start = outer
    return start


def _behind_district(text: Text, stop: int) -> int:
    """绿园区|青年路|驿站, 海拉尔区|祥福里|驿站: behind a district any words may be the name of a street or block."""
    for start in range(stop - 2, max(stop - _STREET, 0), -1):
        place = text.place_ending(start)
        if place and text.lexicon.pattern("street-name").fullmatch(text.text, start, stop):
            return place[0] if _only_nouns(text, start, stop) else stop
    word = text.word_before(stop)
    if not text.lexicon.pattern("road-tail").search(text.text[max(0, stop - 2) : stop]):
        return stop
    return word.at[0] if len(word.text) > 1 else text.word_before(word.at[0]).at[0]


def _only_nouns(text: Text, start: int, stop: int) -> bool:
    """True for a stretch without verbs, counts and bodies: it may be a name."""
    words = [word for word in text.words if start <= word.at[0] < stop]
    verbs = any(word.tag[:1] == "v" and len(word.text) > 1 for word in words)
    counts = text.lexicon.pattern("counting").search(text.text[start:stop]) or any(w.tag == "m" for w in words)
    body = text.lexicon.pattern("organisation-suffix").search(text.text, start, stop)
    return not verbs and not counts and body is None


def _outer_start(text: Text, start: int) -> int:
    """The start of the place that ends where a name begins, the position itself where none does."""
    if number := text.lexicon.pattern("numbered-before").search(text.text[max(0, start - _STATION) : start]):
        start -= len(number[0])
        return min(start, name_start(text, start, limit=_LONGEST))
    if text.place_ending(start):
        return name_start(text, start, limit=_LONGEST)
    bodies = text.lexicon.pattern("organisation-suffix").finditer(text.text, max(0, start - _STATION), start)
    if body := next((match for match in bodies if match.end() == start), None):
        return name_start(text, body.start(), limit=_LONGEST)
    kind = _word_ending(text, start, "place-kind", "rail-kind")
    return name_start(text, start - len(kind), limit=_LONGEST) if kind else start


def _names_site(text: Text, start: int, stop: int, kind: str) -> bool:
    """True when what stands before a kind of site tells one from the others."""
    core, lexicon = text.text[start:stop], text.lexicon
    if kind in lexicon.word_set("many-kind") and _wide_area(text, start, stop):
        return False
    if "“" in core and not _hosts(text, text.text[start : start + core.index("“")], start):
        return False
    if kind in lexicon.word_set("short-kind"):
        alone = text.word_at(stop).at == (stop, stop + 1)
        return alone and len(core) >= 2 and is_proper(text, start, stop) and not text.place_ending(stop)
    if _hosts(text, core, start):
        return True
    if kind in lexicon.word_set("plain-kind") or len(core) < _COINED:
        return False
    if kind in lexicon.word_set("service-kind") and text.places.get(start) in lexicon.word_set("opening-word"):
        start += len(text.places[start])
    if not is_proper(text, start, stop) and (
        kind not in lexicon.word_set("place-kind") or _is_common(text, start, stop)
    ):
        return False
    # 发力驿站: two characters that the dictionary cannot join are a name of a facility only where they come back.
    coined = len(core) == _COINED and len(text.word_at(start).text) == 1
    return not coined or kind in lexicon.word_set("place-kind") or text.text.count(core + kind) > 1


def _is_common(text: Text, start: int, stop: int) -> bool:
    """True for words that stand before places of any city (城市|公园, 文化|广场)."""
    common = text.lexicon.word_set("common-core") | text.lexicon.word_set("site-modifier")
    words = [(text.text[word.at[0] : min(word.at[1], stop)], word.tag) for word in text.words_in(start, stop)]
    return all(word in common or tag[:1] in ("v", "a", "m", "f") for word, tag in words)


def _hosts(text: Text, core: str, start: int) -> bool:
    """True for a place, a body or a site, by which what belongs to it is named."""
    bodies = [match.end() for match in text.lexicon.pattern("organisation-suffix").finditer(core) if match.start()]
    # 区总工会|推进|…: a verb behind a body makes no host of it.
    body = any(end == len(core) or _only_nouns(text, start + end, start + len(core)) for end in bodies)
    road = len(core) > 2 and text.lexicon.pattern("road-tail").search(core)
    site = text.lexicon.pattern("place-tail").search(core)
    # 全国|职工教育基地: the whole country is no place by which a site is told.
    placed = start in text.places and text.places[start] not in text.lexicon.word_set("opening-word")
    return placed or body or bool(road) or bool(site and site.start())


def _wide_area(text: Text, start: int, stop: int) -> bool:
    """True for nothing but cities and counties: 江城市职工书屋 is any of many."""
    gazetteer = text.lexicon.gazetteer
    while start < stop and gazetteer.level(text.places.get(start, "")):
        start += len(text.places[start])
    return start == stop


def _hosted_sites(text: Text) -> Iterator[Draft]:
    """石园街道的职工食堂, 长江二桥下的“暖心驿站”: named after the body or place that it belongs to or stands at."""
    for match in text.matches("hosted-site"):
        start = _site_start(text, match.start())
        host = text.text[start : match.start()]
        if host and _hosts(text, host, start):
            name = plain_name(host + match["site"])
            yield Draft(EntityType.SITE, start, match.end(), "hosted-site", name=name)


def _lines(text: Text) -> Iterator[Draft]:
    """Lines of railways, and stations on them or told by the talk of trains."""
    ends: dict[int, int] = {}
    for match in text.matches("rail-line"):
        start = match.start()
        if match["name"]:
            start = max(start, name_start(text, match.end() - 1, limit=_STATION))
            start += len(_rail_word(text, start))
        if match["line"] or is_proper(text, start, match.end() - 1):
            ends[match.end()] = start
            yield Draft(EntityType.SITE, start, match.end(), "rail-line")
    for match in text.matches("station"):
        start = name_start(text, match.start(), inner_verbs=False, limit=_STATION)
        start += len(_rail_word(text, start))
        city = text.places.get(start, "") == text.text[start : match.start()]
        near = text.text[max(0, start - _NEAR) : match.end() + _NEAR]
        railway = text.lexicon.pattern("railway-talk").search(near)
        named = text.word_before(match.start()).tag[:2] in _PLACE_TAGS or text.place_ending(match.start())
        if line := next((stop for stop in ends if start <= stop < match.start() - 1), 0):
            # 四明线|古林站: on a line any name is that of a station.
            start, named = ends[line], True
        whole = text.word_at(match.start()).at[0] == match.start()
        if match.start() - start >= 2 and whole and named and (railway or not city):
            yield Draft(EntityType.SITE, start, match.end(), "station")


def _rail_word(text: Text, start: int) -> str:
    """The word for railways that stands before the name of a line or station."""
    return next((word for word in text.lexicon.words("rail-word") if text.text.startswith(word, start)), "")


def _platform_start(text: Text, start: int) -> int:
    """江城工会|12351职工服务平台: with the union that it is of."""
    return name_start(text, start, limit=_STATION)


def _founded_sites(text: Text) -> Iterator[Draft]:
    """What a verb of founding says is built: a site with a name of its own, or a kind of site at a named place."""
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("verb-site"):
        name = plain_name(match["name"])
        core = name.removesuffix(match["kind"])
        plain = (
            not core or core[0] in text.lexicon.word_set("level-word") or core in text.lexicon.word_set("worker-group")
        )
        if plain or name in generic or "“" in match["name"] or text.lexicon.pattern("generic-core").fullmatch(core):
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
        if match["kind"] not in text.lexicon.words("place-kind"):
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
        counted = match["count"] or match["behind"] or str(len(places))
        if not match["each"] and text.lexicon.pairs("small-number").get(counted, counted) != str(len(places)):
            # 在甲村、乙村设立12个服务点: none of them is told from the others.
            continue
        for number, place in enumerate(places, start=1):
            stop = match.end("site") if number == len(places) else start + len(place) + 1
            yield Draft(EntityType.SITE, start, stop, "distributed-site", name=plain_name(place + match["site"]))
            start = stop


def _level_alone(text: Text, start: int, core: str) -> bool:
    """县|工人文化宫: the word for the level opens the name, the place is to be understood."""
    if text.text[start - 1 : start] == "、" or any(crowd in core for crowd in text.lexicon.words("level-crowd")):
        return False
    alone = text.word_at(start).at == (start, start + 1) and start not in text.places
    return bool(core) and alone and core[0] in text.lexicon.word_set("level-word")


def _quoted_sites(text: Text) -> Iterator[Draft]:
    """“城市更新研究基地”; with a host in front (西岭服务区“司机之家”) the host is part of the name."""
    generic = text.lexicon.word_set("generic-site")
    for match in text.matches("quoted-site"):
        start = _site_start(text, match.start())
        host = text.text[start : match.start()]
        kinds = all(part in generic for part in match["inside"].split("·"))
        if len(host) >= 2 and _hosts(text, host, start):
            yield Draft(EntityType.SITE, start, match.end(), "hosted-quoted-site")
        elif kinds or _named_in_quotes(text, match.start(), match.end()):
            yield Draft(EntityType.SITE, match.start(), match.end(), "quoted-site", anaphor=kinds)


def _named_in_quotes(text: Text, start: int, stop: int) -> bool:
    """True for a quotation that names a site: by a name in it, or by the words around it; the rest are figures."""
    lexicon = text.lexicon
    plain = text.text.endswith(lexicon.words("place-kind") + lexicon.words("service-kind"), start, stop - 1)
    if plain and not text.text.endswith(lexicon.words("figure-kind"), start, stop - 1):
        return True
    figure = _word_ending(text, stop - 1, "figure-kind") or " "
    core = _phrase_start(text, stop - 1 - len(figure))
    if core > start + 2 and is_proper(text, start + 1, core):
        return True
    called = lexicon.pattern("site-called").search(text.text[max(0, start - _STATION) : start])
    return bool(called or lexicon.pattern("site-described").match(text.text, stop))
