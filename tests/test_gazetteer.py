"""kg.lexicon.gazetteer: official names, their short forms, and where they stand in a text.

What a name means on a page is tested in test_places.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from articles import LEXICON
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicon.gazetteer import Gazetteer, short_name, significant
from kg.lexicon.townships import TABLE, load_townships

GAZETTEER = LEXICON.gazetteer
SMALL = Gazetteer(
    {
        "430000": "湖南省",
        "431100": "永州市",
        "431102": "零陵区",
        "110000": "北京市",
        "110105": "朝阳区",
        "220104": "朝阳区",
        "522633": "从江县",
        "420103": "江汉区",
    }
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        pytest.param("湖南省", "湖南", id="province"),
        pytest.param("海曙区", "海曙", id="county"),
        pytest.param("内蒙古自治区", "内蒙古", id="region"),
        pytest.param("广西壮族自治区", "广西", id="region-of-a-people"),
        pytest.param("香港特别行政区", "香港", id="special-region"),
        pytest.param("大兴安岭地区", "大兴安岭", id="prefecture"),
        pytest.param("阿拉善盟", "阿拉善", id="league"),
        pytest.param("凉山彝族自治州", "凉山州", id="autonomous-prefecture"),
        pytest.param("恩施土家族苗族自治州", "恩施州", id="of-two-peoples"),
        pytest.param("和县", None, id="one-character-would-remain"),
        pytest.param("莫力达瓦达斡尔族自治旗", None, id="autonomous-banner"),
    ],
)
def test_short_names(name: str, short: str | None) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("湖南永州市零陵区", ["湖南", "永州市", "零陵区"], id="chain"),
        pytest.param("永州市和北京", ["永州市", "北京"], id="full-and-short"),
        pytest.param("在永州召开", ["永州"], id="inside-a-sentence"),
        pytest.param("朝阳区、朝阳", ["朝阳区", "朝阳"], id="longest-first"),
        pytest.param("记者从江汉区", ["江汉区"], id="full-name-before-the-short-one-that-cuts-it"),
        pytest.param("从江县城", ["从江县"], id="full-name-that-a-short-one-begins"),
        pytest.param("工会", [], id="none"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names_are_found_in_text(text: str, found: list[str]) -> None:
    hits = list(SMALL.scan(text))
    assert [name for _, name in hits] == found
    assert [text[start : start + len(name)] for start, name in hits] == found


@pytest.mark.parametrize(
    ("name", "level"),
    [("湖南省", 1), ("湖南", 1), ("永州市", 2), ("零陵区", 3), ("朝阳", 3), ("工会", 0)],
    ids=["province", "short-province", "prefecture", "county", "shared", "unknown"],
)
def test_levels(name: str, level: int) -> None:
    assert SMALL.level(name) == level


def test_a_short_form_means_the_higher_division() -> None:
    division = GAZETTEER.find("吉林")
    assert division is not None
    assert (division.name, division.level) == ("吉林省", 1)


def test_a_shared_name_keeps_all_its_codes() -> None:
    assert SMALL.full["朝阳区"].codes == ("110105", "220104")
    assert SMALL.find("朝阳") == SMALL.full["朝阳区"]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        pytest.param("湖南", "零陵区", True, id="county-in-province"),
        pytest.param("永州市", "零陵区", True, id="county-in-city"),
        pytest.param("零陵区", "永州市", False, id="not-the-other-way"),
        pytest.param("北京市", "朝阳区", True, id="one-of-a-shared-name"),
        pytest.param("湖南省", "朝阳区", False, id="none-of-a-shared-name"),
        pytest.param("永州市", "永州市", False, id="not-in-itself"),
        pytest.param("永州市", "四明区", False, id="unknown"),
    ],
)
def test_what_contains_what(outer: str, inner: str, expected: bool) -> None:
    assert SMALL.contains(outer, inner) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("湖南省", True), ("内蒙古", True), ("北京市", False), ("永州市", False), ("工会", False)],
    ids=["province", "region", "municipality", "city", "unknown"],
)
def test_provinces_but_for_municipalities(name: str, expected: bool) -> None:
    assert GAZETTEER.is_province(name) is expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["湖南", "永州市", "零陵", "朝阳区", "北京", "市", "区", "工会", "，", "南"]), max_size=12
    ).map("".join)
)
def test_hits_are_ordered_and_do_not_overlap(text: str) -> None:
    reached = 0
    for start, name in SMALL.scan(text):
        assert start >= reached
        assert SMALL.find(name) is not None
        reached = start + len(name)


def test_every_official_name_is_found_by_itself() -> None:
    lost = [name for name in GAZETTEER.full if len(name) > 1 and next(GAZETTEER.scan(name), None) != (0, name)]
    assert lost == []


def test_the_table_is_nested() -> None:
    """A county lies in a province of the table, so that a code says where it lies."""
    codes = {code for division in GAZETTEER.full.values() for code in division.codes}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert sorted(code for code in codes if f"{code[:2]}0000" not in codes) == []
    assert {len(significant(code)) for code in codes} == {2, 4, 6}


def test_townships_are_read_when_one_is_looked_up() -> None:
    calls: list[str] = []

    def load() -> dict[str, str]:
        calls.append("read")
        return {"大树镇": "431102101", "石桥镇地区": "110105009"}

    small = Gazetteer({"110105": "朝阳区", "431102": "零陵区"}, load)
    assert list(small.scan("零陵区大树镇")) == [(0, "零陵区")]
    assert small.candidates("朝阳区") == {"110105"}
    assert calls == []
    assert small.is_township("大树镇")
    assert small.candidates("零陵区大树镇") == {"431102101"}
    assert small.official_name("431102101") == "大树镇"
    assert small.official_name("110105009") == "石桥镇地区"
    assert small.official_name("110105009", "石桥镇") == "石桥镇"
    assert calls == ["read"]


@pytest.mark.parametrize(
    ("code", "around"),
    [
        pytest.param("110102013", "110102", id="street-of-a-county"),
        pytest.param("441900121", "441900", id="town-of-a-city-without-counties"),
        pytest.param("320576400", "320500", id="street-of-a-zone-that-is-no-county"),
        pytest.param("110102", "110000", id="county-of-a-municipality"),
        pytest.param("431102", "431100", id="county-of-a-prefecture"),
        pytest.param("429004", "420000", id="county-without-a-prefecture"),
        pytest.param("431100", "430000", id="prefecture"),
        pytest.param("430000", "", id="province"),
    ],
)
def test_the_next_district_around(code: str, around: str) -> None:
    assert GAZETTEER.around(code) == around


def test_the_table_of_townships_is_canonical() -> None:
    lines = TABLE.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [line.split("\t") for line in lines[len(head) :]]
    for word in ("source:", "licence:", "sha256 of the package:", "made by: scripts/make_townships.py"):
        assert any(line.startswith(f"# {word}") for line in head), word
    names = [name for name, _ in rows]
    assert names == sorted(set(names))
    codes = [code for _, of_name in rows for code in of_name.split(" ")]
    assert len(codes) == len(set(codes)) > 38_000
    assert all(re.fullmatch(r"[1-9][0-9]{8}", code) for code in codes)
    assert [of_name for _, of_name in rows if of_name.split(" ") != sorted(of_name.split(" "))] == []
    assert not {name for name in names if name in GAZETTEER.full or name in GAZETTEER.short}


def test_every_township_lies_in_a_district_of_the_other_table() -> None:
    outside = [code for codes in load_townships().values() for code in codes.split() if not GAZETTEER.around(code)]
    assert outside == []


def test_a_broken_table_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "townships.tsv"
    broken.write_text("大树镇\n", "utf-8")
    monkeypatch.setattr("kg.lexicon.townships.TABLE", broken)
    load_townships.cache_clear()
    try:
        with pytest.raises(LexiconError, match="cannot be read"):
            load_townships()
    finally:
        load_townships.cache_clear()
