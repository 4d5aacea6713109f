"""The names of a page: under which name each of them is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, EntityType, Mention
from kg.resolve.short import is_short_for, only_places, spelt_out

Key = tuple[EntityType, str]
"""What makes two mentions one entity: the type, and the name under which it is listed."""

_KIND = 3

HOSTS = ORGANISATION_TYPES - {EntityType.UNION, EntityType.PUBLIC_BODY}
"""Organisations that have a union or a committee of their own."""


@dataclass(frozen=True, kw_only=True)
class _Names:
    """The full names of a page.

    Args:
        keys: Each type and name once, in order of first mention.
        strings: The names of all types.
        quoted: Quoted beginning of programmes' names → those names, in order of first mention.
        quoted_sites: The same for sites.
        lexicon: The word classes.
    """

    keys: tuple[Key, ...]
    strings: frozenset[str]
    quoted: Mapping[str, Sequence[str]]
    quoted_sites: Mapping[str, Sequence[str]]
    lexicon: Lexicon

    def of(self, kind: EntityType) -> tuple[str, ...]:
        """The names of a type."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[EntityType, tuple[str, ...]]:
        by_kind: dict[EntityType, list[str]] = {}
        for kind, name in self.keys:
            by_kind.setdefault(kind, []).append(name)
        return {kind: tuple(names) for kind, names in by_kind.items()}

    @cached_property
    def known(self) -> frozenset[Key]:
        """The keys, to look up."""
        return frozenset(self.keys)

    def alike(self, kind: EntityType, name: str) -> list[str]:
        """The names of a type that a name may be short for, or longer than by what stands in front, in their order.

        A fuller name has all characters of the shorter one, so that those with its rarest character are enough.
        """
        order = self._places[kind]
        spelt = spelt_out(name, self.lexicon)
        found = {other for form in {name, spelt} for other in self._with_rarest(kind, form)}
        found.update(name[at:] for at in range(1, len(name)) if name[at:] in order)
        return sorted(found - {name}, key=order.__getitem__)

    def _with_rarest(self, kind: EntityType, form: str) -> Sequence[str]:
        holders = self._by_character[kind]
        return min((holders.get(char, ()) for char in form), key=len, default=())

    @cached_property
    def _places(self) -> Mapping[EntityType, Mapping[str, int]]:
        return {kind: {name: place for place, name in enumerate(names)} for kind, names in self._by_kind.items()}

    @cached_property
    def _by_character(self) -> Mapping[EntityType, Mapping[str, list[str]]]:
        """Type → character → the names that have it."""
        found: dict[EntityType, dict[str, list[str]]] = {}
        for kind, name in self.keys:
            holders = found.setdefault(kind, {})
            for char in dict.fromkeys(name):
                holders.setdefault(char, []).append(name)
        return found

    @cached_property
    def first_alike(self) -> Mapping[str, str]:
        """Programme → the first of those that begin with the same quotation."""
        first: dict[str, str] = {}
        for alike in self.quoted.values():
            for name in alike[1:]:
                first.setdefault(name, alike[0])
        return first

    @cached_property
    def sites_alike(self) -> Mapping[str, Sequence[str]]:
        """Site → the sites that begin with the same quotation."""
        found: dict[str, Sequence[str]] = {}
        for forms in self.quoted_sites.values():
            for name in forms:
                found.setdefault(name, forms)
        return found


def listed_names(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[Key, str]:
    """Finds the names of a page that are listed under another one.

    Args:
        mentions: All mentions of the page but anaphora, by article and place.
        lexicon: The word classes.

    Returns:
        Type and name → the name under which it is listed; a name that is not in it is listed as it is.
    """
    names = _read_names(mentions, lexicon)
    fuller: dict[Key, str] = {}
    for kind, name in names.keys:
        target = _fuller(kind, name, names)
        if target is not None and target != name:
            fuller[kind, name] = target
    fuller = _settled(fuller)
    return _settled({**_fuller_unions(names, fuller), **fuller})


def _read_names(mentions: Sequence[Mention], lexicon: Lexicon) -> _Names:
    keys = tuple(dict.fromkeys((mention.type, mention.name) for mention in mentions))
    strings = frozenset(name for _, name in keys)
    return _Names(
        keys=keys,
        strings=strings,
        quoted=_quoted(mentions, EntityType.PROGRAMME, lexicon),
        quoted_sites=_quoted(mentions, EntityType.SITE, lexicon),
        lexicon=lexicon,
    )


def _quoted(mentions: Iterable[Mention], kind: EntityType, lexicon: Lexicon) -> dict[str, list[str]]:
    """Quoted beginning → the programmes or sites that begin with it, single events left out."""
    quoted: dict[str, list[str]] = {}
    for mention in mentions:
        match = lexicon.pattern("leading-quote").match(mention.surface)
        if match and mention.type is kind and not mention.name.endswith(lexicon.words("event-head")):
            names = quoted.setdefault(match["inside"], [])
            if mention.name not in names:
                names.append(mention.name)
    return quoted


def _settled(fuller: Mapping[Key, str]) -> dict[Key, str]:
    """Names that lead on to each other, each with the last one."""
    return {(kind, name): _last(kind, target, fuller) for (kind, name), target in fuller.items()}


def _last(kind: EntityType, name: str, fuller: Mapping[Key, str]) -> str:
    # Two names may each be short for the other (a company with and without 北京市 in front): do not go round.
    seen = {name}
    while (kind, name) in fuller and fuller[kind, name] not in seen:
        name = fuller[kind, name]
        seen.add(name)
    return name


def _fuller_unions(names: _Names, fuller: Mapping[Key, str]) -> dict[Key, str]:
    """A union that is named after the short form of its company is the union of the full name."""
    plain = names.lexicon.word("plain-union")
    hosts = {name: full for (kind, name), full in fuller.items() if kind in HOSTS}
    unions = [name for name in names.of(EntityType.UNION) if name.removesuffix(plain) in hosts]
    return {(EntityType.UNION, name): hosts[name.removesuffix(plain)] + plain for name in unions}


def _fuller(kind: EntityType, name: str, names: _Names) -> str | None:
    """The name under which a name is listed; None, or itself, when it is listed as it is."""
    known = None
    if kind is EntityType.PROGRAMME:
        known = _by_quotation(name, names) or _without_places(name, names) or _without_edition(name, names)
    elif kind is EntityType.SITE:
        known = _longest_quoted(name, names)
    elif kind is EntityType.WORKER_GROUP:
        known = _common_group(name, names)
    return known or _only_longer(kind, name, names)


def _common_group(name: str, names: _Names) -> str | None:
    """The usual name of a group of workers, where the page has it too or the name is only cut short (保洁: 保洁员)."""
    usual = names.lexicon.pairs("same-group").get(name)
    groups = names.of(EntityType.WORKER_GROUP)
    if usual and (usual.startswith(name) or usual in groups):
        return usual
    fuller = [group for group in groups if group != name and group.endswith(name)]
    return fuller[0] if usual and len(fuller) == 1 else None


def _by_quotation(name: str, names: _Names) -> str | None:
    """Programmes that begin with the same quotation, and the quotation alone, are the first of them."""
    first = names.first_alike.get(name, name)
    if first != name:
        return first
    first = names.quoted[name][0] if name in names.quoted else name
    return first if first != name else None


def _longest_quoted(name: str, names: _Names) -> str | None:
    """The fullest name of the sites that begin with the same quotation (“泉心和”调解室, “泉心和”劳动争议调解室)."""
    alike = names.sites_alike.get(name, ())
    longest = max(alike, key=len, default=name)
    return longest if longest != name and longest.endswith(name[-_KIND:]) else None


def _without_places(name: str, names: _Names) -> str | None:
    """A programme's name as the page also has it without the places in front."""
    # A ceremony in one city is not the one in another.
    if name.endswith(names.lexicon.words("event-head")):
        return None
    ends = (name[at:] for at in range(1, len(name)) if (EntityType.PROGRAMME, name[at:]) in names.known)
    return next((end for end in ends if _opens_programme(name.removesuffix(end), names)), None)


def _without_edition(name: str, names: _Names) -> str | None:
    """第八届“某杯”大赛 is that competition, where the page names it without a number too."""
    bare = names.lexicon.pattern("edition-first").sub("", name)
    return bare if bare != name and (EntityType.PROGRAMME, bare) in names.known else None


def _opens_programme(before: str, names: _Names) -> bool:
    """True for places, and for a union of the page, in front of what has a name of its own."""
    return only_places(before, names.lexicon) or (EntityType.UNION, before) in names.known


def _only_longer(kind: EntityType, name: str, names: _Names) -> str | None:
    """The one name that a name is short for; None where there are several."""
    longer = [
        other for other in names.alike(kind, name) if is_short_for(kind, name, other, names.strings, names.lexicon)
    ]
    shortest = min(longer, key=len, default=None)
    # 天津东丽区总工会, 天津市东丽区总工会 and 东丽区总工会 are one candidate.
    if shortest is None or all(other.endswith(shortest) for other in longer):
        return shortest
    # So are a name and those that are short for it themselves (沈阳辽工压缩机集团有限公司, 沈阳辽工压缩机集团).
    fullest = max(longer, key=len)
    alike = all(
        is_short_for(kind, other, fullest, names.strings, names.lexicon) for other in longer if other != fullest
    )
    return fullest if alike else None
