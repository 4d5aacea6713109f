"""kg.find: which stretches of an article name, or stand for, an entity. All bodies and people are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from articles import LEXICON, make_article, read, told_mentions
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import find
from kg.clean import plain_name
from kg.find import find_mentions
from kg.model import EntityType

ORGANISATIONS = {"Union", "Company", "PublicBody", "School", "Organisation"}


def organisations(text: str) -> list[str]:
    return [told for told in told_mentions(text) if told.lstrip("~").split()[0] in ORGANISATIONS]


def of_type(kind: str, text: str) -> list[str]:
    return [told.replace(f"{kind} ", "", 1) for told in told_mentions(text) if told.lstrip("~").startswith(f"{kind} ")]


LIMITS = {
    "host-and-kind": "a quotation that is nothing but a kind of site is not joined to the host before it",
}


def limit(name: str, *values: object) -> object:
    """A row that is known to fail, with its reason."""
    return pytest.param(*values, id=name, marks=pytest.mark.xfail(reason=LIMITS[name], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("近日，宁波市总工会召开会议。", ["Union 宁波市总工会"], id="time-word-before"),
        pytest.param("在宁波市总工会的推动下，活动开始。", ["Union 宁波市总工会"], id="preposition-before"),
        pytest.param("走访慰问宁波海曙纺织有限公司。", ["Company 宁波海曙纺织有限公司"], id="verb-before"),
        pytest.param("辖区企业海曙纺织有限公司。", ["Company 海曙纺织有限公司"], id="describing-noun-before"),
        pytest.param("全市12家企业，包括海曙纺织有限公司。", ["Company 海曙纺织有限公司"], id="listing-verb-before"),
        pytest.param("宁波市总工会和宁波大学。", ["Union 宁波市总工会", "School 宁波大学"], id="conjunction-between"),
        pytest.param(
            "中铁八局集团昆明铁路建设有限公司召开会议。",
            ["Company 中铁八局集团昆明铁路建设有限公司"],
            id="place-inside",
        ),
        pytest.param(
            "三江（宁波）精密机械有限公司召开会议。", ["Company 三江（宁波）精密机械有限公司"], id="brackets-inside"
        ),
        pytest.param(
            "宁波四明热力有限公司太平抢修队出动。",
            ["Organisation 宁波四明热力有限公司太平抢修队", "Company 宁波四明热力有限公司"],
            id="part-of-a-company",
        ),
        pytest.param(
            "宁波四明公交集团B7路驾驶班，",
            ["Organisation 宁波四明公交集团B7路驾驶班", "Company 宁波四明公交集团"],
            id="numbered-part",
        ),
        pytest.param("宁波四明公交集团派出抢修队。", ["Company 宁波四明公交集团"], id="verb-before-part"),
        pytest.param(
            "宁波市总工会指派四明律师事务所。", ["Union 宁波市总工会", "Organisation 四明律师事务所"], id="behind-union"
        ),
        pytest.param("宁波市物流与采购协会会长。", ["Organisation 宁波市物流与采购协会"], id="two-trades"),
        pytest.param("美团宁波分公司，", ["Company 美团宁波分公司", "Company 美团"], id="brand-before-branch"),
        pytest.param("宁波地铁的司机。", ["Company 宁波地铁"], id="trade-as-company"),
        pytest.param("宁波第三仪表厂的钳工。", ["Company 宁波第三仪表厂"], id="works"),
        pytest.param("中铁八局的工地。", ["Company 中铁八局"], id="building-bureau"),
        pytest.param("全集团推广。", [], id="whole-of-it"),
        pytest.param("首届委员会产生。", [], id="edition-of-a-committee"),
        pytest.param("长春和杭州两市总工会签约。", [], id="unions-of-two-cities"),
        pytest.param("宁波市委社会工作部。", ["PublicBody 宁波市委社会工作部"], id="party-department"),
        pytest.param(
            "区总工会“红马甲”志愿服务队。", ["~Union 区总工会", "Organisation 红马甲志愿服务队"], id="coined-team"
        ),
        pytest.param("兴达园区工会联合会，", ["Union 兴达园区工会联合会"], id="union-of-a-park"),
        pytest.param("陕云宁波矿业公司，", ["Company 陕云宁波矿业公司"], id="coined-brand-before-place"),
        pytest.param("记者从宁波市教育局获悉。", ["PublicBody 宁波市教育局"], id="source-of-news"),
        pytest.param("全国铁路总工会主席。", ["Union 全国铁路总工会"], id="opened-by-nation"),
        pytest.param(
            "宁波市第三人民医院工会",
            ["Union 宁波市第三人民医院工会", "Organisation 宁波市第三人民医院"],
            id="ordinal-inside",
        ),
        pytest.param("大连远航物流集团签约。", ["Company 大连远航物流集团"], id="verb-like-brand"),
        pytest.param(
            "海曙机械集团旗下海曙精工有限公司。",
            ["Company 海曙机械集团", "Company 海曙精工有限公司"],
            id="affiliate-verb",
        ),
    ],
)
def test_names_begin_where_the_words_before_them_end(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各级工会积极参与。", id="all-levels"),
        pytest.param("市县两级总工会积极参与。", id="two-levels"),
        pytest.param("企业工会、基层工会、行业工会都来了。", id="kinds-of-union"),
        pytest.param("工会组织、工会干部、工会会员都来了。", id="union-as-modifier"),
        pytest.param("12家公司、3所学校、多家医院参加。", id="counted"),
        pytest.param("中小微企业、民营企业、平台企业参加。", id="kinds-of-enterprise"),
        pytest.param("大学生和中学生参加。", id="suffix-inside-a-word"),
        pytest.param("他把银行卡还给公司员工。", id="suffix-before-a-word"),
        pytest.param("有关部门、相关部门高度重视。", id="departments"),
        pytest.param("推动企业建工会、职工入工会。", id="verb-and-object"),
        pytest.param("新建非公企业工会全面覆盖。", id="kinds-of-private-union"),
    ],
)
def test_generic_names_are_no_names(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "宁波海曙纺织有限公司工会",
            ["Union 宁波海曙纺织有限公司工会", "Company 宁波海曙纺织有限公司"],
            id="company-in-union",
        ),
        pytest.param(
            "宁波市海曙区总工会",
            ["Union 宁波市海曙区总工会", "District 宁波市", "District 海曙区"],
            id="districts-in-union",
        ),
        pytest.param(
            "昆明理工大学附属医院工会",
            ["Union 昆明理工大学附属医院工会", "Organisation 昆明理工大学附属医院", "School 昆明理工大学"],
            id="three-deep",
        ),
        pytest.param(
            "宁波市教育局工会",
            ["Union 宁波市教育局工会", "PublicBody 宁波市教育局", "District 宁波市"],
            id="bureau-in-union",
        ),
    ],
)
def test_names_nest(text: str, expected: list[str]) -> None:
    assert told_mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("区总工会负责人说。", ["~Union 区总工会"], id="district-union"),
        pytest.param("镇总工会负责人说。", ["~Union 镇总工会"], id="town-union"),
        pytest.param("街道总工会主席说。", ["~Union 街道总工会"], id="subdistrict-union"),
        pytest.param("该公司负责人说。", ["~Company 该公司"], id="this-company"),
        pytest.param("该集团党委负责。", ["~PublicBody 该集团党委"], id="this-groups-committee"),
        pytest.param("公司工会主席说。", ["~Union 公司工会"], id="company-union"),
        pytest.param("区人力社保局负责人说。", ["~PublicBody 区人力社保局"], id="district-bureau"),
        pytest.param(
            "该校、该院、该局都来了。", ["~School 该校", "~Organisation 该院", "~PublicBody 该局"], id="this-one"
        ),
        pytest.param("该项目、该区域、本次活动。", [], id="pointers-to-other-things"),
    ],
)
def test_forms_that_name_only_in_context_are_anaphora(text: str, expected: list[str]) -> None:
    found = [told for told in organisations(text) if told.startswith("~")]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "兰州石化公司党委、工会走访一线职工。",
            ["PublicBody 兰州石化公司党委", "Union 兰州石化公司工会"],
            id="committee-and-union-share-their-host",
        ),
        pytest.param(
            "徐州市总工会建立了金融、互联网等市级行业工会联合会。",
            ["~Union 市金融行业工会联合会", "~Union 市互联网行业工会联合会"],
            id="trades-share-their-suffix",
        ),
        pytest.param("兰州石化公司党委、工会组织捐款。", ["PublicBody 兰州石化公司党委"], id="union-as-modifier"),
    ],
)
def test_coordinated_names_are_completed(text: str, expected: list[str]) -> None:
    found = [told for told in organisations(text) if not told.startswith("Company")]
    assert [told for told in found if told != "Union 徐州市总工会"] == expected


PROGRAMMES = [
    ("启动“彩云工匠”培育计划。", ["彩云工匠培育计划"], "quotation-with-head"),
    ("举办第三届“彩云杯”职工技能大赛。", ["第三届彩云杯职工技能大赛"], "edition-before"),
    ("开展“春送岗位”“夏送清凉”“金秋助学”等活动。", ["春送岗位", "夏送清凉", "金秋助学"], "list-of-quotations"),
    ("打造“安心”“舒心”工程。", ["安心工程", "舒心工程"], "short-quotations-take-the-head"),
    ("开展“学技能、练本领”活动。", ["学技能、练本领活动"], "mark-inside"),
    ("开展“我为职工办实事”实践活动。", ["我为职工办实事实践活动"], "sentence-as-name"),
    ("举办昆明市职工运动会。", ["昆明市职工运动会"], "unquoted-with-place"),
    ("推动昆明市百日攻坚行动落地。", ["昆明市百日攻坚行动"], "strong-head"),
    (
        "举办庆祝“五一”国际劳动节暨先进集体、先进个人代表座谈会。",
        ["庆祝五一国际劳动节暨先进集体、先进个人代表座谈会"],
        "event-over-enumeration",
    ),
    ("开展培训，组织各类活动，举办系列比赛。", [], "generic"),
    ("以“奋斗”为主题的日子。", [], "theme"),
    ("提供“一站式”服务。", [], "slogan"),
    ("他说：“我们要加强培训。”", [], "speech"),
    ("此次活动设置三项。", ["~此次活动"], "pointer"),
    ("试行“一楼一会”，把小店拢到一起。", ["一楼一会"], "quotation-behind-its-verb"),
    ("。“晚间托班”办到了第三年。", ["晚间托班"], "quotation-as-topic"),
    ("琢磨出一种“保温饭箱”，饭菜不凉。", ["保温饭箱"], "quotation-invented"),
    ("特色项目“银龄传技”已进行两期。", ["银龄传技"], "quotation-behind-its-kind"),
    ("推出“一元理发”“五元早餐”等惠民项目。", ["一元理发", "五元早餐"], "quotations-share-their-verb"),
    ("当好职工“娘家人”，打通“最后一公里”。", [], "figures-of-speech"),
    ("驿站成为骑手的“加油站”。", [], "becoming-a-figure"),
    ("坚持“哪里有职工，哪里就有工会”。", [], "principle"),
    ("采取“线上+线下”方式。", [], "manner"),
    ("举办就业援助月专场招聘会，达成意向。", ["就业援助月专场招聘会"], "head-with-content"),
    ("昆明市职工读书月6月启动。", ["昆明市职工读书月"], "held-in-a-place"),
    ("第六届昆明市职工运动会开幕。", ["第六届昆明市职工运动会"], "edition-before-the-place"),
    ("庆祝“五一”国际劳动节暨劳模表彰大会召开。", ["庆祝五一国际劳动节暨劳模表彰大会"], "calendar-quotation"),
    ("开展集体协商集中要约行动。", ["集体协商集中要约行动"], "verbs-inside"),
    ("昆明市劳动模范和先进工作者表彰大会举行。", ["昆明市劳动模范和先进工作者表彰大会"], "pair-inside"),
    ("开展急救知识培训12场。", [], "counted"),
    ("一处厂房改造项目拖欠工资。", [], "building-site"),
    ("产改三年，技师多了。", ["产业工人队伍建设改革"], "nationwide-abbreviation"),
    ("设管道焊接、叉车操作2个项目。", ["管道焊接项目", "叉车操作项目"], "events-of-a-contest"),
    ("开展大走访，听取意见。", ["大走访"], "one-word"),
    ("开展金秋助学、免费培训等活动。", ["金秋助学"], "member-of-a-list"),
    ("在昆明市总工会十二届三次全委会上。", ["昆明市总工会十二届三次全委会"], "numbered-meeting"),
]


@pytest.mark.parametrize(("text", "expected"), [row[:2] for row in PROGRAMMES], ids=[row[2] for row in PROGRAMMES])
def test_programmes(text: str, expected: list[str]) -> None:
    assert of_type("Programme", text) == expected


def test_the_short_form_of_a_programme_points_back() -> None:
    text = "开展“八方来客”建会入会全覆盖行动。全覆盖行动已进行3个月。"
    assert of_type("Programme", text)[-1] == "~全覆盖行动"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("印发《昆明市职工培训办法》。", ["昆明市职工培训办法"], id="title-marks"),
        pytest.param("据《昆明工会报》《春城晚报》报道。", [], id="newspapers"),
        pytest.param("发布“双清单”和“劳动用工指南”。", ["双清单", "劳动用工指南"], id="quoted-documents"),
        pytest.param(
            "落实《关于加强产业工人培训的意见》《关于提高待遇的通知》。",
            ["关于加强产业工人培训的意见", "关于提高待遇的通知"],
            id="two-in-a-row",
        ),
    ],
)
def test_documents(text: str, expected: list[str]) -> None:
    assert of_type("Document", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("荣获全国五一劳动奖状。", ["全国五一劳动奖状"], id="national"),
        pytest.param("获评云南省劳动模范。", ["云南省劳动模范"], id="with-place"),
        pytest.param("荣获“全国模范职工之家”称号。", ["全国模范职工之家"], id="quoted-title"),
        pytest.param("被评为“十佳班组”“十佳车间”。", ["十佳班组", "十佳车间"], id="list-of-titles"),
        pytest.param("劳动模范、先进工作者代表参加。", [], id="kinds-of-honour"),
        pytest.param("获得多项荣誉。", [], id="generic"),
        pytest.param("夺得电工项目第一名。", ["电工项目第一名"], id="place-in-a-contest"),
        pytest.param("应急处置一等奖被昆明队收入囊中。", ["应急处置一等奖"], id="place-as-a-topic"),
        pytest.param("比赛设一等奖、二等奖。", [], id="places-of-no-contest"),
        pytest.param("获评昆明市“安康杯”竞赛优胜单位。", ["昆明市安康杯竞赛优胜单位"], id="partly-quoted"),
        pytest.param("入选2025年度昆明市工会工作创新案例。", ["2025年度昆明市工会工作创新案例"], id="selected-case"),
        pytest.param("被列为云南省第三批产改试点企业。", ["云南省第三批产改试点企业"], id="batch"),
        pytest.param("各网格推选“春城暖蜂”。", ["春城暖蜂"], id="coined-and-chosen"),
        pytest.param("“昆明工匠”陈海涛在台上分享。", ["昆明工匠"], id="borne-by-a-person"),
        pytest.param("选树“昆明工匠”60名。", ["昆明工匠"], id="counted"),
        pytest.param("全国劳模段福全来了。", ["全国劳模"], id="model-worker-for-short"),
        pytest.param("优胜单位：昆明钢铁集团；优胜班组：一班。", ["优胜单位", "优胜班组"], id="heads-of-lists"),
        pytest.param("获得职工一致好评。", [], id="praise"),
        pytest.param("获得专项资金支持。", [], id="support"),
    ],
)
def test_honours(text: str, expected: list[str]) -> None:
    assert of_type("Honour", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("昆明市总工会主席何志远表示满意。", ["何志远"], id="behind-a-post"),
        pytest.param("党组书记、常务副主席何志远出席。", ["何志远"], id="behind-two-posts"),
        pytest.param("快递员赵小军说，很满意。", ["赵小军"], id="behind-a-trade"),
        pytest.param("“很好。”孙立平介绍，大家满意。", ["孙立平"], id="before-a-verb-of-speech"),
        pytest.param("快递员王师傅送完货。", ["王师傅"], id="familiar"),
        pytest.param("主席欧阳文博表示满意。", ["欧阳文博"], id="surname-of-two-characters"),
        pytest.param("主席何志远到会。何志远表示满意。", ["何志远", "何志远"], id="comes-back"),
        pytest.param("总工会主席高度重视，经理全程参加。", [], id="words-that-begin-like-surnames"),
        pytest.param("职工代表向大会提出建议。", [], id="verb-behind-a-title"),
        pytest.param("他们表示满意。", [], id="plural-pronoun"),
        pytest.param("早上六点，翟小军已经骑上了电动车。", ["翟小军"], id="opens-a-clause"),
        pytest.param("邓丽的丈夫去年病了。", ["邓丽"], id="opens-a-sentence-short"),
        pytest.param("44岁的钱秀英在厂里干了二十年。", ["钱秀英"], id="behind-an-age"),
        pytest.param("这位名叫韦小芳的绣娘来了。", ["韦小芳"], id="called"),
        pytest.param("张伟、刘洋、陈静等5名选手获奖。", ["张伟", "刘洋", "陈静"], id="list-of-names"),
        pytest.param("昆明机床厂薛凯；昆明锅炉厂倪志强。", ["薛凯", "倪志强"], id="behind-an-organisation"),
        pytest.param("发明人是维修车间的工长布和。", ["布和"], id="two-sounds-behind-a-trade"),
        pytest.param("环卫女工帕提古丽接过热茶。", ["帕提古丽"], id="spelt-by-sound"),
        pytest.param("阿依努尔·买买提说，夜校很好。", ["阿依努尔·买买提"], id="spelt-with-a-dot"),
        pytest.param("老宋把车往墙根一靠。", ["老宋"], id="called-old"),
        pytest.param("选手小向说，回去再练。", ["小向"], id="called-little"),
        pytest.param("理发师阿强手里的推子没停过。", ["阿强"], id="called-by-the-given-name"),
        pytest.param("食堂大厨马师傅凌晨起来和面。", ["马师傅"], id="address-before-a-time"),
        pytest.param("昆明锅炉厂焊工段福全说，很好。", ["段福全"], id="surname-that-ends-a-workshop"),
        pytest.param("客服主管钟女士说，孩子有人管了。", ["钟女士"], id="form-of-address"),
        pytest.param("农民工李某某讨回工资。", ["李某某"], id="name-withheld"),
        pytest.param("退休调度员邓玉兰来了。邓站长每天记账。", ["邓玉兰", "邓玉兰"], id="surname-and-post-of-a-known"),
        pytest.param("云课堂吸引了人，纪念园里人来人往。", [], id="words-that-open-like-names"),
        pytest.param("高温天气来临，江水上涨，时间到了。", [], id="common-words-at-the-opening"),
        pytest.param("老厂也有难处，小区、老师傅都说好。", [], id="old-and-little-things"),
        pytest.param("盛泽是重镇，盛泽镇有纺织企业。", [], id="place-of-the-article"),
        pytest.param("“楚才进家”行动开局。", [], id="inside-a-coined-quotation"),
    ],
)
def test_persons(text: str, expected: list[str]) -> None:
    assert of_type("Person", text) == expected


def test_authors_are_no_persons_in_the_news() -> None:
    text = "昆明市总工会主席何志远表示满意。\n（通讯员 何志远 摄影 李云山）"
    article = make_article(text)
    credit = article.sentences[-1]
    with_credit = replace(article, sentences=(*article.sentences[:-1], replace(credit, role="credit")))
    found = [m for m in find_mentions(with_credit, LEXICON) if m.type is EntityType.PERSON]
    assert [m.at for m in found] == [(text.index("何志远"), text.index("何志远") + 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("为快递员、外卖配送员等送上礼包。", ["快递员", "外卖配送员"], id="list"),
        pytest.param("关爱货车司机群体。", ["货车司机"], id="tail-does-not-belong"),
        pytest.param("慰问一线抢修人员和乡村教师。", ["一线抢修人员", "乡村教师"], id="kind-of-staff"),
        pytest.param("电焊工们鼓掌。", ["电焊工"], id="trade-in-the-dictionary"),
        pytest.param("她是一名挡车工。", [], id="one-of-a-trade"),
        pytest.param("职工、群众、员工欢迎。", [], id="generic"),
        pytest.param("一线职工和新就业形态劳动者。", ["一线职工", "新就业形态劳动者"], id="by-status"),
        pytest.param("参加货车司机之家活动。", [], id="inside-a-site"),
        pytest.param("为拣货工、打包工送上热饭。", ["拣货工", "打包工"], id="trades-cut-apart"),
        pytest.param(
            "走访慰问造雪工、索道检修工和雪道巡逻员。",
            ["造雪工", "索道检修工", "雪道巡逻员"],
            id="trades-with-attributes",
        ),
        pytest.param("为养路工人送去棉衣。", ["养路工人"], id="trade-in-front-of-workers"),
        pytest.param("帮扶困难企业女职工。", ["困难企业女职工"], id="state-in-front-of-workers"),
        pytest.param("让2万名运河建设者喝上热水。", ["运河建设者"], id="builders-of-something"),
        pytest.param("给68名抢修工送去手套。", ["抢修工"], id="counted"),
        pytest.param("慰问困难职工家庭。", ["困难职工家庭"], id="families"),
        pytest.param("信号工们的一天开始了。", ["信号工"], id="many"),
        pytest.param("慰问索道检修工。检修工们刚换下工装。", ["索道检修工", "索道检修工"], id="shortened-further-on"),
        pytest.param("挡车工罗小妹上了12堂课。", [], id="trade-of-one-person"),
        pytest.param("夺得仪表维修工项目一等奖。", [], id="contest-in-a-trade"),
        pytest.param("走进建筑工地慰问。", [], id="word-that-goes-on"),
        pytest.param("设焊工、钳工两个赛项。", [], id="contests-in-trades"),
        pytest.param("邀请医务人员义诊。", [], id="who-is-called-in"),
        pytest.param("把暖心粥送到清雪工人手中。", ["清雪工人"], id="what-hands-do"),
        pytest.param("向灵活就业群体送保障。", ["灵活就业群体"], id="crowd"),
        pytest.param("举办面向高校毕业生的专场招聘会。", ["高校毕业生"], id="graduates-who-are-meant"),
        pytest.param("教师们认真备课，一名电工检查线路。", ["教师"], id="one-of-them"),
    ],
)
def test_worker_groups(text: str, expected: list[str]) -> None:
    assert of_type("WorkerGroup", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("位于宁波市海曙区。", ["宁波市", "海曙区"], id="chain"),
        pytest.param("在海曙区古林镇举行。", ["海曙区", "古林镇"], id="town"),
        pytest.param("陇县城关镇和李村镇。", ["陇县", "城关镇", "李村镇"], id="towns-that-look-like-common-words"),
        pytest.param("走进南京西路街道。", ["南京西路街道"], id="street-that-begins-like-a-city"),
        pytest.param("记者从江源区大石人镇获悉。", ["江源区", "大石人镇"], id="town-cut-apart-behind-its-district"),
        pytest.param("商会联合镇政府走访。", [], id="verb-that-is-a-town-elsewhere"),
        pytest.param("来自浙江、江苏等地。", ["浙江省", "江苏省"], id="short-forms-are-completed"),
        pytest.param("辖区、城区、全区、园区。", [], id="generic"),
        pytest.param("走进乡村、社区、街道。", [], id="kinds"),
        pytest.param("宁波经济技术开发区", ["宁波经济技术开发区"], id="development-zone"),
    ],
)
def test_districts(text: str, expected: list[str]) -> None:
    assert of_type("District", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("榆林市总工会在定边、靖边设点。", ["榆林市", "定边县", "靖边县"], id="counties-of-the-city"),
        pytest.param("山东文登人王建国。", ["山东省", "文登区"], id="county-behind-its-province"),
        pytest.param("到遵义、安顺走访。", ["遵义市", "安顺市"], id="partner-in-a-list"),
        pytest.param("去北京领奖那天，他没睡。", ["北京市"], id="noun-behind-a-place-visited"),
        pytest.param("大连68万职工参赛。", ["大连市"], id="number-behind"),
        pytest.param("河南籍木工王建国。", ["河南省"], id="where-from"),
        pytest.param("通州区总工会在张家湾、马驹桥设点。", ["通州区", "张家湾", "马驹桥"], id="towns-of-the-county"),
        pytest.param("广州市总工会在石牌街、林和街试点。", ["广州市", "石牌街", "林和街"], id="street-offices"),
        pytest.param("净月高新区总工会走访。", ["净月高新区"], id="zone-with-a-name"),
        pytest.param("夜校开进龙桥村和上升村。", ["龙桥村", "上升村"], id="village-in-a-list"),
        pytest.param("江西省总工会推动新建工会驿站。", ["江西省"], id="everyday-word"),
        pytest.param("陕西省总工会召开会议，平安、和平人人爱。", ["陕西省"], id="everyday-words-in-a-list"),
        pytest.param("宁波海曙纺织有限公司获奖。", [], id="inside-a-company"),
        pytest.param("九江石化欧阳倩获奖。", [], id="beginning-of-a-name"),
        pytest.param("智慧园区建设有成效。", [], id="kind-of-zone"),
    ],
)
def test_short_forms_of_districts(text: str, expected: list[str]) -> None:
    assert [told.removeprefix("District ") for told in told_mentions(text) if told.startswith("District ")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("参观宁波港史博物馆。", ["宁波港史博物馆"], id="museum"),
        pytest.param("何志远劳模创新工作室揭牌。", ["何志远劳模创新工作室"], id="workshop-of-a-person"),
        pytest.param("建成“蓝海驿家·司机之家”。", ["蓝海驿家·司机之家"], id="quoted"),
        pytest.param("海曙区“工会驿站·司机之家”启用。", ["海曙区工会驿站·司机之家"], id="host-and-quotation"),
        limit("host-and-kind", "北岭服务区“司机之家”启用。", ["北岭服务区司机之家"]),
        pytest.param("已建成驿站、职工之家、书屋。", ["~驿站", "~职工之家", "~书屋"], id="kinds-only-point-back"),
        pytest.param("建成171个工会驿站。", [], id="counted"),
    ],
)
def test_sites(text: str, expected: list[str]) -> None:
    found = of_type("Site", text)
    assert found == expected or (not expected and all(name.startswith("~") for name in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("来到海曙街道的职工食堂。", ["海曙街道职工食堂"], id="kind-of-a-host"),
        pytest.param("四明大桥下的工会驿站很热闹。", ["四明大桥工会驿站", "四明大桥"], id="under-a-bridge"),
        pytest.param("海曙区青年路驿站亮灯。", ["海曙区青年路驿站"], id="any-word-may-be-a-road"),
        pytest.param("海曙区祥福里工会驿站亮灯。", ["海曙区祥福里工会驿站"], id="block-behind-its-district"),
        pytest.param("列车驶离四明线古林站。", ["四明线古林站", "四明线"], id="station-on-a-line"),
        pytest.param("沪甬高速古林服务区启用。", ["沪甬高速古林服务区", "沪甬高速"], id="site-on-a-site"),
        pytest.param(
            "在古林村、前虞村各建1个技能培训基地。", ["古林村技能培训基地", "前虞村技能培训基地"], id="one-in-each"
        ),
        pytest.param("在古林村、前虞村设立12个服务点。", [], id="counted-and-not-one-in-each"),
        pytest.param("依托“甬工惠”平台报名。", ["甬工惠平台"], id="platform-of-unions"),
        pytest.param("参观城市公园和文化广场。", [], id="kinds-of-places"),
        pytest.param("总工会持续发力驿站建设。", [], id="torn-word-before-a-kind"),
        pytest.param("把驿站建成职工的“温馨港湾”。", [], id="figure-of-speech"),
        pytest.param("这间屋子叫“四明骑士之家”。", ["四明骑士之家"], id="called-so"),
        pytest.param("全区建成“四明驿家”工会驿站265个。", [], id="brand-of-many"),
        pytest.param("农行海曙支行职工驿站启用。", ["农行海曙支行职工驿站"], id="of-a-branch"),
    ],
)
def test_sites_by_their_surroundings(text: str, expected: list[str]) -> None:
    assert [name for name in of_type("Site", text) if not name.startswith("~")] == expected


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        pytest.param("社会组织工会全面覆盖。", "Union 社会组织工会", id="social-organisations"),
        pytest.param("“工匠直播间”工会服务品牌很有名。", "Union 工匠直播间工会", id="quoted-union"),
        pytest.param("宁波市劳动模范协会成立。", "Honour 宁波市劳动模范", id="model-worker-association"),
    ],
)
def test_what_is_read_as_something_else(text: str, unwanted: str) -> None:
    assert unwanted not in told_mentions(text)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        pytest.param("“双助推”项目", "双助推项目", id="quotation-marks"),
        pytest.param("《办 法》", "办法", id="title-marks-and-space"),
        pytest.param("ＡＢＣ公司", "ABC公司", id="full-width-letters"),
        pytest.param("三江（宁波）公司", "三江（宁波）公司", id="chinese-brackets-stay"),
        pytest.param("“”", "", id="nothing-left"),
    ],
)
def test_plain_names(surface: str, expected: str) -> None:
    assert plain_name(surface) == expected


PIECES = (
    "宁波市总工会", "区总工会", "该公司", "海曙纺织有限公司", "工会", "党委", "、", "和", "，", "。", "“", "”", "《", "》", "（", "）",
    "举办", "荣获", "全国五一劳动奖状", "大赛", "行动", "主席", "何志远", "他", "这里", "驿站", "快递员", "海曙区", "镇", "12家", "\n", " ",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_mentions_nest_but_never_cross_and_equal_their_slice(text: str) -> None:
    article = make_article(text)
    mentions = find_mentions(article, LEXICON)
    assert [m.surface for m in mentions] == [text[slice(*m.at)] for m in mentions]
    assert [(m.start, m.stop) for m in mentions] == [article.locate(m.at) for m in mentions]
    assert list(mentions) == sorted(mentions, key=lambda m: (m.at[0], -m.at[1]))
    for i, outer in enumerate(mentions):
        for other in mentions[i + 1 :]:
            assert other.at[0] >= outer.at[1] or other.at[1] <= outer.at[1], (outer, other)
            assert other.at != outer.at, (outer, other)


def test_an_article_that_names_nothing_gives_nothing() -> None:
    assert read("天气很好。").mentions == ()
    assert find_mentions(make_article(""), LEXICON) == ()


def test_the_rules_that_are_named_apart_exist() -> None:
    """A renamed rule would drop out of these lists without a word."""
    folder = Path(find.__file__).parent
    source = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")) if path.name != "__init__.py")
    assert [rule for rule in (*find._OWN_NAMES, *find._BY_SUFFIX) if f'"{rule}"' not in source] == []
