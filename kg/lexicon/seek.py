"""What a regular expression asks of a text, read off its parse tree, so that `re` need not try it at every place.

Hundreds of patterns look at each page, and most of them do not occur on it. `re` skips quickly to the places where a
pattern can begin only if that begins in the plainest way; here it is told so of any pattern for which it can be known:

* `compile_pattern`: the characters with which a match can begin, looked for by the loop in C that `re` has for that;
* `needs_of`: pieces of text of which every match holds one, by which a `Screen` picks from many patterns, in one look
  at a text, those that can match at all.

Both only ever leave out places and patterns that cannot match: what is found stays the same (`tests/test_seek.py`). The
modules behind `re` are private to CPython; where they are not what they were from 3.11 to 3.13, `re.compile` is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from operator import add
from typing import Any

_Step = tuple[Any, Any]
"""An operation of `re` with its argument."""

_Tree = Sequence[_Step]
"""What the parser of `re` makes: one step after the other."""

Needs = tuple[frozenset[str], ...]
"""Sets of pieces of one or two characters; of each set a match must hold one piece."""

_BLOCK_CODES = 4
_SURPRISES = (AttributeError, ImportError, IndexError, LookupError, TypeError, ValueError, RuntimeError)
_PIECE = 2
_MOST_PIECES = 600
_WIDEST_CLASS = 80
_TESTED = 3


class _Unknown(Exception):
    """A match may begin with anything."""


def compile_pattern(regex: str) -> re.Pattern[str]:
    """Compiles as `re.compile` does, but tells a search where a match can begin.

    Raises:
        re.error: It is not a regular expression.
    """
    try:
        return _compile_seeking(regex)
    except _SURPRISES:
        return re.compile(regex)


def _compile_seeking(regex: str) -> re.Pattern[str]:
    """As `re._compiler.compile`, with a block of information that names the first characters wherever they are known.

    That block has its length, flags, the least and greatest width of a match, and then the first characters; `re`
    leaves them out where a pattern begins with a look behind, a group, or a choice of anything but plain characters.
    """
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    tree = parser.parse(regex)
    first = [] if tree.state.flags & re.IGNORECASE else _first_characters(tree)
    if not tree.state.flags & re.IGNORECASE:
        _share_classes(tree)
    code: list[int] = compiler._code(tree, 0)
    info, length, flags = code[:3]
    if first and info == int(compiler.INFO) and length == _BLOCK_CODES and not flags and code[3]:
        block = [info, 0, compiler.SRE_INFO_CHARSET, *code[3:5]]
        compiler._compile_charset(_shared(first), 0, block)
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
    for step in tree:
        characters, empty = _first_of(step)
        found += characters
        if not empty:
            return found, False
    return found, True


def _first_of(step: _Step) -> tuple[list[_Step], bool]:
    name, argument = str(step[0]), step[1]
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return [], True
    if name == "LITERAL":
        return [step], False
    if name == "IN" and str(argument[0][0]) != "NEGATE":
        return list(argument), False
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


def _share_classes(tree: _Tree) -> None:
    """Puts in the place of each class of characters the table that `re` makes of it.

    Making the table is most of the work of compiling; the same classes stand in many patterns, so it is made once.
    """
    for operation, argument in tree:
        name = str(operation)
        if name == "IN":
            argument[:] = _shared(argument)
        elif name == "BRANCH":
            for branch in argument[1]:
                _share_classes(branch)
        elif name == "SUBPATTERN":
            # A group that ignores case has other tables.
            if not argument[1] & re.IGNORECASE:
                _share_classes(argument[3])
        elif name in _REPEATS:
            _share_classes(argument[2])
        elif name in ("ASSERT", "ASSERT_NOT"):
            _share_classes(argument[1])
        elif name == "ATOMIC_GROUP":
            _share_classes(argument)


def _shared(characters: Iterable[_Step]) -> list[_Step]:
    return list(_table(tuple(characters)))


@lru_cache(maxsize=4096)
def _table(characters: tuple[_Step, ...]) -> list[_Step]:
    table: list[_Step] = import_module("re._compiler")._optimize_charset(characters)[0]
    return table


def needs_of(regex: str) -> tuple[frozenset[str], ...]:
    """Pieces of text that every match holds: of each set one at least.

    Args:
        regex: A regular expression.

    Returns:
        The few sets that promise to be rarest, of pieces of one or two characters; empty where nothing is sure.
    """
    try:
        tree = import_module("re._parser").parse(regex)
        found = [] if tree.state.flags & re.IGNORECASE else _needs(_flat(tree))
    except _SURPRISES:
        return ()
    return tuple(sorted({*found} - {_behind(pieces) for pieces in found}, key=_commonness)[:_TESTED])


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
        if all(piece for piece, _ in openings[at]):
            needs.append(frozenset(piece for piece, _ in _in_row(openings[at:])))
        elif str(operation) == "BRANCH":
            branches = [_needs(_flat(branch)) for branch in argument[1]]
            if all(branches):
                needs.append(frozenset().union(*(min(branch, key=_commonness) for branch in branches)))
    return [pieces for pieces in needs if len(pieces) <= _MOST_PIECES]


_Opening = tuple[str, bool]
"""How a match begins, and whether what follows in the expression goes on right behind it."""

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
    for piece, goes_on in found:
        for behind, further in by if goes_on else ():
            longer = (piece + behind)[:_PIECE]
            joined.add((longer, further and len(longer) < _PIECE))
    if len(joined) > _MOST_PIECES:
        return frozenset((piece[:1], False) for piece, _ in joined)
    return frozenset(joined)


def _openings_of(step: _Step) -> frozenset[_Opening]:
    name, argument = str(step[0]), step[1]
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NOTHING
    if name == "LITERAL":
        return frozenset({(chr(argument), True)})
    if name == "IN":
        return frozenset((char, True) for char in _members(argument)) or _ANYTHING
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
