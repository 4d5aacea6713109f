"""How often each rule is right, from which the confidence of facts and numbers is made, and how far to trust that.

Facts are counted by their rule. A number is counted by the way in which it found its subject (the part of its rule
behind the stroke), among the numbers that the gold has too. Optional items of the gold count neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.evaluate import Json, fact_key, match_entities, match_outcomes, same_number

Counts = Mapping[str, tuple[int, int]]
"""Rule → (right, wrong)."""

BINS = 5


class Claim(NamedTuple):
    """A fact, or the subject of a number, that gold settles."""

    rule: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The claims of like confidence.

    Args:
        low, high: Bounds of the confidence; `low` is in it, `high` only in the last one.
        claims: How many there are.
        stated: Their mean confidence.
        observed: The share of them that is right.
    """

    low: float
    high: float
    claims: int
    stated: float
    observed: float

    def to_json(self) -> dict[str, float]:
        """The fields by name."""
        names = ("low", "high", "claims", "stated", "observed")
        return {name: round(getattr(self, name), 4) for name in names}


def reliability(pairs: Iterable[tuple[Json, Json]], bins: int = BINS) -> list[Bin]:
    """Stated against observed confidence: the reliability table of a set of pages.

    Args:
        pairs: Gold and record, page by page.
        bins: Into how many equal parts [0, 1] is cut; a part without claims has no row.
    """
    parts: dict[int, list[Claim]] = {}
    for claim in settled_claims(pairs):
        parts.setdefault(min(int(claim.confidence * bins), bins - 1), []).append(claim)
    return [
        Bin(
            low=part / bins,
            high=(part + 1) / bins,
            claims=len(claims),
            stated=sum(claim.confidence for claim in claims) / len(claims),
            observed=sum(claim.right for claim in claims) / len(claims),
        )
        for part, claims in sorted(parts.items())
    ]


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of stated and observed, weighted by claims; 0.0 without any."""
    total = sum(row.claims for row in table)
    return sum(row.claims * abs(row.stated - row.observed) for row in table) / total if total else 0.0


def settled_claims(pairs: Iterable[tuple[Json, Json]]) -> Iterator[Claim]:
    """Every fact, and every number's subject, of the records on which the gold files give a verdict.

    Args:
        pairs: What the guidelines ask for and what was found, page by page.
    """
    for gold, record in pairs:
        yield from _facts(gold, record)
        yield from _subjects(gold, record)


def count_rules(pairs: Iterable[tuple[Json, Json]]) -> dict[str, tuple[int, int]]:
    """Counts over pairs of gold and record, by rule id, sorted.

    Args:
        pairs: What the guidelines ask for and what was found, page by page.
    """
    total: dict[str, tuple[int, int]] = {}
    for claim in settled_claims(pairs):
        right, wrong = total.get(claim.rule, (0, 0))
        total[claim.rule] = (right + claim.right, wrong + (not claim.right))
    return dict(sorted(total.items()))


def _facts(gold: Json, record: Json) -> Iterator[Claim]:
    matched = match_entities(gold, record)
    asked = {fact_key(fact) for fact in gold["facts"] if not fact.get("optional")}
    known = {fact_key(fact) for fact in gold["facts"]}
    for fact in record["facts"]:
        key = fact_key(fact, matched)
        if key in asked or key not in known:
            yield Claim(fact["rule"], fact.get("confidence", 1.0), key in asked)


def _subjects(gold: Json, record: Json) -> Iterator[Claim]:
    matched = match_entities(gold, record)
    for found, asked in match_outcomes(gold, record, same_number):
        outcome, wanted = record["outcomes"][found], gold["outcomes"][asked]
        if not wanted.get("optional"):
            is_right = matched.get(outcome["subject"]) in {wanted["subject"], wanted.get("also_subject")}
            yield Claim(outcome["rule"].rpartition("/")[2], outcome.get("confidence", 1.0), is_right)


def render_rules(counts: Counts) -> str:
    """The counts as the `[[rule]]` tables of `kg/lexicon/rules.toml`."""
    tables = (f'[[rule]]\nid = "{rule}"\nright = {right}\nwrong = {wrong}\n' for rule, (right, wrong) in counts.items())
    return "\n".join(tables)
