"""An extractor small enough to know its every answer: it keeps command-line tests exact while the rules change."""

import re

from kg.model import (
    Article,
    Byline,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Issue,
    Mention,
    Outcome,
    Page,
    Predicate,
    Record,
    Sentence,
    Status,
)

PAGE = (
    "甲市总工会举办技能竞赛\n本报讯（记者 王小明）甲市总工会举办技能竞赛，30名职工参加。\n甲市总工会将开展送教上门。\n"
)


class StubExtractor:
    """Reads pages of the form of `PAGE`; a text that names no union has no article."""

    def extract(self, page: Page) -> Record:
        union = re.search(r"\w市总工会", page.text)
        if union is None:
            issue = Issue(code="no-article", message="nothing here")
            return Record(page=page.name, sha256=page.sha256, issues=(issue,))
        lines = [match.span() for match in re.finditer(r"[^\n]+", page.text)]
        entities = [self.entity(page, "e1", EntityType.UNION, union[0])]
        facts = []
        for name, verb, status in (("技能竞赛", "举办", Status.DONE), ("送教上门", "将开展", Status.PLANNED)):
            found = re.search(rf"[^\n，（）]*?{union[0]}{verb}{name}", page.text)
            if found:
                entities.append(self.entity(page, f"e{len(entities) + 1}", EntityType.PROGRAMME, name))
                facts.append(
                    Fact(
                        subject="e1",
                        predicate=Predicate.RUNS,
                        object=entities[-1].id,
                        status=status,
                        evidence=self.evidence(found),
                        rule="stub-runs",
                        confidence=0.8,
                    )
                )
        return Record(
            page=page.name,
            sha256=page.sha256,
            articles=(self.article(page, lines),),
            entities=tuple(entities),
            facts=tuple(facts),
            outcomes=tuple(self.outcome(found) for found in re.finditer(r"(\d+)名职工参加", page.text)),
            issues=(Issue(code="stub-issue", message="said twice", start=0, stop=2),) if "甲" in page.text else (),
        )

    @staticmethod
    def article(page: Page, lines: list[tuple[int, int]]) -> Article:
        return Article(
            index=0,
            headline=page.text[slice(*lines[0])],
            byline=(Byline(role="记者", name="王小明"),),
            spans=((lines[0][0], lines[-1][1]),),
            text=page.text,
            starts=tuple(range(len(page.text))),
            stops=tuple(range(1, len(page.text) + 1)),
            sentences=tuple(Sentence(at=line) for line in lines),
        )

    @staticmethod
    def entity(page: Page, id: str, type: EntityType, name: str) -> Entity:
        start = page.text.index(name)
        at = (start, start + len(name))
        mention = Mention(type=type, name=name, surface=name, article=0, at=at, start=at[0], stop=at[1], rule="stub")
        return Entity(id=id, type=type, name=name, article=0, mentions=(mention,))

    @staticmethod
    def evidence(found: re.Match[str]) -> Evidence:
        return Evidence(quote=found[0], start=found.start(), stop=found.end(), article=0)

    def outcome(self, found: re.Match[str]) -> Outcome:
        return Outcome(
            subject="e1",
            metric="职工参加",
            value=float(found[1]),
            unit="名",
            qualifier=">",
            period="2024",
            evidence=self.evidence(found),
            rule="stub-count",
            confidence=0.5,
        )
