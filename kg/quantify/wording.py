"""What a number counts, in the page's own words: its noun, the verb that governs it, and who it is shared out to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.model import QuantityKind, Span
from kg.quantify.frames import Frame, Stated, clause_ends, leadless, read_frames, split_noun, subjectless
from kg.quantify.phrase import of_noun, starts_with_verb, without_verb

_LONG_LEFT, _LONG, _LONG_NOUN = 28, 40, 14
_QUOTES = re.compile(r"[“”‘’\"\s《》]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the sentence words an outcome.

    Args:
        metric: What is counted; empty when the sentence gives none.
        each: What it is per, else None.
        clause: The stretch of the sentence that states it.
    """

    metric: str
    each: str | None
    clause: Span


def word_outcomes(text: str, stated: Sequence[Stated], lexicon: Lexicon) -> list[Wording]:
    """The wording of every outcome number of a sentence, in order.

    Args:
        text: The sentence.
        stated: Its outcome numbers, in order of place.
        lexicon: For the metric patterns.
    """
    frames = read_frames(text, stated, lexicon)
    words: list[Wording] = []
    for index, (item, frame) in enumerate(zip(stated, frames, strict=True)):
        respective = _respective(text, frames, index, words, lexicon)
        if respective is not None:
            metric, start = respective
        else:
            before = (stated[index - 1], frames[index - 1], words[-1]) if index else None
            metric, start = _metric(item, frame, before, text, lexicon)
        if item.numeral.kind is QuantityKind.PERCENT:
            metric = lexicon.pattern("metric-share").sub(lexicon.word("word-share"), metric)
        if joined := lexicon.pattern("metric-joined").match(metric):
            attends = lexicon.pattern("metric-attends").search(text, item.stop, frame.clause[1])
            metric = _attending(attends[0], joined["noun"]) if attends else metric
        clause = _trimmed(text, (start, frame.clause[1]))
        words.append(
            Wording(
                metric=_plain(metric, lexicon), each=_each(text[frame.clause[0] : item.begin], lexicon), clause=clause
            )
        )
    return words


def _attending(verb: str, noun: str) -> str:
    """参赛|企业; the noun alone where it says so itself (参赛队)."""
    return noun if noun.startswith(verb) else verb + noun


def _metric(
    item: Stated, frame: Frame, before: tuple[Stated, Frame, Wording] | None, text: str, lexicon: Lexicon
) -> tuple[str, int]:
    """The metric and the start of the stretch that gives it."""
    if item.numeral.unit in lexicon.words("unit-score"):
        named = list(lexicon.pattern("metric-score").finditer(text, 0, item.begin))
        return (named[-1][0] if named else lexicon.word("word-score")), frame.clause[0]
    left, right = lexicon.pattern("metric-within").sub("", frame.left), frame.right
    if lexicon.pattern("metric-record").match(right):
        left, right = lexicon.pattern("metric-record-verb").sub("", left), ""
    right = _counted(item, right, lexicon)
    of = lexicon.word("word-of")
    delta = lexicon.pattern("quantity-delta").search(left)
    if delta and not right and (delta.start() == 0 or item.numeral.kind is not QuantityKind.COUNT):
        return _delta(left, delta, frame, before[2] if before else None, text, lexicon)
    if lasting := _lasting(left, right, item.numeral.kind is QuantityKind.DURATION, lexicon):
        return lasting, frame.clause[0]
    if right and lexicon.pattern("metric-origin-of").match(left):
        left = ""
    if before and not right and (total := lexicon.pattern("metric-total").search(frame.raw)):
        return without_verb(before[2].metric, lexicon) + total["total"], before[2].clause[0]
    metric = _joined(left, right.lstrip(of), lexicon, percent=item.numeral.kind is QuantityKind.PERCENT)
    if not right and _is_bare(metric, lexicon):
        return _bare(metric, item, before, frame, text, lexicon)
    if item.numeral.unit in lexicon.words("metric-area"):
        metric = _area(left, right, metric, lexicon)
    return metric, frame.clause[0]


def _lasting(left: str, right: str, duration: bool, lexicon: Lexicon) -> str:
    """The metric of a number that lasts (为期三天的大赛, 只用了11天就建成, 4个月的努力), empty for any other."""
    of = lexicon.word("word-of")
    if right.startswith(of) and (lasting := lexicon.pattern("metric-lasting-for").match(left)):
        return lasting["lasting"]
    if duration and lexicon.pattern("metric-time-used").search(left):
        return lexicon.pattern("metric-adverbial").sub("", right) + lexicon.word("word-taken")
    if duration and (what := lexicon.pattern("metric-time-of").match(right)):
        return what["what"] + lexicon.word("word-time")
    if right and lexicon.pattern("metric-lasting").match(left):
        verb = lexicon.pattern("metric-strong").search(right)
        return (left + right[verb.start() if verb and len(right) > _LONG_NOUN else 0 :])[:_LONG]
    return ""


def _counted(item: Stated, right: str, lexicon: Lexicon) -> str:
    """What follows a number without asides and a second thing; empty where it only tells a rank."""
    for rule in ("metric-within", "metric-besides", "metric-other-number"):
        right = lexicon.pattern(rule).sub("", right)
    if item.numeral.kind is QuantityKind.MONEY:
        right = lexicon.pattern("metric-second").sub("", right)
    right = lexicon.pattern("metric-article").sub("", right)
    return "" if lexicon.pattern("metric-rank").match(right) else right


def _area(left: str, right: str, metric: str, lexicon: Lexicon) -> str:
    """The metric of a floor area: what has it, with 面积 where no word for area stands there."""
    of, area = lexicon.word("word-of"), lexicon.word("word-area")
    if not right.startswith(of):
        plain = not (
            lexicon.pattern("metric-strong").search(metric) or lexicon.pattern("metric-area-word").search(metric)
        )
        return metric + area if right or plain else metric
    noun = split_noun(right[len(of) :], lexicon)[0]
    return noun + (left if lexicon.pattern("metric-area-word").search(left) else area)


def _joined(left: str, right: str, lexicon: Lexicon, *, percent: bool = False) -> str:
    """Left and right words of a number as one phrase."""
    of = lexicon.word("word-of")
    if right and lexicon.pattern("metric-apposition").search(left):
        verb = lexicon.pattern("metric-governor").match(left)
        left = verb[0] if verb else ""
    relative = left.endswith(of)
    left = lexicon.pattern("metric-tail").sub("", left) + (of if relative else "")
    if len(left) > _LONG_LEFT:
        verbs = [m.start() for m in lexicon.pattern("metric-strong").finditer(left)]
        left = left[verbs[-1] :] if verbs else left
    noun, predicate = split_noun(right, lexicon)
    if not left and noun and predicate and of not in noun and not percent:
        return of_noun(noun, predicate, lexicon)
    whole = (left + right).removesuffix(of)
    return whole if len(whole) <= _LONG else left + noun


def _is_bare(metric: str, lexicon: Lexicon) -> bool:
    """True when the words hold verbs only, or only 每批."""
    if lexicon.pattern("metric-per-only").match(metric) or lexicon.pattern("metric-lasting").match(metric):
        return True
    rest = lexicon.pattern("metric-lasting-start").sub("", metric)
    while verb := lexicon.pattern("metric-governor").match(rest):
        rest = rest[verb.end() :]
    return not rest


def _bare(
    metric: str, item: Stated, before: tuple[Stated, Frame, Wording] | None, frame: Frame, text: str, lexicon: Lexicon
) -> tuple[str, int]:
    """Completes a verb alone: from the number before, the clause before, the clause after or the measure word."""
    kind, start, unit = item.numeral.kind, frame.clause[0], item.numeral.unit
    amount = lexicon.pattern("metric-amount").search(frame.raw)
    if not metric and unit in lexicon.words("metric-area"):
        return lexicon.word("word-area"), start
    if lexicon.pattern("metric-lasting").match(metric):
        return _topic(text, start, lexicon) + metric, start
    if lexicon.pattern("metric-per-only").match(metric):
        return metric + unit + lexicon.word("word-number"), start
    if before and before[0].numeral.unit == unit:
        _, earlier, words = before
        whole = lexicon.pattern("metric-tail").sub("", earlier.left) + earlier.right
        noun = (whole.partition(earlier.verb)[2] if earlier.verb else "") or whole
        return (metric + noun if metric else _shared(words.metric, lexicon)), words.clause[0]
    begin, noun = _clause_before(text, start, lexicon)
    if noun and not (metric and (kind is QuantityKind.MONEY or lexicon.pattern("metric-joint").search(noun))):
        return noun + metric, begin
    if not metric:
        return _clause_after(text, frame.clause[1], lexicon), start
    counted = (
        (amount[0] if amount and amount[0] not in metric else "")
        + metric
        + unit
        + ("" if len(unit) > 1 else lexicon.word("word-number"))
    )
    return (counted if kind is QuantityKind.COUNT else metric), start


def _shared(metric: str, lexicon: Lexicon) -> str:
    """The metric of the number before for another actor: its final verb without who did it (一矿上榜 → 上榜)."""
    verbs = [verb for verb in lexicon.pattern("metric-strong").finditer(metric) if verb.end() == len(metric)]
    return verbs[0][0] if verbs else metric


def _topic(text: str, stop: int, lexicon: Lexicon) -> str:
    """What the sentence is about: its first noun phrase, when short."""
    mark = lexicon.pattern("metric-stop").search(text)
    first = leadless(text[: mark.start()] if mark and mark.start() < stop else "", lexicon)
    verb = lexicon.pattern("metric-predicate").search(first) or lexicon.pattern("metric-governor").search(first)
    noun = first[: verb.start()] if verb else ""
    return noun if 2 <= len(noun) <= _LONG_NOUN and not lexicon.pattern("metric-numbered").search(noun) else ""


def _clause_after(text: str, stop: int, lexicon: Lexicon) -> str:
    """The short noun that opens the next clause (从3家到12家，驿站数量增长)."""
    mark = lexicon.pattern("metric-stop").search(text, stop + 1)
    noun = split_noun(leadless(text[stop + 1 : mark.start() if mark else len(text)], lexicon), lexicon)[0]
    return noun if 2 <= len(noun) <= _LONG_NOUN and not lexicon.pattern("metric-numbered").search(noun) else ""


def _clause_before(text: str, start: int, lexicon: Lexicon) -> tuple[int, str]:
    """Start and short object of the clause that ends before `start`, empty when there is none."""
    marks = [mark for mark in clause_ends(text, lexicon) if mark.end() <= start]
    if not marks or marks[-1].end() != start:
        return start, ""
    begin = marks[-2].end() if len(marks) > 1 else 0
    words = subjectless(text[begin : marks[-1].start()], False, lexicon)
    verb = lexicon.pattern("metric-governor").match(words)
    noun = words[verb.end() :] if verb and starts_with_verb(words, verb.end()) else words
    noun = lexicon.pattern("metric-tail").sub("", noun)
    return (
        (begin, noun)
        if 2 <= len(noun) <= _LONG_NOUN and not lexicon.pattern("metric-numbered").search(noun)
        else (start, "")
    )


def _delta(
    left: str, delta: re.Match[str], frame: Frame, before: Wording | None, text: str, lexicon: Lexicon
) -> tuple[str, int]:
    """A stated change: what changed stands before the verb, in the clause before, or is the metric before."""
    verb = lexicon.pattern("metric-tail").sub("", delta[0])
    what = lexicon.pattern("metric-district").sub("", left[: delta.start()])
    if what:
        return what + verb, frame.clause[0]
    if before:
        return before.metric + verb, before.clause[0]
    start, noun = _clause_before(text, frame.clause[0], lexicon)
    return noun + verb, start


def _respective(
    text: str, frames: Sequence[Frame], index: int, words: Sequence[Wording], lexicon: Lexicon
) -> tuple[str, int] | None:
    """The metric of one number of a 分别 list by its place among what was named before, None if it is no such list."""
    first = index
    while first and frames[first].clause == frames[first - 1].clause and _follows(frames, first):
        first -= 1
    marker = lexicon.pattern("quantity-respectively").search(frames[first].raw)
    if not marker:
        return None
    last = index
    while last + 1 < len(frames) and frames[last + 1].clause == frames[index].clause and _follows(frames, last + 1):
        last += 1
    count, verb = last - first + 1, lexicon.pattern("metric-tail").sub("", marker["verb"])
    named = subjectless(frames[first].raw[: marker.start()], False, lexicon)
    parts = [part for part in lexicon.pattern("metric-joint").split(named) if part]
    if not named and (earlier_list := lexicon.pattern("metric-enumerated").search(text[: frames[first].clause[0]])):
        parts = [part for part in lexicon.pattern("metric-joint").split(earlier_list["list"]) if part]
        verb = earlier_list["noun"] + (earlier_list["of"] or "").lstrip(lexicon.word("word-of")) + verb
    if len(parts) == count:
        return parts[index - first] + verb + frames[index].right, frames[index].clause[0]
    earlier = words[: len(words) - (index - first)]
    if len(parts) == 1 and len(earlier) >= count:
        noun = split_noun(frames[len(earlier) - count + index - first].right, lexicon)[0]
        return noun + named + verb, frames[index].clause[0]
    if not named and len(earlier) >= count:
        source = earlier[len(earlier) - count + index - first]
        return source.metric + verb, source.clause[0]
    return None


def _follows(frames: Sequence[Frame], index: int) -> bool:
    return frames[index].listed or not frames[index].left


def _each(left: str, lexicon: Lexicon) -> str | None:
    """The word for what the number is per: a thing before a time (每人每年 → 人)."""
    found = list(lexicon.pattern("quantity-each").finditer(left))
    if not found:
        return None
    words = [m["each"] or m["all"] for m in found]
    return next((word for word in words if word not in lexicon.words("each-time")), words[0])


def _trimmed(text: str, span: Span) -> Span:
    inner = text[span[0] : span[1]]
    return span[0] + len(inner) - len(inner.lstrip()), span[1] - len(inner) + len(inner.rstrip())


def _plain(metric: str, lexicon: Lexicon) -> str:
    return lexicon.pattern("metric-particle").sub("", _QUOTES.sub("", metric))
