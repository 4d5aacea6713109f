"""What frames leave open: pairs of names between which much speaks for a fact.

A frame states one way of saying a fact; there are many more ways than anybody writes down. So every two names that
stand in one sentence (or one of them, with the article's topic or what the sentence before is about) are looked at
once more: which kinds they are, how they stand to each other, and which kinds of verbs stand before, between and
behind them. Each of these signs is a *reason*; `kg/lexicon/pairs.toml` gives it a weight for each predicate, fitted
on annotated pages by `scripts/fit_pairs.py`. Where the probability that they add up to is large enough, it is a fact.

Source: feature-based relation extraction (Kambhatla, 2004), one sparse logistic model a predicate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp
from typing import NamedTuple

from kg.lexicon import Lexicon, alternation
from kg.lexicon.seek import compile_pattern
from kg.model import ORGANISATION_TYPES, EntityType, Fact, Predicate, Sentence
from kg.relate.domains import DOMAINS
from kg.relate.facts import state_fact
from kg.relate.scene import Placed, Scene

WEIGHTS, BIAS, LEAST = "pair", "bias", "least"
"""Prefix of the weights' names in the lexicon; the constant of a predicate; the probability that makes a fact."""

_KINDS = (
    *("run", "found", "serve", "give", "visit", "join", "win", "ally"),
    *("issue", "base", "place", "post", "say", "part", "become"),
)
_TOPICS = ORGANISATION_TYPES | {EntityType.PROGRAMME, EntityType.SITE}
_MOST_TOPICS = 3
_DISTANCES = (0, 2, 6, 15, 30)
_NEAR, _BEHIND = 8, 12
_SHORT_GAP = 4
_MANY = 3
_CLAUSE_MARKS = "，；"

Reasons = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two names of an article that some predicate may join, where they stand nearest to each other.

    Args:
        subject, object: The two mentions.
        predicates: Those that may join them.
        sentence: Where they stand, or the one of them that does not come from the context.
        here: Those of the two that stand in the sentence; not empty.
        sight: What is to be seen around them.
    """

    subject: Placed
    object: Placed
    predicates: tuple[Predicate, ...]
    sentence: Sentence
    here: tuple[Placed, ...]
    sight: _Sight

    @cached_property
    def reasons(self) -> tuple[Reasons, Reasons, Reasons]:
        """What speaks for a fact between them: signs of the object, of the subject, and of both together."""
        return self.sight.reasons(self.subject, self.object)


class Known:
    """The facts that were found before, on the articles so far: what is known need not be guessed."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.related: set[frozenset[str]] = set()
        self.settled: set[tuple[Predicate, str]] = set()
        self.placed: set[str] = set()
        self.owned: set[str] = set()
        self.covered: dict[str, str] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        """Takes facts in."""
        for fact in facts:
            self.related.add(frozenset((fact.subject, fact.object)))
            self.settled.update(((fact.predicate, fact.subject), (fact.predicate, fact.object)))
            if fact.predicate is Predicate.LOCATED_IN:
                self.placed.add(fact.subject)
            elif fact.predicate in (Predicate.FOUNDED, Predicate.OPERATES):
                self.owned.add(fact.object)
            elif fact.predicate is Predicate.COVERS:
                self.covered.setdefault(fact.subject, fact.object)


def pair_facts(scene: Scene, known: Known) -> Iterator[Fact]:
    """The facts that the weights make probable enough, without those that were found before."""
    models = _models(scene.lexicon)
    related, settled = known.related, known.settled
    sums: dict[tuple[Predicate, Reasons], float] = {}
    for pair in list_pairs(scene) if models else ():
        for predicate in pair.predicates:
            ends = pair.subject.entity.id, pair.object.entity.id
            site = pair.subject.entity.type is EntityType.SITE
            if site and predicate is Predicate.LOCATED_IN and ends[0] in known.placed:
                # A name or a frame has told where it is: the areas around that are not told of it.
                continue
            if predicate not in models or frozenset(ends) in related or _is_settled(predicate, ends, settled):
                continue
            model = models[predicate]
            for part in pair.reasons:
                if (predicate, part) not in sums:
                    sums[predicate, part] = sum(model.get(reason, 0.0) for reason in part)
            total = model[BIAS] + sum(sums[predicate, part] for part in pair.reasons)
            probable = 1.0 / (1.0 + exp(-total))
            if probable >= model[LEAST]:
                yield from _state(scene, pair, predicate, round(probable, 2))
                if predicate is Predicate.PARTNERS_WITH:
                    related.add(frozenset(ends))


def _is_settled(predicate: Predicate, ends: tuple[str, str], settled: Set[tuple[Predicate, str]]) -> bool:
    """Whether frames have told who runs a programme, or with whom a body acts: then nobody is added."""
    if predicate is Predicate.PARTNERS_WITH:
        return any((predicate, end) in settled for end in ends)
    return predicate is Predicate.RUNS and (predicate, ends[1]) in settled


def _state(scene: Scene, pair: Pair, predicate: Predicate, probable: float) -> Iterator[Fact]:
    last = max(pair.here, key=lambda item: item.start)
    status = scene.status(last.start, pair.sentence.at)
    if status is not None:
        evidence = scene.evidence_around(pair.here, last.mention.at)
        subject, object_ = pair.subject.entity, pair.object.entity
        rule = f"weighed-{predicate}"
        yield from state_fact(scene.lexicon, rule, subject, predicate, object_, evidence, status, confidence=probable)


@lru_cache(maxsize=4)
def _models(lexicon: Lexicon) -> Mapping[Predicate, Mapping[str, float]]:
    named = {predicate: lexicon.weights(f"{WEIGHTS}-{predicate}") for predicate in Predicate}
    return {predicate: weights for predicate, weights in named.items() if weights}


@lru_cache(maxsize=1)
def _joins() -> Mapping[tuple[EntityType, EntityType], tuple[Predicate, ...]]:
    """Types of subject and object → the predicates that may join them."""
    kinds = tuple(EntityType)
    return {
        (a, b): tuple(p for p, domain in DOMAINS.items() if a in domain.subjects and b in domain.objects)
        for a in kinds
        for b in kinds
    }


def list_pairs(scene: Scene) -> list[Pair]:
    """Every pair of names that some predicate may join, once each, where they stand nearest to each other."""
    best: dict[tuple[str, str], tuple[tuple[bool, int], Pair]] = {}
    context: list[Placed] = []
    for sentence in scene.article.sentences:
        sight = _Sight(scene, sentence, context)
        for a, b, here, predicates in sight.pairs():
            key = a.entity.id, b.entity.id
            rank = len(here) < len(key), abs(a.start - b.start)
            if key not in best or rank < best[key][0]:
                best[key] = rank, Pair(a, b, predicates, sentence, here, sight)
        topics = [item for item in sight.outer if item.entity.type in _TOPICS]
        context = topics[:_MOST_TOPICS] or context
    return [pair for _, pair in best.values()]


class _Verb(NamedTuple):
    start: int
    stop: int
    word: str
    kinds: tuple[str, ...]


@lru_cache(maxsize=4)
def _verbs(lexicon: Lexicon) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """A pattern for any verb of the classes, and the classes of each."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in _KINDS:
        for word in lexicon.words(f"pair-{kind}"):
            kinds[word] = (*kinds.get(word, ()), kind)
    return compile_pattern(alternation(kinds)), kinds


class _Sight:
    """A sentence with its names and verbs, and what it may go on about.

    Args:
        scene: Its article.
        sentence: The sentence.
        context: What the last sentence before was about that named anything.
    """

    def __init__(self, scene: Scene, sentence: Sentence, context: Sequence[Placed]) -> None:
        self.scene, self.sentence, self.text = scene, sentence, scene.article.text
        self.outer = scene.within(sentence.at)
        self.items = scene.all_within(sentence.at)
        self.here = {*self.items}
        self.objects: dict[Placed, Reasons] = {}
        self.subjects: dict[Placed, Reasons] = {}
        self.is_outer = {item.mention.at for item in self.outer}
        own = {item.entity.id for item in self.items}
        self.topic = scene.topic.entity.id if scene.topic else ""
        topics = [scene.topic] if scene.topic and self.topic not in own else []
        before = [item for item in context if item.entity.id not in own and item.entity.id != self.topic]
        self.context = dict.fromkeys(before, "prev") | dict.fromkeys(topics, "topic")
        self.in_headline = {item.entity.id for item in scene.headline}
        organisations = [item for item in self.outer if item.entity.type in ORGANISATION_TYPES]
        self.first_body = organisations[0].entity.id if organisations else ""
        self.bodies = [item.stop for item in organisations]
        pattern, kinds = _verbs(scene.lexicon)
        self.verbs = [_Verb(*m.span(), m[0], kinds[m[0]]) for m in pattern.finditer(self.text, *sentence.at)]
        self.verb_starts = [verb.start for verb in self.verbs]
        self.joints = scene.lexicon.words("pair-link")

    def pairs(self) -> Iterator[tuple[Placed, Placed, tuple[Placed, ...], tuple[Predicate, ...]]]:
        """Two names of which one at least stands here, those of them that do, and what may join them."""
        joins, inside = _joins(), len(self.items)
        everything = (*self.items, *self.context)
        for first, a in enumerate(everything):
            kind, id = a.entity.type, a.entity.id
            # With a name from the context only those that stand here make a pair.
            for second, b in enumerate(everything if first < inside else self.items):
                predicates = joins[kind, b.entity.type]
                if predicates and id != b.entity.id:
                    here = (a, b) if first < inside and second < inside else (a,) if first < inside else (b,)
                    yield a, b, here, predicates

    def reasons(self, a: Placed, b: Placed) -> tuple[Reasons, Reasons, Reasons]:
        """What speaks for facts between a subject and an object."""
        a_here, b_here = a in self.here, b in self.here
        of_object = self._of_object(b) if b_here else self._of_context(b, "b")
        of_subject = self._of_subject(a) if a_here else self._of_context(a, "a")
        return of_object, of_subject, tuple(dict.fromkeys(self._of_both(a, b, a_here, b_here)))

    def _between(self, start: int, stop: int) -> list[_Verb]:
        first, last = bisect_left(self.verb_starts, start), bisect_left(self.verb_starts, stop)
        return [verb for verb in self.verbs[first:last] if verb.stop <= stop]

    def _known(self, item: Placed, side: str) -> Iterator[str]:
        if item.entity.id == self.topic:
            yield f"{side} is topic"
        if item.entity.id in self.in_headline:
            yield f"{side} in headline"

    def _of_context(self, item: Placed, side: str) -> Reasons:
        return (f"{side} from {self.context[item]}", *self._known(item, side))

    def _of_object(self, b: Placed) -> Reasons:
        """Signs of the object: what stands before and behind it in its clause."""
        if b in self.objects:
            return self.objects[b]
        kind, begin = b.broad, self.sentence.at[0]
        found = [*self._known(b, "b"), f"b {'outer' if b.mention.at in self.is_outer else 'nested'}"]
        found += [f"b behind {self.text[max(begin, b.start - n) : b.start]}" for n in (1, 2)]
        found += [f"b before {self.text[b.stop : b.stop + n]}" for n in (1, 2)]
        found.append(f"b ends {b.entity.name[-2:]}")
        clause = self.scene.clause_of(b.mention.at, self.sentence.at)
        left, right = self._between(clause[0], b.start), self._between(b.stop, clause[1])
        found += [f"{kind} behind verb {verb.word}" for verb in left]
        found += [f"b behind verbs of {one}" for verb in left for one in verb.kinds]
        found += [f"{kind} behind verbs of {one}" for verb in left for one in verb.kinds]
        found += [f"{kind} before verbs of {one}" for verb in right for one in verb.kinds]
        if left:
            found.append(f"b next behind {left[-1].word}")
            near = left[-1].stop >= b.start - _NEAR
            found += [f"{kind} near behind {one}" for one in left[-1].kinds if near]
        else:
            found.append("b behind no verb")
        if right:
            found.append(f"b next before {right[0].word}")
            found += [f"{kind} near before {one}" for one in right[0].kinds if right[0].start == b.stop]
        return self.objects.setdefault(b, tuple(dict.fromkeys(found)))

    def _of_subject(self, a: Placed) -> Reasons:
        """Signs of the subject: what stands around it."""
        if a in self.subjects:
            return self.subjects[a]
        kind, begin = a.broad, self.sentence.at[0]
        found = [*self._known(a, "a"), f"a {'outer' if a.mention.at in self.is_outer else 'nested'}"]
        found += [f"a behind {self.text[max(begin, a.start - n) : a.start]}" for n in (1, 2)]
        found += [f"a before {self.text[a.stop : a.stop + n]}" for n in (1, 2)]
        found.append(f"a ends {a.entity.name[-2:]}")
        if a.entity.id == self.first_body:
            found.append("a is first body")
        near = self._between(a.stop, min(a.stop + _NEAR, self.sentence.at[1]))
        found += [f"{kind} does {one}" for verb in near[:1] for one in verb.kinds]
        return self.subjects.setdefault(a, tuple(dict.fromkeys(found)))

    def _of_both(self, a: Placed, b: Placed, a_here: bool, b_here: bool) -> Iterator[str]:
        """Signs of the two together: their kinds, and what stands between and behind them."""
        kinds = f"{a.broad}>{b.broad}"
        yield f"{a.entity.type}>{b.entity.type}"
        yield f"{kinds} {'here' if a_here else self.context[a]} {'here' if b_here else self.context[b]}"
        yield f"in {self.sentence.role}"
        if not (a_here and b_here):
            yield f"other bodies {bool(self.bodies)}"
            yield f"body before {b_here and any(stop <= b.start for stop in self.bodies)}"
            return
        first, second = (a, b) if (a.start, -a.stop) <= (b.start, -b.stop) else (b, a)
        order = "ab" if first is a else "ba"
        if second.stop <= first.stop:
            yield f"{kinds} {order} nested"
            return
        yield from self._gap(first, second, order, kinds)

    def _gap(self, first: Placed, second: Placed, order: str, kinds: str) -> Iterator[str]:
        between = self.text[first.stop : second.start]
        yield f"{order}"
        yield f"{order} distance {bisect_left(_DISTANCES, len(between))}"
        yield f"{order} clauses {min(_MANY, sum(between.count(mark) for mark in _CLAUSE_MARKS))}"
        middle = [item for item in self.outer if first.stop <= item.start and item.stop <= second.start]
        yield f"{order} names between {min(_MANY, len(middle))}"
        yield from (f"{order} over {kind}" for kind in sorted({item.broad for item in middle}))
        if len(between) <= _SHORT_GAP and not middle:
            yield f"{order} with {between}"
        verbs = self._between(first.stop, second.start)
        yield from (f"{order} verb {verb.word}" for verb in verbs)
        for one in sorted({kind for verb in verbs for kind in verb.kinds}):
            yield f"{order} verbs of {one}"
            yield f"{kinds} {order} verbs of {one}"
        if verbs:
            yield f"{order} first verb {verbs[0].word}"
            yield f"{order} last verb {verbs[-1].word}"
        else:
            yield f"{kinds} {order} no verb"
        behind = self._between(second.stop, min(second.stop + _BEHIND, self.sentence.at[1]))
        for one in sorted({kind for verb in behind for kind in verb.kinds}):
            yield f"{kinds} {order} then verbs of {one}"
        yield from (f"{order} joint {joint}" for joint in self.joints if joint in between)
