"""What must not matter: how a page is typeset, who is named on it, in which order its articles stand, what stands beside.

Each transformation is applied to pages that were read before; the share of their facts and numbers that comes back under
the same (or the replaced) names must reach its floor. Facts are compared by names, types and status, not by place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from kg.extract import extract_page
from kg.lexicon import load_lexicon
from kg.model import Article, EntityType, Record
from kg.read import page_from_text, read_page
from kg.segment import segment_page

TESTS = Path(__file__).parent
# 001 prints its articles apart from their headlines, 204 too: they cannot be set anew from their articles.
PAGES = [
    *sorted(path for path in (TESTS.parent / "seeds").glob("*.txt") if not path.name.startswith("001")),
    *sorted((TESTS / "gold_tune" / "pages").glob("30*.txt")),
]
LEXICON = load_lexicon()
GOAL = 0.97

Told = frozenset[tuple[str, ...]]


def told(record: Record) -> Told:
    """Facts and numbers in words."""
    names = {entity.id: entity.name for entity in record.entities}
    facts = ((names[f.subject], f.predicate, names[f.object], f.status, f.post or "") for f in record.facts)
    numbers = ((names[o.subject], o.metric, str(o.value), o.unit, str(o.period)) for o in record.outcomes)
    return frozenset((*facts, *numbers))


def read(text: str) -> Record:
    return extract_page(page_from_text(text, name="page.txt"), LEXICON)


@cache
def original(path: Path) -> tuple[str, tuple[Article, ...], Record]:
    page = read_page(path)
    return page.text, segment_page(page, LEXICON)[0], extract_page(page, LEXICON)


def paragraphs(article: Article) -> list[str]:
    return article.text.split("\n")


def set_page(articles: Iterable[Article], change: Callable[[str], str] = str) -> str:
    return "\n\n\n".join("\n\n".join(change(p) for p in paragraphs(article)) for article in articles)


def cut_columns(paragraph: str, seed: int = 1) -> str:
    """Cuts a paragraph by blank lines at random places, inside words too; headlines stay whole."""
    if len(paragraph) <= 60:
        return paragraph
    chance, pieces = random.Random(f"{seed}{paragraph}"), []
    while paragraph:
        size = chance.randint(90, 260)
        pieces.append(paragraph[:size])
        paragraph = paragraph[size:]
    return "\n\n".join(pieces)


def wrap_lines(paragraph: str, width: int) -> str:
    return "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))


def space_marks(paragraph: str) -> str:
    """A space behind each mark, as page 001 is set."""
    return re.sub(r"([，、；：])", r"\1 ", paragraph)


FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")

SETTINGS = {
    "columns": lambda articles: set_page(articles, cut_columns),
    **{f"lines-of-{n}": lambda articles, n=n: set_page(articles, lambda p: wrap_lines(p, n)) for n in (12, 18, 26, 40)},
    "spaced": lambda articles: set_page(articles, lambda p: wrap_lines(space_marks(p), 18)),
    "other-order": lambda articles: set_page(reversed(articles)),
}


def share(kept: list[tuple[Told, Told]]) -> float:
    return sum(len(before & after) for before, after in kept) / sum(len(before) for before, _ in kept)


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_way_a_page_is_set_does_not_matter(setting: str) -> None:
    kept = []
    for path in PAGES:
        _, articles, record = original(path)
        kept.append((told(record), told(read(SETTINGS[setting](articles)))))
    assert share(kept) >= GOAL


def test_the_width_of_digits_does_not_matter() -> None:
    kept = [(told(record), told(read(text.translate(FULL_WIDTH)))) for text, _, record in map(original, PAGES)]
    assert share(kept) >= GOAL


def test_each_article_alone_says_the_same() -> None:
    kept = []
    for path in PAGES:
        _, articles, record = original(path)
        alone = [told(read(set_page([article]))) for article in articles]
        kept.append((told(record), frozenset().union(*alone)))
    assert share(kept) >= GOAL


OTHER = "\n\n\n西宁市总工会举办职工运动会\n\n本报讯（记者 马明）近日，西宁市总工会举办职工运动会，1200名职工参加。\n"


def test_an_article_beside_changes_nothing() -> None:
    for path in PAGES:
        text, _, record = original(path)
        assert told(record) <= told(read(text + OTHER)), path.name


# Counties and persons of no page; as long as what they replace, so that nothing else changes.
COUNTIES = [
    "萧山区",
    "黄岩区",
    "鹿城区",
    "瓯海区",
    "椒江区",
    "柯城区",
    "婺城区",
    "上虞区",
    "奉化区",
    "镇海区",
    "北仑区",
    "海门区",
    "港闸区",
    "栖霞区",
]
PERSONS = [
    "陈立新",
    "赵国强",
    "孙晓梅",
    "周建平",
    "吴海燕",
    "郑志远",
    "冯雪琴",
    "褚文彬",
    "卫东升",
    "蒋丽华",
    "沈国栋",
    "韩冬梅",
]


def renaming(text: str, record: Record) -> dict[str, str]:
    """Old form → new form for the districts and persons of a page."""
    counties = [name for name in COUNTIES if name[:2] not in text]
    persons = [name for name in PERSONS if name not in text]
    forms: dict[str, str] = {}
    for entity in record.entities:
        if entity.type is EntityType.DISTRICT and re.fullmatch("..区", entity.name) and counties:
            new = counties.pop()
            forms |= {entity.name: new, entity.name[:2]: new[:2]}
        elif entity.type is EntityType.PERSON and len(entity.name) == 3 and persons:
            forms[entity.name] = persons.pop()
    return forms


def test_who_is_named_does_not_matter() -> None:
    kept = []
    for path in PAGES:
        text, _, record = original(path)
        forms = renaming(text, record)
        assert forms, path.name
        pattern = re.compile("|".join(sorted(map(re.escape, forms), key=len, reverse=True)))

        def renamed(part: str, pattern: re.Pattern[str] = pattern, forms: dict[str, str] = forms) -> str:
            return pattern.sub(lambda match: forms[match[0]], part)

        before = frozenset(tuple(map(renamed, item)) for item in told(record))
        kept.append((before, told(read(renamed(text)))))
    assert share(kept) >= GOAL
