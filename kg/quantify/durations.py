"""The metric of a number of hours, days or years: what lasted, took or was done so long."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.quantify.after import read_after, read_deed
from kg.quantify.before import read_before
from kg.quantify.complete import topic_of
from kg.quantify.frames import leadless
from kg.quantify.place import LONG, SHORT, Place


def word_duration(place: Place, lexicon: Lexicon) -> str:
    """The metric of a number that lasts (为期三天的大赛, 只用了11天就建成, 4个月的努力), empty for any other."""
    left, right = place.frame.left, place.right
    of, time = lexicon.word("word-of"), lexicon.word("word-time")
    if right.startswith(of) and (lasting := lexicon.pattern("metric-lasting-for").match(left)):
        return lasting["lasting"]
    if what := lexicon.pattern("metric-time-of").match(right):
        return what["what"] + of + time
    right = lexicon.pattern("metric-time-word").sub("", right)
    if used := lexicon.pattern("metric-time-used").search(left):
        return _taken(left[: used.start()], right, lexicon)
    if at_once := lexicon.pattern("metric-at-once").search(left):
        return at_once["verb"] + time
    if lasting := lexicon.pattern("metric-lasting").search(left):
        return _lasted(place, lasting, right, lexicon)
    return _so_long(place, right, lexicon)


def _taken(left: str, right: str, lexicon: Lexicon) -> str:
    """What took so long stands before the number (核对身份就花了9天) or behind it (用两个月时间走访企业)."""
    task = read_before(leadless(left, lexicon), noun_follows=False, lexicon=lexicon)
    done = task.verb + task.object if task.verb and task.object else right
    return lexicon.pattern("metric-adverbial").sub("", done)[:LONG] + lexicon.word("word-taken")


def _lasted(place: Place, lasting: re.Match[str], right: str, lexicon: Lexicon) -> str:
    """连续 or 历时 with what lasted: what is said behind the number, what stands before it, or the topic."""
    deed = right if len(right) <= LONG else read_deed(right, longest=LONG, lexicon=lexicon)
    if deed:
        return lasting[0] + deed
    what = read_before(place.frame.left[: lasting.start()], noun_follows=False, lexicon=lexicon).object
    acts = lexicon.pattern("grammar-actor").search(what)
    return ("" if acts else what or topic_of(place.text, place.frame.clause[0], lexicon)) + lasting[0]


def _so_long(place: Place, right: str, lexicon: Lexicon) -> str:
    """A deed after so long (20分钟就能定位) or for so long (开了31年公交, 抢修了19个小时)."""
    before, time = place.frame.before, lexicon.word("word-time")
    if place.is_in("unit-class-time", lexicon) and not before.verb and not before.object and not right:
        return topic_of(place.text, place.frame.clause[0], lexicon) + place.unit
    said = lexicon.pattern("metric-soon").sub("", right)
    if not place.frame.left and 1 < len(said) <= LONG:
        return said + time
    if not before.verb or before.object:
        return ""
    noun = read_after(right, people=False, events=True, lexicon=lexicon).noun
    return before.verb + (noun if 0 < len(noun) <= SHORT else time)
