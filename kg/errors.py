"""Every error that kg raises on purpose.

::

    KgError
    ├── LexiconError   a word or pattern file is broken: the package, or a changed lexicon
    ├── PageError      a file cannot become a page: missing, empty, binary, unknown encoding or format
    ├── RecordError    a record file is not of the shape that `kg extract` writes
    ├── StoreError     the graph on disk is missing, damaged or held by another process
    ├── QueryError     a question is unknown, lacks a parameter, or is not valid SPARQL
    └── ExportError    an unknown format, or a place that cannot be written

Each carries the path, page or name that it is about and says what to do next. Text that cannot be understood is not an
error: it becomes an `Issue` in the record.
"""

from __future__ import annotations


class KgError(Exception):
    """A failure that the user can act on.

    Args:
        message: What went wrong, in one sentence without a full stop.
        subject: The path, page or name that it is about.
        hint: The next step, in one sentence.
    """

    def __init__(self, message: str, *, subject: str = "", hint: str = "") -> None:
        self.message, self.subject, self.hint = message, subject, hint
        super().__init__(": ".join(part for part in (subject, message) if part) + (f". {hint}" if hint else ""))


class LexiconError(KgError):
    """A lexicon file is broken."""


class PageError(KgError):
    """A file cannot become a page."""


class RecordError(KgError):
    """A record file does not have the shape of the guidelines."""


class StoreError(KgError):
    """The graph on disk cannot be opened or changed."""


class QueryError(KgError):
    """A question cannot be asked as it stands."""


class ExportError(KgError):
    """A graph cannot be written in the wanted format."""
