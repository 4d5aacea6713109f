"""Article → quantities: every number that says what somebody did, has or reached, with all that the page says about it.

`numerals` reads numbers, `judge` keeps those that are outcomes, `wording` names what they count, `periods` when. Whose
outcome it is and whether it is done or planned is decided by `kg.relate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import Article, Issue, Quantity, QuantityKind, Sentence
from kg.quantify.changes import change_start
from kg.quantify.check import check_sentences
from kg.quantify.frames import Stated
from kg.quantify.judge import is_calendar, is_outcome
from kg.quantify.numerals import Numeral, parse_number, read_numerals
from kg.quantify.periods import read_periods
from kg.quantify.rows import word_rows
from kg.quantify.wording import word_outcomes

__all__ = ["check_changes", "check_sentences", "quantify_article"]

_HEADINGS = ("headline", "subhead")
_SAME_METRIC = 0.5
_FULL_METRIC = 3
_MOST_ALIKE = 50  # equal numbers of an article that a further one is compared with


def quantify_article(article: Article, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The outcome numbers of an article, in order of place; a number said twice counts once.

    Args:
        article: The article; a heading's number counts only when the body does not give it.
        lexicon: Words and patterns.
    """
    period_at = read_periods(article, lexicon)
    found: list[tuple[Quantity, Sentence]] = []
    for sentence in article.sentences:
        if sentence.role == "credit":
            continue
        for quantity in _read_sentence(article, sentence, lexicon):
            found.append((replace(quantity, period=period_at(quantity.at[0])), sentence))
    return tuple(sorted(_distinct(word_rows(found, article, lexicon), lexicon), key=lambda quantity: quantity.at))


def _read_sentence(article: Article, sentence: Sentence, lexicon: Lexicon) -> list[Quantity]:
    start, stop = sentence.at
    text = article.text[start:stop]
    numerals = [n for n in read_numerals(text, lexicon) if not is_calendar(n, lexicon)]
    stated = _with_baselines(text, numerals, lexicon)
    out = []
    for item, words in zip(stated, word_outcomes(text, stated, lexicon), strict=True):
        numeral = item.numeral
        changed = item.baseline is not None
        out.append(
            Quantity(
                value=numeral.value,
                unit=numeral.unit,
                qualifier=numeral.qualifier,
                baseline=item.baseline,
                kind=numeral.kind,
                metric=words.metric,
                each=words.each,
                article=article.index,
                at=(start + numeral.at[0], start + numeral.at[1]),
                clause=(start + words.clause[0], start + words.clause[1]),
                rule="quantity-change" if changed else numeral.rule,
            )
        )
    return out


def _with_baselines(text: str, numerals: Sequence[Numeral], lexicon: Lexicon) -> list[Stated]:
    """The outcome numbers of a sentence; the A of a change goes to its B."""
    out: list[Stated] = []
    far: list[Numeral] = []
    for index, numeral in enumerate(numerals):
        begin = change_start(text, numerals, index, lexicon)
        if begin is not None:
            out.append(Stated(numeral=numeral, baseline=numerals[index - 1].value, begin=begin))
        elif change_start(text, numerals, index + 1, lexicon) is not None or not is_outcome(numeral, text, lexicon):
            continue
        elif _is_far_start(text, numeral, lexicon):
            far.append(numeral)
        elif bare := lexicon.pattern("quantity-bare-start").search(text[: numeral.at[0]]):
            baseline = parse_number(bare["number"] + bare["scale"], lexicon)
            out.append(Stated(numeral=numeral, baseline=baseline, begin=bare.start()))
        else:
            then = next((other for other in far if _is_now(text, other, numeral, lexicon)), None)
            out.append(Stated(numeral=numeral, baseline=then.value if then else None, begin=numeral.at[0]))
    return out


def _is_now(text: str, then: Numeral, now: Numeral, lexicon: Lexicon) -> bool:
    """True when `now` is the first stretch of numbers after the 到现在 that `then` began."""
    between = text[then.at[1] : now.at[0]]
    turn = lexicon.pattern("quantity-far-stop").search(between)
    return bool(then.unit == now.unit and turn and between.count("，", turn.end()) <= 1)


def _is_far_start(text: str, numeral: Numeral, lexicon: Lexicon) -> bool:
    """True for the A of a long 从最初…到现在…B."""
    start = lexicon.pattern("quantity-far-start").search(text[: numeral.at[0]])
    return bool(start and lexicon.pattern("quantity-far-stop").search(text, numeral.at[1]))


def _distinct(found: Sequence[tuple[Quantity, Sentence]], lexicon: Lexicon) -> list[Quantity]:
    """One quantity per number that the article states: the body before a heading, then the fuller wording."""
    order = sorted(range(len(found)), key=lambda i: _rank(*found[i], i))
    kept: dict[float, list[tuple[Quantity, Sentence]]] = {}
    for index in order:
        alike = kept.setdefault(found[index][0].value, [])
        first = max(0, len(alike) - _MOST_ALIKE)
        same = next((i for i in range(first, len(alike)) if _same(found[index], alike[i], lexicon)), None)
        if same is None:
            alike.append(found[index])
        elif _says_more(found[index][0], alike[same][0], lexicon):
            # 196万元分两笔打进了银行卡: what the money is says the heading.
            alike[same] = replace(alike[same][0], metric=found[index][0].metric), alike[same][1]
    return [quantity for alike in kept.values() for quantity, _ in alike]


def _says_more(one: Quantity, two: Quantity, lexicon: Lexicon) -> bool:
    """True when a second mention of a number words it as a deed with its object, and the first does not."""
    pattern = lexicon.pattern("metric-full")
    return bool(pattern.match(one.metric)) and not pattern.match(two.metric) and len(two.metric) < _FULL_METRIC


def _rank(quantity: Quantity, sentence: Sentence, index: int) -> tuple[bool, bool, int, int]:
    return sentence.role in _HEADINGS, quantity.rule == "quantity-heads", -len(quantity.metric), index


def _same(one: tuple[Quantity, Sentence], two: tuple[Quantity, Sentence], lexicon: Lexicon) -> bool:
    (first, at), (second, place) = one, two
    if first.value != second.value:
        return False
    heads = "quantity-heads" in (first.rule, second.rule)
    if heads and first.metric[-2:] == second.metric[-2:]:
        return True
    if _unit_class(first.unit, lexicon) != _unit_class(second.unit, lexicon):
        return False
    if at.role in _HEADINGS or place.role in _HEADINGS:
        return True
    if at.at == place.at:
        return False
    return _likeness(first.metric, second.metric) >= _SAME_METRIC


def _unit_class(unit: str, lexicon: Lexicon) -> str:
    """One name for the units that count people, one for those that count bodies; 人次 and all others stay apart."""
    for words in ("unit-people", "unit-bodies"):
        if unit in lexicon.word_set(words):
            return words
    return unit


def _likeness(one: str, two: str) -> float:
    """Dice coefficient of the character pairs of two phrases, in [0, 1]."""
    first = {one[i : i + 2] for i in range(len(one) - 1)} or {one}
    second = {two[i : i + 2] for i in range(len(two) - 1)} or {two}
    return 2 * len(first & second) / (len(first) + len(second))


def check_changes(quantities: Sequence[Quantity], article: Article) -> tuple[Issue, ...]:
    """Contradictions between 从 A 到 B and a change that the same sentence states for the same metric.

    Args:
        quantities: Of one article, in order of place.
        article: For the places in the raw page.
    """
    issues = []
    changes = [q for q in quantities if q.baseline is not None and q.kind is QuantityKind.PERCENT]
    for stated in (q for q in quantities if q.kind is QuantityKind.POINTS):
        for change in changes:
            if not (change.metric and stated.metric.startswith(change.metric)):
                continue
            difference = abs(change.value - (change.baseline or 0.0))
            if stated.qualifier is None and abs(difference - stated.value) > 0.05 + 1e-9:
                start, stop = article.locate(stated.clause)
                message = f"{change.metric}: {change.baseline:g} → {change.value:g} is not a change of {stated.value:g}"
                issues.append(Issue(code="contradictory-change", message=message, start=start, stop=stop))
    return tuple(issues)
