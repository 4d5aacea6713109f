"""Programmes and documents: names in quotation and title marks, and names behind verbs that start things."""

from __future__ import annotations

from collections.abc import Iterator

from kg.clean import plain_name
from kg.find.bare import ends_name, find_bare, programme_start
from kg.find.boundary import Text, name_start
from kg.find.draft import Draft
from kg.find.quotations import Quote, names_programme, read_quotes
from kg.model import EntityType

_TAIL = 20
_LONGEST = 30
_NAMED_SELECTION = 3
_TAIL_BREAKERS = ("tail-breaker", "run-verb", "after-programme", "copula", "outside-programme", "takes-programme")
_STOPS = set("。！？；：")


def find_documents(text: Text) -> Iterator[Draft]:
    """Titled texts: 《…》, and quoted names that end like a document."""
    for match in text.matches("title"):
        if not text.lexicon.pattern("newspaper-title").search(match["inside"]):
            yield Draft(EntityType.DOCUMENT, match.start(), match.end(), "title-marks")
    for quote in read_quotes(text):
        if quote.inside.endswith(text.lexicon.words("document-tail")):
            yield Draft(EntityType.DOCUMENT, quote.start, quote.stop, "quoted-document")


def find_programmes(text: Text) -> Iterator[Draft]:
    """Initiatives, quoted or not."""
    quoted = [draft for run in _quote_runs(read_quotes(text), text) for draft in _quoted(text, run)]
    yield from quoted
    yield from _quoted_again(text, quoted)
    yield from find_bare(text)
    for match in text.matches("verb-event"):
        yield Draft(EntityType.PROGRAMME, *match.span("name"), "verb-event")
    yield from _numbered_meetings(text)
    yield from _nationwide(text)
    yield from _contest_events(text)
    for match in text.matches("self-named-at"):
        yield Draft(EntityType.PROGRAMME, *match.span("name"), "self-named")
    for match in text.matches("selection"):
        start = programme_start(text, match.start())
        if match.start() - start >= _NAMED_SELECTION:
            yield Draft(EntityType.PROGRAMME, _ordinal_start(text, start), match.end(), "selection")
    for match in text.matches("entering-series"):
        verbs = text.lexicon.word_set("run-verb")
        leads = [w.at[1] for w in text.words_in(*match.span()) if w.text in verbs]
        yield Draft(EntityType.PROGRAMME, max(leads, default=match.start()), match.end(), "entering-series")
    for match in text.matches("yearly-campaign"):
        yield Draft(EntityType.PROGRAMME, match.start(), match.end(), "yearly-campaign")
    for match in text.matches("programme-pointer"):
        yield Draft(EntityType.PROGRAMME, match.start(), match.end(), "pointer", anaphor=True)


def _quoted_again(text: Text, drafts: list[Draft]) -> Iterator[Draft]:
    """A quotation that has a head somewhere names the same programme where it stands alone."""
    known = set()
    for draft in drafts:
        match = text.lexicon.pattern("quoted").match(text.text, draft.start, draft.stop)
        if draft.rule == "quoted-head" and match:
            known.add(match["inside"] or match["nested"])
    for quote in read_quotes(text):
        if quote.inside in known and len(quote.inside) >= _NAMED_SELECTION:
            yield Draft(EntityType.PROGRAMME, quote.start, quote.stop, "quoted-name")


def _numbered_meetings(text: Text) -> Iterator[Draft]:
    """A meeting by its number, with the body or place in front that holds it."""
    for match in text.matches("numbered-meeting"):
        start = name_start(text, match.start())
        named = start in text.places or text.lexicon.pattern("organisation-suffix").search(
            text.text, start, match.start()
        )
        yield Draft(EntityType.PROGRAMME, start if named else match.start(), match.end(), "numbered-meeting")


def _nationwide(text: Text) -> Iterator[Draft]:
    """What the whole country calls by one name, and by its abbreviation (产改)."""
    full = text.lexicon.pairs("programme-abbreviation")
    for match in text.matches("nationwide"):
        name = full[match["short"]] if match["short"] else ""
        yield Draft(EntityType.PROGRAMME, match.start(), match.end(), "nationwide-programme", name=name)


def _contest_events(text: Text) -> Iterator[Draft]:
    """The events of a contest, each with the head that the list has at its end."""
    for match in text.matches("event-list"):
        for part in text.lexicon.pattern("listed-part").finditer(text.text, *match.span("list")):
            yield Draft(EntityType.PROGRAMME, *part.span(), "contest-event", name=part[0] + match["head"])


def _quote_runs(quotes: list[Quote], text: Text) -> Iterator[list[Quote]]:
    """Quotations that follow each other directly or after 、 or 和 form one list."""
    joints = {"", *text.lexicon.words("quote-joint")}
    run: list[Quote] = []
    for quote in quotes:
        if run and (quote.start < run[-1].stop or text.text[run[-1].stop : quote.start] not in joints):
            yield run
            run = []
        run.append(quote)
    if run:
        yield run


def _quoted(text: Text, run: list[Quote]) -> Iterator[Draft]:
    lexicon, last = text.lexicon, run[-1]
    if len(run) > 1 and (tail := lexicon.pattern("list-tail").match(text.text, last.stop)):
        for quote in run:
            short = len(quote.inside) <= 2
            name = plain_name(quote.inside) + (tail["head"] if short else "")
            yield Draft(EntityType.PROGRAMME, quote.start, quote.stop, "quoted-list", name=name)
        return
    for quote in run:
        if quote.inside in lexicon.word_set("calendar-quote"):
            continue
        stop = _tail_stop(
            text, quote.stop, "cup-tail" if lexicon.pattern("cup").search(quote.inside) else "tail-stretch"
        )
        if platform := lexicon.pattern("platform").match(text.text, quote.stop):
            yield Draft(EntityType.SITE, quote.start, platform.end(), "quoted-platform")
            continue
        manner = text.text.endswith(lexicon.words("not-programme-before"), 0, quote.start)
        doing = stop is not None and text.text.endswith(lexicon.words("doing-head"), 0, stop)
        if (manner and not doing) or set(quote.inside) & _STOPS:
            continue
        if stop is None and lexicon.pattern("quoted-building").search(
            text.text[max(0, quote.start - _LONGEST) : quote.start]
        ):
            tail = lexicon.pattern("building-tail").match(text.text, quote.stop)
            stop = tail.end() if tail else None
        if stop is not None:
            start = _ordinal_start(text, quote.start)
            yield Draft(EntityType.PROGRAMME, start, stop, "quoted-head")
        elif names_programme(text, quote, run):
            yield Draft(EntityType.PROGRAMME, quote.start, quote.stop, "quoted-name")


def _ordinal_start(text: Text, start: int) -> int:
    match = text.lexicon.pattern("ordinal-before").search(text.text[max(0, start - 8) : start])
    return start - len(match[0]) if match else start


def _tail_stop(text: Text, start: int, pattern: str) -> int | None:
    """End of the head word behind a quotation (“…”职业技能大赛), None when there is none."""
    stretch = text.lexicon.pattern(pattern).match(text.text, start, start + _TAIL)
    if stretch is None:
        return None
    stop = start
    while stop < stretch.end() and not _ends_tail(text, stop):
        stop = max(text.word_at(stop).at[1], stop + 1)
    heads = text.lexicon.pattern("programme-head-at").finditer(text.text, start, min(stop, stretch.end()))
    return max((head.end() for head in heads if ends_name(text, head.end())), default=None)


def _ends_tail(text: Text, position: int) -> bool:
    """True when the word at a position cannot belong to the name of a programme (累计培训, 稳步落地, 是…的项目)."""
    word, lexicon = text.word_at(position), text.lexicon
    if any(word.text in lexicon.word_set(id) for id in ("inner-verb", "name-verb", "programme-head")):
        return False
    if any(word.text in lexicon.word_set(id) for id in _TAIL_BREAKERS):
        return True
    return word.tag[:1] in ("p", "c", "d", "u", "r") or word.tag == "ad"
