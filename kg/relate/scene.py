"""An article with its entities in place: what every rule of this package looks at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.model import ORGANISATION_TYPES, Article, Entity, EntityType, Evidence, Mention, Page, Sentence, Span, Status
from kg.relate.guards import Guarded

_CALLING = 10
_PART_OF_CONTEST = "contest-event"
_REACH = 300  # mentions that are looked back upon
_CLAUSE_ENDS = "，；。！？\n"
_PART_END = "；"


class Placed(NamedTuple):
    """A mention and the entity that it stands for.

    Args:
        mention: The mention.
        entity: What it names.
        start, stop: Its place in the article's text.
    """

    mention: Mention
    entity: Entity
    start: int
    stop: int

    def __hash__(self) -> int:
        """By its place: an entity holds all its mentions, which would each be looked at."""
        return hash((self.start, self.stop, self.entity.id))

    @property
    def broad(self) -> str:
        """Its type, `Org` for all that act."""
        return "Org" if self.entity.type in ORGANISATION_TYPES else self.entity.type.value


@dataclass(frozen=True)
class Scene:
    """One article, ready for rules.

    Args:
        page: The page.
        article: One of its articles.
        placed: Every mention of the article with its entity, by place, outer before inner.
        lexicon: The word classes and frames.
    """

    page: Page
    article: Article
    placed: tuple[Placed, ...]
    lexicon: Lexicon

    @cached_property
    def outer(self) -> tuple[Placed, ...]:
        """The mentions that lie inside no other, by place."""
        kept: list[Placed] = []
        for item in self.placed:
            if not kept or item.start >= kept[-1].stop:
                kept.append(item)
        return tuple(kept)

    @cached_property
    def _outer_starts(self) -> tuple[int, ...]:
        return tuple(item.start for item in self.outer)

    @cached_property
    def first_mentions(self) -> Mapping[str, Placed]:
        """Entity id → the first of its outer mentions."""
        return {item.entity.id: item for item in reversed(self.outer)}

    @cached_property
    def mention_counts(self) -> Counter[str]:
        """Entity id → how many outer mentions it has."""
        return Counter(item.entity.id for item in self.outer)

    def mentions_of(self, id: str) -> Sequence[Placed]:
        """The mentions of an entity, inner ones too, by place."""
        return self._by_entity.get(id, ())

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """The entities that the article names, in the order of the page's."""
        ids = sorted(self._by_entity, key=lambda id: (len(id), id))
        return [self._by_entity[id][0].entity for id in ids]

    @cached_property
    def _by_entity(self) -> Mapping[str, list[Placed]]:
        by_entity: dict[str, list[Placed]] = {}
        for item in self.placed:
            by_entity.setdefault(item.entity.id, []).append(item)
        return by_entity

    def within(self, at: Span) -> tuple[Placed, ...]:
        """The outer mentions that lie in a stretch of the text."""
        first = bisect_right(self._outer_starts, at[0] - 1)
        last = bisect_right(self._outer_starts, at[1] - 1)
        if last > first and self.outer[last - 1].stop > at[1]:
            # They do not overlap: only the last one can reach out of the stretch.
            last -= 1
        return self.outer[first:last]

    def latest_before(self, position: int) -> Iterator[Placed]:
        """The outer mentions that end before a position, from the last one back over a few hundred."""
        stop = bisect_right(self._outer_starts, position - 1)
        for number in range(stop - 1, max(-1, stop - 1 - _REACH), -1):
            if self.outer[number].stop <= position:
                yield self.outer[number]

    def latest_of(self, id: str, position: int) -> Placed | None:
        """The last outer mention of an entity that ends before a position."""
        items = self._outer_by_entity.get(id, [])
        number = bisect_right(items, position, key=_stop_of)
        return items[number - 1] if number else None

    @cached_property
    def _outer_by_entity(self) -> Mapping[str, list[Placed]]:
        by_entity: dict[str, list[Placed]] = {}
        for item in self.outer:
            by_entity.setdefault(item.entity.id, []).append(item)
        return by_entity

    def all_within(self, at: Span) -> tuple[Placed, ...]:
        """All mentions that lie in a stretch of the text, nested ones too, by place."""
        first, last = bisect_left(self._starts, at[0]), bisect_left(self._starts, at[1])
        return tuple(item for item in self.placed[first:last] if item.stop <= at[1])

    def inside(self, item: Placed) -> tuple[Placed, ...]:
        """The other mentions that lie in a mention, by place."""
        first = bisect_left(self._starts, item.start)
        last = bisect_left(self._starts, item.stop)
        return tuple(i for i in self.placed[first:last] if i is not item and i.stop <= item.stop)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(item.start for item in self.placed)

    def organisation_ending(self, position: int) -> Placed | None:
        """The outermost organisation that ends at a position."""
        return self._organisations_by_stop.get(position)

    @cached_property
    def _organisations_by_stop(self) -> dict[int, Placed]:
        return {item.stop: item for item in reversed(self.placed) if item.entity.type in ORGANISATION_TYPES}

    def person_ending(self, position: int) -> Placed | None:
        """The person whose name, an outer mention, ends at a position."""
        return self._persons_by_stop.get(position)

    @cached_property
    def _persons_by_stop(self) -> dict[int, Placed]:
        return {item.stop: item for item in self.outer if item.entity.type is EntityType.PERSON}

    def ending_in(self, start: int, stop: int) -> list[Placed]:
        """The mentions that end in a stretch, by place, outer before inner."""
        found = (item for position in range(start, stop) for item in self._by_stop.get(position, ()))
        return sorted(found, key=lambda item: (item.start, -item.stop, item.entity.id))

    @cached_property
    def _by_stop(self) -> Mapping[int, list[Placed]]:
        by_stop: dict[int, list[Placed]] = {}
        for item in self.placed:
            by_stop.setdefault(item.stop, []).append(item)
        return by_stop

    def sentence_of(self, position: int) -> Sentence | None:
        """The sentence around a position."""
        index = bisect_right(self._sentence_starts, position) - 1
        sentence = self.article.sentences[index] if index >= 0 else None
        return sentence if sentence and position < sentence.at[1] else None

    def sentences_between(self, start: int, stop: int) -> int:
        """How many sentences further on a later position stands; 0 within one sentence."""
        return bisect_right(self._sentence_starts, stop) - bisect_right(self._sentence_starts, start)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.at[0] for sentence in self.article.sentences)

    def clause_of(self, at: Span, sentence: Span) -> Span:
        """The stretch widened to the commas around it, inside its sentence."""
        before = bisect_left(self._clause_ends, at[0]) - 1
        behind = bisect_left(self._clause_ends, at[1])
        start = self._clause_ends[before] + 1 if before >= 0 else 0
        stop = self._clause_ends[behind] if behind < len(self._clause_ends) else sentence[1]
        return min(at[0], max(start, sentence[0])), max(at[1], min(stop, sentence[1]))

    @cached_property
    def _clause_ends(self) -> tuple[int, ...]:
        return tuple(match.start() for match in _clause_end().finditer(self.article.text))

    def evidence(self, at: Span) -> Evidence:
        """The raw words of a stretch."""
        start, stop = self.article.locate(at)
        return Evidence(quote=self.page.text[start:stop], start=start, stop=stop, article=self.article.index)

    def evidence_around(self, items: Sequence[Placed], trigger: Span) -> Evidence:
        """The shortest run of clauses of one sentence that holds the trigger and the items of that sentence."""
        sentence = self.sentence_of(trigger[0])
        bounds = sentence.at if sentence else trigger
        inside = [item for item in items if bounds[0] <= item.start and item.stop <= bounds[1]]
        start = min([trigger[0], *(item.start for item in inside)])
        stop = max([trigger[1], *(item.stop for item in inside)])
        at = self.clause_of((start, stop), bounds)
        raw_start, raw_stop = self.article.locate(at)
        return self.evidence(at if raw_start < raw_stop else trigger)

    @cached_property
    def topic(self) -> Placed | None:
        """The organisation that the article is about, the default subject of its sentences.

        The organisation that the headline names, else the one that told the paper, else the first union of the opening,
        else a district in the headline, else the organisation that is named most, unions before others.
        """
        head = [i for i in self._with_holders if self._in_headline(i)]
        told = self.lexicon.pattern("source-organisation")
        opening = [i for i in self._with_holders if not self._in_headline(i)][:12]
        for choice in (
            (i for i in head if i.entity.type in ORGANISATION_TYPES),
            (i for i in opening if i.entity.type in ORGANISATION_TYPES and told.match(self.article.text, i.stop)),
            self._opening_unions(),
            (i for i in head if i.entity.type is EntityType.DISTRICT),
            self._most_named(),
            (i for i in self.outer if i.entity.type is EntityType.DISTRICT),
        ):
            found = next(choice, None)
            if found is not None:
                return found
        return None

    @cached_property
    def _with_holders(self) -> tuple[Placed, ...]:
        """The outer mentions, and behind each programme the body that its name opens with."""
        holders = {item.start: item for item in self.placed if item.entity.type in ORGANISATION_TYPES}
        found: list[Placed] = []
        for item in self.outer:
            found.append(item)
            if item.entity.type is EntityType.PROGRAMME and item.start in holders:
                found.append(holders[item.start])
        return tuple(found)

    @cached_property
    def headline(self) -> tuple[Placed, ...]:
        """The outer mentions of headline and sub-headlines."""
        return tuple(item for item in self.outer if self._in_headline(item))

    def _most_named(self) -> Iterator[Placed]:
        counts: dict[str, int] = {}
        for item in self.outer:
            if item.entity.type in ORGANISATION_TYPES:
                counts[item.entity.id] = counts.get(item.entity.id, 0) + (
                    2 if item.entity.type is EntityType.UNION else 1
                )
        best = max(counts, key=lambda id: counts[id], default=None)
        yield from (item for item in self.outer if item.entity.id == best)

    def _in_headline(self, item: Placed) -> bool:
        sentence = self.sentence_of(item.start)
        return sentence is not None and sentence.role in ("headline", "subhead")

    def _opening_unions(self) -> Iterator[Placed]:
        body = [s for s in self.article.sentences if s.role == "body"][:3]
        for sentence in body:
            for item in self._with_holders:
                inside = sentence.at[0] <= item.start and item.stop <= sentence.at[1]
                if inside and item.entity.type is EntityType.UNION and not self.led_by(item, "not-agent-before"):
                    yield item

    def led_by(self, item: Placed, words: str) -> bool:
        """True when one of a class of words stands directly before a mention."""
        before = self.article.text[max(0, item.start - 6) : item.start]
        return before.rstrip("了“").endswith(self.lexicon.words(words))

    def agent(self, position: int, sentence: Span) -> Placed | None:
        """Who acts at a position: the subject of its sentence, else the organisation that the article is about.

        The first organisation of the sentence before the position that no preposition or transitive verb governs; a
        district that acts stands for the article's organisation where that is one of its own.
        """
        if self.lexicon.pattern("personal-subject").search(self.article.text[sentence[0] : position]):
            return None
        return self.named_agent(position, sentence) or self._speaker(position, sentence) or self.topic

    def _speaker(self, position: int, sentence: Span) -> Placed | None:
        """The organisation whose officer says the sentence (某总工会主席某某表示，…)."""
        for item in self.within((sentence[0], position)):
            if item.entity.type in ORGANISATION_TYPES and self.followed_by(item, "post"):
                says = self.lexicon.pattern("officer-says").match(self.article.text, item.stop, position)
                return item if says else None
        return None

    def named_agent(self, position: int, sentence: Span) -> Placed | None:
        """The agent that the sentence itself names, in the position's own part between semicolons before others."""
        part = max(sentence[0], self.article.text.rfind(_PART_END, sentence[0], position) + 1)
        if part > sentence[0]:
            free = (i for i in self.within((part, position)) if i.entity.type in ORGANISATION_TYPES)
            own = next((i for i in free if not self.governed(i, sentence) and not self._set_aside(i)), None)
            if own is not None:
                return own
        for item in self.within((sentence[0], position)):
            kind = item.entity.type
            if (self.led_by(item, "not-agent-before") and not self._opens_list(item, sentence)) or self._set_aside(
                item
            ):
                continue
            if kind in ORGANISATION_TYPES:
                return item
            if kind is EntityType.DISTRICT and self._acts(item):
                return self._for_district(item)
        return None

    def agents(self, position: int, sentence: Span) -> tuple[Placed, ...]:
        """The agent and those named with it in one list (党委、工会)."""
        first = self.agent(position, sentence)
        if first is None:
            return ()
        joined = [first]
        for item in self.within((first.stop, position)):
            between = self.article.text[joined[-1].stop : item.start]
            if item.entity.type not in ORGANISATION_TYPES or between not in self.lexicon.word_set("list-mark"):
                break
            joined.append(item)
        return tuple(joined)

    def _opens_list(self, item: Placed, sentence: Span) -> bool:
        """首开房地、某工会|开展…: a list that opens the sentence with a name that nobody knows."""
        before = self.article.text[sentence[0] : item.start]
        return before.endswith(self.lexicon.word("comma")) and before[:-1].isalpha() and len(before) < _CALLING

    def paired(self, agents: Sequence[Placed]) -> bool:
        """True when the second of several agents stands behind 与: a partner of the first, not another doer."""
        return len(agents) > 1 and self.led_by(agents[1], "partner-mark")

    def _set_aside(self, item: Placed) -> bool:
        """True when what follows shows that an organisation only stands beside the action, as in somebody's post."""
        if self.followed_by(item, "not-agent-after") or self.followed_by(item, "post"):
            return True
        behind = self.within((item.stop, item.stop + _CALLING))
        called = self.article.text[item.stop : behind[0].start] if behind else ""
        return bool(behind) and behind[0].entity.type is EntityType.PERSON and called.isalpha()

    def subject(self, position: int, sentence: Span) -> Placed | None:
        """What a statement at a position is about: a site or programme that opens the sentence, else the agent."""
        for item in self.within((sentence[0], position)):
            kind = item.entity.type
            if kind in ORGANISATION_TYPES and not self.led_by(item, "not-agent-before"):
                break
            if kind in (EntityType.SITE, EntityType.PROGRAMME) and not self.governed(item, sentence):
                return item
        return self.agent(position, sentence)

    def governed(self, item: Placed, sentence: Span) -> bool:
        """True when a mention is the object of a verb or preposition of its clause."""
        clause = self.clause_of((item.start, item.stop), sentence)
        before = self.article.text[clause[0] : item.start]
        return bool(self.lexicon.pattern("governing").search(before)) or self.led_by(item, "not-agent-before")

    def is_event(self, item: Placed) -> bool:
        """True for a programme that numbers are about: no meeting, which only tells them, no part of a contest."""
        meeting = item.entity.name.endswith(self.lexicon.words("meeting-head"))
        event = item.entity.type is EntityType.PROGRAMME and item.mention.rule != _PART_OF_CONTEST
        return event and not meeting

    def events(self, position: int, sentence: Span) -> list[Placed]:
        """The one programme that a sentence goes on about, if any: its own last, the headline's or the latest."""
        number = bisect_right(self._events, position, key=_stop_of)
        before = self._events[max(0, number - 1) : number]
        if before and before[0].start >= sentence[0]:
            return before
        return self._headline_events[:1] or before

    def occasions(self, position: int, pattern: str) -> list[Placed]:
        """The latest programme of the article before a position, whose name matches a pattern."""
        kind = self.lexicon.pattern(pattern)
        before = [item for item in self.outer if item.entity.type is EntityType.PROGRAMME and item.start < position]
        return next(([item] for item in reversed(before) if kind.search(item.entity.name)), [])

    def let_act(self, position: int, sentence: Span) -> bool:
        """True where somebody is helped or told to do what stands at a position (指导某公司工会|开展…)."""
        start, _ = self.clause_of((position, position), sentence)
        bodies = [item for item in self.within((start, position)) if item.entity.type in ORGANISATION_TYPES]
        return bool(bodies) and self.led_by(bodies[-1], "pivot-verb")

    @cached_property
    def _events(self) -> list[Placed]:
        return [item for item in self.outer if self.is_event(item)]

    @cached_property
    def _headline_events(self) -> list[Placed]:
        return [item for item in self.headline if self.is_event(item)]

    def opens_sentence(self, item: Placed) -> bool:
        """True for the first mention of a sentence, where nothing governs it: it acts."""
        sentence = self.sentence_of(item.start)
        if sentence is None or self.governed(item, sentence.at):
            return False
        return not self.within((sentence.at[0], item.start))

    def followed_by(self, item: Placed, words: str) -> bool:
        """True when one of a class of words stands directly behind a mention."""
        return self.article.text.startswith(self.lexicon.words(words), item.stop)

    def acts(self, item: Placed) -> bool:
        """True for an organisation, and for a district that a verb follows."""
        return item.entity.type in ORGANISATION_TYPES or (item.entity.type is EntityType.DISTRICT and self._acts(item))

    def _acts(self, item: Placed) -> bool:
        return bool(self.lexicon.pattern("district-acts").match(self.article.text, item.stop))

    def _for_district(self, item: Placed) -> Placed:
        topic = self.topic
        own = topic is not None and topic.entity.type in ORGANISATION_TYPES and item.entity.name in topic.entity.name
        return topic if own and topic is not None else item

    def status(self, position: int, sentence: Span, guards: Collection[str] | None = None) -> Status | None:
        """Done, planned, or None where what stands at a position is denied, supposed or wished.

        Args:
            position: Of the verb or number.
            sentence: Around it.
            guards: Ids of those that hold; None for the default ones.
        """
        return self.guarded.status(position, sentence, guards)

    @cached_property
    def guarded(self) -> Guarded:
        """The guards of the article."""
        sentences = self.article.sentences
        actors = [self._first_actor(sentence.at) for sentence in sentences]
        return Guarded(self.article.text, sentences, self.lexicon, actors)

    def _first_actor(self, sentence: Span) -> str | None:
        """The organisation that a sentence opens with, by id."""
        first = next(iter(self.within(sentence)), None)
        acts = first is not None and first.entity.type in ORGANISATION_TYPES and not self.governed(first, sentence)
        return first.entity.id if first is not None and acts else None


def set_scenes(page: Page, articles: Sequence[Article], entities: Sequence[Entity], lexicon: Lexicon) -> list[Scene]:
    """One scene per article."""
    placed: dict[int, list[Placed]] = {article.index: [] for article in articles}
    for entity in entities:
        for mention in entity.mentions:
            placed[mention.article].append(Placed(mention, entity, *mention.at))
    for items in placed.values():
        items.sort(key=lambda item: (item.start, -item.stop, item.entity.id))
    return [Scene(page, article, tuple(placed[article.index]), lexicon) for article in articles]


def _stop_of(item: Placed) -> int:
    return item.stop


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(f"[{_CLAUSE_ENDS}]")
