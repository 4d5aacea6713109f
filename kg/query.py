"""Questions to the graph: the bundled ones by name, any SPARQL by text, and four ways to write the answer.

A question is a `.rq` file in `ontology/queries`. It opens with comment lines, so that it stays plain SPARQL that runs
anywhere:

    #! zh: 标题                          #! about-zh: 说明
    #! en: Title                         #! about-en: Explanation
    #! param NAME: 说明 | Explanation    and in the query:  VALUES ?NAME { "default" }

A parameter's value takes the place of the default as one escaped literal; it can never become syntax.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.errors import QueryError
from kg.turtle import TermWriter, one_line, write_blocks
from kg.vocab import Iris, ontology_folder

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from kg.store import Answer, GraphStore

    Term = NamedNode | BlankNode | Literal | Triple

_HEADER = re.compile(r"^#!\s*(zh|en|about-zh|about-en|param\s+\w+)\s*:\s*(.*?)\s*$", re.MULTILINE)
_STRING = r'"[^"\\\n\r]*"'
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_TOKENS = re.compile(
    r"""(?P<skip>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'"""
    r"""|<[^<>"{}|^`\\\s]*>|\#[^\n\r]*|[?$@][\w-]+|[\w.-]*:[\w.:%-]*)|(?P<word>[A-Za-z]+)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question can be asked with.

    Args:
        name: As in `--param name=value`.
        about: Language (`zh`, `en`) → explanation.
        default: The value that it has when none is given.
    """

    name: str
    about: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query with a name.

    Args:
        name: Its file's stem.
        title, about: Language (`zh`, `en`) → text.
        parameters: In the order of the file.
        text: The SPARQL.
    """

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An answer, read to its end.

    Args:
        variables: Columns of a SELECT.
        rows: Rows of a SELECT, in the query's order; None where a variable is unbound.
        triples: What a CONSTRUCT or DESCRIBE made, sorted; None for other queries.
        boolean: What an ASK found; None for other queries.
        iris: Where the store's IRIs begin, to shorten them.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[Triple, ...] | None = None
    boolean: bool | None = None
    iris: Iris


def list_questions() -> tuple[Question, ...]:
    """The bundled questions, sorted by name."""
    paths = sorted((ontology_folder() / "queries").glob("*.rq"))
    return tuple(parse_question(path.stem, path.read_text("utf-8")) for path in paths)


def find_question(name: str) -> Question:
    """A bundled question.

    Raises:
        QueryError: There is none of this name.
    """
    questions = {question.name: question for question in list_questions()}
    if name not in questions:
        raise QueryError("unknown question", subject=name, hint=f"Choose one of: {', '.join(questions)}")
    return questions[name]


def parse_question(name: str, text: str) -> Question:
    """Reads the comment lines of a query; a query without any has no title and no parameters.

    Raises:
        QueryError: A parameter is declared that has no `VALUES ?name { "default" }`, or more than one.
    """
    texts: dict[str, str] = {}
    parameters = []
    for key, value in _HEADER.findall(text):
        if key.startswith("param"):
            parameters.append(_parse_parameter(name, key.split()[1], value, text))
        else:
            texts[key] = value
    return Question(
        name=name,
        title={language: texts.get(language, name) for language in ("zh", "en")},
        about={language: texts.get(f"about-{language}", "") for language in ("zh", "en")},
        parameters=tuple(parameters),
        text=text,
    )


def _parse_parameter(question: str, name: str, about: str, text: str) -> Parameter:
    found = _slot(name).findall(text)
    if len(found) != 1:
        message = f'the parameter {name!r} needs one VALUES ?{name} {{ "…" }} in the query'
        raise QueryError(message, subject=question, hint="Add it, or remove the line `#! param`")
    chinese, _, english = about.partition("|")
    default = found[0][1].strip('"')
    return Parameter(name=name, about={"zh": chinese.strip(), "en": english.strip()}, default=default)


def _slot(name: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES\s+\?{re.escape(name)}\s*\{{\s*)({_STRING})(\s*\}})")


def ask(store: GraphStore, what: str, params: Mapping[str, str] | None = None) -> Result:
    """Asks by the name of a question, the path of a `.rq` file, or SPARQL text.

    Raises:
        QueryError: It is none of the three, or as for `run_sparql`.
    """
    if re.fullmatch(r"[\w-]+", what):
        return run_question(store, what, params)
    if "\n" not in what and what.endswith((".rq", ".sparql")):
        try:
            text = Path(what).read_text("utf-8")
        except OSError as error:
            raise QueryError(f"cannot be read ({error.strerror})", subject=what, hint="Check the path") from error
        except UnicodeDecodeError as error:
            raise QueryError("not UTF-8 text", subject=what, hint="Save the query as UTF-8") from error
        return run_sparql(store, text, params, name=Path(what).name)
    return run_sparql(store, what, params)


def run_question(store: GraphStore, name: str, params: Mapping[str, str] | None = None) -> Result:
    """Asks a bundled question.

    Args:
        store: The graph.
        name: One of `list_questions`.
        params: Parameter → value; those left out have their defaults.

    Raises:
        QueryError: The question or a parameter is unknown.
    """
    question = find_question(name)
    known = [parameter.name for parameter in question.parameters]
    for key in params or {}:
        if key not in known:
            raise QueryError(f"unknown parameter {key!r}", subject=name, hint=f"Choose one of: {', '.join(known)}")
    # Bundled questions are written for the default base.
    text = question.text.replace(f"<{vocab.DEFAULT_BASE}", f"<{store.iris.base}")
    return run_sparql(store, text, params, name=name)


def run_sparql(store: GraphStore, text: str, params: Mapping[str, str] | None = None, *, name: str = "query") -> Result:
    """Runs a query over all pages together.

    Args:
        store: The graph.
        text: SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE; the project's prefixes are known unless it declares them.
        params: Variable → value, `<…>` for an IRI, else a string. A declared parameter takes the place of its default;
            of any other variable only solutions with that value remain, in Chinese or without a language.
        name: What errors are about.

    Raises:
        QueryError: It is not a valid query, would change the store or leave this machine, or a parameter is not in it.
    """
    refuse_unsafe(text, name)
    declared = {parameter.name for parameter in parse_question(name, text).parameters}
    bound, others = text, {}
    for key, value in (params or {}).items():
        if key in declared:
            literal = str(_term_of(value))
            bound = _slot(key).sub(lambda m, literal=literal: m[1] + literal + m[3], bound)  # type: ignore[misc]
        elif re.search(rf"[?$]{re.escape(key)}\b", text):
            others[key] = value
        else:
            raise QueryError(f"the query has no variable ?{key}", subject=name, hint="Check the name of the parameter")
    bound += _restriction(others)
    whole = _with_prefixes(bound, store.iris)
    try:
        return _read_answer(store.query(whole), store.iris)
    except (SyntaxError, ValueError) as error:
        reason = _explain_syntax(str(error), len(whole) - len(bound))
        raise QueryError(f"not valid SPARQL ({reason})", subject=name, hint="See the SPARQL 1.1 syntax") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"cannot be answered ({error})", subject=name, hint="Run `kg build` again") from error


def _restriction(params: Mapping[str, str]) -> str:
    """A VALUES clause for the end of a query: Oxigraph's own substitution takes selected variables only."""
    from pyoxigraph import Literal

    if not params:
        return ""
    terms = [_term_of(value) for value in params.values()]
    spellings = [
        (str(term), str(Literal(term.value, language="zh"))) if isinstance(term, Literal) else (str(term),)
        for term in terms
    ]
    names = " ".join(f"?{name}" for name in params)
    rows = " ".join(f"({' '.join(row)})" for row in product(*spellings))
    return f"\nVALUES ({names}) {{ {rows} }}"


def _explain_syntax(message: str, added: int) -> str:
    """The place and, where the parser names one, the reason; its list of all that might follow fills a screen.

    Args:
        message: Of the parser.
        added: Characters of the first line that are not the user's.
    """
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return message
    line, column = int(found[1]), int(found[2])
    place = f"line {line}, column {column - added if line == 1 else column}"
    reason = re.search(r"[A-Z][a-zA-Z]+ (?:[a-zA-Z]+ ?){2,}", found[3])
    return f"{place}: {reason[0].strip()}" if reason else place


def refuse_unsafe(text: str, name: str = "query") -> None:
    """Makes sure that a query reads only, and only from the store.

    Raises:
        QueryError: It is an update, or calls another server.
    """
    words = [match["word"].upper() for match in _TOKENS.finditer(text) if match["word"]]
    prologue = {"PREFIX", "BASE"}
    first = next((word for word in words if word not in prologue), "")
    if first in _UPDATES:
        hint = "Use `kg build` to change the graph"
        raise QueryError(f"{first} changes the graph, and queries only read it", subject=name, hint=hint)
    if "SERVICE" in words:
        hint = "Load the data beside the graph instead"
        raise QueryError("SERVICE asks another server, and queries stay on this machine", subject=name, hint=hint)


def _with_prefixes(text: str, iris: Iris) -> str:
    """Adds what the query does not declare itself, on its first line so that line numbers in messages hold."""
    declared = {prefix.lower() for prefix in re.findall(r"PREFIX\s+([\w-]*)\s*:", text, re.IGNORECASE)}
    missing = {prefix: iri for prefix, iri in iris.prefixes().items() if prefix not in declared}
    return "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in missing.items()) + text


def _term_of(value: str) -> NamedNode | Literal:
    from pyoxigraph import Literal, NamedNode

    if value.startswith("<") and value.endswith(">"):
        try:
            return NamedNode(value[1:-1])
        except ValueError as error:
            raise QueryError(f"not an IRI ({error})", subject=value) from error
    return Literal(value)


def _read_answer(answer: Answer, iris: Iris) -> Result:
    from pyoxigraph import QueryBoolean, QueryTriples

    if isinstance(answer, QueryBoolean):
        return Result(boolean=bool(answer), iris=iris)
    if isinstance(answer, QueryTriples):
        return Result(triples=tuple(sorted(set(answer), key=str)), iris=iris)
    variables = tuple(variable.value for variable in answer.variables)
    return Result(variables=variables, rows=tuple(tuple(solution) for solution in answer), iris=iris)


def render(result: Result, form: str) -> str:
    """An answer as text.

    Args:
        result: The answer.
        form: `table`, `csv`, `json` (SPARQL 1.1 Query Results) or `turtle`.

    Raises:
        QueryError: The form is unknown, or this kind of answer cannot take it.
    """
    writers = {"table": render_table, "csv": render_csv, "json": render_json, "turtle": render_turtle}
    if form not in writers:
        raise QueryError("unknown form of answer", subject=form, hint=f"Choose one of: {', '.join(writers)}")
    return writers[form](result)


def render_table(result: Result) -> str:
    """Columns aligned for a terminal, where a Chinese character is two columns wide; graphs come as Turtle."""
    if result.triples is not None:
        return render_turtle(result)
    if result.boolean is not None:
        return "true\n" if result.boolean else "false\n"
    writer = TermWriter(result.iris.prefixes())
    cells = [[_cell(term, writer) for term in row] for row in result.rows]
    numeric = [
        any(row[column] for row in cells) and all(_is_number(row[column]) for row in result.rows)
        for column in range(len(result.variables))
    ]
    widths = [max(map(width_of, column)) for column in zip(result.variables, *cells, strict=True)]
    lines = [list(result.variables), ["-" * width for width in widths], *cells]
    return "".join(
        "  ".join(_pad(cell, width, right) for cell, width, right in zip(line, widths, numeric, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def render_csv(result: Result) -> str:
    """SPARQL 1.1 CSV: a header, plain values, CRLF.

    Raises:
        QueryError: The answer is not a table.
    """
    _need_table(result, "csv")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.variables)
    writer.writerows([["" if term is None else _value(term) for term in row] for row in result.rows])
    return out.getvalue()


def render_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON.

    Raises:
        QueryError: The answer is a graph.
    """
    if result.boolean is not None:
        return json.dumps({"head": {}, "boolean": result.boolean}, indent=1) + "\n"
    _need_table(result, "json")
    bindings = [
        {variable: _json_term(term) for variable, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result.rows
    ]
    data = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def render_turtle(result: Result) -> str:
    """The graph of a CONSTRUCT or DESCRIBE.

    Raises:
        QueryError: The answer is not a graph.
    """
    if result.triples is None:
        raise QueryError("only CONSTRUCT and DESCRIBE give Turtle", subject="turtle", hint="Choose table, csv or json")
    writer = TermWriter(result.iris.prefixes())
    blocks = list(write_blocks(result.triples, writer))
    return "\n".join([writer.head(writer.used_prefixes(result.triples)), *blocks])


def width_of(text: str) -> int:
    """Columns that a terminal gives to a text."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _pad(cell: str, width: int, right: bool) -> str:
    space = " " * (width - width_of(cell))
    return space + cell if right else cell + space


def _cell(term: Term | None, writer: TermWriter) -> str:
    from pyoxigraph import NamedNode

    if term is None:
        return ""
    return writer.iri(term.value).strip("<>") if isinstance(term, NamedNode) else one_line(_value(term))


def _value(term: Term) -> str:
    return str(getattr(term, "value", term))


def _is_number(term: Term | None) -> bool:
    from pyoxigraph import Literal

    kinds = (vocab.DECIMAL, vocab.INTEGER, vocab.XSD + "double")
    return term is None or (isinstance(term, Literal) and term.datatype.value in kinds)


def _need_table(result: Result, form: str) -> None:
    if result.triples is not None or result.boolean is not None:
        raise QueryError("only SELECT gives this form", subject=form, hint="Choose table or turtle")


def _json_term(term: Term) -> dict[str, Any]:
    from pyoxigraph import Literal, NamedNode

    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": _value(term)}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    kind = {} if term.datatype.value == vocab.STRING else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **kind}
