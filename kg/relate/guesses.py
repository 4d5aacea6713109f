"""Guesses at whose number it is, by single signs of the sentence: reasons among others (`kg.relate.reasons`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.model import ORGANISATION_TYPES, EntityType, Quantity, Span
from kg.relate.scene import Placed, Scene

_THINGS = (EntityType.PROGRAMME, EntityType.SITE)
_RANKED = 4
_SILENT = (EntityType.WORKER_GROUP, EntityType.HONOUR)


class Guess(NamedTuple):
    """Whose number it may be, and by which kind of sign: `thing`, `agent`, `carried` or `headline`."""

    item: Placed
    way: str


def guess_subjects(scene: Scene, quantities: Sequence[Quantity]) -> list[Guess | None]:
    """A guess for each number of an article, in order; None where nobody is named."""
    guesses: list[Guess | None] = []
    last: tuple[Placed, _Number] | None = None
    for quantity in quantities:
        sentence = scene.sentence_of(quantity.at[0])
        number = _Number(scene, quantity, sentence.at if sentence else quantity.clause)
        guess = _guess(number, last)
        guesses.append(guess)
        last = (guess.item, number) if guess is not None else last
    return guesses


@dataclass(frozen=True)
class _Number:
    """A quantity where it stands.

    Args:
        scene: Its article.
        quantity: The quantity.
        sentence: Place of its sentence in the article's text; of its clause where no sentence holds it.
    """

    scene: Scene
    quantity: Quantity
    sentence: Span

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.quantity.at[0]

    @cached_property
    def clause(self) -> Span:
        """The stretch between the commas around it."""
        return self.scene.clause_of(self.quantity.at, self.sentence)

    def between(self, start: int) -> str:
        """The text from a position up to the number."""
        return self.scene.article.text[start : self.start]

    def says(self, pattern: str, start: int) -> bool:
        """True when a pattern is found between a position and the number."""
        return bool(self.scene.lexicon.pattern(pattern).search(self.between(start)))


def _guess(number: _Number, last: tuple[Placed, _Number] | None) -> Guess | None:
    """The programme or site that the clause is about, else the acting organisation.

    Args:
        number: The number.
        last: The number before it with its subject: a sentence that names nobody goes on about that programme.
    """
    for way in (
        _area_of_clause,
        _joined_programme,
        _this_event,
        _framing_programme,
        _opening_site,
        _attended,
        _topic_of_clause,
        _doer,
    ):
        thing = way(number)
        if thing is not None:
            return Guess(thing, "thing")
    besides = number.scene.lexicon.pattern("besides").match(number.scene.article.text, number.clause[0])
    if besides:
        # 除三个…外，某工会…: who acts stands behind.
        behind = number.scene.clause_of((besides.end(), besides.end()), number.sentence)
        return _by_agent(number.scene.agent(behind[1], number.sentence))
    if last is not None and number.scene.is_event(last[0]) and _goes_on(number, last[1]):
        return Guess(last[0], "carried")
    if _counts_attendance(number) and (event := number.scene.events(number.start, number.sentence)):
        return Guess(event[0], "headline")
    agent = number.scene.agent(number.start, number.sentence)
    headed = _headline_programme(number) if agent is number.scene.topic else None
    return Guess(headed, "headline") if headed is not None else _by_agent(agent)


def _by_agent(agent: Placed | None) -> Guess | None:
    return Guess(agent, "agent") if agent is not None else None


def _headline_programme(number: _Number) -> Placed | None:
    """The programme of the headline, for a sentence that names nobody and tells of no action of the organisation."""
    scene = number.scene
    if scene.named_agent(number.start, number.sentence) or number.says("new-action", number.clause[0]):
        return None
    return next((i for i in scene.headline if scene.is_event(i)), None)


def _goes_on(number: _Number, last: _Number) -> bool:
    """True when a sentence names nobody before the number, and opens no new action and no view of the whole area.

    Nor may an organisation have begun to act in the sentences since the last number.
    """
    scene, start = number.scene, number.sentence[0]
    named = [i for i in scene.within((start, number.start)) if i.entity.type not in _SILENT]
    if named or number.says("new-action", start) or number.says("number-whole-area", start):
        return False
    between = (i for i in scene.within((last.sentence[1], start)) if i.entity.type in ORGANISATION_TYPES)
    return not any(scene.opens_sentence(i) for i in between)


def _this_event(number: _Number) -> Placed | None:
    """The latest programme before a sentence that begins with 这场."""
    scene, start = number.scene, number.sentence[0]
    if not scene.lexicon.pattern("this-event").match(scene.article.text, start):
        return None
    before = [i for i in scene.within((0, start)) if i.entity.type is EntityType.PROGRAMME]
    return before[-1] if before else None


def _topic_of_clause(number: _Number) -> Placed | None:
    """The programme or site whose number it is, None where an organisation's own action is counted."""
    scene = number.scene
    before = [i for i in scene.within((_part_start(number), number.start)) if i.entity.type not in _SILENT]
    things = [i for i in before if i.entity.type in _THINGS]
    if not things:
        return None
    opening = next((i for i in things if i.start == number.clause[0]), None)
    if opening is not None:
        return opening
    last = things[-1]
    if last.start < number.clause[0] and number.says("own-result", number.clause[0]):
        return None
    free = [i for i in before if scene.acts(i) and not scene.led_by(i, "not-agent-before")]
    if last is before[0] and not scene.governed(last, number.sentence):
        return last if all(scene.led_by(i, "passive") or scene.followed_by(i, "hosting") for i in free) else None
    if any(i.start > last.start for i in free):
        return None
    return last if _is_measured(number, last, alone=len({i.entity.id for i in things}) == 1) else None


def _is_measured(number: _Number, thing: Placed, *, alone: bool) -> bool:
    """True when the number goes on about the last thing before it.

    Args:
        number: The number.
        thing: The programme or site.
        alone: True when its part of the sentence names no other thing.
    """
    same_clause = thing.start >= number.clause[0]
    alone = alone and not number.says("number-whole-area", thing.stop)
    if thing.entity.type is EntityType.SITE:
        head = number.scene.article.text[_part_start(number) : thing.start]
        founded = number.scene.lexicon.pattern("setting-up").search(head)
        return alone and bool(founded) and not same_clause
    return same_clause or alone or number.says("about-programme", thing.stop)


def _area_of_clause(number: _Number) -> Placed | None:
    """The district that a clause opens with (武汉市上榜31家), or that 全镇有 speaks of."""
    start = number.clause[0]
    has = number.scene.lexicon.pattern("area-has").match(number.between(start))
    districts = (i for i in number.scene.placed if i.entity.type is EntityType.DISTRICT)
    if has:
        level = has["level"] or has["owner"]
        return next((i for i in districts if i.entity.name.endswith(level)), None)
    ranked = (i for i in number.scene.within((start, number.start)) if i.entity.type is EntityType.DISTRICT)
    opening = next((i for i in ranked if i.start == start and number.start - i.stop <= _RANKED), None)
    return opening if opening is not None and not number.scene.acts(opening) else None


def _part_start(number: _Number) -> int:
    """Where the part of the sentence begins that no semicolon closes."""
    start = number.sentence[0]
    return max(start, number.scene.article.text.rfind("；", start, number.start) + 1)


def _framing_programme(number: _Number) -> Placed | None:
    """The programme that opens the sentence with a comma behind it (本次活动，…)."""
    scene, text = number.scene, number.scene.article.text
    told, frames = scene.lexicon.pattern("source-organisation"), scene.lexicon.pattern("frames-number")
    for item in scene.within((number.sentence[0], number.start)):
        if item.entity.type is EntityType.PROGRAMME:
            clause = scene.clause_of((item.start, item.stop), number.sentence)
            opens = scene.lexicon.pattern("frame-lead").search(text[clause[0] : item.start])
            return item if opens and frames.match(text, item.stop) else None
        if item.entity.type not in _SILENT and not told.match(text, item.stop):
            return None
    return None


def _opening_site(number: _Number) -> Placed | None:
    """The site that a sentence opens with, however many bodies it says have built it (某驿站位于…，由…共建，面积…)."""
    scene = number.scene
    named = [i for i in scene.within((_part_start(number), number.start)) if i.entity.type not in _SILENT]
    first = named[0] if named else None
    if first is None or first.entity.type is not EntityType.SITE or scene.governed(first, number.sentence):
        return None
    if not scene.lexicon.pattern("frame-lead").search(scene.article.text[_part_start(number) : first.start]):
        return None
    built = scene.lexicon.pattern("built-by")
    clauses = {scene.clause_of((i.start, i.stop), number.sentence) for i in named[1:] if scene.acts(i)}
    return first if all(built.search(scene.article.text[slice(*clause)]) for clause in clauses) else None


def _counts_attendance(number: _Number) -> bool:
    """True when those who are counted attend something."""
    behind = number.scene.article.text[number.quantity.at[1] : number.sentence[1]]
    return bool(number.scene.lexicon.pattern("attending").match(behind))


def _attended(number: _Number) -> Placed | None:
    """The last programme that the sentence names before the number, when the number counts who attends it."""
    own = [i for i in number.scene.within((number.sentence[0], number.start)) if i.entity.type is EntityType.PROGRAMME]
    return own[-1] if own and _counts_attendance(number) else None


def _doer(number: _Number) -> Placed | None:
    """The person whose own deed the clause counts (挡车工某某上了12堂课)."""
    scene = number.scene
    named = [i for i in scene.within((number.clause[0], number.start)) if i.entity.type not in _SILENT]
    last = named[-1] if named else None
    if last is None or last.entity.type is not EntityType.PERSON or scene.governed(last, number.sentence):
        return None
    return None if scene.lexicon.pattern("speaks").search(number.between(last.stop)) else last


def _joined_programme(number: _Number) -> Placed | None:
    """The programme behind the number that somebody joins (10位代表参加了…座谈会), or that was held or lasts so."""
    scene, stop = number.scene, number.quantity.at[1]
    held = number.quantity.unit in scene.lexicon.word_set("edition")
    if number.says("lasting", number.clause[0]):
        behind = (i for i in scene.within((stop, number.sentence[1])) if i.entity.type is EntityType.PROGRAMME)
        return next(behind, None)
    for item in scene.within((stop, number.clause[1])):
        between = scene.article.text[stop : item.start]
        if item.entity.type is EntityType.PROGRAMME and scene.lexicon.pattern("joining").search(between):
            return item
        if held and scene.lexicon.pattern("holding").search(between):
            return item
    return None
