"""Who wrote and who photographed: names with their roles out of datelines, bracketed bylines and credit lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean import is_han
from kg.lexicon import Lexicon
from kg.model import Byline

_PHOTO_ROLE = "segment-photo"
_NAME_LIMITS = (2, 4)


def parse_credit(text: str, lexicon: Lexicon) -> tuple[Byline, ...] | None:
    """Reads a line or the inside of a bracket that is nothing but a credit.

    Args:
        text: Cleaned text with its spaces, e.g. `本报记者 甲 通讯员 乙 丙 摄影报道`.
        lexicon: Roles, fillers and outlets.

    Returns:
        The named authors in printed order, or None when some word is neither role, name nor filler. Names that only a
        word of photography accompanies have the role `摄影`.
    """
    found: list[Byline] = []
    role_word = lexicon.pattern("segment-role-word")
    role, loose, seen_role = "", list[str](), False
    for word in _words(text, lexicon):
        if word in lexicon.words("segment-credit-filler"):
            seen_role = True
            photo = word in lexicon.words(_PHOTO_ROLE)
            if loose:
                found += [Byline(role=_photo_role(lexicon), name=name) for name in loose]
                loose = []
            role = _photo_role(lexicon) if photo and not role else ""
        elif (match := role_word.fullmatch(word)) and (not match["name"] or _is_name(match["name"])):
            role, seen_role = match["role"], True
            found += [Byline(role=role, name=match["name"])] if match["name"] else []
        elif not _is_name(word) or word.startswith(lexicon.words(_PHOTO_ROLE)[:2]):
            return None
        elif role:
            found.append(Byline(role=role, name=word))
        else:
            loose.append(word)
    return None if loose or not seen_role else tuple(dict.fromkeys(found))


def read_credits(text: str, lexicon: Lexicon) -> tuple[Byline, ...]:
    """The authors on a line of its own: a credit, a line of metadata, or one with a bracketed byline."""
    if (authors := parse_credit(text, lexicon)) is not None:
        return authors
    named = [Byline(role=m["role"], name=m["name"]) for m in lexicon.pattern("segment-author").finditer(text)]
    return (*named, *(author for _, group in find_credits(text, lexicon) for author in group))


def find_credits(text: str, lexicon: Lexicon) -> Iterator[tuple[tuple[int, int], tuple[Byline, ...]]]:
    """The bracketed bylines and the closing photo credit of a paragraph, in order.

    Args:
        text: One paragraph, cleaned, with its spaces.
        lexicon: Patterns of brackets and credits.

    Yields:
        `(start, stop)` in `text` and the authors named there; a bracket with none, as in （记者之家）, is left out.
    """
    for name in ("segment-byline-bracket", "segment-inline-credit"):
        for found in lexicon.pattern(name).finditer(text):
            if authors := parse_credit(found[0].strip("（） "), lexicon):
                yield found.span(), authors
    match = lexicon.pattern("segment-byline-plain").search(text)
    if match and (authors := parse_credit(match[1], lexicon)):
        yield match.span(1), authors


def _words(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The words of a credit; a two-character name that is spaced to the width of three is put together."""
    fillers, role_word = lexicon.words("segment-credit-filler"), lexicon.pattern("segment-role-word")
    half = ""
    for word in re.split(r"[ ，、,：:/／;；|｜丨]+", text.strip(" （）()【】[]□■●◎◆▲")):
        alone = len(word) == 1 and is_han(word) and word not in fillers
        if half and not alone:
            yield half
            half = ""
        if half:
            yield half + word
            half = ""
        elif alone or ((match := role_word.fullmatch(word)) and len(match["name"]) == 1):
            half = word
        elif word:
            yield word
    if half:
        yield half


def _is_name(word: str) -> bool:
    parts = word.split("·")
    if len(parts) > 1:
        return all(part and all(map(is_han, part)) for part in parts) and len(word) <= 20
    return _NAME_LIMITS[0] <= len(word) <= _NAME_LIMITS[1] and all(map(is_han, word))


def _photo_role(lexicon: Lexicon) -> str:
    return lexicon.words(_PHOTO_ROLE)[1]
