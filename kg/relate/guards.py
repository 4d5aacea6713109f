"""Guards: words that tell that what is said is denied, wished, planned or done (`kg/lexicon/guards.toml`).

A guard reaches from its words as far as its scope says. Of those that reach one place

1. one that denies or only wishes comes first: there is no fact;
2. then a plan of the same clause, then what the same clause tells as done;
3. then the last one that opens earlier in the sentence;
4. then a plan of the sentences before, which ends where something is told as done, or somebody else begins to act.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import Lexicon
from kg.model import Sentence, Span, Status

_CLAUSE_END = re.compile("[，；。！？\n]")
_SPEECH_END = re.compile("[。！？，…]”")
_QUOTE_START, _QUOTE_END = "“", "”"
_DEFAULT = "default"


class Effect(StrEnum):
    """What becomes of a fact that a guard reaches."""

    NONE = "none"
    PLANNED = "planned"
    DONE = "done"


class Scope(StrEnum):
    """How far a guard reaches."""

    WORD = "word"
    CLAUSE = "clause"
    BEFORE = "before"
    QUOTE = "quote"
    SENTENCE = "sentence"
    LIST = "list"
    PARAGRAPH = "paragraph"
    FOLLOWING = "following"


_GOES_ON = (Scope.LIST, Scope.PARAGRAPH, Scope.FOLLOWING)


@dataclass(frozen=True, eq=False)
class Guard:
    """A kind of words, as in the lexicon.

    Args:
        id: Its name in the `guards` of a frame.
        effect: What becomes of what it reaches.
        scope: How far it reaches.
        regex: The words that open it.
        default: True where it holds for all frames that do not say otherwise.
        examples, counterexamples: Texts in which it does, and does not, reach the place marked `|`.
    """

    id: str
    effect: Effect
    scope: Scope
    regex: re.Pattern[str]
    default: bool = True
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A guard where its words stand.

    Args:
        guard: The guard.
        at: Place of its words in the text of the article.
    """

    guard: Guard
    at: Span


@lru_cache(maxsize=4)
def read_guards(lexicon: Lexicon) -> Mapping[str, Guard]:
    """The guards of a lexicon by id, compiled.

    Raises:
        LexiconError: A guard lacks a field, or names an unknown effect, scope or class of words.
    """
    return {table["id"]: _read_guard(table, lexicon) for table in lexicon.guards}


def _read_guard(table: Mapping[str, Any], lexicon: Lexicon) -> Guard:
    try:
        return Guard(
            id=table["id"],
            effect=Effect(table["effect"]),
            scope=Scope(table["scope"]),
            regex=lexicon.compile(table["pattern"], subject=table["id"]),
            default=bool(table.get("default", True)),
            examples=tuple(table["examples"]),
            counterexamples=tuple(table["counterexamples"]),
        )
    except (KeyError, ValueError) as error:
        hint = "See kg/lexicon/guards.toml"
        raise LexiconError(f"broken guard ({error})", subject=table["id"], hint=hint) from error


def guard_ids(names: Collection[str] | None, lexicon: Lexicon) -> frozenset[str]:
    """The guards that a frame has: those that it names, `default` for all default ones; the default ones for None.

    Raises:
        LexiconError: There is no guard of a name.
    """
    guards = read_guards(lexicon)
    names = (_DEFAULT,) if names is None else names
    for name in names:
        if name != _DEFAULT and name not in guards:
            raise LexiconError("no such guard", subject=name, hint="See kg/lexicon/guards.toml")
    default = {guard.id for guard in guards.values() if guard.default and _DEFAULT in names}
    return frozenset(default | set(names) - {_DEFAULT})


class Guarded:
    """The guards of one article.

    Args:
        text: Of the article.
        sentences: Its sentences in reading order.
        lexicon: With the guards.
        actors: For each sentence, who acts first in it by id, None where it names nobody there.
    """

    def __init__(
        self, text: str, sentences: Sequence[Sentence], lexicon: Lexicon, actors: Sequence[str | None] = ()
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._lexicon = lexicon
        self._actors = actors or [None] * len(sentences)
        found = (Opened(guard, m.span()) for guard in read_guards(lexicon).values() for m in guard.regex.finditer(text))
        self._opened = sorted(found, key=lambda o: (o.at, o.guard.id))
        self._starts = [opened.at[0] for opened in self._opened]
        self._default = guard_ids(None, lexicon)
        self._sentence_starts = [sentence.at[0] for sentence in sentences]
        self._carried = self._carry()

    def status(self, position: int, sentence: Span, guards: Collection[str] | None = None) -> Status | None:
        """Done, planned, or None where there is no fact; see the module for how guards are weighed.

        Args:
            position: Where the fact stands in the text: its verb, or its number.
            sentence: Around the position.
            guards: Ids of those that hold; None for the default ones.
        """
        decisive = self.decisive(position, sentence, guards)
        if decisive is None or decisive.guard.effect is Effect.DONE:
            return Status.DONE
        return Status.PLANNED if decisive.guard.effect is Effect.PLANNED else None

    def decisive(self, position: int, sentence: Span, guards: Collection[str] | None = None) -> Opened | None:
        """The guard that decides over a place, None where none reaches it."""
        held = [
            o for o in self.reaching(position, sentence) if o.guard.id in (self._default if guards is None else guards)
        ]
        clause = _last_end(self._text, sentence[0], position)
        own = [o for o in held if o.at[0] >= clause]
        for some, effect in ((held, Effect.NONE), (own, Effect.PLANNED), (own, Effect.DONE)):
            found = next((o for o in some if o.guard.effect is effect), None)
            if found is not None:
                return found
        return held[-1] if held else None

    def reaching(self, position: int, sentence: Span) -> list[Opened]:
        """All guards that reach a place, whether a frame has them or not, in the order of their words."""
        stop = _next_end(self._text, position, sentence[1])
        first, last = bisect_left(self._starts, sentence[0]), bisect_left(self._starts, stop)
        own = [o for o in self._opened[first:last] if self._reaches(o, position)]
        number = bisect_right(self._sentence_starts, position) - 1
        carried = self._carried[number] if 0 <= number < len(self._carried) else None
        done = any(opened.guard.effect is Effect.DONE for opened in own)
        return [carried, *own] if carried is not None and not done else own

    def _reaches(self, opened: Opened, position: int) -> bool:
        """Whether a guard of its own sentence, or of a clause behind the place, reaches a place."""
        start, stop = opened.at
        if opened.guard.scope is Scope.BEFORE:
            return position <= start
        if stop > position or opened.guard.scope is Scope.FOLLOWING:
            return False
        if opened.guard.scope is Scope.WORD:
            return stop == position
        between = self._text[stop:position]
        if opened.guard.scope is Scope.CLAUSE:
            return _CLAUSE_END.search(between) is None
        return opened.guard.scope is not Scope.QUOTE or _QUOTE_END not in between

    def _carry(self) -> list[Opened | None]:
        """For each sentence, the plan of a sentence before that goes on in it."""
        carried: list[Opened | None] = []
        plan: Opened | None = None
        planner: str | None = None
        for number, sentence in enumerate(self._sentences):
            if plan is not None and not self._goes_on(plan, number, planner):
                plan = None
            carried.append(plan)
            for opened in self._within(sentence.at):
                if opened.guard.effect is Effect.DONE:
                    plan = None
                elif _replaces(opened, plan):
                    plan, planner = opened, self._actors[number]
        return carried

    def _goes_on(self, plan: Opened, number: int, planner: str | None) -> bool:
        """Whether a plan goes on from the sentence before into a sentence."""
        before, sentence = self._sentences[number - 1], self._sentences[number]
        if sentence.role != before.role or _quote_ends(self._text[plan.at[1] : sentence.at[0]]):
            return False
        if "\n" in self._text[before.at[1] : sentence.at[0]] or "\n" in self._text[before.at[0] : before.at[1]]:
            return bool(self._lexicon.pattern("guard-next-item").match(self._text, *sentence.at))
        if self._lexicon.pattern("guard-goes-on").match(self._text, *sentence.at):
            return True
        return plan.guard.scope is not Scope.LIST and self._actors[number] in (None, planner)

    def _within(self, at: Span) -> Iterator[Opened]:
        yield from self._opened[bisect_left(self._starts, at[0]) : bisect_left(self._starts, at[1])]


def _replaces(opened: Opened, plan: Opened | None) -> bool:
    """True for a plan that goes on over sentences, where none does yet, or only over a list."""
    if opened.guard.effect is not Effect.PLANNED or opened.guard.scope not in _GOES_ON:
        return False
    return plan is None or (plan.guard.scope is Scope.LIST and opened.guard.scope is not Scope.LIST)


def _quote_ends(text: str) -> bool:
    """True where what somebody says ends that began before a stretch: another one speaks behind it."""
    end = _SPEECH_END.search(text)
    return end is not None and _QUOTE_START not in text[: end.start()]


def _last_end(text: str, start: int, position: int) -> int:
    """Where the clause around a place begins, not before `start`."""
    return max([start, *(match.end() for match in _CLAUSE_END.finditer(text, start, position))])


def _next_end(text: str, position: int, stop: int) -> int:
    """Where the clause around a place ends, not behind `stop`."""
    found = _CLAUSE_END.search(text, position, max(position, stop))
    return found.start() if found else stop
