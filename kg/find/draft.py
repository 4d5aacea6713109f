"""What a finder returns before overlaps are settled."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import EntityType


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
