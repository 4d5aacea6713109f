"""Files to pages: which files are pages, and which characters their bytes mean.

A reader turns the bytes of one file format into text; `READERS` maps the suffix of a file to its reader, so that a new
format is one function and one line here. Text is left untouched, line ends and a leading byte order mark included, so
that offsets count the code points of the decoded file: a byte order mark is code point 0.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import PageError
from kg.model import Page

Reader = Callable[[bytes, str], tuple[str, str]]
"""Bytes of a file and the name to use in errors → (text, encoding). Raises PageError."""

_SAVE_AS_UTF8 = "Save it as plain text in UTF-8 and try again"
_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a")) + b"\x7f"
_MAX_CONTROL = 0.01
_MAX_ODD = 0.01
# Four Chinese characters in a row as UTF-8; by chance in GB18030 text about once in 400 million places.
_UTF8_RUN = rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}"


def read_page(path: str | Path) -> Page:
    """Reads one file as a page.

    Args:
        path: A file whose suffix has a reader.

    Raises:
        PageError: The file is missing, unreadable, empty, binary, of an unknown format or of no known encoding.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None and path.is_file():
        known = ", ".join(READERS)
        raise PageError(
            f"unknown format {path.suffix or path.name!r}",
            subject=readable_path(path),
            hint=f"Give a file that ends in one of: {known}",
        )
    data = _read_bytes(path)
    text, encoding = (reader or read_text)(data, readable_path(path))
    return Page(name=readable_path(path.name), text=text, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding)


def read_pages(paths: Iterable[str | Path]) -> Iterator[Page | PageError]:
    """Reads files and folders one by one; what cannot be read comes as an error in its place, so that the rest goes on.

    Args:
        paths: Files, and folders that are searched for pages.

    Yields:
        Pages and errors in the order of `list_pages`.
    """
    for path in list_pages(paths):
        if isinstance(path, PageError):
            yield path
            continue
        try:
            yield read_page(path)
        except PageError as error:
            yield error


def list_pages(paths: Iterable[str | Path]) -> tuple[Path | PageError, ...]:
    """The files that `read_pages` reads: each once, arguments in their order, the files of a folder sorted by path.

    In a folder only files whose suffix has a reader count, and hidden files and folders do not. A file given by name is
    always listed.
    """
    listed: dict[Path, Path | PageError] = {}
    for path in map(Path, paths):
        for found in _walk(path) if path.is_dir() else (path,):
            key = Path(os.path.realpath(found.subject if isinstance(found, PageError) else found))
            listed.setdefault(key, found)
    return tuple(listed.values())


def page_from_text(text: str, *, name: str) -> Page:
    """A page from text that is already in memory; its identity is the SHA-256 of the text in UTF-8.

    Raises:
        PageError: The text is empty.
    """
    _check_filled(text, name)
    return Page(name=name, text=text, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def readable_path(path: str | Path) -> str:
    """A path as text that can be printed; a name that is not UTF-8, as from an old archive, is read as GB18030."""
    text = str(path)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", "backslashreplace")
    return text


def read_text(data: bytes, subject: str) -> tuple[str, str]:
    """The text of a plain text file and its encoding: a byte order mark decides, else UTF-8, else GB18030.

    Raises:
        PageError: The bytes are empty, binary, or of no known or of mixed encodings.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None:
        _check_no_binary(data, subject)
    text, encoding = _decode(data, encoding, subject)
    _check_filled(text, subject)
    return text, encoding


READERS: Mapping[str, Reader] = {".txt": read_text, ".md": read_text}
"""Suffix in lower case → reader."""


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PageError("no such file or folder", subject=readable_path(path), hint="Check the path") from None
    except PermissionError:
        hint = "Give yourself the right to read it, or leave it out"
        raise PageError("permission denied", subject=readable_path(path), hint=hint) from None
    except OSError as error:
        raise PageError(
            f"cannot be read ({error.strerror})", subject=readable_path(path), hint="Check the path"
        ) from error


def _walk(folder: Path) -> Iterator[Path | PageError]:
    """The page files below a folder, sorted, or one error when there is none."""
    found: list[Path] = []
    locked: list[PageError] = []

    def refuse(error: OSError) -> None:
        hint = "Give yourself the right to read it, or leave it out"
        locked.append(PageError("folder cannot be opened", subject=readable_path(error.filename), hint=hint))

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(parent, name) for name in files if not name.startswith(".") and Path(name).suffix.lower() in READERS
        ]
    yield from sorted(found)
    yield from sorted(locked, key=lambda error: error.subject)
    if not found and not locked:
        known = ", ".join(READERS)
        hint = f"Give a folder with files that end in one of: {known}"
        yield PageError("no pages in this folder", subject=readable_path(folder), hint=hint)


def _check_filled(text: str, subject: str) -> None:
    if not text.strip("\ufeff \t\r\n\f\v\u3000\x1a"):
        raise PageError("the file is empty", subject=subject, hint="Put the text of the page into it, or leave it out")


def _check_no_binary(data: bytes, subject: str) -> None:
    control = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if b"\0" in data or control > _MAX_CONTROL * len(data):
        raise PageError("this is a binary file, not text", subject=subject, hint=_SAVE_AS_UTF8)


def _decode(data: bytes, marked: str | None, subject: str) -> tuple[str, str]:
    try:
        return data.decode(marked or "utf-8"), marked or "utf-8"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # A mark leaves no choice, and runs of UTF-8 in what is not UTF-8 mean damage, or two files in one.
        if marked or re.search(_UTF8_RUN, data):
            message = f"not valid {(marked or 'utf-8').upper()} from line {line} on: mixed or damaged encoding"
            raise PageError(message, subject=subject, hint=_SAVE_AS_UTF8) from error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or _odd_share(text) > _MAX_ODD:
        raise PageError("unknown encoding: neither UTF-8 nor GB18030", subject=subject, hint=_SAVE_AS_UTF8)
    return text, "gb18030"


def _odd_share(text: str) -> float:
    """Share of characters that Chinese text has not: private use, unassigned, control; high in wrongly decoded text."""
    odd = sum(unicodedata.category(char) in {"Co", "Cn", "Cc"} and not char.isspace() for char in text)
    return odd / len(text)
