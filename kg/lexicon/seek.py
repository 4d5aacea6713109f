"""What a regular expression asks of a text, read off its parse tree, so that `re` need not try it at every place.

Hundreds of patterns look at each page, and most of them do not occur on it. `re` skips quickly to the places where a
pattern can begin only if that begins in the plainest way; here it is told so of any pattern for which it can be known:

* `Regex.pattern`: the characters with which a match can begin, looked for by the loop in C that `re` has for that;
* `Regex.needs`: pieces of text of which every match holds one, by which a `Screen` picks from many patterns, in one
  look at a text, those that can match at all. The others are never compiled.

Both only ever leave out places and patterns that cannot match: what is found stays the same (`tests/test_seek.py`). The
modules behind `re` are private to CPython; where they are not what they were from 3.11 to 3.13, `re.compile` is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from operator import add
from typing import Any, Protocol

_Step = tuple[Any, Any]
"""An operation of `re` with its argument."""

_Tree = Sequence[_Step]
"""What the parser of `re` makes: one step after the other."""


class _Parsed(Protocol):
    """A sequence as the parser makes it: with its steps, its width once counted, and what it knows of all groups."""

    data: list[_Step]
    width: object
    state: Any

    def __getitem__(self, index: int) -> _Step:
        """One step."""
        ...

    def __iter__(self) -> Iterator[_Step]:
        """All steps."""
        ...


Needs = tuple[frozenset[str], ...]
"""Sets of pieces of one or two characters; of each set a match must hold one piece."""

_Opening = tuple[str, bool]
"""How a match begins, and whether what follows in the expression goes on right behind it."""

_BLOCK_CODES = 4
_SURPRISES = (AttributeError, ImportError, IndexError, LookupError, TypeError, ValueError, RuntimeError)
_PIECE = 2
_MOST_PIECES = 600
_WIDEST_CLASS = 80
_TABLE_CODES = 3
_FEW = 8
_TESTED = 3
_PLACEHOLDER = re.compile(r"\{\{([\w-]+)\}\}")
_PLACE = 0xF0000
"""The first of the private characters that stand for classes of words while the rest of an expression is parsed."""


class _Unknown(Exception):
    """A match may begin with anything."""


class Regex:
    """A regular expression that is parsed, asked for its needs and compiled when that is first wanted, each once.

    Args:
        source: The expression; `{{id}}` in it stands for a class of words.
        classes: Id → the expression for any word of the class (`kg.lexicon.alternation`).

    Raises:
        re.error: From any of its properties, where it is not a regular expression.
    """

    def __init__(self, source: str, classes: Mapping[str, str] | None = None) -> None:
        """Takes the expression; nothing is parsed yet."""
        self._source = source
        self._classes = classes or {}

    @cached_property
    def spelled(self) -> str:
        """The expression with its classes of words in their places."""
        return _PLACEHOLDER.sub(lambda match: self._classes[match[1]], self._source)

    def parse(self) -> None:
        """Parses it now, so that what is wrong is told."""
        try:
            _ = self._tree
        except _SURPRISES:
            re.compile(self.spelled)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled as by `re.compile`, but a search is told where a match can begin."""
        try:
            return _compile(self.spelled, self._tree)
        except _SURPRISES:
            return re.compile(self.spelled)

    @cached_property
    def needs(self) -> Needs:
        """Pieces of text that every match holds, of each set one at least: the few sets that promise to be rarest.

        Empty where nothing is sure.
        """
        try:
            found = [] if self._tree.state.flags & re.IGNORECASE else _needs(_flat(self._tree.data))
        except _SURPRISES:
            return ()
        return tuple(sorted({*found} - {_behind(pieces) for pieces in found}, key=_commonness)[:_TESTED])

    @cached_property
    def _tree(self) -> _Parsed:
        parser = import_module("re._parser")
        ids = [*dict.fromkeys(_PLACEHOLDER.findall(self._source))]
        places = {id: chr(_PLACE + number) for number, id in enumerate(ids)}
        tree: _Parsed = parser.parse(_PLACEHOLDER.sub(lambda match: places[match[1]], self._source))
        if tree.state.flags & re.IGNORECASE:
            tree = parser.parse(self.spelled)
        else:
            _settle(tree, [_words(self._classes[id]) for id in ids])
        return tree


class _Class(list[_Step]):
    """A class of characters as the table that `re` makes of it.

    Making the tables is half the work of compiling; the same classes stand in many patterns, so each is made once.
    """

    characters: tuple[_Step, ...]


class _Choice(tuple[Any, ...]):
    """The branches of a class of words, which stand in many patterns."""

    openings: frozenset[_Opening]


@lru_cache(maxsize=4096)
def _class(characters: tuple[_Step, ...]) -> _Class:
    compiler = import_module("re._compiler")
    codes = [ord(char) for char in _members(characters)]
    wide = len(codes) >= _TABLE_CODES and max(codes) < 1 << 16
    table = _Class([_wide_table(codes)] if wide else compiler._optimize_charset(characters)[0])
    table.characters = characters
    return table


def _wide_table(codes: Iterable[int]) -> _Step:
    """The table that `re` has for classes of Chinese characters, made from these alone and not from all code points.

    Its numbers of 32 bits are: how many blocks there are; for each 256 code points the number of their block, four to a
    number; and eight for each block, a bit for each code point. Block 0 is empty.
    """
    compiler = import_module("re._compiler")
    number_of: dict[int, int] = {}
    blocks = [0]
    for code in codes:
        number = number_of.setdefault(code >> 8, len(blocks))
        if number == len(blocks):
            blocks.append(0)
        blocks[number] |= 1 << (code & 0xFF)
    places = bytes(number_of.get(high, 0) for high in range(256))
    bits = [block >> shift & 0xFFFFFFFF for block in blocks for shift in range(0, 256, 32)]
    return compiler.BIGCHARSET, [len(blocks), *memoryview(places).cast("I"), *bits]


@lru_cache(maxsize=1024)
def _words(alternatives: str) -> list[_Step]:
    """The steps of a class of words, parsed once however many patterns name it."""
    tree = import_module("re._parser").parse(alternatives)
    _settle(tree, [])
    steps: list[_Step] = []
    for operation, argument in tree.data:
        choice = argument
        if str(operation) == "BRANCH":
            choice = _Choice(argument)
            choice.openings = _openings_of((operation, argument))
        steps.append((operation, choice))
    return steps


def _settle(tree: _Parsed, classes: Sequence[list[_Step]]) -> None:
    """Puts the classes of words into their places, and tables in the places of classes of characters."""
    tree.data = [settled for step in tree.data for settled in _settled(step, tree, classes)]
    tree.width = None  # what was counted with placeholders is wrong now


def _settled(step: _Step, tree: _Parsed, classes: Sequence[list[_Step]]) -> Sequence[_Step]:
    name, argument = str(step[0]), step[1]
    if name == "LITERAL" and classes and argument >= _PLACE:
        words: list[_Step] = classes[argument - _PLACE]
        return words
    if name == "IN":
        return [_settled_class(step, tree, classes)]
    if name == "SUBPATTERN" and argument[1] & re.IGNORECASE and classes:
        raise ValueError("a class of words whose case is ignored")
    for inner in _inside(step):
        _settle(inner, classes)
    return [step]


def _settled_class(step: _Step, tree: _Parsed, classes: Sequence[list[_Step]]) -> _Step:
    """A class of characters as a table; where it holds classes of words, the branches it was made of (`{{a}}|[bc]`)."""
    characters = tuple(step[1])
    if not any(str(kind) == "LITERAL" and code >= _PLACE for kind, code in characters if classes):
        return step[0], _class(characters)
    parser = import_module("re._parser")
    branches: list[list[_Step]] = []
    for one in characters:
        if str(one[0]) == "NEGATE":
            raise ValueError("a class of words among characters that must not stand")
        if str(one[0]) == "LITERAL" and one[1] >= _PLACE:
            branches.append(classes[one[1] - _PLACE])
        else:
            branches.append([(step[0], _class((one,)))])
    return parser.BRANCH, (None, [parser.SubPattern(tree.state, branch) for branch in branches])


def _inside(step: _Step) -> Iterable[_Parsed]:
    """The sequences that a step holds, but for a group that ignores case: that has other tables."""
    name, argument = str(step[0]), step[1]
    if name == "BRANCH":
        return argument[1]  # type: ignore[no-any-return]
    if name == "SUBPATTERN":
        return () if argument[1] & re.IGNORECASE else (argument[3],)
    if name in _REPEATS:
        return (argument[2],)
    if name in ("ASSERT", "ASSERT_NOT"):
        return (argument[1],)
    return (argument,) if name == "ATOMIC_GROUP" else ()


def _compile(regex: str, tree: _Parsed) -> re.Pattern[str]:
    """As `re._compiler.compile`, with a block of information that names the first characters wherever they are known.

    That block has its length, flags, the least and greatest width of a match, and then the first characters; `re`
    leaves them out where a pattern begins with a look behind, a group, or a choice of anything but plain characters.
    """
    compiler = import_module("re._compiler")
    first = [] if tree.state.flags & re.IGNORECASE else _first_characters(tree.data)
    code: list[int] = compiler._code(tree, 0)
    info, length, flags = code[:3]
    if first and info == int(compiler.INFO) and length == _BLOCK_CODES and not flags and code[3]:
        block = [info, 0, compiler.SRE_INFO_CHARSET, *code[3:5]]
        compiler._compile_charset(_class(tuple(first)), 0, block)
        block[1] = len(block) - 1
        code = block + code[1 + _BLOCK_CODES :]
    names: dict[str, int] = tree.state.groupdict
    groups: list[str | None] = [None] * tree.state.groups
    for name, number in names.items():
        groups[number] = name
    compiled: re.Pattern[str] = import_module("_sre").compile(
        regex, tree.state.flags, code, tree.state.groups - 1, names, tuple(groups)
    )
    return compiled


def _first_characters(tree: _Tree) -> list[_Step]:
    """The characters with which a match can begin, as a class of `re`; empty where that may be any or none."""
    try:
        first, empty = _first(tree)
    except _Unknown:
        return []
    return [] if empty else list(dict.fromkeys(first))


def _first(tree: _Tree) -> tuple[list[_Step], bool]:
    """The first characters of a sequence, and whether it may match nothing.

    Raises:
        _Unknown: They are not a plain class.
    """
    found: list[_Step] = []
    ahead: list[_Step] = []
    for step in tree:
        try:
            ahead = ahead or _first_ahead(step)
            characters, empty = _first_of(step)
        except _Unknown:
            if ahead:
                return ahead, False
            raise
        found += characters
        if not empty:
            return found, False
    return (ahead, False) if ahead else (found, True)


def _first_ahead(step: _Step) -> list[_Step]:
    """The first characters of what must stand behind a place, whatever of it is matched; none where it says nothing."""
    if str(step[0]) != "ASSERT" or step[1][0] < 0:
        return []
    characters, empty = _first(step[1][1].data)
    return [] if empty else characters


def _first_of(step: _Step) -> tuple[list[_Step], bool]:
    name, argument = str(step[0]), step[1]
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return [], True
    if name == "LITERAL":
        return [step], False
    if name == "IN" and str(_characters(argument)[0][0]) != "NEGATE":
        return list(_characters(argument)), False
    if name == "BRANCH":
        parts = [_first(branch) for branch in argument[1]]
        return [one for part, _ in parts for one in part], any(empty for _, empty in parts)
    if name in _REPEATS:
        characters, empty = _first(argument[2])
        return characters, empty or argument[0] == 0
    inner = _group(step)
    if inner is None:
        raise _Unknown
    return _first(inner)


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def _group(step: _Step) -> _Tree | None:
    """What a group without flags of its own holds."""
    name, argument = str(step[0]), step[1]
    if name == "ATOMIC_GROUP":
        return argument  # type: ignore[no-any-return]
    return argument[3] if name == "SUBPATTERN" and not (argument[1] or argument[2]) else None


def _characters(argument: Sequence[_Step]) -> Sequence[_Step]:
    """The characters of a class, table or not."""
    return argument.characters if isinstance(argument, _Class) else argument


def _behind(pieces: frozenset[str]) -> frozenset[str]:
    """What is needed besides and says no more: the second characters of pieces."""
    return frozenset(piece[1:] for piece in pieces)


def _commonness(pieces: frozenset[str]) -> tuple[int, list[str]]:
    """A guess how often one of some pieces stands in a text: a single character is as common as a dozen pairs."""
    return sum(1 if len(piece) == _PIECE else 12 for piece in pieces), sorted(pieces)


def _flat(tree: _Tree) -> list[_Step]:
    """A sequence with what its groups hold in their place."""
    flat: list[_Step] = []
    for step in tree:
        inner = _group(step)
        flat += [step] if inner is None else _flat(inner)
    return flat


def _needs(flat: _Tree) -> list[frozenset[str]]:
    """What stands at each place of a sequence; of a choice, what its branches need, taken together."""
    needs: list[frozenset[str]] = []
    openings = [_openings_of(step) for step in flat]
    for at, (operation, argument) in enumerate(flat):
        if str(operation) == "ASSERT":
            # What must stand before or behind a match stands in the text too.
            needs += _needs(_flat(argument[1].data))
        elif all(piece for piece, _ in openings[at]):
            needs.append(frozenset(piece for piece, _ in _in_row(openings[at:])))
        elif str(operation) == "BRANCH":
            branches = [_needs(_flat(branch)) for branch in argument[1]]
            if all(branches):
                needs.append(frozenset().union(*(min(branch, key=_commonness) for branch in branches)))
    return [pieces for pieces in needs if len(pieces) <= _MOST_PIECES]


_NOTHING: frozenset[_Opening] = frozenset({("", True)})
_ANYTHING: frozenset[_Opening] = frozenset({("", False)})


def _openings(tree: _Tree) -> frozenset[_Opening]:
    """The first two characters, or less where it is not known how they go on, with which a sequence can begin."""
    return _in_row(map(_openings_of, tree))


def _in_row(openings: Iterable[frozenset[_Opening]]) -> frozenset[_Opening]:
    """The openings of a sequence, from those of its parts."""
    found = _NOTHING
    for part in openings:
        found = _followed(found, part)
        if not any(goes_on for _, goes_on in found):
            break
    return found


def _followed(found: frozenset[_Opening], by: frozenset[_Opening]) -> frozenset[_Opening]:
    if by == _ANYTHING:
        return frozenset((piece, False) for piece, _ in found)
    joined = {(piece, False) for piece, goes_on in found if not goes_on}
    ahead = [piece for piece, goes_on in found if goes_on]
    if len(ahead) * len(by) > _MOST_PIECES:
        joined.update((piece, False) for piece in ahead if piece)
        ahead = [piece for piece in ahead if not piece]
    for piece in ahead:
        for behind, further in by:
            longer = (piece + behind)[:_PIECE]
            joined.add((longer, further and len(longer) < _PIECE))
    return frozenset(joined)


def _openings_of(step: _Step) -> frozenset[_Opening]:
    name, argument = str(step[0]), step[1]
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NOTHING
    if name == "LITERAL":
        return frozenset({(chr(argument), True)})
    if name == "IN":
        return frozenset((char, True) for char in _members(_characters(argument))) or _ANYTHING
    if isinstance(argument, _Choice):
        return argument.openings
    if name == "BRANCH":
        return frozenset().union(*(_openings(branch) for branch in argument[1]))
    if name in _REPEATS:
        least, _, inner = argument
        once = _openings(inner)
        return once | _followed(once, once) | (_NOTHING if least == 0 else frozenset())
    group = _group(step)
    return _ANYTHING if group is None else _openings(group)


def _members(characters: Sequence[_Step]) -> list[str]:
    """The characters of a small class, none for others."""
    spans = []
    for operation, argument in characters:
        name = str(operation)
        if name not in ("LITERAL", "RANGE"):
            return []
        spans.append((argument, argument) if name == "LITERAL" else argument)
    if sum(last - first + 1 for first, last in spans) > _WIDEST_CLASS:
        return []
    return [chr(code) for first, last in spans for code in range(first, last + 1)]


def pieces_of(text: str) -> set[str]:
    """The characters and the pairs of neighbouring characters of a text."""
    return {*text, *map(add, text, text[1:])}


def are_met(needs: Needs, pieces: set[str]) -> bool:
    """Whether a text of such pieces holds what a pattern needs, so that the pattern may match."""
    return not any(map(pieces.isdisjoint, needs))


def may_stand_in(needs: Needs, text: str) -> bool:
    """Whether a text holds what a pattern needs, by the needs of few pieces only: quick in short texts."""
    for pieces in needs:
        if len(pieces) <= _FEW:
            for piece in pieces:
                if piece in text:
                    break
            else:
                return False
    return True


class Screen:
    """Many patterns at once: those that may match a text, by one look at its characters and pairs of characters."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        """Takes the needs of each pattern (`needs_of`)."""
        self._needs = needs
        self._always = [number for number, sets in enumerate(needs) if not sets]
        self._by_piece: dict[str, list[int]] = {}
        for number, sets in enumerate(needs):
            for piece in sorted(sets[0]) if sets else ():
                self._by_piece.setdefault(piece, []).append(number)

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that may match, in their order."""
        pieces = pieces_of(text)
        found = {number for piece in self._by_piece.keys() & pieces for number in self._by_piece[piece]}
        return sorted([*self._always, *(number for number in found if are_met(self._needs[number], pieces))])


def compile_pattern(regex: str) -> re.Pattern[str]:
    """As `re.compile`, but a search is told where a match can begin.

    Raises:
        re.error: It is not a regular expression.
    """
    return Regex(regex).pattern
