"""Why there is no fact between two names. All bodies are invented; frames are those of the lexicon."""

from __future__ import annotations

import pytest
from articles import LEXICON

from kg.errors import KgError
from kg.extract import extract_page
from kg.model import Page, Record
from kg.read import page_from_text
from kg.relate.near import Near, Reason, near_frames, trigger_words
from kg.relate.scene import set_scenes
from kg.texts import fill
from kg.whynot import explain_pair, find_entity

TEXT = """镜湖市总工会服务职工

本报讯（记者 王小明） 近日，镜湖市总工会走访慰问镜湖钢铁集团。

镜湖市总工会没有慰问云岭物流公司。云岭物流公司参观云岭博物馆。

总工会还表彰了云岭大学。
"""
UNION, STEEL, FREIGHT, COLLEGE = "镜湖市总工会", "镜湖钢铁集团", "云岭物流公司", "云岭大学"


def say(text: str, *values: object) -> str:
    return fill(text, "en", *values)


def read(text: str) -> tuple[Page, Record]:
    page = page_from_text(text, name="p.txt")
    return page, extract_page(page, LEXICON)


def told(one: str, other: str, text: str = TEXT, language: str = "en", **options: object) -> list[str]:
    page, record = read(text)
    return explain_pair(
        page,
        record,
        LEXICON,
        (one, other),
        lambda text, *values: fill(text, language, *values),
        **options,  # type: ignore[arg-type]
    ).splitlines()


def nearest(sentence: str, one: str, other: str, frame: str) -> Near | None:
    """What is told of one frame for a sentence that an article consists of."""
    page, record = read(f"镜湖市总工会服务职工\n\n{sentence}\n")
    (scene,) = set_scenes(page, record.articles, record.entities, LEXICON)
    pair = find_entity(record, one), find_entity(record, other)
    found = near_frames(scene, scene.article.sentences[-1].at, *pair)
    return next((near for near in found if near.frame == frame), None)


def pattern_of(frame: str) -> str:
    return str(next(table["pattern"] for table in LEXICON.frames if table["id"] == frame))


def test_facts_that_hold_are_told() -> None:
    confidence = LEXICON.confidence("visit")
    assert told(UNION, STEEL) == [
        f"Union {UNION}",
        f"Company {STEEL}",
        "",
        f"→ {UNION} —supports→ {STEEL}  [visit {confidence:.2f}]",
        "      镜湖市总工会走访慰问镜湖钢铁集团",
    ]


def test_the_nearest_frame_is_told_with_what_stops_it() -> None:
    assert told(UNION, FREIGHT, most=1)[:8] == [
        f"Union {UNION}",
        f"Company {FREIGHT}",
        "",
        "No fact between them",
        "",
        "[1] 3  镜湖市总工会没有慰问云岭物流公司。",
        f"      visit: {UNION} —supports→ {FREIGHT}",
        "        - the guard `denied` stops it: “没有”",
    ]
    assert told(UNION, FREIGHT, most=1)[8:] == [f"        {pattern_of('visit')}"]


def test_the_same_in_chinese() -> None:
    assert told(UNION, FREIGHT, language="zh", most=1)[3:8] == [
        "两者之间没有事实",
        "",
        "[1] 3  镜湖市总工会没有慰问云岭物流公司。",
        f"      visit: {UNION} —支持→ {FREIGHT}",
        "        - 被守卫 `denied` 拦下：“没有”",
    ]


def test_frames_are_told_even_where_facts_hold() -> None:
    assert "[1] 2  本报讯（记者 王小明）近日，镜湖市总工会走访慰问镜湖钢铁集团。" in told(UNION, STEEL, near=True)


def test_names_that_never_meet() -> None:
    assert told(STEEL, FREIGHT)[3:] == [
        "No fact between them",
        "No sentence names both, and where one is named the other does not act",
        f"      {STEEL}: [1] 2",
        f"      {FREIGHT}: [1] 3, [1] 4",
    ]


def test_types_that_no_predicate_joins() -> None:
    text = "镜湖市总工会服务职工\n\n镜湖市总工会印发《职工培训办法》，慰问货车司机。\n"
    assert told("职工培训办法", "货车司机", text)[-1] == "No predicate joins Document and WorkerGroup"


def test_a_name_inside_another_is_told() -> None:
    text = "镜湖市总工会服务职工\n\n云岭大学学习镜湖市总工会的经验。\n"
    lines = told("云岭大学", "镜湖市", text)
    assert lines[-1].strip() == "镜湖市 stands only inside the name 镜湖市总工会, into which frames do not look"


@pytest.mark.parametrize(
    ("sentence", "one", "other", "frame", "obstacle"),
    [
        pytest.param(
            "镜湖市总工会慰问正在紧张施工之中的云岭物流公司。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.LONG, ("正在紧张施工之中的", "9", "6")),
            id="gap-too-long",
        ),
        pytest.param(
            "镜湖市总工会慰问职工，云岭物流公司。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.MARK, ("职工，", "，")),
            id="gap-crosses-a-comma",
        ),
        pytest.param(
            "镜湖市总工会启动由云岭大学办的“匠心杯”技能大赛。",
            UNION,
            "匠心杯技能大赛",
            "run-object",
            (Reason.CROSSED, ("由云岭大学办的", "云岭大学")),
            id="gap-crosses-another-organisation",
        ),
        pytest.param(
            "镜湖市总工会成立云岭物流公司。",
            UNION,
            FREIGHT,
            "found-object",
            (Reason.TYPE, (FREIGHT, "Company", "Site|Union|School|Organisation|PublicBody")),
            id="slot-of-another-type",
        ),
        pytest.param(
            "镜湖市总工会没有慰问云岭物流公司。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.GUARD, ("denied", "没有")),
            id="guard",
        ),
        pytest.param(
            "云岭大学慰问云岭物流公司，镜湖市总工会到场。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.AGENT, (UNION, COLLEGE)),
            id="another-agent",
        ),
        pytest.param(
            "镜湖市总工会把图书向大家展示，云岭大学捐赠。",
            UNION,
            COLLEGE,
            "give-to",
            (Reason.WORDS, ("捐赠",)),
            id="other-words-missing",
        ),
        pytest.param(
            "镜湖市总工会前来，云岭物流公司受到慰问。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.ORDER, ("慰问", FREIGHT)),
            id="wrong-order",
        ),
        pytest.param(
            "镜湖市总工会邀请云岭物流公司。",
            UNION,
            FREIGHT,
            "visit",
            (Reason.TRIGGER, LEXICON.words("support-verb")),
            id="no-trigger",
        ),
    ],
)
def test_obstacles(sentence: str, one: str, other: str, frame: str, obstacle: tuple[Reason, tuple[str, ...]]) -> None:
    near = nearest(sentence, one, other, frame)
    assert near is not None
    assert obstacle in [(found.reason, found.words) for found in near.obstacles]


def test_who_acts_without_being_named() -> None:
    text = "镜湖市总工会服务职工\n\n镜湖市总工会近日召开会议。还参观云岭大学。\n"
    assert "      镜湖市总工会 acts there without being named" in told(UNION, COLLEGE, text)


@pytest.mark.parametrize(
    ("names", "message", "hint"),
    [
        pytest.param((UNION, "镜湖钢铁公司"), "no such name was found on the page", "Nearest names: 镜湖钢铁集团", id="unknown"),
        pytest.param((UNION, "xyz"), "no such name was found on the page", "See the names in what `kg extract` prints", id="nothing-near"),
        pytest.param((UNION, UNION), "is the same as the other name", "Give two names of different things", id="the-same"),
    ],
)  # fmt: skip
def test_names_that_cannot_be_used(names: tuple[str, str], message: str, hint: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        told(*names)
    assert caught.value.subject == names[1]
    assert caught.value.hint.startswith(hint)


def test_a_form_of_several_things_asks_for_a_full_name() -> None:
    _, record = read(
        "东山区总工会服务职工\n\n东山区总工会举办讲座。区总工会慰问职工。\n\n西河区总工会服务职工\n\n西河区总工会举办讲座。区总工会慰问职工。\n"
    )
    owners = [entity for entity in record.entities if "区总工会" in entity.anaphora]
    assert len(owners) == 2
    with pytest.raises(KgError, match="several things are called so here") as caught:
        find_entity(record, "区总工会")
    assert caught.value.hint == "Give one of the full names: 东山区总工会, 西河区总工会"


def test_words_of_a_trigger() -> None:
    assert trigger_words("合作(?!社)|携手|{{partner-mark}}", LEXICON) == (
        "合作",
        "携手",
        *LEXICON.words("partner-mark"),
    )
