"""Which official district a name means."""

from __future__ import annotations

import pytest
from sample_records import entity, gazetteer, make_page, quote

from kg.lexicon.gazetteer import contains, deepest, level_of
from kg.model import Entity, EntityType, Fact, Mention, Predicate
from kg.places import resolve_places

D = EntityType.DISTRICT


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        pytest.param("东城区", {"110101"}, id="unique"),
        pytest.param("朝阳区", {"110105", "220104"}, id="shared-by-two-cities"),
        pytest.param("北京", {"110000"}, id="short-province"),
        pytest.param("内蒙古", {"150000"}, id="short-of-a-long-province"),
        pytest.param("湖南永州市", {"431100"}, id="province-in-front"),
        pytest.param("吉林省长春市朝阳区", {"220104"}, id="two-in-front"),
        pytest.param("北京朝阳区", {"110105"}, id="short-name-in-front"),
        pytest.param("湖南朝阳区", set(), id="front-that-does-not-contain-it"),
        pytest.param("中关村科学城", set(), id="functional-area"),
        pytest.param("街道", set(), id="generic"),
        pytest.param("大栅栏街道", {"110102013"}, id="street"),
        pytest.param("苏家坨镇", {"110108029"}, id="town-listed-as-the-area-of-its-office"),
        pytest.param("北滘镇", {"440606102"}, id="town"),
        pytest.param("海淀区苏家坨镇", {"110108029"}, id="county-in-front-of-a-town"),
        pytest.param("安徽省舒城县城关镇", {"341523100"}, id="chain-in-front-of-a-shared-town"),
        pytest.param("西城区北滘镇", set(), id="town-of-another-county"),
        pytest.param("通州", {"110112", "320612"}, id="short-and-shared"),
        pytest.param("宣武区", set(), id="abolished"),
        pytest.param("襄樊市", set(), id="renamed"),
        pytest.param("恩施州", {"422800"}, id="short-autonomous-prefecture"),
    ],
)
def test_candidates(name: str, codes: set[str]) -> None:
    assert gazetteer().candidates(name) == codes


@pytest.mark.parametrize(
    ("code", "level"),
    [("110000", "province"), ("431100", "prefecture"), ("110101", "county"), ("442000100", "township")],
)
def test_level(code: str, level: str) -> None:
    assert level_of(code) == level


def test_contains_and_deepest() -> None:
    assert contains("110000", "110101")
    assert not contains("110101", "110101")
    assert not contains("431100", "430000")
    assert contains("441900", "441900003")
    assert not contains("442000100", "442000101")
    assert deepest(["430000", "431102", "431100"]) == "431102"
    assert deepest(["110101", "110102"]) == ""
    assert deepest([]) == ""


def located(subject: str, object: str) -> Fact:
    page = make_page()
    evidence = quote(page, "永州市南岗镇")
    return Fact(
        subject=subject, predicate=Predicate.LOCATED_IN, object=object, evidence=evidence, rule="t", confidence=0.9
    )


@pytest.mark.parametrize(
    ("entities", "facts", "codes", "containers"),
    [
        pytest.param([entity("a", D, "朝阳区")], [], {}, {"a": ""}, id="ambiguous-stays-unresolved"),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "长春市")],
            [located("a", "b")],
            {"a": "220104", "b": "220100"},
            {},
            id="containing-district-decides",
        ),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "北京市")],
            [],
            {"a": "110105", "b": "110000"},
            {},
            id="only-one-candidate-in-the-page's-provinces",
        ),
        pytest.param(
            [entity("a", D, "朝阳区"), entity("b", D, "北京市"), entity("c", D, "长春市")],
            [],
            {"b": "110000", "c": "220100"},
            {"a": ""},
            id="two-provinces-leave-it-open",
        ),
        pytest.param(
            [entity("a", D, "宝坻", "天津宝坻")], [], {"a": "120115"}, {}, id="an-alias-tells-more-than-the-name"
        ),
        pytest.param(
            [entity("a", D, "平安街道", "西城区平安街道"), entity("b", D, "西城区")],
            [],
            {"b": "110102"},
            {"a": "110102"},
            id="container-named-in-an-alias",
        ),
        pytest.param(
            [entity("a", D, "石桥村"), entity("b", D, "南岗镇"), entity("c", D, "永州市")],
            [located("a", "b"), located("b", "c"), located("a", "a")],
            {"c": "431100"},
            {"a": "431100", "b": "431100"},
            id="container-through-another-one",
        ),
    ],
)
def test_resolve_places(entities: list, facts: list[Fact], codes: dict, containers: dict) -> None:
    places = resolve_places(entities, facts, gazetteer())
    assert places.codes == codes
    assert places.containers == containers


def page_of(*articles: str) -> list[Entity]:
    """The districts of a page: a line of names for each article; a name may have short forms behind a slash."""
    where: dict[str, list[int]] = {}
    for index, line in enumerate(articles):
        for name in line.split():
            where.setdefault(name, []).append(index)
    found = []
    for name, indices in where.items():
        full, *short = name.split("/")
        mentions = tuple(
            Mention(type=D, name=full, surface=full, article=index, at=(0, 1), start=0, stop=1) for index in indices
        )
        found.append(Entity(id=full, type=D, name=full, aliases=tuple(short), article=indices[0], mentions=mentions))
    return found


@pytest.mark.parametrize(
    ("articles", "within", "name", "code"),
    [
        # Only one district of the country is called so.
        pytest.param(["东城区"], "", "东城区", "110101", id="unique-county"),
        pytest.param(["永州市/永州"], "", "永州市", "431100", id="unique-prefecture"),
        pytest.param(["大栅栏街道"], "", "大栅栏街道", "110102013", id="unique-street-without-context"),
        pytest.param(["海淀区 苏家坨镇"], "", "苏家坨镇", "110108029", id="unique-town-in-its-county"),
        pytest.param(["北京市 苏家坨镇"], "", "苏家坨镇", "110108029", id="unique-town-in-its-province"),
        pytest.param(["东城区 苏家坨镇"], "", "苏家坨镇", "110108029", id="unique-town-beside-another-county-of-the-city"),
        pytest.param(["湖南省 苏家坨镇"], "", "苏家坨镇", "", id="unique-town-in-an-article-about-elsewhere"),
        pytest.param(["湖南省 苏家坨镇", "海淀区"], "", "苏家坨镇", "110108029", id="unique-town-whose-county-the-page-names"),
        pytest.param(["苏家坨镇", "湖南省"], "", "苏家坨镇", "110108029", id="unique-town-that-only-another-article-contradicts"),
        pytest.param(["苏家坨镇 西城区"], "苏家坨镇<西城区", "苏家坨镇", "", id="unique-town-said-to-be-elsewhere"),
        # Counties that share a name.
        pytest.param(["朝阳区"], "", "朝阳区", "", id="朝阳区-alone"),
        pytest.param(["朝阳区 北京市"], "", "朝阳区", "110105", id="朝阳区-in-Beijing"),
        pytest.param(["朝阳区 长春市"], "", "朝阳区", "220104", id="朝阳区-in-Changchun"),
        pytest.param(["朝阳区 吉林省"], "", "朝阳区", "220104", id="朝阳区-by-province"),
        pytest.param(["朝阳区 海淀区"], "", "朝阳区", "110105", id="朝阳区-beside-a-county-of-its-city"),
        pytest.param(["朝阳区 北京市 长春市"], "", "朝阳区", "", id="朝阳区-between-both"),
        pytest.param(["朝阳区 北京市 长春市"], "朝阳区<长春市", "朝阳区", "220104", id="朝阳区-as-stated"),
        pytest.param(["朝阳区 长春市", "北京市"], "", "朝阳区", "220104", id="朝阳区-its-own-article-before-the-page"),
        pytest.param(["朝阳区", "北京市"], "", "朝阳区", "110105", id="朝阳区-by-the-page"),
        pytest.param(["朝阳区 长春市", "朝阳区 北京市"], "", "朝阳区", "", id="朝阳区-of-two-articles"),
        pytest.param(["朝阳区 望京街道"], "望京街道<朝阳区", "朝阳区", "110105", id="朝阳区-by-a-street-of-its-own"),
        pytest.param(["通州区/通州 南通市"], "", "通州区", "320612", id="通州-of-Nantong"),
        pytest.param(["通州区/通州 江苏省"], "", "通州区", "320612", id="通州-of-Jiangsu"),
        pytest.param(["通州区/通州 北京市"], "", "通州区", "110112", id="通州-of-Beijing"),
        pytest.param(["通州区/通州"], "", "通州区", "", id="通州-alone"),
        pytest.param(["鼓楼区 徐州市"], "", "鼓楼区", "320302", id="one-of-four-by-city"),
        pytest.param(["鼓楼区 江苏省"], "", "鼓楼区", "", id="two-in-one-province"),
        pytest.param(["市中区 内江市 乐山市"], "市中区<乐山市", "市中区", "511102", id="generic-name-as-stated"),
        pytest.param(["永定区 张家界市"], "", "永定区", "430802", id="county-of-a-prefecture"),
        # Townships that share a name.
        pytest.param(["城关镇"], "", "城关镇", "", id="城关镇-alone"),
        pytest.param(["城关镇 舒城县"], "", "城关镇", "341523100", id="城关镇-of-Shucheng"),
        pytest.param(["城关镇 陇县"], "", "城关镇", "610327100", id="城关镇-of-Longxian"),
        pytest.param(["城关镇 永登县 兰州市"], "", "城关镇", "620121100", id="城关镇-of-Yongdeng"),
        pytest.param(["城关镇 永登县 榆中县"], "", "城关镇", "", id="城关镇-of-either-county"),
        pytest.param(["城关镇 永登县 榆中县"], "城关镇<榆中县", "城关镇", "620123100", id="城关镇-as-stated"),
        pytest.param(["城关镇 皋兰县"], "", "城关镇", "", id="城关镇-in-a-county-that-has-none"),
        pytest.param(["城关镇 皋兰县"], "城关镇<皋兰县", "城关镇", "", id="城关镇-said-to-be-in-a-county-that-has-none"),
        pytest.param(["城关镇 淮南市"], "", "城关镇", "340421100", id="城关镇-the-only-one-of-its-city"),
        pytest.param(["城关镇 安徽省"], "", "城关镇", "", id="城关镇-of-a-province-with-several"),
        pytest.param(["城关镇/舒城县城关镇"], "", "城关镇", "341523100", id="城关镇-told-by-an-alias"),
        pytest.param(["城关镇", "陇县", "陇县", "永登县"], "", "城关镇", "610327100", id="城关镇-in-the-county-that-rules-the-page"),
        pytest.param(["城关镇", "陇县", "永登县"], "", "城关镇", "", id="城关镇-on-a-page-of-two-counties"),
        pytest.param(["城关镇 舒城县", "城关镇 陇县"], "", "城关镇", "", id="城关镇-of-two-articles"),
        pytest.param(["高桥镇 浦东新区 上海市"], "", "高桥镇", "310115104", id="高桥镇-of-Pudong"),
        pytest.param(["高桥镇 宁波市"], "", "高桥镇", "330203100", id="高桥镇-of-Ningbo"),
        pytest.param(["永定镇 门头沟区"], "", "永定镇", "110109006", id="shared-town-listed-as-an-area"),
        pytest.param(["虎门镇 东莞市"], "", "虎门镇", "441900121", id="town-of-a-city-without-counties"),
        # Names that stand for no official district of today.
        pytest.param(["宣武区 北京市"], "", "宣武区", "", id="abolished-county"),
        pytest.param(["密云县 北京市"], "", "密云县", "", id="county-that-became-a-district"),
        pytest.param(["中关村科学城 海淀区"], "", "中关村科学城", "", id="functional-area"),
        pytest.param(["四季青社区 海淀区"], "", "四季青社区", "", id="community"),
        # Short forms.
        pytest.param(["内蒙古自治区/内蒙古"], "", "内蒙古自治区", "150000", id="short-region"),
        pytest.param(["吉林省/吉林"], "", "吉林省", "220000", id="a-province-and-a-city"),
        pytest.param(["怒江州 云南省"], "", "怒江州", "533300", id="short-autonomous-prefecture"),
    ],
)  # fmt: skip
def test_ambiguous_names(articles: list[str], within: str, name: str, code: str) -> None:
    """`within` states one `locatedIn`, written inner<outer; an empty code means that the name stays open."""
    facts = [located(*within.split("<"))] if within else []
    assert resolve_places(page_of(*articles), facts, gazetteer()).codes.get(name, "") == code


def test_a_zone_lies_in_the_city_whose_name_it_bears() -> None:
    places = resolve_places(page_of("合肥高新区 合肥市 安徽省"), [], gazetteer())
    assert places.around("合肥高新区") == "340100"
    assert resolve_places(page_of("合肥高新区 安徽省"), [], gazetteer()).around("合肥高新区") == ""


def test_what_tells_districts_of_one_name_apart() -> None:
    places = resolve_places(page_of("朝阳区 长春市 苏家坨镇 石桥村"), [located("石桥村", "长春市")], gazetteer())
    assert places.apart("朝阳区") == "220104"
    assert places.apart("长春市") == ""
    assert places.apart("石桥村") == "220100"
