"""Unions that a text entails: a company or area of which it says that it gets one; for the verbs."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.model import EntityType

_EMPLOYERS = (EntityType.COMPANY, EntityType.SCHOOL)


def entailed_union(kind: EntityType, name: str, text: str, stop: int, lexicon: Lexicon) -> re.Match[str] | None:
    """What behind a name says that a union comes into being there (建会, 分别成立工会联合会).

    Args:
        kind: The class of what is named.
        name: The name.
        text: The text.
        stop: Where the name ends in it.
        lexicon: The word classes.

    Returns:
        The match behind the name, None where no union is entailed.
    """
    if kind in _EMPLOYERS:
        return lexicon.pattern("union-entailed").match(text, stop)
    # A district of the state has a union already; a small zone, street or village may get one.
    if kind is EntityType.DISTRICT and name not in lexicon.gazetteer.full:
        return lexicon.pattern("area-union-entailed").match(text, stop)
    return None


def entailed_name(host: str, match: re.Match[str], lexicon: Lexicon) -> str:
    """The name of the union that a match behind a host entails."""
    return host + (match.groupdict().get("body") or lexicon.word("plain-union"))
