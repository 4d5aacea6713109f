"""How often each rule is right: the counts from which the confidence of facts and numbers is made.

Facts are counted by their rule. A number is counted by the way in which it found its subject (the part of its rule
behind the stroke), among the numbers that the gold has too. Optional items of the gold count neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.evaluate import Json, fact_key, match_entities, match_outcomes, same_number

Counts = Mapping[str, tuple[int, int]]
"""Rule → (right, wrong)."""


def count_rules(pairs: Iterable[tuple[Json, Json]]) -> dict[str, tuple[int, int]]:
    """Counts over pairs of gold and record, by rule id, sorted.

    Args:
        pairs: What the guidelines ask for and what was found, page by page.
    """
    total: dict[str, tuple[int, int]] = {}
    for gold, record in pairs:
        for rule, is_right in (*_facts(gold, record), *_subjects(gold, record)):
            right, wrong = total.get(rule, (0, 0))
            total[rule] = (right + is_right, wrong + (not is_right))
    return dict(sorted(total.items()))


def _facts(gold: Json, record: Json) -> Iterator[tuple[str, bool]]:
    matched = match_entities(gold, record)
    asked = {fact_key(fact) for fact in gold["facts"] if not fact.get("optional")}
    known = {fact_key(fact) for fact in gold["facts"]}
    for fact in record["facts"]:
        key = fact_key(fact, matched)
        if key in asked or key not in known:
            yield fact["rule"], key in asked


def _subjects(gold: Json, record: Json) -> Iterator[tuple[str, bool]]:
    matched = match_entities(gold, record)
    for found, asked in match_outcomes(gold, record, same_number):
        outcome, wanted = record["outcomes"][found], gold["outcomes"][asked]
        if not wanted.get("optional"):
            is_right = matched.get(outcome["subject"]) in {wanted["subject"], wanted.get("also_subject")}
            yield outcome["rule"].rpartition("/")[2], is_right


def render_rules(counts: Counts) -> str:
    """The counts as the `[[rule]]` tables of `kg/lexicon/rules.toml`."""
    tables = (f'[[rule]]\nid = "{rule}"\nright = {right}\nwrong = {wrong}\n' for rule, (right, wrong) in counts.items())
    return "\n".join(tables)
