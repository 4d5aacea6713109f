"""Fits the weights by which two names are related where no frame speaks, and writes `kg/lexicon/pairs.toml`.

    python scripts/fit_pairs.py tests/gold_tune:tests/gold_tune/pages tests/gold:seeds

Each argument is a folder of gold files and the folder of their pages. Every pair of names of a page is an example for
each predicate that may join them: of a fact where the gold asks for it, of none where the gold does not know it; what
is optional there is no example. The counterexamples of the frames are examples of no fact. A predicate gets a
logistic model with a penalty on the sum of its weights' sizes (L1), so that most reasons weigh nothing and are not
written. Each page is left out once; how often the models are then right is printed, and sets the probability from
which a pair is a fact.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.evaluate import fact_key, match_entities, read_gold, read_gold_pages
from kg.extract import extract_page
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Page, Predicate
from kg.read import page_from_text
from kg.relate.pairs import BIAS, LEAST, WEIGHTS, list_pairs
from kg.relate.scene import set_scenes

OUT = Path(__file__).parent.parent / "kg" / "lexicon" / "pairs.toml"
STEPS, RATE, SPARSE, PENALTY = 200, 0.3, 1.0, 0.5
RAREST, RAREST_RIGHT, COMMON, FEWEST = 4, 2, 12, 8
LEAST_CHOICES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
PRECISE = 0.72
"""A predicate gets weights where so large a share of what they find is right."""
AGAIN = 2
"""How often each counterexample of the frames counts."""
UNWEIGHED = {Predicate.HOLDS_POST, Predicate.COVERS, Predicate.UNION_OF}
"""Those that need a title, or that names state."""
HEAD = '''[about]
source = "Fitted by scripts/fit_pairs.py on {pages} annotated pages of tests/gold and tests/gold_tune."
licence = "MIT, as the project"
fields = """
weights.pair-PREDICATE: reason = how much it speaks for a fact; kg/relate/pairs.py says what each reason means: a is the
subject, b the object, ab their order. bias is the constant, least the probability from which a pair is a fact."""
'''


class Example(NamedTuple):
    """A pair of names and one predicate: the reasons, whether the gold asks for the fact, whether a frame finds it."""

    predicate: Predicate
    reasons: tuple[str, ...]
    right: bool
    found: bool


def examples_of(gold: Mapping[str, Any], page: Page, lexicon: Lexicon) -> Iterator[Example]:
    """The pairs of a page, once each."""
    record = extract_page(page, lexicon)
    data = record.to_json()
    to_gold = match_entities(gold, data)
    asked = {fact_key(fact) for fact in gold["facts"] if not fact.get("optional")}
    known = {fact_key(fact) for fact in gold["facts"]}
    framed = {fact_key(f) for f in data["facts"] if not f["rule"].startswith("weighed")}
    seen = set()
    for scene in set_scenes(page, record.articles, record.entities, lexicon):
        for pair in list_pairs(scene):
            for predicate in pair.predicates:
                fact = {"s": pair.subject.entity.id, "p": str(predicate), "o": pair.object.entity.id}
                key, mine = fact_key(fact, to_gold), fact_key(fact)
                if mine in seen or predicate in UNWEIGHED:
                    continue
                seen.add(mine)
                if key in asked or key not in known:
                    yield Example(predicate, _flat(pair.reasons), key in asked, mine in framed)


def counterexamples(lexicon: Lexicon) -> Iterator[Example]:
    """What the frames say that no sentence states: pairs of names in sentences that only look like it."""
    for frame in lexicon.frames:
        predicate = Predicate(frame["predicate"])
        for text in frame["counterexamples"] if predicate not in UNWEIGHED else ():
            page = page_from_text(text, name=frame["id"])
            record = extract_page(page, lexicon)
            framed = {fact.triple for fact in record.facts if not fact.rule.startswith("weighed")}
            for scene in set_scenes(page, record.articles, record.entities, lexicon):
                for pair in list_pairs(scene):
                    triple = pair.subject.entity.id, predicate, pair.object.entity.id
                    if predicate in pair.predicates and triple not in framed:
                        yield Example(predicate, _flat(pair.reasons), right=False, found=False)


def _flat(reasons: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for part in reasons for reason in part))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Reason → weight, with the constant; empty where there are too few facts."""
    if sum(example.right for example in examples) < FEWEST:
        return {}
    counts = Counter(reason for example in examples for reason in example.reasons)
    right = Counter(reason for example in examples if example.right for reason in example.reasons)
    names = sorted(r for r, n in counts.items() if n >= RAREST and (right[r] >= RAREST_RIGHT or n >= COMMON))
    index = {reason: k for k, reason in enumerate(names)}
    rows = [[index[reason] for reason in example.reasons if reason in index] for example in examples]
    row = np.repeat(np.arange(len(rows)), [len(columns) for columns in rows])
    column = np.array([k for columns in rows for k in columns], dtype=int)
    wanted = np.array([example.right for example in examples], dtype=float)
    weights, squares = np.zeros(len(index)), np.full(len(index), 1e-6)
    bias, bias_squares = -2.0, 1e-6
    for _ in range(STEPS):
        missing = wanted - 1 / (1 + np.exp(-np.bincount(row, weights[column], len(rows)) - bias))
        slope = np.bincount(column, missing[row], len(index)) - PENALTY * weights
        squares += slope**2
        step = RATE / np.sqrt(squares)
        weights += step * slope
        weights = np.sign(weights) * np.maximum(np.abs(weights) - step * SPARSE, 0)
        bias_squares += missing.sum() ** 2
        bias += RATE * missing.sum() / np.sqrt(bias_squares)
    kept = {reason: float(weights[k]) for reason, k in index.items() if abs(weights[k]) >= 0.005}
    return {BIAS: float(bias), **kept}


def probability(example: Example, weights: Mapping[str, float]) -> float:
    """That the pair is a fact."""
    total = weights.get(BIAS, -99.0) + sum(weights.get(reason, 0.0) for reason in example.reasons)
    return float(1 / (1 + np.exp(-total)))


def choose_least(predicate: Predicate, pages: Mapping[str, Sequence[Example]]) -> float | None:
    """The least probability from which enough pairs are facts, each page judged by the others; None where it never is.

    Pairs that frames find count too: on pages that the frames were written for they leave the hard ones only.
    """
    own = {name: [e for e in examples if e.predicate is predicate] for name, examples in pages.items()}
    judged: list[tuple[float, Example]] = []
    for name, examples in own.items():
        weights = fit([e for other, others in own.items() if other != name for e in others])
        judged += [(probability(example, weights), example) for example in examples]
    for least in LEAST_CHOICES:
        over = [example for share, example in judged if share >= least]
        right = sum(example.right for example in over)
        if len(over) >= FEWEST and right >= PRECISE * len(over):
            new = [example for example in over if not example.found]
            asked, alone = sum(e.right for _, e in judged), sum(e.right for e in new)
            print(f"{predicate}: from {least}, {right} of {len(over)} right, {asked} asked; {alone} of {len(new)} new")
            return least
    print(f"{predicate}: no weights")
    return None


def main(*sets: str) -> None:
    """Fits and writes."""
    lexicon = load_lexicon()
    pages: dict[str, list[Example]] = {}
    for gold_folder, page_folder in (argument.split(":") for argument in sets):
        gold = read_gold(Path(gold_folder))
        read = read_gold_pages(gold, [Path(page_folder)])
        pages |= {name: list(examples_of(gold[name], page, lexicon)) for name, page in read.items()}
    text = HEAD.format(pages=len(pages))
    pages["counterexamples"] = list(counterexamples(lexicon)) * AGAIN
    for predicate in sorted(set(Predicate) - UNWEIGHED):
        least = choose_least(predicate, pages)
        weights = fit([e for examples in pages.values() for e in examples if e.predicate is predicate])
        if least is None or not weights:
            continue
        text += f"\n[weights.{WEIGHTS}-{predicate}]\n{LEAST} = {least}\n{BIAS} = {weights.pop(BIAS):.2f}\n"
        text += "".join(f"{json.dumps(r, ensure_ascii=False)} = {w:.2f}\n" for r, w in sorted(weights.items()))
    OUT.write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
