"""The words behind a number: the noun that it counts and what is said of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.quantify.tokens import CHAIN, MAYBE, NOMINAL, NOUNS, PLAIN, SURE, VERBS, Token, read_tokens, text_of

_COMPOUND, _NEAR = 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What stands between a number and the end of its clause or the next number.

    Args:
        noun: The counted noun phrase, empty when none.
        of: The noun that the counted one belongs to another with (比拼 of 6个项目的比拼), empty when none.
        said: What is said of it.
    """

    noun: str = ""
    of: str = ""
    said: str = ""


def read_after(right: str, *, people: bool, events: bool, lexicon: Lexicon) -> After:
    """Reads the words behind a number.

    Args:
        right: Words between the number and the next one or the end of the clause.
        people: Whether the unit counts people: their noun ends with a word for persons, and a verb tells what they do.
        events: Whether the unit counts events, whose nouns may be verbs (8场比武).
        lexicon: For the word classes.
    """
    tokens = _with_compounds(read_tokens(right, lexicon), lexicon)
    if not tokens or _is_said(tokens, people=people):
        return After(said=right)
    head = _relative(tokens, people=people, lexicon=lexicon)
    if head == 0 and (tokens[0].kind in ("dprtfe" if people else "dprtf") or (people and _acts(tokens, lexicon))):
        return After(said=right)
    stop = _noun_stop(tokens, head, people=people, events=events, lexicon=lexicon)
    noun, rest = right[: tokens[stop - 1].stop], tokens[stop:]
    if rest and rest[0].kind == "u" and len(rest) > 1:
        of = _noun_stop(tokens, stop + 1, people=False, events=True, lexicon=lexicon)
        return After(
            noun=noun, of=right[tokens[stop + 1].start : tokens[of - 1].stop], said=right[tokens[of - 1].stop :]
        )
    return After(noun=noun, said=right[len(noun) :])


def _with_compounds(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words, where a verb that opens them before a noun of a sort (出版│单位) is part of a name and no verb."""
    opens = len(tokens) > 1 and tokens[0].kind == SURE and tokens[1].text in lexicon.word_set("grammar-head")
    return [tokens[0]._replace(kind=NOMINAL), *tokens[1:]] if opens else tokens


def without_next_verb(right: str, lexicon: Lexicon) -> str:
    """The words between two numbers without the verb of the second (小分队│精准对接19家企业)."""
    tokens = read_tokens(right, lexicon)
    stop = len(tokens)
    while stop > 1 and tokens[stop - 1].kind in CHAIN + "s":
        stop -= 1
    if stop == len(tokens):
        return right
    while stop > 1 and tokens[stop - 1].kind in "dea":
        stop -= 1
    return right[: tokens[stop - 1].stop]


def opens_with_verb(right: str, lexicon: Lexicon) -> bool:
    """True for words behind an amount that tell what is done with it (80万元│建成)."""
    tokens = read_tokens(right, lexicon)
    return bool(tokens) and (tokens[0].kind in SURE + PLAIN + "dp" or (tokens[0].kind == MAYBE and len(tokens) < 2))


def _is_said(tokens: Sequence[Token], *, people: bool) -> bool:
    """True for a verb with its object where no noun has the verb as its first part (5家│入选榜单前三, 8个│成了技师)."""
    if tokens[0].kind in CHAIN and len(tokens) > 1 and tokens[1].kind == "s" and tokens[1].text != tokens[-1].text:
        return True
    if tokens[0].kind != SURE or (people and len(tokens) <= _COMPOUND):
        return False
    return len(tokens) == 1 or (len(tokens) > _COMPOUND and not any(t.kind == "u" for t in tokens))


def _acts(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """True when what follows a number of people begins with what they do (312人│取得证书)."""
    if tokens[0].kind == SURE or (tokens[0].kind in VERBS and len(tokens) > 1 and tokens[1].kind == "s"):
        return True
    return tokens[0].kind in CHAIN and not any(_is_person(t, lexicon) for t in tokens)


def _is_person(token: Token, lexicon: Lexicon) -> bool:
    named = lexicon.pattern("grammar-person").search(token.text)
    return token.kind in "nawyo" and len(token.text) > 1 and named is not None


def _relative(tokens: Sequence[Token], *, people: bool, lexicon: Lexicon) -> int:
    """Where the head of a noun with a clause before it begins (获得证书的│职工), 0 when it has none."""
    if tokens[0].kind not in VERBS + ("pate" if people else "pdate"):
        return 0
    of = next((i for i, t in enumerate(tokens[:-1]) if t.kind == "u"), None)
    if of is None or (people and tokens[0].kind != SURE and any(_is_person(t, lexicon) for t in tokens[:of])):
        return 0
    return of + 1


def _noun_stop(tokens: Sequence[Token], head: int, *, people: bool, events: bool, lexicon: Lexicon) -> int:
    """Index of the first word that no longer belongs to the noun phrase whose head begins at `head`."""
    person = people and not any(_is_person(t, lexicon) for t in tokens[head : head + _NEAR])
    for i in range(head, len(tokens)):
        token = tokens[i]
        behind = tokens[i + 1] if i + 1 < len(tokens) else None
        if i > head and _ends_noun(tokens, i, person=person, events=events, behind=behind):
            return i
        person = person or (people and _is_person(token, lexicon))
    return len(tokens)


def _ends_noun(tokens: Sequence[Token], i: int, *, person: bool, events: bool, behind: Token | None) -> bool:
    """True for a word behind a noun that begins what is said of it."""
    kind, next_kind = tokens[i].kind, behind.kind if behind is not None else ""
    if kind in VERBS:
        free = not next_kind and not events and kind == PLAIN and len(tokens[i].text) > 1
        return kind == SURE or next_kind == "s" or person or free
    if kind == "l" or (kind == "f" and next_kind and next_kind != "l"):
        return next_kind not in ("n", "a", "l")
    if kind == "m" and not next_kind:
        return len(tokens[i].text) > 1
    if kind in "cm":
        return not next_kind or next_kind not in "nalworym"
    return kind in "deprftuisqx"


def read_deed(said: str, *, longest: int, lexicon: Lexicon, given: bool = False) -> str:
    """What is said of the counted noun, as an attribute: its verb and object (参加岗位练兵), empty when it is no deed.

    Args:
        said: Words behind the counted noun.
        longest: How many characters the attribute may have; a longer object gives its last noun only.
        lexicon: For the word classes.
        given: Whether it is done for those who are counted (给抢修工│买了保险), which a short verb may tell too.
    """
    deed = _deed(read_tokens(lexicon.pattern("metric-tail").sub("", said), lexicon), lexicon)
    if not deed or not _is_deed(deed, given=given, lexicon=lexicon):
        return ""
    deed = [t for t in deed if t.kind != "s" or t.text not in lexicon.word_set("grammar-done")]
    if len(text_of(deed)) <= longest:
        return text_of(deed)
    head = len(deed)
    while head > 1 and deed[head - 1].kind in NOUNS and len(deed[0].text + text_of(deed[head - 1 :])) <= longest:
        head -= 1
    return deed[0].text + text_of(deed[head:]) if head < len(deed) else ""


def _deed(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The words from their verb on; none where they tell where or when."""
    if tokens and tokens[0].kind == "f":
        return []
    tokens = [t for t in tokens if t.kind not in "rtmq"]
    start = next((i for i, t in enumerate(tokens) if t.kind not in "dex"), len(tokens))
    coming = lexicon.word_set("grammar-coming")
    while start + 1 < len(tokens) and tokens[start].text in coming and tokens[start + 1].kind in VERBS:
        start += 1
    if start < len(tokens) and tokens[start].kind == "p":
        passive = tokens[start].text in lexicon.word_set("grammar-passive")
        verb = _verb_behind(tokens, start, lexicon)
        return [tokens[start], *tokens[verb:]] if passive and verb < len(tokens) else tokens[verb:]
    return tokens[start:]


def _verb_behind(tokens: Sequence[Token], prep: int, lexicon: Lexicon) -> int:
    """Where the verb behind a preposition and its noun stands; at once behind 被."""
    near = prep + 1 if tokens[prep].text in lexicon.word_set("grammar-passive") else prep + 2
    if tokens[prep].text in lexicon.word_set("grammar-at"):
        # 在老师指导下│剪窗花
        placing = lexicon.word_set("grammar-placing")
        near = next((i + 1 for i in range(prep + 1, len(tokens)) if tokens[i].text in placing), near)
    return next((i for i in range(near, len(tokens)) if tokens[i].kind in CHAIN), len(tokens))


def _is_deed(tokens: Sequence[Token], *, given: bool, lexicon: Lexicon) -> bool:
    """True for a verb that tells what somebody did: a known one, or a longer one with its aspect."""
    tokens = tokens[1:] if tokens[0].kind == "p" else tokens
    verb, behind = tokens[0], tokens[1] if len(tokens) > 1 else None
    if verb.text in lexicon.word_set("grammar-no-deed") or verb.text[-1] in lexicon.word_set("grammar-lasting"):
        return False
    if behind is None and verb.kind in "il":
        return True
    if verb.kind == SURE or (verb.kind == MAYBE and len(verb.text) > 1):
        return True
    if verb.kind not in VERBS or (behind is not None and behind.text in lexicon.word_set("grammar-lasting")):
        return False
    if len(verb.text) > 1 or behind is None:
        return len(verb.text) > 1
    light = given or verb.text in lexicon.word_set("grammar-light")
    return light or (behind.kind == "s" and behind.text not in lexicon.word_set("grammar-done"))
