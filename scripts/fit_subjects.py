"""Fits the weights by which a number finds its subject, on annotated pages, and writes `kg/lexicon/subjects.toml`.

    python scripts/fit_subjects.py tests/gold_tune:tests/gold_tune/pages tests/gold:seeds

Each argument is a folder of gold files and the folder of their pages. A number of a page is matched with the gold
number of the same value and unit whose metric is most alike; the gold's subject (or `also_subject`) should be chosen.
The weights maximise the likelihood of these choices under a log-linear model, less a penalty on large weights. Each
page is also left out once, to see how the choice does on pages that it was not fitted to (printed), how often the
right subject is a candidate at all, and by which factor all weights make the choices of the left-out pages most
likely.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.evaluate import dice, match_entities, read_gold, read_gold_pages, same_number
from kg.extract import extract_page
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Page, Quantity
from kg.quantify import quantify_article
from kg.relate.guesses import guess_subjects
from kg.relate.outcomes import point_of
from kg.relate.reasons import Point, list_candidates
from kg.relate.scene import Scene, set_scenes

OUT = Path(__file__).parent.parent / "kg" / "lexicon" / "subjects.toml"
PENALTY, STEPS, RATE = 3.0, 300, 0.3
RAREST = 5
SCALES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2)
HEAD = '''[about]
source = "Fitted by scripts/fit_subjects.py on {pages} pages ({numbers} numbers) of tests/gold and tests/gold_tune."
licence = "MIT, as the project"
fields = """
weights.subject: reason = how much it speaks for a candidate; kg/relate/reasons.py says what each reason means; most
begin with the type of the candidate, Org for any organisation.
weights.subject-choice: named = how often the right subject was among the candidates."""

[weights.subject-choice]
"named" = {named:.2f}

[weights.subject]
'''


Item = dict[str, Any]


class Choice(NamedTuple):
    """A number with its candidates: the reasons of each, and the places of the right ones."""

    reasons: Sequence[tuple[str, ...]]
    right: frozenset[int]


def choices_of(gold: Mapping[str, Any], page: Page, lexicon: Lexicon) -> Iterator[Choice]:
    """The numbers of a page whose subject the gold tells; the subject of the number before is the gold's too."""
    record = extract_page(page, lexicon)
    to_gold = match_entities(gold, record.to_json())
    scenes = set_scenes(page, record.articles, record.entities, lexicon)
    free = list(gold["outcomes"])
    for scene in scenes:
        last: Point | None = None
        subject: str | None = None
        quantities = quantify_article(scene.article, lexicon)
        for quantity, guess in zip(quantities, guess_subjects(scene, quantities), strict=True):
            point = point_of(scene, quantity, last, subject, guess)
            found = list_candidates(point)
            wanted = _wanted(scene, quantity, free)
            if not found or wanted is None:
                continue
            ids = {wanted["subject"], wanted.get("also_subject")} - {None}
            right = frozenset(k for k, one in enumerate(found) if to_gold.get(one.item.entity.id) in ids)
            yield Choice([one.reasons for one in found], right)
            last = point
            subject = found[min(right)].item.entity.id if right else subject


def _wanted(scene: Scene, quantity: Quantity, free: list[Item]) -> Item | None:
    """The gold number that this one is, taken out of the list."""
    number = {"value": quantity.value, "unit": quantity.unit}
    same = [one for one in free if same_number(one, number)]
    if not same:
        return None

    def likeness(one: Item) -> tuple[bool, float]:
        metrics = one["metric"], one.get("also_metric")
        return one["article"] == scene.article.index, max(dice(metric, quantity.metric) for metric in metrics)

    best = max(same, key=likeness)
    free.remove(best)
    return best


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Reason → weight."""
    choices = [choice for choice in choices if choice.right]
    counts = Counter(reason for choice in choices for reasons in choice.reasons for reason in reasons)
    index = {reason: k for k, reason in enumerate(sorted(r for r, n in counts.items() if n >= RAREST))}
    rows = [[index[r] for r in reasons if r in index] for choice in choices for reasons in choice.reasons]
    row = np.repeat(np.arange(len(rows)), [len(columns) for columns in rows])
    column = np.array([k for columns in rows for k in columns], dtype=int)
    group = np.repeat(np.arange(len(choices)), [len(choice.reasons) for choice in choices])
    right = np.array([k in choice.right for choice in choices for k in range(len(choice.reasons))])
    starts = np.r_[0, np.flatnonzero(np.diff(group)) + 1]
    weights, squares = np.zeros(len(index)), np.full(len(index), 1e-8)
    for _ in range(STEPS):
        share = np.exp(_centred(np.bincount(row, weights[column], len(rows)), starts, group))
        share /= np.add.reduceat(share, starts)[group]
        hit = np.add.reduceat(share * right, starts)[group]
        surplus = np.where(right, share / hit, 0.0) - share
        slope = np.bincount(column, surplus[row], len(index)) - PENALTY * weights
        squares += slope**2
        weights += RATE * slope / np.sqrt(squares)
    return {reason: float(weights[k]) for reason, k in index.items()}


def _centred(sums: np.ndarray, starts: np.ndarray, group: np.ndarray) -> np.ndarray:
    return sums - np.maximum.reduceat(sums, starts)[group]


def shares(choice: Choice, weights: Mapping[str, float], scale: float = 1.0) -> np.ndarray:
    """The probability of each candidate."""
    sums = np.array([scale * sum(weights.get(reason, 0.0) for reason in reasons) for reasons in choice.reasons])
    powers = np.exp(sums - sums.max())
    return powers / powers.sum()


def left_out(pages: Mapping[str, Sequence[Choice]]) -> tuple[float, float]:
    """The share of subjects that weights fitted to the other pages choose rightly, printed by page; the best scale."""
    hits = total = 0
    likelihood = dict.fromkeys(SCALES, 0.0)
    for name, own in pages.items():
        weights = fit([choice for other, choices in pages.items() if other != name for choice in choices])
        chosen = [int(shares(choice, weights).argmax()) in choice.right for choice in own]
        hits, total = hits + sum(chosen), total + len(chosen)
        print(f"{name}: {sum(chosen)} of {len(chosen)}; named among the candidates {sum(bool(c.right) for c in own)}")
        for scale in SCALES:
            probable = [shares(choice, weights, scale)[sorted(choice.right)].sum() for choice in own if choice.right]
            likelihood[scale] += float(np.log(probable).sum())
    return hits / total, max(likelihood, key=lambda scale: likelihood[scale])


def main(*sets: str) -> None:
    """Fits and writes."""
    lexicon = load_lexicon()
    pages: dict[str, list[Choice]] = {}
    for gold_folder, page_folder in (argument.split(":") for argument in sets):
        gold = read_gold(Path(gold_folder))
        read = read_gold_pages(gold, [Path(page_folder)])
        pages |= {name: list(choices_of(gold[name], page, lexicon)) for name, page in read.items()}
    share, scale = left_out(pages)
    weights = fit([choice for choices in pages.values() for choice in choices])
    numbers = sum(len(choices) for choices in pages.values())
    named = sum(bool(choice.right) for choices in pages.values() for choice in choices) / numbers
    print(f"left out, {share:.3f} of {numbers} subjects are right, {named:.3f} are candidates; scale {scale}")
    lines = (
        f"{json.dumps(reason, ensure_ascii=False)} = {weight * scale:.2f}" for reason, weight in sorted(weights.items())
    )
    kept = [line for line in lines if not line.endswith((" = 0.00", " = -0.00"))]
    OUT.write_text(HEAD.format(pages=len(pages), numbers=numbers, named=named) + "\n".join(kept) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
