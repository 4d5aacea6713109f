"""Frames: ordinary regular expressions over a sentence in which each mention is one private-use character.

`<o:Programme>` matches a mention of a type and names it; `<o:Programme+>` a list of them (A、B和C); `<Org>` any of the
five types that act, `<Any>` all types; `<~12>` up to twelve characters without punctuation, organisation, programme or
person, `<,40>` up to forty that may cross commas but no organisation or person. `{{id}}` stands for a class of words.
A missing subject is the acting organisation; so is a missing object, but where somebody takes part: there it is the
programme that the sentence goes on about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import Lexicon
from kg.lexicon.seek import Regex, Screen
from kg.model import ORGANISATION_TYPES, EntityType, Fact, Predicate, Span
from kg.relate.facts import read_fact
from kg.relate.guards import guard_ids
from kg.relate.scene import Placed, Scene

_FIRST = 0xE000
CODES = {kind: chr(_FIRST + number) for number, kind in enumerate(EntityType)}
CLASSES = {
    **{kind.value: CODES[kind] for kind in EntityType},
    "Org": "".join(CODES[kind] for kind in EntityType if kind in ORGANISATION_TYPES),
    "Any": "".join(CODES.values()),
}
_OVERRULED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "found-object": ("found-pivot",),
    }
)
SLOT = re.compile(r"(?<!\?P)<(?:(?P<name>[so]):)?(?P<types>[A-Za-z|]+)(?P<many>\+?)>|<~(?P<gap>\d+)>|<,(?P<wide>\d+)>")


@dataclass(frozen=True)
class Frame:
    """One way of stating a fact.

    Args:
        id: Name of the rule in the facts.
        predicate: What it states.
        expression: Over encoded sentences, with groups `s` and `o`; where one is missing the agent stands for it.
        inverse: True where the pattern's `s` is the object.
        free: True where a subject that some verb governs does not count.
        guards: Ids of the guards that hold.
        occasion: What kind of programme is meant where the sentence does not name it: `occasion-…` fits its name.
        examples, counterexamples: Sentences in which it must, and must not, find a fact.
    """

    id: str
    predicate: Predicate
    expression: Regex
    inverse: bool = False
    free: bool = False
    guards: frozenset[str] = frozenset()
    occasion: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression compiled, when a sentence first holds what the frame needs."""
        return self.expression.pattern


class Frames(tuple[Frame, ...]):
    """The frames of a lexicon."""

    def for_sentence(self, text: str) -> list[Frame]:
        """Those that may match an encoded sentence."""
        return [self[number] for number in self._screen.passing(text)]

    @cached_property
    def _screen(self) -> Screen:
        return Screen([frame.expression.needs for frame in self])


@lru_cache(maxsize=4)
def read_frames(lexicon: Lexicon) -> Frames:
    """The frames of a lexicon.

    Raises:
        LexiconError: A frame lacks a field, or its pattern names an unknown type or class.
    """
    return Frames(_read_frame(table, lexicon) for table in lexicon.frames)


def _read_frame(table: Mapping[str, Any], lexicon: Lexicon) -> Frame:
    try:
        joint = lexicon.specs["list-joint"].regex
        pattern = SLOT.sub(lambda match: _expand_slot(match, joint), table["pattern"])
        expression = lexicon.read_regex(pattern)
        expression.parse()
        return Frame(
            id=table["id"],
            predicate=Predicate(table["predicate"]),
            expression=expression,
            inverse=bool(table.get("inverse", False)),
            free=bool(table.get("free", False)),
            guards=guard_ids(table.get("guards"), lexicon),
            occasion=table.get("occasion", ""),
            examples=tuple(table["examples"]),
            counterexamples=tuple(table["counterexamples"]),
        )
    except re.error as error:
        raise LexiconError(f"not a regular expression ({error})", subject=table["id"]) from error
    except (KeyError, ValueError) as error:
        raise LexiconError(f"broken frame ({error})", subject=table["id"], hint="See kg/lexicon/frames.toml") from error


def _expand_slot(match: re.Match[str], joint: str) -> str:
    if match["gap"]:
        return f"[^，。；！？\n{CLASSES['Org']}{CLASSES['Programme']}{CLASSES['Person']}]{{0,{match['gap']}}}?"
    if match["wide"]:
        return f"[^。！？\n{CLASSES['Org']}{CLASSES['Person']}]{{0,{match['wide']}}}?"
    kinds = "[" + "".join(CLASSES[name] for name in match["types"].split("|")) + "]"
    inner = f"{kinds}(?:{joint}{kinds})*" if match["many"] else kinds
    return f"(?P<{match['name']}>{inner})" if match["name"] else f"(?:{inner})"


@dataclass(frozen=True)
class Encoded:
    """A sentence with its mentions folded.

    Args:
        text: The encoded sentence.
        at: Place of the sentence in the article.
        origins: Start in the article's text of each encoded character, and one more for the end.
        items: Encoded position → mention.
    """

    text: str
    at: Span
    origins: tuple[int, ...]
    items: Mapping[int, Placed]

    def items_in(self, span: Span) -> list[Placed]:
        """Mentions in an encoded stretch."""
        return [self.items[i] for i in range(*span) if i in self.items]

    def place(self, span: Span) -> Span:
        """An encoded stretch in the article's text."""
        return self.origins[span[0]], self.origins[span[1]]


def encode_sentence(scene: Scene, at: Span) -> Encoded:
    """Folds the outer mentions of a sentence into one character each."""
    chars: list[str] = []
    origins: list[int] = []
    items: dict[int, Placed] = {}
    position = at[0]
    for item in (*scene.within(at), None):
        stop = item.start if item else at[1]
        chars.extend(scene.article.text[position:stop])
        origins.extend(range(position, stop))
        if item:
            items[len(chars)] = item
            chars.append(CODES[item.entity.type])
            origins.append(item.start)
            position = item.stop
    return Encoded("".join(chars), at, (*origins, at[1]), items)


def frame_facts(scene: Scene, frames: Frames) -> Iterator[Fact]:
    """What the frames find in an article, sentence by sentence."""
    for sentence in scene.article.sentences:
        encoded = encode_sentence(scene, sentence.at)
        if not encoded.items:
            continue
        found = [
            fact
            for frame in frames.for_sentence(encoded.text)
            for match in frame.regex.finditer(encoded.text)
            for fact in _facts_of(scene, frame, encoded, match)
        ]
        # What a programme or site of the sentence does for a group is not also the agent's own service, and what
        # somebody is helped to found is founded by them alone.
        better = {rule: {f.object for f in found if f.rule in over} for rule, over in _OVERRULED.items()}
        yield from (f for f in found if f.object not in better.get(f.rule, ()))


def _facts_of(scene: Scene, frame: Frame, encoded: Encoded, match: re.Match[str]) -> Iterator[Fact]:
    trigger = encoded.place(match.span())
    anchor = encoded.place(match.span("v"))[0] if "v" in frame.regex.groupindex else trigger[0]
    status = scene.status(anchor, encoded.at, frame.guards)
    if status is None:
        return
    if "s" in frame.regex.groupindex:
        subjects = subjects_named(scene, frame, encoded.items_in(match.span("s")), encoded.at, anchor)
    else:
        subjects = subjects_acting(scene, frame, encoded.at, anchor)
    if "o" in frame.regex.groupindex:
        objects = encoded.items_in(match.span("o"))
    else:
        objects = objects_implied(scene, frame, encoded.at, anchor)
    if frame.predicate is Predicate.PARTNERS_WITH:
        if _led_along(scene, subjects, objects):
            return
        subjects = _other_side(scene, subjects, objects)
    for subject, object_ in _pairs(frame, subjects, objects):
        yield from read_fact(scene, frame.id, subject, frame.predicate, object_, trigger, status)


def subjects_named(scene: Scene, frame: Frame, subjects: list[Placed], sentence: Span, anchor: int) -> list[Placed]:
    """Those in the subject slot that may be meant."""
    if frame.free and subjects and scene.governed(subjects[0], sentence):
        # Those who are listed behind the first one are governed as it is.
        subjects = []
    if frame.predicate is Predicate.RECEIVED:
        winners = [item for item in subjects if not _for_people(scene, item, anchor) and not _only_where(scene, item)]
        # A contest and who won in it are no list.
        others = [item for item in winners if item.entity.type is not EntityType.PROGRAMME]
        return others or winners
    if frame.predicate is Predicate.OPERATES:
        return [_owner(scene, item) for item in subjects[:1]]
    return subjects


def subjects_acting(scene: Scene, frame: Frame, sentence: Span, anchor: int) -> list[Placed]:
    """The agents; for a service, the site or programme that the sentence is about before them."""
    agents = list(scene.agents(anchor, sentence))
    if frame.predicate is Predicate.RUNS and scene.let_act(anchor, sentence):
        return []
    if frame.predicate is not Predicate.SERVES:
        return agents
    about = scene.subject(anchor, sentence)
    if about and about not in agents:
        return [about]
    return agents[:1] if scene.paired(agents) else agents


def objects_implied(scene: Scene, frame: Frame, sentence: Span, anchor: int) -> list[Placed]:
    """What a frame without an object means: the programme that somebody takes part in, else those who act."""
    if frame.occasion:
        return scene.occasions(anchor, f"occasion-{frame.occasion}")
    if frame.predicate is Predicate.TAKES_PART_IN:
        return scene.events(anchor, sentence)
    return list(scene.agents(anchor, sentence))


def _other_side(scene: Scene, subjects: list[Placed], objects: list[Placed]) -> list[Placed]:
    """Who partners the objects: those who act, or the article's organisation where they act alone (由某大学协办)."""
    apart = {item.entity.id for item in subjects} - {item.entity.id for item in objects}
    return subjects if apart or len(objects) > 1 or scene.topic is None else [scene.topic]


def _led_along(scene: Scene, subjects: list[Placed], objects: list[Placed]) -> bool:
    """True for three or more behind 与 or 会同: the one who leads is the partner of each."""
    everyone = sorted({item.start: item for item in (*subjects, *objects)}.items())
    return len(everyone) > 2 and scene.led_by(everyone[0][1], "coverb")


def _pairs(frame: Frame, subjects: list[Placed], objects: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Subject and object of each fact, the right way round."""
    if frame.predicate is Predicate.PARTNERS_WITH:
        yield from _partner_pairs(subjects, objects)
    else:
        pairs = product(subjects, objects)
        yield from ((object_, subject) for subject, object_ in pairs) if frame.inverse else pairs


def _for_people(scene: Scene, item: Placed, anchor: int) -> bool:
    """True when counted people stand between a body and the award."""
    return bool(scene.lexicon.pattern("counted-people").search(scene.article.text[item.stop : anchor]))


def _only_where(scene: Scene, item: Placed) -> bool:
    """True for a contest in which somebody wins (在本届大赛中)."""
    return item.entity.type is EntityType.PROGRAMME and scene.led_by(item, "not-agent-before")


def _owner(scene: Scene, item: Placed) -> Placed:
    """The company behind its Party committee or union: what they look after is the company's."""
    if item.entity.type not in (EntityType.UNION, EntityType.PUBLIC_BODY):
        return item
    hosts = [
        h for h in scene.placed if h.entity.type is EntityType.COMPANY and item.entity.name.startswith(h.entity.name)
    ]
    return max(hosts, key=lambda h: len(h.entity.name), default=item)


def _partner_pairs(left: list[Placed], right: list[Placed]) -> list[tuple[Placed, Placed]]:
    """Each pair of up to three partners; with more, the first with each other one."""
    everyone = list({item.entity.id: item for item in [*left, *right]}.values())
    return list(combinations(everyone, 2)) if len(everyone) <= 3 else [(everyone[0], item) for item in everyone[1:]]
