"""Mentions → entities of the page: which forms name the same thing.

Rules, in order; a reference is resolved only when one candidate remains, and what cannot be resolved names nothing:

1. a level and a body (区总工会, 镇政府): the latest full name of the article that ends so, else the article's own
   district with that body (区民政局 in an article about 东城区 is 东城区民政局);
2. a host word and a body (集团工会, 该公司工会): the latest host of that kind with that body;
3. a place in front (湖南永州市总工会) adds nothing: same as the name without it;
4. a shorter form that leaves out only words of trade and legal form, with one candidate of the same type;
5. a quoted short form (“产改”) whose characters occur in that order in one programme of the page;
6. a pointer (该公司): the latest compatible name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.clean import plain_name
from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, Article, Entity, EntityType, Mention

Key = tuple[EntityType, str]

_POSSESSORS = ORGANISATION_TYPES - {EntityType.UNION, EntityType.PUBLIC_BODY}
_CLOSED = (EntityType.DOCUMENT, EntityType.HONOUR, EntityType.PERSON)


@dataclass(slots=True)
class _Group:
    """An entity while it is put together."""

    key: Key
    aliases: dict[str, None] = field(default_factory=dict)
    anaphora: dict[str, None] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    article: int = 0


def resolve_mentions(articles: Sequence[Article], mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Entity, ...]:
    """Groups the mentions of a page into entities.

    Args:
        articles: All articles of the page.
        mentions: All their mentions, by article and place.
        lexicon: The word classes.

    Returns:
        Entities in order of first mention; an entailed one (the new union of a company) follows its company and has no
        mentions.
    """
    by_article = [tuple(m for m in mentions if m.article == article.index) for article in articles]
    named = [_countable(of_one) for of_one in by_article]
    fuller = _fuller_names([m for of_one in named for m in of_one if not m.anaphor], lexicon)
    groups: dict[Key, _Group] = {}
    for article, of_one in zip(articles, named, strict=True):
        _resolve_article(article, of_one, fuller, groups, lexicon)
        _entail_unions(article, of_one, fuller, groups, lexicon)
    return _entities(groups.values())


def _countable(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Drops what is only part of a name: 北京 of 北京城建集团, 产业工人 of 产业工人队伍建设改革."""
    return tuple(m for m in mentions if _counts(m, mentions))


def _counts(mention: Mention, mentions: Sequence[Mention]) -> bool:
    if mention.type is EntityType.DISTRICT:
        return _district_counts(mention, mentions)
    if mention.type is EntityType.WORKER_GROUP:
        return not any(m is not mention and m.at[0] <= mention.at[0] and mention.at[1] <= m.at[1] for m in mentions)
    return True


def _district_counts(district: Mention, mentions: Sequence[Mention]) -> bool:
    around = [m for m in mentions if m is not district and m.at[0] <= district.at[0] and district.at[1] <= m.at[1]]
    if not around:
        return True
    inner = min(around, key=lambda m: m.at[1] - m.at[0])
    if inner.type in (EntityType.UNION, EntityType.PUBLIC_BODY, EntityType.DISTRICT):
        return inner.type is not EntityType.DISTRICT or _district_counts(inner, mentions)
    return inner.type in (EntityType.PROGRAMME, EntityType.SITE) and district.rule != "gazetteer-short"


# --- names -----------------------------------------------------------------------------------------------------------


def _fuller_names(mentions: Iterable[Mention], lexicon: Lexicon) -> dict[Key, str]:
    """Name → the name under which it is listed, for every name of the page."""
    counts = Counter((m.type, m.name) for m in mentions)
    insides = _insides(mentions, lexicon)
    fuller: dict[Key, str] = {}
    for kind, name in counts:
        target = _fuller(kind, name, counts, insides, lexicon)
        if target is not None and target != name:
            fuller[kind, name] = target
    fuller = {key: _follow(key[0], name, fuller) for key, name in fuller.items()}
    return {**_fuller_unions(counts, fuller, lexicon), **fuller}


def _fuller_unions(counts: Iterable[Key], fuller: dict[Key, str], lexicon: Lexicon) -> dict[Key, str]:
    """A union that is named after the short form of its company is the union of the full name."""
    plain = lexicon.word("plain-union")
    hosts = {name: full for (kind, name), full in fuller.items() if kind in _POSSESSORS}
    unions = [name for kind, name in counts if kind is EntityType.UNION and name.removesuffix(plain) in hosts]
    return {(EntityType.UNION, name): hosts[name.removesuffix(plain)] + plain for name in unions}


def _follow(kind: EntityType, name: str, fuller: dict[Key, str]) -> str:
    seen = {name}
    while (kind, name) in fuller and fuller[kind, name] not in seen:
        name = fuller[kind, name]
        seen.add(name)
    return name


def _insides(mentions: Iterable[Mention], lexicon: Lexicon) -> dict[str, list[str]]:
    """Quoted part of a programme's name → the names that begin with it, single events left out."""
    insides: dict[str, list[str]] = {}
    for mention in mentions:
        match = lexicon.pattern("leading-quote").match(mention.surface)
        if match and mention.type is EntityType.PROGRAMME and not mention.name.endswith(lexicon.words("event-head")):
            names = insides.setdefault(match["inside"], [])
            if mention.name not in names:
                names.append(mention.name)
    return insides


def _fuller(
    kind: EntityType, name: str, counts: Counter[Key], insides: dict[str, list[str]], lexicon: Lexicon
) -> str | None:
    if kind in _CLOSED:
        return None
    if kind is EntityType.PROGRAMME:
        for names in insides.values():
            if name in names and names[0] != name:
                return names[0]
        if name in insides:
            return insides[name][0]
    if kind is EntityType.WORKER_GROUP:
        synonyms = lexicon.pairs("same-group")
        if name in synonyms:
            return synonyms[name]
    names_of_page = frozenset(other for _, other in counts)
    if kind is EntityType.PROGRAMME and not name.endswith(lexicon.words("event-head")):
        bare = [n for k, n in counts if k is kind and name.endswith(n) and _only_places(name.removesuffix(n), lexicon)]
        if bare:
            return max(bare, key=len)
    others = [other for (other_kind, other) in counts if other_kind is kind and other != name]
    candidates = [other for other in others if _is_short_for(kind, name, other, names_of_page, lexicon)]
    shortest = min(candidates, key=len, default="")
    # 天津东丽区总工会, 天津市东丽区总工会 and 东丽区总工会 are one candidate.
    return shortest if candidates and all(other.endswith(shortest) for other in candidates) else None


def _is_short_for(kind: EntityType, short: str, full: str, names: frozenset[str], lexicon: Lexicon) -> bool:
    """True when `short` is listed under `full`."""
    spelt = _spelt_out(short, lexicon) if kind in ORGANISATION_TYPES | {EntityType.DISTRICT} else short
    if spelt != short and full.endswith(spelt):
        return full == spelt or _only_places(full.removesuffix(spelt), lexicon)
    if kind in ORGANISATION_TYPES:
        if full.endswith(short):
            before = full.removesuffix(short)
            if before in lexicon.word_set("opening-word"):
                return True
            part_of_host = kind is EntityType.COMPANY and len(short) >= 4 and before in names
            return part_of_host or (_only_places(before, lexicon) and not _begins_with_division(short, lexicon))
        if short.endswith(full) and _begins_with_division(full, lexicon):
            return _only_places(short.removesuffix(full), lexicon)
        return len(short) < len(full) and _leaves_out_only(short, full, lexicon)
    if kind is EntityType.PROGRAMME:
        return (
            len(short) >= 4
            and len(short) < len(full)
            and (
                full.endswith(short)
                or (short[:2] == full[:2] and short[-2:] == full[-2:] and _leaves_out_only(short, full, lexicon))
            )
        )
    if kind is EntityType.WORKER_GROUP:
        return len(short) >= 3 and full.endswith(short) and len(full) - len(short) <= 2
    if kind in (EntityType.DISTRICT, EntityType.SITE):
        return (
            len(short) >= 3
            and full.endswith(short)
            and (_only_places(full.removesuffix(short), lexicon) or full.removesuffix(short) in names)
        )
    return False


def _begins_with_division(name: str, lexicon: Lexicon) -> bool:
    return any(
        name.startswith(full) for full in (name[:length] for length in range(2, 12)) if full in lexicon.gazetteer.full
    )


def _only_places(text: str, lexicon: Lexicon) -> bool:
    """True when a text is one place after another."""
    position = 0
    for start, name in lexicon.gazetteer.scan(text):
        if start != position:
            return False
        position += len(name)
    return bool(text) and (position == len(text) or text[position:].endswith(lexicon.words("district-suffix")))


def _spelt_out(name: str, lexicon: Lexicon) -> str:
    """A bureau's name with its customary abbreviation written out (市人社局)."""
    for short, full in lexicon.pairs("bureau-abbreviation").items():
        if short in name and full not in name:
            return name.replace(short, full)
    return name


def _leaves_out_only(short: str, full: str, lexicon: Lexicon) -> bool:
    """True when `short` is `full` without words of trade and legal form."""
    missing, position = "", 0
    for char in full:
        if position < len(short) and short[position] == char:
            position += 1
            missing += " "
        else:
            missing += char
    if position < len(short):
        return False
    droppable = lexicon.pattern("only-droppable")
    parts = missing.split()
    if not missing.startswith(" ") and _only_places(parts[0], lexicon):
        parts = parts[1:]
    return all(droppable.fullmatch(part) for part in parts)


# --- one article -----------------------------------------------------------------------------------------------------


def _resolve_article(
    article: Article,
    mentions: Sequence[Mention],
    fuller: dict[Key, str],
    groups: dict[Key, _Group],
    lexicon: Lexicon,
) -> None:
    own = own_districts(article, mentions)
    seen: list[tuple[EntityType, str]] = []
    waiting: list[Mention] = []
    for mention in mentions:
        if mention.anaphor:
            name = _antecedent(mention, seen, own, lexicon)
            if name is None:
                waiting.extend([mention] if mention.at[1] <= len(article.headline) else [])
                continue
        else:
            name = mention.name
        name = _follow(mention.type, fuller.get((mention.type, name), name), fuller)
        _add(groups, (mention.type, name), mention)
        seen.append((mention.type, name))
    for mention in waiting:
        # A headline may shorten a name that only the body gives in full.
        name = _antecedent(mention, list(reversed(seen)), own, lexicon)
        if name is not None:
            _add(groups, (mention.type, _follow(mention.type, name, fuller)), mention)


def _add(groups: dict[Key, _Group], key: Key, mention: Mention) -> None:
    group = groups.setdefault(key, _Group(key=key, article=mention.article))
    group.mentions.append(mention)
    form = mention.surface if mention.anaphor else mention.name
    if mention.anaphor or mention.rule == "shared-host":
        group.anaphora.setdefault(form)
    elif form != key[1]:
        group.aliases.setdefault(form)
    plain = plain_name(mention.surface)
    if not mention.anaphor and mention.rule != "shared-host" and plain not in (key[1], form):
        group.aliases.setdefault(plain)


def own_districts(article: Article, mentions: Sequence[Mention]) -> tuple[str, ...]:
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
    form = next((mention.name[len(w) :] for w in lexicon.words("pointer") if mention.name.startswith(w)), mention.name)
    if mention.rule == "pointer":
        same = [name for kind, name in seen if kind is mention.type]
        return next((name for name in reversed(same) if name.endswith(form[-2:])), same[-1] if same else None)
    if match := lexicon.pattern("host-body").match(mention.name):
        return _host_with_body(match["host"], match["body"], seen, lexicon)
    if match := lexicon.pattern("possessed").match(mention.name):
        host = next((n for k, n in reversed(seen) if k in _POSSESSORS and n.endswith(match["host"])), None)
        return host + match["rest"] if host else None
    endings = (form, *lexicon.pattern("short-union").sub(lexicon.word("general-union"), form).split())
    if mention.rule == "abbreviation":
        fitting = {name for kind, name in seen if kind is mention.type and in_order(mention.name, name)}
        return fitting.pop() if len(fitting) == 1 else None
    if mention.rule in ("short-programme", "head"):
        return next((name for kind, name in reversed(seen) if kind is mention.type and name.endswith(form)), None)
    latest = next((name for kind, name in reversed(seen) if kind is mention.type and name.endswith(endings)), None)
    if latest is not None:
        return latest
    match = lexicon.pattern("level-body").match(form)
    district = next((name for name in own if match and name.endswith(match["level"])), None)
    return district + match["body"] if match and district else None


def in_order(short: str, full: str) -> bool:
    """True when the characters of a short form stand in that order in a longer name, the first at its beginning."""
    rest = iter(full)
    return short[0] == full[0] and len(full) > len(short) + 2 and all(char in rest for char in short)


def _host_with_body(host: str, body: str, seen: Sequence[Key], lexicon: Lexicon) -> str | None:
    """集团工会 → the latest organisation that has such a body, or that is such a host."""
    for kind, name in reversed(seen):
        if name.endswith(body) and kind in (EntityType.UNION, EntityType.PUBLIC_BODY):
            if host in name:
                return name
        elif kind in ORGANISATION_TYPES - {EntityType.UNION, EntityType.PUBLIC_BODY} and (
            name.endswith(host) or (kind is EntityType.COMPANY and host in lexicon.word_set("company-pointer"))
        ):
            return name + body
    return None


def _entail_unions(
    article: Article,
    mentions: Sequence[Mention],
    fuller: dict[Key, str],
    groups: dict[Key, _Group],
    lexicon: Lexicon,
) -> None:
    """A named company of which the text says 建会 has a union, named or not."""
    for mention in mentions:
        if mention.type is not EntityType.COMPANY or mention.anaphor:
            continue
        if lexicon.pattern("union-entailed").match(article.text, mention.at[1]):
            name = _follow(mention.type, fuller.get((mention.type, mention.name), mention.name), fuller)
            key = (EntityType.UNION, name + lexicon.word("plain-union"))
            groups.setdefault(key, _Group(key=key, article=article.index))


def _entities(groups: Iterable[_Group]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=f"e{number}",
            type=group.key[0],
            name=group.key[1],
            aliases=tuple(group.aliases),
            anaphora=tuple(group.anaphora),
            article=group.article,
            mentions=tuple(group.mentions),
        )
        for number, group in enumerate(groups, 1)
    )
