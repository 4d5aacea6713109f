"""What a number counts, in the page's own words: its noun, the verb that governs it, and who it is shared out to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.model import QuantityKind, Span
from kg.quantify.after import read_deed
from kg.quantify.complete import clause_before, complete
from kg.quantify.durations import word_duration
from kg.quantify.frames import Frame, Stated, leadless, read_frames
from kg.quantify.place import LONG, SHORT, Place, Wording, counted_noun, governed, short_noun, with_unit

_SHORTEST = 4
_QUOTES = re.compile(r"[“”‘’\"\s《》]")


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
        last = (stated[index - 1], frames[index - 1], words[-1]) if index else None
        place = Place(text=text, item=item, frame=frame, last=last)
        metric, start = _respective(text, frames, index, words, lexicon) or _metric(place, lexicon)
        if item.numeral.kind is QuantityKind.PERCENT:
            metric = lexicon.pattern("metric-share").sub(lexicon.word("word-share"), metric)
        clause = _trimmed(text, (start, frame.clause[1]))
        each = _each(text[frame.clause[0] : item.begin], lexicon)
        words.append(Wording(metric=_plain(metric, lexicon), each=each, clause=clause))
    return words


def _metric(place: Place, lexicon: Lexicon) -> tuple[str, int]:
    """The metric and the start of the stretch that gives it."""
    frame, start = place.frame, place.frame.clause[0]
    delta = lexicon.pattern("quantity-delta").search(frame.left)
    if delta and not frame.after.noun and (delta.start() == 0 or place.kind is not QuantityKind.COUNT):
        return _delta(place, delta, lexicon)
    if special := _special(place, lexicon):
        return special, start
    if place.last and not frame.after.noun and (total := lexicon.pattern("metric-total").search(frame.raw)):
        return counted_noun(place.last[1], lexicon) + total["total"], place.last[2].clause[0]
    metric = _worded(place, lexicon)
    if not metric:
        metric, start = complete(place, lexicon)
    if place.is_in("metric-area", lexicon):
        metric = _area(place, metric, lexicon)
    if not metric and (frame.before.per or place.is_in("unit-persons", lexicon)):
        metric = with_unit("", place, lexicon)
    metric = frame.before.per + metric
    return _often(place, metric, lexicon) + metric, start


def _area(place: Place, metric: str, lexicon: Lexicon) -> str:
    """The metric of a floor area: what has it, with 面积 where no word for area stands there."""
    left = place.frame.left
    if not lexicon.pattern("metric-area-word").search(metric + left):
        return metric + lexicon.word("word-area")
    return place.frame.after.noun + left if place.right.startswith(lexicon.word("word-of")) else metric


def _special(place: Place, lexicon: Lexicon) -> str:
    """The metric of a score, a duration, a price, a record or a rank, empty for any other."""
    left = place.frame.left
    if place.is_in("unit-score", lexicon):
        return _score(place, lexicon)
    if place.kind is QuantityKind.DURATION and (lasting := word_duration(place, lexicon)):
        return lasting
    worth = lexicon.pattern("metric-worth").search(left)
    if worth and place.right.startswith(lexicon.word("word-of")):
        # 价值200元的清凉包
        return short_noun(place.frame.after.noun, lexicon) + worth[0]
    if lexicon.pattern("metric-record").match(place.right):
        return lexicon.pattern("metric-record-verb").sub("", left)
    return place.last[2].metric if place.last and lexicon.pattern("metric-rank").match(place.right) else ""


def _score(place: Place, lexicon: Lexicon) -> str:
    """The last score that the sentence names, else what was won with it."""
    named = list(lexicon.pattern("metric-score").finditer(place.text, 0, place.item.begin))
    won = lexicon.pattern("metric-won").match(place.text, place.item.stop)
    return named[-1][0] if named else (won["what"] if won else "") + lexicon.word("word-score")


def _often(place: Place, metric: str, lexicon: Lexicon) -> str:
    """The word for how often or in what time (全年, 累计, 免费) before a short metric that begins with its verb."""
    verb, raw = place.frame.before.verb, place.frame.raw
    if len(metric) > _SHORTEST or not verb or not metric.startswith(verb):
        return ""
    often = lexicon.pattern("metric-often").search(raw[: raw.rfind(verb)])
    return often["often"] if often else ""


def _worded(place: Place, lexicon: Lexicon) -> str:
    """The metric that the clause itself words, empty when it has a verb alone or nothing."""
    before, after = place.frame.before, place.frame.after
    if after.noun:
        return _with_noun(place, lexicon)
    deed = read_deed(after.said, longest=LONG, lexicon=lexicon)
    part = place.last if lexicon.pattern("metric-part").match(place.frame.raw) else None
    if nominal := lexicon.pattern("metric-nominal").match(place.frame.left):
        # 其中24小时不打烊的有37个
        return nominal["what"] + (counted_noun(part[1], lexicon) if part else "")
    if place.last and lexicon.pattern("metric-attribute").match(before.object):
        return governed(place, before.object + counted_noun(place.last[1], lexicon), lexicon)
    if not before.verb:
        return _verbless(place, deed, lexicon)
    if before.object:
        return governed(place, _object(place, lexicon), lexicon)
    if before.adjunct[:1] in lexicon.words("grammar-fronting"):
        return before.verb + short_noun(before.adjunct[1:], lexicon)
    if deed and place.kind is not QuantityKind.DURATION:
        return ("" if before.verb in lexicon.word_set("grammar-spending") else before.verb) + deed
    return _of_subject(place, part is not None, lexicon)


def _verbless(place: Place, deed: str, lexicon: Lexicon) -> str:
    """The noun before a number without a verb, else what is said behind it."""
    named = place.frame.before.object
    if lexicon.pattern("metric-place").match(named):
        return deed
    if not named:
        said = lexicon.pattern("metric-adverbial").sub("", place.frame.after.said)
        return deed or (said if 1 < len(said) <= LONG else "")
    if deed and lexicon.pattern("metric-among").search(place.frame.left):
        return deed + lexicon.word("word-of") + named
    acts = place.is_in("unit-persons", lexicon) and not lexicon.pattern("grammar-person").search(named)
    return deed if deed and acts else short_noun(named, lexicon)


def _object(place: Place, lexicon: Lexicon) -> str:
    """The object of the verb; of several that are given with a sum of money the last one (奖状和奖金5万元)."""
    noun = short_noun(place.frame.before.object, lexicon, governed=True)
    if place.kind is QuantityKind.MONEY and len(noun) > SHORT:
        return lexicon.pattern("metric-joint").split(noun)[-1]
    return noun


def _of_subject(place: Place, part: bool, lexicon: Lexicon) -> str:
    """A verb alone with the thing that is its subject (托管班开了180个); an actor is no metric."""
    before = place.frame.before
    acts = place.kind is not QuantityKind.PERCENT and lexicon.pattern("grammar-actor").search(before.subject)
    if not before.subject or (acts and not part):
        return ""
    return short_noun(before.subject, lexicon).rpartition(lexicon.word("word-of"))[2] + before.verb


def _with_noun(place: Place, lexicon: Lexicon) -> str:
    """The metric of a number with its noun behind it."""
    before, after = place.frame.before, place.frame.after
    copula = before.verb in lexicon.word_set("grammar-copula")
    noun = short_noun(after.noun, lexicon, governed=bool(before.verb) and not copula)
    if after.of:
        return noun + lexicon.word("word-of") + after.of
    if before.verb and not copula and not lexicon.pattern("metric-origin").match(before.verb):
        return _with_verb(place, noun, lexicon)
    deed = _attribute(place, lexicon)
    if not deed:
        return ("" if copula else before.verb) + noun
    if place.kind is QuantityKind.PERCENT:
        return noun + deed
    if noun.startswith(deed):
        return noun
    return deed + ("" if deed in lexicon.word_set("grammar-close") else lexicon.word("word-of")) + noun


def _with_verb(place: Place, noun: str, lexicon: Lexicon) -> str:
    """Verb and counted noun, with what was fronted (把小课堂开进3座楼宇) or they were made to do (推动企业建会)."""
    before, after = place.frame.before, place.frame.after
    if before.adjunct[:1] in lexicon.words("grammar-fronting"):
        whole = before.adjunct[1:] + before.verb + noun
        return whole if len(whole) <= LONG else before.verb + noun
    if lexicon.pattern("metric-named-as").match(after.said) and len(after.said) <= SHORT:
        return governed(place, noun, lexicon) + after.said
    pivots = lexicon.pattern("grammar-pivot").search(before.verb)
    return governed(place, noun, lexicon) + (
        read_deed(after.said, longest=LONG - len(noun), lexicon=lexicon) if pivots else ""
    )


def _attribute(place: Place, lexicon: Lexicon) -> str:
    """What those who are counted did, before the number (首期入学的54名职工) or behind it (职工参赛)."""
    before, after = place.frame.before, place.frame.after
    empty = before.relative in lexicon.word_set("grammar-no-deed") or lexicon.pattern("metric-origin").match(
        before.relative
    )
    if 0 < len(before.relative) <= SHORT and not empty:
        return before.relative
    given = before.prep in lexicon.word_set("grammar-giving")
    deed = read_deed(after.said, longest=LONG, lexicon=lexicon, given=given)
    return lexicon.pattern("metric-competes").sub(lexicon.word("word-competing"), deed)


def _delta(place: Place, delta: re.Match[str], lexicon: Lexicon) -> tuple[str, int]:
    """A stated change: what changed stands before the verb, in the clause before, or is the metric before."""
    frame = place.frame
    verb = lexicon.pattern("metric-tail").sub("", delta[0])
    what = lexicon.pattern("metric-district").sub("", frame.left[: delta.start()])
    if what:
        return short_noun(what, lexicon) + verb, frame.clause[0]
    if place.kind is QuantityKind.DURATION:
        return verb + read_deed(frame.after.said, longest=LONG, lexicon=lexicon), frame.clause[0]
    if place.last:
        return place.last[2].metric + verb, place.last[2].clause[0]
    start, noun = clause_before(place.text, frame.clause[0], lexicon)
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
    named = leadless(frames[first].raw[: marker.start()], lexicon)
    parts = [part for part in lexicon.pattern("metric-joint").split(named) if part]
    if not named and (earlier_list := lexicon.pattern("metric-enumerated").search(text[: frames[first].clause[0]])):
        parts = [part for part in lexicon.pattern("metric-joint").split(earlier_list["list"]) if part]
        verb = earlier_list["noun"] + (earlier_list["of"] or "").lstrip(lexicon.word("word-of")) + verb
    if len(parts) == count:
        return parts[index - first] + verb + frames[index].after.noun, frames[index].clause[0]
    earlier = words[: len(words) - (index - first)]
    if len(parts) == 1 and len(earlier) >= count:
        noun = frames[len(earlier) - count + index - first].after.noun
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
