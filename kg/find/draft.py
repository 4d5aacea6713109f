"""What a finder returns before overlaps are settled, and how a surface becomes a name."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kg.model import EntityType

_SILENT = re.compile(r"[\s“”‘’「」『』\"'《》〈〉]")


class Draft(NamedTuple):
    """A possible mention.

    Args:
        type: The class of what it names.
        start, stop: Place in `Article.text`.
        rule: Id of the rule that found it.
        name: What it names, where that differs from the surface.
        anaphor: True when the form identifies only in context.
    """

    type: EntityType
    start: int
    stop: int
    rule: str
    name: str = ""
    anaphor: bool = False


def plain_name(surface: str) -> str:
    """Comparable form: NFKC with Chinese brackets kept, without white space, quotation marks and title marks."""
    folded = "".join(char if char in "（），：；！？～" else unicodedata.normalize("NFKC", char) for char in surface)
    return _SILENT.sub("", folded)
