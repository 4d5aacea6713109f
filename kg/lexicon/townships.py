"""Streets, towns and townships: official names with their statistical codes of nine digits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.errors import LexiconError

TABLE = Path(__file__).with_name("townships.tsv")
"""`scripts/make_townships.py` writes it; its head names source, licence and version."""


@lru_cache(maxsize=1)
def load_townships() -> Mapping[str, str]:
    """Official name → its codes, parted by spaces; read at the first need and once per process.

    Raises:
        LexiconError: The table is missing or broken.
    """
    try:
        lines = TABLE.read_text("utf-8").splitlines()
        # Parting 30,000 lists of codes would take as long again; hardly any is ever asked for.
        return dict(line.split("\t") for line in lines if not line.startswith("#"))
    except (OSError, ValueError) as error:
        hint = "Install the package again"
        raise LexiconError(f"cannot be read ({error})", subject=TABLE.name, hint=hint) from error
