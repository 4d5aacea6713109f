"""Article → mentions: which stretches of the text name, or stand for, an entity.

Each finder proposes `Draft`s on its own; `find_mentions` settles overlaps. Mentions may nest (a group of companies
inside the name of its subsidiary, a district inside a union's name) but never cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.clean import plain_name
from kg.find.bare import programme_start
from kg.find.boundary import Text
from kg.find.companies import find_short_names
from kg.find.districts import find_districts
from kg.find.draft import Draft
from kg.find.groups import find_worker_groups
from kg.find.honours import find_honours
from kg.find.initiatives import find_documents, find_programmes
from kg.find.marking import read_text
from kg.find.organisations import find_organisations
from kg.find.people import find_persons
from kg.find.quotations import Quote, read_quotes
from kg.find.sites import find_sites
from kg.lexicon import Lexicon
from kg.lexicon.gazetteer import Gazetteer
from kg.model import ORGANISATION_TYPES, Article, EntityType, Mention

__all__ = ["find_mentions"]

_FINDERS = (
    find_documents,
    find_honours,
    find_sites,
    find_organisations,
    find_programmes,
    find_worker_groups,
    find_districts,
)
_WON = ("contest-result", "contest-result-topic", "awarded", "winners-label")
_LEARNT = ORGANISATION_TYPES | {EntityType.PROGRAMME, EntityType.SITE}
_NAMED_AFTER_PLACES = (EntityType.COMPANY, EntityType.SCHOOL, EntityType.ORGANISATION)
_WIDE = ("wide-site", "rail-line")
_MIN_LEARNT = 4
_SMALL = "小"
_SHORTEST = 2
_OWN_NAMES = (
    "programme-head",
    "quoted-head",
    "quoted-name",
    "quoted-site",
    "hosted-quoted-site",
    "hosted-site",
    "own-workshop",
)
_BY_SUFFIX = (
    "org-suffix",
    "site-suffix",
    "wide-site",
    "quoted-kind",
    "quoted-site",
    "programme-head",
    "district-suffix",
)


def find_mentions(article: Article, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All mentions of an article, by place, the outer before the inner.

    Args:
        article: The article.
        lexicon: The word classes and patterns.

    Returns:
        Mentions whose `surface` equals `article.text[at]`; empty for an article that names nothing.
    """
    text = read_text(article, lexicon)
    persons = list(find_persons(text))
    text = replace(text, people={draft.start: draft.stop for draft in persons if not draft.anaphor})
    others = (draft for find in _FINDERS for draft in find(text) if not _counted(text, draft))
    drafts = [*persons, *_without_cutting(text, others)]
    drafts = _without_short(text, _without_crossing(_without_bare(text, drafts)))
    drafts = _without_crossing(
        [
            *drafts,
            *_again(text, drafts),
            *find_short_names(text, drafts),
            *_short_programmes(text, drafts),
            *_heads(text, drafts),
            *_abbreviations(text, drafts),
        ]
    )
    gazetteer = lexicon.gazetteer
    return tuple(
        _as_mention(article, draft, gazetteer) for draft in sorted(drafts, key=lambda d: (d.start, -d.stop, d.type))
    )


def _without_cutting(text: Text, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Drops what begins or ends inside a personal name (某厂焊工|段|福全 is no 焊工段)."""
    inner = {place for start, stop in text.people.items() for place in range(start + 1, stop)}
    return (draft for draft in drafts if draft.start not in inner and draft.stop not in inner)


def _without_bare(text: Text, drafts: list[Draft]) -> list[Draft]:
    """Drops what another finder has with its quotation marks: “职工服务中心” is one thing."""
    quoted = {(d.start + 1, d.stop - 1) for d in drafts if text.text[d.start] in "“‘"}
    return [d for d in drafts if (d.start, d.stop) not in quoted]


def _without_short(text: Text, drafts: list[Draft]) -> list[Draft]:
    """Drops the last part of a longer programme's name: it points back and is found as such."""
    names = {plain_name(text.text[d.start : d.stop]) for d in drafts if d.type is EntityType.PROGRAMME}
    apart = text.lexicon.word_set("held-apart")

    def is_part(draft: Draft) -> bool:
        short = text.text[draft.start : draft.stop]
        fuller = (name.removesuffix(short) for name in names if name.endswith(short))
        return any(before and before not in apart for before in fuller)

    return [d for d in drafts if d.rule != "programme-head" or not is_part(d)]


def _without_crossing(drafts: Iterable[Draft]) -> list[Draft]:
    """Of two drafts that cross or share a place, keeps the longer; of equals, the one of the earlier finder."""
    kept: list[Draft] = []
    # Those kept so far are no shorter: one that overlaps a draft lies over its first or its last character.
    over: dict[int, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: d.start - d.stop):
        near = (*over.get(draft.start, ()), *over.get(draft.stop - 1, ()))
        if not any(_clash(draft, other) for other in near):
            kept.append(draft)
            for position in range(draft.start, draft.stop):
                over.setdefault(position, []).append(draft)
    return kept


def _clash(a: Draft, b: Draft) -> bool:
    if a.stop <= b.start or b.stop <= a.start:
        return False
    nested = b.start <= a.start and a.stop <= b.stop
    return not nested or (a.start, a.stop) == (b.start, b.stop) or not _may_nest(a, b)


def _may_nest(inner: Draft, outer: Draft) -> bool:
    """Titles of documents and honours are closed; the same type nests only among organisations and districts."""
    if outer.rule in _WON and inner.type is EntityType.PROGRAMME:
        return inner.start == outer.start or inner.stop < outer.stop
    if outer.type in (EntityType.DOCUMENT, EntityType.HONOUR, EntityType.PERSON, EntityType.DISTRICT):
        chain = outer.type is EntityType.DISTRICT and inner.type is EntityType.DISTRICT
        return chain and inner.rule != "gazetteer-short"
    if inner.rule == "gazetteer-short" and outer.type in _NAMED_AFTER_PLACES:
        return False
    if inner.type is outer.type is EntityType.SITE:
        # 京平高速|马坊服务区: a site may stand on another one and be named after both.
        return inner.start == outer.start and inner.stop < outer.stop and inner.rule in _WIDE
    if inner.type is outer.type:
        named = not inner.anaphor or outer.rule == "part"
        return inner.type in ORGANISATION_TYPES and named and inner.stop != outer.stop
    if inner.type is EntityType.SITE and (outer.type in ORGANISATION_TYPES or inner.start == outer.start):
        return False
    if inner.type is EntityType.PROGRAMME:
        return outer.type in ORGANISATION_TYPES - {EntityType.COMPANY}
    return not inner.anaphor or outer.type is EntityType.PROGRAMME or outer.rule == "part"


def _again(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """The same string further on in the article is the same kind of thing."""
    names = {text.text[d.start : d.stop]: d for d in drafts if d.type in _LEARNT and not d.anaphor}
    for surface, draft in names.items():
        bare = surface.strip("“”")
        if len(bare) < _MIN_LEARNT:
            continue
        start = text.text.find(bare)
        while start >= 0:
            yield draft._replace(start=start, stop=start + len(bare))
            start = text.text.find(bare, start + len(bare))


def _short_programmes(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """A head word with the last part of a name that the article gives in full (全覆盖行动)."""
    known = {plain_name(text.text[d.start : d.stop]) for d in drafts if d.type is EntityType.PROGRAMME}
    for match in text.matches("programme-noun"):
        start = programme_start(text, match.start())
        short = text.text[start : match.end()]
        if len(short) >= _MIN_LEARNT and any(name.endswith(short) and name != short for name in known):
            yield Draft(EntityType.PROGRAMME, start, match.end(), "short-programme", anaphor=True)


def _counted(text: Text, draft: Draft) -> bool:
    """7个创新工作室联盟 counts a kind and names none."""
    before = text.text[max(0, draft.start - 6) : draft.start]
    if draft.rule not in _BY_SUFFIX or text.lexicon.pattern("ordinal-before").search(before):
        return False
    return bool(text.lexicon.pattern("counting").search(before))


def _listed_name(draft: Draft, name: str, gazetteer: Gazetteer) -> str:
    """The name without a province in front of another place (湖南|永州市总工会)."""
    if draft.type not in ORGANISATION_TYPES - {EntityType.COMPANY} | {EntityType.PROGRAMME}:
        return name
    places = list(gazetteer.scan(name))
    chained = len(places) >= 2 and places[0][0] == 0 and places[1][0] == len(places[0][1])
    # A municipality is the city itself: it stays.
    return name[places[1][0] :] if chained and gazetteer.is_province(places[0][1]) else name


def _heads(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """The last word of a site's or programme's name, alone at the beginning of a clause (夜校, 小屋), points back."""
    heads = {
        head: d.type
        for d in drafts
        if d.type in (EntityType.SITE, EntityType.PROGRAMME) and d.rule in _OWN_NAMES and not d.anaphor
        for head in _heads_of(text, d)
    }
    for head, kind in sorted(heads.items()):
        start = text.text.find(head)
        while start >= 0:
            if start and text.text[start - 1] in "，。；！？”\n这":
                yield Draft(kind, start, start + len(head), "head", anaphor=True)
            start = text.text.find(head, start + len(head))


def _heads_of(text: Text, draft: Draft) -> set[str]:
    """The words for kinds of programmes or sites that a name ends with, its last two characters, and 小站 for a 站."""
    name = plain_name(text.text[draft.start : draft.stop])
    heads = ("programme-head",) if draft.type is EntityType.PROGRAMME else ("place-kind", "service-kind")
    ends = {name[at:] for at in range(1, len(name))}
    fitting = [kind for id in heads for kind in text.lexicon.word_set(id) & ends]
    small = {_SMALL + name[-1]} if draft.type is EntityType.SITE else set()
    return {*fitting, name[-2:], *small}


def _abbreviations(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """Short quotations (“产改”) whose characters begin and run through the name of a programme of the article."""
    names = {
        plain_name(text.text[d.start : d.stop]) for d in drafts if d.type is EntityType.PROGRAMME and not d.anaphor
    }
    for quote in read_quotes(text):
        inside = quote.inside
        if inside in names:
            continue
        fits = [name for name in names if name[:1] == inside[:1] and all(char in name for char in inside)]
        if _SHORTEST <= len(inside) <= _MIN_LEARNT and fits and not any(_covers(d, quote) for d in drafts):
            yield Draft(EntityType.PROGRAMME, quote.start, quote.stop, "abbreviation", name=inside, anaphor=True)


def _covers(draft: Draft, quote: Quote) -> bool:
    return draft.start <= quote.start and quote.stop <= draft.stop and draft.type is EntityType.PROGRAMME


def _as_mention(article: Article, draft: Draft, gazetteer: Gazetteer) -> Mention:
    surface = article.text[draft.start : draft.stop]
    start, stop = article.locate((draft.start, draft.stop))
    return Mention(
        type=draft.type,
        name=draft.name or _listed_name(draft, plain_name(surface), gazetteer),
        surface=surface,
        article=article.index,
        at=(draft.start, draft.stop),
        start=start,
        stop=stop,
        anaphor=draft.anaphor,
        rule=draft.rule,
    )
