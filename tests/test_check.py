"""Numbers of a sentence that contradict each other. A row is a sentence and what is told of it, nothing where all is well."""

from __future__ import annotations

import math

import pytest
from articles import make_article, read
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import load_lexicon
from kg.quantify import check_sentences
from kg.quantify.bounds import Bounds, bounds_of, read_fraction
from kg.quantify.numerals import read_numerals

LEXICON = load_lexicon()
WELL = ""

# fmt: off
GROWTH = [
    ("工会从30家增加到50家，增长66.7%。", WELL),
    ("工会从30家增加到50家，增长60%。", "30家 → 50家 is not a change of 60%"),
    ("工会从30家增加到50家，增长20%。", "30家 → 50家 is not a change of 20%"),
    ("会员从1200名增至1500名，增幅达25%。", WELL),
    ("会员从1200名增至1500名，增幅达20%。", "1200名 → 1500名 is not a change of 20%"),
    ("投诉从50件下降到30件，下降40%。", WELL),
    ("投诉从50件下降到30件，下降60%。", "50件 → 30件 is not a change of 60%"),
    ("投诉从50件下降到30件，增长40%。", "50件 → 30件 is not a change of 40%"),
    ("会员从100名增加到150名，增加50名。", WELL),
    ("会员从100名增加到150名，增加60名。", "100名 → 150名 is not a change of 60名"),
    ("会员从一百名增加到一百五十名，增加六十名。", "一百名 → 一百五十名 is not a change of 六十名"),
    ("会员从10000名增加到30000名，增长2倍。", WELL),
    ("会员从10000名增加到30000名，增长3倍。", WELL),
    ("会员从10000名增加到30000名，增长1倍。", "10000名 → 30000名 is not a change of 1倍"),
    ("入会率由65.7提升至88.2%，提高22.5%。", WELL),
    ("入会率由65.7提升至88.2%，提高30%。", "65.7 → 88.2% is not a change of 30%"),
    ("会员从近500名增加到800余名，增长70%。", WELL),
    ("会员从1.2万名增加到1.5万名，增长24%。", WELL),
    ("会员从100名增加到150名，年均增长14%。", WELL),
    ("会员从100名增加到150名，同比增长80%。", WELL),
    ("会员从100名增加到150名，驿站增长80%。", WELL),
    ("服务从300人次增加到500人，增长10%。", WELL),
    ("去年同期为100万元，今年发放120万元，同比增长20%。", WELL),
    ("去年同期为100万元，今年发放120万元，同比增长50%。", "100万元 → 120万元 is not a change of 50%"),
    ("去年同期为100万元，今年发放120万元，同比下降20%。", "100万元 → 120万元 is not a change of 20%"),
    ("去年同期为300人次，今年服务400人，同比增长90%。", WELL),
]
DIRECTION = [
    ("建会率从65.7%提升至88.2%。", WELL),
    ("建会率从88.2%提升至65.7%。", "88.2% → 65.7% is not 提升至"),
    ("投诉从30件下降到50件。", "30件 → 50件 is not 下降到"),
    ("排名从第10位上升到第3位。", WELL),
    ("办结时间从15天提升到3天。", WELL),
    ("联盟从12家企业扩大到8个行业。", WELL),
]
PARTS = [
    ("全市共有驿站30家，其中区级驿站20家。", WELL),
    ("全市共有驿站30家，其中区级驿站40家。", "a part of 40家 is more than the whole of 30家"),
    ("全市共有驿站近30家，其中区级驿站40家。", "a part of 40家 is more than the whole of 近30家"),
    ("全市共有驿站30余家，其中区级驿站40家。", WELL),
    ("全市共有驿站300家，今年新建50家，其中区级驿站80家。", WELL),
    ("全年服务职工3000人，其中心理疏导4000人次。", WELL),
    ("全年服务职工3000人次，其中女职工4000人次。", "a part of 4000人次 is more than the whole of 3000人次"),
    ("共有30名职工参加，其中劳模40位。", "a part of 40位 is more than the whole of 30名"),
    ("建成工会30家，其中工会小组40个。", WELL),
    ("共有企业30家，其中3家带动就业500家。", WELL),
    ("共有职工30名，其中每人40元。", WELL),
    ("共有选手120名，其中男选手80名、女选手40名。", WELL),
    ("共有选手120名，其中男选手80名、女选手60名。", "parts of 80名 + 60名 do not fit the whole of 120名"),
    ("共有选手120名，其中党员80名、劳模60名。", WELL),
    ("共有选手1.2万名，其中男选手5020名、女选手7020名。", WELL),
    ("评出30名，其中一等奖10名、二等奖20名、三等奖30名。", "parts of 10名 + 20名 + 30名 do not fit the whole of 30名"),
    ("共有企业100家，其中国企30家，其余70家。", WELL),
    ("共有企业100家，其中国企30家，其余60家。", "parts of 30家 + 60家 do not fit the whole of 100家"),
]
SUMS = [
    ("发放慰问金5万元、慰问品3万元，合计8万元。", WELL),
    ("发放慰问金5万元、慰问品3万元，合计12万元。", "the sum of 5万元 + 3万元 is not 12万元"),
    ("三个分会分别有职工300名、400名和200名，共计900名。", WELL),
    ("三个分会分别有职工300名、400名和200名，共计1000名。", "the sum of 300名 + 400名 + 200名 is not 1000名"),
    ("三个分会分别有职工三百名、四百名和二百名，合计一千名。", "the sum of 三百名 + 四百名 + 二百名 is not 一千名"),
    ("两批分别有300余名、400名，合计1000名。", WELL),
    ("两批分别有3至5名、4名，合计8名。", WELL),
    ("两批分别有3至5名、4名，合计12名。", "the sum of 3至5名 + 4名 is not 12名"),
    ("培训300人、服务400人次，合计900人。", WELL),
]
SHARES = [
    ("共有职工500名，其中女职工200名，占40%。", WELL),
    ("共有职工500名，其中女职工200名，占50%。", "200名 of 500名 is not a share of 50%"),
    ("共有职工500名，其中女职工200名，占总数的四成。", WELL),
    ("共有职工500名，其中女职工200名，占近五成。", WELL),
    ("共有职工500名，其中女职工200名，占七成。", "200名 of 500名 is not a share of 七成"),
    ("共有职工300名，其中女职工100名，占三分之一。", WELL),
    ("共有职工300名，其中女职工80名，占三分之一。", "80名 of 300名 is not a share of 三分之一"),
    ("共有职工900名，其中女职工500名，占比过半。", WELL),
    ("共有职工900名，其中女职工400名，占比过半。", "400名 of 900名 is not a share of 过半"),
    ("共有职工900名，其中女职工300名，占半数以上。", "300名 of 900名 is not a share of 半数以上"),
    ("共有职工500名，其中女职工200名，占全市的3%。", WELL),
    ("共有职工90名，其中农民工3至5名，占一成半。", "3至5名 of 90名 is not a share of 一成半"),
]
# fmt: on
ROWS = [*GROWTH, *DIRECTION, *PARTS, *SUMS, *SHARES]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[row[0] for row in ROWS])
def test_contradictions(text: str, told: str) -> None:
    assert [issue.message for issue in check_sentences(make_article(text), LEXICON)] == [told] * bool(told)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("工会从30家增加到50家，增长60%。", "contradictory-growth", "30家增加到50家，增长60%"),
        ("建会率从88.2%提升至65.7%。", "contradictory-direction", "88.2%提升至65.7%"),
        ("共有驿站30家，其中区级驿站40家。", "contradictory-part", "30家，其中区级驿站40家"),
        ("共有企业100家，其中国企30家，其余60家。", "contradictory-sum", "100家，其中国企30家，其余60家"),
        ("共有职工500名，其中女职工200名，占50%。", "contradictory-share", "500名，其中女职工200名，占50%"),
    ],
)
def test_an_issue_has_a_code_and_the_place_of_its_numbers(text: str, code: str, words: str) -> None:
    article = make_article("会议召开。" + text, offset=7)
    (issue,) = check_sentences(article, LEXICON)
    assert issue.start is not None
    assert issue.stop is not None
    assert (issue.code, article.text[issue.start - 7 : issue.stop - 7]) == (code, words)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30家", 30, 30),
        ("30余家", 30, math.inf),
        ("不少于30家", 30, math.inf),
        ("近30家", 0, 30),
        ("约30家", 27, 33),
        ("3至5家", 3, 5),
        ("三四百人", 300, 400),
        ("1.2万名", 11500, 12500),
        ("12%", 11.5, 12.5),
        ("12.5%", 12.45, 12.55),
        ("三万名", 25000, 35000),
        ("三百名", 300, 300),
    ],
)
def test_bounds(text: str, low: float, high: float) -> None:
    (numeral,) = read_numerals(text, LEXICON)
    assert bounds_of(numeral, text) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三分之一", 30.3, 36.4),
        ("四分之三", 72, 78),
        ("七成", 65, 75),
        ("六成半", 60, 70),
        ("七成多", 70, 80),
        ("近七成", 60, 70),
        ("超七成", 70, 100),
        ("过半", 50, 100),
        ("半数以上", 50, 100),
        ("半数", 47, 53),
        ("近半", 40, 50),
    ],
)
def test_shares_in_words(text: str, low: float, high: float) -> None:
    found = read_fraction(text, 0, LEXICON)
    assert found is not None
    bounds, words = found
    assert words == text
    assert bounds == pytest.approx((low, high), abs=0.1)


@pytest.mark.parametrize("text", ["成立", "三成立", "百名"])
def test_what_is_no_share(text: str) -> None:
    assert read_fraction(text, 0, LEXICON) is None


def test_nothing_is_said_of_a_growth_from_nothing() -> None:
    assert Bounds(0, 0).change_to(Bounds(5, 5)) == (-math.inf, math.inf)
    assert Bounds(5, 5).share_of(Bounds(0, 3)) == (-math.inf, math.inf)


def test_a_checked_sentence_still_gives_its_outcomes() -> None:
    reading = read("江城市总工会举办培训，共有职工500名，其中女职工200名，占50%。")
    assert [quantity.value for quantity in reading.quantities] == [500, 200, 50]


@given(
    st.text(
        alphabet="从由增至到长同比其中余占合计共半数一两三百千万近约12345.，。、和%名家个元人次倍成分之去年",
        max_size=60,
    )
)
def test_any_text_can_be_checked(text: str) -> None:
    article = make_article(text)
    for issue in check_sentences(article, LEXICON):
        assert issue.start is not None
        assert issue.stop is not None
        assert 0 <= issue.start < issue.stop <= len(article.text)
