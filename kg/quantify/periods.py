"""Which time a number belongs to: the nearest time expression whose scope reaches it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.model import Article
from kg.quantify.numerals import parse_number

_LEAD = 20
_HALVES = ("01/{y}-06", "07/{y}-12", "01/{y}-03", "04/{y}-06", "07/{y}-09", "10/{y}-12")
_DIGITS = {ord("０") + digit: ord("0") + digit for digit in range(10)}
_YEAR = re.compile(r"[0-9]{4}")
_RECENT = 3
_PLAN_BASE, _PLAN_FIRST_YEAR = 10, 2001


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    """A time expression: its ISO period (None for relative ones) and how far it reaches.

    Args:
        place: Start in `Article.text`.
        stop: End in `Article.text`.
        period: ISO period, None when only the date of the page would give it.
        reach: `article` until the next such expression, `paragraph`, `sentence`, `clause`, or `present` for 截至目前.
    """

    place: int
    stop: int
    period: str | None
    reach: str


def read_periods(article: Article, lexicon: Lexicon) -> Callable[[int], str | None]:
    """A function from a place in `article.text` to the ISO period that holds there.

    Args:
        article: Its sentences bound the reach of local expressions.
        lexicon: For the period patterns.
    """
    times = sorted(_times(article, lexicon), key=lambda time: time.place)

    wide = [time for time in times if time.reach == "article"]
    near = [time for time in times if time.reach in ("article", "paragraph")]
    told = [time for time in times if time.period is not None or time.reach == "article"]
    lasting = [time for time in times if time.reach != "clause"]
    brief = [time for time in times if time.reach == "clause"]
    starts = [sentence.at[0] for sentence in article.sentences]

    def nearest_to(place: int, start: int) -> _Time | None:
        """The expression of its own sentence; the date of a founding (成立于2016年) holds in its clause only."""
        founded, other = _latest(brief, place, start), _latest(lasting, place, start)
        if founded is None or lexicon.pattern("metric-stop").search(article.text, founded.stop, place):
            return other
        return founded if other is None or other.place < founded.place else other

    def period_at(place: int) -> str | None:
        number = bisect_right(starts, place) - 1
        inside = number >= 0 and place < article.sentences[number].at[1]
        nearest = nearest_to(place, starts[number] if inside else 0)
        line = article.text.rfind("\n", 0, place)
        # What reaches a paragraph's end only counts behind the last line break.
        scope = _latest(near, place, line + 1) or _latest(wide, place, 0)
        if nearest is None:
            return scope.period if scope else None
        if nearest.reach == "present":
            opened = _latest(told, place, 0)
            return opened.period if opened and (opened.period or "").endswith("/..") else None
        return nearest.period

    return period_at


def _latest(times: Sequence[_Time], stop: int, start: int) -> _Time | None:
    """The last of some expressions that begin in a stretch."""
    number = bisect_left(times, stop, key=lambda time: time.place) - 1
    return times[number] if number >= 0 and times[number].place >= start else None


def _times(article: Article, lexicon: Lexicon) -> Iterator[_Time]:
    text = article.text.translate(_DIGITS)
    dated = list(_dated(text, article, lexicon))
    headed = _headed(article, dated)
    yield from dated
    yield from [headed] if headed else []
    yield from _spans(text, dated, lexicon)
    years = sorted((t for t in dated if _YEAR.fullmatch(t.period or "")), key=lambda time: time.place)
    known = _relatives(headed, text, lexicon)
    for rule in ("period-vague", "period-present", "period-event"):
        for match in lexicon.pattern(rule).finditer(text):
            if rule == "period-event" or not any(time.place <= match.start() < time.stop for time in dated):
                vague = rule == "period-vague" and _leads(text, match, lexicon)
                reach = "present" if rule == "period-present" else "article" if vague else "sentence"
                period = known.get(match[0])
                if match[0] in lexicon.word_set("period-same-year"):
                    named = _latest(years, match.start(), text.rfind("\n", 0, match.start()) + 1)
                    period = named.period if named else period
                yield _Time(place=match.start(), stop=match.end(), period=period, reach=reach)


def _headed(article: Article, dated: Sequence[_Time]) -> _Time | None:
    """The year of the headline, which its whole article is about; None where it names none or several."""
    spans = [sentence.at for sentence in article.sentences if sentence.role == "headline"]
    named = [time for time in dated if any(start <= time.place < stop for start, stop in spans)]
    body = next((sentence.at[0] for sentence in article.sentences if sentence.role == "body"), None)
    if len({time.period for time in named}) != 1 or body is None or not _YEAR.fullmatch(named[0].period or ""):
        return None
    return _Time(place=max(body - 1, 0), stop=body, period=named[0].period, reach="article")


def _relatives(headed: _Time | None, text: str, lexicon: Lexicon) -> dict[str, str | None]:
    """The years of 去年, 今年 and 全年 in an account of the year that the headline names."""
    if headed is None or headed.period is None:
        return {}
    last, this = lexicon.word("period-last-year"), lexicon.word("period-this-year")
    whole = dict.fromkeys(lexicon.words("period-same-year"), headed.period)
    return {**whole, last: headed.period, this: str(int(headed.period) + (last in text))}


def _dated(text: str, article: Article, lexicon: Lexicon) -> Iterator[_Time]:
    """Expressions that name a year; the first rule that reads a place has it, and titles of documents have none."""
    taken = [m.span() for m in lexicon.pattern("not-outcome-quote").finditer(text) if text[m.start()] == "《"]
    body = next((sentence.at[0] for sentence in article.sentences if sentence.role == "body"), 0)
    lede = text.find("\n", body) if "\n" in text[body:] else len(text)
    found = []
    for rule in ("period-months", "period-range", "period-open", "period-date", "period-plan"):
        for match in lexicon.pattern(rule).finditer(text):
            if any(start <= match.start() < stop for start, stop in taken):
                continue
            taken.append(match.span())
            found.append((rule, match))
    newest = max((int(match["from"]) for rule, match in found if rule != "period-plan"), default=0)
    for rule, match in found:
        reach = _reach(rule, match, text, lede, lexicon)
        if reach in ("article", "paragraph") and rule == "period-date" and int(match["from"]) < newest - _RECENT:
            reach = "sentence"
        yield _Time(place=match.start(), stop=match.end(), period=_iso(rule, match, lexicon), reach=reach)


def _reach(rule: str, match: re.Match[str], text: str, lede: int, lexicon: Lexicon) -> str:
    """How far an expression that names a year holds."""
    if lexicon.pattern("period-founded").search(text, max(0, match.start() - _LEAD), match.start()):
        return "clause"
    leading = _leads(text, match, lexicon)
    if rule == "period-open":
        return "paragraph"
    if rule == "period-date" and match["m1"]:
        return "sentence"
    return "article" if leading and match.start() < lede else "paragraph" if leading else "sentence"


def _spans(text: str, dated: Sequence[_Time], lexicon: Lexicon) -> Iterator[_Time]:
    """Numbers of years (三年来), counted from the open year before them."""
    for match in lexicon.pattern("period-span").finditer(text):
        opens = [time.period for time in dated if time.place < match.start() and (time.period or "").endswith("/..")]
        years = parse_number(match["years"], lexicon)
        if opens and opens[-1] and years and _leads(text, match, lexicon):
            first = int(opens[-1][:4])
            period = f"{first}/{first + int(years) - 1}"
            yield _Time(place=match.start(), stop=match.end(), period=period, reach="sentence")


def _leads(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether an expression stands where it opens a sentence or a clause."""
    return lexicon.pattern("period-leading").search(text, max(0, match.start() - _LEAD), match.start()) is not None


def _iso(rule: str, match: re.Match[str], lexicon: Lexicon) -> str:
    if rule == "period-plan":
        first = _PLAN_FIRST_YEAR + 5 * (int(parse_number(match["plan"], lexicon) or 0) - _PLAN_BASE)
        return f"{first}/{first + 4}"
    year = match["from"]
    groups = match.groupdict()
    month = f"-{int(groups['m1']):02}" if groups.get("m1") else ""
    if rule == "period-range":
        return f"{year}/{match['to']}"
    if rule == "period-months":
        return f"{year}{month}/{year}-{int(match['m2']):02}"
    if rule == "period-open":
        return f"{year}{month}/.."
    if groups.get("half"):
        span = dict(zip(lexicon.words("period-halves"), (*_HALVES, *_HALVES[2:], "01/{y}-09"), strict=True))
        return f"{year}-" + span[groups["half"]].format(y=year)
    return f"{year}{month}" + (f"-{int(groups['day']):02}" if groups.get("day") else "")
