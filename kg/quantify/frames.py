"""The words around each number of a sentence: its clause, what stands before and after it, the verb that governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.lexicon import Lexicon
from kg.model import QuantityKind, Span
from kg.quantify.numerals import Numeral
from kg.quantify.phrase import predicate_start, starts_with_verb, without_actor

_LISTING = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An outcome number and, for 从 A 到 B, where its A stands.

    Args:
        numeral: The number; for a change the B.
        baseline: The A of a change.
        begin: Where its statement begins: the number, or the 从 of a change.
    """

    numeral: Numeral
    baseline: float | None = None
    begin: int

    @property
    def stop(self) -> int:
        """End of the number with its bounds."""
        return self.numeral.at[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The words around one number of a clause."""

    raw: str
    left: str
    right: str
    verb: str = ""
    clause: Span
    listed: bool = False


def read_frames(text: str, stated: Sequence[Stated], lexicon: Lexicon) -> list[Frame]:
    """One frame per number, in order.

    Args:
        text: The sentence.
        stated: Its outcome numbers, in order of place.
        lexicon: For the metric patterns.
    """
    frames: list[Frame] = []
    joint = lexicon.pattern("metric-joint")
    for index, item in enumerate(stated):
        clause = _clause(text, item, lexicon)
        before = stated[index - 1] if index and clause[0] <= stated[index - 1].begin else None
        after = stated[index + 1] if index + 1 < len(stated) and stated[index + 1].begin < clause[1] else None
        right = text[item.stop : after.begin if after else clause[1]]
        if (opening := joint.match(right)) and (after or opening[0] == _LISTING):
            right = ""
        elif after:
            right = lexicon.pattern("metric-tail").sub("", _before_next(right, lexicon))
            right = lexicon.pattern("metric-tail-each").sub("", right)
        left, verb, listed = text[clause[0] : item.begin], "", False
        if before:
            gap = text[before.stop : item.begin]
            if not gap or _ends_joint(gap, lexicon):
                left, verb, listed = frames[-1].left, frames[-1].verb, True
            elif opening := joint.match(gap):
                left = gap[opening.end() :]
                verb = frames[-1].verb
            else:
                left = gap[len(frames[-1].right) :] or _owned(gap, frames, lexicon)
        if item.numeral.head:
            right = right.partition(lexicon.word("word-of"))[0]
        frames.append(_frame(left, right, verb, clause, listed, lexicon))
    return _share_predicates(_inherit_verbs(text, stated, frames, lexicon), lexicon)


def _owned(gap: str, frames: list[Frame], lexicon: Lexicon) -> str:
    """The second of two numbered nouns of one verb (接待38个国家的海员9400人次): the verb with the noun behind 的."""
    of = lexicon.word("word-of")
    owner, _, noun = gap.partition(of)
    if not (noun and frames[-1].verb and owner):
        return gap
    frames[-1] = replace(frames[-1], right=owner)
    return frames[-1].verb + noun


def _inherit_verbs(text: str, stated: Sequence[Stated], frames: list[Frame], lexicon: Lexicon) -> list[Frame]:
    """Gives the bare noun of a clause the verb of the numbered clause before (开展沙龙6场，讲堂2场)."""
    out = list(frames)
    for index in range(1, len(out)):
        one, two = out[index - 1], out[index]
        adjacent = two.clause[0] - one.clause[1] == 1 or one.clause == two.clause
        if lexicon.pattern("metric-origin").match(one.verb):
            continue
        if not (adjacent and one.verb and not two.verb and stated[index].numeral.kind is QuantityKind.COUNT):
            continue
        if one.right and two.right and not two.left and not any(split_noun(f.right, lexicon)[1] for f in (one, two)):
            out[index] = replace(two, left=one.verb, verb=one.verb, clause=(one.clause[0], two.clause[1]))
        if not two.left or two.right:
            continue
        part = lexicon.pattern("metric-part").match(two.raw)
        if part or (not one.right and stated[index].numeral.unit == stated[index - 1].numeral.unit):
            clause = one.clause[0], two.clause[1]
            out[index] = replace(two, left=one.verb + two.left, verb=one.verb, clause=clause)
    return out


def _frame(left: str, right: str, verb: str, clause: Span, listed: bool, lexicon: Lexicon) -> Frame:
    raw = left
    if not listed:
        left = subjectless(left, bool(right), lexicon)
        left = lexicon.pattern("metric-district").sub("", left)
        left = lexicon.pattern("metric-article").sub("", without_actor(left, bool(right), lexicon))
        own = lexicon.pattern("metric-governor").match(left)
        inner = own or lexicon.pattern("metric-strong").search(left, 0, max(len(left) - 1, 0))
        if inner:
            verb = inner[0]
        elif verb:
            left = verb + left
    return Frame(raw=raw, left=left, right=right, verb=verb, clause=clause, listed=listed)


def _clause(text: str, item: Stated, lexicon: Lexicon) -> Span:
    start, stop = 0, len(text)
    for mark in clause_ends(text, lexicon):
        if mark.end() <= item.begin:
            start = mark.end()
        elif mark.start() >= item.stop:
            stop = mark.start()
            break
    return start, stop


def clause_ends(text: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """The marks that end a clause; a short aside in brackets ends none."""
    asides = [aside.span() for aside in lexicon.pattern("metric-aside").finditer(text)]
    marks = lexicon.pattern("metric-stop").finditer(text)
    return [mark for mark in marks if not any(start <= mark.start() < stop for start, stop in asides)]


def _ends_joint(gap: str, lexicon: Lexicon) -> bool:
    return any(match.end() == len(gap) for match in lexicon.pattern("metric-joint").finditer(gap))


def _before_next(gap: str, lexicon: Lexicon) -> str:
    """What follows a number up to the words that belong to the next one."""
    for match in lexicon.pattern("metric-joint").finditer(gap):
        if match.end() == len(gap):
            return gap[: match.start()]
    verbs = [m.start() for m in lexicon.pattern("metric-strong").finditer(gap) if m.start()]
    head = gap[: verbs[-1]] if verbs else gap
    ends = [m.start() for m in lexicon.pattern("metric-joint").finditer(head) if m.end() == len(head)]
    return head[: ends[0]] if ends else head


def subjectless(left: str, noun_follows: bool, lexicon: Lexicon) -> str:
    """The words before a number without connectives, times and the acting body."""
    for _ in range(2):
        left = leadless(left, lexicon)
        subject = lexicon.pattern("metric-subject").match(left)
        if not subject or (subject.end() == len(left) and not noun_follows):
            break
        rest = left[subject.end() :]
        if lexicon.pattern("metric-strong").match(left) or lexicon.pattern("metric-rate-start").match(rest):
            break
        left = rest
    return leadless(left, lexicon)


def leadless(left: str, lexicon: Lexicon) -> str:
    """Words without the connectives, times and adverbs that open them."""
    while lead := lexicon.pattern("metric-lead").match(left):
        if not lead.end():
            break
        left = left[lead.end() :]
    return left


def _share_predicates(frames: list[Frame], lexicon: Lexicon) -> list[Frame]:
    """Gives every number of a list the predicate that only its last one carries (5个专科、10个本科专业均招生)."""
    out = list(frames)
    for index in range(len(out) - 1, 0, -1):
        one, two = out[index - 1], out[index]
        if two.listed and one.right and two.right and one.clause == two.clause:
            predicate = split_noun(two.right, lexicon)[1]
            governed = lexicon.pattern("metric-tail").sub("", two.left)
            if predicate and not split_noun(one.right, lexicon)[1] and not governed:
                out[index - 1] = replace(one, right=one.right + predicate)
    return out


def split_noun(right: str, lexicon: Lexicon) -> tuple[str, str]:
    """The noun after a number and what is said of it; a relative clause belongs to the noun."""
    of = lexicon.word("word-of")
    said = predicate_start(right, lexicon) or len(right)
    verb = lexicon.pattern("metric-governor").match(right)
    relative = verb is not None and starts_with_verb(right, verb.end())
    if of not in right and lexicon.pattern("metric-predicate").match(right):
        return "", right
    for match in lexicon.pattern("metric-predicate").finditer(right):
        head = right[: match.start()]
        if match.start() < 2 or head.count("“") > head.count("”") or (relative and of not in head):
            continue
        if head.endswith(of):
            continue
        said = min(said, match.start())
        break
    return right[:said], right[said:]
