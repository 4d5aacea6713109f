"""Text → words with part-of-speech tags, by jieba's dictionary.

One `jieba.Tokenizer` of our own, with the hidden Markov model off and no user words: `jieba.add_word` is global to the
process, so a name learnt on one page would change what is found on the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A dictionary word or a single character at its place in the text.

    Args:
        at: Half-open code points of the text that was cut.
        text: The word.
        tag: jieba's part-of-speech tag, empty for what the dictionary lacks.
    """

    at: Span
    text: str
    tag: str


@lru_cache(maxsize=1)
def _tagger() -> tuple[Any, dict[str, str]]:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    # No cache file: it would be a marshal file in a shared temporary folder, and it saves nothing here.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer, jieba.posseg.POSTokenizer(tokenizer).word_tag_tab


def cut_words(text: str) -> tuple[Word, ...]:
    """Cuts a text; the words cover it without gaps."""
    tokenizer, tags = _tagger()
    words, start = [], 0
    for piece in tokenizer.cut(text, HMM=False):
        words.append(Word((start, start + len(piece)), piece, tags.get(piece, "")))
        start += len(piece)
    return tuple(words)
