"""Words and patterns as data: examples are hit, counterexamples are not, nothing stands in twice."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lexicon as package
from kg.errors import LexiconError
from kg.evaluate import comparable
from kg.lexicon import alternation, load_lexicon, read_lexicon

FOLDER = Path(package.__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))
LEXICON = load_lexicon()
GOLD = sorted((Path(__file__).parent / "gold").glob("*.json"))
SPECS = [pytest.param(spec, id=spec.id) for spec in LEXICON.specs.values()]
PLACEHOLDER = re.compile(r"\{\{([\w-]+)\}\}")
ABOUT = '[about]\nsource = "s"\nlicence = "l"\nfields = "f"\n'


@pytest.mark.parametrize("spec", SPECS)
def test_a_pattern_hits_its_examples_and_no_counterexample(spec: package.PatternSpec) -> None:
    pattern = LEXICON.pattern(spec.id)
    assert spec.examples, "a pattern without an example says nothing"
    assert [text for text in spec.examples if not pattern.search(text)] == []
    assert [text for text in spec.counterexamples if pattern.search(text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_says_where_it_comes_from(path: Path) -> None:
    about = tomllib.loads(path.read_text("utf-8"))["about"]
    assert all(str(about[key]).strip() for key in ("source", "licence", "fields"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_class_holds_no_word_twice(path: Path) -> None:
    for entry in tomllib.loads(path.read_text("utf-8")).get("words", ()):
        words = entry["words"]
        assert words, entry["id"]
        assert sorted(word for word in set(words) if words.count(word) > 1) == [], entry["id"]
        assert all(word and word == word.strip() for word in words), entry["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_ids_are_plain(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    ids = [entry["id"] for kind in ("words", "pattern", "frame", "guard") for entry in data.get(kind, ())]
    assert [id for id in ids if not re.fullmatch(r"[a-z][a-z0-9-]*", id, re.IGNORECASE)] == []


def names_on_the_sample_pages() -> set[str]:
    """Names that stand for one thing only; 快递员 or 全国劳动模范 stand for many and may be words."""
    particular = {"Union", "Company", "PublicBody", "School", "Organisation", "Site", "Programme", "Person"}
    names = set()
    for path in GOLD:
        for entity in json.loads(path.read_text("utf-8"))["entities"]:
            if entity["type"] in particular:
                names |= {comparable(form) for form in (entity["name"], *entity["aliases"])}
    return names


# Names of nationwide schemes and everyday words, which bodies all over the country use for what they have of their own.
COMMON = {
    "职工书屋",
    "司机之家",
    "送温暖",
    "送温暖活动",
    "产业工人队伍建设改革",
    "产改",
    "揭榜挂帅",
    "中华全国总工会",
    "全国总工会",
    "暖心",
}


def test_no_name_of_the_sample_pages_is_a_word() -> None:
    words = {comparable(word) for words in LEXICON.words_by_id.values() for word in words}
    assert sorted((words & names_on_the_sample_pages()) - COMMON) == []


def test_no_name_of_the_sample_pages_stands_in_a_pattern_or_a_frame() -> None:
    texts = [spec.regex for spec in LEXICON.specs.values()]
    texts += [json.dumps(table, ensure_ascii=False) for table in (*LEXICON.frames, *LEXICON.guards)]
    long_names = {name for name in names_on_the_sample_pages() - COMMON if len(name) > 3}
    assert sorted(name for name in long_names if any(name in text for text in texts)) == []


def test_every_class_that_a_pattern_names_exists() -> None:
    assert [spec.id for spec in LEXICON.specs.values() if not LEXICON.pattern(spec.id).pattern] == []


def used_ids() -> tuple[set[str], tuple[str, ...]]:
    """What code and patterns name: whole ids, and how ids begin that code puts together."""
    names = {name for spec in LEXICON.specs.values() for name in PLACEHOLDER.findall(spec.regex)}
    names |= {name for guard in LEXICON.guards for name in PLACEHOLDER.findall(guard["pattern"])}
    names |= {name for frame in LEXICON.frames for name in PLACEHOLDER.findall(json.dumps(frame))}
    begins = []
    for path in FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begins.append(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value, *PLACEHOLDER.findall(node.value)}
    return names, tuple(begin for begin in begins if re.fullmatch(r"[a-z]+-", begin))


def test_every_class_and_pattern_is_used() -> None:
    names, begins = used_ids()
    ids = {*LEXICON.words_by_id, *LEXICON.specs}
    assert sorted(id for id in ids - names if not id.startswith(begins)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("市总工会", "总工会", id="longer-one-that-begins-earlier"),
        pytest.param("总工会女职工委员会", "总工会女职工委员会", id="longest-at-one-place"),
        pytest.param("工会.", "工会", id="shorter-where-the-longer-fails"),
        pytest.param("a.b", ".", id="marks-are-themselves"),
        pytest.param("a]b", "]", id="marks-of-classes-too"),
        pytest.param("总工程", None, id="beginning-of-a-word"),
    ],
)
def test_alternation_finds_the_longest_word_at_the_first_place(text: str, found: str | None) -> None:
    words = ["工会", "总工会", "总工会", "总工会女职工委员会", ".", "]", "^", "-"]
    match = re.search(alternation(words), text)
    assert (match and match[0]) == found


@given(st.lists(st.text("工会总.[]^-", min_size=1, max_size=4), min_size=1), st.text("工会总.[]^-", max_size=8))
def test_alternation_is_the_list_of_its_words(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: -len(word)))
    assert [m.span() for m in re.finditer(alternation(words), text)] == [m.span() for m in re.finditer(plain, text)]


def test_words_and_patterns_work_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        ABOUT + '[[words]]\nid = "w"\nwords = ["工会", "总工会"]\n[[pattern]]\nid = "p"\nregex = "区({{w}})"\n', "utf-8"
    )
    found = read_lexicon(tmp_path, divisions={}).pattern("p").search("东城区总工会")
    assert found is not None
    assert found[1] == "总工会"


def test_a_class_of_one_word_gives_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        ABOUT + '[[words]]\nid = "one"\nwords = ["的"]\n[[words]]\nid = "two"\nwords = ["的", "数"]\n', "utf-8"
    )
    lexicon = read_lexicon(tmp_path, divisions={})
    assert lexicon.word("one") == "的"
    with pytest.raises(LexiconError, match="not a class of one word"):
        lexicon.word("two")


def test_a_class_of_pairs_gives_them_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ABOUT + '[[words]]\nid = "w"\nwords = ["骑手=配送员", "保安=保安员"]\n', "utf-8")
    lexicon = read_lexicon(tmp_path, divisions={})
    assert list(lexicon.pairs("w").items()) == [("骑手", "配送员"), ("保安", "保安员")]
    assert lexicon.pairs("w") is lexicon.pairs("w")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param('"骑手=配送员", "保安"', id="no-sign"),
        pytest.param('"骑手="', id="no-right-side"),
        pytest.param('"=配送员"', id="no-left-side"),
        pytest.param('"骑手=配送员", "骑手=司机"', id="left-side-twice"),
    ],
)
def test_a_class_of_other_words_gives_no_pairs(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.toml").write_text(ABOUT + f'[[words]]\nid = "w"\nwords = [{words}]\n', "utf-8")
    with pytest.raises(LexiconError, match="not a class of pairs") as caught:
        read_lexicon(tmp_path, divisions={}).pairs("w")
    assert caught.value.subject == "w"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[[words]\n", "not valid TOML", id="no-toml"),
        pytest.param("[about]\nsource = 's'\n", "lacks source, licence or fields", id="no-about"),
        pytest.param(
            ABOUT + '[[words]]\nid = "w"\nwords = []\n[[words]]\nid = "w"\nwords = []\n', "occurs twice", id="twice"
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "broken.toml").write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=message) as caught:
        read_lexicon(tmp_path, divisions={})
    assert caught.value.subject == "broken.toml"


@pytest.mark.parametrize(
    ("regex", "message"),
    [("(", "not a regular expression"), ("{{none}}", "no such word class")],
    ids=["syntax", "class"],
)
def test_a_broken_pattern_is_named(tmp_path: Path, regex: str, message: str) -> None:
    (tmp_path / "a.toml").write_text(ABOUT + f'[[pattern]]\nid = "p"\nregex = "{regex}"\n', "utf-8")
    lexicon = read_lexicon(tmp_path, divisions={})
    with pytest.raises(LexiconError, match=message):
        lexicon.pattern("p")
    with pytest.raises(LexiconError, match="no such pattern"):
        lexicon.pattern("q")
