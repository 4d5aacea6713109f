"""Streets, towns and townships: official names with their statistical codes of nine digits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.errors import LexiconError

TABLE = Path(__file__).with_name("townships.tsv")
"""`scripts/make_townships.py` writes it; its head names source, licence and version."""


@lru_cache(maxsize=1)
def load_townships() -> Mapping[str, tuple[str, ...]]:
    """Official name → codes in order; read at the first need and once per process, for it is as long as a book.

    Raises:
        LexiconError: The table is missing or broken.
    """
    try:
        lines = TABLE.read_text("utf-8").splitlines()
        pairs = [line.split("\t") for line in lines if not line.startswith("#")]
        return {name: tuple(codes.split(" ")) for name, codes in pairs}
    except (OSError, ValueError) as error:
        hint = "Install the package again"
        raise LexiconError(f"cannot be read ({error})", subject=TABLE.name, hint=hint) from error
