"""What the command line prints, as text: the summary of a build, the line of one page, questions, and scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.calibrate import Bin, calibration_error
from kg.corpus import PageResult, Summary
from kg.evaluate import Differences, Scores
from kg.query import Question, width_of

Say = Callable[..., str]
"""(English text, values for its `{}`) → the text in the language of the user."""

_NAME_WIDTH = 22
_NUMBER_WIDTH = 7


def render_summary(summary: Summary, out: Path, say: Say) -> str:
    """The closing summary of a build, ends with a line break.

    Args:
        summary: Of the build.
        out: The folder that it wrote.
        say: Translates.
    """
    lines = [
        _count(say("Pages"), summary.pages),
        _count(say("Articles"), summary.articles),
        _count(say("Entities"), sum(summary.entities.values())),
        *(_count("  " + say(type), number) for type, number in summary.entities.items()),
        *_facts(summary, say),
        _count(say("Outcomes"), sum(summary.outcomes.values())) + _planned(summary.outcomes, say),
        _count(say("Issues"), sum(summary.issues.values())),
        *(_count("  " + code, number) for code, number in summary.issues.items()),
        *_trouble(summary, say),
        say("Written to {}: {}", out, ", ".join(_files(summary.files, out, say))),
    ]
    return "\n".join(lines) + "\n"


def render_result(result: PageResult, number: int, total: int, say: Say) -> str:
    """One line about a page that is done."""
    head = f"[{number}/{total}] {Path(result.path).name}: "
    if result.same_as:
        return head + say("left out, same bytes as {}", result.same_as)
    if result.record is None:
        return head + say("failed")
    record = result.record
    counts = {
        "articles": record.articles,
        "entities": record.entities,
        "facts": record.facts,
        "outcomes": record.outcomes,
    }
    return head + ", ".join(f"{len(items)} {say(name)}" for name, items in counts.items())


def render_questions(questions: Iterable[Question], language: str) -> str:
    """The bundled questions with their parameters, ends with a line break."""
    lines = []
    for question in questions:
        lines.append(f"{question.name:{_NAME_WIDTH}}{question.title[language]}")
        lines += [
            " " * _NAME_WIDTH + f"--param {parameter.name}={parameter.default}  {parameter.about[language]}"
            for parameter in question.parameters
        ]
    return "\n".join(lines) + "\n"


def render_scores(scores: Scores) -> str:
    """A table, one row a line, ends with a line break."""
    lines = [f"{'':26}{'P':>7}{'R':>7}{'F1':>7}{'hits':>7}{'found':>7}{'gold':>7}"]
    for row, score in scores.items():
        figures = f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
        lines.append(f"{row:26}{figures}{score.hits:7}{score.predicted:7}{score.gold:7}")
    return "\n".join(lines) + "\n"


def render_reliability(table: Sequence[Bin], say: Say) -> str:
    """Stated against observed confidence, one bin a line, and the calibration error; ends with a line break."""
    lines = ["confidence     claims  stated  observed"]
    lines += [f"{row.low:.1f} – {row.high:.1f}   {row.claims:9}{row.stated:8.3f}{row.observed:10.3f}" for row in table]
    lines.append(f"{say('expected calibration error')}: {calibration_error(table):.3f}")
    return "\n".join(lines) + "\n"


def render_differences(differences: Mapping[str, Differences], say: Say) -> str:
    """Misses and spurious items of each page, every line ended; empty for no pages."""
    lines = []
    for stem, difference in differences.items():
        lines += ["", stem]
        for heading, found in (("missed", difference.missed), ("spurious", difference.spurious)):
            for kind, items in found.items():
                lines += [f"  {say(heading)} {say(kind)} ({len(items)})", *(f"    {item}" for item in items)]
    return "".join(f"{line}\n" for line in lines)


def _count(name: str, number: int) -> str:
    return name + " " * (_NAME_WIDTH - width_of(name)) + f"{number:{_NUMBER_WIDTH}}"


def _planned(counts: Mapping[str, int], say: Say) -> str:
    return f"  ({say('{} planned', counts['planned'])})" if counts.get("planned") else ""


def _facts(summary: Summary, say: Say) -> Iterator[str]:
    planned = sum(counts["planned"] for counts in summary.facts.values())
    total = sum(sum(counts.values()) for counts in summary.facts.values())
    yield _count(say("Facts"), total) + _planned({"planned": planned}, say)
    for predicate, counts in summary.facts.items():
        yield _count("  " + say(predicate), sum(counts.values())) + _planned(counts, say)


def _trouble(summary: Summary, say: Say) -> Iterator[str]:
    if summary.duplicates:
        yield _count(say("Left out"), len(summary.duplicates))
        for path, other in summary.duplicates:
            yield "  " + say("{}: same bytes as {}", path, other)
    if summary.failures:
        yield _count(say("Failed"), len(summary.failures))
        yield from (f"  {path}" for path, _ in summary.failures)


def _files(files: tuple[str, ...], out: Path, say: Say) -> Iterator[str]:
    names = [name.removeprefix(str(out)).lstrip("/\\") for name in files]
    records = [name for name in names if name.startswith("records")]
    yield from (name for name in names if name not in records)
    yield say("records/ ({} files)", len(records))
