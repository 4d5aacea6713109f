"""Who wrote and who photographed: names with their roles out of datelines, bracketed bylines and credit lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.clean import is_han
from kg.lexicon import Lexicon
from kg.model import Byline

_PHOTO_ROLE = "segment-photo"
_NAME_LIMITS = (2, 4)
_PARTS = " ，、,：:/／;；|｜丨"
_PARTING = dict.fromkeys(map(ord, _PARTS))
_AROUND = " （）()【】[]□■●◎◆▲○◇"


def parse_credit(text: str, lexicon: Lexicon) -> tuple[Byline, ...] | None:
    """Reads a line or the inside of a bracket that is nothing but a credit.

    Args:
        text: Cleaned text with its spaces, e.g. `本报记者 甲 通讯员 乙 丙 摄影报道`.
        lexicon: Roles, fillers and outlets.

    Returns:
        The named authors in printed order, or None when some word is neither role, name nor filler. Names that only a
        word of photography accompanies have the role `摄影`, those that only a word of writing accompanies `作者`.
    """
    if labelled := _labelled(text, lexicon):
        return labelled
    if not lexicon.pattern("segment-credit-word").search(text.translate(_PARTING)):
        return None
    found: list[Byline] = []
    role_word = lexicon.pattern("segment-role-word")
    role, loose, seen_role = "", list[str](), False
    for word in _words(text, lexicon):
        if word in lexicon.words("segment-credit-filler"):
            seen_role = True
            photo = word in lexicon.words(_PHOTO_ROLE)
            alone = _photo_role(lexicon) if photo else _author_role(lexicon)
            found += [Byline(role=alone, name=name) for name in loose]
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


def parse_signature(text: str, lexicon: Lexicon) -> tuple[Byline, ...]:
    """The authors of a bracket that holds names and no role, as （赵一）; empty when a word is no name."""
    words = list(_words(text, lexicon))
    if all(_is_name(word) and word.startswith(lexicon.words("surname")) for word in words):
        return tuple(Byline(role=_author_role(lexicon), name=word) for word in words)
    return ()


def read_credits(text: str, lexicon: Lexicon) -> tuple[Byline, ...]:
    """The authors on a line of its own: a credit, a signature, a line of metadata, or one with a bracketed byline."""
    if (authors := parse_credit(text, lexicon)) is not None:
        return authors
    if lexicon.pattern("segment-signature").search(text):
        return parse_signature(text, lexicon)
    named = [Byline(role=m["role"], name=m["name"]) for m in lexicon.pattern("segment-author").finditer(text)]
    return (*named, *(author for _, group in find_credits(text, lexicon) for author in group))


def find_credits(text: str, lexicon: Lexicon) -> Iterator[tuple[tuple[int, int], tuple[Byline, ...]]]:
    """The bracketed bylines, the closing photo credit and the closing signature of a paragraph, in order.

    Args:
        text: One paragraph, cleaned, with its spaces.
        lexicon: Patterns of brackets and credits.

    Yields:
        `(start, stop)` in `text` and the authors named there; a bracket with none, as in （记者之家）, is left out.
    """
    for name in ("segment-byline-bracket", "segment-inline-credit"):
        if not lexicon.may_stand_in(name, text):
            continue
        for found in lexicon.pattern(name).finditer(text):
            if authors := parse_credit(found[0].strip("（） "), lexicon):
                yield found.span(), authors
    possible = lexicon.may_stand_in("segment-inline-signature", text)
    signature = lexicon.pattern("segment-inline-signature").search(text) if possible else None
    if signature and (authors := parse_signature(signature[1], lexicon)):
        yield signature.span(1), authors
    match = lexicon.pattern("segment-byline-plain").search(text)
    if match and (authors := parse_credit(match[1], lexicon)):
        yield match.span(1), authors


def names_author(text: str, lexicon: Lexicon) -> bool:
    """Whether a line or a paragraph names someone who wrote, not only who took a photo."""
    return any(author.role != _photo_role(lexicon) for author in read_credits(text, lexicon))


def closes_with_author(text: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph ends, behind its last sentence, in the name of who wrote the article."""
    return any(role != _photo_role(lexicon) for role in _closing_roles(text, lexicon))


def closes_with_photo(text: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph ends, behind its last sentence, in the credit of a photo."""
    credits = [text[start:stop] for (start, stop), _ in find_credits(text, lexicon) if start and stop == len(text)]
    return any(word in credit for credit in credits for word in lexicon.words(_PHOTO_ROLE))


def _closing_roles(text: str, lexicon: Lexicon) -> list[str]:
    bare = text.rstrip()
    found = [authors for (start, stop), authors in find_credits(bare, lexicon) if start and stop == len(bare)]
    return [author.role for authors in found for author in authors]


def _labelled(text: str, lexicon: Lexicon) -> tuple[Byline, ...]:
    """Authors behind a label and a colon or slash, as 文/赵一 图/钱二; empty when something else stands there too."""
    pattern, bare = lexicon.pattern("segment-labelled-author"), text.strip(_AROUND)
    found: list[Byline] = []
    at = 0
    while at < len(bare):
        if (match := pattern.match(bare, at)) is None:
            return ()
        role = match["role"] or _label_role(match["label"], lexicon)
        found += [Byline(role=role, name=name) for name in re.split("[ 、，,]", match["names"])]
        at = match.end()
    return tuple(dict.fromkeys(found))


def _label_role(label: str, lexicon: Lexicon) -> str:
    if label in lexicon.words(_PHOTO_ROLE):
        return _photo_role(lexicon)
    return label if len(label) > 1 else _author_role(lexicon)


def _words(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The words of a credit; a two-character name that is spaced to the width of three is put together."""
    fillers, role_word = lexicon.words("segment-credit-filler"), lexicon.pattern("segment-role-word")
    half = ""
    for word in re.split(f"[{_PARTS}]+", text.strip(_AROUND)):
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
        return all(map(is_han, parts)) and len(word) <= 20
    return _NAME_LIMITS[0] <= len(word) <= _NAME_LIMITS[1] and is_han(word)


def _photo_role(lexicon: Lexicon) -> str:
    return lexicon.words(_PHOTO_ROLE)[1]


def _author_role(lexicon: Lexicon) -> str:
    return lexicon.words("segment-role")[0]
