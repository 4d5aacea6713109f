"""Texts made to break the reading of a page, guided by coverage: no page may raise, stall or be misquoted.

    pip install atheris
    python benchmarks/fuzz.py -max_total_time=600 -max_len=400 -len_control=0

Arguments are those of libFuzzer. A text is put together from words and marks of the lexicon, pieces of the sample
pages and any code points at all; it must be read without an error, within a time that is linear in its length, and
every quote must be the slice that its offsets name. A text that fails is left in the current folder as `crash-…`; run
the script with its name to see it again.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg.errors import PageError
    from kg.extract import extract_page
    from kg.lexicon import load_lexicon
    from kg.read import page_from_text

ROOT = Path(__file__).parent.parent
LEXICON = load_lexicon()
PIECES = sorted(
    {word for words in LEXICON.words_by_id.values() for word in words if word}
    | {example for spec in LEXICON.specs.values() for example in (*spec.examples, *spec.counterexamples)}
    | {line for page in (ROOT / "seeds").glob("*.txt") for line in page.read_text("utf-8").splitlines() if line}
    | set("，。、；：？！“”‘’（）《》〈〉「」【】—…·～-#>*&|/ \n\t\r\u3000\u200b\ufeff0123456789%")
)
MOST_PIECES, MOST_REPEATS, LONGEST_REPEATED = 60, 40, 100
SLOWEST, GRACE = 0.002, 2.0
"""Seconds that a character may take, and a text of any length; both are far above what an undisturbed machine needs."""


def make_text(data: bytes) -> str:
    """A page out of random bytes."""
    given = atheris.FuzzedDataProvider(data)
    parts: list[str] = []
    for _ in range(given.ConsumeIntInRange(0, MOST_PIECES)):
        kind = given.ConsumeIntInRange(0, 9)
        if kind < 7:
            parts.append(PIECES[given.ConsumeIntInRange(0, len(PIECES) - 1)])
        elif kind < 9:
            parts.append(given.ConsumeUnicodeNoSurrogates(given.ConsumeIntInRange(1, 8)))
        elif parts:
            # Of a repeated piece only so much is repeated again: the text must not grow by powers.
            parts.append(parts[-1][:LONGEST_REPEATED] * given.ConsumeIntInRange(2, MOST_REPEATS))
    return "".join(parts)


def read_one(data: bytes) -> None:
    """Reads one text and checks what comes out."""
    text = make_text(data)
    start = time.perf_counter()
    try:
        page = page_from_text(text, name="fuzz.txt")
    except PageError:
        return  # what is no page is said to be none
    record = extract_page(page, LEXICON)
    taken = time.perf_counter() - start
    if taken > GRACE + SLOWEST * len(text):
        raise RuntimeError(f"{taken:.1f} s for {len(text)} characters")
    for item in (*record.facts, *record.outcomes):
        evidence = item.evidence
        if text[evidence.start : evidence.stop] != evidence.quote:
            raise RuntimeError(f"misquoted: {evidence}")
    for entity in record.entities:
        if any(not text[mention.start : mention.stop] for mention in entity.mentions):
            raise RuntimeError(f"nothing stands where {entity.name} is mentioned")


if __name__ == "__main__":
    # The first text waits for the dictionary and for patterns to be compiled.
    extract_page(page_from_text((ROOT / "README.zh.md").read_text("utf-8"), name="first.txt"), LEXICON)
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
