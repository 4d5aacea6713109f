"""Facts under their sentences."""

from dataclasses import replace

import pytest
from stub_extractor import PAGE, StubExtractor

from kg.explain import explain_record
from kg.model import Article, Fact, Issue, Outcome, Page, Record, Sentence
from kg.read import page_from_text

READ = page_from_text(PAGE, name="a.txt")
RECORD = StubExtractor().extract(READ)


def lines(record: Record, page: Page = READ) -> list[str]:
    return explain_record(page, record).splitlines()


def test_each_fact_stands_under_the_sentence_that_its_evidence_begins_in() -> None:
    told = lines(RECORD)
    places = [i for i, line in enumerate(told) if line.startswith("   ") and line.lstrip()[0].isdigit()]
    assert [told[i].split("  ")[-1][:6] for i in places] == ["甲市总工会举", "本报讯（记者", "甲市总工会将"]
    assert "技能竞赛" in told[places[0] + 1]
    assert "职工参加" in told[places[1] + 1]
    assert "送教上门 (planned)" in told[places[2] + 1]


def test_articles_out_of_order_on_the_page_keep_their_facts() -> None:
    """The headline of an article may stand at the end of the page."""
    headline, body = "甲市总工会举办技能竞赛", "甲市总工会举办技能竞赛。"
    page = page_from_text(f"{body}\n{headline}", name="p")
    text = f"{headline}\n{body}"
    starts = [len(body) + 1 + i for i in range(len(headline))] + [0] + list(range(len(body)))
    article = Article(
        index=0,
        headline=headline,
        text=text,
        starts=tuple(starts),
        stops=tuple(start + 1 for start in starts),
        sentences=(Sentence(at=(0, len(headline)), role="headline"), Sentence(at=(len(headline) + 1, len(text)))),
    )
    fact = RECORD.facts[0]
    in_body = replace(fact, evidence=replace(fact.evidence, start=0, stop=len(body), quote=body))
    told = lines(replace(RECORD, articles=(article,), facts=(in_body,), outcomes=(), issues=()), page)
    assert [line.strip()[0] for line in told[4:]] == ["1", "2", "→"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({}, "# 甲市总工会 · 职工参加: > 30 名 (2024)  [stub-count 0.50]", id="bound-and-period"),
        pytest.param(
            {"qualifier": None, "period": None, "value": 2.5},
            "# 甲市总工会 · 职工参加: 2.5 名  [stub-count 0.50]",
            id="exact",
        ),
        pytest.param(
            {"baseline": 10.0, "qualifier": ">="},
            "# 甲市总工会 · 职工参加: 10 … ≥ 30 名 (2024)  [stub-count 0.50]",
            id="baseline",
        ),
        pytest.param(
            {"qualifier": "~", "subject": "e9"},
            "# e9 · 职工参加: ≈ 30 名 (2024)  [stub-count 0.50]",
            id="about-and-unknown-subject",
        ),
    ],
)
def test_numbers_are_told_with_all_that_the_page_says(changes: dict[str, object], told: str) -> None:
    outcome: Outcome = replace(RECORD.outcomes[0], **changes)  # type: ignore[arg-type]
    assert told in [line.strip() for line in lines(replace(RECORD, outcomes=(outcome,)))]


def test_a_post_is_told_with_its_title() -> None:
    fact: Fact = replace(RECORD.facts[0], post="主席")
    assert "→ 甲市总工会 —runs→ 技能竞赛 (主席)  [stub-runs 0.80]" in [
        line.strip() for line in lines(replace(RECORD, facts=(fact,)))
    ]


def test_the_source_and_the_issues_are_told() -> None:
    article = replace(RECORD.articles[0], source="中工网")
    issues = (Issue(code="a", message="m"), Issue(code="b", message="n", start=3, stop=4))
    told = lines(replace(RECORD, articles=(article,), issues=issues))
    assert told[3] == "    记者 王小明 · reprinted from 中工网 · 0–57"
    assert told[-3:] == ["Issues", "      ! a: m", "      ! 3–4 b: n"]


def test_a_page_without_articles_is_told_as_such() -> None:
    empty = Record(page="a.txt", sha256=READ.sha256)
    assert explain_record(READ, empty) == "a.txt (utf-8): 0 articles, 0 entities, 0 facts, 0 outcomes, 0 issues\n"


def test_words_are_translated_where_they_stand() -> None:
    assert "—《runs》→" in explain_record(READ, RECORD, lambda word: f"《{word}》")
