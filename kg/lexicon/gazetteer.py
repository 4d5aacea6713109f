"""Administrative divisions: finding their names in text, and what contains what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import add

_LONG_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区")
_SUFFIX_CHARS = "省市区县盟旗"
_PREFECTURE = "自治州"
_PEOPLES = re.compile(
    "(?:藏族|羌族|苗族|侗族|布依族|彝族|傣族|景颇族|傈僳族|白族|哈尼族|壮族|土家族|回族|蒙古族|朝鲜族|哈萨克|蒙古|柯尔克孜)+$"
)


_TOWNSHIP_KIND = re.compile("(?:[\u4e00-\u9fff]{1,4}族)*(?:街道|镇|乡|苏木|地区)")
_TOWNSHIP_WORDS = ("街道", "镇", "乡", "苏木", "地区")
_OFFICE_AREA = "地区"

Codes = frozenset[str]
"""Candidates: codes of six digits (GB/T 2260), or of nine for townships (the statistical code)."""

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Digits of Beijing, Tianjin, Shanghai and Chongqing (GB/T 2260): there are no prefectures below them."""

_LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}
_COUNTY_DIGITS = 6
_PROVINCE_DIGITS = 2


def significant(code: str) -> str:
    """The digits of a code that count: `110000` gives `11`, `431100` gives `4311`; nine digits all count."""
    if len(code) > _COUNTY_DIGITS:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def level_of(code: str) -> str:
    """`province`, `prefecture`, `county` or `township`."""
    return _LEVELS[len(significant(code))]


def contains(outer: str, inner: str) -> bool:
    """Whether one district lies in another one by their codes; none lies in itself."""
    return inner != outer and inner.startswith(significant(outer))


def deepest(codes: Iterable[str]) -> str:
    """The innermost of codes that lie within each other; empty when there is none or they lie apart."""
    ordered = sorted(set(codes), key=lambda code: (len(significant(code)), code))
    nested = all(contains(outer, inner) for outer, inner in pairwise(ordered))
    return ordered[-1] if ordered and nested else ""


def within(codes: Codes, outer: Codes) -> Codes:
    """Those that lie in any of the outer ones."""
    return frozenset(code for code in codes if any(contains(one, code) for one in outer))


@dataclass(frozen=True, slots=True)
class Division:
    """A name of the gazetteer and the codes that bear it.

    Args:
        name: Official name (东城区).
        codes: GB/T 2260 codes; more than one when the name is shared (鼓楼区).
    """

    name: str
    codes: tuple[str, ...]

    @property
    def level(self) -> int:
        """1 for provinces, 2 for prefectures, 3 for counties and what stands at their level."""
        return min(len(significant(code)) // 2 for code in self.codes)


class Gazetteer:
    """The official names and the short forms (东城, 湖南) of a table code → name, and the names of townships.

    Args:
        divisions: Codes of six digits → official name.
        townships: Called at the first need: official name → codes of nine digits, parted by spaces. These names are not
            searched for in text; they are looked up where a district has one.
    """

    def __init__(self, divisions: Mapping[str, str], townships: Callable[[], Mapping[str, str]] = dict) -> None:
        self.divisions = divisions
        self._load_townships = townships
        codes: dict[str, list[str]] = {}
        for code, name in sorted(divisions.items()):
            codes.setdefault(name, []).append(code)
        self.full = {name: Division(name, tuple(all_codes)) for name, all_codes in codes.items()}
        self.short: dict[str, Division] = {}
        self._short_codes: dict[str, Codes] = {}
        for division in sorted(self.full.values(), key=lambda d: (d.level, d.codes)):
            short = short_name(division.name)
            if short:
                self.short.setdefault(short, division)
                self._short_codes[short] = self._short_codes.get(short, frozenset()) | frozenset(division.codes)
        self._by_head: dict[str, list[str]] = {}
        for name in sorted({*self.full, *self.short}, key=lambda n: (-len(n), n)):
            self._by_head.setdefault(name[:2], []).append(name)

    def scan(self, text: str) -> Iterator[tuple[int, str]]:
        """`(start, name)` of each name or short form, longest first at each place, without overlaps.

        A short form yields to a full name that begins inside it.
        """
        heads, stop = self._by_head, 0
        for position, head in enumerate(map(add, text, text[1:])):
            if head not in heads or position < stop:
                continue
            hit = next((name for name in heads[head] if text.startswith(name, position)), None)
            if hit is not None and (hit in self.full or not self._cuts_full_name(text, position, hit)):
                yield position, hit
                stop = position + len(hit)

    def leading(self, text: str) -> str:
        """The places, one behind the other, that a text begins with; empty where it begins with none."""
        position = 0
        for start, name in self.scan(text):
            if start != position:
                break
            position += len(name)
        return text[:position]

    def _cuts_full_name(self, text: str, start: int, short: str) -> bool:
        """Whether a full name begins inside a short form and reaches beyond it (从江 in 从江汉区)."""
        stop = start + len(short)
        return any(
            name in self.full and inner + len(name) > stop and text.startswith(name, inner)
            for inner in range(start + 1, stop)
            for name in self._by_head.get(text[inner : inner + 2], ())
        )

    def find(self, name: str) -> Division | None:
        """The division of an official name or short form."""
        return self.full.get(name) or self.short.get(name)

    def candidates(self, name: str) -> Codes:
        """Every district that a name may mean; a name in front (湖南永州市) narrows what follows it."""
        found = self._exact(name)
        if found:
            return found
        for cut in range(2, len(name) - 1):
            inner = self._exact(name[cut:])
            narrowed = within(inner, self.candidates(name[:cut])) if inner else inner
            if narrowed:
                return narrowed
        return frozenset()

    def contains(self, outer: str, inner: str) -> bool:
        """True when some division called `inner` lies in some division called `outer`."""
        return bool(within(self.candidates(inner), self.candidates(outer)))

    def official_name(self, code: str, form: str = "") -> str:
        """The official name of a code.

        Args:
            code: One of the gazetteer's.
            form: A name by which a page calls it; it is returned where it is official too (苏家坨镇 for 苏家坨地区).
        """
        return form if code in self._township(form) else self.divisions.get(code) or self._township_names[code]

    def around(self, code: str) -> str:
        """The code of the next district around a district; empty for provinces."""
        outer = (code[:_COUNTY_DIGITS], code[:4] + "00", code[:2] + "0000")
        return next((one for one in outer if one in self.divisions and contains(one, code)), "")

    def short_codes(self, name: str) -> Codes:
        """The codes of all districts that a short form may mean."""
        return self._short_codes.get(name, frozenset())

    def kindred(self, name: str, other: str) -> str:
        """The official name of the district of a short form that lies in one province with another district, if any."""
        provinces = {code[:_PROVINCE_DIGITS] for code in self.candidates(other)}
        fitting = sorted(code for code in self.short_codes(name) if code[:_PROVINCE_DIGITS] in provinces)
        return self.divisions[fitting[0]] if fitting else ""

    def township_codes(self, stem: str) -> Codes:
        """The codes of the townships whose name is a stem and the words for their kind (张家湾镇, 于家务回族乡)."""
        found = []
        for number in range(bisect_left(self._township_list, stem), len(self._township_list)):
            name = self._township_list[number]
            if not name.startswith(stem):
                break
            if _TOWNSHIP_KIND.fullmatch(name, len(stem)):
                found.append(name)
        return frozenset(code for name in found for code in self._townships[name].split())

    def township_stems(self, counties: Codes) -> set[str]:
        """The stems (`township_codes`) of the townships that lie in some counties."""
        return {stem for code in counties for stem in self._stems_in(code)}

    def _stems_in(self, county: str) -> frozenset[str]:
        if county not in self._stems:
            names = self._townships_by_county.get(county[:_COUNTY_DIGITS], ())
            cuts = ((name, cut) for name in names for cut in range(1, len(name)))
            self._stems[county] = frozenset(name[:cut] for name, cut in cuts if _TOWNSHIP_KIND.fullmatch(name, cut))
        return self._stems[county]

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _townships_by_county(self) -> Mapping[str, list[str]]:
        by_county: dict[str, list[str]] = {}
        for name, codes in self._townships.items():
            for code in codes.split():
                by_county.setdefault(code[:_COUNTY_DIGITS], []).append(name)
        return by_county

    def is_township(self, name: str) -> bool:
        """Whether some street, town or township is called so."""
        return bool(self._township(name))

    def _exact(self, name: str) -> Codes:
        division = self.full.get(name)
        if division:
            return frozenset(division.codes)
        return self._short_codes.get(name) or self._township(name)

    def _township(self, name: str) -> Codes:
        """Townships of a name; a town or township of Beijing may be listed as the area of its office (苏家坨地区)."""
        if not name.endswith(_TOWNSHIP_WORDS):
            return frozenset()
        forms = [name]
        if name.endswith(("镇", "乡")):
            forms += [name[:-1] + _OFFICE_AREA, name + _OFFICE_AREA]
        return frozenset(code for form in forms for code in self._townships.get(form, "").split())

    @cached_property
    def _townships(self) -> Mapping[str, str]:
        return self._load_townships()

    @cached_property
    def _township_list(self) -> Sequence[str]:
        return sorted(self._townships)

    @cached_property
    def _township_names(self) -> Mapping[str, str]:
        return {code: name for name, codes in self._townships.items() for code in codes.split()}

    def outer_names(self, name: str) -> tuple[str, ...]:
        """The names and short forms of the divisions that contain one of this name."""
        codes = {code[:length] + "0" * (6 - length) for code in self._exact(name) for length in (2, 4)}
        full = [self.divisions[code] for code in sorted(codes) if code in self.divisions]
        return tuple(form for outer in full for form in (outer, short_name(outer)) if form and outer != name)

    def level(self, name: str) -> int:
        """Level of a name, 0 when it is unknown."""
        division = self.find(name)
        return division.level if division else 0

    def is_province(self, name: str) -> bool:
        """True for a province or autonomous region, false for the municipalities, which are cities themselves."""
        division = self.find(name)
        return division is not None and division.level == 1 and not division.name.endswith("市")


def short_name(name: str) -> str | None:
    """The form without the word for its level (东城, 内蒙古), None where less than two characters would remain."""
    if name.endswith(_PREFECTURE):
        # 黔东南苗族侗族自治州 is called 黔东南州.
        return _PEOPLES.sub("", name.removesuffix(_PREFECTURE)) + _PREFECTURE[-1]
    for suffix in _LONG_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    if name[-1] in _SUFFIX_CHARS and len(name) >= 3 and not name.endswith(("自治县", "自治旗")):
        return name[:-1]
    return None
