"""The mentions of one article: which of them count, and what each of them names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.entail import entailed_name, entailed_union
from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, Article, EntityType, Mention, Span
from kg.resolve.names import HOSTS, Key
from kg.resolve.short import spelt_out

_BODIES = (EntityType.UNION, EntityType.PUBLIC_BODY)
_SEATED = (EntityType.ORGANISATION, EntityType.SCHOOL, EntityType.COMPANY)
_SPELT_OUT_IN = (EntityType.PROGRAMME, EntityType.SITE)
_MIN_LEFT_OUT = 3
_LISTED_PLACES = "distributed-site"
_SMALL = "小"


def countable(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Drops what is only part of a name: 北京 of 北京城建集团, 产业工人 of 产业工人队伍建设改革.

    Args:
        mentions: All mentions of one article.

    Returns:
        The others, in the same order.
    """
    return tuple(mention for mention, around in _with_outer(mentions) if _counts(mention, around))


def _with_outer(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Each mention with those in which it lies, the outermost first; mentions nest and never cross."""
    around: list[Mention] = []
    for mention in mentions:
        around = [outer for outer in around if mention.at[1] <= outer.at[1]]
        yield mention, around
        around = [*around, mention]


def _counts(mention: Mention, around: Sequence[Mention]) -> bool:
    if mention.type is EntityType.DISTRICT:
        return _district_counts(mention, around)
    return mention.type is not EntityType.WORKER_GROUP or not around


def _district_counts(district: Mention, around: Sequence[Mention]) -> bool:
    """True when a district stands alone, or in a name that tells where something belongs or is."""
    if not around or around[-1].type in _BODIES:
        return True
    inner = around[-1]
    if inner.type is EntityType.DISTRICT:
        return _district_counts(inner, around[:-1])
    if inner.type in _SEATED:
        return district.rule != "gazetteer-short" and district.at[0] == inner.at[0]
    spelt_out = district.rule != "gazetteer-short" or inner.rule == _LISTED_PLACES
    return inner.type in _SPELT_OUT_IN and spelt_out


def resolve_article(
    article: Article,
    mentions: Sequence[Mention],
    inner: Sequence[Mention],
    listed: Mapping[Key, str],
    lexicon: Lexicon,
) -> Iterator[tuple[Key, Mention]]:
    """Tells what the mentions of an article name.

    Args:
        article: The article.
        mentions: Those of its mentions that count, by place.
        inner: All its mentions: a district inside a name still tells where the article is at home.
        listed: Type and name → the name under which it is listed, where that is another one.
        lexicon: The word classes.

    Yields:
        A mention and what it names, by place; then anaphora of the headline that only the body explains. What stays
        open is left out.
    """
    own = _own_districts(article, mentions) + _own_districts(article, inner)
    seen: dict[Key, None] = {}  # each name once, the latest last
    first: dict[Key, None] = {}
    waiting: list[Mention] = []
    opening = _opening_bodies(mentions)
    full = {(m.type, m.name) for m in mentions if not m.anaphor}
    for mention in mentions:
        name = _antecedent(mention, [*seen], own, lexicon) if mention.anaphor else mention.name
        body = opening.get(mention.at)
        if name is not None and body is not None:
            name = (_antecedent(body, [*seen], own, lexicon) or body.name) + name.removeprefix(body.name)
        if name is not None:
            if mention.anaphor and (mention.type, spelt := spelt_out(name, lexicon)) in full:
                # 法院 in the headline is the 人民法院 that the body names.
                name = spelt
            key = _listed(mention.type, name, listed)
            seen.pop(key, None)
            seen[key] = first[key] = None
            yield key, mention
        elif mention.at[1] <= len(article.headline):
            waiting.append(mention)
    for mention in waiting:
        # Read backwards, the latest is the first name that the body gives.
        name = _antecedent(mention, [*reversed(first)], own, lexicon)
        if name is not None:
            yield _listed(mention.type, name, listed), mention


def _opening_bodies(mentions: Sequence[Mention]) -> dict[Span, Mention]:
    """Place of a programme → the body in context that opens its name (市总工会|十二届三次全委会)."""
    bodies = {m.at[0]: m for m in mentions if m.anaphor and m.type in ORGANISATION_TYPES}
    return {
        m.at: bodies[m.at[0]]
        for m in mentions
        if m.type is EntityType.PROGRAMME and not m.anaphor and m.at[0] in bodies and bodies[m.at[0]].at[1] < m.at[1]
    }


def entailed_unions(
    article: Article, mentions: Sequence[Mention], listed: Mapping[Key, str], lexicon: Lexicon
) -> Iterator[Key]:
    """The unions of companies and areas of which the article says that they get one, named or not.

    Args:
        article: The article.
        mentions: Those of its mentions that count, by place.
        listed: Type and name → the name under which it is listed, where that is another one.
        lexicon: The word classes.
    """
    for mention in mentions:
        _, host = _listed(mention.type, mention.name, listed)
        match = entailed_union(mention.type, host, article.text, mention.at[1], lexicon)
        if match and not mention.anaphor:
            yield _listed(EntityType.UNION, entailed_name(host, match, lexicon), listed)


def _listed(kind: EntityType, name: str, listed: Mapping[Key, str]) -> Key:
    return kind, listed.get((kind, name), name)


def _own_districts(article: Article, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The districts that an article is about, most named first, the headline counting double; of equals, the later one.

    The later of two that are named as often is the inner one of a chain (宁波市|海曙区).
    """
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.type is EntityType.DISTRICT:
            counts[mention.name] += 2 if mention.at[1] <= len(article.headline) else 1
    order = {name: place for place, name in enumerate(counts)}
    return tuple(sorted(counts, key=lambda name: (-counts[name], -order[name])))


def _antecedent(mention: Mention, seen: Sequence[Key], own: Sequence[str], lexicon: Lexicon) -> str | None:
    """The name that an anaphor stands for, None when it is open."""
    names = [name for kind, name in seen if kind is mention.type]
    form = _without_pointer(mention.name, lexicon)
    if mention.rule == "pointer":
        return _latest(names, form[-2:]) or (names[-1] if names else None)
    if match := lexicon.pattern("host-body").match(mention.name):
        return _host_with_body(match["host"], match["body"], seen, lexicon)
    if match := lexicon.pattern("possessed").match(mention.name):
        host = _latest([name for kind, name in seen if kind in HOSTS], match["host"])
        return host + match["rest"] if host else None
    if mention.rule == "youth-league":
        return _of_youth_league(form, own, lexicon)
    if mention.rule == "bare-bureau":
        return _latest(names, form) or _of_last_seat(form, seen, own)
    if mention.rule == "own-part":
        return _part_of_host(mention.name, seen, lexicon)
    if mention.rule == "abbreviation":
        return _only_spelt(mention.name, names)
    if mention.rule in ("short-programme", "head"):
        return _latest(names, form, *([form[-1]] if form.startswith(_SMALL) else []))
    return _latest(names, form, _general(form, lexicon)) or _of_own_district(form, own, lexicon)


def _without_pointer(name: str, lexicon: Lexicon) -> str:
    pointer = next((word for word in lexicon.words("pointer") if name.startswith(word)), "")
    return name.removeprefix(pointer)


def _latest(names: Sequence[str], *endings: str) -> str | None:
    """The last of the names that has one of the endings."""
    return next((name for name in reversed(names) if name.endswith(endings)), None)


def _general(form: str, lexicon: Lexicon) -> str:
    """街道工会 → 街道总工会, any other form as it is."""
    return lexicon.pattern("short-union").sub(lexicon.word("general-union"), form)


def _of_own_district(form: str, own: Sequence[str], lexicon: Lexicon) -> str | None:
    """区民政局 → that of the article's own district, whether it has been named or not."""
    match = lexicon.pattern("level-body").match(form)
    district = next((name for name in own if match and _of_that_level(name, match["level"], lexicon)), None)
    return district + match["body"] if match and district else None


def _of_youth_league(form: str, own: Sequence[str], lexicon: Lexicon) -> str | None:
    """团市委 → 共青团某某市委, of the article's own city."""
    committee = _of_own_district(form[1:], own, lexicon)
    return lexicon.word("youth-league-name") + committee if committee else None


def _of_last_seat(form: str, seen: Sequence[Key], own: Sequence[str]) -> str | None:
    """司法局 → that of the district whose union or office was named last."""
    for kind, name in reversed(seen):
        if kind in _BODIES:
            seat = max((d for d in own if name.startswith(d)), key=len, default=None)
            return seat + form if seat else None
    return None


def _of_that_level(district: str, level: str, lexicon: Lexicon) -> bool:
    """True for a district of a level; what only ends with the same word (片区, 园区) has no bodies of its own."""
    return district.endswith(level) and not district.endswith(lexicon.words("no-division"))


def _host_with_body(host: str, body: str, seen: Sequence[Key], lexicon: Lexicon) -> str | None:
    """集团工会 → the latest organisation that is such a body, or the body of the latest such host."""
    for kind, name in reversed(seen):
        if kind in _BODIES and name.endswith(body) and host in name:
            return name
        any_company = kind is EntityType.COMPANY and host in lexicon.word_set("company-pointer")
        if kind in HOSTS and (any_company or name.endswith(host)):
            return name + body
    return None


def _part_of_host(part: str, seen: Sequence[Key], lexicon: Lexicon) -> str | None:
    """国际项目部 → that of the latest company, or of the latest body that is no part itself."""
    whole = next((name for _, name in reversed(seen) if name.endswith(part)), None)
    parts = lexicon.words("unowned-part")
    hosts = (name for kind, name in reversed(seen) if kind in HOSTS and not name.endswith(parts))
    return whole or next((name + part for name in hosts), None)


def _only_spelt(short: str, names: Sequence[str]) -> str | None:
    """The name that a short form spells, None where there are several."""
    fitting = {name for name in names if _in_order(short, name)}
    return fitting.pop() if len(fitting) == 1 else None


def _in_order(short: str, full: str) -> bool:
    """True when the characters of a short form stand in that order in a longer name, the first at its beginning."""
    rest = iter(full)
    return short[0] == full[0] and len(full) >= len(short) + _MIN_LEFT_OUT and all(char in rest for char in short)
