"""The words before a number: the verb that governs it with subject, adjunct and object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicon import Lexicon
from kg.quantify.tokens import (
    CHAIN,
    MAYBE,
    NOUNS,
    PLAIN,
    SURE,
    VERBS,
    Token,
    behind_aspects,
    governs,
    last_of,
    read_tokens,
    text_of,
)

_LISTING = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What stands between the start of a clause and a number.

    Args:
        subject: The noun phrase before adjunct and verb, empty when none.
        adjunct: A preposition with its noun before the verb (为职工).
        verb: The governing verb with its aspect, empty when none.
        object: The noun phrase between verb and number; without a verb the noun phrase before the number.
        prep: The preposition that governs the number itself (为 of 为300名职工).
        per: What the number is for one of (每名学员), empty when none.
        relative: The clause with 的 that the counted noun has before the number (首期入学 of 首期入学的54名职工).
    """

    subject: str = ""
    adjunct: str = ""
    verb: str = ""
    object: str = ""
    prep: str = ""
    per: str = ""
    relative: str = ""


def read_before(left: str, *, noun_follows: bool, lexicon: Lexicon, item: bool = False) -> Before:
    """Reads the words before a number.

    Args:
        left: Words between the start of the clause and the number, without connectives in front.
        noun_follows: Whether the counted noun stands behind the number.
        lexicon: For the word classes.
        item: Whether it is an item of a list, which has a verb only where no noun could stand.
    """
    if noun_follows:
        return _before_noun(*_without_per(_listless(read_tokens(left, lexicon), lexicon)), item=item, lexicon=lexicon)
    left = lexicon.pattern("metric-risen").sub("", left)
    tokens, per = _without_per(_without_tail(read_tokens(left, lexicon), lexicon))
    found = _main_verb(tokens, noun_follows=False, lexicon=lexicon)
    if _names_measure(tokens, found, lexicon):
        return Before(object=_measured(tokens), per=per)
    return _parted(tokens, found, per, item=item, lexicon=lexicon)


def _before_noun(tokens: list[Token], per: str, *, item: bool, lexicon: Lexicon) -> Before:
    """The words before a number that its noun follows."""
    if tokens and tokens[-1].kind == "u":
        return _before_relative(tokens[:-1], per, lexicon)
    prep = last_of(tokens, "p")
    if prep is not None and not any(governs(tokens, i, lexicon) for i in range(prep + 1, len(tokens))):
        rest = text_of(tokens[prep + 1 :])
        return Before(subject=_noun_before(tokens[:prep]), prep=tokens[prep].text, object=rest, per=per)
    return _parted(tokens, _main_verb(tokens, noun_follows=True, lexicon=lexicon), per, item=item, lexicon=lexicon)


def _parted(tokens: list[Token], found: tuple[int, int] | None, per: str, *, item: bool, lexicon: Lexicon) -> Before:
    """The words parted at their main verb."""
    if found is None:
        return Before(object=_noun_before(tokens), per=per)
    first, last = found
    if item and tokens[last].kind != SURE:
        return Before(object=text_of(tokens), per=per)
    stop = behind_aspects(tokens, last)
    adjunct = last_of(tokens[:first], "p")
    begin = first if adjunct is None else adjunct
    return Before(
        subject=_subject(tokens[:begin]),
        adjunct=text_of(tokens[begin:first]),
        verb=text_of(tokens[first:stop]),
        object=text_of(_without_tail(tokens[stop:], lexicon)),
        per=per,
    )


def _without_tail(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words without 达, 共, 了 and their like at the end; the direction of a verb (收到) stays."""
    tail, stop = lexicon.pattern("metric-tail"), len(tokens)
    while stop and tail.fullmatch(tokens[stop - 1].text):
        if tokens[stop - 1].kind == "s" and tokens[stop - 1].text not in lexicon.word_set("grammar-done"):
            break
        stop -= 1
    return tokens[:stop]


def _before_relative(tokens: list[Token], per: str, lexicon: Lexicon) -> Before:
    """The words before a number that 的 ends: the verb before that clause governs (吸引了来自各地的300名选手)."""
    verbs = [i for i in range(len(tokens)) if governs(tokens, i, lexicon)]
    prep = next((i for i, t in enumerate(tokens) if t.kind == "p"), None)
    if prep is not None and (not verbs or prep < verbs[0]):
        return Before(subject=_noun_before(tokens[:prep]), prep=tokens[prep].text, per=per)
    if not verbs:
        return Before(object=_noun_before(tokens), per=per)
    first = verbs[0]
    while first and tokens[first - 1].kind in VERBS:
        first -= 1
    if any(i > verbs[0] + 1 for i in verbs):
        stop = behind_aspects(tokens, verbs[0])
        return Before(subject=_noun_before(tokens[:first]), verb=text_of(tokens[first:stop]), per=per)
    first -= bool(first and lexicon.pattern("grammar-first").match(tokens[first - 1].text))
    return Before(relative=text_of(tokens[first:]), per=per)


def _without_per(tokens: list[Token]) -> tuple[list[Token], str]:
    """The words without what the number is for one of, and that (每名学员│补贴)."""
    start = next((i for i, t in enumerate(tokens) if t.kind == "q"), None)
    if start is None:
        return tokens, ""
    stop = start + 1
    while stop < len(tokens) and tokens[stop].kind == "q":
        stop += 1
    noun = stop
    while noun < len(tokens) and tokens[noun].kind in NOUNS:
        noun += 1
    stop = noun if noun < len(tokens) and tokens[noun].kind in VERBS + "dp" else stop
    start -= bool(start and tokens[start - 1].kind == "p")
    return [*tokens[:start], *tokens[stop:]], text_of(tokens[start:stop])


def _listless(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words without the list that the counted noun sums up (给予│住房、医疗、子女入学等8项礼遇)."""
    first = next((i for i, t in enumerate(tokens) if t.text == _LISTING), None)
    verb = None if first is None else _verb_of_list(tokens, first, lexicon)
    if verb is None:
        return tokens
    return [*tokens[:verb], tokens[verb]._replace(kind=SURE), *tokens[verb + 1 : behind_aspects(tokens, verb)]]


def _verb_of_list(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int | None:
    """Index of the verb whose object is a list with its first mark at `first`, None when it has none."""
    of = last_of(tokens[:first], "u")
    sure = [i for i in range(first) if tokens[i].kind == SURE]
    if sure:
        return next((i for i in sure if of is None or i > of), sure[0])
    verbs = [i for i in range(first) if governs(tokens, i, lexicon)]
    if verbs:
        return verbs[-1]
    # 大赛│设置│机器人调试、汽车维修等22个赛项: the verb stands between subject and list.
    return next((i for i in range(1, first) if tokens[i].kind == MAYBE and len(tokens[i].text) > 1), None)


def is_noun(text: str, lexicon: Lexicon) -> bool:
    """True for a noun phrase, False where a verb stands behind a noun (总包单位同意垫付)."""
    tokens = read_tokens(text, lexicon)
    return not any(one.kind == "n" and two.kind in SURE + PLAIN for one, two in pairwise(tokens))


def _main_verb(tokens: Sequence[Token], *, noun_follows: bool, lexicon: Lexicon) -> tuple[int, int] | None:
    """First and last word of the verbs that govern the end of a clause, None when nothing surely governs it.

    The last verb counts, for 组织职工参加培训 counts the training; but none in a relative clause.
    """
    of = last_of(tokens[:-1], "u")
    verbs = [i for i in range(len(tokens)) if governs(tokens, i, lexicon)]
    behind = [i for i in verbs if of is None or i > of]
    while len(behind) > 1 and _is_compounded(tokens, behind[-1], lexicon) and tokens[behind[-2]].kind == SURE:
        behind.pop()
    if behind:
        last = behind[-1]
        if last == len(tokens) - 1 and not noun_follows and len(behind) > 1 and _pivots(tokens, behind[-2], last):
            last = behind[-2]
    elif verbs and of is not None and any(t.kind in VERBS for t in tokens[verbs[0] + 1 : of]):
        last = verbs[0]
    else:
        return None
    first = last
    copula = lexicon.word_set("grammar-copula")
    while first and tokens[first - 1].kind in CHAIN and tokens[first - 1].text not in copula:
        first -= 1
    return first, last


def _is_compounded(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """True for a verb between two nouns of which the first is nobody that could act (技能│提升│承诺书)."""
    if not 0 < i < len(tokens) - 1 or tokens[i + 1].kind not in NOUNS or tokens[i - 1].kind != "n":
        return False
    acts = lexicon.pattern("grammar-actor").search(tokens[i - 1].text)
    return not acts and not lexicon.pattern("grammar-person").search(tokens[i - 1].text)


def _pivots(tokens: Sequence[Token], one: int, two: int) -> bool:
    """True for 推动企业建会: the noun between two verbs is object of the first."""
    between = tokens[one + 1 : two]
    return any(t.kind == "n" for t in between) and not any(t.kind == "p" for t in between)


def _noun_before(tokens: Sequence[Token]) -> str:
    """The last noun phrase of some words, without the adverbs, times and prepositions around it."""
    kept = list(tokens)
    while kept and kept[-1].kind in "detsxcprqf":
        kept.pop()
    cut = next((i + 1 for i in range(len(kept) - 1, -1, -1) if kept[i].kind in "dp"), 0)
    kept = kept[cut:]
    while kept and kept[0].kind in "dtxcrsuf":
        kept.pop(0)
    return text_of(kept)


def _subject(tokens: Sequence[Token]) -> str:
    """The noun phrase that ends the words before a verb."""
    kept = list(tokens)
    while kept and kept[-1].kind in "detsxcprq":
        kept.pop()
    start = len(kept)
    named = start == 1 and len(kept[0].text) > 1
    while start and (named or kept[start - 1].kind in NOUNS + VERBS + "luf"):
        start -= 1
    while start < len(kept) and kept[start].kind == "u":
        start += 1
    return "" if kept and kept[-1].kind == "u" else text_of(kept[start:])


def _names_measure(tokens: Sequence[Token], found: tuple[int, int] | None, lexicon: Lexicon) -> bool:
    """True for the name of a rate, or of an amount that no verb governs (讨回工资 is none)."""
    left = text_of(tokens)
    if not lexicon.pattern("metric-measured").search(left) or lexicon.pattern("metric-takes").search(left):
        return False
    governed = found is not None and tokens[found[1]].kind == SURE and found[1] + 1 < len(tokens)
    return not governed or lexicon.pattern("metric-rate").search(left) is not None


def _measured(tokens: Sequence[Token]) -> str:
    """The name of a rate, total or duration, without adverbs and 把 in front."""
    start = next((i for i, t in enumerate(tokens) if t.kind not in "dtxcprsuq"), 0)
    return text_of(tokens[start:])
