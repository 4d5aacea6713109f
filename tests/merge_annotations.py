"""Two annotations of one page → one gold file: what both have is asked for, what only one has is optional.

    python tests/merge_annotations.py FIRST.json SECOND.json MERGED.json

Prints where the two agree (F1), which is the ceiling for anything measured against the merged file. Entities are the same
when type and a name agree; facts when predicate and both ends do; outcomes when value and unit do, whereupon a subject or
metric that the second annotator chose otherwise is kept as `also_subject` and `also_metric`. An item that the first
annotator called optional is asked for when the second has it too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.evaluate import comparable, comparable_unit, dice

Item = dict[str, Any]


def merge(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[Item, dict[str, float]]:
    """The merged gold record, and the agreement of the two (F1) on entities, facts, outcomes found and attributed."""
    entities, ids, shared = _entities(first["entities"], second["entities"])
    facts, same_facts = _facts(first["facts"], [_renamed(fact, ids, ("s", "o")) for fact in second["facts"]])
    outcomes, found, attributed = _outcomes(
        first["outcomes"], [_renamed(outcome, ids, ("subject",)) for outcome in second["outcomes"]]
    )
    total = {kind: len(first[kind]) + len(second[kind]) for kind in ("entities", "facts", "outcomes")}
    agreement = {
        "entities": 2 * shared / total["entities"],
        "facts": 2 * same_facts / total["facts"],
        "outcomes found": 2 * found / total["outcomes"],
        "outcomes attributed": 2 * attributed / total["outcomes"],
    }
    return {**first, "entities": entities, "facts": facts, "outcomes": outcomes}, agreement


def _renamed(item: Item, ids: Mapping[str, str], ends: Iterable[str]) -> Item:
    return {**item, **{end: ids[item[end]] for end in ends}}


def _required(item: Item, required: bool) -> Item:
    kept = {key: value for key, value in item.items() if key != "optional"}
    return kept if required else {**kept, "optional": True}


def _names(entity: Item) -> set[str]:
    return {comparable(name) for name in (entity["name"], *entity["aliases"])}


def _entities(first: list[Item], second: list[Item]) -> tuple[list[Item], dict[str, str], int]:
    partner: dict[str, Item] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for entity in second:
            for other in first:
                if entity["id"] in partner or other["id"] in taken or entity["type"] != other["type"]:
                    continue
                if comparable(entity["name"]) == comparable(other["name"]) or (
                    not exact and _names(entity) & _names(other)
                ):
                    partner[entity["id"]] = other
                    taken.add(other["id"])
    ids = {
        entity["id"]: partner[entity["id"]]["id"] if entity["id"] in partner else f"b-{entity['id']}"
        for entity in second
    }
    twin = {partner[entity["id"]]["id"]: entity for entity in second if entity["id"] in partner}
    merged = []
    for entity in first:
        other = twin.get(entity["id"])
        item = _required(entity, other is not None)
        if other is not None:
            forms = dict.fromkeys([*entity["aliases"], other["name"], *other["aliases"]])
            item["aliases"] = [name for name in forms if name != entity["name"]]
            calls = dict.fromkeys([*entity["anaphora"], *other["anaphora"]])
            item["anaphora"] = [name for name in calls if name not in item["aliases"]]
        merged.append(item)
    merged += [
        _required({**entity, "id": ids[entity["id"]]}, False) for entity in second if entity["id"] not in partner
    ]
    return merged, ids, len(partner)


def _key(fact: Item) -> tuple[str, ...]:
    ends = (fact["s"], fact["o"])
    return (fact["p"], *(sorted(ends) if fact["p"] == "partnersWith" else ends))


def _facts(first: list[Item], second: list[Item]) -> tuple[list[Item], int]:
    one, two = {_key(fact) for fact in first}, {_key(fact) for fact in second}
    merged = [_required(fact, _key(fact) in two) for fact in first]
    merged += [_required(fact, False) for fact in second if _key(fact) not in one]
    return merged, sum(_key(fact) in two for fact in first)


def _outcomes(first: list[Item], second: list[Item]) -> tuple[list[Item], int, int]:
    free = list(second)
    merged, found, attributed = [], 0, 0
    for outcome in first:
        same = [
            o
            for o in free
            if o["value"] == outcome["value"] and comparable_unit(o["unit"]) == comparable_unit(outcome["unit"])
        ]
        if not same:
            merged.append(_required(outcome, False))
            continue
        other = max(same, key=lambda o: (o["article"] == outcome["article"], dice(o["metric"], outcome["metric"])))
        free.remove(other)
        found += 1
        attributed += other["subject"] == outcome["subject"] and dice(other["metric"], outcome["metric"]) >= 0.4
        item = _required({k: v for k, v in outcome.items() if not k.startswith("also_")}, True)
        if other["subject"] != outcome["subject"]:
            item["also_subject"] = other["subject"]
        if other["metric"] != outcome["metric"]:
            item["also_metric"] = other["metric"]
        merged.append(item)
    return merged + [_required(outcome, False) for outcome in free], found, attributed


def main(first: str, second: str, out: str) -> None:
    """Reads two files, writes the third."""
    read = [json.loads(Path(path).read_text(encoding="utf-8")) for path in (first, second)]
    record, agreement = merge(*read)
    Path(out).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(Path(out).stem, *(f"{name} {value:.3f}" for name, value in agreement.items()), sep="  ")


if __name__ == "__main__":
    main(*sys.argv[1:])
