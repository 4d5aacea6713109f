"""Entities and numbers → facts and outcomes.

Four sources: what stands in names (`names`), what frames find in sentences (`frames`, `kg/lexicon/frames.toml`), what
the article as a whole makes likely (`defaults`: the union that an article is about runs the programme that it
presents), and pairs of names for which many small signs speak together (`pairs`). A fact found twice keeps its best
evidence, and what is done is not also planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.lexicon import Lexicon
from kg.model import Article, Entity, Fact, Outcome, Page, Predicate, Quantity, Status
from kg.relate.awards import award_facts
from kg.relate.defaults import default_facts
from kg.relate.frames import frame_facts, read_frames
from kg.relate.names import name_facts
from kg.relate.outcomes import outcomes_of
from kg.relate.pairs import Known, pair_facts
from kg.relate.people import post_facts
from kg.relate.scene import set_scenes
from kg.relate.services import service_facts
from kg.relate.sited import helped_facts, site_facts

__all__ = ["relate_entities"]

_PART_OF_CONTEST = "contest-event"


def relate_entities(
    page: Page,
    articles: Sequence[Article],
    entities: Sequence[Entity],
    quantities: Sequence[Quantity],
    lexicon: Lexicon,
) -> tuple[tuple[Fact, ...], tuple[Outcome, ...]]:
    """Facts and outcomes of a page.

    Args:
        page: The page; evidence is cut from its raw text.
        articles: Its articles.
        entities: Its entities with their mentions.
        quantities: The numbers of all its articles.
        lexicon: The word classes and frames.

    Returns:
        Facts by place of their evidence, one per triple and post: a plan gives way to the same thing done, and
        `partnersWith` stands once, either way round. Outcomes in order of place.
    """
    frames = read_frames(lexicon)
    scenes = set_scenes(page, articles, entities, lexicon)
    facts = list(name_facts(scenes, entities, lexicon))
    outcomes: list[Outcome] = []
    numbers: dict[int, list[Quantity]] = {scene.article.index: [] for scene in scenes}
    for quantity in quantities:
        numbers[quantity.article].append(quantity)
    known = Known()
    known.add(facts)
    for scene in scenes:
        posts, found = list(post_facts(scene)), list(frame_facts(scene, frames))
        awards = award_facts(scene, [*posts, *found])
        stated = [*posts, *awards, *service_facts(scene), *found, *default_facts(scene, found, entities)]
        known.add(stated)
        stated += [*site_facts(scene, known.owned, known.covered), *helped_facts(scene, stated, known.covered)]
        known.add(stated)
        guessed = list(pair_facts(scene, known))
        known.add(guessed)
        facts += (*stated, *guessed)
        outcomes.extend(outcomes_of(scene, numbers[scene.article.index]))
    parts = {entity.id for entity in entities if entity.mentions and entity.mentions[0].rule == _PART_OF_CONTEST}
    # The events of a contest are run with it, not each by its hosts.
    facts = [fact for fact in facts if fact.predicate is not Predicate.RUNS or fact.object not in parts]
    return _best_of_each(facts), tuple(outcomes)


def _best_of_each(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact per key: done before planned, then the shortest evidence, then the first."""
    best: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = _key(fact)
        if key not in best or _rank(fact) < _rank(best[key]):
            best[key] = fact
    return tuple(
        sorted(
            best.values(),
            key=lambda f: (f.evidence.article, f.evidence.start, f.evidence.stop, *f.triple, f.post or ""),
        )
    )


def _key(fact: Fact) -> tuple[object, ...]:
    """What is stated: a person may hold two posts in one organisation; partners have no order."""
    if fact.predicate is Predicate.PARTNERS_WITH:
        return fact.predicate, frozenset((fact.subject, fact.object))
    return *fact.triple, fact.post


def _rank(fact: Fact) -> tuple[bool, int, int, str]:
    # Not by confidence: that is counted over what this very choice lets through.
    return fact.status is not Status.DONE, len(fact.evidence.quote), fact.evidence.start, fact.rule
