"""Whose number it is: what speaks for each thing that the article names.

A number belongs to one of the organisations, programmes, sites, districts, persons and documents around it, and Chinese
news rarely says to which: many signs speak for one or the other, none of them alone. Each sign is a *reason*, a short
phrase such as `Programme, clause`; `kg/lexicon/subjects.toml` gives it a weight, and the candidate whose reasons weigh
most is the subject. The weights are fitted on annotated pages by `scripts/fit_subjects.py`.

Source: ranking antecedents by a log-linear model (Denis and Baldridge, 2008), here for the subjects of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp
from typing import NamedTuple

from kg.model import ORGANISATION_TYPES, EntityType, Quantity, Span
from kg.relate.guesses import Guess
from kg.relate.scene import Placed, Scene

WEIGHTS, CHOICE, NAMED = "subject", "subject-choice", "named"
"""The weights of the reasons; and how often the right subject is among the candidates."""

_SUBJECTS = ORGANISATION_TYPES | {
    EntityType.PROGRAMME,
    EntityType.SITE,
    EntityType.DISTRICT,
    EntityType.PERSON,
    EntityType.DOCUMENT,
}
_MOST = 9
_OFTEN = 3
_LAST_RANK = 5
_FAR = 2
_EVEN = 0.5


class Point(NamedTuple):
    """A number where it stands, and the number before it.

    Args:
        scene: Its article.
        quantity: The number.
        sentence, clause: The stretches around it.
        last: Entity id of the subject of the number before, None for the first of the article.
        last_sentence: Where the number before stands.
        guess: Whose number single signs say it is.
    """

    scene: Scene
    quantity: Quantity
    sentence: Span
    clause: Span
    last: str | None = None
    last_sentence: Span | None = None
    guess: Guess | None = None


class Candidate(NamedTuple):
    """A thing that a number may belong to.

    Args:
        item: Its last mention before the number, or one behind it in the clause.
        reasons: What speaks for or against it, each once.
    """

    item: Placed
    reasons: tuple[str, ...]


def weigh_candidates(point: Point) -> tuple[Placed, float] | None:
    """The subject of a number and how probable it is, in (0, 1); None where the article names no candidate."""
    weights = point.scene.lexicon.weights(WEIGHTS)
    named = point.scene.lexicon.weights(CHOICE).get(NAMED, 1.0)
    found = list_candidates(point)
    if not found:
        return None
    sums = [sum(weights.get(reason, 0.0) for reason in candidate.reasons) for candidate in found]
    top = max(sums)
    powers = [exp(weight - top) for weight in sums]
    best = sums.index(top)
    if sum(powers) > 1 / _EVEN and point.guess is not None:
        # Less probable than not: what a single sign says is right more often.
        return point.guess.item, named * _EVEN
    return found[best].item, named * powers[best] / sum(powers)


def list_candidates(point: Point) -> list[Candidate]:
    """The things that may be the subject, the nearest first; empty where the article names none.

    They are the nine that were named last, the article's topic, the subject of the number before, what a single sign
    says, and programmes that the clause names behind the number.
    """
    scene, start = point.scene, point.quantity.at[0]
    named: dict[str, Placed] = {}
    for item in scene.latest_before(start):
        if item.entity.type in _SUBJECTS:
            named.setdefault(item.entity.id, item)
        if len(named) == _MOST:
            break
    found, topic = named, scene.topic
    guessed = point.guess.item.entity.id if point.guess else None
    for id in (point.last, topic.entity.id if topic else None, guessed):
        latest = scene.latest_of(id, start) if id else None
        if latest is not None and latest.entity.type in _SUBJECTS:
            found.setdefault(latest.entity.id, latest)
    for item in scene.within((point.quantity.at[1], point.clause[1])):
        if item.entity.type is EntityType.PROGRAMME:
            found.setdefault(item.entity.id, item)
    for given in (topic, point.guess.item if point.guess else None):
        if given is not None:
            found.setdefault(given.entity.id, given)
    items = sorted(found.values(), key=lambda placed: (-placed.start, placed.entity.id))
    around = _Around(point, items)
    return [Candidate(item, tuple(dict.fromkeys(around.reasons(item, rank)))) for rank, item in enumerate(items)]


class _Around:
    """What the reasons of all candidates of one number look at, read once."""

    def __init__(self, point: Point, items: Sequence[Placed]) -> None:
        scene, start = point.scene, point.quantity.at[0]
        text, lexicon = scene.article.text, scene.lexicon
        self.point, self.scene, self.items = point, scene, items
        self.topic = scene.topic.entity.id if scene.topic else None
        self.in_headline = {item.entity.id for item in scene.headline}
        self.broads = [item.broad for item in items]
        own = [item for item in scene.within(point.sentence) if item.entity.type in _SUBJECTS]
        self.first_of_sentence = own[0].entity.id if own else None
        before = any(item.start < start for item in own)
        same = point.last_sentence == point.sentence
        self.after_last = "same sentence" if same else "sentence names others" if before else "sentence names nobody"
        self.silent = not own
        opening = text[point.clause[0] : start]
        self.manner = [word for word in ("whole-area", "so-far") if lexicon.pattern(f"number-{word}").search(opening)]
        self.sort = _sort(point)
        verb = lexicon.pattern("metric-strong-verb").search(point.quantity.metric)
        self.verb = verb[0] if verb else ""
        agent, named = scene.agent(start, point.sentence), scene.named_agent(start, point.sentence)
        self.agents = {
            name: item.entity.id for name, item in (("agent", agent), ("named agent", named)) if item is not None
        }

    def reasons(self, item: Placed, rank: int) -> Iterator[str]:
        """What speaks for or against one candidate; the first part of most reasons is its broad type."""
        broad, id, place = self.broads[rank], item.entity.id, self._place(item)
        yield item.entity.type.value
        yield f"{broad}, {place}"
        yield f"{broad}, number of {self.sort}"
        yield f"{broad}, verb {self.verb}"
        yield from (f"{name}" for name, one in self.agents.items() if one == id)
        if (guess := self.point.guess) is not None and guess.item.entity.id == id:
            yield f"guess by {guess.way}"
            yield f"{broad}, guess by {guess.way}"
        if id == self.topic:
            yield f"{broad}, topic"
            yield f"topic, {place}"
        if id in self.in_headline:
            yield f"{broad}, in headline"
        if id == self.point.last:
            yield f"last subject, {self.after_last}"
            yield f"{broad}, last subject, {self.after_last}"
        if place in ("clause", "sentence"):
            yield from self._standing(item, broad, place)
        yield from self._rank(item, broad, rank)
        yield from (f"{broad}, {word}" for word in self.manner)
        if self.silent:
            yield f"{broad}, {place}, sentence names nobody"
        yield f"{broad}, first named {self._place(self.scene.first_mentions.get(id, item))}"
        if self.scene.mention_counts[id] >= _OFTEN:
            yield f"{broad}, named often"
        if item.entity.name in self.point.quantity.metric:
            yield f"{broad}, in metric"
        if item.entity.type is EntityType.PROGRAMME and self.scene.is_event(item):
            yield "Programme, event"

    def _standing(self, item: Placed, broad: str, place: str) -> Iterator[str]:
        """How it stands in its own sentence."""
        if self.scene.governed(item, self.point.sentence):
            yield f"{broad}, {place}, governed"
        elif not self.scene.led_by(item, "not-agent-before"):
            yield f"{broad}, {place}, free"
        if item.entity.id == self.first_of_sentence:
            yield f"{broad}, first of sentence"
        if item.start == self.point.clause[0]:
            yield f"{broad}, opens clause"

    def _rank(self, item: Placed, broad: str, rank: int) -> Iterator[str]:
        """What stands between it and the number."""
        between = self.broads[:rank]
        if broad not in between:
            yield f"{broad}, nearest of its kind"
        if not rank:
            yield f"{broad}, nearest"
        yield f"{broad}, {min(rank, _LAST_RANK)} between"
        yield from (f"{broad}, before a {other}" for other in sorted(set(between)))
        text, start = self.scene.article.text, self.point.quantity.at[0]
        yield f"{broad}, behind {text[max(0, item.start - 1) : item.start]}"
        if item.stop <= start:
            yield f"{broad}, {min(text.count(chr(10), item.stop, start), _FAR)} paragraphs back"

    def _place(self, item: Placed) -> str:
        """Where a mention stands, seen from the number."""
        start = self.point.quantity.at[0]
        if item.start > start:
            return "behind"
        if item.start >= self.point.clause[0]:
            return "clause"
        if item.start >= self.point.sentence[0]:
            return "sentence"
        sentence = self.scene.sentence_of(item.start)
        if sentence is None or sentence.role in ("headline", "subhead"):
            return "headline"
        back = self.scene.sentences_between(item.start, start)
        return f"{back} back" if back <= _FAR else "far back"


def _sort(point: Point) -> str:
    """What sort of number it is."""
    quantity, lexicon = point.quantity, point.scene.lexicon
    if quantity.unit in lexicon.word_set("unit-people"):
        return "people"
    return "bodies" if quantity.unit in lexicon.word_set("unit-bodies") else quantity.kind.value
