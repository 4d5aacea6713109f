"""Honours: awards by their names, titles that somebody is given, places in a contest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean import plain_name
from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.find.quotations import read_quotes
from kg.model import EntityType

_LONG = 5
_SHORT = 4


def find_honours(text: Text) -> Iterator[Draft]:
    """Honours, quoted or not; the word for a kind of them (一等奖, 先进集体) names none."""
    yield from _standard(text)
    yield from _awarded(text)
    yield from _quoted(text)
    for id in ("contest-result", "contest-result-topic", "winners-label", "commended"):
        for match in text.matches(id):
            yield Draft(EntityType.HONOUR, *match.span("name"), id)


def _standard(text: Text) -> Iterator[Draft]:
    """What all unions award (五一劳动奖章), with its level or place."""
    for match in text.matches("honour-name"):
        place = text.place_ending(match.start()) or text.place_ending(match.start() + len(match["level"] or ""))
        generic = plain_name(match[0]) in text.lexicon.word_set("generic-honour")
        if place or (not generic and (match["level"] or match["quote"] or len(match[0]) >= _LONG)):
            yield Draft(EntityType.HONOUR, place[0] if place else match.start(), match.end(), "honour-name")
    for match in text.matches("short-model-worker"):
        place = text.place_ending(match.start("level")) or text.place_ending(match.end("level"))
        start = place[0] if place else match.start()
        full = _in_full(text, text.text[start : match.end()])
        yield Draft(EntityType.HONOUR, start, match.end(), "short-model-worker", name=full)


def _in_full(text: Text, form: str) -> str:
    """全国劳模 → 全国劳动模范 where the article has that too; else empty."""
    for short, long in text.lexicon.pairs("model-worker").items():
        if form.replace(short, long) in text.text:
            return form.replace(short, long)
    return ""


def _awarded(text: Text) -> Iterator[Draft]:
    """The object of a verb of awarding, where a word of praise or level makes an honour of it."""
    for match in text.matches("awarded"):
        name = plain_name(match["name"])
        if name not in text.lexicon.word_set("generic-honour") and _praises(text, match):
            yield Draft(EntityType.HONOUR, *match.span("name"), "awarded")


def _praises(text: Text, match: re.Match[str]) -> bool:
    start, stop = match.span("name")
    return any(mark in match["name"] for mark in text.lexicon.words("honour-mark")) and stop - start >= _SHORT


def _quoted(text: Text) -> Iterator[Draft]:
    """Quoted titles: behind a verb of awarding, before 称号, and in front of who bears them."""
    for match in text.matches("quoted-honour-head"):
        name = plain_name(match["inside"]) if match["suffix"] in text.lexicon.word_set("plain-honour") else ""
        yield Draft(EntityType.HONOUR, match.start(), match.end(), "quoted-honour-head", name=name)
    awarded = [(match.span("quotes"), _weak(text, match)) for match in text.matches("quoted-honour")]
    counted = {match.start() for match in text.matches("counted-honour")}
    bearers = {match.start() for match in text.matches("borne-honour") if match.end() in text.people}
    for quote in read_quotes(text):
        honour = bool(text.lexicon.pattern("honour-end").search(quote.inside))
        borne = honour and (quote.start in bearers or quote.start in counted)
        given = any(span[0] <= quote.start and quote.stop <= span[1] and (honour or not weak) for span, weak in awarded)
        if (given or borne) and not text.lexicon.pattern("cup").search(quote.inside):
            yield Draft(EntityType.HONOUR, quote.start, quote.stop, "quoted-honour")


def _weak(text: Text, match: re.Match[str]) -> bool:
    """True behind a verb that need not award anything (表彰, 成为)."""
    return match["verb"] in text.lexicon.word_set("weak-award-verb")
