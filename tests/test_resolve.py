"""kg.resolve: which forms name the same thing, and which stay apart. All bodies and people are invented."""

from __future__ import annotations

import pytest
from articles import LEXICON, read, told_entities
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Entity
from kg.resolve import resolve_mentions

LIMITS = {
    "quoted-abbreviation": "a quotation of two characters that shortens a programme is not found",
}


def limit(name: str, *values: object) -> object:
    """A row that is known to fail, with its reason."""
    return pytest.param(*values, id=name, marks=pytest.mark.xfail(reason=LIMITS[name], strict=True))


def forms(name: str, *texts: str | tuple[str, str]) -> tuple[set[str], set[str]]:
    """Aliases and anaphora of an entity."""
    entity = read(*texts).entity(name)
    return set(entity.aliases), set(entity.anaphora)


@pytest.mark.parametrize(
    ("text", "name", "anaphora"),
    [
        pytest.param(
            "宁波市总工会启动行动。市总工会负责人说，很好。", "宁波市总工会", {"市总工会"}, id="level-and-body"
        ),
        pytest.param(
            "宁波市总工会和绍兴市总工会来了。市总工会负责人说，很好。", "绍兴市总工会", {"市总工会"}, id="latest-wins"
        ),
        pytest.param(
            "海曙区总工会举办讲座，区民政局参加。", "海曙区民政局", {"区民政局"}, id="body-of-the-own-district"
        ),
        pytest.param("海曙区启动行动。区总工会参加。", "海曙区总工会", {"区总工会"}, id="union-of-the-own-district"),
        pytest.param("宁波海曙纺织有限公司签约。该公司投入50万元。", "宁波海曙纺织有限公司", {"该公司"}, id="pointer"),
        pytest.param(
            "宁波海曙纺织有限公司和宁波四明制药有限公司签约。该公司投入50万元。",
            "宁波四明制药有限公司",
            {"该公司"},
            id="pointer-to-the-latest",
        ),
        pytest.param(
            "宁波海曙纺织有限公司工会办夜校。公司工会负责人说，很好。",
            "宁波海曙纺织有限公司工会",
            {"公司工会"},
            id="host-and-body",
        ),
        pytest.param(
            "宁波海曙纺织有限公司签约。该公司工会负责人说，很好。",
            "宁波海曙纺织有限公司工会",
            {"该公司工会"},
            id="host-without-named-body",
        ),
        pytest.param(
            "四明港口集团签约。集团党委走访职工。", "四明港口集团党委", {"集团党委"}, id="committee-of-the-host"
        ),
        pytest.param("与宁波大学签约。该校为职工开课。", "宁波大学", {"该校"}, id="school"),
        pytest.param(
            "徐州市总工会建立了金融、互联网等市级行业工会联合会。",
            "徐州市金融行业工会联合会",
            {"金融"},
            id="coordinated",
        ),
        pytest.param(
            "古林街道总工会举办讲座。街道工会负责人说，很好。",
            "古林街道总工会",
            {"街道工会"},
            id="short-subdistrict-union",
        ),
        pytest.param("宁波市海曙区举办讲座。区总工会参加。", "海曙区总工会", {"区总工会"}, id="level-of-two-districts"),
        pytest.param("宁波市总工会会同人社局、司法局调研。", "宁波市司法局", {"司法局"}, id="office-of-a-list"),
        pytest.param("宁波市总工会、团市委慰问职工。", "共青团宁波市委", {"团市委"}, id="youth-league"),
        pytest.param("宁波市总工会慰问职工。市总将开展培训。", "宁波市总工会", {"市总"}, id="general-union-cut-short"),
        pytest.param(
            "四明港口集团签约。集团党委成立了产改领导小组。",
            "四明港口集团产改领导小组",
            {"产改领导小组"},
            id="part-without-its-host",
        ),
        pytest.param(
            "宁波海曙纺织有限公司北仑分公司工会办夜校。分公司工会负责人说，很好。",
            "宁波海曙纺织有限公司北仑分公司工会",
            {"分公司工会"},
            id="union-of-the-branch",
        ),
        pytest.param(
            "宁波海曙纺织有限公司签约。公司为职工发放补贴。", "宁波海曙纺织有限公司", {"公司"}, id="bare-word"
        ),
    ],
)
def test_an_anaphor_is_resolved_from_context(text: str, name: str, anaphora: set[str]) -> None:
    assert forms(name, text)[1] == anaphora


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        pytest.param(
            "智云未来（宁波）科技有限公司签约。智云未来的职工来了。",
            "智云未来（宁波）科技有限公司",
            "智云未来",
            id="brand-alone",
        ),
        pytest.param(
            "沈阳辽云压缩机集团有限公司签约。辽云集团的职工来了。",
            "沈阳辽云压缩机集团有限公司",
            "辽云集团",
            id="what-it-makes",
        ),
        pytest.param(
            "宁波热力通信信号分公司签约。热力通号分公司的职工来了。",
            "宁波热力通信信号分公司",
            "热力通号分公司",
            id="first-characters",
        ),
        pytest.param("烟台市总工会慰问职工。烟台工会还送健康。", "烟台市总工会", "烟台工会", id="union-of-a-place"),
        pytest.param(
            "宁波四明热力有限公司太平抢修队出动。太平抢修队的职工来了。",
            "宁波四明热力有限公司太平抢修队",
            "太平抢修队",
            id="part-alone",
        ),
    ],
)
def test_a_short_form_is_listed_under_the_full_name(text: str, name: str, alias: str) -> None:
    assert alias in forms(name, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("区总工会负责人说，很好。", id="level-without-a-district"),
        pytest.param("该公司投入50万元。", id="pointer-without-a-name"),
        pytest.param("公司工会负责人说，很好。", id="host-without-a-name"),
        pytest.param("宁波大学来了。该公司投入50万元。", id="pointer-to-another-kind"),
        pytest.param("海曙区举办讲座。县总工会参加。", id="level-of-no-district-named"),
    ],
)
def test_what_stays_open_names_nothing(text: str) -> None:
    reading = read(text)
    assert [m.name for m in reading.mentions if m.anaphor]
    assert [e.name for e in reading.entities if e.anaphora] == []


def test_an_anaphor_in_a_headline_may_look_ahead() -> None:
    text = ("区总工会举办讲座", "近日，海曙区总工会举办讲座。")
    assert forms("海曙区总工会", text)[1] == {"区总工会"}


def test_anaphora_do_not_look_into_another_article() -> None:
    first, second = "宁波海曙纺织有限公司签约。", "该公司投入50万元。"
    assert forms("宁波海曙纺织有限公司", first, second)[1] == set()
    assert forms("宁波海曙纺织有限公司", first + second)[1] == {"该公司"}


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        pytest.param(
            "湖南岳阳市总工会启动行动。岳阳市总工会总结。", "岳阳市总工会", {"湖南岳阳市总工会"}, id="place-prefix"
        ),
        pytest.param(
            "沈阳北方重机集团有限公司签约。北方重机公司来了。",
            "沈阳北方重机集团有限公司",
            {"北方重机公司"},
            id="droppable-words",
        ),
        pytest.param(
            "宁波市人力资源和社会保障局通知。宁波市人社局解释。",
            "宁波市人力资源和社会保障局",
            {"宁波市人社局"},
            id="bureau-abbreviation",
        ),
        pytest.param(
            "开展“双向提升”行动计划。实施“双向提升”一年来，成效好。",
            "双向提升行动计划",
            {"双向提升"},
            id="quoted-short-form",
        ),
        limit(
            "quoted-abbreviation",
            "推进职工技能改革工程。“技改”成效好，开展“技改”一年来。",
            "职工技能改革工程",
            {"技改"},
        ),
        pytest.param("慰问外卖小哥。外卖配送员很高兴。", "外卖配送员", {"外卖小哥"}, id="same-group"),
        pytest.param("浙江省、江苏等地。", "江苏省", {"江苏"}, id="short-form-of-a-province"),
        pytest.param("中华全国总工会通知。全国总工会要求。", "中华全国总工会", {"全国总工会"}, id="nation"),
        pytest.param("兰州石化公司党委、工会走访一线职工。", "兰州石化公司工会", set(), id="shared-host-alias"),
        pytest.param(
            "宁波市总工会举办会议。在市总工会十二届三次全委会上，代表发言。",
            "宁波市总工会十二届三次全委会",
            {"市总工会十二届三次全委会"},
            id="body-in-context-that-opens-a-programme",
        ),
        pytest.param(
            "举办第三届“健康宁波”职工云健步活动。“云健步”启动。",
            "第三届健康宁波职工云健步活动",
            {"云健步"},
            id="coined-word-inside-a-programme",
        ),
        pytest.param(
            "宁波市产业工人队伍建设改革推进会闭幕。召开产改推进会。",
            "宁波市产业工人队伍建设改革推进会",
            {"产改推进会"},
            id="nationwide-abbreviation",
        ),
    ],
)
def test_a_shorter_form_is_an_alias(text: str, name: str, aliases: set[str]) -> None:
    plain = {form for form in forms(name, text)[0] if "“" not in form}
    assert plain == aliases


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        pytest.param(
            "四明集团、四明港运集团、四明股份签约。",
            ["Company 四明集团", "Company 四明港运集团", "Company 四明股份"],
            id="brand-siblings",
        ),
        pytest.param(
            "宁波市总工会与宁波市海曙区总工会签约。",
            ["Union 宁波市总工会", "Union 宁波市海曙区总工会"],
            id="levels-of-unions",
        ),
        pytest.param(
            "宁波市教育局和绍兴市教育局签约。",
            ["PublicBody 宁波市教育局", "PublicBody 绍兴市教育局"],
            id="same-bureau-of-two-cities",
        ),
        pytest.param(
            "四明集团工会与四明集团签约。", ["Union 四明集团工会", "Company 四明集团"], id="union-and-company"
        ),
        pytest.param(
            "《职工培训办法》与《职工培训管理办法》。",
            ["Document 职工培训办法", "Document 职工培训管理办法"],
            id="titles-are-closed",
        ),
        pytest.param(
            "开展“春蚕”培训项目。“春蚕”培训项目毕业典礼举行。",
            ["Programme 春蚕培训项目", "Programme 春蚕培训项目毕业典礼"],
            id="a-single-event-of-a-programme",
        ),
        pytest.param(
            "宁波大学与宁波财经大学签约。", ["School 宁波大学", "School 宁波财经大学"], id="schools-of-one-city"
        ),
    ],
)
def test_names_that_only_look_alike_stay_apart(text: str, apart: list[str]) -> None:
    found = told_entities(text)
    assert [entity for entity in found if entity in apart] == apart


@pytest.mark.parametrize(
    ("text", "entailed"),
    [
        pytest.param("安徽蓝盾网络科技有限公司顺利建会。", ["安徽蓝盾网络科技有限公司工会"], id="has-a-union-now"),
        pytest.param("安徽蓝盾网络科技有限公司成立工会。", ["安徽蓝盾网络科技有限公司工会"], id="founds-a-union"),
        pytest.param(
            "湖州四明纺织有限公司、湖州三江制药有限公司相继建会。",
            ["湖州四明纺织有限公司工会", "湖州三江制药有限公司工会"],
            id="each-of-a-list",
        ),
        pytest.param("安徽蓝盾网络科技有限公司建设会场。", [], id="builds-something-else"),
        pytest.param("安徽蓝盾网络科技有限公司签约，推动建会。", [], id="in-another-clause"),
    ],
)
def test_a_union_may_be_entailed(text: str, entailed: list[str]) -> None:
    assert [e.name for e in read(text).entities if not e.mentions] == entailed


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param("宁波四明制药有限公司签约。", "District 宁波市", id="place-in-a-company"),
        pytest.param("推进产业工人队伍建设改革。", "WorkerGroup 产业工人", id="group-in-a-programme"),
        pytest.param("荣获宁波市劳动模范。", "District 宁波市", id="place-in-an-honour"),
    ],
)
def test_what_is_only_part_of_a_name_is_no_entity(text: str, absent: str) -> None:
    assert absent not in told_entities(text)


def test_a_district_in_the_name_of_its_union_is_an_entity() -> None:
    assert told_entities("海曙区总工会举办讲座。") == ["Union 海曙区总工会", "District 海曙区"]


def shape(entities: tuple[Entity, ...]) -> list[tuple[str, str, int]]:
    return [(entity.type, entity.name, len(entity.mentions)) for entity in entities]


STATEMENTS = (
    "宁波市总工会启动“春蚕”培训项目。",
    "市总工会负责人说，很好。",
    "四明港口集团有限公司签约。",
    "该公司投入50万元。",
    "集团工会慰问快递员。",
    "湖南岳阳市总工会与岳阳市总工会。",
    "海曙区总工会走访四明港口集团。",
    "区民政局参加。",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5).map("".join), min_size=1, max_size=3))
def test_every_entity_is_listed_once_and_in_order(texts: list[str]) -> None:
    reading = read(*texts)
    entities = reading.entities
    assert [e.id for e in entities] == [f"e{i}" for i in range(1, len(entities) + 1)]
    assert len({(e.type, e.name) for e in entities}) == len(entities)
    for entity in entities:
        assert entity.name not in entity.aliases
        assert entity.article == min((m.article for m in entity.mentions), default=entity.article)
        assert {m.type for m in entity.mentions} <= {entity.type}
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda m: (m.article, m.at[0], -m.at[1]))
    mentions = [m for entity in entities for m in entity.mentions]
    assert len(mentions) == len(set(mentions))
    assert set(mentions) <= set(reading.mentions)


def test_the_mentions_of_no_article_give_no_entity() -> None:
    assert resolve_mentions((), (), LEXICON) == ()
    assert shape(read("天气很好。").entities) == []
