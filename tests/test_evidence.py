"""kg.segment.evidence: articles without a dateline, told from each other and from the cross-heads inside them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise

import pytest

from kg.lexicon import load_lexicon
from kg.model import Article, Page
from kg.segment import segment_page


def segment(text: str) -> tuple[Article, ...]:
    return segment_page(Page(name="page.txt", text=text, sha256="0" * 64), load_lexicon())[0]


def subheads(article: Article) -> list[str]:
    return [article.text[slice(*each.at)] for each in article.sentences if each.role == "subhead"]


@dataclass(frozen=True)
class Story:
    """Lines as printed; `above` is the furniture over the headline."""

    headline: str
    lines: tuple[str, ...]
    authors: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()


STORIES = (
    Story(
        "小驿站暖了送餐路",
        (
            "中午12点半，骑手孟凡把电动车停在解放路的驿站门口，接了一杯温水。这样的驿站，丽水市莲都区总工会今年建了21个。",
            "“以前吃饭蹲马路边，现在坐着吃。”孟凡说。截至10月，驿站累计服务骑手3.2万人次。",
            "（许明远）",
        ),
        ("许明远",),
    ),
    Story(
        "老矿工的“传家宝”：一本安全日记",
        (
            "本报记者 郑晓舟",
            "在河南平煤一矿的展柜里，放着一本发黄的日记，记录着退休矿工葛长河三十七年的下井经历。",
            "一页页写满叮嘱",
            "日记里写得最多的是“慢一点”。葛长河说，慢一点不是偷懒，是对家人负责。",
            "一代代接着往下写",
            "如今，年轻矿工也开始写日记。综采二队的青工们建了共享文档，三个月写下4万多字。",
        ),
        ("郑晓舟",),
        subheads=("一页页写满叮嘱", "一代代接着往下写"),
    ),
    Story(
        "湛江：渔港边开起体检课",
        (
            "量血压、查视力、测肺活量……休渔期的一个早晨，码头上支起了四张长桌，船员们一边排队一边补网。",
            "这是湛江市总工会海上职工关爱行动的一站，当天为260名船员建了健康档案。",
        ),
    ),
    Story(
        "农民工欠薪怎么办？法律援助来帮忙",
        (
            "拿到最后一笔工钱的那天，木工老魏给湖南省岳阳市总工会职工服务中心送来一面锦旗。",
            "据统计，岳阳市总工会今年共办理法律援助案件318件，为职工挽回损失近900万元。（记者 罗一帆）",
        ),
        ("罗一帆",),
    ),
    Story(
        "书香里，遇见更好的自己",
        (
            "每周三晚上，福建省泉州市鲤城区职工书屋的灯总是亮到很晚。",
            "书屋负责人说，明年将增设有声阅览室，让夜班职工也能“听书”。",
            "本报通讯员 江雪",
        ),
        ("江雪",),
        above=("职工之声",),
    ),
    Story(
        "让数据多跑路 让职工少跑腿",
        (
            "——榆林市总工会数字化建设观察",
            "本报记者 白雪 本报通讯员 高原",
            "打开手机点几下，3天后补助就到了账。陕西省榆林市的困难职工老杜没想到办事这么快。",
            "一网通办",
            "过去办一次困难帮扶要交8份材料，跑4个地方。如今系统自动比对民政、医保数据，材料减到2份。",
            "一键直达",
            "职工遇到难题，按下“求助”键，就近的工会干部30分钟内回电。上线以来，共回应求助5600件。",
        ),
        ("白雪", "高原"),
        subheads=("——榆林市总工会数字化建设观察", "一网通办", "一键直达"),
    ),
    Story(
        "三尺讲台，十年坚守",
        (
            "清晨6点，韦秋兰已经站在校门口，等着第一批走山路来的孩子。",
            "今年教师节，广西百色市凌云县总工会为86名教学点教师送去慰问金17.2万元。",
            "（通讯员 杨柳）",
        ),
        ("杨柳",),
    ),
    Story(
        "暖心年夜饭端上工地",
        (
            "1月26日，河北省唐山市路南区总工会把200份年夜饭送到地铁项目工地，与留守工人一起迎新春。图为工人们在包饺子。王一鸣 摄",
        ),
        ("王一鸣",),
    ),
    Story(
        "他把焊花“绣”成了花",
        (
            "焊枪一点，弧光闪过，两块薄如纸的钢板严丝合缝。这是江苏省南通市造船工人戴小龙的绝活。",
            "戴小龙今年36岁，入行17年，他领衔的创新工作室完成革新46项，节约成本1300余万元。",
        ),
        above=("一线故事",),
    ),
    Story(
        "大同市总工会送岗位进校园",
        (
            "提供就业岗位3200个 达成意向700余人",
            "本报讯（通讯员 邱实）11月8日，山西省大同市总工会在大同职业学院举办专场招聘会，76家企业进场招聘。",
        ),
        ("邱实",),
        subheads=("提供就业岗位3200个达成意向700余人",),
    ),
)


PAIRS = [(one, two) for one in STORIES for two in STORIES if one is not two]


@pytest.mark.parametrize(("one", "two"), PAIRS, ids=lambda story: story.headline[:6])
def test_one_article_behind_another(one: Story, two: Story) -> None:
    page = "\n\n".join((*one.above, one.headline, *one.lines, *two.above, two.headline, *two.lines))
    articles = segment(page)
    assert [article.headline for article in articles] == [story.headline.replace(" ", "") for story in (one, two)]
    assert [tuple(author.name for author in article.byline) for article in articles] == [one.authors, two.authors]
    assert [tuple(subheads(article)) for article in articles] == [one.subheads, two.subheads]


@pytest.mark.parametrize("number", range(20))
def test_pages_of_many_articles(number: int) -> None:
    stories = random.Random(number).sample(STORIES, 5)
    articles = segment("\n\n".join(line for story in stories for line in (*story.above, story.headline, *story.lines)))
    assert [article.headline for article in articles] == [story.headline.replace(" ", "") for story in stories]
    assert all(one.spans[-1][1] < two.spans[0][0] for one, two in pairwise(articles))


OPEN = "青川县总工会开展技能培训\n\n本报讯（记者 钟立言）近日，四川省广元市青川县总工会开展技能培训，180名职工参加。"


@pytest.mark.parametrize(
    "head",
    ["授课送到家门口", "技能学到手里来", "一、送教上门", "编者按"],
    ids=["cross-head", "cross-head with a verb", "ordinal", "aside"],
)
def test_a_crosshead_opens_nothing(head: str) -> None:
    rest = "\n\n送教进山，学员不出乡\n\n培训结束后，学员还能在线答疑。"
    (article,) = segment(f"{OPEN}\n\n{head}\n\n培训班开在村里，老师傅手把手教，学员学得会、用得上。{rest}")
    assert article.headline == "青川县总工会开展技能培训"


def test_a_line_with_a_comma_inside_a_cut_sentence_opens_nothing() -> None:
    (article,) = segment(f"{OPEN}培训期间，县总工会\n\n还请来技师，现场演\n\n示茶叶采制。")
    assert article.text.endswith("培训期间，县总工会还请来技师，现场演示茶叶采制。")


def test_a_headline_apart_from_its_body_is_found_by_its_author_line() -> None:
    first = "本报讯（通讯员 耿明）近日，东港区总工会组建联合工会，22个工地的建筑工人入会，工地职工服务站同时挂牌。"
    second = "雪山哨所外寒风呼啸。养路工索朗说，道班房里通了暖气，夜里不再冻醒。慰问组为道班送来制氧机10台。"
    page = f"东港区22个工地组建联合工会\n\n雪山下，道班房里暖意浓\n\n{first}\n\n本报记者 边巴\n\n{second}\n"
    one, two = segment(page)
    assert (one.headline, [author.name for author in one.byline]) == ("东港区22个工地组建联合工会", ["耿明"])
    assert (two.headline, [author.name for author in two.byline]) == ("雪山下，道班房里暖意浓", ["边巴"])
    assert len(two.spans) == len(one.spans) == 2


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (("维权在线", "三年欠薪终讨回 工会律师来帮忙"), "三年欠薪终讨回工会律师来帮忙"),
        (("湖北通报安康杯竞赛结果", "山前地区12家单位和班组上榜"), "湖北通报安康杯竞赛结果"),
        (("近3000名职工走进考场", "安徽举行职工技能等级鉴定"), "安徽举行职工技能等级鉴定"),
        (("关爱环卫工人行动启动", "首批发放保温杯5000个"), "关爱环卫工人行动启动"),
        (("骑手行业工会联合会揭牌", "近万名骑手有了“家”"), "骑手行业工会联合会揭牌"),
        (("工资集体协商：", "协出和谐 商出共赢"), "工资集体协商：协出和谐商出共赢"),
        (("用心用情办实事", "——县总工会服务职工二三事", "赵刚"), "用心用情办实事"),
    ],
    ids=["column title", "place acts", "place below", "quantity below", "number below", "colon", "name below"],
)
def test_the_main_headline_of_a_run(lines: tuple[str, ...], headline: str) -> None:
    (article,) = segment("\n\n".join((*lines, "近日，有关情况公布，职工群众纷纷点赞，工会将继续做好服务。")))
    assert article.headline == headline
