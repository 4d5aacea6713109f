"""kg.relate.guards: what is denied, wished or planned, and how far. All bodies are invented."""

from __future__ import annotations

import pytest
from articles import LEXICON, make_article, told_facts

from kg.errors import LexiconError
from kg.lexicon import Lexicon
from kg.model import Status
from kg.relate.frames import read_frames
from kg.relate.guards import Guard, Guarded, Opened, guard_ids, read_guards

GUARDS = read_guards(LEXICON)
MARK = "|"


def look(text: str) -> tuple[Guarded, int, tuple[int, int]]:
    """The guards of a text, the place of its mark, and the sentence around that."""
    position = text.index(MARK)
    article = make_article(text.replace(MARK, ""))
    at = next(s.at for s in article.sentences if s.at[0] <= position <= s.at[1])
    at = next((s.at for s in article.sentences if s.at[0] == position), at)
    return Guarded(article.text, article.sentences, LEXICON), position, at


def reaching(text: str) -> list[str]:
    guarded, position, at = look(text)
    return [opened.guard.id for opened in guarded.reaching(position, at)]


def rows(kind: str) -> list[object]:
    return [
        pytest.param(guard, text, id=f"{guard.id}-{number}")
        for guard in GUARDS.values()
        for number, text in enumerate(getattr(guard, kind))
    ]


def test_every_guard_has_examples_and_counterexamples() -> None:
    assert [guard.id for guard in GUARDS.values() if not (guard.examples and guard.counterexamples)] == []


@pytest.mark.parametrize(("guard", "text"), rows("examples"))
def test_a_guard_reaches_the_place_of_its_example(guard: Guard, text: str) -> None:
    assert guard.id in reaching(text)


@pytest.mark.parametrize(("guard", "text"), rows("counterexamples"))
def test_a_guard_does_not_reach_the_place_of_its_counterexample(guard: Guard, text: str) -> None:
    assert guard.id not in reaching(text)


def test_every_guard_holds_by_default_or_for_a_frame() -> None:
    named = {id for frame in read_frames(LEXICON) for id in frame.guards}
    assert sorted(GUARDS.keys() - named) == []


DONE, PLANNED = Status.DONE, Status.PLANNED
PLAN = "下一步，江城市总工会将做好三项工作。"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("江城市总工会|举办竞赛。", DONE, id="plain"),
        pytest.param("江城市总工会将|举办竞赛。", PLANNED, id="will"),
        pytest.param("江城市总工会将举办竞赛，|慰问职工。", PLANNED, id="to-the-end-of-the-sentence"),
        pytest.param("江城市总工会将举办竞赛，目前已|筹款5万元。", DONE, id="done-inside-a-plan"),
        pytest.param("目前，江城市总工会将|举办竞赛。", PLANNED, id="a-plan-of-the-same-clause-first"),
        pytest.param("去年，江城市总工会建成驿站，明年将扩建，|举办竞赛。", PLANNED, id="the-later-of-two"),
        pytest.param("江城市总工会将不再|举办竞赛。", None, id="denied-before-planned"),
        pytest.param(PLAN + "一是|举办竞赛。", PLANNED, id="first-item"),
        pytest.param(PLAN + "一是举办竞赛。二是|慰问职工。三是招募。", PLANNED, id="second-item"),
        pytest.param(PLAN + "\n一是举办竞赛。\n二是|慰问职工。", PLANNED, id="items-as-paragraphs"),
        pytest.param(PLAN + "一是举办竞赛。截至目前，已|慰问职工。二是招募。", DONE, id="what-is-done-by-now"),
        pytest.param(PLAN + "去年，共|慰问职工3000名。", DONE, id="a-year-gone-by"),
        pytest.param(PLAN + "同时，|慰问职工。", PLANNED, id="at-the-same-time"),
        pytest.param(PLAN + "\n江城大学|慰问职工。", DONE, id="next-paragraph"),
        pytest.param("江城市总工会将举办竞赛。同时，|慰问职工。", PLANNED, id="will-goes-on"),
        pytest.param("江城市总工会将举办竞赛。|慰问职工。", DONE, id="will-ends-with-its-sentence"),
        pytest.param("会议强调，要举办竞赛。要|慰问职工。", PLANNED, id="called-for-goes-on"),
        pytest.param("会议要求，要举办竞赛。会后，|慰问职工。", DONE, id="behind-the-meeting"),
        pytest.param("江城市总工会部署2026年重点任务。|举办竞赛。", PLANNED, id="agenda"),
        pytest.param("他说：“今后要举办竞赛。”同时，|慰问职工。", DONE, id="another-speaker"),
        pytest.param("江城市总工会希望江城大学|举办竞赛。", None, id="wished"),
        pytest.param("一旦欠薪，江城市总工会就|援助职工。", None, id="condition"),
        pytest.param("江城市总工会取消原定的|竞赛。", None, id="cancelled"),
    ],
)
def test_status(text: str, status: Status | None) -> None:
    guarded, position, at = look(text)
    assert guarded.status(position, at) == status


def test_the_words_that_decide_are_told() -> None:
    guarded, position, at = look("江城市总工会将举办竞赛，|慰问职工。")
    decisive = guarded.decisive(position, at)
    assert decisive == Opened(GUARDS["will"], (6, 7))


def test_a_plan_ends_where_another_organisation_acts() -> None:
    text = "下一步，江城市总工会将举办“匠心杯”技能大赛。江城大学走访慰问江城钢铁集团。"
    assert {fact for fact in told_facts(text) if " supports " in fact} == {"江城大学 supports 江城钢铁集团"}


def test_a_frame_may_name_its_own_guards() -> None:
    """Where something lies is so, whatever is planned there."""
    facts = told_facts("江城市总工会将在位于苏州市的苏州工业博物馆举办“匠心杯”技能大赛。")
    assert "苏州工业博物馆 locatedIn 苏州市" in facts
    assert "planned: 匠心杯技能大赛 locatedIn 苏州工业博物馆" in facts


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(None, {id for id, guard in GUARDS.items() if guard.default}, id="none-named"),
        pytest.param(["denied"], {"denied"}, id="one"),
        pytest.param([], set(), id="no-guard"),
        pytest.param(["default", "own-words"], set(GUARDS), id="default-and-more"),
    ],
)
def test_names_of_guards(names: list[str] | None, expected: set[str]) -> None:
    assert guard_ids(names, LEXICON) == expected


def test_an_unknown_guard_is_named() -> None:
    with pytest.raises(LexiconError, match="no such guard") as caught:
        guard_ids(["hope"], LEXICON)
    assert caught.value.subject == "hope"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"effect": "perhaps"}, "broken guard", id="unknown-effect"),
        pytest.param({"scope": "page"}, "broken guard", id="unknown-scope"),
        pytest.param({"pattern": "{{planets}}"}, "no such word class", id="unknown-class"),
        pytest.param({"examples": None}, "broken guard", id="no-examples"),
    ],
)
def test_a_broken_guard_is_named(changes: dict[str, object], message: str) -> None:
    table = {"id": "g", "effect": "none", "scope": "clause", "pattern": "x", "examples": ["a"], "counterexamples": []}
    table = {key: value for key, value in (table | changes).items() if value is not None}
    lexicon = Lexicon(words_by_id=LEXICON.words_by_id, specs=LEXICON.specs, guards=(table,))
    with pytest.raises(LexiconError, match=message) as caught:
        read_guards(lexicon)
    assert caught.value.subject in ("g", "planets")
