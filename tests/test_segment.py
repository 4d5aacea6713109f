"""kg.segment: which blocks of a page are one article, in which order, under which headline."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load_lexicon
from kg.model import Article, Issue, Page
from kg.segment import segment_page

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
