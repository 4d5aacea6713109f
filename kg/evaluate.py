"""Gold against records: the scores of the annotation guidelines.

Works on plain JSON data, because gold files and records have the same shape and gold may come from another hand. What
is marked `optional` in the gold is neither asked for nor punished.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import PageError, RecordError
from kg.model import Page
from kg.read import list_pages, read_page
from kg.records import read_data

Json = Mapping[str, Any]
Key = tuple[str, ...]
"""What a fact states in terms of gold ids; starts with `UNMATCHED` when one end is no gold entity."""

UNMATCHED = "?"
EMPTY_RECORD: Json = {"articles": [], "entities": [], "facts": [], "outcomes": []}
METRIC_OVERLAP = 0.4
"""Least Dice coefficient of character bigrams at which two metrics count as the same."""

_IGNORED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉]")
_SAME_UNITS = ({"人", "名", "位"}, {"家", "个", "所", "间"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts behind precision, recall and F1; they add up over pages.

    Args:
        hits: Predicted items that are right.
        predicted: Predicted items that count.
        gold: Gold items that are asked for.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        """The counts of two pages together."""
        return Score(
            hits=self.hits + other.hits,
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right, in [0, 1]; 0 when nothing is predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that are found, in [0, 1]; 0 when nothing is asked for."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float]:
        """Plain data with the figures and the counts behind them."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "tp": self.hits,
            "pred": self.predicted,
            "gold": self.gold,
        }


Scores = Mapping[str, Score]
"""Row name (`entities`, `entity:Union`, `facts`, `fact:runs`, `outcomes found` …) → score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What one page lacks and what it has too much, in words, in the order of the files."""

    missed: Mapping[str, tuple[str, ...]]
    spurious: Mapping[str, tuple[str, ...]]

    def to_json(self) -> dict[str, dict[str, list[str]]]:
        """Plain data."""
        sides = {"missed": self.missed, "spurious": self.spurious}
        return {side: {kind: list(items) for kind, items in found.items()} for side, found in sides.items()}


def read_gold(folder: Path) -> dict[str, Json]:
    """Gold files, or record files, of a folder by their stem, sorted.

    Raises:
        RecordError: The folder is missing or holds none, or a file is not of the shape of the guidelines.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        hint = "Give the folder that holds one .json per page"
        raise RecordError("no gold or record files in this folder", subject=str(folder), hint=hint)
    return {path.stem: read_data(path) for path in files}


def read_gold_pages(gold: Mapping[str, Json], paths: Sequence[Path]) -> dict[str, Page]:
    """The pages that gold files are about, by the stem of the gold file.

    Args:
        gold: Gold by stem.
        paths: Files, and folders that are searched for pages.

    Raises:
        PageError: One of them is not there, or cannot be read.
    """
    listed = {path.name: path for path in reversed(list_pages(paths)) if isinstance(path, Path)}
    for wanted in gold.values():
        if wanted.get("page") not in listed:
            message = f"the page {wanted.get('page')!r} of the gold is not here"
            hint = "Give the folder that holds the pages of the gold"
            raise PageError(message, subject=", ".join(map(str, paths)), hint=hint)
    return {stem: read_page(listed[wanted["page"]]) for stem, wanted in gold.items()}


def evaluate_pages(gold: Mapping[str, Json], records: Mapping[str, Json], texts: Mapping[str, str]) -> dict[str, Score]:
    """Micro-averaged scores over all gold pages.

    Args:
        gold: Gold by stem.
        records: Records by stem; a page without one counts as read and found empty.
        texts: Raw page text by stem; pages without one get no rows for articles, headlines, bylines and evidence.
    """
    total: dict[str, Score] = {}
    for stem, wanted in gold.items():
        for row, score in score_page(wanted, records.get(stem, EMPTY_RECORD), texts.get(stem)).items():
            total[row] = total.get(row, Score()) + score
    return {row: total[row] for row in sorted(total, key=_row_order)}


def score_page(gold: Json, record: Json, text: str | None = None) -> dict[str, Score]:
    """The scores of one page.

    Args:
        gold: What the guidelines ask for.
        record: What was found.
        text: The raw page, for the rows that need it.
    """
    matched = match_entities(gold, record)
    scores = {"entities": _entity_score(gold, record, matched)}
    for type in sorted({entity["type"] for entity in (*gold["entities"], *record["entities"])}):
        scores[f"entity:{type}"] = _entity_score(gold, record, matched, type)
    scores["facts"] = _fact_score(gold, record, matched)
    for predicate in sorted({fact["p"] for fact in (*gold["facts"], *record["facts"])}):
        scores[f"fact:{predicate}"] = _fact_score(gold, record, matched, predicate)
    scores["links"] = _fact_score(gold, record, matched, reduce=_ends)
    scores["outcomes found"] = _outcome_score(gold, record, same_number)
    scores["outcomes attributed"] = _outcome_score(gold, record, _same_outcome(matched))
    if text is not None:
        scores |= _article_scores(gold, record, text)
        scores |= _evidence_scores(record, text)
    return scores


def find_differences(gold: Json, record: Json) -> Differences:
    """What is missed and what is spurious on one page."""
    matched = match_entities(gold, record)
    asked, found = _names(gold), _names(record)
    gold_facts = {fact_key(fact) for fact in gold["facts"]}
    found_facts = {fact_key(fact, matched) for fact in record["facts"]}
    pairs = match_outcomes(gold, record, _same_outcome(matched))
    met, made = {j for _, j in pairs}, {i for i, _ in pairs}
    return Differences(
        missed={
            "entities": tuple(
                f"{e['type']} {e['name']}" for e in _required(gold["entities"]) if e["id"] not in matched.values()
            ),
            "facts": tuple(
                _say_fact(fact, asked) for fact in _required(gold["facts"]) if fact_key(fact) not in found_facts
            ),
            "outcomes": tuple(
                _say_outcome(outcome, asked)
                for j, outcome in enumerate(gold["outcomes"])
                if j not in met and not outcome.get("optional")
            ),
        },
        spurious={
            "entities": tuple(f"{e['type']} {e['name']}" for e in record["entities"] if e["id"] not in matched),
            "facts": tuple(
                _say_fact(fact, found) for fact in record["facts"] if fact_key(fact, matched) not in gold_facts
            ),
            "outcomes": tuple(
                _say_outcome(outcome, found) for i, outcome in enumerate(record["outcomes"]) if i not in made
            ),
        },
    )


def match_entities(gold: Json, record: Json) -> dict[str, str]:
    """Id in the record → id in the gold: same type and equal names first, then gold aliases, one to one."""
    matched: dict[str, str] = {}
    free = list(gold["entities"])
    for forms_of in (lambda entity: [entity["name"]], lambda entity: entity.get("aliases", [])):
        for entity in record["entities"]:
            if entity["id"] in matched:
                continue
            name = comparable(entity["name"])
            for candidate in free:
                if candidate["type"] == entity["type"] and name in map(comparable, forms_of(candidate)):
                    matched[entity["id"]] = candidate["id"]
                    free.remove(candidate)
                    break
    return matched


def comparable(text: str | None) -> str:
    """Text as the guidelines compare it: NFKC, without white space and quotation marks."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text or ""))


def _row_order(row: str) -> tuple[bool, int, str]:
    main = ("articles", "headlines", "bylines", "entities", "facts", "links", "outcomes found", "outcomes attributed")
    return ":" in row, main.index(row) if row in main else len(main), row


def _required(items: Iterable[Json]) -> list[Json]:
    return [item for item in items if not item.get("optional")]


def _count(asked: set[Key], optional: set[Key], found: set[Key]) -> Score:
    return Score(hits=len(asked & found), predicted=len(found - (optional - asked)), gold=len(asked))


def _entity_score(gold: Json, record: Json, matched: Mapping[str, str], type: str | None = None) -> Score:
    mine = [entity for entity in gold["entities"] if type in (None, entity["type"])]
    return _count(
        {(entity["id"],) for entity in _required(mine)},
        {(entity["id"],) for entity in mine if entity.get("optional")},
        {
            (matched[entity["id"]],) if entity["id"] in matched else (UNMATCHED, entity["id"])
            for entity in record["entities"]
            if type in (None, entity["type"])
        },
    )


def _fact_score(
    gold: Json,
    record: Json,
    matched: Mapping[str, str],
    predicate: str | None = None,
    reduce: Callable[[Key], Key] = tuple,
) -> Score:
    mine = [fact for fact in gold["facts"] if predicate in (None, fact["p"])]
    return _count(
        {reduce(fact_key(fact)) for fact in _required(mine)},
        {reduce(fact_key(fact)) for fact in mine if fact.get("optional")},
        {reduce(fact_key(fact, matched)) for fact in record["facts"] if predicate in (None, fact["p"])},
    )


def fact_key(fact: Json, matched: Mapping[str, str] | None = None) -> Key:
    """What makes two facts equal: predicate and ends, `partnersWith` either way round.

    Args:
        fact: A fact of a gold file or of a record.
        matched: For a fact of a record, id in the record → id in the gold.
    """
    ends = fact["s"], fact["o"]
    if matched is not None:
        if not all(end in matched for end in ends):
            return (UNMATCHED, fact["p"], *ends)
        ends = matched[ends[0]], matched[ends[1]]
    return (fact["p"], *sorted(ends)) if fact["p"] == "partnersWith" else (fact["p"], *ends)


def _ends(key: Key) -> Key:
    """Only that two entities are linked, whatever the predicate and the direction."""
    return key if key[0] == UNMATCHED else tuple(sorted(key[1:]))


def _outcome_score(gold: Json, record: Json, same: Callable[[Json, Json], bool]) -> Score:
    pairs = match_outcomes(gold, record, same)
    hits = sum(not gold["outcomes"][j].get("optional") for _, j in pairs)
    return Score(
        hits=hits,
        # What meets an optional gold outcome does not count at all.
        predicted=len(record["outcomes"]) - (len(pairs) - hits),
        gold=len(_required(gold["outcomes"])),
    )


def match_outcomes(gold: Json, record: Json, same: Callable[[Json, Json], bool]) -> list[tuple[int, int]]:
    """(place in the record, place in the gold) one to one, required gold before optional."""
    free = sorted(range(len(gold["outcomes"])), key=lambda j: bool(gold["outcomes"][j].get("optional")))
    pairs = []
    for i, outcome in enumerate(record["outcomes"]):
        j = next((j for j in free if same(gold["outcomes"][j], outcome)), None)
        if j is not None:
            free.remove(j)
            pairs.append((i, j))
    return pairs


def same_number(gold: Json, outcome: Json) -> bool:
    """Value and unit agree."""
    tolerance = 1e-6 * max(1.0, abs(gold["value"]))
    return abs(gold["value"] - outcome["value"]) <= tolerance and comparable_unit(gold["unit"]) == comparable_unit(
        outcome["unit"]
    )


def _same_outcome(matched: Mapping[str, str]) -> Callable[[Json, Json], bool]:
    def same(gold: Json, outcome: Json) -> bool:
        if not same_number(gold, outcome):
            return False
        subject = matched.get(outcome["subject"])
        if subject is None or subject not in (gold["subject"], gold.get("also_subject")):
            return False
        metrics = gold["metric"], gold.get("also_metric")
        return max(dice(metric, outcome["metric"]) for metric in metrics) >= METRIC_OVERLAP

    return same


def comparable_unit(unit: str | None) -> str:
    """A unit as the guidelines compare it: 人, 名 and 位 are one, 家, 个, 所 and 间 another."""
    plain = comparable(unit)
    return next((min(same) for same in _SAME_UNITS if plain in same), plain)


def dice(one: str | None, other: str | None) -> float:
    """Dice coefficient of the character bigrams, in [0, 1]."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def _bigrams(text: str | None) -> Counter[str]:
    plain = comparable(text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1)) or Counter([plain])


def _article_scores(gold: Json, record: Json, text: str) -> dict[str, Score]:
    asked, found = _article_characters(gold, text), _article_characters(record, text)
    overlap = {(i, j): len(a & b) for i, a in enumerate(asked) for j, b in enumerate(found) if a & b}
    matched: dict[int, int] = {}
    # The largest overlap first: articles hardly ever overlap with more than one other.
    for i, j in sorted(overlap, key=lambda pair: (overlap[pair], pair), reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    headlines = sum(
        comparable(gold["articles"][i]["headline"]) == comparable(record["articles"][j]["headline"])
        for i, j in matched.items()
    )
    return {
        "articles": Score(
            hits=sum(overlap[pair] for pair in matched.items()),
            predicted=sum(map(len, found)),
            gold=sum(map(len, asked)),
        ),
        "headlines": Score(hits=headlines, predicted=len(found), gold=len(asked)),
        "bylines": _byline_score(gold, record, matched),
    }


def _article_characters(record: Json, text: str) -> list[set[int]]:
    return [
        {
            place
            for start, stop in article["spans"]
            for place in range(start, min(stop, len(text)))
            if text[place].strip()
        }
        for article in record["articles"]
    ]


def _byline_score(gold: Json, record: Json, matched: Mapping[int, int]) -> Score:
    # An unmatched article keeps a number that no gold article has.
    gold_of = {j: i for i, j in matched.items()}
    asked = Counter(_bylines(gold, lambda place: place))
    found = Counter(_bylines(record, lambda place: gold_of.get(place, -1 - place)))
    return Score(hits=(asked & found).total(), predicted=found.total(), gold=asked.total())


def _bylines(record: Json, number: Callable[[int], int]) -> Iterator[tuple[int, str]]:
    for place, article in enumerate(record["articles"]):
        for byline in article["byline"]:
            yield number(place), comparable(byline["name"])


def _evidence_scores(record: Json, text: str) -> dict[str, Score]:
    """Whether quotes stand on the page, and whether they stand where their offsets point."""
    items: Sequence[Json] = [*record["facts"], *record["outcomes"]]
    page, quotes = comparable(text), [comparable(item.get("evidence")) for item in items]
    verbatim = sum(bool(quote) and quote in page for quote in quotes)
    scores = {"evidence verbatim": Score(hits=verbatim, predicted=len(items), gold=len(items))}
    placed = [item for item in items if "start" in item]
    if placed:
        exact = sum(
            bool(item["evidence"]) and text[item["start"] : item["stop"]] == item["evidence"] for item in placed
        )
        scores["evidence in place"] = Score(hits=exact, predicted=len(placed), gold=len(placed))
    return scores


def _names(record: Json) -> dict[str, str]:
    return {entity["id"]: entity["name"] for entity in record["entities"]}


def _say_fact(fact: Json, names: Mapping[str, str]) -> str:
    return f"{names.get(fact['s'], fact['s'])} {fact['p']} {names.get(fact['o'], fact['o'])}"


def _say_outcome(outcome: Json, names: Mapping[str, str]) -> str:
    subject = names.get(outcome["subject"], outcome["subject"])
    return f"{subject} | {outcome['metric']} | {outcome['value']:g} {outcome['unit']}"
