"""How long a page takes: beside `jieba.lcut` of the same text, from a cold start, and as texts grow.

Prints the ratio to `jieba.lcut(text)` in the same run for each seed and the median, without and with rjieba (the extra
`fast`); the time of a fresh process to its first record; and microseconds per character at growing lengths.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
_LENGTHS = (4_000, 100_000, 1_000_000)
_COLD = (
    "from pathlib import Path; import sys; from kg.extract import extract_page; from kg.lexicon import load_lexicon; "
    "from kg.read import read_page; extract_page(read_page(Path(sys.argv[1])), load_lexicon())"
)


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def ratios(rounds: int) -> list[tuple[str, float, float]]:
    """Name, seconds of extraction and of bare jieba for each seed: the least of some rounds, taken in turn."""
    import jieba

    from kg.extract import extract_page
    from kg.lexicon import load_lexicon
    from kg.read import read_page

    jieba.setLogLevel(60)
    pages, lexicon = [read_page(path) for path in SEEDS], load_lexicon()
    for page in pages:
        extract_page(page, lexicon)
        jieba.lcut(page.text)
    least = [[float("inf"), float("inf")] for _ in pages]
    for _ in range(rounds):
        for best, page in zip(least, pages, strict=True):
            best[0] = min(best[0], seconds(lambda page=page: extract_page(page, lexicon)))
            best[1] = min(best[1], seconds(lambda page=page: jieba.lcut(page.text)))
    return [(page.name, best[0], best[1]) for page, best in zip(pages, least, strict=True)]


def growth(longest: int) -> list[tuple[int, float]]:
    """Length of a text of many articles, and seconds of its extraction."""
    from kg.extract import extract_page
    from kg.lexicon import load_lexicon
    from kg.model import Page

    whole = "\n\n".join(path.read_text("utf-8") for path in SEEDS)
    extract_page(Page(name="warm.txt", text=whole, sha256="0" * 64), load_lexicon())
    found = []
    for length in (length for length in _LENGTHS if length <= longest):
        text = (whole * (length // len(whole) + 1))[:length]
        page = Page(name="page.txt", text=text, sha256="0" * 64)
        found.append((length, seconds(lambda page=page: extract_page(page, load_lexicon()))))
    return found


def run_child(words: str, *arguments: str) -> str:
    """What a fresh process prints, with KG_WORDS set."""
    environment = {**os.environ, "KG_WORDS": words, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def measure(rounds: int, longest: int) -> int:
    """Prints the measurements of this process as JSON, for `main`."""
    print(json.dumps({"ratios": ratios(rounds), "growth": growth(longest)}))
    return 0


def report(name: str, words: str, options: argparse.Namespace) -> None:
    """Measures one way of cutting words in processes of its own, and prints what was found."""
    found = json.loads(
        run_child(words, __file__, "--child", "--rounds", str(options.rounds), "--longest", str(options.longest))
    )
    print(name)
    for page, extraction, bare in found["ratios"]:
        print(f"  {page:28} {extraction * 1e3:7.1f} ms  jieba.lcut {bare * 1e3:6.1f} ms  ratio {extraction / bare:.2f}")
    print(f"  median ratio {statistics.median(extraction / bare for _, extraction, bare in found['ratios']):.2f}")
    cold = [seconds(lambda: run_child(words, "-c", _COLD, str(SEEDS[0]))) for _ in range(options.rounds)]
    print(f"  start to first record {min(cold):.2f} s (median {statistics.median(cold):.2f} s)")
    for length, taken in found["growth"]:
        print(f"  {length:9,} characters {taken:8.2f} s  {taken / length * 1e6:6.1f} µs per character")


def main(arguments: Sequence[str]) -> int:
    """Prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each time is taken; the least counts")
    parser.add_argument("--longest", type=int, default=_LENGTHS[-1], help="characters of the longest text")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        return measure(options.rounds, options.longest)
    report("plain", "jieba", options)
    try:
        import rjieba  # noqa: F401
    except ImportError:
        print("rjieba is not installed: pip install '.[fast]'")
    else:
        report("with rjieba", "", options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
