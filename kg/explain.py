"""A page with what was read from it: under each sentence the facts and numbers that it gave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.model import Article, Fact, Outcome, Page, Record, Status, plain_number

Statement = Fact | Outcome
Say = Callable[[str], str]
"""A word of the interface in the language of the user."""

_BOUNDS = {">": "> ", ">=": "≥ ", "<": "< ", "~": "≈ "}
_INDENT = " " * 6


def explain_record(page: Page, record: Record, say: Say = str) -> str:
    """The whole explanation as text, ends with a line break.

    Args:
        page: The page that the record was read from.
        record: With sentences in its articles, as extraction gives it.
        say: Translates the words of the interface; predicates and types are words too.
    """
    lines = [_count_line(page, record, say)]
    for article in record.articles:
        lines += ["", *_explain_article(article, record, say)]
    if record.issues:
        lines += ["", say("Issues")]
        lines += [
            f"{_INDENT}! {_place(issue.start, issue.stop)}{issue.code}: {issue.message}" for issue in record.issues
        ]
    return "\n".join(lines) + "\n"


def _count_line(page: Page, record: Record, say: Say) -> str:
    counts = {
        "articles": record.articles,
        "entities": record.entities,
        "facts": record.facts,
        "outcomes": record.outcomes,
        "issues": record.issues,
    }
    told = ", ".join(f"{len(items)} {say(name)}" for name, items in counts.items())
    return f"{page.name} ({page.encoding}): {told}"


def _explain_article(article: Article, record: Record, say: Say) -> Iterator[str]:
    authors = [f"{byline.role} {byline.name}" for byline in article.byline]
    source = [f"{say('reprinted from')} {article.source}"] if article.source else []
    spans = [" ".join(f"{start}–{stop}" for start, stop in article.spans)]
    yield f"[{article.index + 1}] {article.headline}"
    yield "    " + " · ".join([*authors, *source, *spans])
    by_sentence = _group(article, [*record.facts, *record.outcomes])
    names = {entity.id: entity.name for entity in record.entities}
    for place, sentence in enumerate(article.sentences):
        text = article.text[slice(*sentence.at)].replace("\n", " ")
        yield f"{place + 1:4}  {text}"
        yield from (_INDENT + say_statement(item, names, say) for item in by_sentence.get(place, ()))


def _group(article: Article, statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    """Number of the sentence → what it states; what stands before the first goes to that one."""
    starts = sorted((article.locate(sentence.at)[0], i) for i, sentence in enumerate(article.sentences))
    grouped: dict[int, list[Statement]] = {}
    for item in statements:
        if item.evidence.article == article.index and starts:
            nearest = bisect_right(starts, (item.evidence.start, len(starts))) - 1
            grouped.setdefault(starts[max(nearest, 0)][1], []).append(item)
    return grouped


def say_statement(item: Statement, names: Mapping[str, str], say: Say) -> str:
    """A fact or number in one line, with its rule and confidence.

    Args:
        item: The fact or outcome.
        names: Names of the entities by id.
        say: Translates the words of the interface.
    """
    told = _say_fact(item, names, say) if isinstance(item, Fact) else _say_outcome(item, names)
    planned = f" ({say('planned')})" if item.status is Status.PLANNED else ""
    return f"{told}{planned}  [{item.rule} {item.confidence:.2f}]"


def _say_fact(fact: Fact, names: Mapping[str, str], say: Say) -> str:
    post = f" ({fact.post})" if fact.post else ""
    return (
        f"→ {names.get(fact.subject, fact.subject)} —{say(fact.predicate)}→ {names.get(fact.object, fact.object)}{post}"
    )


def _say_outcome(outcome: Outcome, names: Mapping[str, str]) -> str:
    bound = _BOUNDS.get(outcome.qualifier or "", "")
    baseline = "" if outcome.baseline is None else f"{plain_number(outcome.baseline)} … "
    period = f" ({outcome.period})" if outcome.period else ""
    number = f"{baseline}{bound}{plain_number(outcome.value)} {outcome.unit}".rstrip()
    return f"# {names.get(outcome.subject, outcome.subject)} · {outcome.metric}: {number}{period}"


def _place(start: int | None, stop: int | None) -> str:
    return "" if start is None else f"{start}–{start if stop is None else stop} "
