"""The words of a clause and of what kind they are: the ground on which the words around a number are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.words import cut_words

SURE, MAYBE, PLAIN, NOMINAL = "v", "w", "y", "o"
CHAIN = SURE + MAYBE + PLAIN
VERBS = CHAIN + NOMINAL
NOUNS = "na"
_TWO_WORDS = 4
_VERBLIKE = "pnea"
# Listed words first, in this order; then jieba's tags.
_LISTED = (
    ("word-of", "u"),
    ("grammar-joint", "c"),
    ("grammar-noun", "n"),
    ("grammar-attribute", "a"),
    ("metric-adjunct", "p"),
    ("metric-adverb", "d"),
    ("metric-predicate-word", "d"),
    ("grammar-adverb", "d"),
    ("metric-nominal-verb", MAYBE),
    ("metric-verb", SURE),
    ("metric-weak-verb", MAYBE),
)
_KINDS = {
    "n": "n", "j": "n", "s": "n", "l": "l", "vn": NOMINAL, "v": PLAIN, "vd": "e", "ad": "e", "a": "a", "b": "a",
    "an": "n", "z": "a", "d": "e", "p": "p", "f": "f", "t": "t", "r": "r", "m": "m", "q": "m", "c": "c", "i": "i",
    "u": "x", "ul": "s", "uz": "s", "ug": "s", "uv": "x", "ud": "x", "uj": "u", "zg": "n", "y": "x", "k": "n", "x": "x",
}  # fmt: skip

# The words that `grammar-piece` finds before the text is cut.
_PIECES = {"aside": "n", "quoted": "n", "scope": "x", "time": "t", "per": "q", "noun": "n", "verb": SURE}
# The dictionary takes many single characters inside names for these; the true ones are listed.
_LOOSE_TAGS = frozenset({"d", "p", "r", "c", "zg", "t"})


class Token(NamedTuple):
    """A word of a clause.

    Args:
        start, stop: Place in the clause.
        text: The word; a quoted name is one word.
        kind: `v` a verb that is never a noun, `w` verb or noun, `y` a verb of the dictionary, `o` one that mostly names
            a thing, `n` noun, `a` attribute, `d` adverb, `e` what the dictionary takes for one, `p` preposition,
            `u` 的, `f` place word, `t` time, `r` pronoun, `m` number, `c` 、 or a conjunction, `q` what a number is
            for one of (每人), `i` idiom, `l` set phrase, `s` aspect, `x` anything else.
    """

    start: int
    stop: int
    text: str
    kind: str


def read_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """The words of a clause with their kinds; quoted names, times and what a number is for one of are words."""
    out: list[Token] = []
    start = 0
    for piece in lexicon.pattern("grammar-piece").finditer(text):
        if piece.start() >= start:
            out.extend(_cut(text, start, piece.start(), lexicon))
            out.append(Token(piece.start(), piece.end(), piece[0], _PIECES[piece.lastgroup or ""]))
            start = piece.end()
    out.extend(_cut(text, start, len(text), lexicon))
    return out


def _cut(text: str, start: int, stop: int, lexicon: Lexicon) -> list[Token]:
    out: list[Token] = []
    for word in cut_words(text[start:stop]):
        begin, kind = start + word.at[0], _kind(word.text, word.tag, lexicon)
        if kind == "n" and len(word.text) == _TWO_WORDS and word.text[:2] in lexicon.word_set("metric-verb"):
            # The dictionary holds 设立登记 as one noun.
            out.append(Token(begin, begin + 2, word.text[:2], _kind(word.text[:2], "v", lexicon)))
            out.append(Token(begin + 2, begin + _TWO_WORDS, word.text[2:], "n"))
        else:
            out.append(Token(begin, start + word.at[1], word.text, kind))
        _settle(out, lexicon)
    return out


def _settle(out: list[Token], lexicon: Lexicon) -> None:
    """Corrects the kinds of the last two words by each other."""
    if len(out) < 2:
        return
    one, two = out[-2], out[-1]
    if two.text in lexicon.word_set("grammar-done") and one.kind in _VERBLIKE:
        # Whatever the dictionary says, what has an aspect is a verb.
        out[-2] = one = one._replace(kind=PLAIN)
    if two.text in lexicon.word_set("grammar-aspect") and one.kind in VERBS + "s":
        out[-1] = two._replace(kind="s")
    if two.text in lexicon.word_set("grammar-agent") and len(one.text) > 1 and one.kind in VERBS + NOUNS:
        # 抢修│工
        out[-2:] = [Token(one.start, two.stop, one.text + two.text, "n")]
    if two.kind in VERBS + "d" and one.text in lexicon.word_set("grammar-future"):
        out[-2] = one._replace(kind="d")


def _kind(text: str, tag: str, lexicon: Lexicon) -> str:
    for words, kind in _LISTED:
        if text in lexicon.word_set(words):
            return kind
    if len(text) == 1 and tag in _LOOSE_TAGS:
        return "n"
    if len(text) > 1 and tag == "v" and text[-1] in lexicon.word_set("grammar-towards"):
        return SURE
    return _KINDS.get(tag) or _KINDS.get(tag[:1]) or ("n" if text.isalnum() else "x")


def text_of(tokens: Sequence[Token]) -> str:
    """The words in a row."""
    return "".join(token.text for token in tokens)


def last_of(tokens: Sequence[Token], kinds: str) -> int | None:
    """Index of the last word of some kinds, None when there is none."""
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].kind in kinds), None)


def behind_aspects(tokens: Sequence[Token], verb: int) -> int:
    """Index of the first word behind a verb and its aspects (送上了│慰问品)."""
    stop = verb + 1
    while stop < len(tokens) and tokens[stop].kind == "s":
        stop += 1
    return stop


def governs(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """True for a word that is the verb of a clause and no part of a noun."""
    token = tokens[i]
    if token.kind == SURE or token.kind not in VERBS:
        return token.kind == SURE
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    before = tokens[i - 1] if i else None
    if behind is not None and behind.kind == "s":
        return True
    if before is None:
        return token.kind != NOMINAL or behind is None
    if before.kind in "dexsft" or (before.kind == "p" and behind is None):
        return True
    if behind is None and before.kind == "a":
        return token.kind != NOMINAL and not any(t.kind == SURE for t in tokens[:i])
    if before.kind in "no" and (behind is None or behind.kind in NOUNS + MAYBE):
        return behind is None or lexicon.pattern("grammar-body").search(before.text) is not None
    return False
