"""kg.lexicon.seek: a pattern finds the same, and a screen never leaves out a pattern that matches."""

from __future__ import annotations

import random
import re
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import alternation, load_lexicon, seek
from kg.lexicon.seek import Regex, Screen, compile_pattern
from kg.relate.frames import read_frames

LEXICON = load_lexicon()
EXPRESSIONS = {
    **{spec.id: LEXICON.read_regex(spec.regex) for spec in LEXICON.specs.values()},
    **{f"frame {frame.id}": frame.expression for frame in read_frames(LEXICON)},
}
SENTENCES = [text for spec in LEXICON.specs.values() for text in (*spec.examples, *spec.counterexamples)]
LETTERS = "ab工会"


def expressions() -> st.SearchStrategy[str]:
    """Small regular expressions of all kinds that the lexicon writes."""
    plain = st.sampled_from([*LETTERS, "工会", ".", "[ab]", "[^a工]", "[a-z]", r"\d", "", "^", "$", "(?i:a)"])
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map("".join),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
            st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}?", "*?"])).map(
                lambda p: f"(?:{p[0]}){p[1]}"
            ),
            inner.map(lambda part: f"(?={part})"),
            inner.map(lambda part: f"(?!{part})"),
            st.sampled_from(["(?<=a)", "(?<!工)", "(?<=[a会])", r"(a)\1", "(?>ab?)"]),
        ),
        max_leaves=6,
    )


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], tuple[str | None, ...]]]:
    return [(match.span(), match.groups()) for match in pattern.finditer(text)]


@settings(max_examples=1000, deadline=None)
@given(expressions(), st.text(LETTERS + "1\n", max_size=10))
def test_any_expression_finds_the_same(regex: str, text: str) -> None:
    assert spans(compile_pattern(regex), text) == spans(re.compile(regex), text)


@settings(max_examples=1000, deadline=None)
@given(expressions(), st.text(LETTERS + "1\n", max_size=10))
def test_a_screen_lets_every_expression_pass_that_matches(regex: str, text: str) -> None:
    if re.search(regex, text):
        assert Screen([Regex(regex).needs]).passing(text) == [0]


def texts() -> list[str]:
    """Sentences of the lexicon, and pieces of them put together anew."""
    chance = random.Random(1)
    pieces = [text[at : at + 6] for text in SENTENCES for at in range(0, len(text), 6)]
    return [*chance.sample(SENTENCES, 60), *("".join(chance.choices(pieces, k=8)) for _ in range(60))]


TEXTS = texts()


@pytest.mark.parametrize("regex", [pytest.param(regex, id=id) for id, regex in EXPRESSIONS.items()])
def test_a_pattern_of_the_lexicon_finds_the_same_and_passes_the_screen(regex: Regex) -> None:
    plain, screen, quick = re.compile(regex.spelled), Screen([regex.needs]), regex.pattern
    assert [spans(quick, text) for text in TEXTS] == [spans(plain, text) for text in TEXTS]
    assert [text for text in TEXTS if plain.search(text) and not screen.passing(text)] == []
    assert (quick.groups, quick.groupindex, quick.flags) == (plain.groups, plain.groupindex, plain.flags)


def test_a_screen_leaves_out_what_cannot_match() -> None:
    screen = Screen([Regex(regex).needs for regex in ("举办.*活动", "[^。]{0,3}成立", "x?", "(?:评为|荣获)先进")])
    assert screen.passing("市总工会成立") == [1, 2]
    assert screen.passing("举办一场活动，荣获先进") == [0, 2, 3]
    assert screen.passing("") == [2]


def test_a_search_is_told_where_a_match_can_begin() -> None:
    compiler = import_module("re._compiler")
    tree = import_module("re._parser").parse("(?<!市)(?:(?P<union>总?工会)|[公分]司)")
    assert sorted(chr(code) for _, code in seek._first_characters(tree)) == list("公分工总")
    assert compiler._code(tree, 0)[2] == 0, "re knows it by itself now"


@pytest.mark.parametrize("regex", ["(", "[", "a{2,1}", "(?<=a*)b"])
def test_what_is_no_expression_is_told_as_by_re(regex: str) -> None:
    with pytest.raises(re.error):
        compile_pattern(regex)


def test_without_the_inside_of_re_patterns_are_compiled_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(seek, "import_module", missing)
    assert compile_pattern("(?<!市)总?工会").search("区总工会")
    assert Regex("工会").needs == ()


def test_without_the_inside_of_re_what_is_no_expression_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seek, "import_module", lambda name: object())
    with pytest.raises(re.error):
        Regex("(").parse()


@pytest.mark.parametrize(
    "source",
    ["{{a}}", "[{x]{{a}}?", "{{a}}|丙|{{b}}", "(?P<n>{{a}}|[丙丁])+", "(?<={{c}}){{b}}", "(?:{{a}}丙|{{a}}丁)", "({{a}}{{b}}){1,2}?",
     "(?i:{{b}})x", "(?i){{b}}"],
)  # fmt: skip
@given(text=st.text("甲乙丙丁戊aAbx{", max_size=8))
def test_classes_of_words_stand_for_their_words(source: str, text: str) -> None:
    classes = {"a": alternation(["甲", "甲乙", "乙丙"]), "b": alternation(["a", "ab"]), "c": alternation(["丁", "戊"])}
    plain = re.compile(re.sub(r"\{\{(\w)\}\}", lambda match: classes[match[1]], source))
    regex = Regex(source, classes)
    assert not plain.search(text) or Screen([regex.needs]).passing(text)
    assert spans(regex.pattern, text) == spans(plain, text)
    assert regex.pattern.pattern == plain.pattern
