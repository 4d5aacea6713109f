"""Numbers of a sentence that contradict each other: growths, parts of a whole, sums and shares are computed again.

Only what cannot be is told: bounds (近, 余, 3至5) and rounding (1.2万) are given all the room that they leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.lexicon import Lexicon
from kg.model import Article, Issue, QuantityKind, Span
from kg.quantify.bounds import Bounds, bounds_of, read_fraction
from kg.quantify.changes import change_start
from kg.quantify.judge import is_calendar
from kg.quantify.numerals import Numeral, parse_number, read_numerals

_COUNTED = (QuantityKind.COUNT, QuantityKind.MONEY)
_ENDS = "，；。"
_TIMES = 100.0


@dataclass(frozen=True)
class _Doubt:
    """A contradiction.

    Args:
        code: Of the issue.
        message: With both values.
        at: From the first to the last number that it is about, in the sentence.
    """

    code: str
    message: str
    at: Span


def check_sentences(article: Article, lexicon: Lexicon) -> tuple[Issue, ...]:
    """The contradictions between numbers of one sentence, by place.

    Args:
        article: The article.
        lexicon: Words and patterns.
    """
    issues = []
    for sentence in article.sentences:
        start, stop = sentence.at
        text = article.text[start:stop]
        if not lexicon.pattern("check-sign").search(text):
            continue
        for doubt in _Sums(text, lexicon).doubts():
            first, last = article.locate((start + doubt.at[0], start + doubt.at[1]))
            issues.append(Issue(code=doubt.code, message=doubt.message, start=first, stop=last))
    return tuple(issues)


class _Sums:
    """The numbers of a sentence, computed again."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon

    @cached_property
    def numerals(self) -> list[Numeral]:
        return [n for n in read_numerals(self.text, self.lexicon) if not is_calendar(n, self.lexicon)]

    def doubts(self) -> Iterator[_Doubt]:
        """All contradictions."""
        yield from self._changes()
        yield from self._year_on_year()
        yield from self._parts()
        yield from self._totals()
        yield from self._shares()

    # --- growth

    def _changes(self) -> Iterator[_Doubt]:
        for index, later in enumerate(self.numerals):
            earlier = self._baseline(index)
            if earlier is None:
                continue
            before, words, begin = earlier
            after = bounds_of(later, self.text)
            if turned := self._turned(before, after, begin, later):
                yield _Doubt(
                    "contradictory-direction", f"{words} → {self._say(later)} is not {turned}", (begin, later.at[1])
                )
            elif index + 1 < len(self.numerals):
                stated = self.numerals[index + 1]
                sign = self._sign("check-growth", later.at[1], stated)
                if sign and not self._grows(before, later, stated, sign):
                    told = f"{words} → {self._say(later)} is not a change of {self._say(stated)}"
                    yield _Doubt("contradictory-growth", told, (begin, stated.at[1]))

    def _baseline(self, index: int) -> tuple[Bounds, str, int] | None:
        """Bounds, words and place of the A of 从 A 到 B, for the number that is its B."""
        numeral, earlier = self.numerals[index], self.numerals[index - 1] if index else None
        if change_start(self.text, self.numerals, index, self.lexicon) is not None and earlier is not None:
            same = self._class(earlier) == self._class(numeral)
            return (bounds_of(earlier, self.text), self._say(earlier), earlier.at[0]) if same else None
        bare = self.lexicon.pattern("quantity-bare-start").search(self.text[: numeral.at[0]])
        value = parse_number(bare["number"] + bare["scale"], self.lexicon) if bare else None
        if bare is None or value is None:
            return None
        return Bounds(value, value), bare["number"] + bare["scale"], bare.start("number")

    def _turned(self, before: Bounds, after: Bounds, begin: int, later: Numeral) -> str:
        """The direction that the verb tells where the numbers go the other way, else empty."""
        between = self.text[begin : later.at[0]]
        if later.kind is QuantityKind.DURATION or self._is_rank(begin) or self._is_rank(later.at[0]):
            return ""
        up, down = (self.lexicon.pattern(name).search(between) for name in ("check-up", "check-down"))
        if up and after.high < before.low:
            return up[0]
        return down[0] if down and after.low > before.high else ""

    def _is_rank(self, place: int) -> bool:
        return self.lexicon.pattern("check-no-count").search(self.text[:place]) is not None

    def _sign(self, pattern: str, start: int, stated: Numeral) -> int:
        """1 where the words before a number say that something grew by it, -1 for less, 0 for neither."""
        found = self.lexicon.pattern(pattern).search(self.text[start : stated.at[0]])
        return 0 if found is None else 1 if found["up"] else -1

    def _grows(self, before: Bounds, later: Numeral, stated: Numeral, sign: int) -> bool:
        """Whether a stated growth may be that from one number to the other; that of a rate, also in points."""
        after, said = bounds_of(later, self.text), bounds_of(stated, self.text)
        said = said if sign > 0 else Bounds(-said.high, -said.low)
        difference = Bounds(after.low - before.high, after.high - before.low)
        growth = before.change_to(after)
        if stated.kind is QuantityKind.PERCENT:
            return said.meets(growth) or (later.kind is QuantityKind.PERCENT and said.meets(difference))
        if stated.unit in self.lexicon.word_set("unit-times"):
            times = Bounds(said.low * _TIMES, said.high * _TIMES)
            return times.meets(growth) or times.meets(Bounds(growth.low + _TIMES, growth.high + _TIMES))
        return self._class(stated) != self._class(later) or said.meets(difference)

    def _year_on_year(self) -> Iterator[_Doubt]:
        """去年同期A, 今年B, 同比增长x%."""
        ago = [n for n in self.numerals if self.lexicon.pattern("check-year-ago").search(self.text[: n.at[0]])]
        for stated in self.numerals:
            sign = self._sign("check-year-on-year", 0, stated)
            if not sign or stated.kind is not QuantityKind.PERCENT or len(ago) != 1:
                continue
            now = [n for n in self.numerals if n is not ago[0] and self._class(n) == self._class(ago[0])]
            if len(now) != 1 or ago[0].kind not in _COUNTED:
                continue
            if not self._grows(bounds_of(ago[0], self.text), now[0], stated, sign):
                told = f"{self._say(ago[0])} → {self._say(now[0])} is not a change of {self._say(stated)}"
                yield _Doubt("contradictory-growth", told, self._around([ago[0], now[0], stated]))

    # --- parts and sums

    def _parts(self) -> Iterator[_Doubt]:
        """共N家，其中a家…: a part above the whole, and parts that share no member above it together."""
        for mark in self.lexicon.pattern("check-parts").finditer(self.text):
            stop = min([self.text.find(end, mark.end()) % (len(self.text) + 1) for end in _ENDS])
            parts = [n for n in self._counted if mark.end() <= n.at[0] < stop and self._is_part(mark.end(), n)]
            for part in parts:
                wholes, least = self._wholes(mark.start(), part), bounds_of(part, self.text).low
                if wholes and all(least > bounds_of(whole, self.text).high for whole in wholes):
                    told = f"a part of {self._say(part)} is more than the whole of {self._say(wholes[-1])}"
                    yield _Doubt("contradictory-part", told, self._around([wholes[-1], part]))
            yield from self._exclusive(mark.start(), self._following(mark.end()))

    def _following(self, start: int) -> list[Numeral]:
        """The numbers behind 其中 up to the next semicolon that stand in one list."""
        found: list[Numeral] = []
        for numeral in (n for n in self._counted if n.at[0] >= start):
            gap = self.text[found[-1].at[1] if found else start : numeral.at[0]]
            fits = self.lexicon.pattern("check-list").search(gap) if found else not set(gap) & set(_ENDS)
            if not fits or not self._is_part(found[-1].at[1] if found else start, numeral):
                break
            found.append(numeral)
        return found

    def _exclusive(self, start: int, parts: Sequence[Numeral]) -> Iterator[_Doubt]:
        """Parts of one kind that share no member (男, 女), or that 其余 completes, against the whole."""
        wholes = self._wholes(start, parts[0]) if parts else []
        if not wholes or len(parts) < 2 or any(self._class(p) != self._class(wholes[-1]) for p in parts):
            return
        rest = self.lexicon.pattern("check-rest").search(self.text[parts[-2].at[1] : parts[-1].at[0]])
        if not rest and not self._apart(parts):
            return
        total = self._sum(parts)
        if not any(_fits(total, bounds_of(whole, self.text), exactly=rest is not None) for whole in wholes):
            told = f"parts of {self._list(parts)} do not fit the whole of {self._say(wholes[-1])}"
            yield _Doubt("contradictory-sum", told, self._around([wholes[-1], *parts]))

    def _apart(self, parts: Sequence[Numeral]) -> bool:
        """True where the words of all parts name different members of one kind."""
        kinds = self.lexicon.pairs("check-exclusive")
        named: list[str] = []
        for index, part in enumerate(parts):
            stop = parts[index + 1].at[0] if index + 1 < len(parts) else len(self.text)
            behind = self.text[part.at[1] : stop].split("、")[0].split("，")[0]
            before = self.text[parts[index - 1].at[1] if index else 0 : part.at[0]].rpartition("、")[2]
            label = [word for word in kinds if word in before] or [word for word in kinds if word in behind]
            named += label[:1]
        return len(set(named)) == len(parts) and len({kinds[word] for word in named}) == 1

    def _totals(self) -> Iterator[_Doubt]:
        """a家、b家，合计N家."""
        for index in range(2, len(self._counted)):
            total, parts = self._counted[index], [self._counted[index - 1]]
            if not self.lexicon.pattern("check-sum").search(self.text[parts[0].at[1] : total.at[0]]):
                continue
            for earlier in reversed(self._counted[: index - 1]):
                if not self.lexicon.pattern("check-list").search(self.text[earlier.at[1] : parts[0].at[0]]):
                    break
                parts.insert(0, earlier)
            same = len({self._class(n) for n in (*parts, total)}) == 1
            if len(parts) > 1 and same and not self._sum(parts).meets(bounds_of(total, self.text)):
                told = f"the sum of {self._list(parts)} is not {self._say(total)}"
                yield _Doubt("contradictory-sum", told, self._around([*parts, total]))

    # --- shares

    def _shares(self) -> Iterator[_Doubt]:
        """共N名，其中A名，占x%."""
        for part in self._counted:
            opening = self.lexicon.pattern("check-share").match(self.text, part.at[1])
            wholes = self._wholes_before(part) if opening else []
            stated = self._share_at(opening.end()) if opening else None
            if not wholes or stated is None:
                continue
            bounds, words, stop = stated
            own = bounds_of(part, self.text)
            if not any(own.share_of(bounds_of(whole, self.text)).meets(bounds) for whole in wholes):
                told = f"{self._say(part)} of {self._say(wholes[-1])} is not a share of {words}"
                yield _Doubt("contradictory-share", told, (wholes[-1].at[0], stop))

    def _share_at(self, start: int) -> tuple[Bounds, str, int] | None:
        """Bounds, words and end of the share that stands at a place."""
        for numeral in self.numerals:
            if numeral.at[0] == start and numeral.kind is QuantityKind.PERCENT and numeral.rule == "quantity-read":
                return bounds_of(numeral, self.text), self._say(numeral), numeral.at[1]
        found = read_fraction(self.text, start, self.lexicon)
        return (found[0], found[1], start + len(found[1])) if found else None

    def _wholes_before(self, part: Numeral) -> list[Numeral]:
        """What may be the whole of a part that 其中 announces directly before it."""
        marks = list(self.lexicon.pattern("check-parts").finditer(self.text, 0, part.at[0]))
        if not marks or set(self.text[marks[-1].end() : part.at[0]]) & set(_ENDS):
            return []
        return self._wholes(marks[-1].start(), part)

    # --- numbers

    @cached_property
    def _counted(self) -> list[Numeral]:
        """Counts and amounts that are neither ranks nor for each."""
        return [n for n in self.numerals if n.kind in _COUNTED and not n.article and not self._is_rank(n.at[0])]

    def _is_part(self, start: int, numeral: Numeral) -> bool:
        return not self.lexicon.pattern("check-no-part").search(self.text[start : numeral.at[1]])

    def _wholes(self, stop: int, part: Numeral) -> list[Numeral]:
        """The numbers of a part's unit before a place and behind the last semicolon: any of them may be its whole."""
        start = self.text.rfind("；", 0, stop) + 1
        return [
            n for n in self._counted if start <= n.at[0] and n.at[1] <= stop and self._class(n) == self._class(part)
        ]

    def _class(self, numeral: Numeral) -> tuple[QuantityKind, str]:
        """What counts the same: people by any measure word; 家 and 个 may count different bodies."""
        people = numeral.unit in self.lexicon.word_set("unit-people")
        return numeral.kind, "" if people else numeral.unit

    def _sum(self, numerals: Sequence[Numeral]) -> Bounds:
        total = Bounds(0.0, 0.0)
        for numeral in numerals:
            total = total.plus(bounds_of(numeral, self.text))
        return total

    def _say(self, numeral: Numeral) -> str:
        return self.text[slice(*numeral.at)]

    def _list(self, numerals: Sequence[Numeral]) -> str:
        return " + ".join(self._say(numeral) for numeral in numerals)

    def _around(self, numerals: Sequence[Numeral]) -> Span:
        return min(n.at[0] for n in numerals), max(n.at[1] for n in numerals)


def _fits(total: Bounds, whole: Bounds, *, exactly: bool) -> bool:
    """Whether parts may make up a whole, or less than it."""
    return total.meets(whole) if exactly else total.low <= whole.high
