"""Does the time grow with the text, and no faster? Texts that are made to be hard, once and twice as long.

Prints for each text how long n characters took, and how many times as long 2n took: about 2 is linear.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.extract import extract_page
from kg.lexicon import load_lexicon
from kg.model import Page

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
_NOTABLE = 0.5  # seconds
_WORDS = (
    "市总工会",
    "举办",
    "技能大赛",
    "区",
    "某公司",
    "职工",
    "，",
    "。",
    "5家",
    "联合",
    "“春蚕”",
    "工会",
    "的",
    "主席",
)


def repeated_pages(size: int) -> str:
    """The seeds one after the other, again and again: many articles."""
    whole = "\n\n".join(path.read_text("utf-8") for path in SEEDS)
    return (whole + "\n\n") * (size // len(whole)) + whole[: size % len(whole)]


def one_paragraph(size: int) -> str:
    """All seeds in one line: one article of one paragraph."""
    whole = "".join(path.read_text("utf-8") for path in SEEDS)
    return "江城工会开展服务\n\n" + _filled("".join(whole.split()), size)


def many_paragraphs(size: int) -> str:
    """One article of many paragraphs under one headline."""
    whole = "".join("".join(path.read_text("utf-8").split()) for path in SEEDS)
    sentences = whole.split("。")
    return "江城工会开展服务\n\n" + _filled("。\n\n".join(sentences), size)


def no_marks(size: int) -> str:
    """A line without a single mark."""
    return _filled("江城市总工会举办职工技能大赛为快递员送去清凉物资", size)


def headlines(size: int) -> str:
    """Nothing but lines that look like headlines."""
    return _filled("江城工会开展送清凉\n\n南湖区总工会成立\n\n", size)


def datelines(size: int) -> str:
    """Datelines with a sentence each, and no headline."""
    return _filled("本报讯 江城市总工会日前走访慰问职工。\n\n工会有个新办法\n\n", size)


def short_lines(size: int) -> str:
    """Lines as of a column, none of which ends a sentence."""
    return _filled("江城市总工会举办职工技能大赛为快递员\n送去清凉物资并走访慰问一线职工和家属\n", size)


def random_words(size: int) -> str:
    """Words in any order, with names that never come back."""
    chance = random.Random(1)
    chars = [chr(code) for code in range(0x4E00, 0x6000)]
    parts: list[str] = []
    while sum(map(len, parts[-1:])) + 5 * len(parts) < size:
        parts += ("".join(chance.choices(chars, k=3)), *chance.choices(_WORDS, k=4))
    return _filled("".join(parts), size)


def _filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "seeds again and again": repeated_pages,
    "one paragraph": one_paragraph,
    "many paragraphs": many_paragraphs,
    "no marks": no_marks,
    "headlines only": headlines,
    "datelines without headlines": datelines,
    "short lines": short_lines,
    "random words": random_words,
    "the word 工会": lambda size: _filled("工会", size),
    "the word 区": lambda size: _filled("区", size),
    "one character": lambda size: "一" * size,
    "numbers": lambda size: _filled("5家12名3万元", size),
    "numbers and commas": lambda size: _filled("建成5家，培训12名，发放3万元，", size),
    "digits": lambda size: "7" * size,
    "marks": lambda size: _filled("，。！？；：、“”（）《》", size),
    "full stops": lambda size: "。" * size,
    "open quotes": lambda size: "“" * size,
    "nested quotes": lambda size: "“" * (size // 2) + "”" * (size // 2),
    "nested brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "quotes": lambda size: _filled("“春蚕”行动", size),
    "names in a list": lambda size: _filled("张伟、李娜、王芳、", size),
    "places": lambda size: _filled("湖南省永州市道县", size),
    "years": lambda size: _filled("2023年1月，2024年以来，", size),
    "spaces": lambda size: " " * size,
    "empty lines": lambda size: "\n" * size,
    "entities": lambda size: _filled("&amp;&#65;&", size),
    "letters": lambda size: "a" * size,
}


def seconds(text: str) -> float:
    """How long a page of a text takes."""
    start = time.process_time()
    extract_page(Page(name="page.txt", text=text, sha256="0" * 64), load_lexicon())
    return time.process_time() - start


def memory(text: str) -> float:
    """Bytes for each character at the highest."""
    tracemalloc.start()
    seconds(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(text)


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each text; the status is 1 where one grows faster than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=40_000, help="characters of the shorter text")
    parser.add_argument("--limit", type=float, default=2.7, help="the greatest ratio that passes")
    parser.add_argument("--only", default="", help="texts whose name holds this")
    parser.add_argument("--memory", action="store_true", help="measure memory too, which takes long")
    options = parser.parse_args(arguments)
    seconds(repeated_pages(20_000))
    worst = 0.0
    for name, make in TEXTS.items():
        if options.only not in name:
            continue
        once, twice = seconds(make(options.size)), seconds(make(2 * options.size))
        # What takes next to nothing is measured too badly to be judged.
        worst = max(worst, twice / once if twice > _NOTABLE else 0.0)
        micro = twice / (2 * options.size) * 1e6
        line = f"{name:28} {once:8.2f} s  {twice:8.2f} s  ratio {twice / once:5.2f}  {micro:7.1f} µs per character"
        if options.memory:
            line += f"  {memory(make(options.size)):7.0f} bytes per character"
        print(line, flush=True)
    print(f"worst ratio {worst:.2f}, {'within' if worst <= options.limit else 'beyond'} {options.limit}")
    return int(worst > options.limit)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
