"""A folder that changes as a whole: written beside its place and put there in one step.

Whoever looks at the folder, at any moment and even after the writer was killed, sees all of the old one or all of the
new one. What other people put into it stays.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import ExportError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replaced_folder(out: Path, ours: Collection[str]) -> Iterator[Path]:
    """Gives an empty folder to fill, which takes the place of `out` when the block ends without an exception.

    Args:
        out: The folder to replace; it and its parents may be missing.
        ours: Names in `out` that are replaced, or dropped when the new folder lacks them; all other names are kept.

    Raises:
        ExportError: The place cannot be written, or the process works inside it.
    """
    out = _check_place(out)
    try:
        _clean(out)
        fresh = out.with_name(f".{out.name}.{os.getpid()}.new")
        fresh.mkdir(parents=True)
    except OSError as error:
        raise _refusal(out, error) from error
    try:
        yield fresh
        try:
            if out.is_dir():
                _keep_others(out, fresh, ours)
            _exchange(fresh, out)
        except OSError as error:
            raise _refusal(out, error) from error
    finally:
        # After the exchange it holds the old folder, after a failure the unfinished new one.
        shutil.rmtree(fresh, ignore_errors=True)


def _check_place(out: Path) -> Path:
    out = out.resolve()
    if out.exists() and not out.is_dir():
        raise ExportError("is a file, not a folder", subject=str(out), hint="Choose another folder with --out")
    if Path.cwd().is_relative_to(out):
        hint = "Name a folder of its own with --out"
        raise ExportError("the output cannot replace the folder you are in", subject=str(out), hint=hint)
    return out


def _refusal(out: Path, error: OSError) -> ExportError:
    return ExportError(f"cannot be written ({error.strerror})", subject=str(out), hint="Choose another place")


def _clean(out: Path) -> None:
    """Removes what killed writers left beside the folder, and puts back an old folder that one had moved away."""
    name = re.compile(rf"\.{re.escape(out.name)}\.(\d+)\.(new|old)")
    left = sorted(out.parent.glob(f".{out.name}.*")) if out.parent.is_dir() else []
    for path in left:
        match = name.fullmatch(path.name)
        if match is None or _is_alive(int(match[1])):
            continue
        if match[2] == "old" and not out.exists():
            path.rename(out)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _keep_others(old: Path, new: Path, ours: Collection[str]) -> None:
    """Puts everything of the old folder that is not ours into the new one, as hard links where possible."""
    shutil.copymode(old, new)
    for path in sorted(old.iterdir()):
        if path.name in ours or (new / path.name).exists():
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new / path.name, symlinks=True, copy_function=_link_or_copy)
        else:
            _link_or_copy(str(path), str(new / path.name))


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _exchange(new: Path, out: Path) -> None:
    """Puts `new` at `out`; an old `out` is then at `new`, or gone."""
    if not out.exists():
        new.rename(out)
    elif not _swap(new, out):
        # No such call on this system: between the two steps `out` is missing, and `_clean` puts it back after a kill.
        old = new.with_suffix(".old")
        out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Exchanges two names in one atomic step where Linux and the file system can; False when they cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0
