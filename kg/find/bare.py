"""Names of programmes without quotation marks: where they begin, and which of them name one programme.

The right edge is a head word (招聘会, 行动, 夜校). The left edge is sought word by word: verbs may stand inside such a
name (素质|提升|培训班), so a class of those that may is kept; any other verb ends it, as do marks, function words and
what only describes. Whether the stretch names one programme or a kind of them (各类培训) is decided by weighing signs
in it and around it; patterns and weights stand in `kg/lexicon/programmes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.clean import plain_name
from kg.find.boundary import Text
from kg.find.draft import Draft
from kg.model import EntityType
from kg.words import Word

_LONGEST = 36
_SHORTEST = 4
_SHORTEST_COINED = 3
_BEFORE = 12
_BEHIND = 24
_THRESHOLD = 3
_PLACED = 2
_RETURNS = 1
_QUOTES = ("“", "‘")
_CLOSING_QUOTES = ("”", "’")
_COINED = 3
_ANCHOR = 16
_EDITION = 9
_MEASURED = 6
_VERB = 2
_CLOSED_TAGS = ("p", "c", "d", "u", "r", "y", "e", "o")


def find_bare(text: Text) -> Iterator[Draft]:
    """Head words with a name before them, wherever they stand."""
    known = {match.end(): match.start("name") for match in text.matches("nationwide")}
    for match in text.matches("programme-noun"):
        start = _with_partner(text, programme_start(text, match.start()))
        if match["event"]:
            start = _with_area(text, start)
        stop = match.end()
        if not ends_name(text, stop) or _quoted(text, start, stop) or _governs_known(text, start, known.get(stop)):
            continue
        if match["coined"]:
            found = stop - start >= _SHORTEST_COINED and _introduced(text, start, stop)
        else:
            found = start < match.start() and stop - start >= _SHORTEST
        if found and names_one(text, start, stop):
            yield Draft(EntityType.PROGRAMME, start, stop, "programme-head")


def _governs_known(text: Text, start: int, known: int | None) -> bool:
    """区里|推进|产业工人队伍建设改革: what all the country knows by one name is not named after who carries it on."""
    verbs = text.lexicon.word_set("run-verb")
    if known is None:
        return False
    return start not in text.places or any(word.text in verbs for word in text.words_in(start, known))


def _quoted(text: Text, start: int, stop: int) -> bool:
    """True for all that stands in a pair of quotation marks: `quotations` decides on it."""
    return text.text[start - 1 : start] in _QUOTES and text.text[stop : stop + 1] in _CLOSING_QUOTES


def programme_start(text: Text, stop: int) -> int:
    """Where the name of a programme begins that goes on at `stop`; `stop` itself when nothing precedes."""
    position, floor = stop, max(0, stop - _LONGEST)
    while position > floor:
        before = _step(text, position)
        if before is None:
            position = _behind_verb(text, position)
            break
        position = before
        if _opens(text, position):
            position = _with_edition(text, position)
            break
    return _without_leading(text, position, stop)


def _opens(text: Text, position: int) -> bool:
    """True where a place or a body opens the name; 开发区 alone is the end of a place that nobody knows."""
    place = text.places.get(position)
    return position in text.body_starts or (
        place is not None and place not in text.lexicon.word_set("generic-district")
    )


def _with_edition(text: Text, position: int) -> int:
    """第六届|江城市职工技能大赛: the number of an edition may stand before the place."""
    edition = text.lexicon.pattern("edition-before").search(text.text, max(0, position - _EDITION), position)
    return position if edition is None else edition.start()


def _step(text: Text, position: int) -> int | None:
    """One step to the left, None where the name begins."""
    if (place := text.place_ending(position)) is not None:
        return place[0]
    if (body := text.bodies.get(position)) is not None:
        return body
    if (person := text.person_starts.get(position)) is not None:
        return person
    if text.text[position - 1] in _CLOSING_QUOTES:
        return _over_quotation(text, position)
    if (edition := _with_edition(text, position)) < position:
        return edition
    if manner := next((m for m in text.lexicon.words("held-where") if text.text.endswith(m, 0, position)), ""):
        return position - len(manner)
    word = text.word_before(position)
    if word.text in text.lexicon.word_set("pair-mark"):
        return word.at[0] if _pairs(text, word) else None
    return None if _closes(text, word) else word.at[0]


def _behind_verb(text: Text, position: int) -> int:
    """Where a verb that starts something ends shortly before: what is between may be words that nobody knows."""
    anchor = text.lexicon.pattern("verb-anchor").search(text.text, max(0, position - _ANCHOR), position)
    if anchor is None or _holds_verb(text, anchor.start("rest"), position):
        return position
    return anchor.start("rest")


def _holds_verb(text: Text, start: int, stop: int) -> bool:
    classes = [
        text.lexicon.word_set(id)
        for id in ("takes-programme", "run-verb", "starting-verb", "cut-before-programme", "outside-programme")
    ]
    words = text.words_in(start, stop)
    return any(word.tag[:1] in ("p", "c", "r") or any(word.text in verbs for verbs in classes) for word in words)


def _over_quotation(text: Text, position: int) -> int | None:
    """A calendar day in quotation marks (“五一”) is a word like any other."""
    opening = max(text.text.rfind(mark, 0, position) for mark in "“‘")
    inside = text.text[opening + 1 : position - 1]
    return opening if opening >= 0 and inside in text.lexicon.word_set("calendar-quote") else None


def _pairs(text: Text, mark: Word) -> bool:
    """True between two nouns that stand in one name together (劳动和技能竞赛); 暨 joins anything."""
    if mark.text == text.lexicon.word("and-also"):
        return True
    pairs = text.lexicon.word_set("paired-noun")
    left = text.text[: mark.at[0]].endswith(text.lexicon.words("paired-noun"))
    return left and text.word_at(mark.at[1]).text in pairs


def _closes(text: Text, word: Word) -> bool:
    """True when a word cannot belong to the name of a programme that goes on behind it."""
    lexicon, form = text.lexicon, word.text
    if not form.isalnum() and form != "·":
        return True
    if form in lexicon.word_set("outside-programme") or form in lexicon.word_set("cut-before-programme"):
        return True
    if form in lexicon.word_set("name-verb") or form in lexicon.word_set("inner-verb"):
        return _governs(text, word)
    if lexicon.pattern("measured").search(text.text, max(0, word.at[1] - _MEASURED), word.at[1]):
        return True
    if len(form) > _VERB and form[-_VERB:] in lexicon.word_set("run-verb"):
        # 广泛开展 is one word of the dictionary.
        return True
    if any(form in lexicon.word_set(id) for id in ("season", "name-char", "worker-group")):
        return False
    if form in lexicon.word_set("function-char") or form[0].isdigit():
        return True
    if len(form) == 1 and word.tag[:1] in ("v", "f"):
        return word.tag[:1] == "f" or form in lexicon.word_set("single-verb")
    trade = form.endswith(lexicon.words("occupation-tail"))
    return word.tag[:1] in (*_CLOSED_TAGS, "v", "t") and word.tag != "vn" and not trade


def _governs(text: Text, word: Word) -> bool:
    """True for a verb that takes what follows as its object: behind a body, or where a clause begins."""
    starts = word.text in text.lexicon.word_set("run-verb")
    if starts and word.at[0] in text.bodies:
        return True
    if not starts and word.text not in text.lexicon.word_set("leading-verb"):
        return False
    before = text.word_before(word.at[0])
    inside = before.text.isalnum() and before.tag[:1] not in _CLOSED_TAGS
    return not inside or any(
        before.text in text.lexicon.word_set(id) for id in ("outside-programme", "cut-before-programme")
    )


def _without_leading(text: Text, start: int, stop: int) -> int:
    """Moves the start right over words that only describe what follows."""
    while start < stop:
        word = text.word_at(start)
        if word.at[0] != start or start in text.places or start in text.body_starts:
            break
        if word.text not in text.lexicon.word_set("before-programme"):
            break
        start = word.at[1]
    return min(start, stop)


def ends_name(text: Text, stop: int) -> bool:
    """True where a head word ends a name, not a piece of a word or an attribute (活动|中心, 工程|师)."""
    if stop >= len(text.text):
        return True
    word = text.word_at(stop)
    acts = word.text in text.lexicon.word_set("aspect-mark")
    return word.at[0] == stop and not acts and word.text not in text.lexicon.word_set("not-after-head")


def names_one(text: Text, start: int, stop: int) -> bool:
    """True when a stretch names one programme and not a kind of them."""
    name = plain_name(text.text[start:stop])
    if not _SHORTEST_COINED <= len(name) <= _LONGEST:
        return False
    return score(text, start, stop) >= _THRESHOLD


def _introduced(text: Text, start: int, stop: int) -> bool:
    """True where a verb or a list shows that words are a name (开展|金秋助学, …、…等活动)."""
    context = _context(text, start, stop)
    signs = ("bare-started", "bare-listed")
    return start not in text.body_starts and any(text.lexicon.pattern(sign).search(context) for sign in signs)


def _context(text: Text, start: int, stop: int) -> str:
    before, behind = text.text[max(0, start - _BEFORE) : start], text.text[stop : stop + _BEHIND]
    return f"{before}⟦{text.text[start:stop]}⟧{behind}"


def score(text: Text, start: int, stop: int) -> float:
    """The sum of the weights of all signs."""
    lexicon, name, context = text.lexicon, text.text[start:stop], _context(text, start, stop)
    placed = _placed(text, start)
    event, manner = (bool(lexicon.pattern(f"bare-{kind}").search(context)) for kind in ("event", "manner"))
    found = sum(
        weight
        for sign, weight in lexicon.weights("bare-name").items()
        if not (placed and sign == "plain") and lexicon.pattern(f"bare-{sign}").search(context)
    )
    return (
        found
        + (_PLACED if event else 1) * placed
        + _RETURNS * (text.text.count(name) > 1)
        + _COINED * (manner and _coined(text, start, stop))
    )


def _placed(text: Text, start: int) -> bool:
    """True when a place or a body opens the name; 北京|市级 is a level."""
    place = text.places.get(start)
    if place is None:
        return start in text.body_starts
    return not text.text.startswith(text.lexicon.words("level-mark"), start + len(place))


def _coined(text: Text, start: int, stop: int) -> bool:
    """True when two single characters stand in a row in the word cut: a word that the dictionary lacks (奖补)."""
    lengths = [len(word.text) for word in text.words_in(start, stop)]
    return (1, 1) in pairwise(lengths)


def _with_area(text: Text, start: int) -> int:
    """全省|港口职工技能大赛: an event is named with the area that it is held for."""
    area = text.lexicon.pattern("area-before").search(text.text, max(0, start - _EDITION), start)
    return start if area is None else area.start()


def _with_partner(text: Text, start: int) -> int:
    """区政府与区总工会|联席会议: what two bodies hold together is named after both."""
    if start and text.text[start - 1] in text.lexicon.word_set("pair-joint") and start in text.body_starts:
        return text.bodies.get(start - 1, start)
    return start
