"""kg.segment: which blocks of a page are one article, in which order, under which headline."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load_lexicon
from kg.model import Article, Issue, Page
from kg.segment import LONGEST_PAGE, segment_page

SEEDS = Path(__file__).parent.parent / "seeds"


def segment(text: str) -> tuple[tuple[Article, ...], tuple[Issue, ...]]:
    return segment_page(Page(name="page.txt", text=text, sha256="0" * 64), load_lexicon())


def seed(stem: str) -> tuple[str, tuple[Article, ...], tuple[Issue, ...]]:
    path = next(SEEDS.glob(f"{stem}_*.txt"))
    text = path.read_bytes().decode("utf-8")
    return text, *segment(text)


def flat(text: str) -> str:
    return "".join(text.split())


# Invented articles about invented or ordinary places, to be cut and wrapped in every way.


@dataclass(frozen=True)
class Story:
    headline: str
    paragraphs: tuple[str, ...]
    byline: tuple[tuple[str, str], ...] = ()
    credit: str = ""


STORIES = (
    Story(
        "临江市总工会推出八项举措服务货车司机",
        (
            "本报讯（记者 钟立言 通讯员 苏敏）近日，临江市总工会召开新闻发布会，推出八项举措服务货车司机。据介绍，全市现有货车司机1.6万余名，其中超过七成在外地务工。",
            "在阵地建设方面，临江市总工会联合市交通运输局在国道沿线建成“司机驿家”23个，配备淋浴间、休息床位和充电设施，日均接待货车司机近千人次。",
            "“以前跑长途只能睡在驾驶室里，现在有了自己的家！”货车司机赵铁山说。他在城南驿家办理了入会手续，还领取了一份意外伤害保障。",
            "临江市总工会相关负责人表示，下一步将继续扩大服务覆盖面，力争到2026年建成驿家50个。",
        ),
        (("记者", "钟立言"), ("通讯员", "苏敏")),
    ),
    Story(
        "云岭水泥公司工会“金点子”征集见实效",
        (
            "本报讯（通讯员 段小川）“一个小改动，一年能省下四十多万元电费。”日前，在云岭水泥公司的合理化建议表彰会上，生料车间职工岳建国介绍了自己的创新成果。",
            "今年以来，云岭水泥公司工会围绕节能降耗、安全生产等主题开展“金点子”征集活动，共收到建议312条，采纳86条，创造经济效益550余万元。",
            "为激发职工的参与热情，该公司工会设立专项奖励基金，对被采纳的建议给予200元至5000元的奖励，并把创新成果作为评先评优的重要依据。",
        ),
        (("通讯员", "段小川"),),
    ),
    Story(
        "西岭县教育工会举办青年教师技能竞赛",
        (
            "本报讯（记者 卓玛）3月18日，西岭县教育工会与县教育局联合举办的第六届青年教师教学技能竞赛落下帷幕，来自28所学校的94名选手参加比赛。",
            "竞赛分为小学、初中、高中三个组别，设课堂教学、教学设计、板书书写三个环节。经过两天的角逐，桑吉等12名教师获得一等奖，并被授予“西岭县教学能手”称号。",
            "西岭县教育工会主席次仁表示，竞赛为青年教师搭建了交流学习的平台，有助于提升全县教师队伍的整体素质。",
        ),
        (("记者", "卓玛"),),
    ),
    Story(
        "港城区工会送清凉到一线",
        (
            "7月20日，港城区总工会工作人员来到环卫作业现场，为环卫工人送去毛巾、绿豆、风油精等防暑降温用品。",
            "据了解，今年港城区总工会筹措资金60万元，计划慰问户外劳动者3000人。",
        ),
        (("记者", "陆海"), ("通讯员", "邵青")),
        "本报记者 陆海 通讯员 邵青 摄影报道",
    ),
)


def cut_columns(paragraph: str, rng: random.Random) -> list[str]:
    """A paragraph in one to three pieces, cut anywhere but beside a final mark or inside a bracket or number."""
    marks = "。！？…”’）（“"
    places = [
        at
        for at in range(30, len(paragraph) - 8)
        if paragraph[at - 1] not in marks and paragraph[at] not in marks and not paragraph[at - 1 : at + 1].isdigit()
    ]
    cuts = sorted(rng.sample(places, min(len(places), rng.choice((0, 1, 1, 2)))))
    return [paragraph[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(paragraph)], strict=True)]


def block_page(stories: list[Story], rng: random.Random) -> str:
    blocks = [">> 工会 <<"] if rng.random() < 0.3 else []
    for story in stories:
        blocks.append(("## " if rng.random() < 0.1 else "") + story.headline)
        for paragraph in story.paragraphs:
            blocks += cut_columns(paragraph, rng)
        blocks += [story.credit] if story.credit else []
    return "\n\n".join(blocks) + "\n"


def wrapped_page(stories: list[Story], width: int, indent: str = "") -> str:
    lines = []
    for story in stories:
        for paragraph in (story.headline, *story.paragraphs, story.credit):
            text = (indent if paragraph in story.paragraphs else "") + paragraph
            lines += [
                indent * (not at and text != paragraph) + text[at : at + width].strip()
                for at in range(0, len(text), width)
            ]
            lines += [""] * bool(text)
        lines.append("")
    return "\n".join(lines)


def check_stories(articles: tuple[Article, ...], stories: list[Story]) -> None:
    assert [article.headline for article in articles] == [story.headline for story in stories]
    for article, story in zip(articles, stories, strict=True):
        assert article.text.split("\n") == [line for line in (story.headline, *story.paragraphs, story.credit) if line]
        assert [(author.role, author.name) for author in article.byline] == list(story.byline)
        assert not article.truncated


@pytest.mark.parametrize("number", range(60))
def test_articles_cut_into_columns_are_joined_again(number: int) -> None:
    rng = random.Random(number)
    stories = rng.sample(STORIES, rng.randint(1, 4))
    articles, _ = segment(block_page(stories, rng))
    check_stories(articles, stories)


@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "indented"])
@pytest.mark.parametrize("width", range(12, 41, 2))
def test_hard_wrapped_articles_are_joined_again(width: int, indent: str) -> None:
    stories = [STORIES[(width + at) % 4] for at in range(3)]
    articles, _ = segment(wrapped_page(stories, width, indent))
    check_stories(articles, stories)


# Whole pages in other outlets' manners; expected: (headline, byline, source, truncated) of each article.

METRO = """弘扬劳模精神 劳动精神 工匠精神

滨海市总工会推出“暖心十件事”

本报讯（全媒体记者李国华 通讯员王 芳）3月5日，滨海市总工会召开新闻发布会，推出“暖心十件事”，将投入资金300万元。

一、强化技能培训

市总工会将联合市人力资源和社会保障局举办技能培训班20期，帮助职工提升技

能水平。

二、做实普惠服务

依托“滨工惠”平台，为全市10万名职工发放消费券。（下转第3版）

青山区总工会：“小站点”托起“大民生”

本报记者 周涛

走进红钢城街道的爱心驿站，空调、微波炉、饮水机一应俱全。快递员小刘正在这里吃午饭。

截至目前，青山区总工会已建成爱心驿站86个，服务户外劳动者5万余人次。

图为快递员在驿站休息。本报记者 周涛 摄

简讯

▲近日，江汉区总工会举办职工羽毛球比赛，来自30家单位的120名职工参赛。（陈晨）

责任编辑：王丽 美编：刘洋 校对：赵敏
"""

WEBSITE = """# 苏城市总工会启动“金秋助学”活动

发布时间：2023-08-21 来源：苏城工会网 作者：张伟

为帮助困难职工子女圆大学梦，8月20日，苏城市总工会启动“金秋助学”活动。

## 精准识别 应助尽助

各县（市、区）工会逐户走访，建立档案。

## 多方联动 汇聚合力

苏城市总工会联合苏城慈善总会共同筹集资金120万元。

（责任编辑：李娜）
"""

SINGLE_LINES = """沪江造船集团工会：匠心筑船
让青年工匠挑大梁
本报讯 （记者 钱培） 日前，沪江造船（集团）有限公司工会举办“青年工匠擂台赛”。
经过两天角逐，张翼飞等6人获“青年工匠”称号。
杨浦区总工会开通“法律服务直通车”
本报讯 （通讯员 裴龙） 杨浦区总工会近日联合区司法局开通“法律服务直通车”。
“工”字号书屋受欢迎
本报讯 （记者 钱培 通讯员 郁玥） 位于新华路街道的“工”字号书屋日均接待读者200人次。
"""

FEATURES = """【工会之声】

辽东油田：“流动书箱”进井场

□ 本报记者 刘 旭 本报通讯员 高 明

“有了书箱，工余时间充实多了。”11月3日，在采油作业三区，采油工孙海涛捧着新书爱不释

手。

今年以来，辽东油田公司工会为偏远井场配备“流动书箱”260个，惠及一线

■ 相关链接 ■

石油工人1.2万名。

岫岩钢厂工会“云课堂”开讲
3000名职工线上充电

11月5日，岫岩钢厂工会举办的“云课堂”正式开讲，首场课程吸引3000余名职工在线学习。

（赵晓晓）

技能比武展风采

11月6日，岫岩市总工会举办叉车工技能比武，42名选手同台竞技。

李强 刘洋 摄
"""

BOX_INSIDE = """湖东市总工会打造“工会驿站”升级版

本报讯（记者 沈丽 通讯员 吴杰）4月2日，湖东市总工会召开推进会，今年将新建驿站120个，其中24小时驿站30

快乐运动 健康工作

4月1日，长乐县水泥行业工会联合会举办职工趣味运动会，来自8家企业的160名职工参加。

通讯员 施明 摄影报道

个，覆盖快递员、网约车司机等群体3万余人。

川南攀江：让技术工人“名利双收”

——攀江集团工会推进薪酬改革侧记

□本报通讯员 罗峰 文/图

在攀江集团轨梁厂，首席技师年薪可达30万元。

多劳者多得

近年来，攀江集团工会推动企业建立技能津贴制度，惠及职工8600人。

技高者多得

据统计，攀江集团技师以上人才已达2100名。
"""

BROKEN_HEADLINES = """&lt;&lt; 要闻 &gt;&gt;

全国五一劳动奖章获得者张桂平：

三十年坚守只为一件事

“把每一颗螺丝拧紧，就是对乘客负责。”在蓉西车辆段，张桂平常对徒弟这样说。

本报记者 李 娜 摄影报道

苏北通江
32万名职工参与安康杯竞赛

本报讯 记者王伟、通讯员陈一鸣报道：日前，记者从通江市总工会获悉，该市共有32万名职工参加“安康杯”竞赛。

（中工网记者 王伟）

鲁西聊河：工会法律援助“零距离”

中工网讯 （工人日报-中工网记者田国垒 通讯员王秋实）“没想到这么快就要回了工资！”近日，农民工老周说。
"""

WINDOWS = """02版 综合\r
\r
2024年3月12日 星期二\r
责编：刘佳 版式：陈琳\r
\r
汉江地铁运营公司“劳模创新工作室”揭牌\r
\r
　　本报讯 （通讯员韩冰）日前，汉江地铁运营有限公司“车辆专业劳模创新工作室”揭牌。\r
\r
（上接第1版）职工服务中心新增心理咨询室3间，聘请心理咨询师12名。\r
\r
襄河高新区\r
“工会进万家”活动启动\r
\r
　　本报讯（通讯员张涛 李雪梅）3月10日，襄河高新区总工会启动“工会进万家”活\r
"""

REPORTER, CORRESPONDENT, PHOTO, AUTHOR = "记者", "通讯员", "摄影", "作者"
LAYOUTS = {
    "metro": (
        METRO,
        [
            ("滨海市总工会推出“暖心十件事”", [(REPORTER, "李国华"), (CORRESPONDENT, "王芳")], None, False),
            ("青山区总工会：“小站点”托起“大民生”", [(REPORTER, "周涛")], None, False),
            ("", [(AUTHOR, "陈晨")], None, False),
        ],
    ),
    "website": (WEBSITE, [("苏城市总工会启动“金秋助学”活动", [("作者", "张伟")], "苏城工会网", False)]),
    "single lines": (
        SINGLE_LINES,
        [
            ("沪江造船集团工会：匠心筑船", [(REPORTER, "钱培")], None, False),
            ("杨浦区总工会开通“法律服务直通车”", [(CORRESPONDENT, "裴龙")], None, False),
            ("“工”字号书屋受欢迎", [(REPORTER, "钱培"), (CORRESPONDENT, "郁玥")], None, False),
        ],
    ),
    "features": (
        FEATURES,
        [
            ("辽东油田：“流动书箱”进井场", [(REPORTER, "刘旭"), (CORRESPONDENT, "高明")], None, False),
            ("岫岩钢厂工会“云课堂”开讲", [(AUTHOR, "赵晓晓")], None, False),
            ("技能比武展风采", [(PHOTO, "李强"), (PHOTO, "刘洋")], None, False),
        ],
    ),
    "box inside": (
        BOX_INSIDE,
        [
            ("湖东市总工会打造“工会驿站”升级版", [(REPORTER, "沈丽"), (CORRESPONDENT, "吴杰")], None, False),
            ("快乐运动健康工作", [(CORRESPONDENT, "施明")], None, False),
            ("川南攀江：让技术工人“名利双收”", [(CORRESPONDENT, "罗峰")], None, False),
        ],
    ),
    "broken headlines": (
        BROKEN_HEADLINES,
        [
            ("全国五一劳动奖章获得者张桂平：三十年坚守只为一件事", [(REPORTER, "李娜")], None, False),
            ("苏北通江32万名职工参与安康杯竞赛", [(REPORTER, "王伟"), (CORRESPONDENT, "陈一鸣")], None, False),
            ("鲁西聊河：工会法律援助“零距离”", [(REPORTER, "田国垒"), (CORRESPONDENT, "王秋实")], None, False),
        ],
    ),
    "windows": (
        WINDOWS,
        [
            ("汉江地铁运营公司“劳模创新工作室”揭牌", [(CORRESPONDENT, "韩冰")], None, False),
            ("", [], None, False),
            ("襄河高新区“工会进万家”活动启动", [(CORRESPONDENT, "张涛"), (CORRESPONDENT, "李雪梅")], None, True),
        ],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_pages_of_other_outlets(name: str) -> None:
    page, expected = LAYOUTS[name]
    articles, _ = segment(page)
    assert [
        (article.headline, [(author.role, author.name) for author in article.byline], article.source, article.truncated)
        for article in articles
    ] == expected


def lines_of(article: Article) -> list[tuple[str, str]]:
    """The lines of an article, each with the role of its first sentence."""
    roles = {sentence.at[0]: sentence.role for sentence in article.sentences}
    lines, at = [], 0
    for line in article.text.split("\n"):
        lines.append((roles[at], line))
        at += len(line) + 1
    return lines


def test_a_sentence_goes_on_behind_a_box() -> None:
    first, box, _ = segment(BOX_INSIDE)[0]
    assert first.text.endswith("其中24小时驿站30个，覆盖快递员、网约车司机等群体3万余人。")
    assert len(first.spans) == 2
    assert first.spans[0][1] < box.spans[0][0] < box.spans[-1][1] < first.spans[1][0]


def test_subtitles_crossheads_and_credits_have_their_roles() -> None:
    article = segment(BOX_INSIDE)[0][2]
    assert [role for role, _ in lines_of(article)] == [
        "headline",
        "subhead",
        "credit",
        "body",
        "subhead",
        "body",
        "subhead",
        "body",
    ]


def test_a_column_head_inside_a_cut_sentence_is_skipped() -> None:
    article = segment(FEATURES)[0][0]
    assert lines_of(article)[-1] == (
        "body",
        "今年以来，辽东油田公司工会为偏远井场配备“流动书箱”260个，惠及一线石油工人1.2万名。",
    )


@pytest.mark.parametrize(
    ("lines", "headline", "kicker", "subheads"),
    [
        pytest.param(
            ("推动技能提升向纵深发展", "滨江区让职工成长有舞台"),
            "滨江区让职工成长有舞台",
            True,
            0,
            id="kicker without actor",
        ),
        pytest.param(
            ("滨江区总工会成立7个联盟", "提出建议100余条 解决难题70个"),
            "滨江区总工会成立7个联盟",
            False,
            1,
            id="list below",
        ),
        pytest.param(
            ("滨江区总工会结业典礼举行", "54名职工顺利完成学业"),
            "滨江区总工会结业典礼举行",
            False,
            1,
            id="number below",
        ),
        pytest.param(
            ("滨江区围绕职工需求谋划推进改革 激发职工主人翁意识", "以改革凝聚强大合力"),
            "以改革凝聚强大合力",
            True,
            0,
            id="two clauses above",
        ),
        pytest.param(
            ("隆冬送暖 爱心接力", "滨江街道开启守护活动"), "滨江街道开启守护活动", True, 0, id="column title above"
        ),
        pytest.param(
            ("让书香飘满车间", "——滨江纺织厂职工书屋建设纪实"), "让书香飘满车间", False, 1, id="subtitle with a dash"
        ),
        pytest.param(
            ("浙东甬江推行技能创富型企业工会建设", "让技术工人腰包鼓起来"),
            "让技术工人腰包鼓起来",
            True,
            0,
            id="short below actor",
        ),
        pytest.param(
            ("工会动态", ">> 南方经验 <<", "滨江区总工会举办竞赛"), "滨江区总工会举办竞赛", True, 0, id="column heads"
        ),
    ],
)
def test_the_main_headline_of_a_run(lines: tuple[str, ...], headline: str, kicker: bool, subheads: int) -> None:
    page = "\n\n".join((*lines, "本报讯（记者 甲乙）日前，滨江区有关工作取得成效。"))
    (article,), _ = segment(page)
    assert article.headline == headline
    assert (article.spans[0][0] > 0) is kicker
    assert [role for role, _ in lines_of(article)].count("subhead") == subheads


def test_a_marked_line_is_the_headline() -> None:
    page = "以职工为中心推进阵地规范化建设\n\n## 打造职工服务阵地\n\n本报讯（记者 甲乙）日前，阵地建成。"
    assert [article.headline for article in segment(page)[0]] == ["打造职工服务阵地"]


def test_a_truncated_article_does_not_run_into_the_next() -> None:
    page = "甲区举办书画展\n\n本报讯（记者 甲乙）近日，书画展开幕。\n\n据了解，此次书画\n\n乙区慰问职工\n\n本报讯（记者 丙丁）近日，乙区慰问职工。"
    articles, issues = segment(page)
    assert [(article.headline, article.truncated) for article in articles] == [
        ("甲区举办书画展", True),
        ("乙区慰问职工", False),
    ]
    assert articles[0].text.endswith("据了解，此次书画")
    assert [issue.code for issue in issues] == ["truncated-article"]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        pytest.param("甲完成。乙开始！丙呢？", ["甲完成。", "乙开始！", "丙呢？"], id="marks"),
        pytest.param("“真好！”他说。", ["“真好！”", "他说。"], id="closing quote"),
        pytest.param("“真好！”，他说。", ["“真好！”，他说。"], id="comma behind the quote"),
        pytest.param("建平台、聚合力……甲区见效。", ["建平台、聚合力……", "甲区见效。"], id="ellipsis"),
        pytest.param("读《怎么办？》一书；写心得。", ["读《怎么办？》一书；写心得。"], id="title, semicolon"),
        pytest.param("“甲完成。乙开始。”", ["“甲完成。", "乙开始。”"], id="inside a quotation"),
    ],
)
def test_sentences(body: str, sentences: list[str]) -> None:
    (article,), _ = segment(f"某县某厂举办活动\n\n{body}\n")
    assert [article.text[slice(*each.at)] for each in article.sentences if each.role == "body"] == sentences


@pytest.mark.parametrize(
    "text", ["", "\ufeff", " \n\n ", "----\n\n第3版\n"], ids=["empty", "mark", "blank", "furniture"]
)
def test_a_page_without_articles_is_an_issue(text: str) -> None:
    articles, issues = segment(text)
    assert articles == ()
    assert [issue.code for issue in issues] == ["no-article"]


def test_a_headline_without_a_body_is_counted() -> None:
    _, issues = segment("甲县工会举办技能竞赛\n")
    assert [issue.code for issue in issues] == ["no-article", "unplaced-block"]


def test_plain_prose_is_an_article_without_headline() -> None:
    (article,), issues = segment("某县总工会与某厂联合举办竞赛。")
    assert (article.headline, article.text) == ("", "某县总工会与某厂联合举办竞赛。")
    assert [issue.code for issue in issues] == ["no-headline"]


def test_a_headline_behind_its_body_finds_it() -> None:
    """Headline of the second article and lede of the first stand at the end of the page, as column exports leave them."""
    first = STORIES[1].paragraphs[1:]
    wrapped = wrapped_page([Story("金点子征集见实效", first)], 16).rstrip()
    second = "为服务货车司机，临江市总工会近日出台8项举措，推动建成司机驿家23个，配备淋浴间和充电设施。"
    rest = "在入会方面，举措提出，临江市总工会将在物流园区设立流动窗口，方便货车司机就近入会，做到应入尽入。"
    lines = [" " + second[:15], *(second[at : at + 16] for at in range(15, len(second), 16)), ""]
    lines += [rest[at : at + 16] for at in range(0, len(rest), 16)]
    page = "\n".join([wrapped, *lines, "", "临江市总工会出台8项举措", "推动建成货车司机驿家", ""])
    articles, issues = segment(page)
    assert [article.headline for article in articles] == [
        "金点子征集见实效",
        "临江市总工会出台8项举措推动建成货车司机驿家",
    ]
    assert articles[1].text.split("\n")[1:] == [second, rest]
    assert "reordered-article" in [issue.code for issue in issues]


def test_the_disordered_seed_page() -> None:
    _, (first, second), issues = seed("001")
    assert first.headline == "用劳模工匠精神激发职工干事创业热情"
    assert second.headline == "东城区总工会出台17条举措深入推进产业工人队伍建设改革"
    assert lines_of(first)[1] == ("subhead", "———东城区产业工人队伍建设改革进行时")
    assert lines_of(first)[2][1].startswith("近年来，")
    assert [line for role, line in lines_of(first)[2:] if role == "subhead"] == [
        "积极搭建平台助力职工成长成才",
        "工会暖心服务体系广泛覆盖一线岗位",
    ]
    assert second.text.split("\n")[1].startswith("为深入推进产业工人队伍建设改革，")
    assert [issue.code for issue in issues] == ["reordered-article"] * 2


def test_the_truncated_seed_article() -> None:
    _, articles, issues = seed("003")
    assert [article.headline for article in articles if article.truncated] == ["中关村科学城书画摄影大赛受职工好评"]
    assert [issue.code for issue in issues] == ["truncated-article"]


def check_article(text: str, article: Article) -> None:
    assert len(article.text) == len(article.starts) == len(article.stops)
    assert article.text.split("\n")[0] == article.headline or not article.headline
    assert all(0 <= start < stop <= len(text) for start, stop in article.spans)
    assert all(one[1] <= two[0] for one, two in pairwise(article.spans))
    covered = {at for sentence in article.sentences for at in range(*sentence.at)}
    for at, char in enumerate(article.text):
        start, stop = article.starts[at], article.stops[at]
        assert char.isspace() or at in covered
        assert char == "\n" or any(begin <= start < stop <= end for begin, end in article.spans)
    for sentence in article.sentences:
        whole = article.text[slice(*sentence.at)]
        assert whole
        assert whole == whole.strip()
        assert "\n" not in whole


@pytest.mark.parametrize("stem", ["000", "001", "002", "003", "004"])
def test_seed_articles_keep_their_places(stem: str) -> None:
    text, articles, _ = seed(stem)
    spans = sorted(span for article in articles for span in article.spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    for article in articles:
        check_article(text, article)
        for sentence in article.sentences:
            start, stop = article.locate(sentence.at)
            assert flat(text[start:stop]) == flat(article.text[slice(*sentence.at)])


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "本报讯（记者 甲乙）近日，",
                    "某县工会举办竞赛",
                    "。",
                    "\n",
                    "\n\n",
                    " ",
                    "## ",
                    ">> 一线 <<",
                    "转自《某报》",
                    "通讯员 丙丁 摄",
                    "——纪实",
                    "图为现场",
                    "（下转第2版）",
                    "”",
                    "，",
                    "\r\n",
                    "&gt;",
                    "一、",
                ]
            ),
            max_size=40,
        ).map("".join),
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    articles, issues = segment(text)
    assert articles or issues
    for article in articles:
        check_article(text, article)
    assert (articles, issues) == segment(text)


# --- texts that are longer than a page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("江城市总工会开展送清凉活动。\n\n" * 3000, id="paragraphs"),
        pytest.param("江城市总工会开展送清凉活动，" * 3000, id="one-sentence"),
        pytest.param("江城市总工会" * 7000, id="no-marks"),
        pytest.param("。" * 45_000, id="final-marks"),
    ],
)
def test_a_long_file_is_read_in_parts_whose_sentences_are_short(text: str) -> None:
    articles, issues = segment(text)
    assert "long-page" in [issue.code for issue in issues]
    assert [article.index for article in articles] == list(range(len(articles)))
    assert max(len(article.text) for article in articles) <= LONGEST_PAGE
    assert max(stop - start for article in articles for start, stop in (s.at for s in article.sentences)) <= 1000
    for article in articles:
        check_article(text, article)


def test_the_parts_of_a_long_file_hold_all_of_it() -> None:
    sentences = [f"第{number}家企业成立了工会。" for number in range(5000)]
    text = "\n".join(sentences)
    articles, _ = segment(text)
    found = "".join(article.text.replace("\n", "") for article in articles)
    assert found == "".join(sentences)


def test_a_page_is_no_long_file() -> None:
    articles, issues = segment("江城市总工会开展送清凉活动\n\n" + "江城市总工会举办技能大赛。" * 1000)
    assert len(articles) == 1
    assert "long-page" not in [issue.code for issue in issues]
