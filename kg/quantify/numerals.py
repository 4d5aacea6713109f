"""Reads Chinese and Arabic numbers with their scale, bound and unit out of a stretch of text.

Knows nothing about outcomes: `judge` decides which numbers matter, `wording` names what they count.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from kg.lexicon import Lexicon
from kg.lexicon.seek import pieces_of
from kg.model import QuantityKind, Span

_SCALES = (10, 100, 1000, 10**4, 10**8)
_ALIASES = (0.0, 2.0)
_HALF = 50.0
_RULES = (
    "quantity-hundredths",
    "quantity-tenths",
    "quantity-half",
    "quantity-read",
    "quantity-people-total",
    "quantity-money-total",
    "quantity-score",
)
_NO_DIGIT = "\0"
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")
_ARABIC = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number with its unit, as read.

    Args:
        value: In base units of `unit`.
        unit: As printed, scaled to its base.
        qualifier: `>`, `>=`, `<`, `~` or None when exact.
        kind: What sort of number it is.
        at: Place of bound, number and unit in the text that was read.
        inner: Place of the number with its unit, bounds left out.
        article: True for 一 before a measure word, which is an article and no number.
        head: True for N大X, which counts X without a measure word.
        high: The upper end of a range (3至5家), whose value is the lower one.
        rule: Id of the pattern that read it.
    """

    value: float
    unit: str
    qualifier: str | None
    kind: QuantityKind
    at: Span
    inner: Span
    article: bool = False
    head: bool = False
    high: float | None = None
    rule: str


def parse_number(text: str, lexicon: Lexicon) -> float | None:
    """The value of a number in Arabic, Chinese or mixed writing (5.5万, 三千二百, 百), None when malformed.

    Args:
        text: Digits and scales only, thousands separators allowed.
        lexicon: For the words of digits and scales.
    """
    digits = {word: float(value) for value, word in enumerate(lexicon.words("number-digits"))}
    digits |= dict(zip(lexicon.words("number-aliases"), _ALIASES, strict=True))
    scales = dict(zip(lexicon.words("number-scales"), _SCALES, strict=True))
    total, section, current = 0.0, 0.0, None
    for token in _TOKEN.findall(re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text))):
        if token in scales and scales[token] >= 10**4:
            amount = section + (current or 0.0)
            if not amount and total:
                total, amount = 0.0, total
            total, section, current = total + (amount or 1.0) * scales[token], 0.0, None
        elif token in scales:
            section, current = section + (1.0 if current is None else current) * scales[token], None
        elif current or not (token in digits or token[0].isdigit()):
            return None
        else:
            current = digits[token] if token in digits else float(token)
    return round(total + section + (current or 0.0), 6)


def read_numerals(text: str, lexicon: Lexicon) -> tuple[Numeral, ...]:
    """Every number with a unit in `text`, in order of place, none overlapping.

    Args:
        text: One sentence.
        lexicon: For the quantity patterns, unit and bound classes.
    """
    found: list[Numeral] = []
    # Digits without end are no number, and every pattern would look for its end from each of them.
    text = lexicon.pattern("number-run").sub(lambda run: _NO_DIGIT * len(run[0]), text)
    pieces = pieces_of(text)
    for rule in (rule for rule in _RULES if lexicon.may_match(rule, pieces)):
        for match in lexicon.pattern(rule).finditer(text):
            for numeral in _numerals(match, rule, lexicon):
                if all(numeral.at[1] <= other.at[0] or other.at[1] <= numeral.at[0] for other in found):
                    found.append(numeral)
    return tuple(sorted(found, key=lambda numeral: numeral.at))


def _numerals(match: re.Match[str], rule: str, lexicon: Lexicon) -> list[Numeral]:
    groups = match.groupdict()
    number, scale = match["number"], (groups.get("scale") or "") + (groups.get("scale2") or "")
    pair = _lower_of_pair(number, lexicon)
    value = _HALF if rule == "quantity-half" else _value((pair or number) + scale, lexicon)
    if value is None:
        return []
    if groups.get("half"):
        value += 0.5
    unit, kind, factor = _unit(groups, rule, lexicon)
    start = match.start("number")
    begin = start if rule.endswith("-total") else match.start()
    qualifier = _qualifier(groups) or (">=" if pair else None)
    twice = kind is QuantityKind.MONEY and groups.get("lowunit") is not None
    high = parse_number(number[1:] + scale, lexicon) if pair else value if groups.get("low") and not twice else None
    if groups.get("low") and not twice:
        value, qualifier, start = _range_low(groups, value, scale, lexicon), ">=", match.start("low")
    last = Numeral(
        value=value * factor,
        unit=unit,
        qualifier=qualifier,
        kind=kind,
        at=(start if groups.get("list") or twice else begin, match.end()),
        inner=(start, match.end("unit") if groups.get("unit") else match.end()),
        article=number == lexicon.words("number-digits")[1] and not scale and not groups.get("half"),
        head=bool(groups.get("head")),
        high=None if high is None else high * factor,
        rule="quantity-heads" if groups.get("head") else rule,
    )
    if twice:
        return _both_ends(match, last, lexicon)
    return [*_listed(match, last, scale, factor, lexicon), last] if groups.get("list") else [last]


def _both_ends(match: re.Match[str], last: Numeral, lexicon: Lexicon) -> list[Numeral]:
    """The two amounts of a range that prints its unit twice (1000元至3000元)."""
    low = parse_number(match["low"] + (match["lowscale"] or ""), lexicon) or 0.0
    first = match.start("low"), match.end("lowunit")
    second = match.start("number"), last.at[1]
    return [
        replace(last, value=low, qualifier=">=", at=(match.start(), first[1]), inner=first),
        replace(last, at=second, inner=(second[0], last.inner[1])),
    ]


def _value(text: str, lexicon: Lexicon) -> float | None:
    """As `parse_number`, and reads a decimal point in words (九十五点六)."""
    whole, point, rest = text.partition(lexicon.word("number-point"))
    head = parse_number(whole, lexicon)
    decimals = [parse_number(digit, lexicon) for digit in rest]
    if not point or head is None or None in decimals:
        return head if not point else None
    return float(f"{head:.0f}." + "".join(f"{digit:.0f}" for digit in decimals))


def _lower_of_pair(number: str, lexicon: Lexicon) -> str | None:
    """The lower reading of two neighbouring digits (三四家, 两三百), None when it is no such pair."""
    digits, aliases = lexicon.words("number-digits"), lexicon.words("number-aliases")
    for low, high in zip((*digits[1:8], aliases[1]), (*digits[2:9], digits[3]), strict=True):
        if number.startswith(low + high):
            return low + number[2:]
    return None


def _range_low(groups: dict[str, str | None], high: float, scale: str, lexicon: Lexicon) -> float:
    """The lower end of a range, in the scale of the upper one where only that is printed (1.5—2万)."""
    low = parse_number((groups["low"] or "") + (groups.get("lowscale") or ""), lexicon) or 0.0
    factor = parse_number(scale, lexicon) if scale and not groups.get("lowscale") else None
    return low * factor if factor and low * factor <= high else low


def _listed(match: re.Match[str], last: Numeral, scale: str, factor: float, lexicon: Lexicon) -> list[Numeral]:
    """The bare numbers before one that carries the unit for all (22.5和21.6个百分点)."""
    out: list[Numeral] = []
    for part in _ARABIC.finditer(match["list"]):
        value = parse_number(part[0] + scale, lexicon)
        if value is None:
            continue
        place = match.start("list") + part.start(), match.start("list") + part.end()
        at = place if out else (match.start(), place[1])
        out.append(replace(last, value=value * factor, at=at, inner=place, rule="quantity-shared"))
    return out


def _unit(groups: dict[str, str | None], rule: str, lexicon: Lexicon) -> tuple[str, QuantityKind, float]:
    """Unit scaled to its base, kind, and what one printed unit is worth in it."""
    people, body, money = lexicon.words("unit-default")
    by_rule = {
        "quantity-hundredths": ("%", QuantityKind.PERCENT, 1.0),
        "quantity-tenths": ("%", QuantityKind.PERCENT, 10.0),
        "quantity-half": ("%", QuantityKind.PERCENT, 1.0),
        "quantity-people-total": (people, QuantityKind.COUNT, 1.0),
        "quantity-money-total": (money, QuantityKind.MONEY, 1.0),
        "quantity-score": (lexicon.word("unit-score"), QuantityKind.MEASURE, 1.0),
    }
    if rule in by_rule:
        return by_rule[rule]
    unit = unicodedata.normalize("NFKC", groups["unit"] or "")
    if groups["points"]:
        return lexicon.word("unit-points"), QuantityKind.POINTS, 1.0
    if groups["percent"]:
        return unit, QuantityKind.PERCENT, 1.0
    if groups["duration"]:
        return unit.replace(groups["half"] or groups["over"] or " ", "", 1), QuantityKind.DURATION, 1.0
    if groups["money"]:
        return money if unit in lexicon.words("unit-yuan") else unit, QuantityKind.MONEY, 1.0
    if groups["measure"]:
        return groups["unit"] or "", QuantityKind.MEASURE, 1.0
    return body if groups["head"] else unit, QuantityKind.COUNT, 1.0


def _qualifier(groups: dict[str, str | None]) -> str | None:
    """The bound; an explicit 余 or 多 is nearer to the number than what stands before it, so it wins."""
    for qualifier, names in (
        (">", ("more", "more2", "more3", "over", "several", "above")),
        (">=", ("least", "least2", "upwards")),
        ("<", ("below", "below2")),
        ("~", ("about", "about2")),
    ):
        if any(groups.get(name) for name in names):
            return qualifier
    return None
