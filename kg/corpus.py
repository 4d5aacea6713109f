"""Many pages: extracts each, loads the graph, and puts records, store, Turtle and HTML into one folder at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build import build_page, check_record
from kg.derive import refresh_derived
from kg.errors import ExportError, PageError, RecordError
from kg.exporters import export_graph
from kg.lexicon import load_lexicon
from kg.model import EntityType, Page, Predicate, Record, Status
from kg.publish import replaced_folder
from kg.read import read_page, readable_path
from kg.store import GraphStore
from kg.vocab import Iris

Extract = Callable[[Page], Record]
"""What an extractor does with one page."""

STORE, RECORDS = "store", "records"
EXPORTS = {"turtle": "graph.ttl", "html": "graph.html"}
"""Format → file that every build writes."""

_CLASH_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What became of one source file: exactly one of `record`, `error` and `same_as` is set.

    Args:
        path: The file, or the folder or missing path that was asked for.
        page: The page, when it could be read.
        record: What was read from it.
        error: Why nothing could be read from it.
        same_as: Path of the earlier file with the same bytes.
    """

    path: str
    page: Page | None = None
    record: Record | None = None
    error: PageError | RecordError | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build read and wrote.

    Args:
        pages: Pages in the graph.
        articles: Articles on them.
        entities: Type → number, counted on each page that names one.
        facts: Predicate → status → number.
        outcomes: Status → number.
        issues: Code → number.
        failures: Each file that failed, with its error, in order.
        duplicates: Path of each file left out → path of the file with the same bytes.
        files: What was written, in order.
    """

    pages: int
    articles: int
    entities: Mapping[str, int]
    facts: Mapping[str, Mapping[str, int]]
    outcomes: Mapping[str, int]
    issues: Mapping[str, int]
    failures: tuple[tuple[str, PageError | RecordError], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "pages": self.pages,
            "articles": self.articles,
            "entities": dict(self.entities),
            "facts": {predicate: dict(counts) for predicate, counts in self.facts.items()},
            "outcomes": dict(self.outcomes),
            "issues": dict(self.issues),
            "failures": [{"path": path, "message": error.message, "hint": error.hint} for path, error in self.failures],
            "duplicates": [{"path": path, "same_as": other} for path, other in self.duplicates],
            "files": list(self.files),
        }


def build_corpus(
    sources: Iterable[Path | PageError],
    out: Path,
    extract: Extract,
    *,
    watch: Callable[[PageResult], None] = lambda result: None,
    iris: Iris | None = None,
) -> Summary:
    """Builds the folder of a graph from pages, all anew; it takes the place of the old one when it is complete.

    Args:
        sources: As `list_pages` gives them.
        out: The folder: `graph.ttl`, `graph.html`, `store/`, `records/*.json`; other files in it are kept.
        extract: What reads a page.
        watch: Told of each file when it is done.
        iris: Where IRIs begin.

    Returns:
        Counts over all pages. A page that fails is listed and does not stop the rest.

    Raises:
        PageError: Not one page could be built; `out` stays as it was.
        ExportError, StoreError: The folder cannot be written; `out` stays as it was.
    """
    gazetteer, results, quads = load_lexicon().gazetteer, list[PageResult](), list[str]()
    with replaced_folder(out, {STORE, RECORDS, *EXPORTS.values()}) as fresh:
        for result in extract_pages(sources, extract):
            if result.page and result.record:
                quads.append(build_page(result.record, result.page, gazetteer=gazetteer, iris=iris))
            results.append(result)
            watch(result)
        if not quads:
            hint = "Give at least one page that can be read; what was there before is unchanged"
            raise PageError("no page could be built", hint=hint)
        names = write_records((result.record for result in results if result.record), fresh / RECORDS)
        _write_graph(quads, fresh, iris)
    files = [*EXPORTS.values(), STORE, *(f"{RECORDS}/{name}" for name in names)]
    return summarise(results, [str(out / name) for name in files])


def extract_pages(sources: Iterable[Path | PageError], extract: Extract) -> Iterator[PageResult]:
    """Reads each file and extracts it, once for the same bytes.

    Args:
        sources: As `list_pages` gives them.
        extract: What reads a page.

    Yields:
        One result for each source, in order.
    """
    seen: dict[str, str] = {}
    for source in sources:
        if isinstance(source, PageError):
            yield PageResult(path=source.subject, error=source)
            continue
        path, page = readable_path(source), None
        try:
            page = read_page(source)
            if page.sha256 in seen:
                yield PageResult(path=path, page=page, same_as=seen[page.sha256])
                continue
            seen[page.sha256] = path
            yield PageResult(path=path, page=page, record=_extract_checked(page, path, extract))
        except (PageError, RecordError) as error:
            yield PageResult(path=path, page=page, error=error)


def write_records(records: Iterable[Record], folder: Path) -> tuple[str, ...]:
    """Writes one JSON file per record into a folder, which is made when missing.

    A file is called after its page, `<stem>.json`; where two pages have one stem, the digest of each follows it.

    Returns:
        The names of the files, in the order of the records.

    Raises:
        ExportError: The folder cannot be written.
    """
    chosen = list(records)
    names = record_names([(record.page, record.sha256) for record in chosen])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, record in zip(names, chosen, strict=True):
            (folder / name).write_text(record_text(record), "utf-8", newline="\n")
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise ExportError(message, subject=str(folder), hint="Choose another place") from error
    return names


def record_names(pages: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """File names for the records of pages, given as (name, sha256); they differ even where case does not count."""
    stems = [Path(name).stem for name, _ in pages]
    common = Counter(stem.casefold() for stem in stems)
    return tuple(
        f"{stem}.json" if common[stem.casefold()] == 1 else f"{stem}-{sha256[:_CLASH_DIGITS]}.json"
        for stem, (_, sha256) in zip(stems, pages, strict=True)
    )


def record_text(record: Record) -> str:
    """A record as JSON for a person, ends with a line break."""
    return json.dumps(record.to_json(), ensure_ascii=False, indent=1) + "\n"


def summarise(results: Sequence[PageResult], files: Iterable[str]) -> Summary:
    """Counts over the results of all pages; types and predicates in the order of the ontology, zeros left out."""
    records = [result.record for result in results if result.record]
    types = Counter(entity.type for record in records for entity in record.entities)
    facts = Counter((fact.predicate, fact.status) for record in records for fact in record.facts)
    outcomes = Counter(outcome.status for record in records for outcome in record.outcomes)
    issues = Counter(issue.code for record in records for issue in record.issues)
    return Summary(
        pages=len(records),
        articles=sum(len(record.articles) for record in records),
        entities={str(type): types[type] for type in EntityType if types[type]},
        facts={
            str(predicate): {str(status): facts[predicate, status] for status in Status}
            for predicate in Predicate
            if any(facts[predicate, status] for status in Status)
        },
        outcomes={str(status): outcomes[status] for status in Status},
        issues=dict(sorted(issues.items())),
        failures=tuple((result.path, result.error) for result in results if result.error),
        duplicates=tuple((result.path, result.same_as) for result in results if result.same_as),
        files=tuple(files),
    )


def _extract_checked(page: Page, path: str, extract: Extract) -> Record:
    record = extract(page)
    check_record(record, page)
    if not (record.entities or any(article.headline for article in record.articles)):
        hint = "Check that it is a newspaper page: an article has a headline and sentences below it"
        raise PageError("no article on this page", subject=path, hint=hint)
    return record


def _write_graph(quads: Sequence[str], folder: Path, iris: Iris | None) -> None:
    # The store is released when this returns, before its folder is renamed.
    store = GraphStore.create(folder / STORE, iris)
    store.bulk_load(sorted(quads))
    refresh_derived(store)
    store.flush()
    for format, name in EXPORTS.items():
        export_graph(store, format, folder / name)
