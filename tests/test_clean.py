"""kg.clean: variants of a character folded, spaces of typesetting removed, every offset kept."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import CleanText, clean_text, plain_name

PAGES = st.text(
    alphabet=st.one_of(
        st.sampled_from("工会，。、；：“”（）《》 \u3000\n\r\tＡｚ０９％&;#>gt1a\ufeff\u200b\u00a0…—"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("&gt;&gt; 一线 &lt;&lt;", ">> 一线 <<", id="entities"),
        pytest.param("A&amp;gt;B", "A&gt;B", id="entities only once"),
        pytest.param("AT&T; &unknown; &", "AT&T; &unknown; &", id="no entity"),
        pytest.param("工&nbsp;会&#8220;家&#x201D;", "工 会“家”", id="entity that is folded, numeric entities"),
        pytest.param("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁", id="line ends"),
        pytest.param("\ufeff甲\u200b乙\u00ad", "甲乙", id="byte order mark, zero width, soft hyphen"),
        pytest.param("\u3000\u3000甲\u00a0乙\t丙", "  甲 乙 丙", id="kinds of space"),
        pytest.param("２０２５年ＷＩ－Ｆｉ占９８％", "2025年WI－Fi占98%", id="full-width digits, letters, percent"),
        pytest.param("“甲”，（乙）；丙。", "“甲”，（乙）；丙。", id="Chinese punctuation stays"),
        pytest.param(
            "（记者 甲乙 通讯员 丙丁）近日， 某某", "（记者 甲乙 通讯员 丙丁）近日， 某某", id="few commas: not typeset"
        ),
    ],
)
def test_folds(raw: str, text: str) -> None:
    assert clean_text(raw).text == text


TYPESET = "一， 二， 三， 四， 五， 六\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param("一 次 性 奖 励， 服务 活", "一次性奖励，服务活", id="letter-spaced, stray"),
        pytest.param("开展 “庆祝 ” 活动 。", "开展“庆祝”活动。", id="beside quotes"),
        pytest.param(
            "本报讯（记者 甲乙 通讯员 丙丁） 近日， 某某", "本报讯（记者 甲乙 通讯员 丙丁）近日，某某", id="byline kept"
        ),
        pytest.param("本报记者 甲乙 通讯员 丙丁", "本报记者 甲乙 通讯员 丙丁", id="credit line kept"),
        pytest.param("融入发展建设 着力精神培育", "融入发展建设 着力精神培育", id="two clauses kept"),
        pytest.param(" 为深入推进， 某某", " 为深入推进，某某", id="indent kept"),
        pytest.param("Hello big world， 某某", "Hello big world，某某", id="Latin words"),
    ],
)
def test_spaces_of_a_typeset_page(line: str, text: str) -> None:
    assert clean_text(TYPESET + line).text.split("\n")[1] == text


def test_one_entity_maps_to_all_its_characters() -> None:
    clean = clean_text("甲&gt;乙")
    assert (clean.text, clean.starts, clean.stops) == ("甲>乙", (0, 1, 5), (1, 5, 6))


def check_offsets(raw: str, clean: CleanText) -> None:
    assert len(clean.text) == len(clean.starts) == len(clean.stops)
    assert list(clean.starts) == sorted(clean.starts)
    assert list(clean.stops) == sorted(clean.stops)
    assert all(0 <= start < stop <= len(raw) for start, stop in zip(clean.starts, clean.stops, strict=True))


@given(PAGES)
def test_offsets_rise_and_stay_in_the_page(raw: str) -> None:
    check_offsets(raw, clean_text(raw))


@given(PAGES)
def test_each_code_point_is_what_its_raw_range_cleans_to(raw: str) -> None:
    clean = clean_text(raw)
    for char, start, stop in zip(clean.text, clean.starts, clean.stops, strict=True):
        assert char in clean_text(raw[start:stop]).text


@given(PAGES)
def test_cleaning_again_changes_nothing(raw: str) -> None:
    once = clean_text(raw.replace("&", "")).text
    assert clean_text(once).text == once


@given(st.text(alphabet="工会<>&\"'，。", max_size=40))
def test_escaping_is_undone(text: str) -> None:
    assert clean_text(escape(text)).text == text


@given(PAGES)
def test_the_plain_form_of_a_name_is_its_own_plain_form(surface: str) -> None:
    name = plain_name(surface)
    assert plain_name(name) == name
    assert plain_name(f"“{surface}”") == plain_name(f"《 {surface}\n》") == name
