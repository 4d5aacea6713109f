"""kg.relate: who did what, with whom, for whom. All bodies and people are invented.

Facts are written `subject predicate object`; a row lists those of the predicates that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import rdflib
from articles import LEXICON, Reading, read, tell_fact, told_facts, told_outcomes
from rdflib.collection import Collection

from kg import vocab
from kg.errors import LexiconError
from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, EntityType, Fact, Predicate
from kg.relate.domains import DOMAINS
from kg.relate.frames import Frame, frame_facts, read_frames
from kg.relate.scene import set_scenes

FRAMES = read_frames(LEXICON)


def facts_of(predicates: str, *texts: str | tuple[str, str]) -> set[str]:
    """The facts of a page with one of some predicates (`runs|founded`)."""
    wanted = predicates.split("|")
    return {fact for fact in told_facts(*texts) if any(f" {predicate} " in fact for predicate in wanted)}


# --- frames as the lexicon has them ----------------------------------------------------------------------------------


def found_by_frames(text: str) -> tuple[Reading, list[Fact]]:
    reading = read(text)
    scenes = set_scenes(reading.page, reading.articles, reading.entities, LEXICON)
    return reading, [fact for scene in scenes for fact in frame_facts(scene, FRAMES)]


def rows(kind: str) -> list[object]:
    return [
        pytest.param(frame, text, id=f"{frame.id}-{number}")
        for frame in FRAMES
        for number, text in enumerate(getattr(frame, kind))
    ]


def test_every_frame_has_examples_and_counterexamples() -> None:
    assert [frame.id for frame in FRAMES if not (frame.examples and frame.counterexamples)] == []


@pytest.mark.parametrize(("frame", "text"), rows("examples"))
def test_a_frame_finds_its_example(frame: Frame, text: str) -> None:
    reading, facts = found_by_frames(text)
    told = [f"{fact.rule}: {tell_fact(fact, reading.names)}" for fact in facts]
    assert frame.id in [fact.rule for fact in facts], (told, [f"{m.type} {m.name}" for m in reading.mentions])
    assert {fact.predicate for fact in facts if fact.rule == frame.id} == {frame.predicate}


@pytest.mark.parametrize(("frame", "text"), rows("counterexamples"))
def test_a_frame_finds_nothing_in_its_counterexample(frame: Frame, text: str) -> None:
    reading, facts = found_by_frames(text)
    assert [tell_fact(fact, reading.names) for fact in facts if fact.rule == frame.id] == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"predicate": "loves"}, "broken frame", id="unknown-predicate"),
        pytest.param({"pattern": "<o:Planet>"}, "broken frame", id="unknown-type"),
        pytest.param({"pattern": "<o:Programme>{{planets}}"}, "no such word class", id="unknown-class"),
        pytest.param({"pattern": "(<o:Programme>"}, "not a regular expression", id="syntax"),
        pytest.param({"examples": None}, "broken frame", id="no-examples"),
    ],
)
def test_a_broken_frame_is_named(changes: dict[str, object], message: str) -> None:
    table = {
        "id": "f",
        "predicate": "runs",
        "pattern": "举办<o:Programme>",
        "confidence": 0.5,
        "examples": ["a"],
        "counterexamples": [],
    }
    table = {key: value for key, value in (table | changes).items() if value is not None}
    lexicon = Lexicon(words_by_id=LEXICON.words_by_id, specs=LEXICON.specs, frames=(table,))
    with pytest.raises(LexiconError, match=message) as caught:
        read_frames(lexicon)
    assert caught.value.subject in ("f", "planets")


# --- types that fit ---------------------------------------------------------------------------------------------------

KG = "https://w3id.org/gonghui/ontology#"
SHACL = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = rdflib.Graph().parse(vocab.ontology_folder() / "shapes.ttl")
# Where the shapes leave more open: a graph holds posts as nodes of their own, and one shape serves all who act.
LOOSER = {
    *((predicate, "subjects") for predicate in (Predicate.COVERS, Predicate.OPERATES)),
    *((predicate, "objects") for predicate in (Predicate.UNION_OF, Predicate.HOLDS_POST)),
}


def classes_in(shape: rdflib.term.Node) -> frozenset[EntityType]:
    """The types that a shape allows, its alternatives included."""
    parts = [shape, *(part for tail in SHAPES.objects(shape, SHACL["or"]) for part in Collection(SHAPES, tail))]
    return types_of(name for part in parts for name in SHAPES.objects(part, SHACL["class"]))


def types_of(classes: Iterable[rdflib.term.Node]) -> frozenset[EntityType]:
    names = {str(name).removeprefix(KG) for name in classes} - {"Post"}
    types = {EntityType(name) for name in names}
    return frozenset(types | ORGANISATION_TYPES if EntityType.ORGANISATION in types else types)


def shaped(predicate: Predicate) -> dict[str, set[frozenset[EntityType]]]:
    """What the shapes say about the two sides of a predicate; nothing where they are silent."""
    term = rdflib.URIRef(KG + predicate)
    paths = list(SHAPES.subjects(SHACL.path, term))
    owners = [shape for path in paths for shape in SHAPES.subjects(SHACL.property, path)]
    subjects = {classes_in(shape) for shape in SHAPES.subjects(SHACL.targetSubjectsOf, term)}
    subjects |= {types_of(SHAPES.objects(shape, SHACL.targetClass)) for shape in owners}
    objects = {classes_in(shape) for shape in (*paths, *SHAPES.subjects(SHACL.targetObjectsOf, term))}
    return {"subjects": subjects - {frozenset()}, "objects": objects - {frozenset()}}


@pytest.mark.parametrize("predicate", list(Predicate))
def test_what_fits_a_predicate_is_what_the_shapes_say(predicate: Predicate) -> None:
    stated = shaped(predicate)
    assert any(stated.values())
    for side, shapes in stated.items():
        own = getattr(DOMAINS[predicate], side)
        if (predicate, side) in LOOSER:
            assert all(own < shape for shape in shapes)
        else:
            assert shapes <= {own}, side


# --- who acts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("宁波市总工会近日启动“春蚕”培训项目。", {"宁波市总工会 runs 春蚕培训项目"}, id="subject"),
        pytest.param(
            "在宁波市总工会的指导下，宁波大学启动“春蚕”培训项目。",
            {"宁波大学 runs 春蚕培训项目"},
            id="guided-by-another",
        ),
        pytest.param(
            "宁波市总工会要求，宁波大学启动“春蚕”培训项目。", {"宁波大学 runs 春蚕培训项目"}, id="asked-by-another"
        ),
        pytest.param(
            "由宁波市总工会主办的“春蚕”培训项目开班。", {"宁波市总工会 runs 春蚕培训项目"}, id="relative-clause"
        ),
        pytest.param(
            ("宁波市总工会帮职工成才", "近日，“春蚕”培训项目启动。今年还开设“秋实”培训项目。"),
            {"宁波市总工会 runs 春蚕培训项目", "宁波市总工会 runs 秋实培训项目"},
            id="subject-from-the-headline",
        ),
        pytest.param(
            "海曙区总工会落实宁波市总工会“春蚕”培训项目。", {"宁波市总工会 runs 春蚕培训项目"}, id="run-by-the-superior"
        ),
        pytest.param(
            "海曙区总工会召开会议。海曙区启动“春蚕”培训项目。",
            {"海曙区总工会 runs 春蚕培训项目"},
            id="a-district-acts-through-its-union",
        ),
        pytest.param("宁波市总工会参加“春蚕”培训项目。", set(), id="taking-part-is-not-running"),
    ],
)
def test_who_runs_a_programme(text: str | tuple[str, str], expected: set[str]) -> None:
    assert facts_of("runs", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "下一步，宁波市总工会举办“春蚕”培训项目。", {"planned: 宁波市总工会 runs 春蚕培训项目"}, id="next"
        ),
        pytest.param("宁波市总工会将举办“春蚕”培训项目。", {"planned: 宁波市总工会 runs 春蚕培训项目"}, id="will"),
        pytest.param("宁波市总工会拟举办“春蚕”培训项目。", {"planned: 宁波市总工会 runs 春蚕培训项目"}, id="intends"),
        pytest.param(
            "宁波市总工会推动企业将技能与薪酬挂钩，举办“春蚕”培训项目。",
            {"宁波市总工会 runs 春蚕培训项目"},
            id="preposition-that-looks-like-will",
        ),
        pytest.param(
            "宁波市总工会将举办“春蚕”培训项目。宁波市总工会举办“春蚕”培训项目。",
            {"宁波市总工会 runs 春蚕培训项目"},
            id="done-before-planned",
        ),
        pytest.param("宁波市总工会没有举办“春蚕”培训项目。", set(), id="denied-default"),
        pytest.param(
            "会议强调，宁波市总工会要深入开展“春蚕”培训项目。",
            {"planned: 宁波市总工会 runs 春蚕培训项目"},
            id="called-for",
        ),
        pytest.param(
            "宁波市总工会正在筹备“春蚕”培训项目。", {"planned: 宁波市总工会 runs 春蚕培训项目"}, id="prepared"
        ),
        pytest.param(
            "宁波市总工会面向虚拟现实产业启动“春蚕”培训项目。",
            {"宁波市总工会 runs 春蚕培训项目"},
            id="virtual-is-no-plan",
        ),
        pytest.param(
            "宁波市总工会依托未来科技城，启动“春蚕”培训项目。",
            {"宁波市总工会 runs 春蚕培训项目"},
            id="future-in-a-name",
        ),
        pytest.param("如果企业参加，宁波市总工会将启动“春蚕”培训项目。", set(), id="supposed"),
        pytest.param("宁波市总工会未能举办“春蚕”培训项目。", set(), id="denied-frame"),
        pytest.param(
            "宁波市总工会计划在明年举办“春蚕”培训项目。",
            {"planned: 宁波市总工会 runs 春蚕培训项目"},
            id="plan-as-programme",
        ),
    ],
)
def test_what_is_meant_is_planned_and_what_is_denied_is_no_fact(text: str, expected: set[str]) -> None:
    assert facts_of("runs", text) == expected


def test_no_frame_states_what_is_denied() -> None:
    _, facts = found_by_frames("宁波市总工会没有举办“春蚕”培训项目。宁波市总工会尚未走访四明集团。")
    assert facts == []


# --- with whom -------------------------------------------------------------------------------------------------------

LEAD = "宁波市总工会"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("宁波市总工会与宁波大学签约。", {f"{LEAD} partnersWith 宁波大学"}, id="two"),
        pytest.param(
            "宁波市总工会与宁波大学、四明集团签约。",
            {f"{LEAD} partnersWith 宁波大学", f"{LEAD} partnersWith 四明集团", "宁波大学 partnersWith 四明集团"},
            id="three-each-with-each",
        ),
        pytest.param(
            "宁波市总工会与宁波大学、四明集团、宁波银行签约。",
            {f"{LEAD} partnersWith {other}" for other in ("宁波大学", "四明集团", "宁波银行")},
            id="four-lead-with-each",
        ),
        pytest.param("宁波市总工会联合宁波大学举办讲座。", {f"{LEAD} partnersWith 宁波大学"}, id="jointly"),
        pytest.param(
            "宁波市总工会与宁波大学签约。宁波大学与宁波市总工会合作。",
            {f"{LEAD} partnersWith 宁波大学"},
            id="once-either-way-round",
        ),
        pytest.param(
            "宁波市总工会联合宁波大学、四明集团、宁波银行举办讲座。",
            {f"{LEAD} partnersWith {other}" for other in ("宁波大学", "四明集团", "宁波银行")},
            id="those-called-in-are-partners-of-the-lead",
        ),
        pytest.param(
            "宁波市总工会联合有关部门、宁波大学举办讲座。",
            {f"{LEAD} partnersWith 宁波大学"},
            id="behind-a-body-without-a-name",
        ),
        pytest.param("宁波市总工会未与宁波大学签约。", set(), id="denied-partner"),
        pytest.param("宁波市总工会走访慰问宁波大学。", set(), id="visiting-is-not-partnering"),
    ],
)
def test_partners(text: str, expected: set[str]) -> None:
    assert facts_of("partnersWith", text) == expected


def test_partners_who_run_a_programme_all_run_it() -> None:
    text = "宁波市总工会联合宁波大学启动“春蚕”培训项目。"
    assert facts_of("runs", text) == {"宁波市总工会 runs 春蚕培训项目", "宁波大学 runs 春蚕培训项目"}


# --- the other predicates --------------------------------------------------------------------------------------------

RELATIONS = [
    ("takesPartIn", "四明集团参加“春蚕”培训项目。", {"四明集团 takesPartIn 春蚕培训项目"}, "company-joins"),
    ("takesPartIn", "快递员报名“春蚕”培训项目。", {"快递员 takesPartIn 春蚕培训项目"}, "group-joins"),
    ("founded", "宁波市总工会成立宁波市快递行业工会联合会。", {"宁波市总工会 founded 宁波市快递行业工会联合会"}, "union"),
    ("founded", "四明大学城由宁波大学与四明集团共建。", set(), "not-a-site"),
    ("supports", "宁波市总工会走访慰问四明集团。", {"宁波市总工会 supports 四明集团"}, "visit"),
    (
        "partnersWith",
        "宁波市总工会与宁波银行签约。双方将共同推出服务。",
        {"宁波市总工会 partnersWith 宁波银行"},
        "both-sides",
    ),
    (
        "partnersWith",
        "大赛由宁波市总工会主办，宁波大学承办，宁波银行协办。",
        {
            "宁波市总工会 partnersWith 宁波大学",
            "宁波市总工会 partnersWith 宁波银行",
        },
        "roles-of-hosts",
    ),
    (
        "founded|supports",
        "宁波市总工会指导海曙区总工会组建海曙区快递行业工会联合会。",
        {"宁波市总工会 supports 海曙区总工会", "海曙区总工会 founded 海曙区快递行业工会联合会"},
        "founded-with-guidance",
    ),
    (
        "founded",
        "海曙区总工会开会。海曙区快递行业工会联合会揭牌成立。",
        {"海曙区总工会 founded 海曙区快递行业工会联合会"},
        "comes-into-being",
    ),
    (
        "partOf",
        ("四明铁路集团工会送温暖", "四明铁路集团工会慰问职工。古林工务段的职工来了。四明铁路集团很好。"),
        {"古林工务段 partOf 四明铁路集团"},
        "unit-of-the-topic",
    ),
    ("supports", "宁波市总工会援助四川省凉山彝族自治州。", {"宁波市总工会 supports 凉山彝族自治州"}, "aid-to-a-district"),
    ("serves", "宁波市总工会为货车司机、快递员送上礼包。", {"宁波市总工会 serves 货车司机", "宁波市总工会 serves 快递员"}, "for-two-groups"),
    ("serves", "“春蚕”培训项目面向产业工人。", {"春蚕培训项目 serves 产业工人"}, "programme-for-a-group"),
    ("received", "四明集团荣获全国五一劳动奖状。", {"四明集团 received 全国五一劳动奖状"}, "honour"),
    ("received", "全国五一劳动奖章获得者何志远说，很高兴。", {"何志远 received 全国五一劳动奖章"}, "holder-of-an-honour"),
    ("serves", "宁波市总工会启动“暖港行动”，在现场设站8个，日均为装卸工、理货员送上豆浆420份。", {"暖港行动 serves 装卸工", "暖港行动 serves 理货员"}, "programme-and-what-it-does"),
    ("serves", "宁波市总工会举办“春蚕”夜校，培训女职工1846人次。", {"春蚕夜校 serves 女职工", "宁波市总工会 serves 女职工"}, "programme-and-its-runner"),
    ("serves", "宁波市总工会实施“亦家亲”青年职工服务项目，青年职工很高兴。", {"亦家亲青年职工服务项目 serves 青年职工"}, "by-name"),
    ("represents", "宁波市快递行业工会联合会成立，首批覆盖企业86家、职工1.2万名，其中快递员5000名。", {"宁波市快递行业工会联合会 represents 快递员"}, "members-of-a-trades-union"),
    ("received", "他荣获全国五一劳动奖章。", set(), "nobody-named"),
    ("received", "全国劳动模范、四明集团退休职工何志远说，很高兴。", {"何志远 received 全国劳动模范"}, "bearer-with-a-body-between"),
    ("received", "优胜单位：四明集团、宁波大学；优胜班组：一班。", {"四明集团 received 优胜单位", "宁波大学 received 优胜单位"}, "list-of-winners"),
    ("received", "应急处置一等奖被四明集团收入囊中。", {"四明集团 received 应急处置一等奖"}, "honour-as-topic"),
    ("received", "何志远开了31年公交，2015年被评为宁波市劳动模范。", {"何志远 received 宁波市劳动模范"}, "subject-of-the-clause-before"),
    ("received", "冠军是何志远、周敏。将按程序授予他们“宁波市五一劳动奖章”。", {"planned: 何志远 received 宁波市五一劳动奖章", "planned: 周敏 received 宁波市五一劳动奖章"}, "they"),
    ("takesPartIn", "“匠心杯”技能大赛落幕，四明集团的何志远夺得钳工项目第一名。", {"何志远 takesPartIn 匠心杯技能大赛", "四明集团 takesPartIn 匠心杯技能大赛"}, "winner-and-body"),
    ("received", "宁波市总工会授予宁波大学、四明集团“宁波市五一劳动奖状”。", {"宁波大学 received 宁波市五一劳动奖状", "四明集团 received 宁波市五一劳动奖状"}, "awarded"),
    ("received", "宁波市总工会向四明集团颁发“宁波市五一劳动奖状”。", {"四明集团 received 宁波市五一劳动奖状"}, "handed-over"),
    ("received", "四明集团被认定为宁波市工匠学院。", {"四明集团 received 宁波市工匠学院"}, "academy"),
    ("supports", "宁波市总工会向海曙区、江北区下拨资金80万元。", {"宁波市总工会 supports 海曙区", "宁波市总工会 supports 江北区"}, "means-for-districts"),
    ("supports", "在宁波市总工会的指导下，宁波大学启动“春蚕”培训项目。", {"宁波市总工会 supports 宁波大学"}, "guided"),
    ("supports", "海曙区总工会在宁波市总工会支持下建成海曙区职工服务中心。", {"宁波市总工会 supports 海曙区总工会"}, "under-support"),
    ("runs", "由宁波市总工会牵头，宁波大学参与的“春蚕”培训项目启动。", {"宁波市总工会 runs 春蚕培训项目"}, "with-help"),
    ("basedOn", "为落实《职工培训办法》，宁波市总工会开展“春蚕”培训项目。", {"春蚕培训项目 basedOn 职工培训办法"}, "document-first"),
    ("issued", "宁波市总工会印发《职工培训办法》。", {"宁波市总工会 issued 职工培训办法"}, "document"),
    ("issued", "宁波市总工会学习《职工培训办法》。", set(), "reading-is-not-issuing"),
    ("basedOn", "宁波市总工会根据《职工培训办法》开展“春蚕”培训项目。", {"春蚕培训项目 basedOn 职工培训办法"}, "programme-on-document"),
    ("partOf", "四明港口集团下属四明制药有限公司签约。", {"四明制药有限公司 partOf 四明港口集团"}, "subsidiary"),
    ("partOf", "宁波市改革领导小组办公室设在宁波市总工会。", {"宁波市改革领导小组办公室 partOf 宁波市总工会"}, "office"),
    ("operates", "四明港口集团旗下宁波工业博物馆开放。", {"四明港口集团 operates 宁波工业博物馆"}, "own-museum"),
    ("locatedIn", "宁波港史博物馆位于海曙区。", {"宁波港史博物馆 locatedIn 海曙区"}, "site"),
    ("locatedIn", "“春蚕杯”技能大赛在海曙区举行。", {"春蚕杯技能大赛 locatedIn 海曙区"}, "event"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("predicate", "text", "expected"), [row[:3] for row in RELATIONS], ids=[f"{row[0]}-{row[3]}" for row in RELATIONS]
)
def test_relations(predicate: str, text: str, expected: set[str]) -> None:
    assert facts_of(predicate, text) >= expected
    if not expected:
        assert facts_of(predicate, text) == set()


@pytest.mark.parametrize(
    ("predicate", "text", "expected"),
    [
        pytest.param(
            "locatedIn", "港史博物馆位于宁波市海曙区。", "港史博物馆 locatedIn 海曙区", id="innermost-district"
        ),
        pytest.param(
            "takesPartIn",
            "宁波市总工会主席何志远参加“春蚕”培训项目。",
            "何志远 takesPartIn 春蚕培训项目",
            id="persons-take-part",
        ),
        pytest.param(
            "founded",
            "宁波市总工会建成北岭服务区工会驿站。",
            "宁波市总工会 founded 北岭服务区工会驿站",
            id="union-station",
        ),
        pytest.param(
            "serves", "四明集团工会走访困难职工。", "四明集团工会 serves 困难职工", id="committee-and-union-visit"
        ),
    ],
)
def test_relations_that_once_were_missed(predicate: str, text: str, expected: str) -> None:
    assert expected in facts_of(predicate, text)


# --- posts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("宁波市总工会主席何志远说，很好。", {"何志远 holdsPost 宁波市总工会 (主席)"}, id="one"),
        pytest.param(
            "宁波市总工会党组书记、常务副主席何志远说，很好。",
            {"何志远 holdsPost 宁波市总工会 (党组书记、常务副主席)"},
            id="two-titles",
        ),
        pytest.param(
            "海曙区人大常委会副主任、区总工会主席何志远说，很好。",
            {"何志远 holdsPost 海曙区人大常委会 (副主任)", "何志远 holdsPost 海曙区总工会 (主席)"},
            id="two-organisations",
        ),
        pytest.param(
            "四明港口集团工会主席何志远说，很好。", {"何志远 holdsPost 四明港口集团工会 (主席)"}, id="company-union"
        ),
        pytest.param(
            "四明港口集团党委副书记、工会主席何志远说，很好。四明港口集团工会走访职工。",
            {"何志远 holdsPost 四明港口集团 (党委副书记)", "何志远 holdsPost 四明港口集团工会 (主席)"},
            id="title-of-the-companys-union",
        ),
        pytest.param(
            "宁波市总工会主席何志远说，很好。宁波市总工会党组书记何志远走访职工。",
            {"何志远 holdsPost 宁波市总工会 (主席)", "何志远 holdsPost 宁波市总工会 (党组书记)"},
            id="told-apart",
        ),
        pytest.param(
            "宁波市总工会主席何志远说，很好。宁波市总工会主席何志远走访职工。",
            {"何志远 holdsPost 宁波市总工会 (主席)"},
            id="told-again",
        ),
        pytest.param(
            "宁波市总工会主席何志远、副主席周敏、秘书长陈立新说，很好。",
            {
                "何志远 holdsPost 宁波市总工会 (主席)",
                "周敏 holdsPost 宁波市总工会 (副主席)",
                "陈立新 holdsPost 宁波市总工会 (秘书长)",
            },
            id="three-officers",
        ),
        pytest.param("主席何志远说，很好、", set(), id="title-opens-the-text"),
        pytest.param(
            "四明港口集团工会主席何志远、副主席周敏说，很好。",
            {"何志远 holdsPost 四明港口集团工会 (主席)", "周敏 holdsPost 四明港口集团工会 (副主席)"},
            id="officers-of-a-companys-union",
        ),
        pytest.param(
            "四明港口集团党委书记何志远，工会主席周敏走访职工。",
            {"何志远 holdsPost 四明港口集团 (党委书记)", "周敏 holdsPost 四明港口集团 (工会主席)"},
            id="officers-across-a-comma-and-no-union-named",
        ),
        pytest.param(
            "宁波市总工会与海曙区总工会女工部部长何志远签约。",
            {"何志远 holdsPost 海曙区总工会 (女工部部长)"},
            id="department",
        ),
        pytest.param("宁波市总工会邀请何志远讲课。", set(), id="no-title"),
        pytest.param("四明港口集团的何志远赢了。", {"何志远 holdsPost 四明港口集团 (职工)"}, id="of-a-company"),
        pytest.param(
            "四明港口集团举办比赛。公司安全总监何志远说，很好。",
            {"何志远 holdsPost 四明港口集团 (安全总监)"},
            id="company-understood",
        ),
        pytest.param(
            "四明港口集团举办比赛。“很好。”吊车班长何志远说。",
            {"何志远 holdsPost 四明港口集团 (班长)"},
            id="where-the-article-plays",
        ),
        pytest.param(
            "何志远1956年参加工作，历任四明港口集团副总经理、宁波市总工会副主席。",
            {"何志远 holdsPost 四明港口集团 (副总经理)", "何志远 holdsPost 宁波市总工会 (副主席)"},
            id="one-post-after-the-other",
        ),
        pytest.param("宁波市总工会主席说，很好。", set(), id="no-name"),
    ],
)
def test_posts(text: str, expected: set[str]) -> None:
    assert facts_of("holdsPost", text) == expected


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("海曙区总工会开会。", {"海曙区总工会 covers 海曙区"}, id="union-covers-its-district"),
        pytest.param("海曙区教育局开会。", {"海曙区教育局 covers 海曙区"}, id="bureau-covers-its-district"),
        pytest.param(
            "宁波市海曙区总工会开会。",
            {"宁波市海曙区总工会 covers 海曙区", "海曙区 locatedIn 宁波市"},
            id="innermost-district",
        ),
        pytest.param("四明港口集团工会开会。", {"四明港口集团工会 unionOf 四明港口集团"}, id="union-of-a-company"),
        pytest.param("宁波四明制药有限公司签约。", set(), id="company-covers-nothing"),
        pytest.param(
            "宁波市保安行业工会联合会关爱保安员。",
            {
                "宁波市保安行业工会联合会 covers 宁波市",
                "宁波市保安行业工会联合会 represents 保安员",
                "宁波市保安行业工会联合会 serves 保安员",
            },
            id="union-of-a-trade",
        ),
        pytest.param(
            "四明港口集团党委开会。四明港口集团签约。", {"四明港口集团党委 partOf 四明港口集团"}, id="party-committee"
        ),
        pytest.param("海曙区古林镇举行活动。", {"古林镇 locatedIn 海曙区"}, id="chain-of-districts"),
        pytest.param(
            "安徽蓝盾网络科技有限公司成立工会。",
            {
                "安徽蓝盾网络科技有限公司 founded 安徽蓝盾网络科技有限公司工会",
                "安徽蓝盾网络科技有限公司工会 unionOf 安徽蓝盾网络科技有限公司",
            },
            id="entailed-union",
        ),
        pytest.param(
            "宁波市总工会推动安徽蓝盾网络科技有限公司顺利建会。",
            {
                "宁波市总工会 covers 宁波市",
                "宁波市总工会 founded 安徽蓝盾网络科技有限公司工会",
                "安徽蓝盾网络科技有限公司 founded 安徽蓝盾网络科技有限公司工会",
                "安徽蓝盾网络科技有限公司 locatedIn 宁波市",
                "宁波市总工会 supports 安徽蓝盾网络科技有限公司",
                "安徽蓝盾网络科技有限公司工会 unionOf 安徽蓝盾网络科技有限公司",
            },
            id="entailed-union-with-helper",
        ),
        pytest.param(
            "宁波市总工会推动四明演艺小镇、月湖设计小镇分别成立工会联合会。",
            {
                "宁波市总工会 covers 宁波市",
                "宁波市总工会 founded 四明演艺小镇工会联合会",
                "宁波市总工会 founded 月湖设计小镇工会联合会",
                "四明演艺小镇工会联合会 covers 四明演艺小镇",
                "月湖设计小镇工会联合会 covers 月湖设计小镇",
            },
            id="entailed-unions-of-areas",
        ),
        pytest.param("安徽蓝盾网络科技有限公司提供建会指导。", set(), id="guidance-entails-no-union"),
    ],
)
def test_facts_in_names(text: str, expected: set[str]) -> None:
    assert told_facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("海曙区第二医院开诊。", {"海曙区第二医院 locatedIn 海曙区"}, id="full-name-of-a-district"),
        pytest.param("江苏银行苏州分行签约。苏州市总工会开会。", {"江苏银行苏州分行 locatedIn 苏州市"}, id="branch"),
        pytest.param("江西省人民医院开诊。", set(), id="all-over-a-province"),
        pytest.param("海曙区总工会宣讲团开讲。", set(), id="part-of-a-union"),
        pytest.param(
            "陇西县总工会发文。首阳镇总工会、文峰镇总工会响应。",
            {"首阳镇 locatedIn 陇西县", "文峰镇 locatedIn 陇西县"},
            id="towns-of-a-county",
        ),
        pytest.param("黄山市总工会在屯溪区办展。", {"屯溪区 locatedIn 黄山市"}, id="county-where-something-is-done"),
        pytest.param("佛山高新区总工会开会。佛山市总工会开会。", {"佛山高新区 locatedIn 佛山市"}, id="zone-of-a-city"),
        pytest.param(
            "海曙区总工会开会。何志远创新工作室揭牌。", {"何志远创新工作室 locatedIn 海曙区"}, id="workshop-in-the-area"
        ),
        pytest.param(
            "在海曙区古林路上的四明港口集团开会。", {"四明港口集团 locatedIn 海曙区"}, id="on-a-road-of-a-district"
        ),
        pytest.param("江西省总工会表彰。南昌市总工会、赣州市总工会获奖。", set(), id="cities-of-a-province-listed"),
    ],
)
def test_where_bodies_and_towns_are(text: str, expected: set[str]) -> None:
    assert facts_of("locatedIn", text) == expected


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        pytest.param("宁波市总工会投入50万元，建成驿站12个。", ["宁波市总工会", "宁波市总工会"], id="agent"),
        pytest.param(
            "宁波市总工会举办“春蚕”培训项目，培训职工800余人次。", ["春蚕培训项目"], id="programme-before-union"
        ),
        pytest.param("“春蚕”培训项目开设6期。已培训职工800余人次。", ["春蚕培训项目"] * 2, id="goes-on-about-it"),
        pytest.param("海曙区建成驿站12个。", ["海曙区"], id="district-without-a-union"),
        pytest.param("海曙区总工会开会。海曙区建成驿站12个。", ["海曙区总工会"], id="union-before-district"),
        pytest.param("180名职工参加了“春蚕”培训项目。", ["春蚕培训项目"], id="joined-by"),
        pytest.param(
            "“春蚕杯”技能大赛由宁波市总工会、四明集团主办，宁波大学承办，120名选手参赛。",
            ["春蚕杯技能大赛"],
            id="hosts-stand-beside",
        ),
        pytest.param("职工投入50万元。", [], id="nobody"),
        pytest.param("宁波市总工会没有投入50万元。", [], id="denied-number"),
    ],
)
def test_whose_number_it_is(text: str, subjects: list[str]) -> None:
    assert [told.split(":")[0] for told in told_outcomes(text)] == subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("宁波市总工会将投入50万元。宁波市总工会投入30万元。", ["planned", "done"], id="will"),
        pytest.param("宁波市总工会计划建成驿站50家，已建成12家。", ["planned", "done"], id="how-far-it-has-come"),
        pytest.param("意见明确，宁波市总工会到2026年底新建驿站50家。", ["planned"], id="by-a-year"),
        pytest.param(
            "截至2023年底，宁波市总工会建成驿站50家，计划2024年再建12家。", ["done", "planned"], id="next-year"
        ),
        pytest.param("宁波市总工会计划资助职工50名。", ["planned"], id="plans-to-help"),
        pytest.param("宁波市总工会启动“春蚕”计划，资助职工50名。", ["done"], id="plan-is-a-name"),
        pytest.param("宁波市总工会将推动平台向50家企业延伸。", ["planned"], id="will-push"),
        pytest.param("宁波市总工会建成驿站，首批30名职工将于5月入住。", ["planned"], id="said-behind-the-number"),
    ],
)
def test_whether_a_number_is_planned(text: str, expected: list[str]) -> None:
    assert [outcome.status.value for outcome in read(text).outcomes] == expected


# --- evidence --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "predicate", "quote"),
    [
        pytest.param(
            "春天来了，宁波市总工会启动“春蚕”培训项目，职工高兴。",
            Predicate.RUNS,
            "宁波市总工会启动“春蚕”培训项目",
            id="clause",
        ),
        pytest.param(
            "宁波市总工会召开会议，启动“春蚕”培训项目，职工高兴。",
            Predicate.RUNS,
            "宁波市总工会召开会议，启动“春蚕”培训项目",
            id="from-subject-to-object",
        ),
        pytest.param(
            "宁波市总工会召开会议。今年启动“春蚕”培训项目。",
            Predicate.RUNS,
            "今年启动“春蚕”培训项目",
            id="not-beyond-the-sentence",
        ),
        pytest.param("海曙区总工会开会。", Predicate.COVERS, "海曙区总工会", id="name"),
    ],
)
def test_evidence_is_the_shortest_run_of_clauses(text: str, predicate: Predicate, quote: str) -> None:
    (fact,) = [fact for fact in read(text).facts if fact.predicate is predicate]
    assert fact.evidence.quote == quote


def test_nobody_supports_itself() -> None:
    reading = read(("安徽蓝盾网络科技有限公司召开大会", "有关部门帮助安徽蓝盾网络科技有限公司成立工会。"))
    assert reading.facts
    assert [tell_fact(fact, reading.names) for fact in reading.facts if fact.subject == fact.object] == []


def test_a_page_without_entities_states_nothing() -> None:
    reading = read("天气很好，气温30度。")
    assert (reading.facts, reading.outcomes) == ((), ())
