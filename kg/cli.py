"""The command `kg`: parses, calls the library, prints. What it does is elsewhere.

Exit status: 0 all well; 1 some pages failed, or the work could not be done; 2 the command was used wrongly.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.errors import KgError, QueryError
from kg.exporters import FORMATS
from kg.texts import LANGUAGES, describe_error, fill

if TYPE_CHECKING:
    from kg.corpus import PageResult
    from kg.store import GraphStore

FAILED, MISUSED = 1, 2
_PATH = click.Path(path_type=Path)


def _default_language() -> str:
    """The language of the environment; English when it names none that we have."""
    named = (os.environ.get(name) for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, named), "").lower().startswith("zh") else "en"


def _language() -> str:
    context = click.get_current_context(silent=True)
    chosen = context.find_root().meta.get("kg.language") if context else None
    return chosen or _default_language()


def _set_language(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().meta["kg.language"] = value


_lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=_set_language,
    help="Language of messages. 界面语言。",
)


def _say(text: str, *values: object) -> str:
    return fill(text, _language(), *values)


def _explain(error: KgError) -> str:
    return describe_error(error, _language())


class _Commands(click.Group):
    """A group whose commands know `--lang` and turn every KgError into one line and an exit status."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Adds a command."""
        super().add_command(_lang_option(cmd), name)

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(_explain(error), err=True)
            # A plain KgError is about a word that the user chose, such as the name of an extractor.
            ctx.exit(MISUSED if isinstance(error, QueryError) or type(error) is KgError else FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(kg.__version__, prog_name="kg")
@_lang_option
def main() -> None:
    """工会报纸版面 → 知识图谱。Chinese trade-union newspaper pages to a knowledge graph."""


_extractor_option = click.option(
    "--extractor", default="rules", show_default=True, metavar="NAME", help="What reads the pages. 抽取器。"
)
_graph_option = click.option(
    "--graph",
    type=_PATH,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Folder that kg build wrote. 图谱目录。",
)


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@click.option("--out", type=_PATH, default=Path("output"), show_default=True, metavar="DIR", help="Target. 输出目录。")
@click.option("--quiet", is_flag=True, help="Print errors only. 只显示错误。")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON. 以 JSON 输出汇总。")
@_extractor_option
def build(paths: Sequence[Path], out: Path, quiet: bool, as_json: bool, extractor: str) -> None:
    """从文件和目录构建图谱。Build the graph of files and folders of pages."""
    from kg.corpus import build_corpus
    from kg.extract import get_extractor
    from kg.read import list_pages
    from kg.render import render_summary

    sources = list_pages(paths)
    with _progress(len(sources), show=not quiet) as watch:
        summary = build_corpus(sources, out, get_extractor(extractor).extract, watch=watch)
    if as_json:
        _print_json(summary.to_json())
    elif not quiet:
        click.echo(render_summary(summary, out, _say), nl=False)
    if summary.failures:
        sys.exit(FAILED)


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@click.option("--out", type=_PATH, metavar="DIR", help="Write one file per page. 每个版面写一个文件。")
@_extractor_option
def extract(paths: Sequence[Path], out: Path | None, extractor: str) -> None:
    """抽取为 JSON 记录。Print what pages say as JSON: one object for one page, else JSON Lines."""
    from kg.corpus import extract_pages, record_text, write_records
    from kg.extract import get_extractor
    from kg.read import list_pages

    sources = list_pages(paths)
    results = list(extract_pages(sources, get_extractor(extractor).extract))
    records = [result.record for result in results if result.record]
    for result in results:
        if result.error:
            click.echo(_explain(result.error), err=True)
        elif result.same_as:
            click.echo(_say("{}: same bytes as {}", result.path, result.same_as), err=True)
    if out is not None:
        for name in write_records(records, out):
            click.echo(out / name)
    elif len(sources) == 1:
        click.echo("".join(map(record_text, records)), nl=False)
    else:
        for record in records:
            click.echo(json.dumps(record.to_json(), ensure_ascii=False))
    if any(result.error for result in results):
        sys.exit(FAILED)


@main.command()
@click.argument("page", metavar="PAGE", type=_PATH)
@_extractor_option
def explain(page: Path, extractor: str) -> None:
    """逐句解释抽取结果。Print a page's sentences, each with the facts and numbers that it gave."""
    from kg.explain import explain_record
    from kg.extract import get_extractor
    from kg.read import read_page

    read = read_page(page)
    record = get_extractor(extractor).extract(read)
    click.echo(explain_record(read, record, _say), nl=False)


@main.command()
@click.argument("page", metavar="PAGE", type=_PATH)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--most", type=click.IntRange(min=1), default=3, show_default=True, help="Frames a sentence. 每句框架数。"
)
@click.option("--near", is_flag=True, help="Tell of frames even where facts hold. 已有事实时也列出。")
def whynot(page: Path, first: str, second: str, most: int, near: bool) -> None:
    """为何两者之间没有事实。Print the facts between two names, else the frames that came nearest and what failed."""
    from kg.extract import get_extractor
    from kg.lexicon import load_lexicon
    from kg.read import read_page
    from kg.whynot import explain_pair

    read = read_page(page)
    record = get_extractor().extract(read)
    told = explain_pair(read, record, load_lexicon(), (first, second), _say, most=most, near=near)
    click.echo(told, nl=False)


@main.command()
@click.argument("gold_dir", metavar="GOLD_DIR", type=_PATH)
@click.argument("found", metavar="[PAGES...|RECORDS]", nargs=-1, type=_PATH)
@click.option("--pages", type=_PATH, metavar="DIR", help="Page texts, for records. 记录所对应的版面目录。")
@click.option("--detail", is_flag=True, help="List misses and spurious items. 列出遗漏与多余。")
@click.option("--also", type=_PATH, multiple=True, metavar="DIR", help="Further gold files. 更多标注目录。")
@click.option("--rules", is_flag=True, help="Count right and wrong by rule, as TOML. 按规则统计对错。")
@click.option("--reliability", is_flag=True, help="Stated against observed confidence. 置信度与实际正确率对照。")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON. 以 JSON 输出分数。")
@_extractor_option
def evaluate(
    gold_dir: Path,
    found: tuple[Path, ...],
    pages: Path | None,
    detail: bool,
    also: tuple[Path, ...],
    rules: bool,
    reliability: bool,
    as_json: bool,
    extractor: str,
) -> None:
    """对照标注评分。Score pages, or records of pages, against gold files."""
    from kg.evaluate import evaluate_pages, find_differences, read_gold, read_gold_pages
    from kg.render import render_differences, render_scores

    gold = {stem: wanted for folder in (gold_dir, *also) for stem, wanted in read_gold(folder).items()}
    found = found or (Path("output"),)
    folder = _records_folder(found)
    texts = read_gold_pages(gold, [pages] if pages else found) if pages or not folder else {}
    if folder:
        records = read_gold(folder)
    else:
        from kg.extract import get_extractor

        read = get_extractor(extractor).extract
        records = {stem: read(page).to_json() for stem, page in texts.items()}
    for stem in sorted(gold.keys() - records.keys()):
        click.echo(_say("no record for {}: counted as empty", stem), err=True)
    pairs = [(gold[stem], records[stem]) for stem in gold if stem in records]
    if rules:
        from kg.calibrate import count_rules, render_rules

        click.echo(render_rules(count_rules(pairs)), nl=False)
        return
    if reliability:
        from kg.calibrate import calibration_error
        from kg.calibrate import reliability as measure
        from kg.render import render_reliability

        table = measure(pairs)
        if as_json:
            _print_json({"bins": [row.to_json() for row in table], "calibration_error": calibration_error(table)})
        else:
            click.echo(render_reliability(table, _say), nl=False)
        return
    scores = evaluate_pages(gold, records, {stem: page.text for stem, page in texts.items()})
    differences = {stem: find_differences(gold[stem], records[stem]) for stem in gold if stem in records and detail}
    if as_json:
        told = {row: score.to_json() for row, score in scores.items()}
        _print_json(
            {"scores": told, "differences": {stem: d.to_json() for stem, d in differences.items()}} if detail else told
        )
        return
    click.echo(render_scores(scores) + render_differences(differences, _say), nl=False)


@main.command()
@click.argument("question", metavar="[TEXT|FILE.rq|NAME]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the bundled questions. 列出内置问题。")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter. 参数。")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
    help="Form of the answer. 结果格式。",
)
@_graph_option
def query(question: str | None, listed: bool, params: Sequence[str], form: str, graph: Path) -> None:
    """查询图谱。Ask the graph: SPARQL text, a .rq file, or the name of a bundled question."""
    from kg.query import ask, list_questions, render
    from kg.render import render_questions

    if listed:
        click.echo(render_questions(list_questions(), _language()), nl=False)
        return
    if question is None:
        raise click.UsageError(_say("Give a question, or --list to see the bundled ones"))
    pairs = dict(_split_parameter(param) for param in params)
    click.echo(render(ask(_open_store(graph), question, pairs), form), nl=False)


def _split_parameter(param: str) -> tuple[str, str]:
    name, sign, value = param.partition("=")
    if not (name and sign):
        raise click.BadParameter(_say("{} is not NAME=VALUE", repr(param)), param_hint="--param")
    return name, value


@main.command()
@click.argument("format", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--out", type=_PATH, metavar="FILE", help="Target instead of standard output. 输出文件。")
@_graph_option
@click.option("--no-statements", is_flag=True, help="Plain triples only. 只输出三元组，不含出处。")
@click.option("--no-quotes", is_flag=True, help="Places instead of sentences. 不含原文句子。")
def export(format: str, out: Path | None, graph: Path, no_statements: bool, no_quotes: bool) -> None:
    """导出图谱。Write the graph as turtle, trig, nquads, jsonld, graphml or html."""
    from kg.exporters import ExportOptions, export_graph

    options = ExportOptions(statements=not no_statements, quotes=not no_quotes)
    export_graph(_open_store(graph), format, out or sys.stdout.buffer, options)


def _records_folder(found: tuple[Path, ...]) -> Path | None:
    """The folder of records that is meant, None when the paths are pages."""
    folders = (found[0], found[0] / "records") if len(found) == 1 else ()
    return next((folder for folder in folders if any(folder.glob("*.json"))), None)


def _open_store(graph: Path) -> GraphStore:
    from kg.corpus import STORE
    from kg.store import GraphStore

    return GraphStore.open(graph / STORE)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


@contextmanager
def _progress(total: int, *, show: bool) -> Iterator[Callable[[PageResult], None]]:
    """What tells of each page on standard error: a bar on a terminal, else a line; errors are always told."""
    from kg.render import render_result

    bar = click.progressbar(length=total, label=_say("pages"), file=sys.stderr) if sys.stderr.isatty() else None
    done: list[PageResult] = []

    def tell(result: PageResult) -> None:
        done.append(result)
        if show and bar:
            bar.update(1)
        elif result.error:
            click.echo(_explain(result.error), err=True)
        elif show:
            click.echo(render_result(result, len(done), total, _say), err=True)

    if not (show and bar):
        yield tell
        return
    try:
        with bar:
            yield tell
    finally:
        # A line in the middle would tear the bar.
        for error in (result.error for result in done if result.error):
            click.echo(_explain(error), err=True)
