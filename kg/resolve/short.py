"""When one name is short for another: each type of entity has its own ways to shorten.

Every test takes the shorter name, the fuller one, all names of the page and the lexicon. Titles of documents, honours
and persons are closed: none is short for another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from kg.brands import read_company
from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, EntityType
from kg.words import cut_words

_LONGEST_DIVISION = 11
_MIN_COMPANY_PART = 4
_MIN_BRAND = 2
_MIN_ABBREVIATION = 6
_LONGEST_LEFT = 2
_COMMON = ("n", "v")
_NAMES = ("nr", "ns", "nt", "nz", "nrt")
_MIN_PROGRAMME = 3
_MIN_GROUP = 3
_MIN_PLACE = 3
_MIN_OWN = 4
_MAX_GROUP_ATTRIBUTE = 2


def is_short_for(kind: EntityType, short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    """True when `short` is listed under `full`.

    Args:
        kind: The type of both.
        short: A name.
        full: Another name; where it begins with a place that it does not need, it may be the shorter one.
        names: All full names of the page, of any type.
        lexicon: The word classes.
    """
    test = _TESTS.get(kind)
    return test is not None and test(short, full, names, lexicon)


def only_places(text: str, lexicon: Lexicon) -> bool:
    """True when a text is one place after another."""
    position = 0
    for start, name in lexicon.gazetteer.scan(text):
        if start != position:
            return False
        position += len(name)
    return bool(text) and (position == len(text) or text[position:].endswith(lexicon.words("district-suffix")))


def _is_short_organisation(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    spelt = spelt_out(short, lexicon)
    if spelt != short and full.endswith(spelt):
        return full == spelt or only_places(full.removesuffix(spelt), lexicon)
    if full.endswith(short):
        return _opens_only(full.removesuffix(short), short, lexicon)
    if short.endswith(full) and _begins_with_division(full, lexicon):
        return only_places(short.removesuffix(full), lexicon)
    if university := lexicon.pattern("short-university").match(short):
        return _spells_university(university["stem"], university["rest"], full, lexicon)
    return len(short) < len(full) and _leaves_out_only(short, full, lexicon)


def _spells_university(stem: str, rest: str, full: str, lexicon: Lexicon) -> bool:
    """北工大|工会 for 北京工业大学|工会: the first characters of the parts of a university's name."""
    name = full.removesuffix(rest)
    is_university = full.endswith(rest) and name.endswith(lexicon.word("university"))
    return is_university and name[:1] == stem[:1] and _left_out(stem, name) is not None


def _is_short_company(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    """As any organisation; or a part of a company that is named without the company."""
    fits = len(short) >= _MIN_COMPANY_PART and full.endswith(short) and full.removesuffix(short) in names
    is_part = fits and not _begins_with_division(short, lexicon)
    return (
        is_part
        or _is_short_organisation(short, full, names, lexicon)
        or (len(short) < len(full) and _leaves_out_only(short, full, lexicon, "only-trade"))
        or (len(short) < len(full) and (_has_its_brand(short, full, lexicon) or _abbreviates(short, full, lexicon)))
    )


def _is_short_part(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    """As any organisation; or what belongs to a body, named without it (某铁路局|杭州客运段)."""
    is_part = len(short) >= _MIN_COMPANY_PART and full.endswith(short) and full.removesuffix(short) in names
    return is_part or _is_short_organisation(short, full, names, lexicon)


def _has_its_brand(short: str, full: str, lexicon: Lexicon) -> bool:
    """辽工集团 for 沈阳辽工|压缩机|集团有限公司: the brand, in between only words for what it makes."""
    brief, whole = read_company(short, lexicon), read_company(full, lexicon)
    if len(brief.brand) < _MIN_BRAND or not whole.form or not whole.brand.startswith(brief.brand):
        return False
    if brief.form and brief.form[:_MIN_BRAND] != whole.form[:_MIN_BRAND]:
        return False
    if brief.place not in ("", whole.place) or _left_out(short.removeprefix(brief.place), full) is None:
        return False
    between = cut_words(whole.brand.removeprefix(brief.brand))
    return all(len(word.text) >= _MIN_BRAND and word.tag[:1] in _COMMON and word.tag not in _NAMES for word in between)


def _abbreviates(short: str, full: str, lexicon: Lexicon) -> bool:
    """地铁通号分公司 for 北京地铁通信信号分公司: single characters of its words, from the first word on."""
    brief, whole = read_company(short, lexicon), read_company(full, lexicon)
    rest = full.removeprefix(whole.place)
    left = _left_out(short.removeprefix(brief.place), rest)
    same_ends = rest[:_MIN_BRAND] == short.removeprefix(brief.place)[:_MIN_BRAND] and rest[-3:] == short[-3:]
    if left is None or not same_ends or len(short) < _MIN_ABBREVIATION:
        return False
    return all(len(part) <= _LONGEST_LEFT and not lexicon.pattern("works-number").search(part) for part in left.split())


def _is_short_programme(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    if not _MIN_PROGRAMME <= len(short) < len(full):
        return False
    if full.removesuffix(short) in lexicon.word_set("held-apart"):
        return False
    short, full = _without_abbreviation(short, lexicon), _without_abbreviation(full, lexicon)
    if short in full[1:-1] and not full.endswith(lexicon.words("event-head")):
        # 云健步: the coined word inside 第三届“健康江城”职工云健步活动.
        return True
    full = lexicon.pattern("edition-first").sub("", _without_first_places(full, lexicon))
    same_ends = short[:2] == full[:2] and short[-2:] == full[-2:]
    return full.endswith(short) or (same_ends and _leaves_out_only(short, full, lexicon))


def _without_abbreviation(name: str, lexicon: Lexicon) -> str:
    """A programme's name with what the whole country abbreviates written out (产改推进会)."""
    for short, full in lexicon.pairs("programme-abbreviation").items():
        name = name.replace(short, full)
    return name


def _without_first_places(name: str, lexicon: Lexicon) -> str:
    """A name without the places that it begins with."""
    return name.removeprefix(lexicon.gazetteer.leading(name))


def _is_short_group(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    # A longer attribute makes a group of its own, and so does any one of a whole class (一线职工, 冰雪一线职工).
    occupation = not short.endswith(lexicon.words("crowd-end"))
    return (
        occupation
        and len(short) >= _MIN_GROUP
        and full.endswith(short)
        and len(full) - len(short) <= _MAX_GROUP_ATTRIBUTE
    )


def _is_short_district(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    spelt = spelt_out(short, lexicon)
    if spelt != short and full.endswith(spelt):
        return full == spelt or only_places(full.removesuffix(spelt), lexicon)
    if full.startswith(short) and lexicon.pattern("township-level").fullmatch(full, len(short)):
        return True
    if short in lexicon.word_set("zone") and full.endswith(short):
        return True
    return _is_short_site(short, full, names, lexicon)


def _is_short_place(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    """As any site; but one that a town or street opens is listed without the places in front of that."""
    own = lexicon.pattern("local-opening")
    if own.match(full) and len(short) > len(full) and short.endswith(full):
        return only_places(short.removesuffix(full), lexicon)
    return not own.match(short) and _is_short_site(short, full, names, lexicon)


def _is_short_site(short: str, full: str, names: Set[str], lexicon: Lexicon) -> bool:
    """A name without the places, or the owner, in front."""
    if len(short) < _MIN_PLACE or not full.endswith(short):
        return False
    before = full.removesuffix(short)
    # 天佑广场 is no kind of place: where one other name ends so, it is that one.
    own = len(short) >= _MIN_OWN and not any(short in lexicon.word_set(id) for id in ("place-kind", "service-kind"))
    return own or before in names or only_places(before, lexicon)


_TESTS: Mapping[EntityType, Callable[[str, str, Set[str], Lexicon], bool]] = {
    **dict.fromkeys(ORGANISATION_TYPES, _is_short_organisation),
    EntityType.COMPANY: _is_short_company,
    EntityType.ORGANISATION: _is_short_part,
    EntityType.PROGRAMME: _is_short_programme,
    EntityType.WORKER_GROUP: _is_short_group,
    EntityType.DISTRICT: _is_short_district,
    EntityType.SITE: _is_short_place,
}


def _opens_only(before: str, name: str, lexicon: Lexicon) -> bool:
    """True when what stands before a name adds nothing to it (全国|总工会, 天津市|东丽总工会)."""
    if before in lexicon.word_set("opening-word"):
        return True
    # 天津市|东丽区总工会 is listed without the city, not the other way round.
    return only_places(before, lexicon) and not _begins_with_division(name, lexicon)


def _begins_with_division(name: str, lexicon: Lexicon) -> bool:
    return any(name[:length] in lexicon.gazetteer.full for length in range(2, _LONGEST_DIVISION + 1))


def spelt_out(name: str, lexicon: Lexicon) -> str:
    """A name with its customary abbreviation written out (市人社局)."""
    for short, full in lexicon.pairs("bureau-abbreviation").items():
        if short in name and full not in name:
            return name.replace(short, full)
    return name


def _leaves_out_only(short: str, full: str, lexicon: Lexicon, words: str = "only-droppable") -> bool:
    """True when `short` is `full` without words of trade and legal form, or without the places in front."""
    left = _left_out(short, full)
    if left is None:
        return False
    parts = left.split()
    if not left.startswith(" ") and only_places(parts[0], lexicon):
        parts = parts[1:]
    return all(lexicon.pattern(words).fullmatch(part) for part in parts)


def _left_out(short: str, full: str) -> str | None:
    """`full` with a space for each character of `short`; None when they do not stand in it in that order."""
    left, taken = "", 0
    for char in full:
        same = short[taken : taken + 1] == char
        left += " " if same else char
        taken += same
    return left if taken == len(short) else None
