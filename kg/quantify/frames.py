"""The words around each number of a sentence: its clause, what stands before and behind it, what numbers share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.lexicon import Lexicon
from kg.model import QuantityKind, Span
from kg.quantify.after import After, opens_with_verb, read_after, without_next_verb
from kg.quantify.before import Before, read_before
from kg.quantify.numerals import Numeral

_LISTING = "、"
_AMOUNTS = (QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.POINTS)


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
    """The words around one number of a clause.

    Args:
        raw: Words before it.
        left: The same without connectives and times in front.
        before: The left words, read.
        after: The right words, read.
        clause: The stretch between the marks around it.
        listed: Whether it shares the left words of the number before (3个、5个).
    """

    raw: str
    left: str
    before: Before
    after: After
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
    for index, item in enumerate(stated):
        clause = _clause(text, item, lexicon)
        before = stated[index - 1] if index and clause[0] <= stated[index - 1].begin else None
        after = stated[index + 1] if index + 1 < len(stated) and stated[index + 1].begin < clause[1] else None
        right = text[item.stop : after.begin if after else clause[1]]
        words = _words_behind(right, item, shared=after is not None, lexicon=lexicon)
        if before is None:
            frames.append(_frame(text[clause[0] : item.begin], words, clause, lexicon))
            continue
        gap = text[before.stop : item.begin]
        if _is_passing(before, gap, lexicon):
            # 满意度│连续三年│保持在98%: how long it lasted stands between the words of the number.
            opening = lexicon.pattern("metric-lasting").sub("", text[clause[0] : before.begin])
            frames.append(_frame(opening + gap, words, clause, lexicon))
            continue
        frames[-1:] = _with_next(frames[-1], _further(gap, words, clause, frames[-1], lexicon), gap, lexicon)
    return _inherit_verbs(stated, _share_predicates(frames), lexicon)


def _is_passing(before: Stated, gap: str, lexicon: Lexicon) -> bool:
    """True for a number of years or hours between the words of the next number."""
    noun = lexicon.pattern("metric-time-word").match(gap)
    return before.numeral.kind is QuantityKind.DURATION and noun is None


def _with_next(last: Frame, frame: Frame, gap: str, lexicon: Lexicon) -> list[Frame]:
    """Two frames of a clause; what the first noun belongs to goes to the second, the ends of a range share a noun."""
    if not frame.listed:
        last = replace(last, after=replace(last.after, of=""))
    if lexicon.pattern("metric-range").fullmatch(gap):
        last = replace(last, after=frame.after)
    return [last, frame]


def _words_behind(right: str, item: Stated, *, shared: bool, lexicon: Lexicon) -> After:
    """The noun of a number; what is said of it belongs to the next number of the clause where there is one."""
    joint = lexicon.pattern("metric-joint")
    of, kind = lexicon.word("word-of"), item.numeral.kind
    if kind in _AMOUNTS and not right.startswith(of) and opens_with_verb(right, lexicon):
        return After(said="" if shared else right)
    right = lexicon.pattern("metric-time-word").sub("", right) if kind is QuantityKind.DURATION else right
    if right.startswith(of):
        right = right[len(of) :]
    opening = joint.match(right)
    if opening and (shared or opening[0] == _LISTING):
        return After()
    if shared and (ends := [m.start() for m in joint.finditer(right) if m.end() == len(right)]):
        right = right[: ends[0]]
    if item.numeral.head:
        right = right.partition(of)[0]
    for rule in ("metric-within", "metric-besides", "metric-other-number"):
        right = lexicon.pattern(rule).sub("", right)
    if shared:
        right = without_next_verb(right, lexicon)
    unit = item.numeral.unit
    people, events = unit in lexicon.word_set("unit-persons"), unit in lexicon.word_set("unit-events")
    after = read_after(right, people=people, events=events, lexicon=lexicon)
    if kind is QuantityKind.DURATION:
        return After(said="" if shared else right)
    return replace(after, said="") if shared else after


def _frame(raw: str, after: After, clause: Span, lexicon: Lexicon, *, item: bool = False) -> Frame:
    left = leadless(raw, lexicon)
    before = read_before(left, noun_follows=bool(after.noun), lexicon=lexicon, item=item)
    return Frame(raw=raw, left=left, before=before, after=after, clause=clause)


def _further(gap: str, after: After, clause: Span, last: Frame, lexicon: Lexicon) -> Frame:
    """A number that follows another one in its clause."""
    origin = lexicon.pattern("metric-origin").match(last.before.verb)
    if _is_listed(gap, lexicon):
        return replace(last, before=Before() if origin else last.before, after=after, clause=clause, listed=True)
    opening = lexicon.pattern("metric-joint").match(gap)
    left = gap[opening.end() :] if opening else _behind_noun(gap, last, lexicon)
    frame = _frame(left, after, clause, lexicon, item=opening is not None)
    passes_on = lexicon.pattern("metric-governor").match(last.before.verb) and not origin
    belongs = opening or not left or last.after.of
    if frame.before.verb or frame.before.prep or not passes_on or not belongs:
        return frame
    return replace(frame, before=replace(frame.before, verb=last.before.verb, adjunct=last.before.adjunct))


def _is_listed(gap: str, lexicon: Lexicon) -> bool:
    """True for what stands between two numbers of a list (3个班组、5个车间) or of a range."""
    ends = (match.end() for match in lexicon.pattern("metric-joint").finditer(gap))
    return not gap or len(gap) in ends or lexicon.pattern("metric-range").fullmatch(gap) is not None


def _behind_noun(gap: str, last: Frame, lexicon: Lexicon) -> str:
    """What stands between the noun of the number before and a number."""
    gap = lexicon.pattern("metric-time-word").sub("", gap) if not last.after.noun else gap
    return gap[len(last.after.noun) :].lstrip(lexicon.word("word-of"))


def _inherit_verbs(stated: Sequence[Stated], frames: list[Frame], lexicon: Lexicon) -> list[Frame]:
    """Gives the bare noun of a clause the verb of the numbered clause before (开展沙龙6场，讲堂2场)."""
    out = list(frames)
    for index in range(1, len(out)):
        one, two = out[index - 1], out[index]
        adjacent = two.clause[0] - one.clause[1] == 1 or one.clause == two.clause
        if lexicon.pattern("metric-origin").match(one.before.verb):
            continue
        if not lexicon.pattern("metric-governor").match(one.before.verb):
            continue
        if not (adjacent and one.before.verb and not (two.before.verb or two.before.prep)):
            continue
        if stated[index].numeral.kind is not QuantityKind.COUNT or two.after.said:
            continue
        alike = stated[index].numeral.unit == stated[index - 1].numeral.unit
        both = bool(one.after.noun and two.after.noun and not two.before.object and not one.after.said)
        part = lexicon.pattern("metric-part").match(two.raw) is not None
        if both or (not two.after.noun and two.before.object and (part or (alike and not one.after.noun))):
            verb = replace(two.before, verb=one.before.verb, adjunct=one.before.adjunct)
            out[index] = replace(two, before=verb, clause=(one.clause[0], two.clause[1]))
    return out


def _share_predicates(frames: list[Frame]) -> list[Frame]:
    """Gives numbers what is said of the last one (5个专科、10个本科专业均招生; 38家企业的206名选手参赛)."""
    out = list(frames)
    for index in range(len(out) - 1, 0, -1):
        one, two = out[index - 1], out[index]
        said = _said_of_both(one, two) if one.clause == two.clause else ""
        if said:
            out[index - 1] = replace(one, after=replace(one.after, said=said))
    return out


def _said_of_both(one: Frame, two: Frame) -> str:
    """What is said of a number by the words of the next one in its clause, empty when nothing."""
    verb = two.before.verb
    noun = two.after.of or two.after.noun
    if not one.after.noun:
        spends = one.before.verb not in ("", verb) and not one.before.object
        return verb + noun if noun and verb and spends else ""
    if two.listed or (not two.left and verb in ("", one.before.verb)):
        return two.after.said
    if verb and not two.before.prep and (noun or one.before.prep) and not one.before.verb:
        return verb + (noun or two.before.object)
    return ""


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


def leadless(left: str, lexicon: Lexicon) -> str:
    """Words without the connectives, times and adverbs that open them."""
    while lead := lexicon.pattern("metric-lead").match(left):
        if not lead.end():
            break
        left = left[lead.end() :]
    return lexicon.pattern("metric-article").sub("", left)
