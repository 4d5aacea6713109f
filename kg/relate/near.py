"""How near the frames came to a fact between two entities of a sentence, and what was in the way.

A frame is tried as it stands, then with gaps of any length and content, then with slots of any type; then its trigger,
subject and object alone. Every step that was needed leaves an obstacle that names what to change in the frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from kg.lexicon import Lexicon
from kg.model import Entity, EntityType, Predicate, Span
from kg.relate.domains import DOMAINS
from kg.relate.frames import (
    CLASSES,
    CODES,
    SLOT,
    Encoded,
    Frame,
    encode_sentence,
    objects_implied,
    read_frames,
    subjects_acting,
    subjects_named,
)
from kg.relate.guards import Effect
from kg.relate.scene import Scene

_SUBJECT, _OBJECT = "\uf000", "\uf001"
"""What stands for a mention in the subject slot of the pattern, and in its object slot."""

_GAP = re.compile(r"<~(?P<gap>\d+)>|<,(?P<wide>\d+)>|(?<!\(\?[!=])\[\^(?P<marks>[^\]]*)\]\{\d+,(?P<free>\d+)\}\??")
_TRIGGER = "(?P<v>"
_ANYTHING = "[^。！？\n]*?"
_LOOKAROUND = re.compile(r"\(\?<?[!=][^()]*\)")
_PLACEHOLDER = re.compile(r"\{\{([\w-]+)\}\}")
_MARKS = "，；、：（）"


class Reason(StrEnum):
    """What may be in the way of a fact; the weight of each is its place."""

    TAKEN = "taken"
    GUARD = "guard"
    LONG = "long"
    MARK = "mark"
    AGENT = "agent"
    GOVERNED = "governed"
    CROSSED = "crossed"
    TYPE = "type"
    WORDS = "words"
    ORDER = "order"
    TRIGGER = "trigger"


_WEIGHT = {reason: 1 + number // 2 for number, reason in enumerate(Reason)} | {Reason.TRIGGER: 9}


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way.

    Args:
        reason: What sort of thing.
        words: What it is about: names, the words of a guard, a gap and its limit.
    """

    reason: Reason
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Near:
    """A frame that does not state a fact between two entities.

    Args:
        frame: Its id.
        pattern: As in the lexicon.
        predicate: What it would state.
        subject, object: Of that fact.
        obstacles: What was in the way, the least first.
    """

    frame: str
    pattern: str
    predicate: Predicate
    subject: Entity
    object: Entity
    obstacles: tuple[Obstacle, ...]

    @property
    def cost(self) -> int:
        """How far it is from a fact."""
        return sum(_WEIGHT[obstacle.reason] for obstacle in self.obstacles)


def joining(one: Entity, other: Entity) -> list[Predicate]:
    """The predicates that may join two entities, either way round."""
    pairs = ((one.type, other.type), (other.type, one.type))
    return [p for p, fit in DOMAINS.items() if any(s in fit.subjects and o in fit.objects for s, o in pairs)]


def near_frames(scene: Scene, sentence: Span, one: Entity, other: Entity) -> list[Near]:
    """The frames of a sentence that come near a fact between two entities, the nearest first.

    Of those of a predicate whose trigger is missing only the first is told.
    """
    encoded = encode_sentence(scene, sentence)
    found: dict[str, Near] = {}
    for table, frame in zip(scene.lexicon.frames, read_frames(scene.lexicon), strict=True):
        fit = DOMAINS[frame.predicate]
        for subject, object_ in ((one, other), (other, one)):
            if subject.type in fit.subjects and object_.type in fit.objects:
                near = _Try(scene, encoded, table, frame, subject, object_).result()
                if near is not None and (frame.id not in found or near.cost < found[frame.id].cost):
                    found[frame.id] = near
    return _without_repeats(sorted(found.values(), key=lambda near: near.cost))


def _without_repeats(ranked: Sequence[Near]) -> list[Near]:
    seen: set[Predicate] = set()
    kept = []
    for near in ranked:
        if any(obstacle.reason is Reason.TRIGGER for obstacle in near.obstacles):
            if near.predicate in seen:
                continue
            seen.add(near.predicate)
        kept.append(near)
    return kept


class _Try:
    """One frame tried on one sentence for one pair."""

    def __init__(
        self, scene: Scene, encoded: Encoded, table: Mapping[str, Any], frame: Frame, subject: Entity, object_: Entity
    ) -> None:
        self.scene, self.encoded, self.frame = scene, encoded, frame
        self.pattern: str = table["pattern"]
        self.subject, self.object = subject, object_
        # Who stands in the slots `s` and `o` of the pattern.
        self.filler = dict(zip("so", (object_, subject) if frame.inverse else (subject, object_), strict=True))
        self.slots = {m["name"]: m["types"] for m in SLOT.finditer(self.pattern) if m["name"]}
        self.text = self._marked()

    def result(self) -> Near | None:
        """None where one of the two is not where the frame could find it."""
        marks = {"s": _SUBJECT, "o": _OBJECT}
        if not self.slots or any(marks[name] not in self.text for name in self.slots):
            return None
        obstacles = sorted(self._obstacles(), key=lambda obstacle: list(Reason).index(obstacle.reason))
        if not obstacles:
            obstacles = [Obstacle(Reason.TAKEN)]
        return Near(self.frame.id, self.pattern, self.frame.predicate, self.subject, self.object, tuple(obstacles))

    def _marked(self) -> str:
        """The encoded sentence in which the two of the pair have marks of their own."""
        marks = {self.filler["o"].id: _OBJECT, self.filler["s"].id: _SUBJECT}
        chars = list(self.encoded.text)
        for place, item in self.encoded.items.items():
            chars[place] = marks.get(item.entity.id, chars[place])
        return "".join(chars)

    def _obstacles(self) -> Iterator[Obstacle]:
        exact = self._search(loose=False, any_type=False)
        if exact is not None:
            yield from self._around(exact)
            return
        misfits = list(self._misfits())
        loose = self._search(loose=True, any_type=bool(misfits))
        if loose is not None:
            yield from misfits
            yield from self._gaps(loose)
            yield from self._around(loose)
            return
        yield from misfits
        yield from self._apart()

    def _search(self, *, loose: bool, any_type: bool) -> re.Match[str] | None:
        kinds = self.filler["s"].type, self.filler["o"].type
        regex = _variant(self.scene.lexicon, self.pattern, kinds, loose, any_type)
        return regex.search(self.text)

    def _misfits(self) -> Iterator[Obstacle]:
        """The slots that do not take the type of the one who should stand there."""
        for name, types in self.slots.items():
            entity = self.filler[name]
            if CODES[entity.type] not in "".join(CLASSES[kind] for kind in types.split("|")):
                yield Obstacle(Reason.TYPE, (entity.name, str(entity.type), types))

    def _gaps(self, match: re.Match[str]) -> Iterator[Obstacle]:
        """What fills the gaps of a loose match and may not."""
        for number, (limit, closed) in enumerate(_limits(self.pattern)):
            start, stop = match.span(f"gap{number}")
            if stop <= start:
                continue
            told = self._plain((start, stop))
            marks = [mark for mark in _MARKS if mark in self.text[start:stop] and mark in closed]
            if marks:
                yield Obstacle(Reason.MARK, (told, " ".join(marks)))
            for place in range(start, stop):
                item = self.encoded.items.get(place)
                if item is not None and CODES[item.entity.type] in closed:
                    yield Obstacle(Reason.CROSSED, (told, item.entity.name))
            if stop - start > limit:
                yield Obstacle(Reason.LONG, (told, str(stop - start), str(limit)))

    def _plain(self, span: Span) -> str:
        return self.scene.article.text[slice(*self.encoded.place(span))].replace("\n", "")

    def _around(self, match: re.Match[str]) -> Iterator[Obstacle]:
        """What stops a frame whose words all stand there."""
        trigger = match.span("v") if "v" in match.re.groupindex and match["v"] is not None else match.span()
        anchor = self.encoded.place(trigger)[0]
        yield from self._guard(anchor)
        yield from self._agent(anchor)
        if "s" in self.slots:
            named = [i for i in self.encoded.items_in(match.span("s")) if i.entity.id == self.filler["s"].id]
            if named and not subjects_named(self.scene, self.frame, named, self.encoded.at, anchor):
                yield Obstacle(Reason.GOVERNED, (self.filler["s"].name,))

    def _guard(self, anchor: int) -> Iterator[Obstacle]:
        decisive = self.scene.guarded.decisive(anchor, self.encoded.at, self.frame.guards)
        if decisive is not None and decisive.guard.effect is Effect.NONE:
            yield Obstacle(Reason.GUARD, (decisive.guard.id, self.scene.article.text[slice(*decisive.at)]))

    def _agent(self, anchor: int) -> Iterator[Obstacle]:
        """Whether the one without a slot is who acts."""
        for name, implied in (("s", subjects_acting), ("o", objects_implied)):
            if name not in self.slots:
                found = implied(self.scene, self.frame, self.encoded.at, anchor)
                if self.filler[name].id not in {item.entity.id for item in found}:
                    names = "、".join(dict.fromkeys(item.entity.name for item in found))
                    yield Obstacle(Reason.AGENT, (self.filler[name].name, names))

    def _apart(self) -> Iterator[Obstacle]:
        """What is missing where not even the gaps help: the trigger, the order, or the words around them."""
        trigger = _trigger(self.pattern)
        found = list(re.compile(self.scene.lexicon.spell_out(trigger)).finditer(self.text)) if trigger else []
        order = [name for name in _order(self.pattern) if name != "v" or found]
        right = self._in_order(order, trigger)
        place = self.encoded.place(right.span("v"))[0] if right and found else None
        if place is None:
            present = self.text.index(_SUBJECT if "s" in self.slots else _OBJECT)
            place = self.encoded.place(found[0].span())[0] if found else self.encoded.origins[present]
        yield from self._agent(place)
        if not found:
            yield Obstacle(Reason.TRIGGER, trigger_words(trigger, self.scene.lexicon))
        else:
            yield from self._guard(place)
        if right is None:
            yield Obstacle(Reason.ORDER, tuple(self._name(name, found) for name in order))
        elif found:
            yield Obstacle(Reason.WORDS, (right["v"],))

    def _in_order(self, order: Sequence[str], trigger: str) -> re.Match[str] | None:
        """Where subject, trigger and object stand in the order of the pattern, whatever is between them."""
        parts = {"s": _SUBJECT, "o": _OBJECT, "v": f"(?P<v>{self.scene.lexicon.spell_out(trigger)})"}
        return re.compile(_ANYTHING.join(parts[name] for name in order)).search(self.text)

    def _name(self, name: str, found: Sequence[re.Match[str]]) -> str:
        return found[0][0] if name == "v" else self.filler[name].name


@lru_cache(maxsize=4096)
def _variant(
    lexicon: Lexicon, pattern: str, kinds: tuple[EntityType, EntityType], loose: bool, any_type: bool
) -> re.Pattern[str]:
    """The regular expression of a frame whose named slots must hold the marks of the pair.

    Args:
        lexicon: For classes of words.
        pattern: As in the lexicon.
        kinds: The types of those in the slots `s` and `o`.
        loose: True for gaps of any length and content, as groups `gap0`, `gap1` …
        any_type: True for named slots that take the pair whatever its types.
    """
    joint = lexicon.specs["list-joint"].regex
    own = dict(zip("so", kinds, strict=True))
    marks = {"s": _SUBJECT, "o": _OBJECT}

    def widened(classes: str) -> str:
        return classes + "".join(marks[name] for name, kind in own.items() if CODES[kind] in classes)

    def slot(match: re.Match[str]) -> str:
        if match["gap"] or match["wide"]:
            return f"[^{widened(_closed(match['gap'] is not None))}]{{0,{match['gap'] or match['wide']}}}?"
        classes = widened("".join(CLASSES[kind] for kind in match["types"].split("|")))
        name = match["name"]
        if not name:
            return f"(?:[{classes}](?:{joint}[{classes}])*)" if match["many"] else f"[{classes}]"
        mark = marks[name] if any_type or marks[name] in classes else "(?!)"
        listed = f"(?:[{classes}]{joint})*?{mark}(?:{joint}[{classes}])*" if match["many"] else mark
        return f"(?P<{name}>{listed})"

    if loose:
        numbers = iter(range(len(_limits(pattern))))
        pattern = _GAP.sub(lambda _: f"(?P<gap{next(numbers)}>{_ANYTHING})", pattern)
    return re.compile(lexicon.spell_out(SLOT.sub(slot, pattern)))


def _closed(narrow: bool) -> str:
    """What may not stand in a gap: `<~12>` is narrow, `<,40>` is not."""
    people = CLASSES["Org"] + CLASSES["Person"]
    return "，。；！？\n" + people + CLASSES["Programme"] if narrow else "。！？\n" + people


def _limits(pattern: str) -> list[tuple[int, str]]:
    """For each gap of a pattern how long it may be, and what may not stand in it."""
    return [
        (int(m["gap"] or m["wide"] or m["free"]), m["marks"] if m["free"] else _closed(m["gap"] is not None))
        for m in _GAP.finditer(pattern)
    ]


def _trigger(pattern: str) -> str:
    """What stands in the group `v` of a pattern; empty for one whose words need no verb."""
    if _TRIGGER not in pattern:
        return ""
    start = pattern.index(_TRIGGER) + len(_TRIGGER)
    depth = 1
    for stop in range(start, len(pattern)):
        depth += {"(": 1, ")": -1}.get(pattern[stop], 0)
        if not depth:
            return pattern[start:stop]
    return pattern[start:]


def _order(pattern: str) -> list[str]:
    """The slots and the trigger of a pattern in their order."""
    places = {m["name"]: m.start() for m in SLOT.finditer(pattern) if m["name"]}
    if _TRIGGER in pattern:
        places["v"] = pattern.index(_TRIGGER)
    return sorted(places, key=lambda name: places[name])


def trigger_words(trigger: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a trigger, as far as it is a list of words and classes of words."""
    words: list[str] = []
    for part in _LOOKAROUND.sub("", trigger).split("|"):
        named = _PLACEHOLDER.fullmatch(part)
        words += lexicon.words(named[1]) if named else [part]
    return tuple(dict.fromkeys(filter(None, words)))
