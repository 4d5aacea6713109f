"""Unions, companies, public bodies, schools and other organisations, by suffix and left boundary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.clean import plain_name
from kg.find.boundary import Text, closes_name, name_start
from kg.find.companies import find_companies
from kg.find.draft import Draft
from kg.find.parts import find_parts, is_desk
from kg.model import EntityType

_TYPES = {
    "union": EntityType.UNION,
    "company": EntityType.COMPANY,
    "school": EntityType.SCHOOL,
    "public": EntityType.PUBLIC_BODY,
    "body": EntityType.ORGANISATION,
}
_BARE = {
    EntityType.UNION: "bare-union",
    EntityType.COMPANY: "bare-company",
    EntityType.SCHOOL: "bare-school",
    EntityType.ORGANISATION: "bare-organisation",
    EntityType.PUBLIC_BODY: "bare-office",
}
_HOSTED = {
    EntityType.UNION: "plain-union",
    EntityType.ORGANISATION: "hosted-organisation",
    EntityType.PUBLIC_BODY: "hosted-office",
}
_REPEATS = 2
_SHORTEST_TORN = 3
_LONGEST_TRADE = 4


def find_organisations(text: Text) -> Iterator[Draft]:
    """All organisation mentions, nested ones included."""
    bodies = [
        *_by_suffix(text),
        *_coordinated(text),
        *_by_level(text, "bureau"),
        *_by_level(text, "bureau-any"),
        *_by_level(text, "party-committee"),
        *_by_pointer(text),
    ]
    bodies += find_companies(text, bodies)
    bodies += _general_unions(text, bodies)
    yield from bodies
    yield from find_parts(text, bodies)


def _general_unions(text: Text, bodies: Iterable[Draft]) -> Iterator[Draft]:
    """长春市总 for 长春市总工会, where the article names that too."""
    tail = text.lexicon.word("plain-union")
    general = text.lexicon.word("general-union")
    names = {text.text[b.start : b.stop] for b in bodies if b.type is EntityType.UNION and not b.anaphor}
    for name in sorted(names):
        short = name.removesuffix(tail)
        for match in re.finditer(re.escape(short), text.text) if name.endswith(general) else ():
            if text.lexicon.pattern("behind-general").match(text.text, match.end()):
                yield Draft(EntityType.UNION, *match.span(), "org-suffix", name=name)


def _by_suffix(text: Text) -> Iterator[Draft]:
    opened: dict[int, int] = {}
    doubted: dict[int, Draft] = {}
    for match in text.matches("organisation-suffix"):
        start = name_start(text, match.start())
        # A name that holds another (首创集团|工会) begins where the inner one does.
        start = min(start, opened.get(match.start(), start))
        start = _torn_brand(text, start, match)
        start = _whole_brand(text, _whole_place(text, start, match.start()), match.end())
        start = _coined(text, _twin_trade(text, start, match), match)
        if start < match.start():
            opened[match.end()] = start
        core = text.text[start : match.start()]
        office = text.lexicon.pattern("level-office").fullmatch(core)
        kind = _TYPES[match.lastgroup or "body"]
        if match[0] in text.lexicon.word_set("party-body") and _post_follows(text, match.end()):
            continue
        if match.lastgroup == "body" and is_desk(text, match[0], match.end()):
            continue
        if match.lastgroup == "company" and text.lexicon.pattern("form-behind").match(text.text, match.end()):
            continue
        if core in text.lexicon.word_set("anaphor-head"):
            if not _goes_on(text, match.end()):
                start -= text.text.endswith(text.lexicon.words("pointer"), 0, start)
                yield Draft(kind, start, match.end(), "org-level", anaphor=True)
        elif pointer := _area_pointer(text, start):
            name = plain_name(pointer[-1] + text.text[start : match.end()])
            yield Draft(kind, start - len(pointer), match.end(), "org-level", name=name, anaphor=True)
        elif office and match.lastgroup == "body":
            kind = EntityType.PUBLIC_BODY if core.endswith(text.lexicon.words("government")) else kind
            yield Draft(kind, start, match.end(), "part", anaphor=True)
        elif _of_level(text, start, core, kind) or _of_host(text, start, match.end()):
            yield Draft(kind, start, match.end(), "org-level", anaphor=True)
        elif core and _unowned(text, core, match[0], start):
            common = core in text.lexicon.word_set("no-part-core") or text.lexicon.pattern("generic-core").fullmatch(
                core
            )
            if not common and not _goes_on(text, match.end()):
                yield Draft(kind, start, match.end(), "own-part", anaphor=True)
        elif core and _names_one(text, core, match[0], kind, start, match.end()):
            start = _with_steering(text, start, match[0])
            yield Draft(kind, start, match.end(), "org-suffix")
            general = text.lexicon.word("general-union")
            if match[0] != general and match[0].startswith(general):
                # 某市总工会|女职工委员会 names the union too.
                yield Draft(kind, start, match.start() + len(general), "org-suffix")
            if host := doubted.get(match.start()):
                # A body that has a union is a body, however plain its name (热力集团|工会).
                yield host
            if owner := text.lexicon.pattern("owner-before").search(text.text, max(0, start - 4), start):
                yield Draft(kind, owner.start(), match.end(), "possessed", anaphor=True)
        elif core and not text.lexicon.pattern("generic-core").fullmatch(core):
            doubted[match.end()] = Draft(kind, start, match.end(), "org-host")


def _twin_trade(text: Text, start: int, suffix: re.Match[str]) -> int:
    """苏州市物流|与|采购|协会: a place and two trades; the name does not begin behind 与."""
    if not suffix[0].endswith(text.lexicon.words("trade-body")):
        return start
    for joint in range(suffix.start() - _REPEATS - 1, max(suffix.start() - _LONGEST_TRADE, 1) - 2, -1):
        if text.text[joint] in text.lexicon.word_set("trade-joint") and _short_trade(text, joint + 1, suffix.start()):
            opened = next(
                (p for p in range(joint - _REPEATS, joint - _LONGEST_TRADE - 1, -1) if text.place_ending(p)), None
            )
            if opened is not None and _short_trade(text, opened, joint):
                return min(start, name_start(text, opened))
    return start


def _short_trade(text: Text, start: int, stop: int) -> bool:
    """True for the few characters of a trade, none of them the end of a body's name."""
    trade = text.text[start:stop]
    return _REPEATS <= len(trade) <= _LONGEST_TRADE and not text.lexicon.pattern("organisation-suffix").search(trade)


def _coined(text: Text, start: int, suffix: re.Match[str]) -> int:
    """区总工会|“红马甲”志愿服务队: what is coined in quotation marks opens the name, but behind a place."""
    if text.text[suffix.start() - 1 : suffix.start()] != "”" or suffix[0] not in text.lexicon.word_set("coined-body"):
        return start
    opening = text.text.rfind("“", start, suffix.start())
    return opening if opening > start and not text.place_ending(opening) else start


def _unowned(text: Text, core: str, suffix: str, start: int) -> bool:
    """转子|车间, 产改|领导小组: a part whose body only the context tells."""
    lexicon = text.lexicon
    if suffix not in lexicon.word_set("unowned-part") or start in text.places or len(core) < _REPEATS:
        return False
    return not lexicon.pattern("organisation-suffix").search(core) and not core.endswith("”")


def _whole_place(text: Text, start: int, stop: int) -> int:
    """启动|区建设项目工会: a name cannot begin with the word for a level, the word before belongs to it."""
    level = text.lexicon.pattern("level-first").match(text.text, start, stop)
    if level is None or stop - start < 3 or start == 0 or start in text.places:
        return start
    before = text.word_before(start)
    if not before.text.isalpha() or len(before.text) < 2:
        return start
    # 会同|市委 is a verb and a name; 雄安新区|启动|区 is not.
    verb = closes_name(text, before) and not text.place_ending(before.at[0])
    return start if verb else name_start(text, before.at[0])


def _torn_brand(text: Text, start: int, suffix: re.Match[str]) -> int:
    """大唐能|投公司: a company is not called by one character; those that seem to close it belong to it."""
    if start == suffix.start() and suffix.lastgroup == "company":
        return _coined_brand(text, start)
    if suffix[0] not in text.lexicon.word_set("plain-company") or suffix.start() - start != 1:
        return start
    word = text.word_before(start)
    if word.text not in text.lexicon.word_set("brand-char"):
        return start
    longer = name_start(text, word.at[0])
    return longer if suffix.start() - longer >= _SHORTEST_TORN and longer < word.at[0] else start


def _coined_brand(text: Text, stop: int) -> int:
    """，京|能|集团: two to four characters between a mark and the kind of a company that make no word are its brand."""
    run = text.lexicon.pattern("run-before").search(text.text, max(0, stop - _LONGEST_TRADE - 1), stop)
    if run is None or text.lexicon.pattern("no-brand").search(run["brand"]):
        return stop
    words = text.words_in(run.start("brand"), stop)
    return run.start("brand") if all(len(word.text) == 1 for word in words) else stop


def _whole_brand(text: Text, start: int, stop: int) -> int:
    """Takes in a character that stands before the name wherever it occurs: the word cut tore it off (为首|开集团)."""
    name = text.text[start:stop]
    longer = text.text[start - 1 : stop] if start else ""
    if not longer[:1].isalpha() or start in text.places or longer[0] in text.lexicon.word_set("function-char"):
        return start
    torn = text.word_at(start - 1).text
    if len(torn) > 1 and text.word_at(start - 1).at[0] < start - 1 and text.word_at(start - 1).at[1] == start:
        # A word ends there: its last character alone is no brand (跃|进煤矿).
        return start
    if any(torn in text.lexicon.word_set(id) for id in ("leading-verb", "run-verb", "inner-verb", "leading-noun")):
        return start
    count = text.text.count(name)
    return start - 1 if count >= _REPEATS and text.text.count(longer) == count else start


def _of_level(text: Text, start: int, core: str, kind: EntityType) -> bool:
    """市数据资源|管理局, 区教育|工会: the word for the level opens the name, the place is to be understood."""
    if kind is EntityType.COMPANY or start in text.places or len(core) < 3:
        return False
    word = text.word_at(start)
    alone = word.at == (start, start + 1) or word.text in text.lexicon.word_set("level-committee")
    return alone and bool(text.lexicon.pattern("level-first").match(core))


def _of_host(text: Text, start: int, stop: int) -> bool:
    """分公司|农业生产部, 集团|技术中心: the word for the host opens the name."""
    match = text.lexicon.pattern("host-body").match(text.text[start:stop])
    return (
        match is not None and start not in text.places and text.word_at(start).at == (start, start + match.end("host"))
    )


def _area_pointer(text: Text, start: int) -> str:
    """The word for the area of the article (该区|社区教育中心) that ends at a position, or nothing."""
    return next((w for w in text.lexicon.words("area-pointer") if text.text.endswith(w, 0, start)), "")


def _post_follows(text: Text, stop: int) -> bool:
    return bool(text.lexicon.pattern("post-follows").match(text.text, stop))


def _with_steering(text: Text, start: int, suffix: str) -> int:
    """推进…改革领导小组 is named with its verb."""
    verb = next((v for v in text.lexicon.words("steering-verb") if text.text.endswith(v, 0, start)), "")
    if not suffix.endswith(text.lexicon.words("steering-body")) or not verb:
        return start
    return name_start(text, start - len(verb)) if text.place_ending(start - len(verb)) else start - len(verb)


def _names_one(text: Text, core: str, suffix: str, kind: EntityType, start: int, stop: int) -> bool:
    """True when core and suffix name one organisation and are not the beginning of something else."""
    lexicon = text.lexicon
    placed = start in text.places or bool(lexicon.pattern("organisation-suffix").search(core))
    if text.text.startswith(lexicon.words("never-after-suffix"), stop) or lexicon.pattern("all-of").search(core):
        return False
    if text.text[start - 1 : start] == "“" and text.text[stop : stop + 1] == "”" and start not in text.places:
        return kind in (EntityType.COMPANY, EntityType.SCHOOL) or suffix in lexicon.word_set("coined-body")
    if kind is EntityType.UNION and (core.endswith("”") or lexicon.pattern("no-union-core").search(core)):
        return False
    if _goes_on(text, stop) and not (placed and kind is EntityType.UNION):
        return False
    if suffix in lexicon.word_set("weak-company") and not (placed or lexicon.pattern("works-number").search(core)):
        return False
    if suffix in lexicon.word_set("placed-body") and not _has_seat(text, core, start):
        return False
    if any(crowd in core for crowd in lexicon.words("level-crowd")) or lexicon.pattern("generic-core").fullmatch(core):
        return False
    if suffix == lexicon.word("plain-union") and text.places.get(start) == core:
        return any(form + lexicon.word("general-union") in text.text for form in _full_forms(text, core))
    if suffix in lexicon.word_set("plain-company") and len(core) == 1:
        return False
    if suffix == lexicon.word("plain-form") and lexicon.pattern("only-trade").fullmatch(core):
        return False
    if suffix == lexicon.word("plain-union") and _only_places(text, core, start):
        return False
    if kind is EntityType.COMPANY and text.text[stop : stop + 1] and stop in text.places:
        return False
    return placed or not _common_core(text, core, start, stop, kind)


def _full_forms(text: Text, place: str) -> tuple[str, ...]:
    """A place as it is, and under its official name (烟台, 烟台市)."""
    division = text.lexicon.gazetteer.short.get(place)
    return (place, division.name) if division else (place,)


def _only_places(text: Text, core: str, start: int) -> bool:
    """杭州|长春|工会: the unions of two places."""
    place = text.places.get(start, "")
    return len(place) < len(core) and text.places.get(start + len(place)) == core.removeprefix(place)


def _has_seat(text: Text, core: str, start: int) -> bool:
    """True when a core ends with a place, a level or another body: 人大 in 中国工人大思政课 has none."""
    ends = text.lexicon.pattern("organisation-suffix").finditer(core)
    return bool(
        text.place_ending(start + len(core))
        or text.lexicon.pattern("level-end").search(core)
        or any(match.end() == len(core) for match in ends)
    )


def _common_core(text: Text, core: str, start: int, stop: int, kind: EntityType) -> bool:
    """True when the core is everyday language: one character, or one dictionary word that does not come back."""
    if len(core) == 1:
        return kind is not EntityType.COMPANY
    word = text.word_before(start + len(core))
    whole = word.text == core and word.tag[:1] in ("n", "v", "a", "b", "d") and word.tag not in ("nr", "ns", "nt", "nz")
    rare = text.text.count(text.text[start:stop]) < _REPEATS
    return rare and (whole or (kind is EntityType.UNION and len(core) <= 2))


def _goes_on(text: Text, stop: int) -> bool:
    """True when the suffix is only the beginning of another word (大学|生, 工会|工作)."""
    rest = text.text[stop : stop + 4]
    fine = text.lexicon.words("fine-after-suffix")
    return rest.startswith(text.lexicon.words("not-after-suffix")) and not rest.startswith(fine)


def _coordinated(text: Text) -> Iterator[Draft]:
    """X公司党委、工会 names two bodies of one host; 金融、互联网等区级行业工会联合会 names several unions."""
    for match in text.matches("organisation-suffix"):
        shared = text.lexicon.pattern("shared-host").match(text.text, match.end())
        if shared and match[0] in text.lexicon.word_set("hosted-body"):
            yield from _shared_host(text, match, shared)
        office = text.lexicon.pattern("union-office").match(text.text, match.end())
        if office and match.lastgroup in ("company", "school", "body"):
            host = text.text[name_start(text, match.start()) : match.end()]
            if len(host) > len(match[0]) + 1:
                start, stop = office.span("body")
                yield Draft(EntityType.UNION, start, stop, "shared-host", name=plain_name(host) + office["body"])
    for match in text.matches("coordinated-unions"):
        start = match.start("trades")
        for trade in match["trades"].split("、"):
            own = next((t for t in _trade_tails(text, start, trade)), trade)
            name = match["level"] + own + match["body"]
            stop = start + len(trade)
            yield Draft(EntityType.UNION, stop - len(own), stop, "coordinated", name=name, anaphor=True)
            start = stop + 1


def _shared_host(text: Text, first: re.Match[str], second: re.Match[str]) -> Iterator[Draft]:
    """The second of two bodies of one host, which the first names: X公司党委、|工会, 集团工会、|团委."""
    host = plain_name(text.text[name_start(text, first.start()) : first.start()])
    kind = next((k for k, id in _HOSTED.items() if second["body"] in text.lexicon.word_set(id)), None)
    if host and kind:
        known = host not in text.lexicon.word_set("anaphor-head")
        rule = "shared-host" if known else "org-level"
        yield Draft(kind, *second.span("body"), rule, name=host + second["body"], anaphor=not known)


def _trade_tails(text: Text, start: int, trade: str) -> Iterator[str]:
    """The trade without a verb before it (建立了金融 → 金融)."""
    position = name_start(text, start + len(trade), limit=8)
    yield text.text[max(position, start) : start + len(trade)] or trade


def _by_level(text: Text, pattern: str) -> Iterator[Draft]:
    """A bureau or Party committee: with its place it is a name, with the word for its level alone an anaphor."""
    for match in text.matches(pattern):
        level_stop = match.start() + len(match["level"])
        place = text.place_ending(level_stop)
        start = name_start(text, level_stop) if place else _named_place(text, match.start())
        if pattern == "bureau-any" and not place:
            continue
        if start is None:
            yield Draft(EntityType.PUBLIC_BODY, match.start(), match.end(), pattern, anaphor=True)
        else:
            yield Draft(EntityType.PUBLIC_BODY, start, match.end(), pattern)


def _named_place(text: Text, level_start: int) -> int | None:
    """Start of a place that the gazetteer lacks, in front of the word for its level."""
    start = name_start(text, level_start, inner_verbs=False, limit=5)
    return start if 1 <= level_start - start <= 4 and text.text[start:level_start].isalpha() else None


def _by_pointer(text: Text) -> Iterator[Draft]:
    kinds = (*_TYPES.values(), EntityType.SITE)
    types = {word: kind for kind in kinds for word in text.lexicon.words(f"pointed-{kind.value.lower()}")}
    for match in text.matches("anaphor"):
        if kind := types.get(match["head"]):
            yield Draft(kind, match.start(), match.end(), "pointer", anaphor=True)
    for match in text.matches("brand-alone"):
        yield Draft(EntityType.COMPANY, match.start(), match.end(), "brand-alone")
    for match in text.matches("youth-league"):
        yield Draft(
            EntityType.ORGANISATION, *match.span(), "youth-league", anaphor=bool(match["level"] or match["joined"])
        )
    general = text.lexicon.word("general-union")
    for match in text.matches("general-union-short"):
        name = (match["level"] or text.lexicon.word("nation")) + general
        yield Draft(EntityType.UNION, *match.span(), "org-level", name=name, anaphor=bool(match["level"]))
    for match in text.matches("national-office-at"):
        yield Draft(EntityType.PUBLIC_BODY, match.start(), match.end(), "national-office")
    for match in text.matches("bare-bureau"):
        group = match["body"] in text.lexicon.word_set("peoples-body")
        kind = EntityType.ORGANISATION if group else EntityType.PUBLIC_BODY
        yield Draft(kind, *match.span("body"), "bare-bureau", anaphor=True)
    for match in text.matches("bare-body"):
        kind = next(k for k, id in _BARE.items() if match["body"] in text.lexicon.word_set(id))
        yield Draft(kind, *match.span("body"), "head", anaphor=True)
